/* Answers where people corrected the label: what is chosen, what is rejected,
 * and that no reasoning says another thing than its answer. */
#include "training_fixture.h"

#include "src/export/corrected.h"

Suite *training_corrections_suite(void);

#define RULES                                                                  \
    "{\"id\":\"a\",\"name\":\"A\",\"tier\":1,\"importance_criteria\":{"        \
    "\"always_important\":[\"board\"],\"usually_important\":[\"pipeline\"],"   \
    "\"rarely_important\":[\"lunch\"]},\"prep_time_needs\":{"                  \
    "\"requires_prep\":[\"Quarter (45 min)\"],"                                \
    "\"optional_prep\":[\"Demo (20 min)\"],\"no_prep\":[\"Standup\"]},"        \
    "\"rsvp_rules\":{\"always_accept\":[\"Customer\"]}}"

/* What a person says of the meeting that the rules have labelled. */
static struct stored_label said;

static void judge(enum training_task task, const char *subject)
{
    use(RULES, task);
    meet(subject, "");
    label();
    said = fix.label;
}

static const char *line(enum training_form form, const char *note)
{
    const struct labelled_meeting meeting = {.id = "m",
                                             .facts = &fix.facts,
                                             .label = &said,
                                             .corrected = &fix.label,
                                             .note = note,
                                             .reasoning = ""};

    buf_clear(&fix.out);
    MUST(trainer_add(fix.trainer, form, &meeting, &fix.out, &fix.lines,
                     &fix.err));
    return buf_string(&fix.out);
}

/* The answer of a member of a TRL pair. */
static const char *answer_of(const char *member, const char *note)
{
    const char *text = line(TRAINING_TRL_DPO, note);
    const cJSON *tree = parse(text, fix.out.length - 1);

    return content(json_member(tree, member), 0, "assistant");
}

static void check_pair(const char *note, const char *chosen,
                       const char *rejected)
{
    ck_assert_str_eq(answer_of("chosen", note), chosen);
    ck_assert_str_eq(answer_of("rejected", note), rejected);
}

/* ---- What was corrected ---- */

START_TEST(the_rules_are_rejected)
{
    judge(TASK_IMPORTANCE, "board pipeline");
    said.importance = IMPORTANCE_HIGH;
    check_pair("",
               "{\"reasoning\":\"Corrected by review\",\"importance\":"
               "\"high\"}",
               "{\"reasoning\":\"Always important: board\",\"importance\":"
               "\"critical\"}");
    check_pair("A \"dry\" run:\\ no board",
               "{\"reasoning\":\"A \\\"dry\\\" run:\\\\ no board\","
               "\"importance\":\"high\"}",
               "{\"reasoning\":\"Always important: board\",\"importance\":"
               "\"critical\"}");
}
END_TEST

START_TEST(so_they_are_of_preparation)
{
    judge(TASK_PREP, "quarter");
    said.prep_minutes = 0;
    check_pair("",
               "{\"reasoning\":\"Corrected by review\",\"prep_needed\":false,"
               "\"prep_time_minutes\":0}",
               "{\"reasoning\":\"Requires prep: Quarter\",\"prep_needed\":"
               "true,\"prep_time_minutes\":45}");
    said.prep_minutes = 60;
    check_pair("Long slides",
               "{\"reasoning\":\"Long slides\",\"prep_needed\":true,"
               "\"prep_time_minutes\":60}",
               "{\"reasoning\":\"Requires prep: Quarter\",\"prep_needed\":"
               "true,\"prep_time_minutes\":45}");
}
END_TEST

START_TEST(and_of_answers)
{
    judge(TASK_RSVP, "customer");
    said.rsvp = RSVP_DECLINE;
    check_pair("",
               "{\"reasoning\":\"Corrected by review\",\"rsvp\":\"decline\"}",
               "{\"reasoning\":\"Always accept: Customer\",\"rsvp\":"
               "\"accept\"}");
    judge(TASK_RSVP, "lunch");
    said.rsvp = RSVP_ACCEPT;
    said.importance = IMPORTANCE_HIGH;
    check_pair("",
               "{\"reasoning\":\"Corrected by review\",\"rsvp\":\"accept\"}",
               "{\"reasoning\":\"No RSVP rule matched; importance: low\","
               "\"rsvp\":\"decline\"}");
}
END_TEST

START_TEST(kto_has_both_lines)
{
    judge(TASK_IMPORTANCE, "board");
    said.importance = IMPORTANCE_LOW;
    line(TRAINING_KTO, "");
    ck_assert_int_eq(fix.lines, 2);
    ck_assert_ptr_nonnull(
        strstr(buf_string(&fix.out),
               "{\\\"reasoning\\\":\\\"Corrected by review\\\","
               "\\\"importance\\\":\\\"low\\\"}\"}],\"label\":true}\n"));
    ck_assert_ptr_nonnull(
        strstr(buf_string(&fix.out),
               "{\\\"reasoning\\\":\\\"Always important: board\\\","
               "\\\"importance\\\":\\\"critical\\\"}\"}],\"label\":false}\n"));
}
END_TEST

/* ---- What was not ---- */

/* A pair of another task is the one that there is without a correction. */
START_TEST(other_tasks_keep_their_pairs)
{
    const char *before;

    judge(TASK_PREP, "board quarter");
    before = arena_text(&fix.arena, record_as("m", TRAINING_TRL_DPO), &fix.err);
    said.importance = IMPORTANCE_HIGH;
    said.rsvp = RSVP_DECLINE;
    ck_assert_str_eq(line(TRAINING_TRL_DPO, "A note on importance"), before);
}
END_TEST

