/* Statistics of a small dataset whose numbers are known. */
#include "datebook/quality.h"

#include "tests/unit/dataset/fixture.h"

/* 2026-01-05 is a Monday. */
static civil_minute at(int day, int hour)
{
    return (civil_minute)civil_from_date((struct civil_date){2026, 1, day}) *
               MINUTES_A_DAY +
           60 * hour;
}

static void add(const char *id, const char *meeting, const char *subject,
                enum event_type type, civil_minute start, int minutes)
{
    struct meeting_facts facts = {.subject = subject,
                                  .preview = "",
                                  .people = "Ann\n",
                                  .attendees = 4,
                                  .required = 3,
                                  .optional = 2,
                                  .resources = 1,
                                  .type = type,
                                  .start = start,
                                  .minutes = minutes};

    add_event(id, meeting, &facts);
}

static void setup(void)
{
    store_setup();
    begin();
    put_document(PERSONA(
        "a", ",\"importance_criteria\":{\"always_important\":[\"alpha\"],"
             "\"rarely_important\":[\"lunch\"]},\"prep_time_needs\":{"
             "\"requires_prep\":[\"alpha (30 min)\",\"demo (60 min)\"]}"));
    put_document(PERSONA("v", ",\"role\":\"validation\""));
    put_document(PERSONA("empty", ""));
    /* Sunday and the Monday after it: two weeks. */
    add("a", "a1", "alpha", EVENT_SINGLE, at(11, 23), 60);
    add("a", "a2", "demo", EVENT_OCCURRENCE, at(12, 0), 30);
    add("a", "a3", "lunch", EVENT_EXCEPTION, at(12, 12), 45);
    add("v", "v1", "alpha", EVENT_SINGLE, at(5, 9), 15);
    ck_assert(commit());
    begin();
    add("a", "a4", "other", EVENT_SERIES_MASTER, at(26, 9), 90);
    ck_assert(commit());
}

static struct statistics collect(int64_t version, int64_t since)
{
    struct statistics statistics;
    struct stored_persona *personas;
    size_t count;

    MUST(persona_list_at(fix.store, &fix.arena, version, &personas, &count,
                         &fix.err));
    MUST(statistics_collect(fix.store, &fix.arena, version, since, personas,
                            count, ~0u, &statistics, &fix.err));
    ck_assert_uint_eq(statistics.persona_count, count);
    return statistics;
}

static void check_tally(const struct tally *tally, const struct tally *expected)
{
    ck_assert_int_eq(tally->meetings, expected->meetings);
    for (int i = 0; i < IMPORTANCE_LEVELS; i++)
        ck_assert_int_eq(tally->importance[i], expected->importance[i]);
    for (int i = 0; i < RSVP_ANSWERS; i++)
        ck_assert_int_eq(tally->rsvp[i], expected->rsvp[i]);
    for (int i = 0; i < EVENT_TYPES; i++)
        ck_assert_int_eq(tally->types[i], expected->types[i]);
    ck_assert_int_eq(tally->prep_needed, expected->prep_needed);
    ck_assert_int_eq(tally->prep_minutes, expected->prep_minutes);
    ck_assert_int_eq(tally->by_default, expected->by_default);
    ck_assert_int_eq(tally->required, 3 * expected->meetings);
    ck_assert_int_eq(tally->optional, 2 * expected->meetings);
    ck_assert_int_eq(tally->resources, expected->meetings);
    ck_assert_int_eq(tally->minutes, expected->minutes);
    ck_assert_int_eq(tally->weeks, expected->weeks);
    ck_assert_int_eq(tally->first, expected->first);
    ck_assert_int_eq(tally->last, expected->last);
}

START_TEST(a_version_is_counted)
{
    struct statistics statistics = collect(1, 0);
    struct tally a = {.meetings = 3,
                      .importance = {1, 1, 0, 1},
                      .rsvp = {1, 1, 1},
                      .types = {1, 1, 1, 0},
                      .prep_needed = 2,
                      .prep_minutes = 90,
                      .by_default = 1,
                      .minutes = 135,
                      .weeks = 2,
                      .first = at(11, 23),
                      .last = at(12, 12)};
    struct tally all = a;
    struct tally none = {0};

    all.meetings = 4;
    all.importance[IMPORTANCE_MEDIUM] = 2;
    all.rsvp[RSVP_TENTATIVE] = 2;
    all.types[EVENT_SINGLE] = 2;
    all.by_default = 2;
    all.minutes = 150;
    all.weeks = 3;
    all.first = at(5, 9);
    ck_assert_int_eq(statistics.version, 1);
    ck_assert_str_eq(statistics.personas[0].id, "a");
    check_tally(&statistics.personas[0].tally, &a);
    ck_assert_str_eq(statistics.personas[1].id, "empty");
    check_tally(&statistics.personas[1].tally, &none);
    ck_assert(statistics.personas[2].validation);
    check_tally(&statistics.all, &all);
    ck_assert_double_eq(tally_prep_average(&all), 45);
    ck_assert_double_eq(tally_prep_average(&none), 0);
    ck_assert_double_eq(tally_weekly_hours(&a), 135 / 60.0 / 2);
    ck_assert_double_eq(tally_weekly_hours(&none), 0);
}
END_TEST

