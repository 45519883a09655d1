/* Twins across the parts of a division, against comparing every pair. */
#include "src/split/leaks.h"

#include "datebook/cut.h"

#include "texts.h"

#include <signal.h>
#include <sys/resource.h>

Suite *leaks_suite(void);

enum { TEXTS = 500, PERSONAS = 4 };

static const struct twins_options usual = {.within = false};
/* Many slices of few texts, and nothing recognised at once. */
static const struct twins_options small = {.slice = 16, .remembered = 1};

static struct leaks leaks_with(const struct twins_options *options)
{
    struct leaks leaks;

    MUST(leaks_find_with(fix.store, &fix.arena, head(), &by_hand.division,
                         options, NULL, &leaks, &fix.err));
    return leaks;
}

static struct leaks find_leaks(void)
{
    struct leaks leaks;

    MUST(leaks_find(fix.store, &fix.arena, head(), &by_hand.division, NULL,
                    &leaks, &fix.err));
    return leaks;
}

/* Two who train and one who is held out, with an open run. */
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

static void check_leak(const struct leaks *leaks, size_t at, int64_t meeting,
                       int64_t twin, double likeness, bool exact)
{
    const struct leak *leak = &leaks->leaks[at];

    ck_assert_uint_lt(at, leaks->count);
    ck_assert_int_eq(leak->meeting, meeting);
    ck_assert_int_eq(leak->twin, twin);
    ck_assert_int_eq(leak->part, PART_TRAIN);
    ck_assert_int_eq(leak->twin_part, PART_HELD_OUT);
    ck_assert_double_eq_tol(leak->likeness, likeness, 1e-12);
    ck_assert_int_eq(leak->exact, exact);
}

START_TEST(training_meetings_leak_by_their_likest_twin)
{
    struct leaks leaks;
    int64_t near;
    int64_t exact;
    int64_t far;
    int64_t held_near;
    int64_t held_exact;

    near = add_plain(other, "1", "a b c d e f g h", "i j k y");
    exact = add_plain(train, "2", "A b, c d e f", "g h i j k l");
    far = add_plain(train, "3", "Quite another text", "of six words");
    add_plain(train, "4", "a b c d e f g h i j k l", "m n o p q r s t");
    held_near = add_plain(held, "5", "a b c d e f g h i j k x", "");
    held_exact = add_plain(held, "6", "a b c", "d e f g h i j k l");
    add_plain(held, "7", "a b c", "d e f g h i j k l"); /* a larger key */
    add_plain(held, "8", "", "");
    add_plain(train, "9", "...", "!");
    commit();
    divide_by_hand();
    leaks = find_leaks();
    ck_assert_int_eq(leaks.compared, 9);
    ck_assert_uint_eq(leaks.count, 2);
    check_leak(&leaks, 0, exact, held_exact, 1, true);
    check_leak(&leaks, 1, near, held_near, 9.0 / 11, false);
    ck_assert_int_eq(leaks.twins, 3);
    ck_assert_int_eq(leaks.of_parts[PART_TRAIN], 2);
    ck_assert_int_eq(leaks.of_parts[PART_VALIDATION], 0);
    ck_assert_int_eq(leaks.of_parts[PART_HELD_OUT], 0);
    ck_assert(leaks_have(&leaks, exact));
    ck_assert(leaks_have(&leaks, near));
    ck_assert(!leaks_have(&leaks, far));
    ck_assert(!leaks_have(&leaks, held_exact));
    ck_assert(!leaks_have(&leaks, 0));
    ck_assert(!leaks_have(&leaks, INT64_MAX));
}
END_TEST

/* "a b a b a" and "a b a b a b a" have the same 3-grams, and not the same
 * words. */
START_TEST(as_alike_as_can_be_is_not_exact)
{
    struct leaks leaks;
    int64_t meeting;
    int64_t twin;

    meeting = add_plain(train, "1", "a b a b a", "");
    twin = add_plain(held, "2", "a b a b a b a", "");
    commit();
    divide_by_hand();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    check_leak(&leaks, 0, meeting, twin, 1, false);
    begin();
    twin = add_plain(held, "3", "A B. A B. A", "");
    commit();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    check_leak(&leaks, 0, meeting, twin, 1, true);
    ck_assert_int_eq(leaks.twins, 2);
}
END_TEST

