/* What `persona review` shows, at several sizes. */
#include "expert.h"

static struct expert_view view;
static struct buf screen;

static const char *draw(int columns, int rows)
{
    struct look look = {.columns = columns, .rows = rows};

    buf_clear(&screen);
    MUST(expert_draw(&expert.session, &expert.questions, &look, &view, &screen,
                     &expert.err));
    return buf_string(&screen);
}

static void setup(void)
{
    expert_setup();
    view = (struct expert_view){.remark = ""};
}

static void teardown(void)
{
    buf_free(&screen);
    screen = (struct buf)BUF_EMPTY;
    expert_teardown();
}

START_TEST(the_person)
{
    ck_assert_str_eq(
        draw(80, 24),
        "\002Pat of Sales\004\n"
        "p1, tier 1, role train\n"
        "\n"
        "level: Manager\n"
        "company: Contoso\n"
        "calendar: 26 to 30 hours of meetings a week; customer_calls 60%, "
        "1on1s 40%\n"
        "meetings: none yet\n"
        "notes: Says what \\x1b[2J they think.\n"
        "\n"
        "Is there such a person in your company? y n, or ? for the keys ");
    expert.questions.labels = (struct asked_labels){
        .all = 8, .importance = {1, 2, 3, 2}, .prep = 4, .rsvp = {1, 1, 6}};
    ck_assert_ptr_nonnull(
        strstr(draw(200, 24),
               "meetings: 8 labelled by the rules as they were: 25.0% "
               "critical, 37.5% high, 25.0% medium, 12.5% low; 50.0% to "
               "prepare for; 75.0% accept, 12.5% tentative, 12.5% decline\n"));
}
END_TEST

START_TEST(a_rule)
{
    struct rule_question *rule = &expert.questions.rules[1];

    expert.session.place = 2;
    expert.session.answers[2] = (struct expert_answer){SAYS_NO, "no pilots"};
    expert.questions.labels = (struct asked_labels){.all = 1200, .fresh = true};
    rule->decided = 2;
    rule->subjects[0] = "Demo\nfor Fabrikam";
    rule->subjects[1] = "";
    view.remark = "A remark.";
    ck_assert_str_eq(draw(80, 24),
                     "Pat of Sales: rule 2 of 5\n"
                     "\n"
                     "\002Always important: demo or pilot, external\004\n"
                     "\n"
                     "decided 2 of 1,200 labels, such as:\n"
                     "  Demo for Fabrikam\n"
                     "  (no subject)\n"
                     "\n"
                     "A remark.\n"
                     "your answer: wrong\n"
                     "your note: no pilots\n"
                     "Is this rule right? y n, or ? for the keys ");
}
END_TEST

/* What the words of a rule leave out stands below them. */
START_TEST(what_rules_are_about)
{
    static const char *const rules[] = {
        "Always important: pipeline",
        "Always important: demo or pilot, external",
        "Always important: Big day", "Matches priority: Close Q4",
        "Requires prep: QBR"};
    static const char *const about[] = {
        "", "", "when: launch\nwhen: go and live",
        "keywords: order form, redlines",
        "written: QBR (45 min: usage)\nminutes: 45"};

    ck_assert_uint_eq(expert.questions.count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_str_eq(expert.questions.rules[i].rule, rules[i]);
        ck_assert_str_eq(expert.questions.rules[i].about, about[i]);
    }
    expert.session.place = 3;
    ck_assert_str_eq(draw(80, 24),
                     "Pat of Sales: rule 3 of 5\n"
                     "\n"
                     "\002Always important: Big day\004\n"
                     "when: launch\n"
                     "when: go and live\n"
                     "\n"
                     "there are no meetings that it could have decided\n"
                     "\n"
                     "Is this rule right? y n, or ? for the keys ");
}
END_TEST

START_TEST(a_note_being_typed)
{
    expert.session.place = 1;
    view.typed = "";
    ck_assert_ptr_nonnull(strstr(draw(80, 24),
                                 "\n\nEnter keeps it, Escape leaves it as it "
                                 "was.\nnote: "));
    /* Of a long one the end is seen. */
    view.typed = "a note that is longer \xc3\xa9t\xc3\xa9";
    ck_assert_ptr_nonnull(strstr(draw(20, 24), "\nnote: s longer \xc3\xa9t"
                                               "\xc3\xa9"));
    ck_assert_ptr_null(strstr(draw(20, 24), "is longer"));
}
END_TEST

START_TEST(a_long_page_is_turned)
{
    const char *second;

    ck_assert_ptr_nonnull(
        strstr(draw(80, 8), "\n\n(lines 1 to 5 of 8; space for more)\nIs "));
    page_next(&view.page);
    second = draw(80, 8);
    ck_assert_ptr_nonnull(strstr(second, "(lines 6 to 8 of 8;"));
    ck_assert_int_eq(strncmp(second, "calendar: ", 10), 0);
    page_next(&view.page);
    ck_assert_ptr_nonnull(strstr(draw(80, 8), "(lines 1 to 5 of 8;"));
    /* However small it is, something is seen, and the question. */
    ck_assert_ptr_nonnull(strstr(draw(20, 4), "Pat of Sales"));
    ck_assert_ptr_nonnull(strstr(draw(20, 4), "or ? for"));
}
END_TEST

START_TEST(the_keys_and_the_end)
{
    view.keys = true;
    ck_assert_str_eq(
        draw(80, 24),
        "y        yes: there is such a person; this rule is right\n"
        "n        no\n"
        "o        a note, kept with your answer; an empty one takes it back\n"
        "s        skip: leave it as it is, and go on\n"
        "u        undo what you did last, or go back by one\n"
        "space    more of a long page\n"
        "q        quit; what you answered is kept\n"
        "\n"
        "any key goes back ");
    view.keys = false;
    press("yynysn");
    ck_assert_str_eq(draw(80, 24),
                     "Pat of Sales\n"
                     "\n"
                     "4 of 5 rules answered: 2 right, 2 wrong.\n"
                     "What you skipped is asked again the next time.\n"
                     "\n"
                     "q leaves, u goes back ");
}
END_TEST

Suite *expert_screen_suite(void);
Suite *expert_screen_suite(void)
{
    Suite *suite = suite_create("expert_screen");
    TCase *tcase = tcase_create("screens");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_person);
    tcase_add_test(tcase, a_rule);
    tcase_add_test(tcase, what_rules_are_about);
    tcase_add_test(tcase, a_note_being_typed);
    tcase_add_test(tcase, a_long_page_is_turned);
    tcase_add_test(tcase, the_keys_and_the_end);
    suite_add_tcase(suite, tcase);
    return suite;
}
