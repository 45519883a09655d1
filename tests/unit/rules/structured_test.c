/* Structured rules: what they test, what is refused, what they are called. */
#include "fixture.h"

/* What a rule tests is said whether or not it has a name of its own. */
START_TEST(conditions)
{
    struct buf text = BUF_EMPTY;

    add_rule(RULE_ALWAYS_DECLINE, "Any demos");
    add_object(RULE_ALWAYS_DECLINE,
               "{\"any\":[\"demo\",\"pilot\"],\"attendees_min\":5,\"name\":"
               "\"Big\"}");
    add_object(RULE_ALWAYS_DECLINE, "{\"external\":true}");
    compile_fixture();
    ruleset_conditions(fix.ruleset, 0, &text);
    ck_assert_str_eq(buf_string(&text), "");
    ruleset_conditions(fix.ruleset, 1, &text);
    ck_assert_str_eq(buf_string(&text), "demo or pilot, 5+ attendees");
    ruleset_conditions(fix.ruleset, 2, &text);
    ck_assert_str_eq(buf_string(&text), "demo or pilot, 5+ attendeesexternal");
    buf_free(&text);
}
END_TEST

Suite *structured_suite(void);

static bool object_fires(const char *json, const struct meeting_facts *facts)
{
    fixture_forget();
    add_object(RULE_ALWAYS_IMPORTANT, json);
    return label_facts(facts)->fired_count == 1;
}

START_TEST(phrases)
{
    static const struct {
        const char *json;
        const char *subject;
        const char *preview;
        bool fires;
    } cases[] = {
        {"{\"any\":[\"demo\",\"pilot plan\"]}", "Demos", "", true},
        {"{\"any\":[\"demo\",\"pilot plan\"]}", "x", "Pilot planning", true},
        {"{\"any\":[\"demo\",\"pilot plan\"]}", "Pilot", "plan", false},
        {"{\"any\":\"demo\"}", "Demos", "", true},
        {"{\"all\":[\"deal\",\"review\"]}", "Review", "of the deal", true},
        {"{\"all\":[\"deal\",\"review\"]}", "Review", "", false},
        {"{\"all\":[\"deal\",\"review\"],\"none\":\"draft\"}", "Deal review",
         "", true},
        {"{\"all\":[\"deal\",\"review\"],\"none\":\"draft\"}", "Deal review",
         "Drafts", false},
        {"{\"none\":[\"draft\",\"dry run\"]}", "Deal", "", true},
        {"{\"none\":[\"draft\",\"dry run\"]}", "Deal dry run", "", false},
        {"{\"none\":[\"draft\",\"dry run\"]}", "Deal", "Draft", false},
        {"{\"any\":[\"a\",\"b\"],\"all\":[\"c\"]}", "b c", "", true},
        {"{\"any\":[\"a\",\"b\"],\"all\":[\"c\"]}", "a b", "", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct meeting_facts facts =
            meeting(cases[i].subject, cases[i].preview);
        ck_assert_msg(object_fires(cases[i].json, &facts) == cases[i].fires,
                      "%s on %s / %s", cases[i].json, cases[i].subject,
                      cases[i].preview);
    }
}
END_TEST

START_TEST(facts)
{
    static const struct {
        const char *json;
        struct meeting_facts facts;
        bool fires;
    } cases[] = {
        {"{\"external\":true}", {.external = true}, true},
        {"{\"external\":true}", {.external = false}, false},
        {"{\"external\":false}", {.external = false}, true},
        {"{\"external\":false}", {.external = true}, false},
        {"{\"recurring\":true}", {.recurring = true}, true},
        {"{\"recurring\":false}", {.recurring = true}, false},
        {"{\"organizer\":true}", {.organizer = true}, true},
        {"{\"organizer\":false}", {.organizer = true}, false},
        {"{\"overlaps\":true}", {.overlaps = true}, true},
        {"{\"overlaps\":true}", {.overlaps = false}, false},
        {"{\"overlaps\":false}", {.overlaps = true}, false},
        {"{\"one_on_one\":true}", {.attendees = 2}, true},
        {"{\"one_on_one\":true}", {.attendees = 3}, false},
        {"{\"one_on_one\":false}", {.attendees = 1}, true},
        {"{\"attendees_min\":8}", {.attendees = 8}, true},
        {"{\"attendees_min\":8}", {.attendees = 7}, false},
        {"{\"attendees_max\":8}", {.attendees = 8}, true},
        {"{\"attendees_max\":8}", {.attendees = 9}, false},
        {"{\"duration_min\":60}", {.minutes = 60}, true},
        {"{\"duration_min\":60}", {.minutes = 59}, false},
        {"{\"duration_max\":30}", {.minutes = 30}, true},
        {"{\"duration_max\":30}", {.minutes = 31}, false},
        {"{\"duration_max\":30}", {.minutes = 0}, false},
        {"{\"external\":true,\"attendees_min\":2}", {.external = true}, false},
        {"{\"external\":true,\"any\":\"x\"}", {.external = true}, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct meeting_facts one = cases[i].facts;
        one.subject = one.preview = one.people = "";
        ck_assert_msg(object_fires(cases[i].json, &one) == cases[i].fires,
                      "%zu: %s", i, cases[i].json);
    }
}
END_TEST

START_TEST(what_is_refused)
{
    static const char *const cases[][2] = {
        {"{\"overlap\":true}", "a.field[0]: unknown key \"overlap\""},
        {"{\"any\":\"x\",\"Any\":\"y\"}", "a.field[0]: unknown key \"Any\""},
        {"{}", "a.field[0]: the rule has no condition"},
        {"{\"name\":\"x\",\"minutes\":30}",
         "a.field[0]: the rule has no condition"},
        {"{\"any\":3}", "a.field[0].any: a number where a phrase or a list of "
                        "phrases is needed"},
        {"{\"all\":[]}", "a.field[0].all: the list is empty"},
        {"{\"none\":[\"x\",null]}",
         "a.field[0].none: null where a phrase is needed"},
        {"{\"any\":[\"!!\"]}",
         "a.field[0].any: the phrase \"!!\" holds no word"},
        {"{\"any\":\"\"}", "a.field[0].any: the phrase \"\" holds no word"},
        {"{\"external\":\"yes\"}",
         "a.field[0].external: text where true or false is needed"},
        {"{\"attendees_min\":-1}", "a.field[0].attendees_min: a whole number "
                                   "from 0 to 100000 is needed"},
        {"{\"duration_max\":1.5}", "a.field[0].duration_max: a whole number "
                                   "from 0 to 100000 is needed"},
        {"{\"duration_max\":1e300}", "a.field[0].duration_max: a whole number "
                                     "from 0 to 100000 is needed"},
        {"{\"attendees_min\":9,\"attendees_max\":8}",
         "a.field[0]: attendees_min (9) is above attendees_max (8), so the "
         "rule can never fire"},
        {"{\"duration_min\":9,\"duration_max\":8}",
         "a.field[0]: duration_min (9) is above duration_max (8), so the rule "
         "can never fire"},
        {"{\"any\":\"x\",\"minutes\":0}",
         "a.field[0].minutes: a whole number from 1 to 1440 is needed"},
        {"{\"any\":\"x\",\"name\":\"\"}",
         "a.field[0].name: text where a name is needed"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture_forget();
        add_object(RULE_REQUIRES_PREP, cases[i][0]);
        fix.persona.rules = fix.rules;
        fix.persona.rule_count = fix.count;
        ck_assert_ptr_null(ruleset_compile(&fix.persona, &fix.err));
        ck_assert_int_eq(fix.err.code, ERROR_INPUT);
        ck_assert_str_eq(fix.err.message, cases[i][1]);
    }
}
END_TEST

START_TEST(an_unknown_key_gets_a_hint)
{
    add_object(RULE_ALWAYS_ACCEPT, "{\"overlap\":true}");
    fix.persona.rules = fix.rules;
    fix.persona.rule_count = fix.count;
    ck_assert_ptr_null(ruleset_compile(&fix.persona, &fix.err));
    ck_assert_str_eq(
        fix.err.hint,
        "known keys: any, all, none, external, one_on_one, "
        "recurring, organizer, overlaps, attendees_min, attendees_max, "
        "duration_min, duration_max, minutes, name");
}
END_TEST

START_TEST(minutes_belong_to_prep_rules)
{
    add_object(RULE_NO_PREP, "{\"any\":\"x\",\"minutes\":30}");
    fix.persona.rules = fix.rules;
    fix.persona.rule_count = fix.count;
    ck_assert_ptr_null(ruleset_compile(&fix.persona, &fix.err));
    ck_assert_str_eq(fix.err.message,
                     "a.field[0].minutes: only a rule of requires_prep or "
                     "optional_prep has minutes");
}
END_TEST

START_TEST(minutes)
{
    add_object(RULE_REQUIRES_PREP, "{\"any\":\"x\",\"minutes\":42}");
    add_object(RULE_REQUIRES_PREP, "{\"any\":\"x\"}");
    add_object(RULE_OPTIONAL_PREP, "{\"any\":\"x\",\"minutes\":240}");
    add_object(RULE_OPTIONAL_PREP, "{\"any\":\"x\"}");
    compile_fixture();
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 0), 40);
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 1), 30);
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 2), 90);
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 3), 15);
}
END_TEST