START_TEST(nothing_leaks_without_twins)
{
    struct leaks leaks;

    commit();
    divide_by_hand();
    leaks = find_leaks();
    ck_assert_int_eq(leaks.compared, 0);
    ck_assert_uint_eq(leaks.count, 0);
    ck_assert_int_eq(leaks.twins, 0);
    ck_assert(!leaks_have(&leaks, 1));
    begin();
    add_plain(train, "1", "The same text here", "");
    add_plain(train, "2", "The same text here", "");
    add_plain(held, "3", "Another text over there", "");
    add_plain(held, "4", "Another text over there", "");
    commit();
    leaks = find_leaks();
    ck_assert_int_eq(leaks.compared, 4);
    ck_assert_uint_eq(leaks.count, 0);
    ck_assert_int_eq(leaks.twins, 0);
}
END_TEST

START_TEST(leaks_are_of_their_version)
{
    struct leaks leaks;
    int64_t meeting;

    meeting = add_plain(train, "1", "The same text here", "");
    add_plain(held, "2", "The same text here", "");
    commit();
    divide_by_hand();
    begin();
    MUST(run_remove_meeting(fix.run, meeting, &fix.err));
    commit();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 0);
    MUST(leaks_find(fix.store, &fix.arena, 1, &by_hand.division, NULL, &leaks,
                    &fix.err));
    ck_assert_uint_eq(leaks.count, 1);
    ck_assert_int_eq(leaks.leaks[0].meeting, meeting);
}
END_TEST

/* ---- The validation part ---- */

/* Validation leaks to whom it is held out from; training would to both. */
START_TEST(validation_meetings_leak_to_who_is_held_out)
{
    struct cut *cut;
    struct leaks leaks;
    int64_t meeting;
    int64_t twin;

    meeting = add_plain(train, "1", "The same text here", "");
    twin = add_plain(held, "2", "The same text here", "");
    commit();
    divide_by_hand();
    by_hand.split.terms.validation_fraction = 1;
    cut = cut_make(fix.store, head(), &by_hand.division, NULL, &fix.err);
    MUST(cut != NULL);
    by_hand.division.cut = cut;
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    ck_assert_int_eq(leaks.leaks[0].meeting, meeting);
    ck_assert_int_eq(leaks.leaks[0].twin, twin);
    ck_assert_int_eq(leaks.leaks[0].part, PART_VALIDATION);
    ck_assert_int_eq(leaks.leaks[0].twin_part, PART_HELD_OUT);
    ck_assert_int_eq(leaks.of_parts[PART_VALIDATION], 1);
    cut_free(cut);
}
END_TEST

/* A cut that was made before a twin of what it cut out came in. */
START_TEST(training_meetings_leak_to_validation)
{
    static const char text[] = "The same text here";
    struct cut *cut;
    struct leaks leaks;
    int64_t old;
    int64_t new;

    old = add_plain(train, "1", text, "");
    add_plain(held, "2", "Quite another text over there", "");
    commit();
    divide_by_hand();
    by_hand.split.terms.validation_fraction = 1;
    cut = cut_make(fix.store, head(), &by_hand.division, NULL, &fix.err);
    MUST(cut != NULL);
    by_hand.division.cut = cut;
    begin();
    new = add_plain(other, "3", text, "");
    commit();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    ck_assert_int_eq(leaks.leaks[0].meeting, new);
    ck_assert_int_eq(leaks.leaks[0].twin, old);
    ck_assert_int_eq(leaks.leaks[0].part, PART_TRAIN);
    ck_assert_int_eq(leaks.leaks[0].twin_part, PART_VALIDATION);
    ck_assert_int_eq(leaks.twins, 1);
    cut_free(cut);
}
END_TEST

/* ---- Against comparing all pairs ---- */

static struct sample samples[TEXTS];

