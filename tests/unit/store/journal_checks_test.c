/* Looking after a file with a journal: it is sound, no byte of it changes
 * unseen, and what is done to versions leaves it alone. */
#include "journal_fixture.h"

#include "datebook/prune.h"

#include "src/store/seal.h"

/* A job that became version 2, and one that is open, with one of everything.
 */
static void full_file(void)
{
    struct rejection rejection = {.reason = "short", .text = "{}", .brief = 1};
    struct remote_batch batch = {.path = "p"};
    struct planned planned = {somebody, 1, 1, false, "{}"};
    struct job_brief brief = {.persona = somebody, .number = 1};
    unsigned char endpoint[HASH_SIZE] = {3};
    const int traits[TRAITS] = {1, 2, 3, 4};
    int64_t key;

    begin();
    fill_within_run();
    key = add_labelled(somebody, "m");
    MUST(origin_set(fix.store, key, 1, &fix.err));
    ck_assert(commit());
    start_journal();
    batch.job = add_job();
    add_request(batch.job, 2);
    add_brief(batch.job, 1, 1);
    brief.taken = "[]";
    MUST(job_brief_set(fix.store, batch.job, &brief, &fix.err));
    MUST(planned_add(fix.store, batch.job, &planned, &fix.err));
    send_and_settle(2, REQUEST_ANSWERED);
    rejection.request = 2;
    MUST(rejection_add(fix.store, &rejection, &fix.err));
    MUST(traits_set(fix.store, endpoint, "m", traits, &fix.err));
    MUST(remote_batch_add(fix.store, &batch, &key, &fix.err));
    end_journal();
}

/* ---- Checking ---- */

static char found[1024];

static bool collect(void *context, const char *finding, struct error *err)
{
    (void)context;
    (void)err;
    snprintf(found + strlen(found), sizeof found - strlen(found), "%s\n",
             finding);
    return true;
}

static void verify(enum verify_depth depth)
{
    struct verify_result result;

    *found = '\0';
    reopen("test.db", STORE_READ);
    MUST(
        store_verify(fix.store, depth, NULL, collect, NULL, &result, &fix.err));
}

START_TEST(a_file_with_a_journal_is_sound)
{
    full_file();
    verify(VERIFY_DEEP);
    ck_assert_str_eq(found, "");
}
END_TEST

static const struct {
    const char *table;
    const char *sql;
} damages[] = {
    {"request_reply", "UPDATE request_reply SET reply = replace(reply, "
                      "'choices', 'choiceS') WHERE request = 1"},
    {"request_message", "UPDATE request_message SET messages = '[]'"},
    {"request", "UPDATE request SET state = 0 WHERE request = 1"},
    {"request", "UPDATE request SET cost = NULL"},
    {"request", "UPDATE request SET remote = 'chat-2'"},
    {"prompt", "UPDATE prompt SET text = text || ' '"},
    {"job", "UPDATE job SET options = '{}'"},
    {"job", "UPDATE job SET candidates = 9 WHERE job = 1"},
    {"job_brief", "UPDATE job_brief SET taken = NULL"},
    {"planned", "UPDATE planned SET overlaps = 1"},
    {"rejection", "UPDATE rejection SET final = 1"},
    {"rejection", "DELETE FROM rejection"},
    {"origin", "UPDATE origin SET request = 2"},
    {"endpoint_trait", "UPDATE endpoint_trait SET trait_3 = 5"},
    {"remote_batch", "UPDATE remote_batch SET collected = 1"},
};

START_TEST(a_changed_journal_is_found)
{
    sqlite3 *db;

    full_file();
    store_close(fix.store);
    fix.store = NULL;
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, damages[_i].sql, NULL, NULL, NULL) ==
                      SQLITE_OK,
                  "%s: %s", damages[_i].sql, sqlite3_errmsg(db));
    ck_assert_int_gt(sqlite3_changes(db), 0);
    sqlite3_close(db);
    verify(VERIFY_QUICK);
    ck_assert_str_eq(found,
                     arena_format(&fix.arena, &fix.err,
                                  "the table %s does not hold what datebook "
                                  "wrote into it\n",
                                  damages[_i].table));
}
END_TEST

static const char *const tables[] = {
    "job",       "prompt",        "request",     "request_message",
    "rejection", "request_reply", "origin",      "endpoint_trait",
    "planned",   "job_brief",     "remote_batch"};

