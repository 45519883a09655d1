/* The hash of a set: order and history do not matter, members do. */
#include "datebook/set_hash.h"

#include <check.h>
#include <string.h>

static void member(int number, unsigned char digest[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_int(&hash, number);
    hash_end(&hash, digest);
}

static void add(struct set_hash *set, int number)
{
    unsigned char digest[HASH_SIZE];

    member(number, digest);
    set_hash_add(set, digest);
}

static void take(struct set_hash *set, int number)
{
    unsigned char digest[HASH_SIZE];

    member(number, digest);
    set_hash_take(set, digest);
}

/* Files keep these: they never change.  The lanes of a member are the ChaCha20
 * key stream under its digest. */
START_TEST(a_member_is_pinned)
{
    struct set_hash set = {{0}};
    unsigned char bytes[SET_HASH_SIZE];
    unsigned char stream[SET_HASH_SIZE];
    unsigned char key[HASH_SIZE] = {0};
    unsigned char nonce[crypto_stream_chacha20_NONCEBYTES] = {0};
    char hex[HASH_HEX_SIZE];

    set_hash_add(&set, key);
    set_hash_write(&set, bytes);
    crypto_stream_chacha20(stream, sizeof stream, nonce, key);
    ck_assert_mem_eq(bytes, stream, sizeof bytes);
    /* The first bytes of ChaCha20 under a zero key and nonce: RFC 8439, A.1. */
    hash_hex(bytes, hex);
    ck_assert_str_eq(hex, "76b8e0ada0f13d90405d6ae55386bd28"
                          "bdd219b8a08ded1aa836efcc8b770dc7");
}
END_TEST

START_TEST(order_and_history_do_not_matter)
{
    struct set_hash one = {{0}};
    struct set_hash other = {{0}};

    for (int i = 0; i < 50; i++)
        add(&one, i);
    for (int i = 60; i-- > 0;)
        add(&other, i);
    ck_assert(memcmp(&one, &other, sizeof one) != 0);
    for (int i = 50; i < 60; i++)
        take(&other, i);
    ck_assert_mem_eq(&one, &other, sizeof one);
    for (int i = 0; i < 50; i++)
        take(&one, i);
    ck_assert(set_hash_is_empty(&one));
    ck_assert(!set_hash_is_empty(&other));
}
END_TEST

START_TEST(sets_add_up)
{
    struct set_hash all = {{0}};
    struct set_hash low = {{0}};
    struct set_hash high = {{0}};

    for (int i = 0; i < 20; i++) {
        add(&all, i);
        add(i < 7 ? &low : &high, i);
    }
    set_hash_add_set(&low, &high);
    ck_assert_mem_eq(&low, &all, sizeof low);
    set_hash_take_set(&all, &high);
    for (int i = 0; i < 7; i++)
        take(&all, i);
    ck_assert(set_hash_is_empty(&all));
}
END_TEST

START_TEST(bytes_come_back)
{
    struct set_hash set = {{0}};
    struct set_hash copy;
    unsigned char bytes[SET_HASH_SIZE];
    unsigned char digests[2][HASH_SIZE];

    add(&set, 1);
    set_hash_write(&set, bytes);
    set_hash_read(&copy, bytes);
    ck_assert_mem_eq(&set, &copy, sizeof set);
    set_hash_digest(&set, digests[0]);
    add(&copy, 2);
    set_hash_digest(&copy, digests[1]);
    ck_assert(memcmp(digests[0], digests[1], HASH_SIZE) != 0);
}
END_TEST

Suite *set_hash_suite(void);
Suite *set_hash_suite(void)
{
    Suite *suite = suite_create("set_hash");
    TCase *tcase = tcase_create("set_hash");

    tcase_add_test(tcase, a_member_is_pinned);
    tcase_add_test(tcase, order_and_history_do_not_matter);
    tcase_add_test(tcase, sets_add_up);
    tcase_add_test(tcase, bytes_come_back);
    suite_add_tcase(suite, tcase);
    return suite;
}
