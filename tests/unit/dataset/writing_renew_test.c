/* An edited persona is asked again for what its edit changed, and for nothing
 * else. */
#include "writing.h"

enum { COUNT = 40 };

static struct writing_job job;

static void setup(void)
{
    struct writing_wish wish;

    store_setup();
    begin();
    put_document(writing_document("alpha", "review", ""));
    put_document(writing_document("beta", "review", ""));
    ck_assert(commit());
    wish = writing_wish_for(COUNT);
    job = writing_start(&wish);
}

static size_t waiting(void)
{
    size_t count;

    requests_in(&job, REQUEST_WAITING, &count);
    return count;
}

static size_t superseded(void)
{
    size_t count;

    requests_in(&job, REQUEST_SUPERSEDED, &count);
    return count;
}

static size_t groups_of(int which)
{
    size_t count;

    briefs_of(&job, job.personas[which], &count);
    return (count + 3) / 4;
}

/* Briefs that still want a text. */
static size_t wanted(int which)
{
    size_t count;
    size_t without = 0;
    struct job_brief *briefs = briefs_of(&job, job.personas[which], &count);

    for (size_t i = 0; i < count; i++)
        without += !briefs[i].text;
    return without;
}

START_TEST(without_an_edit_nothing_is_asked)
{
    size_t before = waiting();

    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), before);
    writing_answer(&job, SIZE_MAX);
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), 0);
}
END_TEST

START_TEST(what_no_prompt_tells_changes_nothing)
{
    size_t before;

    writing_answer(&job, 3);
    before = waiting();
    edit(writing_document("alpha", "review", ",\"notes\":\"Another note\""));
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), before);
    ck_assert_uint_eq(superseded(), 0);
    writing_answer(&job, SIZE_MAX);
    ck_assert_uint_eq(wanted(0) + wanted(1), 0);
}
END_TEST

START_TEST(what_prompts_tell_is_asked_for_one_persona)
{
    size_t alpha = groups_of(0);
    size_t count;

    writing_answer(&job, SIZE_MAX);
    edit(writing_document("alpha", "review",
                          ",\"work_style\":\"Never answers before noon\""));
    briefs_of(&job, job.personas[0], &count);
    ck_assert_int_eq(writing_renewed(&job), (int64_t)count);
    ck_assert_uint_eq(waiting(), alpha);
    ck_assert_uint_eq(wanted(0), count);
    ck_assert_uint_eq(wanted(1), 0);
    /* Asked once. */
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), alpha);
    writing_answer(&job, SIZE_MAX);
    ck_assert_uint_eq(wanted(0), 0);
    ck_assert_int_eq(writing_end(&job, false), 2 * COUNT);
}
END_TEST

START_TEST(requests_that_wait_give_way)
{
    size_t alpha = groups_of(0);
    size_t all = waiting();

    edit(writing_document("alpha", "review", ",\"work_style\":\"Brisk\""));
    ck_assert_int_gt(writing_renewed(&job), 0);
    ck_assert_uint_eq(superseded(), alpha);
    ck_assert_uint_eq(waiting(), all);
    /* Taken back: the old ones wait again, the newer ones do not. */
    edit(writing_document("alpha", "review", ""));
    ck_assert_int_gt(writing_renewed(&job), 0);
    ck_assert_uint_eq(superseded(), alpha);
    ck_assert_uint_eq(waiting(), all);
    ck_assert_int_eq(request_of(1).state, REQUEST_WAITING);
    writing_answer(&job, SIZE_MAX);
    ck_assert_int_eq(writing_end(&job, false), 2 * COUNT);
}
END_TEST

static struct written text_of(const struct job_brief *brief)
{
    struct written written;

    ck_assert_ptr_nonnull(brief->text);
    MUST(written_parse(&fix.arena, brief->text, strlen(brief->text), &written,
                       &fix.err));
    return written;
}

