/* MinHash with bands against comparing every pair of texts word by word. */
#include "datebook/near_duplicates.h"

#include "datebook/arena.h"
#include "datebook/random.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *near_duplicates_suite(void);

enum { TEXTS = 400, LENGTH = 24, TEXT_SIZE = 8 * LENGTH };

static struct error err;

/* A text of made-up words, whose 3-grams can be compared without the code under
 * test. */
struct sample {
    int words[LENGTH];
    int count;
    char text[TEXT_SIZE];
};

static void spell(struct sample *sample)
{
    int at = 0;

    for (int i = 0; i < sample->count; i++)
        at += snprintf(sample->text + at, (size_t)(TEXT_SIZE - at), "%sw%d",
                       i ? " " : "", sample->words[i]);
}

static bool same_gram(const struct sample *one, int i,
                      const struct sample *other, int j)
{
    for (int word = 0; word < 3; word++)
        if (one->words[i + word] != other->words[j + word])
            return false;
    return true;
}

/* Whether the 3-gram at i is there before, in the same text. */
static bool is_again(const struct sample *sample, int i)
{
    for (int j = 0; j < i; j++)
        if (same_gram(sample, i, sample, j))
            return true;
    return false;
}

static int set_size(const struct sample *sample)
{
    int size = 0;

    for (int i = 0; i + 2 < sample->count; i++)
        size += !is_again(sample, i);
    return size;
}

static bool brute_alike(const struct sample *one, const struct sample *other)
{
    int common = 0;
    int both;

    for (int i = 0; i + 2 < one->count; i++) {
        bool found = false;
        for (int j = 0; j + 2 < other->count; j++)
            found = found || same_gram(one, i, other, j);
        common += found && !is_again(one, i);
    }
    both = set_size(one) + set_size(other) - common;
    return common * 10 >= both * 8;
}

/* Texts in families: most differ from an earlier one by a few words. */
static void make_samples(struct sample *samples, uint64_t seed)
{
    struct random random;

    random_start(&random, seed, "near duplicates", NULL);
    for (int i = 0; i < TEXTS; i++) {
        struct sample *sample = &samples[i];
        if (i && random_chance(&random, 70)) {
            *sample = samples[random_below(&random, (uint32_t)i)];
            for (int n = random_between(&random, 0, 3); n > 0; n--)
                sample->words[random_below(&random, (uint32_t)sample->count)] =
                    random_between(&random, 0, 99);
            if (sample->count < LENGTH && random_chance(&random, 30))
                sample->words[sample->count++] = random_between(&random, 0, 99);
        } else {
            sample->count = random_between(&random, 8, LENGTH);
            for (int n = 0; n < sample->count; n++)
                sample->words[n] = random_between(&random, 0, 99);
        }
        spell(sample);
    }
}

START_TEST(as_comparing_all_pairs)
{
    static struct sample samples[TEXTS];
    struct near_index *index = near_index_new(TEXTS, &err);
    int twins = 0;

    ck_assert_ptr_nonnull(index);
    make_samples(samples, (uint64_t)_i);
    /* Where the subject ends does not matter: the 3-grams go on. */
    for (int i = 0; i < TEXTS; i++) {
        char *gap = strchr(samples[i].text + 6, ' ');
        *gap = '\0';
        ck_assert(near_index_add(index, i + 1, samples[i].text, gap + 1, &err));
        *gap = ' ';
    }
    ck_assert_uint_eq(near_index_count(index), TEXTS);
    for (int i = 0; i < TEXTS; i++) {
        struct near_text text = near_index_get(index, (size_t)i);
        bool expected = false;
        for (int j = 0; j < TEXTS; j++)
            expected =
                expected || (i != j && brute_alike(&samples[i], &samples[j]));
        ck_assert_int_eq(text.key, i + 1);
        ck_assert_msg((text.twin != 0) == expected, "text %d: \"%s\"", i,
                      samples[i].text);
        if (text.twin)
            ck_assert(brute_alike(&samples[i], &samples[text.twin - 1]));
        twins += expected;
    }
    ck_assert_int_gt(twins, TEXTS / 10);
    ck_assert_int_lt(twins, TEXTS - TEXTS / 10);
    near_index_free(index);
}
END_TEST

/* Keys of the twins of texts that are added in turn. */
static void expect_twins(const char *const (*texts)[2], size_t count,
                         const int64_t *twins)
{
    struct near_index *index = near_index_new(1, &err);

    ck_assert_ptr_nonnull(index);
    for (size_t i = 0; i < count; i++)
        ck_assert(near_index_add(index, (int64_t)i + 1, texts[i][0],
                                 texts[i][1], &err));
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(near_index_get(index, i).twin == twins[i],
                      "text %zu: %lld", i,
                      (long long)near_index_get(index, i).twin);
    near_index_free(index);
}

