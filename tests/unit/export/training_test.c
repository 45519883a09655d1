/* Training records: their forms, what they tell of persona, rules and meeting,
 * and the answers.  What they hold is read back with a JSON parser. */
#include "training_fixture.h"

#include "datebook/file.h"

Suite *training_suite(void);

/* The persona of docs/training.md. */
#define ANN                                                                    \
    "{\"id\":\"ann\",\"name\":\"Sales Manager - Pipeline "                     \
    "Juggler\",\"tier\":1,"                                                    \
    "\"demographics\":{\"level\":\"Manager\",\"function\":\"Sales\","          \
    "\"company\":\"Growth Stage SaaS\",\"industry\":\"Technology\"},"          \
    "\"meeting_context\":{\"weekly_meeting_hours\":\"26-30 hours\","           \
    "\"typical_breakdown\":{\"customer_calls\":\"60%\"}},"                     \
    "\"importance_criteria\":{\"always_important\":[\"churn notice\"],"        \
    "\"usually_important\":[\"pipeline review\"],"                             \
    "\"sometimes_important\":[\"demo\"],\"rarely_important\":[\"webinar\"]},"  \
    "\"priority_framework\":[{\"name\":\"Close Q4\",\"keywords\":[\"Q4\","     \
    "\"contract\"]}],"                                                         \
    "\"rsvp_rules\":{\"always_accept\":[\"Pipeline reviews\"],"                \
    "\"conditional\":[\"Demos\"],\"decline_by_default\":[\"Vendor pitches\"]," \
    "\"always_decline\":[{\"name\":\"Big broadcast\",\"any\":[\"webinar\","    \
    "\"town hall\"],\"attendees_min\":40}]},"                                  \
    "\"prep_time_needs\":{\"requires_prep\":[\"Pipeline reviews (30 min: "     \
    "stages)\",\"QBR (45 min)\"],\"optional_prep\":[\"Demos (15 min)\","       \
    "{\"external\":true,\"minutes\":20}],\"no_prep\":[\"Webinars\"]},"         \
    "\"work_style\":\"Calls first,\\n writes  later.\"}"

#define BARE "{\"id\":\"bare\",\"name\":\"Bare\",\"tier\":2}"

/* ---- Names ---- */

START_TEST(tasks_have_names)
{
    ck_assert_str_eq(task_name(TASK_IMPORTANCE), "importance");
    ck_assert_str_eq(task_name(TASK_PREP), "prep");
    ck_assert_str_eq(task_name(TASK_RSVP), "rsvp");
    for (int i = 0; i < TASKS; i++)
        ck_assert_int_eq(task_named(task_name((enum training_task)i)), i);
    ck_assert_int_eq(task_named("Prep"), TASKS);
    ck_assert_int_eq(task_named(""), TASKS);
}
END_TEST

START_TEST(records_have_their_members_and_no_others)
{
    use(ANN, TASK_IMPORTANCE);
    meet("Pipeline review", "");
    label();
    for (int form = 0; form < TRAINING_FORMS; form++) {
        const char *const *member = training_members((enum training_form)form);
        const char *line = record_as("m", (enum training_form)form);
        const cJSON *item;
        MUST(line != NULL);
        item = parse(line, strcspn(line, "\n"))->child;
        for (; item; item = item->next)
            ck_assert_str_eq(item->string, *member++);
        ck_assert_ptr_null(*member);
    }
}
END_TEST

/* ---- Forms ---- */

#define SYSTEM "{\"role\":\"system\",\"content\":\"Role: Bare\\n\\nNothing.\"}"
#define USER                                                                   \
    "{\"role\":\"user\",\"content\":\"Subject: Demo\\nWhen: Tuesday "          \
    "2025-11-18 at 10:00, 60 minutes\\nOrganizer: somebody else\\nPeople "     \
    "(3): "                                                                    \
    "Ann Lee, Bo Chen, Cleo Dee\\nOther companies: no\"}"
