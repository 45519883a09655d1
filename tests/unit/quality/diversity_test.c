/* Diversity of personas that are few enough to be counted by hand, and of many
 * against a comparison that is too simple to be wrong. */
#include "datebook/quality.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

Suite *diversity_suite(void);

static struct {
    struct arena arena;
    struct error err;
    struct diversity_counter *counter;
    struct diversity result;
} fix;

static void setup(void)
{
    memset(&fix, 0, sizeof fix);
    fix.counter = diversity_start(&fix.err);
    ck_assert_ptr_nonnull(fix.counter);
}

static void teardown(void)
{
    diversity_free(fix.counter);
    arena_free(&fix.arena);
}

/* A persona whose document goes on with `more`; its document is gone once it
 * was taken. */
static void add(const char *id, const char *more)
{
    char document[4096];
    struct arena arena = ARENA_EMPTY;
    struct persona persona;
    int length =
        snprintf(document, sizeof document,
                 "{\"id\":\"%s\",\"name\":\"N\",\"tier\":1%s}", id, more);

    ck_assert_int_lt(length, (int)sizeof document);
    ck_assert_msg(persona_parse(&arena, document, (size_t)length, "test",
                                &persona, &fix.err) &&
                      diversity_add(fix.counter, &persona, &fix.err),
                  "%s", fix.err.message);
    memset(document, 'x', sizeof document);
    arena_free(&arena);
}

static void result(void)
{
    ck_assert(diversity_result(fix.counter, &fix.result, &fix.err));
}

static void place(const char *id, const char *more, const char *level,
                  const char *function, const char *load, const char *style,
                  const char *stage, const char *industry)
{
    char text[1024];

    snprintf(text, sizeof text,
             "%s,\"diversity\":{\"level\":\"%s\",\"function\":\"%s\","
             "\"load\":\"%s\",\"work_style\":\"%s\",\"career_stage\":\"%s\","
             "\"industry\":\"%s\"}",
             more, level, function, load, style, stage, industry);
    add(id, text);
}

#define NEAR(got, wanted) ck_assert_double_eq_tol(got, wanted, 5e-7)

/* ---- Score ---- */

/* ln 2 = 0.693147181, ln 3 = 1.098612289, ln 5 = 1.609437912 */
START_TEST(evenness)
{
    /* 1/2 ln 2 + 2 (1/4 ln 4) = 1.5 ln 2, over ln 5 */
    NEAR(diversity_evenness((int64_t[]){2, 0, 1, 1, 0}, 5), 0.646014840);
    /* the same shares: how many there are does not matter, nor in what order */
    NEAR(diversity_evenness((int64_t[]){0, 500, 0, 250, 250}, 5), 0.646014840);
    /* 3/4 ln(4/3) + 1/4 ln 4 = 2 ln 2 - 3/4 ln 3, over 2 ln 2 */
    NEAR(diversity_evenness((int64_t[]){3, 1, 0, 0}, 4), 0.405639062);
    NEAR(diversity_evenness((int64_t[]){7, 7, 7}, 3), 1);
    NEAR(diversity_evenness((int64_t[]){0, 9, 0}, 3), 0);
    NEAR(diversity_evenness((int64_t[]){0, 0, 0}, 3), 0);
}
END_TEST

/* The lists as documented: sizes are what the scores are normalised by. */
START_TEST(dimensions)
{
    static const struct {
        const char *name;
        int weight;
        int count;
        const char *last;
    } wanted[] = {{"level", 20, 5, "c_level"},
                  {"function", 20, 10, "customer_success"},
                  {"load", 15, 4, "extreme"},
                  {"work_style", 15, 5, "networker"},
                  {"career_stage", 15, 7, "exploring_exit"},
                  {"industry", 15, 8, "remote_first"}};
    int weights = 0;

    for (int d = 0; d < DIMENSIONS; d++) {
        const struct dimension_list *list = diversity_list((enum dimension)d);
        ck_assert_str_eq(list->name, wanted[d].name);
        ck_assert_int_eq(list->weight, wanted[d].weight);
        ck_assert_int_eq(list->count, wanted[d].count);
        ck_assert_str_eq(list->values[list->count - 1], wanted[d].last);
        weights += list->weight;
    }
    ck_assert_int_eq(weights, 100);
}
END_TEST

#define HELD_OUT ",\"role\":\"validation\""

