/* One line of answers: what it may say, and what is said of one that is
 * wrong. */
#include "datebook/answer_lines.h"

#include "datebook/rules.h"

#include <check.h>
#include <string.h>

Suite *answer_line_suite(void);

static struct arena arena;
static struct arena scratch;
static struct answer_line answer;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
    arena_free(&scratch);
}

static bool read_text(const char *text)
{
    err = (struct error){.code = ERROR_NONE};
    return answer_line_read(&arena, &scratch, text, strlen(text), &answer,
                            &err);
}

/* Reads the members that every line has, and some more. */
static bool read_with(const char *more)
{
    const char *line = arena_format(
        &arena, &err,
        "{\"sample\":\"first\",\"meeting\":\"m1\",\"reviewer\":\"ann\","
        "\"realistic\":true%s%s}",
        *more ? "," : "", more);

    ck_assert_ptr_nonnull(line);
    return read_text(line);
}

static void expect(bool ok, const char *message, const char *hint)
{
    ck_assert(!ok);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.message, message);
    ck_assert_str_eq(err.hint, hint);
}

#define REFUSES(more, message) expect(read_with(more), message, "")

START_TEST(the_least)
{
    ck_assert_msg(read_with(""), "%s", err.message);
    ck_assert_str_eq(answer.sample, "first");
    ck_assert_str_eq(answer.meeting, "m1");
    ck_assert_str_eq(answer.reviewer, "ann");
    ck_assert(answer.realistic && !answer.blind && !answer.decision);
    ck_assert_ptr_null(answer.persona);
    ck_assert_ptr_null(answer.seen);
    ck_assert_ptr_null(answer.rule);
    ck_assert_str_eq(answer.note, "");
    ck_assert_int_eq(answer.version, 0);
    ck_assert_int_eq(answer.cause, CAUSE_NONE);
    ck_assert_int_eq(answer.importance, ANSWER_LINE_AGREES);
    ck_assert_int_eq(answer.prep_minutes, ANSWER_LINE_AGREES);
    ck_assert_int_eq(answer.rsvp, ANSWER_LINE_AGREES);
}
END_TEST

START_TEST(everything)
{
    ck_assert_msg(
        read_with("\"importance\":\"low\",\"prep_time_minutes\":45,\"rsvp\":"
                  "\"decline\",\"cause\":\"rule\",\"rule\":\"Always "
                  "important: demo\",\"note\":\"Höchstens am Rande.\","
                  "\"version\":7,\"blind\":true,\"decision\":true,"
                  "\"persona\":\"p1\",\"event\":{\"id\":\"m1\"},"
                  "\"opinions\":[1],\"answer\":{\"realistic\":false},"
                  "\"label\":{\"importance\":\"critical\",\"prep_needed\":true,"
                  "\"prep_time_minutes\":30,\"rsvp\":\"accept\","
                  "\"reasoning\":\"Always important: demo\"}"),
        "%s", err.message);
    ck_assert_int_eq(answer.importance, IMPORTANCE_LOW);
    ck_assert_int_eq(answer.prep_minutes, 45);
    ck_assert_int_eq(answer.rsvp, RSVP_DECLINE);
    ck_assert_int_eq(answer.cause, CAUSE_RULE);
    ck_assert_str_eq(answer.rule, "Always important: demo");
    ck_assert_str_eq(answer.note, "Höchstens am Rande.");
    ck_assert_int_eq(answer.version, 7);
    ck_assert(answer.blind && answer.decision);
    ck_assert_str_eq(answer.persona, "p1");
    ck_assert_int_eq(answer.seen->values.importance, IMPORTANCE_CRITICAL);
    ck_assert_int_eq(answer.seen->values.prep_minutes, 30);
    ck_assert_int_eq(answer.seen->values.rsvp, RSVP_ACCEPT);
    ck_assert_str_eq(answer.seen->reasoning, "Always important: demo");
}
END_TEST

START_TEST(texts_outlive_the_line)
{
    ck_assert(read_with("\"note\":\"kept\",\"persona\":\"p1\""));
    arena_reset(&scratch);
    memset(arena_zero(&scratch, 1, 1000, &err), 'x', 1000);
    ck_assert_str_eq(answer.sample, "first");
    ck_assert_str_eq(answer.note, "kept");
    ck_assert_str_eq(answer.persona, "p1");
}
END_TEST

START_TEST(no_object)
{
    expect(read_text("[1]"), "it is a list, not an object", "");
    expect(read_text("null"), "it is null, not an object", "");
    expect(read_text("{\"sample\":"), "column 11: the JSON ends too early", "");
    expect(read_text("{\"a\":1,\"a\":2}"),
           "the field \"a\" stands twice in one object", "");
    expect(read_text("{\"note\":\"\xFF\"}"), "column 10: not UTF-8", "");
    expect(read_text("{} {}"), "column 4: text after the JSON value", "");
    ck_assert(!answer_line_read(&arena, &scratch, "{\0}", 3, &answer, &err));
    ck_assert_str_eq(err.message,
                     "column 2: a NUL character, which no text can hold");
}
END_TEST

