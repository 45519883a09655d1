/* Merging: each kind of conflict in full, labels, batches, and damage. */
#include "merging.h"

#include <sqlite3.h>

static const char rule_a[] = PERSONA("a", ALWAYS("\"alpha\""));
static const char rule_b[] = PERSONA("a", ALWAYS("\"beta\""));

static void in_file(const char *name, const char *document, const char *meeting,
                    const char *subject)
{
    go_to(name);
    begin();
    put_document(document);
    if (meeting)
        add_subject("a", meeting, subject, "");
    commit();
    back_home();
}

static void here(const char *document, const char *meeting, const char *subject)
{
    begin();
    put_document(document);
    if (meeting)
        add_subject("a", meeting, subject, "");
    commit();
}

START_TEST(another_document_is_a_conflict)
{
    here(rule_a, NULL, NULL);
    in_file("b.db", rule_b, NULL, NULL);
    merge_one("b.db");
    check_told("persona a (test.db, b.db): "
               "importance_criteria.always_important: removed \"alpha\"; "
               "importance_criteria.always_important: added \"beta\"; "
               "refused\n");
    ck_assert_int_eq(head(), 1);
    job.choice = MERGE_OURS;
    merge_one("b.db");
    ck_assert_int_eq(head(), 1);
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    ck_assert_int_eq(head(), 2);
    ck_assert_ptr_nonnull(strstr(persona_now("a")->document, "beta"));
}
END_TEST

START_TEST(a_document_in_another_order_is_the_same)
{
    here("{\"id\":\"a\",\"name\":\"N\",\"tier\":1}", NULL, NULL);
    in_file("b.db", "{\"tier\":1,\"name\":\"N\",\"id\":\"a\"}", NULL, NULL);
    ck_assert_int_eq(merge_one("b.db").counts[NOUN_PERSONA].same, 1);
    check_told("");
    ck_assert_int_eq(head(), 1);
}
END_TEST

START_TEST(another_meeting_of_the_same_id_is_a_conflict)
{
    here(rule_a, "m", "alpha");
    in_file("b.db", rule_a, "m", "alpha one");
    merge_one("b.db");
    check_told("meeting a m (test.db, b.db): another event: \"alpha\" here, "
               "\"alpha one\" there; refused\n");
    ck_assert_int_eq(head(), 1);
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    ck_assert_int_eq(head(), 2);
    ck_assert_int_eq(label_of((persona_now("a")->key << 32) + 1).since, 1);
}
END_TEST

START_TEST(another_label_is_a_conflict)
{
    here(rule_a, "m", "alpha");
    go_to("b.db");
    edit(PERSONA("z", "")); /* so that no version is common */
    here(rule_a, "m", "alpha");
    begin();
    put_label((persona_now("a")->key << 32) + 1, 45);
    commit();
    back_home();
    merge_one("b.db");
    check_told("label a m (test.db, b.db): importance: critical here, medium "
               "there; preparation: 0 minutes here, 45 there; RSVP: accept "
               "here, tentative there; reasons: Always important: alpha here, "
               "No specific rule matched there; refused\n");
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    ck_assert_int_eq(job.decided, 1);
    ck_assert_int_eq(label_of((persona_now("a")->key << 32) + 1).prep_minutes,
                     45);
}
END_TEST

START_TEST(an_id_of_another_persona_is_a_conflict_that_stays)
{
    here(rule_a, "m", "alpha");
    go_to("b.db");
    begin();
    put_document(PERSONA("z", ""));
    add_subject("z", "m", "alpha", "");
    commit();
    back_home();
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    check_told("meeting z m (test.db, b.db): here it is a meeting of a; "
               "refused\n");
    job.choice = MERGE_OURS;
    merge_one("b.db");
    ck_assert_int_eq(head(), 2);
    ck_assert_int_eq(version_of(fix.store, 2).counts[NOUN_MEETING].total, 1);
}
END_TEST

/* Gives the first meeting of a another document. */
static void change_meeting(const char *document)
{
    int64_t key = (persona_now("a")->key << 32) + 1;
    struct stored_meeting meeting;
    struct stored_fact fact;
    bool found;

    begin();
    MUST(meeting_at(fix.store, &fix.arena, head(), key, &meeting, &found,
                    &fix.err));
    MUST(fact_at(fix.store, &fix.arena, head(), key, &fact, &found, &fix.err));
    meeting.document = document;
    meeting.document_length = strlen(document);
    MUST(run_put_meeting(fix.run, &meeting, &fact.facts, &fix.err));
    ck_assert(commit());
}

static const char *document_of_first(void)
{
    struct stored_meeting meeting;
    bool found;

    MUST(meeting_at(fix.store, &fix.arena, head(),
                    (persona_now("a")->key << 32) + 1, &meeting, &found,
                    &fix.err));
    return meeting.document;
}

