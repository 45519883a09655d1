/* Generating into the store: repeatable in any order, going on where it
 * stopped, and leaving nothing when it is stopped. */
#include "fixture.h"
#include "tests/unit/thresholds.h"

enum { COUNT = 40, PERSONAS = 3 };

static const char *const ids[PERSONAS] = {"gamma", "alpha", "beta"};

/* Three personas, put in the order that `turn` says. */
static void put_personas(int turn)
{
    begin();
    for (int i = 0; i < PERSONAS; i++)
        put_document(arena_format(
            &fix.arena, &fix.err,
            "{\"id\":\"%s\",\"name\":\"P\",\"tier\":1,\"demographics\":{"
            "\"function\":\"Sales\",\"level\":\"Manager\"},"
            "\"importance_criteria\":{\"always_important\":[\"customer\"]}}",
            ids[(i + turn) % PERSONAS]));
    ck_assert(commit());
}

static void setup(void)
{
    store_setup();
    put_personas(0);
}

/* Another dataset file in place of the first. */
static void start_over(const char *name, int turn)
{
    store_close(fix.store);
    fix.store = store_create(path_of(name), &fix.err);
    MUST(fix.store != NULL);
    put_personas(turn);
}

static struct mix_wish usual;

static struct generate_request request_for(int64_t count, uint64_t seed)
{
    struct generate_request request = {.count = count,
                                       .seed = seed,
                                       .time_zone = "Asia/Shanghai",
                                       .library = library(),
                                       .started = 1762785138000000,
                                       .mix = &usual};
    struct stored_persona *personas;

    usual = mix_usual(library_thresholds(&fix.arena));
    MUST(persona_list_at(fix.store, &fix.arena, head(), &personas,
                         &request.persona_count, &fix.err));
    request.personas = personas;
    return request;
}

static int64_t generate(const struct generate_request *request)
{
    struct generate_result result;

    begin();
    MUST(dataset_generate(fix.run, fix.store, &fix.arena, request, NULL,
                          &result, &fix.err));
    ck_assert(commit());
    return result.added;
}

/* All that a persona has: ids, documents and labels, a line each. */
static const char *everything(const char *id, int64_t since, int64_t *rows)
{
    struct scan scan = {
        .version = head(), .persona = persona_now(id)->key, .since = since};
    struct cursor *cursor = meeting_scan(fix.store, &scan, &fix.err);
    struct stored_meeting meeting;
    struct buf text = BUF_EMPTY;
    const char *kept;
    bool more = true;

    *rows = 0;
    MUST(cursor != NULL);
    while (more) {
        MUST(meeting_next(cursor, &meeting, &more, &fix.err));
        if (more) {
            struct stored_label label = label_of(meeting.key);
            buf_format(&text, "%s %s %d %d %d %s\n", meeting.id,
                       meeting.document, label.importance, label.rsvp,
                       label.prep_minutes, reasoning_of(&label));
            ++*rows;
        }
    }
    cursor_close(cursor);
    kept = arena_text(&fix.arena, buf_string(&text), &fix.err);
    buf_free(&text);
    return kept;
}

START_TEST(the_same_seed_gives_the_same_meetings)
{
    struct generate_request request = request_for(COUNT, 3);
    const char *before[PERSONAS];
    struct stored_persona turned[PERSONAS];
    int64_t rows;

    ck_assert_int_eq(generate(&request), PERSONAS * COUNT);
    for (int i = 0; i < PERSONAS; i++) {
        before[i] = everything(ids[i], 0, &rows);
        ck_assert_int_eq(rows, COUNT);
    }
    start_over("second.db", 1);
    request = request_for(COUNT, 3);
    for (int i = 0; i < PERSONAS; i++)
        turned[i] = request.personas[(i + 2) % PERSONAS];
    request.personas = turned;
    ck_assert_int_eq(generate(&request), PERSONAS * COUNT);
    for (int i = 0; i < PERSONAS; i++)
        ck_assert_str_eq(everything(ids[i], 0, &rows), before[i]);
}
END_TEST

START_TEST(another_seed_gives_other_meetings)
{
    struct generate_request request = request_for(COUNT, 3);
    const char *before;
    int64_t rows;

    generate(&request);
    before = everything("alpha", 0, &rows);
    start_over("second.db", 0);
    request.seed = 4;
    generate(&request);
    ck_assert_str_ne(everything("alpha", 0, &rows), before);
}
END_TEST

/* One persona alone has the meetings that it has among others. */
START_TEST(personas_do_not_disturb_each_other)
{
    struct generate_request request = request_for(COUNT, 3);
    const char *before;
    int64_t rows;

    generate(&request);
    before = everything("beta", 0, &rows);
    start_over("second.db", 2);
    request = request_for(COUNT, 3);
    request.personas = persona_now("beta");
    request.persona_count = 1;
    ck_assert_int_eq(generate(&request), COUNT);
    ck_assert_str_eq(everything("beta", 0, &rows), before);
}
END_TEST

static civil_minute earliest(const char *id, int64_t since)
{
    struct scan scan = {
        .version = head(), .persona = persona_now(id)->key, .since = since};
    struct cursor *cursor = fact_scan(fix.store, &scan, &fix.err);
    civil_minute first = INT64_MAX;
    struct stored_fact fact;
    bool more = true;

    MUST(cursor != NULL);
    while (more) {
        MUST(fact_next(cursor, &fact, &more, &fix.err));
        if (more && fact.facts.start < first)
            first = fact.facts.start;
    }
    cursor_close(cursor);
    return first;
}

