/* What becomes of replies: texts that are taken, corrected, or asked for
 * again. */
#include "writing.h"

#include "src/dataset/writing_verdict.h"

Suite *writing_judge_suite(void);

enum { MEETINGS = 12 };

static struct writing_job job;
static struct judge *judge;
static int64_t persona; /* of the job */

static void start_judging(void)
{
    struct writing_wish wish;

    store_setup();
    begin();
    put_document(writing_document("tier1_judged", "renewal", ""));
    ck_assert(commit());
    wish = writing_wish_for(MEETINGS);
    job = writing_start(&wish);
    persona = job.personas[0];
    judge = judge_open(fix.store, &fix.arena, &job, NULL, false, &fix.err);
    MUST(judge != NULL);
}

static void stop_judging(void)
{
    judge_close(judge);
    store_teardown();
}

/* ---- Replies ---- */

/* Changes what is written for one brief of a call. */
typedef void spoil(struct written *written, size_t index);

static const char *content_for(const struct request *request, spoil *change)
{
    struct buf content = BUF_EMPTY;
    size_t all;
    struct job_brief *briefs = briefs_of(&job, persona, &all);
    const char *copy;
    int64_t *numbers;
    size_t count;

    MUST(writing_numbers(&fix.arena, request->briefs, &numbers, &count,
                         &fix.err));
    buf_text(&content, "{\"meetings\":[");
    for (size_t i = 0; i < count; i++) {
        struct written written = written_for(&briefs[numbers[i] - 1]);
        if (change)
            change(&written, i);
        buf_format(&content, "%s{\"brief\":%lld,\"kind\":", i ? "," : "",
                   (long long)numbers[i]);
        buf_json(&content, written.kind);
        buf_text(&content, ",\"subject\":");
        buf_json(&content, written.subject);
        buf_text(&content, ",\"preview\":");
        buf_json(&content, written.preview);
        buf_char(&content, '}');
    }
    buf_text(&content, "]}");
    MUST(buf_ok(&content, &fix.err));
    copy = arena_text(&fix.arena, content.data, &fix.err);
    buf_free(&content);
    return copy;
}

static void take(int64_t number, const struct chat_reply *reply)
{
    static const char body[] = "{\"choices\":[]}";
    struct http_reply http = {
        .status = 200, .body = body, .length = sizeof body - 1};

    MUST(journal_begin(fix.store, &fix.err));
    MUST(request_sent(fix.store, number, &fix.err));
    MUST(journal_end(fix.store,
                     judge_take(judge, number, &http, reply, &fix.err),
                     &fix.err));
}

static void answer(int64_t number, const char *content)
{
    struct chat_reply reply = {.outcome = CHAT_ANSWERED, .content = content};

    take(number, &reply);
}

static int64_t first_waiting(void)
{
    size_t count;
    int64_t *waiting = requests_in(&job, REQUEST_WAITING, &count);

    ck_assert_uint_gt(count, 0);
    return waiting[0];
}

/* The request that came of another one: the last that waits. */
static struct request follower_of(int64_t number)
{
    size_t count;
    int64_t *waiting = requests_in(&job, REQUEST_WAITING, &count);
    struct request request;

    ck_assert_uint_gt(count, 0);
    request = request_of(waiting[count - 1]);
    ck_assert_int_eq(request.parent, number);
    return request;
}

static size_t waiting_count(void)
{
    size_t count;

    (void)requests_in(&job, REQUEST_WAITING, &count);
    return count;
}

static struct rejection last_rejection(void)
{
    struct rejection last = {0};
    struct rejection next;
    struct cursor *cursor = rejection_scan(fix.store, job.job.number, &fix.err);
    bool more = true;

    MUST(cursor != NULL);
    while (more) {
        MUST(rejection_next(cursor, &next, &more, &fix.err));
        if (!more)
            break;
        last = next;
        last.reason = arena_text(&fix.arena, next.reason, &fix.err);
        last.text = arena_text(&fix.arena, next.text, &fix.err);
    }
    cursor_close(cursor);
    ck_assert_int_ne(last.request, 0);
    return last;
}

