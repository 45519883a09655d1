/* Checks of a version: one pass over the meetings, labels and documents of
 * each persona, then one over the texts of one-off meetings of all. */
#include "datebook/validate.h"

#include "datebook/dataset.h"

#include "datebook/near_duplicates.h"
#include "src/quality/measure.h"
#include "src/quality/word_hash.h"

#include <string.h>

void validate_defaults(struct validate_request *request)
{
    request->near_limit = NEAR_LIMIT;
    memset(request->skip, 0, sizeof request->skip);
    for (int check = 0; check < CHECKS; check++) {
        request->overall[check] = checks[check].overall;
        request->persona[check] = checks[check].persona;
    }
}

/* What all passes share. */
struct work {
    struct store *store;
    const struct validate_request *request;
    const struct monitor *monitor;
    struct validation *validation;
    struct sums *all;
    struct sums **personas;
    int64_t done;    /* rows, for the monitor */
    int64_t singles; /* one-off meetings */
};

/* One persona: its rows side by side, and who measures them. */
struct pass {
    struct sums *sums;
    struct cursor *facts;
    struct cursor *labels;
    struct cursor *meetings;
    struct oracle *oracle;
    struct calendar_measure *calendar;
    struct people_measure *people;
    struct company_measure *companies;
    struct hard_measure *hard;
    struct distinct subjects;
    struct arena memory;  /* for the persona */
    struct arena scratch; /* for a row */
};

/* ---- One meeting ---- */

static void measure_label(struct sums *sums, const struct stored_label *label)
{
    bool needed = label->prep_minutes > 0;

    for (int level = 0; level < IMPORTANCE_LEVELS; level++) {
        enum check_id check = (enum check_id)(CHECK_IMPORTANCE_CRITICAL +
                                              IMPORTANCE_CRITICAL - level);
        sum_count(sums, check, label->importance == level);
        if (label->importance == level)
            sum_example(sums, check, label->meeting, NULL);
    }
    sum_count(sums, CHECK_PREP_NEEDED, needed);
    if (!needed)
        return;
    sum_example(sums, CHECK_PREP_NEEDED, label->meeting, NULL);
    sums->of[CHECK_PREP_MINUTES].part += label->prep_minutes;
    sums->of[CHECK_PREP_MINUTES].whole++;
    if (label->prep_minutes < 15 || label->prep_minutes > 90)
        sum_flaw(sums, CHECK_PREP_RANGE, label->meeting, NULL);
}

static bool measure_series(struct pass *pass, const struct measured *meeting,
                           struct error *err)
{
    const char *id = json_member_text(meeting->document, "id");
    const char *master = json_member_text(meeting->document, "seriesMasterId");
    enum event_type type = meeting->facts->type;
    bool fresh;

    for (int i = 0; i < 3; i++)
        sum_count(pass->sums, (enum check_id)(CHECK_TYPE_SINGLE + i),
                  (int)type == i);
    if (!id || strcmp(id, meeting->id) != 0)
        sum_flaw(pass->sums, CHECK_ID_UNIQUE, meeting->key, id);
    if ((type == EVENT_OCCURRENCE || type == EVENT_EXCEPTION) &&
        (!master || !*master))
        sum_flaw(pass->sums, CHECK_SERIES_MASTER, meeting->key, NULL);
    if (type != EVENT_SINGLE)
        return true;
    if (master && *master)
        sum_flaw(pass->sums, CHECK_SERIES_SINGLE, meeting->key, NULL);
    if (!distinct_add(&pass->subjects, hash_text_words(meeting->facts->subject),
                      &fresh, err))
        return false;
    sum_count(pass->sums, CHECK_VARIETY_SUBJECTS, false);
    if (!fresh && !pass->subjects.depth)
        sum_example(pass->sums, CHECK_VARIETY_SUBJECTS, meeting->key,
                    meeting->facts->subject);
    return true;
}

