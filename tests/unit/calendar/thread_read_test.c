/* Threads as they are read: what a step takes over, and what is wrong named
 * with source, field and reason. */
#include "datebook/buf.h"
#include "fixture.h"
#include "src/calendar/threads.h"

#include <stdio.h>

#define ARCHETYPES                                                             \
    "\"archetypes\":[{\"name\":\"demo\",\"minutes\":[45],\"room\":7,"          \
    "\"with\":[\"customer\"],\"cadence\":\"weekly\",\"subjects\":"             \
    "[\"Demo\",\"{customer} demo\",\"{contact.first}: demo\"],"                \
    "\"bodies\":[\"{product} live.\"]}]"

/* A persona with these threads. */
static struct persona with_threads(const char *threads)
{
    char text[2048];

    snprintf(text, sizeof text,
             "{\"id\":\"p\",\"name\":\"P\",\"tier\":1," ARCHETYPES
             ",\"threads\":%s}",
             threads);
    return parse(text);
}

#define THREAD(rest) "[{\"name\":\"deal\"," rest "}]"
#define STEPS "\"steps\":[{\"like\":\"demo\"},{\"like\":\"demo\"}]"

static const struct {
    const char *threads;
    const char *message;
} WRONG[] = {
    {"[{}]", "threads[0].name: must be a text that is not empty"},
    {"[{\"name\":\"a\",\"step\":[]}]",
     "threads[0] \"a\": step: no such field; did you mean \"steps\"?"},
    {"[{\"name\":\"a\"}]",
     "threads[0] \"a\": steps: must be a list of 2 to 12 steps"},
    {"[{\"name\":\"a\",\"steps\":[]}]",
     "threads[0] \"a\": steps: must be a list of 2 to 12 steps"},
    {THREAD("\"steps\":[{\"like\":\"demo\"}]"),
     "threads[0] \"deal\": steps: must be a list of 2 to 12 steps"},
    {THREAD("\"steps\":[{},{}]"),
     "threads[0] \"deal\": steps[0]: must have \"like\" or \"subjects\""},
    {THREAD("\"steps\":[{\"like\":\"demo\"},{\"like\":\"dem\"}]"),
     "threads[0] \"deal\": steps[1].like: there is no archetype \"dem\""},
    {THREAD("\"steps\":[{\"like\":7},{}]"),
     "threads[0] \"deal\": steps[0].like: must be the name of an archetype, "
     "not a number"},
    {THREAD("\"steps\":[{\"like\":\"demo\",\"weight\":3},{}]"),
     "threads[0] \"deal\": steps[0].weight: no such field"},
    {THREAD("\"steps\":[{\"like\":\"demo\",\"after\":[1,2]},{}]"),
     "threads[0] \"deal\": steps[0].after: the first step has none before"},
    {THREAD("\"steps\":[{\"like\":\"demo\",\"chance\":50},{}]"),
     "threads[0] \"deal\": steps[0].chance: the first step has none before"},
    {THREAD("\"steps\":[{\"like\":\"demo\"},{\"like\":\"demo\",\"after\":"
            "[5,2]}]"),
     "threads[0] \"deal\": steps[1].after: must be two whole numbers from 0 to "
     "60, the "
     "smaller first"},
    {THREAD("\"steps\":[{\"like\":\"demo\"},{\"like\":\"demo\",\"chance\":0}]"),
     "threads[0] \"deal\": steps[1].chance: must be a whole number from 1 to "
     "100, not 0"},
    {THREAD("\"steps\":[{\"subjects\":[\"{nope}\"]},{\"like\":\"demo\"}]"),
     "threads[0] \"deal\": steps[0].subjects[0]: unknown placeholder {nope}"},
    {THREAD("\"steps\":[{\"like\":\"demo\",\"subjects\":[]},{}]"),
     "threads[0] \"deal\": steps[0].subjects: is empty"},
    {THREAD("\"about\":[]," STEPS),
     "threads[0] \"deal\": about: must be a list of 1 to 6 placeholders"},
    {THREAD("\"about\":[\"nope\"]," STEPS),
     "threads[0] \"deal\": about[0]: a thread cannot be about \"nope\""},
    {THREAD("\"about\":[\"manager\"]," STEPS),
     "threads[0] \"deal\": about[0]: a thread cannot be about \"manager\""},
    {THREAD("\"about\":[{}]," STEPS),
     "threads[0] \"deal\": about[0]: must be the name of a placeholder, not an "
     "object"},
    {THREAD("\"about\":[\"product\",\"product\"]," STEPS),
     "threads[0] \"deal\": about[1]: stands twice in the list"},
    {THREAD("\"about\":[\"customer\",\"candidate\"]," STEPS),
     "threads[0] \"deal\": about: no step speaks of {candidate}"},
    {THREAD("\"about\":[\"project\"]," STEPS),
     "threads[0] \"deal\": about: no step speaks of {project}"},
    {THREAD("\"weight\":101," STEPS), "threads[0] \"deal\": weight: must be a "
                                      "whole number from 1 to 100, not 101"},
    {THREAD("\"levels\":[\"boss\"]," STEPS),
     "threads[0] \"deal\": levels: must be one of ic, manager, executive, not "
     "\"boss\""},
    {THREAD("\"months\":[0]," STEPS), "threads[0] \"deal\": months: a month is "
                                      "a whole number from 1 to 12, not 0"},
    {THREAD("\"months\":5," STEPS),
     "threads[0] \"deal\": months: must be a list that is not empty"},
    {THREAD("\"when\":\"noon\"," STEPS),
     "threads[0] \"deal\": when: must be one of quarter_start, quarter_end, "
     "month_start, month_end, year_end, year_start, not \"noon\""},
    {THREAD("\"months\":[5],\"when\":\"quarter_end\"," STEPS),
     "threads[0] \"deal\": when: never falls into one of the months"},
    {"[{\"name\":\"a\"," STEPS "},{\"name\":\"a\"," STEPS "}]",
     "threads[1] \"a\": name: stands twice in the list"},
    {THREAD("\"about\":[\"{product}\"]," STEPS),
     "threads[0] \"deal\": about[0]: write \"product\", without braces"},
    {"[{\"name\":7," STEPS "}]",
     "threads[0].name: must be a text that is not empty"},
    {THREAD("\"weight\":{}," STEPS),
     "threads[0] \"deal\": weight: must be a whole number from 1 to 100, not "
     "an object"},
    {THREAD("\"steps\":[{\"like\":\"demo\"},{\"like\":\"demo\",\"minutes\":"
            "[30,33]}]"),
     "threads[0] \"deal\": steps[1].minutes: a duration is 5 to 480 minutes, "
     "in "
     "steps of 5, not 33"},
    {THREAD("\"steps\":[{\"like\":\"demo\"},{\"like\":\"demo\",\"subject\":"
            "[]}]"),
     "threads[0] \"deal\": steps[1].subject: no such field; did you mean "
     "\"subjects\"?"},
};

