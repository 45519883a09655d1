/* What a split says: names, terms, and where a persona stands by itself. */
#include "split_internal.h"

#include <stdlib.h>
#include <string.h>

const char *part_name(enum part part)
{
    static const char *const names[PARTS] = {"train", "validation", "heldout"};

    return names[part];
}

static const char *const stratum_names[STRATA] = {"tier", "function", "level",
                                                  "industry"};

const char *stratum_name(enum stratum stratum)
{
    return stratum_names[stratum];
}

enum stratum stratum_named(const char *name)
{
    int at = 0;

    while (at < STRATA && strcmp(stratum_names[at], name) != 0)
        at++;
    return (enum stratum)at;
}

const char *held_out_reason_name(enum held_out_reason reason)
{
    static const char *const names[] = {NULL,   "validation", "named",
                                        "tier", "drawn",      "fold"};

    return names[reason];
}

/* ---- Hashes ---- */

/* The text that is hashed is older than named splits: a seed must go on to mean
 * what it meant. */
double split_share(const char *id, uint64_t seed)
{
    unsigned char digest[HASH_SIZE];
    struct hash hash;
    uint64_t high = 0;

    hash_start(&hash);
    hash_text(&hash, "held out");
    hash_int(&hash, (int64_t)seed);
    hash_text(&hash, id);
    hash_end(&hash, digest);
    /* 53 bits: every value is a double exactly. */
    for (int i = 0; i < 7; i++)
        high = high << 8 | digest[i];
    return (double)(high >> 3) / 9007199254740992.0;
}

int split_share_fold(double share, int folds)
{
    return 1 + (int)(share * folds);
}

/* ---- One persona ---- */

static int compare_texts(const void *key, const void *element)
{
    const char *const *one = key;
    const char *const *other = element;

    return strcmp(*one, *other);
}

enum held_out_reason split_standing_reason(const struct split_terms *terms,
                                           const struct stored_persona *persona)
{
    if (persona->validation)
        return HELD_OUT_VALIDATION;
    if (terms->held_out_count &&
        bsearch(&persona->id, terms->held_out, terms->held_out_count,
                sizeof *terms->held_out, compare_texts))
        return HELD_OUT_NAMED;
    if (terms->held_out_tier && persona->tier == terms->held_out_tier)
        return HELD_OUT_TIER;
    return HELD_OUT_NOT;
}

static int find_draw(const void *key, const void *element)
{
    const struct split_draw *draw = element;

    return strcmp(key, draw->id);
}

const struct split_draw *split_draw_of(const struct split *split,
                                       const char *id)
{
    if (!split->draw_count)
        return NULL;
    return bsearch(id, split->draws, split->draw_count, sizeof *split->draws,
                   find_draw);
}

int split_fold_of(const struct split *split,
                  const struct stored_persona *persona)
{
    const struct split_draw *draw;

    if (!split->terms.folds ||
        split_standing_reason(&split->terms, persona) != HELD_OUT_NOT)
        return 0;
    draw = split_draw_of(split, persona->id);
    return draw ? draw->fold
                : split_share_fold(split_share(persona->id, split->terms.seed),
                                   split->terms.folds);
}

/* ---- Terms ---- */

bool split_terms_draw(const struct split_terms *terms)
{
    return terms->fraction > 0 || terms->folds ||
           terms->validation_fraction > 0;
}

/* 0 stands for none. */
static bool check_share(const char *field, double share, struct error *err)
{
    if (share >= 0 && share < 1)
        return true;
    return error_set(err, ERROR_INPUT, "%s must be more than 0 and less than 1",
                     field);
}

