/* Merging what wrote the meetings that come in: their requests, once each, and
 * nothing of the jobs that those belonged to. */
#include "merging.h"

#include "datebook/journal.h"

static void setup(void)
{
    merge_setup();
    job.choice = MERGE_REFUSE;
}

static int64_t key_of(struct store *store, const char *id)
{
    int64_t key = 0;

    MUST(meeting_find(store, id, &key, &fix.err));
    return key;
}

/* A request of persona a that was answered. */
static int64_t ask(int64_t seed, const char *reply)
{
    struct request request = {.persona = persona_now("a")->key,
                              .briefs = "[1]",
                              .model = "some-model",
                              .system = "You are somebody.",
                              .schema = "{}",
                              .messages = "[]",
                              .seed = seed,
                              .state = REQUEST_ANSWERED,
                              .tries = 3,
                              .reply = reply,
                              .prompt_tokens = 11,
                              .cost = 40};
    struct job open;
    int64_t number;
    bool found;
    bool is_new;

    memset(request.fingerprint, (int)seed, HASH_SIZE);
    MUST(journal_begin(fix.store, &fix.err));
    MUST(job_unfinished(fix.store, &fix.arena, &open, &found, &fix.err));
    if (found)
        request.job = open.number;
    else
        MUST(job_add(fix.store, 1, "{}", &request.job, &fix.err));
    MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
    ck_assert(is_new);
    MUST(journal_end(fix.store, true, &fix.err));
    return number;
}

static void write_by(const char *meeting, int64_t request)
{
    MUST(journal_begin(fix.store, &fix.err));
    MUST(origin_set(fix.store, key_of(fix.store, meeting), request, &fix.err));
    MUST(journal_end(fix.store, true, &fix.err));
}

/* A file where somebody else stands first, so that keys differ, and meetings m
 * and n of a were written by one request, o by another and p by none. */
static void other_file(const char *name)
{
    int64_t request;

    go_to(name);
    edit(PERSONA("z", ""));
    here(RULE_A, "m", "alpha");
    begin();
    add_subject("a", "n", "beta", "");
    add_subject("a", "o", "gamma", "");
    add_subject("a", "p", "delta", "");
    commit();
    ask(9, "never used");
    request = ask(1, "reply one");
    write_by("m", request);
    write_by("n", request);
    write_by("o", ask(2, "reply two"));
    back_home();
}

static int64_t request_of(const char *meeting)
{
    int64_t request;

    MUST(origin_get(fix.store, key_of(fix.store, meeting), &request, &fix.err));
    return request;
}

static struct request read_request(int64_t number)
{
    struct request request;
    bool found;

    MUST(
        request_get(fix.store, &fix.arena, number, &request, &found, &fix.err));
    ck_assert(found);
    return request;
}

static int64_t count_requests(void)
{
    struct cursor *cursor = request_scan(fix.store, 0, &fix.err);
    struct request request;
    int64_t count = 0;
    bool more = true;

    MUST(cursor != NULL);
    while (more) {
        MUST(request_next(cursor, &request, &more, &fix.err));
        count += more;
    }
    cursor_close(cursor);
    return count;
}

START_TEST(requests_come_with_what_they_wrote)
{
    struct request request;
    struct job *jobs;
    size_t count;

    other_file("b.db");
    merge_one("b.db");
    ck_assert_int_eq(count_requests(), 2);
    ck_assert_int_ne(request_of("m"), 0);
    ck_assert_int_eq(request_of("m"), request_of("n"));
    ck_assert_int_ne(request_of("m"), request_of("o"));
    ck_assert_int_eq(request_of("p"), 0);
    request = read_request(request_of("n"));
    ck_assert_int_eq(request.job, 0);
    ck_assert_int_eq(request.parent, 0);
    ck_assert_int_eq(request.persona, persona_now("a")->key);
    ck_assert_int_eq(request.state, REQUEST_ANSWERED);
    ck_assert_int_eq(request.tries, 3);
    ck_assert_int_eq(request.cost, 40);
    ck_assert_str_eq(request.reply, "reply one");
    ck_assert_str_eq(request.system, "You are somebody.");
    ck_assert_str_eq(read_request(request_of("o")).reply, "reply two");
    MUST(job_list(fix.store, &fix.arena, &jobs, &count, &fix.err));
    ck_assert_uint_eq(count, 0);
    check_sound(fix.store);
}
END_TEST

