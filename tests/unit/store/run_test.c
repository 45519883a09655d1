/* Runs: what makes a version and what does not, what a row's life looks like,
 * and what a run refuses. */
#include "fixture.h"

#include "datebook/changes.h"

#include "src/store/run_internal.h"

START_TEST(a_run_without_changes_makes_no_version)
{
    begin();
    ck_assert_int_eq(run_version(fix.run), 1);
    ck_assert(!commit());
    ck_assert_int_eq(head(), 0);
    begin();
    put("a", "{}");
    ck_assert(commit());
    begin();
    ck_assert_int_eq(run_version(fix.run), 2);
    put("a", "{}");
    ck_assert(!commit());
    ck_assert_int_eq(head(), 1);
}
END_TEST

START_TEST(the_same_persona_twice_in_a_run)
{
    struct noun_counts counts;

    begin();
    put("a", "{}");
    put("a", "{}");
    counts = run_counts(fix.run, NOUN_PERSONA);
    ck_assert_int_eq(counts.added, 1);
    ck_assert_int_eq(counts.changed, 0);
    ck_assert(commit());
}
END_TEST

static struct stored_persona *persona_as_of(int64_t version, const char *id)
{
    struct stored_persona *persona;

    MUST(persona_at(fix.store, &fix.arena, version, id, &persona, &fix.err));
    return persona;
}

START_TEST(an_untouched_row_belongs_to_later_versions)
{
    begin();
    put("a", "{\"n\":1}");
    ck_assert(commit());
    for (int i = 0; i < 3; i++) {
        begin();
        put("b", arena_format(&fix.arena, &fix.err, "{\"n\":%d}", i));
        ck_assert(commit());
    }
    ck_assert_ptr_null(persona_as_of(0, "a"));
    for (int version = 1; version <= 4; version++) {
        ck_assert_ptr_nonnull(persona_as_of(version, "a"));
        ck_assert_int_eq(persona_as_of(version, "a")->since, 1);
    }
    ck_assert_str_eq(persona_as_of(3, "b")->document, "{\"n\":1}");
    ck_assert_int_eq(persona_as_of(3, "b")->since, 3);
    ck_assert_ptr_null(persona_as_of(4, "c"));
}
END_TEST

static bool lives(int64_t version, int64_t meeting)
{
    struct stored_meeting row;
    struct stored_label label;
    bool found;
    bool labelled;

    MUST(meeting_at(fix.store, &fix.arena, version, meeting, &row, &found,
                    &fix.err));
    MUST(label_at(fix.store, &fix.arena, version, meeting, &label, &labelled,
                  &fix.err));
    ck_assert(found == labelled);
    return found;
}

START_TEST(removing_a_persona_closes_its_rows)
{
    struct noun_counts counts;
    struct span *spans;
    size_t count;
    int64_t a;
    int64_t b;
    int64_t first;
    int64_t other;

    begin();
    a = put("a", "{}");
    b = put("b", "{}");
    first = add_labelled(a, "m1");
    add_labelled(a, "m2");
    other = add_labelled(b, "m3");
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    counts = run_counts(fix.run, NOUN_MEETING);
    ck_assert_int_eq(counts.removed, 2);
    counts = run_counts(fix.run, NOUN_LABEL);
    ck_assert_int_eq(counts.removed, 2);
    ck_assert(commit());
    ck_assert(lives(1, first) && !lives(2, first));
    ck_assert(lives(1, other) && lives(2, other));
    ck_assert_ptr_nonnull(persona_as_of(1, "a"));
    ck_assert_ptr_null(persona_as_of(2, "a"));
    MUST(meeting_spans(fix.store, &fix.arena, first, &spans, &count, &fix.err));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(spans[0].since, 1);
    ck_assert_int_eq(spans[0].until, 2);
    MUST(label_spans(fix.store, &fix.arena, other, &spans, &count, &fix.err));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(spans[0].until, 0);
}
END_TEST

