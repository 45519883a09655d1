/* What is said of a mix that was not reached: nothing when it was, else by how
 * much it is missed, and because of which rules. */
#include "datebook/mix_report.h"
#include "tests/unit/thresholds.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct persona persona;
static struct ruleset *rules;
static struct mix_tally tally;
static struct mix_report report;
static struct mix_wish wish;

/* A rule of each level and two that ask for preparation, found by a letter
 * each. */
static const char LETTERS[] =
    "{\"id\":\"p\",\"name\":\"P\",\"tier\":1,\"importance_criteria\":{"
    "\"always_important\":[\"cc\",\"kk\"],\"usually_important\":[\"hh\"],"
    "\"sometimes_important\":[\"mm\"],\"rarely_important\":[\"ll\"]},"
    "\"prep_time_needs\":{\"requires_prep\":[{\"any\":[\"pp\"],\"name\":"
    "\"Long\",\"minutes\":60},{\"any\":[\"qq\"],\"name\":\"Short\","
    "\"minutes\":25}]}}";
static const char NOTHING[] = "{\"id\":\"p\",\"name\":\"P\",\"tier\":1}";

static void use(const char *document)
{
    ruleset_free(rules);
    ck_assert(persona_parse(&arena, document, strlen(document), "p.json",
                            &persona, &err));
    rules = ruleset_compile(&persona, &err);
    ck_assert_ptr_nonnull(rules);
    ck_assert(mix_tally_start(&tally, &arena, &persona, rules, &err));
}

static void setup(void)
{
    memset(&report, 0, sizeof report);
    wish = mix_usual(library_thresholds(&arena));
    use(LETTERS);
}

static void teardown(void)
{
    ruleset_free(rules);
    rules = NULL;
    arena_free(&arena);
}

static struct label label_of(const char *subject)
{
    struct meeting_facts facts = {
        .subject = subject, .preview = "", .people = ""};
    struct label label;

    ck_assert(ruleset_label(rules, &facts, &label, &err));
    return label;
}

/* Adds as many drafts and meetings with a subject. */
static void add(const char *subject, int drafts, int meetings)
{
    struct label label = label_of(subject);

    for (int i = 0; i < drafts; i++)
        mix_count_draft(&tally, &label);
    for (int i = 0; i < meetings; i++)
        mix_count_meeting(&tally, &label, false);
}

static void add_standing(const char *subject, int meetings)
{
    struct label label = label_of(subject);

    for (int i = 0; i < meetings; i++)
        mix_count_meeting(&tally, &label, true);
}

static void finish(void)
{
    ck_assert(mix_report_add(&report, &arena, &wish, &tally, &err));
    ck_assert(mix_report_end(&report, &arena, &wish, &err));
}

static void check(size_t at, enum mix_what what, int came, int by,
                  const char *why)
{
    const struct mix_miss *miss = &report.misses[at];

    ck_assert_uint_lt(at, report.count);
    ck_assert_str_eq(mix_what_name(miss->what), mix_what_name(what));
    ck_assert_int_eq(miss->came, came);
    ck_assert_int_eq(miss->by, by);
    ck_assert_str_eq(miss->why, why);
}

/* 1000 meetings: so many of each level, and 450 with 25 minutes. */
static void add_thousand(int critical, int high, int medium)
{
    add("cc qq", 1, critical);
    add("hh qq", 1, 450 - critical);
    add("hh", 1, high - (450 - critical));
    add("mm", 1, medium);
    add("ll", 1, 1000 - critical - high - medium);
}

START_TEST(a_mix_as_wanted_is_not_mentioned)
{
    add_thousand(138, 320, 360);
    finish();
    ck_assert_uint_eq(report.count, 0);
}
END_TEST

/* A single persona may be twice as far off: 7.5 to 17.5 % critical. */
START_TEST(the_edges_of_what_is_wanted)
{
    static const struct {
        int critical;
        int high;
        size_t misses;
    } cases[] = {{74, 300, 1}, {75, 300, 0}, {175, 250, 0}, {176, 250, 1}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setup();
        add("cc qq", 1, cases[i].critical);
        add("hh qq", 1, cases[i].high);
        add("mm", 1, 410);
        add("ll", 1, 590 - cases[i].high - cases[i].critical);
        finish();
        ck_assert_uint_eq(report.count, cases[i].misses);
        if (report.count)
            ck_assert_int_eq(report.misses[0].what, IMPORTANCE_CRITICAL);
    }
}
END_TEST

