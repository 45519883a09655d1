/* Pruning random histories: what stays reads as before, nothing else stays; and
 * an interrupt leaves the file as it was. */
#include "model.h"

#include "prune_fixture.h"

#include "datebook/dataset.h"

enum { SEEDS = 24, STEPS = 24, LATER_STEPS = 8 };

static struct model model;

/* ---- What stays ---- */

static bool print_row(void *context, const struct diff_row *row,
                      struct error *err)
{
    struct hash *hash = context;

    (void)err;
    hash_int(hash, row->noun);
    hash_text(hash, row->persona);
    hash_text(hash, row->meeting);
    hash_int(hash, row->had);
    hash_int(hash, row->has);
    hash_text(hash, row->old_reasoning);
    hash_text(hash, row->new_reasoning);
    hash_int(hash, row->old_label ? row->old_label->prep_minutes : -1);
    hash_int(hash, row->new_label ? row->new_label->prep_minutes : -1);
    for (size_t i = 0; i < row->change_count; i++)
        hash_text(hash, row->changes[i]);
    return true;
}

static struct print print_diff(int64_t from, int64_t to)
{
    struct diff_request request = {
        .from = {fix.store, from}, .to = {fix.store, to}, .detail = DIFF_ROWS};
    struct print print;
    struct diff diff;
    struct hash hash;

    hash_start(&hash);
    MUST(dataset_diff(&request, &fix.arena, &diff, print_row, &hash, &fix.err));
    for (int noun = 0; noun < NOUNS; noun++) {
        hash_int(&hash, diff.counts[noun].added);
        hash_int(&hash, diff.counts[noun].changed);
        hash_int(&hash, diff.counts[noun].removed);
    }
    hash_end(&hash, print.digest);
    return print;
}

/* Of the versions that a plan keeps, the empty one, and all pairs of them. */
struct prints {
    size_t count;
    int64_t numbers[MODEL_VERSIONS];
    struct print versions[MODEL_VERSIONS];
    struct print diffs[MODEL_VERSIONS][MODEL_VERSIONS];
};

static void print_kept(const struct prune_plan *plan, struct prints *prints)
{
    memset(prints, 0, sizeof *prints);
    prints->count = 1 + plan->kept_count;
    memcpy(prints->numbers + 1, plan->kept,
           plan->kept_count * sizeof *plan->kept);
    for (size_t i = 0; i < prints->count; i++) {
        prints->versions[i] = print_version(prints->numbers[i]);
        for (size_t j = 0; j < prints->count; j++)
            prints->diffs[i][j] =
                print_diff(prints->numbers[i], prints->numbers[j]);
    }
}

/* ---- What the model does not do: meetings that change, go and come back ----
 */

static void change_meeting(int64_t key)
{
    struct stored_meeting meeting;
    struct stored_fact fact;
    bool found;

    MUST(meeting_at(fix.store, &fix.arena, model.head, key, &meeting, &found,
                    &fix.err));
    MUST(fact_at(fix.store, &fix.arena, model.head, key, &fact, &found,
                 &fix.err));
    meeting.document = arena_format(&fix.arena, &fix.err, "{\"m\":%lld}",
                                    (long long)model.head);
    meeting.document_length = strlen(meeting.document);
    MUST(run_put_meeting(fix.run, &meeting, &fact.facts, &fix.err));
}

static void remove_meeting(int64_t key)
{
    MUST(run_remove_label(fix.run, key, &fix.err));
    MUST(run_remove_meeting(fix.run, key, &fix.err));
}

/* As it was in a version. */
static void put_back(int64_t key, int64_t version)
{
    struct stored_meeting meeting;
    struct stored_fact fact;
    struct stored_label label;
    bool found;

    MUST(meeting_at(fix.store, &fix.arena, version, key, &meeting, &found,
                    &fix.err));
    MUST(fact_at(fix.store, &fix.arena, version, key, &fact, &found, &fix.err));
    MUST(label_at(fix.store, &fix.arena, version, key, &label, &found,
                  &fix.err));
    MUST(run_put_meeting(fix.run, &meeting, &fact.facts, &fix.err));
    MUST(run_put_label(fix.run, &label, &fix.err));
}

static void commit_beside_the_model(void)
{
    if (!commit())
        return;
    model.worlds[model.head + 1] = model.worlds[model.head];
    model.head++;
}

/* Some meetings change, others go in one version and come back in the
 * next. */
static void move_meetings(void)
{
    static int64_t keys[MODEL_PERSONAS * MODEL_MEETINGS];
    const struct world *world = &model.worlds[model.head];
    int64_t before = model.head;
    size_t gone = 0;

    begin();
    for (int i = 0; i < MODEL_PERSONAS; i++)
        for (int j = 0; j < world->personas[i].count; j++) {
            const struct model_persona *persona = &world->personas[i];
            int64_t key = model_key(persona, j);
            if (!persona->meetings[j].alive)
                continue;
            if (random_chance(&model.random, 20)) {
                change_meeting(key);
            } else if (random_chance(&model.random, 20)) {
                remove_meeting(key);
                keys[gone++] = key;
            }
        }
    commit_beside_the_model();
    begin();
    while (gone > 0)
        put_back(keys[--gone], before);
    commit_beside_the_model();
}

