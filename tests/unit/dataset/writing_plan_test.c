/* Planning a job: which meetings, which briefs, what is asked, and what of it
 * is kept. */
#include "writing.h"

enum { COUNT = 60, PERSONAS = 2 };

static const char *const ids[PERSONAS] = {"alpha", "beta"};

static void setup(void)
{
    store_setup();
    begin();
    for (int i = 0; i < PERSONAS; i++)
        put_document(writing_document(ids[i], "review", ""));
    ck_assert(commit());
}

static struct planned *planned_of(const struct writing_job *job,
                                  int64_t persona, size_t *count)
{
    struct planned *planned;

    MUST(planned_list(fix.store, &fix.arena, job->job.number, persona, &planned,
                      count, &fix.err));
    return planned;
}

static const cJSON *parse(const char *text)
{
    const cJSON *tree =
        json_parse(&fix.arena, text, strlen(text), "test", &fix.err);

    MUST(tree != NULL);
    return tree;
}

static const char *member(const struct planned *planned, const char *name)
{
    return json_member_text(parse(planned->document), name);
}

START_TEST(as_many_meetings_as_wanted)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);

    ck_assert_uint_eq(job.persona_count, PERSONAS);
    for (int i = 0; i < PERSONAS; i++) {
        size_t planned;
        size_t briefs;
        int64_t meetings = 0;
        struct job_brief *list = briefs_of(&job, job.personas[i], &briefs);
        planned_of(&job, job.personas[i], &planned);
        ck_assert_uint_eq(planned, COUNT);
        /* A series is one brief. */
        ck_assert_uint_lt(briefs, COUNT);
        for (size_t k = 0; k < briefs; k++) {
            ck_assert_int_eq(list[k].number, (int64_t)k + 1);
            meetings += list[k].meetings;
        }
        ck_assert_int_eq(meetings, COUNT);
    }
    ck_assert_int_eq(head(), 1);
}
END_TEST

/* A series has one brief for its meetings, a single meeting has its own. */
START_TEST(briefs_are_of_series)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);
    size_t count;
    size_t brief_count;
    struct planned *planned = planned_of(&job, job.personas[0], &count);
    struct job_brief *briefs = briefs_of(&job, job.personas[0], &brief_count);
    int renamed = 0;

    for (size_t i = 0; i < count; i++) {
        const char *master = member(&planned[i], "seriesMasterId");
        struct brief brief;
        ck_assert_int_ge(planned[i].brief, 1);
        ck_assert_int_le(planned[i].brief, (int64_t)brief_count);
        ck_assert_ptr_nonnull(strstr(planned[i].document, "{subject}"));
        brief = brief_of(&briefs[planned[i].brief - 1]);
        ck_assert((brief.repeats != NULL) == (master != NULL));
        for (size_t k = 0; master && k < i; k++) {
            const char *other = member(&planned[k], "seriesMasterId");
            ck_assert((other && !strcmp(other, master)) ==
                      (planned[k].brief == planned[i].brief));
        }
        if (strcmp(member(&planned[i], "subject"), "{subject}") != 0) {
            ck_assert_str_eq(member(&planned[i], "type"), "exception");
            renamed++;
        }
    }
    ck_assert_int_gt(renamed, 0);
}
END_TEST

/* Texts apart, the job's meetings are those that are made without a model. */
START_TEST(the_calendar_is_the_simulated_one)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);
    struct generate_result result;
    struct scan scan = {.persona = job.personas[1]};
    struct stored_meeting meeting;
    struct cursor *cursor;
    size_t count;
    struct planned *planned = planned_of(&job, job.personas[1], &count);
    bool more;

    /* In another file, where no job took the first batch. */
    store_close(fix.store);
    fix.store = store_create(path_of("second.db"), &fix.err);
    MUST(fix.store != NULL);
    begin();
    for (int i = 0; i < PERSONAS; i++)
        put_document(writing_document(ids[i], "review", ""));
    ck_assert(commit());
    wish = writing_wish_for(COUNT);
    begin();
    MUST(dataset_generate(fix.run, fix.store, &fix.arena, &wish.generate, NULL,
                          &result, &fix.err));
    ck_assert(commit());
    scan.version = head();
    cursor = meeting_scan(fix.store, &scan, &fix.err);
    MUST(cursor != NULL);
    for (size_t i = 0; i < count; i++) {
        struct event one;
        struct event other;
        struct buf text = BUF_EMPTY;
        MUST(meeting_next(cursor, &meeting, &more, &fix.err));
        ck_assert(more);
        MUST(graph_read_event(&fix.arena, parse(meeting.document), &one,
                              &fix.err));
        MUST(graph_read_event(&fix.arena, parse(planned[i].document), &other,
                              &fix.err));
        other.subject = one.subject;
        other.preview = one.preview;
        graph_write(&text, &other);
        ck_assert_str_eq(buf_string(&text), meeting.document);
        buf_free(&text);
    }
    cursor_close(cursor);
}
END_TEST

