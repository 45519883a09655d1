/* Whose line it is: the quick walk says what a JSON parser says, or leaves it
 * to one. */
#include "src/export/line_persona.h"

#include "datebook/json.h"
#include "datebook/random.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

static const char *id_of(const char *line, size_t length)
{
    /* A copy without a NUL after it, for a sanitizer to watch. */
    char *exact = malloc(length ? length : 1);
    const char *id;
    size_t id_length;
    const char *text = NULL;

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, line, length);
    if (line_persona(&arena, exact, length, "f:1", &id, &id_length, &err))
        text = arena_bytes(&arena, id, id_length, &err);
    free(exact);
    return text;
}

static void check_id(const char *line, const char *id)
{
    const char *found = id_of(line, strlen(line));

    ck_assert_msg(found != NULL, "%s: %s", line, err.message);
    ck_assert_str_eq(found, id);
}

static void check_error(const char *line, const char *message)
{
    ck_assert_msg(!id_of(line, strlen(line)), "%s", line);
    ck_assert_str_eq(err.message, message);
    ck_assert_int_eq(err.code, ERROR_INPUT);
}

START_TEST(the_top_level_counts)
{
    check_id("{\"persona_id\":\"a\"}", "a");
    check_id("{\"x\":1,\"persona_id\":\"a\",\"y\":[]}", "a");
    check_id("{\"x\":{\"persona_id\":\"b\"},\"persona_id\":\"a\"}", "a");
    check_id("{\"x\":[{\"persona_id\":\"b\"}],\"persona_id\":\"a\"}", "a");
    check_id("{\"x\":\"\\\",\\\"persona_id\\\":\\\"b\\\"\",\"persona_id\":"
             "\"a\"}",
             "a");
    check_id("{\"x\":\"\\\\\",\"persona_id\":\"a\"}", "a");
    check_id("{\"x\":\"\\\\\\\"\",\"persona_id\":\"a\"}", "a");
    check_id("{\"x\":\"}\",\"persona_id\":\"a\"}", "a");
}
END_TEST

START_TEST(other_spellings_are_parsed)
{
    check_id(" { \"persona_id\" : \"a\" } ", "a");
    check_id("{\"persona\\u005fid\":\"a\"}", "a");
    check_id("{\"persona_id\":\"\\u0061\"}", "a");
    check_id("{\"x\" :1, \"persona_id\":\"a\"}", "a");
}
END_TEST

START_TEST(what_names_nobody_is_told)
{
    check_error("", "f:1:1:1: the JSON ends too early");
    check_error("{}", "f:1: the line names no persona");
    check_error("[]", "f:1: the line names no persona");
    check_error("{\"persona_id\":7}", "f:1: the line names no persona");
    check_error("{\"x\":{\"persona_id\":\"b\"}}",
                "f:1: the line names no persona");
    check_error("{\"persona_id\":\"a\",\"persona_id\":\"b\"}",
                "f:1: the field \"persona_id\" stands twice in one object");
    check_error("{\"persona_id\":\"a\",\"persona_i\\u0064\":\"b\"}",
                "f:1: the field \"persona_id\" stands twice in one object");
    check_error("{\"persona_id\":\"a\"}{",
                "f:1:1:19: text after the JSON value");
    check_error("{\"persona_id\":\"a", "f:1:1:17: the JSON ends too early");
}
END_TEST

/* Pieces of JSON in random order: whatever a parser accepts has the parser's
 * answer. */
START_TEST(the_walk_agrees_with_a_parser)
{
    static const char *const pieces[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         ",",
                                         ":",
                                         "\"persona_id\"",
                                         "\"a\"",
                                         "\"",
                                         "\\",
                                         "\\\"",
                                         "\"b\"",
                                         "1",
                                         " ",
                                         "{\"persona_id\":\"a\"",
                                         ",\"persona_id\":\"b\"}",
                                         "{\"x\":[{",
                                         "}],"};
    struct random random;
    int valid = 0;

    random_start(&random, 7, "lines", NULL);
    for (int i = 0; i < 200000; i++) {
        char line[256] = "{\"persona_id\":\"a\"";
        size_t length = random_chance(&random, 50) ? strlen(line) : 0;
        uint32_t count = 1 + random_below(&random, 6);
        const cJSON *tree;
        const char *id;
        for (uint32_t n = 0; n < count; n++) {
            const char *piece =
                pieces[random_below(&random, sizeof pieces / sizeof *pieces)];
            memcpy(line + length, piece, strlen(piece) + 1);
            length += strlen(piece);
        }
        tree = json_parse(&arena, line, length, "f:1", &err);
        id = id_of(line, length);
        if (tree) {
            const char *wanted = json_member_text(tree, "persona_id");
            ck_assert_msg(!wanted == !id, "%s", line);
            if (id)
                ck_assert_str_eq(id, wanted);
            valid += id != NULL;
        }
        arena_reset(&arena);
    }
    ck_assert_int_gt(valid, 500);
}
END_TEST

Suite *line_persona_suite(void);
Suite *line_persona_suite(void)
{
    Suite *suite = suite_create("line_persona");
    TCase *tcase = tcase_create("line_persona");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, the_top_level_counts);
    tcase_add_test(tcase, other_spellings_are_parsed);
    tcase_add_test(tcase, what_names_nobody_is_told);
    tcase_add_test(tcase, the_walk_agrees_with_a_parser);
    suite_add_tcase(suite, tcase);
    return suite;
}
