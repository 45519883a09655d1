/* Free SQL: what the views show as of a version, and that nothing but reading
 * is let through. */
#include "fixture.h"

static struct buf rows;

static void setup(void)
{
    int64_t a;
    int64_t meeting;

    store_setup();
    begin();
    a = put("a", "{}");
    meeting = add_meeting(a, "m1");
    put_label(meeting, 0);
    ck_assert(commit());
    begin();
    put_label(meeting, 15);
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    ck_assert(commit());
    reopen("test.db", STORE_READ);
}

static void teardown(void)
{
    buf_free(&rows);
    store_teardown();
}

/* Writes each row as one line, its names first. */
static bool keep(void *context, int columns, const char *const *names,
                 const char *const *values, struct error *err)
{
    (void)context;
    (void)err;
    for (int i = 0; i < columns; i++) {
        const char *text = values ? values[i] : names[i];
        buf_format(&rows, "%s%s", i ? "|" : "", text ? text : "NULL");
    }
    buf_char(&rows, '\n');
    return true;
}

static bool query(int64_t version, const char *sql)
{
    buf_clear(&rows);
    return store_query(fix.store, version, sql, keep, NULL, &fix.err);
}

static void check_query(int64_t version, const char *sql, const char *expected)
{
    reopen("test.db", STORE_READ);
    MUST(query(version, sql));
    ck_assert_str_eq(buf_string(&rows), expected);
}

START_TEST(personas_as_of_a_version)
{
    static const char sql[] = "SELECT * FROM personas";

    check_query(0, sql, "persona|name|tier|role|since_version|document\n");
    check_query(1, sql,
                "persona|name|tier|role|since_version|document\n"
                "a|Name|1|train|1|{}\n");
    check_query(2, sql,
                "persona|name|tier|role|since_version|document\n"
                "a|Name|1|train|1|{}\n");
    check_query(3, sql, "persona|name|tier|role|since_version|document\n");
}
END_TEST

START_TEST(meetings_as_of_a_version)
{
    static const char sql[] = "SELECT * FROM meetings";
    static const char names[] =
        "meeting|persona|subject|preview|start|minutes|type|attendees|external"
        "|organizer|since_version|document\n";

    check_query(0, sql, names);
    check_query(2, sql,
                arena_format(&fix.arena, &fix.err,
                             "%sm1|a|Subject|Preview|1970-01-01 10:00:00|30|"
                             "singleInstance|1|0|0|1|{\"a\":1}\n",
                             names));
    check_query(3, sql, names);
}
END_TEST

START_TEST(labels_as_of_a_version)
{
    static const char sql[] =
        "SELECT meeting, persona, importance, prep_needed, prep_minutes, rsvp,"
        " since_version FROM labels";
    static const char names[] = "meeting|persona|importance|prep_needed|"
                                "prep_minutes|rsvp|since_version\n";

    check_query(0, sql, names);
    check_query(1, sql,
                arena_format(&fix.arena, &fix.err,
                             "%sm1|a|medium|0|0|tentative|1\n", names));
    check_query(2, sql,
                arena_format(&fix.arena, &fix.err,
                             "%sm1|a|medium|1|15|tentative|2\n", names));
    check_query(3, sql, names);
}
END_TEST

START_TEST(what_is_not_reading_is_refused)
{
    static const char *const queries[] = {
        "DELETE FROM label",
        "INSERT INTO tag VALUES ('a', 1)",
        "UPDATE persona_key SET id = 'b'",
        "CREATE TABLE a (b)",
        "CREATE TEMP TABLE a (b)",
        "DROP VIEW personas",
        "ATTACH 'other.db' AS other",
        "PRAGMA user_version = 7",
        "PRAGMA journal_mode = DELETE",
        "VACUUM INTO 'other.db'",
        "BEGIN",
        "COMMIT",
        "SELECT load_extension('a')",
    };

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        reopen("test.db", STORE_READ);
        bool worked = query(1, queries[i]);
        ck_assert_msg(!worked, "%s worked", queries[i]);
        ck_assert_msg(fix.err.code == ERROR_INPUT, "%s: %s", queries[i],
                      fix.err.message);
    }
    reopen("test.db", STORE_READ);
    MUST_FAIL(query(1, "DELETE FROM label"), ERROR_INPUT,
              "this SQL would do more than read");
}
END_TEST

START_TEST(one_query_at_a_time)
{
    MUST_FAIL(query(1, "SELECT 1; SELECT 2"), ERROR_INPUT,
              "only one SQL statement can be asked at a time");
    reopen("test.db", STORE_READ);
    MUST_FAIL(query(1, " -- nothing\n"), ERROR_INPUT, "the query is empty");
    check_query(1, "SELECT 1; -- and no more\n ; ", "1\n1\n");
}
END_TEST

START_TEST(mistakes_are_explained)
{
    MUST_FAIL(query(1, "SELECT a FROM personas"), ERROR_INPUT,
              "SQL: no such column: a");
    ck_assert_str_eq(fix.err.hint,
                     "the views are personas, meetings and labels; `datebook "
                     "sql --help` names their columns");
}
END_TEST

START_TEST(nulls_are_null)
{
    check_query(1, "SELECT NULL AS a, 1.5 AS b, 'x' AS c",
                "a|b|c\nNULL|1.5|x\n");
}
END_TEST

/* A reader keeps the version that it began with. */
START_TEST(readers_stay_at_their_version)
{
    struct store *reader = store_open(path_of("test.db"), STORE_READ, &fix.err);
    int64_t version;

    MUST(reader != NULL);
    MUST(version_head(reader, &version, &fix.err));
    ck_assert_int_eq(version, 3);
    reopen("test.db", STORE_WRITE);
    begin();
    put("b", "{}");
    ck_assert(commit());
    MUST(version_head(reader, &version, &fix.err));
    ck_assert_int_eq(version, 3);
    ck_assert_int_eq(head(), 4);
    store_close(reader);
}
END_TEST

Suite *query_suite(void);
Suite *query_suite(void)
{
    Suite *suite = suite_create("query");
    TCase *tcase = tcase_create("query");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, personas_as_of_a_version);
    tcase_add_test(tcase, meetings_as_of_a_version);
    tcase_add_test(tcase, labels_as_of_a_version);
    tcase_add_test(tcase, what_is_not_reading_is_refused);
    tcase_add_test(tcase, one_query_at_a_time);
    tcase_add_test(tcase, mistakes_are_explained);
    tcase_add_test(tcase, nulls_are_null);
    tcase_add_test(tcase, readers_stay_at_their_version);
    suite_add_tcase(suite, tcase);
    return suite;
}
