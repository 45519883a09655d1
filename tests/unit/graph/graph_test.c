/* Graph events: the exact form that is written, what reading tolerates, and
 * that written and read events give the same facts. */
#include "datebook/graph.h"

#include "datebook/random.h"

#include <check.h>
#include <limits.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct buf line;
static struct meeting_facts facts;

static void teardown(void)
{
    arena_free(&arena);
    buf_free(&line);
}

static civil_minute at(const char *text)
{
    civil_minute minute = 0;

    ck_assert(civil_parse_graph(text, &minute));
    return minute;
}

static bool read_facts(const char *text)
{
    const cJSON *tree = json_parse(&arena, text, strlen(text), "e.json", &err);

    ck_assert_msg(tree != NULL, "%s", err.message);
    return graph_read_facts(&arena, tree, &facts, &err);
}

#define TIMES                                                                  \
    "\"start\":{\"dateTime\":\"2025-11-10T10:00:00.0000000\","                 \
    "\"timeZone\":\"UTC\"},"                                                   \
    "\"end\":{\"dateTime\":\"2025-11-10T10:30:00.0000000\","                   \
    "\"timeZone\":\"UTC\"}"

/* Reads an event of the two times and `more`. */
static void read_good(const char *more)
{
    const char *text =
        arena_format(&arena, &err, "{" TIMES "%s%s}", *more ? "," : "", more);

    ck_assert_ptr_nonnull(text);
    ck_assert_msg(read_facts(text), "%s: %s", more, err.message);
}

START_TEST(writes_thirteen_keys_in_order)
{
    struct attendee attendees[] = {
        {ATTENDEE_REQUIRED, RESPONSE_ACCEPTED, at("2025-11-09T14:32:00"),
         "Ann \"A\" Lee", "ann@contoso.com"},
        {ATTENDEE_RESOURCE, RESPONSE_NOT_RESPONDED, NO_TIME, NULL,
         "room@contoso.com"},
    };
    struct event event = {
        .etag = "W/\"x==\"",
        .id = "AAk1",
        .subject = "Review \xE2\x80\x94 Q4",
        .preview = "One\r\ntwo\x01",
        .show_as = SHOW_OUT_OF_OFFICE,
        .type = EVENT_SINGLE,
        .web_link = "https://outlook.office365.com/owa/?itemid=AAk1",
        .response = RESPONSE_TENTATIVE,
        .responded_at = NO_TIME,
        .start = at("2025-11-15T10:00"),
        .end = at("2025-11-15T23:59"),
        .time_zone = "Asia/Shanghai",
        .attendees = attendees,
        .attendee_count = 2,
        .organizer_name = "Bo",
        .organizer_address = "bo@fabrikam.com",
    };

    graph_write(&line, &event);
    ck_assert_str_eq(
        buf_string(&line),
        "{\"@odata.etag\":\"W/\\\"x==\\\"\",\"id\":\"AAk1\","
        "\"subject\":\"Review \xE2\x80\x94 Q4\","
        "\"bodyPreview\":\"One\\r\\ntwo\\u0001\",\"seriesMasterId\":null,"
        "\"showAs\":\"oof\",\"type\":\"singleInstance\","
        "\"webLink\":\"https://outlook.office365.com/owa/?itemid=AAk1\","
        "\"responseStatus\":{\"response\":\"tentativelyAccepted\","
        "\"time\":\"0001-01-01T00:00:00Z\"},"
        "\"start\":{\"dateTime\":\"2025-11-15T10:00:00.0000000\","
        "\"timeZone\":\"Asia/Shanghai\"},"
        "\"end\":{\"dateTime\":\"2025-11-15T23:59:00.0000000\","
        "\"timeZone\":\"Asia/Shanghai\"},"
        "\"attendees\":[{\"type\":\"required\",\"status\":{"
        "\"response\":\"accepted\",\"time\":\"2025-11-09T14:32:00Z\"},"
        "\"emailAddress\":{\"name\":\"Ann \\\"A\\\" Lee\","
        "\"address\":\"ann@contoso.com\"}},"
        "{\"type\":\"resource\",\"status\":{\"response\":\"notResponded\","
        "\"time\":\"0001-01-01T00:00:00Z\"},"
        "\"emailAddress\":{\"name\":null,\"address\":\"room@contoso.com\"}}],"
        "\"organizer\":{\"emailAddress\":{\"name\":\"Bo\","
        "\"address\":\"bo@fabrikam.com\"}}}");
}
END_TEST

