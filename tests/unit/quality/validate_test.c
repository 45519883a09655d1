/* Checks of whole versions in a file. */
#include "datebook/validate.h"

#include "tests/unit/dataset/fixture.h"
#include "tests/unit/thresholds.h"

#include <math.h>

Suite *validate_suite(void);

#define RULES                                                                  \
    ",\"importance_criteria\":{\"always_important\":[\"alpha\"],"              \
    "\"usually_important\":[\"beta\"],\"sometimes_important\":[\"gamma\"],"    \
    "\"rarely_important\":[\"delta\"]},\"prep_time_needs\":{\"requires_prep\"" \
    ":[\"alpha (30 min)\",\"beta (20 min)\"]},\"meeting_context\":{"           \
    "\"weekly_meeting_hours\":\"10-14 hours\"}"

static struct attendee ann = {.type = ATTENDEE_REQUIRED,
                              .response = RESPONSE_ACCEPTED,
                              .responded_at = NO_TIME,
                              .name = "Ann",
                              .address = "ann@contoso.com"};
static int added;

/* A meeting of Ann with Bob, who is the persona, on a working day. */
static struct event new_event(const char *subject)
{
    civil_minute day = civil_from_date((struct civil_date){2026, 1, 5}) +
                       added / 5 % 5 + added / 25 * 7;

    return (struct event){
        .etag = "e",
        .id = arena_format(&fix.arena, &fix.err, "m%d", added),
        .subject = subject,
        .preview = "",
        .show_as = SHOW_BUSY,
        .type = EVENT_SINGLE,
        .web_link = "w",
        .response = RESPONSE_ORGANIZER,
        .responded_at = NO_TIME,
        .start = day * MINUTES_A_DAY + (9 + added % 5) * 60,
        .end = day * MINUTES_A_DAY + (9 + added % 5) * 60 + 30,
        .time_zone = "UTC",
        .attendees = &ann,
        .attendee_count = 1,
        .organizer_name = "Bob",
        .organizer_address = "bob@contoso.com"};
}

/* Adds it under its id, or another one, with the label of the rules. */
static int64_t add_as(const char *persona, const char *id,
                      const struct event *event)
{
    struct stored_meeting meeting = {.id = id};
    struct oracle *oracle = open_oracle(persona);
    struct buf document = BUF_EMPTY;
    struct meeting_facts facts;
    struct stored_label label;
    int64_t key;

    added++;
    graph_write(&document, event);
    meeting.document = buf_string(&document);
    meeting.document_length = document.length;
    MUST(graph_facts(&fix.arena, event, &facts, &fix.err));
    MUST(run_add_meeting(fix.run, persona_now(persona)->key, &meeting, &facts,
                         &key, &fix.err));
    MUST(oracle_label(oracle, &facts, key, &label, &fix.err));
    MUST(run_put_label(fix.run, &label, &fix.err));
    MUST(run_set_labelling(fix.run, persona_now(persona)->key,
                           persona_now(persona)->rules_hash, RULES_ENGINE,
                           &fix.err));
    oracle_close(oracle);
    buf_free(&document);
    return key;
}

static int64_t add(const char *persona, const struct event *event)
{
    return add_as(persona, event->id, event);
}

/* So many meetings with a word in the subject, each about something else. */
static void add_many(const char *persona, const char *word, int count)
{
    for (int i = 0; i < count; i++) {
        struct event event = new_event(
            arena_format(&fix.arena, &fix.err, "%s q%d r%d s%d t%d", word,
                         added, 2 * added, 3 * added, 4 * added));
        add(persona, &event);
    }
}

static void setup(void)
{
    store_setup();
    added = 0;
    begin();
    put_document(PERSONA("p", RULES));
    put_document(PERSONA("q", RULES));
}

static struct validate_request request;

static struct validation validate_at(int64_t version)
{
    struct stored_persona *personas;
    struct validation validation;