START_TEST(what_is_wrong_is_named)
{
    struct persona persona = with_threads(WRONG[_i].threads);
    char message[512];

    snprintf(message, sizeof message, "p.json: %s", WRONG[_i].message);
    ck_assert(!calendar_check(&arena, &persona, library, "p.json", &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.message, message);
}
END_TEST

/* The hint for a persona with these threads. */
static const char *hint_for(const char *threads)
{
    struct persona persona = with_threads(threads);

    ck_assert(!calendar_check(&arena, &persona, library, "p.json", &err));
    return err.hint;
}

START_TEST(hints_say_what_there_is)
{
    ck_assert_str_eq(hint_for(THREAD("\"about\":[\"nope\"]," STEPS)),
                     "customer, contact, vendor, vendor_contact, candidate, "
                     "peer, report, executive, quarter, month, or a word list");
    ck_assert_str_eq(
        hint_for(THREAD("\"steps\":[{\"subjects\":[\"{play}\"]},{}]")),
        "docs/archetypes.md lists the placeholders; \"words\" may get a list "
        "\"play\"");
    /* These cannot be, or mean something already. */
    ck_assert_str_eq(
        hint_for(THREAD("\"steps\":[{\"subjects\":[\"{Play}\"]},{}]")),
        "docs/archetypes.md lists the placeholders");
    ck_assert_str_eq(
        hint_for(THREAD("\"steps\":[{\"subjects\":[\"{topic.first}\"]},{}]")),
        "docs/archetypes.md lists the placeholders");
    ck_assert_str_eq(
        hint_for(THREAD("\"steps\":[{\"subjects\":[\"{self.last}\"]},{}]")),
        "docs/archetypes.md lists the placeholders");
}
END_TEST

START_TEST(null_is_missing)
{
    struct persona persona =
        parse("{\"id\":\"p\",\"name\":\"P\",\"tier\":1,\"archetypes\":null,"
              "\"threads\":null,\"words\":null}");

    ck_assert_msg(calendar_check(&arena, &persona, library, "p.json", &err),
                  "%s", err.message);
}
END_TEST

/* A list that would take minutes to compare with itself. */
static void too_many(const char *list, const char *item)
{
    struct buf text = BUF_EMPTY;
    struct persona persona;
    char message[128];

    buf_format(&text, "{\"id\":\"p\",\"name\":\"P\",\"tier\":1,\"%s\":[{}",
               list);
    for (int i = 0; i < 1000; i++)
        buf_format(&text, ",%s", item);
    buf_text(&text, "]}");
    persona = parse(buf_string(&text));
    snprintf(message, sizeof message, "p.json: %s: has more than 1000 of them",
             list);
    ck_assert(!calendar_check(&arena, &persona, library, "p.json", &err));
    ck_assert_str_eq(err.message, message);
    buf_free(&text);
}

START_TEST(lists_have_an_end)
{
    too_many("archetypes", "{}");
    too_many("threads", "{}");
}
END_TEST

static struct own read_own(const char *threads)
{
    struct persona persona = with_threads(threads);
    struct own own;

    ck_assert_msg(own_read(&arena, &persona, library, "p.json", &own, &err),
                  "%s", err.message);
    return own;
}

START_TEST(a_step_takes_over_and_replaces)
{
    struct own own = read_own(THREAD(
        "\"about\":[\"customer\"],\"when\":\"year_end\",\"steps\":["
        "{\"like\":\"demo\"},"
        "{\"like\":\"demo\",\"after\":[0,3],\"chance\":40,\"minutes\":[25,30],"
        "\"with\":[\"customer\",\"peers\"],\"subjects\":[\"{topic}\"]},"
        "{\"subjects\":[\"{topic2}\"]}]"));
    const struct thread *thread = &own.threads.items[0];
    const struct archetype *first = &thread->steps[0].archetype;
    const struct archetype *second = &thread->steps[1].archetype;
    const struct archetype *third = &thread->steps[2].archetype;

    ck_assert_uint_ge(own.threads.count, 1);
    ck_assert_str_eq(thread->name, "deal");
    ck_assert_int_eq(thread->weight, 10);
    ck_assert_int_eq(thread->season.when, WHEN_YEAR_END);
    ck_assert_uint_eq(thread->count, 3);
    /* Of the subjects those that name the customer, or somebody there. */
    ck_assert_uint_eq(first->subjects.count, 2);
    ck_assert_str_eq(first->subjects.items[0].source, "{customer} demo");
    ck_assert_str_eq(first->subjects.items[1].source, "{contact.first}: demo");
    ck_assert_int_eq(first->cadence, CADENCE_NONE);
    ck_assert_int_eq(first->room, 7);
    ck_assert_int_eq(first->minutes[0], 45);
    ck_assert_uint_eq(first->bodies.count, 1);

    ck_assert_int_eq(thread->steps[1].after[0], 0);
    ck_assert_int_eq(thread->steps[1].after[1], 3);
    ck_assert_int_eq(thread->steps[1].chance, 40);
    ck_assert_uint_eq(second->subjects.count, 1);
    ck_assert_uint_eq(second->minutes_count, 2);
    ck_assert_uint_eq(second->with_count, 2);
    ck_assert_uint_eq(second->bodies.count, 1);
    ck_assert_int_eq(second->room, 7);

    ck_assert_int_eq(thread->steps[2].after[0], 2);
    ck_assert_int_eq(thread->steps[2].after[1], 8);
    ck_assert_int_eq(thread->steps[2].chance, 100);
    ck_assert_int_eq(third->with[0], GROUP_TEAM);
    ck_assert_int_eq(third->room, 25);
    ck_assert_uint_eq(third->bodies.count, 0);
    /* The archetype itself is as it was. */
    ck_assert_uint_eq(own.archetypes.items[0].subjects.count, 3);
}
END_TEST

START_TEST(a_subject_that_names_none_is_as_good)
{
    struct own own = read_own(
        THREAD("\"about\":[\"product\"],\"steps\":[{\"like\":\"demo\"},"
               "{\"like\":\"demo\"}]"));

    ck_assert_uint_eq(own.threads.items[0].steps[0].archetype.subjects.count,
                      3);
}
END_TEST

Suite *thread_read_suite(void);
Suite *thread_read_suite(void)
{
    Suite *suite = suite_create("calendar thread reading");
    TCase *tcase = tcase_create("thread reading");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, what_is_wrong_is_named, 0,
                        (int)(sizeof WRONG / sizeof *WRONG));
    tcase_add_test(tcase, lists_have_an_end);
    tcase_add_test(tcase, hints_say_what_there_is);
    tcase_add_test(tcase, null_is_missing);
    tcase_add_test(tcase, a_step_takes_over_and_replaces);
    tcase_add_test(tcase, a_subject_that_names_none_is_as_good);
    suite_add_tcase(suite, tcase);
    return suite;
}
