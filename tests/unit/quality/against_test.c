/* A dataset of known meetings beside calendars of known events; distances are
 * those of examples worked by hand. */
#include "datebook/against.h"

#include "src/quality/against_format.h"

#include "tests/unit/dataset/fixture.h"

#include <math.h>

static struct against result;

/* ---- Distances ---- */

#define JS(bin, one, other)                                                    \
    distance_jensen_shannon(one, other, sizeof(one) / sizeof *(one), bin)
#define W1(one, other)                                                         \
    distance_wasserstein(one, other, sizeof(one) / sizeof *(one))
#define LIST(name, ...) static const int64_t name[] = {__VA_ARGS__}

static void expect_near(double value, double wanted)
{
    ck_assert_msg(fabs(value - wanted) < 1e-9, "%.12f, not %.12f", value,
                  wanted);
}

START_TEST(jensen_shannon)
{
    LIST(left, 7, 0);
    LIST(right, 0, 3);
    LIST(half, 5, 5);
    LIST(halves, 500, 500);
    LIST(none, 0, 0);
    LIST(ends, 1, 0, 0, 1);
    LIST(middle, 0, 1, 1, 0);
    LIST(three, 1, 1, 2);
    LIST(others, 2, 2, 0);

    expect_near(JS(1, left, right), 1);
    expect_near(JS(1, half, halves), 0);
    /* P = (1/2, 1/2), Q = (1, 0), M = (3/4, 1/4):
     * D(P||M) = (log2(2/3) + log2 2) / 2 = 0.2075187496,
     * D(Q||M) = log2(4/3) = 0.4150374993; the root of half their sum. */
    expect_near(JS(1, half, left),
                sqrt((0.2075187496394219 + 0.4150374992788438) / 2));
    expect_near(JS(1, left, half), JS(1, half, left));
    /* P = (1/4, 1/4, 1/2), Q = (1/2, 1/2, 0), M = (3/8, 3/8, 1/4):
     * D(P||M) = log2(2/3) / 2 + 1/2, D(Q||M) = log2(4/3). */
    expect_near(JS(1, three, others),
                sqrt((log2(2.0 / 3) / 2 + 0.5 + log2(4.0 / 3)) / 2));
    expect_near(JS(1, ends, middle), 1);
    expect_near(JS(2, ends, middle), 0);
    /* The last bin may be short: (2, 2) and (4, 0) in bins of two. */
    expect_near(JS(2, three, others), JS(1, half, left));
    ck_assert(isnan(JS(1, none, half)));
    ck_assert(isnan(JS(1, half, none)));
}
END_TEST

START_TEST(wasserstein)
{
    LIST(first, 1, 0, 0, 0);
    LIST(last, 0, 0, 0, 9);
    LIST(ends, 2, 0, 2);
    LIST(middle, 0, 4, 0);
    LIST(even, 1, 1);
    LIST(uneven, 3, 1);
    LIST(none, 0, 0);

    expect_near(W1(first, last), 3);
    expect_near(W1(last, first), 3);
    /* Each half moves by one. */
    expect_near(W1(ends, middle), 1);
    /* |1/2 - 3/4| + |1 - 1| */
    expect_near(W1(even, uneven), 0.25);
    expect_near(W1(even, even), 0);
    ck_assert(isnan(W1(even, none)));
}
END_TEST

/* ---- Formats ---- */

static const char *format_of(const char *path, const char *text)
{
    struct field_form form = field_form(path);
    cJSON value = {.type = cJSON_String};
    char copy[400];

    snprintf(copy, sizeof copy, "%s", text);
    value.valuestring = copy;
    return value_format_name(value_format(&form, &value));
}

START_TEST(formats_of_times)
{
    static const struct {
        const char *text;
        const char *format;
    } times[] = {{"2025-11-15T10:00:00.0000000", "27 characters"},
                 {"2025-11-15T10:00:00", "no fraction"},
                 {"2025-11-15T10:00:00.000", "another fraction"},
                 {"2025-11-15T10:00:00.0000000Z", "UTC with Z"},
                 {"2025-11-15T10:00:00Z", "UTC with Z"},
                 {"2025-11-15T10:00:00+00:00", "with an offset"},
                 {"0001-01-01T00:00:00Z", "0001-01-01 for none"},
                 {"2025-11-15", "date"},
                 {"2025-13-15T10:00:00Z", "no time"},
                 {"2025-11-15T10:00:00 Uhr", "no time"},
                 {"noon", "no time"},
                 {"", "empty text"}};

    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        ck_assert_str_eq(format_of("start.dateTime", times[i].text),
                         times[i].format);
        ck_assert_str_eq(format_of("attendees[].status.time", times[i].text),
                         times[i].format);
    }
    ck_assert_str_eq(format_of("x", "2025-11-15T10:00:00Z"), "UTC with Z");
}
END_TEST

