/* README.md: the export as a dataset card of the Hugging Face Hub, and in plain
 * language. */
#include "src/export/card.h"

#include "datebook/table.h"

static void opening(const struct export_summary *summary, struct buf *out)
{
    buf_text(out, "\n# ");
    card_text(out, summary->request->words.title);
    buf_text(out, "\n\n");
    text_number(out, summary_meetings(summary));
    buf_text(out, " synthetic calendar meetings of ");
    text_number(out, (int64_t)summary_personas(summary));
    buf_text(out,
             " invented people, in the form of Microsoft Graph's\n`event`. "
             "Each is labelled with what its owner's own rules say of it: how "
             "important it is, whether and\nhow long to prepare for it, what "
             "to answer, and why. It is there to train and to test assistants\n"
             "that look after a calendar the way its owner would.\n");
}

static void limits(const struct export_summary *summary, struct buf *out)
{
    buf_text(out,
             "\n## Known limits\n\n"
             "- All of it is synthetic. People, companies and addresses are "
             "invented; any likeness is chance. A score on\n  it is no score "
             "on real calendars.\n"
             "- Texts are in English unless a model was asked for another "
             "language, and working hours and manners are\n  those of office "
             "work.\n");
    buf_text(out, summary->reviewed
                      ? "- Where nobody reviewed a label the rules are the "
                        "truth: it says what a persona's written rules\n  "
                        "give, also where a person would have judged "
                        "otherwise."
                      : "- The rules are the truth here, not people: a label "
                        "says what a persona's written rules give, also where "
                        "a\n  person would have judged otherwise.");
    buf_text(out, " A model can learn the rules' words and not their sense.\n");
    buf_text(out,
             summary->reviewed
                 ? "- Labels that nobody reviewed are the rules'.\n"
                 : "- No person looked at the labels that are exported.\n");
    buf_text(out, "- Shares of labels were steered while meetings were made, "
                  "so they say nothing of how common important\n  meetings "
                  "are.\n");
}

static void citation(const struct export_summary *summary, struct buf *out)
{
    const struct export_words *words = &summary->request->words;

    buf_text(out, "\n## License and citation\n\nLicense: ");
    card_text(out, words->license);
    buf_text(out, "\n\nCite as: ");
    if (words->creator) {
        card_text(out, words->creator);
        buf_text(out, ": ");
    }
    card_text(out, words->title);
    buf_format(out, ", version %lld of ", (long long)summary->version.number);
    add_day(out, &summary->version);
    buf_text(out, ", content hash ");
    add_hex(out, summary->version.content);
    if (words->url) {
        buf_text(out, ", ");
        card_code(out, words->url);
    }
    buf_text(out, "\n");
}

bool card_write(const struct export_summary *summary, struct buf *out,
                struct error *err)
{
    card_front(summary, out);
    opening(summary, out);
    card_records(summary, out);
    card_making(summary, out);
    card_splits(summary, out);
    card_tables(summary, out);
    card_leaks(summary, out);
    card_loading(summary, out);
    limits(summary, out);
    citation(summary, out);
    return buf_ok(out, err);
}
