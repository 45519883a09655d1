/* Who trains and who is held out: always whole personas. */
#include "internal.h"

#include "datebook/list.h"

#include <string.h>

static bool named(const struct split_request *request, const char *id)
{
    for (size_t i = 0; i < request->held_out_count; i++)
        if (!strcmp(request->held_out[i], id))
            return true;
    return false;
}

/* A keyed hash as a share of one: depends on this id and the seed alone, so
 * that a persona that comes or goes moves no other. */
static double share_of(const char *id, uint64_t seed)
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

static bool is_held_out(const struct split_request *request,
                        const struct stored_persona *persona)
{
    return persona->validation || named(request, persona->id) ||
           (request->has_fraction &&
            share_of(persona->id, request->seed) < request->fraction);
}

static bool check_names(const struct split_request *request,
                        const struct stored_persona *all, size_t count,
                        int64_t version, struct error *err)
{
    for (size_t i = 0; i < request->held_out_count; i++) {
        size_t at = 0;
        while (at < count && strcmp(all[at].id, request->held_out[i]) != 0)
            at++;
        if (at < count)
            continue;
        error_set(err, ERROR_INPUT,
                  "there is no persona \"%.128s\" in version "
                  "%lld",
                  request->held_out[i], (long long)version);
        return error_hint(err, "`datebook persona list` lists them");
    }
    return true;
}

static bool check_halves(const struct halves *split, struct error *err)
{
    if (split->train_count && split->held_out_count)
        return true;
    error_set(err, ERROR_INPUT, "no persona is left %s",
              split->train_count ? "to hold out" : "to train on");
    return error_hint(err, "name some with --held-out, or choose another "
                           "--held-out-fraction or --seed");
}

bool dataset_split(struct store *store, struct arena *arena, int64_t version,
                   const struct split_request *request, struct halves *split,
                   struct error *err)
{
    struct stored_persona *all;
    size_t count;

    *split = (struct halves){0};
    if (!persona_list_at(store, arena, version, &all, &count, err) ||
        !check_names(request, all, count, version, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool out = is_held_out(request, &all[i]);
        struct stored_persona **half = out ? &split->held_out : &split->train;
        size_t *used = out ? &split->held_out_count : &split->train_count;
        if (!list_grow(arena, half, *used, sizeof **half, err))
            return false;
        (*half)[(*used)++] = all[i];
    }
    return check_halves(split, err);
}