START_TEST(shares_that_were_asked_for)
{
    wish.levels[IMPORTANCE_CRITICAL] = mix_given_level(140);
    wish.prep = mix_given_prep(551);
    add_thousand(138, 320, 360);
    finish();
    ck_assert_uint_eq(report.count, 1);
    check(0, MIX_PREP, 450, -101,
          "the rules ask for it on 100.0 % of critical drafts, 50.0 % of "
          "high, 0.0 % of medium, 0.0 % of low");
    ck_assert_uint_eq(report.misses[0].blame_count, 1);
    ck_assert_str_eq(report.misses[0].blames[0].rule, "Requires prep: Short");
    ck_assert_int_eq(report.misses[0].blames[0].share, 450);
}
END_TEST

START_TEST(too_many_by_rules)
{
    add("cc kk qq", 1, 100);
    add("cc qq", 1, 145);
    add("kk qq", 1, 65);
    add("hh qq", 1, 140);
    add("hh", 1, 60);
    add("mm", 1, 340);
    add("ll", 1, 150);
    finish();
    ck_assert_uint_eq(report.count, 2);
    ck_assert_str_eq(report.misses[0].persona, "p");
    ck_assert_int_eq(report.misses[0].meetings, 1000);
    ck_assert_int_eq(report.misses[0].wanted.low, 100);
    ck_assert_int_eq(report.misses[0].wanted.high, 150);
    check(0, (enum mix_what)IMPORTANCE_CRITICAL, 310, 160,
          "\"Always important: cc\" decides 24.5 % of the meetings, \"Always "
          "important: kk\" 16.5 %");
    check(1, (enum mix_what)IMPORTANCE_HIGH, 200, -50,
          "28.5 % of 7 drafts were high; critical came instead, most by "
          "\"Always important: cc\"");
    ck_assert_uint_eq(report.misses[1].blame_count, 2);
}
END_TEST

START_TEST(too_many_by_standing_series)
{
    add("hh qq", 9, 450);
    add("nothing", 1, 50);
    add_standing("mm", 300);
    add_standing("nothing", 200);
    finish();
    ck_assert_uint_eq(report.count, 4);
    check(2, (enum mix_what)IMPORTANCE_MEDIUM, 550, 150,
          "\"Sometimes important: mm\" decides 30.0 % of the meetings, \"No "
          "specific rule matched\" 25.0 %; 50.0 % are of standing series");
}
END_TEST

START_TEST(rules_that_never_fire)
{
    add("cc qq", 10, 140);
    add("hh qq", 10, 290);
    add("mm", 1200, 570);
    finish();
    ck_assert_uint_eq(report.count, 2);
    check(1, (enum mix_what)IMPORTANCE_LOW, 0, -150,
          "no rule of rarely_important fired on any of 1,220 drafts; medium "
          "came instead, most by \"Sometimes important: mm\"");
}
END_TEST

START_TEST(rules_that_are_overruled)
{
    add("cc ll qq", 60, 300);
    add("hh qq", 20, 270);
    add("mm", 15, 390);
    add("ll", 5, 40);
    finish();
    ck_assert_uint_eq(report.count, 3);
    check(1, (enum mix_what)IMPORTANCE_LOW, 40, -110,
          "5.0 % of 100 drafts were low, and \"Always important: cc\" "
          "overruled them on 60.0 %; critical came instead, most by \"Always "
          "important: cc\"");
}
END_TEST

START_TEST(a_persona_without_rules)
{
    use(NOTHING);
    add("anything", 700, 200);
    finish();
    ck_assert_uint_eq(report.count, 5);
    check(0, (enum mix_what)IMPORTANCE_CRITICAL, 0, -100,
          "no rule gives critical: always_important is empty; medium came "
          "instead, most by \"No specific rule matched\"");
    check(1, (enum mix_what)IMPORTANCE_HIGH, 0, -250,
          "no rule gives high: usually_important and priority_framework are "
          "empty; medium came instead, most by \"No specific rule matched\"");
    check(2, (enum mix_what)IMPORTANCE_MEDIUM, 1000, 600,
          "\"No specific rule matched\" decides 100.0 % of the meetings");
    check(4, MIX_PREP, 0, -400,
          "no rule asks for preparation: requires_prep and optional_prep are "
          "empty");
}
END_TEST

