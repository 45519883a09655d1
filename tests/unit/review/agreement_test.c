/* What the opinions on a sample, and on personas, come to. */
#include "datebook/agreement.h"
#include "datebook/rules.h"

#include <check.h>
#include <string.h>

Suite *agreement_suite(void);

enum { ITEMS = 80, REVIEWERS = 3 };

static struct error err;

/* ---- A review made by hand ---- */

struct board {
    struct arena arena;
    struct review review;
    struct review_item items[ITEMS];
    struct opinion opinions[ITEMS * REVIEWERS];
    struct opinion *by_reviewer[ITEMS * REVIEWERS];
    const char *reviewers[REVIEWERS];
    struct stored_persona personas[2];
    struct agreement agreement;
};

static struct board board;

static const struct seen_label plain = {
    .values = {IMPORTANCE_MEDIUM, 0, RSVP_ACCEPT}, .reasoning = "no rule"};

static void setup(void)
{
    memset(&board, 0, sizeof board);
    board.personas[0].id = "nurse";
    board.personas[1].id = "buyer";
    board.reviewers[0] = "ann";
    board.reviewers[1] = "bob";
    board.reviewers[2] = "cid";
    board.review.sample.name = "first";
    board.review.sample.terms.seed = 1;
    board.review.reviewers = board.reviewers;
    board.review.items = board.items;
}

static void teardown(void)
{
    arena_free(&board.arena);
}

static struct review_item *add_item(int persona)
{
    size_t number = board.review.count++;
    struct review_item *item = &board.items[number];

    ck_assert_uint_lt(number, ITEMS);
    *item = (struct review_item){.key = (int64_t)number + 1,
                                 .persona = &board.personas[persona],
                                 .label = plain,
                                 .opinions =
                                     &board.by_reviewer[number * REVIEWERS]};
    return item;
}

static struct opinion *say(struct review_item *item, int reviewer,
                           int importance, int minutes, int rsvp)
{
    struct opinion *opinion =
        &board.opinions[(item - board.items) * REVIEWERS + reviewer];

    *opinion = (struct opinion){.sample = "first",
                                .reviewer = board.reviewers[reviewer],
                                .seen = plain,
                                .realistic = true,
                                .says = {importance, minutes, rsvp},
                                .note = ""};
    item->opinions[reviewer] = opinion;
    if (board.review.reviewer_count <= (size_t)reviewer)
        board.review.reviewer_count = (size_t)reviewer + 1;
    return opinion;
}

static struct opinion *agree(struct review_item *item, int reviewer)
{
    return say(item, reviewer, IMPORTANCE_MEDIUM, 0, RSVP_ACCEPT);
}

static const struct agreement *measure(void)
{
    ck_assert_msg(
        review_agreement(&board.arena, &board.review, &board.agreement, &err),
        "%s", err.message);
    return &board.agreement;
}

static void assert_is(const struct measured *measured, double value, size_t n)
{
    ck_assert(measured->of.defined);
    ck_assert_double_eq_tol(measured->of.value, value, 1e-12);
    ck_assert_uint_eq(measured->of.n, n);
}

static void assert_between(const struct measured *measured, double low,
                           double high)
{
    ck_assert(measured->interval.defined);
    ck_assert_double_eq_tol(measured->interval.low, low, 1e-12);
    ck_assert_double_eq_tol(measured->interval.high, high, 1e-12);
}

/* ---- Reviews ---- */

START_TEST(names)
{
    ck_assert_str_eq(review_field_name(FIELD_IMPORTANCE), "importance");
    ck_assert_str_eq(review_field_name(FIELD_PREP), "prep");
    ck_assert_str_eq(review_field_name(FIELD_RSVP), "rsvp");
}
END_TEST

START_TEST(nothing_said)
{
    const struct agreement *agreement;

    for (int i = 0; i < 3; i++)
        add_item(0);
    agreement = measure();
    ck_assert_int_eq(agreement->items, 3);
    ck_assert_int_eq(agreement->judged, 0);
    ck_assert_int_eq(agreement->opinions, 0);
    ck_assert_uint_eq(agreement->group_count, 1);
    ck_assert_ptr_null(agreement->groups[0].persona);
    ck_assert(!agreement->groups[0].whole.of.defined);
    ck_assert(!agreement->groups[0].whole.interval.defined);
    ck_assert_uint_eq(agreement->pair_count, 0);
    ck_assert(!agreement->alpha[FIELD_PREP].of.defined);
}
END_TEST

START_TEST(no_items)
{
    ck_assert_int_eq(measure()->items, 0);
    ck_assert_uint_eq(board.agreement.group_count, 1);
}
END_TEST

