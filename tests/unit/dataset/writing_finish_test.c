/* Written meetings become a version: all of them labelled, with their planned
 * times and people, or with those that the model made up. */
#include "writing.h"

enum { COUNT = 60 };

static void setup(void)
{
    store_setup();
    begin();
    put_document(writing_document("alpha", "review", ""));
    put_document(writing_document("beta", "review", ""));
    ck_assert(commit());
}

/* A living meeting. */
struct row {
    int64_t key;
    struct event event;
    struct meeting_facts facts; /* of the document */
    const char *document;
};

static void read_row(const struct stored_meeting *meeting, struct row *row)
{
    const cJSON *tree;

    row->key = meeting->key;
    row->document = arena_bytes(&fix.arena, meeting->document,
                                meeting->document_length, &fix.err);
    MUST(row->document != NULL);
    tree = json_parse(&fix.arena, row->document, meeting->document_length,
                      "test", &fix.err);
    MUST(tree != NULL);
    MUST(graph_read_event(&fix.arena, tree, &row->event, &fix.err));
    MUST(graph_read_facts(&fix.arena, tree, &row->facts, &fix.err));
}

static struct row *rows_of(const char *id, int64_t since, size_t *count)
{
    struct scan scan = {
        .version = head(), .persona = persona_now(id)->key, .since = since};
    struct cursor *cursor = meeting_scan(fix.store, &scan, &fix.err);
    struct row *rows = arena_zero(&fix.arena, 1000, sizeof *rows, &fix.err);
    struct stored_meeting meeting;
    bool more = true;

    MUST(cursor && rows);
    *count = 0;
    while (more) {
        MUST(meeting_next(cursor, &meeting, &more, &fix.err));
        if (more)
            read_row(&meeting, &rows[(*count)++]);
    }
    cursor_close(cursor);
    return rows;
}

/* Stored facts are those of the document, which has graph_write's form. */
static void check_row(const struct row *row)
{
    struct stored_fact fact;
    struct buf text = BUF_EMPTY;
    bool found;

    MUST(fact_at(fix.store, &fix.arena, head(), row->key, &fact, &found,
                 &fix.err));
    ck_assert(found);
    ck_assert_str_eq(fact.facts.subject, row->facts.subject);
    ck_assert_str_eq(fact.facts.preview, row->facts.preview);
    ck_assert_str_eq(fact.facts.people, row->facts.people);
    ck_assert_int_eq(fact.facts.attendees, row->facts.attendees);
    ck_assert_int_eq(fact.facts.minutes, row->facts.minutes);
    ck_assert_int_eq(fact.facts.start, row->facts.start);
    ck_assert_int_eq(fact.facts.external, row->facts.external);
    ck_assert_int_eq(fact.facts.organizer, row->facts.organizer);
    ck_assert_int_eq(fact.facts.type, row->facts.type);
    ck_assert_ptr_null(strstr(row->document, "{subject}"));
    graph_write(&text, &row->event);
    ck_assert_str_eq(buf_string(&text), row->document);
    buf_free(&text);
}

static struct writing_job write_all(const struct writing_wish *wish)
{
    struct writing_job job = writing_start(wish);

    writing_answer(&job, SIZE_MAX);
    return job;
}

START_TEST(all_meetings_are_there_and_labelled)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = write_all(&wish);
    struct job ended;
    bool found;
    int topical = 0;

    ck_assert_int_eq(writing_end(&job, false), 2 * COUNT);
    MUST(job_get(fix.store, &fix.arena, job.job.number, &ended, &found,
                 &fix.err));
    ck_assert_int_eq(ended.state, JOB_DONE);
    ck_assert_int_eq(ended.version, head());
    for (int i = 0; i < 2; i++) {
        const char *id = job.homes[i].id;
        size_t count;
        struct row *rows = rows_of(id, 0, &count);
        ck_assert_uint_eq(count, COUNT);
        ck_assert(fresh(id));
        for (size_t k = 0; k < count; k++) {
            struct stored_label label = label_of(rows[k].key);
            int64_t request;
            check_row(&rows[k]);
            ck_assert_ptr_nonnull(strstr(rows[k].event.subject, "Subject "));
            topical += label.importance != IMPORTANCE_MEDIUM;
            MUST(origin_get(fix.store, rows[k].key, &request, &fix.err));
            ck_assert_int_gt(request, 0);
            ck_assert_int_eq(request_of(request).persona, job.personas[i]);
        }
    }
    /* Topics lead the rules to what the calendar chose. */
    ck_assert_int_gt(topical, COUNT / 2);
}
END_TEST

