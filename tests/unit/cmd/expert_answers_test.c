/* Answers in a file: the template, and what is wrong with what came back. */
#include "expert.h"

static bool read_answers(const char *text)
{
    return answers_read(&expert.session, &expert.questions, "ann", text,
                        strlen(text), "a.json", &expert.err);
}

#define MUST_FAIL(text, message_, hint_)                                       \
    do {                                                                       \
        memset(&expert.err, 0, sizeof expert.err);                             \
        ck_assert_msg(!read_answers(text), "%s was read", text);               \
        ck_assert_str_eq(expert.err.message, message_);                        \
        ck_assert_str_eq(expert.err.hint, hint_);                              \
        ck_assert_int_eq(expert.err.code, ERROR_INPUT);                        \
    } while (0)

#define WITH_RULES(rules)                                                      \
    "{\"persona\":\"p1\",\"exists\":true,\"rules\":[" rules "]}"

START_TEST(the_template)
{
    struct buf text = BUF_EMPTY;

    expert.questions.labels.all = 7;
    expert.questions.rules[4].decided = 3;
    expert.questions.rules[4].subjects[0] = "QBR \"Contoso\"";
    answers_template(&expert.questions, "ann", &text);
    MUST(buf_ok(&text, &expert.err));
    /* Too long for a message of Check. */
    ck_assert(!strcmp(
        buf_string(&text),
        "{\"persona\": \"p1\",\n"
        " \"reviewer\": \"ann\",\n"
        " \"rules_hash\": \"00000000000000000000000000000000000000000000000000"
        "00000000000000\",\n"
        " \"about\": \"Pat of Sales\",\n"
        " \"exists\": null,\n"
        " \"note\": \"\",\n"
        " \"rules\": [\n"
        "    {\"rule\": \"Always important: pipeline\",\n"
        "     \"about\": \"decided 0 of 7 labels\",\n"
        "     \"right\": null,\n"
        "     \"note\": \"\"},\n"
        "    {\"rule\": \"Always important: demo or pilot, external\",\n"
        "     \"about\": \"decided 0 of 7 labels\",\n"
        "     \"right\": null,\n"
        "     \"note\": \"\"},\n"
        "    {\"rule\": \"Always important: Big day\",\n"
        "     \"about\": \"when: launch; when: go and live; decided 0 of 7 "
        "labels\",\n"
        "     \"right\": null,\n"
        "     \"note\": \"\"},\n"
        "    {\"rule\": \"Matches priority: Close Q4\",\n"
        "     \"about\": \"keywords: order form, redlines; decided 0 of 7 "
        "labels\",\n"
        "     \"right\": null,\n"
        "     \"note\": \"\"},\n"
        "    {\"rule\": \"Requires prep: QBR\",\n"
        "     \"about\": \"written: QBR (45 min: usage); minutes: 45; decided "
        "3 of 7 labels, such as \\\"QBR \\\"Contoso\\\"\\\"\",\n"
        "     \"right\": null,\n"
        "     \"note\": \"\"}\n"
        " ]}\n"));
    /* As it is, it says nothing. */
    MUST_FAIL(buf_string(&text),
              "a.json: exists: must be true or false: nothing else counts "
              "without it",
              "");
    /* Beside what was answered before, that is fine. */
    expert.session.answers[0].verdict = SAYS_NO;
    expert.session.answers[2].verdict = SAYS_YES;
    MUST(read_answers(buf_string(&text)));
    ck_assert_str_eq(answers(), "n.y...");
    buf_free(&text);
}
END_TEST

START_TEST(answers_take_the_place_of_others)
{
    press("yyy");
    MUST(read_answers("{\"persona\":\"p1\",\"reviewer\":\"ann\",\"exists\":"
                      "false,\"note\":\"not here\",\"rules\":[{\"rule\":"
                      "\"Requires prep: QBR\",\"right\":true},{\"right\":false,"
                      "\"note\":\"a\\nb\",\"rule\":\"Always important: "
                      "pipeline\"},{\"rule\":\"Matches priority: Close "
                      "Q4\",\"right\":null}]}"));
    ck_assert_str_eq(answers(), "nny..y");
    ck_assert_str_eq(expert.session.answers[0].note, "not here");
    ck_assert_str_eq(expert.session.answers[1].note, "a\nb");
    MUST(read_answers("{\"persona\":\"p1\"}"));
    ck_assert_str_eq(answers(), "nny..y");
}
END_TEST

