/* Who trains and who is held out. */
#include "fixture.h"

enum { MANY = 60 };

static void put_many(int first, int count)
{
    begin();
    for (int i = first; i < first + count; i++)
        put_document(arena_format(&fix.arena, &fix.err,
                                  "{\"id\":\"p%03d\",\"name\":\"P\",\"tier\":"
                                  "1}",
                                  i));
    ck_assert(commit());
}

static void setup(void)
{
    store_setup();
    begin();
    put_document(PERSONA("c", ""));
    put_document(PERSONA("v", ",\"role\":\"validation\""));
    put_document(PERSONA("a", ""));
    put_document(PERSONA("b", ""));
    ck_assert(commit());
}

static const char *names(const struct stored_persona *personas, size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_format(&fix.arena, &fix.err, "%s%s%s", text, i ? " " : "",
                            personas[i].id);
    return text;
}

static struct halves split_at(int64_t version,
                              const struct split_request *request)
{
    struct halves split;

    MUST(dataset_split(fix.store, &fix.arena, version, request, &split,
                       &fix.err));
    return split;
}

static void check_split(const struct split_request *request, const char *train,
                        const char *held_out)
{
    struct halves split = split_at(head(), request);

    ck_assert_str_eq(names(split.train, split.train_count), train);
    ck_assert_str_eq(names(split.held_out, split.held_out_count), held_out);
}

START_TEST(validation_personas_are_always_held_out)
{
    struct split_request request = {.held_out = NULL};

    check_split(&request, "a b c", "v");
    request.has_fraction = true;
    check_split(&request, "a b c", "v");
}
END_TEST

START_TEST(personas_are_held_out_by_name)
{
    static const char *const ids[] = {"c", "a", "v", "c"};
    struct split_request request = {.held_out = ids, .held_out_count = 1};

    check_split(&request, "a b", "c v");
    request.held_out_count = 4;
    check_split(&request, "b", "a c v");
}
END_TEST

START_TEST(unknown_personas_are_named)
{
    static const char *const ids[] = {"a", "A"};
    struct split_request request = {.held_out = ids, .held_out_count = 2};
    struct halves split;

    MUST_FAIL(
        dataset_split(fix.store, &fix.arena, 1, &request, &split, &fix.err),
        ERROR_INPUT, "there is no persona \"A\" in version 1");
    ck_assert_str_eq(fix.err.hint, "`datebook persona list` lists them");
    MUST_FAIL(
        dataset_split(fix.store, &fix.arena, 0, &request, &split, &fix.err),
        ERROR_INPUT, "there is no persona \"a\" in version 0");
}
END_TEST

START_TEST(empty_halves_are_refused)
{
    static const char hint[] = "name some with --held-out, or choose another "
                               "--held-out-fraction or --seed";
    static const char *const all[] = {"a", "b", "c"};
    struct split_request request = {.held_out = all, .held_out_count = 3};
    struct halves split;

    MUST_FAIL(
        dataset_split(fix.store, &fix.arena, 1, &request, &split, &fix.err),
        ERROR_INPUT, "no persona is left to train on");
    ck_assert_str_eq(fix.err.hint, hint);
    request.held_out_count = 0;
    begin();
    MUST(run_remove_persona(fix.run, persona_now("v")->key, &fix.err));
    ck_assert(commit());
    MUST_FAIL(
        dataset_split(fix.store, &fix.arena, 2, &request, &split, &fix.err),
        ERROR_INPUT, "no persona is left to hold out");
    ck_assert_str_eq(fix.err.hint, hint);
    MUST_FAIL(
        dataset_split(fix.store, &fix.arena, 0, &request, &split, &fix.err),
        ERROR_INPUT, "no persona is left to train on");
}
END_TEST

START_TEST(a_fraction_moves_nobody_when_personas_come_and_go)
{
    struct split_request request = {
        .has_fraction = true, .fraction = 0.3, .seed = 5};
    struct halves before;
    struct halves after;
    const char *text;

    put_many(0, MANY);
    before = split_at(head(), &request);
    put_many(MANY, MANY);
    after = split_at(head(), &request);
    text = names(after.held_out, after.held_out_count);
    for (size_t i = 0; i < before.held_out_count; i++)
        ck_assert_ptr_nonnull(strstr(text, before.held_out[i].id));
    text = names(after.train, after.train_count);
    for (size_t i = 0; i < before.train_count; i++)
        ck_assert_ptr_nonnull(strstr(text, before.train[i].id));
}
END_TEST

START_TEST(a_fraction_is_about_that_share)
{
    struct split_request request = {
        .has_fraction = true, .fraction = 0.3, .seed = 5};
    struct halves split;
    const char *text;

    put_many(0, 4 * MANY);
    split = split_at(head(), &request);
    ck_assert_uint_gt(split.held_out_count, 4 * MANY * 2 / 10);
    ck_assert_uint_lt(split.held_out_count, 4 * MANY * 4 / 10);
    ck_assert_uint_eq(split.train_count + split.held_out_count, 4 * MANY + 4);
    text = names(split.held_out, split.held_out_count);
    split = split_at(head(), &request);
    ck_assert_str_eq(names(split.held_out, split.held_out_count), text);
    request.seed = 6;
    split = split_at(head(), &request);
    ck_assert_str_ne(names(split.held_out, split.held_out_count), text);
}
END_TEST

/* A larger fraction holds out who was held out, and more. */
START_TEST(fractions_nest)
{
    struct split_request request = {.has_fraction = true, .seed = 9};
    size_t before = 0;

    put_many(0, MANY);
    for (int tenths = 1; tenths < 10; tenths++) {
        struct halves split;
        request.fraction = tenths / 10.0;
        split = split_at(head(), &request);
        ck_assert_uint_ge(split.held_out_count, before);
        before = split.held_out_count;
    }
}
END_TEST

START_TEST(a_split_is_of_its_version)
{
    struct split_request request = {.held_out = NULL};
    struct halves split;

    edit(PERSONA("d", ""));
    edit(PERSONA("b", ",\"role\":\"validation\""));
    split = split_at(1, &request);
    ck_assert_str_eq(names(split.train, split.train_count), "a b c");
    split = split_at(2, &request);
    ck_assert_str_eq(names(split.train, split.train_count), "a b c d");
    check_split(&request, "a c d", "b v");
}
END_TEST

Suite *split_suite(void);
Suite *split_suite(void)
{
    Suite *suite = suite_create("split");
    TCase *tcase = tcase_create("split");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, validation_personas_are_always_held_out);
    tcase_add_test(tcase, personas_are_held_out_by_name);
    tcase_add_test(tcase, unknown_personas_are_named);
    tcase_add_test(tcase, empty_halves_are_refused);
    tcase_add_test(tcase, a_fraction_moves_nobody_when_personas_come_and_go);
    tcase_add_test(tcase, a_fraction_is_about_that_share);
    tcase_add_test(tcase, fractions_nest);
    tcase_add_test(tcase, a_split_is_of_its_version);
    suite_add_tcase(suite, tcase);
    return suite;
}
