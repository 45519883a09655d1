/* Drawing samples from a store. */
#include "reviewing.h"

#define P                                                                      \
    PERSONA("p", ",\"importance_criteria\":{\"always_important\":[\"demo\"],"  \
                 "\"sometimes_important\":[\"sync\"],"                         \
                 "\"rarely_important\":[\"newsletter\"]}")
#define P_NEW                                                                  \
    PERSONA("p", ",\"importance_criteria\":{\"always_important\":[\"demo\","   \
                 "\"audit\"],\"sometimes_important\":[\"sync\"],"              \
                 "\"rarely_important\":[\"newsletter\"]}")
#define Q PERSONA("q", ALWAYS("\"board\""))

static const char *numbered(const char *start, int number)
{
    return arena_format(&fix.arena, &fix.err, "%s%d", start, number);
}

/* Of p 20 demos, 3 newsletters and 2 that are both in one subject; of q 10
 * boards. */
static void setup(void)
{
    store_setup();
    begin();
    put_document(P);
    put_document(Q);
    for (int i = 0; i < 20; i++)
        add_subject("p", numbered("demo", i), "Demo", "");
    for (int i = 0; i < 3; i++)
        add_subject("p", numbered("news", i), "Newsletter", "");
    for (int i = 0; i < 2; i++)
        add_subject("p", numbered("both", i), "Demo of the newsletter", "");
    for (int i = 0; i < 10; i++)
        add_subject("q", numbered("board", i), "Board", "");
    commit();
}

static struct sample_shares shares;

static struct sample draw(const struct sample_terms *terms)
{
    struct sample sample;

    MUST(sample_draw(fix.store, &fix.arena, head(), "first", terms, NULL,
                     &sample, &shares, &fix.err));
    return sample;
}

static int count_of(const struct sample *sample, const char *start)
{
    int count = 0;

    for (size_t i = 0; i < sample->count; i++)
        count += !strncmp(sample->meetings[i], start, strlen(start));
    return count;
}

static bool has(const struct sample *sample, const char *meeting)
{
    for (size_t i = 0; i < sample->count; i++)
        if (!strcmp(sample->meetings[i], meeting))
            return true;
    return false;
}

static void check_share(size_t number, const char *persona,
                        const char *importance, int meetings, int drawn)
{
    const struct sample_share *share = &shares.shares[number];

    ck_assert_uint_lt(number, shares.count);
    ck_assert_str_eq(share->values[SAMPLE_BY_PERSONA], persona);
    ck_assert_str_eq(share->values[SAMPLE_BY_IMPORTANCE], importance);
    ck_assert_ptr_null(share->values[SAMPLE_BY_TIER]);
    ck_assert_int_eq(share->meetings, meetings);
    ck_assert_int_eq(share->drawn, drawn);
}

START_TEST(strata_are_even)
{
    struct sample_terms terms = {.count = 12,
                                 .strata = 1u << SAMPLE_BY_PERSONA |
                                           1u << SAMPLE_BY_IMPORTANCE,
                                 .seed = 1};
    struct sample sample = draw(&terms);

    ck_assert_uint_eq(sample.count, 12);
    ck_assert_int_eq(sample.version, 1);
    ck_assert_uint_eq(shares.count, 3);
    check_share(0, "p", "critical", 22, 5);
    check_share(1, "p", "low", 3, 3);
    check_share(2, "q", "critical", 10, 4);
    ck_assert_int_eq(count_of(&sample, "news"), 3);
    ck_assert_int_eq(count_of(&sample, "board"), 4);
    terms.count = 100;
    sample = draw(&terms);
    ck_assert_uint_eq(sample.count, 35);
    check_share(0, "p", "critical", 22, 22);
    terms.count = 1;
    sample = draw(&terms);
    ck_assert_uint_eq(sample.count, 1);
    check_share(0, "p", "critical", 22, 1);
}
END_TEST

