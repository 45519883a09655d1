/* Foreign calendars: every wrapper, what is left out and counted, what is said
 * of odd events, and what is refused.  Findings never hold values. */
#include "datebook/calendar_file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct buf log_text;
static struct error err;
static struct calendar_summary summary;
static int64_t stop_at;

static void setup(void)
{
    log_text = (struct buf)BUF_EMPTY;
    err = (struct error){.code = ERROR_NONE};
    stop_at = 0;
}

static void teardown(void)
{
    buf_free(&log_text);
}

static bool on_event(void *context, const struct calendar_event *event,
                     struct error *error)
{
    const char *id = json_member_text(event->tree, "id");

    (void)context;
    ck_assert_int_eq(event->text[0], '{');
    ck_assert_int_eq(event->text[event->length - 1], '}');
    if (event->index == stop_at)
        return error_set(error, ERROR_INTERRUPTED, "stopped");
    buf_format(&log_text, "%lld:%lld %s%s%s\n", (long long)event->index,
               (long long)event->line, id ? id : "-",
               event->facts ? "" : " untimed", event->known_id ? " known" : "");
    return true;
}

static bool on_finding(void *context, const struct calendar_finding *finding,
                       struct error *error)
{
    (void)context;
    (void)error;
    buf_format(&log_text, "%s %lld:%lld %s|%s|%s\n",
               calendar_severity_name(finding->severity),
               (long long)finding->index, (long long)finding->line,
               finding->id ? finding->id : "-", finding->field, finding->text);
    return true;
}

/* A copy of exactly the size, so that reading past the end is seen. */
static bool read_bytes(const char *bytes, size_t length)
{
    struct calendar_visitor visitor = {on_event, on_finding, NULL};
    char *copy = malloc(length ? length : 1);
    bool ok;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    buf_clear(&log_text);
    ok = calendar_text_read(copy, length, "real.json", &visitor, NULL, &summary,
                            &err);
    free(copy);
    return ok;
}

static void expect(const char *text, const char *wanted)
{
    bool ok = read_bytes(text, strlen(text));

    ck_assert_msg(ok, "%s", err.message);
    ck_assert_str_eq(buf_string(&log_text), wanted);
}

static void expect_refused(const char *text, const char *message,
                           const char *hint)
{
    ck_assert(!read_bytes(text, strlen(text)));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.message, message);
    ck_assert_str_eq(err.hint, hint);
}

#define TIMES                                                                  \
    "\"start\":{\"dateTime\":\"2025-11-10T10:00:00.0000000\","                 \
    "\"timeZone\":\"UTC\"},"                                                   \
    "\"end\":{\"dateTime\":\"2025-11-10T10:30:00.0000000\","                   \
    "\"timeZone\":\"UTC\"}"
#define EVENT(id) "{\"id\":\"" id "\"," TIMES "}"

/* ---- Wrappers ---- */

START_TEST(answers)
{
    expect("{\"value\":[" EVENT("a") "," EVENT("b") "]}", "1:1 a\n2:1 b\n");
    expect("{\"@odata.context\":\"https://x/[1]\",\n\"value\":[\n" EVENT(
               "a") ",\n\n" EVENT("b") "]}\n",
           "1:3 a\n2:5 b\n");
    ck_assert_int_eq(summary.events, 2);
    ck_assert_int_eq(summary.found, 2);
    ck_assert(!summary.more_pages && !summary.cut && !summary.utf16);
    expect("{\"value\":[]}", "");
    ck_assert_int_eq(summary.events, 0);
}
END_TEST

START_TEST(pages)
{
    expect("{\"value\":[" EVENT("a") "],\"@odata.nextLink\":\"https://x\"}",
           "1:1 a\n");
    ck_assert(summary.more_pages);
    expect("{\"value\":[],\"@odata.nextLink\":null}", "");
    ck_assert(!summary.more_pages);
    /* Two pages in one file; the last of one came again. */
    expect("{\"value\":[" EVENT("a") "," EVENT(
               "b") "],\n\"x\":{}}\n"
                    "{\"value\":[{ \"id\" : \"b\", " TIMES "}," EVENT("c") "]}",
           "1:1 a\n2:1 b\n4:3 c\n");
    ck_assert_int_eq(summary.duplicates, 1);
    ck_assert_int_eq(summary.events, 3);
}
END_TEST

