/* What an author is told after editing a persona. */
#include "datebook/persona.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

static const cJSON *tree(const char *text)
{
    const cJSON *value = json_parse(&arena, text, strlen(text), "p", &err);

    ck_assert_msg(value != NULL, "%s: %s", text, err.message);
    return value;
}

/* Checks that the changes, joined by newlines, are `want`. */
static void check(const char *old, const char *new, const char *want)
{
    struct buf buf = BUF_EMPTY;
    const char **changes;
    size_t count;

    ck_assert(
        persona_changes(&arena, tree(old), tree(new), &changes, &count, &err));
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_char(&buf, '\n');
        buf_text(&buf, changes[i]);
    }
    ck_assert_str_eq(buf_string(&buf), want);
    buf_free(&buf);
}

START_TEST(layout_is_no_change)
{
    check("{\"id\":\"a\",\"x\":{\"p\":1,\"q\":[1,\"t\"]}}",
          "{ \"x\" : {\"q\":[1.0,\"\\u0074\"],\"p\":1}, \"id\":\"a\"}", "");
}
END_TEST

START_TEST(plain_values)
{
    check("{\"name\":\"A\"}", "{\"name\":\"B\"}", "name: \"A\" -> \"B\"");
    check("{\"tier\":1,\"on\":true}", "{\"tier\":2.5,\"on\":null}",
          "tier: 1 -> 2.5\non: true -> null");
    check("{\"d\":{\"level\":\"VP\"}}", "{\"d\":{\"level\":\"Director\"}}",
          "d.level: \"VP\" -> \"Director\"");
    check("{\"x\":1}", "{\"x\":[1,2]}", "x: 1 -> a list of 2");
    check("{\"x\":{\"b\":1,\"a\":2}}", "{\"x\":\"t\"}",
          "x: {\"a\":2,\"b\":1} -> \"t\"");
}
END_TEST

START_TEST(members_come_and_go)
{
    check("{\"a\":1,\"role\":\"train\"}", "{\"a\":1,\"gate\":0.5}",
          "role: removed \"train\"\ngate: added 0.5");
    check("{}", "{\"archetypes\":[{},{}],\"d\":{\"x\":[]}}",
          "archetypes: added a list of 2\nd: added {\"x\":[]}");
}
END_TEST

START_TEST(long_values_are_cut)
{
    check("{\"notes\":\"x\"}",
          "{\"notes\":\"0123456789012345678901234567890123456789"
          "01234567890123456789012345678901234567890123456789\"}",
          "notes: \"x\" -> \"0123456789012345678901234567890123456789"
          "012345678901234567890123456789\u2026");
}
END_TEST

#define FIFTY "01234567890123456789012345678901234567890123456789"

/* What is shown of two long texts is where they differ. */
START_TEST(long_values_are_shown_where_they_differ)
{
    check("{\"notes\":\"" FIFTY FIFTY " to all\"}",
          "{\"notes\":\"" FIFTY FIFTY " to none\"}",
          "notes: …01234567890123456789 to all\" -> "
          "…01234567890123456789 to none\"");
    /* A ü would be cut in two. */
    check("{\"notes\":\"" FIFTY FIFTY "ü1234567890123456789012a\"}",
          "{\"notes\":\"" FIFTY FIFTY "ü1234567890123456789012b\"}",
          "notes: …ü1234567890123456789012a\" -> "
          "…ü1234567890123456789012b\"");
    check("{\"notes\":\"" FIFTY FIFTY FIFTY "\"}",
          "{\"notes\":\"" FIFTY FIFTY "x" FIFTY FIFTY "\"}",
          "notes: …6789" FIFTY "0123456789012345… -> "
          "…678901234567890123456789x012345678901234567890123456789012345678"
          "901234…");
    check("{\"notes\":\"a" FIFTY FIFTY "\"}",
          "{\"notes\":\"b" FIFTY FIFTY "\"}",
          "notes: \"a" FIFTY "0123456789012345678… -> "
          "\"b" FIFTY "0123456789012345678…");
}
END_TEST