static void make_dataset(uint64_t seed)
{
    static const char *const ids[PERSONAS] = {"d", "held1", "c", "held2"};
    int64_t personas[PERSONAS];
    struct random random;

    random_start(&random, seed, "who", NULL);
    for (size_t i = 0; i < PERSONAS; i++)
        personas[i] = put(ids[i], "{}");
    make_samples(samples, TEXTS, seed);
    for (size_t i = 0; i < TEXTS; i++) {
        samples[i].persona = random_below(&random, PERSONAS);
        samples[i].id = arena_format(&fix.arena, &fix.err, "m%zu", i);
        add_sample(personas, &samples[i]);
    }
    commit();
    divide_by_hand();
}

static bool is_held_out(const struct sample *sample)
{
    return sample->persona % 2;
}

static const struct leak *leak_of(const struct leaks *leaks, int64_t meeting)
{
    for (size_t i = 0; i < leaks->count; i++)
        if (leaks->leaks[i].meeting == meeting)
            return &leaks->leaks[i];
    return NULL;
}

static const struct sample *sample_of(int64_t key)
{
    for (size_t i = 0; i < TEXTS; i++)
        if (samples[i].key == key)
            return &samples[i];
    ck_abort_msg("no meeting %lld", (long long)key);
    return NULL;
}

/* What is true of a meeting of one side and all of the other. */
struct truth {
    double likeness; /* of the likest */
    bool exact;
    int64_t twin; /* the least key of the exact ones */
};

static struct truth truth_of(const struct sample *sample)
{
    struct truth truth = {.likeness = 0};

    for (size_t i = 0; i < TEXTS; i++) {
        double likeness;
        if (is_held_out(&samples[i]) == is_held_out(sample))
            continue;
        likeness = brute_likeness(sample, &samples[i]);
        if (likeness > truth.likeness)
            truth.likeness = likeness;
        if (!brute_exact(sample, &samples[i]))
            continue;
        truth.exact = true;
        if (!truth.twin || samples[i].key < truth.twin)
            truth.twin = samples[i].key;
    }
    return truth;
}

/* What is found is true; what is exact or nearly so is found, with the likest
 * twin.  Between that and the threshold a few may be missed. */
static void check_training(const struct leaks *leaks, size_t *found)
{
    for (size_t i = 0; i < TEXTS; i++) {
        const struct leak *leak = leak_of(leaks, samples[i].key);
        struct truth truth;
        ck_assert(!leak || !is_held_out(&samples[i]));
        if (is_held_out(&samples[i]))
            continue;
        truth = truth_of(&samples[i]);
        ck_assert_msg(leak || truth.likeness < 0.9, "missed %.3f",
                      truth.likeness);
        if (!leak)
            continue;
        ++*found;
        ck_assert_double_ge(leak->likeness, LEAK_THRESHOLD);
        ck_assert_double_eq_tol(
            leak->likeness, brute_likeness(&samples[i], sample_of(leak->twin)),
            1e-12);
        ck_assert_int_eq(leak->exact, truth.exact);
        if (truth.exact)
            ck_assert_int_eq(leak->twin, truth.twin);
        if (truth.likeness >= 0.9)
            ck_assert_double_eq_tol(leak->likeness, truth.likeness, 1e-12);
    }
}

static void check_list(const struct leaks *leaks)
{
    for (size_t i = 0; i < leaks->count; i++) {
        ck_assert_int_eq(leaks->leaks[i].part, PART_TRAIN);
        ck_assert_int_eq(leaks->leaks[i].twin_part, PART_HELD_OUT);
        ck_assert(is_held_out(sample_of(leaks->leaks[i].twin)));
        if (i)
            ck_assert_int_gt(leaks->leaks[i].meeting,
                             leaks->leaks[i - 1].meeting);
    }
    ck_assert_int_eq(leaks->compared, TEXTS);
}

static void check_twins(const struct leaks *leaks)
{
    int64_t certain = 0;
    int64_t possible = 0;

    for (size_t i = 0; i < TEXTS; i++) {
        double likeness =
            is_held_out(&samples[i]) ? truth_of(&samples[i]).likeness : 0;
        certain += likeness >= 0.9;
        possible += likeness >= 0.8 - 1e-12;
    }
    ck_assert_int_ge(leaks->twins, certain);
    ck_assert_int_le(leaks->twins, possible);
}

