/* A bounded table of names, compared by all their bytes. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

/* A slot is a cache line.  Longer names are read every time. */
enum { SLOTS = 2048, SLOT_LIMIT = 1536, NAME_PARTS = 8, NAME_BYTES = 63 };

/* Bytes, zeros behind them, and the length in the last byte. */
struct quiet_name {
    uint64_t parts[NAME_PARTS];
};

bool quiet_names_start(struct quiet_names *names, struct error *err)
{
    names->used = 0;
    names->slots = calloc(SLOTS, sizeof *names->slots);
    return names->slots || error_memory(err);
}

void quiet_names_end(struct quiet_names *names)
{
    free(names->slots);
}

static void make_key(struct quiet_name *key, const char *name, size_t length)
{
    unsigned char bytes[sizeof key->parts] = {0};

    memcpy(bytes, name, length);
    bytes[NAME_BYTES] = (unsigned char)length;
    memcpy(key->parts, bytes, sizeof bytes);
}

/* The slot of a name, or the free one where it would go. */
static struct quiet_name *find(const struct quiet_names *names,
                               const struct quiet_name *key)
{
    uint64_t hash = 0;
    size_t at;

    for (int i = 0; i < NAME_PARTS; i++)
        hash =
            (hash ^ key->parts[i]) * UINT64_C(0x9E3779B97F4A7C15) ^ hash >> 29;
    for (at = (size_t)(hash >> 40) % SLOTS;
         names->slots[at].parts[NAME_PARTS - 1] &&
         memcmp(&names->slots[at], key, sizeof *key) != 0;
         at = (at + 1) % SLOTS)
        ;
    return &names->slots[at];
}

bool quiet_names_hold(const struct quiet_names *names, const char *name,
                      size_t length)
{
    struct quiet_name key;

    if (!length || length >= NAME_BYTES)
        return !length;
    make_key(&key, name, length);
    return find(names, &key)->parts[NAME_PARTS - 1] != 0;
}

void quiet_names_add(struct quiet_names *names, const char *name, size_t length)
{
    struct quiet_name key;

    if (!length || length >= NAME_BYTES)
        return;
    if (names->used == SLOT_LIMIT) {
        memset(names->slots, 0, SLOTS * sizeof *names->slots);
        names->used = 0;
    }
    make_key(&key, name, length);
    *find(names, &key) = key;
    names->used++;
}
