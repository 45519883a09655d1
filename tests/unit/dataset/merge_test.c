/* Merging rows: each kind of conflict, in full. */
#include "merging.h"

START_TEST(another_document_is_a_conflict)
{
    here(RULE_A, NULL, NULL);
    in_file("b.db", RULE_B, NULL, NULL);
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
    here(RULE_A, "m", "alpha");
    in_file("b.db", RULE_A, "m", "alpha one");
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
    here(RULE_A, "m", "alpha");
    go_to("b.db");
    edit(PERSONA("z", "")); /* so that no version is common */
    here(RULE_A, "m", "alpha");
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
    here(RULE_A, "m", "alpha");
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
    here(RULE_A, "m", "alpha");
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
    here(RULE_A, "m", "alpha");
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
    here(RULE_A, "m", "alpha");
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
    here(RULE_A, "m", "alpha");
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
    here(RULE_A, "m", "alpha");
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
    here(RULE_A, "m", "alpha");
    copy_to("b.db");
    go_to("b.db");
    remove_persona("a");
    back_home();
    here(RULE_A, "n", "alpha");
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
    here(RULE_A, "m", "alpha");
    copy_to("b.db");
    go_to("b.db");
    here(RULE_A, "n", "alpha");
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

    here(RULE_A, "m", "alpha");
    key = persona_now("a")->key << 32;
    remove_persona("a");
    in_file("b.db", RULE_A, "x", "alpha");
    go_to("b.db");
    here(RULE_A, "m", "alpha");
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
    here(RULE_A, "m", "alpha");
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

/* The persona as it was, without its meetings. */
static void empty_persona(void)
{
    remove_persona("a");
    edit(RULE_A);
}

START_TEST(what_one_file_removes_another_cannot_bring_back)
{
    here(RULE_A, "m", "alpha");
    copy_to("b.db");
    go_to("b.db");
    empty_persona();
    back_home();
    go_to("c.db");
    edit(PERSONA("z", "")); /* so that no version is common */
    here(RULE_A, "m", "alpha");
    back_home();
    job.choice = MERGE_THEIRS;
    start();
    ck_assert_int_eq(take("b.db").counts[NOUN_MEETING].removed, 1);
    take("c.db");
    finish();
    check_told("meeting a m (b.db, c.db): removed here, changed there; "
               "refused\n");
    ck_assert_int_eq(head(), 1);
}
END_TEST

START_TEST(what_was_removed_here_and_is_unchanged_there_stays_away)
{
    here(RULE_A, "m", "alpha");
    copy_to("b.db");
    change_there("{\"n\":1}");
    change_there("{\"id\":\"m\",\"subject\":\"alpha\"}");
    empty_persona();
    merge_one("b.db");
    check_told("");
    ck_assert_int_eq(head(), 3);
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
    tcase_add_test(tcase, what_one_file_removes_another_cannot_bring_back);
    tcase_add_test(tcase,
                   what_was_removed_here_and_is_unchanged_there_stays_away);
    tcase_add_test(tcase, a_rule_with_another_name_is_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
