/* The journal: jobs and what is to be written, requests and how they stand,
 * transactions of their own and within a run. */
#include "journal_fixture.h"

/* ---- Transactions ---- */

START_TEST(writing_needs_a_transaction)
{
    int64_t job;

    MUST_FAIL(job_add(fix.store, 1, "{}", &job, &fix.err), ERROR_BUG,
              "statement job_insert writes outside a transaction");
    start_journal();
    MUST_FAIL(journal_begin(fix.store, &fix.err), ERROR_BUG,
              "the journal is begun within a transaction");
    end_journal();
}
END_TEST

START_TEST(what_is_rolled_back_leaves_nothing)
{
    struct job job;
    bool found = true;
    int64_t number;

    start_journal();
    number = add_request(add_job(), 1);
    ck_assert(!journal_end(fix.store, false, &fix.err));
    MUST(job_unfinished(fix.store, &fix.arena, &job, &found, &fix.err));
    ck_assert(!found);
    struct request request;
    MUST(
        request_get(fix.store, &fix.arena, number, &request, &found, &fix.err));
    ck_assert(!found);
    start_journal();
    ck_assert_int_eq(add_request(add_job(), 1), 1);
    end_journal();
}
END_TEST

/* ---- Jobs ---- */

START_TEST(one_job_is_open_at_a_time)
{
    struct job job;
    bool found = false;
    int64_t number = 0;

    start_journal();
    ck_assert_int_eq(add_job(), 1);
    MUST_FAIL(job_add(fix.store, 1, "{}", &number, &fix.err), ERROR_INPUT,
              "a generation with a model (job 1) is not finished");
    ck_assert_str_eq(fix.err.hint,
                     "`datebook generate --resume` goes on with it, `datebook "
                     "requests discard` gives it up");
    end_journal();
    MUST(job_unfinished(fix.store, &fix.arena, &job, &found, &fix.err));
    ck_assert(found);
    ck_assert_int_eq(job.number, 1);
    ck_assert_int_eq(job.state, JOB_OPEN);
    ck_assert_int_eq(job.started, 1000000);
    ck_assert_int_eq(job.version, 0);
    ck_assert_str_eq(job.options, "{\"model\":\"m\"}");
}
END_TEST

START_TEST(a_job_that_ended_makes_room_for_the_next)
{
    struct job *jobs;
    struct job job;
    size_t count;
    bool found;

    start_journal();
    MUST(job_end(fix.store, add_job(), JOB_GIVEN_UP, 0, &fix.err));
    MUST(job_end(fix.store, add_job(), JOB_DONE, 7, &fix.err));
    ck_assert_int_eq(add_job(), 3);
    end_journal();
    MUST(job_list(fix.store, &fix.arena, &jobs, &count, &fix.err));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(jobs[0].state, JOB_GIVEN_UP);
    ck_assert_int_eq(jobs[1].state, JOB_DONE);
    ck_assert_int_eq(jobs[1].version, 7);
    ck_assert_int_eq(jobs[2].state, JOB_OPEN);
    MUST(job_get(fix.store, &fix.arena, 2, &job, &found, &fix.err));
    ck_assert(found && job.number == 2);
    MUST(job_get(fix.store, &fix.arena, 4, &job, &found, &fix.err));
    ck_assert(!found);
}
END_TEST

START_TEST(a_job_ends_once)
{
    start_journal();
    MUST(job_end(fix.store, add_job(), JOB_DONE, 1, &fix.err));
    MUST_FAIL(job_end(fix.store, 1, JOB_GIVEN_UP, 0, &fix.err), ERROR_BUG,
              "statement job_end changed 0 rows, not 1");
    end_journal();
}
END_TEST

