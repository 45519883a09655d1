/* Which labels are stale, and what labelling them again does. */
#include "fixture.h"

static const char rule_a[] = PERSONA("a", ALWAYS("\"alpha\""));
static const char rule_b[] = PERSONA("a", ALWAYS("\"beta\""));
static const char rule_z[] = PERSONA("z", ALWAYS("\"alpha\""));

static int64_t alpha_meeting;

static void setup(void)
{
    store_setup();
    begin();
    put_document(rule_a);
    put_document(rule_z);
    alpha_meeting = add_subject("a", "a1", "alpha", "");
    add_subject("a", "a2", "beta", "");
    add_subject("z", "z1", "alpha", "");
    ck_assert(commit());
}

static struct relabel_result relabel(bool *changed)
{
    struct relabel_result result;
    struct stored_persona *personas;
    size_t count;

    begin();
    MUST(persona_list_at(fix.store, &fix.arena, head(), &personas, &count,
                         &fix.err));
    MUST(dataset_relabel(fix.run, fix.store, &fix.arena, personas, count, NULL,
                         &result, &fix.err));
    *changed = commit();
    return result;
}

static void check_relabel(int64_t stale, int64_t checked, bool expected)
{
    bool changed;
    struct relabel_result result = relabel(&changed);

    ck_assert_int_eq(result.stale, stale);
    ck_assert_int_eq(result.checked, checked);
    ck_assert(changed == expected);
}

static void generate(const char *id)
{
    struct stored_persona *persona;
    struct generate_result result;

    begin();
    persona = persona_now(id);
    struct generate_request request = {.personas = persona,
                                       .persona_count = 1,
                                       .count = 3,
                                       .seed = 1,
                                       .time_zone = "UTC",
                                       .library = library()};
    MUST(dataset_generate(fix.run, fix.store, &fix.arena, &request, NULL,
                          &result, &fix.err));
    ck_assert_int_eq(result.added, 3);
    ck_assert(commit());
}

START_TEST(labels_are_fresh_at_first)
{
    ck_assert(fresh("a"));
    check_relabel(0, 0, false);
}
END_TEST

START_TEST(prose_makes_nothing_stale)
{
    edit(PERSONA("a", ALWAYS("\"alpha\"") ",\"notes\":\"other\""));
    ck_assert_int_eq(head(), 2);
    ck_assert(fresh("a"));
}
END_TEST

START_TEST(rules_make_their_own_persona_stale)
{
    struct stored_label label;

    edit(rule_b);
    ck_assert(!fresh("a"));
    ck_assert(fresh("z"));
    check_relabel(1, 2, true);
    ck_assert(fresh("a"));
    ck_assert_int_eq(head(), 3);
    label = label_of(alpha_meeting);
    ck_assert_int_eq(label.since, 3);
    ck_assert_int_eq(label.importance, IMPORTANCE_MEDIUM);
    ck_assert_str_eq(reasoning_of(&label), "No specific rule matched");
    check_relabel(0, 0, false);
}
END_TEST

START_TEST(older_versions_stay_what_they_were)
{
    bool is_fresh;
    struct stored_persona *persona;

    edit(rule_b);
    check_relabel(1, 2, true);
    for (int version = 1; version <= 3; version++) {
        MUST(persona_at(fix.store, &fix.arena, version, "a", &persona,
                        &fix.err));
        MUST(dataset_labels_are_fresh(fix.store, version, persona, &is_fresh,
                                      &fix.err));
        ck_assert(is_fresh == (version != 2));
    }
}
END_TEST

START_TEST(relabelling_without_differences_makes_labels_fresh)
{
    edit(PERSONA("a", ALWAYS("\"alpha\",\"nowhere\"")));
    ck_assert(!fresh("a"));
    check_relabel(1, 2, false);
    ck_assert_int_eq(head(), 2);
    ck_assert(fresh("a"));
    check_relabel(0, 0, false);
}
END_TEST

START_TEST(an_edit_taken_back_is_fresh_again)
{
    edit(rule_b);
    ck_assert(!fresh("a"));
    edit(rule_a);
    ck_assert(fresh("a"));
    edit(rule_b);
    check_relabel(1, 2, true);
    edit(rule_a);
    ck_assert(!fresh("a"));
}
END_TEST

START_TEST(generating_for_fresh_labels_keeps_them_fresh)
{
    generate("a");
    ck_assert(fresh("a"));
    check_relabel(0, 0, false);
}
END_TEST

START_TEST(generating_for_stale_labels_leaves_them_stale)
{
    edit(rule_b);
    generate("a");
    ck_assert(!fresh("a"));
    check_relabel(1, 5, true);
    ck_assert(fresh("a"));
}
END_TEST

/* The new labels are of the edited rules, so that taking the edit back does
 * not make all of them agree. */
START_TEST(an_edit_taken_back_after_generating_is_stale)
{
    struct relabel_result result;
    bool changed;

    edit(rule_b);
    generate("a");
    edit(rule_a);
    ck_assert(!fresh("a"));
    /* Whether a new meeting speaks of either rule is up to the draw. */
    result = relabel(&changed);
    ck_assert_int_eq(result.stale, 1);
    ck_assert_int_eq(result.checked, 5);
    ck_assert(fresh("a"));
}
END_TEST

START_TEST(a_persona_without_meetings_is_fresh)
{
    edit(PERSONA("new", ALWAYS("\"alpha\"")));
    ck_assert(fresh("new"));
    edit(PERSONA("new", ALWAYS("\"beta\"")));
    ck_assert(fresh("new"));
}
END_TEST

START_TEST(a_persona_named_twice_is_labelled_once)
{
    struct stored_persona twice[2];
    struct relabel_result result;

    edit(PERSONA("a", ALWAYS("\"alpha\",\"nowhere\"")));
    begin();
    twice[0] = twice[1] = *persona_now("a");
    MUST(dataset_relabel(fix.run, fix.store, &fix.arena, twice, 2, NULL,
                         &result, &fix.err));
    ck_assert_int_eq(result.stale, 1);
    ck_assert_int_eq(result.checked, 2);
}
END_TEST

Suite *relabel_suite(void);
Suite *relabel_suite(void)
{
    Suite *suite = suite_create("relabel");
    TCase *tcase = tcase_create("relabel");

    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, labels_are_fresh_at_first);
    tcase_add_test(tcase, prose_makes_nothing_stale);
    tcase_add_test(tcase, rules_make_their_own_persona_stale);
    tcase_add_test(tcase, older_versions_stay_what_they_were);
    tcase_add_test(tcase, relabelling_without_differences_makes_labels_fresh);
    tcase_add_test(tcase, an_edit_taken_back_is_fresh_again);
    tcase_add_test(tcase, generating_for_fresh_labels_keeps_them_fresh);
    tcase_add_test(tcase, generating_for_stale_labels_leaves_them_stale);
    tcase_add_test(tcase, an_edit_taken_back_after_generating_is_stale);
    tcase_add_test(tcase, a_persona_without_meetings_is_fresh);
    tcase_add_test(tcase, a_persona_named_twice_is_labelled_once);
    suite_add_tcase(suite, tcase);
    return suite;
}
