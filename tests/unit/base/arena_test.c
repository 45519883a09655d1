/* Arenas: alignment, reuse after a reset, and sizes that cannot be. */
#include "datebook/arena.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

START_TEST(pieces_are_aligned_and_apart)
{
    unsigned char *pieces[300];

    for (size_t i = 0; i < 300; i++) {
        pieces[i] = arena_alloc(&arena, i * 3, &err);
        ck_assert_ptr_nonnull(pieces[i]);
        ck_assert_uint_eq((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        memset(pieces[i], (int)(i % 251), i * 3);
    }
    for (size_t i = 0; i < 300; i++)
        for (size_t b = 0; b < i * 3; b++)
            ck_assert_uint_eq(pieces[i][b], i % 251);
}
END_TEST

START_TEST(reset_reuses_the_same_memory)
{
    void *first = arena_alloc(&arena, 100, &err);
    void *large = arena_alloc(&arena, 1000000, &err);

    for (int turn = 0; turn < 50; turn++) {
        arena_reset(&arena);
        ck_assert_ptr_eq(arena_alloc(&arena, 100, &err), first);
        ck_assert_ptr_eq(arena_alloc(&arena, 1000000, &err), large);
    }
}
END_TEST

START_TEST(reset_skips_blocks_that_are_too_small)
{
    char *piece;

    ck_assert_ptr_nonnull(arena_alloc(&arena, 60000, &err));
    ck_assert_ptr_nonnull(arena_alloc(&arena, 60000, &err));
    arena_reset(&arena);
    piece = arena_alloc(&arena, 500000, &err);
    ck_assert_ptr_nonnull(piece);
    memset(piece, 1, 500000);
}
END_TEST

START_TEST(impossible_sizes_are_out_of_memory)
{
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 16,
                                   SIZE_MAX - 20, SIZE_MAX - 32};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        err.message[0] = '\0';
        ck_assert_ptr_null(arena_alloc(&arena, sizes[i], &err));
        ck_assert_str_eq(err.message, "out of memory");
    }
    ck_assert_ptr_null(arena_zero(&arena, SIZE_MAX / 2, 3, &err));
    ck_assert_ptr_null(arena_bytes(&arena, "", SIZE_MAX, &err));
    ck_assert_ptr_nonnull(arena_alloc(&arena, 8, &err));
}
END_TEST

START_TEST(zeroed_memory_is_zero_after_reuse)
{
    unsigned char *piece = arena_alloc(&arena, 64, &err);

    memset(piece, 0xff, 64);
    arena_reset(&arena);
    piece = arena_zero(&arena, 8, 8, &err);
    for (int i = 0; i < 64; i++)
        ck_assert_uint_eq(piece[i], 0);
    ck_assert_ptr_nonnull(arena_zero(&arena, 0, 8, &err));
}
END_TEST

START_TEST(texts_are_copied)
{
    char text[] = "abc";
    char *copy = arena_text(&arena, text, &err);

    text[0] = 'x';
    ck_assert_str_eq(copy, "abc");
    ck_assert_mem_eq(arena_bytes(&arena, "a\0b", 3, &err), "a\0b", 4);
    ck_assert_str_eq(arena_bytes(&arena, NULL, 0, &err), "");
    ck_assert_str_eq(arena_format(&arena, &err, "%s-%d", "a", 7), "a-7");
}
END_TEST

START_TEST(freed_arena_can_be_used_again)
{
    ck_assert_ptr_nonnull(arena_alloc(&arena, 10, &err));
    arena_free(&arena);
    arena_reset(&arena);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 10, &err));
}
END_TEST

Suite *arena_suite(void);
Suite *arena_suite(void)
{
    Suite *suite = suite_create("arena");
    TCase *tcase = tcase_create("arena");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, pieces_are_aligned_and_apart);
    tcase_add_test(tcase, reset_reuses_the_same_memory);
    tcase_add_test(tcase, reset_skips_blocks_that_are_too_small);
    tcase_add_test(tcase, impossible_sizes_are_out_of_memory);
    tcase_add_test(tcase, zeroed_memory_is_zero_after_reuse);
    tcase_add_test(tcase, texts_are_copied);
    tcase_add_test(tcase, freed_arena_can_be_used_again);
    suite_add_tcase(suite, tcase);
    return suite;
}