START_TEST(what_counts)
{
    const struct agreement *agreement;
    struct review_item *item;
    struct opinion decision;

    agree(add_item(0), 0);
    /* Of a label that was another since. */
    item = add_item(0);
    agree(item, 0)->seen.reasoning = "another rule";
    agree(item, 1);
    item = add_item(0);
    agree(item, 0)->seen.values.prep_minutes = 30;
    /* Of a meeting that is gone. */
    item = add_item(0);
    agree(item, 0);
    agree(item, 1);
    item->key = 0;
    item->persona = NULL;
    /* Disputed. */
    item = add_item(0);
    say(item, 0, IMPORTANCE_HIGH, 0, RSVP_ACCEPT);
    agree(item, 1);
    /* Decided: what was decided is no opinion. */
    item = add_item(0);
    say(item, 0, IMPORTANCE_LOW, 0, RSVP_ACCEPT);
    decision = *agree(item, 1);
    decision.decision = true;
    item->decision = &decision;
    add_item(0);

    agreement = measure();
    ck_assert_int_eq(agreement->items, 7);
    ck_assert_int_eq(agreement->judged, 4);
    ck_assert_int_eq(agreement->opinions, 6);
    ck_assert_int_eq(agreement->again, 2);
    ck_assert_int_eq(agreement->gone, 1);
    ck_assert_int_eq(agreement->lost, 2);
    ck_assert_int_eq(agreement->disputed, 1);
    ck_assert_int_eq(agreement->decided, 1);
    assert_is(&agreement->groups[0].whole, 4.0 / 6, 6);
}
END_TEST

START_TEST(by_persona)
{
    const struct agreement *agreement;
    const struct agreement_group *group;

    /* A correction of minutes alone: preparation is needed as before. */
    for (int i = 0; i < 2; i++) {
        struct review_item *item = add_item(0);
        item->label.values.prep_minutes = 30;
        say(item, 0, IMPORTANCE_MEDIUM, i ? 45 : 30, RSVP_ACCEPT)
            ->seen.values.prep_minutes = 30;
    }
    say(add_item(1), 0, IMPORTANCE_MEDIUM, 15, RSVP_DECLINE)->realistic = false;
    agree(add_item(0), 0);
    say(add_item(1), 0, IMPORTANCE_CRITICAL, 0, RSVP_ACCEPT);

    agreement = measure();
    ck_assert_uint_eq(agreement->group_count, 3);
    group = &agreement->groups[0];
    assert_is(&group->realistic, 4.0 / 5, 5);
    assert_is(&group->whole, 2.0 / 5, 5);
    assert_is(&group->fields[FIELD_IMPORTANCE], 4.0 / 5, 5);
    assert_is(&group->fields[FIELD_PREP], 4.0 / 5, 5);
    assert_is(&group->fields[FIELD_RSVP], 4.0 / 5, 5);
    ck_assert(group->whole.interval.low < 0.4);
    ck_assert(group->whole.interval.high > 0.4);
    group = &agreement->groups[1];
    ck_assert_str_eq(group->persona, "buyer");
    assert_is(&group->realistic, 1.0 / 2, 2);
    assert_is(&group->whole, 0, 2);
    /* None of two: 1 - 0.025 to the power of a half. */
    assert_between(&group->whole, 0, 1 - 0.15811388300841897);
    group = &agreement->groups[2];
    ck_assert_str_eq(group->persona, "nurse");
    assert_is(&group->whole, 2.0 / 3, 3);
    assert_is(&group->fields[FIELD_PREP], 1, 3);
}
END_TEST

/* Two opinions on the same meeting are one meeting's worth of certainty. */
START_TEST(meetings_are_drawn)
{
    struct agreement_group *group;

    for (int i = 0; i < 10; i++) {
        struct review_item *item = add_item(0);
        agree(item, 0);
        agree(item, 1);
    }
    measure();
    group = &board.agreement.groups[0];
    assert_is(&group->whole, 1, 20);
    ck_assert_double_eq_tol(group->whole.interval.low, 0.6915, 0.00005);
    ck_assert_double_eq(group->whole.interval.high, 1);
}
END_TEST

