/* Every byte of a small database is changed, one after the other: by all its
 * bits, then by one of them.  Nobody may be told that such a file is fine when
 * it says something else than before: it is refused, or a deep check reports
 * it, or everything that is in it, bookkeeping included, reads as it did.
 *
 *
 * The file itself stays as it is; readers see the changed byte.  Opening reads
 * the first page and those of the schema: for a byte of these the file is
 * opened anew, for another one the pages that were read are forgotten.
 *
 * Every second byte is changed in all its bits, the others in one; FAULT_FULL=1
 * goes on with the other half. */
#include "fault.h"
#include "program.h"
#include "workspace.h"

#include "datebook/error.h"
#include "datebook/journal.h"
#include "datebook/stored_record.h"
#include "src/store/internal.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *flip_suite(void);

enum { WORKERS = 2, SHOWN = 40, PAGE = 512 };

static struct {
    struct arena arena;
    struct error err;
    struct snapshot whole; /* the database, and nothing beside it */
    size_t length;
    bool *of_schema;     /* by page */
    struct store *store; /* open for bytes outside of the schema */
    long unnoticed;
} test;

#define MUST(call)                                                             \
    do {                                                                       \
        bool worked_ = (call);                                                 \
        ck_assert_msg(worked_, "%s: %s", #call, test.err.message);             \
    } while (0)

static void must_run(const char *line)
{
    struct printed printed;

    MUST(program_run(&test.arena, line, &printed, &test.err));
    ck_assert_msg(!printed.exit_code, "%s: %s", line, printed.err);
}

/* Which pages the schema's tree takes. */
static void find_schema(void)
{
    static const char sql[] = "SELECT pageno FROM dbstat WHERE name = "
                              "'sqlite_schema'";
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;

    test.of_schema =
        arena_zero(&test.arena, test.length / PAGE, sizeof(bool), &test.err);
    ck_assert_ptr_nonnull(test.of_schema);
    ck_assert_int_eq(sqlite3_open("work.db", &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL),
                     SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW)
        test.of_schema[sqlite3_column_int(statement, 0) - 1] = true;
    sqlite3_finalize(statement);
    sqlite3_close(db);
    ck_assert(test.of_schema[0]);
}

/* A job with one of everything; another one made a version. */
static bool fill_job(struct store *store, int64_t meeting, struct error *err)
{
    struct request request = {.persona = 1,
                              .briefs = "[1]",
                              .model = "m",
                              .system = "s",
                              .schema = "{}",
                              .messages = "[]",
                              .reply = "{}"};
    struct job_brief brief = {.persona = 1, .number = 1, .document = "{}"};
    struct planned planned = {1, 1, 1, false, "{}"};
    struct rejection rejection = {.reason = "r", .text = "t"};
    struct remote_batch batch = {.path = "p"};
    const int traits[TRAITS] = {1, 2, 3, 4};
    int64_t number;
    bool is_new;

    return job_add(store, 1, "{}", &number, err) &&
           job_end(store, number, JOB_DONE, 1, err) &&
           job_add(store, 1, "{}", &number, err) &&
           (request.job = batch.job = number) > 0 &&
           request_add(store, &request, &number, &is_new, err) &&
           (rejection.request = brief.request = number) > 0 &&
           job_brief_add(store, batch.job, &brief, err) &&
           planned_add(store, batch.job, &planned, err) &&
           rejection_add(store, &rejection, err) &&
           remote_batch_add(store, &batch, &number, err) &&
           traits_set(store, request.fingerprint, "m", traits, err) &&
           origin_set(store, meeting, rejection.request, err);
}

static void fill_journal(void)
{
    struct store *store = store_open("work.db", STORE_WRITE, &test.err);

    MUST(store != NULL);
    MUST(journal_begin(store, &test.err));
    MUST(journal_end(store, fill_job(store, (INT64_C(1) << 32) + 1, &test.err),
                     &test.err));
    store_close(store);
}

/* Of each noun one that lives, one that changed, one that went. */
static bool put_records(struct run *run, const char *changed, struct error *err)
{
    static const enum noun nouns[] = {NOUN_SPLIT, NOUN_REVIEW};
    const struct stored_record records[] = {{.name = "a", .document = "{}"},
                                            {.name = "b", .document = changed},
                                            {.name = "c", .document = "{}"}};
    bool again = changed[1] != '}';

    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (!run_put_record(run, nouns[i], &records[0], err) ||
            !run_put_record(run, nouns[i], &records[1], err) ||
            !(again ? run_remove_record(run, nouns[i], "c", err)
                    : run_put_record(run, nouns[i], &records[2], err)))
            return false;
    return true;
}

static void fill_records(const char *changed)
{
    const struct run_header header = {
        .command = "s", .options = "{}", .summary = "s", .engine = 1};
    struct store *store = store_open("work.db", STORE_WRITE, &test.err);
    struct run *run = store ? run_begin(store, &test.arena, &test.err) : NULL;
    bool written = false;

    MUST(run != NULL);
    MUST(put_records(run, changed, &test.err));
    MUST(run_seal(run, &header, &written, &test.err));
    ck_assert(written);
    MUST(run_commit(run, &test.err));
    run_abandon(run);
    store_close(store);
}

/* Rows in every table, living and dead, in as few bytes as possible. */
static void setup(void)
{
    char data[4096];

    memset(&test, 0, sizeof test);
    sqlite3_shutdown();
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 1200, 100),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0), SQLITE_OK);
    ck_assert(fault_install_disk());
    ck_assert_ptr_nonnull(getcwd(data, sizeof data - 32));
    strncat(data, "/tests/data/small", 32);
    setenv("DATEBOOK_DATA", data, 1);
    setenv("DATEBOOK_DB", "work.db", 1);
    setenv("SOURCE_DATE_EPOCH", "1764000000", 1);
    ck_assert(workspace_enter());
    ck_assert(program_capture());
    must_run("init --no-library");
    must_run(arena_format(&test.arena, &test.err, "persona add %s/first.json",
                          data));
    must_run("-q generate --all --count 3 --seed 1");
    must_run("tag early");
    must_run(arena_format(&test.arena, &test.err,
                          "persona add %s/edited/first.json", data));
    must_run("-q relabel");
    fill_journal();
    fill_records("{}");
    fill_records("{\"n\":1}");
    MUST(database_shrink("work.db", &test.err));
    MUST(snapshot_take(&test.arena, &test.whole, &test.err));
    ck_assert_uint_eq(test.whole.count, 1);
    test.length = test.whole.files[0].length;
    find_schema();
}