START_TEST(stubs)
{
    static const char text[] =
        "{\"value\":[{\"@removed\":{\"reason\":\"deleted\"},\"id\":\"x\"},%s"
        "{\"@removed\":{\"reason\":\"deleted\"},\"id\":\"y\"}],"
        "\"@odata.deltaLink\":\"https://x\"}";
    char both[1024];

    snprintf(both, sizeof both, text, EVENT("a") ",");
    expect(both, "2:1 a\n");
    ck_assert_int_eq(summary.removed, 2);
    snprintf(both, sizeof both, text, "");
    expect(both, "");
    ck_assert_int_eq(summary.removed, 2);
    ck_assert_int_eq(summary.events, 0);
}
END_TEST

START_TEST(plain)
{
    expect(EVENT("a"), "1:1 a\n");
    expect("\n" EVENT("a") "\n\n", "1:2 a\n");
    expect("[" EVENT("a") ",\n" EVENT("b") "]", "1:1 a\n2:2 b\n");
    expect("[]", "");
    expect("[" EVENT("a") ",]", "1:1 a\n");
    expect("{\"metadata\":{\"value\":1},\"events\":[\n" EVENT("a") "]}",
           "1:2 a\n");
    expect("{\"events\":[" EVENT("a") "]}", "1:1 a\n");
}
END_TEST

START_TEST(lines)
{
    expect(EVENT("a") "\n" EVENT("b") "\n", "1:1 a\n2:2 b\n");
    expect(EVENT("a") "\r\n\r\n" EVENT("b"), "1:1 a\n2:3 b\n");
    /* A broken line is one finding, and the next is read. */
    expect(EVENT("a") "\n{\"id\":\"b\",\n" EVENT("c") "\n",
           "1:1 a\n"
           "error 2:2 -||the JSON ends too early\n"
           "3:3 c\n");
    ck_assert_int_eq(summary.unreadable, 1);
    /* The first one, too. */
    expect("{\"id\":\"b\n" EVENT("c") "\n",
           "error 1:1 -||the JSON ends too early\n2:2 c\n");
    expect(EVENT("a") "x\n" EVENT("c") "\n7\n",
           "error 1:1 -||text after the JSON value\n"
           "2:2 c\n"
           "error 3:3 -||is no object\n");
    expect("{\"value\":[" EVENT("a") "]}\n[" EVENT("b") "]\n",
           "1:1 a\n2:2 b\n");
}
END_TEST

START_TEST(batches)
{
    expect("{\"responses\":[{\"id\":\"1\",\"status\":200,\"body\":{\"value\":"
           "[" EVENT("a") "]}},\n{\"id\":\"2\",\"status\":200,\"body\":" EVENT(
               "b") "},\n{\"id\":\"3\",\"status\":404,\"body\":{\"error\":{"
                    "\"code\":"
                    "\"Secret\",\"message\":\"Secret\"}}},\n{\"id\":\"4\","
                    "\"status\":204},7]}",
           "1:1 a\n2:2 b\n"
           "warning 0:3 -||a request of the batch was answered with an error\n"
           "warning 0:4 -||an answer of the batch has no body\n"
           "warning 0:4 -||an answer of the batch has no body\n");
}
END_TEST

/* ---- Encodings ---- */

START_TEST(marks)
{
    expect("\xEF\xBB\xBF" EVENT("a"), "1:1 a\n");
    expect("\xEF\xBB\xBF[\r\n" EVENT("a") ",\r\n" EVENT("b") "\r\n]\r\n",
           "1:2 a\n2:3 b\n");
}
END_TEST

static size_t to_utf16(const char *text, bool big_endian, char *bytes)
{
    size_t length = 0;

    for (const char *mark = big_endian ? "\xFE\xFF" : "\xFF\xFE"; *mark; mark++)
        bytes[length++] = *mark;
    for (; *text; text++) {
        bytes[length + big_endian] = *text;
        bytes[length + !big_endian] = 0;
        length += 2;
    }
    return length;
}