/* Worked out by hand beside each. */
START_TEST(pairs)
{
    static const int said[][2] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 1},
                                  {1, 1}, {1, 1}, {1, 2}, {2, 2}, {2, 0}};
    const struct agreement_pair *pair;

    for (int i = 0; i < 10; i++) {
        struct review_item *item = add_item(i % 2);
        say(item, 0, said[i][0], 15 * said[i][0], RSVP_ACCEPT);
        say(item, 1, said[i][1], 30 * said[i][1], RSVP_ACCEPT);
    }
    agree(add_item(0), 2);
    agree(add_item(0), 0);

    ck_assert_uint_eq(measure()->pair_count, 1);
    pair = board.agreement.pairs;
    ck_assert_str_eq(pair->one, "ann");
    ck_assert_str_eq(pair->other, "bob");
    assert_is(&pair->percent[FIELD_IMPORTANCE], 7.0 / 10, 10);
    /* Both say 0, 1 and 2 five, three and two times: .25 + .09 + .04. */
    assert_is(&pair->kappa[FIELD_IMPORTANCE], (0.7 - 0.38) / (1 - 0.38), 10);
    /* Distances 1, 1 and 2 squared are 6 of what by chance is (2 * 5 * 3 * 1 +
     * 2 * 5 * 2 * 4 + 2 * 3 * 2 * 1) / 10 = 12.2. */
    assert_is(&pair->weighted, 1 - 6 / 12.2, 10);
    /* Needed or not: half by ann and half by bob, on eight they agree. */
    assert_is(&pair->percent[FIELD_PREP], 8.0 / 10, 10);
    assert_is(&pair->kappa[FIELD_PREP], (0.8 - 0.5) / 0.5, 10);
    ck_assert(pair->kappa[FIELD_PREP].interval.low < 0.6);
    ck_assert(pair->kappa[FIELD_PREP].interval.high > 0.6);
    assert_is(&pair->percent[FIELD_RSVP], 1, 10);
    ck_assert(!pair->kappa[FIELD_RSVP].of.defined);
    ck_assert(!pair->kappa[FIELD_RSVP].interval.defined);
}
END_TEST

/* By hand: minutes 0 0, 30 60, 60 60.  The one difference of 30 squared is
 * 900; with values 0 0 30 60 60 60 each pair of different ones comes to 2 * 900
 * + 6 * 3600 + 3 * 900 = 26100, and alpha is 1 - 5 * 900 / 26100. */
START_TEST(alphas)
{
    static const int minutes[][2] = {{0, 0}, {30, 60}, {60, 60}};
    const struct agreement *agreement;

    for (int i = 0; i < 3; i++) {
        struct review_item *item = add_item(0);
        say(item, 0, i, minutes[i][0], RSVP_ACCEPT)->realistic = i > 0;
        say(item, 1, i, minutes[i][1], RSVP_ACCEPT)->realistic = i > 0;
    }
    /* One opinion alone has nobody to agree with. */
    say(add_item(0), 1, IMPORTANCE_LOW, 45, RSVP_DECLINE);

    agreement = measure();
    assert_is(&agreement->alpha[FIELD_IMPORTANCE], 1, 6);
    assert_is(&agreement->alpha[FIELD_PREP], 1 - 5 * 900.0 / 26100, 6);
    ck_assert(!agreement->alpha[FIELD_RSVP].of.defined);
    assert_is(&agreement->realistic_alpha, 1, 6);
    ck_assert(!agreement->realistic_alpha.interval.defined);
}
END_TEST