    request.version = version;
    MUST(persona_list_at(fix.store, &fix.arena, version, &personas,
                         &request.persona_count, &fix.err));
    request.personas = personas;
    MUST(validate_version(fix.store, &fix.arena, &request, NULL, &validation,
                          &fix.err));
    return validation;
}

static struct validation validate_head(void)
{
    validate_defaults(&request, library_thresholds(&fix.arena));
    return validate_at(head());
}

static void expect(const struct check_result *results, enum check_id check,
                   enum check_status status, int64_t part)
{
    ck_assert_msg(results[check].status == status, "%s: %g", checks[check].name,
                  results[check].value);
    ck_assert_int_eq(results[check].part, part);
}

START_TEST(an_empty_version)
{
    struct validation validation;

    commit();
    validation = validate_head();
    ck_assert_int_eq(validation.all.meetings, 0);
    ck_assert_int_eq(validation.all.failed, 0);
    ck_assert_int_eq(validation.persona_failed, 0);
    ck_assert_uint_eq(validation.persona_count, 2);
}
END_TEST

START_TEST(a_mix)
{
    struct validation validation;
    const struct check_result *p;

    add_many("p", "alpha", 12);
    add_many("p", "beta", 28);
    add_many("p", "gamma", 40);
    add_many("p", "delta", 20);
    add_many("q", "alpha", 40);
    add_many("q", "other", 60);
    commit();
    validation = validate_head();
    p = validation.personas[0].group.results;
    ck_assert_int_eq(validation.personas[0].group.meetings, 100);
    expect(p, CHECK_IMPORTANCE_CRITICAL, CHECK_PASSED, 12);
    expect(p, CHECK_IMPORTANCE_HIGH, CHECK_PASSED, 28);
    expect(p, CHECK_IMPORTANCE_MEDIUM, CHECK_PASSED, 40);
    expect(p, CHECK_IMPORTANCE_LOW, CHECK_PASSED, 20);
    expect(p, CHECK_PREP_NEEDED, CHECK_PASSED, 40);
    expect(p, CHECK_PREP_MINUTES, CHECK_PASSED, 12 * 30 + 28 * 20);
    expect(p, CHECK_PREP_RANGE, CHECK_PASSED, 0);
    expect(p, CHECK_TYPE_SINGLE, CHECK_FAILED, 100);
    expect(p, CHECK_VARIETY_SUBJECTS, CHECK_PASSED, 100);
    expect(validation.personas[1].group.results, CHECK_IMPORTANCE_CRITICAL,
           CHECK_FAILED, 40);
    expect(validation.all.results, CHECK_IMPORTANCE_CRITICAL, CHECK_FAILED, 52);
    expect(validation.all.results, CHECK_VARIETY_NEAR_DUPLICATES, CHECK_PASSED,
           0);
    ck_assert_int_eq(
        validation.all.results[CHECK_IMPORTANCE_CRITICAL].example_count,
        CHECK_EXAMPLES);
    /* Five meetings of half an hour a day are 12.5 hours a week. */
    expect(p, CHECK_HOURS_WEEKLY, CHECK_PASSED, 750);
    ck_assert_int_eq(p[CHECK_HOURS_WEEKLY].whole, 720);
    ck_assert_double_eq_tol(p[CHECK_HOURS_WEEKLY].wanted.low, 80 * 10 / 12.0,
                            1e-9);
    ck_assert_double_eq_tol(p[CHECK_HOURS_WEEKLY].wanted.high, 120 * 14 / 12.0,
                            1e-9);
}
END_TEST