START_TEST(formats_of_texts)
{
    char text[300];

    memset(text, 'x', sizeof text);
    text[255] = '\0';
    ck_assert_str_eq(format_of("bodyPreview", text), "one line");
    text[255] = 'x';
    text[256] = '\0';
    ck_assert_str_eq(format_of("bodyPreview", text), "over 255 units");
    ck_assert_str_eq(format_of("body.content", text), "one line");
    ck_assert_str_eq(format_of("bodyPreview", "a\r\nb"), "CRLF lines");
    ck_assert_str_eq(format_of("bodyPreview", "a\r\nb\nc"), "LF lines");
    ck_assert_str_eq(format_of("bodyPreview", "\n"), "LF lines");
    ck_assert_str_eq(format_of("bodyPreview", ""), "empty text");
    ck_assert_str_eq(format_of("body.content", "<html>"), "HTML");
    ck_assert_str_eq(format_of("subject", "<html>"), "one line");
}
END_TEST

START_TEST(formats_of_names)
{
    ck_assert_str_eq(format_of("start.timeZone", "UTC"), "UTC");
    ck_assert_str_eq(format_of("end.timeZone", "Asia/Shanghai"), "IANA zone");
    ck_assert_str_eq(format_of("end.timeZone", "China Standard Time"),
                     "Windows zone");
    ck_assert_str_eq(
        format_of("originalStartTimeZone", "tzone://Microsoft/Custom"),
        "other zone");
    ck_assert_str_eq(format_of("end.timeZone", "(UTC+01:00) Amsterdam"),
                     "other zone");
    ck_assert_str_eq(format_of("@odata.etag", "W/\"abc==\""), "W/\"…\"");
    ck_assert_str_eq(format_of("@odata.etag", "abc"), "other tag");
    ck_assert_str_eq(format_of("showAs", "busy"), "Graph's spelling");
    ck_assert_str_eq(format_of("showAs", "Busy"), "other case");
    ck_assert_str_eq(format_of("showAs", "asleep"), "undocumented");
    ck_assert_str_eq(format_of("type", "required"), "undocumented");
    ck_assert_str_eq(format_of("attendees[].type", "required"),
                     "Graph's spelling");
    ck_assert_str_eq(format_of("id", "evt-2025-11-17-weekly-1on1"), "other id");
    ck_assert_str_eq(
        format_of("id",
                  "AAMkADAwATM3ZmYAZS1hYWEALTQwOTYtMDACLTAwCgBGAAAD_x-y="),
        "other id");
    ck_assert_str_eq(format_of("seriesMasterId",
                               "AAMkADAwATM3ZmYAZS1hYWEALTQwOTYtMDACLTAwCg"
                               "BGAAADAwATM3ZmYAZS1hYW_x-y="),
                     "URL-safe base64");
}
END_TEST

START_TEST(formats_of_links)
{
    ck_assert_str_eq(format_of("organizer.emailAddress.address", "a@b"),
                     "mail address");
    ck_assert_str_eq(format_of("attendees[].emailAddress.address",
                               "/o=ExchangeLabs/ou=x/cn=a@b"),
                     "X.500 address");
    ck_assert_str_eq(format_of("attendees[].emailAddress.address", "a@"),
                     "no address");
    ck_assert_str_eq(
        format_of("webLink", "https://outlook.office365.com/owa/?itemid=A&x=1"),
        "outlook.office365.com item");
    ck_assert_str_eq(format_of("webLink", "https://outlook.live.com/owa/"),
                     "outlook.live.com");
    ck_assert_str_eq(format_of("onlineMeeting.joinUrl",
                               "https://teams.microsoft.com/l/meetup-join/x"),
                     "teams.microsoft.com");
    ck_assert_str_eq(format_of("webLink", "https://teams.microsoft.com.evil/"),
                     "other https");
    ck_assert_str_eq(format_of("webLink", "http://x"), "http");
    ck_assert_str_eq(format_of("webLink", "ftp://x"), "no URL");
    ck_assert_str_eq(format_of("x", "https://teams.microsoft.com"),
                     "teams.microsoft.com");
}
END_TEST

