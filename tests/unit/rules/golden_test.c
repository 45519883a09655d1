/* Labels written by hand: tests/data/golden has the cases and their form. */
#include "fixture.h"

#include "datebook/file.h"

#include <stdio.h>

Suite *golden_suite(void);

enum { GOLDEN_LEAST = 300, GOLDEN_BYTES = 1 << 20 };

#define GOLDEN_FOLDER "tests/data/golden"

/* What a run has seen. */
struct tally {
    size_t cases;
    size_t wrong;
};

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(name, *names) != 0)
        names++;
    return *names != NULL;
}

/* A misspelt member would make a case test something else than it says. */
static void check_members(const cJSON *object, const char *const *known,
                          const char *where)
{
    const cJSON *member;

    ck_assert_msg(cJSON_IsObject(object), "%s: no object", where);
    cJSON_ArrayForEach (member, object)
        ck_assert_msg(is_one_of(member->string, known),
                      "%s: unknown member \"%s\"", where, member->string);
}

static const char **read_keywords(const cJSON *list, size_t *count)
{
    size_t size = (size_t)cJSON_GetArraySize(list);
    const char **keywords =
        arena_zero(&fix.arena, size, sizeof *keywords, &fix.err);
    const cJSON *keyword;

    ck_assert_ptr_nonnull(keywords);
    *count = 0;
    cJSON_ArrayForEach (keyword, list)
        keywords[(*count)++] = keyword->valuestring;
    return keywords;
}

static void read_rule(enum rule_kind kind, const cJSON *value)
{
    size_t count;

    if (kind == RULE_PRIORITY) {
        const char **keywords =
            read_keywords(json_member(value, "keywords"), &count);
        add_priority(json_member_text(value, "name"), keywords, count);
    } else if (cJSON_IsObject(value)) {
        add_rule(kind, "object")->object = value;
    } else {
        ck_assert(cJSON_IsString(value));
        add_rule(kind, value->valuestring);
    }
}

/* The last part of "importance_criteria.always_important". */
static const char *list_name(enum rule_kind kind)
{
    const char *dot = strrchr(rule_kind_field(kind), '.');

    return dot ? dot + 1 : rule_kind_field(kind);
}

static void read_rules(const cJSON *rules, const char *where)
{
    const char *known[RULE_KINDS + 1] = {NULL};
    const cJSON *value;

    for (int kind = 0; kind < RULE_KINDS; kind++)
        known[kind] = list_name((enum rule_kind)kind);
    check_members(rules, known, where);
    fixture_forget();
    for (int kind = 0; kind < RULE_KINDS; kind++)
        cJSON_ArrayForEach (value, json_member(rules, known[kind]))
            read_rule((enum rule_kind)kind, value);
    compile_fixture();
}

static const char *text_of(const cJSON *object, const char *name)
{
    const char *text = json_member_text(object, name);

    return text ? text : "";
}

static int number_of(const cJSON *object, const char *name, int missing)
{
    const cJSON *value = json_member(object, name);

    return value ? value->valueint : missing;
}

static const char *read_people(const cJSON *names)
{
    const char *people = "";
    const cJSON *name;

    cJSON_ArrayForEach (name, names) {
        people = arena_format(&fix.arena, &fix.err, "%s%s\n", people,
                              name->valuestring);
        ck_assert_ptr_nonnull(people);
    }
    return people;
}

static struct meeting_facts read_facts(const cJSON *one)
{
    struct meeting_facts facts =
        meeting(text_of(one, "subject"), text_of(one, "body"));

    facts.people = read_people(json_member(one, "people"));
    facts.external = cJSON_IsTrue(json_member(one, "external"));
    facts.recurring = cJSON_IsTrue(json_member(one, "recurring"));
    facts.overlaps = cJSON_IsTrue(json_member(one, "overlaps"));
    facts.organizer = cJSON_IsTrue(json_member(one, "organizer"));
    facts.attendees = number_of(one, "attendees", facts.attendees);
    facts.minutes = number_of(one, "minutes", facts.minutes);
    return facts;
}

