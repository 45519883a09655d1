/* One pass over the meetings, labels and documents of a persona.
 *
 * A row that cannot be used is a failure of a check of its own; the rest of the
 * meeting, and all others, are checked as far as that goes. */
#include "src/quality/validate_parts.h"

#include "datebook/dataset.h"
#include "src/quality/word_hash.h"

#include <string.h>

/* One persona: its rows side by side, and who measures them. */
struct pass {
    struct sums *sums;
    struct cursor *facts;
    struct cursor *labels;
    struct cursor *meetings;
    struct oracle *oracle; /* NULL: its document cannot be read */
    struct persona nobody; /* stands in for it then */
    struct calendar_measure *calendar;
    struct label_measure *label;
    struct people_measure *people;
    struct company_measure *companies;
    struct hard_measure *hard;
    struct distinct subjects;
    struct arena memory;  /* for the persona */
    struct arena scratch; /* for a row */
};

/* A meeting with all that the file knows of it. */
struct row {
    struct stored_meeting stored;
    struct stored_fact fact;
    struct stored_label label;
    struct meeting_facts own; /* from the document, when there is no fact */
    struct measured measured;
    bool more_facts;
    bool more_labels;
};

/* ---- One meeting ---- */

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

static bool measure_document(struct pass *pass, const struct measured *meeting,
                             struct error *err)
{
    text_measure_meeting(pass->sums, meeting);
    return measure_series(pass, meeting, err) &&
           calendar_measure_meeting(pass->calendar, meeting, err) &&
           people_measure_meeting(pass->people, meeting, err) &&
           company_measure_meeting(pass->companies, meeting, err);
}

/* The rules are asked once, for the label and for hard cases. */
static bool measure_rules(struct pass *pass, const struct measured *meeting,
                          const struct stored_label *stored, struct error *err)
{
    struct label label;

    if (!pass->oracle)
        return label_measure_meeting(pass->label, meeting, stored, NULL, err);
    return ruleset_label(oracle_rules(pass->oracle), meeting->facts, &label,
                         err) &&
           label_measure_meeting(pass->label, meeting, stored, &label, err) &&
           hard_measure_meeting(pass->hard, meeting, &label, err);
}

/* ---- The rows of a persona ---- */

/* The document of a row, in `scratch`; NULL in it, with a flaw, where there is
 * none.  Fails only for want of memory. */
static bool parse_document(struct pass *pass, struct row *row,
                           struct error *err)
{
    struct measured *meeting = &row->measured;
    const struct stored_meeting *stored = &row->stored;
    struct error bad = {.code = ERROR_NONE};

    arena_reset(&pass->scratch);
    *meeting = (struct measured){.key = stored->key, .id = stored->id};
    meeting->document = json_parse(&pass->scratch, stored->document,
                                   stored->document_length, "document", &bad);
    if (!meeting->document && bad.code != ERROR_INPUT) {
        *err = bad;
        return false;
    }
    if (meeting->document && cJSON_IsObject(meeting->document))
        return true;
    sum_flaw(pass->sums, CHECK_FORM_DOCUMENT, stored->key,
             meeting->document ? json_kind(meeting->document) : bad.message);
    meeting->document = NULL;
    return true;
}

/* The facts of a row: those of the store, or else, with a flaw, those of the
 * document; NULL when that has none. */
static bool find_facts(struct pass *pass, struct row *row, struct error *err)
{
    struct measured *meeting = &row->measured;
    struct error bad = {.code = ERROR_NONE};

    while (row->more_facts && row->fact.key < row->stored.key)
        if (!fact_next(pass->facts, &row->fact, &row->more_facts, err))
            return false;
    if (row->more_facts && row->fact.key == row->stored.key) {
        meeting->facts = &row->fact.facts;
        return true;
    }
    sum_flaw(pass->sums, CHECK_FORM_FACTS, row->stored.key, NULL);
    if (!meeting->document)
        return true;
    if (graph_read_facts(&pass->scratch, meeting->document, &row->own, &bad))
        meeting->facts = &row->own;
    else if (bad.code != ERROR_INPUT)
        *err = bad;
    return meeting->facts || bad.code == ERROR_INPUT;
}

static bool find_label(struct pass *pass, struct row *row,
                       const struct stored_label **label, struct error *err)
{
    while (row->more_labels && row->label.meeting < row->stored.key)
        if (!label_next(pass->labels, &row->label, &row->more_labels, err))
            return false;
    *label = row->more_labels && row->label.meeting == row->stored.key
                 ? &row->label
                 : NULL;
    return true;
}

static bool measure_row(struct pass *pass, struct row *row, struct error *err)
{
    const struct stored_label *label;
    const struct measured *meeting = &row->measured;

    if (!parse_document(pass, row, err) || !find_facts(pass, row, err) ||
        !find_label(pass, row, &label, err))
        return false;
    pass->sums->meetings++;
    if (meeting->document)
        form_measure_meeting(pass->sums, meeting);
    if (!meeting->facts)
        return true;
    return (!meeting->document || measure_document(pass, meeting, err)) &&
           measure_rules(pass, meeting, label, err);
}

/* Documents, facts and labels in step, by key. */
static bool measure_rows(struct work *work, struct pass *pass,
                         struct error *err)
{
    struct row row = {.more_facts = true, .more_labels = true};
    bool more;

    for (;;) {
        if (!meeting_next(pass->meetings, &row.stored, &more, err))
            return false;
        if (!more)
            return true;
        if (!measure_row(pass, &row, err) ||
            !monitor_tick(work->monitor, "checking meetings", ++work->done, 0,
                          err))
            return false;
    }
}