/* ---- A small dataset ---- */

/* From and to, in UTC. */
#define SPAN(from, to)                                                         \
    "\"start\":{\"dateTime\":\"" from ":00.0000000\",\"timeZone\":\"UTC\"},"   \
    "\"end\":{\"dateTime\":\"" to ":00.0000000\",\"timeZone\":\"UTC\"}"
#define HALF_HOUR SPAN("2026-01-05T09:00", "2026-01-05T09:30")
#define HOUR SPAN("2026-01-07T11:00", "2026-01-07T12:00")

static void put_meeting(const char *id, const char *document)
{
    struct stored_meeting meeting = {.id = id, .document = document};
    struct meeting_facts facts;
    const cJSON *tree =
        json_parse(&fix.arena, document, strlen(document), "doc", &fix.err);
    int64_t key;

    MUST(tree != NULL);
    meeting.document_length = strlen(document);
    MUST(graph_read_facts(&fix.arena, tree, &facts, &fix.err));
    MUST(run_add_meeting(fix.run, persona_now("a")->key, &meeting, &facts, &key,
                         &fix.err));
}

static void setup(void)
{
    store_setup();
    begin();
    put_document(PERSONA("a", ""));
    /* Monday and Wednesday of one week. */
    put_meeting("m1", "{\"id\":\"m1\",\"subject\":\"one\"," HALF_HOUR
                      ",\"showAs\":\"busy\","
                      "\"attendees\":[{\"type\":\"required\"}]}");
    put_meeting("m2", "{\"id\":\"m2\",\"subject\":\"three\"," HOUR ","
                      "\"showAs\":\"free\",\"categories\":[]}");
    ck_assert(commit());
}

static bool compare(const char *text)
{
    struct stored_persona *personas;
    const char *path = path_of("real.json");
    FILE *file = fopen(path, "wb");
    size_t count;

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
    MUST(
        persona_list_at(fix.store, &fix.arena, 1, &personas, &count, &fix.err));
    return against_compare(fix.store, &fix.arena, 1, personas, count, path,
                           NULL, &result, &fix.err);
}

static const struct field_alignment *field(const char *path)
{
    for (size_t i = 0; i < result.field_count; i++)
        if (!strcmp(result.fields[i].path, path))
            return &result.fields[i];
    ck_abort_msg("no field %s", path);
}

static void expect_verdict(const char *path, const char *verdict)
{
    ck_assert_msg(!strcmp(field_verdict_name(field(path)->verdict), verdict),
                  "%s: %s, not %s", path,
                  field_verdict_name(field(path)->verdict), verdict);
}

static const char *sentence(enum distribution_id id)
{
    return result.distributions[id].sentence;
}

START_TEST(the_same)
{
    MUST(compare("[{\"id\":\"m1\",\"subject\":\"one\"," HALF_HOUR "}]"));
    ck_assert(result.scored);
    expect_near(result.score, 100);
    ck_assert_int_eq(result.verdicts[FIELD_ALIGNED], 8);
    ck_assert_int_eq(result.verdicts[FIELD_EXTRA], 5);
    expect_verdict("start.dateTime", "aligned");
    expect_verdict("attendees[].type", "extra");
    ck_assert_str_eq(result.fields[0].path, "id");
    ck_assert_str_eq(result.fields[7].path, "end.timeZone");
    ck_assert_int_eq(field("attendees[].type")->ours.events, 1);
    ck_assert_int_eq(field("start")->ours.events, 2);
}
END_TEST

/* Two events; by hand: id (2) 1, start (2), start.dateTime (2), start.timeZone
 * (2), end (2) and its two (2, 2) are all there; subject (2) is null in one;
 * showAs (1) is of another case; attendees (1) is a text; location (1) is
 * missing, and its name (1), too; label fields do not count. */
