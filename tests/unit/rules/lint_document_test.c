/* Findings about the document beside its rules: each in a case where it is
 * made and in one where it is not. */
#include "datebook/lint.h"

#include <check.h>
#include <string.h>

Suite *lint_document_suite(void);

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

static struct lint lint_with(const char *more)
{
    struct lint lint = {NULL, 0, 0};
    struct persona persona;
    const char *text = arena_format(
        &arena, &err, "{\"id\":\"p\",\"name\":\"P\",\"tier\":1,%s}", more);

    ck_assert_msg(
        persona_parse(&arena, text, strlen(text), "p.json", &persona, &err) &&
            lint_document(&arena, &persona, &lint, &err),
        "%s", err.message);
    ck_assert_uint_eq(lint.errors, 0);
    return lint;
}

static const struct {
    const char *more;
    enum lint_kind kind;
    const char *field;
    const char *message;
} FOUND[] = {
    {"\"importance_critera\":{}", LINT_MISSPELT, "importance_critera",
     "no such field; did you mean \"importance_criteria\"?"},
    {"\"rsvp_rules\":{\"always_accepted\":[]}", LINT_MISSPELT,
     "rsvp_rules.always_accepted",
     "no such field; did you mean \"always_accept\"?"},
    {"\"prep_time_needs\":{\"no_perp\":[]}", LINT_MISSPELT,
     "prep_time_needs.no_perp", "no such field; did you mean \"no_prep\"?"},
    {"\"meeting_context\":{\"weekly_meeting_hours\":\"200\"}", LINT_UNREADABLE,
     "meeting_context.weekly_meeting_hours",
     "cannot be read: 20 hours a week are taken"},
    {"\"meeting_context\":{\"typical_breakdown\":{\"calls\":\"many\"}}",
     LINT_UNREADABLE, "meeting_context.typical_breakdown.calls",
     "cannot be read: it is left out"},
    {"\"typical_week_breakdown\":[]", LINT_UNREADABLE, "typical_week_breakdown",
     "cannot be read: it is left out"},
};

START_TEST(what_is_wrong_is_found)
{
    struct lint lint = lint_with(FOUND[_i].more);

    ck_assert_uint_eq(lint.count, 1);
    ck_assert_int_eq(lint.findings[0].kind, FOUND[_i].kind);
    ck_assert_uint_eq(lint.findings[0].rule, LINT_NO_RULE);
    ck_assert_str_eq(lint.findings[0].field, FOUND[_i].field);
    ck_assert_str_eq(lint.findings[0].message, FOUND[_i].message);
}
END_TEST

static const char *const FINE[] = {
    "\"notes\":1,\"mood\":{},\"ti\":2,\"demographics\":{\"title\":\"x\"}",
    "\"meeting_context\":{\"weekly_meeting_load\":\"<10 hours\"},"
    "\"accept_if_time_permits\":[]",
    "\"meeting_context\":{\"weekly_meeting_hours\":null,"
    "\"typical_breakdown\":{\"a\":0.4,\"b\":\"40%\",\"c\":0}}",
    "\"diversity\":\"none\",\"demographics\":null",
};

START_TEST(what_is_fine_is_silent)
{
    ck_assert_uint_eq(lint_with(FINE[_i]).count, 0);
}
END_TEST

Suite *lint_document_suite(void)
{
    Suite *suite = suite_create("lint document");
    TCase *tcase = tcase_create("lint document");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_loop_test(tcase, what_is_wrong_is_found, 0,
                        (int)(sizeof FOUND / sizeof *FOUND));
    tcase_add_loop_test(tcase, what_is_fine_is_silent, 0,
                        (int)(sizeof FINE / sizeof *FINE));
    suite_add_tcase(suite, tcase);
    return suite;
}
