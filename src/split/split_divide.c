/* Where each persona of a version is by a split. */
#include "split_internal.h"

#include "datebook/cut.h"

#include <stdlib.h>
#include <string.h>

/* ---- Sides ---- */

static enum held_out_reason drawn_reason(const struct split *split, int fold,
                                         const struct stored_persona *persona)
{
    const struct split_terms *terms = &split->terms;
    const struct split_draw *draw = split_draw_of(split, persona->id);
    bool out;

    if (terms->folds)
        return split_fold_of(split, persona) == fold ? HELD_OUT_FOLD
                                                     : HELD_OUT_NOT;
    out = draw ? draw->held_out
               : split_share(persona->id, terms->seed) < terms->fraction;
    return out ? HELD_OUT_DRAWN : HELD_OUT_NOT;
}

static enum held_out_reason reason_of(const struct split *split, int fold,
                                      const struct stored_persona *persona)
{
    enum held_out_reason reason = split_standing_reason(&split->terms, persona);

    return reason != HELD_OUT_NOT ? reason : drawn_reason(split, fold, persona);
}

static void divide(struct division *division,
                   const struct stored_persona *personas, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum held_out_reason reason =
            reason_of(division->split, division->fold, &personas[i]);
        if (reason == HELD_OUT_NOT) {
            division->train[division->train_count++] = personas[i];
            continue;
        }
        division->reasons[division->held_out_count] = reason;
        division->held_out[division->held_out_count++] = personas[i];
    }
}

static int compare_keys(const void *a, const void *b)
{
    const int64_t *one = a;
    const int64_t *other = b;

    return (*one > *other) - (*one < *other);
}

static bool index_train(struct arena *arena, struct division *division,
                        struct error *err)
{
    int64_t *keys = arena_zero(arena, division->train_count, sizeof *keys, err);

    if (!keys)
        return false;
    for (size_t i = 0; i < division->train_count; i++)
        keys[i] = division->train[i].key;
    if (division->train_count)
        qsort(keys, division->train_count, sizeof *keys, compare_keys);
    division->train_keys = keys;
    return true;
}

/* ---- Checks ---- */

static bool check_fold(const struct split *split, int fold, struct error *err)
{
    int folds = split->terms.folds;
    const char *name = split->name ? split->name : "";
    const char *space = split->name ? " " : "";

    if (!folds && !fold)
        return true;
    if (!folds)
        return error_set(err, ERROR_INPUT, "the split%s%.64s has no folds",
                         space, name);
    if (fold > 0 && fold <= folds)
        return true;
    if (fold)
        error_set(err, ERROR_INPUT, "the split%s%.64s has no fold %d", space,
                  name, fold);
    else
        error_set(err, ERROR_INPUT,
                  "the split%s%.64s has %d folds: which one is held out?",
                  space, name, folds);
    return error_hint(err, "--fold takes 1 to %d", folds);
}

static int find_persona(const void *key, const void *element)
{
    const struct stored_persona *persona = element;

    return strcmp(key, persona->id);
}

static bool check_named(const struct split *split,
                        const struct stored_persona *personas, size_t count,
                        struct error *err)
{
    const struct split_terms *terms = &split->terms;

    for (size_t i = 0; i < terms->held_out_count; i++) {
        const char *id = terms->held_out[i];
        if (count &&
            bsearch(id, personas, count, sizeof *personas, find_persona))
            continue;
        if (!split->name) {
            error_set(err, ERROR_INPUT, "there is no persona \"%.128s\"", id);
            return error_hint(err, "`datebook persona list` lists them");
        }
        error_set(err, ERROR_INPUT,
                  "the split %.64s holds out %.128s, and there is no such "
                  "persona",
                  split->name, id);
        return error_hint(err,
                          "make it anew: `datebook split create %.64s "
                          "--replace …`",
                          split->name);
    }
    return true;
}

static bool check_sides(const struct division *division, struct error *err)
{
    const struct split *split = division->split;

    if (division->train_count && division->held_out_count)
        return true;
    error_set(err, ERROR_INPUT, "no persona is left %s",
              division->train_count ? "to hold out" : "to train on");
    if (!division->train_count && !division->held_out_count)
        return error_hint(err, "add some with `datebook persona add`");
    if (split->terms.folds)
        return error_hint(err, "choose another fold, or make the split anew");
    return error_hint(err, "name some with --held-out, or choose another "
                           "--held-out-fraction or --seed");
}

bool split_divide(struct arena *arena, const struct split *split, int fold,
                  const struct stored_persona *personas, size_t count,
                  struct division *division, struct error *err)
{
    *division = (struct division){.split = split, .fold = fold};
    if (!check_fold(split, fold, err) ||
        !check_named(split, personas, count, err))
        return false;
    division->train = arena_zero(arena, count, sizeof *division->train, err);
    division->held_out =
        arena_zero(arena, count, sizeof *division->held_out, err);
    division->reasons =
        arena_zero(arena, count, sizeof *division->reasons, err);
    if (!division->train || !division->held_out || !division->reasons)
        return false;
    divide(division, personas, count);
    return index_train(arena, division, err) && check_sides(division, err);
}

/* ---- Meetings ---- */

enum part division_part(const struct division *division, int64_t meeting)
{
    int64_t persona = meeting_persona(meeting);

    if (!division->train_count ||
        !bsearch(&persona, division->train_keys, division->train_count,
                 sizeof *division->train_keys, compare_keys))
        return PART_HELD_OUT;
    return division->cut && cut_is_validation(division->cut, meeting)
               ? PART_VALIDATION
               : PART_TRAIN;
}