/* Nothing is paid for twice: the old replies are there. */
START_TEST(an_edit_taken_back_is_not_asked_for)
{
    size_t count;
    struct job_brief *before;
    struct job_brief *after;

    writing_answer(&job, SIZE_MAX);
    before = briefs_of(&job, job.personas[0], &count);
    edit(writing_document("alpha", "review", ",\"work_style\":\"Brisk\""));
    ck_assert_int_eq(writing_renewed(&job), (int64_t)count);
    writing_answer(&job, 1);
    edit(writing_document("alpha", "review", ""));
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), 0);
    after = briefs_of(&job, job.personas[0], &count);
    for (size_t i = 0; i < count; i++) {
        struct written one = text_of(&before[i]);
        struct written other = text_of(&after[i]);
        ck_assert_str_eq(other.subject, one.subject);
        ck_assert_str_eq(other.preview, one.preview);
        ck_assert_int_eq(after[i].request, before[i].request);
    }
}
END_TEST

/* What was refused of an old reply is asked for, with another seed. */
START_TEST(what_was_refused_is_asked_for)
{
    struct rejection rejection = {.request = 1,
                                  .brief = 2,
                                  .reason = "too dull",
                                  .text = "{}",
                                  .final = true};
    size_t count;
    int64_t *numbers;
    struct request again;

    writing_answer(&job, SIZE_MAX);
    MUST(journal_begin(fix.store, &fix.err));
    MUST(rejection_add(fix.store, &rejection, &fix.err));
    MUST(journal_end(fix.store, true, &fix.err));
    edit(writing_document("alpha", "review", ",\"work_style\":\"Brisk\""));
    ck_assert_int_gt(writing_renewed(&job), 0);
    edit(writing_document("alpha", "review", ""));
    ck_assert_int_eq(writing_renewed(&job), 1);
    numbers = requests_in(&job, REQUEST_WAITING, &count);
    ck_assert_uint_eq(count, 1);
    again = request_of(numbers[0]);
    ck_assert_int_eq(again.kind, REQUEST_AGAIN);
    ck_assert_int_eq(again.parent, 1);
    ck_assert_str_eq(again.briefs, "[2]");
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), 1);
}
END_TEST

/* Asks for a brief of the first persona as is done for those that nobody asks
 * for any more: the request follows no other one. */
static int64_t ask_orphan(int64_t number, int attempt)
{
    struct writing_persona persona;
    struct request request;
    struct job_brief *briefs;
    size_t count;
    bool is_new;

    MUST(writing_persona_open(fix.store, &fix.arena, &job, job.personas[0],
                              &persona, &fix.err));
    briefs = briefs_of(&job, job.personas[0], &count);
    briefs[number - 1].request = 0;
    briefs[number - 1].text = NULL;
    MUST(writing_request(&fix.arena, &job, &persona, &briefs[number - 1], 1,
                         REQUEST_AGAIN, attempt, &request, &fix.err));
    MUST(journal_begin(fix.store, &fix.err));
    MUST(job_brief_set(fix.store, job.job.number, &briefs[number - 1],
                       &fix.err));
    MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
    MUST(journal_end(fix.store, true, &fix.err));
    ck_assert(is_new);
    return number;
}

START_TEST(briefs_that_nobody_asked_for_are_asked_for_once)
{
    int64_t one;
    int64_t other;

    writing_answer(&job, SIZE_MAX);
    one = ask_orphan(1, 1);
    edit(writing_document("alpha", "review", ",\"notes\":\"Another note\""));
    ck_assert_int_eq(writing_renewed(&job), 0);
    (void)ask_orphan(2, 1);
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), 2);
    writing_answer(&job, SIZE_MAX);
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), 0);
    /* Another prompt, and they are as old as the rest. */
    edit(writing_document("alpha", "review", ",\"work_style\":\"Brisk\""));
    other = ask_orphan(2, 2);
    edit(writing_document("alpha", "review", ",\"work_style\":\"Slow\""));
    ck_assert_int_gt(writing_renewed(&job), 0);
    ck_assert_int_eq(request_of(one).state, REQUEST_ANSWERED);
    ck_assert_int_eq(request_of(other).state, REQUEST_SUPERSEDED);
    ck_assert_uint_eq(waiting(), groups_of(0));
}
END_TEST