START_TEST(near_duplicates)
{
    struct validation validation;
    struct event series;
    struct event other;

    add_many("p", "alpha", 60);
    add_many("q", "beta", 60);
    series = new_event("Numbers of the week for everybody here");
    series.type = EVENT_OCCURRENCE;
    series.series_master_id = "s";
    add("p", &series);
    series = new_event(series.subject);
    series.type = EVENT_OCCURRENCE;
    series.series_master_id = "s";
    add("p", &series);
    other = new_event(series.subject);
    add("q", &other);
    commit();
    validation = validate_head();
    expect(validation.all.results, CHECK_VARIETY_NEAR_DUPLICATES, CHECK_PASSED,
           0);
    ck_assert_int_eq(validation.near_tested, 121);
    ck_assert(!validation.sampled);

    begin();
    for (int i = 0; i < 3; i++) {
        other = new_event(series.subject);
        other.preview = i ? "And for the board" : "and for the board.";
        add(i ? "p" : "q", &other);
    }
    commit();
    validation = validate_head();
    expect(validation.all.results, CHECK_VARIETY_NEAR_DUPLICATES, CHECK_FAILED,
           3);
    expect(validation.personas[0].group.results, CHECK_VARIETY_NEAR_DUPLICATES,
           CHECK_PASSED, 2);
    expect(validation.personas[1].group.results, CHECK_VARIETY_NEAR_DUPLICATES,
           CHECK_PASSED, 1);
    ck_assert_str_eq(
        validation.all.results[CHECK_VARIETY_NEAR_DUPLICATES].examples[0].note,
        "like m125");
    expect(validation.personas[0].group.results, CHECK_VARIETY_SUBJECTS,
           CHECK_PASSED, 61);
    /* As it was before. */
    validation = validate_at(1);
    expect(validation.all.results, CHECK_VARIETY_NEAR_DUPLICATES, CHECK_PASSED,
           0);
}
END_TEST

/* Of a sample the share is nearly that of all, and a twin outside of the sample
 * is found as well. */
START_TEST(a_sample)
{
    struct validation validation;
    const struct check_result *result;

    for (int i = 0; i < 200; i++) {
        struct event event = new_event(
            arena_format(&fix.arena, &fix.err, "Number %d of the talks on %d",
                         i / 2, i / 2));
        add(i % 2 ? "p" : "q", &event);
        if (i < 100)
            add_many("p", "alpha", 1);
    }
    commit();
    validate_defaults(&request, library_thresholds(&fix.arena));
    request.near_limit = 64;
    validation = validate_at(1);
    result = &validation.all.results[CHECK_VARIETY_NEAR_DUPLICATES];
    ck_assert(validation.sampled);
    ck_assert_int_ge(validation.near_tested, 16);
    ck_assert_int_le(validation.near_tested, 80);
    ck_assert_int_eq(result->whole, validation.near_tested);
    ck_assert_double_ge(result->value, 50);
    ck_assert_double_le(result->value, 85);
    request.near_limit = 300;
    validation = validate_at(1);
    ck_assert(!validation.sampled);
    expect(validation.all.results, CHECK_VARIETY_NEAR_DUPLICATES, CHECK_FAILED,
           200);
}
END_TEST

START_TEST(ids_and_series)
{
    struct validation validation;
    struct event event = new_event("One");
    int64_t meeting;

    add("p", &event);
    event = new_event("Two");
    event.type = EVENT_EXCEPTION;
    event.series_master_id = "s";
    add("p", &event);
    commit();
    validation = validate_head();
    expect(validation.all.results, CHECK_ID_UNIQUE, CHECK_PASSED, 0);
    expect(validation.all.results, CHECK_SERIES_MASTER, CHECK_PASSED, 0);
    expect(validation.all.results, CHECK_SERIES_SINGLE, CHECK_PASSED, 0);

    begin();
    event = new_event("Three");
    meeting = add_as("q", "another", &event);
    event = new_event("Four");
    event.type = EVENT_OCCURRENCE;
    add("q", &event);
    event = new_event("Five");
    event.series_master_id = "s";
    add("q", &event);
    commit();
    validation = validate_head();
    expect(validation.all.results, CHECK_ID_UNIQUE, CHECK_FAILED, 1);
    ck_assert_int_eq(
        validation.all.results[CHECK_ID_UNIQUE].examples[0].meeting, meeting);
    ck_assert_str_eq(validation.all.results[CHECK_ID_UNIQUE].examples[0].note,
                     "m2");
    expect(validation.all.results, CHECK_SERIES_MASTER, CHECK_FAILED, 1);
    expect(validation.all.results, CHECK_SERIES_SINGLE, CHECK_FAILED, 1);
    expect(validation.personas[0].group.results, CHECK_ID_UNIQUE, CHECK_PASSED,
           0);
    ck_assert_int_eq(validation.all.failed, 3);
    ck_assert_int_eq(validation.persona_failed, 3);
}
END_TEST