static bool measure_meeting(struct pass *pass, const struct measured *meeting,
                            struct error *err)
{
    pass->sums->meetings++;
    text_measure_meeting(pass->sums, meeting);
    return measure_series(pass, meeting, err) &&
           calendar_measure_meeting(pass->calendar, meeting, err) &&
           people_measure_meeting(pass->people, meeting, err) &&
           company_measure_meeting(pass->companies, meeting, err) &&
           hard_measure_meeting(pass->hard, meeting, err);
}

/* ---- The rows of a persona ---- */

static bool parse_document(struct pass *pass,
                           const struct stored_meeting *stored,
                           struct measured *meeting, struct error *err)
{
    arena_reset(&pass->scratch);
    meeting->id = stored->id;
    meeting->document = json_parse(&pass->scratch, stored->document,
                                   stored->document_length, stored->id, err);
    if (!meeting->document && err->code == ERROR_INPUT)
        err->code = ERROR_DATABASE;
    return meeting->document != NULL;
}

/* Documents, facts and labels in step, by key.  Every meeting has all three,
 * but for what a broken file has lost. */
static bool measure_rows(struct work *work, struct pass *pass,
                         struct error *err)
{
    struct stored_meeting stored;
    struct stored_label label = {.meeting = 0};
    struct stored_fact fact = {.key = 0};
    struct measured meeting;
    bool labelled = true;
    bool more;

    for (;;) {
        if (!meeting_next(pass->meetings, &stored, &more, err))
            return false;
        if (!more)
            return true;
        while (fact.key < stored.key)
            if (!fact_next(pass->facts, &fact, &more, err))
                return false;
            else if (!more)
                return true;
        while (labelled && label.meeting < stored.key)
            if (!label_next(pass->labels, &label, &labelled, err))
                return false;
        if (fact.key != stored.key)
            continue; /* lost, which `verify` reports */
        meeting = (struct measured){.key = stored.key, .facts = &fact.facts};
        if (!parse_document(pass, &stored, &meeting, err) ||
            !measure_meeting(pass, &meeting, err) ||
            !monitor_tick(work->monitor, "checking meetings", ++work->done, 0,
                          err))
            return false;
        if (labelled && label.meeting == stored.key)
            measure_label(pass->sums, &label);
    }
}

static bool open_pass(struct work *work, struct pass *pass,
                      const struct stored_persona *persona, struct error *err)
{
    struct scan scan = {.version = work->request->version,
                        .persona = persona->key};
    struct batch *batches;
    size_t casts;

    return batch_list(work->store, &pass->memory, persona->key, &batches,
                      &casts, err) &&
           (pass->oracle = oracle_open(&pass->memory, persona, err)) &&
           (pass->calendar = calendar_measure_new(oracle_persona(pass->oracle),
                                                  pass->sums, err)) &&
           (pass->people = people_measure_new(casts, pass->sums, err)) &&
           (pass->companies = company_measure_new(pass->sums, err)) &&
           (pass->hard = hard_measure_new(oracle_persona(pass->oracle),
                                          oracle_rules(pass->oracle),
                                          pass->sums, err)) &&
           (pass->meetings = meeting_scan(work->store, &scan, err)) &&
           (pass->facts = fact_scan(work->store, &scan, err)) &&
           (pass->labels = label_scan(work->store, &scan, err));
}

static void close_pass(struct pass *pass)
{
    cursor_close(pass->meetings);
    cursor_close(pass->facts);
    cursor_close(pass->labels);
    calendar_measure_free(pass->calendar);
    people_measure_free(pass->people);
    company_measure_free(pass->companies);
    hard_measure_free(pass->hard);
    distinct_free(&pass->subjects);
    oracle_close(pass->oracle);
    arena_free(&pass->memory);
    arena_free(&pass->scratch);
}

/* hours.weekly: within a fifth of either end of what the persona states. */
static struct check_range weekly_range(const struct persona *persona,
                                       struct check_range range)
{
    double low = persona->weekly_minutes_low;
    double high = persona->weekly_minutes_high;

    if (low + high > 0) {
        range.low *= 2 * low / (low + high);
        range.high *= 2 * high / (low + high);
    }
    return range;
}