START_TEST(patterns_are_a_set)
{
    check("{\"importance_criteria\":{\"always_important\":"
          "[\"a\",\"demo\",\"c\"]}}",
          "{\"importance_criteria\":{\"always_important\":"
          "[\"new\",\"a\",\"c\"]}}",
          "importance_criteria.always_important: removed \"demo\"\n"
          "importance_criteria.always_important: added \"new\"");
    check("{\"importance_criteria\":{\"always_important\":[\"a\",\"a\"]}}",
          "{\"importance_criteria\":{\"always_important\":[\"a\"]}}",
          "importance_criteria.always_important: removed \"a\"");
    check("{\"rsvp_rules\":{\"conditional\":[{\"any\":[\"a\"],\"name\":\"n\"}"
          "]}}",
          "{\"rsvp_rules\":{\"conditional\":[{\"name\":\"n\",\"any\":[\"b\"]}"
          "]}}",
          "rsvp_rules.conditional \"n\": any removed \"a\"\n"
          "rsvp_rules.conditional \"n\": any added \"b\"");
}
END_TEST

/* The order of rules is the order of reasons in a label. */
START_TEST(order_is_said_once)
{
    check("{\"rsvp_rules\":{\"always_accept\":[\"a\",\"b\",\"c\"]}}",
          "{\"rsvp_rules\":{\"always_accept\":[\"c\",\"a\",\"b\"]}}",
          "rsvp_rules.always_accept: reordered");
    check("{\"tags\":[1,2]}", "{\"tags\":[2,1]}", "tags: reordered");
}
END_TEST

START_TEST(patterns_move_between_levels)
{
    check("{\"importance_criteria\":{\"usually_important\":[\"demo\",\"x\"],"
          "\"always_important\":[\"a\"]}}",
          "{\"importance_criteria\":{\"usually_important\":[\"x\"],"
          "\"always_important\":[\"a\",\"demo\"]}}",
          "\"demo\" moved from usually_important to always_important");
    check("{\"rsvp_rules\":{\"conditional\":[\"d\"]}}",
          "{\"rsvp_rules\":{\"always_decline\":[\"d\"]}}",
          "\"d\" moved from conditional to always_decline");
    check("{\"prep_time_needs\":{\"no_prep\":[\"d\"]},"
          "\"rsvp_rules\":{\"conditional\":[]}}",
          "{\"prep_time_needs\":{\"no_prep\":[]},"
          "\"rsvp_rules\":{\"conditional\":[\"d\"]}}",
          "prep_time_needs.no_prep: removed \"d\"\n"
          "rsvp_rules.conditional: added \"d\"");
}
END_TEST

START_TEST(patterns_about_the_same_are_edited)
{
    check("{\"prep_time_needs\":{\"requires_prep\":[\"Board (30 min)\","
          "\"QBR (60 min: deck)\",\"x\"]}}",
          "{\"prep_time_needs\":{\"requires_prep\":[\"Board (45 min)\","
          "\"QBR\",\"y\"]}}",
          "prep_time_needs.requires_prep: \"Board (30 min)\" -> "
          "\"Board (45 min)\"\n"
          "prep_time_needs.requires_prep: \"QBR (60 min: deck)\" -> "
          "\"QBR\"\n"
          "prep_time_needs.requires_prep: removed \"x\"\n"
          "prep_time_needs.requires_prep: added \"y\"");
    check("{\"prep_time_needs\":{\"requires_prep\":[\"a\","
          "{\"name\":\"n\",\"minutes\":30}]}}",
          "{\"prep_time_needs\":{\"requires_prep\":[\"a\","
          "{\"name\":\"n\",\"minutes\":45,\"any\":[\"b\"]}]}}",
          "prep_time_needs.requires_prep \"n\": minutes 30 -> 45\n"
          "prep_time_needs.requires_prep \"n\": any added a list of 1");
    check("{\"prep_time_needs\":{\"requires_prep\":[\"n (15 min)\"]}}",
          "{\"prep_time_needs\":{\"requires_prep\":"
          "[{\"name\":\"n\",\"minutes\":20}]}}",
          "prep_time_needs.requires_prep: \"n (15 min)\" -> "
          "{\"minutes\":20,\"name\":\"n\"}");
    check("{\"tags\":[\"(a)\",\"(b)\"]}", "{\"tags\":[\"(c)\",\"(b)\"]}",
          "tags: removed \"(a)\"\ntags: added \"(c)\"");
}
END_TEST

