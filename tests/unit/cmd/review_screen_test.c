/* The screen of a review, line by line. */
#include "src/cmd/review_screen.h"

#include <check.h>
#include <stdlib.h>

static const char document[] =
    "{\"id\":\"ann\",\"name\":\"Ann Reed\",\"tier\":1,"
    "\"demographics\":{\"level\":\"Manager\",\"function\":\"Sales\"},"
    "\"importance_criteria\":{"
    "\"always_important\":[\"pipeline review\",\"churn notice\"],"
    "\"rarely_important\":[\"newsletter\","
    "{\"any\":[\"lunch\"],\"attendees_max\":3}]},"
    "\"priority_framework\":[{\"name\":\"Close deals\","
    "\"keywords\":[\"Q4\",\"order form\"]}],"
    "\"rsvp_rules\":{\"always_accept\":[\"Meetings with Iryna\"]},"
    "\"prep_time_needs\":{\"requires_prep\":[\"Pipeline reviews (45 min)\"]}}";

static struct attendee attendees[] = {
    {ATTENDEE_REQUIRED, RESPONSE_NONE, NO_TIME, "Ann Reed", "ann@contoso.com"},
    {ATTENDEE_REQUIRED, RESPONSE_NONE, NO_TIME, "Iryna Bondar",
     "iryna@fabrikam.com"},
    {ATTENDEE_OPTIONAL, RESPONSE_NONE, NO_TIME, NULL, "bo@contoso.com"},
    {ATTENDEE_RESOURCE, RESPONSE_NONE, NO_TIME, "Room Willow",
     "willow@contoso.com"},
};

static struct arena arena;
static struct error err;
static struct stored_persona persona;
static struct review_case judged;
static struct answer answer;
static struct review_view view;
static struct page page;
static struct look look;

static void judge(void)
{
    case_close(&judged.file);
    judged.file = (struct case_file){.current = &persona};
    ck_assert(graph_facts(&arena, &judged.event, &judged.file.facts, &err));
    ck_assert_msg(case_judge_text(&arena, &judged.file, &err), "%s",
                  err.message);
}

/* 6 January 2026 was a Tuesday. */
static void setup(void)
{
    arena = (struct arena)ARENA_EMPTY;
    persona = (struct stored_persona){.id = "ann",
                                      .document = document,
                                      .document_length = sizeof document - 1};
    judged = (struct review_case){
        .event = {.id = "m",
                  .subject = "Q4 pipeline review",
                  .preview = "Newsletter first.\r\nThen the churn notice.",
                  .type = EVENT_SINGLE,
                  .start = ((civil_minute)20459 * 24 + 10) * 60,
                  .end = ((civil_minute)20459 * 24 + 11) * 60 + 30,
                  .time_zone = "Asia/Shanghai",
                  .attendees = attendees,
                  .attendee_count = 4,
                  .organizer_name = "Iryna Bondar",
                  .organizer_address = "iryna@fabrikam.com"}};
    judge();
    view = (struct review_view){.title = "first: 1 of 2", .judged = &judged};
    page = (struct page){0};
    look = (struct look){.columns = 80, .rows = 40};
}

static void teardown(void)
{
    case_close(&judged.file);
    judged = (struct review_case){.event = {.id = NULL}};
    arena_free(&arena);
}

static void start(bool blind)
{
    struct answer_terms terms = {.label = {judged.file.stored.importance,
                                           judged.file.stored.prep_minutes,
                                           judged.file.stored.rsvp},
                                 .blind = blind};

    ck_assert(review_case_reasons(&arena, &judged, &terms.rules,
                                  &terms.rule_count, &err));
    answer_start(&answer, &terms);
}

static void type(const char *keys)
{
    struct key key;

    for (; *keys; keys += key_decode(keys, 1, true, &key)) {
        key_decode(keys, 1, true, &key);
        answer_feed(&answer, &key);
    }
}

static void expect_screen(const char *text)
{
    struct buf out = BUF_EMPTY;

    put_review_screen(&out, &view, &answer, &look, &page);
    ck_assert(buf_ok(&out, &err));
    ck_assert_str_eq(buf_string(&out), text);
    buf_free(&out);
}

