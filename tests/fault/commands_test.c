/* Every command with its N-th piece of memory missing, and every command that
 * writes with its N-th write, sync or truncate failing, for N = 1, 2, 3 … until
 * it succeeds.
 *
 * A command that fails says so, and leaves what was there before or what it
 * would have made, whole.  One that succeeds all the same has printed and made
 * exactly what it does without faults.  Nothing leaks.
 *
 * A command that works in steps, for a model writes, may stop between two of
 * them: then going on gives what it would have given.
 *
 * Of a command with very many points a spread of them is tried; FAULT_FULL=1
 * tries all. */
#include "fault.h"
#include "messages.h"
#include "operations.h"
#include "program.h"
#include "workspace.h"

#include "datebook/error.h"
#include "datebook/file.h"

#include <check.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *commands_suite(void);

static struct {
    struct arena arena; /* of the test */
    struct arena turn;  /* of one try */
    struct error err;
    struct snapshot starts[STARTS];
    const char *meeting;
    const char *url;     /* where a model answers; NULL: nowhere yet */
    const char *results; /* what it answers, as a file of a batch */
    long complaints;
    long limit; /* tries of one sweep */
} test;

#define MUST(call)                                                             \
    do {                                                                       \
        bool worked_ = (call);                                                 \
        ck_assert_msg(worked_, "%s: %s", #call, test.err.message);             \
    } while (0)

/* ---- Databases to start from ---- */

/* The line with the names that stand for something put in. */
static const char *spell(const char *line)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    for (; *line; line++)
        if (*line == '@')
            buf_text(&buf, getenv("DATEBOOK_DATA"));
        else if (*line == '#')
            buf_text(&buf, test.meeting);
        else if (*line == '%')
            buf_text(&buf, test.url);
        else
            buf_char(&buf, *line);
    text = arena_text(&test.arena, buf_string(&buf), &test.err);
    buf_free(&buf);
    ck_assert_ptr_nonnull(text);
    return text;
}

static const char *must_run(const char *line)
{
    struct printed printed;

    MUST(program_run(&test.arena, spell(line), &printed, &test.err));
    ck_assert_msg(!printed.exit_code, "%s: %s", line, printed.err);
    return printed.out;
}

/* Small pages make many writes, and a file that is quickly copied. */
static void keep(enum start start)
{
    MUST(database_shrink("work.db", &test.err));
    MUST(snapshot_take(&test.arena, &test.starts[start], &test.err));
}

/* Puts a file in the place of the database. */
static void copy_file(const char *path)
{
    struct snapshot_file file = {.path = "work.db"};
    struct snapshot whole = {.files = &file, .count = 1};

    file.bytes =
        file_read(&test.arena, spell(path), 16 << 20, &file.length, &test.err);
    MUST(file.bytes != NULL);
    MUST(snapshot_restore(&whole, &test.err));
}

/* A file of answers that correct the label of every line. */
static void write_answers(const char *lines, const char *reviewer)
{
    FILE *file = fopen("answers.jsonl", "w");
    const char *end;

    ck_assert_ptr_nonnull(file);
    for (; *lines; lines = end + 1) {
        end = strchr(lines, '\n');
        ck_assert_int_gt(fprintf(file,
                                 "{\"reviewer\":\"%s\",\"realistic\":true,"
                                 "\"prep_time_minutes\":75,\"cause\":"
                                 "\"exception\",\"note\":\"long\",%.*s\n",
                                 reviewer, (int)(end - lines - 1), lines + 1),
                         0);
    }
    ck_assert_int_eq(fclose(file), 0);
}

static void make_review_start(void)
{
    const char *lines;

    MUST(snapshot_restore(&test.starts[START_EDITED], &test.err));
    must_run("review sample first --count 4");
    lines = must_run("review export first");
    write_answers(lines, "ann");
    must_run("review record answers.jsonl");
    write_answers(lines, "ben");
    keep(START_REVIEWED);
}

