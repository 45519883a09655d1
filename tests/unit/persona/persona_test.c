/* Persona documents: what is read, under which spellings, and every way in
 * which one can be refused. */
#include "datebook/persona.h"

#include "datebook/file.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct persona persona;

static void teardown(void)
{
    arena_free(&arena);
}

static bool parse(const char *text)
{
    return persona_parse(&arena, text, strlen(text), "p.json", &persona, &err);
}

/* Parses a document of the required fields and `more`. */
static bool parse_with(const char *more)
{
    const char *text = arena_format(
        &arena, &err, "{\"id\":\"ann\",\"name\":\"Ann\",\"tier\":2%s%s}",
        *more ? "," : "", more);

    ck_assert_ptr_nonnull(text);
    return parse(text);
}

static void parse_good(const char *more)
{
    ck_assert_msg(parse_with(more), "%s: %s", more, err.message);
}

static void digest_of(const char *more, unsigned char digest[HASH_SIZE])
{
    parse_good(more);
    persona_rules_hash(&persona, digest);
}

START_TEST(three_fields_are_enough)
{
    parse_good("");
    ck_assert_str_eq(persona.id, "ann");
    ck_assert_str_eq(persona.name, "Ann");
    ck_assert_int_eq(persona.tier, 2);
    ck_assert_int_eq(persona.role, PERSONA_TRAIN);
    ck_assert_double_eq(persona.accuracy_gate, 0);
    ck_assert_str_eq(persona.level, "");
    ck_assert_int_eq(persona.weekly_minutes_high, 0);
    ck_assert_uint_eq(persona.rule_count, 0);
    ck_assert_uint_eq(persona.remark_count, 0);
    ck_assert_ptr_null(persona.archetypes);
}
END_TEST

START_TEST(document_keeps_its_text)
{
    ck_assert(parse("\xEF\xBB\xBF{ \"id\" : \"a\",\n \"x\" : [1e2, 1.50],"
                    "\"name\":\"\\u0041\", \"tier\": 1.0 }\n"));
    ck_assert_str_eq(persona.document, "{\"id\":\"a\",\"x\":[1e2,1.50],"
                                       "\"name\":\"\\u0041\",\"tier\":1.0}");
    ck_assert_uint_eq(persona.document_length, strlen(persona.document));
    ck_assert_str_eq(persona.name, "A");
}
END_TEST

static const char full[] =
    "\"demographics\":{\"level\":\"Manager\",\"function\":\"Sales\","
    "\"company\":\"Growth Stage\",\"industry\":\"Technology\"},"
    "\"meeting_context\":{\"weekly_meeting_hours\":\"28-32 hours\","
    "\"typical_breakdown\":{\"customer_calls\":\"40%\",\"1on1\":20}},"
    "\"prep_time_needs\":{\"no_prep\":[\"standup\"],"
    "\"requires_prep\":[\"Deal reviews (30 min: data)\"]},"
    "\"importance_criteria\":{\"rarely_important\":[\"social\"],"
    "\"always_important\":[\"pipeline\",{\"none\":[\"b\"],\"all\":[\"a\"]}]},"
    "\"priority_framework\":[{\"name\":\"Close Q4\",\"priority\":1,"
    "\"keywords\":[\"Q4\",\"contract\"]}],"
    "\"rsvp_rules\":{\"conditional\":[\"training\"]},"
    "\"role\":\"validation\",\"accuracy_gate\":0.85,"
    "\"archetypes\":[{\"name\":\"x\"}]";

START_TEST(reads_every_field)
{
    parse_good(full);
    ck_assert_str_eq(persona.level, "Manager");
    ck_assert_str_eq(persona.function, "Sales");
    ck_assert_str_eq(persona.company, "Growth Stage");
    ck_assert_str_eq(persona.industry, "Technology");
    ck_assert_int_eq(persona.weekly_minutes_low, 28 * 60);
    ck_assert_int_eq(persona.weekly_minutes_high, 32 * 60);
    ck_assert_uint_eq(persona.share_count, 2);
    ck_assert_str_eq(persona.shares[1].name, "1on1");
    ck_assert_int_eq(persona.shares[1].percent, 20);
    ck_assert_int_eq(persona.role, PERSONA_VALIDATION);
    ck_assert_double_eq(persona.accuracy_gate, 0.85);
    ck_assert_int_eq(cJSON_GetArraySize(persona.archetypes), 1);
    ck_assert_uint_eq(persona.remark_count, 0);
}
END_TEST

