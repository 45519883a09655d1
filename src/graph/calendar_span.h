/* Where the values of a JSON text start and end, without a tree; for src/graph
 * only.  Brackets and quotes are looked at and nothing else: whoever uses a
 * value parses it. */
#ifndef DATEBOOK_GRAPH_CALENDAR_SPAN_H
#define DATEBOOK_GRAPH_CALENDAR_SPAN_H

#include <stdbool.h>
#include <stddef.h>

struct json_span {
    const char *start; /* NULL: there is none */
    const char *end;
    bool whole; /* false: the text ends before the value does */
    int depth;  /* of lists and objects in it: 0 for "a", 1 for [] */
};

const char *span_skip_space(const char *at, const char *end);

/* The value that starts at `at`; false when none can start there. */
bool span_value(const char *at, const char *end, struct json_span *span);

/* Whether a value is this text in quotes. */
bool span_is(const struct json_span *span, const char *text);

/* A walk through the elements of a list or the members of an object. */
struct span_walk {
    const char *at;
    const char *end;
    bool started;
    bool broken; /* it ended before the list or object did, at `at` */
};

struct span_walk span_walk(const struct json_span *of);

/* The next element, or member and its name; false after the last. */
bool span_next_element(struct span_walk *walk, struct json_span *value);
bool span_next_member(struct span_walk *walk, struct json_span *name,
                      struct json_span *value);

#endif