START_TEST(one_column)
{
    start(false);
    expect_screen(
        STYLE_STRONG
        "first: 1 of 2" STYLE_PLAIN "\n"
        "[Q4] [pipeline review]\n"
        "When       Tuesday 6 January 2026, 10:00 to 11:30 (1 h 30 min), "
        "Asia/Shanghai\n"
        "Where      Room Willow\n"
        "Organizer  [Iryna] Bondar\n"
        "Required   Ann Reed, [Iryna] Bondar\n"
        "Optional   bo@contoso.com\n"
        "Recurring  no\n"
        "Also       people of more than one company\n"
        "\n"
        "[Newsletter] first. Then the [churn notice].\n"
        "\n"
        "Label      " STYLE_STRONG
        "critical, prep 45 minutes, accept" STYLE_PLAIN "\n"
        "Because    Always important: pipeline review; Always important: churn "
        "notice;\n"
        "           Matches priority: Close deals; Requires prep: Pipeline "
        "reviews\n"
        "RSVP by    Always accept: Meetings with Iryna\n"
        "Overruled  Rarely important: newsletter\n"
        "\n" STYLE_STRONG "Ann Reed" STYLE_PLAIN " (Manager, Sales), tier 1\n"
        "Always important: " STYLE_STRONG "» pipeline review" STYLE_PLAIN
        "; " STYLE_STRONG "» churn notice" STYLE_PLAIN "\n"
        "Rarely important: › newsletter; lunch, up to 3 attendees\n"
        "Matches priority: " STYLE_STRONG
        "» Close deals (Q4, order form)" STYLE_PLAIN "\n"
        "Always accept: " STYLE_STRONG "» Meetings with Iryna" STYLE_PLAIN "\n"
        "Requires prep: " STYLE_STRONG "» Pipeline reviews (45 min)" STYLE_PLAIN
        "\n"
        "\n"
        "Is the meeting realistic? y yes, n no ");
}
END_TEST

START_TEST(two_columns)
{
    look = (struct look){.columns = 100, .rows = 24, .styled = true};
    start(false);
    expect_screen(
        STYLE_STRONG
        "first: 1 of 2" STYLE_PLAIN "\n" STYLE_MARK "Q4" STYLE_PLAIN
        " " STYLE_MARK "pipeline review" STYLE_PLAIN
        "                                    │ " STYLE_STRONG
        "Ann Reed" STYLE_PLAIN " (Manager, Sales), tier 1\n"
        "When       Tuesday 6 January 2026, 10:00 to 11:30 (1  │ Always "
        "important: " STYLE_STRONG "» pipeline review" STYLE_PLAIN
        "; " STYLE_STRONG "» churn" STYLE_PLAIN "\n"
        "           h 30 min), Asia/Shanghai                   │  "
        " " STYLE_STRONG "notice" STYLE_PLAIN "\n"
        "Where      Room Willow                                │ Rarely "
        "important: › newsletter; lunch, up to\n"
        "Organizer  " STYLE_MARK "Iryna" STYLE_PLAIN
        " Bondar                               │   3 attendees\n"
        "Required   Ann Reed, " STYLE_MARK "Iryna" STYLE_PLAIN
        " Bondar                     │ Matches priority: " STYLE_STRONG
        "» Close deals (Q4, order" STYLE_PLAIN "\n"
        "Optional   bo@contoso.com                             │  "
        " " STYLE_STRONG "form)" STYLE_PLAIN "\n"
        "Recurring  no                                         │ Always "
        "accept: " STYLE_STRONG "» Meetings with Iryna" STYLE_PLAIN "\n"
        "Also       people of more than one company            │ Requires "
        "prep: " STYLE_STRONG "» Pipeline reviews (45 min)" STYLE_PLAIN "\n"
        "                                                      │\n" STYLE_MARK
        "Newsletter" STYLE_PLAIN " first. Then the " STYLE_MARK
        "churn notice" STYLE_PLAIN ".              │\n"
        "                                                      │\n"
        "Label      " STYLE_STRONG
        "critical, prep 45 minutes, accept" STYLE_PLAIN "          │\n"
        "Because    Always important: pipeline review; Always  │\n"
        "           important: churn notice; Matches priority: │\n"
        "           Close deals; Requires prep: Pipeline       │\n"
        "           reviews                                    │\n"
        "RSVP by    Always accept: Meetings with Iryna         │\n"
        "Overruled  Rarely important: newsletter               │\n"
        "\n"
        "Is the meeting realistic? y yes, n no ");
}
END_TEST

