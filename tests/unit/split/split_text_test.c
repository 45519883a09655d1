/* Splits as documents: one text a split, and nothing else is read. */
#include "splitting.h"

static struct split read_back(const char *text)
{
    struct stored_record stored = {
        .name = "test", .document = text, .document_length = strlen(text)};
    struct split split;

    MUST(split_read(&fix.arena, &stored, &split, &fix.err));
    return split;
}

static void check_round(const char *text)
{
    struct split split = read_back(text);

    ck_assert_str_eq(text_of(&split), text);
    ck_assert_str_eq(split.name, "test");
}

START_TEST(documents_come_back)
{
    check_round("{}");
    check_round("{\"held_out\":[\"a\",\"b\\\"\xc3\xa4\"]}");
    check_round("{\"held_out_tier\":3}");
    check_round("{\"held_out_fraction\":0.25,\"seed\":\"1\"}");
    check_round("{\"held_out_fraction\":1e-09,\"seed\":\"0\"}");
    check_round("{\"held_out_fraction\":0.3333333333333333,"
                "\"seed\":\"18446744073709551615\"}");
    check_round("{\"validation_fraction\":0.1,\"seed\":\"9223372036854775807\""
                "}");
    check_round("{\"held_out_fraction\":0.5,\"stratify\":[\"tier\","
                "\"function\",\"level\",\"industry\"],\"seed\":\"1\","
                "\"draws\":{\"a\":true,\"b\":false}}");
    check_round("{\"held_out_fraction\":0.5,\"stratify\":[\"tier\"],"
                "\"seed\":\"1\",\"draws\":{}}");
    check_round("{\"folds\":100,\"validation_fraction\":0.2,\"seed\":\"1\","
                "\"draws\":{\"a\":1,\"b\":100}}");
}
END_TEST

START_TEST(what_is_read_is_what_was_written)
{
    struct split split =
        read_back("{\"held_out\":[\"x\",\"y\"],\"held_out_tier\":2,"
                  "\"held_out_fraction\":0.25,\"stratify\":[\"function\"],"
                  "\"validation_fraction\":0.125,\"seed\":\"77\","
                  "\"draws\":{\"a\":true,\"b\":false}}");

    ck_assert_uint_eq(split.terms.held_out_count, 2);
    ck_assert_str_eq(split.terms.held_out[1], "y");
    ck_assert_int_eq(split.terms.held_out_tier, 2);
    ck_assert(split.terms.fraction == 0.25);
    ck_assert_uint_eq(split.terms.strata, 1u << STRATUM_FUNCTION);
    ck_assert(split.terms.validation_fraction == 0.125);
    ck_assert_uint_eq(split.terms.seed, 77);
    ck_assert_uint_eq(split.draw_count, 2);
    ck_assert(split_draw_of(&split, "a")->held_out);
    ck_assert(!split_draw_of(&split, "b")->held_out);
    ck_assert_ptr_null(split_draw_of(&split, "c"));
    split = read_back("{\"held_out_tier\":1}");
    ck_assert_uint_eq(split.terms.seed, 1);
    split =
        read_back("{\"folds\":2,\"seed\":\"1\",\"draws\":{\"a\":2,\"b\":1}}");
    ck_assert_int_eq(split_draw_of(&split, "a")->fold, 2);
}
END_TEST

/* A split means the same after it was stored. */
START_TEST(any_split_comes_back)
{
    struct random random;

    random_start(&random, 1, "text", NULL);
    for (int round = 0; round < 40; round++) {
        struct split_terms terms = {
            .validation_fraction = random_below(&random, 100) / 100.0,
            .seed = (uint64_t)random_u32(&random) << 32 | 1};
        struct split split;
        if (random_chance(&random, 50))
            terms.folds = random_between(&random, 2, 5);
        else
            terms.fraction = random_between(&random, 1, 9999) / 10000.0;
        if (random_chance(&random, 50))
            terms.strata = 1u + random_below(&random, 15);
        fix.count = 0;
        add_random(&random, random_between(&random, 20, 60));
        split = make(&terms);
        check_round(text_of(&split));
    }
}
END_TEST

/* What makes no difference makes no other document. */
START_TEST(equal_splits_have_equal_documents)
{
    static const char *const one[] = {"a", "b"};
    static const char *const other[] = {"b", "a", "b"};
    struct split_terms terms = {
        .held_out = one, .held_out_count = 2, .seed = 5};
    struct split split;

    add_letters();
    split = make(&terms);
    ck_assert_str_eq(text_of(&split), "{\"held_out\":[\"a\",\"b\"]}");
    terms.held_out = other;
    terms.held_out_count = 3;
    terms.seed = 6;
    split = make(&terms);
    ck_assert_str_eq(text_of(&split), "{\"held_out\":[\"a\",\"b\"]}");
}
END_TEST

static void check_refused(const char *text, const char *reason)
{
    struct stored_record stored = {
        .name = "q", .document = text, .document_length = strlen(text)};
    struct split split;

    MUST_FAIL(split_read(&fix.arena, &stored, &split, &fix.err), ERROR_DATABASE,
              arena_format(&fix.arena, &(struct error){0},
                           "the split q is damaged: %s", reason),
              "");
}