START_TEST(differences)
{
    static const char text[] = "[{\"id\":\"x\",\"subject\":null," HALF_HOUR ","
                               "\"showAs\":\"Busy\","
                               "\"importance_label\":\"high\"},"
                               "{\"id\":\"y\",\"subject\":\"s\"," HALF_HOUR ","
                               "\"attendees\":\"none\","
                               "\"location\":{\"displayName\":\"x\"},"
                               "\"persona_id\":\"p\"}]";

    MUST(compare(text));
    expect_near(result.score, 100 * (14.0 + 1) / (14 + 2 + 1 + 1 + 1 + 1));
    expect_verdict("subject", "other nullability");
    expect_near(field("subject")->matched, 0.5);
    expect_verdict("showAs", "other format");
    expect_verdict("attendees", "other type");
    expect_verdict("location", "missing");
    expect_verdict("location.displayName", "missing");
    expect_verdict("attendees[]", "extra");
    expect_verdict("categories", "extra");
    ck_assert_int_eq(field("attendees")->real.events, 1);
    ck_assert_int_eq(field_type_count(&field("attendees")->real, TYPE_TEXT), 1);
    ck_assert_int_eq(field_type_count(&field("attendees")->ours, TYPE_LIST), 1);
    for (size_t i = 0; i < result.field_count; i++) {
        ck_assert_str_ne(result.fields[i].path, "importance_label");
        ck_assert_str_ne(result.fields[i].path, "persona_id");
    }
}
END_TEST

START_TEST(names_that_are_values)
{
    MUST(compare("[{\"id\":\"x\",\"people\":{\"vera@fabrikam.com\":1,"
                 "\"Budget talk\":2,\"@vera\":3,\"@odata.type\":4,"
                 "\"next@odata.link\":5}}]"));
    ck_assert_int_eq(field("people.(other name)")->real.values, 3);
    ck_assert_int_eq(field("people.@odata.type")->real.values, 1);
    ck_assert_int_eq(field("people.next@odata.link")->real.values, 1);
    for (size_t i = 0; i < result.field_count; i++) {
        ck_assert_ptr_null(strstr(result.fields[i].path, "vera"));
        ck_assert_ptr_null(strstr(result.fields[i].path, "Budget"));
    }
}
END_TEST

START_TEST(many_names)
{
    struct buf text = BUF_EMPTY;

    buf_text(&text, "[{\"id\":\"x\"");
    for (int i = 0; i < 3000; i++)
        buf_format(&text, ",\"n%d\":%d", i, i);
    buf_text(&text, "}]");
    MUST(compare(text.data));
    ck_assert(result.real.crowded && !result.ours.crowded);
    ck_assert_int_eq(result.verdicts[FIELD_MISSING], 499);
    buf_free(&text);
}
END_TEST

/* ---- Distributions ---- */

#define REAL(id, start, end)                                                   \
    "{\"id\":\"" id                                                            \
    "\",\"subject\":\"seven..\",\"start\":{\"dateTime\":\"" start              \
    "\",\"timeZone\":\"Asia/Tokyo\"},\"end\":{\"dateTime\":\"" end             \
    "\",\"timeZone\":\"Asia/Tokyo\"},\"showAs\":\"busy\",\"attendees\":[{"     \
    "\"type\":\"required\"},{\"type\":\"optional\"},{\"type\":\"resource\"}]}"

START_TEST(distributions)
{
    const struct distribution_comparison *one;

    /* 90 and 60 minutes at 10:00 and 12:00 of a Monday. */
    MUST(compare(
        "[" REAL("a", "2026-01-05T10:00:00", "2026-01-05T11:30:00") "," REAL(
            "b", "2026-01-12T12:00:00", "2026-01-12T13:00:00") "]"));
    one = &result.distributions[DISTRIBUTION_DURATION];
    expect_near(one->real_median, 75);
    expect_near(one->our_median, 45);
    expect_near(one->wasserstein, 30);
    ck_assert_str_eq(sentence(DISTRIBUTION_DURATION),
                     "meetings are 30 minutes longer in the real calendar: 75 "
                     "on average, here 45");
    one = &result.distributions[DISTRIBUTION_HOUR];
    expect_near(one->wasserstein, 1);
    expect_near(one->jensen_shannon, 1);
    ck_assert_str_eq(sentence(DISTRIBUTION_HOUR),
                     "meetings start 1.0 hours later in the real calendar: "
                     "11:00 on average, here 10:00");
    ck_assert_str_eq(sentence(DISTRIBUTION_WEEKDAY),
                     "furthest apart: Monday, 100% in the real calendar and "
                     "50% here");
    ck_assert_str_eq(sentence(DISTRIBUTION_ATTENDEES),
                     "meetings have 1.0 more people in the real calendar: 2.0 "
                     "on average, here 1.0");
    ck_assert_str_eq(sentence(DISTRIBUTION_ATTENDEE_TYPE),
                     "furthest apart: required, 33% in the real calendar and "
                     "100% here");
    /* An hour and a half in both of two weeks: real 1.5 and 1, ours 1.5. */
    one = &result.distributions[DISTRIBUTION_LOAD];
    ck_assert_int_eq(one->real_count, 2);
    expect_near(one->wasserstein, 0.25);
    ck_assert_str_eq(sentence(DISTRIBUTION_LOAD),
                     "weeks have 0.2 fewer hours in the real calendar: 1.2 on "
                     "average, here 1.5");
    ck_assert_str_eq(sentence(DISTRIBUTION_SUBJECT),
                     "subjects are 3 characters longer in the real calendar: "
                     "7 on average, here 4");
    ck_assert_str_eq(sentence(DISTRIBUTION_PREVIEW),
                     "not in the real calendar");
    ck_assert(result.hours_comparable);
}
END_TEST

