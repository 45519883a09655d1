/* The validation part: whole groups, drawn by content alone. */
#include "datebook/cut.h"

#include "datebook/leaks.h"

#include "texts.h"

Suite *cut_suite(void);

enum { TEXTS = 400, PERSONAS = 3 };

static struct cut *make_cut(double fraction, uint64_t seed)
{
    struct cut *cut;

    by_hand.split.terms.validation_fraction = fraction;
    by_hand.split.terms.seed = seed;
    cut = cut_make(fix.store, head(), &by_hand.division, NULL, &fix.err);
    MUST(cut != NULL);
    return cut;
}

/* One who trains, another who does, and one who is held out. */
static int64_t train;
static int64_t other;
static int64_t held;

static void setup(void)
{
    store_setup();
    begin();
    train = put("a", "{}");
    held = put("held", "{}");
    other = put("z", "{}");
}

static void check_totals(const struct cut *cut, int64_t meetings,
                         int64_t groups, int64_t largest)
{
    struct cut_totals totals = cut_totals(cut);

    ck_assert_int_eq(totals.meetings, meetings);
    ck_assert_int_eq(totals.groups, groups);
    ck_assert_int_eq(totals.largest, largest);
}

static int64_t add_occurrence(int64_t persona, const char *id,
                              const char *subject, const char *document)
{
    return add_text(persona, id, subject, "", document, EVENT_OCCURRENCE);
}

START_TEST(what_is_one_group)
{
    static const char master[] = "{\"seriesMasterId\":\"m/1\"}";
    static const char escaped[] = "{\"seriesMasterId\":\"m\\/1\"}";
    struct cut *cut;

    /* One series of two personas, its master, and a twin of one of it. */
    add_occurrence(train, "1", "Monday numbers of ours", master);
    add_occurrence(other, "2", "Tuesday numbers of ours", escaped);
    add_text(train, "m/1", "The series itself", "", "{\"seriesMasterId\":null}",
             EVENT_SERIES_MASTER);
    add_plain(other, "3", "tuesday NUMBERS of ours", "");
    /* Two series of the same words. */
    add_occurrence(train, "4", "Lunch together again",
                   "{\"seriesMasterId\":\"m2\"}");
    add_occurrence(train, "5", "Lunch together again",
                   "{\"seriesMasterId\":\"m3\"}");
    add_occurrence(train, "6", "Something new here",
                   "{\"seriesMasterId\":\"m3\"}");
    /* Alone: no words, no series, or the words of who is held out. */
    add_plain(train, "7", "", "");
    add_plain(train, "8", "", "");
    add_text(train, "9", "Out of turn", "", "{}", EVENT_EXCEPTION);
    add_plain(other, "10", "Held out words here", "");
    add_plain(held, "11", "Held out words here", "");
    commit();
    divide_by_hand();
    cut = make_cut(0.5, 1);
    check_totals(cut, 11, 6, 4);
    cut_free(cut);
    cut_free(NULL);
}
END_TEST

START_TEST(none_or_all)
{
    int64_t meeting = add_plain(train, "1", "One text here", "");
    int64_t second = add_plain(other, "2", "Another text there", "");
    int64_t out = add_plain(held, "3", "Somebody else's text", "");
    struct cut *cut;

    commit();
    divide_by_hand();
    cut = make_cut(0, 1);
    check_totals(cut, 2, 2, 1);
    ck_assert_int_eq(cut_totals(cut).validation, 0);
    ck_assert(!cut_is_validation(cut, meeting));
    cut_free(cut);
    cut = make_cut(1, 1);
    ck_assert_int_eq(cut_totals(cut).validation, 2);
    ck_assert(cut_is_validation(cut, meeting));
    ck_assert(cut_is_validation(cut, second));
    ck_assert(!cut_is_validation(cut, out));
    ck_assert(!cut_is_validation(cut, meeting + 1));
    ck_assert(!cut_is_validation(cut, 0));
    ck_assert(!cut_is_validation(cut, INT64_MAX));
    ck_assert(!cut_is_validation(cut, -1));
    cut_free(cut);
}
END_TEST