/* "critical, prep 30, accept (Always important: API)" */
static const char *label_got(void)
{
    const char *importance = importance_name(fix.label.importance);
    const char *rsvp = rsvp_name(fix.label.rsvp);

    if (fix.label.prep_minutes == 0)
        return arena_format(&fix.arena, &fix.err, "%s, no prep, %s (%s)",
                            importance, rsvp, reasoning());
    return arena_format(&fix.arena, &fix.err, "%s, prep %d, %s (%s)",
                        importance, fix.label.prep_minutes, rsvp, reasoning());
}

static const char *label_wanted(const cJSON *one)
{
    const char *because = json_member_text(one, "because");

    return arena_format(&fix.arena, &fix.err, "%s (%s)", text_of(one, "label"),
                        because ? because : RULES_NO_REASON);
}

static void check_case(const cJSON *one, const char *where, struct tally *tally)
{
    static const char *const known[] = {
        "subject",  "body",      "people",    "external", "recurring",
        "overlaps", "organizer", "attendees", "minutes",  "label",
        "because",  "why",       NULL};
    struct meeting_facts facts;
    const char *wanted;
    const char *got;

    check_members(one, known, where);
    ck_assert_msg(*text_of(one, "why") != '\0', "%s: no reason why", where);
    facts = read_facts(one);
    label_facts(&facts);
    wanted = label_wanted(one);
    got = label_got();
    ck_assert(wanted && got);
    tally->cases++;
    if (strcmp(wanted, got) == 0)
        return;
    tally->wrong++;
    fprintf(stderr, "%s: \"%s\"\n  wanted %s\n  got    %s\n  why    %s\n",
            where, facts.subject, wanted, got, text_of(one, "why"));
}

static void check_group(const cJSON *group, const char *file, int number,
                        struct tally *tally)
{
    static const char *const known[] = {"rules", "cases", NULL};
    const cJSON *one;
    int count = 0;
    const char *where =
        arena_format(&fix.arena, &fix.err, "%s, group %d", file, number);

    check_members(group, known, where);
    read_rules(json_member(group, "rules"), where);
    cJSON_ArrayForEach (one, json_member(group, "cases")) {
        const char *place =
            arena_format(&fix.arena, &fix.err, "%s, case %d", where, ++count);
        check_case(one, place, tally);
    }
    ck_assert_msg(count > 0, "%s: no cases", where);
}

static void check_file(const char *name, struct tally *tally)
{
    size_t length;
    const char *path =
        arena_format(&fix.arena, &fix.err, "%s/%s", GOLDEN_FOLDER, name);
    const char *text =
        file_read(&fix.arena, path, GOLDEN_BYTES, &length, &fix.err);
    const cJSON *groups;
    const cJSON *group;
    int count = 0;

    ck_assert_msg(text != NULL, "%s", fix.err.message);
    groups = json_parse(&fix.arena, text, length, path, &fix.err);
    ck_assert_msg(groups != NULL, "%s", fix.err.message);
    cJSON_ArrayForEach (group, groups)
        check_group(group, name, ++count, tally);
}

START_TEST(labels_written_by_hand)
{
    struct tally tally = {0, 0};
    const char **names;
    size_t count;

    ck_assert(file_list(&fix.arena, GOLDEN_FOLDER, ".json", &names, &count,
                        &fix.err));
    for (size_t i = 0; i < count; i++)
        check_file(names[i], &tally);
    ck_assert_uint_ge(tally.cases, GOLDEN_LEAST);
    ck_assert_msg(tally.wrong == 0, "%zu of %zu labels are wrong", tally.wrong,
                  tally.cases);
}
END_TEST

Suite *golden_suite(void)
{
    Suite *suite = suite_create("golden");
    TCase *tests = tcase_create("golden");

    tcase_add_checked_fixture(tests, NULL, fixture_teardown);
    tcase_add_test(tests, labels_written_by_hand);
    suite_add_tcase(suite, tests);
    return suite;
}
