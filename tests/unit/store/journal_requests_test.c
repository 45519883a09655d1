/* Requests of the journal: what is asked once, how they stand, and that a run
 * takes them with it. */
#include "journal_fixture.h"

#include <sqlite3.h>

/* ---- Adding and finding ---- */

START_TEST(a_request_is_kept_whole)
{
    struct request asked;
    struct request kept;
    int64_t number;
    bool is_new;

    start_journal();
    asked = a_request(add_job(), 1);
    add_request(1, 8);
    asked.kind = REQUEST_CORRECTION;
    asked.parent = 1;
    MUST(request_add(fix.store, &asked, &number, &is_new, &fix.err));
    end_journal();
    ck_assert(is_new);
    kept = read_request(number);
    ck_assert_int_eq(kept.number, 2);
    ck_assert_int_eq(kept.job, 1);
    ck_assert_int_eq(kept.persona, somebody);
    ck_assert_int_eq(kept.kind, REQUEST_CORRECTION);
    ck_assert_int_eq(kept.parent, 1);
    ck_assert_int_eq(kept.state, REQUEST_WAITING);
    ck_assert_int_eq(kept.tries, 0);
    ck_assert_int_eq(kept.most_tokens, 900);
    ck_assert_int_eq(kept.seed, 1);
    ck_assert_str_eq(kept.briefs, "[1,2]");
    ck_assert_str_eq(kept.model, "some-model");
    ck_assert_str_eq(kept.system, asked.system);
    ck_assert_str_eq(kept.schema, asked.schema);
    ck_assert_str_eq(kept.messages, asked.messages);
    ck_assert_str_eq(kept.note, "");
    ck_assert_str_eq(kept.remote, "");
    ck_assert_ptr_null(kept.reply);
    ck_assert_int_eq(memcmp(kept.fingerprint, asked.fingerprint, HASH_SIZE), 0);
    ck_assert_int_eq(memcmp(kept.persona_hash, asked.persona_hash, HASH_SIZE),
                     0);
    ck_assert_int_eq(memcmp(kept.prompt_hash, asked.prompt_hash, HASH_SIZE), 0);
    ck_assert_int_eq(totals_of(1).corrections, 1);
}
END_TEST

START_TEST(the_same_is_asked_once)
{
    struct request request;
    int64_t number;
    bool is_new = true;

    start_journal();
    request = a_request(add_job(), 1);
    ck_assert_int_eq(add_request(1, 1), 1);
    MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
    ck_assert(!is_new);
    ck_assert_int_eq(number, 1);
    MUST(job_end(fix.store, 1, JOB_GIVEN_UP, 0, &fix.err));
    ck_assert_int_eq(add_request(add_job(), 1), 2);
    MUST(request_find(fix.store, 1, request.fingerprint, &number, &fix.err));
    ck_assert_int_eq(number, 1);
    MUST(request_find(fix.store, 2, request.fingerprint, &number, &fix.err));
    ck_assert_int_eq(number, 2);
    request.fingerprint[31] ^= 1;
    MUST(request_find(fix.store, 2, request.fingerprint, &number, &fix.err));
    ck_assert_int_eq(number, 0);
    end_journal();
}
END_TEST

/* An edit of a persona that is undone asks again for what it had asked for. */
START_TEST(a_superseded_request_is_asked_for_again)
{
    struct request request;
    int64_t number;
    bool is_new;

    start_journal();
    request = a_request(add_job(), 1);
    add_request(1, 1);
    settle(1, REQUEST_SUPERSEDED, NULL);
    MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
    end_journal();
    ck_assert(!is_new);
    ck_assert_int_eq(number, 1);
    ck_assert_int_eq(read_request(1).state, REQUEST_WAITING);
    ck_assert_str_eq(read_request(1).note, "");
}
END_TEST

static int64_t count_rows(const char *table)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int64_t count;

    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_prepare_v2(db,
                           arena_format(&fix.arena, &fix.err,
                                        "SELECT count(*) FROM %s", table),
                           -1, &statement, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return count;
}

START_TEST(texts_that_are_shared_are_kept_once)
{
    struct request request;
    int64_t number;
    bool is_new;

    start_journal();
    add_job();
    for (int i = 1; i <= 5; i++)
        add_request(1, i);
    request = a_request(1, 6);
    request.system = "You are somebody else.";
    MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
    end_journal();
    ck_assert_int_eq(count_rows("request"), 6);
    ck_assert_int_eq(count_rows("prompt"), 3);
    ck_assert_str_eq(read_request(5).system, "You are somebody.");
    ck_assert_str_eq(read_request(6).system, "You are somebody else.");
}
END_TEST

