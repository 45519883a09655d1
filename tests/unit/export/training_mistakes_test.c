/* The rejected answers: near the right one, never it, and with a reasoning that
 * is false of the meeting.  Whether a rule fired is asked of its label. */
#include "training_fixture.h"

Suite *training_mistakes_suite(void);

enum { DRAWS = 400 };

/* Every rule fires on its own word: "always1" and so on. */
#define RICH                                                                   \
    "{\"id\":\"rich\",\"name\":\"Rich\",\"tier\":1,\"importance_criteria\":{"  \
    "\"always_important\":[\"always1\",\"always2\",\"always3\"],"              \
    "\"usually_important\":[\"usually1\",\"usually2\"],"                       \
    "\"sometimes_important\":[\"sometimes1\",\"sometimes2\"],"                 \
    "\"rarely_important\":[\"rarely1\",\"rarely2\"]},"                         \
    "\"priority_framework\":[{\"name\":\"Win\",\"keywords\":[\"win1\"]}],"     \
    "\"rsvp_rules\":{\"always_accept\":[\"accept1\",\"accept2\"],"             \
    "\"conditional\":[\"condition1\",\"condition2\"],"                         \
    "\"decline_by_default\":[\"default1\"],\"always_decline\":[\"never1\"]},"  \
    "\"prep_time_needs\":{\"requires_prep\":[\"long1 (90 min)\","              \
    "\"short1 (15 min)\",\"half1 (30 min)\"],\"optional_prep\":[\"option1 "    \
    "(20 "                                                                     \
    "min)\"],\"no_prep\":[\"none1\",\"none2\"]}}"

#define BARE "{\"id\":\"bare\",\"name\":\"Bare\",\"tier\":2}"

static const char *const subjects[] = {
    "always1",
    "always2 always1 always3 usually1",
    "usually2",
    "usually1 usually2",
    "win1 sometimes1",
    "sometimes1 sometimes2",
    "rarely1",
    "rarely2 rarely1",
    "lunch",
    "accept1 long1",
    "condition1 short1 none1",
    "default1 half1",
    "never1 none2 none1",
    "option1",
    "option1 always1 long1",
    "accept1 accept2 condition1 condition2 default1 never1",
};

enum { SUBJECTS = sizeof subjects / sizeof *subjects };

static const char *id_of(int i)
{
    return arena_format(&fix.arena, &fix.err, "meeting-%d", i);
}

static const char *value_name(enum training_task task)
{
    static const char *const names[TASKS] = {"importance", "prep_time_minutes",
                                             "rsvp"};
    return names[task];
}

/* What an answer says, as a number on the task's scale. */
static int value_of(const cJSON *answer, enum training_task task)
{
    const cJSON *value = json_member(answer, value_name(task));
    const char *text = value->valuestring;
    int at = 0;

    if (task == TASK_PREP) {
        ck_assert_int_eq(cJSON_IsTrue(json_member(answer, "prep_needed")),
                         value->valueint > 0);
        return value->valueint;
    }
    if (task == TASK_RSVP)
        while (strcmp(rsvp_name((enum rsvp)at), text) != 0)
            at++;
    else
        while (strcmp(importance_name((enum importance)at), text) != 0)
            at++;
    return at;
}

/* The rule that a reasoning names, and its kind; NULL: it names none. */
static const struct stored_rule *rule_named(const char *reasoning, int *number)
{
    struct buf text = BUF_EMPTY;

    for (size_t i = 0; i < fix.rule_count; i++) {
        buf_clear(&text);
        rules_reason((enum rule_kind)fix.rules[i].kind, fix.rules[i].name,
                     &text);
        *number = (int)i;
        if (!strcmp(buf_string(&text), reasoning)) {
            buf_free(&text);
            return &fix.rules[i];
        }
    }
    buf_free(&text);
    return NULL;
}

static bool fired(int number)
{
    uint64_t code;

    for (size_t at = 0; at < fix.label.rules_length;) {
        at += varint_get(fix.label.rules + at, fix.label.rules_length - at,
                         &code);
        if ((int)(code / 2) == number)
            return true;
    }
    return false;
}