START_TEST(wrong_documents)
{
    MUST_FAIL("[]", "a.json: must be an object", "");
    MUST_FAIL("{", "a.json:1:2: the JSON ends too early", "");
    MUST_FAIL("{\"exists\":true}", "a.json: has no \"persona\"", "");
    MUST_FAIL("{\"persona\":\"p2\",\"exists\":true}",
              "a.json: persona: is \"p2\", and the command says p1", "");
    MUST_FAIL("{\"persona\":\"p1\",\"reviewer\":\"bob\",\"exists\":true}",
              "a.json: reviewer: is \"bob\", and the command says ann", "");
    MUST_FAIL("{\"persona\":1}",
              "a.json: persona: must be a text, and is a "
              "number",
              "");
    MUST_FAIL("{\"persona\":\"p1\",\"exists\":\"yes\"}",
              "a.json: exists: must be true, false, or null for no answer, and "
              "is text",
              "");
    MUST_FAIL("{\"persona\":\"p1\",\"exist\":true}",
              "a.json: exist: is no member of the answers",
              "did you mean \"exists\"?");
    MUST_FAIL("{\"persona\":\"p1\",\"rules_hash\":\"ab\",\"exists\":true}",
              "a.json: rules_hash: the rules are not those of the template any "
              "more",
              "`datebook history p1` says what changed; fill in a new "
              "template, or take \"rules_hash\" out");
    MUST_FAIL("{\"persona\":\"p1\",\"exists\":true,\"rules\":{}}",
              "a.json: rules: must be a list, and is an object", "");
    MUST_FAIL("{\"persona\":\"p1\",\"note\":\"hm\"}",
              "a.json: note: there is a note without an answer: say in "
              "\"exists\" whether there is such a person",
              "");
}
END_TEST

START_TEST(wrong_rules)
{
    MUST_FAIL(WITH_RULES("7"), "a.json: rules[0]: must be an object", "");
    MUST_FAIL(WITH_RULES("{\"right\":true}"),
              "a.json: rules[0]: has no "
              "\"rule\"",
              "");
    MUST_FAIL(WITH_RULES("{\"rule\":\"Always important: pipelin\"}"),
              "a.json: rules[0].rule: the persona has no rule \"Always "
              "important: pipelin\"",
              "did you mean \"Always important: pipeline\"?");
    MUST_FAIL(WITH_RULES("{\"rule\":\"x\"}"),
              "a.json: rules[0].rule: the persona has no rule \"x\"",
              "`datebook persona review p1 --template` prints all rules as "
              "they have to be written");
    MUST_FAIL(WITH_RULES("{\"rule\":\"Requires prep: QBR\",\"right\":true},"
                         "{\"rule\":\"Requires prep: QBR\",\"right\":true}"),
              "a.json: rules[1].rule: is the same as rules[0].rule", "");
    MUST_FAIL(WITH_RULES("{\"rule\":\"Requires prep: QBR\",\"right\":1}"),
              "a.json: rules[0].right: must be true, false, or null for no "
              "answer, and is a number",
              "");
    MUST_FAIL(WITH_RULES("{\"rule\":\"Requires prep: QBR\",\"rigth\":true}"),
              "a.json: rules[0].rigth: is no member of the answers",
              "did you mean \"right\"?");
    MUST_FAIL(WITH_RULES("{\"rule\":\"Requires prep: QBR\",\"note\":\"hm\"}"),
              "a.json: rules[0].note: there is a note without an answer: say "
              "whether the rule is right",
              "");
    MUST_FAIL(WITH_RULES("{\"rule\":\"Requires prep: QBR\",\"right\":true,"
                         "\"note\":\"\\u001b[2J\"}"),
              "a.json: rules[0].note: holds a control character", "");
    MUST_FAIL(WITH_RULES("{\"rule\":\"Requires prep: QBR\",\"right\":true,"
                         "\"note\":\"\\u009b2J\"}"),
              "a.json: rules[0].note: holds a control character", "");
}
END_TEST

START_TEST(notes_that_are_too_long)
{
    struct buf text = BUF_EMPTY;

    buf_text(&text, "{\"persona\":\"p1\",\"exists\":true,\"note\":\"");
    for (int i = 0; i < REVIEW_NOTE; i++)
        buf_char(&text, 'x');
    buf_text(&text, "\"}");
    MUST(read_answers(buf_string(&text)));
    text.length -= 2;
    buf_text(&text, "x\"}");
    MUST_FAIL(buf_string(&text), "a.json: note: is longer than 2000 bytes", "");
    buf_free(&text);
}
END_TEST

Suite *expert_answers_suite(void);
Suite *expert_answers_suite(void)
{
    Suite *suite = suite_create("expert_answers");
    TCase *tcase = tcase_create("files");

    tcase_add_checked_fixture(tcase, expert_setup, expert_teardown);
    tcase_add_test(tcase, the_template);
    tcase_add_test(tcase, answers_take_the_place_of_others);
    tcase_add_test(tcase, wrong_documents);
    tcase_add_test(tcase, wrong_rules);
    tcase_add_test(tcase, notes_that_are_too_long);
    suite_add_tcase(suite, tcase);
    return suite;
}
