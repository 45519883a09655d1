/* How requests are called in batch files, which file each is in, and what the
 * files were written with. */
#include "writing_batch.h"

#include <stdio.h>
#include <string.h>

/* ---- Names ---- */

static const char prefix[] = "db-";
enum { PREFIX = sizeof prefix - 1 };

void batch_mark(const unsigned char fingerprint[HASH_SIZE],
                char mark[BATCH_MARK_SIZE])
{
    char hex[HASH_HEX_SIZE];

    hash_hex(fingerprint, hex);
    snprintf(mark, BATCH_MARK_SIZE, "%s%.*s", prefix, 2 * BATCH_MARK_BYTES,
             hex);
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Whether a text is hexadecimal of just so many bytes. */
static bool read_hex(const char *text, unsigned char *bytes, size_t count)
{
    if (strlen(text) != 2 * count)
        return false;
    for (size_t i = 0; i < count; i++) {
        int high = digit_value(text[2 * i]);
        int low = digit_value(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

bool batch_find(struct store *store, int64_t job, const char *mark,
                int64_t *number, struct error *err)
{
    unsigned char start[BATCH_MARK_BYTES];

    *number = 0;
    if (strncmp(mark, prefix, PREFIX) != 0 ||
        !read_hex(mark + PREFIX, start, sizeof start))
        return true;
    return request_find_start(store, job, start, sizeof start, number, err);
}

/* ---- Notes ---- */

const char *batch_note(struct arena *arena, const char *path, const char *hash,
                       struct error *err)
{
    const char *slash = strrchr(path, '/');

    return arena_format(arena, err, "in %s, %.*s", slash ? slash + 1 : path,
                        BATCH_FILE_DIGITS, hash);
}

const char *batch_note_file(const char *note)
{
    unsigned char bytes[BATCH_FILE_DIGITS / 2];
    const char *comma = strrchr(note, ',');

    return !strncmp(note, "in ", 3) && comma && comma[1] == ' ' &&
                   read_hex(comma + 2, bytes, sizeof bytes)
               ? comma + 2
               : NULL;
}

/* ---- Traits ---- */

/* Files stand beside endpoints. */
static void file_key(const char *digits, unsigned char key[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, "batch file");
    hash_text(&hash, digits);
    hash_end(&hash, key);
}

bool batch_traits_of_file(struct store *store, const char *model,
                          const char *digits, struct chat_traits *traits,
                          struct error *err)
{
    unsigned char key[HASH_SIZE];
    bool found;

    file_key(digits, key);
    if (!writing_recall_traits(store, key, model, traits, &found, err))
        return false;
    if (!found)
        *traits = chat_first_traits;
    return true;
}

bool batch_keep_traits_of_file(struct store *store, const char *model,
                               const char *digits,
                               const struct chat_traits *traits,
                               struct error *err)
{
    unsigned char key[HASH_SIZE];

    file_key(digits, key);
    return writing_keep_traits(store, key, model, traits, err);
}

/* Whoever runs files, it is nobody that the file knows an address of. */
bool batch_traits(struct store *store, const struct endpoint *endpoint,
                  const char *model, struct chat_traits *traits,
                  struct error *err)
{
    unsigned char key[HASH_SIZE];
    bool found;

    file_key("", key);
    if (!writing_recall_traits(store, key, model, traits, &found, err) ||
        (!found && !writing_recall_traits(store, endpoint->id, model, traits,
                                          &found, err)))
        return false;
    if (!found)
        *traits = chat_first_traits;
    return true;
}

bool batch_keep_traits(struct store *store, const char *model,
                       const struct chat_traits *traits, struct error *err)
{
    return batch_keep_traits_of_file(store, model, "", traits, err);
}