START_TEST(a_second_merge_brings_no_second_request)
{
    here(RULE_A, NULL, NULL);
    other_file("b.db");
    merge_one("b.db");
    ck_assert_int_eq(head(), 2);
    merge_one("b.db");
    ck_assert_int_eq(head(), 2);
    ck_assert_int_eq(count_requests(), 2);
}
END_TEST

/* Parts of one job, whose files each have its requests. */
START_TEST(a_request_that_came_before_is_found_again)
{
    here(RULE_A, NULL, NULL);
    in_file("c.db", RULE_A, "q", "epsilon");
    go_to("c.db");
    write_by("q", ask(1, "reply one"));
    back_home();
    other_file("b.db");
    start();
    take("b.db");
    take("c.db");
    ck_assert(finish());
    ck_assert_int_eq(count_requests(), 2);
    ck_assert_int_eq(request_of("q"), request_of("m"));
}
END_TEST

START_TEST(a_request_of_here_is_found_in_a_copy)
{
    int64_t request;

    here(RULE_A, NULL, NULL);
    request = ask(1, "reply one");
    copy_to("b.db");
    go_to("b.db");
    begin();
    add_subject("a", "m", "alpha", "");
    commit();
    write_by("m", request);
    back_home();
    merge_one("b.db");
    ck_assert_int_eq(request_of("m"), request);
    ck_assert_int_eq(count_requests(), 1);
    ck_assert_int_eq(read_request(request).job, 1);
}
END_TEST

/* The same was asked twice, in two files, and answered differently. */
START_TEST(another_answer_is_another_request)
{
    here(RULE_A, "q", "epsilon");
    write_by("q", ask(1, "reply of here"));
    other_file("b.db");
    merge_one("b.db");
    ck_assert_int_eq(count_requests(), 3);
    ck_assert_str_eq(read_request(request_of("q")).reply, "reply of here");
    ck_assert_str_eq(read_request(request_of("m")).reply, "reply one");
}
END_TEST

START_TEST(a_text_that_is_taken_has_the_request_of_there)
{
    here(RULE_A, "m", "alpha one");
    write_by("m", ask(1, "reply of here"));
    begin();
    add_subject("a", "p", "delta one", "");
    commit();
    write_by("p", ask(2, "another"));
    other_file("b.db");
    job.choice = MERGE_OURS;
    merge_one("b.db");
    ck_assert_str_eq(read_request(request_of("m")).reply, "reply of here");
    ck_assert_int_ne(request_of("p"), 0);
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    ck_assert_str_eq(read_request(request_of("m")).reply, "reply one");
    ck_assert_int_eq(request_of("p"), 0);
    check_sound(fix.store);
}
END_TEST

START_TEST(a_merge_that_is_given_up_brings_nothing)
{
    other_file("b.db");
    start();
    take("b.db");
    ck_assert_int_eq(count_requests(), 2);
    merge_end(job.merge);
    job.merge = NULL;
    abandon();
    ck_assert_int_eq(count_requests(), 0);
    check_sound(fix.store);
}
END_TEST

Suite *merge_requests_suite(void);
Suite *merge_requests_suite(void)
{
    Suite *suite = suite_create("merge requests");
    TCase *tcase = tcase_create("merge requests");

    tcase_add_checked_fixture(tcase, setup, merge_teardown);
    tcase_add_test(tcase, requests_come_with_what_they_wrote);
    tcase_add_test(tcase, a_second_merge_brings_no_second_request);
    tcase_add_test(tcase, a_request_that_came_before_is_found_again);
    tcase_add_test(tcase, a_request_of_here_is_found_in_a_copy);
    tcase_add_test(tcase, another_answer_is_another_request);
    tcase_add_test(tcase, a_text_that_is_taken_has_the_request_of_there);
    tcase_add_test(tcase, a_merge_that_is_given_up_brings_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
