/* Old versions that come back: by the model over random histories, and in the
 * particulars of labels, ids and single personas. */
#include "fixture.h"
#include "world.h"

enum { SEEDS = 20, STEPS = 24, ROUNDS = 5 };

static struct model model;

static const struct run_header header = {
    .command = "restore", .options = "{}", .summary = "", .engine = 1};

/* Whether there is a new version. */
static bool restore(int64_t version, int64_t persona)
{
    bool changed;

    begin();
    MUST(dataset_restore(fix.run, fix.store, version, persona, NULL, &fix.err));
    MUST(run_seal(fix.run, &header, &changed, &fix.err));
    if (changed && !persona)
        MUST(dataset_restore_check(fix.run, fix.store, &fix.arena, version,
                                   &fix.err));
    MUST(run_commit(fix.run, &fix.err));
    abandon();
    return changed;
}

/* ---- Random histories ---- */

/* The world of a version as the newest one; what was handed out stays so. */
static void follow(int64_t version, int only)
{
    struct world next = model.worlds[model.head];
    const struct world *old = &model.worlds[version];

    for (int i = 0; i < MODEL_PERSONAS; i++) {
        struct model_persona *persona = &next.personas[i];
        struct model_persona latest = *persona;
        if (only >= 0 && i != only)
            continue;
        *persona = old->personas[i];
        persona->key = latest.key;
        persona->count = latest.count;
    }
    if (only < 0)
        memcpy(next.records, old->records, sizeof next.records);
    model.worlds[++model.head] = next;
}

static bool same_world(int64_t one, int64_t other)
{
    static struct model_change changes[MODEL_CHANGES];

    return !model_changes(&model, one, other, changes);
}

static void restore_and_check(int64_t version)
{
    struct version old;
    struct version new;

    ck_assert(restore(version, 0) == !same_world(version, model.head));
    if (head() == model.head)
        return;
    follow(version, -1);
    ck_assert_int_eq(head(), model.head);
    check_world(fix.store, model.head, &model.worlds[model.head]);
    check_empty_diff(fix.store, version, model.head);
    old = version_of(fix.store, version);
    new = version_of(fix.store, model.head);
    ck_assert_mem_eq(old.content, new.content, HASH_SIZE);
}

START_TEST(every_version_comes_back)
{
    model_start(&model, fix.store, &fix.arena, (uint64_t)_i);
    for (int step = 0; step < STEPS; step++)
        model_step(&model);
    for (int64_t version = model.head; version >= 0; version--)
        restore_and_check(version);
    check_sound(fix.store);
}
END_TEST

/* Steps after a restore add meetings under new ids and keys: the model checks
 * the keys that it is given. */
START_TEST(history_goes_on_after_a_restore)
{
    model_start(&model, fix.store, &fix.arena, 100 + (uint64_t)_i);
    for (int round = 0; round < ROUNDS; round++) {
        for (int step = 0; step < 6; step++)
            model_step(&model);
        restore_and_check(
            (int64_t)random_below(&model.random, (uint32_t)model.head + 1));
    }
    for (int64_t version = 0; version <= model.head; version++)
        check_world(fix.store, version, &model.worlds[version]);
    check_sound(fix.store);
}
END_TEST

START_TEST(one_persona_comes_back)
{
    model_start(&model, fix.store, &fix.arena, 200 + (uint64_t)_i);
    for (int round = 0; round < ROUNDS; round++) {
        int who = (int)random_below(&model.random, MODEL_PERSONAS);
        int64_t version;
        for (int step = 0; step < 5; step++)
            model_step(&model);
        version = random_below(&model.random, (uint32_t)model.head + 1);
        if (!model.worlds[model.head].personas[who].key)
            continue;
        if (restore(version, model.worlds[model.head].personas[who].key))
            follow(version, who);
        ck_assert_int_eq(head(), model.head);
        check_world(fix.store, model.head, &model.worlds[model.head]);
    }
    check_sound(fix.store);
}
END_TEST