START_TEST(nothing_to_cut)
{
    struct cut *cut;

    add_plain(held, "1", "Somebody else's text", "");
    commit();
    divide_by_hand();
    cut = make_cut(0.5, 1);
    check_totals(cut, 0, 0, 0);
    ck_assert_int_eq(cut_totals(cut).validation, 0);
    cut_free(cut);
}
END_TEST

/* ---- Random texts and series ---- */

static struct sample samples[TEXTS];

static void make_content(uint64_t seed)
{
    struct random random;

    make_samples(samples, TEXTS, seed);
    random_start(&random, seed, "series", NULL);
    for (size_t i = 0; i < TEXTS; i++) {
        samples[i].persona = random_below(&random, PERSONAS);
        samples[i].series =
            random_chance(&random, 30) ? random_between(&random, 1, 40) : 0;
        samples[i].id = arena_format(&fix.arena, &fix.err, "m%zu", i);
    }
}

/* Writes the first samples; backwards, other keys come out. */
static void write_content(size_t first, size_t count, bool backwards)
{
    static const char *const ids[PERSONAS] = {"p", "held1", "q"};
    int64_t personas[PERSONAS];

    for (size_t i = 0; i < PERSONAS; i++) {
        size_t at = backwards ? PERSONAS - 1 - i : i;
        personas[at] = put(ids[at], "{}");
    }
    for (size_t i = 0; i < count; i++)
        add_sample(personas, &samples[first + (backwards ? count - 1 - i : i)]);
    commit();
    divide_by_hand();
}

static bool trains(const struct sample *sample)
{
    return sample->persona != 1;
}

START_TEST(no_part_shares_a_series_or_twins)
{
    struct cut *cut;
    struct leaks leaks;
    size_t ties = 0;

    make_content((uint64_t)_i);
    write_content(0, TEXTS, false);
    cut = make_cut(0.4, (uint64_t)_i);
    for (size_t i = 0; i < TEXTS; i++)
        for (size_t j = 0; j < i; j++) {
            bool tied = trains(&samples[i]) && trains(&samples[j]) &&
                        ((samples[i].series &&
                          samples[i].series == samples[j].series) ||
                         brute_likeness(&samples[i], &samples[j]) >= 0.9);
            ties += tied;
            if (tied)
                ck_assert(cut_is_validation(cut, samples[i].key) ==
                          cut_is_validation(cut, samples[j].key));
        }
    ck_assert_uint_gt(ties, TEXTS / 4);
    ck_assert_int_gt(cut_totals(cut).validation, 0);
    ck_assert_int_lt(cut_totals(cut).validation, cut_totals(cut).meetings);
    /* Nor do leaks find any between the two. */
    by_hand.division.cut = cut;
    MUST(leaks_find(fix.store, &fix.arena, head(), &by_hand.division, NULL,
                    &leaks, &fix.err));
    for (size_t i = 0; i < leaks.count; i++)
        ck_assert_int_eq(leaks.leaks[i].twin_part, PART_HELD_OUT);
    ck_assert_uint_gt(leaks.count, 0);
    cut_free(cut);
}
END_TEST

static int find_group(const int *up, int at)
{
    while (up[at] != at)
        at = up[at];
    return at;
}

/* Groups by comparing all pairs.  With these seeds no pair is missed. */
static void brute_groups(int64_t *groups, int64_t *largest)
{
    static int up[TEXTS];
    static int64_t sizes[TEXTS];

    memset(sizes, 0, sizeof sizes);
    *groups = *largest = 0;
    for (int i = 0; i < TEXTS; i++) {
        up[i] = i;
        for (int j = 0; j < i; j++)
            if (trains(&samples[i]) && trains(&samples[j]) &&
                ((samples[i].series &&
                  samples[i].series == samples[j].series) ||
                 brute_likeness(&samples[i], &samples[j]) >= 0.8 - 1e-12))
                up[find_group(up, i)] = find_group(up, j);
    }
    for (int i = 0; i < TEXTS; i++)
        if (trains(&samples[i]) && ++sizes[find_group(up, i)] > *largest)
            *largest = sizes[find_group(up, i)];
    for (int i = 0; i < TEXTS; i++)
        *groups += sizes[i] > 0;
}