START_TEST(utf16)
{
    static const char text[] = "[" EVENT("a") ",\r\n" EVENT("b") "]";
    char bytes[2 * sizeof text + 2];

    for (int big_endian = 0; big_endian < 2; big_endian++) {
        size_t length = to_utf16(text, big_endian, bytes);
        ck_assert_msg(read_bytes(bytes, length), "%s", err.message);
        ck_assert_str_eq(buf_string(&log_text), "1:1 a\n2:2 b\n");
        ck_assert(summary.utf16);
    }
    /* U+1F600, half of it, and é. */
    memcpy(bytes,
           "\xFF\xFE{\0\"\0i\0d\0\"\0:\0\"\0\x3D\xD8\x00\xDE\x3D\xD8"
           "\xE9\x00\"\0}\0",
           28);
    ck_assert_msg(read_bytes(bytes, 28), "%s", err.message);
    ck_assert_str_eq(
        buf_string(&log_text),
        "warning 0:1 -||characters that are not UTF-16 were replaced\n"
        "warning 1:1 \xF0\x9F\x98\x80\xEF\xBF\xBD\xC3\xA9|start|is missing\n"
        "warning 1:1 \xF0\x9F\x98\x80\xEF\xBF\xBD\xC3\xA9|end|is missing\n"
        "1:1 \xF0\x9F\x98\x80\xEF\xBF\xBD\xC3\xA9 untimed\n");
    ck_assert(!read_bytes("{\0}\0", 4));
    ck_assert_str_eq(err.message,
                     "real.json seems to be UTF-16 without a byte order mark");
    ck_assert_str_eq(err.hint, "save it as UTF-8");
    ck_assert(!read_bytes("\xFF\xFE", 2));
    ck_assert_str_eq(err.message, "real.json is empty");
}
END_TEST

/* ---- Refusals ---- */

START_TEST(refusals)
{
    static const char calendar[] =
        "a calendar is what GET /me/calendarView of Microsoft Graph answers, "
        "or a list of events";
    static const char nothing[] = "nothing in it can be read as an event";

    expect_refused("", "real.json is empty", "");
    expect_refused("\xEF\xBB\xBF \r\n", "real.json is empty", "");
    expect_refused(
        "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":"
        "\"Access token has expired.\"}}",
        "real.json is an error that Microsoft Graph answered, and no calendar: "
        "InvalidAuthenticationToken: Access token has expired.",
        "ask again, and save the answer that has \"value\"");
    expect_refused("{\n\"error\":{\"code\":7}}",
                   "real.json is an error that Microsoft Graph answered, and "
                   "no calendar: no code: no message",
                   "ask again, and save the answer that has \"value\"");
    expect_refused("{\"value\":[{\"searchTerms\":[],\"hitsContainers\":[{}]}]}",
                   "real.json holds the hits of a search, which are no events",
                   calendar);
    expect_refused("hello", "real.json: line 1: not valid JSON here", nothing);
    expect_refused("\n7", "real.json: line 2: is no object", nothing);
    expect_refused("{\n\"value\":7}",
                   "real.json: line 1: has no field of an event", nothing);
    expect_refused("[1,2]", "real.json: line 1: is no object", nothing);
    expect_refused("{\"id\":", "real.json: line 1: the JSON ends too early",
                   nothing);
    expect_refused("{\"a\":\"https://x\"\",\n \"value\":[" EVENT("a") "]}",
                   "real.json: line 1: a text must end on its line", nothing);
}
END_TEST

START_TEST(cut)
{
    expect("{\"value\":[" EVENT("a") ",\n" EVENT("b") ",\n{\"id\":\"c\",",
           "1:1 a\n2:2 b\n"
           "error 3:3 -||the JSON ends too early\n"
           "error 0:3 -||the file ends amid its JSON\n");
    ck_assert(summary.cut);
    ck_assert_int_eq(summary.unreadable, 1);
    expect("{\"value\":[" EVENT("a") " " EVENT("b") "]}",
           "1:1 a\n"
           "error 0:1 -||the file is no valid JSON from here on\n");
    expect("[" EVENT("a") "]\n\n,",
           "1:1 a\n"
           "error 0:3 -||the file is no valid JSON from here on\n");
    expect("{\"value\":[" EVENT("a") "],\n\"x\":",
           "1:1 a\n"
           "error 0:2 -||the file ends amid its JSON\n");
}
END_TEST

START_TEST(others_go_on)
{
    expect(
        "[" EVENT(
            "a") ",\n{\"id\":\"b\",\n\"subject\":01},\n"
                 "{\"id\":\"c\",\"id\":\"d\"},\n{\"value\":7},\nnull,\n" EVENT(
                     "e") "]",
        "1:1 a\n"
        "error 2:3 -||not a JSON number\n"
        "error 3:4 -||a field stands twice in one object\n"
        "error 4:5 -||has no field of an event\n"
        "error 5:6 -||is no object\n"
        "6:7 e\n");
    ck_assert_int_eq(summary.found, 6);
    ck_assert_int_eq(summary.events, 2);
    ck_assert_int_eq(summary.unreadable, 4);
    ck_assert_int_eq(summary.findings[CALENDAR_ERROR], 4);
}
END_TEST

