/* Leaks among very many texts that agree, among long ones, and when something
 * goes wrong. */
#include "leaking.h"

#include <signal.h>
#include <sys/resource.h>

Suite *leaks_limits_suite(void);

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
static const char common[] =
    "join the call by the link below or dial in by phone and enter the code of "
    "the meeting when asked for it then wait for the host";

static void check_crowd(int trained, int held_out)
{
    struct twins_options options = {.window = 3};
    struct leaks leaks;

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

/* However few are compared, an exact twin is found. */
START_TEST(exact_twins_in_a_crowd)
{
    enum { TWINS = 100 };
    struct twins_options options = {.window = 1};
    struct leaks leaks;
    int64_t keys[TWINS];

    for (int i = 0; i < 2 * TWINS; i++) {
        const char *id = arena_format(&fix.arena, &fix.err, "c%d", i);
        int topic = i < TWINS ? i : 2 * TWINS - 1 - i;
        const char *subject =
            arena_format(&fix.arena, &fix.err, "Topic%d", topic);
        int64_t key = add_plain(i < TWINS ? train : held, id, subject, common);
        if (i >= TWINS)
            keys[topic] = key;
    }
    commit();
    divide_by_hand();
    leaks = leaks_with(&options);
    ck_assert_uint_eq(leaks.count, TWINS);
    for (size_t i = 0; i < TWINS; i++)
        check_leak(&leaks, i, leaks.leaks[i].meeting, keys[i], 1, true);
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

/* Texts in families, of all three. */
static void add_many(void)
{
    enum { TEXTS = 500 };
    static struct sample samples[TEXTS];
    int64_t personas[] = {train, held, other};

    make_samples(samples, TEXTS, 3);
    for (size_t i = 0; i < TEXTS; i++) {
        samples[i].persona = i % 3;
        samples[i].id = arena_format(&fix.arena, &fix.err, "m%zu", i);
        add_sample(personas, &samples[i]);
    }
    commit();
    divide_by_hand();
}

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

    add_many();
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

    add_many();
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

Suite *leaks_limits_suite(void)
{
    Suite *suite = suite_create("leaks_limits");
    TCase *tests = tcase_create("leaks_limits");

    tcase_add_checked_fixture(tests, leaks_setup, store_teardown);
    tcase_add_test(tests, copies_without_end);
    tcase_add_test(tests, a_crowd_with_one_held_out);
    tcase_add_test(tests, a_crowd_with_one_in_training);
    tcase_add_test(tests, a_crowd_on_both_sides);
    tcase_add_test(tests, exact_twins_in_a_crowd);
    tcase_add_test(tests, long_texts);
    tcase_add_test(tests, stops_when_told_and_leaves_nothing);
    tcase_add_test(tests, without_a_folder_for_temporary_files);
    tcase_add_test(tests, when_a_temporary_file_cannot_grow);
    suite_add_tcase(suite, tests);
    return suite;
}