static void teardown(void)
{
    workspace_leave();
    arena_free(&test.arena);
}

/* ---- One byte ---- */

/* One finding is enough. */
static bool stop_at_finding(void *context, const char *finding,
                            struct error *err)
{
    (void)context;
    return error_set(err, ERROR_FOUND, "%s", finding);
}

/* Whether checking finds fault with the file. */
static bool check(struct store *store, struct error *err)
{
    struct verify_result result;

    return store_verify(store, VERIFY_DEEP, NULL, stop_at_finding, NULL,
                        &result, err) &&
           !result.findings;
}

/* The same, or whether it cannot be opened. */
static bool open_and_check(struct error *err)
{
    struct store *store = store_open("work.db", STORE_READ, err);
    bool fine = store && check(store, err);

    store_close(store);
    return fine;
}

static bool forget_and_check(struct error *err)
{
    if (!test.store)
        test.store = store_open("work.db", STORE_READ, &test.err);
    MUST(test.store != NULL);
    sqlite3_db_release_memory(test.store->db);
    return check(test.store, err);
}

static void close_store(void)
{
    store_close(test.store);
    test.store = NULL;
}

/* Whether all that is in the file reads as it did; says where not. */
static bool reads_the_same(struct error *why)
{
    struct buf dump = BUF_EMPTY;
    bool same = database_dump("work.db", &dump, why);

    if (same && strcmp(buf_string(&dump), test.whole.dump))
        same = dump_error(buf_string(&dump), test.whole.dump, why);
    buf_free(&dump);
    return same;
}

static void flip(size_t at, unsigned char mask)
{
    struct error err = {.code = ERROR_NONE};
    struct error why;
    long writes = disk_writes();
    bool of_schema = test.of_schema[at / PAGE];
    bool fine;

    if (of_schema)
        close_store();
    disk_flip((int64_t)at, mask);
    fine = of_schema ? open_and_check(&err) : forget_and_check(&err);
    if (fine) {
        if (!reads_the_same(&why) && test.unnoticed++ < SHOWN)
            program_say("byte %zu (page %zu + %zu) ^ %02x goes unnoticed: %s\n",
                        at, at / PAGE + 1, at % PAGE, (unsigned)mask,
                        why.message);
    } else if (err.code == ERROR_BUG && test.unnoticed++ < SHOWN) {
        program_say("byte %zu ^ %02x: %s\n", at, (unsigned)mask, err.message);
    }
    disk_flip(0, 0);
    /* Whatever was made of the damage must not meet the next byte. */
    if (disk_writes() == writes)
        return;
    close_store();
    MUST(snapshot_restore(&test.whole, &test.err));
}

/* ---- All bytes ---- */

/* The bytes of every WORKERS-th page, in a folder and process of its own. */
static void work(size_t worker, size_t turn)
{
    if (!workspace_enter() || !snapshot_restore(&test.whole, &test.err))
        _exit(2);
    for (size_t at = 0; at < test.length; at++)
        if (at / PAGE % WORKERS == worker)
            flip(at, (at + turn) % 2 ? 0xff
                                     : (unsigned char)(1u << at * 5 / 2 % 8));
    close_store();
    workspace_leave();
    _exit(test.unnoticed ? 1 : 0);
}

START_TEST(test_every_byte_is_guarded)
{
    pid_t workers[WORKERS];
    int status;

    for (size_t i = 0; i < WORKERS; i++) {
        workers[i] = fork();
        ck_assert_int_ge(workers[i], 0);
        if (!workers[i])
            work(i, (size_t)_i);
    }
    for (size_t i = 0; i < WORKERS; i++) {
        ck_assert_int_eq(waitpid(workers[i], &status, 0), workers[i]);
        ck_assert_msg(WIFEXITED(status) && !WEXITSTATUS(status),
                      "worker %zu ended with status %x", i, (unsigned)status);
    }
}
END_TEST

START_TEST(test_the_unchanged_file_is_fine)
{
    struct error err = {.code = ERROR_NONE};

    ck_assert_msg(open_and_check(&err), "%s", err.message);
    ck_assert_msg(forget_and_check(&err), "%s", err.message);
    close_store();
    ck_assert_uint_gt(test.length, 10000);
    ck_assert_uint_lt(test.length, 200000);
}
END_TEST

Suite *flip_suite(void)
{
    Suite *suite = suite_create("fault flip");
    TCase *tcase = tcase_create("flip");

    tcase_set_timeout(tcase, 600);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_the_unchanged_file_is_fine);
    tcase_add_loop_test(tcase, test_every_byte_is_guarded, 0,
                        getenv("FAULT_FULL") ? 2 : 1);
    suite_add_tcase(suite, tcase);
    return suite;
}