static bool measure_persona(struct work *work, size_t index, struct error *err)
{
    const struct stored_persona *stored = &work->request->personas[index];
    struct persona_validation *entry = &work->validation->personas[index];
    struct pass pass = {.sums = work->personas[index]};
    bool fresh = true;
    bool ok = dataset_labels_are_fresh(work->store, work->request->version,
                                       stored, &fresh, err) &&
              open_pass(work, &pass, stored, err) &&
              measure_rows(work, &pass, err);

    if (ok) {
        calendar_measure_end(pass.calendar);
        people_measure_end(pass.people);
        pass.sums->of[CHECK_VARIETY_SUBJECTS].part =
            distinct_count(&pass.subjects);
        work->singles += pass.sums->of[CHECK_VARIETY_SUBJECTS].whole;
        entry->persona = stored;
        entry->stale = !fresh;
        entry->meetings = pass.sums->meetings;
        entry->weekly =
            weekly_range(oracle_persona(pass.oracle),
                         work->request->persona[CHECK_HOURS_WEEKLY]);
    }
    close_pass(&pass);
    return ok;
}

/* ---- Near-duplicates ---- */

enum near_turn { NEAR_ADD, NEAR_PROBE };

static bool is_sampled(int64_t meeting, int depth)
{
    return !depth || !(hash_mix((uint64_t)meeting) >> (64 - depth));
}

/* Adds the sampled one-off meetings of a persona to the index, or holds the
 * others against it. */
static bool scan_texts(struct work *work, struct near_index *index,
                       const struct stored_persona *persona, int depth,
                       enum near_turn turn, struct error *err)
{
    struct scan scan = {.version = work->request->version,
                        .persona = persona->key};
    struct cursor *facts = fact_scan(work->store, &scan, err);
    struct stored_fact fact;
    bool more = true;
    bool ok = facts != NULL;

    while (ok && (ok = fact_next(facts, &fact, &more, err)) && more) {
        ok = monitor_tick(work->monitor, "looking for near-duplicates",
                          ++work->done, 0, err);
        if (!ok || fact.facts.type != EVENT_SINGLE ||
            is_sampled(fact.key, depth) != (turn == NEAR_ADD))
            continue;
        ok = (turn == NEAR_ADD ? near_index_add : near_index_probe)(
            index, fact.key, fact.facts.subject, fact.facts.preview, err);
    }
    cursor_close(facts);
    return ok;
}

static bool scan_all_texts(struct work *work, struct near_index *index,
                           int depth, enum near_turn turn, struct error *err)
{
    for (size_t i = 0; i < work->request->persona_count; i++)
        if (!scan_texts(work, index, &work->request->personas[i], depth, turn,
                        err))
            return false;
    return true;
}

static bool note_twin(struct work *work, struct sums *sums,
                      struct near_text text, struct error *err)
{
    struct arena memory = ARENA_EMPTY;
    struct stored_meeting meeting = {.key = 0};
    char note[CHECK_NOTE] = "like ";
    bool found = false;
    bool ok = true;

    if (sums->of[CHECK_VARIETY_NEAR_DUPLICATES].example_count < CHECK_EXAMPLES)
        ok = meeting_at(work->store, &memory, work->request->version, text.twin,
                        &meeting, &found, err);
    if (ok && found && strlen(meeting.id) + 6 <= sizeof note)
        memcpy(note + 5, meeting.id, strlen(meeting.id) + 1);
    if (ok)
        sum_example(sums, CHECK_VARIETY_NEAR_DUPLICATES, text.key,
                    found ? note : NULL);
    arena_free(&memory);
    return ok;
}

static struct sums *sums_of(const struct work *work, int64_t meeting)
{
    for (size_t i = 0; i < work->request->persona_count; i++)
        if (work->request->personas[i].key == meeting_persona(meeting))
            return work->personas[i];
    return NULL;
}

/* The texts of a persona follow each other. */
static bool count_twins(struct work *work, const struct near_index *index,
                        struct error *err)
{
    struct sums *sums = NULL;
    int64_t persona = 0;