static void place_eight(void)
{
    place("a", "", "ic", "engineering", "light", "executor", "new_hire",
          "startup");
    place("b", "", "ic", "product", "light", "executor", "new_hire", "growth");
    place("c", "", "ic", "sales", "moderate", "executor", "new_hire",
          "enterprise");
    place("d", "", "ic", "marketing", "moderate", "executor", "new_hire",
          "tech");
    place("e", HELD_OUT, "vp", "operations", "heavy", "executor", "senior",
          "finance");
    place("f", HELD_OUT, "vp", "finance", "heavy", "executor", "senior",
          "healthcare");
    place("g", HELD_OUT, "c_level", "hr", "extreme", "executor", "senior",
          "consulting");
    place("h", HELD_OUT, "c_level", "legal", "extreme", "executor", "senior",
          "remote_first");
}

START_TEST(scores)
{
    const struct diversity_group *all = &fix.result.all;
    const struct diversity_group *training = &fix.result.training;

    place_eight();
    result();
    ck_assert_int_eq(all->personas, 8);
    ck_assert_int_eq(all->counts[DIMENSION_LEVEL][0], 4);
    ck_assert_int_eq(all->counts[DIMENSION_LEVEL][1], 0);
    ck_assert_int_eq(all->counts[DIMENSION_LEVEL][4], 2);
    NEAR(all->evenness[DIMENSION_LEVEL], 0.646014840);    /* 1.5 ln 2 / ln 5 */
    NEAR(all->evenness[DIMENSION_FUNCTION], 0.903089987); /* ln 8 / ln 10 */
    NEAR(all->evenness[DIMENSION_LOAD], 1);
    NEAR(all->evenness[DIMENSION_WORK_STYLE], 0);
    NEAR(all->evenness[DIMENSION_CAREER_STAGE], 0.356207187); /* ln 2 / ln 7 */
    NEAR(all->evenness[DIMENSION_INDUSTRY], 1);
    /* 0.2 (0.646014840 + 0.903089987) + 0.15 (1 + 0.356207187 + 1) */
    NEAR(all->score, 0.663252044);
    ck_assert_int_eq(training->personas, 4);
    ck_assert_int_eq(training->counts[DIMENSION_LEVEL][4], 0);
    NEAR(training->evenness[DIMENSION_LEVEL], 0);
    NEAR(training->evenness[DIMENSION_FUNCTION], 0.602059991); /* ln4 / ln10 */
    NEAR(training->evenness[DIMENSION_LOAD], 0.5);
    NEAR(training->evenness[DIMENSION_INDUSTRY], 0.666666667); /* ln4 / ln8 */
    /* 0.2 · 0.602059991 + 0.15 (0.5 + 0.666666667) */
    NEAR(training->score, 0.295411998);
}
END_TEST

START_TEST(quarter)
{
    place_eight();
    result();
    ck_assert(!diversity_is_crowded(&fix.result.all, DIMENSION_LEVEL, 3));
    ck_assert(diversity_is_crowded(&fix.result.all, DIMENSION_LEVEL, 0));
    ck_assert(!diversity_is_crowded(&fix.result.all, DIMENSION_LEVEL, 1));
    ck_assert(diversity_is_crowded(&fix.result.training, DIMENSION_LOAD, 0));
    /* 3 of 9 */
    place("i", "", "vp", "data", "light", "executor", "senior", "tech");
    result();
    ck_assert(diversity_is_crowded(&fix.result.all, DIMENSION_LEVEL, 3));
    ck_assert(!diversity_is_crowded(&fix.result.all, DIMENSION_LEVEL, 4));
}
END_TEST

/* Who has no value counts as a persona, but in no share. */
START_TEST(gaps)
{
    static const struct {
        const char *id;
        enum diversity_gap_kind kind;
        enum dimension dimension;
        const char *value;
    } wanted[] = {
        {"none", GAP_NO_OBJECT, DIMENSION_LEVEL, NULL},
        {"text", GAP_NO_OBJECT, DIMENSION_LEVEL, NULL},
        {"some", GAP_UNKNOWN, DIMENSION_LEVEL, "Manager"},
        {"some", GAP_NO_TEXT, DIMENSION_LOAD, "a number"},
        {"some", GAP_NO_VALUE, DIMENSION_WORK_STYLE, NULL},
        {"some", GAP_NO_VALUE, DIMENSION_CAREER_STAGE, NULL},
        {"some", GAP_UNKNOWN, DIMENSION_INDUSTRY, ""},
    };

    add("none", "");
    add("text", ",\"diversity\":\"much\"");
    add("some", ",\"diversity\":{\"industry\":\"\",\"career_stage\":null,"
                "\"load\":12,\"function\":\"hr\",\"level\":\"Manager\"}");
    result();
    ck_assert_uint_eq(fix.result.gap_count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < fix.result.gap_count; i++) {
        const struct diversity_gap *gap = &fix.result.gaps[i];
        ck_assert_str_eq(gap->id, wanted[i].id);
        ck_assert_int_eq(gap->kind, wanted[i].kind);
        ck_assert_int_eq(gap->dimension, wanted[i].dimension);
        ck_assert_pstr_eq(gap->value, wanted[i].value);
    }
    ck_assert_int_eq(fix.result.all.personas, 3);
    ck_assert_int_eq(fix.result.all.counts[DIMENSION_FUNCTION][6], 1);
    NEAR(fix.result.all.score, 0);
    ck_assert_int_eq(fix.result.pair.shared_values, 0);
}
END_TEST