static void steps(int count)
{
    for (int step = 0; step < count; step++) {
        model_step(&model);
        if (random_chance(&model.random, 20))
            move_meetings();
    }
}

/* Tags and exports at random. */
static void protect_some(int round)
{
    unsigned char manifest[HASH_SIZE] = {(unsigned char)round};
    struct version header;

    for (int64_t version = 1; version <= model.head; version++) {
        const char *name = arena_format(&fix.arena, &fix.err, "tag-%d-%lld",
                                        round, (long long)version);
        MUST(version_get(fix.store, &fix.arena, version, &header, &fix.err));
        if (header.pruned)
            continue;
        if (random_chance(&model.random, 8))
            MUST(tag_set(fix.store, name, version, NULL, &fix.err));
        if (random_chance(&model.random, 8))
            MUST(export_record(fix.store, manifest, version, 1, &fix.err));
    }
}

static void copy_to(const char *name)
{
    size_t length;
    const char *bytes;
    FILE *file = fopen(path_of(name), "wb");

    run_sql("test.db", "PRAGMA wal_checkpoint(TRUNCATE)");
    bytes = bytes_of("test.db", &length);
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

/* Another file is pruned in two steps, to the same end. */
static void check_two_steps(int64_t keep_last)
{
    struct store *store = fix.store;
    struct prune_request request = last(keep_last + 3);
    struct prune_plan plan;
    struct prune_rows rows;

    fix.store = store_open(path_of("copy.db"), STORE_WRITE, &fix.err);
    MUST(fix.store != NULL);
    drop(&request, &plan, &rows);
    request = last(keep_last);
    drop(&request, &plan, &rows);
    verify();
    store_close(fix.store);
    fix.store = store;
}

static void prune_and_check(int64_t keep_last)
{
    static struct prints before;
    static struct prints after;
    struct prune_request request = last(keep_last);
    struct prune_plan plan;
    struct prune_plan again;
    struct prune_rows rows;
    struct prune_rows counted;
    enum reclaim_outcome outcome;
    struct print once;
    struct print twice;

    MUST(prune_plan(fix.store, &fix.arena, &request, &plan, &fix.err));
    MUST(prune_count(fix.store, &plan, NULL, &counted, &fix.err));
    print_kept(&plan, &before);
    copy_to("copy.db");
    drop(&request, &again, &rows);
    ck_assert_int_eq(rows.rows, counted.rows);
    ck_assert_int_eq(again.dropped, plan.dropped);
    MUST(store_reclaim(fix.store, NULL, &outcome, &fix.err));
    ck_assert_int_eq(outcome, RECLAIM_DONE);
    print_kept(&plan, &after);
    ck_assert_mem_eq(&before, &after, sizeof before);
    check_tables("test.db");
    verify();
    once = print_file("test.db");
    drop(&request, &again, &rows);
    ck_assert_int_eq(again.dropped, 0);
    ck_assert_int_eq(rows.rows, 0);
    check_two_steps(keep_last);
    twice = print_file("test.db");
    same_print(&once, &twice);
    twice = print_file("copy.db");
    same_print(&once, &twice);
}

START_TEST(what_stays_reads_as_before_and_nothing_else_stays)
{
    model_start(&model, fix.store, &fix.arena, 4000 + (uint64_t)_i);
    steps(STEPS);
    protect_some(1);
    prune_and_check(1 + (int64_t)random_below(&model.random, 4));
    steps(LATER_STEPS);
    verify();
    protect_some(2);
    prune_and_check(1 + (int64_t)random_below(&model.random, 4));
}
END_TEST

/* ---- A small history, by hand ---- */

static void check_reasons(const struct prune_request *request,
                          const unsigned *expected)
{
    struct prune_plan plan;

    MUST(prune_plan(fix.store, &fix.arena, request, &plan, &fix.err));
    ck_assert_uint_eq(plan.count, 6);
    for (size_t i = 0; i < plan.count; i++) {
        ck_assert_int_eq(plan.versions[i].number, (int64_t)i + 1);
        ck_assert_uint_eq(plan.versions[i].reasons, expected[i]);
    }
}

START_TEST(versions_stay_for_these_reasons)
{
    unsigned char manifest[HASH_SIZE] = {1};
    struct prune_request request = last(2);
    const unsigned by_count[] = {
        PRUNE_TAGGED, 0, PRUNE_EXPORTED, 0, PRUNE_LAST, PRUNE_LAST | PRUNE_HEAD,
    };
    /* Runs of the fixture start at 1000000. */
    const unsigned young[] = {
        PRUNE_TAGGED | PRUNE_YOUNG,
        PRUNE_YOUNG,
        PRUNE_EXPORTED | PRUNE_YOUNG,
        PRUNE_YOUNG,
        PRUNE_YOUNG,
        PRUNE_YOUNG | PRUNE_HEAD,
    };
    const unsigned old[] = {PRUNE_TAGGED, 0, PRUNE_EXPORTED, 0, 0, PRUNE_HEAD};

    history(1);
    MUST(tag_set(fix.store, "first", 1, NULL, &fix.err));
    MUST(export_record(fix.store, manifest, 3, 7, &fix.err));
    check_reasons(&request, by_count);
    request = (struct prune_request){.keep_since = 1000000};
    check_reasons(&request, young);
    request = (struct prune_request){.keep_since = 1000001};
    check_reasons(&request, old);
}
END_TEST

START_TEST(an_empty_file_has_nothing_to_prune)
{
    struct prune_request request = last(1);
    struct prune_plan plan;
    struct prune_rows rows;

    drop(&request, &plan, &rows);
    ck_assert_uint_eq(plan.count, 0);
    ck_assert_int_eq(plan.dropped, 0);
    ck_assert_int_eq(rows.rows, 0);
}
END_TEST

START_TEST(the_log_says_what_is_still_there)
{
    struct prune_request request = last(1);
    struct prune_plan plan;
    struct prune_rows rows;

    history(1);
    MUST(tag_set(fix.store, "third", 3, NULL, &fix.err));
    drop(&request, &plan, &rows);
    ck_assert_int_eq(plan.dropped, 4);
    ck_assert_int_eq(rows.rows, 4);
    ck_assert_int_eq(number_in("test.db", "SELECT count(*) FROM change"), 5);
    /* The label of v3 came then and went in v4; that of v6 came then. */
    ck_assert_int_eq(
        number_in("test.db",
                  "SELECT count(*) FROM change WHERE noun = 2 AND (version, "
                  "operation) IN (VALUES (3, 0), (4, 2), (6, 0))"),
        3);
}
END_TEST

START_TEST(rows_of_pruned_versions_are_refused)
{
    struct prune_request request = last(2);
    struct prune_plan plan;
    struct prune_rows rows;
    int64_t number;

    history(1);
    MUST(tag_set(fix.store, "second", 2, NULL, &fix.err));
    drop(&request, &plan, &rows);
    MUST(version_resolve_kept(fix.store, "second", &number, &fix.err));
    ck_assert_int_eq(number, 2);
    MUST(version_resolve(fix.store, "v3", &number, &fix.err));
    ck_assert_int_eq(number, 3);
    MUST_FAIL(version_resolve_kept(fix.store, "v3", &number, &fix.err),
              ERROR_INPUT, "version 3 was pruned: its rows are gone");
    ck_assert_str_eq(fix.err.hint, "the nearest that were kept are v2 and v5");
    MUST_FAIL(version_resolve_kept(fix.store, "HEAD~5", &number, &fix.err),
              ERROR_INPUT, "version 1 was pruned: its rows are gone");
    ck_assert_str_eq(fix.err.hint, "the nearest that was kept is v2");
    MUST(version_resolve_kept(fix.store, "0", &number, &fix.err));
}
END_TEST

/* ---- Interrupts ---- */

START_TEST(an_interrupt_leaves_what_was_or_what_is_to_be)
{
    struct stopper stopper = {0, 0};
    struct monitor monitor = {stop_at, &stopper};
    struct prune_request request = last(1);
    struct prune_plan plan;
    struct prune_rows rows;
    struct print before;
    struct print now;

    history(600);
    before = print_file("test.db");
    while (!prune_drop(fix.store, &fix.arena, &request, &monitor, &plan, &rows,
                       &fix.err)) {
        ck_assert_str_eq(fix.err.message, "stopped");
        now = print_file("test.db");
        same_print(&before, &now);
        stopper = (struct stopper){0, stopper.limit + 1};
    }
    ck_assert_int_ge(stopper.limit, 5);
    ck_assert_int_eq(rows.rows, 5 * 600);
    check_tables("test.db");
    verify();
}
END_TEST

Suite *prune_suite(void);
Suite *prune_suite(void)
{
    Suite *suite = suite_create("prune");
    TCase *tcase = tcase_create("prune");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_loop_test(
        tcase, what_stays_reads_as_before_and_nothing_else_stays, 0, SEEDS);
    tcase_add_test(tcase, versions_stay_for_these_reasons);
    tcase_add_test(tcase, an_empty_file_has_nothing_to_prune);
    tcase_add_test(tcase, the_log_says_what_is_still_there);
    tcase_add_test(tcase, rows_of_pruned_versions_are_refused);
    tcase_add_test(tcase, an_interrupt_leaves_what_was_or_what_is_to_be);
    suite_add_tcase(suite, tcase);
    return suite;
}