    for (size_t i = 0; i < near_index_count(index); i++) {
        struct near_text text = near_index_get(index, i);
        if (!sums || meeting_persona(text.key) != persona) {
            persona = meeting_persona(text.key);
            sums = sums_of(work, text.key);
        }
        sum_count(sums, CHECK_VARIETY_NEAR_DUPLICATES, text.twin != 0);
        if (text.twin && !note_twin(work, sums, text, err))
            return false;
    }
    return true;
}

static bool find_near_duplicates(struct work *work, struct error *err)
{
    struct near_index *index;
    int depth = 0;
    bool ok;

    while (work->singles >> depth > work->request->near_limit)
        depth++;
    index = near_index_new((size_t)(work->singles >> depth), err);
    ok = index && scan_all_texts(work, index, depth, NEAR_ADD, err) &&
         (!depth || scan_all_texts(work, index, depth, NEAR_PROBE, err)) &&
         count_twins(work, index, err);
    if (ok) {
        work->validation->sampled = depth > 0;
        work->validation->near_tested = (int64_t)near_index_count(index);
    }
    near_index_free(index);
    return ok;
}

/* ---- All of it ---- */

static bool make_sums(struct work *work, struct arena *arena, struct error *err)
{
    size_t count = work->request->persona_count;

    work->all = arena_zero(arena, 1, sizeof *work->all, err);
    work->personas = work->all
                         ? arena_zero(arena, count, sizeof *work->personas, err)
                         : NULL;
    for (size_t i = 0; work->personas && i < count; i++) {
        work->personas[i] = arena_zero(arena, 1, sizeof *work->all, err);
        if (!work->personas[i])
            return false;
    }
    return work->personas != NULL;
}

/* One persona alone has the tolerance of one, and is judged once. */
static void judge_all(struct work *work)
{
    const struct validate_request *request = work->request;
    struct validation *validation = work->validation;
    struct check_range ranges[CHECKS];

    memcpy(ranges, request->overall, sizeof ranges);
    for (int i = 0; request->persona_count == 1 && i < CHECKS; i++)
        if (check_range_is_judged(request->persona[i]))
            ranges[i] = request->persona[i];
    if (request->persona_count == 1)
        ranges[CHECK_HOURS_WEEKLY] = validation->personas[0].weekly;
    validation->meetings = work->all->meetings;
    validation->failed =
        sums_judge(work->all, request, ranges, validation->all);
}

static void judge(struct work *work)
{
    const struct validate_request *request = work->request;
    struct validation *validation = work->validation;

    for (size_t i = 0; i < request->persona_count; i++) {
        struct persona_validation *entry = &validation->personas[i];
        struct check_range ranges[CHECKS];
        memcpy(ranges, request->persona, sizeof ranges);
        ranges[CHECK_HOURS_WEEKLY] = entry->weekly;
        entry->failed =
            sums_judge(work->personas[i], request, ranges, entry->results);
        if (request->persona_count > 1)
            validation->persona_failed += entry->failed;
        sums_add(work->all, work->personas[i]);
    }
    judge_all(work);
}

bool validate_version(struct store *store, struct arena *arena,
                      const struct validate_request *request,
                      const struct monitor *monitor,
                      struct validation *validation, struct error *err)
{
    struct arena memory = ARENA_EMPTY;
    struct work work = {.store = store,
                        .request = request,
                        .monitor = monitor,
                        .validation = validation};
    bool ok;

    *validation = (struct validation){.version = request->version,
                                      .persona_count = request->persona_count};
    validation->personas = arena_zero(arena, request->persona_count,
                                      sizeof *validation->personas, err);
    ok = validation->personas && make_sums(&work, &memory, err);
    for (size_t i = 0; ok && i < request->persona_count; i++)
        ok = measure_persona(&work, i, err);
    if (ok && !request->skip[CHECK_VARIETY_NEAR_DUPLICATES])
        ok = find_near_duplicates(&work, err);
    if (ok)
        judge(&work);
    arena_free(&memory);
    return ok;
}