static void check_same(const struct leaks *one, const struct leaks *two)
{
    ck_assert_uint_eq(one->count, two->count);
    ck_assert_int_eq(one->twins, two->twins);
    for (size_t i = 0; i < one->count; i++) {
        ck_assert_int_eq(one->leaks[i].meeting, two->leaks[i].meeting);
        ck_assert_int_eq(one->leaks[i].twin, two->leaks[i].twin);
        ck_assert_double_eq(one->leaks[i].likeness, two->leaks[i].likeness);
    }
}

/* Slices, and what is remembered, change nothing. */
START_TEST(as_comparing_all_pairs)
{
    struct leaks leaks;
    struct leaks sliced;
    size_t found = 0;

    make_dataset((uint64_t)_i);
    leaks = leaks_with(&usual);
    check_training(&leaks, &found);
    ck_assert_uint_eq(found, leaks.count);
    ck_assert_uint_gt(found, TEXTS / 20);
    ck_assert_uint_lt(found, TEXTS / 2);
    check_list(&leaks);
    check_twins(&leaks);
    sliced = leaks_with(&small);
    check_same(&leaks, &sliced);
}
END_TEST

/* ---- Very many that agree ---- */

/* More copies than a slice holds, none of them recognised at once. */
START_TEST(copies_without_end)
{
    enum { COPIES = 700 };
    struct leaks leaks;
    int64_t twin;

    for (int i = 0; i < COPIES; i++) {
        const char *id = arena_format(&fix.arena, &fix.err, "c%d", i);
        const char *text =
            arena_format(&fix.arena, &fix.err, "One of a kind %d", i);
        add_plain(i % 2 ? train : other, id, "Weekly numbers, same as ever",
                  "");
        add_plain(i % 2 ? train : other,
                  arena_format(&fix.arena, &fix.err, "u%d", i), text, "");
    }
    twin = add_plain(held, "h", "weekly numbers; same as ever", "");
    commit();
    divide_by_hand();
    leaks = leaks_with(&small);
    ck_assert_uint_eq(leaks.count, COPIES);
    for (size_t i = 0; i < leaks.count; i++)
        check_leak(&leaks, i, leaks.leaks[i].meeting, twin, 1, true);
    ck_assert_int_eq(leaks.twins, 1);
}
END_TEST

/* All texts are nearly the same, so that most bands put all of them together:
 * each is compared with a few only, and has its twin all the same. */
static void check_crowd(int trained, int held_out)
{
    struct twins_options options = {.window = 3};
    struct leaks leaks;
    static const char common[] =
        "join the call by the link below or dial in by phone and enter the "
        "code of the meeting when asked for it then wait for the host";

    for (int i = 0; i < trained + held_out; i++) {
        const char *id = arena_format(&fix.arena, &fix.err, "c%d", i);
        const char *subject = arena_format(&fix.arena, &fix.err, "Topic%d", i);
        add_plain(i < trained ? train : held, id, subject, common);
    }
    commit();
    divide_by_hand();
    leaks = leaks_with(&options);
    ck_assert_uint_eq(leaks.count, (size_t)trained);
    ck_assert_int_eq(leaks.twins, held_out);
}

START_TEST(a_crowd_with_one_held_out)
{
    check_crowd(400, 1);
}
END_TEST

START_TEST(a_crowd_with_one_in_training)
{
    check_crowd(1, 400);
}
END_TEST

START_TEST(a_crowd_on_both_sides)
{
    check_crowd(200, 200);
}
END_TEST

/* Texts that are too long to be kept beside others. */
START_TEST(long_texts)
{
    struct buf text = BUF_EMPTY;
    struct leaks leaks;
    int64_t meeting;
    int64_t twin;

    for (int i = 0; i < 3000; i++)
        buf_format(&text, "w%d ", i);
    MUST(buf_ok(&text, &fix.err));
    meeting = add_plain(train, "1", "", buf_string(&text));
    add_plain(train, "2", "Something short", "");
    twin = add_plain(held, "3", "One more word: ", buf_string(&text));
    commit();
    divide_by_hand();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    check_leak(&leaks, 0, meeting, twin, 2998.0 / 3001, false);
    buf_free(&text);
}
END_TEST