START_TEST(types)
{
    struct validation validation;

    for (int i = 0; i < 100; i++) {
        struct event event = new_event("Review");
        if (i >= 60) {
            event.type = i < 90 ? EVENT_OCCURRENCE : EVENT_EXCEPTION;
            event.series_master_id = "s";
        }
        add("p", &event);
    }
    commit();
    validation = validate_head();
    expect(validation.all.results, CHECK_TYPE_SINGLE, CHECK_PASSED, 60);
    expect(validation.all.results, CHECK_TYPE_OCCURRENCE, CHECK_PASSED, 30);
    expect(validation.all.results, CHECK_TYPE_EXCEPTION, CHECK_PASSED, 10);
    /* All of one subject, and of one text. */
    expect(validation.all.results, CHECK_VARIETY_SUBJECTS, CHECK_FAILED, 1);
    ck_assert_str_eq(
        validation.all.results[CHECK_VARIETY_SUBJECTS].examples[0].note,
        "Review");
    expect(validation.all.results, CHECK_VARIETY_NEAR_DUPLICATES, CHECK_FAILED,
           60);
}
END_TEST

START_TEST(preparation_out_of_range)
{
    struct event event = new_event("alpha");
    struct stored_label label = {.meeting = add("p", &event)};
    struct validation validation;

    commit();
    label = label_of(label.meeting);
    for (int minutes = 15; minutes <= 95; minutes += 80) {
        begin();
        label.prep_minutes = minutes;
        MUST(run_put_label(fix.run, &label, &fix.err));
        commit();
        validation = validate_head();
        expect(validation.all.results, CHECK_PREP_RANGE,
               minutes > 90 ? CHECK_FAILED : CHECK_PASSED, minutes > 90);
    }
}
END_TEST

START_TEST(other_ranges_and_fewer_checks)
{
    struct validation validation;

    add_many("p", "alpha", 60);
    commit();
    validate_defaults(&request, library_thresholds(&fix.arena));
    memset(request.skip, true, sizeof request.skip);
    request.skip[CHECK_IMPORTANCE_CRITICAL] = false;
    validation = validate_at(1);
    ck_assert_int_eq(validation.all.failed, 1);
    ck_assert_int_eq(validation.persona_failed, 1);
    ck_assert_int_eq(validation.near_tested, 0);
    request.wanted.of[CHECK_IMPORTANCE_CRITICAL].overall =
        (struct check_range){90, INFINITY};
    request.wanted.of[CHECK_IMPORTANCE_CRITICAL].persona =
        (struct check_range){1, 0};
    validation = validate_at(1);
    expect(validation.all.results, CHECK_IMPORTANCE_CRITICAL, CHECK_PASSED, 60);
    expect(validation.personas[0].group.results, CHECK_IMPORTANCE_CRITICAL,
           CHECK_NOT_JUDGED, 60);
    ck_assert_int_eq(validation.persona_failed, 0);
}
END_TEST

