/* Coverage, overlap, conflict and consistency on meetings that are few enough
 * to be counted by hand. */
#include "tests/unit/rules/fixture.h"

#include "datebook/coverage.h"
#include "src/quality/coverage_subjects.h"

Suite *coverage_suite(void);

static struct coverage_counter *counter;

static void start(void)
{
    compile_fixture();
    counter = coverage_start(fix.ruleset, &fix.persona, &fix.err);
    ck_assert_msg(counter != NULL, "%s", fix.err.message);
}

static void teardown(void)
{
    coverage_free(counter);
    counter = NULL;
    fixture_teardown();
}

static void count(const char *subject, const struct stored_label *label,
                  const char *why)
{
    struct meeting_facts facts = meeting(subject, "");

    ck_assert(coverage_meeting(counter, &facts, label, why, &fix.err));
}

static struct coverage result(void)
{
    struct coverage coverage;

    ck_assert(coverage_result(counter, &fix.arena, &coverage, &fix.err));
    return coverage;
}

START_TEST(rules)
{
    static const char *keywords[] = {"Q4"};
    static const struct {
        int64_t fired;
        int64_t decided;
        int64_t overlaps;
        int64_t conflicts;
    } wanted[] = {
        {2, 2, 2, 2}, /* always audit */
        {3, 2, 3, 2}, /* usually budget */
        {3, 0, 3, 3}, /* rarely lunch */
        {2, 2, 2, 1}, /* priority Q4 */
        {2, 1, 1, 1}, /* accept audits */
        {1, 1, 0, 0}, /* conditional offsites */
        {3, 3, 1, 1}, /* decline lunches */
        {2, 2, 2, 1}, /* required audits */
        {3, 3, 2, 1}, /* optional budgets */
        {3, 1, 2, 2}, /* no prep lunches */
    };
    struct coverage coverage;

    add_rule(RULE_ALWAYS_IMPORTANT, "audit");
    add_rule(RULE_USUALLY_IMPORTANT, "budget");
    add_rule(RULE_RARELY_IMPORTANT, "lunch");
    add_priority("Close the year", keywords, 1);
    add_rule(RULE_ALWAYS_ACCEPT, "Audits");
    add_rule(RULE_CONDITIONAL, "Offsites");
    add_rule(RULE_ALWAYS_DECLINE, "Lunches");
    add_rule(RULE_REQUIRES_PREP, "Audits (30 min)");
    add_rule(RULE_OPTIONAL_PREP, "Budgets (20 min)");
    add_rule(RULE_NO_PREP, "Lunches");
    start();
    count("Audit lunch", NULL, "");
    count("Budget Q4", NULL, "");
    count("Lunch Q4", NULL, "");
    count("Walk", NULL, "");
    count("Audit budget", NULL, "");
    count("Budget lunch", NULL, "");
    count("Offsite", NULL, "");
    coverage = result();
    ck_assert_int_eq(coverage.meetings, 7);
    ck_assert_int_eq(coverage.by_default, 2);
    ck_assert_int_eq(coverage.silent, 1);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct rule_coverage *rule = &coverage.rules[i];
        ck_assert_msg(rule->usage.fired == wanted[i].fired &&
                          rule->usage.decided == wanted[i].decided &&
                          rule->overlaps == wanted[i].overlaps &&
                          rule->conflicts == wanted[i].conflicts,
                      "rule %zu: %lld %lld %lld %lld", i,
                      (long long)rule->usage.fired,
                      (long long)rule->usage.decided, (long long)rule->overlaps,
                      (long long)rule->conflicts);
    }
}
END_TEST

/* Where importance is low, an optional rule and a no_prep rule agree; two ways
 * to decline are no conflict. */