START_TEST(patterns_are_edited_on_the_move)
{
    check("{\"prep_time_needs\":{\"optional_prep\":[\"Board (15 min)\"],"
          "\"requires_prep\":[\"QBR\"]}}",
          "{\"prep_time_needs\":{\"requires_prep\":[\"QBR\","
          "\"Board (45 min)\"]}}",
          "\"Board (15 min)\" moved from optional_prep to requires_prep\n"
          "prep_time_needs.requires_prep: \"Board (15 min)\" -> "
          "\"Board (45 min)\"");
    /* One that stays at its level comes before one that would move. */
    check("{\"prep_time_needs\":{\"optional_prep\":[\"B (15 min)\"]}}",
          "{\"prep_time_needs\":{\"requires_prep\":[\"B (45 min)\"],"
          "\"optional_prep\":[\"B (20 min)\"]}}",
          "prep_time_needs.optional_prep: \"B (15 min)\" -> \"B (20 min)\"\n"
          "prep_time_needs.requires_prep: added \"B (45 min)\"");
}
END_TEST

START_TEST(whole_groups_are_said_by_pattern)
{
    check("{}",
          "{\"rsvp_rules\":{\"always_accept\":[\"a\",\"b\"],"
          "\"conditional\":[]}}",
          "rsvp_rules.always_accept: added \"a\"\n"
          "rsvp_rules.always_accept: added \"b\"\n"
          "rsvp_rules.conditional: added a list of 0");
    check("{\"importance_criteria\":{\"rarely_important\":[\"a\"]}}", "{}",
          "importance_criteria.rarely_important: removed \"a\"");
    check("{\"rsvp_rules\":{}}", "{}", "rsvp_rules: removed {}");
}
END_TEST

START_TEST(other_members_of_a_group_are_plain)
{
    check("{\"rsvp_rules\":{\"why\":\"a\",\"always_accept\":[\"b\"]}}",
          "{\"rsvp_rules\":{\"why\":\"c\",\"always_accept\":3}}",
          "rsvp_rules.why: \"a\" -> \"c\"\n"
          "rsvp_rules.always_accept: a list of 1 -> 3");
}
END_TEST

START_TEST(priorities_are_known_by_name)
{
    check("{\"priority_framework\":[{\"name\":\"Close Q4 deals\","
          "\"time_commitment\":\"50%\",\"keywords\":[\"Q4\"]},"
          "{\"name\":\"Hire\"},{\"name\":\"Old\"}]}",
          "{\"priority_framework\":[{\"name\":\"New\"},"
          "{\"name\":\"Close Q4 deals\",\"time_commitment\":\"40%\","
          "\"keywords\":[\"Q4\",\"renewal\"]},{\"name\":\"Hire\"}]}",
          "priority_framework \"Close Q4 deals\": time_commitment \"50%\" -> "
          "\"40%\"\n"
          "priority_framework \"Close Q4 deals\": keywords added \"renewal\"\n"
          "priority_framework: removed {\"name\":\"Old\"}\n"
          "priority_framework: added {\"name\":\"New\"}");
    check("{\"priority_framework\":[{\"priority\":\"A\"},{\"name\":\"B\"}]}",
          "{\"priority_framework\":[{\"name\":\"B\"},{\"name\":\"A\"}]}",
          "priority_framework \"A\": priority removed \"A\"\n"
          "priority_framework \"A\": name added \"A\"\n"
          "priority_framework: reordered");
}
END_TEST

START_TEST(archetypes_are_known_by_name)
{
    check("{\"archetypes\":[{\"id\":\"review\",\"weight\":3,"
          "\"subjects\":[\"a\"]}]}",
          "{\"archetypes\":[{\"id\":\"review\",\"weight\":4,"
          "\"subjects\":[\"a\",\"b\"]}]}",
          "archetypes \"review\": weight 3 -> 4\n"
          "archetypes \"review\": subjects added \"b\"");
}
END_TEST

Suite *persona_changes_suite(void);
Suite *persona_changes_suite(void)
{
    Suite *suite = suite_create("persona changes");
    TCase *tcase = tcase_create("changes");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, layout_is_no_change);
    tcase_add_test(tcase, plain_values);
    tcase_add_test(tcase, members_come_and_go);
    tcase_add_test(tcase, long_values_are_cut);
    tcase_add_test(tcase, long_values_are_shown_where_they_differ);
    tcase_add_test(tcase, patterns_are_a_set);
    tcase_add_test(tcase, order_is_said_once);
    tcase_add_test(tcase, patterns_move_between_levels);
    tcase_add_test(tcase, patterns_about_the_same_are_edited);
    tcase_add_test(tcase, patterns_are_edited_on_the_move);
    tcase_add_test(tcase, whole_groups_are_said_by_pattern);
    tcase_add_test(tcase, other_members_of_a_group_are_plain);
    tcase_add_test(tcase, priorities_are_known_by_name);
    tcase_add_test(tcase, archetypes_are_known_by_name);
    suite_add_tcase(suite, tcase);
    return suite;
}
