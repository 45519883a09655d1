/* Records that were damaged are found, and old ones are pruned: for splits and
 * for reviews. */
#include "record_fixture.h"

#include "datebook/prune.h"

#include <sqlite3.h>

/* ---- Damage ---- */

static struct buf found;

static bool collect(void *context, const char *finding, struct error *err)
{
    (void)context;
    (void)err;
    buf_format(&found, "%s\n", finding);
    return true;
}

static const char *findings_of(enum verify_depth depth)
{
    struct verify_result result;

    buf_clear(&found);
    reopen("test.db", STORE_READ);
    MUST(
        store_verify(fix.store, depth, NULL, collect, NULL, &result, &fix.err));
    return buf_string(&found);
}

/* v1 adds a and b, v2 changes a, v3 removes b. */
static const struct {
    const char *sql;
    const char *findings;
    bool quick; /* found by the quick check as well */
} damages[] = {
    {"UPDATE @ SET document = '{}'",
     "version 2 does not hold what was written; 1 after it do not either\n"
     "the @s are not what was written\n",
     false},
    {"UPDATE @_history SET document = '[]' WHERE @ = 1",
     "version 1 does not hold what was written\n", false},
    {"UPDATE @_key SET name = 'c' WHERE name = 'a'",
     "the table @_key does not hold what datebook wrote into it\n"
     "version 1 does not hold what was written; 2 after it do not either\n"
     "the @s are not what was written\n",
     true},
    {"DELETE FROM @",
     "version 2 holds 1 @s, not 2\n"
     "version 3 holds 0 @s, not 1\n"
     "version 2 does not hold what was written; 1 after it do not either\n"
     "the @s are not what was written\n"
     "an entry in the change log that is not true: key 1, version 2\n",
     false},
    {"DELETE FROM @_history WHERE @ = 2",
     "version 1 holds 1 @s, not 2\n"
     "version 2 holds 1 @s, not 2\n"
     "version 1 does not hold what was written; 1 after it do not either\n"
     "an entry in the change log that is not true: key 2, version 1\n"
     "an entry in the change log that is not true: key 2, version 3\n",
     false},
    {"UPDATE @_history SET until_version = 3 WHERE @ = 1",
     "two values of a @ at once: key 1, version 3\n"
     "a @ that changed without an entry in the change log: key 1, version "
     "3\n"
     "an entry in the change log that is not true: key 1, version 2\n",
     false},
    {"DELETE FROM change WHERE noun = # AND key = 2",
     "version 1 holds 1 @s, not 2\n"
     "version 2 holds 1 @s, not 2\n"
     "version 1 does not hold what was written; 1 after it do not either\n"
     "a @ that changed without an entry in the change log: key 2, version "
     "1\n"
     "a @ that changed without an entry in the change log: key 2, version "
     "3\n",
     false},
    {"UPDATE @ SET @ = 7; UPDATE change SET key = 7 WHERE key = 1",
     "a row of the table @ refers to a row of @_key that does not "
     "exist\n"
     "version 1 holds 1 @s, not 2\n"
     "version 2 holds 1 @s, not 2\n"
     "version 3 holds 0 @s, not 1\n"
     "version 1 does not hold what was written; 2 after it do not either\n"
     "the @s are not what was written\n"
     "a @ that changed without an entry in the change log: key 1, version "
     "1\n"
     "a @ that changed without an entry in the change log: key 1, version "
     "2\n"
     "an entry in the change log that is not true: key 7, version 1\n"
     "an entry in the change log that is not true: key 7, version 2\n",
     true},
    {"UPDATE content SET state = zeroblob(2048) WHERE noun = #",
     "the @s are not what was written\n", false},
    {"UPDATE version SET @s_changed = 0 WHERE version = 2",
     "version 2: its header and its chain hash do not go together\n"
     "version 2 holds 3 @s, not 2\n"
     "version 3 holds 2 @s, not 1\n"
     "version 2 does not hold what was written; 1 after it do not either\n",
     true},
    {"UPDATE @ SET document = document || char(0, 120)",
     "record 1: a damaged text in the column document\n"
     "record 1: a damaged text in the column document\n",
     false},
    {"INSERT INTO @_history VALUES (2, 2, 1, '{}')",
     "two values of a @ at once: key 2, version 3\n"
     "a @ that changed without an entry in the change log: key 2, version "
     "2\n",
     false},
};

