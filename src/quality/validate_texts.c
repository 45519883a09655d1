/* Texts of all personas, held against each other: near-duplicates among one-off
 * meetings, and leaks across the parts of a split. */
#include "src/quality/validate_parts.h"

#include "datebook/leaks.h"
#include "datebook/near_duplicates.h"
#include "src/quality/word_hash.h"

#include <stdio.h>
#include <string.h>

static struct sums *sums_of(const struct work *work, int64_t meeting)
{
    for (size_t i = 0; i < work->request->persona_count; i++)
        if (work->request->personas[i].key == meeting_persona(meeting))
            return work->personas[i];
    return NULL;
}

/* "like ID", for an example of a pair; an id that does not fit is left out. */
static bool twin_note(struct work *work, int64_t twin, const char *what,
                      char note[CHECK_NOTE], struct error *err)
{
    struct arena memory = ARENA_EMPTY;
    struct stored_meeting meeting = {.key = 0};
    bool found = false;
    bool ok = meeting_at(work->store, &memory, work->request->version, twin,
                         &meeting, &found, err);

    found = ok && found && strlen(what) + strlen(meeting.id) < CHECK_NOTE;
    snprintf(note, CHECK_NOTE, "%s%s", what, found ? meeting.id : "");
    arena_free(&memory);
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
    char note[CHECK_NOTE] = "";

    if (sums->of[CHECK_VARIETY_NEAR_DUPLICATES].example_count <
            CHECK_EXAMPLES &&
        !twin_note(work, text.twin, "like ", note, err))
        return false;
    sum_example(sums, CHECK_VARIETY_NEAR_DUPLICATES, text.key, note);
    return true;
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

bool validate_near_duplicates(struct work *work, struct error *err)
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

/* ---- Leaks ---- */

static bool count_leak(struct work *work, const struct leak *leak,
                       struct error *err)
{
    enum check_id check = leak->exact ? CHECK_LEAK_EXACT : CHECK_LEAK_NEAR;
    struct sums *sums = sums_of(work, leak->meeting);
    char what[CHECK_NOTE];
    char note[CHECK_NOTE] = "";

    if (!sums)
        return true;
    snprintf(what, sizeof what, "%s, like %s: ", part_name(leak->part),
             part_name(leak->twin_part));
    if (sums->of[check].example_count < CHECK_EXAMPLES &&
        !twin_note(work, leak->twin, what, note, err))
        return false;
    sum_flaw(sums, check, leak->meeting, note);
    return true;
}

bool validate_leaks(struct work *work, struct error *err)
{
    struct arena memory = ARENA_EMPTY;
    struct leaks leaks;
    bool ok = leaks_find(work->store, &memory, work->request->version,
                         work->request->division, work->monitor, &leaks, err);

    for (size_t i = 0; ok && i < leaks.count; i++)
        ok = count_leak(work, &leaks.leaks[i], err);
    if (ok)
        work->validation->leak_tested = leaks.compared;
    arena_free(&memory);
    return ok;
}