START_TEST(minutes_on_average)
{
    add("cc pp", 1, 138);
    add("hh pp", 1, 200);
    add("hh qq", 1, 100);
    add("mm", 1, 380);
    add("ll", 1, 182);
    finish();
    ck_assert_uint_eq(report.count, 1);
    check(0, MIX_MINUTES, 520, 220,
          "\"Requires prep: Long\" decides 33.8 % of the meetings");
    /* nobody wants them to be anything when none are wanted */
    setup();
    wish.prep = mix_given_prep(0);
    add("cc pp", 1, 138);
    add("hh", 1, 300);
    add("mm", 1, 380);
    add("ll", 1, 182);
    finish();
    ck_assert_uint_eq(report.count, 1);
    ck_assert_int_eq(report.misses[0].what, MIX_PREP);
}
END_TEST

/* A calendar that was cut after a few meetings has no mix, unless it is far
 * from any. */
START_TEST(few_meetings)
{
    add("mm", 1, 3);
    finish();
    ck_assert_uint_eq(report.count, 0);
    setup();
    add("cc qq", 1, 6);
    add("hh", 1, 2);
    add("mm", 1, 7);
    add("ll", 1, 5);
    finish();
    ck_assert_uint_eq(report.count, 0);
    setup();
    add("cc qq", 1, 12);
    add("mm", 1, 8);
    finish();
    ck_assert_uint_eq(report.count, 2);
    ck_assert_int_eq(report.misses[0].what, IMPORTANCE_CRITICAL);
    setup();
    finish();
    ck_assert_uint_eq(report.count, 0);
}
END_TEST

/* What each persona may be off, all of them together may not. */
START_TEST(all_personas_together)
{
    add_thousand(170, 300, 360);
    ck_assert(mix_report_add(&report, &arena, &wish, &tally, &err));
    ck_assert_uint_eq(report.count, 0);
    finish();
    ck_assert_uint_eq(report.count, 1);
    ck_assert_ptr_null(report.misses[0].persona);
    ck_assert_int_eq(report.misses[0].meetings, 2000);
    check(0, (enum mix_what)IMPORTANCE_CRITICAL, 170, 20, "");
}
END_TEST

START_TEST(targets_of_a_wish)
{
    struct calendar_mix mix = mix_targets(&wish);

    ck_assert_mem_eq(mix.levels, calendar_usual_mix.levels, sizeof mix.levels);
    ck_assert_int_eq(mix.prep, calendar_usual_mix.prep);
    wish.levels[IMPORTANCE_LOW] = mix_given_level(333);
    wish.prep = mix_given_prep(10);
    mix = mix_targets(&wish);
    ck_assert_int_eq(mix.levels[0], 333);
    ck_assert_int_eq(mix.prep, 10);
}
END_TEST

Suite *mix_report_suite(void);
Suite *mix_report_suite(void)
{
    Suite *suite = suite_create("mix_report");
    TCase *tcase = tcase_create("mix_report");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_mix_as_wanted_is_not_mentioned);
    tcase_add_test(tcase, the_edges_of_what_is_wanted);
    tcase_add_test(tcase, shares_that_were_asked_for);
    tcase_add_test(tcase, too_many_by_rules);
    tcase_add_test(tcase, too_many_by_standing_series);
    tcase_add_test(tcase, rules_that_never_fire);
    tcase_add_test(tcase, rules_that_are_overruled);
    tcase_add_test(tcase, a_persona_without_rules);
    tcase_add_test(tcase, minutes_on_average);
    tcase_add_test(tcase, few_meetings);
    tcase_add_test(tcase, all_personas_together);
    tcase_add_test(tcase, targets_of_a_wish);
    suite_add_tcase(suite, tcase);
    return suite;
}