/* Whether a rule of this kind speaks for a value. */
static bool speaks_for(enum rule_kind kind, enum training_task task, int value)
{
    switch (task) {
    case TASK_PREP:
        return value ? kind == RULE_REQUIRES_PREP || kind == RULE_OPTIONAL_PREP
                     : kind == RULE_NO_PREP;
    case TASK_RSVP:
        if (value == RSVP_DECLINE)
            return kind == RULE_DECLINE_BY_DEFAULT ||
                   kind == RULE_ALWAYS_DECLINE;
        return kind ==
               (value == RSVP_ACCEPT ? RULE_ALWAYS_ACCEPT : RULE_CONDITIONAL);
    default:
        return kind == (enum rule_kind)(RULE_RARELY_IMPORTANT - value) ||
               (value == IMPORTANCE_HIGH && kind == RULE_PRIORITY);
    }
}

static bool is_near(enum training_task task, int right, int wrong)
{
    if (task != TASK_PREP)
        return abs(right - wrong) == 1;
    if (!right || !wrong)
        return right != wrong;
    return wrong >= 15 && wrong <= 90 &&
           (abs(right - wrong) == 15 || abs(right - wrong) == 30);
}

static void check_mistake(enum training_task task, const char *id)
{
    const cJSON *pair = record(id, TRAINING_TRL_DPO);
    const cJSON *rejected = answer(pair, "rejected");
    int right = value_of(answer(pair, "chosen"), task);
    int wrong = value_of(rejected, task);
    int number;
    const char *reasoning = json_member_text(rejected, "reasoning");
    const struct stored_rule *rule = rule_named(reasoning, &number);

    ck_assert_msg(is_near(task, right, wrong), "%d for %d", wrong, right);
    if (rule) {
        ck_assert_msg(!fired(number), "%s", reasoning);
        ck_assert_msg(speaks_for((enum rule_kind)rule->kind, task, wrong),
                      "%s for %d", reasoning, wrong);
    } else if (task == TASK_RSVP) {
        ck_assert_ptr_eq(
            strstr(reasoning, "No RSVP rule matched; importance: "), reasoning);
    } else {
        ck_assert_str_eq(reasoning, "No specific rule matched");
    }
}

START_TEST(a_mistake_is_near_and_false)
{
    for (int task = 0; task < TASKS; task++) {
        use(RICH, (enum training_task)task);
        for (int i = 0; i < SUBJECTS; i++) {
            meet(subjects[i], "");
            label();
            for (int id = 0; id < DRAWS / SUBJECTS; id++)
                check_mistake((enum training_task)task, id_of(id));
        }
    }
}
END_TEST

/* The value and the reasoning of each mistake of a meeting, as often as it was
 * drawn for one id after the other. */
static int count_mistakes(enum training_task task, const char *subject,
                          int value, const char *reasoning)
{
    int count = 0;

    meet(subject, "");
    label();
    for (int i = 0; i < DRAWS; i++) {
        const cJSON *rejected =
            answer(record(id_of(i), TRAINING_DPO), "non_preferred_output");
        count += value_of(rejected, task) == value &&
                 (!reasoning ||
                  !strcmp(json_member_text(rejected, "reasoning"), reasoning));
    }
    return count;
}

#define ABOUT(count, share)                                                    \
    do {                                                                       \
        int drawn = (count);                                                   \
        ck_assert_int_gt(drawn, DRAWS *(share) / 100 - DRAWS / 10);            \
        ck_assert_int_lt(drawn, DRAWS *(share) / 100 + DRAWS / 10);            \
    } while (0)

START_TEST(mistakes_differ_from_meeting_to_meeting)
{
    use(RICH, TASK_IMPORTANCE);
    ABOUT(
        count_mistakes(TASK_IMPORTANCE, "usually1", IMPORTANCE_CRITICAL, NULL),
        50);
    ABOUT(count_mistakes(TASK_IMPORTANCE, "usually1", IMPORTANCE_CRITICAL,
                         "Always important: always2"),
          17);
    ABOUT(count_mistakes(TASK_IMPORTANCE, "usually1", IMPORTANCE_MEDIUM,
                         "Sometimes important: sometimes1"),
          25);
    ABOUT(count_mistakes(TASK_IMPORTANCE, "lunch", IMPORTANCE_LOW, NULL), 50);
    ck_assert_int_eq(
        count_mistakes(TASK_IMPORTANCE, "always1", IMPORTANCE_HIGH, NULL),
        DRAWS);
    ck_assert_int_eq(
        count_mistakes(TASK_IMPORTANCE, "rarely1", IMPORTANCE_MEDIUM, NULL),
        DRAWS);
}
END_TEST

