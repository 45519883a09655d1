/* How the dataset came about, how it is split, and what was done about leaks.
 */
#include "src/export/card.h"

#include "datebook/table.h"

/* ---- Making ---- */

static void prompts(const struct export_request *request, struct buf *out)
{
    bool first = true;

    for (size_t i = 0; i < request->shape_count; i++) {
        const struct export_shape *shape = &request->shapes[i];
        if (!shape->prompt)
            continue;
        if (first)
            buf_text(out, "\nPrompts of the training records:\n\n"
                          "| records | prompt | SHA-256 |\n"
                          "| --- | --- | --- |\n");
        first = false;
        buf_text(out, "| ");
        card_code(out, shape->name);
        buf_text(out, " | ");
        card_text(out, shape->prompt->name);
        buf_text(out, " | `");
        add_hex(out, shape->prompt->sha256);
        buf_text(out, "` |\n");
    }
}

static void reviews(const struct export_summary *summary, struct buf *out)
{
    if (!summary->reviewed)
        return;
    buf_text(out, "\nPeople reviewed ");
    text_number(out, summary->reviewed);
    buf_text(out, " of the labels; what they said took the place of what "
                  "the rules say. They corrected\n");
    text_number(out, summary->corrected);
    buf_text(out, " of them, and confirmed the others. The reasoning of what "
                  "was corrected is their note, or\n\"Corrected by "
                  "review\"; the bad answer of a preference is then that of "
                  "the rules. Rules that gave another\nvalue are not "
                  "quoted.\n");
    if (!summary->outdated)
        return;
    text_number(out, summary->outdated);
    buf_text(out, summary->outdated == 1
                      ? " more label was settled by people and is not counted "
                        "here: it has changed since.\n"
                      : " more labels were settled by people and are not "
                        "counted here: they have changed since.\n");
}

static void labels(const struct export_summary *summary, struct buf *out)
{
    const struct export_request *request = summary->request;

    buf_format(out,
               "\nLabels are what each persona's own rules say of the meeting, "
               "by one deterministic function (rules\nengine %d): which words, "
               "people, lengths and series make a meeting important, what has "
               "to be\nprepared and for how long, and which invitations are "
               "accepted. The reasoning names the rules that\ndecided. No "
               "model decides a label.\n",
               summary->version.engine);
    reviews(summary, out);
    if (request->stale_allowed)
        buf_text(out, "\n**Labels may be stale:** the export was allowed to "
                      "hold labels from before the last edit of a rule.\n");
}

void card_making(const struct export_summary *summary, struct buf *out)
{
    const struct version *version = &summary->version;

    buf_text(out, "\n## How it was made\n\n"
                  "Personas are invented people with explicit rules, written "
                  "as JSON documents. Their meetings were\nwritten by ");
    summary_origins(summary, card_text, out);
    buf_text(out, ".\n");
    labels(summary, out);
    buf_format(out, "\n| | |\n| --- | --- |\n| version | %lld, of ",
               (long long)version->number);
    add_day(out, version);
    buf_text(out, " |\n| made with | datebook ");
    card_text(out, version->tool);
    buf_text(out, " |\n| content hash (BLAKE2b-256) | `");
    add_hex(out, version->content);
    buf_text(out, "` |\n\nExported with ");
    card_code(out, summary->request->command);
    buf_text(out, ".\n");
    prompts(summary->request, out);
}

/* ---- Splits ---- */

static void reason(const struct division *division, size_t at, struct buf *out)
{
    const struct split_terms *terms = &division->split->terms;

    switch (division->reasons[at]) {
    case HELD_OUT_NOT:
        break;
    case HELD_OUT_VALIDATION:
        buf_text(out, "a persona for validation, always held out");
        break;
    case HELD_OUT_NAMED:
        buf_text(out, "named");
        break;
    case HELD_OUT_TIER:
        buf_format(out, "of tier %d", terms->held_out_tier);
        break;
    case HELD_OUT_DRAWN:
        buf_format(out, "drawn, for a share of %.15g", terms->fraction);
        break;
    case HELD_OUT_FOLD:
        buf_format(out, "in fold %d of %d", division->fold, terms->folds);
        break;
    }
}