/* Rules say the same of written meetings as of the simulated ones whose
 * phrases they were given. */
START_TEST(the_mix_survives)
{
    struct writing_wish wish = writing_wish_for(150);
    struct writing_job job = write_all(&wish);
    size_t count;
    struct row *rows;
    int levels[IMPORTANCE_LEVELS] = {0};

    writing_end(&job, false);
    rows = rows_of("alpha", 0, &count);
    for (size_t i = 0; i < count; i++)
        levels[label_of(rows[i].key).importance]++;
    ck_assert_int_ge(levels[IMPORTANCE_CRITICAL], 9);
    ck_assert_int_le(levels[IMPORTANCE_CRITICAL], 30);
    ck_assert_int_ge(levels[IMPORTANCE_HIGH], 24);
    ck_assert_int_le(levels[IMPORTANCE_HIGH], 60);
    ck_assert_int_ge(levels[IMPORTANCE_LOW], 15);
    ck_assert_int_le(levels[IMPORTANCE_LOW], 45);
}
END_TEST

/* Occurrences share their texts, with those of earlier versions as well. */
static void check_series(const char *id)
{
    size_t count;
    struct row *rows = rows_of(id, 0, &count);

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct event *one = &rows[i].event;
            const struct event *other = &rows[k].event;
            if (!one->series_master_id || !other->series_master_id ||
                strcmp(one->series_master_id, other->series_master_id) != 0)
                continue;
            ck_assert_str_eq(one->preview, other->preview);
            if (one->type == EVENT_OCCURRENCE &&
                other->type == EVENT_OCCURRENCE)
                ck_assert_str_eq(one->subject, other->subject);
        }
}

START_TEST(series_share_their_texts)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = write_all(&wish);
    size_t count;
    struct row *rows;
    int renamed = 0;

    writing_end(&job, false);
    check_series("alpha");
    rows = rows_of("alpha", 0, &count);
    for (size_t i = 0; i < count; i++)
        renamed += rows[i].event.type == EVENT_EXCEPTION &&
                   strncmp(rows[i].event.subject, "Subject", 7) != 0;
    ck_assert_int_gt(renamed, 0);
}
END_TEST

static int64_t known_briefs(const struct writing_job *job)
{
    struct planned *planned;
    size_t count;
    int64_t known = 0;

    MUST(planned_list(fix.store, &fix.arena, job->job.number, job->personas[0],
                      &planned, &count, &fix.err));
    for (size_t i = 0; i < count; i++)
        known += !planned[i].brief;
    return known;
}

START_TEST(a_second_job_continues_series)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = write_all(&wish);
    int64_t first;
    size_t count;

    ck_assert_int_eq(known_briefs(&job), 0);
    writing_end(&job, false);
    first = head();
    wish = writing_wish_for(COUNT);
    job = write_all(&wish);
    ck_assert_int_gt(known_briefs(&job), 0);
    ck_assert_int_eq(writing_end(&job, false), 2 * COUNT);
    rows_of("alpha", first + 1, &count);
    ck_assert_uint_eq(count, COUNT);
    check_series("alpha");
    check_series("beta");
}
END_TEST