/* `depth` lists within an event. */
static void expect_depth(int depth, const char *wanted)
{
    struct buf text = BUF_EMPTY;

    buf_text(&text, "[{\"id\":\"a\"," TIMES ",\"x\":");
    for (int i = 0; i < depth; i++)
        buf_char(&text, '[');
    for (int i = 0; i < depth; i++)
        buf_char(&text, ']');
    buf_text(&text, "}," EVENT("b") "]");
    expect(buf_string(&text), wanted);
    buf_free(&text);
}

START_TEST(depth)
{
    expect_depth(CALENDAR_FILE_DEPTH - 1, "1:1 a\n2:1 b\n");
    expect_depth(CALENDAR_FILE_DEPTH,
                 "error 1:1 -||is nested more than 100 deep\n2:1 b\n");
    expect_depth(200000, "error 1:1 -||is nested more than 100 deep\n2:1 b\n");
}
END_TEST

/* ---- Oddities ---- */

START_TEST(twins)
{
    expect("[" EVENT("a") "," EVENT(
               "a") ",{\"id\":\"a\",\"subject\":\"x\"," TIMES "}]",
           "1:1 a\nwarning 3:1 a|id|is that of an earlier event, which is "
           "different\n3:1 a known\n");
    ck_assert_int_eq(summary.duplicates, 1);
    /* Without an id nothing is the same. */
    expect("[{" TIMES "},{" TIMES "},{\"id\":\"\"," TIMES "}]",
           "note 1:1 -|id|is missing\n1:1 -\nnote 2:1 -|id|is missing\n2:1 -\n"
           "note 3:1 |id|is empty\n3:1 \n");
    expect("[" EVENT("a") "," EVENT("A") "]", "1:1 a\n2:1 A\n");
}
END_TEST

START_TEST(many_ids)
{
    struct buf text = BUF_EMPTY;

    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 1000; i++)
            buf_format(&text, "{\"id\":\"%d\"," TIMES "}\n", i);
    ck_assert_msg(read_bytes(text.data, text.length), "%s", err.message);
    ck_assert_int_eq(summary.events, 1000);
    ck_assert_int_eq(summary.duplicates, 1000);
    buf_free(&text);
}
END_TEST

START_TEST(times)
{
    expect("{\"id\":\"a\",\"start\":null,\"end\":7}",
           "warning 1:1 a|start|is null\nwarning 1:1 a|end|is no object\n"
           "1:1 a untimed\n");
    expect("{\"id\":\"a\",\"start\":{},\"end\":{\"dateTime\":\"at noon\"}}",
           "warning 1:1 a|start.dateTime|is missing\n"
           "warning 1:1 a|end.dateTime|does not read like "
           "2025-11-15T10:00:00.0000000\n1:1 a untimed\n");
    expect("{\"id\":\"a\",\"start\":{\"DateTime\":\"2025-11-10T10:00:00\","
           "\"TimeZone\":\"UTC\"},\"end\":{\"dateTime\":\"2025-11-10T09:00\","
           "\"timeZone\":\"utc\"}}",
           "warning 1:1 a|end|is before start\n1:1 a\n");
    expect("{\"id\":\"a\",\"start\":{\"dateTime\":\"2025-11-10T10:00:00\","
           "\"timeZone\":\"UTC\"},\"end\":{\"dateTime\":\"2025-11-10T09:00\","
           "\"timeZone\":\"Asia/Tokyo\"}}",
           "note 1:1 a|end.timeZone|is not that of start: the event has no "
           "known length\n1:1 a\n");
}
END_TEST