static void change_there(const char *document)
{
    go_to("b.db");
    change_meeting(document);
    back_home();
}

START_TEST(a_meeting_that_changed_there_is_taken)
{
    here(rule_a, "m", "alpha");
    copy_to("b.db");
    edit(PERSONA("z", ""));
    change_there("{\"n\":1}");
    ck_assert_int_eq(merge_one("b.db").counts[NOUN_MEETING].changed, 1);
    check_told("");
    ck_assert_str_eq(document_of_first(), "{\"n\":1}");
    check_sound(fix.store);
}
END_TEST

START_TEST(a_meeting_that_changed_here_stays)
{
    here(rule_a, "m", "alpha");
    copy_to("b.db");
    change_meeting("{\"n\":2}");
    go_to("b.db");
    edit(PERSONA("z", ""));
    begin();
    put_label((persona_now("a")->key << 32) + 1, 45);
    commit();
    back_home();
    merge_one("b.db");
    check_told("");
    ck_assert_str_eq(document_of_first(), "{\"n\":2}");
    ck_assert_int_eq(label_of((persona_now("a")->key << 32) + 1).prep_minutes,
                     45);
}
END_TEST

START_TEST(a_meeting_that_changed_on_both_sides_is_a_conflict)
{
    here(rule_a, "m", "alpha");
    copy_to("b.db");
    change_meeting("{\"n\":2}");
    change_there("{\"n\":1}");
    merge_one("b.db");
    check_told("meeting a m (test.db, b.db): another event: \"alpha\" here, "
               "\"alpha\" there; refused\n");
    change_there("{\"n\":2}");
    ck_assert_int_eq(merge_one("b.db").counts[NOUN_MEETING].same, 1);
    check_told("");
}
END_TEST

START_TEST(a_meeting_that_changed_back_is_unchanged)
{
    here(rule_a, "m", "alpha");
    copy_to("b.db");
    change_meeting("{\"n\":2}");
    change_there("{\"n\":1}");
    change_there("{\"id\":\"m\",\"subject\":\"alpha\"}");
    merge_one("b.db");
    check_told("");
    ck_assert_str_eq(document_of_first(), "{\"n\":2}");
}
END_TEST

static void remove_persona(const char *id)
{
    begin();
    MUST(run_remove_persona(fix.run, persona_now(id)->key, &fix.err));
    commit();
}

START_TEST(a_persona_that_one_side_removed_goes)
{
    here(rule_a, "m", "alpha");
    copy_to("b.db");
    go_to("b.db");
    remove_persona("a");
    back_home();
    edit(PERSONA("z", ""));
    ck_assert_int_eq(merge_one("b.db").counts[NOUN_MEETING].removed, 1);
    check_told("");
    ck_assert_int_eq(version_of(fix.store, head()).counts[NOUN_PERSONA].total,
                     1);
}
END_TEST

START_TEST(a_persona_that_one_side_removed_and_the_other_changed)
{
    here(rule_a, "m", "alpha");
    copy_to("b.db");
    go_to("b.db");
    remove_persona("a");
    back_home();
    here(rule_a, "n", "alpha");
    merge_one("b.db");
    check_told("persona a (test.db, b.db): changed here, removed there; "
               "refused\n");
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    ck_assert_int_eq(version_of(fix.store, head()).counts[NOUN_MEETING].total,
                     0);
}
END_TEST

START_TEST(a_persona_that_was_removed_here_comes_back_when_preferred)
{
    here(rule_a, "m", "alpha");
    copy_to("b.db");
    go_to("b.db");
    here(rule_a, "n", "alpha");
    back_home();
    remove_persona("a");
    merge_one("b.db");
    check_told("persona a (test.db, b.db): removed here, changed there; "
               "refused\n");
    job.choice = MERGE_THEIRS;
    ck_assert_int_eq(merge_one("b.db").counts[NOUN_MEETING].added, 2);
    ck_assert_int_eq(label_of((persona_now("a")->key << 32) + 1).importance,
                     IMPORTANCE_CRITICAL);
}
END_TEST

START_TEST(without_a_common_version_what_is_gone_comes_back)
{
    int64_t key;
    int64_t found;

    here(rule_a, "m", "alpha");
    key = persona_now("a")->key << 32;
    remove_persona("a");
    in_file("b.db", rule_a, "x", "alpha");
    go_to("b.db");
    here(rule_a, "m", "alpha");
    back_home();
    merge_one("b.db");
    check_told("");
    MUST(meeting_find(fix.store, "m", &found, &fix.err));
    ck_assert_int_eq(found, key + 1);
    MUST(meeting_find(fix.store, "x", &found, &fix.err));
    ck_assert_int_eq(found, key + 2);
    ck_assert_int_eq(label_of(key + 1).since, 3);
}
END_TEST