START_TEST(names)
{
    static const char *const cases[][2] = {
        {"{\"any\":\"x\",\"name\":\"Big deals\"}", "Big deals"},
        {"{\"any\":[\"demo\",\"pilot\"],\"external\":true}",
         "demo or pilot, external"},
        {"{\"all\":[\"a\",\"b\"],\"none\":[\"c\",\"d\"]}",
         "a and b, without c or d"},
        {"{\"external\":false,\"one_on_one\":true,\"recurring\":false}",
         "internal, one-on-one, not recurring"},
        {"{\"one_on_one\":false,\"recurring\":true,\"organizer\":true}",
         "not one-on-one, recurring, own meeting"},
        {"{\"organizer\":false}", "organized by others"},
        {"{\"attendees_min\":10}", "10+ attendees"},
        {"{\"attendees_max\":3,\"duration_min\":30,\"duration_max\":60}",
         "up to 3 attendees, 30-60 min long"},
        {"{\"duration_min\":30,\"duration_max\":30}", "30 min long"},
        {"{\"attendees_min\":0}", "any meeting"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture_forget();
        add_object(RULE_ALWAYS_DECLINE, cases[i][0]);
        compile_fixture();
        ck_assert_str_eq(ruleset_name(fix.ruleset, 0), cases[i][1]);
    }
}
END_TEST

Suite *structured_suite(void)
{
    Suite *suite = suite_create("structured");
    TCase *tests = tcase_create("structured");

    tcase_add_checked_fixture(tests, NULL, fixture_teardown);
    tcase_add_test(tests, phrases);
    tcase_add_test(tests, facts);
    tcase_add_test(tests, what_is_refused);
    tcase_add_test(tests, an_unknown_key_gets_a_hint);
    tcase_add_test(tests, minutes_belong_to_prep_rules);
    tcase_add_test(tests, minutes);
    tcase_add_test(tests, names);
    tcase_add_test(tests, conditions);
    suite_add_tcase(suite, tests);
    return suite;
}