START_TEST(rules_are_listed_by_kind)
{
    static const struct {
        enum rule_kind kind;
        const char *source;
        const char *field;
    } want[] = {
        {RULE_ALWAYS_IMPORTANT, "pipeline",
         "importance_criteria.always_important[0]"},
        {RULE_ALWAYS_IMPORTANT, "{\"all\":[\"a\"],\"none\":[\"b\"]}",
         "importance_criteria.always_important[1]"},
        {RULE_RARELY_IMPORTANT, "social",
         "importance_criteria.rarely_important[0]"},
        {RULE_PRIORITY, "Close Q4", "priority_framework[0]"},
        {RULE_CONDITIONAL, "training", "rsvp_rules.conditional[0]"},
        {RULE_REQUIRES_PREP, "Deal reviews (30 min: data)",
         "prep_time_needs.requires_prep[0]"},
        {RULE_NO_PREP, "standup", "prep_time_needs.no_prep[0]"},
    };

    parse_good(full);
    ck_assert_uint_eq(persona.rule_count, sizeof want / sizeof *want);
    for (size_t i = 0; i < persona.rule_count; i++) {
        ck_assert_int_eq(persona.rules[i].kind, want[i].kind);
        ck_assert_str_eq(persona.rules[i].source, want[i].source);
        ck_assert_str_eq(persona.rules[i].field, want[i].field);
        ck_assert_int_eq(persona.rules[i].object != NULL, i == 1);
        ck_assert_uint_eq(persona.rules[i].keyword_count, i == 3 ? 2 : 0);
    }
    ck_assert_str_eq(persona.rules[3].keywords[1], "contract");
}
END_TEST

START_TEST(kinds_have_names)
{
    ck_assert_str_eq(rule_kind_field(RULE_PRIORITY), "priority_framework");
    ck_assert_str_eq(rule_kind_field(RULE_OPTIONAL_PREP),
                     "prep_time_needs.optional_prep");
    ck_assert_str_eq(rule_kind_reason(RULE_ALWAYS_IMPORTANT),
                     "Always important");
    ck_assert_str_eq(rule_kind_reason(RULE_PRIORITY), "Matches priority");
    ck_assert_str_eq(rule_kind_reason(RULE_REQUIRES_PREP), "Requires prep");
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        ck_assert_ptr_nonnull(rule_kind_field((enum rule_kind)kind));
        ck_assert_ptr_nonnull(rule_kind_reason((enum rule_kind)kind));
    }
}
END_TEST

START_TEST(old_spellings_are_read_and_noted_once)
{
    static const char *const remarks[] = {
        "reads \"persona_id\" as \"id\"",
        "reads \"persona_name\" as \"name\"",
        "reads \"organizational_level\" as \"demographics.level\"",
        "reads \"weekly_meeting_load\" as "
        "\"meeting_context.weekly_meeting_hours\"",
        "reads \"typical_week_breakdown\" as "
        "\"meeting_context.typical_breakdown\"",
        "reads \"accept_if_time_permits\" as \"rsvp_rules.conditional\"",
        "reads \"priority\" as \"name\"",
        "reads \"meeting_indicators\" as \"keywords\"",
    };

    ck_assert_msg(
        parse("{\"persona_id\":\"bo\",\"persona_name\":\"Bo\",\"tier\":3,"
              "\"organizational_level\":\"VP\",\"weekly_meeting_load\":20,"
              "\"typical_week_breakdown\":{\"calls\":\"10%\"},"
              "\"rsvp_rules\":{\"accept_if_time_permits\":[\"lunch\"]},"
              "\"priority_framework\":[{\"priority\":\"P\","
              "\"meeting_indicators\":[\"k\"]},{\"priority\":\"R\","
              "\"meeting_indicators\":[\"l\"]}]}"),
        "%s", err.message);
    ck_assert_str_eq(persona.id, "bo");
    ck_assert_str_eq(persona.name, "Bo");
    ck_assert_str_eq(persona.level, "VP");
    ck_assert_int_eq(persona.weekly_minutes_low, 1200);
    ck_assert_uint_eq(persona.share_count, 1);
    ck_assert_uint_eq(persona.rule_count, 3);
    ck_assert_str_eq(persona.rules[1].source, "R");
    ck_assert_str_eq(persona.rules[1].keywords[0], "l");
    ck_assert_str_eq(persona.rules[2].source, "lunch");
    ck_assert_str_eq(persona.rules[2].field,
                     "rsvp_rules.accept_if_time_permits[0]");
    ck_assert_uint_eq(persona.remark_count, sizeof remarks / sizeof *remarks);
    for (size_t i = 0; i < persona.remark_count; i++)
        ck_assert_str_eq(persona.remarks[i], remarks[i]);
}
END_TEST