START_TEST(blind)
{
    start(true);
    expect_screen(STYLE_STRONG
                  "first: 1 of 2" STYLE_PLAIN "\n"
                  "Q4 pipeline review\n"
                  "When       Tuesday 6 January 2026, 10:00 to 11:30 (1 h 30 "
                  "min), Asia/Shanghai\n"
                  "Where      Room Willow\n"
                  "Organizer  Iryna Bondar\n"
                  "Required   Ann Reed, Iryna Bondar\n"
                  "Optional   bo@contoso.com\n"
                  "Recurring  no\n"
                  "Also       people of more than one company\n"
                  "\n"
                  "Newsletter first. Then the churn notice.\n"
                  "\n"
                  "Label      hidden until you have answered\n"
                  "\n" STYLE_STRONG "Ann Reed" STYLE_PLAIN
                  " (Manager, Sales), tier 1\n"
                  "Always important: pipeline review; churn notice\n"
                  "Rarely important: newsletter; lunch, up to 3 attendees\n"
                  "Matches priority: Close deals (Q4, order form)\n"
                  "Always accept: Meetings with Iryna\n"
                  "Requires prep: Pipeline reviews (45 min)\n"
                  "\n"
                  "Is the meeting realistic? y yes, n no ");
}
END_TEST

START_TEST(blind_and_shown)
{
    start(true);
    type("y10\nd");
    expect_screen(
        STYLE_STRONG
        "first: 1 of 2" STYLE_PLAIN "\n"
        "[Q4] [pipeline review]\n"
        "When       Tuesday 6 January 2026, 10:00 to 11:30 (1 h 30 min), "
        "Asia/Shanghai\n"
        "Where      Room Willow\n"
        "Organizer  [Iryna] Bondar\n"
        "Required   Ann Reed, [Iryna] Bondar\n"
        "Optional   bo@contoso.com\n"
        "Recurring  no\n"
        "Also       people of more than one company\n"
        "\n"
        "[Newsletter] first. Then the [churn notice].\n"
        "\n"
        "Label      " STYLE_STRONG
        "critical, prep 45 minutes, accept" STYLE_PLAIN "\n"
        "Because    Always important: pipeline review; Always important: churn "
        "notice;\n"
        "           Matches priority: Close deals; Requires prep: Pipeline "
        "reviews\n"
        "RSVP by    Always accept: Meetings with Iryna\n"
        "Overruled  Rarely important: newsletter\n"
        "\n" STYLE_STRONG "Ann Reed" STYLE_PLAIN " (Manager, Sales), tier 1\n"
        "Always important: " STYLE_STRONG "» pipeline review" STYLE_PLAIN
        "; " STYLE_STRONG "» churn notice" STYLE_PLAIN "\n"
        "Rarely important: › newsletter; lunch, up to 3 attendees\n"
        "Matches priority: " STYLE_STRONG
        "» Close deals (Q4, order form)" STYLE_PLAIN "\n"
        "Always accept: " STYLE_STRONG "» Meetings with Iryna" STYLE_PLAIN "\n"
        "Requires prep: " STYLE_STRONG "» Pipeline reviews (45 min)" STYLE_PLAIN
        "\n"
        "\n"
        "The label is critical, prep 45 minutes, accept; you say low, no prep, "
        "decline.\n"
        "Enter goes on, w a rule is wrong, e an exception, o note ");
}
END_TEST