START_TEST(deep_nesting)
{
    char text[4000];
    size_t length = 0;

    for (int i = 0; i < 1200; i++)
        text[length++] = '[';
    text[length] = '\0';
    expect(read_text(text), "column 1001: nested more than 1000 deep", "");
}
END_TEST

START_TEST(missing)
{
    expect(read_text("{}"), "\"sample\" is missing", "");
    expect(read_text("{\"sample\":\"first\",\"meeting\":\"m1\","
                     "\"reviewer\":\"ann\"}"),
           "\"realistic\" is missing", "");
    expect(read_text("{\"sample\":\"first\",\"meeting\":\"m1\","
                     "\"reviewer\":\"ann\",\"answer\":{\"realistic\":true}}"),
           "\"realistic\" is missing",
           "\"answer\" is what was said before: what is said now stands "
           "beside it");
}
END_TEST

START_TEST(unknown)
{
    expect(read_with("\"importence\":\"low\""), "\"importence\" is not known",
           "did you mean \"importance\"?");
    expect(read_with("\"Note\":\"\""), "\"Note\" is not known",
           "did you mean \"note\"?");
    REFUSES("\"zzzzzzzzzzzz\":1", "\"zzzzzzzzzzzz\" is not known");
}
END_TEST

START_TEST(wrong_kinds)
{
    expect(read_text("{\"sample\":7}"), "\"sample\" is a number, not text", "");
    REFUSES("\"importance\":null", "\"importance\" is null, not text");
    REFUSES("\"version\":\"7\"", "\"version\" is text, not a number");
    REFUSES("\"blind\":\"yes\"", "\"blind\" is text, not true or false");
    REFUSES("\"label\":[]", "\"label\" is a list, not an object");
    REFUSES("\"opinions\":{}", "\"opinions\" is an object, not a list");
}
END_TEST

START_TEST(wrong_words)
{
    REFUSES("\"importance\":\"urgent\"",
            "\"importance\" is \"urgent\": it is critical, high, medium or "
            "low");
    REFUSES("\"importance\":\"High\"",
            "\"importance\" is \"High\": it is critical, high, medium or low");
    REFUSES("\"rsvp\":\"maybe\"",
            "\"rsvp\" is \"maybe\": it is accept, tentative or decline");
    REFUSES("\"cause\":\"rules\"",
            "\"cause\" is \"rules\": it is rule, exception or none");
}
END_TEST

START_TEST(numbers)
{
    static const char *const bad[] = {"4", "241", "-15", "12.5", "1e99"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *more =
            arena_format(&arena, &err, "\"prep_time_minutes\":%s", bad[i]);
        const char *shown = strcmp(bad[i], "1e99") ? bad[i] : "1e+99";
        expect(read_with(more),
               arena_format(&arena, &err,
                            "\"prep_time_minutes\" is %s: it is 0, or a whole "
                            "number from 5 to 240",
                            shown),
               "");
    }
    ck_assert(read_with("\"prep_time_minutes\":0"));
    ck_assert_int_eq(answer.prep_minutes, 0);
    ck_assert(read_with("\"prep_time_minutes\":5"));
    ck_assert(read_with("\"prep_time_minutes\":240"));
    ck_assert_int_eq(answer.prep_minutes, 240);
    ck_assert(read_with("\"prep_time_minutes\":3e1"));
    ck_assert_int_eq(answer.prep_minutes, 30);
    REFUSES("\"version\":0", "\"version\" is 0, not the number of a version");
    REFUSES("\"version\":2.5",
            "\"version\" is 2.5, not the number of a version");
    REFUSES("\"version\":1e400",
            "\"version\" is inf, not the number of a version");
}
END_TEST

START_TEST(names)
{
    static const char hint[] =
        "a name has letters, digits, \".\", \"_\" and \"-\", does not start "
        "with \".\" or \"-\", and is at most 64 characters long";

    expect(read_text("{\"sample\":\"a/b\",\"meeting\":\"m1\","
                     "\"reviewer\":\"ann\",\"realistic\":true}"),
           "\"a/b\" is no name of a sample", hint);
    expect(read_text("{\"sample\":\"first\",\"meeting\":\"m1\","
                     "\"reviewer\":\"\",\"realistic\":true}"),
           "\"\" is no name of a reviewer", hint);
    expect(read_text("{\"sample\":\"first\",\"meeting\":\"\","
                     "\"reviewer\":\"ann\",\"realistic\":true}"),
           "\"meeting\" is empty", "");
}
END_TEST

START_TEST(long_texts)
{
    char text[REVIEW_NOTE + 2];

    memset(text, 'n', sizeof text);
    text[REVIEW_NOTE] = '\0';
    ck_assert(read_with(arena_format(&arena, &err, "\"note\":\"%s\"", text)));
    ck_assert_uint_eq(strlen(answer.note), REVIEW_NOTE);
    text[REVIEW_NOTE] = 'n';
    text[REVIEW_NOTE + 1] = '\0';
    REFUSES(arena_format(&arena, &err, "\"note\":\"%s\"", text),
            "\"note\" is 2001 bytes long; 2000 are the most");
    REFUSES(arena_format(&arena, &err, "\"rule\":\"%s\"", text),
            "\"rule\" is 2001 bytes long; 2000 are the most");
}
END_TEST

