/* One pass over the meetings: each record goes to the files of its part, in
 * every shape, and is counted. */
#include "corrected.h"
#include "internal.h"

#include "datebook/journal.h"
#include "datebook/spool.h"

#include <stdlib.h>
#include <string.h>

struct pass {
    struct store *store;
    const struct export_request *request;
    struct outputs *outputs;
    const struct monitor *monitor;
    struct export_summary *summary;
    struct export_part *parts;
    struct persona_tally *personas;
    struct origins origins;
    int64_t done;
    bool has_texts; /* some shape wants the texts that were extracted */
    bool has_training;
    /* Of the persona at hand. */
    struct arena arena;
    const struct stored_persona *persona;
    struct stored_rule *rules;
    size_t rule_count;
    struct oracle *oracle;
    struct trainer *trainers[EXPORT_SHAPES]; /* by shape; some are the same */
    struct speller *speller;
    struct cursor *meetings;
    struct cursor *labels;
    struct cursor *facts;
    struct cursor *written; /* by models */
    int64_t next_written;   /* 0: none */
    const char *model;
    struct tally tallies[PARTS];
    struct buf record;
    struct buf reasoning; /* of a label that was corrected */
};

/* A meeting with all that is known of it. */
struct row {
    struct stored_meeting meeting;
    struct stored_label rules;            /* what they say */
    struct stored_label label;            /* what is exported */
    const struct reviewed_label *settled; /* by people; NULL: by nobody */
    struct stored_fact fact;
    struct spelled_line line;
    enum part part;
};

/* ---- Records ---- */

static bool put_graph(const struct row *row, struct spool_file *file,
                      struct error *err)
{
    const struct spelled_line *line = &row->line;

    return spool_add(file, line->document, line->document_length, err) &&
           spool_add(file, line->label, line->label_length, err) &&
           spool_add(file, line->stamp, strlen(line->stamp), err) &&
           spool_add(file, SPELLED_END, sizeof SPELLED_END - 1, err);
}

static bool is_corrected(const struct row *row)
{
    return row->settled && row->settled->corrected;
}

static struct labelled_meeting labelled(const struct row *row)
{
    return (struct labelled_meeting){
        .id = row->meeting.id,
        .facts = &row->fact.facts,
        .label = &row->label,
        .corrected = is_corrected(row) ? &row->rules : NULL,
        .note = row->settled ? row->settled->note : "",
        .reasoning = row->line.reasoning,
        .reasoning_length = row->line.reasoning_length};
}

/* Training forms stand in the same order in both enumerations. */
static enum training_form form_of(enum export_format format)
{
    return (enum training_form)(format - FORMAT_SFT);
}

static bool make_record(struct pass *pass, const struct row *row, size_t shape,
                        int *lines, struct error *err)
{
    enum export_format format = pass->request->shapes[shape].format;
    struct labelled_meeting meeting = labelled(row);
    struct csv_meeting csv = {.labelled = meeting,
                              .persona_id = pass->persona->id,
                              .stamp = row->line.stamp};

    buf_clear(&pass->record);
    *lines = 1;
    if (format == FORMAT_CSV)
        return csv_add(&csv, &pass->record, err);
    return trainer_add(pass->trainers[shape], form_of(format), &meeting,
                       &pass->record, lines, err);
}

static bool put_shape(struct pass *pass, const struct row *row, size_t shape,
                      struct error *err)
{
    bool graph = pass->request->shapes[shape].format == FORMAT_GRAPH;
    struct spool_file *file;
    int lines = 1;

    if (!outputs_file(pass->outputs, shape, row->part, &file, err))
        return false;
    if (graph ? !put_graph(row, file, err)
              : !make_record(pass, row, shape, &lines, err) ||
                    !buf_ok(&pass->record, err) ||
                    !spool_add(file, buf_string(&pass->record),
                               pass->record.length, err))
        return false;
    outputs_count(pass->outputs, shape, row->part, lines);
    return true;
}

/* ---- Rows ---- */

/* The label to export: that of the rules, unless people settled it.  The rules
 * that fired are the same for both. */
static bool choose_label(struct pass *pass, struct row *row, struct error *err)
{
    const struct reviewed *reviewed = pass->request->reviewed;

    if (!label_next_of(pass->labels, &row->meeting, &row->rules, err))
        return false;
    row->label = row->rules;
    row->settled = reviewed ? reviewed_find(reviewed, row->meeting.key) : NULL;
    if (!row->settled)
        return true;
    row->label.importance = row->settled->values.importance;
    row->label.prep_minutes = row->settled->values.prep_minutes;
    row->label.rsvp = row->settled->values.rsvp;
    pass->summary->reviewed++;
    pass->summary->corrected += is_corrected(row);
    return true;
}