START_TEST(only_new_meetings_are_counted)
{
    struct statistics statistics = collect(2, 2);
    struct tally a = {.meetings = 1,
                      .importance = {0, 1, 0, 0},
                      .rsvp = {0, 1, 0},
                      .types = {0, 0, 0, 1},
                      .by_default = 1,
                      .minutes = 90,
                      .weeks = 1,
                      .first = at(26, 9),
                      .last = at(26, 9)};

    check_tally(&statistics.personas[0].tally, &a);
    check_tally(&statistics.all, &a);
    ck_assert_int_eq(statistics.personas[2].tally.meetings, 0);
}
END_TEST

static int64_t group_meetings(const struct statistics *statistics,
                              enum group_axis axis, const char *name)
{
    const struct tally_groups *groups = &statistics->groups[axis];

    for (size_t i = 0; i < groups->count; i++)
        if (!strcmp(groups->groups[i]->name, name))
            return groups->groups[i]->tally.meetings;
    return 0;
}

START_TEST(meetings_are_grouped)
{
    struct statistics statistics = collect(2, 0);
    const struct tally_groups *levels = &statistics.groups[BY_IMPORTANCE];

    ck_assert_uint_eq(statistics.groups[BY_PERSONA].count, 0);
    ck_assert_uint_eq(levels->count, 3);
    ck_assert_str_eq(levels->groups[0]->name, "critical");
    ck_assert_str_eq(levels->groups[1]->name, "medium");
    ck_assert_str_eq(levels->groups[2]->name, "low");
    ck_assert_int_eq(levels->groups[1]->tally.meetings, 3);
    ck_assert_int_eq(levels->groups[1]->tally.importance[IMPORTANCE_MEDIUM], 3);
    ck_assert_int_eq(levels->groups[1]->tally.weeks, statistics.all.weeks);
    ck_assert_int_eq(group_meetings(&statistics, BY_WEEKDAY, "Sunday"), 1);
    ck_assert_int_eq(group_meetings(&statistics, BY_WEEKDAY, "Monday"), 4);
    ck_assert_int_eq(group_meetings(&statistics, BY_HOUR, "23:00"), 1);
    ck_assert_int_eq(group_meetings(&statistics, BY_HOUR, "09:00"), 2);
    ck_assert_int_eq(group_meetings(&statistics, BY_MONTH, "2026-01"), 5);
    ck_assert_int_eq(group_meetings(&statistics, BY_LENGTH, "31-45 min"), 1);
    ck_assert_int_eq(group_meetings(&statistics, BY_LENGTH, "to 15 min"), 1);
    ck_assert_int_eq(group_meetings(&statistics, BY_PEOPLE, "3-5 people"), 5);
    ck_assert_int_eq(group_meetings(&statistics, BY_TYPE, "occurrence"), 1);
    ck_assert_int_eq(group_meetings(&statistics, BY_ROLE, "train"), 4);
    ck_assert_int_eq(group_meetings(&statistics, BY_ROLE, "validation"), 1);
}
END_TEST

START_TEST(months_come_in_order)
{
    struct statistics statistics;
    const struct tally_groups *months;

    begin();
    add("a", "late", "x", EVENT_SINGLE, at(40, 9), 30);
    add("a", "early", "x", EVENT_SINGLE, at(-20, 9), 30);
    ck_assert(commit());
    statistics = collect(3, 0);
    months = &statistics.groups[BY_MONTH];
    ck_assert_uint_eq(months->count, 3);
    ck_assert_str_eq(months->groups[0]->name, "2025-12");
    ck_assert_str_eq(months->groups[1]->name, "2026-01");
    ck_assert_str_eq(months->groups[2]->name, "2026-02");
}
END_TEST

/* Of three rules of importance and preparation "demo (60 min)" fires, too; a
 * rule that an edit took away counts no longer. */
START_TEST(rules_that_fired_are_counted)
{
    struct statistics statistics = collect(2, 0);

    ck_assert_int_eq(statistics.personas[0].tally.rules, 4);
    ck_assert_int_eq(statistics.personas[0].tally.rules_fired, 4);
    begin();
    put_document(PERSONA("a", ",\"importance_criteria\":{"
                              "\"always_important\":[\"alpha\",\"omega\"]}"));
    ck_assert(commit());
    statistics = collect(3, 0);
    ck_assert_int_eq(statistics.personas[0].tally.rules, 2);
    ck_assert_int_eq(statistics.personas[0].tally.rules_fired, 1);
    ck_assert_int_eq(statistics.all.rules, 2);
}
END_TEST