/* Over whatever edits: the same persona is asked the same. */
START_TEST(rules_that_come_back_bring_their_topics)
{
    size_t count;
    struct job_brief *before = briefs_of(&job, job.personas[0], &count);
    struct job_brief *after;

    writing_answer(&job, SIZE_MAX);
    edit(writing_document("alpha", "inspection", ""));
    ck_assert_int_gt(writing_renewed(&job), 0);
    edit(writing_document("alpha", "visit", ",\"work_style\":\"Brisk\""));
    ck_assert_int_gt(writing_renewed(&job), 0);
    edit(writing_document("alpha", "review", ""));
    ck_assert_int_eq(writing_renewed(&job), 0);
    after = briefs_of(&job, job.personas[0], &count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(after[i].document, before[i].document);
        ck_assert_ptr_nonnull(after[i].text);
    }
    ck_assert_uint_eq(waiting(), 0);
}
END_TEST

static bool speaks_of(const struct brief *brief, const char *phrase)
{
    for (size_t i = 0; i < brief->topic_count; i++)
        if (strcasestr(brief->topics[i], phrase))
            return true;
    return false;
}

START_TEST(a_rule_that_is_edited_is_asked_for_where_it_is_spoken_of)
{
    size_t count;
    struct job_brief *briefs = briefs_of(&job, job.personas[0], &count);
    bool groups[COUNT] = {false};
    size_t touched = 0;
    size_t changed = 0;
    struct job_brief *after;

    writing_answer(&job, SIZE_MAX);
    for (size_t i = 0; i < count; i++) {
        struct brief brief = brief_of(&briefs[i]);
        groups[i / 4] |= speaks_of(&brief, "review");
    }
    for (size_t i = 0; i < COUNT; i++)
        touched += groups[i];
    ck_assert_uint_gt(touched, 0);
    ck_assert_uint_lt(touched, groups_of(0));
    edit(writing_document("alpha", "inspection", ""));
    ck_assert_int_gt(writing_renewed(&job), 0);
    ck_assert_uint_eq(waiting(), touched);
    after = briefs_of(&job, job.personas[0], &count);
    for (size_t i = 0; i < count; i++) {
        struct brief brief = brief_of(&after[i]);
        ck_assert(!speaks_of(&brief, "review"));
        ck_assert((after[i].text == NULL) == groups[i / 4]);
        changed += speaks_of(&brief, "inspection");
    }
    ck_assert_uint_gt(changed, 0);
    ck_assert_uint_eq(wanted(1), 0);
    /* The rules see the new phrase. */
    writing_answer(&job, SIZE_MAX);
    ck_assert_int_eq(writing_renewed(&job), 0);
    ck_assert_int_eq(writing_end(&job, false), 2 * COUNT);
}
END_TEST

Suite *writing_renew_suite(void);
Suite *writing_renew_suite(void)
{
    Suite *suite = suite_create("writing_renew");
    TCase *tcase = tcase_create("writing_renew");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, without_an_edit_nothing_is_asked);
    tcase_add_test(tcase, what_no_prompt_tells_changes_nothing);
    tcase_add_test(tcase, what_prompts_tell_is_asked_for_one_persona);
    tcase_add_test(tcase, requests_that_wait_give_way);
    tcase_add_test(tcase, an_edit_taken_back_is_not_asked_for);
    tcase_add_test(tcase, what_was_refused_is_asked_for);
    tcase_add_test(tcase, briefs_that_nobody_asked_for_are_asked_for_once);
    tcase_add_test(tcase, rules_that_come_back_bring_their_topics);
    tcase_add_test(tcase,
                   a_rule_that_is_edited_is_asked_for_where_it_is_spoken_of);
    suite_add_tcase(suite, tcase);
    return suite;
}