static void run_sql(sqlite3 *db, const char *sql)
{
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK,
                  "%s: %s", sql, sqlite3_errmsg(db));
}

/* A column gets other values, which the sums must show. */
static void check_column(sqlite3 *db, const char *table, const char *column)
{
    struct seal_sum before[SEALS];
    struct seal_sum after[SEALS];

    MUST(seal_compute(fix.store, SEALS, before, &fix.err));
    run_sql(db, "BEGIN");
    run_sql(db,
            arena_format(&fix.arena, &fix.err,
                         "UPDATE %s SET %s = CASE typeof(%s) WHEN 'integer' "
                         "THEN %s + 7 WHEN 'text' THEN %s || 'x' WHEN 'blob' "
                         "THEN CAST(%s || 'x' AS BLOB) ELSE '7' END",
                         table, column, column, column, column, column));
    ck_assert_int_gt(sqlite3_changes(db), 0);
    run_sql(db, "COMMIT");
    MUST(seal_compute(fix.store, SEALS, after, &fix.err));
    ck_assert_msg(memcmp(before, after, sizeof before) != 0,
                  "%s.%s is not sealed", table, column);
}

START_TEST(every_column_is_sealed)
{
    sqlite3 *db;
    sqlite3_stmt *columns = NULL;

    full_file();
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db,
                                        "SELECT name FROM pragma_table_info(?)",
                                        -1, &columns, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(columns, 1, tables[_i], -1, SQLITE_STATIC);
    while (sqlite3_step(columns) == SQLITE_ROW) {
        const char *name =
            arena_text(&fix.arena,
                       (const char *)sqlite3_column_text(columns, 0), &fix.err);
        MUST(name != NULL);
        check_column(db, tables[_i], name);
    }
    sqlite3_finalize(columns);
    sqlite3_close(db);
}
END_TEST

/* ---- What is done to versions ---- */

static void check_sound(void)
{
    verify(VERIFY_DEEP);
    ck_assert_str_eq(found, "");
}

static void check_journal(void)
{
    struct job job;
    int64_t request;
    bool is_there;

    MUST(job_unfinished(fix.store, &fix.arena, &job, &is_there, &fix.err));
    ck_assert(is_there && job.number == 2);
    MUST(origin_get(fix.store, (somebody << 32) + 1, &request, &fix.err));
    ck_assert_int_eq(request, 1);
    ck_assert_str_eq(read_request(1).reply, "{\"choices\":[]}");
    ck_assert_int_eq(totals_of(1).written, 0);
    ck_assert_int_eq(totals_of(2).briefs, 1);
}

START_TEST(what_is_gone_from_the_dataset_stays_in_the_journal)
{
    struct prune_request request = {.keep_last = 1, .keep_since = INT64_MAX};
    struct prune_plan plan;
    struct prune_rows rows;

    full_file();
    begin();
    MUST(run_remove_persona(fix.run, somebody, &fix.err));
    ck_assert(commit());
    check_sound();
    check_journal();
    reopen("test.db", STORE_WRITE);
    MUST(prune_drop(fix.store, &fix.arena, &request, NULL, &plan, &rows,
                    &fix.err));
    ck_assert_int_eq(plan.dropped, 2);
    check_sound();
    check_journal();
}
END_TEST

START_TEST(a_copy_has_the_journal)
{
    struct backup_totals totals;

    full_file();
    MUST(store_backup(fix.store, path_of("copy.db"), false, NULL, &totals,
                      &fix.err));
    reopen("copy.db", STORE_READ);
    check_journal();
    ck_assert_int_eq(rename(path_of("copy.db"), path_of("test.db")), 0);
    check_sound();
}
END_TEST

Suite *journal_checks_suite(void);
Suite *journal_checks_suite(void)
{
    Suite *suite = suite_create("journal checks");
    TCase *tcase = tcase_create("journal checks");

    tcase_add_checked_fixture(tcase, journal_setup, store_teardown);
    tcase_add_test(tcase, a_file_with_a_journal_is_sound);
    tcase_add_loop_test(tcase, a_changed_journal_is_found, 0,
                        sizeof damages / sizeof *damages);
    tcase_add_loop_test(tcase, every_column_is_sealed, 0,
                        sizeof tables / sizeof *tables);
    tcase_add_test(tcase, what_is_gone_from_the_dataset_stays_in_the_journal);
    tcase_add_test(tcase, a_copy_has_the_journal);
    suite_add_tcase(suite, tcase);
    return suite;
}