START_TEST(batches_are_counted_with_those_of_runs)
{
    uint64_t batch;

    start_journal();
    MUST(journal_next_batch(fix.store, somebody, 5, &batch, &fix.err));
    ck_assert_uint_eq(batch, 0);
    end_journal();
    begin();
    MUST(run_next_batch(fix.run, somebody, 5, &batch, &fix.err));
    ck_assert_uint_eq(batch, 1);
    ck_assert(!commit());
    start_journal();
    MUST(journal_next_batch(fix.store, somebody, 5, &batch, &fix.err));
    ck_assert_uint_eq(batch, 2);
    MUST(journal_next_batch(fix.store, somebody, 6, &batch, &fix.err));
    ck_assert_uint_eq(batch, 0);
    end_journal();
}
END_TEST

/* ---- What is to be written ---- */

START_TEST(planned_meetings_are_listed_in_order)
{
    struct planned meetings[] = {
        {somebody, 2, 1, true, "{\"b\":1}"},
        {somebody, 1, 1, false, "{\"a\":1}"},
    };
    struct planned *list;
    size_t count;
    int64_t job;

    start_journal();
    job = add_job();
    MUST(planned_add(fix.store, job, &meetings[0], &fix.err));
    MUST(planned_add(fix.store, job, &meetings[1], &fix.err));
    end_journal();
    MUST(planned_list(fix.store, &fix.arena, job, somebody, &list, &count,
                      &fix.err));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(list[0].ordinal, 1);
    ck_assert(!list[0].overlaps);
    ck_assert_str_eq(list[0].document, "{\"a\":1}");
    ck_assert_int_eq(list[1].persona, somebody);
    ck_assert_int_eq(list[1].brief, 1);
    ck_assert(list[1].overlaps);
    start_journal();
    MUST(job_end(fix.store, job, JOB_DONE, 0, &fix.err));
    end_journal();
    MUST(planned_list(fix.store, &fix.arena, job, somebody, &list, &count,
                      &fix.err));
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(a_brief_gets_its_text)
{
    struct job_brief brief;
    struct job_brief *list;
    size_t count;
    bool found;
    int64_t job;

    start_journal();
    job = add_job();
    add_brief(job, 2, 3);
    add_brief(job, 1, 1);
    MUST(job_brief_get(fix.store, &fix.arena, job, somebody, 2, &brief, &found,
                       &fix.err));
    ck_assert(found);
    ck_assert_int_eq(brief.meetings, 3);
    ck_assert_int_eq(brief.request, 0);
    ck_assert_ptr_null(brief.text);
    ck_assert_ptr_null(brief.taken);
    brief.request = add_request(job, 9);
    brief.text = "{\"subject\":\"S\"}";
    brief.taken = "[\"T\"]";
    brief.candidates = 2;
    MUST(job_brief_set(fix.store, job, &brief, &fix.err));
    end_journal();
    MUST(job_brief_list(fix.store, &fix.arena, job, somebody, &list, &count,
                        &fix.err));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(list[0].number, 1);
    ck_assert_ptr_null(list[0].text);
    ck_assert_int_eq(list[1].number, 2);
    ck_assert_int_eq(list[1].persona, somebody);
    ck_assert_int_eq(list[1].request, brief.request);
    ck_assert_int_eq(list[1].candidates, 2);
    ck_assert_str_eq(list[1].document, "{\"brief\":1}");
    ck_assert_str_eq(list[1].text, "{\"subject\":\"S\"}");
    ck_assert_str_eq(list[1].taken, "[\"T\"]");
}
END_TEST

START_TEST(a_brief_that_is_not_there_cannot_be_set)
{
    struct job_brief brief = {.persona = somebody, .number = 4};
    bool found;

    start_journal();
    MUST_FAIL(job_brief_set(fix.store, add_job(), &brief, &fix.err), ERROR_BUG,
              "statement job_brief_set changed 0 rows, not 1");
    MUST(job_brief_get(fix.store, &fix.arena, 1, somebody, 4, &brief, &found,
                       &fix.err));
    ck_assert(!found);
    end_journal();
}
END_TEST

START_TEST(personas_of_a_job)
{
    struct job_brief brief = {.number = 1, .document = "{}"};
    int64_t *personas;
    size_t count;
    int64_t job;

    begin();
    brief.persona = put("b", "{}");
    put("c", "{}");
    ck_assert(commit());
    start_journal();
    job = add_job();
    MUST(job_personas(fix.store, &fix.arena, job, &personas, &count, &fix.err));
    ck_assert_uint_eq(count, 0);
    MUST(job_brief_add(fix.store, job, &brief, &fix.err));
    add_brief(job, 1, 1);
    add_brief(job, 2, 1);
    end_journal();
    MUST(job_personas(fix.store, &fix.arena, job, &personas, &count, &fix.err));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(personas[0], somebody);
    ck_assert_int_eq(personas[1], brief.persona);
}
END_TEST

/* ---- Totals ---- */

/* Three briefs, one of which has its text, and a request of every state. */
static int64_t fill_job(void)
{
    struct rejection rejection = {.reason = "short", .text = "{}"};
    struct job_brief brief = {.persona = somebody, .number = 2};
    struct request late;
    int64_t requests[REQUEST_STATES];
    int64_t job = add_job();

    for (int i = 0; i < REQUEST_STATES; i++)
        requests[i] = add_request(job, i + 1);
    MUST(request_sent(fix.store, requests[REQUEST_SENT], &fix.err));
    MUST(request_sent(fix.store, requests[REQUEST_ANSWERED], &fix.err));
    for (int i = REQUEST_ANSWERED; i < REQUEST_SUPERSEDED; i++)
        send_and_settle(requests[i], (enum request_state)i);
    MUST(request_batched(fix.store, requests[REQUEST_BATCHED], &fix.err));
    late = read_request(requests[REQUEST_SUPERSEDED]);
    late.state = REQUEST_SUPERSEDED;
    MUST(request_settle(fix.store, &late, &fix.err));
    for (int64_t number = 1; number <= 3; number++)
        add_brief(job, number, number);
    brief.request = rejection.request = requests[REQUEST_ANSWERED];
    brief.text = "{}";
    brief.candidates = 2;
    MUST(job_brief_set(fix.store, job, &brief, &fix.err));
    rejection.brief = 2;
    MUST(rejection_add(fix.store, &rejection, &fix.err));
    return job;
}

static void check_briefs(const struct job_totals *totals)
{
    ck_assert_int_eq(totals->briefs, 3);
    ck_assert_int_eq(totals->written, 1);
    ck_assert_int_eq(totals->meetings, 6);
    ck_assert_int_eq(totals->meetings_written, 2);
    ck_assert_int_eq(totals->candidates, 2);
    ck_assert_int_eq(totals->rejected, 1);
}

START_TEST(totals_add_up)
{
    struct job_totals totals;
    struct request free_one;
    int64_t job;

    start_journal();
    job = fill_job();
    end_journal();
    totals = totals_of(job);
    check_briefs(&totals);
    ck_assert_int_eq(totals.requests, 8);
    ck_assert_int_eq(totals.calls, 8);
    ck_assert_int_eq(totals.retries, 1);
    ck_assert_int_eq(totals.corrections, 0);
    ck_assert_int_eq(totals.unanswered, 4);
    ck_assert_int_eq(totals.coerced, 10);
    ck_assert_int_eq(totals.prompt_tokens, 500);
    ck_assert_int_eq(totals.cached_tokens, 200);
    ck_assert_int_eq(totals.completion_tokens, 150);
    ck_assert_int_eq(totals.cost, 35);
    ck_assert_int_eq(totals.unpriced, 0);
    start_journal();
    free_one = read_request(4);
    ck_assert_int_eq(free_one.state, REQUEST_TRUNCATED);
    free_one.cost = -1;
    MUST(request_settle(fix.store, &free_one, &fix.err));
    end_journal();
    totals = totals_of(job);
    ck_assert_int_eq(totals.cost, 28);
    ck_assert_int_eq(totals.unpriced, 1);
}
END_TEST

START_TEST(totals_outlive_their_briefs)
{
    struct job_totals before;
    struct job_totals totals;
    int64_t job;

    start_journal();
    job = fill_job();
    before = totals_of(job);
    MUST(job_end(fix.store, job, JOB_DONE, 2, &fix.err));
    end_journal();
    totals = totals_of(job);
    check_briefs(&totals);
    ck_assert_int_eq(memcmp(&totals, &before, sizeof totals), 0);
    start_journal();
    job = add_job();
    end_journal();
    totals = totals_of(job);
    before = (struct job_totals){0};
    ck_assert_int_eq(memcmp(&totals, &before, sizeof totals), 0);
}
END_TEST

/* ---- Rejections, origins, traits, batches ---- */

START_TEST(rejections_in_order_of_requests)
{
    struct rejection rejection = {.reason = "r", .text = "t"};
    struct cursor *cursor;
    bool more;
    int64_t job;

    start_journal();
    MUST(job_end(fix.store, add_job(), JOB_GIVEN_UP, 0, &fix.err));
    rejection.request = add_request(1, 1);
    MUST(rejection_add(fix.store, &rejection, &fix.err));
    job = add_job();
    add_request(job, 1);
    rejection = (struct rejection){add_request(job, 2), 3, "late", "x", true};
    MUST(rejection_add(fix.store, &rejection, &fix.err));
    rejection = (struct rejection){2, 0, "whole", NULL, false};
    MUST(rejection_add(fix.store, &rejection, &fix.err));
    end_journal();
    cursor = rejection_scan(fix.store, job, &fix.err);
    MUST(cursor != NULL);
    MUST(rejection_next(cursor, &rejection, &more, &fix.err));
    ck_assert(more && rejection.request == 2 && !rejection.final);
    ck_assert_int_eq(rejection.brief, 0);
    ck_assert_str_eq(rejection.reason, "whole");
    ck_assert_str_eq(rejection.text, "");
    MUST(rejection_next(cursor, &rejection, &more, &fix.err));
    ck_assert(more && rejection.request == 3 && rejection.final);
    ck_assert_int_eq(rejection.brief, 3);
    MUST(rejection_next(cursor, &rejection, &more, &fix.err));
    ck_assert(!more);
    cursor_close(cursor);
    cursor = rejection_scan(fix.store, 0, &fix.err);
    MUST(cursor != NULL);
    MUST(rejection_next(cursor, &rejection, &more, &fix.err));
    ck_assert(more && rejection.request == 1);
    cursor_close(cursor);
}
END_TEST

static int64_t origin_of(int64_t meeting)
{
    int64_t request = -1;

    MUST(origin_get(fix.store, meeting, &request, &fix.err));
    return request;
}

START_TEST(meetings_come_from_requests)
{
    int64_t count;
    int64_t request;

    start_journal();
    request = add_request(add_job(), 1);
    MUST(origin_set(fix.store, 11, request, &fix.err));
    MUST(origin_set(fix.store, 12, request, &fix.err));
    MUST(origin_set(fix.store, 12, request, &fix.err));
    end_journal();
    ck_assert_int_eq(origin_of(11), request);
    ck_assert_int_eq(origin_of(12), request);
    ck_assert_int_eq(origin_of(13), 0);
    MUST(origin_count(fix.store, request, &count, &fix.err));
    ck_assert_int_eq(count, 2);
    start_journal();
    MUST(origin_set(fix.store, 11, add_request(1, 2), &fix.err));
    MUST(origin_set(fix.store, 12, 0, &fix.err));
    end_journal();
    ck_assert_int_eq(origin_of(11), 2);
    ck_assert_int_eq(origin_of(12), 0);
    MUST(origin_count(fix.store, request, &count, &fix.err));
    ck_assert_int_eq(count, 0);
}
END_TEST

START_TEST(endpoints_teach)
{
    unsigned char endpoint[HASH_SIZE] = {1};
    const int first[TRAITS] = {1, 0, 3, 2};
    const int then[TRAITS] = {0, 9, 0, 0};
    int traits[TRAITS];
    bool found;

    start_journal();
    MUST(traits_set(fix.store, endpoint, "m", first, &fix.err));
    end_journal();
    MUST(traits_get(fix.store, endpoint, "m", traits, &found, &fix.err));
    ck_assert(found);
    ck_assert_int_eq(memcmp(traits, first, sizeof traits), 0);
    MUST(traits_get(fix.store, endpoint, "other", traits, &found, &fix.err));
    ck_assert(!found);
    start_journal();
    MUST(traits_set(fix.store, endpoint, "m", then, &fix.err));
    end_journal();
    MUST(traits_get(fix.store, endpoint, "m", traits, &found, &fix.err));
    ck_assert_int_eq(memcmp(traits, then, sizeof traits), 0);
}
END_TEST

START_TEST(batches_at_a_provider)
{
    struct remote_batch batch = {.path = "out-1.jsonl"};
    struct remote_batch *list;
    size_t count;
    int64_t number;

    memset(batch.file, 5, HASH_SIZE);
    start_journal();
    batch.job = add_job();
    MUST(remote_batch_add(fix.store, &batch, &number, &fix.err));
    ck_assert_int_eq(number, 1);
    MUST(remote_batch_add(fix.store, &batch, &number, &fix.err));
    batch.number = number;
    batch.file_id = "file-1";
    batch.batch_id = "batch-1";
    batch.state = "completed";
    batch.output_id = "file-2";
    batch.error_id = "file-3";
    batch.total = 10;
    batch.completed = 9;
    batch.failed = 1;
    batch.collected = true;
    MUST(remote_batch_set(fix.store, &batch, &fix.err));
    end_journal();
    MUST(remote_batch_list(fix.store, &fix.arena, batch.job, &list, &count,
                           &fix.err));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(list[0].path, "out-1.jsonl");
    ck_assert_str_eq(list[0].batch_id, "");
    ck_assert(!list[0].collected);
    ck_assert_int_eq(list[1].number, 2);
    ck_assert_int_eq(list[1].job, batch.job);
    ck_assert_int_eq(memcmp(list[1].file, batch.file, HASH_SIZE), 0);
    ck_assert_str_eq(list[1].file_id, "file-1");
    ck_assert_str_eq(list[1].batch_id, "batch-1");
    ck_assert_str_eq(list[1].state, "completed");
    ck_assert_str_eq(list[1].output_id, "file-2");
    ck_assert_str_eq(list[1].error_id, "file-3");
    ck_assert_int_eq(list[1].total, 10);
    ck_assert_int_eq(list[1].completed, 9);
    ck_assert_int_eq(list[1].failed, 1);
    ck_assert(list[1].collected);
    MUST(remote_batch_list(fix.store, &fix.arena, 0, &list, &count, &fix.err));
    ck_assert_uint_eq(count, 2);
    MUST(remote_batch_list(fix.store, &fix.arena, 7, &list, &count, &fix.err));
    ck_assert_uint_eq(count, 0);
}
END_TEST

Suite *journal_suite(void);
Suite *journal_suite(void)
{
    Suite *suite = suite_create("journal");
    TCase *tcase = tcase_create("journal");

    tcase_add_checked_fixture(tcase, journal_setup, store_teardown);
    tcase_add_test(tcase, writing_needs_a_transaction);
    tcase_add_test(tcase, what_is_rolled_back_leaves_nothing);
    tcase_add_test(tcase, one_job_is_open_at_a_time);
    tcase_add_test(tcase, a_job_that_ended_makes_room_for_the_next);
    tcase_add_test(tcase, a_job_ends_once);
    tcase_add_test(tcase, batches_are_counted_with_those_of_runs);
    tcase_add_test(tcase, planned_meetings_are_listed_in_order);
    tcase_add_test(tcase, a_brief_gets_its_text);
    tcase_add_test(tcase, a_brief_that_is_not_there_cannot_be_set);
    tcase_add_test(tcase, personas_of_a_job);
    tcase_add_test(tcase, totals_add_up);
    tcase_add_test(tcase, totals_outlive_their_briefs);
    tcase_add_test(tcase, rejections_in_order_of_requests);
    tcase_add_test(tcase, meetings_come_from_requests);
    tcase_add_test(tcase, endpoints_teach);
    tcase_add_test(tcase, batches_at_a_provider);
    suite_add_tcase(suite, tcase);
    return suite;
}