START_TEST(choosing_a_rule)
{
    look = (struct look){.columns = 60, .rows = 14};
    view.notice = "Not saved: the label was changed.";
    start(false);
    type("yc1\n\nw");
    expect_screen(STYLE_STRONG
                  "first: 1 of 2" STYLE_PLAIN
                  "                             page 1 of 3: space\n"
                  " 1 Always important: pipeline review\n"
                  " 2 Always important: churn notice\n"
                  " 3 Rarely important: newsletter\n"
                  " 4 Matches priority: Close deals\n"
                  " 5 Always accept: Meetings with Iryna\n"
                  " 6 Requires prep: Pipeline reviews\n"
                  "\n"
                  "[Q4] [pipeline review]\n"
                  "When       Tuesday 6 January 2026, 10:00 to 11:30 (1 h 30\n"
                  "           min), Asia/Shanghai\n"
                  "Where      Room Willow\n"
                  "Not saved: the label was changed.\n"
                  "Which rule is wrong? Its number above; 0 none of these ");
}
END_TEST

START_TEST(a_small_terminal)
{
    look = (struct look){.columns = 40, .rows = 10};
    start(false);
    expect_screen(STYLE_STRONG "first: 1 of 2" STYLE_PLAIN
                               "                  1/5 space\n"
                               "[Q4] [pipeline review]\n"
                               "When       Tuesday 6 January 2026, 10:00\n"
                               "           to 11:30 (1 h 30 min),\n"
                               "           Asia/Shanghai\n"
                               "Where      Room Willow\n"
                               "Organizer  [Iryna] Bondar\n"
                               "Required   Ann Reed, [Iryna] Bondar\n"
                               "Optional   bo@contoso.com\n"
                               "Is the meeting realistic? y yes, n no ");
    page_next(&page);
    expect_screen(STYLE_STRONG "first: 1 of 2" STYLE_PLAIN
                               "                  2/5 space\n"
                               "Recurring  no\n"
                               "Also       people of more than one\n"
                               "           company\n"
                               "\n"
                               "[Newsletter] first. Then the [churn\n"
                               "notice].\n"
                               "\n"
                               "Label      " STYLE_STRONG
                               "critical, prep 45 minutes," STYLE_PLAIN "\n"
                               "Is the meeting realistic? y yes, n no ");
}
END_TEST

START_TEST(the_smallest_terminal)
{
    look = (struct look){.columns = 20, .rows = 4};
    start(false);
    type("oA note that goes on and on, beyond any line");
    expect_screen(STYLE_STRONG "first: 1…" STYLE_PLAIN " 1/60 space\n"
                               "[Q4] [pipeline\n"
                               "on and on, beyond\n"
                               "any line ");
}
END_TEST

START_TEST(help)
{
    start(false);
    view.helping = true;
    expect_screen(STYLE_STRONG
                  "first: 1 of 2" STYLE_PLAIN "\n"
                  "y n        the meeting is realistic, or not\n"
                  "a          agree with the label\n"
                  "c          correct it: importance 1 2 3 4 (low … critical), "
                  "minutes to prepare\n"
                  "           and Enter, RSVP a t d (accept, tentative, "
                  "decline); Enter keeps a\n"
                  "           value\n"
                  "w e        why: a rule is wrong; an exception\n"
                  "o          a note\n"
                  "Esc        one question back\n"
                  "s          skip the meeting: it stays open\n"
                  "u          undo the last answer of this session\n"
                  "space b    the next page; one back\n"
                  "q          quit: every answer that was given is kept\n"
                  "?          this list\n"
                  "\n"
                  "Any key goes back ");
}
END_TEST