START_TEST(two_files_that_change_one_row_are_a_conflict)
{
    here(rule_a, "m", "alpha");
    copy_to("b.db");
    copy_to("c.db");
    for (int i = 0; i < 2; i++) {
        go_to(i ? "c.db" : "b.db");
        begin();
        put_label((persona_now("a")->key << 32) + 1, i ? 30 : 45);
        commit();
        back_home();
    }
    job.choice = MERGE_THEIRS;
    start();
    take("b.db");
    take("c.db");
    finish();
    check_told("label a m (b.db, c.db): preparation: 45 minutes here, 30 "
               "there; refused\n");
    ck_assert_int_eq(head(), 1);
    job.choice = MERGE_OURS;
    start();
    take("b.db");
    take("c.db");
    finish();
    ck_assert_int_eq(head(), 2);
    ck_assert_int_eq(label_of((persona_now("a")->key << 32) + 1).prep_minutes,
                     45);
}
END_TEST

START_TEST(a_rule_with_another_name_is_refused)
{
    struct stored_rule rule = {.kind = 0, .source = "s", .name = "one"};
    struct merge_result result;
    unsigned char code = 1;
    struct stored_label label = {.rules = &code, .rules_length = 1};
    int64_t number;
    const char *expected =
        arena_format(&fix.arena, &fix.err,
                     "%s and %s call the rule \"s\" of a by different names",
                     path_of("test.db"), path_of("b.db"));

    begin();
    MUST(run_rule_number(fix.run, put("a", "{}"), &rule, &number, &fix.err));
    commit();
    go_to("b.db");
    begin();
    rule.name = "other";
    label.meeting = add_meeting(put("a", "{}"), "m");
    MUST(run_rule_number(fix.run, 1, &rule, &number, &fix.err));
    MUST(run_put_label(fix.run, &label, &fix.err));
    commit();
    back_home();
    start();
    job.store = store_open(path_of("b.db"), STORE_READ, &fix.err);
    MUST_FAIL(merge_file(job.merge, path_of("b.db"), job.store, NULL, &result,
                         &fix.err),
              ERROR_INPUT, expected);
}
END_TEST

/* ---- How fresh labels are ---- */

START_TEST(labels_that_come_alone_are_as_fresh_as_there)
{
    here(rule_a, NULL, NULL);
    in_file("b.db", rule_a, "m", "alpha");
    merge_one("b.db");
    ck_assert_int_eq(job.mixed, 0);
    ck_assert(fresh("a"));
}
END_TEST

START_TEST(labels_of_the_same_rules_stay_fresh_together)
{
    here(rule_a, "n", "alpha");
    in_file("b.db", rule_a, "m", "alpha");
    merge_one("b.db");
    ck_assert_int_eq(job.mixed, 0);
    ck_assert(fresh("a"));
}
END_TEST

START_TEST(labels_of_several_sets_of_rules_are_stale)
{
    here(rule_a, "n", "alpha");
    go_to("b.db");
    here(rule_b, "m", "alpha");
    edit(rule_a);
    back_home();
    merge_one("b.db");
    check_told("");
    ck_assert_int_eq(job.mixed, 1);
    ck_assert(!fresh("a"));
}
END_TEST

/* Nothing changed here since both were the same: it is all theirs now. */
START_TEST(labels_that_replace_what_nobody_touched_are_as_fresh_as_there)
{
    struct relabel_result result;

    here(rule_a, "m", "alpha");
    copy_to("b.db");
    go_to("b.db");
    edit(rule_b);
    begin();
    MUST(dataset_relabel(fix.run, fix.store, &fix.arena, persona_now("a"), 1,
                         NULL, &result, &fix.err));
    commit();
    back_home();
    ck_assert_int_eq(merge_one("b.db").common, 1);
    ck_assert_int_eq(job.mixed, 0);
    ck_assert(fresh("a"));
}
END_TEST

/* ---- Batches ---- */

static void generate(int64_t expected)
{
    int64_t added;

    begin();
    struct generate_request request = {.personas = persona_now("a"),
                                       .persona_count = 1,
                                       .count = 10,
                                       .seed = 3,
                                       .time_zone = "UTC",
                                       .library = library()};
    MUST(dataset_generate(fix.run, fix.store, &fix.arena, &request, NULL,
                          &added, &fix.err));
    commit();
    ck_assert_int_eq(version_of(fix.store, head()).counts[NOUN_MEETING].total,
                     expected);
}

START_TEST(generating_goes_on_after_the_most_batches)
{
    struct merge_result result;

    edit(rule_a);
    generate(10);
    go_to("b.db");
    edit(PERSONA("z", "")); /* so that no version is common */
    edit(rule_a);
    generate(10);
    generate(20);
    back_home();
    result = merge_one("b.db");
    check_told("");
    ck_assert_int_eq(result.counts[NOUN_MEETING].same, 10);
    ck_assert_int_eq(result.counts[NOUN_MEETING].added, 10);
    generate(30);
}
END_TEST