/* ---- What goes wrong ---- */

static int ticks_left;

static bool stop_later(void *context, const char *what, int64_t done,
                       int64_t total, struct error *err)
{
    (void)context;
    (void)what;
    ck_assert_int_ge(done, 0);
    ck_assert(!total || done <= total);
    return ticks_left-- > 0 || error_set(err, ERROR_INTERRUPTED, "enough");
}

START_TEST(stops_when_told_and_leaves_nothing)
{
    struct monitor monitor = {.tick = stop_later};
    struct leaks leaks;
    size_t files;
    int stops = 0;
    bool done = false;

    make_dataset(3);
    files = open_files();
    while (!done) {
        ticks_left = stops++;
        done = leaks_find(fix.store, &fix.arena, head(), &by_hand.division,
                          &monitor, &leaks, &fix.err);
        if (!done)
            ck_assert_int_eq(fix.err.code, ERROR_INTERRUPTED);
        ck_assert_uint_eq(open_files(), files);
    }
    ck_assert_int_gt(stops, 20);
    ck_assert_uint_gt(leaks.count, 0);
}
END_TEST

START_TEST(without_a_folder_for_temporary_files)
{
    struct leaks leaks;

    commit();
    divide_by_hand();
    setenv("TMPDIR", path_of("missing"), 1);
    MUST_FAIL(leaks_find(fix.store, &fix.arena, head(), &by_hand.division, NULL,
                         &leaks, &fix.err),
              ERROR_INPUT,
              arena_format(&fix.arena, &fix.err,
                           "cannot make a temporary file in %s: No such file "
                           "or directory",
                           path_of("missing")));
    ck_assert_str_eq(fix.err.hint, "set TMPDIR to a folder with room for "
                                   "temporary files");
    setenv("TMPDIR", "", 1);
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 0);
    unsetenv("TMPDIR");
}
END_TEST

START_TEST(when_a_temporary_file_cannot_grow)
{
    struct rlimit old;
    struct rlimit limit;
    struct leaks leaks;
    size_t files;
    const char **names;
    size_t count;

    make_dataset(4);
    files = open_files();
    setenv("TMPDIR", fix.folder, 1);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    limit = (struct rlimit){50000, old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    MUST_FAIL(leaks_find(fix.store, &fix.arena, head(), &by_hand.division, NULL,
                         &leaks, &fix.err),
              ERROR_INPUT,
              arena_format(&fix.arena, &fix.err,
                           "cannot write a temporary file in %s: File too "
                           "large",
                           fix.folder));
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
    unsetenv("TMPDIR");
    ck_assert_uint_eq(open_files(), files);
    MUST(file_list(&fix.arena, fix.folder, "", &names, &count, &fix.err));
    for (size_t i = 0; i < count; i++)
        ck_assert_ptr_nonnull(strstr(names[i], "test.db"));
}
END_TEST

Suite *leaks_suite(void)
{
    Suite *suite = suite_create("leaks");
    TCase *tests = tcase_create("leaks");

    tcase_add_checked_fixture(tests, setup, store_teardown);
    tcase_add_test(tests, training_meetings_leak_by_their_likest_twin);
    tcase_add_test(tests, as_alike_as_can_be_is_not_exact);
    tcase_add_test(tests, nothing_leaks_without_twins);
    tcase_add_test(tests, leaks_are_of_their_version);
    tcase_add_test(tests, validation_meetings_leak_to_who_is_held_out);
    tcase_add_test(tests, training_meetings_leak_to_validation);
    tcase_add_loop_test(tests, as_comparing_all_pairs, 1, 7);
    tcase_add_test(tests, copies_without_end);
    tcase_add_test(tests, a_crowd_with_one_held_out);
    tcase_add_test(tests, a_crowd_with_one_in_training);
    tcase_add_test(tests, a_crowd_on_both_sides);
    tcase_add_test(tests, long_texts);
    tcase_add_test(tests, stops_when_told_and_leaves_nothing);
    tcase_add_test(tests, without_a_folder_for_temporary_files);
    tcase_add_test(tests, when_a_temporary_file_cannot_grow);
    suite_add_tcase(suite, tests);
    return suite;
}