#define GOOD                                                                   \
    "{\"role\":\"assistant\",\"content\":\"{\\\"reasoning\\\":\\\"No "         \
    "specific "                                                                \
    "rule "                                                                    \
    "matched\\\",\\\"prep_needed\\\":false,\\\"prep_time_minutes\\\":0}\"}"
#define BAD                                                                    \
    "{\"role\":\"assistant\",\"content\":\"{\\\"reasoning\\\":\\\"No "         \
    "specific "                                                                \
    "rule "                                                                    \
    "matched\\\",\\\"prep_needed\\\":true,\\\"prep_time_minutes\\\":30}\"}"

START_TEST(each_form_is_its_providers)
{
    use(BARE, TASK_PREP);
    meet("Demo", "");
    label();
    ck_assert_str_eq(record_as("m", TRAINING_SFT),
                     "{\"messages\":[" SYSTEM "," USER "," GOOD "]}\n");
    ck_assert_str_eq(record_as("m", TRAINING_DPO),
                     "{\"input\":{\"messages\":[" SYSTEM "," USER
                     "]},\"preferred_output\":[" GOOD
                     "],\"non_preferred_output\":[" BAD "]}\n");
    ck_assert_str_eq(record_as("m", TRAINING_TRL_SFT),
                     "{\"prompt\":[" SYSTEM "," USER "],\"completion\":[" GOOD
                     "]}\n");
    ck_assert_str_eq(record_as("m", TRAINING_TRL_DPO),
                     "{\"prompt\":[" SYSTEM "," USER "],\"chosen\":[" GOOD
                     "],\"rejected\":[" BAD "]}\n");
    ck_assert_int_eq(fix.lines, 1);
    ck_assert_str_eq(record_as("m", TRAINING_KTO),
                     "{\"prompt\":[" SYSTEM "," USER "],\"completion\":[" GOOD
                     "],\"label\":true}\n"
                     "{\"prompt\":[" SYSTEM "," USER "],\"completion\":[" BAD
                     "],\"label\":false}\n");
    ck_assert_int_eq(fix.lines, 2);
}
END_TEST

START_TEST(records_are_added_to_what_is_there)
{
    struct buf first = BUF_EMPTY;
    const struct labelled_meeting meeting = {
        .id = "m", .facts = &fix.facts, .label = &fix.label, .reasoning = ""};

    use(BARE, TASK_PREP);
    meet("Demo", "");
    label();
    for (int i = 0; i < 2; i++)
        MUST(trainer_add(fix.trainer, TRAINING_SFT, &meeting, &first,
                         &fix.lines, &fix.err));
    ck_assert_str_eq(buf_string(&first),
                     "{\"messages\":[" SYSTEM "," USER "," GOOD "]}\n"
                     "{\"messages\":[" SYSTEM "," USER "," GOOD "]}\n");
    buf_free(&first);
}
END_TEST

/* The lines that docs/training.md shows are these. */
START_TEST(the_documented_lines_are_real)
{
    size_t length = 0;
    const char *docs =
        file_read(&fix.arena, "docs/training.md", 1 << 20, &length, &fix.err);

    MUST(docs != NULL);
    use_persona(ANN);
    meet("Pipeline review: Northwind", "Bring the stages.");
    label();
    MUST(prompt_load(&fix.arena, "personas", NULL, TASK_IMPORTANCE, &fix.prompt,
                     &fix.err));
    train();
    ck_assert_msg(strstr(docs, record_as("m1", TRAINING_SFT)) != NULL, "%s",
                  buf_string(&fix.out));
    use_prompt(TASK_PREP, "{persona}\n---\n{meeting}\n");
    train();
    for (int form = 0; form < TRAINING_FORMS; form++) {
        const char *line = record_as("m1", (enum training_form)form);
        ck_assert_msg(strstr(docs, line) != NULL, "%s", line);
    }
}
END_TEST

/* ---- What a prompt tells ---- */

static const char *system_of(enum training_task task, const char *prompt)
{
    use_prompt(task, prompt);
    train();
    label();
    return content(json_member(record("m", TRAINING_SFT), "messages"), 0,
                   "system");
}

