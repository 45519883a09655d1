/* datebook review show */
#include "reviews.h"

#include "datebook/rules.h"

#include <string.h>

/* A review with what tells its meetings apart for people: their ids start
 * alike. */
struct view {
    struct review review;
    const char **subjects; /* of each item; its id when the meeting is gone */
};

static bool read_subjects(struct cli *cli, struct store *store,
                          struct view *view, struct error *err)
{
    const struct review *review = &view->review;

    view->subjects =
        arena_zero(&cli->arena, review->count, sizeof *view->subjects, err);
    for (size_t i = 0; view->subjects && i < review->count; i++) {
        struct stored_fact fact = {0};
        bool found = false;
        if (review->items[i].key &&
            !fact_at(store, &cli->arena, review->version, review->items[i].key,
                     &fact, &found, err))
            return false;
        view->subjects[i] =
            found ? fact.facts.subject : review->items[i].meeting;
    }
    return view->subjects != NULL;
}

/* ---- Items ---- */

static const char *const states[] = {"open", "done", "again", "gone"};

/* What was said, in a word. */
static const char *said_word(const struct review_item *item,
                             const struct opinion *opinion)
{
    enum review_state state = review_state(item, opinion);

    if (state != REVIEW_DONE)
        return states[state];
    if (!opinion->realistic)
        return "not real";
    return opinion_corrects(opinion) ? "corrects" : "agrees";
}

/* Whether somebody still has to look at an item: what is decided is done. */
static bool is_open(const struct review *review, const struct review_item *item)
{
    bool open = !review->reviewer_count;

    if (!item->key ||
        (item->decision && review_state(item, item->decision) == REVIEW_DONE))
        return false;
    for (size_t i = 0; i < review->reviewer_count; i++)
        open = open || review_state(item, item->opinions[i]) != REVIEW_DONE;
    return open || review_is_disputed(review, item);
}

/* Where an item stands: "settled", "disputed", "" or how it was decided. */
static const char *standing(const struct review *review,
                            const struct review_item *item)
{
    struct review_values values;

    if (item->key && item->decision)
        return review_state(item, item->decision) == REVIEW_DONE ? "decided"
                                                                 : "again";
    if (review_is_disputed(review, item))
        return "disputed";
    return review_settled(review, item, &values) ? "settled" : "";
}

/* ---- Text ---- */

static const char *strata_text(struct cli *cli, unsigned strata,
                               struct error *err)
{
    const char *text = "";

    for (int s = 0; text && s < SAMPLE_STRATA; s++)
        if (strata & 1u << s)
            text = arena_format(&cli->arena, err, "%s%s%s", text,
                                *text ? ", " : "",
                                sample_stratum_name((enum sample_stratum)s));
    return text;
}

static bool print_terms(struct cli *cli, const struct review *review,
                        struct error *err)
{
    static const struct table_column columns[2] = {{NULL, TABLE_LEFT, 0},
                                                   {NULL, TABLE_LEFT, 0}};
    const struct sample_terms *terms = &review->sample.terms;
    struct arena *arena = &cli->arena;
    struct table table;

    table_start(&table, arena, columns, 2);
    if (terms->strata)
        table_row(&table, "evenly of each",
                  strata_text(cli, terms->strata, err), NULL);
    if (terms->prefer != PREFER_NONE)
        table_row(&table, "first", sample_preference_name(terms->prefer), NULL);
    for (size_t i = 0; i < terms->persona_count; i++)
        table_row(&table, i ? "" : "only of", terms->personas[i], NULL);
    table_row(&table, "seed",
              arena_format(arena, err, "%llu", (unsigned long long)terms->seed),
              NULL);
    buf_format(&cli->out, "sample %s: %s from v%lld\n", review->sample.name,
               cli_count(cli, (int64_t)review->count, "meeting", "meetings"),
               (long long)review->sample.version);
    return table_print(&table, 2, &cli->out, err);
}

static bool print_reviewers(struct cli *cli, const struct review *review,
                            struct error *err)
{
    static const struct table_column columns[2] = {{NULL, TABLE_LEFT, 0},
                                                   {NULL, TABLE_LEFT, 0}};
    struct buf text = BUF_EMPTY;
    struct table table;
    bool ok;

