/* How long runs took, and whose rows they touched. */
#include "fixture.h"

#include "datebook/run_time.h"
#include "datebook/stored_record.h"

#include <sqlite3.h>

static void check_time(int64_t version, bool known, int64_t milliseconds)
{
    int64_t found = -1;
    bool is_known = !known;

    MUST(run_time_of(fix.store, version, &found, &is_known, &fix.err));
    ck_assert_int_eq(is_known, known);
    ck_assert_int_eq(found, milliseconds);
}

static bool seal(void)
{
    struct run_header header = {
        .command = "test", .options = "{}", .summary = "", .engine = 1};
    bool changed;

    MUST(run_seal(fix.run, &header, &changed, &fix.err));
    return changed;
}

START_TEST(a_time_is_kept_with_its_version)
{
    begin();
    put("a", "{}");
    ck_assert(seal());
    MUST(run_time_put(fix.run, 1234, &fix.err));
    MUST(run_commit(fix.run, &fix.err));
    abandon();
    begin();
    put("b", "{}");
    ck_assert(commit());
    check_time(1, true, 1234);
    check_time(2, false, 0);
    check_time(3, false, 0);
    reopen("test.db", STORE_READ);
    check_time(1, true, 1234);
}
END_TEST

START_TEST(what_is_rolled_back_took_no_time)
{
    begin();
    put("a", "{}");
    ck_assert(seal());
    MUST(run_time_put(fix.run, 1234, &fix.err));
    abandon();
    check_time(1, false, 0);
}
END_TEST

START_TEST(a_run_has_one_time)
{
    begin();
    put("a", "{}");
    ck_assert(seal());
    MUST(run_time_put(fix.run, 1, &fix.err));
    ck_assert(!run_time_put(fix.run, 2, &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_DATABASE);
}
END_TEST

static bool collect(void *context, const char *finding, struct error *err)
{
    (void)err;
    *(const char **)context = arena_text(&fix.arena, finding, &fix.err);
    return true;
}

START_TEST(verify_sees_a_changed_time)
{
    struct verify_result result;
    const char *finding = "";
    sqlite3 *db;

    begin();
    put("a", "{}");
    ck_assert(seal());
    MUST(run_time_put(fix.run, 1234, &fix.err));
    MUST(run_commit(fix.run, &fix.err));
    abandon();
    MUST(store_verify(fix.store, VERIFY_QUICK, NULL, collect, &finding, &result,
                      &fix.err));
    ck_assert_int_eq(result.findings, 0);
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "UPDATE run_time SET milliseconds = 1",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    MUST(store_verify(fix.store, VERIFY_QUICK, NULL, collect, &finding, &result,
                      &fix.err));
    ck_assert_int_eq(result.findings, 1);
    ck_assert_ptr_nonnull(strstr(finding, "run_time"));
}
END_TEST

/* "a b c" */
static void check_personas(int64_t version, const char *wanted)
{
    const char *all = "";
    const char **ids;
    size_t count;

    MUST(run_personas(fix.store, &fix.arena, version, &ids, &count, &fix.err));
    for (size_t i = 0; i < count; i++)
        all = arena_format(&fix.arena, &fix.err, "%s%s%s", all, i ? " " : "",
                           ids[i]);
    ck_assert_str_eq(all, wanted);
}

/* Keys are given in another order than ids have, and each persona of several
 * has more than one row. */
START_TEST(the_touched_ones_have_a_changed_document_meeting_or_label)
{
    int64_t c, a, b;
    int64_t first, second;

    begin();
    c = put("c", "{}");
    a = put("a", "{}");
    b = put("b", "{}");
    ck_assert(commit());
    begin();
    first = add_labelled(c, "m1");
    second = add_meeting(c, "m2");
    add_meeting(b, "m3");
    add_meeting(b, "m4");
    ck_assert(commit());
    begin();
    put("a", "{\"n\":1}");
    put_label(first, 30);
    ck_assert(commit());
    begin();
    MUST(run_remove_meeting(fix.run, second, &fix.err));
    MUST(run_remove_persona(fix.run, b, &fix.err));
    ck_assert(commit());
    (void)a;
    check_personas(0, "");
    check_personas(1, "a b c");
    check_personas(2, "b c");
    check_personas(3, "a c");
    check_personas(4, "b c");
    check_personas(5, "");
}
END_TEST

START_TEST(records_touch_nobody)
{
    struct stored_record record = {
        .name = "half", .document = "{}", .document_length = 2};

    begin();
    MUST(run_put_record(fix.run, NOUN_SPLIT, &record, &fix.err));
    record.name = "s/ann/m";
    MUST(run_put_record(fix.run, NOUN_REVIEW, &record, &fix.err));
    ck_assert(commit());
    check_personas(1, "");
}
END_TEST

Suite *run_times_suite(void);

Suite *run_times_suite(void)
{
    Suite *suite = suite_create("run_times");
    TCase *tcase = tcase_create("run_times");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, a_time_is_kept_with_its_version);
    tcase_add_test(tcase, what_is_rolled_back_took_no_time);
    tcase_add_test(tcase, a_run_has_one_time);
    tcase_add_test(tcase, verify_sees_a_changed_time);
    tcase_add_test(tcase,
                   the_touched_ones_have_a_changed_document_meeting_or_label);
    tcase_add_test(tcase, records_touch_nobody);
    suite_add_tcase(suite, tcase);
    return suite;
}