static void make_starts(void)
{
    const char *ids;

    must_run("init --no-library");
    keep(START_EMPTY);
    must_run("persona add @/first.json @/second.json");
    must_run("-q generate --all --count 5 --seed 1");
    must_run("tag early");
    keep(START_FILLED);
    ids = must_run("sql 'SELECT meeting FROM meetings ORDER BY 1'");
    ids = strchr(ids, '\n') + 1;
    test.meeting = arena_format(&test.arena, &test.err, "%.*s",
                                (int)strcspn(ids, "\n"), ids);
    must_run("persona add @/edited/first.json");
    must_run(
        "-q split create kept --held-out second --validation-fraction 0.3");
    keep(START_EDITED);
    must_run("-q --db other.db init");
    must_run("-q --db other.db generate --all --count 2 --seed 9");
    keep(START_TWO);
    make_review_start();
    MUST(snapshot_restore(&test.starts[START_EMPTY], &test.err));
    copy_file("@/../schemas/schema-1.db");
    MUST(snapshot_take(&test.arena, &test.starts[START_OLD], &test.err));
}

/* ---- Models ---- */

/* The server that plays endpoints, with options, as a shell starts it. */
static const char *server_line(const char *options)
{
    char *here = realpath("/proc/self/exe", NULL);
    const char *line;

    ck_assert_ptr_nonnull(here);
    *strrchr(here, '/') = '\0';
    line = arena_format(&test.arena, &test.err, "exec %s/../llm/server %s",
                        here, options);
    free(here);
    MUST(line != NULL);
    return line;
}

/* It ends with this process. */
static void start_server(void)
{
    static FILE *server;
    int port;

    server = popen(server_line("--port-file /dev/stdout --log /dev/null "
                               "--seconds 600 </dev/null 2>/dev/null"),
                   "re");
    ck_assert_ptr_nonnull(server);
    ck_assert_int_eq(fscanf(server, "%d", &port), 1);
    test.url =
        arena_format(&test.arena, &test.err, "http://127.0.0.1:%d/v1", port);
    MUST(test.url != NULL);
}