/* More meetings than one batch of removals. */
START_TEST(removing_a_persona_with_many_meetings)
{
    struct noun_counts counts;
    char id[16];
    int64_t a;

    begin();
    a = put("a", "{}");
    for (int i = 0; i < 2500; i++) {
        snprintf(id, sizeof id, "m%d", i);
        add_labelled(a, id);
    }
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    counts = run_counts(fix.run, NOUN_MEETING);
    ck_assert_int_eq(counts.removed, 2500);
    ck_assert(commit());
}
END_TEST

START_TEST(keys_are_never_given_twice)
{
    int64_t a;
    int64_t first;
    int64_t second;

    begin();
    a = put("a", "{}");
    first = add_labelled(a, "m1");
    ck_assert_int_eq(meeting_persona(first), a);
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    ck_assert(commit());
    begin();
    ck_assert_int_eq(put("a", "{}"), a);
    ck_assert_int_ne(put("b", "{}"), a);
    second = add_labelled(a, "m2");
    ck_assert(commit());
    ck_assert_int_gt(second, first);
    ck_assert(lives(1, first) && !lives(2, first) && !lives(3, first));
    ck_assert(!lives(1, second) && !lives(2, second) && lives(3, second));
}
END_TEST

START_TEST(ids_are_never_given_twice)
{
    int64_t a;
    int64_t key;

    begin();
    a = put("a", "{}");
    add_labelled(a, "m1");
    ck_assert(commit());
    begin();
    MUST_FAIL(try_meeting(a, "m1", &key), ERROR_INPUT,
              "a meeting with the id \"m1\" exists already");
    abandon();
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    ck_assert(commit());
    begin();
    put("a", "{}");
    MUST_FAIL(try_meeting(a, "m1", &key), ERROR_INPUT,
              "a meeting with the id \"m1\" existed before");
}
END_TEST

START_TEST(meetings_are_found_by_id)
{
    int64_t a;
    int64_t key;
    int64_t found;

    begin();
    a = put("a", "{}");
    key = add_labelled(a, "m1");
    ck_assert(commit());
    MUST(meeting_find(fix.store, "m1", &found, &fix.err));
    ck_assert_int_eq(found, key);
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    ck_assert(commit());
    MUST(meeting_find(fix.store, "m1", &found, &fix.err));
    ck_assert_int_eq(found, key);
    MUST_FAIL(meeting_find(fix.store, "M1", &found, &fix.err), ERROR_INPUT,
              "there is no meeting \"M1\"");
}
END_TEST

START_TEST(an_abandoned_run_leaves_the_file_as_it_was)
{
    size_t before_length;
    size_t after_length;
    const char *before;
    const char *after;
    int64_t a;

    begin();
    a = put("a", "{}");
    add_labelled(a, "m1");
    ck_assert(commit());
    reopen("test.db", STORE_WRITE);
    before = bytes_of("test.db", &before_length);
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    put("b", "{}");
    add_labelled(put("c", "{}"), "m2");
    abandon();
    ck_assert_int_eq(head(), 1);
    ck_assert_ptr_nonnull(persona_as_of(1, "a"));
    reopen("test.db", STORE_READ);
    after = bytes_of("test.db", &after_length);
    ck_assert_uint_eq(before_length, after_length);
    ck_assert_mem_eq(before, after, before_length);
}
END_TEST

/* Sealed but not committed: readable here, and gone afterwards. */
START_TEST(a_sealed_run_can_be_undone)
{
    struct run_header header = {
        .command = "test", .options = "{}", .summary = ""};
    bool changed;

    begin();
    put("a", "{}");
    MUST(run_seal(fix.run, &header, &changed, &fix.err));
    ck_assert_int_eq(head(), 1);
    ck_assert_ptr_nonnull(persona_as_of(1, "a"));
    abandon();
    ck_assert_int_eq(head(), 0);
    ck_assert_ptr_null(persona_as_of(1, "a"));
}
END_TEST