START_TEST(bins_have_names)
{
    ck_assert_str_eq(tally_length_name(tally_length_bin(0)), "to 15 min");
    ck_assert_str_eq(tally_length_name(tally_length_bin(15)), "to 15 min");
    ck_assert_str_eq(tally_length_name(tally_length_bin(16)), "16-25 min");
    ck_assert_str_eq(tally_length_name(tally_length_bin(1439)), "over 2 hours");
    ck_assert_str_eq(tally_length_name(tally_length_bin(1440)), "days");
    ck_assert_str_eq(tally_people_name(tally_people_bin(0)), "nobody");
    ck_assert_str_eq(tally_people_name(tally_people_bin(15)), "11-15 people");
    ck_assert_str_eq(tally_people_name(tally_people_bin(404)), "50 and more");
    ck_assert_int_eq(group_axis_named("hour"), BY_HOUR);
    ck_assert_int_eq(group_axis_named("hours"), GROUP_AXES);
}
END_TEST

/* distinct-1 and distinct-2 by hand; all of them are no sum of the personas. */
START_TEST(words_of_subjects)
{
    struct statistics statistics;
    const struct tally *one;
    const struct tally *all;

    begin();
    put_document(PERSONA("w1", ""));
    put_document(PERSONA("w2", ""));
    add("w1", "w11", "Budget review", EVENT_SINGLE, at(5, 9), 30);
    add("w1", "w12", "Budget, review: budget", EVENT_SINGLE, at(5, 9), 30);
    add("w2", "w21", "The budget", EVENT_SINGLE, at(5, 9), 30);
    ck_assert(commit());
    statistics = collect(3, 3);
    one = &statistics.personas[3].tally;
    all = &statistics.all;
    ck_assert_str_eq(statistics.personas[3].id, "w1");
    ck_assert_int_eq(one->words, 5);
    ck_assert_int_eq(one->different_words, 2);
    ck_assert_int_eq(one->pairs, 3);
    ck_assert_int_eq(one->different_pairs, 2);
    ck_assert_double_eq(tally_distinct_words(one), 0.4);
    ck_assert_int_eq(all->words, 7);
    ck_assert_int_eq(all->different_words, 3);
    ck_assert_int_eq(all->different_pairs, 3);
    ck_assert_double_eq(tally_distinct_pairs(all), 0.75);
    ck_assert_double_eq(tally_distinct_pairs(&statistics.personas[0].tally), 0);
}
END_TEST

START_TEST(weeks_between_meetings_count)
{
    struct statistics statistics = collect(2, 0);

    ck_assert_int_eq(statistics.personas[0].tally.weeks, 4);
    ck_assert_int_eq(statistics.all.meetings, 5);
}
END_TEST

/* Meetings before 1970 fall into weeks of their own. */
START_TEST(weeks_of_old_meetings)
{
    struct statistics statistics;

    begin();
    put_document(PERSONA("old", ""));
    /* 1969-12-28 was a Sunday. */
    add("old", "o1", "x", EVENT_SINGLE, -4 * MINUTES_A_DAY, 30);
    add("old", "o2", "x", EVENT_SINGLE, -3 * MINUTES_A_DAY, 30);
    add("old", "o3", "x", EVENT_SINGLE, 3 * MINUTES_A_DAY, 30);
    add("old", "o4", "x", EVENT_SINGLE, 4 * MINUTES_A_DAY, 30);
    ck_assert(commit());
    statistics = collect(3, 0);
    ck_assert_str_eq(statistics.personas[2].id, "old");
    ck_assert_int_eq(statistics.personas[2].tally.weeks, 3);
}
END_TEST