START_TEST(old_spellings_may_stand_in_their_place_or_at_the_top)
{
    parse_good("\"demographics\":{\"organizational_level\":\"VP\"},"
               "\"meeting_context\":{\"weekly_meeting_load\":\"20\"},"
               "\"accept_if_time_permits\":[\"lunch\"]");
    ck_assert_str_eq(persona.level, "VP");
    ck_assert_int_eq(persona.weekly_minutes_high, 1200);
    ck_assert_str_eq(persona.rules[0].field, "accept_if_time_permits[0]");
}
END_TEST

START_TEST(both_spellings_may_agree)
{
    parse_good("\"persona_id\":\"ann\",\"rsvp_rules\":{\"conditional\":[\"a\"],"
               "\"accept_if_time_permits\":[\"a\"]}");
    ck_assert_uint_eq(persona.remark_count, 0);
    ck_assert_uint_eq(persona.rule_count, 1);
}
END_TEST

START_TEST(informative_fields_are_taken_as_they_come)
{
    parse_good("\"demographics\":{\"level\":7,\"function\":[\"x\"],"
               "\"industry\":null,\"company\":true}");
    ck_assert_str_eq(persona.level, "7");
    ck_assert_str_eq(persona.function, "");
    ck_assert_str_eq(persona.industry, "");
    parse_good("\"demographics\":\"none\",\"meeting_context\":[],"
               "\"importance_criteria\":null,\"priority_framework\":null,"
               "\"role\":null,\"accuracy_gate\":null,\"archetypes\":null");
    ck_assert_uint_eq(persona.rule_count, 0);
}
END_TEST

START_TEST(refuses_bad_identity)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"[]", "p.json: a persona must be a JSON object, and this is a list"},
        {"3", "p.json: a persona must be a JSON object, and this is a number"},
        {"{\"id\":\"a\"", "p.json:1:10: the JSON ends too early"},
        {"{}", "p.json: id: is missing"},
        {"{\"id\":null}", "p.json: id: is missing"},
        {"{\"id\":7}", "p.json: id: must be text, and is a number"},
        {"{\"id\":\"\"}", "p.json: id: is empty"},
        {"{\"id\":\"a b\"}",
         "p.json: id: may hold only letters A-Z and a-z, digits, "
         "\"_\", \"-\" and \".\""},
        {"{\"id\":\"a/b\"}",
         "p.json: id: may hold only letters A-Z and a-z, digits, "
         "\"_\", \"-\" and \".\""},
        {"{\"id\":\"a,b\"}",
         "p.json: id: may hold only letters A-Z and a-z, digits, "
         "\"_\", \"-\" and \".\""},
        {"{\"id\":\"a\\nb\"}",
         "p.json: id: may hold only letters A-Z and a-z, digits, "
         "\"_\", \"-\" and \".\""},
        {"{\"id\":\"\u00e9\"}",
         "p.json: id: may hold only letters A-Z and a-z, "
         "digits, \"_\", \"-\" and \".\""},
        {"{\"id\":\"..\"}", "p.json: id: must start with a letter or a digit"},
        {"{\"id\":\"-x\"}", "p.json: id: must start with a letter or a digit"},
        {"{\"persona_id\":\"-x\"}",
         "p.json: persona_id: must start with a letter or a digit"},
        {"{\"id\":\"a\",\"persona_id\":\"b\"}",
         "p.json: persona_id: differs from id, which means the same"},
        {"{\"id\":\"a\"}", "p.json: name: is missing"},
        {"{\"id\":\"a\",\"name\":{}}",
         "p.json: name: must be text, and is an object"},
        {"{\"id\":\"a\",\"name\":\" \\t\"}", "p.json: name: is empty"},
        {"{\"id\":\"a\",\"name\":\"--\"}",
         "p.json: name: has no letter or digit"},
        {"{\"id\":\"a\",\"name\":\"x\\u001b[2J\"}",
         "p.json: name: holds the control character U+001B"},
        {"{\"id\":\"a\",\"name\":\"x\\u0085\"}",
         "p.json: name: holds the control character U+0085"},
        {"{\"id\":\"a\",\"name\":\"A\"}", "p.json: tier: is missing"},
        {"{\"id\":\"a\",\"name\":\"A\",\"tier\":\"1\"}",
         "p.json: tier: must be the number 1, 2 or 3, and is text"},
        {"{\"id\":\"a\",\"name\":\"A\",\"tier\":1.5}",
         "p.json: tier: must be 1, 2 or 3, and is 1.5"},
        {"{\"id\":\"a\",\"name\":\"A\",\"tier\":0}",
         "p.json: tier: must be 1, 2 or 3, and is 0"},
        {"{\"id\":\"a\",\"name\":\"A\",\"tier\":4}",
         "p.json: tier: must be 1, 2 or 3, and is 4"},
        {"{\"id\":\"a\",\"name\":\"A\",\"tier\":true}",
         "p.json: tier: must be the number 1, 2 or 3, and is true or false"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(!parse(cases[i].text), "%s", cases[i].text);
        ck_assert_str_eq(err.message, cases[i].message);
        ck_assert_int_eq(err.code, ERROR_INPUT);
    }
}
END_TEST