START_TEST(minutes_are_wrong_by_a_step_or_altogether)
{
    use(RICH, TASK_PREP);
    ABOUT(count_mistakes(TASK_PREP, "half1", 0, NULL), 50);
    ABOUT(count_mistakes(TASK_PREP, "half1", 15, NULL), 17);
    ABOUT(count_mistakes(TASK_PREP, "half1", 45, NULL), 17);
    ABOUT(count_mistakes(TASK_PREP, "half1", 60, NULL), 17);
    ABOUT(count_mistakes(TASK_PREP, "long1", 60, NULL), 25);
    ABOUT(count_mistakes(TASK_PREP, "long1", 75, NULL), 25);
    ABOUT(count_mistakes(TASK_PREP, "short1", 30, NULL), 25);
    ABOUT(count_mistakes(TASK_PREP, "short1", 45, NULL), 25);
    /* None needed: the minutes are those of the rule. */
    ABOUT(count_mistakes(TASK_PREP, "lunch", 90, "Requires prep: long1"), 25);
    ABOUT(count_mistakes(TASK_PREP, "lunch", 15, "Requires prep: short1"), 25);
    ABOUT(count_mistakes(TASK_PREP, "lunch", 20, "Optional prep: option1"), 25);
}
END_TEST

START_TEST(a_decline_is_drawn_from_both_lists)
{
    use(RICH, TASK_RSVP);
    ABOUT(count_mistakes(TASK_RSVP, "condition1", RSVP_DECLINE,
                         "Decline by default: default1"),
          25);
    ABOUT(count_mistakes(TASK_RSVP, "condition1", RSVP_DECLINE,
                         "Always decline: never1"),
          25);
    ABOUT(count_mistakes(TASK_RSVP, "condition1", RSVP_ACCEPT, NULL), 50);
}
END_TEST

/* ---- Without a rule that would do ---- */

START_TEST(a_persona_without_rules_errs_too)
{
    use(BARE, TASK_IMPORTANCE);
    ABOUT(count_mistakes(TASK_IMPORTANCE, "x", IMPORTANCE_HIGH,
                         "No specific rule matched"),
          50);
    ABOUT(count_mistakes(TASK_IMPORTANCE, "x", IMPORTANCE_LOW,
                         "No specific rule matched"),
          50);
    use(BARE, TASK_PREP);
    ck_assert_int_eq(
        count_mistakes(TASK_PREP, "x", 30, "No specific rule matched"), DRAWS);
    use(BARE, TASK_RSVP);
    ABOUT(count_mistakes(TASK_RSVP, "x", RSVP_ACCEPT,
                         "No RSVP rule matched; importance: high"),
          50);
    ABOUT(count_mistakes(TASK_RSVP, "x", RSVP_DECLINE,
                         "No RSVP rule matched; importance: low"),
          50);
}
END_TEST

#define ONE(criteria)                                                          \
    "{\"id\":\"a\",\"name\":\"A\",\"tier\":1,\"importance_criteria\":"         \
    "{" criteria                                                               \
    "},\"priority_framework\":[{\"name\":\"Win\",\"keywords\":[\"win\"]}]}"

START_TEST(a_priority_stands_in_for_high)
{
    use(ONE("\"always_important\":[\"demo\"]"), TASK_IMPORTANCE);
    ck_assert_int_eq(count_mistakes(TASK_IMPORTANCE, "demo", IMPORTANCE_HIGH,
                                    "Matches priority: Win"),
                     DRAWS);
    /* The only one has fired: nothing is left to quote. */
    ck_assert_int_eq(count_mistakes(TASK_IMPORTANCE, "demo win",
                                    IMPORTANCE_HIGH,
                                    "No specific rule matched"),
                     DRAWS);
}
END_TEST