START_TEST(a_single_persona)
{
    struct stored_persona *persona;
    struct validation validation;

    add_many("p", "alpha", 17);
    add_many("p", "beta", 83);
    add_many("q", "alpha", 17);
    add_many("q", "beta", 83);
    commit();
    validate_defaults(&request, library_thresholds(&fix.arena));
    memset(request.skip, true, sizeof request.skip);
    request.skip[CHECK_IMPORTANCE_CRITICAL] = false;
    request.skip[CHECK_HOURS_WEEKLY] = false;
    expect(validate_at(1).all.results, CHECK_IMPORTANCE_CRITICAL, CHECK_FAILED,
           34);
    persona = persona_now("p");
    request.personas = persona;
    request.persona_count = 1;
    MUST(validate_version(fix.store, &fix.arena, &request, NULL, &validation,
                          &fix.err));
    expect(validation.all.results, CHECK_IMPORTANCE_CRITICAL, CHECK_PASSED, 17);
    ck_assert_double_eq_tol(
        validation.all.results[CHECK_HOURS_WEEKLY].wanted.high, 120 * 14 / 12.0,
        1e-9);
    ck_assert_int_eq(validation.persona_failed, 0);
}
END_TEST

START_TEST(stale_labels)
{
    struct validation validation;

    add_many("p", "alpha", 1);
    add_many("q", "alpha", 1);
    commit();
    edit(PERSONA("q", ALWAYS("\"epsilon\"")));
    validation = validate_head();
    ck_assert(!validation.personas[0].stale);
    ck_assert(validation.personas[1].stale);
    expect(validation.personas[0].group.results, CHECK_LABEL_EQUAL,
           CHECK_PASSED, 1);
    expect(validation.personas[1].group.results, CHECK_LABEL_EQUAL,
           CHECK_FAILED, 0);
    expect(validation.personas[1].group.results, CHECK_LABEL_REASONING,
           CHECK_FAILED, 1);
}
END_TEST

/* Every meeting without the persona, and every wrong response, is named: of the
 * persona, and of all. */
START_TEST(absent_persona)
{
    struct validation validation;
    const struct check_result *present;
    int64_t keys[5];

    add_many("p", "alpha", 3);
    for (int i = 0; i < 5; i++) {
        struct event event = new_event("Talk");
        event.organizer_name = "Ann";
        event.organizer_address = "ann@contoso.com";
        event.response = i < 4 ? RESPONSE_ACCEPTED : RESPONSE_ORGANIZER;
        keys[i] = add("p", &event);
    }
    add_many("q", "alpha", 2);
    commit();
    validation = validate_head();
    present = &validation.all.results[CHECK_PEOPLE_PRESENT];
    ck_assert_int_eq(present->status, CHECK_FAILED);
    ck_assert_int_eq(present->part, 5);
    ck_assert_uint_eq(present->key_count, 5);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(present->keys[i], keys[i]);
    ck_assert_int_eq(present->example_count, CHECK_EXAMPLES);
    expect(validation.all.results, CHECK_PEOPLE_RESPONSE, CHECK_FAILED, 1);
    ck_assert_int_eq(validation.all.results[CHECK_PEOPLE_RESPONSE].keys[0],
                     keys[4]);
    expect(validation.personas[1].group.results, CHECK_PEOPLE_PRESENT,
           CHECK_PASSED, 0);
    expect(validation.personas[0].group.results, CHECK_DUPLICATE_EXACT,
           CHECK_PASSED, 0);
}
END_TEST