    table_start(&table, &cli->arena, columns, 2);
    for (size_t i = 0; i < review->reviewer_count; i++) {
        buf_clear(&text);
        put_review_progress(&text, review, i);
        table_row(&table, review->reviewers[i], buf_string(&text), NULL);
    }
    ok = buf_ok(&text, err);
    buf_free(&text);
    if (review->reviewer_count)
        buf_char(&cli->out, '\n');
    return ok && table_print(&table, 0, &cli->out, err);
}

static const char *label_text(struct cli *cli, const struct review_item *item,
                              struct error *err)
{
    const struct review_values *values = &item->label.values;

    if (!item->key)
        return "";
    return arena_format(&cli->arena, err, "%s, %d, %s",
                        importance_name((enum importance)values->importance),
                        values->prep_minutes,
                        rsvp_name((enum rsvp)values->rsvp));
}

static bool print_item(struct cli *cli, const struct view *view, size_t number,
                       struct table *table, const char **cells,
                       struct error *err)
{
    const struct review *review = &view->review;
    const struct review_item *item = &review->items[number];
    size_t count = 0;

    cells[count++] = arena_format(&cli->arena, err, "%zu", number + 1);
    cells[count++] = view->subjects[number];
    cells[count++] = label_text(cli, item, err);
    for (size_t i = 0; i < review->reviewer_count; i++)
        cells[count++] = said_word(item, item->opinions[i]);
    cells[count++] = item->key ? standing(review, item) : "gone";
    if (!cells[0] || !cells[2])
        return false;
    table_cells(table, cells);
    return true;
}

static bool print_items(struct cli *cli, const struct view *view,
                        struct error *err)
{
    const struct review *review = &view->review;
    size_t columns = review->reviewer_count + 4;
    struct table_column *heads =
        arena_zero(&cli->arena, columns, sizeof *heads, err);
    const char **cells = arena_zero(&cli->arena, columns, sizeof *cells, err);
    struct table table;

    if (!heads || !cells)
        return false;
    heads[0] = (struct table_column){"", TABLE_RIGHT, 0};
    heads[1] = (struct table_column){"MEETING", TABLE_LEFT, 32};
    heads[2] = (struct table_column){"LABEL", TABLE_LEFT, 0};
    for (size_t i = 0; i < review->reviewer_count; i++)
        heads[3 + i] =
            (struct table_column){review->reviewers[i], TABLE_LEFT, 12};
    heads[columns - 1] = (struct table_column){"RESULT", TABLE_LEFT, 0};
    table_start(&table, &cli->arena, heads, columns);
    for (size_t i = 0; i < review->count; i++)
        if ((!cli_flag(cli, "open") || is_open(review, &review->items[i])) &&
            !print_item(cli, view, i, &table, cells, err))
            return false;
    if (!table.row_count)
        return true;
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static bool print_text(struct cli *cli, const struct view *view,
                       struct error *err)
{
    const struct review *review = &view->review;
    const char *next = arena_format(
        &cli->arena, err, "review next %s --reviewer WHO", review->sample.name);

