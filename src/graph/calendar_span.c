/* The scanner that finds single events in a file of any size. */
#include "src/graph/calendar_span.h"

#include <string.h>

const char *span_skip_space(const char *at, const char *end)
{
    while (at < end &&
           (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        at++;
    return at;
}

/* The end of the string that starts at `at`, or NULL. */
static const char *string_end(const char *at, const char *end)
{
    for (at++; at < end; at++) {
        if (*at == '"')
            return at + 1;
        if (*at == '\\')
            at++;
    }
    return NULL;
}

/* Kinds of bracket are not told apart: the parser does. */
static void span_nested(struct json_span *span, const char *end)
{
    int depth = 0;
    const char *at = span->start;

    while (at < end) {
        if (*at == '"') {
            at = string_end(at, end);
            if (!at)
                return;
            continue;
        }
        if (*at == '{' || *at == '[')
            depth++;
        if (depth > span->depth)
            span->depth = depth;
        if ((*at == '}' || *at == ']') && --depth == 0) {
            span->end = at + 1;
            span->whole = true;
            return;
        }
        at++;
    }
}

bool span_value(const char *at, const char *end, struct json_span *span)
{
    *span = (struct json_span){.start = at, .end = end};
    if (at >= end || strchr(",:]}", *at))
        return false;
    if (*at == '{' || *at == '[') {
        span_nested(span, end);
        return true;
    }
    if (*at == '"') {
        const char *stop = string_end(at, end);
        span->whole = stop != NULL;
        span->end = stop ? stop : end;
        return true;
    }
    while (at < end && !strchr(" \t\r\n,:]}[{\"", *at))
        at++;
    span->end = at;
    span->whole = true;
    return at > span->start;
}

bool span_is(const struct json_span *span, const char *text)
{
    size_t length = strlen(text);

    return (size_t)(span->end - span->start) == length + 2 &&
           *span->start == '"' && !memcmp(span->start + 1, text, length);
}

struct span_walk span_walk(const struct json_span *of)
{
    return (struct span_walk){.at = of->start + 1, .end = of->end};
}

static bool walk_break(struct span_walk *walk)
{
    walk->broken = true;
    return false;
}

/* Goes to where the next element starts.  A comma before the last bracket,
 * which printed samples have, is passed over. */
static bool walk_on(struct span_walk *walk)
{
    if (walk->broken)
        return false;
    walk->at = span_skip_space(walk->at, walk->end);
    if (walk->started && walk->at < walk->end && *walk->at == ',')
        walk->at = span_skip_space(walk->at + 1, walk->end);
    else if (walk->started && walk->at < walk->end && *walk->at != ']' &&
             *walk->at != '}')
        return walk_break(walk);
    walk->started = true;
    if (walk->at >= walk->end)
        return walk_break(walk);
    return *walk->at != ']' && *walk->at != '}';
}

static bool walk_value(struct span_walk *walk, struct json_span *value)
{
    if (!span_value(walk->at, walk->end, value))
        return walk_break(walk);
    walk->at = value->end;
    return true;
}

bool span_next_element(struct span_walk *walk, struct json_span *value)
{
    return walk_on(walk) && walk_value(walk, value);
}

bool span_next_member(struct span_walk *walk, struct json_span *name,
                      struct json_span *value)
{
    if (!walk_on(walk))
        return false;
    if (*walk->at != '"' || !walk_value(walk, name) || !name->whole)
        return walk_break(walk);
    walk->at = span_skip_space(walk->at, walk->end);
    if (walk->at >= walk->end || *walk->at != ':')
        return walk_break(walk);
    walk->at = span_skip_space(walk->at + 1, walk->end);
    return walk_value(walk, value);
}
