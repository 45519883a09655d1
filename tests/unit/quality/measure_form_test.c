/* The form of documents: what passes, and what each check finds. */
#include "tests/unit/quality/measuring.h"

Suite *measure_form_suite(void);

#define TIME(day, hour)                                                        \
    "{\"dateTime\":\"2026-01-" day "T" hour                                    \
    ":00:00.0000000\",\"timeZone\":\"UTC\"}"
#define PERSON                                                                 \
    "{\"emailAddress\":{\"name\":\"Ann\",\"address\":\"ann@contoso.com\"}}"
#define ATTENDEE                                                               \
    "{\"type\":\"required\",\"status\":{\"response\":\"none\",\"time\":"       \
    "\"0001-01-01T00:00:00Z\"},\"emailAddress\":{\"name\":\"Ann\","            \
    "\"address\":\"ann@contoso.com\"}}"
#define EVENT_OF(start, end, attendees, more)                                  \
    "{\"id\":\"m\",\"subject\":\"S\",\"type\":\"singleInstance\","             \
    "\"start\":" start ",\"end\":" end ",\"organizer\":" PERSON                \
    ",\"attendees\":[" attendees "]" more "}"
#define EVENT(more) EVENT_OF(TIME("05", "09"), TIME("05", "10"), ATTENDEE, more)

/* All that was found in a document, a line each. */
static const char *found_in(const char *document)
{
    const char *all = "";

    fresh_sums();
    next_meeting(document);
    form_measure_meeting(fix.sums, &fix.meeting);
    for (int i = 0; i < CHECKS; i++) {
        const struct sum *sum = &fix.sums->of[i];
        ck_assert_int_le(sum->part, 1);
        ck_assert_int_eq(sum->example_count, (int)sum->part);
        ck_assert_uint_eq(sum->key_count, (size_t)sum->part);
        if (sum->part)
            all = arena_format(&fix.arena, &fix.err, "%s%s %s\n", all,
                               checks[i].name, sum->examples[0].note);
    }
    return all;
}

/* As the program writes it, and with all that Graph may add. */
START_TEST(good)
{
    struct event event = {.etag = "e",
                          .id = "m",
                          .subject = "S",
                          .preview = "",
                          .series_master_id = "s",
                          .type = EVENT_OCCURRENCE,
                          .web_link = "w",
                          .responded_at = NO_TIME,
                          .start = 29460000,
                          .end = 29460030,
                          .time_zone = "Asia/Shanghai",
                          .organizer_name = "Ann",
                          .organizer_address = "ann@contoso.com"};
    struct buf text = BUF_EMPTY;

    graph_write(&text, &event);
    ck_assert_str_eq(found_in(buf_string(&text)), "");
    buf_free(&text);
    ck_assert_str_eq(found_in(EVENT("")), "");
    ck_assert_str_eq(
        found_in(EVENT(
            ",\"bodyPreview\":null,\"showAs\":\"workingElsewhere\","
            "\"importance\":\"normal\",\"sensitivity\":null,\"isAllDay\":false,"
            "\"body\":{\"contentType\":\"html\",\"content\":\"\"},"
            "\"categories\":[\"a\"],\"createdDateTime\":"
            "\"2026-01-05T10:00:00.1234567Z\",\"lastModifiedDateTime\":"
            "\"2026-01-05T10:00:00+00:00\",\"location\":{\"displayName\":\"\","
            "\"locationType\":\"conferenceRoom\",\"coordinates\":{}},"
            "\"reminderMinutesBeforeStart\":15,\"uid\":7,\"own\":[1,{}]")),
        "");
    ck_assert_str_eq(
        found_in("{\"id\":\"m\",\"subject\":\"S\",\"type\":\"seriesMaster\","
                 "\"start\":" TIME("05", "09") ",\"end\":" TIME(
                     "05",
                     "10") ",\"organizer\":" PERSON
                           ",\"attendees\":[],\"recurrence\":{"
                           "\"pattern\":{\"type\":\"weekly\",\"interval\":1,"
                           "\"daysOfWeek\":[\"monday\"],\"firstDayOfWeek\":"
                           "\"sunday\","
                           "\"index\":\"first\"},\"range\":{\"type\":\"noEnd\","
                           "\"startDate\":\"2026-01-05\",\"endDate\":\"0001-01-"
                           "01\"}}}"),
        "");
}
END_TEST

START_TEST(fields)
{
    ck_assert_str_eq(found_in("{}"), "form.fields id: is missing\n"
                                     "form.times start: no dateTime\n"
                                     "form.zones start: no timeZone\n");
    ck_assert_str_eq(found_in(EVENT(",\"x\":null")), "");
    ck_assert_str_eq(
        found_in("{\"id\":\"m\",\"subject\":null,\"start\":" TIME(
            "05", "09") ",\"end\":" TIME("05", "10") ",\"organizer\":" PERSON
                                                     ",\"attendees\":[]}"),
        "form.fields subject: is missing\n");
    ck_assert_str_eq(
        found_in(EVENT_OF(TIME("05", "09"), "{}", "", "")),
        "form.times end: no dateTime\nform.zones end: no timeZone\n");
}
END_TEST

