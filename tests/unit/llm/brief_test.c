/* Briefs as JSON and back. */
#include "datebook/brief.h"

#include <check.h>
#include <string.h>

Suite *brief_suite(void);

static struct arena arena;
static struct error err;
static struct buf buf;

static void teardown(void)
{
    arena_free(&arena);
    buf_free(&buf);
}

static const char *write(const struct brief *brief)
{
    buf_clear(&buf);
    brief_write(&buf, brief);
    ck_assert(buf_ok(&buf, &err));
    return buf_string(&buf);
}

static const char *const people[] = {"Ana Ruiz (VP Sales)",
                                     "Bo \"Bobby\" Lin (Fabrikam)"};
static const char *const topics[] = {"pipeline review", "Q4"};
static const struct brief full = {.number = 3,
                                  .date = "Monday 2 March 2026",
                                  .time = "10:00",
                                  .minutes = 30,
                                  .repeats = "every week",
                                  .kind = "pipeline_review",
                                  .organizer = "you",
                                  .people = people,
                                  .people_count = 2,
                                  .more_people = 4,
                                  .topics = topics,
                                  .topic_count = 2};

START_TEST(all_of_it_in_one_line)
{
    ck_assert_str_eq(
        write(&full),
        "{\"brief\":3,\"kind\":\"pipeline_review\",\"date\":\"Monday 2 March "
        "2026\",\"time\":\"10:00\",\"minutes\":30,\"repeats\":\"every week\","
        "\"organizer\":\"you\",\"people\":[\"Ana Ruiz (VP Sales)\",\"Bo "
        "\\\"Bobby\\\" Lin (Fabrikam)\"],\"more_people\":4,\"topics\":["
        "\"pipeline review\",\"Q4\"]}");
}
END_TEST

START_TEST(what_is_not_known_is_left_out)
{
    const struct brief brief = {.number = 1,
                                .date = "Monday 2 March 2026",
                                .time = "",
                                .kind = "focus",
                                .organizer = NULL};

    ck_assert_str_eq(write(&brief), "{\"brief\":1,\"kind\":\"focus\",\"date\":"
                                    "\"Monday 2 March 2026\"}");
}
END_TEST

START_TEST(a_line_stays_a_line)
{
    const struct brief brief = {.number = 1, .kind = "a\nb\r\n\"c\"\x01"};

    ck_assert_str_eq(write(&brief),
                     "{\"brief\":1,\"kind\":\"a\\nb\\r\\n\\\"c\\\"\\u0001\"}");
}
END_TEST

START_TEST(comes_back)
{
    struct brief brief;
    char *text = arena_text(&arena, write(&full), &err);

    ck_assert(brief_read(&arena, text, strlen(text), &brief, &err));
    ck_assert_int_eq(brief.number, 3);
    ck_assert_int_eq(brief.minutes, 30);
    ck_assert_int_eq(brief.more_people, 4);
    ck_assert_str_eq(brief.repeats, "every week");
    ck_assert_uint_eq(brief.people_count, 2);
    ck_assert_str_eq(brief.people[1], people[1]);
    ck_assert_str_eq(write(&brief), text);
    text = "{\"brief\":1}";
    ck_assert(brief_read(&arena, text, strlen(text), &brief, &err));
    ck_assert_str_eq(brief.kind, "");
    ck_assert_str_eq(brief.organizer, "");
    ck_assert_ptr_null(brief.repeats);
    ck_assert_uint_eq(brief.people_count + brief.topic_count, 0);
    ck_assert_str_eq(write(&brief), text);
}
END_TEST

START_TEST(refusals)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"[]", "a brief must be an object, not a list"},
        {"{}", "brief: brief must be a number, not missing"},
        {"{\"brief\":0}", "brief: brief is out of range"},
        {"{\"brief\":1e300}", "brief: brief is out of range"},
        {"{\"brief\":1,\"minutes\":\"30\"}",
         "brief: minutes must be a number, not text"},
        {"{\"brief\":1,\"kind\":7}", "brief: kind must be text, not a number"},
        {"{\"brief\":1,\"people\":{}}",
         "brief: people must be a list, not an object"},
        {"{\"brief\":1,\"topics\":[1]}",
         "brief: topics must be a list of texts, not a number"},
        {"{\"brief\":1", "brief:1:11: the JSON ends too early"},
    };
    struct brief brief;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert(!brief_read(&arena, cases[i].text, strlen(cases[i].text),
                              &brief, &err));
        ck_assert_str_eq(err.message, cases[i].message);
        ck_assert_int_eq(err.code, ERROR_INPUT);
    }
}
END_TEST

Suite *brief_suite(void)
{
    Suite *suite = suite_create("brief");
    TCase *tests = tcase_create("brief");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, all_of_it_in_one_line);
    tcase_add_test(tests, what_is_not_known_is_left_out);
    tcase_add_test(tests, a_line_stays_a_line);
    tcase_add_test(tests, comes_back);
    tcase_add_test(tests, refusals);
    suite_add_tcase(suite, tests);
    return suite;
}
