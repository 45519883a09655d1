/* Any bytes as a line of batch results: a problem in words, or a reply whose
 * body is JSON and stands in the line as the tree of the line has it. */
#include "datebook/batch_file.h"
#include "datebook/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static void check_body(struct arena *arena, const cJSON *tree,
                       const struct batch_result *result)
{
    const cJSON *body = json_member(json_member(tree, "response"), "body");
    struct error err;
    const cJSON *read =
        json_parse(arena, result->body, result->length, "body", &err);

    expect(read);
    if (body && !cJSON_IsNull(body))
        expect(json_same(read, body));
    else
        expect(json_member(read, "error"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct batch_result result;
    struct error err;
    const char *line = (const char *)data;
    const cJSON *tree;

    expect(batch_read_line(&arena, line, size, &result, &err));
    expect(!result.custom_id == (result.problem != NULL));
    expect(result.body);
    if (result.custom_id) {
        expect((result.status == 0) == (result.error != NULL));
        tree = json_parse(&arena, line, size, "line", &err);
        expect(tree && *result.custom_id);
        if (result.length)
            check_body(&arena, tree, &result);
    }
    expect(!result.problem || (*result.problem && !result.length));
    arena_free(&arena);
    return 0;
}