/* ---- The two most alike ---- */

#define PAIR(first, second, same, together)                                    \
    do {                                                                       \
        ck_assert(fix.result.has_pair);                                        \
        ck_assert_str_eq(fix.result.pair.one, first);                          \
        ck_assert_str_eq(fix.result.pair.other, second);                       \
        ck_assert_int_eq(fix.result.pair.shared, same);                        \
        ck_assert_int_eq(fix.result.pair.rules, together);                     \
    } while (0)

static void must_share(int64_t at, enum rule_kind kind, const char *text)
{
    ck_assert_int_lt(at, fix.result.pair.shared);
    ck_assert_int_eq(fix.result.pair.shared_rules[at].kind, kind);
    ck_assert_str_eq(fix.result.pair.shared_rules[at].text, text);
}

/* a has 11 different rules ("audits" twice), b has 10. */
START_TEST(same_rules)
{
    add("a",
        ",\"importance_criteria\":{\"always_important\":[\"Zebra\",\"Audits\","
        "\"audit\",\"Budget\"],\"usually_important\":[\"code reviews\","
        "{\"any\":[\"x\"],\"external\":true,\"name\":\"Guests\"}]},"
        "\"priority_framework\":[{\"name\":\"Money\",\"keywords\":[\"Q4\","
        "\"deal\"]}],\"rsvp_rules\":{\"always_accept\":[\"All hands\"],"
        "\"conditional\":[{\"attendees_max\":4}]},\"prep_time_needs\":{"
        "\"requires_prep\":[\"Deal reviews (30 min: numbers)\"],"
        "\"no_prep\":[\"(social)\"]}");
    add("b",
        ",\"importance_criteria\":{\"always_important\":[\"BUDGETS\"],"
        "\"usually_important\":[\"audit\",\"Code-Review\",{\"external\":true,"
        "\"name\":\"Guests\",\"any\":[\"x\"]}]},"
        "\"priority_framework\":[{\"name\":\"Other\",\"keywords\":[\"deals\","
        "\"Money\"]}],\"rsvp_rules\":{\"conditional\":[\"All hands\","
        "{\"attendees_max\":4}]},\"prep_time_needs\":{\"requires_prep\":["
        "\"deal review \xEF\xBC\x88"
        "45 min)\"],\"no_prep\":[\"(lunch)\"]}");
    result();
    PAIR("a", "b", 6, 11 + 10 - 6);
    must_share(0, RULE_ALWAYS_IMPORTANT, "Budget");
    must_share(1, RULE_USUALLY_IMPORTANT, "code reviews");
    must_share(2, RULE_USUALLY_IMPORTANT, "Guests");
    must_share(3, RULE_PRIORITY, "deal");
    must_share(4, RULE_CONDITIONAL, "{\"attendees_max\":4}");
    must_share(5, RULE_REQUIRES_PREP, "Deal reviews (30 min: numbers)");
}
END_TEST

/* Patterns keep what stands in a bracket: it is part of the phrase. */
START_TEST(brackets)
{
    add("a", ",\"importance_criteria\":{\"always_important\":[\"plan (a)\"]},"
             "\"rsvp_rules\":{\"always_decline\":[\"plan (a)\"]}");
    add("b", ",\"importance_criteria\":{\"always_important\":[\"plan (b)\"]},"
             "\"rsvp_rules\":{\"always_decline\":[\"plan (b)\"]}");
    result();
    PAIR("a", "b", 1, 3);
    must_share(0, RULE_ALWAYS_DECLINE, "plan (a)");
}
END_TEST

#define ALWAYS(list)                                                           \
    ",\"importance_criteria\":{\"always_important\":[" list "]}"

/* The share counts, not the number. */
START_TEST(closest)
{
    add("a", ALWAYS("\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\""));
    add("b", ALWAYS("\"a\",\"b\",\"c\",\"d\",\"j\",\"k\",\"l\",\"m\",\"n\""));
    add("c", ALWAYS("\"y\",\"z\""));
    add("d", ALWAYS("\"x\",\"y\""));
    result();
    PAIR("c", "d", 1, 3); /* and a with b 4 of 14 */
}
END_TEST

