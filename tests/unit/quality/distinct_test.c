/* Counting different values, and the words of texts. */
#include "src/quality/distinct.h"
#include "src/quality/word_hash.h"

#include <check.h>

Suite *distinct_suite(void);

static struct error err;

static void add_numbers(struct distinct *distinct, uint64_t from, uint64_t to)
{
    bool fresh;

    for (uint64_t i = from; i < to; i++)
        ck_assert(distinct_add(distinct, hash_mix(i + 1), &fresh, &err));
}

START_TEST(exact)
{
    struct distinct distinct = {.slots = NULL};
    bool fresh;

    ck_assert_int_eq(distinct_count(&distinct), 0);
    ck_assert(!distinct_has(&distinct, 7));
    ck_assert(distinct_add(&distinct, 7, &fresh, &err));
    ck_assert(fresh);
    ck_assert(distinct_add(&distinct, 7, &fresh, &err));
    ck_assert(!fresh);
    ck_assert(distinct_has(&distinct, 7));
    distinct_clear(&distinct);
    ck_assert(!distinct_has(&distinct, 7));
    add_numbers(&distinct, 0, 100000);
    add_numbers(&distinct, 50000, 100000);
    ck_assert_int_eq(distinct.depth, 0);
    ck_assert_int_eq(distinct_count(&distinct), 100000);
    distinct_free(&distinct);
}
END_TEST

START_TEST(estimated)
{
    struct distinct one = {.slots = NULL};
    struct distinct other = {.slots = NULL};

    add_numbers(&one, 0, 1000000);
    add_numbers(&other, 500000, 1000000);
    add_numbers(&other, 0, 500000);
    ck_assert_int_gt(one.depth, 0);
    ck_assert_uint_le(one.count, DISTINCT_LIMIT);
    ck_assert_int_ge(distinct_count(&one), 980000);
    ck_assert_int_le(distinct_count(&one), 1020000);
    ck_assert_int_eq(distinct_count(&other), distinct_count(&one));
    distinct_free(&one);
    distinct_free(&other);
}
END_TEST

START_TEST(words)
{
    struct distinct_words sets = {.word_count = 0};

    ck_assert(distinct_words_add(&sets, "Budget review, budget Review", &err));
    ck_assert(distinct_words_add(&sets, "Review", &err));
    ck_assert(distinct_words_add(&sets, "", &err));
    ck_assert_int_eq(sets.word_count, 5);
    ck_assert_int_eq(distinct_count(&sets.words), 2);
    ck_assert_int_eq(sets.pair_count, 3); /* none from text to text */
    ck_assert_int_eq(distinct_count(&sets.pairs), 2);
    distinct_words_clear(&sets);
    ck_assert_int_eq(sets.word_count, 0);
    ck_assert_int_eq(distinct_count(&sets.pairs), 0);
    distinct_words_free(&sets);
}
END_TEST

START_TEST(hashes)
{
    ck_assert_uint_eq(hash_text_words("Budget: Review"),
                      hash_text_words("budget review!"));
    ck_assert_uint_ne(hash_text_words("budget review"),
                      hash_text_words("review budget"));
    ck_assert_uint_ne(hash_text_words("ab c"), hash_text_words("a bc"));
    ck_assert_uint_eq(hash_caseless("Ann@X", 5), hash_caseless("ann@x", 5));
    ck_assert_uint_ne(hash_span("Ann", 3), hash_span("ann", 3));
    ck_assert_uint_ne(hash_pair(1, 2), hash_pair(2, 1));
    /* The same on every machine. */
    ck_assert_uint_eq(hash_mix(1), UINT64_C(0xb456bcfc34c2cb2c));
}
END_TEST

Suite *distinct_suite(void)
{
    Suite *suite = suite_create("distinct");
    TCase *tests = tcase_create("distinct");

    tcase_add_test(tests, exact);
    tcase_add_test(tests, estimated);
    tcase_add_test(tests, words);
    tcase_add_test(tests, hashes);
    suite_add_tcase(suite, tests);
    return suite;
}