START_TEST(statistics_as_json)
{
    struct statistics statistics = collect(1, 0);
    struct buf json = BUF_EMPTY;
    const cJSON *tree;
    static const char head_of_it[] =
        "{\n"
        "  \"total_meetings\": 4,\n"
        "  \"importance_distribution\": {\"critical\": 1, \"high\": 0, "
        "\"medium\": 2, \"low\": 1},\n"
        "  \"prep_needed_count\": 2,\n"
        "  \"avg_prep_time_minutes\": 45.0,\n"
        "  \"personas\": [\"a\", \"empty\", \"v\"],\n"
        "  \"version\": 1,\n"
        "  \"rsvp_distribution\": {\"accept\": 1, \"tentative\": 2, "
        "\"decline\": 1},\n"
        "  \"type_distribution\": {\"singleInstance\": 2, \"occurrence\": 1, "
        "\"exception\": 1, \"seriesMaster\": 0},\n"
        "  \"attendee_distribution\": {\"required\": 12, \"optional\": 8, "
        "\"resource\": 4},\n"
        "  \"duration_distribution\": {\"to 15 min\": 1, \"16-25 min\": 0, "
        "\"26-30 min\": 1, \"31-45 min\": 1, \"46-60 min\": 1, "
        "\"61-90 min\": 0, \"91-120 min\": 0, \"over 2 hours\": 0, "
        "\"days\": 0},\n"
        "  \"people_distribution\": {\"nobody\": 0, \"1 person\": 0, "
        "\"2 people\": 0, \"3-5 people\": 4, \"6-10 people\": 0, "
        "\"11-15 people\": 0, \"16-49 people\": 0, \"50 and more\": 0},\n"
        "  \"weekday_distribution\": {\"Monday\": 3, \"Tuesday\": 0, "
        "\"Wednesday\": 0, \"Thursday\": 0, \"Friday\": 0, "
        "\"Saturday\": 0, \"Sunday\": 1},\n"
        "  \"start_hour_distribution\": [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, "
        "1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],\n"
        "  \"rules\": 4,\n"
        "  \"rules_fired\": 4,\n"
        "  \"labelled_by_default\": 2,\n"
        "  \"weekly_meeting_hours\": 0.8,\n"
        "  \"subject_distinct_1\": 0.7500,\n"
        "  \"subject_distinct_2\": 0.0000,\n"
        "  \"first_start\": \"2026-01-05T09:00\",\n"
        "  \"last_start\": \"2026-01-12T12:00\",\n"
        "  \"by_persona\": {\n"
        "    \"a\": {\n"
        "      \"tier\": 1,\n"
        "      \"role\": \"train\",\n"
        "      \"total_meetings\": 3,\n";

    statistics.axes = 0;
    statistics_json(&statistics, &json);
    MUST(buf_ok(&json, &fix.err));
    ck_assert_uint_gt(json.length, sizeof head_of_it);
    ck_assert_mem_eq(json.data, head_of_it, sizeof head_of_it - 1);
    tree = json_parse(&fix.arena, json.data, json.length, "json", &fix.err);
    MUST(tree != NULL);
    ck_assert_str_eq(
        json_member_text(json_member(json_member(tree, "by_persona"), "v"),
                         "role"),
        "validation");
    buf_free(&json);
}
END_TEST

START_TEST(groups_as_json)
{
    struct statistics statistics = collect(1, 0);
    struct buf json = BUF_EMPTY;
    const cJSON *tree;
    const cJSON *monday;

    statistics_json(&statistics, &json);
    tree = json_parse(&fix.arena, json.data, json.length, "json", &fix.err);
    MUST(tree != NULL);
    monday = json_member(json_member(tree, "by_weekday"), "Monday");
    ck_assert_int_eq(json_member(monday, "total_meetings")->valueint, 3);
    ck_assert_ptr_null(json_member(monday, "subject_distinct_1"));
    ck_assert_ptr_nonnull(json_member(tree, "by_people"));
    ck_assert_ptr_nonnull(json_member(tree, "by_function"));
    buf_free(&json);
}
END_TEST

START_TEST(an_empty_dataset_as_json)
{
    struct statistics statistics = collect(0, 0);
    struct buf json = BUF_EMPTY;

    statistics_json(&statistics, &json);
    MUST(json_parse(&fix.arena, json.data, json.length, "json", &fix.err) !=
         NULL);
    ck_assert_ptr_nonnull(strstr(json.data, "\"personas\": [],"));
    ck_assert_ptr_null(strstr(json.data, "first_start"));
    buf_free(&json);
}
END_TEST

Suite *statistics_suite(void);
Suite *statistics_suite(void)
{
    Suite *suite = suite_create("statistics");
    TCase *tcase = tcase_create("statistics");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, a_version_is_counted);
    tcase_add_test(tcase, only_new_meetings_are_counted);
    tcase_add_test(tcase, meetings_are_grouped);
    tcase_add_test(tcase, months_come_in_order);
    tcase_add_test(tcase, rules_that_fired_are_counted);
    tcase_add_test(tcase, bins_have_names);
    tcase_add_test(tcase, words_of_subjects);
    tcase_add_test(tcase, weeks_between_meetings_count);
    tcase_add_test(tcase, weeks_of_old_meetings);
    tcase_add_test(tcase, statistics_as_json);
    tcase_add_test(tcase, groups_as_json);
    tcase_add_test(tcase, an_empty_dataset_as_json);
    suite_add_tcase(suite, tcase);
    return suite;
}