START_TEST(names_are_graphs_own)
{
    ck_assert_str_eq(graph_type_name(EVENT_OCCURRENCE), "occurrence");
    ck_assert_str_eq(graph_type_name(EVENT_EXCEPTION), "exception");
    ck_assert_str_eq(graph_type_name(EVENT_SERIES_MASTER), "seriesMaster");
    ck_assert_str_eq(graph_response_name(RESPONSE_NONE), "none");
    ck_assert_str_eq(graph_response_name(RESPONSE_ORGANIZER), "organizer");
    ck_assert_str_eq(graph_response_name(RESPONSE_DECLINED), "declined");
    ck_assert_str_eq(graph_response_name(RESPONSE_NOT_RESPONDED),
                     "notResponded");
}
END_TEST

START_TEST(two_times_are_enough)
{
    read_good("");
    ck_assert_str_eq(facts.subject, "");
    ck_assert_str_eq(facts.preview, "");
    ck_assert_str_eq(facts.people, "");
    ck_assert_int_eq(facts.attendees, 0);
    ck_assert_int_eq(facts.type, EVENT_SINGLE);
    ck_assert_int_eq(facts.minutes, 30);
    ck_assert_int_eq(facts.start, at("2025-11-10T10:00"));
    ck_assert(!facts.external && !facts.recurring && !facts.organizer);
}
END_TEST

START_TEST(nulls_and_odd_types_are_nothing)
{
    read_good("\"subject\":null,\"bodyPreview\":7,\"organizer\":null,"
              "\"attendees\":null,\"responseStatus\":null,\"type\":null,"
              "\"seriesMasterId\":\"\",\"showAs\":null");
    ck_assert_str_eq(facts.subject, "");
    ck_assert_str_eq(facts.preview, "");
    ck_assert_int_eq(facts.attendees, 0);
    ck_assert_int_eq(facts.type, EVENT_SINGLE);
    read_good("\"attendees\":{},\"organizer\":[]");
    ck_assert_int_eq(facts.attendees, 0);
    read_good("\"attendees\":[null,3,{},{\"type\":null,\"status\":null,"
              "\"emailAddress\":null},{\"emailAddress\":{\"name\":null,"
              "\"address\":null}}]");
    ck_assert_int_eq(facts.attendees, 0);
    ck_assert_int_eq(facts.required, 3);
}
END_TEST

START_TEST(enumerations_are_read_in_any_case)
{
    read_good("\"type\":\"Occurrence\",\"responseStatus\":{\"response\":"
              "\"Organizer\"},\"attendees\":[{\"type\":\"Required\"},"
              "{\"type\":\"OPTIONAL\"},{\"type\":\"Resource\"},"
              "{\"type\":\"later\"},{}]");
    ck_assert_int_eq(facts.type, EVENT_OCCURRENCE);
    ck_assert(facts.recurring);
    ck_assert(facts.organizer);
    ck_assert_int_eq(facts.required, 3);
    ck_assert_int_eq(facts.optional, 1);
    ck_assert_int_eq(facts.resources, 1);
}
END_TEST

START_TEST(type_follows_the_series_when_unknown)
{
    read_good("\"seriesMasterId\":\"AAk1\"");
    ck_assert_int_eq(facts.type, EVENT_OCCURRENCE);
    ck_assert(facts.recurring);
    read_good("\"type\":\"Single\"");
    ck_assert_int_eq(facts.type, EVENT_SINGLE);
    read_good("\"type\":\"exception\"");
    ck_assert(facts.recurring);
    read_good("\"type\":\"seriesMaster\"");
    ck_assert(facts.recurring);
    read_good("\"isOrganizer\":true");
    ck_assert(facts.organizer);
}
END_TEST