START_TEST(kinds)
{
    static const struct {
        const char *more;
        const char *found;
    } cases[] = {
        {",\"isAllDay\":\"false\"", "form.types isAllDay: text\n"},
        {",\"showAs\":1", "form.types showAs: a number\n"},
        {",\"categories\":\"a\"", "form.types categories: text\n"},
        {",\"categories\":[1]", "form.types categories: a number\n"},
        {",\"locations\":[\"here\"]", "form.types locations: text\n"},
        {",\"body\":[]", "form.types body: a list\n"},
        {",\"reminderMinutesBeforeStart\":\"15\"",
         "form.types reminderMinutesBeforeStart: text\n"},
        {",\"showAs\":\"Busy\"", "form.values showAs: Busy\n"},
        {",\"showAs\":\"\"", "form.values showAs: \n"},
        {",\"importance\":\"critical\"", "form.values importance: critical\n"},
        {",\"body\":{\"contentType\":\"HTML\"}",
         "form.values contentType: HTML\n"},
        {",\"responseStatus\":{\"response\":\"Accepted\"}",
         "form.values response: Accepted\n"},
        {",\"location\":{\"uniqueIdType\":\"none\"}",
         "form.values uniqueIdType: none\n"},
        {",\"responseStatus\":{\"time\":\"2026-01-05 10:00\"}",
         "form.times time: 2026-01-05 10:00\n"},
        {",\"createdDateTime\":\"2026-01-05T10:00:00\"",
         "form.times createdDateTime: 2026-01-05T10:00:00\n"},
        {",\"createdDateTime\":\"2026-01-05T10:00:00.12345678Z\"",
         "form.times createdDateTime: 2026-01-05T10:00:00.12345678Z\n"},
        {",\"createdDateTime\":\"2026-01-05T10:00:00.Z\"",
         "form.times createdDateTime: 2026-01-05T10:00:00.Z\n"},
        {",\"recurrence\":{}",
         "form.series singleInstance: with a recurrence\n"},
        {",\"seriesMasterId\":\"m\"",
         "form.series seriesMasterId: is its own id\n"},
        {",\"importance_label\":\"high\"", "form.labels importance_label\n"},
        {",\"prep_needed\":null", "form.labels prep_needed\n"},
        {",\"persona_id\":\"p\"", "form.labels persona_id\n"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *document =
            arena_format(&fix.arena, &fix.err, "%.*s%s}",
                         (int)strlen(EVENT("")) - 1, EVENT(""), cases[i].more);
        ck_assert_str_eq(found_in(document), cases[i].found);
    }
}
END_TEST

START_TEST(times)
{
    ck_assert_str_eq(
        found_in(EVENT_OF(TIME("05", "09"), TIME("05", "09"), "", "")),
        "form.order 2026-01-05T09:00:00.0000000: is no later than the start\n");
    ck_assert_str_eq(
        found_in(EVENT_OF(TIME("06", "09"), TIME("05", "10"), "", "")),
        "form.order 2026-01-05T10:00:00.0000000: is no later than the start\n");
    ck_assert_str_eq(
        found_in(EVENT_OF(TIME("32", "09"), TIME("05", "10"), "", "")),
        "form.times dateTime: 2026-01-32T09:00:00.0000000\n");
    ck_assert_str_eq(
        found_in(EVENT_OF("{\"dateTime\":\"2026-01-05T09:00:00.0000000Z\","
                          "\"timeZone\":\"UTC\"}",
                          TIME("05", "10"), "", "")),
        "form.times dateTime: 2026-01-05T09:00:00.0000000Z\n");
    ck_assert_str_eq(
        found_in(EVENT_OF("{\"dateTime\":\"2026-01-05T09:00:00.0000000\","
                          "\"timeZone\":\"\"}",
                          TIME("05", "10"), "", "")),
        "form.zones start: no timeZone\n");
    /* Of two zones nobody knows which time is later. */
    ck_assert_str_eq(
        found_in(EVENT_OF("{\"dateTime\":\"2026-01-06T09:00:00.0000000\","
                          "\"timeZone\":\"Asia/Shanghai\"}",
                          TIME("05", "10"), "", "")),
        "form.zones Asia/Shanghai: UTC\n");
}
END_TEST

START_TEST(attendees)
{
    ck_assert_str_eq(
        found_in(EVENT_OF(TIME("05", "09"), TIME("05", "10"), "{}", "")),
        "form.attendees type: is missing\n");
    ck_assert_str_eq(
        found_in(EVENT_OF(TIME("05", "09"), TIME("05", "10"),
                          ATTENDEE ",{\"type\":\"Required\",\"status\":null,"
                                   "\"emailAddress\":\"ann\"}",
                          "")),
        "form.types emailAddress: text\nform.values type: Required\n"
        "form.attendees status: is missing\n");
    ck_assert_str_eq(
        found_in(EVENT_OF(TIME("05", "09"), TIME("05", "10"), "7", "")),
        "form.types attendees: a number\n");
}
END_TEST

START_TEST(masters)
{
    ck_assert_str_eq(
        found_in("{\"id\":\"m\",\"subject\":\"S\",\"type\":\"seriesMaster\","
                 "\"seriesMasterId\":\"s\",\"recurrence\":{},\"start\":" TIME(
                     "05", "09") ",\"end\":" TIME("05",
                                                  "10") ",\"organizer\":" PERSON
                                                        ",\"attendees\":[]}"),
        "form.series seriesMaster: with a seriesMasterId\n");
    ck_assert_str_eq(
        found_in("{\"id\":\"m\",\"subject\":\"S\",\"type\":\"seriesMaster\","
                 "\"start\":" TIME("05", "09") ",\"end\":" TIME(
                     "05", "10") ",\"organizer\":" PERSON ",\"attendees\":[]}"),
        "form.series seriesMaster: without a recurrence\n");
}
END_TEST

Suite *measure_form_suite(void)
{
    Suite *suite = suite_create("measure_form");
    TCase *tests = tcase_create("measure_form");

    tcase_add_checked_fixture(tests, measuring_setup, measuring_teardown);
    tcase_add_test(tests, good);
    tcase_add_test(tests, fields);
    tcase_add_test(tests, kinds);
    tcase_add_test(tests, times);
    tcase_add_test(tests, attendees);
    tcase_add_test(tests, masters);
    suite_add_tcase(suite, tests);
    return suite;
}