/* What a brief tells is what the meeting has. */
START_TEST(briefs_describe_their_meetings)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);
    size_t count;
    size_t brief_count;
    struct planned *planned = planned_of(&job, job.personas[0], &count);
    struct job_brief *briefs = briefs_of(&job, job.personas[0], &brief_count);
    int64_t last = 0;
    int topics = 0;
    int guests = 0;

    for (size_t i = 0; i < count; i++) {
        struct brief brief;
        struct event event;
        struct civil_date date;
        /* The first of a series. */
        if (planned[i].brief <= last)
            continue;
        last = planned[i].brief;
        brief = brief_of(&briefs[last - 1]);
        MUST(graph_read_event(&fix.arena, parse(planned[i].document), &event,
                              &fix.err));
        date = civil_to_date(civil_day_of(event.start));
        ck_assert_str_eq(
            brief.date,
            arena_format(
                &fix.arena, &fix.err, "%s %d %s %d",
                civil_weekday_names[civil_weekday(civil_day_of(event.start))],
                date.day, civil_month_names[date.month - 1], date.year));
        ck_assert_int_eq(brief.minutes, event.end - event.start);
        ck_assert(!strcmp(brief.organizer, "you") ==
                  (event.response == RESPONSE_ORGANIZER));
        ck_assert_str_ne(brief.kind, "");
        ck_assert_uint_le(brief.topic_count, 2);
        topics += brief.topic_count > 0;
        for (size_t k = 0; k < brief.people_count; k++) {
            const char *open = strstr(brief.people[k], " (");
            ck_assert_ptr_nonnull(open);
            guests += strchr(open, ',') != NULL;
            ck_assert_ptr_nonnull(strstr(
                planned[i].document,
                arena_format(&fix.arena, &fix.err, "%.*s",
                             (int)(open - brief.people[k]), brief.people[k])));
        }
    }
    ck_assert_int_eq(last, (int64_t)brief_count);
    ck_assert_int_gt(topics, 0);
    ck_assert_int_gt(guests, 0);
}
END_TEST

START_TEST(every_brief_is_asked_for_once)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);
    size_t count;
    int64_t *numbers = requests_in(&job, REQUEST_WAITING, &count);
    int64_t next[PERSONAS] = {1, 1};

    for (size_t i = 0; i < count; i++) {
        struct request request = request_of(numbers[i]);
        int who = request.persona == job.personas[1];
        int64_t *briefs;
        size_t brief_count;
        ck_assert_int_eq(request.kind, REQUEST_FIRST);
        ck_assert_int_lt(request.seed, INT64_C(1) << 31);
        MUST(writing_numbers(&fix.arena, request.briefs, &briefs, &brief_count,
                             &fix.err));
        ck_assert_uint_le(brief_count, 4);
        for (size_t k = 0; k < brief_count; k++)
            ck_assert_int_eq(briefs[k], next[who]++);
        for (size_t k = 0; k < i; k++)
            ck_assert_int_ne(request_of(numbers[k]).seed, request.seed);
    }
    for (int i = 0; i < PERSONAS; i++) {
        size_t briefs;
        briefs_of(&job, job.personas[i], &briefs);
        ck_assert_int_eq(next[i], (int64_t)briefs + 1);
    }
}
END_TEST