static bool spell(struct pass *pass, struct row *row, struct error *err)
{
    struct labelled_meeting meeting = labelled(row);

    if (!is_corrected(row))
        return speller_line(pass->speller, &row->meeting, &row->rules,
                            &row->line, err);
    buf_clear(&pass->reasoning);
    return correction_reasoning(&meeting, pass->rules, pass->rule_count,
                                &pass->reasoning, err) &&
           speller_line_with(pass->speller, &row->meeting, &row->label,
                             &pass->reasoning, &row->line, err);
}

static bool find_facts(struct pass *pass, struct row *row, struct error *err)
{
    bool more = true;

    while (more && row->fact.key < row->meeting.key)
        if (pass->has_texts
                ? !fact_next(pass->facts, &row->fact, &more, err)
                : !fact_number_next(pass->facts, &row->fact, &more, err))
            return false;
    if (more && row->fact.key == row->meeting.key)
        return true;
    return error_set(err, ERROR_DATABASE, "the meeting \"%.200s\" has no facts",
                     row->meeting.id);
}

static bool next_written(struct pass *pass, struct error *err)
{
    bool more;

    if (!origin_next(pass->written, &pass->next_written, &pass->model, &more,
                     err))
        return false;
    if (!more)
        pass->next_written = 0;
    return true;
}

static bool count_origin(struct pass *pass, int64_t meeting, struct error *err)
{
    while (pass->next_written && pass->next_written < meeting)
        if (!next_written(pass, err))
            return false;
    return origins_count(&pass->origins,
                         pass->next_written == meeting ? pass->model : NULL,
                         err);
}

static bool count(struct pass *pass, const struct row *row, struct error *err)
{
    struct tally *tally = &pass->tallies[row->part];
    int64_t by_default = tally->by_default;

    pass->parts[row->part].meetings++;
    tally_count_facts(tally, &row->fact.facts);
    tally_count_label(tally, &row->label, pass->rules, pass->rule_count);
    /* What people decided was not left to the default. */
    if (row->label.importance != row->rules.importance)
        tally->by_default = by_default;
    return count_origin(pass, row->meeting.key, err);
}

static bool is_left_out(struct pass *pass, const struct row *row)
{
    const struct leaks *leaks = pass->request->leaks;

    if (!leaks || !leaks->count || !leaks_have(leaks, row->meeting.key))
        return false;
    pass->parts[row->part].dropped++;
    return true;
}

static bool put_row(struct pass *pass, struct row *row, struct error *err)
{
    row->part = division_part(pass->request->division, row->meeting.key);
    if (is_left_out(pass, row))
        return true;
    if (!choose_label(pass, row, err) || !find_facts(pass, row, err) ||
        !count(pass, row, err) || !spell(pass, row, err))
        return false;
    for (size_t shape = 0; shape < pass->request->shape_count; shape++)
        if (!put_shape(pass, row, shape, err))
            return false;
    return true;
}

/* Meetings, labels and facts in step: all come in order of key. */
static bool put_rows(struct pass *pass, struct error *err)
{
    struct row row = {.rules = {.rules = (const unsigned char *)""}};
    bool more;

    for (;;) {
        if (!meeting_next(pass->meetings, &row.meeting, &more, err))
            return false;
        if (!more)
            return true;
        if (!put_row(pass, &row, err) ||
            !monitor_tick(pass->monitor, "meetings", ++pass->done, 0, err))
            return false;
    }
}

/* ---- Personas ---- */

static bool open_scans(struct pass *pass, struct error *err)
{
    struct scan scan = {.version = pass->request->version,
                        .persona = pass->persona->key};

    pass->next_written = -1;
    pass->meetings = meeting_scan(pass->store, &scan, err);
    pass->labels = pass->meetings ? label_scan(pass->store, &scan, err) : NULL;
    if (!pass->labels)
        return false;
    pass->facts = pass->has_texts ? fact_scan(pass->store, &scan, err)
                                  : fact_number_scan(pass->store, &scan, err);
    pass->written =
        pass->facts ? origin_scan(pass->store, pass->persona->key, err) : NULL;
    return pass->written && next_written(pass, err);
}

/* One for each task and prompt, whatever the forms. */
static bool open_trainers(struct pass *pass, struct error *err)
{
    const struct export_shape *shapes = pass->request->shapes;

    if (!pass->has_training)
        return true;
    pass->oracle = oracle_open(&pass->arena, pass->persona, err);
    for (size_t i = 0; pass->oracle && i < pass->request->shape_count; i++) {
        if (!shapes[i].prompt)
            continue;
        for (size_t j = 0; j < i && !pass->trainers[i]; j++)
            if (shapes[j].prompt == shapes[i].prompt)
                pass->trainers[i] = pass->trainers[j];
        if (!pass->trainers[i])
            pass->trainers[i] = trainer_new(shapes[i].prompt, pass->oracle,
                                            pass->rules, pass->rule_count, err);
        if (!pass->trainers[i])
            return false;
    }
    return pass->oracle;
}

