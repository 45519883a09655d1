/* States of an item, what is disputed, and what is settled: the tables of
 * docs/reviews.md. */
#include "datebook/review.h"

#include "datebook/rules.h"

#include <check.h>

/* What somebody can have said of the item. */
enum saying {
    SILENT,
    AGREES,
    MEDIUM,        /* importance is medium */
    LONGER,        /* the minutes are another */
    UNREAL,        /* the label is right, and the meeting not realistic */
    AGREED_BEFORE, /* with a label that was another then */
    MEDIUM_BEFORE
};

static const struct seen_label label = {{IMPORTANCE_HIGH, 30, RSVP_ACCEPT},
                                        "Always important: demo"};
static const struct seen_label other = {{IMPORTANCE_HIGH, 30, RSVP_ACCEPT},
                                        "Always important: audit"};

static struct opinion opinion_of(enum saying saying)
{
    struct opinion opinion = {.seen = label, .realistic = saying != UNREAL};

    if (saying >= AGREED_BEFORE)
        opinion.seen = other;
    opinion.says = opinion.seen.values;
    if (saying == MEDIUM || saying == MEDIUM_BEFORE)
        opinion.says.importance = IMPORTANCE_MEDIUM;
    if (saying == LONGER)
        opinion.says.prep_minutes = 45;
    return opinion;
}

/* Looked at by up to three, and decided by a fourth. */
static struct {
    struct opinion opinions[3];
    struct opinion decision;
    struct opinion *said[3];
    struct review_item item;
    struct review review;
} at;

static void set(enum saying one, enum saying two, enum saying three,
                enum saying decision)
{
    static const char *reviewers[] = {"ann", "bob", "cleo"};
    const enum saying sayings[] = {one, two, three};

    for (int i = 0; i < 3; i++) {
        at.opinions[i] = opinion_of(sayings[i]);
        at.said[i] = sayings[i] == SILENT ? NULL : &at.opinions[i];
    }
    at.decision = opinion_of(decision);
    at.item = (struct review_item){
        .key = 1,
        .label = label,
        .opinions = at.said,
        .decision = decision == SILENT ? NULL : &at.decision};
    at.review = (struct review){.reviewers = reviewers, .reviewer_count = 3};
}

enum { NOTHING = -1 }; /* is settled */

/* Whether a decision is wanted, and the importance that is settled. */
static const struct row {
    enum saying one;
    enum saying two;
    enum saying three;
    enum saying decision;
    bool disputed;
    int settled;
} rows[] = {
    {SILENT, SILENT, SILENT, SILENT, false, NOTHING},
    {AGREES, SILENT, SILENT, SILENT, false, NOTHING},
    {AGREES, AGREES, SILENT, SILENT, false, IMPORTANCE_HIGH},
    {AGREES, SILENT, AGREES, SILENT, false, IMPORTANCE_HIGH},
    {MEDIUM, SILENT, SILENT, SILENT, true, NOTHING},
    {SILENT, MEDIUM, MEDIUM, SILENT, false, IMPORTANCE_MEDIUM},
    {MEDIUM, AGREES, SILENT, SILENT, true, NOTHING},
    {MEDIUM, MEDIUM, AGREES, SILENT, true, NOTHING},
    {MEDIUM, MEDIUM, MEDIUM, SILENT, false, IMPORTANCE_MEDIUM},
    {AGREES, LONGER, SILENT, SILENT, true, NOTHING},
    /* A meeting that is not realistic is another thing to say. */
    {UNREAL, SILENT, SILENT, SILENT, false, NOTHING},
    {UNREAL, UNREAL, SILENT, SILENT, false, IMPORTANCE_HIGH},
    {AGREES, UNREAL, SILENT, SILENT, true, NOTHING},
    /* What was said of another label says nothing of this one. */
    {AGREED_BEFORE, SILENT, SILENT, SILENT, false, NOTHING},
    {MEDIUM_BEFORE, SILENT, SILENT, SILENT, false, NOTHING},
    {AGREED_BEFORE, AGREES, SILENT, SILENT, false, NOTHING},
    {MEDIUM_BEFORE, AGREES, AGREES, SILENT, false, IMPORTANCE_HIGH},
    {MEDIUM_BEFORE, MEDIUM, SILENT, SILENT, true, NOTHING},
    /* A decision settles all, as long as it is on this label. */
    {SILENT, SILENT, SILENT, MEDIUM, false, IMPORTANCE_MEDIUM},
    {AGREES, AGREES, SILENT, MEDIUM, false, IMPORTANCE_MEDIUM},
    {MEDIUM, AGREES, SILENT, AGREES, false, IMPORTANCE_HIGH},
    {MEDIUM, AGREES, SILENT, MEDIUM_BEFORE, true, NOTHING},
    {AGREES, AGREES, SILENT, MEDIUM_BEFORE, false, IMPORTANCE_HIGH},
    {MEDIUM, AGREES, SILENT, UNREAL, false, IMPORTANCE_HIGH},
};