    if (!next || !print_terms(cli, review, err) ||
        !print_reviewers(cli, review, err) || !print_items(cli, view, err))
        return false;
    if (!review->reviewer_count && !cli_flag(cli, "at"))
        cli_next(cli, next);
    return true;
}

/* ---- JSON ---- */

static void json_values(struct buf *out, const char *key,
                        const struct review_values *values)
{
    json_key(out, key);
    if (!values) {
        buf_text(out, "null");
        return;
    }
    buf_format(
        out, "{\"importance\":\"%s\",\"prep_time_minutes\":%d,\"rsvp\":\"%s\"}",
        importance_name((enum importance)values->importance),
        values->prep_minutes, rsvp_name((enum rsvp)values->rsvp));
}

static void json_terms(struct buf *out, const struct sample_terms *terms)
{
    const char *names[SAMPLE_STRATA];
    size_t count = 0;

    for (int s = 0; s < SAMPLE_STRATA; s++)
        if (terms->strata & 1u << s)
            names[count++] = sample_stratum_name((enum sample_stratum)s);
    buf_format(out, ",\"terms\":{\"count\":%lld", (long long)terms->count);
    json_texts(out, "stratify", names, count);
    json_key(out, "prefer");
    buf_json(out, terms->prefer == PREFER_NONE
                      ? NULL
                      : sample_preference_name(terms->prefer));
    json_texts(out, "personas", terms->personas, terms->persona_count);
    buf_format(out, ",\"seed\":\"%llu\"}", (unsigned long long)terms->seed);
}

static void json_item(struct buf *out, const struct review *review,
                      const struct review_item *item)
{
    struct review_values settled;
    bool is_settled = review_settled(review, item, &settled);

    json_key(out, NULL);
    buf_text(out, "{\"meeting\":");
    buf_json(out, item->meeting);
    json_key(out, "persona");
    buf_json(out, item->persona ? item->persona->id : NULL);
    json_values(out, "label", item->key ? &item->label.values : NULL);
    buf_text(out, ",\"said\":{");
    for (size_t i = 0; i < review->reviewer_count; i++) {
        json_key(out, review->reviewers[i]);
        buf_json(out, said_word(item, item->opinions[i]));
    }
    buf_text(out, "},\"decided_by\":");
    buf_json(out, item->decision ? item->decision->reviewer : NULL);
    json_key(out, "decision");
    buf_json(out, item->decision ? said_word(item, item->decision) : NULL);
    buf_format(out, ",\"disputed\":%s",
               review_is_disputed(review, item) ? "true" : "false");
    json_values(out, "settled", is_settled ? &settled : NULL);
    buf_char(out, '}');
}

static bool print_json(struct cli *cli, const struct review *review,
                       struct error *err)
{
    struct buf *out = &cli->out;

    buf_format(out,
               "{\"version\":%lld,\"sample\":", (long long)review->version);
    buf_json(out, review->sample.name);
    buf_format(out, ",\"drawn_from\":%lld", (long long)review->sample.version);
    json_terms(out, &review->sample.terms);
    json_texts(out, "reviewers", review->reviewers, review->reviewer_count);
    buf_text(out, ",\"items\":[");
    for (size_t i = 0; i < review->count; i++) {
        if (cli_flag(cli, "open") && !is_open(review, &review->items[i]))
            continue;
        json_item(out, review, &review->items[i]);
        if (!cli_flush_long(cli, err))
            return false;
    }
    buf_text(out, "]}\n");
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct view view;
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              review_load(store, &cli->arena, version, cli->arguments[0],
                          &view.review, err) &&
              (cli->json || read_subjects(cli, store, &view, err));

    store_close(store);
    if (!ok)
        return false;
    return cli->json ? print_json(cli, &view.review, err)
                     : print_text(cli, &view, err);
}

const struct command command_review_show = {
    .name = "review show",
    .summary = "show the meetings of a sample, and what was said of each",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "A label is importance, minutes of preparation and answer. A reviewer "
        "\"agrees\" with it or\n\"corrects\" it, or says that the meeting is "
        "\"not real\"; \"open\" is what was not said yet, \"again\"\nwhat was "
        "said of a label that has changed since, \"gone\" a meeting that is "
        "not there any more.\nRESULT is \"decided\" by who adjudicated, "
        "\"settled\" when two or more say the same and nobody\nelse, "
        "\"disputed\" when a decision is wanted, \"again\" when the "
        "decision was on another label.",
    .json = "{\"version\", \"sample\", \"drawn_from\", \"terms\": "
            "{\"count\", \"stratify\": [], \"prefer\",\n\"personas\": [], "
            "\"seed\"}, \"reviewers\": [], \"items\": [{\"meeting\", "
            "\"persona\",\n\"label\": {\"importance\", "
            "\"prep_time_minutes\", \"rsvp\"}, \"said\": {REVIEWER: word},\n"
            "\"decided_by\", \"decision\", \"disputed\", \"settled\"}]}",
    .options = {{"open", 0, NULL, "only what somebody still has to look at"},
                {"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"review show first", "all of its meetings"},
                 {"review show first --open", "what is left to do"}},
    .run = run,
};