/* ---- Texts ---- */

START_TEST(good_texts_are_taken)
{
    int64_t number = first_waiting();
    size_t before = waiting_count();
    size_t count;
    struct job_brief *briefs;

    answer(number, content_for(&(struct request){.briefs = "[1,2,3,4]"}, NULL));
    ck_assert_int_eq(request_of(number).state, REQUEST_ANSWERED);
    ck_assert_str_eq(request_of(number).reply, "{\"choices\":[]}");
    ck_assert_uint_eq(waiting_count(), before - 1);
    briefs = briefs_of(&job, persona, &count);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(briefs[i].request, number);
        ck_assert_int_eq(briefs[i].candidates, 1);
        ck_assert_ptr_nonnull(briefs[i].text);
    }
    ck_assert_int_eq(briefs[4].request, 0);
    ck_assert_int_eq(judge_totals(judge)->written, 4);
    ck_assert_int_eq(judge_totals(judge)->candidates, 4);
}
END_TEST

/* A server that does not count is counted for. */
START_TEST(tokens_are_counted)
{
    struct price price = {.model = "m", .input = 1000000, .output = 2000000};
    struct chat_reply reply = {
        .outcome = CHAT_ANSWERED,
        .usage = {.known = true, .prompt = 1000, .completion = 100}};
    int64_t number = first_waiting();
    struct request request = request_of(number);

    judge_close(judge);
    judge = judge_open(fix.store, &fix.arena, &job, &price, false, &fix.err);
    MUST(judge != NULL);
    reply.content = content_for(&request, NULL);
    take(number, &reply);
    request = request_of(number);
    ck_assert_int_eq(request.prompt_tokens, 1000);
    ck_assert_int_eq(request.completion_tokens, 100);
    ck_assert_int_eq(request.cost, 1200);
    ck_assert_int_eq(judge_totals(judge)->cost, 1200);
    number = first_waiting();
    request = request_of(number);
    answer(number, content_for(&request, NULL));
    request = request_of(number);
    ck_assert_int_gt(request.prompt_tokens, 100);
    ck_assert_int_gt(request.completion_tokens, 10);
    ck_assert_int_eq(request.cost,
                     request.prompt_tokens + 2 * request.completion_tokens);
}
END_TEST

static void spoil_second(struct written *written, size_t index)
{
    if (index == 1)
        written->subject = "";
}

START_TEST(a_fault_gets_one_correction)
{
    int64_t number = first_waiting();
    struct request request = request_of(number);
    struct request correction;
    struct rejection rejection;
    size_t count;

    answer(number, content_for(&request, spoil_second));
    correction = follower_of(number);
    ck_assert_int_eq(correction.kind, REQUEST_CORRECTION);
    ck_assert_str_eq(correction.briefs, "[2]");
    rejection = last_rejection();
    ck_assert_int_eq(rejection.brief, 2);
    ck_assert(!rejection.final);
    ck_assert_ptr_nonnull(strstr(correction.messages, rejection.reason));
    ck_assert_ptr_nonnull(
        strstr(correction.messages, "\"role\":\"assistant\""));
    ck_assert_int_eq(briefs_of(&job, persona, &count)[1].request, 0);
    ck_assert_int_ne(briefs_of(&job, persona, &count)[2].request, 0);
    answer(correction.number, content_for(&correction, NULL));
    ck_assert_int_eq(briefs_of(&job, persona, &count)[1].request,
                     correction.number);
    ck_assert_int_eq(briefs_of(&job, persona, &count)[1].candidates, 2);
}
END_TEST

static void spoil_all(struct written *written, size_t index)
{
    (void)index;
    written->subject = "";
}