bool split_check_terms(const struct split_terms *terms, struct error *err)
{
    if (!check_share("held_out_fraction", terms->fraction, err) ||
        !check_share("validation_fraction", terms->validation_fraction, err))
        return false;
    if (terms->held_out_tier < 0 || terms->held_out_tier > 3)
        return error_set(err, ERROR_INPUT, "held_out_tier must be 1, 2 or 3");
    if (terms->folds && (terms->folds < 2 || terms->folds > SPLIT_FOLDS))
        return error_set(err, ERROR_INPUT,
                         "folds must be a whole number from 2 to %d",
                         SPLIT_FOLDS);
    if (terms->folds &&
        (terms->held_out_count || terms->held_out_tier || terms->fraction > 0))
        return error_set(err, ERROR_INPUT,
                         "folds go without held_out, held_out_tier and "
                         "held_out_fraction");
    if (terms->strata >> STRATA)
        return error_set(err, ERROR_INPUT, "stratify has an unknown bit");
    if (terms->strata && !terms->folds && !(terms->fraction > 0))
        return error_set(err, ERROR_INPUT,
                         "stratify goes with held_out_fraction or folds");
    return true;
}

/* ---- Making one ---- */

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/* A word of a command line and of a table. */
static bool check_name(const char *name, struct error *err)
{
    size_t length = strlen(name);

    if (length && length <= SPLIT_NAME && strspn(name, LETTERS) &&
        strspn(name, LETTERS "._-") == length)
        return true;
    error_set(err, ERROR_INPUT, "\"%.100s\" cannot be the name of a split",
              name);
    return error_hint(err,
                      "use letters, digits, and . _ - after the first "
                      "character, %d at most",
                      SPLIT_NAME);
}

static int find_persona(const void *key, const void *element)
{
    const struct stored_persona *persona = element;

    return strcmp(key, persona->id);
}

static bool check_personas(const struct split_terms *terms,
                           const struct stored_persona *personas, size_t count,
                           struct error *err)
{
    bool tier = !terms->held_out_tier;

    for (size_t i = 0; i < terms->held_out_count; i++) {
        if (count && bsearch(terms->held_out[i], personas, count,
                             sizeof *personas, find_persona))
            continue;
        error_set(err, ERROR_INPUT, "there is no persona \"%.128s\"",
                  terms->held_out[i]);
        return error_hint(err, "`datebook persona list` lists them");
    }
    for (size_t i = 0; i < count; i++)
        tier = tier || personas[i].tier == terms->held_out_tier;
    if (tier)
        return true;
    error_set(err, ERROR_INPUT, "there is no persona of tier %d",
              terms->held_out_tier);
    return error_hint(err, "`datebook persona list` lists them");
}

/* Copies ids in order, each once: what is said in another order, or twice, is
 * the same split. */
static bool copy_names(struct arena *arena, struct split_terms *terms,
                       struct error *err)
{
    size_t count = terms->held_out_count;
    const char **ids = arena_zero(arena, count, sizeof *ids, err);
    size_t used = 0;

    if (!ids)
        return false;
    for (size_t i = 0; i < count; i++) {
        ids[i] = arena_text(arena, terms->held_out[i], err);
        if (!ids[i])
            return false;
    }
    if (count)
        qsort(ids, count, sizeof *ids, compare_texts);
    for (size_t i = 0; i < count; i++)
        if (!used || strcmp(ids[used - 1], ids[i]) != 0)
            ids[used++] = ids[i];
    terms->held_out = ids;
    terms->held_out_count = used;
    return true;
}

bool split_make(struct arena *arena, const char *name,
                const struct split_terms *terms,
                const struct stored_persona *personas, size_t count,
                struct split *split, struct error *err)
{
    *split = (struct split){.terms = *terms};
    if ((name && !check_name(name, err)) || !split_check_terms(terms, err) ||
        !copy_names(arena, &split->terms, err) ||
        !check_personas(&split->terms, personas, count, err))
        return false;
    if (!split_terms_draw(terms))
        split->terms.seed = 1;
    if (name) {
        split->name = arena_text(arena, name, err);
        if (!split->name)
            return false;
    }
    return (!terms->strata && !terms->folds) ||
           split_draw_together(arena, split, personas, count, err);
}