START_TEST(a_prompt_tells_of_the_persona)
{
    use_persona(ANN);
    meet("x", "");
    ck_assert_str_eq(
        system_of(TASK_IMPORTANCE, "{name}:\n{persona}\n---\n{meeting}"),
        "Sales Manager - Pipeline Juggler:\n"
        "Role: Sales Manager - Pipeline Juggler\n"
        "Level: Manager\nFunction: Sales\nIndustry: Technology\n"
        "Kind of company: Growth Stage SaaS\nPriorities: Close Q4\n"
        "Way of working: Calls first, writes later.\n"
        "A usual week: 26 to 30 hours of meetings: customer calls 60%");
}
END_TEST

#define IMPORTANCE_RULES                                                       \
    "Always important:\n- churn notice\n"                                      \
    "Usually important:\n- pipeline review\n"                                  \
    "Sometimes important:\n- demo\n"                                           \
    "Rarely important:\n- webinar\n"                                           \
    "Matches priority:\n- Close Q4: Q4, contract"

START_TEST(a_prompt_tells_the_rules_of_its_task)
{
    use_persona(ANN);
    meet("x", "");
    ck_assert_str_eq(system_of(TASK_IMPORTANCE, "{rules}\n---\n{meeting}"),
                     IMPORTANCE_RULES);
    ck_assert_str_eq(
        system_of(TASK_PREP, "{rules}\n---\n{meeting}"), IMPORTANCE_RULES
        "\nRequires prep:\n- Pipeline reviews (30 minutes)\n"
        "- QBR (45 minutes)\n"
        "Optional prep:\n- Demos (15 minutes)\n- external (20 minutes)\n"
        "No prep:\n- Webinars");
    ck_assert_str_eq(
        system_of(TASK_RSVP, "{rules}\n---\n{meeting}"), IMPORTANCE_RULES
        "\nAlways accept:\n- Pipeline reviews\nConditional:\n- Demos\n"
        "Decline by default:\n- Vendor pitches\n"
        "Always decline:\n- Big broadcast (webinar or town hall, 40+ "
        "attendees)");
}
END_TEST

/* Where no optional preparation is, importance decides no preparation. */
START_TEST(importance_is_told_where_it_decides)
{
    use_persona("{\"id\":\"a\",\"name\":\"A\",\"tier\":1,"
                "\"importance_criteria\":{\"always_important\":[\"x\"]},"
                "\"prep_time_needs\":{\"requires_prep\":[{\"name\":\"big\","
                "\"any\":\"big\",\"attendees_min\":9}]}}");
    meet("x", "");
    ck_assert_str_eq(system_of(TASK_PREP, "{rules}\n---\n{meeting}"),
                     "Requires prep:\n- big (9+ attendees; 30 minutes)");
    ck_assert_str_eq(system_of(TASK_RSVP, "{rules}\n---\n{meeting}"),
                     "Always important:\n- x");
}
END_TEST

static const char *user(void)
{
    label();
    return content(json_member(record("m", TRAINING_SFT), "messages"), 1,
                   "user");
}

START_TEST(a_meeting_is_told_in_lines)
{
    use(BARE, TASK_RSVP);
    meet("Pipeline review: \"Q4\"", "First.\r\nSecond.\r\n\r\n");
    fix.facts.people = "A\nB\nC\nD\nE\nF\nG\nH\nI\nJ\nK\nL\nM\nN\n";
    fix.facts.attendees = 15;
    fix.facts.organizer = true;
    fix.facts.external = true;
    fix.facts.recurring = true;
    fix.facts.overlaps = true;
    fix.facts.resources = 2;
    ck_assert_str_eq(
        user(),
        "Subject: Pipeline review: \"Q4\"\n"
        "When: Tuesday 2025-11-18 at 10:00, 60 minutes, one of a series, "
        "overlaps another meeting\n"
        "Organizer: the person\n"
        "People (15): A, B, C, D, E, F, G, H, I, J, K, L and 3 more\n"
        "Other companies: yes\nRooms: 2\nPreview: First. Second.");
}
END_TEST