START_TEST(series_of_the_simulation_go_on)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct generate_result result;
    struct writing_job job;

    begin();
    MUST(dataset_generate(fix.run, fix.store, &fix.arena, &wish.generate, NULL,
                          &result, &fix.err));
    ck_assert(commit());
    wish = writing_wish_for(COUNT);
    job = write_all(&wish);
    ck_assert_int_gt(known_briefs(&job), 0);
    ck_assert_int_eq(writing_end(&job, false), 2 * COUNT);
    check_series("alpha");
}
END_TEST

START_TEST(what_is_not_written_is_left_out_when_told)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);
    struct generate_result result;
    size_t alpha;
    size_t beta;

    begin();
    MUST_FAIL(writing_finish(fix.run, fix.store, &fix.arena, &job, true, NULL,
                             &result, &fix.err),
              ERROR_INPUT, "job 1 has no written meeting yet");
    abandon();
    writing_answer(&job, 2);
    begin();
    MUST_FAIL(writing_finish(fix.run, fix.store, &fix.arena, &job, false, NULL,
                             &result, &fix.err),
              ERROR_INPUT, "persona alpha: brief 9 has no text yet");
    abandon();
    writing_end(&job, true);
    rows_of("alpha", 0, &alpha);
    rows_of("beta", 0, &beta);
    ck_assert_uint_ge(alpha, 8);
    ck_assert_uint_lt(alpha, COUNT);
    ck_assert_uint_eq(beta, 0);
}
END_TEST

START_TEST(long_names_are_cut)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = write_all(&wish);
    size_t count;
    struct job_brief *briefs = briefs_of(&job, job.personas[0], &count);
    char name[301];
    struct row *rows;

    memset(name, 'x', 300);
    name[300] = '\0';
    MUST(journal_begin(fix.store, &fix.err));
    for (size_t i = 0; i < count; i++) {
        struct written written = written_for(&briefs[i]);
        written.subject = name;
        set_text(&job, &briefs[i], briefs[i].request, &written);
    }
    MUST(journal_end(fix.store, true, &fix.err));
    writing_end(&job, false);
    rows = rows_of("alpha", 0, &count);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(strlen(rows[i].event.subject), 255);
}
END_TEST

START_TEST(a_removed_persona_is_told)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = write_all(&wish);
    struct generate_result result;
    int64_t renewed;

    begin();
    MUST(dataset_remove_personas(fix.run, &fix.arena, persona_now("beta"), 1,
                                 &fix.err));
    ck_assert(commit());
    begin();
    MUST_FAIL(writing_finish(fix.run, fix.store, &fix.arena, &job, false, NULL,
                             &result, &fix.err),
              ERROR_INPUT,
              "persona beta was removed since its meetings were planned");
    abandon();
    MUST(journal_begin(fix.store, &fix.err));
    ck_assert(!writing_renew(fix.store, &fix.arena, &job, &renewed, &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_INPUT);
    ck_assert(!journal_end(fix.store, false, &fix.err));
}
END_TEST

/* ---- Whole meetings ---- */

/* The meetings of a persona an hour after the other, but for two at once. */
static void write_whole(const struct writing_job *job, int which)
{
    static const struct written_person people[] = {
        {.name = "José Álvarez", .company = NULL, .optional = false},
        {.name = "Li Wei", .company = "Blue Yonder", .optional = true},
        {.name = "王伟", .company = "Blue Yonder", .optional = false},
        {.name = "Jose Alvarez", .company = NULL, .optional = true},
    };
    size_t count;
    struct job_brief *briefs = briefs_of(job, job->personas[which], &count);

    for (size_t i = 0; i < count; i++) {
        struct written written = written_for(&briefs[i]);
        written.date = arena_format(&fix.arena, &fix.err, "2026-03-%02d",
                                    (int)(28 - i % 20));
        written.start = 9 * 60 + 60 * (int)(i / 20);
        written.minutes = 45;
        written.own = i % 3 == 0;
        written.organizer = i % 3 == 1 ? "Li Wei" : "Petra Somebody";
        written.people = people;
        written.people_count = i % 4 ? 4 : 0;
        if (i == 1)
            written.date = "2026-03-28";
        set_text(job, &briefs[i], 1, &written);
    }
}