START_TEST(too_many_minutes)
{
    for (int i = 0; i < RELIABILITY_CATEGORIES; i++)
        say(add_item(0), 0, IMPORTANCE_LOW, i, RSVP_ACCEPT);
    measure();
    say(add_item(0), 0, IMPORTANCE_LOW, 1000, RSVP_ACCEPT);
    ck_assert(
        !review_agreement(&board.arena, &board.review, &board.agreement, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.message,
                     "the opinions name more than 64 different minutes of "
                     "preparation, too many to compare");
}
END_TEST

/* ---- Personas ---- */

struct verdict {
    const char *persona;
    const char *reviewer;
    const char *rules; /* "y", "n" or "-" for each: not answered */
    bool exists;
};

enum { MOST_RULES = 8 };

static struct persona_agreement *groups;
static size_t group_count;

static void judge(const struct verdict *verdicts, const char *const *hashes,
                  size_t count)
{
    static const char *const rules[MOST_RULES] = {"a", "b", "c", "d",
                                                  "e", "f", "g", "h"};
    static struct rule_opinion said[16][MOST_RULES];
    struct persona_opinion opinions[16];

    ck_assert_uint_le(count, 16);
    for (size_t i = 0; i < count; i++) {
        opinions[i] = (struct persona_opinion){.persona = verdicts[i].persona,
                                               .reviewer = verdicts[i].reviewer,
                                               .rules_hash = "h1",
                                               .exists = verdicts[i].exists,
                                               .note = "",
                                               .rules = said[i]};
        for (int r = 0; verdicts[i].rules[r]; r++)
            if (verdicts[i].rules[r] != '-')
                said[i][opinions[i].rule_count++] =
                    (struct rule_opinion){.rule = rules[r],
                                          .right = verdicts[i].rules[r] == 'y',
                                          .note = ""};
    }
    ck_assert(persona_agreement(&board.arena, opinions, hashes, count, &groups,
                                &group_count, &err));
}

START_TEST(nobody)
{
    judge(NULL, NULL, 0);
    ck_assert_uint_eq(group_count, 1);
    ck_assert_ptr_null(groups[0].persona);
    ck_assert_int_eq(groups[0].experts, 0);
    ck_assert(!groups[0].exists.of.defined);
    ck_assert(!groups[0].exists.interval.defined);
}
END_TEST

START_TEST(experts)
{
    static const struct verdict verdicts[] = {
        {"buyer", "ann", "yyny", true}, {"buyer", "bob", "ynn-", true},
        {"clerk", "cid", "y", true},    {"nurse", "ann", "yy", true},
        {"nurse", "bob", "yy", true},   {"nurse", "cid", "yn", false},
    };
    static const char *const hashes[] = {"h1", "h1", "h1", "h1", "h1", "h1"};

    judge(verdicts, hashes, 6);
    ck_assert_uint_eq(group_count, 4);
    ck_assert_int_eq(groups[0].experts, 3);
    assert_is(&groups[0].exists, 5.0 / 6, 6);
    assert_is(&groups[0].right, 10.0 / 14, 14);
    /* Of buyer existence and three rules, of nurse three times three pairs. */
    assert_is(&groups[0].experts_agree, (3 + 5) / 13.0, 13);

    ck_assert_str_eq(groups[1].persona, "buyer");
    ck_assert_int_eq(groups[1].experts, 2);
    assert_is(&groups[1].exists, 1, 2);
    /* Two experts: the square root of 0.025. */
    assert_between(&groups[1].exists, 0.15811388300841897, 1);
    assert_is(&groups[1].right, 4.0 / 7, 7);
    assert_is(&groups[1].experts_agree, 3.0 / 4, 4);

    ck_assert_str_eq(groups[2].persona, "clerk");
    ck_assert_int_eq(groups[2].experts, 1);
    assert_is(&groups[2].right, 1, 1);
    assert_between(&groups[2].right, 0.025, 1);
    ck_assert(!groups[2].experts_agree.of.defined);

    ck_assert_str_eq(groups[3].persona, "nurse");
    assert_is(&groups[3].exists, 2.0 / 3, 3);
    assert_is(&groups[3].experts_agree, 5.0 / 9, 9);
}
END_TEST

/* Opinions on rules that were others, and on a persona that is gone. */
START_TEST(outdated)
{
    static const struct verdict verdicts[] = {
        {"buyer", "ann", "nn", false}, {"buyer", "bob", "yy", true},
        {"clerk", "cid", "n", false},  {"nurse", "ann", "n", false},
        {"nurse", "bob", "y", true},
    };
    static const char *const hashes[] = {"h2", "h1", NULL, "h2", "h2"};

    judge(verdicts, hashes, 5);
    ck_assert_uint_eq(group_count, 4);
    ck_assert_int_eq(groups[0].experts, 1);
    ck_assert_int_eq(groups[0].outdated, 4);
    assert_is(&groups[0].exists, 1, 1);
    ck_assert_int_eq(groups[1].experts, 1);
    ck_assert_int_eq(groups[1].outdated, 1);
    assert_is(&groups[1].right, 1, 2);
    ck_assert_int_eq(groups[2].experts, 0);
    ck_assert_int_eq(groups[2].outdated, 1);
    ck_assert(!groups[2].exists.of.defined);
    ck_assert_int_eq(groups[3].outdated, 2);
}
END_TEST

Suite *agreement_suite(void)
{
    Suite *suite = suite_create("agreement");
    TCase *reviews = tcase_create("reviews");
    TCase *personas = tcase_create("personas");

    tcase_add_checked_fixture(reviews, setup, teardown);
    tcase_add_test(reviews, names);
    tcase_add_test(reviews, nothing_said);
    tcase_add_test(reviews, no_items);
    tcase_add_test(reviews, what_counts);
    tcase_add_test(reviews, by_persona);
    tcase_add_test(reviews, meetings_are_drawn);
    tcase_add_test(reviews, pairs);
    tcase_add_test(reviews, alphas);
    tcase_add_test(reviews, too_many_minutes);
    suite_add_tcase(suite, reviews);
    tcase_add_checked_fixture(personas, setup, teardown);
    tcase_add_test(personas, nobody);
    tcase_add_test(personas, experts);
    tcase_add_test(personas, outdated);
    suite_add_tcase(suite, personas);
    return suite;
}
