/* The keys of `persona review`: where they lead, and what they leave behind. */
#include "expert.h"

START_TEST(answers_go_on_to_what_is_open)
{
    expert_resume(&expert.session);
    ck_assert_uint_eq(expert.session.rules, 5);
    ck_assert_uint_eq(expert.session.place, 0);
    ck_assert_int_eq(press("y"), EXPERT_KEEP);
    ck_assert_uint_eq(expert.session.place, 1);
    ck_assert_int_eq(press("ns"), EXPERT_LOOK);
    ck_assert_uint_eq(expert.session.place, 3);
    press("yyn");
    ck_assert(expert_is_done(&expert.session));
    ck_assert_str_eq(answers(), "yn.yyn");
    ck_assert_uint_eq(expert_answered(&expert.session), 4);
    /* Another day. */
    expert_resume(&expert.session);
    ck_assert_uint_eq(expert.session.place, 2);
    ck_assert_int_eq(press("y"), EXPERT_KEEP);
    ck_assert(expert_is_done(&expert.session));
}
END_TEST

START_TEST(person_comes_first)
{
    ck_assert_int_eq(press("s"), EXPERT_FIRST);
    ck_assert_uint_eq(expert.session.place, 0);
    press("n");
    ck_assert_str_eq(answers(), "n.....");
    /* Once answered it can be passed by. */
    expert.session.place = 0;
    ck_assert_int_eq(press("s"), EXPERT_LOOK);
    ck_assert_uint_eq(expert.session.place, 1);
}
END_TEST

START_TEST(undo_takes_back_step_by_step)
{
    press("yyn");
    ck_assert_int_eq(press("u"), EXPERT_KEEP);
    ck_assert_uint_eq(expert.session.place, 2);
    ck_assert_str_eq(answers(), "yy....");
    ck_assert_int_eq(press("su"), EXPERT_LOOK);
    ck_assert_uint_eq(expert.session.place, 2);
    ck_assert_int_eq(press("u"), EXPERT_KEEP);
    ck_assert_int_eq(press("u"), EXPERT_KEEP);
    ck_assert_str_eq(answers(), "......");
    ck_assert_uint_eq(expert.session.place, 0);
    ck_assert_int_eq(press("u"), EXPERT_LOOK);
    ck_assert_uint_eq(expert.session.place, 0);
}
END_TEST

/* What was answered on another day is not undone, only gone back to. */
START_TEST(undo_goes_back_without_steps)
{
    for (size_t i = 0; i <= expert.session.rules; i++)
        expert.session.answers[i].verdict = SAYS_YES;
    expert_resume(&expert.session);
    ck_assert(expert_is_done(&expert.session));
    ck_assert_int_eq(press("uu"), EXPERT_LOOK);
    ck_assert_uint_eq(expert.session.place, 4);
    ck_assert_str_eq(answers(), "yyyyyy");
    ck_assert_int_eq(press("n"), EXPERT_KEEP);
    ck_assert_str_eq(answers(), "yyyyny");
    ck_assert(expert_is_done(&expert.session));
    /* That one was a step. */
    ck_assert_int_eq(press("u"), EXPERT_KEEP);
    ck_assert_str_eq(answers(), "yyyyyy");
    ck_assert_uint_eq(expert.session.place, 4);
    /* Over answers one goes one by one. */
    press("s");
    ck_assert_uint_eq(expert.session.place, 5);
}
END_TEST

START_TEST(notes_go_with_answers)
{
    press("y");
    ck_assert_int_eq(press("o"), EXPERT_NOTE);
    ck_assert_int_eq(note("only big ones"), EXPERT_LOOK);
    ck_assert_uint_eq(expert_lost_note(&expert.session), 0);
    ck_assert_int_eq(press("n"), EXPERT_KEEP);
    ck_assert_str_eq(expert.session.answers[1].note, "only big ones");
    ck_assert_uint_eq(expert_lost_note(&expert.session), 5);
    /* On an answer, a note counts at once; the same one again does not. */
    expert.session.place = 1;
    ck_assert_int_eq(note("none"), EXPERT_KEEP);
    ck_assert_int_eq(note("none"), EXPERT_LOOK);
    ck_assert_int_eq(press("u"), EXPERT_KEEP);
    ck_assert_str_eq(expert.session.answers[1].note, "only big ones");
    ck_assert_int_eq(note(""), EXPERT_KEEP);
    ck_assert_str_eq(expert.session.answers[1].note, "");
}
END_TEST

/* A note that was never stored needs no storing to be undone. */
START_TEST(undone_note_without_answer)
{
    press("y");
    note("perhaps");
    ck_assert_int_eq(press("u"), EXPERT_LOOK);
    ck_assert_str_eq(expert.session.answers[1].note, "");
    ck_assert_uint_eq(expert.session.place, 1);
}
END_TEST

START_TEST(other_keys)
{
    ck_assert_int_eq(press("x"), EXPERT_NO_KEY);
    ck_assert_int_eq(press("Y"), EXPERT_NO_KEY);
    ck_assert_int_eq(press("?"), EXPERT_HELP);
    ck_assert_int_eq(press("q"), EXPERT_LEAVE);
    press("yyyyyy");
    ck_assert(expert_is_done(&expert.session));
    ck_assert_int_eq(press("y"), EXPERT_NO_KEY);
    ck_assert_int_eq(press("n"), EXPERT_NO_KEY);
    ck_assert_int_eq(press("o"), EXPERT_NO_KEY);
    ck_assert_int_eq(press("s"), EXPERT_NO_KEY);
    ck_assert_int_eq(press("q"), EXPERT_LEAVE);
    ck_assert_str_eq(answers(), "yyyyyy");
}
END_TEST

START_TEST(a_persona_without_rules)
{
    MUST(expert_start(&expert.session, &expert.arena, 0, &expert.err));
    expert_resume(&expert.session);
    ck_assert_uint_eq(expert.session.place, 0);
    ck_assert_int_eq(press("y"), EXPERT_KEEP);
    ck_assert(expert_is_done(&expert.session));
    ck_assert_uint_eq(expert_lost_note(&expert.session), 0);
}
END_TEST

Suite *expert_session_suite(void);
Suite *expert_session_suite(void)
{
    Suite *suite = suite_create("expert_session");
    TCase *tcase = tcase_create("keys");

    tcase_add_checked_fixture(tcase, expert_setup, expert_teardown);
    tcase_add_test(tcase, answers_go_on_to_what_is_open);
    tcase_add_test(tcase, person_comes_first);
    tcase_add_test(tcase, undo_takes_back_step_by_step);
    tcase_add_test(tcase, undo_goes_back_without_steps);
    tcase_add_test(tcase, notes_go_with_answers);
    tcase_add_test(tcase, undone_note_without_answer);
    tcase_add_test(tcase, other_keys);
    tcase_add_test(tcase, a_persona_without_rules);
    suite_add_tcase(suite, tcase);
    return suite;
}