START_TEST(a_second_fault_is_final)
{
    int64_t number = first_waiting();
    struct request request = request_of(number);
    struct request correction;
    struct request again;

    answer(number, content_for(&request, spoil_second));
    correction = follower_of(number);
    answer(correction.number, content_for(&correction, spoil_all));
    ck_assert(last_rejection().final);
    again = follower_of(correction.number);
    ck_assert_int_eq(again.kind, REQUEST_AGAIN);
    ck_assert_str_eq(again.briefs, "[2]");
    ck_assert_int_ne(again.seed, request.seed);
    ck_assert_ptr_null(strstr(again.messages, "\"role\":\"assistant\""));
}
END_TEST

START_TEST(what_is_no_json_is_corrected_as_a_whole)
{
    int64_t number = first_waiting();
    struct request correction;

    answer(number, "I am sorry, but here is a poem instead.");
    correction = follower_of(number);
    ck_assert_int_eq(correction.kind, REQUEST_CORRECTION);
    ck_assert_str_eq(correction.briefs, request_of(number).briefs);
    ck_assert_ptr_nonnull(strstr(correction.messages, "a poem instead"));
}
END_TEST

/* ---- Near-duplicates ---- */

static void same_texts(struct written *written, size_t index)
{
    (void)index;
    written->subject = arena_format(&fix.arena, &fix.err, "%s %s",
                                    "Renewal escalation forecast demo planning "
                                    "newsletter training",
                                    "of the whole account team this week");
    written->preview = "The same as ever, for everybody who is here.";
}

START_TEST(twins_are_refused_by_name)
{
    int64_t number = first_waiting();
    struct request request = request_of(number);
    struct rejection rejection;
    struct request again;
    struct job_brief *briefs;
    size_t count;

    answer(number, content_for(&request, same_texts));
    briefs = briefs_of(&job, persona, &count);
    ck_assert_int_eq(briefs[0].request, number);
    ck_assert_int_eq(briefs[1].request, 0);
    ck_assert_ptr_nonnull(strstr(briefs[1].taken, "Renewal escalation"));
    rejection = last_rejection();
    ck_assert(rejection.final);
    ck_assert_ptr_nonnull(
        strstr(rejection.reason, "nearly the same as brief 1 of tier1_judged"));
    again = follower_of(number);
    ck_assert_int_eq(again.kind, REQUEST_AGAIN);
    ck_assert_str_eq(again.briefs, "[2,3,4]");
    ck_assert_ptr_nonnull(strstr(again.messages, "Renewal escalation"));
}
END_TEST

/* ---- Replies that hold no texts ---- */

START_TEST(a_cut_reply_gets_more_room_once)
{
    struct chat_reply reply = {.outcome = CHAT_TRUNCATED,
                               .reason = "the limit was reached",
                               .content = "{\"meet"};
    int64_t number = first_waiting();
    struct request request = request_of(number);
    struct request longer;
    struct request half;

    take(number, &reply);
    ck_assert_int_eq(request_of(number).state, REQUEST_TRUNCATED);
    longer = follower_of(number);
    ck_assert_int_eq(longer.kind, REQUEST_LONGER);
    ck_assert_int_eq(longer.most_tokens, 2 * request.most_tokens);
    ck_assert_str_eq(longer.messages, request.messages);
    take(longer.number, &reply);
    half = follower_of(longer.number);
    ck_assert_int_eq(half.kind, REQUEST_AGAIN);
    ck_assert_str_eq(half.briefs, "[3,4]");
    ck_assert_str_eq(request_of(half.number - 1).briefs, "[1,2]");
    ck_assert_str_eq(last_rejection().reason, "the limit was reached");
}
END_TEST

START_TEST(a_refusal_gets_another_seed)
{
    struct chat_reply reply = {.outcome = CHAT_REFUSED,
                               .reason = "the model refused"};
    int64_t number = first_waiting();
    struct request request = request_of(number);
    struct request again;

    take(number, &reply);
    ck_assert_int_eq(request_of(number).state, REQUEST_REFUSED);
    again = follower_of(number);
    ck_assert_int_eq(again.kind, REQUEST_AGAIN);
    ck_assert_str_eq(again.briefs, request.briefs);
    ck_assert_int_ne(again.seed, request.seed);
    ck_assert_mem_ne(again.fingerprint, request.fingerprint, HASH_SIZE);
}
END_TEST