START_TEST(the_options_come_back)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job;
    const struct generate_request *generate = &job.wish.generate;

    wish.generate.seed = UINT64_MAX - 1;
    wish.generate.has_start = true;
    wish.generate.start = civil_from_date((struct civil_date){2024, 2, 29});
    wish.temperature = -1;
    wish.whole = true;
    wish.most_cost = 1234567;
    wish.most_tokens = INT64_MAX;
    writing_mix.levels[2] = mix_given_level(310);
    job = writing_start(&wish);
    ck_assert_uint_eq(generate->seed, UINT64_MAX - 1);
    ck_assert_int_eq(generate->count, COUNT);
    ck_assert_int_eq(generate->weeks, 0);
    ck_assert(generate->has_start);
    ck_assert_int_eq(generate->start, wish.generate.start);
    ck_assert_str_eq(generate->time_zone, "Asia/Shanghai");
    ck_assert_int_eq(generate->started, WRITING_STARTED);
    ck_assert_mem_eq(generate->mix, &writing_mix, sizeof writing_mix);
    ck_assert_str_eq(job.wish.provider, "openai");
    ck_assert_str_eq(job.wish.model, "test-model");
    ck_assert_str_eq(job.wish.language, "English");
    ck_assert(job.wish.whole);
    ck_assert_int_eq(job.wish.most_cost, 1234567);
    ck_assert_int_eq(job.wish.most_tokens, INT64_MAX);
    ck_assert_int_eq(job.wish.per_call, 4);
    ck_assert_int_eq(job.wish.temperature, -1);
    ck_assert_int_eq(job.wish.candidates, 300);
    ck_assert_str_eq(job.texts.system, wish.texts->system);
    ck_assert_mem_eq(job.texts.hash, wish.texts->hash, HASH_SIZE);
    for (int i = 0; i < PERSONAS; i++) {
        ck_assert_str_eq(job.homes[i].id, ids[i]);
        ck_assert_int_eq(job.homes[i].key, persona_now(ids[i])->key);
        ck_assert_ptr_nonnull(
            strstr(job.homes[i].at.address, job.homes[i].at.domain));
    }
}
END_TEST

START_TEST(options_that_are_damaged_are_told)
{
    struct job job = {.number = 3, .options = "{\"per_call\":2}"};
    struct writing_job read;

    MUST_FAIL(writing_read_job(fix.store, &fix.arena, &job, &read, &fix.err),
              ERROR_DATABASE, "job 3: its options have no usable \"seed\"");
    job.options = "{";
    ck_assert(!writing_read_job(fix.store, &fix.arena, &job, &read, &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_DATABASE);
}
END_TEST

/* Another attempt asks for the same briefs with another seed; in another file
 * the same is asked. */
START_TEST(requests_are_functions_of_what_is_asked)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);
    struct writing_persona persona;
    struct request one;
    struct request other;
    size_t count;
    int64_t *numbers = requests_in(&job, REQUEST_WAITING, &count);
    struct request first = request_of(numbers[0]);
    size_t brief_count;
    struct job_brief *briefs = briefs_of(&job, job.personas[0], &brief_count);

    MUST(writing_persona_open(fix.store, &fix.arena, &job, job.personas[0],
                              &persona, &fix.err));
    MUST(writing_request(&fix.arena, &job, &persona, briefs, 4, REQUEST_FIRST,
                         0, &one, &fix.err));
    ck_assert_mem_eq(one.fingerprint, first.fingerprint, HASH_SIZE);
    ck_assert_str_eq(one.briefs, "[1,2,3,4]");
    briefs[1].taken = "[\"Taken already\"]";
    MUST(writing_request(&fix.arena, &job, &persona, briefs, 4, REQUEST_FIRST,
                         0, &other, &fix.err));
    ck_assert_mem_eq(one.fingerprint, other.fingerprint, HASH_SIZE);
    MUST(writing_request(&fix.arena, &job, &persona, briefs, 4, REQUEST_AGAIN,
                         1, &other, &fix.err));
    ck_assert_int_ne(one.seed, other.seed);
    ck_assert_mem_ne(one.fingerprint, other.fingerprint, HASH_SIZE);
    ck_assert_ptr_nonnull(strstr(other.messages, "Taken already"));
    other = one;
    other.most_tokens *= 2;
    writing_fingerprint(&job, &other);
    ck_assert_mem_ne(one.fingerprint, other.fingerprint, HASH_SIZE);
}
END_TEST

