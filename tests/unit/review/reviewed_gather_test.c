/* Which labels count as settled, of reviews that are made by hand. */
#include "src/review/reviewed_gather.h"

#include <check.h>

Suite *reviewed_gather_suite(void);

enum { PEOPLE = 3, ITEMS = 4 };

static struct arena arena;
static struct error err;
static struct gathering gathering;
static struct reviewed reviewed;

/* A review of four meetings by three people. */
struct made {
    const char *reviewers[PEOPLE];
    struct opinion said[ITEMS][PEOPLE];
    struct opinion *by[ITEMS][PEOPLE];
    struct opinion decisions[ITEMS];
    struct review_item items[ITEMS];
    struct review review;
};

static struct made made;

static const struct seen_label seen = {{2, 30, 2}, "Usually important: x"};
static const struct seen_label older = {{3, 30, 2}, "Always important: x"};

static void setup(void)
{
    arena = (struct arena)ARENA_EMPTY;
    gathering = (struct gathering){.arena = &arena};
}

static void teardown(void)
{
    arena_free(&arena);
}

static void begin(const char *sample)
{
    static const char *const names[PEOPLE] = {"ann.lee", "bo", "r3"};

    memset(&made, 0, sizeof made);
    made.review.sample.name = sample;
    made.review.reviewers = made.reviewers;
    made.review.reviewer_count = PEOPLE;
    made.review.items = made.items;
    made.review.count = ITEMS;
    for (int i = 0; i < PEOPLE; i++)
        made.reviewers[i] = names[i];
    for (int i = 0; i < ITEMS; i++)
        made.items[i] = (struct review_item){
            .key = 10 - i, .label = seen, .opinions = made.by[i]};
}

static struct opinion opinion(const struct seen_label *of, int importance,
                              const char *note)
{
    struct opinion made_of = {.version = 3,
                              .seen = *of,
                              .realistic = true,
                              .says = of->values,
                              .note = note};

    made_of.says.importance = importance;
    return made_of;
}

static void say(int item, int who, const struct seen_label *of, int importance,
                const char *note)
{
    made.said[item][who] = opinion(of, importance, note);
    made.by[item][who] = &made.said[item][who];
}

static void decide(int item, const struct seen_label *of, int importance,
                   const char *note, int64_t version)
{
    made.decisions[item] = opinion(of, importance, note);
    made.decisions[item].reviewer = "dee";
    made.decisions[item].version = version;
    made.items[item].decision = &made.decisions[item];
}

static void gather(void)
{
    ck_assert_msg(gather_review(&gathering, &made.review, &err), "%s",
                  err.message);
}

static void finish(void)
{
    ck_assert_msg(gather_finish(&gathering, &reviewed, &err), "%s",
                  err.message);
}

static void check(int64_t meeting, int importance, bool corrected,
                  const char *note)
{
    const struct reviewed_label *label = reviewed_find(&reviewed, meeting);

    ck_assert_ptr_nonnull(label);
    ck_assert_int_eq(label->values.importance, importance);
    ck_assert_int_eq(label->values.prep_minutes, 30);
    ck_assert_int_eq(label->corrected, corrected);
    ck_assert_str_eq(label->note, note);
}

START_TEST(nothing_is_settled_without_reviews)
{
    finish();
    ck_assert_uint_eq(reviewed.count, 0);
    ck_assert_int_eq(reviewed.outdated, 0);
    ck_assert_ptr_null(reviewed_find(&reviewed, 1));
}
END_TEST

START_TEST(a_decision_or_two_of_one_mind_settle)
{
    begin("first");
    say(0, 0, &seen, 2, "");
    say(0, 1, &seen, 2, "fine");
    say(1, 0, &seen, 1, "");
    say(1, 1, &seen, 3, "");
    decide(1, &seen, 0, "Neither", 4);
    say(2, 0, &seen, 1, "one voice");
    say(3, 1, &seen, 1, "");
    say(3, 2, &seen, 1, " Two\nlines \t here ");
    gather();
    finish();
    ck_assert_uint_eq(reviewed.count, 3);
    ck_assert_int_eq(reviewed.outdated, 0);
    check(10, 2, false, "");
    check(9, 0, true, "Neither");
    ck_assert_ptr_null(reviewed_find(&reviewed, 8));
    check(7, 1, true, "Two lines here");
    ck_assert_str_eq(reviewed.labels[0].sample, "first");
    ck_assert_int_eq(reviewed.labels[0].meeting, 7);
    ck_assert_int_eq(reviewed.labels[2].meeting, 10);
}
END_TEST