START_TEST(groups_are_as_large_as_ties_make_them)
{
    struct cut *cut;
    int64_t meetings = 0;
    int64_t groups;
    int64_t largest;

    make_content((uint64_t)_i);
    write_content(0, TEXTS, false);
    cut = make_cut(0.4, 1);
    brute_groups(&groups, &largest);
    for (size_t i = 0; i < TEXTS; i++)
        meetings += trains(&samples[i]);
    ck_assert_int_gt(largest, 1);
    check_totals(cut, meetings, groups, largest);
    cut_free(cut);
}
END_TEST

/* ---- The draw ---- */

/* The ids that are drawn, in the order of samples. */
static void drawn_now(const struct cut *cut, bool drawn[TEXTS])
{
    for (size_t i = 0; i < TEXTS; i++)
        drawn[i] = samples[i].key && cut_is_validation(cut, samples[i].key);
}

START_TEST(a_cut_is_of_content_alone)
{
    static bool one[TEXTS];
    static bool two[TEXTS];
    struct cut *cut;

    make_content(7);
    write_content(0, TEXTS, false);
    cut = make_cut(0.3, 5);
    drawn_now(cut, one);
    cut_free(cut);
    store_teardown();
    store_setup();
    begin();
    make_content(7);
    write_content(0, TEXTS, true);
    cut = make_cut(0.3, 5);
    drawn_now(cut, two);
    cut_free(cut);
    ck_assert_mem_eq(one, two, sizeof one);
    cut = make_cut(0.3, 6);
    drawn_now(cut, two);
    cut_free(cut);
    ck_assert_mem_ne(one, two, sizeof one);
}
END_TEST

/* Every text alone, so that a share is one of meetings. */
static void write_singles(size_t first, size_t count)
{
    char text[64];

    for (size_t i = first; i < first + count; i++) {
        snprintf(text, sizeof text, "first%zu second%zu third%zu", i, i, i);
        samples[i].key =
            add_plain(i % 2 ? train : other,
                      arena_format(&fix.arena, &fix.err, "s%zu", i), text, "");
    }
    commit();
    divide_by_hand();
}

START_TEST(fractions_nest_and_are_about_that_share)
{
    static bool before[TEXTS];
    static bool after[TEXTS];

    memset(samples, 0, sizeof samples);
    write_singles(0, TEXTS);
    for (int tenths = 0; tenths <= 10; tenths++) {
        struct cut *cut = make_cut(tenths / 10.0, 9);
        int64_t validation = cut_totals(cut).validation;
        drawn_now(cut, after);
        check_totals(cut, TEXTS, TEXTS, 1);
        ck_assert_int_ge(validation, TEXTS * tenths / 10 - TEXTS / 15);
        ck_assert_int_le(validation, TEXTS * tenths / 10 + TEXTS / 15);
        for (size_t i = 0; i < TEXTS; i++) {
            ck_assert(after[i] || !before[i]);
            validation -= after[i];
        }
        ck_assert_int_eq(validation, 0);
        memcpy(before, after, sizeof before);
        cut_free(cut);
    }
}
END_TEST

/* The draw is part of what a split means: it must never change. */
START_TEST(the_draw_is_pinned)
{
    static const char expected[] = "0000000000000000000001000001000000011000";
    char drawn[sizeof expected] = "";
    struct cut *cut;

    memset(samples, 0, sizeof samples);
    write_singles(0, sizeof expected - 1);
    cut = make_cut(0.2, 42);
    for (size_t i = 0; i < sizeof expected - 1; i++)
        drawn[i] = cut_is_validation(cut, samples[i].key) ? '1' : '0';
    cut_free(cut);
    ck_assert_str_eq(drawn, expected);
}
END_TEST