START_TEST(bodies_hold_what_is_asked)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);
    struct endpoint endpoint = {.model = "test-model"};
    struct buf body = BUF_EMPTY;
    struct request request = request_of(1);
    const cJSON *tree;
    const cJSON *messages;

    MUST(writing_body(&fix.arena, &job, &request, &endpoint, &chat_first_traits,
                      &body, &fix.err));
    tree = parse(buf_string(&body));
    messages = json_member(tree, "messages");
    ck_assert_str_eq(json_member_text(tree, "model"), "test-model");
    ck_assert_int_eq(cJSON_GetArraySize(messages), 2);
    ck_assert_str_eq(
        json_member_text(cJSON_GetArrayItem(messages, 0), "content"),
        request.system);
    ck_assert_str_eq(json_member_text(cJSON_GetArrayItem(messages, 1), "role"),
                     "user");
    ck_assert_ptr_nonnull(json_member(tree, "response_format"));
    buf_free(&body);
}
END_TEST

START_TEST(estimates_count_what_waits)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job = writing_start(&wish);
    struct price price = {.model = "test-model",
                          .input = 1000000,
                          .cached = 1000000,
                          .output = 2000000,
                          .batch_percent = 50};
    struct writing_estimate estimate;
    struct writing_estimate less;
    size_t count;
    size_t briefs[PERSONAS];
    int64_t tokens;

    requests_in(&job, REQUEST_WAITING, &count);
    for (int i = 0; i < PERSONAS; i++)
        briefs_of(&job, job.personas[i], &briefs[i]);
    tokens = 90 * (int64_t)(briefs[0] + briefs[1]);
    MUST(writing_estimate(fix.store, &job, NULL, false, &estimate, &fix.err));
    ck_assert_int_eq(estimate.cost, -1);
    ck_assert_int_eq(estimate.calls, (int64_t)(count + (count + 19) / 20));
    ck_assert_int_eq(estimate.completion_tokens, tokens + (tokens + 19) / 20);
    ck_assert_int_gt(estimate.prompt_tokens, 300 * (int64_t)count);
    MUST(writing_estimate(fix.store, &job, &price, false, &estimate, &fix.err));
    ck_assert_int_eq(estimate.cost,
                     estimate.prompt_tokens + 2 * estimate.completion_tokens);
    writing_answer(&job, 3);
    MUST(writing_estimate(fix.store, &job, &price, true, &less, &fix.err));
    ck_assert_int_lt(less.calls, estimate.calls);
    ck_assert_int_lt(less.cost, estimate.cost / 2);
}
END_TEST

/* With everything to be made up, a brief is a day, a kind and phrases. */
START_TEST(whole_meetings_have_one_brief_each)
{
    struct writing_wish wish = writing_wish_for(COUNT);
    struct writing_job job;
    struct planned *planned;
    struct job_brief *briefs;
    size_t brief_count;
    size_t count;

    wish.whole = true;
    job = writing_start(&wish);
    planned = planned_of(&job, job.personas[0], &count);
    briefs = briefs_of(&job, job.personas[0], &brief_count);
    ck_assert_uint_eq(count, COUNT);
    ck_assert_uint_eq(brief_count, COUNT);
    for (size_t i = 0; i < count; i++) {
        struct brief brief = brief_of(&briefs[i]);
        ck_assert_int_eq(planned[i].brief, (int64_t)i + 1);
        ck_assert_str_eq(member(&planned[i], "type"), "singleInstance");
        ck_assert_ptr_null(member(&planned[i], "seriesMasterId"));
        ck_assert_int_eq(brief.minutes, 0);
        ck_assert_uint_eq(brief.people_count, 0);
        ck_assert_ptr_null(brief.repeats);
    }
}
END_TEST

Suite *writing_plan_suite(void);
Suite *writing_plan_suite(void)
{
    Suite *suite = suite_create("writing_plan");
    TCase *tcase = tcase_create("writing_plan");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, as_many_meetings_as_wanted);
    tcase_add_test(tcase, briefs_are_of_series);
    tcase_add_test(tcase, the_calendar_is_the_simulated_one);
    tcase_add_test(tcase, briefs_describe_their_meetings);
    tcase_add_test(tcase, every_brief_is_asked_for_once);
    tcase_add_test(tcase, the_options_come_back);
    tcase_add_test(tcase, options_that_are_damaged_are_told);
    tcase_add_test(tcase, requests_are_functions_of_what_is_asked);
    tcase_add_test(tcase, bodies_hold_what_is_asked);
    tcase_add_test(tcase, estimates_count_what_waits);
    tcase_add_test(tcase, whole_meetings_have_one_brief_each);
    suite_add_tcase(suite, tcase);
    return suite;
}