/* ---- Damage ---- */

static void damage(const char *name, const char *sql)
{
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(path_of(name), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_changes(db), 1);
    sqlite3_close(db);
}

static void check_damage(const char *sql, const char *message)
{
    bool changed;

    in_file("b.db", rule_a, "m", "alpha");
    damage("b.db", sql);
    start();
    take("b.db");
    MUST(run_seal(fix.run, &merge_header, &changed, &fix.err));
    MUST_FAIL(
        merge_check(job.merge, &fix.err), ERROR_DATABASE,
        arena_format(&fix.arena, &fix.err, "%s: %s", path_of("b.db"), message));
}

START_TEST(a_changed_document_is_found)
{
    check_damage("UPDATE meeting SET document = replace(document, 'alpha', "
                 "'gamma')",
                 "the meetings of a are not what their hash says");
}
END_TEST

START_TEST(a_changed_label_is_found)
{
    check_damage("UPDATE label SET prep_minutes = 5",
                 "the labels of a are not what their hash says");
}
END_TEST

START_TEST(a_changed_persona_is_found)
{
    check_damage("UPDATE persona SET name = 'Nobody'",
                 "the personas of a are not what their hash says");
}
END_TEST

static void check_broken(const char *sql, const char *message)
{
    struct merge_result result;

    in_file("b.db", rule_a, "m", "alpha");
    damage("b.db", sql);
    start();
    job.store = store_open(path_of("b.db"), STORE_READ, &fix.err);
    MUST_FAIL(
        merge_file(job.merge, path_of("b.db"), job.store, NULL, &result,
                   &fix.err),
        ERROR_DATABASE,
        arena_format(&fix.arena, &fix.err, "%s: %s", path_of("b.db"), message));
}

START_TEST(a_meeting_without_facts_is_found)
{
    check_broken("DELETE FROM meeting_fact", "the meeting \"m\" has no facts");
}
END_TEST

START_TEST(a_label_without_a_meeting_is_found)
{
    check_broken("UPDATE label SET meeting = meeting + 1",
                 "a label without its meeting");
}
END_TEST

START_TEST(a_label_of_an_unknown_rule_is_found)
{
    check_broken("UPDATE label SET rules = x'77'",
                 "a label of a names an unknown rule");
}
END_TEST

Suite *merge_suite(void);
Suite *merge_suite(void)
{
    Suite *suite = suite_create("merge");
    TCase *tcase = tcase_create("merge");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, merge_setup, merge_teardown);
    tcase_add_test(tcase, another_document_is_a_conflict);
    tcase_add_test(tcase, a_document_in_another_order_is_the_same);
    tcase_add_test(tcase, another_meeting_of_the_same_id_is_a_conflict);
    tcase_add_test(tcase, another_label_is_a_conflict);
    tcase_add_test(tcase, an_id_of_another_persona_is_a_conflict_that_stays);
    tcase_add_test(tcase, a_meeting_that_changed_there_is_taken);
    tcase_add_test(tcase, a_meeting_that_changed_here_stays);
    tcase_add_test(tcase, a_meeting_that_changed_on_both_sides_is_a_conflict);
    tcase_add_test(tcase, a_meeting_that_changed_back_is_unchanged);
    tcase_add_test(tcase, a_persona_that_one_side_removed_goes);
    tcase_add_test(tcase,
                   a_persona_that_one_side_removed_and_the_other_changed);
    tcase_add_test(tcase,
                   a_persona_that_was_removed_here_comes_back_when_preferred);
    tcase_add_test(tcase, without_a_common_version_what_is_gone_comes_back);
    tcase_add_test(tcase, two_files_that_change_one_row_are_a_conflict);
    tcase_add_test(tcase, a_rule_with_another_name_is_refused);
    tcase_add_test(tcase, labels_that_come_alone_are_as_fresh_as_there);
    tcase_add_test(tcase, labels_of_the_same_rules_stay_fresh_together);
    tcase_add_test(tcase, labels_of_several_sets_of_rules_are_stale);
    tcase_add_test(
        tcase, labels_that_replace_what_nobody_touched_are_as_fresh_as_there);
    tcase_add_test(tcase, generating_goes_on_after_the_most_batches);
    tcase_add_test(tcase, a_changed_document_is_found);
    tcase_add_test(tcase, a_changed_label_is_found);
    tcase_add_test(tcase, a_changed_persona_is_found);
    tcase_add_test(tcase, a_meeting_without_facts_is_found);
    tcase_add_test(tcase, a_label_without_a_meeting_is_found);
    tcase_add_test(tcase, a_label_of_an_unknown_rule_is_found);
    suite_add_tcase(suite, tcase);
    return suite;
}