/* A request of another file is the same only if its answer was. */
START_TEST(requests_of_other_files_are_told_apart_by_their_answers)
{
    struct request request = a_request(0, 1);
    int64_t numbers[4];
    bool is_new[4];

    request.state = REQUEST_ANSWERED;
    request.reply = "one";
    request.tries = 2;
    request.cost = -1;
    start_journal();
    MUST(request_add(fix.store, &request, &numbers[0], &is_new[0], &fix.err));
    MUST(request_add(fix.store, &request, &numbers[1], &is_new[1], &fix.err));
    request.reply = "two";
    MUST(request_add(fix.store, &request, &numbers[2], &is_new[2], &fix.err));
    add_job();
    add_request(1, 1);
    send_and_settle(3, REQUEST_ANSWERED);
    request.reply = "{\"choices\":[]}";
    MUST(request_add(fix.store, &request, &numbers[3], &is_new[3], &fix.err));
    end_journal();
    ck_assert(is_new[0] && !is_new[1] && is_new[2] && !is_new[3]);
    ck_assert_int_eq(numbers[0], numbers[1]);
    ck_assert_int_ne(numbers[0], numbers[2]);
    ck_assert_int_eq(numbers[3], 3);
    request = read_request(numbers[0]);
    ck_assert_int_eq(request.job, 0);
    ck_assert_int_eq(request.state, REQUEST_ANSWERED);
    ck_assert_int_eq(request.tries, 2);
    ck_assert_int_eq(request.cost, -1);
    ck_assert_str_eq(request.reply, "one");
    ck_assert_int_eq(totals_of(1).requests, 1);
}
END_TEST

/* ---- How they stand ---- */

START_TEST(a_request_waits_is_sent_and_answered)
{
    struct request request;

    start_journal();
    add_request(add_job(), 1);
    MUST(request_sent(fix.store, 1, &fix.err));
    MUST(request_sent(fix.store, 1, &fix.err));
    end_journal();
    request = read_request(1);
    ck_assert_int_eq(request.state, REQUEST_SENT);
    ck_assert_int_eq(request.tries, 2);
    start_journal();
    settle(1, REQUEST_ANSWERED, "{\"choices\":[]}");
    end_journal();
    request = read_request(1);
    ck_assert_int_eq(request.state, REQUEST_ANSWERED);
    ck_assert_int_eq(request.tries, 2);
    ck_assert_int_eq(request.status, 200);
    ck_assert_str_eq(request.note, "a note");
    ck_assert_str_eq(request.reply, "{\"choices\":[]}");
    ck_assert_int_eq(request.prompt_tokens, 100);
    ck_assert_int_eq(request.cached_tokens, 40);
    ck_assert_int_eq(request.completion_tokens, 30);
    ck_assert_int_eq(request.cost, 7);
    ck_assert_int_eq(request.coerced, 2);
    ck_assert_str_eq(request.remote, "chat-1");
    start_journal();
    settle(1, REQUEST_FAILED, NULL);
    end_journal();
    ck_assert_ptr_null(read_request(1).reply);
}
END_TEST

START_TEST(what_was_answered_is_never_sent_again)
{
    start_journal();
    add_request(add_job(), 1);
    send_and_settle(1, REQUEST_ANSWERED);
    MUST_FAIL(request_sent(fix.store, 1, &fix.err), ERROR_BUG,
              "statement request_send changed 0 rows, not 1");
    end_journal();
    ck_assert_int_eq(read_request(1).tries, 1);
}
END_TEST

static void check_queue(enum request_state state, int64_t after, int64_t limit,
                        size_t expected, int64_t first)
{
    int64_t *numbers;
    size_t count;

    MUST(request_queue(fix.store, &fix.arena, 2, state, after, limit, &numbers,
                       &count, &fix.err));
    ck_assert_uint_eq(count, expected);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(numbers[i], first + (int64_t)i);
}

START_TEST(the_queue_gives_a_job_s_requests_in_order)
{
    start_journal();
    MUST(job_end(fix.store, add_job(), JOB_GIVEN_UP, 0, &fix.err));
    add_request(1, 1);
    add_job();
    for (int i = 1; i <= 6; i++)
        add_request(2, i);
    MUST(request_sent(fix.store, 4, &fix.err));
    end_journal();
    check_queue(REQUEST_WAITING, 0, 2, 2, 2);
    check_queue(REQUEST_WAITING, 3, 9, 3, 5);
    check_queue(REQUEST_WAITING, 7, 9, 0, 0);
    check_queue(REQUEST_WAITING, 0, -1, 0, 0);
    check_queue(REQUEST_SENT, 0, 9, 1, 4);
    check_queue(REQUEST_ANSWERED, 0, 9, 0, 0);
}
END_TEST

START_TEST(resuming_takes_up_what_was_sent_or_failed)
{
    start_journal();
    MUST(job_end(fix.store, add_job(), JOB_GIVEN_UP, 0, &fix.err));
    add_request(1, 1);
    MUST(request_sent(fix.store, 1, &fix.err));
    add_job();
    for (int i = 1; i <= 4; i++)
        add_request(2, i);
    MUST(request_sent(fix.store, 2, &fix.err));
    send_and_settle(3, REQUEST_FAILED);
    send_and_settle(4, REQUEST_REFUSED);
    MUST(request_batched(fix.store, 5, &fix.err));
    MUST(request_requeue(fix.store, 2, &fix.err));
    end_journal();
    ck_assert_int_eq(read_request(1).state, REQUEST_SENT);
    ck_assert_int_eq(read_request(2).state, REQUEST_WAITING);
    ck_assert_int_eq(read_request(2).tries, 1);
    ck_assert_int_eq(read_request(3).state, REQUEST_WAITING);
    ck_assert_str_eq(read_request(3).note, "");
    ck_assert_int_eq(read_request(4).state, REQUEST_REFUSED);
    /* Somebody may be running the file. */
    ck_assert_int_eq(read_request(5).state, REQUEST_BATCHED);
    ck_assert_int_eq(read_request(5).tries, 1);
}
END_TEST

