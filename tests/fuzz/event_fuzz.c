/* Any bytes as a Graph event: refused with a message, or read into facts that
 * fit together; minifying and indenting keep it the same document. */
#include "datebook/graph.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static void check_passes(struct arena *arena, const char *text, size_t length,
                         const cJSON *tree)
{
    struct buf minified = BUF_EMPTY;
    struct buf indented = BUF_EMPTY;
    struct buf again = BUF_EMPTY;
    struct error err;
    const cJSON *other;

    json_minify(&minified, text, length);
    json_indent(&indented, minified.data, minified.length);
    json_minify(&again, indented.data, indented.length);
    expect(again.length == minified.length &&
           !memcmp(again.data, minified.data, again.length));
    other = json_parse(arena, indented.data, indented.length, "again", &err);
    expect(other && json_same(tree, other));
    buf_free(&minified);
    buf_free(&indented);
    buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct meeting_facts facts;
    struct error err = {.code = ERROR_NONE};
    const cJSON *tree =
        json_parse(&arena, (const char *)data, size, "fuzz", &err);

    if (tree) {
        check_passes(&arena, (const char *)data, size, tree);
        if (graph_read_facts(&arena, tree, &facts, &err))
            expect(facts.attendees >= 0 && facts.minutes >= 0 &&
                   facts.subject && facts.preview && facts.people);
    }
    expect(err.code == ERROR_NONE || (err.code == ERROR_INPUT && *err.message));
    arena_free(&arena);
    return 0;
}
