/* Merging what is noted besides rows: how fresh labels are, batches, and what
 * a file that comes in must look like. */
#include "merging.h"

#include <sqlite3.h>

/* ---- How fresh labels are ---- */

START_TEST(labels_that_come_alone_are_as_fresh_as_there)
{
    here(RULE_A, NULL, NULL);
    in_file("b.db", RULE_A, "m", "alpha");
    merge_one("b.db");
    ck_assert_int_eq(job.mixed, 0);
    ck_assert(fresh("a"));
}
END_TEST

START_TEST(labels_of_the_same_rules_stay_fresh_together)
{
    here(RULE_A, "n", "alpha");
    in_file("b.db", RULE_A, "m", "alpha");
    merge_one("b.db");
    ck_assert_int_eq(job.mixed, 0);
    ck_assert(fresh("a"));
}
END_TEST

START_TEST(labels_of_several_sets_of_rules_are_stale)
{
    here(RULE_A, "n", "alpha");
    go_to("b.db");
    here(RULE_B, "m", "alpha");
    edit(RULE_A);
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

    here(RULE_A, "m", "alpha");
    copy_to("b.db");
    go_to("b.db");
    edit(RULE_B);
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
    struct generate_result result;

    begin();
    struct generate_request request = {.personas = persona_now("a"),
                                       .persona_count = 1,
                                       .count = 10,
                                       .seed = 3,
                                       .time_zone = "UTC",
                                       .library = library()};
    MUST(dataset_generate(fix.run, fix.store, &fix.arena, &request, NULL,
                          &result, &fix.err));
    commit();
    ck_assert_int_eq(version_of(fix.store, head()).counts[NOUN_MEETING].total,
                     expected);
}

START_TEST(generating_goes_on_after_the_most_batches)
{
    struct merge_result result;

    edit(RULE_A);
    generate(10);
    go_to("b.db");
    edit(PERSONA("z", "")); /* so that no version is common */
    edit(RULE_A);
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

    in_file("b.db", RULE_A, "m", "alpha");
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

    in_file("b.db", RULE_A, "m", "alpha");
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

/* What both files share is looked for in both; only the other one is named. */
static void check_blame(const char *damaged, const char *message)
{
    struct merge_result result;

    here(RULE_A, "m", "alpha");
    edit(RULE_B);
    copy_to("b.db");
    damage(damaged, "UPDATE version SET chain_hash = x'77' WHERE version = 1");
    start();
    job.store = store_open(path_of("b.db"), STORE_READ, &fix.err);
    MUST_FAIL(merge_file(job.merge, path_of("b.db"), job.store, NULL, &result,
                         &fix.err),
              ERROR_DATABASE, message);
}

START_TEST(damage_there_is_blamed_on_that_file)
{
    check_blame("b.db", arena_format(&fix.arena, &fix.err,
                                     "%s: version 1 has a damaged hash",
                                     path_of("b.db")));
}
END_TEST

START_TEST(damage_here_is_not)
{
    check_blame("test.db", "version 1 has a damaged hash");
}
END_TEST

Suite *merge_notes_suite(void);
Suite *merge_notes_suite(void)
{
    Suite *suite = suite_create("merge_notes");
    TCase *tcase = tcase_create("merge_notes");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, merge_setup, merge_teardown);
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
    tcase_add_test(tcase, damage_there_is_blamed_on_that_file);
    tcase_add_test(tcase, damage_here_is_not);
    suite_add_tcase(suite, tcase);
    return suite;
}