START_TEST(an_answer_follows_the_corrected_importance)
{
    judge(TASK_RSVP, "board");
    said.importance = IMPORTANCE_HIGH;
    ck_assert_str_eq(answer_of("chosen", "Not on answers"),
                     "{\"reasoning\":\"No RSVP rule matched; importance: "
                     "high\",\"rsvp\":\"accept\"}");
    said.importance = IMPORTANCE_LOW;
    ck_assert_str_eq(answer_of("chosen", "Not on answers"),
                     "{\"reasoning\":\"Confirmed by review\",\"rsvp\":"
                     "\"accept\"}");
    judge(TASK_RSVP, "board customer");
    said.importance = IMPORTANCE_LOW;
    ck_assert_str_eq(answer_of("chosen", ""),
                     "{\"reasoning\":\"Always accept: Customer\",\"rsvp\":"
                     "\"accept\"}");
}
END_TEST

START_TEST(optional_preparation_follows_it_too)
{
    judge(TASK_PREP, "demo");
    said.importance = IMPORTANCE_LOW;
    ck_assert_str_eq(answer_of("chosen", ""),
                     "{\"reasoning\":\"Optional prep: Demo, which does not "
                     "count at importance low\",\"prep_needed\":false,"
                     "\"prep_time_minutes\":0}");
    said.importance = IMPORTANCE_CRITICAL;
    ck_assert_str_eq(answer_of("chosen", ""),
                     "{\"reasoning\":\"Confirmed by review\",\"prep_needed\":"
                     "false,\"prep_time_minutes\":0}");
    judge(TASK_PREP, "board demo");
    said.importance = IMPORTANCE_MEDIUM;
    ck_assert_str_eq(answer_of("chosen", ""),
                     "{\"reasoning\":\"Confirmed by review\",\"prep_needed\":"
                     "true,\"prep_time_minutes\":20}");
    judge(TASK_PREP, "board quarter demo");
    said.importance = IMPORTANCE_MEDIUM;
    ck_assert_str_eq(answer_of("chosen", ""),
                     "{\"reasoning\":\"Requires prep: Quarter; Confirmed by "
                     "review\",\"prep_needed\":true,\"prep_time_minutes\":45}");
    said.importance = IMPORTANCE_HIGH;
    ck_assert_str_eq(answer_of("chosen", ""),
                     "{\"reasoning\":\"Requires prep: Quarter; Optional prep: "
                     "Demo\",\"prep_needed\":true,\"prep_time_minutes\":45}");
}
END_TEST

/* ---- The whole reasoning ---- */

static const char *whole(const char *note)
{
    const struct labelled_meeting meeting = {
        .id = "m", .label = &said, .corrected = &fix.label, .note = note};

    buf_clear(&fix.out);
    MUST(correction_reasoning(&meeting, fix.rules, fix.rule_count, &fix.out,
                              &fix.err));
    return buf_string(&fix.out);
}

START_TEST(a_whole_reasoning_keeps_what_holds)
{
    judge(TASK_IMPORTANCE, "board quarter");
    said.importance = IMPORTANCE_LOW;
    ck_assert_str_eq(whole(""), "Corrected by review; Requires prep: Quarter");
    said = fix.label;
    said.prep_minutes = 0;
    ck_assert_str_eq(whole("Slides are done"),
                     "Always important: board; Slides are done");
    said.importance = IMPORTANCE_LOW;
    ck_assert_str_eq(whole("A rehearsal"), "A rehearsal");
    said = fix.label;
    said.rsvp = RSVP_DECLINE;
    ck_assert_str_eq(whole("Not on this"),
                     "Always important: board; Requires prep: Quarter");
    judge(TASK_IMPORTANCE, "board demo");
    said.importance = IMPORTANCE_MEDIUM;
    ck_assert_str_eq(whole(NULL), "Corrected by review");
    judge(TASK_IMPORTANCE, "nothing");
    said.prep_minutes = 30;
    ck_assert_str_eq(whole(""), "Corrected by review");
}
END_TEST

/* A rule that the persona does not have. */
START_TEST(a_damaged_label_is_told)
{
    const struct labelled_meeting meeting = {
        .id = "m", .label = &said, .corrected = &fix.label, .note = ""};

    judge(TASK_IMPORTANCE, "board");
    said.importance = IMPORTANCE_LOW;
    ck_assert(
        !correction_reasoning(&meeting, fix.rules, 0, &fix.out, &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_DATABASE);
    ck_assert_str_eq(fix.err.message,
                     "the label of meeting 7 names an unknown rule");
}
END_TEST

Suite *training_corrections_suite(void)
{
    Suite *suite = suite_create("training_corrections");
    TCase *tcase = tcase_create("training_corrections");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_rules_are_rejected);
    tcase_add_test(tcase, so_they_are_of_preparation);
    tcase_add_test(tcase, and_of_answers);
    tcase_add_test(tcase, kto_has_both_lines);
    tcase_add_test(tcase, other_tasks_keep_their_pairs);
    tcase_add_test(tcase, an_answer_follows_the_corrected_importance);
    tcase_add_test(tcase, optional_preparation_follows_it_too);
    tcase_add_test(tcase, a_whole_reasoning_keeps_what_holds);
    tcase_add_test(tcase, a_damaged_label_is_told);
    suite_add_tcase(suite, tcase);
    return suite;
}