START_TEST(the_same_distributions)
{
    MUST(compare(
        "[" REAL("a", "2026-01-05T09:15:00", "2026-01-05T10:00:00") "," REAL(
            "b", "2026-01-05T10:45:00", "2026-01-05T11:30:00") "]"));
    ck_assert_str_eq(
        sentence(DISTRIBUTION_DURATION),
        "the same on average, 45, but spread otherwise: 15 minutes apart");
    ck_assert_str_eq(sentence(DISTRIBUTION_HOUR),
                     "the same on average, 10:00, but spread otherwise: 0.2 "
                     "hours apart");
    ck_assert_str_eq(sentence(DISTRIBUTION_LOAD), "the same on average, 1.5");
}
END_TEST

/* Of three weeks and more the first and the last are left out; all-day events
 * and those in two zones have no load, and no hours. */
START_TEST(weeks)
{
    MUST(compare(
        "[" REAL("a", "2026-01-05T10:00:00", "2026-01-05T11:30:00") "," REAL("b", "2026-01-12T12:00:00", "2026-01-12T13:00:00") "," REAL(
            "c", "2026-01-26T12:00:00",
            "2026-01-26T13:00:00") "," REAL("d", "2026-01-13T00:00:00",
                                            "2026-01-15T00:00:00") ","
                                                                   "{\"start\":"
                                                                   "{\"dateTime"
                                                                   "\":\"2026-"
                                                                   "01-13T10:"
                                                                   "00:00\","
                                                                   "\"timeZone"
                                                                   "\":"
                                                                   "\"Asia/"
                                                                   "Tokyo\"},"
                                                                   "\"end\":{"
                                                                   "\"dateTime"
                                                                   "\":\"2026-"
                                                                   "01-13T11:"
                                                                   "00:00\","
                                                                   "\"timeZone"
                                                                   "\":\"Asia/"
                                                                   "Seoul\"}},"
                                                                   "{\"start\":"
                                                                   "{\"dateTime"
                                                                   "\":\"0001-"
                                                                   "01-01T00:"
                                                                   "00:00\","
                                                                   "\"timeZone"
                                                                   "\":"
                                                                   "\"Asia/"
                                                                   "Tokyo\"},"
                                                                   "\"end\":{"
                                                                   "\"dateTime"
                                                                   "\":\"0001-"
                                                                   "01-01T01:"
                                                                   "00:00\","
                                                                   "\"timeZone"
                                                                   "\":\"Asia/"
                                                                   "Tokyo\"}}"
                                                                   "]"));
    ck_assert_int_eq(result.real.timed, 6);
    ck_assert_int_eq(result.real.all_day, 1);
    ck_assert_int_eq(result.real.two_zones, 1);
    ck_assert_int_eq(result.real.weeks, 2); /* an hour, and none */
    ck_assert_int_eq(result.real.zones, 1);
    ck_assert_int_eq(result.distributions[DISTRIBUTION_DURATION].real_count, 4);
    expect_near(result.distributions[DISTRIBUTION_LOAD].real_mean, 0.5);
}
END_TEST

