/* The room that is left between labels: it is gone from the rows, and what
 * changes later fits into it. */
#include "fixture.h"

#include "src/store/internal.h"

enum { LABELS = 20000 };

static int64_t number(const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t value;

    ck_assert_int_eq(
        sqlite3_prepare_v2(fix.store->db, sql, -1, &statement, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/* Gives the key of the first one. */
static int64_t add_labels(void)
{
    int64_t persona;
    int64_t key = 0;
    char id[16];

    begin();
    persona = put("a", "{}");
    for (int i = 0; i < LABELS; i++) {
        snprintf(id, sizeof id, "m%d", i);
        key = add_labelled(persona, id);
    }
    ck_assert(commit());
    return key - LABELS + 1;
}

START_TEST(labels_have_no_tails)
{
    begin();
    add_labelled(put("a", "{}"), "m");
    abandon();
    add_labels();
    ck_assert_int_eq(number("SELECT count(*) FROM label"), LABELS);
    ck_assert_int_eq(number("SELECT max(length(rules)) FROM label"), 0);
}
END_TEST

/* Minutes take a byte more than none.  SQLite can be built without the table
 * that counts pages. */
START_TEST(a_first_change_splits_no_page)
{
    static const char label_pages[] =
        "SELECT count(*) FROM dbstat WHERE name = 'label'";
    int64_t first = add_labels();
    int64_t pages;

    if (!sqlite3_compileoption_used("ENABLE_DBSTAT_VTAB"))
        return;
    pages = number(label_pages);
    begin();
    for (int i = 0; i < LABELS; i += 8)
        put_label(first + i, 30);
    ck_assert(commit());
    ck_assert_int_eq(number(label_pages), pages);
}
END_TEST

/* A value that the run put itself is there already, with room behind it too. */
START_TEST(what_was_put_can_be_put_again)
{
    enum { COUNT = 1100 };
    int64_t persona;
    int64_t key = 0;
    char id[16];

    begin();
    persona = put("a", "{}");
    for (int i = 0; i < COUNT; i++) {
        snprintf(id, sizeof id, "m%d", i);
        key = add_labelled(persona, id);
    }
    for (int i = 0; i < COUNT; i++)
        put_label(key - i, 0);
    ck_assert_int_eq(run_counts(fix.run, NOUN_LABEL).added, COUNT);
    ck_assert_int_eq(run_counts(fix.run, NOUN_LABEL).changed, 0);
    ck_assert(commit());
}
END_TEST

START_TEST(a_reader_within_the_run_can_have_the_room_taken_away)
{
    int64_t persona;
    char id[16];

    begin();
    persona = put("a", "{}");
    for (int i = 0; i < 300; i++) {
        snprintf(id, sizeof id, "m%d", i);
        add_labelled(persona, id);
    }
    ck_assert_int_gt(number("SELECT max(length(rules)) FROM label"), 0);
    MUST(run_trim_labels(fix.run, &fix.err));
    ck_assert_int_eq(number("SELECT max(length(rules)) FROM label"), 0);
    ck_assert(commit());
}
END_TEST

Suite *room_suite(void);
Suite *room_suite(void)
{
    Suite *suite = suite_create("room");
    TCase *tcase = tcase_create("room");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, labels_have_no_tails);
    tcase_add_test(tcase, a_first_change_splits_no_page);
    tcase_add_test(tcase, what_was_put_can_be_put_again);
    tcase_add_test(tcase, a_reader_within_the_run_can_have_the_room_taken_away);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite;
}