START_TEST(people_are_counted_once_and_rooms_never)
{
    read_good(
        "\"attendees\":["
        "{\"emailAddress\":{\"name\":\"Ann\",\"address\":\"a@contoso.com\"}},"
        "{\"emailAddress\":{\"name\":\"Ann L\",\"address\":\"A@Contoso.com\"}},"
        "{\"type\":\"resource\",\"emailAddress\":{\"name\":\"Fuji\","
        "\"address\":\"fuji@rooms.example\"}},"
        "{\"emailAddress\":{\"name\":\"Line\\nBreak\",\"address\":"
        "\"/o=ExchangeLabs/cn=x\"}},"
        "{\"emailAddress\":{\"name\":\"Cy\"}},"
        "{\"emailAddress\":{\"name\":\"Cy\"}},"
        "{\"emailAddress\":{\"address\":\"d@contoso.com\"}}],"
        "\"organizer\":{\"emailAddress\":{\"name\":\"Ann\","
        "\"address\":\"a@contoso.com\"}}");
    ck_assert_str_eq(facts.people, "Ann\nLine Break\nCy\n");
    ck_assert_int_eq(facts.attendees, 4);
    ck_assert_int_eq(facts.required, 6);
    ck_assert_int_eq(facts.resources, 1);
    ck_assert(!facts.external);
}
END_TEST

START_TEST(two_domains_are_external)
{
    read_good("\"attendees\":[{\"emailAddress\":{\"address\":\"a@contoso.com\"}"
              "}],\"organizer\":{\"emailAddress\":{\"address\":"
              "\"b@fabrikam.com\"}}");
    ck_assert(facts.external);
    ck_assert_int_eq(facts.attendees, 2);
    read_good("\"attendees\":[{\"emailAddress\":{\"address\":\"a@CONTOSO.com\"}"
              "}],\"organizer\":{\"emailAddress\":{\"address\":"
              "\"b@contoso.com\"}}");
    ck_assert(!facts.external);
}
END_TEST

static int minutes_of(const char *start, const char *start_zone,
                      const char *end, const char *end_zone)
{
    ck_assert_msg(read_facts(arena_format(
                      &arena, &err,
                      "{\"start\":{\"dateTime\":\"%s\",\"timeZone\":%s},"
                      "\"end\":{\"DateTime\":\"%s\",\"TimeZone\":%s}}",
                      start, start_zone, end, end_zone)),
                  "%s", err.message);
    return facts.minutes;
}

START_TEST(length_needs_one_zone_and_an_order)
{
    ck_assert_int_eq(minutes_of("2025-01-01T23:30:00Z", "\"UTC\"",
                                "2025-01-02T00:15:00.123", "\"utc\""),
                     45);
    ck_assert_int_eq(minutes_of("2025-01-01T10:00", "\"UTC\"",
                                "2025-01-01T11:00", "\"Asia/Tokyo\""),
                     0);
    ck_assert_int_eq(
        minutes_of("2025-01-01T10:00", "null", "2025-01-01T11:00", "null"), 60);
    ck_assert_int_eq(
        minutes_of("2025-01-01T11:00", "null", "2025-01-01T10:00", "null"), 0);
    ck_assert_int_eq(minutes_of("0001-01-01T00:00:00.0000000Z", "null",
                                "9999-12-31T23:59:59.9999999", "null"),
                     INT_MAX);
}
END_TEST

START_TEST(refuses_what_has_no_time)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"[]", "an event must be a JSON object, and this is a list"},
        {"{}", "start: is missing"},
        {"{\"start\":null}", "start: is missing"},
        {"{\"start\":\"2025-01-01T10:00\"}",
         "start: must be an object with dateTime and timeZone, and is text"},
        {"{\"start\":{}}", "start.dateTime: is missing"},
        {"{\"start\":{\"dateTime\":5}}", "start.dateTime: is missing"},
        {"{\"start\":{\"dateTime\":\"tomorrow\"}}",
         "start.dateTime: must read like 2025-11-15T10:00:00.0000000, and is "
         "\"tomorrow\""},
        {"{\"start\":{\"dateTime\":\"2025-01-01T10:00\"}}", "end: is missing"},
        {"{\"start\":{\"dateTime\":\"2025-01-01T10:00\"},"
         "\"end\":{\"dateTime\":\"2025-02-30T10:00\"}}",
         "end.dateTime: must read like 2025-11-15T10:00:00.0000000, and is "
         "\"2025-02-30T10:00\""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(!read_facts(cases[i].text), "%s", cases[i].text);
        ck_assert_str_eq(err.message, cases[i].message);
        ck_assert_int_eq(err.code, ERROR_INPUT);
    }
}
END_TEST

