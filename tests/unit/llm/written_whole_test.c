/* Whole meetings that a model made up: dates, times, people; and written
 * meetings as JSON and back. */
#include "tests/unit/llm/reply.h"

#include "datebook/random.h"

Suite *written_whole_suite(void);

static void setup(void)
{
    call.whole = true;
    call.brief_count = 1;
}

/* A whole meeting of which some members are others; a NULL keeps a good one. */
struct wish {
    const char *date, *start, *minutes, *organizer, *people;
};

static const char *reply(struct wish wish)
{
    const char *text = arena_format(
        &arena, &err,
        "{\"meetings\":[{\"brief\":1,\"kind\":\"focus\",\"subject\":\"Deck, "
        "first draft\",\"preview\":\"Two hours without chat.\",\"date\":%s,"
        "\"start\":%s,%s,\"organizer\":%s,\"people\":%s}]}",
        wish.date ? wish.date : "\"2026-03-04\"",
        wish.start ? wish.start : "\"10:00\"",
        wish.minutes ? wish.minutes : "\"minutes\":30",
        wish.organizer ? wish.organizer : "\"you\"",
        wish.people ? wish.people
                    : "[{\"name\":\"Bo Lin\",\"company\":null,"
                      "\"optional\":false}]");

    ck_assert_ptr_nonnull(text);
    return text;
}

#define BO "{\"name\":\"Bo Lin\",\"company\":null,\"optional\":false}"
#define EVA                                                                    \
    "{\"name\":\"Eva Maria Sanz\",\"company\":\"Fourth Coffee\","              \
    "\"optional\":true}"

START_TEST(as_it_was_asked_for)
{
    const struct written *written;

    read_good(reply((struct wish){.people = "[" BO "," EVA "]"}), 0);
    written = &list.items[0];
    ck_assert_str_eq(written->date, "2026-03-04");
    ck_assert_int_eq(written->start, 600);
    ck_assert_int_eq(written->minutes, 30);
    ck_assert(written->own);
    ck_assert_str_eq(written->organizer, "you");
    ck_assert_uint_eq(written->people_count, 2);
    ck_assert_str_eq(written->people[1].name, "Eva Maria Sanz");
    ck_assert_str_eq(written->people[1].company, "Fourth Coffee");
    ck_assert(written->people[1].optional);
    ck_assert_ptr_null(written->people[0].company);
}
END_TEST

struct bad {
    struct wish wish;
    const char *fault;
};

static void expect_fault(const struct bad *bad)
{
    static const char start[] = "brief 1: ";

    read_reply(reply(bad->wish));
    ck_assert_msg(list.items[0].fault != NULL, "no \"%s\"", bad->fault);
    ck_assert_int_eq(strncmp(list.items[0].fault, start, sizeof start - 1), 0);
    ck_assert_str_eq(list.items[0].fault + sizeof start - 1, bad->fault);
}

