/* Comparing records, which are told by their names: each name that either side
 * touched since both were the same is looked up in both. */
#include "diff_internal.h"

#include "datebook/stored_record.h"

#include <string.h>

/* The names that one file touched. */
struct names {
    struct cursor *cursor;
    const char *name;
    bool more;
};

static bool next_name(struct names *names, struct error *err)
{
    return !names->more ||
           record_change_next(names->cursor, &names->name, &names->more, err);
}

static bool open_names(struct names *names, struct store *store, enum noun noun,
                       int64_t low, int64_t high, struct error *err)
{
    names->cursor = record_change_scan(store, noun, low, high, err);
    names->more = names->cursor != NULL;
    return names->more && next_name(names, err);
}

/* In one file, what the versions between touched; in two, what either did since
 * the version that they share. */
static bool open_sides(struct comparison *work, enum noun noun,
                       struct names names[SIDES], struct error *err)
{
    const struct diff_side *old = &work->sides[OLD];
    const struct diff_side *new = &work->sides[NEW];
    bool backward = old->version > new->version;

    if (old->store == new->store)
        return open_names(&names[OLD], old->store, noun,
                          backward ? new->version : old->version,
                          backward ? old->version : new->version, err);
    return open_names(&names[OLD], old->store, noun, work->base, old->version,
                      err) &&
           open_names(&names[NEW], new->store, noun, work->base, new->version,
                      err);
}

static bool compare(struct comparison *work, enum noun noun, const char *name,
                    struct error *err)
{
    struct stored_record *records[SIDES];

    arena_reset(&work->scratch);
    for (int i = 0; i < SIDES; i++)
        if (!record_at(work->sides[i].store, &work->scratch, noun,
                       work->sides[i].version, name, &records[i], err))
            return false;
    return diff_record(work, noun, records[OLD], records[NEW], err);
}

/* The name that comes first, on one side or on both. */
static bool take_step(struct comparison *work, enum noun noun,
                      struct names names[SIDES], struct error *err)
{
    int order = !names[OLD].more   ? 1
                : !names[NEW].more ? -1
                                   : strcmp(names[OLD].name, names[NEW].name);

    return compare(work, noun, names[order > 0 ? NEW : OLD].name, err) &&
           (order > 0 || next_name(&names[OLD], err)) &&
           (order < 0 || next_name(&names[NEW], err));
}

static bool compare_noun(struct comparison *work, enum noun noun,
                         struct error *err)
{
    struct names names[SIDES] = {{NULL, NULL, false}, {NULL, NULL, false}};
    bool ok = open_sides(work, noun, names, err);

    while (ok && (names[OLD].more || names[NEW].more))
        ok = take_step(work, noun, names, err);
    for (int i = 0; i < SIDES; i++)
        cursor_close(names[i].cursor);
    return ok;
}

bool diff_records(struct comparison *work, struct error *err)
{
    return work->request->persona_count ||
           (compare_noun(work, NOUN_SPLIT, err) &&
            compare_noun(work, NOUN_REVIEW, err));
}