START_TEST(closing_rolls_an_open_run_back)
{
    begin();
    put("a", "{}");
    store_close(fix.store);
    fix.store = NULL;
    arena_free(&fix.run->scratch); /* its store is gone, so by hand */
    free(fix.run);
    fix.run = NULL;
    reopen("test.db", STORE_WRITE);
    ck_assert_int_eq(head(), 0);
}
END_TEST

START_TEST(a_label_with_the_same_value_writes_nothing)
{
    struct span *spans;
    size_t count;
    int64_t a;
    int64_t meeting;

    begin();
    a = put("a", "{}");
    meeting = add_labelled(a, "m1");
    ck_assert(commit());
    begin();
    put_label(meeting, 0);
    ck_assert(!commit());
    begin();
    put_label(meeting, 15);
    ck_assert(commit());
    begin();
    put_label(meeting, 15);
    ck_assert(!commit());
    MUST(label_spans(fix.store, &fix.arena, meeting, &spans, &count, &fix.err));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(spans[0].since, 1);
    ck_assert_int_eq(spans[0].until, 2);
    ck_assert_int_eq(spans[0].label.prep_minutes, 0);
    ck_assert_int_eq(spans[1].since, 2);
    ck_assert_int_eq(spans[1].until, 0);
    ck_assert_int_eq(spans[1].label.prep_minutes, 15);
}
END_TEST

/* How many labels differ between two versions. */
static int64_t labels_between(int64_t low, int64_t high)
{
    struct change_range range = {.low = low, .high = high};
    struct changes *changes = changes_open_labels(fix.store, &range, &fix.err);
    struct label_change change;
    int64_t count = 0;
    bool more;

    MUST(changes != NULL);
    for (;;) {
        MUST(changes_next_label(changes, &change, &more, &fix.err));
        if (!more)
            break;
        count++;
    }
    changes_close(changes);
    return count;
}

START_TEST(nothing_differs_between_a_version_and_itself)
{
    int64_t meeting;

    begin();
    meeting = add_labelled(put("a", "{}"), "m1");
    ck_assert(commit());
    begin();
    put_label(meeting, 15);
    ck_assert(commit());
    ck_assert_int_eq(labels_between(0, 0), 0);
    ck_assert_int_eq(labels_between(1, 1), 0);
    ck_assert_int_eq(labels_between(2, 2), 0);
    ck_assert_int_eq(labels_between(1, 2), 1);
}
END_TEST

static const unsigned char *content_of_head(void)
{
    static struct version version;

    MUST(version_get(fix.store, &fix.arena, head(), &version, &fix.err));
    return version.content;
}

START_TEST(keys_may_come_in_any_order)
{
    unsigned char content[2][HASH_SIZE];

    for (int round = 0; round < 2; round++) {
        int64_t personas[2];
        int64_t meetings[2];
        store_close(fix.store);
        empty_folder(fix.folder);
        fix.store = store_create(path_of("test.db"), &fix.err);
        MUST(fix.store != NULL);
        begin();
        personas[round] = put(round ? "b" : "a", "{}");
        personas[!round] = put(round ? "a" : "b", "{}");
        meetings[1] = add_meeting(personas[1], "m2");
        meetings[0] = add_meeting(personas[0], "m1");
        put_label(meetings[round], 5 + 5 * round);
        put_label(meetings[!round], 5 + 5 * !round);
        ck_assert(commit());
        memcpy(content[round], content_of_head(), HASH_SIZE);
    }
    /* The same, although the personas have each other's keys. */
    ck_assert_mem_eq(content[0], content[1], HASH_SIZE);
}
END_TEST