/* A row for a second look: its flaws were told. */
static bool read_again(struct pass *pass, struct row *row, struct sums *unused,
                       struct error *err)
{
    struct sums *sums = pass->sums;
    bool ok;

    pass->sums = unused;
    ok = parse_document(pass, row, err) && find_facts(pass, row, err);
    pass->sums = sums;
    return ok;
}

/* Once more, to name the meetings that somebody is missing from. */
static bool measure_people_again(struct work *work, struct pass *pass,
                                 const struct scan *scan, struct error *err)
{
    struct sums *unused = arena_zero(&pass->memory, 1, sizeof *unused, err);
    struct row row = {.more_facts = true};
    bool more;

    cursor_close(pass->meetings);
    cursor_close(pass->facts);
    pass->facts = NULL;
    pass->meetings = meeting_scan(work->store, scan, err);
    if (!unused || !pass->meetings ||
        !(pass->facts = fact_scan(work->store, scan, err)))
        return false;
    unused->arena = &pass->memory;
    for (;;) {
        if (!meeting_next(pass->meetings, &row.stored, &more, err))
            return false;
        if (!more)
            return true;
        if (!read_again(pass, &row, unused, err) ||
            !monitor_tick(work->monitor, "checking meetings", ++work->done, 0,
                          err))
            return false;
        if (row.measured.document && row.measured.facts)
            people_measure_again(pass->people, &row.measured);
    }
}

/* ---- A persona ---- */

/* A document that cannot be read is a flaw of the persona. */
static bool open_oracle(struct work *work, struct pass *pass,
                        const struct stored_persona *persona, struct error *err)
{
    struct error bad = {.code = ERROR_NONE};

    pass->oracle = oracle_open(&pass->memory, persona, &bad);
    if (pass->oracle)
        return diversity_add(work->diversity, oracle_persona(pass->oracle),
                             err);
    if (bad.code != ERROR_DATABASE) {
        *err = bad;
        return false;
    }
    pass->sums->of[CHECK_PERSONA_DOCUMENT].part++;
    sum_name(pass->sums, CHECK_PERSONA_DOCUMENT, persona->id);
    return true;
}

static const struct persona *persona_of(const struct pass *pass)
{
    return pass->oracle ? oracle_persona(pass->oracle) : &pass->nobody;
}

static bool open_measures(struct work *work, struct pass *pass,
                          const struct stored_persona *persona,
                          struct error *err)
{
    struct sums *sums = pass->sums;
    struct stored_rule *rules;
    struct batch *batches;
    size_t rule_count;
    size_t casts;

    return batch_list(work->store, &pass->memory, persona->key, &batches,
                      &casts, err) &&
           rule_list(work->store, &pass->memory, persona->key, &rules,
                     &rule_count, err) &&
           (pass->calendar =
                calendar_measure_new(persona_of(pass), sums, err)) &&
           (pass->label = label_measure_new(
                pass->oracle ? oracle_persona(pass->oracle) : NULL, rules,
                rule_count, sums, err)) &&
           (pass->people = people_measure_new(casts, sums, err)) &&
           (pass->companies = company_measure_new(sums, err)) &&
           (!pass->oracle || (pass->hard = hard_measure_new(
                                  oracle_persona(pass->oracle),
                                  oracle_rules(pass->oracle), sums, err)));
}

static bool open_pass(struct work *work, struct pass *pass,
                      const struct stored_persona *persona,
                      const struct scan *scan, struct error *err)
{
    return open_oracle(work, pass, persona, err) &&
           open_measures(work, pass, persona, err) &&
           (pass->meetings = meeting_scan(work->store, scan, err)) &&
           (pass->facts = fact_scan(work->store, scan, err)) &&
           (pass->labels = label_scan(work->store, scan, err));
}

static void close_pass(struct pass *pass)
{
    cursor_close(pass->meetings);
    cursor_close(pass->facts);
    cursor_close(pass->labels);
    calendar_measure_free(pass->calendar);
    label_measure_free(pass->label);
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

static bool finish_pass(struct work *work, struct pass *pass,
                        const struct scan *scan, struct error *err)
{
    struct sums *sums = pass->sums;

    calendar_measure_end(pass->calendar);
    label_measure_end(pass->label);
    if (people_measure_end(pass->people) &&
        !measure_people_again(work, pass, scan, err))
        return false;
    sums->of[CHECK_VARIETY_SUBJECTS].part = distinct_count(&pass->subjects);
    work->singles += sums->of[CHECK_VARIETY_SUBJECTS].whole;
    return true;
}

bool validate_persona(struct work *work, size_t index, struct error *err)
{
    const struct stored_persona *stored = &work->request->personas[index];
    struct persona_validation *entry = &work->validation->personas[index];
    struct scan scan = {.version = work->request->version,
                        .persona = stored->key};
    struct pass pass = {.sums = work->personas[index]};
    bool fresh = true;
    bool ok = dataset_labels_are_fresh(work->store, work->request->version,
                                       stored, &fresh, err) &&
              open_pass(work, &pass, stored, &scan, err) &&
              measure_rows(work, &pass, err) &&
              finish_pass(work, &pass, &scan, err);

    if (ok) {
        entry->persona = stored;
        entry->stale = !fresh;
        entry->weekly =
            weekly_range(persona_of(&pass),
                         work->request->wanted.of[CHECK_HOURS_WEEKLY].persona);
    }
    close_pass(&pass);
    return ok;
}