START_TEST(rows_that_stay_are_not_written)
{
    struct noun_counts counts;
    struct stored_label label;

    begin();
    put_document(PERSONA("a", ALWAYS("\"alpha\"")));
    add_subject("a", "a1", "alpha", "");
    add_subject("a", "a2", "beta", "");
    commit();
    begin();
    put_label((persona_now("a")->key << 32) + 1, 45);
    commit();
    begin();
    MUST(dataset_restore(fix.run, fix.store, 1, 0, NULL, &fix.err));
    counts = run_counts(fix.run, NOUN_LABEL);
    ck_assert_int_eq(counts.added + counts.removed, 0);
    ck_assert_int_eq(counts.changed, 1);
    ck_assert_int_eq(run_counts(fix.run, NOUN_MEETING).changed, 0);
    commit();
    label = label_of((persona_now("a")->key << 32) + 2);
    ck_assert_int_eq(label.since, 1);
}
END_TEST

/* A meeting that has another document and other facts, under the same key. */
static void change_meeting(int64_t key, const char *subject)
{
    struct stored_meeting meeting;
    struct stored_fact fact;
    bool found;

    begin();
    MUST(meeting_at(fix.store, &fix.arena, head(), key, &meeting, &found,
                    &fix.err));
    MUST(fact_at(fix.store, &fix.arena, head(), key, &fact, &found, &fix.err));
    fact.facts.subject = subject;
    meeting.document =
        arena_format(&fix.arena, &fix.err, "{\"subject\":\"%s\"}", subject);
    meeting.document_length = strlen(meeting.document);
    MUST(run_put_meeting(fix.run, &meeting, &fact.facts, &fix.err));
    ck_assert(commit());
}

START_TEST(a_changed_meeting_comes_back_with_its_facts)
{
    struct version versions[2];
    struct stored_fact fact;
    int64_t key;
    bool found;

    begin();
    put_document(PERSONA("a", ""));
    key = add_subject("a", "a1", "alpha", "");
    commit();
    change_meeting(key, "beta");
    change_meeting(key, "gamma");
    ck_assert(restore(1, 0));
    MUST(fact_at(fix.store, &fix.arena, head(), key, &fact, &found, &fix.err));
    ck_assert_str_eq(fact.facts.subject, "alpha");
    versions[0] = version_of(fix.store, 1);
    versions[1] = version_of(fix.store, 4);
    ck_assert_mem_eq(versions[0].content, versions[1].content, HASH_SIZE);
    check_sound(fix.store);
}
END_TEST

/* ---- How fresh labels are ---- */

static const char rule_a[] = PERSONA("a", ALWAYS("\"alpha\""));
static const char rule_b[] = PERSONA("a", ALWAYS("\"beta\""));

static void relabel(void)
{
    struct relabel_result result;
    struct stored_persona *persona = persona_now("a");

    begin();
    MUST(dataset_relabel(fix.run, fix.store, &fix.arena, persona, 1, NULL,
                         &result, &fix.err));
    commit();
}

/* v1 fresh, v2 stale, v3 fresh again. */
static void three_versions(void)
{
    begin();
    put_document(rule_a);
    add_subject("a", "a1", "alpha", "");
    add_subject("a", "a2", "beta", "");
    commit();
    edit(rule_b);
    ck_assert(!fresh("a"));
    relabel();
    ck_assert(fresh("a"));
    ck_assert_int_eq(head(), 3);
}

START_TEST(labels_are_as_fresh_as_they_were)
{
    three_versions();
    ck_assert(restore(1, 0));
    ck_assert(fresh("a"));
    ck_assert(restore(2, 0));
    ck_assert(!fresh("a"));
    ck_assert(restore(3, 0));
    ck_assert(fresh("a"));
}
END_TEST

START_TEST(labels_of_one_persona_are_as_fresh_as_they_were)
{
    int64_t key;

    three_versions();
    key = persona_now("a")->key;
    ck_assert(restore(2, key));
    ck_assert(!fresh("a"));
    ck_assert(restore(1, key));
    ck_assert(fresh("a"));
}
END_TEST

/* Labels of a version about which nothing was noted are as stale as then. */
START_TEST(labels_of_which_nothing_was_known_stay_unknown)
{
    int64_t meeting;

    begin();
    put_document(rule_a);
    meeting = add_meeting(persona_now("a")->key, "a1");
    put_label(meeting, 15);
    commit();
    ck_assert(!fresh("a"));
    relabel();
    ck_assert(fresh("a"));
    ck_assert(restore(1, 0));
    ck_assert(!fresh("a"));
}
END_TEST