START_TEST(damage_is_found)
{
    const char *sql = for_noun(damages[_i].sql);
    const char *findings = for_noun(damages[_i].findings);
    sqlite3 *db;

    begin();
    put_record("a", "{}");
    put_record("b", "{}");
    ck_assert(commit());
    ck_assert(run_record("a", "{\"a\":1}"));
    ck_assert(run_record("b", NULL));
    ck_assert_str_eq(findings_of(VERIFY_DEEP), "");
    store_close(fix.store);
    fix.store = NULL;
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK,
                  "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    findings_of(VERIFY_DEEP);
    ck_assert_msg(!strcmp(buf_string(&found), findings), "%s:\n%s", sql,
                  buf_string(&found));
    ck_assert((*findings_of(VERIFY_QUICK) != '\0') == damages[_i].quick);
    buf_free(&found);
}
END_TEST

/* ---- Pruning ---- */

START_TEST(old_records_are_pruned)
{
    struct prune_request request = {.keep_last = 1, .keep_since = INT64_MAX};
    struct prune_plan plan;
    struct prune_rows rows;

    ck_assert(run_record("a", "{\"a\":1}"));
    ck_assert(run_record("a", "{\"a\":2}"));
    MUST(tag_set(fix.store, "kept", 2, NULL, &fix.err));
    ck_assert(run_record("a", "{\"a\":3}"));
    ck_assert(run_record("a", NULL));
    ck_assert(run_record("a", "{\"a\":4}"));
    MUST(prune_drop(fix.store, &fix.arena, &request, NULL, &plan, &rows,
                    &fix.err));
    ck_assert_int_eq(plan.dropped, 3);
    ck_assert_int_eq(rows.rows, 2);
    ck_assert_str_eq(records_of(2), "a={\"a\":2}");
    ck_assert_str_eq(records_of(5), "a={\"a\":4}");
    check_sound();
}
END_TEST

/* What a run took is under a sum like all else that no hash covers. */
START_TEST(a_changed_time_is_found)
{
    sqlite3 *db;

    noun = NOUN_REVIEW;
    ck_assert(run_record("a", "{}"));
    ck_assert_str_eq(findings_of(VERIFY_DEEP), "");
    store_close(fix.store);
    fix.store = NULL;
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db,
                                  "INSERT INTO run_time VALUES (1, 5)"
                                  " ON CONFLICT DO UPDATE SET milliseconds = "
                                  "milliseconds + 1",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    ck_assert_str_eq(findings_of(VERIFY_QUICK),
                     "the table run_time does not hold what datebook wrote "
                     "into it\n");
    buf_free(&found);
}
END_TEST

static TCase *tests_of_noun(const char *name, void (*setup)(void))
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_loop_test(tcase, damage_is_found, 0,
                        sizeof damages / sizeof *damages);
    tcase_add_test(tcase, old_records_are_pruned);
    return tcase;
}

Suite *record_damage_suite(void);
Suite *record_damage_suite(void)
{
    Suite *suite = suite_create("record_damage");
    TCase *times = tcase_create("times");

    suite_add_tcase(suite, tests_of_noun("split", split_setup));
    suite_add_tcase(suite, tests_of_noun("review", review_setup));
    tcase_add_checked_fixture(times, store_setup, store_teardown);
    tcase_add_test(times, a_changed_time_is_found);
    suite_add_tcase(suite, times);
    return suite;
}