START_TEST(an_old_state_has_its_content_hash_again)
{
    unsigned char before[HASH_SIZE];
    struct stored_meeting meeting;
    struct stored_fact fact;
    int64_t a;
    int64_t key;
    bool found;

    begin();
    a = put("a", "{}");
    key = add_labelled(a, "m1");
    ck_assert(commit());
    memcpy(before, content_of_head(), HASH_SIZE);
    begin();
    MUST(run_remove_label(fix.run, key, &fix.err));
    MUST(run_remove_meeting(fix.run, key, &fix.err));
    ck_assert(commit());
    ck_assert(memcmp(before, content_of_head(), HASH_SIZE) != 0);
    MUST(meeting_at(fix.store, &fix.arena, 1, key, &meeting, &found, &fix.err));
    ck_assert(found);
    MUST(fact_at(fix.store, &fix.arena, 1, key, &fact, &found, &fix.err));
    begin();
    MUST(run_put_meeting(fix.run, &meeting, &fact.facts, &fix.err));
    put_label(key, 0);
    ck_assert(commit());
    ck_assert_mem_eq(before, content_of_head(), HASH_SIZE);
    begin();
    MUST(run_put_meeting(fix.run, &meeting, &fact.facts, &fix.err));
    ck_assert(!commit());
    begin();
    fact.facts.minutes++;
    MUST(run_put_meeting(fix.run, &meeting, &fact.facts, &fix.err));
    ck_assert(commit());
    ck_assert(memcmp(before, content_of_head(), HASH_SIZE) != 0);
    MUST(meeting_at(fix.store, &fix.arena, 3, key, &meeting, &found, &fix.err));
    ck_assert(found);
}
END_TEST

START_TEST(a_meeting_without_a_label_goes_with_its_persona)
{
    static const unsigned char nothing[HASH_SIZE];
    unsigned char digest[HASH_SIZE];
    int64_t a;

    begin();
    a = put("a", "{}");
    add_meeting(a, "m1");
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    ck_assert(commit());
    for (int noun = 0; noun < NOUNS; noun++) {
        MUST(content_digest(fix.store, a, (enum noun)noun, digest, &fix.err));
        ck_assert_mem_eq(digest, nothing, HASH_SIZE);
    }
}
END_TEST

START_TEST(an_unknown_persona_key_has_no_meetings)
{
    int64_t key;

    begin();
    MUST_FAIL(try_meeting(99, "m1", &key), ERROR_BUG,
              "there is no persona key 99");
}
END_TEST

START_TEST(a_label_that_names_an_unknown_rule)
{
    static const unsigned char rules[] = {9};
    struct stored_label label = {.rules = rules, .rules_length = 1};

    begin();
    label.meeting = add_meeting(put("a", "{}"), "m1");
    MUST_FAIL(run_put_label(fix.run, &label, &fix.err), ERROR_DATABASE,
              arena_format(&fix.arena, &fix.err,
                           "the label of meeting %lld names a rule that does "
                           "not exist",
                           (long long)label.meeting));
}
END_TEST

START_TEST(a_statement_left_open_is_found)
{
    struct scan scan = {.version = 1};
    struct cursor *cursor;
    struct run_header header = {
        .command = "test", .options = "{}", .summary = ""};
    bool changed;

    begin();
    add_labelled(put("a", "{}"), "m1");
    MUST(run_seal(fix.run, &header, &changed, &fix.err));
    cursor = label_scan(fix.store, &scan, &fix.err);
    MUST(cursor != NULL);
    MUST_FAIL(run_commit(fix.run, &fix.err), ERROR_BUG,
              "statement label_scan_head was left open");
    MUST_FAIL(label_scan(fix.store, &scan, &fix.err) != NULL, ERROR_BUG,
              "statement label_scan_head was left open");
    cursor_close(cursor);
    MUST(run_commit(fix.run, &fix.err));
    abandon();
    ck_assert_int_eq(head(), 1);
}
END_TEST