/* ---- Ids ---- */

static int64_t generate(const char *id)
{
    struct generate_result result;

    begin();
    struct generate_request request = {.personas = persona_now(id),
                                       .persona_count = 1,
                                       .count = 20,
                                       .seed = 7,
                                       .time_zone = "UTC",
                                       .library = library()};
    MUST(dataset_generate(fix.run, fix.store, &fix.arena, &request, NULL,
                          &result, &fix.err));
    ck_assert(commit());
    return head();
}

static size_t count_ids(int64_t version, const char **ids)
{
    struct scan scan = {.version = version};
    struct cursor *cursor = meeting_scan(fix.store, &scan, &fix.err);
    struct stored_meeting meeting;
    size_t count = 0;
    bool more;

    MUST(cursor != NULL);
    do {
        MUST(meeting_next(cursor, &meeting, &more, &fix.err));
        if (more)
            ids[count++] = arena_text(&fix.arena, meeting.id, &fix.err);
    } while (more);
    cursor_close(cursor);
    return count;
}

START_TEST(generating_after_a_restore_gives_new_ids)
{
    const char *first[64];
    const char *second[64];
    int64_t before;
    int64_t after;

    edit(rule_a);
    before = generate("a");
    ck_assert(restore(1, 0));
    ck_assert_uint_eq(count_ids(head(), first), 0);
    after = generate("a");
    ck_assert_uint_eq(count_ids(before, first), 20);
    ck_assert_uint_eq(count_ids(after, second), 20);
    for (int i = 0; i < 20; i++)
        for (int j = 0; j < 20; j++)
            ck_assert_str_ne(first[i], second[j]);
    /* The first ones can come back, and both can be had in turn. */
    ck_assert(restore(before, 0));
    check_empty_diff(fix.store, before, head());
    ck_assert(restore(after, 0));
    check_empty_diff(fix.store, after, head());
}
END_TEST

START_TEST(the_empty_dataset_comes_back)
{
    int64_t key;

    three_versions();
    key = persona_now("a")->key;
    ck_assert(restore(0, 0));
    check_empty_diff(fix.store, 0, head());
    ck_assert(!restore(0, 0));
    /* An id keeps its key. */
    edit(rule_a);
    ck_assert_int_eq(persona_now("a")->key, key);
}
END_TEST

/* ---- Interruption ---- */

static bool stop(void *context, const char *what, int64_t done, int64_t total,
                 struct error *err)
{
    (void)context;
    (void)what;
    (void)done;
    (void)total;
    return error_set(err, ERROR_INTERRUPTED, "stopped");
}

START_TEST(an_interrupted_restore_changes_nothing)
{
    const struct monitor monitor = {stop, NULL};

    edit(rule_a);
    begin();
    for (int i = 0; i < MONITOR_ROWS; i++)
        add_subject("a", arena_format(&fix.arena, &fix.err, "a%d", i), "alpha",
                    "");
    commit();
    begin();
    MUST_FAIL(dataset_restore(fix.run, fix.store, 1, 0, &monitor, &fix.err),
              ERROR_INTERRUPTED, "stopped");
    abandon();
    ck_assert_int_eq(head(), 2);
    ck_assert(restore(1, 0));
}
END_TEST

Suite *restore_suite(void);
Suite *restore_suite(void)
{
    Suite *suite = suite_create("restore");
    TCase *tcase = tcase_create("restore");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_loop_test(tcase, every_version_comes_back, 0, SEEDS);
    tcase_add_loop_test(tcase, history_goes_on_after_a_restore, 0, SEEDS);
    tcase_add_loop_test(tcase, one_persona_comes_back, 0, SEEDS);
    tcase_add_test(tcase, rows_that_stay_are_not_written);
    tcase_add_test(tcase, a_changed_meeting_comes_back_with_its_facts);
    tcase_add_test(tcase, labels_are_as_fresh_as_they_were);
    tcase_add_test(tcase, labels_of_one_persona_are_as_fresh_as_they_were);
    tcase_add_test(tcase, labels_of_which_nothing_was_known_stay_unknown);
    tcase_add_test(tcase, generating_after_a_restore_gives_new_ids);
    tcase_add_test(tcase, the_empty_dataset_comes_back);
    tcase_add_test(tcase, an_interrupted_restore_changes_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
