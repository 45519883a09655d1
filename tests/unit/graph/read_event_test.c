/* Events that are read back: written again they are the same text. */
#include "datebook/graph.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

static bool read(const char *text, struct event *event)
{
    const cJSON *tree = json_parse(&arena, text, strlen(text), "test", &err);

    ck_assert_ptr_nonnull(tree);
    return graph_read_event(&arena, tree, event, &err);
}

static void check_same(const struct event *event)
{
    struct buf before = BUF_EMPTY;
    struct buf after = BUF_EMPTY;
    struct event copy;

    graph_write(&before, event);
    ck_assert_msg(read(buf_string(&before), &copy), "%s", err.message);
    graph_write(&after, &copy);
    ck_assert_str_eq(buf_string(&after), buf_string(&before));
    buf_free(&before);
    buf_free(&after);
}

static struct attendee people[] = {
    {ATTENDEE_REQUIRED, RESPONSE_NONE, NO_TIME, "Ann \"A\" Bé",
     "ann@x.example"},
    {ATTENDEE_OPTIONAL, RESPONSE_TENTATIVE, 29453340, "Bob", "bob@x.example"},
    {ATTENDEE_RESOURCE, RESPONSE_DECLINED, NO_TIME, "Room", "room@x.example"}};

static struct event sample(void)
{
    return (struct event){.etag = "W/\"e\"",
                          .id = "AAk1",
                          .subject = "Renewal\tof \\ all",
                          .preview = "One\r\ntwo",
                          .series_master_id = "AAk0",
                          .show_as = SHOW_WORKING_ELSEWHERE,
                          .type = EVENT_EXCEPTION,
                          .web_link = "https://x.example/",
                          .response = RESPONSE_ACCEPTED,
                          .responded_at = 29453000,
                          .start = 29453340,
                          .end = 29453370,
                          .time_zone = "Asia/Shanghai",
                          .attendees = people,
                          .attendee_count = 3,
                          .organizer_name = "Ann",
                          .organizer_address = "ann@x.example"};
}

START_TEST(what_was_written_comes_back)
{
    struct event event = sample();

    check_same(&event);
    for (int show = SHOW_FREE; show <= SHOW_WORKING_ELSEWHERE; show++) {
        event.show_as = (enum event_show_as)show;
        check_same(&event);
    }
    event.type = EVENT_SINGLE;
    event.series_master_id = NULL;
    event.responded_at = NO_TIME;
    event.attendee_count = 0;
    event.preview = NULL;
    check_same(&event);
}
END_TEST

START_TEST(what_is_no_event_is_told)
{
    struct event event;

    ck_assert(!read("{\"subject\":\"x\"}", &event));
    ck_assert_str_eq(err.message, "id: is missing");
    ck_assert(!read("{\"id\":\"x\"}", &event));
    ck_assert_str_eq(err.message, "responseStatus.time: is no time");
    ck_assert(!read("{\"id\":\"x\",\"responseStatus\":{\"response\":\"none\","
                    "\"time\":\"0001-01-01T00:00:00Z\"}}",
                    &event));
    ck_assert_str_eq(err.message, "start: is no time");
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

Suite *read_event_suite(void);
Suite *read_event_suite(void)
{
    Suite *suite = suite_create("read_event");
    TCase *tcase = tcase_create("read_event");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, what_was_written_comes_back);
    tcase_add_test(tcase, what_is_no_event_is_told);
    suite_add_tcase(suite, tcase);
    return suite;
}