START_TEST(agreement)
{
    struct coverage coverage;

    add_rule(RULE_DECLINE_BY_DEFAULT, "Lunches");
    add_rule(RULE_ALWAYS_DECLINE, "Packs");
    add_rule(RULE_OPTIONAL_PREP, "Packs (20 min)");
    add_rule(RULE_NO_PREP, "Lunches");
    start();
    count("Lunch packs", NULL, "");
    coverage = result();
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(coverage.rules[i].usage.fired, 1);
        ck_assert_int_eq(coverage.rules[i].overlaps, 1);
        ck_assert_int_eq(coverage.rules[i].conflicts, 0);
    }
    ck_assert_int_eq(coverage.rules[0].usage.decided, 0);
    ck_assert_int_eq(coverage.rules[1].usage.decided, 1);
    ck_assert_int_eq(coverage.rules[2].usage.decided, 0);
    ck_assert_int_eq(coverage.rules[3].usage.decided, 1);
}
END_TEST

START_TEST(labels)
{
    static const char *keywords[] = {"Q4"};
    struct stored_label high = {.importance = IMPORTANCE_HIGH};
    struct stored_label low = {.importance = IMPORTANCE_LOW};
    struct consistency sums;

    add_priority("Close the year", keywords, 1);
    start();
    count("Q4: team sync", &high, "Matches priority: Close the year");
    count("q4 Team-Sync!", &low, "Matches priority: Close the year");
    count("Q4 team sync", &high, "");
    count("Q4 team syncs", &high, "x"); /* another subject */
    count("Walk", &low, "x");
    count("walk", NULL, "");
    sums = result().consistency;
    ck_assert_int_eq(sums.labels, 5);
    ck_assert_int_eq(sums.reasoned, 4);
    ck_assert_int_eq(sums.prioritized, 4);
    ck_assert_int_eq(sums.lifted, 3);
    ck_assert_int_eq(sums.subjects, 3);
    ck_assert_int_eq(sums.repeated, 3);
    ck_assert_int_eq(sums.agreeing, 2);
    ck_assert(!sums.sampled);
}
END_TEST

/* Adds subjects 0 … n - 1 (or the other way round) three times each. */
static struct consistency sample(size_t limit, int n, bool backwards)
{
    struct subjects *subjects = subjects_new(limit, &fix.err);
    struct consistency sums = {0};

    ck_assert_msg(subjects != NULL, "%s", fix.err.message);
    for (int i = 0; i < 3 * n; i++) {
        int number = (backwards ? 3 * n - 1 - i : i) % n;
        char text[32];
        snprintf(text, sizeof text, "Subject %d", number);
        ck_assert(subjects_add(subjects, text,
                               i < n ? IMPORTANCE_LOW : IMPORTANCE_HIGH,
                               &fix.err));
    }
    subjects_count(subjects, &sums);
    subjects_free(subjects);
    return sums;
}

START_TEST(samples)
{
    struct consistency all = sample(64, 64, false);
    struct consistency some = sample(64, 1000, false);
    struct consistency same = sample(64, 1000, true);

    ck_assert(!all.sampled);
    ck_assert_int_eq(all.subjects, 64);
    ck_assert_int_eq(all.repeated, 3 * 64);
    ck_assert_int_eq(all.agreeing, 2 * 64);
    ck_assert(some.sampled);
    ck_assert_int_le(some.subjects, 64);
    ck_assert_int_ge(some.subjects, 16);
    ck_assert_int_eq(some.repeated, 3 * some.subjects);
    ck_assert_int_eq(some.agreeing, 2 * some.subjects);
    ck_assert_int_eq(same.subjects, some.subjects);
    ck_assert_int_eq(same.repeated, some.repeated);
    ck_assert_int_eq(same.agreeing, some.agreeing);
}
END_TEST

Suite *coverage_suite(void)
{
    Suite *suite = suite_create("coverage");
    TCase *tests = tcase_create("coverage");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, rules);
    tcase_add_test(tests, agreement);
    tcase_add_test(tests, labels);
    tcase_add_test(tests, samples);
    suite_add_tcase(suite, tests);
    return suite;
}
