/* Finds one member of a document without making a tree of it.
 *
 * The document was checked when it came in, so a walk over its strings and
 * brackets is enough.  Whatever the walk does not know, an escape in a key or
 * in the id above all, is left to the parser. */
#include "series.h"

#include "datebook/json.h"

#include <string.h>

static const char name[] = "seriesMasterId";

struct walk {
    const char *at;
    const char *end;
};

static void skip_space(struct walk *walk)
{
    while (walk->at < walk->end && strchr(" \t\r\n", *walk->at) && *walk->at)
        walk->at++;
}

static bool take(struct walk *walk, char wanted)
{
    skip_space(walk);
    if (walk->at == walk->end || *walk->at != wanted)
        return false;
    walk->at++;
    return true;
}

/* A string from its quote on. */
struct span {
    const char *start;
    size_t length;
    bool escaped;
};

static bool take_string(struct walk *walk, struct span *span)
{
    if (!take(walk, '"'))
        return false;
    *span = (struct span){.start = walk->at};
    while (walk->at < walk->end && *walk->at != '"') {
        if (*walk->at == '\\') {
            span->escaped = true;
            walk->at++;
        }
        if (walk->at < walk->end)
            walk->at++;
    }
    span->length = (size_t)(walk->at - span->start);
    return take(walk, '"');
}

/* Goes on to the comma or the brace after a value. */
static bool skip_value(struct walk *walk)
{
    struct span span;
    int depth = 0;

    skip_space(walk);
    while (walk->at < walk->end) {
        char byte = *walk->at;
        if (depth == 0 && (byte == ',' || byte == '}'))
            return true;
        if (byte == '"') {
            if (!take_string(walk, &span))
                return false;
            continue;
        }
        depth += byte == '{' || byte == '[';
        depth -= byte == '}' || byte == ']';
        walk->at++;
    }
    return false;
}

/* False where the walk does not know; *found is empty when there is none. */
static bool find(struct walk walk, struct span *found)
{
    struct span key;

    *found = (struct span){NULL, 0, false};
    if (!take(&walk, '{'))
        return false;
    if (take(&walk, '}'))
        return true;
    do {
        if (!take_string(&walk, &key) || key.escaped || !take(&walk, ':'))
            return false;
        skip_space(&walk);
        if (key.length == sizeof name - 1 &&
            !memcmp(key.start, name, key.length)) {
            if (walk.at < walk.end && *walk.at == '"')
                return take_string(&walk, found) && !found->escaped;
            return walk.at < walk.end;
        }
        if (!skip_value(&walk))
            return false;
    } while (take(&walk, ','));
    return take(&walk, '}');
}

bool series_of(struct arena *arena, const char *document, size_t length,
               const char **id, size_t *id_length, struct error *err)
{
    struct walk walk = {document, document + length};
    struct span found;
    const cJSON *tree;

    if (find(walk, &found)) {
        *id = found.length ? found.start : NULL;
        *id_length = found.length;
        return true;
    }
    tree = json_parse(arena, document, length, "document", err);
    if (!tree)
        return false;
    *id = json_member_text(tree, name);
    *id_length = *id ? strlen(*id) : 0;
    if (!*id_length)
        *id = NULL;
    return true;
}
