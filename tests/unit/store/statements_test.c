/* Every statement of sql/, against a fresh database: it prepares, its
 * parameters have names, and it finds its rows through a key or an index. */
#include "fixture.h"

#include "statements.h"

#include <sqlite3.h>

static sqlite3 *db;

static void version_at(sqlite3_context *context, int count,
                       sqlite3_value **values)
{
    (void)count;
    (void)values;
    sqlite3_result_int(context, 1);
}

static void setup(void)
{
    store_setup();
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_create_function(db, "version_at", 0, SQLITE_UTF8,
                                             NULL, version_at, NULL, NULL),
                     SQLITE_OK);
}

static void teardown(void)
{
    sqlite3_close(db);
    store_teardown();
}

static sqlite3_stmt *prepared(const char *sql)
{
    sqlite3_stmt *statement = NULL;

    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) ==
                      SQLITE_OK,
                  "%s: %s", sql, sqlite3_errmsg(db));
    ck_assert_ptr_nonnull(statement);
    return statement;
}

START_TEST(statements_prepare_and_name_their_parameters)
{
    const struct statement_source *source = &statement_sources[_i];
    sqlite3_stmt *statement = prepared(source->sql);

    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);
        ck_assert_msg(name && *name == ':', "%s: parameter %d has no name",
                      source->name, i);
    }
    sqlite3_finalize(statement);
}
END_TEST

/* What may read a whole table or sort, and why that is fine. */
static const struct {
    const char *statement;
    const char *plan;
    const char *reason;
} allowed[] = {
    {"label_history_of", "USE TEMP B-TREE FOR ORDER BY",
     "sorts the few values of one label"},
    {"meeting_history_of", "USE TEMP B-TREE FOR ORDER BY",
     "sorts the few rows of one meeting"},
    {"labelling_settle", "SCAN labelling",
     "a row a persona and run; only for a run that changed nothing"},
    {"labelling_unsettle", "SCAN labelling",
     "a row a persona and run; only for a run that changed nothing"},
    {"label_scan_at", "USE TEMP B-TREE FOR ORDER BY",
     "the dead labels of an older version come by the version they died in"},
    {"fact_scan_at", "USE TEMP B-TREE FOR ORDER BY",
     "the dead facts of an older version come by the version they died in; "
     "an index by key would cost every run for the sake of old statistics"},
    {"fact_number_scan_at", "USE TEMP B-TREE FOR ORDER BY", "as fact_scan_at"},
    {"persona_list_head",
     "SCAN k USING COVERING INDEX sqlite_autoindex_persona_key_1",
     "lists every persona"},
    {"persona_list_at",
     "SCAN k USING COVERING INDEX sqlite_autoindex_persona_key_1",
     "lists every persona"},
    {"persona_list_at", "USE TEMP B-TREE FOR ORDER BY",
     "sorts the dead personas in; there are few"},
    {"persona_key_list",
     "SCAN persona_key USING COVERING INDEX sqlite_autoindex_persona_key_1",
     "lists every persona that there ever was"},
    {"persona_rows", "USE TEMP B-TREE FOR ORDER BY",
     "sorts the few rows of one persona"},
    {"export_list", "SCAN export", "exports are few"},
    {"export_list", "USE TEMP B-TREE FOR ORDER BY", "exports are few"},
    {"label_count_at", "SCAN CONSTANT ROW", "adds two counts up"},
    {"change_insert_added", "SCAN CONSTANT ROW", "begins a list of keys"},
    {"change_insert_added", "SCAN row", "adds each key of a list"},
    {"tag_list", "SCAN tag", "lists every tag"},
    {"tag_list", "USE TEMP B-TREE FOR ORDER BY", "tags are few"},
    {"prune_versions", "SCAN version", "decides of every version"},
    {"prune_exports", "SCAN export", "lists every version that was exported"},
    {"prune_exports", "USE TEMP B-TREE FOR DISTINCT", "exports are few"},
    {"change_between", "USE TEMP B-TREE FOR DISTINCT",
     "joins the sorted keys of several versions"},
    {"split_changed", "USE TEMP B-TREE FOR DISTINCT", "as change_between"},
    {"review_changed", "USE TEMP B-TREE FOR DISTINCT", "as change_between"},
    {"label_since_at", "USE TEMP B-TREE FOR ORDER BY", "as label_scan_at"},
    {"label_died_between", "USE TEMP B-TREE FOR ORDER BY",
     "sorts what died in several versions"},
    {"label_born_between_head", "USE TEMP B-TREE FOR ORDER BY",
     "sorts what was born in several versions"},
    {"label_born_between_at", "USE TEMP B-TREE FOR ORDER BY",
     "sorts what was born in several versions"},
    {"meeting_died_between", "USE TEMP B-TREE FOR ORDER BY",
     "sorts what died in several versions"},
    {"meeting_born_between_head", "USE TEMP B-TREE FOR ORDER BY",
     "sorts what was born in several versions"},
    {"meeting_born_between_at", "USE TEMP B-TREE FOR ORDER BY",
     "sorts what was born in several versions"},
    {"job_list", "SCAN job", "lists every job"},
    {"job_unsettle", "SCAN job",
     "jobs are few; only for a run that changed nothing"},
    {"request_scan_all", "SCAN request", "lists every request"},
    {"rejection_scan_all", "SCAN rejection USING INDEX rejection_request",
     "lists every text that did not do"},
    {"run_personas", "UNION USING TEMP B-TREE", "personas are few"},
    {"run_personas", "SCAN met", "one row a persona"},
    {"run_personas", "SCAN labelled", "one row a persona"},
    {"run_personas", "SCAN t", "one row a persona"},
    {"run_personas", "USE TEMP B-TREE FOR ORDER BY", "personas are few"},
    {"remote_batch_list_all", "SCAN remote_batch", "batches are few"},
};