START_TEST(blind_answers_are_whole)
{
    REFUSES("\"blind\":true",
            "\"importance\" is missing: a blind answer says all of the label");
    REFUSES("\"blind\":true,\"importance\":\"low\",\"rsvp\":\"accept\"",
            "\"prep_time_minutes\" is missing: a blind answer says all of the "
            "label");
    REFUSES("\"blind\":true,\"importance\":\"low\",\"prep_time_minutes\":0",
            "\"rsvp\" is missing: a blind answer says all of the label");
    ck_assert(read_with("\"blind\":true,\"importance\":\"low\","
                        "\"prep_time_minutes\":0,\"rsvp\":\"accept\""));
}
END_TEST

#define LABEL(needed, minutes)                                                 \
    "\"label\":{\"importance\":\"high\",\"prep_needed\":" needed               \
    ",\"prep_time_minutes\":" minutes                                          \
    ",\"rsvp\":\"accept\",\"reasoning\":\"\"}"

START_TEST(labels)
{
    ck_assert(read_with(LABEL("false", "0")));
    ck_assert_str_eq(answer.seen->reasoning, "");
    REFUSES(LABEL("true", "0"), "\"label.prep_needed\" and "
                                "\"label.prep_time_minutes\" do not fit "
                                "together");
    REFUSES(LABEL("true", "1"), "\"label.prep_time_minutes\" is 1: it is 0, or "
                                "a whole number from 5 to 240");
    REFUSES(LABEL("1", "0"), "\"label.prep_needed\" is a number, not true or "
                             "false");
    REFUSES("\"label\":{}", "\"label.importance\" is missing");
    expect(read_with("\"label\":{\"reason\":\"\"}"),
           "\"label.reason\" is not known",
           "did you mean \"label.reasoning\"?");
}
END_TEST

/* ---- What it says of a label ---- */

static const struct seen_label seen = {{IMPORTANCE_HIGH, 30, RSVP_ACCEPT},
                                       "Always important: demo"};
static struct opinion opinion;

static bool says(const char *more)
{
    ck_assert_msg(read_with(more), "%s", err.message);
    opinion = (struct opinion){.persona = "p1", .version = 3};
    return answer_line_opinion(&answer, &seen, &opinion, &err);
}

START_TEST(what_is_missing_agrees)
{
    ck_assert(says(""));
    ck_assert(review_values_same(&opinion.says, &seen.values));
    ck_assert(!opinion_corrects(&opinion));
    ck_assert(seen_label_same(&opinion.seen, &seen));
    ck_assert_str_eq(opinion.persona, "p1");
    ck_assert_int_eq(opinion.version, 3);
    ck_assert_str_eq(opinion.reviewer, "ann");
    ck_assert(says("\"prep_time_minutes\":0"));
    ck_assert(opinion_corrects(&opinion));
    ck_assert_int_eq(opinion.says.importance, IMPORTANCE_HIGH);
    ck_assert_int_eq(opinion.says.prep_minutes, 0);
    ck_assert_int_eq(opinion.says.rsvp, RSVP_ACCEPT);
}
END_TEST

START_TEST(causes)
{
    ck_assert(says("\"rsvp\":\"decline\",\"cause\":\"exception\""));
    ck_assert_int_eq(opinion.cause, CAUSE_EXCEPTION);
    ck_assert(says("\"rsvp\":\"decline\",\"cause\":\"rule\",\"rule\":\"r\""));
    ck_assert_str_eq(opinion.rule, "r");
    expect(says("\"rsvp\":\"accept\",\"cause\":\"exception\""),
           "\"cause\" is \"exception\", but nothing of the label is corrected",
           "");
    expect(says("\"rsvp\":\"decline\",\"cause\":\"exception\",\"rule\":\"r\""),
           "\"rule\" is there, but \"cause\" is \"exception\" and not \"rule\"",
           "");
    expect(says("\"rsvp\":\"decline\",\"rule\":\"r\""),
           "\"rule\" is there, but \"cause\" is \"none\" and not \"rule\"", "");
}
END_TEST

Suite *answer_line_suite(void)
{
    Suite *suite = suite_create("answer_line");
    TCase *tests = tcase_create("answer_line");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, the_least);
    tcase_add_test(tests, everything);
    tcase_add_test(tests, texts_outlive_the_line);
    tcase_add_test(tests, no_object);
    tcase_add_test(tests, deep_nesting);
    tcase_add_test(tests, missing);
    tcase_add_test(tests, unknown);
    tcase_add_test(tests, wrong_kinds);
    tcase_add_test(tests, wrong_words);
    tcase_add_test(tests, numbers);
    tcase_add_test(tests, names);
    tcase_add_test(tests, long_texts);
    tcase_add_test(tests, blind_answers_are_whole);
    tcase_add_test(tests, labels);
    tcase_add_test(tests, what_is_missing_agrees);
    tcase_add_test(tests, causes);
    suite_add_tcase(suite, tests);
    return suite;
}