START_TEST(every_stratum_has_its_values)
{
    struct sample_terms terms = {
        .count = 100, .strata = (1u << SAMPLE_STRATA) - 1, .seed = 1};

    draw(&terms);
    ck_assert_uint_eq(shares.count, 3);
    ck_assert_str_eq(shares.shares[1].values[SAMPLE_BY_PERSONA], "p");
    ck_assert_str_eq(shares.shares[1].values[SAMPLE_BY_IMPORTANCE], "low");
    ck_assert_str_eq(shares.shares[1].values[SAMPLE_BY_TIER], "1");
    ck_assert_str_eq(shares.shares[1].values[SAMPLE_BY_TYPE], "singleInstance");
    ck_assert_str_eq(shares.shares[1].values[SAMPLE_BY_PREP], "none");
    ck_assert_str_eq(shares.shares[1].values[SAMPLE_BY_RSVP], "decline");
    ck_assert_int_eq(shares.shares[1].meetings, 3);
    ck_assert_str_eq(shares.shares[2].values[SAMPLE_BY_RSVP], "accept");
}
END_TEST

/* Whoever is drawn stays drawn when meetings come, but for those that the new
 * ones push out. */
START_TEST(new_meetings_move_no_other)
{
    struct sample_terms terms = {.count = 10, .seed = 7};
    struct sample before = draw(&terms);
    struct sample after;
    int gone = 0;
    int new = 0;

    begin();
    for (int i = 0; i < 10; i++)
        add_subject("p", numbered("later", i), "Demo", "");
    commit();
    after = draw(&terms);
    ck_assert_uint_eq(after.count, 10);
    for (size_t i = 0; i < 10; i++)
        gone += !has(&after, before.meetings[i]);
    new = count_of(&after, "later");
    ck_assert_int_gt(new, 0);
    ck_assert_int_lt(new, 6);
    ck_assert_int_eq(gone, new);
}
END_TEST

START_TEST(the_seed_decides)
{
    struct sample_terms terms = {.count = 10, .seed = 1};
    struct sample one = draw(&terms);
    struct sample same = draw(&terms);
    struct sample other;
    int both = 0;

    for (size_t i = 0; i < 10; i++)
        ck_assert_str_eq(one.meetings[i], same.meetings[i]);
    terms.seed = 2;
    other = draw(&terms);
    for (size_t i = 0; i < 10; i++)
        both += has(&other, one.meetings[i]);
    ck_assert_int_lt(both, 8);
}
END_TEST

START_TEST(personas_can_be_named)
{
    static const char *const ids[] = {"q", "p", "q"};
    static const char *const wrong[] = {"p", "r"};
    struct sample_terms terms = {
        .count = 100, .seed = 1, .personas = ids, .persona_count = 1};
    struct sample sample = draw(&terms);

    ck_assert_uint_eq(sample.count, 10);
    ck_assert_int_eq(count_of(&sample, "board"), 10);
    ck_assert_uint_eq(sample.terms.persona_count, 1);
    terms.persona_count = 3;
    sample = draw(&terms);
    ck_assert_uint_eq(sample.count, 35);
    ck_assert_uint_eq(sample.terms.persona_count, 2);
    ck_assert_str_eq(sample.terms.personas[0], "p");
    ck_assert_str_eq(sample.terms.personas[1], "q");
    terms.personas = wrong;
    terms.persona_count = 2;
    MUST_HINT(sample_draw(fix.store, &fix.arena, 1, "first", &terms, NULL,
                          &sample, NULL, &fix.err),
              ERROR_INPUT, "there is no persona \"r\" in v1",
              "did you mean p?");
}
END_TEST

START_TEST(nothing_to_draw_from_is_an_error)
{
    static const char *const ids[] = {"r"};
    struct sample_terms terms = {.count = 1, .seed = 1};
    struct sample sample;

    MUST_HINT(sample_draw(fix.store, &fix.arena, 0, "first", &terms, NULL,
                          &sample, NULL, &fix.err),
              ERROR_INPUT, "there are no meetings in v0",
              "`datebook generate` makes some");
    edit(PERSONA("r", ALWAYS("\"x\"")));
    terms.personas = ids;
    terms.persona_count = 1;
    MUST_HINT(sample_draw(fix.store, &fix.arena, 2, "first", &terms, NULL,
                          &sample, NULL, &fix.err),
              ERROR_INPUT, "these personas have no meetings in v2",
              "`datebook generate` makes some");
    terms.count = 0;
    MUST_FAIL(sample_draw(fix.store, &fix.arena, 2, "first", &terms, NULL,
                          &sample, NULL, &fix.err),
              ERROR_INPUT, "a sample has 1 to 100000 meetings, not 0");
}
END_TEST

/* ---- Preferences ---- */