enum { ALLOWED = sizeof allowed / sizeof *allowed };

static bool is_allowed(const char *name, const char *plan, bool met[ALLOWED])
{
    for (size_t i = 0; i < ALLOWED; i++)
        if (!strcmp(allowed[i].statement, name) &&
            !strcmp(allowed[i].plan, plan))
            return met[i] = true;
    return false;
}

/* Checks read every row, once. */
static bool is_check(const char *name)
{
    return !strncmp(name, "verify_", 7);
}

static bool is_costly(const char *name, const char *plan)
{
    return (!strncmp(plan, "SCAN ", 5) && !is_check(name)) ||
           (strstr(plan, "TEMP B-TREE") &&
            strcmp(name, "verify_schema") != 0) ||
           strstr(plan, "AUTOMATIC");
}

static void check_plan(const struct statement_source *source, bool met[ALLOWED])
{
    sqlite3_stmt *plan = prepared(arena_format(
        &fix.arena, &fix.err, "EXPLAIN QUERY PLAN %s", source->sql));

    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(plan, 3);
        ck_assert_msg(!is_costly(source->name, detail) ||
                          is_allowed(source->name, detail, met),
                      "%s (%s): %s", source->name, source->file, detail);
    }
    sqlite3_finalize(plan);
}

START_TEST(plans_search_but_for_the_allowed)
{
    bool met[ALLOWED] = {false};

    for (int i = 0; i < STATEMENT_COUNT; i++)
        check_plan(&statement_sources[i], met);
    for (size_t i = 0; i < ALLOWED; i++)
        ck_assert_msg(met[i], "%s does not \"%s\" any more: take it off",
                      allowed[i].statement, allowed[i].plan);
}
END_TEST

Suite *statements_suite(void);
Suite *statements_suite(void)
{
    Suite *suite = suite_create("statements");
    TCase *tcase = tcase_create("statements");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, statements_prepare_and_name_their_parameters, 0,
                        STATEMENT_COUNT);
    tcase_add_test(tcase, plans_search_but_for_the_allowed);
    suite_add_tcase(suite, tcase);
    return suite;
}