/* The note of who says something else than the decision is none of it. */
START_TEST(a_note_is_of_who_says_the_same)
{
    begin("first");
    say(0, 0, &seen, 3, "not this one");
    say(0, 1, &seen, 1, "this one");
    decide(0, &seen, 1, "", 4);
    gather();
    finish();
    check(10, 1, true, "this one");
}
END_TEST

START_TEST(a_note_that_names_a_reviewer_is_left_out)
{
    static const char *const notes[ITEMS] = {"Lee's view", "as BO said",
                                             "ask Dee first", "no boss"};

    begin("first");
    for (int i = 0; i < ITEMS; i++)
        decide(i, &seen, 1, notes[i], 4);
    gather();
    finish();
    check(10, 1, true, "");
    check(9, 1, true, "");
    check(8, 1, true, "");
    check(7, 1, true, "no boss");
}
END_TEST

/* Settled once, of a label that is another one now. */
START_TEST(what_is_outdated_is_counted)
{
    begin("first");
    decide(0, &older, 1, "", 4);
    say(1, 0, &older, 1, "");
    say(1, 1, &older, 1, "");
    say(2, 0, &older, 1, "");
    say(2, 1, &older, 2, "");
    say(3, 0, &older, 1, "");
    gather();
    gather(); /* in another sample as well: it is one meeting */
    finish();
    ck_assert_uint_eq(reviewed.count, 0);
    ck_assert_int_eq(reviewed.outdated, 2);
}
END_TEST

START_TEST(a_meeting_that_is_gone_is_nothing)
{
    begin("first");
    decide(0, &seen, 1, "", 4);
    made.items[0].key = 0;
    gather();
    finish();
    ck_assert_uint_eq(reviewed.count, 0);
    ck_assert_int_eq(reviewed.outdated, 0);
}
END_TEST

START_TEST(it_is_settled_again_in_another_sample)
{
    begin("first");
    decide(0, &older, 1, "", 4);
    gather();
    begin("second");
    decide(0, &seen, 0, "", 4);
    gather();
    finish();
    ck_assert_int_eq(reviewed.outdated, 0);
    check(10, 0, true, "");
}
END_TEST

/* Decisions first, then the later version, then the last name. */
START_TEST(the_best_of_several_samples_counts)
{
    begin("c");
    for (int i = 0; i < 2; i++)
        for (int who = 0; who < 2; who++) {
            say(i, who, &seen, 3, "");
            made.said[i][who].version = 9;
        }
    decide(2, &seen, 3, "", 5);
    decide(3, &seen, 3, "", 4);
    gather();
    begin("b");
    decide(0, &seen, 1, "", 4);
    say(1, 0, &seen, 1, "");
    say(1, 1, &seen, 1, "");
    made.said[1][1].version = 10;
    decide(2, &seen, 1, "", 5);
    decide(3, &seen, 1, "", 5);
    gather();
    finish();
    ck_assert_uint_eq(reviewed.count, ITEMS);
    check(10, 1, true, "");
    check(9, 1, true, "");
    check(8, 3, true, "");
    check(7, 1, true, "");
}
END_TEST

Suite *reviewed_gather_suite(void)
{
    Suite *suite = suite_create("reviewed_gather");
    TCase *tcase = tcase_create("reviewed_gather");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, nothing_is_settled_without_reviews);
    tcase_add_test(tcase, a_decision_or_two_of_one_mind_settle);
    tcase_add_test(tcase, a_note_is_of_who_says_the_same);
    tcase_add_test(tcase, a_note_that_names_a_reviewer_is_left_out);
    tcase_add_test(tcase, what_is_outdated_is_counted);
    tcase_add_test(tcase, a_meeting_that_is_gone_is_nothing);
    tcase_add_test(tcase, it_is_settled_again_in_another_sample);
    tcase_add_test(tcase, the_best_of_several_samples_counts);
    suite_add_tcase(suite, tcase);
    return suite;
}