START_TEST(id_of_128_characters_is_the_longest)
{
    char id[130];

    memset(id, 'x', sizeof id);
    id[128] = '\0';
    ck_assert(parse(arena_format(
        &arena, &err, "{\"id\":\"%s\",\"name\":\"A\",\"tier\":1}", id)));
    id[128] = 'x';
    id[129] = '\0';
    ck_assert(!parse(arena_format(&arena, &err, "{\"id\":\"%s\"}", id)));
    ck_assert_str_eq(err.message, "p.json: id: is longer than 128 characters");
}
END_TEST

struct bad_field {
    const char *more;
    const char *message;
};

static void check_bad_fields(const struct bad_field *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(!parse_with(cases[i].more), "%s", cases[i].more);
        ck_assert_str_eq(err.message, cases[i].message);
        ck_assert_int_eq(err.code, ERROR_INPUT);
    }
}

START_TEST(refuses_bad_fields)
{
    static const struct bad_field cases[] = {
        {"\"role\":\"test\"",
         "p.json: role: must be \"train\" or \"validation\""},
        {"\"role\":1", "p.json: role: must be \"train\" or \"validation\""},
        {"\"accuracy_gate\":85",
         "p.json: accuracy_gate: must be a number from 0 to 1"},
        {"\"accuracy_gate\":-0.1",
         "p.json: accuracy_gate: must be a number from 0 to 1"},
        {"\"accuracy_gate\":\"0.85\"",
         "p.json: accuracy_gate: must be a number from 0 to 1"},
        {"\"archetypes\":{}",
         "p.json: archetypes: must be a list of objects, and is an object"},
        {"\"archetypes\":[{},\"x\"]",
         "p.json: archetypes[1]: must be an object, and is text"},
        {"\"threads\":{}",
         "p.json: threads: must be a list of objects, and is an object"},
        {"\"threads\":[3]",
         "p.json: threads[0]: must be an object, and is a number"},
        {"\"importance_criteria\":[]",
         "p.json: importance_criteria: must be an object, and is a list"},
        {"\"rsvp_rules\":\"x\"",
         "p.json: rsvp_rules: must be an object, and is text"},
        {"\"prep_time_needs\":4",
         "p.json: prep_time_needs: must be an object, and is a number"},
        {"\"importance_criteria\":{\"always_important\":\"demo\"}",
         "p.json: importance_criteria.always_important: must be a list, and "
         "is text"},
        {"\"rsvp_rules\":{\"always_accept\":[\"a\",null]}",
         "p.json: rsvp_rules.always_accept[1]: must be text or an object, and "
         "is null"},
        {"\"rsvp_rules\":{\"always_accept\":[[\"a\"]]}",
         "p.json: rsvp_rules.always_accept[0]: must be text or an object, and "
         "is a list"},
        {"\"prep_time_needs\":{\"no_prep\":[\"\"]}",
         "p.json: prep_time_needs.no_prep[0]: is empty"},
        {"\"prep_time_needs\":{\"no_prep\":[\" \\n \"]}",
         "p.json: prep_time_needs.no_prep[0]: is empty"},
        {"\"prep_time_needs\":{\"no_prep\":[\"?!\"]}",
         "p.json: prep_time_needs.no_prep[0]: has no letter or digit"},
        {"\"prep_time_needs\":{\"no_prep\":[\"a\\u0007\"]}",
         "p.json: prep_time_needs.no_prep[0]: holds the control character "
         "U+0007"},
        {"\"prep_time_needs\":{\"no_prep\":[{\"any\":[\"a\\u007f\"]}]}",
         "p.json: prep_time_needs.no_prep[0]: holds the control character "
         "U+007F"},
    };

    check_bad_fields(cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(refuses_bad_priorities)
{
    static const struct bad_field cases[] = {
        {"\"accept_if_time_permits\":[\"a\"],"
         "\"rsvp_rules\":{\"conditional\":[\"b\"]}",
         "p.json: accept_if_time_permits: differs from "
         "rsvp_rules.conditional, which means the same"},
        {"\"priority_framework\":{}",
         "p.json: priority_framework: must be a list, and is an object"},
        {"\"priority_framework\":[\"x\"]",
         "p.json: priority_framework[0]: must be an object, and is text"},
        {"\"priority_framework\":[{}]",
         "p.json: priority_framework[0].name: is missing"},
        {"\"priority_framework\":[{\"priority\":1}]",
         "p.json: priority_framework[0].name: is missing"},
        {"\"priority_framework\":[{\"name\":1}]",
         "p.json: priority_framework[0].name: must be text, and is a number"},
        {"\"priority_framework\":[{\"name\":\"a\",\"priority\":\"b\"}]",
         "p.json: priority_framework[0].priority: differs from "
         "priority_framework[0].name, which means the same"},
        {"\"priority_framework\":[{\"name\":\"a\",\"keywords\":\"b\"}]",
         "p.json: priority_framework[0].keywords: must be a list of texts, "
         "and is text"},
        {"\"priority_framework\":[{\"name\":\"a\",\"keywords\":[\"b\",{}]}]",
         "p.json: priority_framework[0].keywords[1]: must be text, and is an "
         "object"},
        {"\"priority_framework\":[{\"name\":\"a\",\"keywords\":[\".\"]}]",
         "p.json: priority_framework[0].keywords[0]: has no letter or digit"},
    };

    check_bad_fields(cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(hints_say_what_to_do)
{
    ck_assert(!parse("{\"id\":\"a\",\"name\":\"A\",\"tier\":\"1\"}"));
    ck_assert_str_eq(err.hint, "write \"tier\": 1, without quotes");
    ck_assert(!parse("{}"));
    ck_assert_str_eq(err.hint, "a persona needs \"id\", \"name\" and \"tier\"");
    ck_assert(!parse_with("\"accuracy_gate\":85"));
    ck_assert_str_eq(err.hint, "85% is 0.85");
    ck_assert(!parse_with("\"persona_id\":\"b\""));
    ck_assert_str_eq(err.hint, "keep one of the two");
}
END_TEST

/* Reads a file of tests/data; tests run from the top of the tree. */
static void parse_file(const char *path)
{
    size_t length;
    char *text = file_read(&arena, path, 1 << 20, &length, &err);

    ck_assert_msg(text != NULL, "%s", err.message);
    ck_assert_msg(persona_parse(&arena, text, length, path, &persona, &err),
                  "%s", err.message);
}

START_TEST(files_are_read)
{
    parse_file("tests/data/personas/smallest.json");
    ck_assert_str_eq(persona.id, "smallest");
    parse_file("tests/data/personas/old_spellings.json");
    ck_assert_str_eq(persona.id, "old_spellings");
    ck_assert_uint_eq(persona.remark_count, 8);
    ck_assert_uint_eq(persona.rule_count, 9);
    ck_assert_int_eq(persona.weekly_minutes_low, 12 * 60);
    ck_assert_int_eq(persona.weekly_minutes_high, 15 * 60);
}
END_TEST

/* A list of `count` patterns as the rules of a persona. */
static const char *many_rules(int count)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    buf_text(&buf, "\"rsvp_rules\":{\"always_accept\":[");
    for (int i = 0; i < count; i++)
        buf_format(&buf, "%s\"p%d\"", i ? "," : "", i);
    buf_text(&buf, "]}");
    text = arena_text(&arena, buf_string(&buf), &err);
    buf_free(&buf);
    return text;
}

START_TEST(ten_thousand_rules_are_the_most)
{
    parse_good(many_rules(10000));
    ck_assert_uint_eq(persona.rule_count, 10000);
    ck_assert_str_eq(persona.rules[9999].source, "p9999");
    ck_assert(!parse_with(many_rules(10001)));
    ck_assert_str_eq(err.message,
                     "p.json: has 10001 rules, and 10000 is the most");
}
END_TEST

START_TEST(very_deep_json_is_refused)
{
    char *text = arena_zero(&arena, 1, 100001, &err);

    memset(text, '[', 100000);
    ck_assert(!parse(text));
    ck_assert_str_eq(err.message, "p.json:1:1001: nested more than 1000 deep");
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

START_TEST(duplicate_member_is_refused)
{
    ck_assert(!parse_with("\"tier\":2"));
    ck_assert_str_eq(err.message, "p.json: the field \"tier\" stands twice in "
                                  "one object");
}
END_TEST

static bool same_hash(const char *one, const char *other)
{
    unsigned char first[HASH_SIZE];
    unsigned char second[HASH_SIZE];

    digest_of(one, first);
    digest_of(other, second);
    return !memcmp(first, second, HASH_SIZE);
}

START_TEST(hash_ignores_prose)
{
    ck_assert(same_hash(
        "\"rsvp_rules\":{\"always_accept\":[\"a\"]}",
        "\"notes\":\"n\",\"role\":\"validation\",\"rsvp_rules\":{\"x\":1,"
        "\"always_accept\":[ \"\\u0061\" ]}"));
    ck_assert(same_hash(
        "\"priority_framework\":[{\"name\":\"a\",\"keywords\":[\"k\"]}]",
        "\"priority_framework\":[{\"priority\":\"a\",\"time\":\"5%\","
        "\"meeting_indicators\":[\"k\"]}]"));
    ck_assert(same_hash(
        "\"rsvp_rules\":{\"always_accept\":[{\"any\":[\"a\"],\"minutes\":30}]}",
        "\"rsvp_rules\":{\"always_accept\":[{\"minutes\":3e1,\"any\":[\"a\"]}"
        "]}"));
}
END_TEST

START_TEST(hash_covers_rules)
{
    static const char *const different[] = {
        "",
        "\"rsvp_rules\":{\"always_accept\":[\"a\",\"b\"]}",
        "\"rsvp_rules\":{\"always_accept\":[\"b\",\"a\"]}",
        "\"rsvp_rules\":{\"always_accept\":[\"ab\"]}",
        "\"rsvp_rules\":{\"always_accept\":[\"a\"]}",
        "\"rsvp_rules\":{\"always_decline\":[\"a\"]}",
        "\"rsvp_rules\":{\"always_accept\":[\"A\"]}",
        "\"rsvp_rules\":{\"always_accept\":[{\"any\":[\"a\"]}]}",
        "\"rsvp_rules\":{\"always_accept\":[\"{\\\"any\\\":[\\\"a\\\"]}\"]}",
        "\"priority_framework\":[{\"name\":\"a\"}]",
        "\"priority_framework\":[{\"name\":\"a\",\"keywords\":[\"k\"]}]",
        "\"priority_framework\":[{\"name\":\"a\",\"keywords\":[\"k\",\"l\"]}]",
        "\"priority_framework\":[{\"name\":\"b\",\"keywords\":[\"k\"]}]",
    };
    const size_t count = sizeof different / sizeof *different;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_msg(!same_hash(different[i], different[j]), "%s and %s",
                          different[i], different[j]);
}
END_TEST

Suite *persona_suite(void);
Suite *persona_suite(void)
{
    Suite *suite = suite_create("persona");
    TCase *tcase = tcase_create("persona");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, three_fields_are_enough);
    tcase_add_test(tcase, document_keeps_its_text);
    tcase_add_test(tcase, reads_every_field);
    tcase_add_test(tcase, rules_are_listed_by_kind);
    tcase_add_test(tcase, kinds_have_names);
    tcase_add_test(tcase, old_spellings_are_read_and_noted_once);
    tcase_add_test(tcase, old_spellings_may_stand_in_their_place_or_at_the_top);
    tcase_add_test(tcase, both_spellings_may_agree);
    tcase_add_test(tcase, informative_fields_are_taken_as_they_come);
    tcase_add_test(tcase, refuses_bad_identity);
    tcase_add_test(tcase, id_of_128_characters_is_the_longest);
    tcase_add_test(tcase, refuses_bad_fields);
    tcase_add_test(tcase, refuses_bad_priorities);
    tcase_add_test(tcase, hints_say_what_to_do);
    tcase_add_test(tcase, files_are_read);
    tcase_add_test(tcase, ten_thousand_rules_are_the_most);
    tcase_add_test(tcase, very_deep_json_is_refused);
    tcase_add_test(tcase, duplicate_member_is_refused);
    tcase_add_test(tcase, hash_ignores_prose);
    tcase_add_test(tcase, hash_covers_rules);
    suite_add_tcase(suite, tcase);
    return suite;
}