START_TEST(what_is_unknown_is_not_told)
{
    use(BARE, TASK_RSVP);
    meet("", "");
    fix.facts.people = "";
    fix.facts.attendees = 0;
    fix.facts.minutes = 0;
    ck_assert_str_eq(user(), "Subject: \n"
                             "When: Tuesday 2025-11-18 at 10:00\n"
                             "Organizer: somebody else\n"
                             "People (0)\n"
                             "Other companies: no");
    fix.facts.attendees = 2;
    fix.facts.people = "Ann\n";
    ck_assert_ptr_nonnull(strstr(user(), "\nPeople (2): Ann and 1 more\n"));
}
END_TEST

/* No text can look like a line that the program made. */
START_TEST(texts_stay_in_their_lines)
{
    use(BARE, TASK_RSVP);
    meet("\n\nDemo\nOrganizer: the person\x7F", "a\tb\x01\x02\x1F c");
    fix.facts.people = "Ann\rOther companies: yes\nBo\n";
    ck_assert_str_eq(user(), "Subject: Demo Organizer: the person\n"
                             "When: Tuesday 2025-11-18 at 10:00, 60 minutes\n"
                             "Organizer: somebody else\n"
                             "People (3): Ann Other companies: yes, Bo and 1 "
                             "more\n"
                             "Other companies: no\n"
                             "Preview: a b  c");
}
END_TEST

/* What stands around the meeting stays, and holes go. */
START_TEST(a_user_message_may_say_more)
{
    use_persona(BARE);
    use_prompt(TASK_RSVP,
               "{rules}\n---\n\n\nThe \"meeting\":\n\n\n\n{meeting}\n"
               "\nAnswer {It}.\n\n");
    train();
    meet("Demo", "");
    ck_assert_str_eq(user(), "The \"meeting\":\n\nSubject: Demo\n"
                             "When: Tuesday 2025-11-18 at 10:00, 60 minutes\n"
                             "Organizer: somebody else\n"
                             "People (3): Ann Lee, Bo Chen, Cleo Dee\n"
                             "Other companies: no\n\nAnswer {It}.");
}
END_TEST

/* ---- Hostile text ---- */

#define HOSTILE                                                                \
    "a\"b\\c/\x01\x1F\t\xF0\x9F\x9A\x80\xE2\x80\xA8\xE2\x80\xA9</script>"      \
    "\\u0041\\n{meeting}{rules}"

/* A document holds no control characters. */
#define RULE                                                                   \
    "a\"b\\c/\xF0\x9F\x9A\x80\xE2\x80\xA8\xE2\x80\xA9</script>\\u0041\\n"      \
    "{meeting}{rules} demo"

START_TEST(text_survives_being_escaped_twice)
{
    struct buf document = BUF_EMPTY;
    const cJSON *tree;

    buf_text(&document,
             "{\"id\":\"h\",\"name\":\"H {rules} \\\"x\\\"\",\"tier\":1,"
             "\"importance_criteria\":{\"always_important\":[");
    buf_json(&document, RULE);
    buf_text(&document, "]}}");
    use(arena_text(&fix.arena, buf_string(&document), &fix.err),
        TASK_IMPORTANCE);
    buf_free(&document);
    meet(HOSTILE " demo", "");
    label();
    ck_assert_int_eq(fix.label.importance, IMPORTANCE_CRITICAL);
    tree = record("m", TRAINING_SFT);
    ck_assert_str_eq(content(json_member(tree, "messages"), 0, "system"),
                     "Role: H {rules} \"x\"\n\nAlways important:\n- " RULE);
    ck_assert_ptr_nonnull(
        strstr(content(json_member(tree, "messages"), 1, "user"),
               "Subject: a\"b\\c/ \xF0\x9F\x9A\x80\xE2\x80\xA8\xE2\x80\xA9"
               "</script>\\u0041\\n{meeting}{rules} demo\n"));
    ck_assert_str_eq(
        json_member_text(parse(chosen_text(), strlen(chosen_text())),
                         "reasoning"),
        "Always important: " RULE);
}
END_TEST