START_TEST(a_reply_is_taken_once)
{
    int64_t number = first_waiting();
    struct request request = request_of(number);
    const char *content = content_for(&request, NULL);
    struct chat_reply reply = {.outcome = CHAT_REFUSED, .reason = "late"};
    struct http_reply http = {.status = 200, .body = "", .length = 0};
    size_t before;

    answer(number, content);
    before = waiting_count();
    MUST(journal_begin(fix.store, &fix.err));
    MUST(journal_end(fix.store,
                     judge_take(judge, number, &http, &reply, &fix.err),
                     &fix.err));
    ck_assert_uint_eq(waiting_count(), before);
    ck_assert_int_eq(request_of(number).state, REQUEST_ANSWERED);
    ck_assert_int_eq(judge_totals(judge)->candidates, 4);
}
END_TEST

/* ---- Enough is enough ---- */

/* Refuses everything until nothing is asked for any more. */
static void refuse_all(void)
{
    struct chat_reply reply = {.outcome = CHAT_REFUSED, .reason = "no"};

    for (int rounds = 0; waiting_count(); rounds++) {
        ck_assert_int_lt(rounds, 1000);
        take(first_waiting(), &reply);
    }
}

START_TEST(nobody_asks_for_ever)
{
    int64_t briefs = judge_totals(judge)->briefs;
    size_t count;
    struct job_brief *brief;

    ck_assert_int_eq(judge_most_candidates(judge), 3 * briefs);
    refuse_all();
    ck_assert_int_ge(judge_totals(judge)->candidates, 3 * briefs);
    brief = briefs_of(&job, persona, &count);
    ck_assert_int_eq((int64_t)count, briefs);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(brief[i].candidates, 6);
}
END_TEST

/* Who allows more candidates is asked for more. */
START_TEST(what_was_given_up_can_be_taken_up)
{
    struct job_totals totals;

    refuse_all();
    MUST(journal_begin(fix.store, &fix.err));
    MUST(follow_orphans(judge, &fix.err));
    MUST(journal_end(fix.store, true, &fix.err));
    ck_assert_uint_eq(waiting_count(), 0);
    job.wish.candidates = 700;
    MUST(journal_begin(fix.store, &fix.err));
    MUST(follow_orphans(judge, &fix.err));
    /* Once is enough. */
    MUST(follow_orphans(judge, &fix.err));
    MUST(journal_end(fix.store, true, &fix.err));
    totals = *judge_totals(judge);
    ck_assert_uint_eq(waiting_count(), (size_t)(totals.briefs + 3) / 4);
    ck_assert_int_eq(judge_most_candidates(judge), 7 * totals.briefs);
}
END_TEST

Suite *writing_judge_suite(void)
{
    Suite *suite = suite_create("writing judge");
    TCase *tests = tcase_create("writing judge");

    tcase_add_checked_fixture(tests, start_judging, stop_judging);
    tcase_add_test(tests, good_texts_are_taken);
    tcase_add_test(tests, tokens_are_counted);
    tcase_add_test(tests, a_fault_gets_one_correction);
    tcase_add_test(tests, a_second_fault_is_final);
    tcase_add_test(tests, what_is_no_json_is_corrected_as_a_whole);
    tcase_add_test(tests, twins_are_refused_by_name);
    tcase_add_test(tests, a_cut_reply_gets_more_room_once);
    tcase_add_test(tests, a_refusal_gets_another_seed);
    tcase_add_test(tests, a_reply_is_taken_once);
    tcase_add_test(tests, nobody_asks_for_ever);
    tcase_add_test(tests, what_was_given_up_can_be_taken_up);
    suite_add_tcase(suite, tests);
    return suite;
}