START_TEST(wrong_fields_are_named)
{
    check_refused("[]", "the document must be an object");
    check_refused("{\"x\":1}", "x is not known");
    check_refused("{\"held_out\":\"a\"}", "held_out must be a list of ids");
    check_refused("{\"held_out\":[]}", "held_out must be a list of ids");
    check_refused("{\"held_out\":{\"a\":\"b\"}}",
                  "held_out must be a list of ids");
    check_refused("{\"held_out\":[\"a\",1]}", "held_out must be a list of ids");
    check_refused("{\"held_out\":[\"\"]}", "held_out must be a list of ids");
    check_refused("{\"held_out\":[\"b\",\"a\"]}", "held_out must be in order");
    check_refused("{\"held_out\":[\"a\",\"a\"]}", "held_out must be in order");
    check_refused("{\"held_out_tier\":0}",
                  "held_out_tier must be a whole number from 1");
    check_refused("{\"held_out_tier\":1.5}",
                  "held_out_tier must be a whole number from 1");
    check_refused("{\"held_out_tier\":1e300}",
                  "held_out_tier must be a whole number from 1");
    check_refused("{\"held_out_tier\":4}", "held_out_tier must be 1, 2 or 3");
    check_refused("{\"folds\":\"2\"}", "folds must be a whole number from 1");
    check_refused("{\"folds\":101,\"seed\":\"1\",\"draws\":{}}",
                  "folds must be a whole number from 2 to 100");
    check_refused("{\"held_out_fraction\":1,\"seed\":\"1\"}",
                  "held_out_fraction must be more than 0 and less than 1");
    check_refused("{\"held_out_fraction\":null}",
                  "held_out_fraction must be more than 0 and less than 1");
    check_refused("{\"validation_fraction\":0,\"seed\":\"1\"}",
                  "validation_fraction must be more than 0 and less than 1");
    check_refused("{\"stratify\":\"tier\"}",
                  "stratify must be a list of tier, function, level, industry");
    check_refused("{\"stratify\":[\"team\"]}",
                  "stratify must be a list of tier, function, level, industry");
    check_refused("{\"stratify\":[\"tier\"],\"draws\":{}}",
                  "stratify goes with held_out_fraction or folds");
    check_refused("{\"seed\":1}", "seed must be a whole number as a text");
    check_refused("{\"seed\":\"\"}", "seed must be a whole number as a text");
    check_refused("{\"seed\":\"-1\"}", "seed must be a whole number as a text");
    check_refused("{\"seed\":\"18446744073709551616\"}",
                  "seed must be a whole number as a text");
}
END_TEST

START_TEST(wrong_draws_are_named)
{
#define FOLDS "{\"folds\":2,\"seed\":\"1\",\"draws\":"
#define SHARE                                                                  \
    "{\"held_out_fraction\":0.5,\"stratify\":[\"tier\"],\"seed\":\"1\","       \
    "\"draws\":"
    check_refused(FOLDS "[]}", "draws must be an object");
    check_refused(FOLDS "{\"a\":3}}", "draws: a is in no fold");
    check_refused(FOLDS "{\"a\":-1}}", "draws: a is in no fold");
    check_refused(FOLDS "{\"a\":0}}", "draws: a must be a whole number from 1");
    check_refused(FOLDS "{\"a\":true}}",
                  "draws: a must be a whole number from 1");
    check_refused(FOLDS "{\"b\":1,\"a\":2}}", "draws must be in order");
    check_refused(SHARE "{\"a\":1}}", "draws: a must be true or false");
    check_refused(SHARE "{\"a\":null}}", "draws: a must be true or false");
}
END_TEST

/* Right values, but not the one text. */
START_TEST(another_spelling_is_refused)
{
    static const char reason[] = "the document is not written as it must be";

    check_refused("{ }", reason);
    check_refused("{\"held_out_tier\":3.0}", reason);
    check_refused("{\"held_out_fraction\":0.250,\"seed\":\"1\"}", reason);
    check_refused("{\"seed\":\"1\",\"held_out_fraction\":0.25}", reason);
    check_refused("{\"held_out_fraction\":0.25}", reason);
    check_refused("{\"held_out_fraction\":0.25,\"seed\":\"01\"}", reason);
    check_refused("{\"held_out_tier\":3,\"seed\":\"1\"}", reason);
    check_refused("{\"held_out_tier\":3,\"draws\":{}}", reason);
    check_refused("{\"folds\":2,\"seed\":\"1\"}", reason);
    check_refused("{\"held_out_fraction\":0.5,\"stratify\":[\"level\","
                  "\"tier\"],\"seed\":\"1\",\"draws\":{}}",
                  reason);
    check_refused("{\"held_out_fraction\":0.5,\"stratify\":[],\"seed\":\"1\"}",
                  reason);
}
END_TEST

START_TEST(broken_json_is_refused)
{
    check_refused("{\"folds\":2", "document:1:11: the JSON ends too early");
    check_refused("{\"folds\":2,\"folds\":3}",
                  "document: the field \"folds\" stands twice in one object");
}
END_TEST

Suite *split_text_suite(void);
Suite *split_text_suite(void)
{
    Suite *suite = suite_create("split_text");
    TCase *tcase = tcase_create("split_text");

    tcase_add_checked_fixture(tcase, splitting_setup, splitting_teardown);
    tcase_add_test(tcase, documents_come_back);
    tcase_add_test(tcase, what_is_read_is_what_was_written);
    tcase_add_test(tcase, any_split_comes_back);
    tcase_add_test(tcase, equal_splits_have_equal_documents);
    tcase_add_test(tcase, wrong_fields_are_named);
    tcase_add_test(tcase, wrong_draws_are_named);
    tcase_add_test(tcase, another_spelling_is_refused);
    tcase_add_test(tcase, broken_json_is_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