/* Tiers of two personas and more, when there are several tiers. */
START_TEST(tiers)
{
    struct validation validation;
    struct event event;

    put_document("{\"id\":\"r\",\"name\":\"R\",\"tier\":2" RULES "}");
    add_many("p", "alpha", 1);
    add_many("q", "alpha", 1);
    event = new_event("Sync with {peer}");
    add("q", &event);
    event = new_event("Sync with {peer}");
    add("r", &event);
    commit();
    validation = validate_head();
    ck_assert_uint_eq(validation.tier_count, 0);
    expect(validation.all.results, CHECK_PERSONA_LIBRARY, CHECK_NOT_JUDGED, 0);
    request.whole = true;
    validation = validate_at(1);
    ck_assert_uint_eq(validation.tier_count, 1);
    ck_assert_int_eq(validation.tiers[0].tier, 1);
    ck_assert_int_eq(validation.tiers[0].personas, 2);
    ck_assert_int_eq(validation.tiers[0].group.meetings, 3);
    expect(validation.tiers[0].group.results, CHECK_TEXT_UNFILLED, CHECK_FAILED,
           1);
    ck_assert_uint_eq(validation.all.results[CHECK_TEXT_UNFILLED].key_count, 2);
    ck_assert_int_eq(validation.tier_failed, 1);
    ck_assert_int_eq(validation.persona_failed, 2);
    /* Those of the roster, and no division to leak across. */
    expect(validation.all.results, CHECK_PERSONA_LIBRARY, CHECK_WARNED, 30);
    ck_assert_uint_eq(validation.all.results[CHECK_PERSONA_LIBRARY].name_count,
                      30);
    expect(validation.all.results, CHECK_PERSONA_TIER_1, CHECK_WARNED, 2);
    expect(validation.all.results, CHECK_PERSONA_TIER_2, CHECK_WARNED, 1);
    expect(validation.all.results, CHECK_PERSONA_DIVERSITY, CHECK_WARNED, 0);
    expect(validation.all.results, CHECK_LEAK_NEAR, CHECK_NOT_JUDGED, 0);
    ck_assert_int_eq(validation.all.warned, 5);
}
END_TEST

/* What a tier alone may have is between all and a persona. */
START_TEST(of_a_tier)
{
    struct validation validation;

    add_many("p", "alpha", 16);
    add_many("p", "beta", 84);
    add_many("q", "alpha", 16);
    add_many("q", "beta", 84);
    commit();
    validation = validate_head();
    expect(validation.all.results, CHECK_IMPORTANCE_CRITICAL, CHECK_FAILED, 32);
    request.of_tier = true;
    validation = validate_at(1);
    expect(validation.all.results, CHECK_IMPORTANCE_CRITICAL, CHECK_PASSED, 32);
    ck_assert_double_eq(
        validation.all.results[CHECK_IMPORTANCE_CRITICAL].wanted.high, 16.25);
}
END_TEST

START_TEST(judged_elsewhere)
{
    struct validation validation;

    add_many("p", "alpha", 1);
    commit();
    validation = validate_head();
    ck_assert(!check_range_is_judged(
        validation.all.results[CHECK_AGAINST_ALIGNMENT].wanted));
    validation.all.failed = 0;
    validate_judge(&request, &validation, CHECK_AGAINST_ALIGNMENT, 95);
    expect(validation.all.results, CHECK_AGAINST_ALIGNMENT, CHECK_PASSED, 0);
    validate_judge(&request, &validation, CHECK_AGAINST_ALIGNMENT, 89.9);
    expect(validation.all.results, CHECK_AGAINST_ALIGNMENT, CHECK_FAILED, 0);
    ck_assert_int_eq(validation.all.failed, 1);
    request.skip[CHECK_AGAINST_ALIGNMENT] = true;
    validate_judge(&request, &validation, CHECK_AGAINST_ALIGNMENT, 1);
    ck_assert_int_eq(validation.all.failed, 1);
}
END_TEST

Suite *validate_suite(void)
{
    Suite *suite = suite_create("validate");
    TCase *tests = tcase_create("validate");

    tcase_add_checked_fixture(tests, setup, store_teardown);
    tcase_add_test(tests, an_empty_version);
    tcase_add_test(tests, a_mix);
    tcase_add_test(tests, near_duplicates);
    tcase_add_test(tests, a_sample);
    tcase_add_test(tests, ids_and_series);
    tcase_add_test(tests, types);
    tcase_add_test(tests, preparation_out_of_range);
    tcase_add_test(tests, other_ranges_and_fewer_checks);
    tcase_add_test(tests, a_single_persona);
    tcase_add_test(tests, stale_labels);
    tcase_add_test(tests, absent_persona);
    tcase_add_test(tests, tiers);
    tcase_add_test(tests, of_a_tier);
    tcase_add_test(tests, judged_elsewhere);
    suite_add_tcase(suite, tests);
    return suite;
}