/* Of equal shares the pair that has more values in common. */
START_TEST(ties)
{
    place("a", ALWAYS("\"a\",\"b\""), "ic", "hr", "light", "executor", "senior",
          "tech");
    place("b", ALWAYS("\"a\",\"c\""), "vp", "hr", "heavy", "executor", "senior",
          "tech");
    place("c", ALWAYS("\"k\",\"l\",\"m\",\"n\""), "vp", "hr", "heavy",
          "executor", "senior", "growth");
    place("d", ALWAYS("\"m\",\"n\",\"o\",\"p\""), "vp", "hr", "heavy",
          "networker", "senior", "growth");
    place("e", ALWAYS("\"x\",\"y\""), "vp", "hr", "heavy", "networker",
          "senior", "growth");
    result();
    PAIR("c", "d", 2, 6); /* as many as a with b: 1 of 3, and 4 values */
    ck_assert_int_eq(fix.result.pair.shared_values, 5);
    ck_assert_int_eq(fix.result.pair.values[DIMENSION_LEVEL], 3);
    ck_assert_int_eq(fix.result.pair.values[DIMENSION_FUNCTION], 6);
    ck_assert_int_eq(fix.result.pair.values[DIMENSION_LOAD], 2);
    ck_assert_int_eq(fix.result.pair.values[DIMENSION_WORK_STYLE], -1);
    ck_assert_int_eq(fix.result.pair.values[DIMENSION_CAREER_STAGE], 3);
    ck_assert_int_eq(fix.result.pair.values[DIMENSION_INDUSTRY], 1);
}
END_TEST

START_TEST(few)
{
    result();
    ck_assert_int_eq(fix.result.all.personas, 0);
    ck_assert(!fix.result.has_pair);
    add("a", "");
    result();
    ck_assert(!fix.result.has_pair);
    add("b", "");
    result();
    PAIR("a", "b", 0, 0);
    add("c", "");
    result();
    PAIR("a", "b", 0, 0);
}
END_TEST

/* ---- Many ---- */

enum { MANY = 60, WORDS_THERE = 40 };

/* A set of numbers, from a fixed sequence. */
static uint64_t some_set(uint64_t *state)
{
    uint64_t set = 0;

    for (int n = 0; n < 12; n++) {
        *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        set |= UINT64_C(1) << (*state >> 33) % WORDS_THERE;
    }
    return set;
}

static void add_set(int number, uint64_t set)
{
    char id[16];
    char list[1024] = "";
    size_t used = 0;

    for (int i = WORDS_THERE; i-- > 0;)
        if (set >> i & 1)
            used += (size_t)snprintf(list + used, sizeof list - used,
                                     "%s\"word%d\"", used ? "," : "", i);
    snprintf(id, sizeof id, "p%02d", number);
    snprintf(list + used, sizeof list - used, "]}");
    {
        char more[1200];
        snprintf(more, sizeof more,
                 ",\"importance_criteria\":{\"rarely_important\":[%s", list);
        add(id, more);
    }
}

START_TEST(many)
{
    uint64_t sets[MANY];
    uint64_t state = 42;
    int64_t best = 0;
    int64_t of = 1;
    char one[16] = "";
    char other[16] = "";

    for (int i = 0; i < MANY; i++)
        add_set(i, sets[i] = some_set(&state));
    for (int i = 0; i < MANY; i++)
        for (int j = i + 1; j < MANY; j++) {
            int64_t both = __builtin_popcountll(sets[i] & sets[j]);
            int64_t either = __builtin_popcountll(sets[i] | sets[j]);
            if (both * of <= best * either)
                continue;
            best = both;
            of = either;
            snprintf(one, sizeof one, "p%02d", i);
            snprintf(other, sizeof other, "p%02d", j);
        }
    result();
    ck_assert_int_gt(best, 0);
    PAIR(one, other, best, of);
}
END_TEST

Suite *diversity_suite(void)
{
    Suite *suite = suite_create("diversity");
    TCase *tcase = tcase_create("diversity");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, evenness);
    tcase_add_test(tcase, dimensions);
    tcase_add_test(tcase, scores);
    tcase_add_test(tcase, quarter);
    tcase_add_test(tcase, gaps);
    tcase_add_test(tcase, same_rules);
    tcase_add_test(tcase, brackets);
    tcase_add_test(tcase, closest);
    tcase_add_test(tcase, ties);
    tcase_add_test(tcase, few);
    tcase_add_test(tcase, many);
    suite_add_tcase(suite, tcase);
    return suite;
}
