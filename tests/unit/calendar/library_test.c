/* Data files: what is wrong in them is named with file, field and reason. */
#include "src/calendar/parts.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static struct error err;
static char folder[64];

#define VOCABULARY                                                             \
    "{\"people\":[{\"culture\":\"x\",\"first\":[\"Ann\"],\"last\":"            \
    "[\"Lee\"]}],"                                                             \
    "\"companies\":[{\"name\":\"Contoso\",\"domain\":\"contoso.com\","         \
    "\"role\":"                                                                \
    "\"own\"},{\"name\":\"B\",\"domain\":\"b.example\",\"role\":\"customer\"}" \
    ","                                                                        \
    "{\"name\":\"C\",\"domain\":\"c.example\",\"role\":\"vendor\"}],"          \
    "\"titles\":{\"executive\":[\"CEO\"],\"manager\":[\"Lead\"],\"peer\":"     \
    "[\"Analyst\"],\"contact\":[\"Buyer\"],\"vendor\":[\"Rep\"]},"             \
    "\"rooms\":[{\"name\":\"Fuji\",\"seats\":8}],"                             \
    "\"words\":{\"topic\":[\"tea\",\"coffee\"]}}"

static void setup(void)
{
    char path[128];

    snprintf(folder, sizeof folder, "/tmp/datebook_calendar_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/vocabulary", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/archetypes", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void teardown(void)
{
    static const char *const names[] = {"vocabulary/words.json",
                                        "archetypes/common.json",
                                        "archetypes/extra.json",
                                        "vocabulary",
                                        "archetypes",
                                        ""};
    char path[128];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    arena_free(&arena);
}

static void put(const char *name, const char *text)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

/* Loads, expects failure, and compares the message behind the folder. */
static void fails(const char *vocabulary, const char *archetypes,
                  const char *message)
{
    put("vocabulary/words.json", vocabulary);
    put("archetypes/common.json", archetypes);
    ck_assert_ptr_null(calendar_library_load(&arena, folder, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_msg(!strncmp(err.message, folder, strlen(folder)), "%s",
                  err.message);
    ck_assert_str_eq(err.message + strlen(folder), message);
}

#define COMMON(fields)                                                         \
    "{\"function\":\"common\",\"archetypes\":[{\"name\":\"talk\"" fields "}]}"

/* A file of archetypes and what is said of it. */
static const struct {
    const char *text;
    const char *message;
} WRONG[] = {
    {"[]", ": must be an object, not a list"},
    {"{}", ": function: must be a text that is not empty"},
    {"{\"function\":\"common\"}", ": archetypes: must be a list, not missing"},
    {"{\"function\":\"common\",\"archetypes\":[]}", ": archetypes: is empty"},
    {"{\"function\":\"common\",\"archetypes\":[7]}",
     ": archetypes[0]: must be an object, not a number"},
    {"{\"function\":\"common\",\"archetypes\":[{}]}",
     ": archetypes[0].name: must be a text that is not empty"},
    {"{\"function\":\"common\",\"archetype\":[]}",
     ": archetype: no such field; did you mean \"archetypes\"?"},
    {COMMON(""), ": archetypes[0] \"talk\": subjects: is missing"},
    {COMMON(",\"subjects\":[]"),
     ": archetypes[0] \"talk\": subjects: is empty"},
    {COMMON(",\"subjects\":\"a\""),
     ": archetypes[0] \"talk\": subjects: must be a list of texts, not text"},
    {COMMON(",\"subjects\":[\"a\",3]"),
     ": archetypes[0] \"talk\": subjects[1]: must be a text, not a number"},
    {COMMON(",\"subjects\":[\"\"]"),
     ": archetypes[0] \"talk\": subjects[0]: is empty"},
    {COMMON(",\"subjects\":[\"a {bogus}\"]"),
     ": archetypes[0] \"talk\": subjects[0]: unknown placeholder {bogus}"},
    {COMMON(",\"subjects\":[\"a {peer.middle}\"]"),
     ": archetypes[0] \"talk\": subjects[0]: unknown placeholder "
     "{peer.middle}"},
    {COMMON(",\"subjects\":[\"a {pattern}\"]"),
     ": archetypes[0] \"talk\": subjects[0]: unknown placeholder {pattern}"},
    {COMMON(",\"subjects\":[\"a {subject}\"]"),
     ": archetypes[0] \"talk\": subjects[0]: unknown placeholder {subject}"},
    {COMMON(",\"subjects\":[\"a {topic\"]"),
     ": archetypes[0] \"talk\": subjects[0]: a brace without its partner"},
    {COMMON(",\"subjects\":[\"a } b\"]"),
     ": archetypes[0] \"talk\": subjects[0]: a brace without its partner"},
    {"{\"function\":\"common\",\"load\":{}}",
     ": load: must be a list, not an object"},
    {"{\"function\":\"common\",\"load\":[{\"when\":\"quarter_end\"}]}",
     ": load[0].percent: is missing"},
    {"{\"function\":\"common\",\"load\":[{\"percent\":20}]}",
     ": load[0].percent: must be a whole number from 50 to 150, not 20"},
    {"{\"function\":\"common\",\"travel\":41}",
     ": travel: must be a whole number from 0 to 40, not 41"},
    {COMMON(",\"subjects\":[\"Get a {topic}\"]"),
     ": archetypes[0] \"talk\": subjects[0]: \"a\" or \"an\" before {topic}"},
    {COMMON(",\"subjects\":[\"An {peer.first}\"]"),
     ": archetypes[0] \"talk\": subjects[0]: \"a\" or \"an\" before "
     "{peer.first}"},
    {COMMON(",\"subjects\":[\"b\"],\"months\":[13]"),
     ": archetypes[0] \"talk\": months: a month is a whole number from 1 to "
     "12, not 13"},
    {COMMON(",\"subjects\":[\"b\"],\"when\":\"\""),
     ": archetypes[0] \"talk\": when: must be one of quarter_start, "
     "quarter_end, "
     "month_start, month_end, year_end, year_start, not \"\""},
    {"{\"function\":\"common\",\"archetypes\":[{\"name\":\"a\",\"subjects\":"
     "[\"b\"]}],\"threads\":[{\"name\":\"t\",\"steps\":[{\"like\":\"a\"},"
     "{\"like\":\"b\"}]}]}",
     ": threads[0] \"t\": steps[1].like: there is no archetype \"b\""},
    {COMMON(",\"subjects\":[\"a  b\"]"),
     ": archetypes[0] \"talk\": subjects[0]: two spaces in a row"},
    {COMMON(",\"subjects\":[\"a\\u001b[31m b\"]"),
     ": archetypes[0] \"talk\": subjects[0]: holds the control character "
     "U+001B"},
    {COMMON(",\"subjects\":[\"a\"],\"bodies\":[\"a\\nb\"]"),
     ": archetypes[0] \"talk\": bodies[0]: holds the control character U+000A"},
    {COMMON(",\"subjects\":[\" b\"]"),
     ": archetypes[0] \"talk\": subjects[0]: white space at an end"},
    {COMMON(",\"subjects\":[\"b\"],\"bodies\":[\"{topic.first}\"]"),
     ": archetypes[0] \"talk\": bodies[0]: unknown placeholder {topic.first}"},
    {COMMON(",\"subject\":[\"b\"]"), ": archetypes[0] \"talk\": subject: no "
                                     "such field; did you mean \"subjects\"?"},
    {COMMON(",\"weight\":0"), ": archetypes[0] \"talk\": weight: must be a "
                              "whole number from 1 to 100, not 0"},
    {COMMON(",\"weight\":2.5"), ": archetypes[0] \"talk\": weight: must be a "
                                "whole number from 1 to 100, not 2.5"},
    {COMMON(",\"room\":\"yes\""), ": archetypes[0] \"talk\": room: must be a "
                                  "whole number from 0 to 100, not \"yes\""},
    {COMMON(",\"people\":[5,2]"), ": archetypes[0] \"talk\": people: must be "
                                  "two whole numbers from 1 to 500, "
                                  "the smaller first"},
    {COMMON(",\"hours\":[9]"), ": archetypes[0] \"talk\": hours: must be two "
                               "whole numbers from 6 to 20, the "
                               "smaller first"},
    {COMMON(",\"minutes\":[]"),
     ": archetypes[0] \"talk\": minutes: must be a list of 1 to 16 durations"},
    {COMMON(",\"minutes\":[33]"), ": archetypes[0] \"talk\": minutes: a "
                                  "duration is 5 to 480 minutes, in steps "
                                  "of 5, not 33"},
    {COMMON(",\"with\":[\"friends\"]"),
     ": archetypes[0] \"talk\": with: must be one of manager, reports, peers, "
     "team, "
     "executives, customer, vendor, candidate, company, nobody, not "
     "\"friends\""},
    {COMMON(",\"cadence\":\"yearly\""),
     ": archetypes[0] \"talk\": cadence: must be one of daily, weekly, "
     "biweekly, "
     "monthly, not \"yearly\""},
    {COMMON(",\"organizer\":\"me\""),
     ": archetypes[0] \"talk\": organizer: must be one of self, other, either, "
     "not \"me\""},
    {COMMON(",\"days\":[\"Sun\"]"),
     ": archetypes[0] \"talk\": days: must be one of Mon, Tue, Wed, Thu, Fri, "
     "not \"Sun\""},
    {COMMON(",\"levels\":[]"),
     ": archetypes[0] \"talk\": levels: must be a list that is not empty"},
    {COMMON(",\"kinds\":[\"\"],\"subjects\":[\"b\"]"),
     ": archetypes[0] \"talk\": kinds[0]: is empty"},
    {"{\"function\":\"common\",\"archetypes\":[{\"name\":\"a\","
     "\"subjects\":[\"b\"]},{\"name\":\"a\",\"subjects\":[\"c\"]}]}",
     ": archetypes[1] \"a\": name: stands twice in the list"},
    {"{\"function\":\"common\",\"words\":[],\"archetypes\":[]}",
     ": words: must be an object of lists, not a list"},
    {"{\"function\":\"common\",\"words\":{\"Tea\":[\"a\"]}}",
     ": words.Tea: a list is named with small letters"},
    {"{\"function\":\"common\",\"words\":{\"report\":[\"a\"]}}",
     ": words.report: {report} means something else in every template; give "
     "the list another name"},
    {"{\"function\":\"common\",\"words\":{\"tea\":[]}}",
     ": words.tea: is empty"},
    {COMMON(",\"organizer\":3"),
     ": archetypes[0] \"talk\": organizer: must be one of self, other, either, "
     "not 3"},
    {COMMON(",\"minutes\":[\"30\"]"),
     ": archetypes[0] \"talk\": minutes: a duration is 5 to 480 minutes, in "
     "steps of 5, not \"30\""},
    {COMMON(",\"cadence\":\"every other Thursday that is not the first one of "
            "its month\u00e4h\""),
     ": archetypes[0] \"talk\": cadence: must be one of daily, weekly, "
     "biweekly, monthly, not \"every other Thursday that is not the first one "
     "of its month\"\u2026"},
    {COMMON(",\"mood\":1"), ": archetypes[0] \"talk\": mood: no such field"},
};

START_TEST(archetype_errors)
{
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char message[512];
        snprintf(message, sizeof message, "/archetypes/common.json%s",
                 WRONG[i].message);
        fails(VOCABULARY, WRONG[i].text, message);
    }
}
END_TEST

START_TEST(unknown_placeholder_has_a_hint)
{
    fails(VOCABULARY, COMMON(",\"subjects\":[\"{x}\"]"),
          "/archetypes/common.json: archetypes[0] \"talk\": subjects[0]: "
          "unknown placeholder {x}");
    ck_assert_str_eq(err.hint, "docs/archetypes.md lists the placeholders; "
                               "\"words\" may get a list \"x\"");
}
END_TEST

START_TEST(vocabulary_errors)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"{\"people\":{}}",
         "/vocabulary/words.json: people: must be a list, not an object"},
        {"{\"people\":[{\"first\":[\"A\"],\"last\":[]}]}",
         "/vocabulary/words.json: people[0].last: is empty"},
        {"{\"companies\":[{\"name\":\"A\",\"domain\":\"real.com\",\"role\":"
         "\"own\"}]}",
         "/vocabulary/words.json: companies[0]: the domain must be a "
         "fictitious one, or end in .example"},
        {"{\"companies\":[{\"name\":\"A\",\"domain\":\"a.example\"}]}",
         "/vocabulary/words.json: companies[0]: the role must be own, "
         "customer, or vendor"},
        {"{\"rooms\":[{\"name\":\"A\"}]}",
         "/vocabulary/words.json: rooms[0]: seats must be 1 to 1000"},
        {"{\"keep\":{\"topic\":0}}",
         "/vocabulary/words.json: keep: \"topic\" must be 1 to 1000"},
        {"{\"holidays\":[{\"name\":\"A\",\"date\":\"02-30\"}]}",
         "/vocabulary/words.json: holidays[0]: the date must be MM-DD or "
         "YYYY-MM-DD"},
        {"{\"holidays\":[{\"date\":\"02-03\"}]}",
         "/vocabulary/words.json: holidays[0]: has no name"},
        {"{\"titles\":{\"king\":[\"A\"]}}",
         "/vocabulary/words.json: titles.king: no such field"},
        {"{\"exceptions\":[\"{subjct}\"]}",
         "/vocabulary/words.json: exceptions[0]: unknown placeholder "
         "{subjct}"},
        {"{}", ": there is no \"people\" in vocabulary"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        fails(cases[i].text, COMMON(",\"subjects\":[\"Talk\"]"),
              cases[i].message);
}
END_TEST

START_TEST(common_must_serve_everybody)
{
    fails(VOCABULARY, COMMON(",\"subjects\":[\"Talk\"],\"cadence\":\"weekly\""),
          ": the function \"common\" needs a one-off archetype that serves "
          "everybody");
}
END_TEST

START_TEST(common_must_be_there)
{
    fails(VOCABULARY,
          "{\"function\":\"sales\",\"archetypes\":[{\"name\":\"talk\","
          "\"subjects\":[\"Talk\"]}]}",
          ": there is no function \"common\" in archetypes");
}
END_TEST

START_TEST(one_file_a_function)
{
    put("archetypes/extra.json", COMMON(",\"subjects\":[\"Talk\"]"));
    put("vocabulary/words.json", VOCABULARY);
    put("archetypes/common.json", COMMON(",\"subjects\":[\"Talk\"]"));
    ck_assert_ptr_null(calendar_library_load(&arena, folder, &err));
    ck_assert_str_eq(err.message + strlen(folder),
                     "/archetypes/extra.json: function: \"common\" has a file "
                     "already");
}
END_TEST

START_TEST(least_library_is_enough)
{
    put("vocabulary/words.json", VOCABULARY);
    put("archetypes/common.json",
        COMMON(",\"subjects\":[\"{topic} {topic2} {quarter}\",\"Series A "
               "{topic}\",\"Data {topic}, Q&A {topic2}\"]"));
    ck_assert_msg(calendar_library_load(&arena, folder, &err) != NULL, "%s",
                  err.message);
}
END_TEST

START_TEST(own_library_loads)
{
    struct calendar_library *library =
        calendar_library_load(&arena, "personas", &err);

    ck_assert_msg(library != NULL, "%s", err.message);
    /* ten functions, common, and patterns */
    ck_assert_uint_eq(library->set_count, 12);
}
END_TEST

Suite *library_suite(void);
Suite *library_suite(void)
{
    Suite *suite = suite_create("calendar library");
    TCase *tcase = tcase_create("library");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, archetype_errors);
    tcase_add_test(tcase, unknown_placeholder_has_a_hint);
    tcase_add_test(tcase, vocabulary_errors);
    tcase_add_test(tcase, common_must_serve_everybody);
    tcase_add_test(tcase, common_must_be_there);
    tcase_add_test(tcase, one_file_a_function);
    tcase_add_test(tcase, least_library_is_enough);
    tcase_add_test(tcase, own_library_loads);
    suite_add_tcase(suite, tcase);
    return suite;
}