START_TEST(meetings_that_come_later_move_none)
{
    static bool before[TEXTS];
    static bool after[TEXTS];
    struct cut *cut;

    memset(samples, 0, sizeof samples);
    write_singles(0, TEXTS / 2);
    cut = make_cut(0.3, 9);
    drawn_now(cut, before);
    cut_free(cut);
    begin();
    write_singles(TEXTS / 2, TEXTS / 2);
    cut = make_cut(0.3, 9);
    drawn_now(cut, after);
    ck_assert_mem_eq(before, after, TEXTS / 2 * sizeof *before);
    ck_assert_int_eq(cut_totals(cut).meetings, TEXTS);
    cut_free(cut);
    /* As of before they came, they are not there. */
    by_hand.split.terms.seed = 9;
    cut = cut_make(fix.store, 1, &by_hand.division, NULL, &fix.err);
    MUST(cut != NULL);
    ck_assert_int_eq(cut_totals(cut).meetings, TEXTS / 2);
    cut_free(cut);
}
END_TEST

/* Keys far from each other: pages in between are not there. */
START_TEST(keys_with_gaps)
{
    enum { MEETINGS = 1500 };
    int64_t keys[MEETINGS];
    struct cut *cut;

    for (int i = 0; i < MEETINGS; i++)
        keys[i] = add_plain(train, arena_format(&fix.arena, &fix.err, "g%d", i),
                            "", "");
    commit();
    begin();
    for (int i = 0; i < MEETINGS; i++)
        if (i % 700)
            MUST(run_remove_meeting(fix.run, keys[i], &fix.err));
    commit();
    divide_by_hand();
    cut = make_cut(1, 1);
    ck_assert_int_eq(cut_totals(cut).validation, 3);
    for (int i = 0; i < MEETINGS; i++)
        ck_assert_int_eq(cut_is_validation(cut, keys[i]), i % 700 == 0);
    cut_free(cut);
}
END_TEST

/* ---- What goes wrong ---- */

static int ticks_left;

static bool stop_later(void *context, const char *what, int64_t done,
                       int64_t total, struct error *err)
{
    (void)context;
    (void)what;
    (void)done;
    (void)total;
    return ticks_left-- > 0 || error_set(err, ERROR_INTERRUPTED, "enough");
}

START_TEST(stops_when_told_and_leaves_nothing)
{
    struct monitor monitor = {.tick = stop_later};
    struct cut *cut = NULL;
    size_t files;
    int stops = 0;

    make_content(3);
    write_content(0, TEXTS, false);
    files = open_files();
    while (!cut) {
        ticks_left = stops++;
        cut =
            cut_make(fix.store, head(), &by_hand.division, &monitor, &fix.err);
        if (!cut)
            ck_assert_int_eq(fix.err.code, ERROR_INTERRUPTED);
        ck_assert_uint_eq(open_files(), files);
    }
    ck_assert_int_gt(stops, 20);
    cut_free(cut);
}
END_TEST

START_TEST(a_damaged_document_is_named)
{
    add_occurrence(train, "m1", "One text here", "{\"seriesMasterId\":");
    commit();
    divide_by_hand();
    MUST_FAIL(cut_make(fix.store, head(), &by_hand.division, NULL, &fix.err),
              ERROR_INPUT, "m1: document:1:19: the JSON ends too early");
}
END_TEST

Suite *cut_suite(void)
{
    Suite *suite = suite_create("cut");
    TCase *tests = tcase_create("cut");

    tcase_add_checked_fixture(tests, setup, store_teardown);
    tcase_add_test(tests, what_is_one_group);
    tcase_add_test(tests, none_or_all);
    tcase_add_test(tests, nothing_to_cut);
    tcase_add_loop_test(tests, no_part_shares_a_series_or_twins, 1, 6);
    tcase_add_loop_test(tests, groups_are_as_large_as_ties_make_them, 1, 6);
    tcase_add_test(tests, a_cut_is_of_content_alone);
    tcase_add_test(tests, fractions_nest_and_are_about_that_share);
    tcase_add_test(tests, the_draw_is_pinned);
    tcase_add_test(tests, meetings_that_come_later_move_none);
    tcase_add_test(tests, keys_with_gaps);
    tcase_add_test(tests, stops_when_told_and_leaves_nothing);
    tcase_add_test(tests, a_damaged_document_is_named);
    suite_add_tcase(suite, tests);
    return suite;
}