START_TEST(what_is_not_utf8_is_replaced)
{
    use(BARE, TASK_RSVP);
    meet("caf\xE9 \xF0\x9F", "\xED\xA0\x80");
    ck_assert_str_eq(user(), "Subject: caf\uFFFD \uFFFD\uFFFD\n"
                             "When: Tuesday 2025-11-18 at 10:00, 60 minutes\n"
                             "Organizer: somebody else\n"
                             "People (3): Ann Lee, Bo Chen, Cleo Dee\n"
                             "Other companies: no\n"
                             "Preview: \uFFFD\uFFFD\uFFFD");
}
END_TEST

/* ---- Answers ---- */

#define EXPECT(subject, text)                                                  \
    do {                                                                       \
        meet(subject, "");                                                     \
        label();                                                               \
        ck_assert_str_eq(chosen_text(), text);                                 \
    } while (0)

START_TEST(importance_is_answered_with_its_reasons)
{
    use(ANN, TASK_IMPORTANCE);
    EXPECT("Churn notice, pipeline review of Q4",
           "{\"reasoning\":\"Always important: churn notice; Matches priority: "
           "Close Q4\",\"importance\":\"critical\"}");
    EXPECT("Pipeline review", "{\"reasoning\":\"Usually important: pipeline "
                              "review\",\"importance\":\"high\"}");
    EXPECT("Demo of the contract", "{\"reasoning\":\"Matches priority: Close "
                                   "Q4\",\"importance\":\"high\"}");
    EXPECT("Webinar", "{\"reasoning\":\"Rarely important: webinar\","
                      "\"importance\":\"low\"}");
    EXPECT("Lunch", "{\"reasoning\":\"No specific rule matched\","
                    "\"importance\":\"medium\"}");
    /* An optional preparation fires, which is no matter of this task. */
    fix.facts.external = true;
    label();
    ck_assert_str_eq(chosen_text(), "{\"reasoning\":\"No specific rule "
                                    "matched\",\"importance\":\"medium\"}");
}
END_TEST

START_TEST(preparation_is_answered_with_its_reasons)
{
    use(ANN, TASK_PREP);
    EXPECT("QBR and pipeline review",
           "{\"reasoning\":\"Requires prep: Pipeline reviews; Requires prep: "
           "QBR\",\"prep_needed\":true,\"prep_time_minutes\":45}");
    EXPECT("Demo for the contract",
           "{\"reasoning\":\"Optional prep: Demos\",\"prep_needed\":true,"
           "\"prep_time_minutes\":15}");
    EXPECT("Demo",
           "{\"reasoning\":\"Optional prep: Demos, which does not count "
           "at importance medium\",\"prep_needed\":false,"
           "\"prep_time_minutes\":0}");
    EXPECT("Webinar with a demo",
           "{\"reasoning\":\"No prep: Webinars\",\"prep_needed\":false,"
           "\"prep_time_minutes\":0}");
    EXPECT("Lunch", "{\"reasoning\":\"No specific rule matched\","
                    "\"prep_needed\":false,\"prep_time_minutes\":0}");
}
END_TEST

START_TEST(rsvp_is_answered_with_its_reasons)
{
    use(ANN, TASK_RSVP);
    EXPECT("Pipeline review with demo",
           "{\"reasoning\":\"Always accept: Pipeline reviews\","
           "\"rsvp\":\"accept\"}");
    EXPECT("Demo", "{\"reasoning\":\"Conditional: Demos\","
                   "\"rsvp\":\"tentative\"}");
    EXPECT("Vendor pitch", "{\"reasoning\":\"Decline by default: Vendor "
                           "pitches\",\"rsvp\":\"decline\"}");
    EXPECT("Churn notice", "{\"reasoning\":\"No RSVP rule matched; importance: "
                           "critical\",\"rsvp\":\"accept\"}");
    EXPECT("Lunch", "{\"reasoning\":\"No RSVP rule matched; importance: "
                    "medium\",\"rsvp\":\"tentative\"}");
    EXPECT("Webinar", "{\"reasoning\":\"No RSVP rule matched; importance: "
                      "low\",\"rsvp\":\"decline\"}");
}
END_TEST