/* Of two neighbours, the one that a rule would give. */
START_TEST(the_other_neighbour_may_do)
{
    use(ONE("\"rarely_important\":[\"lunch\"]"), TASK_IMPORTANCE);
    ABOUT(count_mistakes(TASK_IMPORTANCE, "x", IMPORTANCE_HIGH,
                         "Matches priority: Win"),
          50);
    use(ONE("\"usually_important\":[\"demo\"]"), TASK_IMPORTANCE);
    ck_assert_int_eq(count_mistakes(TASK_IMPORTANCE, "demo", IMPORTANCE_MEDIUM,
                                    "No specific rule matched"),
                     DRAWS);
    ck_assert_int_eq(
        count_mistakes(TASK_IMPORTANCE, "x", IMPORTANCE_HIGH, NULL), DRAWS);
}
END_TEST

/* A rule that fired under another number reads the same. */
START_TEST(a_text_that_is_true_is_not_quoted)
{
    use(ONE("\"always_important\":[\"board\"],\"usually_important\":[\"demo\","
            "{\"any\":\"pilot\",\"name\":\"demo\"}]"),
        TASK_IMPORTANCE);
    ck_assert_int_eq(count_mistakes(TASK_IMPORTANCE, "board pilot",
                                    IMPORTANCE_HIGH, "Matches priority: Win"),
                     DRAWS);
}
END_TEST

/* ---- Determinism ---- */

START_TEST(a_mistake_depends_on_the_id_and_the_task_alone)
{
    const char *first;
    const char *again;

    use(RICH, TASK_IMPORTANCE);
    meet("usually1", "");
    label();
    first = arena_text(&fix.arena, record_as("m-1", TRAINING_DPO), &fix.err);
    record_as("m-2", TRAINING_KTO);
    meet("lunch", "");
    label();
    record_as("m-3", TRAINING_DPO);
    train();
    meet("usually1", "");
    label();
    again = record_as("m-1", TRAINING_DPO);
    ck_assert_str_eq(first, again);
}
END_TEST

/* Three answers, pinned: a later version draws the same. */
START_TEST(draws_are_pinned)
{
    static const char *const expected[TASKS] = {
        "],\"rejected\":[{\"role\":\"assistant\",\"content\":\"{"
        "\\\"reasoning\\\":\\\"Always important: "
        "always2\\\",\\\"importance\\\":\\\"critical\\\"}\"}]}\n",
        "],\"rejected\":[{\"role\":\"assistant\",\"content\":\"{"
        "\\\"reasoning\\\":\\\"No prep: "
        "none1\\\",\\\"prep_needed\\\":false,\\\"prep_time_minutes\\\":0}\"}]}"
        "\n",
        "],\"rejected\":[{\"role\":\"assistant\",\"content\":\"{"
        "\\\"reasoning\\\":\\\"Always accept: "
        "accept1\\\",\\\"rsvp\\\":\\\"accept\\\"}\"}]}\n",
    };

    for (int task = 0; task < TASKS; task++) {
        const char *line;
        use(RICH, (enum training_task)task);
        meet("usually1 half1 condition1", "");
        label();
        line = record_as("AAkALgAAAAAAHYQD", TRAINING_TRL_DPO);
        ck_assert_str_eq(strstr(line, "],\"rejected\":"), expected[task]);
    }
}
END_TEST

Suite *training_mistakes_suite(void)
{
    Suite *suite = suite_create("training_mistakes");
    TCase *tcase = tcase_create("training_mistakes");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_mistake_is_near_and_false);
    tcase_add_test(tcase, mistakes_differ_from_meeting_to_meeting);
    tcase_add_test(tcase, minutes_are_wrong_by_a_step_or_altogether);
    tcase_add_test(tcase, a_decline_is_drawn_from_both_lists);
    tcase_add_test(tcase, a_persona_without_rules_errs_too);
    tcase_add_test(tcase, a_priority_stands_in_for_high);
    tcase_add_test(tcase, the_other_neighbour_may_do);
    tcase_add_test(tcase, a_text_that_is_true_is_not_quoted);
    tcase_add_test(tcase, a_mistake_depends_on_the_id_and_the_task_alone);
    tcase_add_test(tcase, draws_are_pinned);
    suite_add_tcase(suite, tcase);
    return suite;
}