/* The first bytes of the results as a file. */
static void write_results(size_t length)
{
    FILE *file = fopen("results.jsonl", "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(test.results, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void make_model_starts(void)
{
    struct printed printed;
    size_t length;
    const char *half;

    MUST(snapshot_restore(&test.starts[START_FILLED], &test.err));
    MUST(snapshot_take(&test.arena, &test.starts[START_ASKING], &test.err));
    must_run("-q generate --provider batch --batch-out requests.jsonl " MODEL);
    ck_assert_int_eq(system(server_line("--run-batch requests.jsonl "
                                        "--output results.jsonl")),
                     0);
    keep(START_BATCHED);
    test.results =
        file_read(&test.arena, "results.jsonl", 1 << 20, &length, &test.err);
    MUST(test.results != NULL);
    half = strchr(strchr(test.results, '\n') + 1, '\n') + 1;
    write_results((size_t)(half - test.results));
    MUST(program_run(&test.arena, "-q generate --batch-in results.jsonl",
                     &printed, &test.err));
    ck_assert_int_eq(printed.exit_code, ERROR_FOUND);
    keep(START_PARTLY);
}

static void setup(void)
{
    char here[4000];
    char data[4096];

    memset(&test, 0, sizeof test);
    test.limit = getenv("FAULT_FULL") ? LONG_MAX : 50;
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    snprintf(data, sizeof data, "%s/tests/data/small", here);
    setenv("DATEBOOK_DATA", data, 1);
    setenv("DATEBOOK_DB", "work.db", 1);
    setenv("SOURCE_DATE_EPOCH", "1764000000", 1);
    ck_assert(workspace_enter());
    ck_assert(program_capture());
    make_starts();
}

static void teardown(void)
{
    workspace_leave();
    arena_free(&test.arena);
    arena_free(&test.turn);
}

/* ---- One try ---- */

/* What an operation does without faults. */
struct baseline {
    const struct operation *operation;
    const char *line;
    struct printed printed;
    struct snapshot after;
    const char *meetings; /* in the end, of one that works in steps */
};

static void complain(const struct baseline *baseline,
                     const struct fault_plan *plan, const char *what,
                     const char *detail)
{
    static const char *const disks[] = {"error", "full", "short"};

    if (test.complaints++ < 20)
        program_say("%s: point %ld of kind %u%s, %s: %s: %s\n", baseline->line,
                    plan->at, plan->points, plan->sticky ? " and on" : "",
                    disks[plan->disk], what, detail);
}

static int64_t number(const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    int64_t value = -1;

    if (sqlite3_open("work.db", &db) == SQLITE_OK &&
        sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK &&
        sqlite3_step(row) == SQLITE_ROW)
        value = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(db);
    return value;
}

static bool job_is_open(void)
{
    return number("SELECT count(*) FROM job WHERE state = 0");
}

/* Goes on from wherever a command stopped, and gives all meetings. */
static const char *go_on(const struct baseline *baseline)
{
    struct printed printed;
    bool any = number("SELECT count(*) FROM job") > 0;

    if (!any || job_is_open())
        MUST(program_run(&test.turn,
                         any ? spell(baseline->operation->again)
                             : baseline->line,
                         &printed, &test.err));
    if (job_is_open() && strstr(baseline->line, "--batch-out")) {
        write_results(strlen(test.results));
        MUST(program_run(&test.turn, "-q generate --batch-in results.jsonl",
                         &printed, &test.err));
    }
    MUST(program_run(&test.turn,
                     "sql 'SELECT * FROM labels JOIN meetings USING (meeting) "
                     "ORDER BY meeting'",
                     &printed, &test.err));
    return printed.out;
}

/* Wherever it stopped, nothing is lost but what was in flight. */
static void judge_steps(const struct baseline *baseline,
                        const struct fault_plan *plan,
                        const struct printed *printed)
{
    struct error why;

    if (!database_sound("work.db", &why))
        complain(baseline, plan, printed->err, why.message);
    if (strcmp(go_on(baseline), baseline->meetings))
        complain(baseline, plan, printed->err, "the meetings are others");
    if (test.url && number("SELECT sum(tries) - count(*) FROM request") > 1)
        complain(baseline, plan, printed->err, "is paid for twice");
}

static void judge(const struct baseline *baseline,
                  const struct fault_plan *plan, const struct printed *printed)
{
    const struct printed *wanted = &baseline->printed;
    bool succeeded = printed->exit_code == wanted->exit_code;
    struct error why;

    if (succeeded && is_excused(printed))
        succeeded = false;
    else if (!succeeded && !is_false_alarm(printed, plan) &&
             !message_is_sane(printed, plan))
        complain(baseline, plan, printed->out, printed->err);
    if (succeeded && strcmp(printed->out, wanted->out))
        complain(baseline, plan, "printed", printed->out);
    if (succeeded && strcmp(printed->err, wanted->err))
        complain(baseline, plan, "remarked", printed->err);
    if (baseline->operation->again)
        judge_steps(baseline, plan, printed);
    else if (!snapshot_judge(&test.turn,
                             &test.starts[baseline->operation->start],
                             &baseline->after, succeeded, &why))
        complain(baseline, plan, printed->err, why.message);
}

/* Runs once under a plan; whether the fault was met. */
static bool try(const struct baseline *baseline, const struct fault_plan *plan)
{
    struct printed printed;
    int64_t live;
    int64_t sqlite;
    bool fired;

    arena_reset(&test.turn);
    MUST(snapshot_restore(&test.starts[baseline->operation->start], &test.err));
    live = fault_live();
    sqlite = sqlite3_memory_used();
    fault_arm(plan);
    printed.exit_code = program_main(baseline->line);
    fault_disarm(&fired);
    if (fault_live() != live || sqlite3_memory_used() != sqlite)
        complain(baseline, plan, "leaks", "");
    MUST(program_printed(&test.turn, &printed, &test.err));
    judge(baseline, plan, &printed);
    return fired;
}

/* ---- Sweeps ---- */

/* Without faults, counting the points. */
static long measure(struct baseline *baseline, unsigned points)
{
    const struct operation *operation = baseline->operation;
    struct fault_plan plan = {.points = points};
    struct printed *printed = &baseline->printed;
    long passed;

    MUST(snapshot_restore(&test.starts[operation->start], &test.err));
    fault_arm(&plan);
    printed->exit_code = program_main(baseline->line);
    passed = fault_disarm(NULL);
    MUST(program_printed(&test.arena, printed, &test.err));
    ck_assert_msg(printed->exit_code == operation->exit_code, "%s: %s",
                  baseline->line, printed->err);
    MUST(snapshot_take(&test.arena, &baseline->after, &test.err));
    if (operation->again) {
        baseline->meetings =
            arena_text(&test.arena, go_on(baseline), &test.err);
        MUST(baseline->meetings && number("SELECT state FROM job") == 1);
    }
    return passed;
}

/* The first points, then a spread of the rest; the last turn meets none. */
static void sweep(const struct operation *operation, struct fault_plan plan)
{
    struct baseline baseline = {.operation = operation};
    long count;
    long step;
    long dense; /* the first points */
    bool fired = true;

    if (operation->start >= START_ASKING)
        make_model_starts();
    if (strchr(operation->line, '%'))
        start_server();
    baseline.line = spell(operation->line);
    count = measure(&baseline, plan.points);
    step = count / (operation->again ? test.limit / 8 + 1 : test.limit) + 1;
    dense = operation->again ? 1 : 2 * step;
    for (plan.at = 1; fired; plan.at += plan.at < dense ? 1 : step)
        fired = try(&baseline, &plan);
    ck_assert_msg(!test.complaints, "%s: %ld complaints", baseline.line,
                  test.complaints);
    if (getenv("FAULT_COUNT"))
        program_say("%s: %ld points of kind %u\n", baseline.line, count,
                    plan.points);
}

START_TEST(test_one_allocation_fails)
{
    sweep(&operations[_i], (struct fault_plan){.points = FAULT_HEAP});
}
END_TEST

START_TEST(test_memory_is_gone)
{
    sweep(&operations[_i],
          (struct fault_plan){.points = FAULT_HEAP, .sticky = true});
}
END_TEST

START_TEST(test_one_arena_piece_fails)
{
    sweep(&operations[_i], (struct fault_plan){.points = FAULT_ARENA});
}
END_TEST

static void sweep_disk(int which, bool sticky)
{
    const struct operation *operation = &operations[which];

    for (int disk = DISK_ERROR; operation->writes && disk <= DISK_SHORT; disk++)
        sweep(operation, (struct fault_plan){.points = FAULT_DISK,
                                             .sticky = sticky,
                                             .disk = (enum disk_fault)disk});
}

START_TEST(test_one_write_fails)
{
    sweep_disk(_i, false);
}
END_TEST

START_TEST(test_disk_is_gone)
{
    sweep_disk(_i, true);
}
END_TEST

START_TEST(test_one_read_fails)
{
    sweep(&operations[_i], (struct fault_plan){.points = FAULT_READ});
}
END_TEST

START_TEST(test_plain_file_fails)
{
    for (int disk = DISK_ERROR; disk <= DISK_SHORT; disk++)
        sweep(&operations[_i],
              (struct fault_plan){.points = FAULT_FILE,
                                  .disk = (enum disk_fault)disk});
}
END_TEST

Suite *commands_suite(void)
{
    Suite *suite = suite_create("fault commands");
    TCase *tcase = tcase_create("every command");

    tcase_set_timeout(tcase, 600);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_one_allocation_fails, 0, OPERATIONS);
    tcase_add_loop_test(tcase, test_memory_is_gone, 0, OPERATIONS);
    tcase_add_loop_test(tcase, test_one_arena_piece_fails, 0, OPERATIONS);
    tcase_add_loop_test(tcase, test_one_write_fails, 0, OPERATIONS);
    tcase_add_loop_test(tcase, test_disk_is_gone, 0, OPERATIONS);
    tcase_add_loop_test(tcase, test_one_read_fails, 0, OPERATIONS);
    tcase_add_loop_test(tcase, test_plain_file_fails, 0, OPERATIONS);
    suite_add_tcase(suite, tcase);
    return suite;
}