START_TEST(a_second_batch_goes_on)
{
    struct generate_request request = request_for(COUNT, 3);
    civil_minute last;
    int64_t rows;
    civil_day day;
    bool any;

    generate(&request);
    ck_assert_int_eq(head(), 2);
    MUST(meeting_last_start(fix.store, persona_now("alpha")->key, &any, &last,
                            &fix.err));
    ck_assert(any);
    /* Ids are refused when they are not new. */
    ck_assert_int_eq(generate(&request), PERSONAS * COUNT);
    everything("alpha", 0, &rows);
    ck_assert_int_eq(rows, 2 * COUNT);
    everything("alpha", 3, &rows);
    ck_assert_int_eq(rows, COUNT);
    day = (civil_day)(last / MINUTES_A_DAY);
    ck_assert_int_ge(earliest("alpha", 3) / MINUTES_A_DAY,
                     day - civil_weekday(day) + 7);
    ck_assert_int_lt(earliest("alpha", 3) / MINUTES_A_DAY,
                     day - civil_weekday(day) + 14);
}
END_TEST

START_TEST(calendars_start_when_asked)
{
    struct generate_request request = request_for(COUNT, 3);
    civil_day first = calendar_usual_start(request.seed, "alpha");

    generate(&request);
    ck_assert_int_ge(earliest("alpha", 0) / MINUTES_A_DAY, first);
    ck_assert_int_lt(earliest("alpha", 0) / MINUTES_A_DAY, first + 7);
    request.has_start = true;
    request.start = civil_from_date((struct civil_date){2024, 2, 29});
    generate(&request);
    ck_assert_int_ge(earliest("alpha", 3) / MINUTES_A_DAY, request.start);
    ck_assert_int_lt(earliest("alpha", 3) / MINUTES_A_DAY, request.start + 7);
}
END_TEST

START_TEST(weeks_are_whole)
{
    struct generate_request request = request_for(0, 3);
    civil_minute last;
    bool any;

    request.weeks = 2;
    request.has_start = true;
    request.start = civil_from_date((struct civil_date){2026, 1, 5});
    ck_assert_int_gt(generate(&request), 0);
    MUST(meeting_last_start(fix.store, persona_now("alpha")->key, &any, &last,
                            &fix.err));
    ck_assert_int_ge(last / MINUTES_A_DAY,
                     civil_from_date((struct civil_date){2026, 1, 12}));
    ck_assert_int_lt(last / MINUTES_A_DAY,
                     civil_from_date((struct civil_date){2026, 1, 19}));
}
END_TEST

static bool interrupt(void *context, const char *what, int64_t done,
                      int64_t total, struct error *err)
{
    int64_t *calls = context;

    ck_assert_str_eq(what, "meetings");
    ck_assert_int_eq(done, ++*calls * MONITOR_ROWS);
    ck_assert_int_eq(total, PERSONAS * 200);
    return error_set(err, ERROR_INTERRUPTED, "interrupted");
}

START_TEST(an_interrupted_run_leaves_no_version)
{
    struct generate_request request = request_for(200, 3);
    int64_t calls = 0;
    struct monitor monitor = {.tick = interrupt, .context = &calls};
    struct generate_result result;
    int64_t rows;

    begin();
    MUST_FAIL(dataset_generate(fix.run, fix.store, &fix.arena, &request,
                               &monitor, &result, &fix.err),
              ERROR_INTERRUPTED, "interrupted");
    abandon();
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(head(), 1);
    everything("gamma", 0, &rows);
    ck_assert_int_eq(rows, 0);
    /* and the next run is as if it had not been */
    request = request_for(COUNT, 3);
    generate(&request);
    ck_assert_int_eq(head(), 2);
}
END_TEST

/* Relabelling what was generated finds nothing: facts that were taken from the
 * event and facts that were stored give the same labels. */
START_TEST(generated_labels_are_those_of_relabelling)
{
    struct generate_request request = request_for(COUNT, 3);
    struct relabel_result result;
    struct noun_counts counts;

    generate(&request);
    for (int i = 0; i < PERSONAS; i++) {
        ck_assert(fresh(ids[i]));
        edit(arena_format(
            &fix.arena, &fix.err,
            "{\"id\":\"%s\",\"name\":\"P\",\"tier\":1,\"demographics\":{"
            "\"function\":\"Sales\",\"level\":\"Manager\"},"
            "\"importance_criteria\":{\"always_important\":[\"customer\","
            "\"nowhere at all\"]}}",
            ids[i]));
    }
    begin();
    MUST(dataset_relabel(fix.run, fix.store, &fix.arena, request.personas, 0,
                         NULL, &result, &fix.err));
    ck_assert_int_eq(result.checked, 0);
    abandon();
    request = request_for(COUNT, 3);
    begin();
    MUST(dataset_relabel(fix.run, fix.store, &fix.arena, request.personas,
                         request.persona_count, NULL, &result, &fix.err));
    counts = run_counts(fix.run, NOUN_LABEL);
    ck_assert_int_eq(result.checked, PERSONAS * COUNT);
    ck_assert_int_eq(counts.changed, 0);
    ck_assert(!commit());
}
END_TEST

Suite *generate_suite(void);
Suite *generate_suite(void)
{
    Suite *suite = suite_create("generate");
    TCase *tcase = tcase_create("generate");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, the_same_seed_gives_the_same_meetings);
    tcase_add_test(tcase, another_seed_gives_other_meetings);
    tcase_add_test(tcase, personas_do_not_disturb_each_other);
    tcase_add_test(tcase, a_second_batch_goes_on);
    tcase_add_test(tcase, calendars_start_when_asked);
    tcase_add_test(tcase, weeks_are_whole);
    tcase_add_test(tcase, an_interrupted_run_leaves_no_version);
    tcase_add_test(tcase, generated_labels_are_those_of_relabelling);
    suite_add_tcase(suite, tcase);
    return suite;
}