static void check_scan(int64_t job, const int64_t *expected, size_t count)
{
    struct cursor *cursor = request_scan(fix.store, job, &fix.err);
    struct request request;
    bool more;

    MUST(cursor != NULL);
    for (size_t i = 0; i < count; i++) {
        MUST(request_next(cursor, &request, &more, &fix.err));
        ck_assert(more);
        ck_assert_int_eq(request.number, expected[i]);
        ck_assert_str_eq(request.model, "some-model");
        ck_assert_str_eq(request.briefs, "[1,2]");
        ck_assert_ptr_null(request.system);
        ck_assert_ptr_null(request.messages);
        ck_assert_ptr_null(request.reply);
    }
    MUST(request_next(cursor, &request, &more, &fix.err));
    ck_assert(!more);
    cursor_close(cursor);
}

START_TEST(a_scan_gives_requests_oldest_first)
{
    struct request foreign = a_request(0, 1);
    int64_t number;
    bool is_new;

    foreign.state = REQUEST_ANSWERED;
    start_journal();
    MUST(job_end(fix.store, add_job(), JOB_GIVEN_UP, 0, &fix.err));
    add_request(1, 1);
    add_request(1, 2);
    add_job();
    add_request(2, 1);
    foreign.reply = "other";
    MUST(request_add(fix.store, &foreign, &number, &is_new, &fix.err));
    add_request(2, 2);
    MUST(request_sent(fix.store, 3, &fix.err));
    end_journal();
    check_scan(0, (int64_t[]){1, 2, 3, 4, 5}, 5);
    check_scan(1, (int64_t[]){1, 2}, 2);
    check_scan(2, (int64_t[]){3, 5}, 2);
    check_scan(3, NULL, 0);
}
END_TEST

START_TEST(states_and_kinds_have_names)
{
    ck_assert_str_eq(request_state_name(REQUEST_WAITING), "waiting");
    ck_assert_str_eq(request_state_name(REQUEST_FAILED), "failed");
    ck_assert_str_eq(request_state_name(REQUEST_SUPERSEDED), "superseded");
    ck_assert_str_eq(request_kind_name(REQUEST_FIRST), "first");
    ck_assert_str_eq(request_kind_name(REQUEST_AGAIN), "again");
}
END_TEST

/* ---- Within a run ---- */

static struct job read_job(int64_t number)
{
    struct job job;
    bool found;

    MUST(job_get(fix.store, &fix.arena, number, &job, &found, &fix.err));
    ck_assert(found);
    return job;
}

START_TEST(a_run_takes_the_journal_with_it)
{
    int64_t request = 0;
    int64_t key;

    begin();
    fill_within_run();
    key = add_labelled(somebody, "m");
    MUST(origin_set(fix.store, key, 1, &fix.err));
    ck_assert(commit());
    ck_assert_int_eq(read_job(1).version, 2);
    MUST(origin_get(fix.store, key, &request, &fix.err));
    ck_assert_int_eq(request, 1);
    begin();
    fill_within_run();
    abandon();
    begin();
    ck_assert_int_eq(fill_within_run(), 2);
    ck_assert(!commit());
    ck_assert_int_eq(head(), 2);
    ck_assert_int_eq(read_job(2).state, JOB_DONE);
    ck_assert_int_eq(read_job(2).version, 0);
    ck_assert_int_eq(read_job(1).version, 2);
    ck_assert_int_eq(totals_of(2).calls, 1);
}
END_TEST

Suite *journal_requests_suite(void);
Suite *journal_requests_suite(void)
{
    Suite *suite = suite_create("journal requests");
    TCase *tcase = tcase_create("journal requests");

    tcase_add_checked_fixture(tcase, journal_setup, store_teardown);
    tcase_add_test(tcase, a_request_is_kept_whole);
    tcase_add_test(tcase, the_same_is_asked_once);
    tcase_add_test(tcase, a_superseded_request_is_asked_for_again);
    tcase_add_test(tcase, texts_that_are_shared_are_kept_once);
    tcase_add_test(tcase,
                   requests_of_other_files_are_told_apart_by_their_answers);
    tcase_add_test(tcase, a_request_waits_is_sent_and_answered);
    tcase_add_test(tcase, what_was_answered_is_never_sent_again);
    tcase_add_test(tcase, the_queue_gives_a_job_s_requests_in_order);
    tcase_add_test(tcase, resuming_takes_up_what_was_sent_or_failed);
    tcase_add_test(tcase, a_scan_gives_requests_oldest_first);
    tcase_add_test(tcase, states_and_kinds_have_names);
    tcase_add_test(tcase, a_run_takes_the_journal_with_it);
    suite_add_tcase(suite, tcase);
    return suite;
}