static void close_trainers(struct pass *pass)
{
    for (size_t i = 0; i < EXPORT_SHAPES; i++) {
        struct trainer *trainer = pass->trainers[i];
        for (size_t j = i; trainer && j < EXPORT_SHAPES; j++)
            if (pass->trainers[j] == trainer)
                pass->trainers[j] = NULL;
        trainer_free(trainer);
    }
    oracle_close(pass->oracle);
    pass->oracle = NULL;
}

static void close_persona(struct pass *pass)
{
    cursor_close(pass->meetings);
    cursor_close(pass->labels);
    cursor_close(pass->facts);
    cursor_close(pass->written);
    pass->meetings = pass->labels = pass->facts = pass->written = NULL;
    close_trainers(pass);
    speller_free(pass->speller);
    pass->speller = NULL;
    arena_reset(&pass->arena);
}

static void count_persona(struct pass *pass)
{
    struct persona_tally *entry =
        &pass->personas[pass->summary->persona_count++];

    *entry = (struct persona_tally){.id = pass->persona->id,
                                    .tier = pass->persona->tier,
                                    .validation = pass->persona->validation};
    for (int part = 0; part < PARTS; part++) {
        struct tally *tally = &pass->tallies[part];
        if (!tally->meetings)
            continue;
        tally->weeks = tally_span_weeks(tally);
        tally_add(&pass->parts[part].tally, tally);
        tally_add(&entry->tally, tally);
    }
    if (entry->tally.meetings)
        entry->tally.weeks = tally_span_weeks(&entry->tally);
}

static bool put_persona(struct pass *pass, const struct stored_persona *persona,
                        struct error *err)
{
    bool ok;

    pass->persona = persona;
    memset(pass->tallies, 0, sizeof pass->tallies);
    ok = rule_list(pass->store, &pass->arena, persona->key, &pass->rules,
                   &pass->rule_count, err) &&
         (pass->speller =
              speller_new(persona->id, pass->rules, pass->rule_count, err)) &&
         open_trainers(pass, err) && open_scans(pass, err) &&
         put_rows(pass, err);
    if (ok)
        count_persona(pass);
    close_persona(pass);
    return ok;
}

static int by_id(const void *one, const void *other)
{
    const struct persona_tally *a = one;
    const struct persona_tally *b = other;

    return strcmp(a->id, b->id);
}

static void note_shapes(struct pass *pass)
{
    for (size_t i = 0; i < pass->request->shape_count; i++) {
        enum export_format format = pass->request->shapes[i].format;
        pass->has_training = pass->has_training || format_has_task(format);
        pass->has_texts = pass->has_texts || format != FORMAT_GRAPH;
    }
}

static bool put_all(struct pass *pass, struct error *err)
{
    const struct division *division = pass->request->division;

    for (size_t i = 0; i < division->train_count; i++)
        if (!put_persona(pass, &division->train[i], err))
            return false;
    for (size_t i = 0; i < division->held_out_count; i++)
        if (!put_persona(pass, &division->held_out[i], err))
            return false;
    return true;
}

bool pass_all(struct store *store, struct arena *arena,
              const struct export_request *request, struct outputs *outputs,
              const struct monitor *monitor, struct export_summary *summary,
              struct error *err)
{
    const struct division *division = request->division;
    size_t count = division->train_count + division->held_out_count;
    struct pass pass = {.store = store,
                        .request = request,
                        .outputs = outputs,
                        .monitor = monitor,
                        .summary = summary,
                        .parts = summary->parts,
                        .origins = {.arena = arena}};
    bool ok;

    pass.personas = arena_zero(arena, count, sizeof *pass.personas, err);
    if (!pass.personas)
        return false;
    note_shapes(&pass);
    summary->parts[PART_TRAIN].personas = (int64_t)division->train_count;
    summary->parts[PART_HELD_OUT].personas = (int64_t)division->held_out_count;
    if (division->cut)
        summary->parts[PART_VALIDATION].personas =
            (int64_t)division->train_count;
    ok = put_all(&pass, err);
    buf_free(&pass.record);
    buf_free(&pass.reasoning);
    arena_free(&pass.arena);
    if (!ok)
        return false;
    if (count)
        qsort(pass.personas, count, sizeof *pass.personas, by_id);
    origins_sort(&pass.origins);
    summary->outdated = request->reviewed ? request->reviewed->outdated : 0;
    summary->personas = pass.personas;
    summary->origins = pass.origins.list;
    summary->origin_count = pass.origins.count;
    return true;
}
