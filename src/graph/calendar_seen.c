/* A hash table of digests: ids may be long, and the file may have a million. */
#include "src/graph/calendar_seen.h"

#include "datebook/hash.h"

#include <stdlib.h>
#include <string.h>

enum { DIGEST = 16, FIRST_SIZE = 256 };

struct seen_slot {
    unsigned char id[DIGEST];
    unsigned char content[DIGEST];
    bool used;
};

static void digest_of(const char *bytes, size_t length,
                      unsigned char digest[DIGEST])
{
    unsigned char whole[HASH_SIZE];
    struct hash hash;

    hash_start(&hash);
    hash_raw(&hash, bytes, length);
    hash_end(&hash, whole);
    memcpy(digest, whole, DIGEST);
}

static struct seen_slot *slot_of(struct seen_slot *slots, size_t size,
                                 const unsigned char id[DIGEST])
{
    uint64_t start;
    size_t at;

    memcpy(&start, id, sizeof start);
    for (at = (size_t)start & (size - 1);; at = (at + 1) & (size - 1))
        if (!slots[at].used || !memcmp(slots[at].id, id, DIGEST))
            return &slots[at];
}

/* At least every second slot stays free. */
static bool make_room(struct calendar_seen *seen, struct error *err)
{
    size_t size = seen->size ? 2 * seen->size : FIRST_SIZE;
    struct seen_slot *slots;

    if (2 * (seen->used + 1) <= seen->size)
        return true;
    slots = calloc(size, sizeof *slots);
    if (!slots)
        return error_memory(err);
    for (size_t i = 0; i < seen->size; i++)
        if (seen->slots[i].used)
            *slot_of(slots, size, seen->slots[i].id) = seen->slots[i];
    free(seen->slots);
    seen->slots = slots;
    seen->size = size;
    return true;
}

bool calendar_seen_add(struct calendar_seen *seen, const char *id,
                       const char *content, size_t length,
                       enum seen_before *before, struct error *err)
{
    struct seen_slot fresh = {.used = true};
    struct seen_slot *slot;

    if (!make_room(seen, err))
        return false;
    digest_of(id, strlen(id), fresh.id);
    digest_of(content, length, fresh.content);
    slot = slot_of(seen->slots, seen->size, fresh.id);
    if (slot->used) {
        *before = memcmp(slot->content, fresh.content, DIGEST) ? SEEN_OTHER
                                                               : SEEN_SAME;
        return true;
    }
    *before = SEEN_NEVER;
    *slot = fresh;
    seen->used++;
    return true;
}

void calendar_seen_free(struct calendar_seen *seen)
{
    free(seen->slots);
    *seen = (struct calendar_seen){.slots = NULL};
}
