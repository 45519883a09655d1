/* datebook review export */
#include "review_lines.h"

struct wish {
    const char *reviewer; /* NULL: nobody's */
    bool open;
    bool blind;
    struct review review;
    size_t number; /* of the reviewer */
};

/* What the reviewer of the command said last; NULL: nothing, or nobody's. */
static const struct opinion *answer_of(const struct wish *wish,
                                       const struct review_item *item)
{
    return wish->reviewer && wish->number < wish->review.reviewer_count
               ? item->opinions[wish->number]
               : NULL;
}

static bool is_wanted(const struct wish *wish, const struct review_item *item)
{
    return !wish->open ||
           review_state(item, answer_of(wish, item)) != REVIEW_DONE;
}

static void put_line(struct buf *out, const struct wish *wish,
                     const struct review_item *item,
                     const struct stored_meeting *meeting)
{
    const struct opinion *answer = answer_of(wish, item);

    buf_text(out, "{\"sample\":");
    buf_json(out, wish->review.sample.name);
    json_key(out, "meeting");
    buf_json(out, item->meeting);
    json_key(out, "persona");
    buf_json(out, item->persona->id);
    json_key(out, "version");
    buf_int(out, wish->review.version);
    if (wish->reviewer) {
        json_key(out, "reviewer");
        buf_json(out, wish->reviewer);
    }
    if (wish->blind) {
        json_key(out, "blind");
        buf_text(out, "true");
    } else {
        json_seen_label(out, &item->label);
    }
    if (!wish->blind && !wish->reviewer)
        json_opinions(out, &wish->review, item);
    if (answer) {
        json_key(out, "answer");
        json_opinion(out, item, answer, false);
    }
    json_key(out, "event");
    buf_add(out, meeting->document, meeting->document_length);
    buf_text(out, "}\n");
}

static bool export_item(struct cli *cli, struct store *store,
                        const struct wish *wish, const struct review_item *item,
                        struct arena *scratch, struct error *err)
{
    struct stored_meeting meeting;
    bool found;

    arena_reset(scratch);
    if (!meeting_at(store, scratch, wish->review.version, item->key, &meeting,
                    &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_DATABASE,
                         "the meeting \"%.200s\" has a label, but is not there",
                         item->meeting);
    put_line(&cli->out, wish, item, &meeting);
    return cli_flush_long(cli, err);
}

static bool export_items(struct cli *cli, struct store *store,
                         const struct wish *wish, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    int64_t gone = 0;
    bool ok = true;

    for (size_t i = 0; ok && i < wish->review.count; i++) {
        const struct review_item *item = &wish->review.items[i];
        gone += !item->key;
        if (item->key && is_wanted(wish, item))
            ok = export_item(cli, store, wish, item, &scratch, err);
    }
    arena_free(&scratch);
    if (gone)
        cli_note(cli, "%s not there any more",
                 cli_count(cli, gone, "meeting of the sample is",
                           "meetings of the sample are"));
    return ok;
}

static bool read_wish(struct cli *cli, struct wish *wish, struct error *err)
{
    wish->open = cli_flag(cli, "open");
    wish->blind = cli_flag(cli, "blind");
    if (cli_flag(cli, "reviewer"))
        return option_reviewer(cli, &wish->reviewer, err);
    return !wish->open ||
           cli_usage(cli, err, "--open goes with --reviewer: open to whom?");
}

static bool run(struct cli *cli, struct error *err)
{
    struct wish wish = {.reviewer = NULL};
    struct store *store;
    int64_t version;
    bool ok;

    if (!read_wish(cli, &wish, err))
        return false;
    store = cli_open(cli, cli->database, STORE_READ, err);
    ok = store && cli_at(cli, store, &version, err) &&
         review_load(store, &cli->arena, version, cli->arguments[0],
                     &wish.review, err);
    if (ok && wish.reviewer)
        wish.number = review_reviewer(&wish.review, wish.reviewer);
    ok = ok && export_items(cli, store, &wish, err);
    store_close(store);
    return ok;
}

const struct command command_review_export = {
    .name = "review export",
    .summary = "print the meetings of a sample as JSON Lines",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "For tools that show meetings in their own way: {\"sample\", "
        "\"meeting\", \"persona\", \"version\",\n\"label\": {\"importance\", "
        "\"prep_needed\", \"prep_time_minutes\", \"rsvp\", \"reasoning\"},\n"
        "\"opinions\": [{\"reviewer\", \"version\", \"current\", "
        "\"realistic\", "
        "\"importance\",\n\"prep_time_minutes\", \"rsvp\", \"cause\", "
        "\"rule\", "
        "\"note\", \"blind\", \"decision\"}], \"event\"},\na line a meeting, "
        "in "
        "the order of the sample. An opinion is current while the label is "
        "the\none that it was given on.\n\n"
        "With --reviewer a line has \"reviewer\" and, of what that one said "
        "before, \"answer\", and\nnothing of others. With --blind it has "
        "neither label nor opinions, and \"blind\": true.\n`review record` "
        "takes such lines with an answer added.",
    .options = {{"reviewer", 0, "WHO", "for this reviewer"},
                {"open", 0, NULL,
                 "only what is open, or open again, to the reviewer"},
                {"blind", 0, NULL, "without labels and opinions"},
                {"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"review export first > first.jsonl",
                  "the whole sample, with all opinions"},
                 {"review export first --reviewer ann --open --blind",
                  "what ann has still to judge"}},
    .run = run,
};