START_TEST(names)
{
    expect("{\"id\":\"a\"," TIMES ",\"type\":\"Single\",\"showAs\":\"Busy\","
           "\"responseStatus\":{\"response\":\"\"},\"attendees\":["
           "{\"type\":\"Required\",\"status\":null,\"emailAddress\":{}},"
           "{\"type\":\"resource\",\"emailAddress\":{\"address\":\"/o=x\"}},"
           "{\"type\":null,\"status\":{\"response\":\"yes\"}},7]}",
           "warning 1:1 a|type|is none of the values that Graph documents\n"
           "warning 1:1 a|showAs|is in capitals where Graph has none, or the "
           "other way round\n"
           "warning 1:1 a|responseStatus.response|is none of the values that "
           "Graph documents\n"
           "warning 1:1 a|attendees[].type|is in capitals where Graph has "
           "none, or the other way round\n"
           "note 1:1 a|attendees[].emailAddress.address|is no mail address\n"
           "note 1:1 a|attendees[].emailAddress|is missing\n"
           "warning 1:1 a|attendees[].status.response|is none of the values "
           "that Graph documents\n"
           "warning 1:1 a|attendees[]|is no object\n"
           "1:1 a\n");
    expect("{\"id\":\"a\"," TIMES ",\"attendees\":{},\"organizer\":null}",
           "warning 1:1 a|attendees|is no list\n1:1 a\n");
    expect("{\"id\":\"a\"," TIMES ",\"attendees\":null,\"subject\":null}",
           "1:1 a\n");
}
END_TEST

/* ---- Visitors and files ---- */

START_TEST(stopping)
{
    stop_at = 2;
    ck_assert(
        !read_bytes("[" EVENT("a") "," EVENT("b") "," EVENT("c") "]",
                    strlen("[" EVENT("a") "," EVENT("b") "," EVENT("c") "]")));
    ck_assert_int_eq(err.code, ERROR_INTERRUPTED);
    ck_assert_str_eq(buf_string(&log_text), "1:1 a\n");
}
END_TEST

START_TEST(silent)
{
    struct calendar_visitor visitor = {on_event, NULL, NULL};
    static const char text[] = "[7,{\"id\":\"a\"}]";

    ck_assert(calendar_text_read(text, strlen(text), "t", &visitor, NULL,
                                 &summary, &err));
    ck_assert_str_eq(buf_string(&log_text), "2:1 a untimed\n");
    ck_assert_int_eq(summary.findings[CALENDAR_ERROR], 1);
    ck_assert_int_eq(summary.findings[CALENDAR_WARNING], 2);
}
END_TEST

START_TEST(big_event)
{
    struct buf text = BUF_EMPTY;

    buf_text(&text, "{\"value\":[{\"id\":\"a\"," TIMES ",\"attendees\":[");
    for (int i = 0; i < 516; i++)
        buf_format(&text,
                   "%s{\"type\":\"required\",\"emailAddress\":{\"name\":"
                   "\"N %d\",\"address\":\"n%d@fabrikam.com\"}}",
                   i ? "," : "", i, i);
    buf_text(&text, "],\"body\":{\"content\":\"");
    for (int i = 0; i < 100000; i++)
        buf_text(&text, "<p>\\\"]}\\\\</p>");
    buf_text(&text, "\"}}," EVENT("b") "]}");
    expect(buf_string(&text), "1:1 a\n2:1 b\n");
    buf_free(&text);
}
END_TEST

START_TEST(files)
{
    struct calendar_visitor visitor = {on_event, on_finding, NULL};

    ck_assert_msg(calendar_file_read("tests/data/calendars/outlook.json",
                                     &visitor, NULL, &summary, &err),
                  "%s", err.message);
    ck_assert_int_eq(summary.events, 20);
    ck_assert_int_eq(summary.findings[CALENDAR_NOTE], 1);
    ck_assert_int_eq(summary.findings[CALENDAR_WARNING], 0);
    ck_assert(!calendar_file_read("/nowhere/real.json", &visitor, NULL,
                                  &summary, &err));
    ck_assert_str_eq(
        err.message,
        "cannot read /nowhere/real.json: No such file or directory");
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

Suite *calendar_file_suite(void);
Suite *calendar_file_suite(void)
{
    Suite *suite = suite_create("calendar_file");
    TCase *tests = tcase_create("reading");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, answers);
    tcase_add_test(tests, pages);
    tcase_add_test(tests, stubs);
    tcase_add_test(tests, plain);
    tcase_add_test(tests, lines);
    tcase_add_test(tests, batches);
    tcase_add_test(tests, marks);
    tcase_add_test(tests, utf16);
    tcase_add_test(tests, refusals);
    tcase_add_test(tests, cut);
    tcase_add_test(tests, others_go_on);
    tcase_add_test(tests, depth);
    tcase_add_test(tests, twins);
    tcase_add_test(tests, many_ids);
    tcase_add_test(tests, times);
    tcase_add_test(tests, names);
    tcase_add_test(tests, stopping);
    tcase_add_test(tests, silent);
    tcase_add_test(tests, big_event);
    tcase_add_test(tests, files);
    suite_add_tcase(suite, tests);
    return suite;
}