START_TEST(faults_of_time)
{
    static const struct bad cases[] = {
        {{.date = "\"2026-02-30\""},
         "date \"2026-02-30\" is no date of the form YYYY-MM-DD"},
        {{.date = "\"next Monday\""},
         "date \"next Monday\" is no date of the form YYYY-MM-DD"},
        {{.date = "20260304"}, "date is a number, not text"},
        {{.date = "\"2026-03-01\""},
         "date 2026-03-01 is not in the week of Monday 2 March 2026"},
        {{.date = "\"2026-03-09\""},
         "date 2026-03-09 is not in the week of Monday 2 March 2026"},
        {{.start = "\"24:00\""},
         "start \"24:00\" is no time from 00:00 to 23:59"},
        {{.start = "\"10:60\""},
         "start \"10:60\" is no time from 00:00 to 23:59"},
        {{.start = "\"13 pm\""},
         "start \"13 pm\" is no time from 00:00 to 23:59"},
        {{.start = "\"noon\""},
         "start \"noon\" is no time from 00:00 to 23:59"},
        {{.start = "10.5"}, "start 10.5 is no time from 00:00 to 23:59"},
        {{.start = "600"}, "start 600 is no time from 00:00 to 23:59"},
        {{.start = "null"}, "start null is no time from 00:00 to 23:59"},
        {{.minutes = "\"minutes\":-60"},
         "minutes is -60, at least 5 and at most 1440"},
        {{.minutes = "\"minutes\":14400"},
         "minutes is 14,400, at least 5 and at most 1440"},
        {{.minutes = "\"minutes\":1e300"}, "minutes 1e+300 is no whole number"},
        {{.minutes = "\"minutes\":30.5"}, "minutes 30.5 is no whole number"},
        {{.minutes = "\"minutes\":\"an hour\""},
         "minutes \"an hour\" is no whole number"},
        {{.minutes = "\"end\":\"09:00\""},
         "end 09:00 is not after start 10:00"},
        {{.minutes = "\"x\":1"}, "minutes is missing"},
        {{.start = "\"23:30\"", .minutes = "\"minutes\":60"},
         "start 23:30 and 60 minutes end after midnight"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_fault(&cases[i]);
}
END_TEST

START_TEST(faults_of_people)
{
    static const struct bad cases[] = {
        {{.organizer = "\"\""}, "organizer \"\" is empty"},
        {{.organizer = "null"}, "organizer is null, not text"},
        {{.organizer = "\"ana@contoso.com\""},
         "organizer \"ana@contoso.com\" holds an address"},
        {{.people = "{}"}, "people is an object, not a list"},
        {{.people = "[\"Bo Lin\"]"}, "people[0] is text, not an object"},
        {{.people = "[" BO ",{\"name\":\"x@y.example\",\"company\":null,"
                    "\"optional\":false}]"},
         "people[1]: name \"x@y.example\" holds an address"},
        {{.people = "[{\"name\":\"[Name]\",\"company\":null,\"optional\":"
                    "false}]"},
         "people[0]: name \"[Name]\" has an empty slot"},
        {{.people = "[{\"name\":\"Bo\\nLin\",\"company\":null,\"optional\":"
                    "false}]"},
         "people[0]: name \"Bo\\u000ALin\" has more than one line"},
        {{.people = "[{\"name\":\"Bo\",\"company\":7,\"optional\":false}]"},
         "people[0]: company is a number, not text"},
        {{.people = "[{\"name\":\"Bo\",\"company\":null,\"optional\":"
                    "\"maybe\"}]"},
         "people[0]: optional \"maybe\" is neither true nor false"},
        {{.people = "[1,2,3,4,5]"},
         "people[0] is a number, not an object; people[1] is a number, not an "
         "object; people[2] is a number, not an object"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_fault(&cases[i]);
}
END_TEST

START_TEST(what_is_put_right)
{
    static const struct {
        struct wish wish;
        int start, minutes, coerced;
    } cases[] = {
        {{.date = "\"2026-03-08\"", .start = "\"0:00\""}, 0, 30, 0},
        {{.date = "\"2026-03-04T10:00:00\""}, 600, 30, 1},
        {{.date = "\"Wednesday 4 March 2026\""}, 600, 30, 1},
        {{.start = "\"9:05\""}, 545, 30, 0},
        {{.start = "\"09:05:00\""}, 545, 30, 1},
        {{.start = "\"12 am\""}, 0, 30, 1},
        {{.start = "\"12:15 P.M.\""}, 735, 30, 1},
        {{.start = "\"1pm\""}, 780, 30, 1},
        {{.start = "14"}, 840, 30, 1},
        {{.minutes = "\"minutes\":\"45\""}, 600, 45, 1},
        {{.minutes = "\"minutes\":\"45 minutes\""}, 600, 45, 1},
        {{.start = "\"00:00\"", .minutes = "\"minutes\":1440"}, 0, 1440, 0},
        {{.minutes = "\"end\":\"11:30\""}, 600, 90, 2}, /* and a stranger */
        {{.organizer = "\"Ann Lee\""}, 600, 30, 1},
        {{.organizer = "\"Bo Lin\""}, 600, 30, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_good(reply(cases[i].wish), cases[i].coerced);
        ck_assert_int_eq(list.items[0].start, cases[i].start);
        ck_assert_int_eq(list.items[0].minutes, cases[i].minutes);
        ck_assert_uint_eq(list.items[0].people_count, 1);
    }
    ck_assert(!list.items[0].own);
}
END_TEST

START_TEST(people_who_are_put_right)
{
    read_good(reply((struct wish){.people = "[" BO ",{\"name\":\"Al\"}]"}), 2);
    ck_assert_uint_eq(list.items[0].people_count, 2);
    ck_assert(!list.items[0].people[1].optional);
    read_good(reply((struct wish){.people = "[{\"name\":\"Al\",\"company\":"
                                            "\"contoso\",\"optional\":"
                                            "\"True\"}]"}),
              1);
    ck_assert_ptr_null(list.items[0].people[0].company);
    ck_assert(list.items[0].people[0].optional);
    read_good(reply((struct wish){
                  .people = "[" BO "," BO ",{\"name\":\"Ann Lee\",\"company\":"
                            "null,\"optional\":false}]"}),
              2);
    ck_assert_uint_eq(list.items[0].people_count, 1);
    read_good(reply((struct wish){.organizer = "\"Cy Roe\""}), 1);
    ck_assert_uint_eq(list.items[0].people_count, 2);
    ck_assert_str_eq(list.items[0].people[1].name, "Cy Roe");
    ck_assert(!list.items[0].own);
    read_good(reply((struct wish){.people = "[]"}), 0);
    ck_assert_uint_eq(list.items[0].people_count, 0);
}
END_TEST

static const char *crowd(int count)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    for (int i = 0; i < count; i++)
        buf_format(&buf,
                   "%c{\"name\":\"Al %d\",\"company\":null,\"optional\":true}",
                   i ? ',' : '[', i);
    buf_char(&buf, ']');
    text = arena_text(&arena, buf_string(&buf), &err);
    ck_assert_ptr_nonnull(text);
    buf_free(&buf);
    return text;
}

START_TEST(crowds)
{
    read_good(reply((struct wish){.people = crowd(500)}), 0);
    ck_assert_uint_eq(list.items[0].people_count, 500);
    read_reply(reply((struct wish){.people = crowd(3000)}));
    ck_assert_str_eq(list.items[0].fault,
                     "brief 1: people are 3,000, at most 500");
}
END_TEST

/* ---- For the journal ---- */

/* A text of a few characters, some of them awkward. */
static const char *draw_text(struct random *random)
{
    static const char *const pieces[] = {
        "a", "\"", "\\", "\n", "\x01", "\xE4\xBC\x9A", "\xF0\x9F\x98\x80",
        " ", "}",  "{"};
    struct buf buf = BUF_EMPTY;
    uint32_t count = random_below(random, 9);
    const char *text;

    for (uint32_t i = 0; i < count; i++)
        buf_text(&buf, pieces[random_below(random, 10)]);
    text = arena_text(&arena, buf_string(&buf), &err);
    buf_free(&buf);
    return text;
}

static const char *draw_maybe(struct random *random)
{
    return random_below(random, 2) ? draw_text(random) : NULL;
}

static struct written draw(struct random *random)
{
    struct written written = {.brief = (int64_t)random_below(random, 1000),
                              .fault = draw_maybe(random),
                              .raw = draw_maybe(random),
                              .kind = draw_maybe(random),
                              .subject = draw_maybe(random),
                              .preview = draw_maybe(random)};
    struct written_person *people = arena_zero(&arena, 5, sizeof *people, &err);

    if (!random_below(random, 3))
        return written;
    written.date = "2026-03-04";
    written.start = (int)random_below(random, 1440);
    written.minutes = (int)random_below(random, 1441);
    written.own = random_below(random, 2);
    written.organizer = draw_maybe(random);
    written.people_count = random_below(random, 5);
    for (size_t i = 0; i < written.people_count; i++)
        people[i] = (struct written_person){
            draw_text(random), draw_maybe(random), random_below(random, 2)};
    written.people = people;
    return written;
}

static void expect_text(const char *one, const char *other)
{
    ck_assert_int_eq(!one, !other);
    if (one)
        ck_assert_str_eq(one, other);
}

static void expect_same(const struct written *one, const struct written *other)
{
    ck_assert_int_eq(one->brief, other->brief);
    expect_text(one->fault, other->fault);
    expect_text(one->raw, other->raw);
    expect_text(one->kind, other->kind);
    expect_text(one->subject, other->subject);
    expect_text(one->preview, other->preview);
    expect_text(one->date, other->date);
    ck_assert_int_eq(one->start, other->start);
    ck_assert_int_eq(one->minutes, other->minutes);
    ck_assert_int_eq(one->own, other->own);
    expect_text(one->organizer, other->organizer);
    ck_assert_uint_eq(one->people_count, other->people_count);
    for (size_t i = 0; i < one->people_count; i++) {
        expect_text(one->people[i].name, other->people[i].name);
        expect_text(one->people[i].company, other->people[i].company);
        ck_assert_int_eq(one->people[i].optional, other->people[i].optional);
    }
}

START_TEST(written_meetings_come_back)
{
    struct random random;

    random_start(&random, 5, "written", NULL);
    for (int i = 0; i < 500; i++) {
        struct written written = draw(&random);
        struct written back;
        struct buf buf = BUF_EMPTY;
        written_write(&buf, &written);
        ck_assert_ptr_null(strchr(buf_string(&buf), '\n'));
        ck_assert_msg(
            written_parse(&arena, buf_string(&buf), buf.length, &back, &err),
            "%s", err.message);
        expect_same(&written, &back);
        buf_free(&buf);
        arena_reset(&arena);
    }
}
END_TEST

START_TEST(what_is_no_written_meeting)
{
    static const char *const texts[][2] = {
        {"{}", "written meeting: brief is wrong"},
        {"{\"brief\":1,\"subject\":[]}", "written meeting: subject is wrong"},
        {"{\"brief\":1,\"date\":\"x\"}", "written meeting: date is wrong"},
        {"{\"brief\":1,\"date\":\"2026-03-04\",\"start\":1440}",
         "written meeting: start is wrong"},
        {"{\"brief\":1,\"date\":\"2026-03-04\",\"start\":0,\"minutes\":5}",
         "written meeting: people is wrong"},
    };
    struct written written;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ck_assert(!written_parse(&arena, texts[i][0], strlen(texts[i][0]),
                                 &written, &err));
        ck_assert_str_eq(err.message, texts[i][1]);
        ck_assert_int_eq(err.code, ERROR_INPUT);
    }
}
END_TEST

Suite *written_whole_suite(void)
{
    Suite *suite = suite_create("written_whole");
    TCase *tests = tcase_create("written_whole");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, as_it_was_asked_for);
    tcase_add_test(tests, faults_of_time);
    tcase_add_test(tests, faults_of_people);
    tcase_add_test(tests, what_is_put_right);
    tcase_add_test(tests, people_who_are_put_right);
    tcase_add_test(tests, crowds);
    tcase_add_test(tests, written_meetings_come_back);
    tcase_add_test(tests, what_is_no_written_meeting);
    suite_add_tcase(suite, tests);
    return suite;
}