START_TEST(what_is_disputed_and_settled)
{
    const struct row *row = &rows[_i];
    struct review_values values = {NOTHING, 0, 0};

    set(row->one, row->two, row->three, row->decision);
    ck_assert_int_eq(review_is_disputed(&at.review, &at.item), row->disputed);
    ck_assert_int_eq(review_settled(&at.review, &at.item, &values),
                     row->settled != NOTHING);
    ck_assert_int_eq(values.importance, row->settled);
}
END_TEST

START_TEST(what_is_gone_is_neither)
{
    struct review_values values;

    set(MEDIUM, AGREES, AGREES, AGREES);
    at.item.key = 0;
    ck_assert(!review_is_disputed(&at.review, &at.item));
    ck_assert(!review_settled(&at.review, &at.item, &values));
    ck_assert_int_eq(review_state(&at.item, at.said[0]), REVIEW_GONE);
    ck_assert_int_eq(review_state(&at.item, NULL), REVIEW_GONE);
}
END_TEST

START_TEST(states_follow_the_label)
{
    set(AGREES, MEDIUM, AGREED_BEFORE, SILENT);
    ck_assert_int_eq(review_state(&at.item, NULL), REVIEW_OPEN);
    ck_assert_int_eq(review_state(&at.item, at.said[0]), REVIEW_DONE);
    ck_assert_int_eq(review_state(&at.item, at.said[1]), REVIEW_DONE);
    /* The same values for another reason are another label. */
    ck_assert_int_eq(review_state(&at.item, at.said[2]), REVIEW_AGAIN);
}
END_TEST

START_TEST(values_are_compared_whole)
{
    struct review_values one = {IMPORTANCE_LOW, 0, RSVP_DECLINE};
    struct review_values other_values = one;
    struct opinion opinion = opinion_of(AGREES);

    ck_assert(review_values_same(&one, &other_values));
    other_values.importance = IMPORTANCE_MEDIUM;
    ck_assert(!review_values_same(&one, &other_values));
    other_values = one;
    other_values.prep_minutes = 15;
    ck_assert(!review_values_same(&one, &other_values));
    other_values = one;
    other_values.rsvp = RSVP_ACCEPT;
    ck_assert(!review_values_same(&one, &other_values));
    ck_assert(seen_label_same(&label, &label));
    ck_assert(!seen_label_same(&label, &other));
    ck_assert(!opinion_corrects(&opinion));
    opinion = opinion_of(UNREAL);
    ck_assert(!opinion_corrects(&opinion));
    opinion = opinion_of(LONGER);
    ck_assert(opinion_corrects(&opinion));
}
END_TEST

START_TEST(reviewers_are_found)
{
    set(SILENT, SILENT, SILENT, SILENT);
    ck_assert_uint_eq(review_reviewer(&at.review, "ann"), 0);
    ck_assert_uint_eq(review_reviewer(&at.review, "cleo"), 2);
    ck_assert_uint_eq(review_reviewer(&at.review, "Ann"), 3);
}
END_TEST

Suite *review_values_suite(void);
Suite *review_values_suite(void)
{
    Suite *suite = suite_create("review_values");
    TCase *tcase = tcase_create("values");

    tcase_add_loop_test(tcase, what_is_disputed_and_settled, 0,
                        sizeof rows / sizeof *rows);
    tcase_add_test(tcase, what_is_gone_is_neither);
    tcase_add_test(tcase, states_follow_the_label);
    tcase_add_test(tcase, values_are_compared_whole);
    tcase_add_test(tcase, reviewers_are_found);
    suite_add_tcase(suite, tcase);
    return suite;
}