static void check_guests(const struct row *row, const struct writing_home *home)
{
    const struct event *event = &row->event;
    bool self = event->response == RESPONSE_ORGANIZER;

    for (size_t i = 0; i < event->attendee_count; i++) {
        const char *at = strchr(event->attendees[i].address, '@');
        ck_assert_ptr_nonnull(at);
        ck_assert(!strcmp(at + 1, home->at.domain) ||
                  !strcmp(at + 1, "blue-yonder.example"));
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(event->attendees[i].address,
                             event->attendees[k].address);
        self |= !strcmp(event->attendees[i].address, home->at.address);
    }
    ck_assert(self);
    ck_assert((event->response == RESPONSE_ORGANIZER) ==
              !strcmp(event->organizer_address, home->at.address));
}

START_TEST(whole_meetings_have_times_and_people_of_their_own)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job;
    struct row *rows;
    size_t count;
    int overlaps = 0;

    wish.whole = true;
    job = writing_start(&wish);
    MUST(journal_begin(fix.store, &fix.err));
    write_whole(&job, 0);
    write_whole(&job, 1);
    MUST(journal_end(fix.store, true, &fix.err));
    ck_assert_int_eq(writing_end(&job, false), 2 * COUNT);
    rows = rows_of("alpha", 0, &count);
    ck_assert_uint_eq(count, COUNT);
    for (size_t i = 0; i < count; i++) {
        struct stored_fact fact;
        bool found;
        check_row(&rows[i]);
        check_guests(&rows[i], &job.homes[0]);
        ck_assert_int_eq(rows[i].event.type, EVENT_SINGLE);
        ck_assert_int_eq(rows[i].facts.minutes, 45);
        if (i)
            ck_assert_int_ge(rows[i].facts.start, rows[i - 1].facts.start);
        MUST(fact_at(fix.store, &fix.arena, head(), rows[i].key, &fact, &found,
                     &fix.err));
        overlaps += fact.facts.overlaps;
    }
    /* The second one was put where the first one is. */
    ck_assert_int_eq(overlaps, 2);
}
END_TEST

START_TEST(totals_are_told)
{
    struct job_totals totals = {.calls = 3,
                                .retries = 1,
                                .prompt_tokens = 10,
                                .completion_tokens = 20,
                                .cost = 1234567};
    struct buf buf = BUF_EMPTY;

    writing_totals_json(&buf, &totals);
    ck_assert_str_eq(
        buf_string(&buf),
        "{\"calls\":3,\"retries\":1,\"corrections\":0,\"candidates\":0,"
        "\"rejected\":0,\"coerced\":0,\"prompt_tokens\":10,\"cached_tokens\":0,"
        "\"completion_tokens\":20,\"cost_usd\":1.234567,\"unpriced\":0}");
    buf_clear(&buf);
    totals.cost = 0;
    totals.unpriced = 3;
    writing_totals_json(&buf, &totals);
    ck_assert_ptr_nonnull(strstr(buf_string(&buf), "\"cost_usd\":null"));
    buf_free(&buf);
}
END_TEST

Suite *writing_finish_suite(void);
Suite *writing_finish_suite(void)
{
    Suite *suite = suite_create("writing_finish");
    TCase *tcase = tcase_create("writing_finish");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, all_meetings_are_there_and_labelled);
    tcase_add_test(tcase, the_mix_survives);
    tcase_add_test(tcase, series_share_their_texts);
    tcase_add_test(tcase, a_second_job_continues_series);
    tcase_add_test(tcase, series_of_the_simulation_go_on);
    tcase_add_test(tcase, what_is_not_written_is_left_out_when_told);
    tcase_add_test(tcase, long_names_are_cut);
    tcase_add_test(tcase, a_removed_persona_is_told);
    tcase_add_test(tcase, whole_meetings_have_times_and_people_of_their_own);
    tcase_add_test(tcase, totals_are_told);
    suite_add_tcase(suite, tcase);
    return suite;
}
