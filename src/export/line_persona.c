/* The persona of an exported line, found by a walk over its top level: parsing
 * each line of a million takes ten times as long.  A line that is written in
 * another way than export does is parsed. */
#include "line_persona.h"

#include "datebook/json.h"

#include <string.h>

static const char member[] = "persona_id";

struct walk {
    const char *at;
    const char *end;
    const char *id;
    size_t id_length;
    int found;
};

/* Passes a string without escapes; false when there is one, or no end. */
static bool pass_plain(struct walk *walk, const char **text, size_t *length)
{
    const char *stop =
        memchr(walk->at + 1, '"', (size_t)(walk->end - walk->at - 1));

    if (!stop || memchr(walk->at, '\\', (size_t)(stop - walk->at)))
        return false;
    *text = walk->at + 1;
    *length = (size_t)(stop - *text);
    walk->at = stop + 1;
    return true;
}

/* Passes any string: a quote after an odd number of backslashes is inside. */
static bool pass_string(struct walk *walk)
{
    const char *start = walk->at;
    const char *stop = start;

    do {
        size_t slashes = 0;
        stop = memchr(stop + 1, '"', (size_t)(walk->end - stop - 1));
        if (!stop)
            return false;
        while (stop[-1 - (ptrdiff_t)slashes] == '\\')
            slashes++;
        walk->at = stop + 1;
        if (slashes % 2 == 0)
            return true;
    } while (stop < walk->end);
    return false;
}

/* A key of the line's object, with the value of the one that is wanted. */
static bool pass_key(struct walk *walk)
{
    const char *key;
    size_t length;

    if (walk->at == walk->end || *walk->at != '"' ||
        !pass_plain(walk, &key, &length) || walk->at == walk->end ||
        *walk->at++ != ':')
        return false;
    if (length != sizeof member - 1 || memcmp(key, member, length) != 0)
        return true;
    walk->found++;
    return walk->at < walk->end && *walk->at == '"' &&
           pass_plain(walk, &walk->id, &walk->id_length);
}

/* Walks over a line as export writes it: an object without white space between
 * its tokens.  False for anything else. */
static bool walk_line(struct walk *walk)
{
    int depth = 1;

    if (walk->at == walk->end || *walk->at++ != '{' || !pass_key(walk))
        return false;
    while (walk->at < walk->end) {
        char c = *walk->at;
        if (c == '"') {
            if (!pass_string(walk))
                return false;
            continue;
        }
        walk->at++;
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (!depth)
            return walk->at == walk->end && walk->found == 1;
        if (c == ' ' || (depth == 1 && c == ',' && !pass_key(walk)))
            return false;
    }
    return false;
}

bool line_persona(struct arena *arena, const char *line, size_t length,
                  const char *source, const char **id, size_t *id_length,
                  struct error *err)
{
    struct walk walk = {.at = line, .end = line + length};
    const cJSON *tree;

    if (walk_line(&walk)) {
        *id = walk.id;
        *id_length = walk.id_length;
        return true;
    }
    tree = json_parse(arena, line, length, source, err);
    if (!tree)
        return false;
    *id = json_member_text(tree, member);
    if (!*id)
        return error_set(err, ERROR_INPUT, "%s: the line names no persona",
                         source);
    *id_length = strlen(*id);
    return true;
}