static void held_out(const struct division *division, struct buf *out)
{
    buf_text(out, "\n| held out | tier | why |\n| --- | ---: | --- |\n");
    for (size_t i = 0; i < division->held_out_count; i++) {
        const struct stored_persona *persona = &division->held_out[i];
        buf_text(out, "| ");
        card_code(out, persona->id);
        buf_text(out, " ");
        card_text(out, persona->name);
        buf_format(out, " | %d | ", persona->tier);
        reason(division, i, out);
        buf_text(out, " |\n");
    }
}

static void validation(const struct export_summary *summary, struct buf *out)
{
    const struct division *division = summary->request->division;

    if (!division->cut) {
        buf_text(out, "\nThere is no validation split.\n");
        return;
    }
    buf_text(out, "\n`validation` was cut out of the meetings of the training "
                  "personas: ");
    text_number(out, summary->parts[PART_VALIDATION].meetings);
    buf_format(out,
               " meetings, where a share\nof %.15g was asked for. Meetings of "
               "one series, and near-duplicates of each other, are never "
               "parted.\nIts personas are those of `train`: it tells when to "
               "stop training, not how well a new user is served.\n",
               division->split->terms.validation_fraction);
}

void card_splits(const struct export_summary *summary, struct buf *out)
{
    const struct division *division = summary->request->division;
    const struct split_terms *terms = &division->split->terms;

    buf_text(out, "\n## Splits\n\n");
    text_number(out, (int64_t)division->train_count);
    buf_text(out, " personas train and ");
    text_number(out, (int64_t)division->held_out_count);
    buf_text(out, " are held out");
    if (division->split->name) {
        buf_text(out, ", by the split ");
        card_code(out, division->split->name);
    }
    if (division->cut || terms->fraction > 0 || terms->folds)
        buf_format(out, ", drawn with seed %llu",
                   (unsigned long long)terms->seed);
    buf_text(out, ". Whole personas are held out, as a model\nthat has seen "
                  "some meetings of a person has seen that person's rules: "
                  "only people that it never saw\ntell how it serves new "
                  "ones. `test` has all of their meetings, and nobody "
                  "else's.\n");
    held_out(division, out);
    validation(summary, out);
}

/* ---- Leaks ---- */

static void leaks_found(const struct export_summary *summary, struct buf *out)
{
    const struct leaks *leaks = summary->request->leaks;

    if (!leaks->count) {
        buf_text(out, "None were found.\n");
        return;
    }
    text_number(out, (int64_t)leaks->count);
    buf_text(out, leaks->count == 1 ? " was found and left out"
                                    : " were found and left out");
    for (int part = 0; part < PARTS; part++) {
        buf_text(out, part ? ", " : ": ");
        text_number(out, summary->parts[part].dropped);
        buf_format(out, " of `%s`", split_word((enum part)part));
    }
    buf_text(out, ".\n");
}

void card_leaks(const struct export_summary *summary, struct buf *out)
{
    const struct leaks *leaks = summary->request->leaks;

    buf_text(out, "\n## Leaks\n\n");
    if (!leaks) {
        buf_text(out, "Meetings of one split whose text is, or nearly is, in "
                      "another one were **not looked for**.\n");
        return;
    }
    buf_text(out, "Looked for among ");
    text_number(out, leaks->compared);
    buf_format(out,
               " meetings: those of one split whose text (subject and preview) "
               "is in another one,\nor nearly is, which is a Jaccard index of "
               "their sequences of three words of %.15g or more.\n",
               LEAK_THRESHOLD);
    leaks_found(summary, out);
}