START_TEST(statements_know_their_names_and_places)
{
    struct statement *statement;
    bool row;

    MUST_FAIL(store_use(fix.store, STATEMENT_TAG_DELETE, &fix.err) != NULL,
              ERROR_BUG, "statement tag_delete writes outside a transaction");
    statement = store_use(fix.store, STATEMENT_TAG_GET, &fix.err);
    MUST(statement != NULL);
    bind_text(statement, ":nam", "a");
    MUST_FAIL(statement_next(fix.store, statement, &row, &fix.err), ERROR_BUG,
              "statement tag_get has no :nam");
    begin();
    statement = store_use(fix.store, STATEMENT_TAG_DELETE, &fix.err);
    MUST(statement != NULL);
    bind_text(statement, ":name", "a");
    MUST_FAIL(statement_run_one(fix.store, statement, &fix.err), ERROR_BUG,
              "statement tag_delete changed 0 rows, not 1");
}
END_TEST

START_TEST(batches_are_counted_by_persona_and_seed)
{
    static const struct {
        int persona;
        uint64_t seed;
        uint64_t expected;
    } calls[] = {{0, 1, 0},          {0, 1, 1}, {1, 1, 0},
                 {0, UINT64_MAX, 0}, {0, 1, 2}, {0, UINT64_MAX, 1}};
    int64_t personas[2];
    uint64_t batch;

    begin();
    personas[0] = put("a", "{}");
    personas[1] = put("b", "{}");
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        MUST(run_next_batch(fix.run, personas[calls[i].persona], calls[i].seed,
                            &batch, &fix.err));
        ck_assert_uint_eq(batch, calls[i].expected);
    }
}
END_TEST

START_TEST(summaries_of_one_persona)
{
    civil_minute start;
    int64_t count;
    int64_t a;
    bool any;

    begin();
    a = put("a", "{}");
    MUST(meeting_last_start(fix.store, a, &any, &start, &fix.err));
    ck_assert(!any);
    add_labelled(a, "m1");
    add_labelled(a, "m2");
    add_labelled(put("b", "{}"), "m3");
    MUST(meeting_last_start(fix.store, a, &any, &start, &fix.err));
    ck_assert(any);
    ck_assert_int_eq(start, 600);
    MUST(label_count(fix.store, a, &count, &fix.err));
    ck_assert_int_eq(count, 2);
}
END_TEST

Suite *run_suite(void);
Suite *run_suite(void)
{
    Suite *suite = suite_create("run");
    TCase *tcase = tcase_create("run");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, a_run_without_changes_makes_no_version);
    tcase_add_test(tcase, the_same_persona_twice_in_a_run);
    tcase_add_test(tcase, an_untouched_row_belongs_to_later_versions);
    tcase_add_test(tcase, removing_a_persona_closes_its_rows);
    tcase_add_test(tcase, removing_a_persona_with_many_meetings);
    tcase_add_test(tcase, keys_are_never_given_twice);
    tcase_add_test(tcase, ids_are_never_given_twice);
    tcase_add_test(tcase, meetings_are_found_by_id);
    tcase_add_test(tcase, an_abandoned_run_leaves_the_file_as_it_was);
    tcase_add_test(tcase, a_sealed_run_can_be_undone);
    tcase_add_test(tcase, closing_rolls_an_open_run_back);
    tcase_add_test(tcase, a_label_with_the_same_value_writes_nothing);
    tcase_add_test(tcase, nothing_differs_between_a_version_and_itself);
    tcase_add_test(tcase, keys_may_come_in_any_order);
    tcase_add_test(tcase, an_old_state_has_its_content_hash_again);
    tcase_add_test(tcase, a_meeting_without_a_label_goes_with_its_persona);
    tcase_add_test(tcase, an_unknown_persona_key_has_no_meetings);
    tcase_add_test(tcase, a_label_that_names_an_unknown_rule);
    tcase_add_test(tcase, a_statement_left_open_is_found);
    tcase_add_test(tcase, statements_know_their_names_and_places);
    tcase_add_test(tcase, batches_are_counted_by_persona_and_seed);
    tcase_add_test(tcase, summaries_of_one_persona);
    suite_add_tcase(suite, tcase);
    return suite;
}