static void check_preferred(int meetings, int drawn)
{
    ck_assert_uint_eq(shares.count, 1);
    ck_assert_int_eq(shares.shares[0].preferred, meetings);
    ck_assert_int_eq(shares.shares[0].drawn_preferred, drawn);
}

START_TEST(conflicts_come_first)
{
    struct sample_terms terms = {
        .count = 5, .prefer = PREFER_CONFLICTS, .seed = 3};
    struct sample sample = draw(&terms);

    ck_assert_uint_eq(sample.count, 5);
    ck_assert_int_eq(count_of(&sample, "both"), 2);
    check_preferred(2, 2);
}
END_TEST

START_TEST(new_rules_come_first)
{
    static const char *const ids[] = {"p"};
    struct sample_terms terms = {.count = 5,
                                 .prefer = PREFER_NEW_RULES,
                                 .seed = 3,
                                 .personas = ids,
                                 .persona_count = 1};
    struct sample sample = draw(&terms);

    check_preferred(0, 0);
    begin();
    put_document(P_NEW);
    add_subject("p", "audit1", "Audit", "");
    add_subject("p", "audit2", "Demo, audit", "");
    commit();
    sample = draw(&terms);
    check_preferred(2, 2);
    ck_assert(has(&sample, "audit1") && has(&sample, "audit2"));
    /* A change of something else makes no rule old. */
    begin();
    put_document("{\"id\":\"p\",\"name\":\"Other\",\"tier\":1,"
                 "\"importance_criteria\":{\"always_important\":[\"demo\","
                 "\"audit\"],\"sometimes_important\":[\"sync\"],"
                 "\"rarely_important\":[\"newsletter\"]}}");
    commit();
    draw(&terms);
    check_preferred(2, 2);
    /* Rules that go leave none that is new. */
    begin();
    put_document(P);
    commit();
    draw(&terms);
    check_preferred(0, 0);
}
END_TEST

/* p: one rule of its level makes a demo critical and without it it is medium.
 * A "sync" is medium either way. */
START_TEST(borderline_meetings_come_first)
{
    struct sample_terms terms = {
        .count = 50, .prefer = PREFER_BORDERLINE, .seed = 3};

    draw(&terms);
    check_preferred(35, 35);
    begin();
    add_subject("p", "sync", "Sync", "");
    add_subject("p", "lunch", "Lunch", "");
    commit();
    draw(&terms);
    check_preferred(35, 35);
}
END_TEST

#define R                                                                      \
    PERSONA("r", ",\"importance_criteria\":{\"always_important\":[\"demo\","   \
                 "\"pilot\"]},\"prep_time_needs\":{\"requires_prep\":"         \
                 "[\"demo (30 min)\",\"board (45 min)\"],"                     \
                 "\"optional_prep\":[\"pilot (15 min)\"]}")

/* Two rules of importance, each enough; one that makes preparation needed, or
 * two. */
START_TEST(two_rules_are_no_borderline)
{
    static const char *const ids[] = {"r"};
    struct sample_terms terms = {.count = 50,
                                 .prefer = PREFER_BORDERLINE,
                                 .seed = 3,
                                 .personas = ids,
                                 .persona_count = 1};
    struct sample sample;

    edit(R);
    begin();
    add_subject("r", "one", "Demo", "");
    add_subject("r", "three", "Demo of the pilot", "");
    commit();
    sample = draw(&terms);
    ck_assert_uint_eq(sample.count, 2);
    /* "three" has two of importance and two of preparation. */
    check_preferred(1, 1);
    begin();
    add_subject("r", "board", "Board", "");
    commit();
    draw(&terms);
    check_preferred(2, 2);
}
END_TEST

Suite *sample_draw_suite(void);
Suite *sample_draw_suite(void)
{
    Suite *suite = suite_create("sample_draw");
    TCase *tcase = tcase_create("draw");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, strata_are_even);
    tcase_add_test(tcase, every_stratum_has_its_values);
    tcase_add_test(tcase, new_meetings_move_no_other);
    tcase_add_test(tcase, the_seed_decides);
    tcase_add_test(tcase, personas_can_be_named);
    tcase_add_test(tcase, nothing_to_draw_from_is_an_error);
    tcase_add_test(tcase, conflicts_come_first);
    tcase_add_test(tcase, new_rules_come_first);
    tcase_add_test(tcase, borderline_meetings_come_first);
    tcase_add_test(tcase, two_rules_are_no_borderline);
    suite_add_tcase(suite, tcase);
    return suite;
}