START_TEST(hostile_texts)
{
    judged.event.subject = "\033[2J\033]0;owned\a pipeline\001 review\302\233H";
    judged.event.preview = "a\nb\303\050\342\200\256c";
    judged.event.time_zone = "\033[31m";
    judged.event.organizer_name = "\033c\nIryna";
    judge();
    view.title = "first: 1 of 2";
    view.notice = "\033[0m";
    start(false);
    expect_screen(
        STYLE_STRONG
        "first: 1 of 2" STYLE_PLAIN "\n"
        "\\x1b[2J\\x1b]0;owned\\x07 [pipeline\\x01 review]\\x9bH\n"
        "When       Tuesday 6 January 2026, 10:00 to 11:30 (1 h 30 min), "
        "\\x1b[31m\n"
        "Where      Room Willow\n"
        "Organizer  \\x1bc Iryna\n"
        "Required   Ann Reed, [Iryna] Bondar\n"
        "Optional   bo@contoso.com\n"
        "Recurring  no\n"
        "Also       people of more than one company\n"
        "\n"
        "a b�(\\u202ec\n"
        "\n"
        "Label      " STYLE_STRONG
        "critical, prep 45 minutes, accept" STYLE_PLAIN "\n"
        "Because    Always important: pipeline review; Requires prep: Pipeline "
        "reviews\n"
        "RSVP by    Always accept: Meetings with Iryna\n"
        "\n" STYLE_STRONG "Ann Reed" STYLE_PLAIN " (Manager, Sales), tier 1\n"
        "Always important: " STYLE_STRONG "» pipeline review" STYLE_PLAIN
        "; churn notice\n"
        "Rarely important: newsletter; lunch, up to 3 attendees\n"
        "Matches priority: Close deals (Q4, order form)\n"
        "Always accept: " STYLE_STRONG "» Meetings with Iryna" STYLE_PLAIN "\n"
        "Requires prep: " STYLE_STRONG "» Pipeline reviews (45 min)" STYLE_PLAIN
        "\n"
        "\n"
        "\\x1b[0m\n"
        "Is the meeting realistic? y yes, n no ");
}
END_TEST

START_TEST(sparse_meetings)
{
    judged.event = (struct event){.subject = "",
                                  .preview = "",
                                  .type = EVENT_EXCEPTION,
                                  .start = 20459 * 24 * 60 + 23 * 60,
                                  .end = 20460 * 24 * 60 + 60,
                                  .time_zone = "UTC",
                                  .organizer_name = "Ann Reed",
                                  .organizer_address = "ann@contoso.com",
                                  .response = RESPONSE_ORGANIZER};
    judge();
    start(false);
    expect_screen(
        STYLE_STRONG
        "first: 1 of 2" STYLE_PLAIN "\n"
        "(no subject)\n"
        "When       Tuesday 6 January 2026, 23:00 to Wednesday 7 January 2026, "
        "01:00 (2\n"
        "           h), UTC\n"
        "Organizer  Ann Reed (the persona)\n"
        "Recurring  yes, and this one was changed\n"
        "\n"
        "Label      " STYLE_STRONG "medium, no prep, tentative" STYLE_PLAIN "\n"
        "Because    No specific rule matched\n"
        "\n" STYLE_STRONG "Ann Reed" STYLE_PLAIN " (Manager, Sales), tier 1\n"
        "Always important: pipeline review; churn notice\n"
        "Rarely important: newsletter; lunch, up to 3 attendees\n"
        "Matches priority: Close deals (Q4, order form)\n"
        "Always accept: Meetings with Iryna\n"
        "Requires prep: Pipeline reviews (45 min)\n"
        "\n"
        "Is the meeting realistic? y yes, n no ");
}
END_TEST

Suite *review_screen_suite(void);

Suite *review_screen_suite(void)
{
    Suite *suite = suite_create("review_screen");
    TCase *tests = tcase_create("review_screen");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, one_column);
    tcase_add_test(tests, two_columns);
    tcase_add_test(tests, blind);
    tcase_add_test(tests, blind_and_shown);
    tcase_add_test(tests, choosing_a_rule);
    tcase_add_test(tests, a_small_terminal);
    tcase_add_test(tests, the_smallest_terminal);
    tcase_add_test(tests, help);
    tcase_add_test(tests, hostile_texts);
    tcase_add_test(tests, sparse_meetings);
    suite_add_tcase(suite, tests);
    return suite;
}