/* One of a few texts that try JSON's escapes, and now and then none at all. */
static const char *any_text(struct random *random)
{
    static const char *const texts[] = {
        NULL,       "",           "Ann",
        "ann",      "Zo\xC3\xAB", "\\u0000\"\\",
        "a\nb\rc",  "\x7f\t/",    "\xF0\x9F\x8E\x89",
        "VP, Sales"};

    return texts[random_below(random, sizeof texts / sizeof *texts)];
}

static const char *any_address(struct random *random)
{
    static const char *const texts[] = {NULL,
                                        "",
                                        "a@contoso.com",
                                        "A@CONTOSO.COM",
                                        "b@contoso.com",
                                        "c@fabrikam.com",
                                        "/o=x/cn=y",
                                        "@",
                                        "d@"};

    return texts[random_below(random, sizeof texts / sizeof *texts)];
}

static void any_event(struct random *random, struct event *event,
                      struct attendee attendees[8])
{
    memset(event, 0, sizeof *event);
    event->attendees = attendees;
    event->attendee_count = random_below(random, 9);
    for (size_t i = 0; i < event->attendee_count; i++)
        attendees[i] = (struct attendee){
            (enum attendee_type)random_below(random, 3),
            (enum event_response)random_below(random, 6),
            random_chance(random, 50) ? NO_TIME
                                      : random_between(random, 0, 30000000),
            any_text(random), any_address(random)};
    event->etag = any_text(random);
    event->id = any_text(random);
    event->subject = any_text(random);
    event->preview = any_text(random);
    event->show_as = (enum event_show_as)random_below(random, 5);
    event->type = (enum event_type)random_below(random, 4);
    event->series_master_id = any_text(random);
    event->web_link = any_text(random);
    event->response = (enum event_response)random_below(random, 6);
    event->responded_at = NO_TIME;
    event->start = random_between(random, -30000000, 60000000);
    event->end = event->start + random_between(random, -60, 3000);
    event->time_zone = any_text(random);
    event->organizer_name = any_text(random);
    event->organizer_address = any_address(random);
}

static void check_same_facts(const struct meeting_facts *one,
                             const struct meeting_facts *other)
{
    ck_assert_str_eq(one->subject, other->subject);
    ck_assert_str_eq(one->preview, other->preview);
    ck_assert_str_eq(one->people, other->people);
    ck_assert_int_eq(one->attendees, other->attendees);
    ck_assert_int_eq(one->required, other->required);
    ck_assert_int_eq(one->optional, other->optional);
    ck_assert_int_eq(one->resources, other->resources);
    ck_assert_int_eq(one->external, other->external);
    ck_assert_int_eq(one->recurring, other->recurring);
    ck_assert_int_eq(one->organizer, other->organizer);
    ck_assert_int_eq(one->type, other->type);
    ck_assert_int_eq(one->start, other->start);
    ck_assert_int_eq(one->minutes, other->minutes);
}

START_TEST(written_events_read_as_they_were)
{
    struct random random;
    struct event event;
    struct attendee attendees[8];
    struct meeting_facts made;

    random_start(&random, 1, "graph", NULL);
    for (int i = 0; i < 2000; i++) {
        any_event(&random, &event, attendees);
        buf_clear(&line);
        graph_write(&line, &event);
        ck_assert(buf_ok(&line, &err));
        ck_assert(graph_facts(&arena, &event, &made, &err));
        ck_assert_msg(read_facts(buf_string(&line)), "%s: %s", err.message,
                      buf_string(&line));
        check_same_facts(&made, &facts);
        arena_reset(&arena);
    }
}
END_TEST

Suite *graph_suite(void);
Suite *graph_suite(void)
{
    Suite *suite = suite_create("graph");
    TCase *tcase = tcase_create("graph");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, writes_thirteen_keys_in_order);
    tcase_add_test(tcase, names_are_graphs_own);
    tcase_add_test(tcase, two_times_are_enough);
    tcase_add_test(tcase, nulls_and_odd_types_are_nothing);
    tcase_add_test(tcase, enumerations_are_read_in_any_case);
    tcase_add_test(tcase, type_follows_the_series_when_unknown);
    tcase_add_test(tcase, people_are_counted_once_and_rooms_never);
    tcase_add_test(tcase, two_domains_are_external);
    tcase_add_test(tcase, length_needs_one_zone_and_an_order);
    tcase_add_test(tcase, refuses_what_has_no_time);
    tcase_add_test(tcase, written_events_read_as_they_were);
    suite_add_tcase(suite, tcase);
    return suite;
}