START_TEST(what_counts_as_the_same)
{
    static const char *const texts[][2] = {
        {"Budget review: Q4", "Numbers, please."},
        {"budget REVIEW  q4", "numbers please"},  /* punctuation does not */
        {"Budget review Q4 numbers", "please"},   /* nor does the border */
        {"Q4 budget review", "Please, numbers."}, /* the order does */
        {"", ""},
        {"...", "!"}, /* no words: no twin */
        {"Lunch", ""},
        {"", "lunch"},
        {"Team lunch", ""},
        {"Lunch team", ""},
    };
    static const int64_t twins[] = {2, 1, 1, 0, 0, 0, 8, 7, 0, 0};

    expect_twins(texts, sizeof texts / sizeof *texts, twins);
}
END_TEST

/* Of ten 3-grams nine are common: 9 / 11 is enough, 8 / 12 is not. */
START_TEST(where_the_line_is)
{
    static const char *const texts[][2] = {
        {"a1 a2 a3 a4 a5 a6", "a7 a8 a9 a10 a11 a12"},
        {"a1 a2 a3 a4 a5 a6", "a7 a8 a9 a10 a11 b12"},
        {"b1 b2 b3 b4 b5 b6", "b7 b8 b9 b10 b11 b12"},
        {"b1 b2 b3 b4 b5 b6", "b7 b8 b9 b10 c11 c12"},
        /* 4 of 4 in 5: exactly 0.8. */
        {"d1 d2 d3 d4 d5 d6", ""},
        {"d1 d2 d3 d4 d5 d6 d7", ""},
    };
    static const int64_t twins[] = {2, 1, 0, 0, 6, 5};

    expect_twins(texts, sizeof texts / sizeof *texts, twins);
}
END_TEST

START_TEST(held_against_what_was_added)
{
    struct near_index *index = near_index_new(8, &err);

    ck_assert_ptr_nonnull(index);
    ck_assert(near_index_add(index, 1, "Team lunch on Friday", "", &err));
    ck_assert(
        near_index_add(index, 2, "Quarterly numbers for the board", "", &err));
    ck_assert(near_index_probe(index, 3, "Something else again", "", &err));
    ck_assert(near_index_probe(index, 4, "", "", &err));
    ck_assert_int_eq(near_index_get(index, 0).twin, 0);
    ck_assert(near_index_probe(index, 5, "team lunch on friday", "", &err));
    ck_assert_uint_eq(near_index_count(index), 2);
    ck_assert_int_eq(near_index_get(index, 0).twin, 5);
    ck_assert_int_eq(near_index_get(index, 1).twin, 0);
    near_index_free(index);
}
END_TEST

START_TEST(found_without_a_trace)
{
    struct near_index *index = near_index_new(8, &err);
    int64_t twin;

    ck_assert_ptr_nonnull(index);
    ck_assert(near_index_add(index, 1, "Team lunch on Friday", "", &err));
    ck_assert(near_index_find(index, "team lunch on friday", "", &twin, &err));
    ck_assert_int_eq(twin, 1);
    ck_assert(near_index_find(index, "Team dinner on Monday", "", &twin, &err));
    ck_assert_int_eq(twin, 0);
    ck_assert(near_index_find(index, "", "", &twin, &err));
    ck_assert_int_eq(twin, 0);
    ck_assert_uint_eq(near_index_count(index), 1);
    ck_assert_int_eq(near_index_get(index, 0).twin, 0);
    near_index_free(index);
}
END_TEST

/* Thousands of the same text cost no more than as many others. */
START_TEST(many_copies)
{
    enum { COPIES = 20000 };
    struct near_index *index = near_index_new(COPIES, &err);

    ck_assert_ptr_nonnull(index);
    for (int i = 0; i < COPIES; i++)
        ck_assert(near_index_add(index, i + 1, "Weekly numbers for the team",
                                 "Same as ever.", &err));
    for (int i = 0; i < COPIES; i++)
        ck_assert_int_ne(near_index_get(index, (size_t)i).twin, 0);
    near_index_free(index);
    near_index_free(NULL);
}
END_TEST

Suite *near_duplicates_suite(void)
{
    Suite *suite = suite_create("near_duplicates");
    TCase *tests = tcase_create("near_duplicates");

    tcase_add_loop_test(tests, as_comparing_all_pairs, 1, 6);
    tcase_add_test(tests, what_counts_as_the_same);
    tcase_add_test(tests, where_the_line_is);
    tcase_add_test(tests, held_against_what_was_added);
    tcase_add_test(tests, found_without_a_trace);
    tcase_add_test(tests, many_copies);
    suite_add_tcase(suite, tests);
    return suite;
}