START_TEST(all_in_utc)
{
    MUST(compare("[{\"id\":\"x\"," HOUR "}]"));
    ck_assert(!result.hours_comparable);
    ck_assert(!result.distributions[DISTRIBUTION_HOUR].compared);
    ck_assert_str_eq(sentence(DISTRIBUTION_HOUR),
                     "hours are not comparable: all times of the real calendar "
                     "are in UTC");
    ck_assert_str_eq(sentence(DISTRIBUTION_WEEKDAY),
                     "furthest apart: Monday, 0% in the real calendar and "
                     "50% here; times in UTC may be on the day before or "
                     "after");
    ck_assert_str_eq(sentence(DISTRIBUTION_DURATION),
                     "meetings are 15 minutes longer in the real calendar: 60 "
                     "on average, here 45");
}
END_TEST

/* ---- Edges ---- */

START_TEST(nothing_there)
{
    MUST(compare("{\"value\":[]}"));
    ck_assert(!result.scored);
    ck_assert_int_eq(result.verdicts[FIELD_EXTRA], (int64_t)result.field_count);
    ck_assert_str_eq(sentence(DISTRIBUTION_LOAD), "not in the real calendar");
    MUST(compare("{\"value\":[{\"@removed\":{},\"id\":\"x\"}]}"));
    ck_assert(!result.scored);
    ck_assert_int_eq(result.file.removed, 1);
    MUST(against_compare(fix.store, &fix.arena, 1, NULL, 0,
                         "tests/data/calendars/outlook.json", NULL, &result,
                         &fix.err));
    ck_assert(!result.scored);
    ck_assert_int_eq(result.real.events, 20);
    ck_assert_str_eq(sentence(DISTRIBUTION_LOAD), "not in ours");
    ck_assert(!compare("[7]"));
    ck_assert_int_eq(fix.err.code, ERROR_INPUT);
}
END_TEST

START_TEST(findings_are_grouped)
{
    MUST(compare("[{\"id\":\"a\"},\n7,\n{\"id\":\"b\",\"end\":null}]"));
    ck_assert_uint_eq(result.finding_count, 4);
    ck_assert_int_eq(result.findings[0].severity, CALENDAR_ERROR);
    ck_assert_int_eq(result.findings[0].line, 2);
    ck_assert_str_eq(result.findings[1].field, "end");
    ck_assert_str_eq(result.findings[1].text, "is missing");
    ck_assert_int_eq(result.findings[1].count, 1);
    ck_assert_str_eq(result.findings[2].field, "start");
    ck_assert_int_eq(result.findings[2].count, 2);
    ck_assert_int_eq(result.findings[2].index, 1);
    ck_assert_str_eq(result.findings[3].text, "is null");
}
END_TEST

START_TEST(four_hundred_attendees)
{
    struct buf text = BUF_EMPTY;

    buf_text(&text, "{\"value\":[{\"id\":\"x\",\"attendees\":[");
    for (int i = 0; i < 404; i++)
        buf_format(&text,
                   "%s{\"type\":\"required\",\"emailAddress\":{"
                   "\"address\":\"a%d@fabrikam.com\"}}",
                   i ? "," : "", i);
    buf_text(&text, "]},{\"id\":\"y\",\"attendees\":[]}]}");
    MUST(compare(text.data));
    ck_assert_int_eq(field("attendees[]")->real.values, 404);
    ck_assert_int_eq(field("attendees[]")->real.events, 1);
    expect_near(result.distributions[DISTRIBUTION_ATTENDEES].real_mean, 202);
    buf_free(&text);
}
END_TEST

Suite *against_suite(void);
Suite *against_suite(void)
{
    Suite *suite = suite_create("against");
    TCase *pure = tcase_create("pure");
    TCase *stored = tcase_create("stored");

    tcase_add_test(pure, jensen_shannon);
    tcase_add_test(pure, wasserstein);
    tcase_add_test(pure, formats_of_times);
    tcase_add_test(pure, formats_of_texts);
    tcase_add_test(pure, formats_of_names);
    tcase_add_test(pure, formats_of_links);
    suite_add_tcase(suite, pure);
    tcase_add_checked_fixture(stored, setup, store_teardown);
    tcase_add_test(stored, the_same);
    tcase_add_test(stored, differences);
    tcase_add_test(stored, names_that_are_values);
    tcase_add_test(stored, many_names);
    tcase_add_test(stored, distributions);
    tcase_add_test(stored, the_same_distributions);
    tcase_add_test(stored, weeks);
    tcase_add_test(stored, all_in_utc);
    tcase_add_test(stored, nothing_there);
    tcase_add_test(stored, findings_are_grouped);
    tcase_add_test(stored, four_hundred_attendees);
    suite_add_tcase(suite, stored);
    return suite;
}
