/* The members of Croissant's vocabulary for responsible use: how the data came
 * about, who labelled it, and what it is not good for. */
#include "src/export/croissant.h"

#include "datebook/table.h"

static void list_start(struct buf *out, const char *name)
{
    buf_format(out, ",\"rai:%s\":[", name);
}

static void collection(const struct export_summary *summary, struct buf *text)
{
    buf_text(text, "Nothing was collected from people: the meetings of "
                   "invented personas were written by ");
    summary_origins(summary, buf_text, text);
    buf_char(text, '.');
}

/* The rules of a persona are told by their hash, with which its document can be
 * held against the labels. */
static void protocol(const struct export_summary *summary, struct buf *out)
{
    const struct division *division = summary->request->division;
    const struct stored_persona *const lists[] = {division->train,
                                                  division->held_out};
    const size_t counts[] = {division->train_count, division->held_out_count};
    struct buf text = BUF_EMPTY;

    buf_format(
        &text,
        "Each label is what the rules of the meeting's persona give, by "
        "one deterministic function (rules engine %d)%s. The rules of each "
        "persona are named by their hash.",
        summary->version.engine,
        summary->reviewed
            ? "; where people reviewed a label, what they said took its place"
            : "");
    list_start(out, "dataAnnotationProtocol");
    buf_json(out, buf_string(&text));
    for (size_t list = 0; list < 2; list++)
        for (size_t i = 0; i < counts[list]; i++) {
            buf_clear(&text);
            buf_format(&text, "rules of %s: BLAKE2b-256 ", lists[list][i].id);
            add_hex(&text, lists[list][i].rules_hash);
            buf_char(out, ',');
            buf_json(out, buf_string(&text));
        }
    buf_char(out, ']');
    buf_inherit(out, &text);
    buf_free(&text);
}

static void analysis(const struct export_summary *summary, struct buf *text)
{
    int64_t by_default = 0;

    for (int part = 0; part < PARTS; part++)
        by_default += summary->parts[part].tally.by_default;
    buf_text(text, "The same meeting and the same rules always give the same "
                   "label, so there is no disagreement to measure. ");
    if (summary->reviewed) {
        buf_text(text, "People reviewed ");
        text_number(text, summary->reviewed);
        buf_text(text, " of the labels and corrected ");
        text_number(text, summary->corrected);
        buf_text(text, " of them. ");
    }
    buf_text(text, "No rule decided the importance of ");
    text_number(text, by_default);
    buf_text(text, " of ");
    text_number(text, summary_meetings(summary));
    buf_text(text, " meetings, which are medium for that reason.");
}

/* Models write meetings and label none, which is said of each. */
static void tools(const struct export_summary *summary, struct buf *out)
{
    struct buf text = BUF_EMPTY;

    list_start(out, "machineAnnotationTools");
    buf_format(&text, "datebook %s, rules engine %d: labels",
               summary->version.tool, summary->version.engine);
    buf_json(out, buf_string(&text));
    for (size_t i = 0; i < summary->origin_count; i++) {
        if (!summary->origins[i].model)
            continue;
        buf_clear(&text);
        buf_format(&text, "%s: texts of ", summary->origins[i].model);
        text_number(&text, summary->origins[i].meetings);
        buf_text(&text, " meetings, and no labels");
        buf_char(out, ',');
        buf_json(out, buf_string(&text));
    }
    buf_char(out, ']');
    buf_inherit(out, &text);
    buf_free(&text);
}

static void warnings(const struct export_summary *summary, struct buf *out)
{
    buf_text(out,
             ",\"rai:dataBiases\":["
             "\"Shares of labels were steered while meetings were made: they "
             "say nothing of how common important meetings are.\","
             "\"Personas are office workers who keep a calendar in English; "
             "other work and other customs are missing.\"]"
             ",\"rai:dataLimitations\":["
             "\"Synthetic: a score on it is no score on real calendars.\","
             "\"");
    buf_text(out, summary->reviewed
                      ? "Where nobody reviewed a label, the rules are the truth"
                      : "The rules are the truth, not people");
    buf_text(out,
             ": a label says what written "
             "rules give, also where a person would judge otherwise.\","
             "\"A model can learn the words of rules and not their sense.\"]"
             ",\"rai:dataUseCases\":["
             "\"Training and testing of assistants that judge meetings for "
             "their user: importance, preparation, answers to invitations.\","
             "\"Not for judging people, their work or their time.\"]");
    add_member(out, "rai:personalSensitiveInformation",
               "None: people, companies and addresses are invented, and any "
               "likeness is chance.");
}

void croissant_rai(const struct export_summary *summary, struct buf *out)
{
    struct buf text = BUF_EMPTY;

    collection(summary, &text);
    add_member(out, "rai:dataCollection", buf_string(&text));
    add_member(out, "rai:dataCollectionType", "Software Collection");
    protocol(summary, out);
    buf_inherit(out, &text);
    buf_clear(&text);
    analysis(summary, &text);
    add_member(out, "rai:dataAnnotationAnalysis", buf_string(&text));
    add_member(out, "rai:annotationsPerItem", "1");
    tools(summary, out);
    warnings(summary, out);
    buf_inherit(out, &text);
    buf_free(&text);
}