/* Two rules with one text are one reason. */
START_TEST(a_reason_is_said_once)
{
    use("{\"id\":\"a\",\"name\":\"A\",\"tier\":1,\"importance_criteria\":"
        "{\"always_important\":[\"demo\",{\"any\":\"demo\"},{\"any\":[\"demo\","
        "\"x\"],\"name\":\"demo\"}]}}",
        TASK_IMPORTANCE);
    EXPECT("Demo", "{\"reasoning\":\"Always important: demo\","
                   "\"importance\":\"critical\"}");
}
END_TEST

/* A stale label may name a rule that the persona does not have any more. */
START_TEST(an_old_rule_is_still_spelled)
{
    use_persona(ANN);
    fix.rules[fix.rule_count++] =
        (struct stored_rule){RULE_ALWAYS_IMPORTANT, "gone", "gone \"rule\""};
    use_prompt(TASK_IMPORTANCE, SHORT_PROMPT);
    train();
    meet("x", "");
    label();
    fix.label.rules_length =
        varint_put(fix.codes, 2 * (fix.rule_count - 1) + 1);
    fix.label.importance = IMPORTANCE_CRITICAL;
    ck_assert_str_eq(chosen_text(),
                     "{\"reasoning\":\"Always important: gone \\\"rule\\\"\","
                     "\"importance\":\"critical\"}");
}
END_TEST

START_TEST(an_unknown_rule_is_a_damaged_database)
{
    use(ANN, TASK_IMPORTANCE);
    meet("x", "");
    label();
    fix.label.rules_length = varint_put(fix.codes, 2 * fix.rule_count);
    ck_assert_ptr_null(record_as("m", TRAINING_SFT));
    ck_assert_int_eq(fix.err.code, ERROR_DATABASE);
    ck_assert_str_eq(fix.err.message,
                     "the label of meeting 7 names an unknown rule");
}
END_TEST

START_TEST(a_rule_of_no_known_kind_is_a_damaged_database)
{
    use_persona(ANN);
    fix.rules[0].kind = 99;
    use_prompt(TASK_IMPORTANCE, SHORT_PROMPT);
    train();
    meet("churn notice", "");
    label();
    ck_assert_ptr_null(record_as("m", TRAINING_SFT));
    ck_assert_str_eq(fix.err.message,
                     "the label of meeting 7 names an unknown rule");
}
END_TEST

static TCase *prompts(void)
{
    TCase *tcase = tcase_create("prompts");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_prompt_tells_of_the_persona);
    tcase_add_test(tcase, a_prompt_tells_the_rules_of_its_task);
    tcase_add_test(tcase, importance_is_told_where_it_decides);
    tcase_add_test(tcase, a_meeting_is_told_in_lines);
    tcase_add_test(tcase, what_is_unknown_is_not_told);
    tcase_add_test(tcase, texts_stay_in_their_lines);
    tcase_add_test(tcase, a_user_message_may_say_more);
    return tcase;
}

Suite *training_suite(void)
{
    Suite *suite = suite_create("training");
    TCase *tcase = tcase_create("training");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, tasks_have_names);
    tcase_add_test(tcase, records_have_their_members_and_no_others);
    tcase_add_test(tcase, each_form_is_its_providers);
    tcase_add_test(tcase, records_are_added_to_what_is_there);
    tcase_add_test(tcase, the_documented_lines_are_real);
    tcase_add_test(tcase, text_survives_being_escaped_twice);
    tcase_add_test(tcase, what_is_not_utf8_is_replaced);
    tcase_add_test(tcase, importance_is_answered_with_its_reasons);
    tcase_add_test(tcase, preparation_is_answered_with_its_reasons);
    tcase_add_test(tcase, rsvp_is_answered_with_its_reasons);
    tcase_add_test(tcase, a_reason_is_said_once);
    tcase_add_test(tcase, an_old_rule_is_still_spelled);
    tcase_add_test(tcase, an_unknown_rule_is_a_damaged_database);
    tcase_add_test(tcase, a_rule_of_no_known_kind_is_a_damaged_database);
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, prompts());
    return suite;
}
