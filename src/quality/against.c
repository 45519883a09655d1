/* Reads both sides, one event at a time, and has them compared. */
#include "datebook/against.h"

#include "src/quality/against_compare.h"

#include <stdlib.h>
#include <string.h>

struct side {
    struct profile profile;
    struct side_counts counts;
};

struct comparing {
    struct arena *arena;
    struct against *result;
    struct side real;
    struct side ours;
};

/* ---- The real calendar ---- */

static bool add_real(void *context, const struct calendar_event *event,
                     struct error *err)
{
    struct comparing *comparing = context;

    return profile_add(&comparing->real.profile, event->tree, err) &&
           counts_add(&comparing->real.counts, event->tree, event->facts, err);
}

static bool is_same_kind(const struct against_finding *one,
                         const struct calendar_finding *other)
{
    return one->severity == other->severity &&
           !strcmp(one->field, other->field) && !strcmp(one->text, other->text);
}

/* Texts of findings hold nothing of the file; what a calendar says may be
 * said a hundred times, and is kept once. */
static bool add_finding(void *context, const struct calendar_finding *finding,
                        struct error *err)
{
    struct comparing *comparing = context;
    struct against *result = comparing->result;
    struct against_finding *kept;

    for (size_t i = 0; i < result->finding_count; i++)
        if (is_same_kind(&result->findings[i], finding)) {
            result->findings[i].count++;
            return true;
        }
    if (result->finding_count == AGAINST_FINDINGS) {
        result->other_findings++;
        return true;
    }
    kept = &result->findings[result->finding_count++];
    *kept = (struct against_finding){
        .severity = finding->severity,
        .field = arena_text(comparing->arena, finding->field, err),
        .text = arena_text(comparing->arena, finding->text, err),
        .count = 1,
        .index = finding->index,
        .line = finding->line};
    return kept->field && kept->text;
}

static int by_severity(const void *one, const void *other)
{
    const struct against_finding *first = one;
    const struct against_finding *second = other;

    if (first->severity != second->severity)
        return first->severity > second->severity ? -1 : 1;
    if (first->line != second->line)
        return first->line < second->line ? -1 : 1;
    return strcmp(first->field, second->field);
}

static bool read_real(struct comparing *comparing, const char *path,
                      const struct monitor *monitor, struct error *err)
{
    struct calendar_visitor visitor = {add_real, add_finding, comparing};
    struct against *result = comparing->result;

    if (!calendar_file_read(path, &visitor, monitor, &result->file, err))
        return false;
    counts_end_calendar(&comparing->real.counts);
    qsort(result->findings, result->finding_count, sizeof *result->findings,
          by_severity);
    return true;
}

/* ---- Ours ---- */

static bool add_ours(struct side *side, struct arena *scratch,
                     const struct stored_meeting *meeting, struct error *err)
{
    struct meeting_facts facts;
    const cJSON *tree;
    bool timed;

    arena_reset(scratch);
    tree = json_parse(scratch, meeting->document, meeting->document_length,
                      meeting->id, err);
    if (!tree || !profile_add(&side->profile, tree, err))
        return false;
    timed = graph_read_facts(scratch, tree, &facts, err);
    if (!timed && err->code != ERROR_INPUT)
        return false;
    return counts_add(&side->counts, tree, timed ? &facts : NULL, err);
}

static bool read_persona(struct side *side, struct store *store,
                         const struct scan *scan, const char *id,
                         const struct monitor *monitor, struct error *err)
{
    struct cursor *cursor = meeting_scan(store, scan, err);
    struct arena scratch = ARENA_EMPTY;
    struct stored_meeting meeting;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && (ok = meeting_next(cursor, &meeting, &more, err)) && more)
        ok = add_ours(side, &scratch, &meeting, err) &&
             monitor_tick(monitor, id, side->profile.events, 0, err);
    counts_end_calendar(&side->counts);
    cursor_close(cursor);
    arena_free(&scratch);
    return ok;
}

static bool start(struct comparing *comparing, struct error *err)
{
    struct against *result = comparing->result;
    struct arena *arena = comparing->arena;

    *result = (struct against){.scored = false};
    result->findings =
        arena_zero(arena, AGAINST_FINDINGS, sizeof *result->findings, err);
    profile_start(&comparing->real.profile, arena);
    profile_start(&comparing->ours.profile, arena);
    return result->findings &&
           counts_start(&comparing->real.counts, arena, &result->real, err) &&
           counts_start(&comparing->ours.counts, arena, &result->ours, err);
}

bool against_compare(struct store *store, struct arena *arena, int64_t version,
                     const struct stored_persona *personas, size_t count,
                     const char *path, const struct monitor *monitor,
                     struct against *result, struct error *err)
{
    struct comparing comparing = {.arena = arena, .result = result};

    if (!start(&comparing, err) || !read_real(&comparing, path, monitor, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct scan scan = {.version = version, .persona = personas[i].key};
        if (!read_persona(&comparing.ours, store, &scan, personas[i].id,
                          monitor, err))
            return false;
    }
    result->real.crowded = comparing.real.profile.crowded;
    result->ours.crowded = comparing.ours.profile.crowded;
    return compare_fields(arena, &comparing.real.profile,
                          &comparing.ours.profile, result, err) &&
           compare_distributions(arena, &comparing.real.counts,
                                 &comparing.ours.counts, result, err);
}
