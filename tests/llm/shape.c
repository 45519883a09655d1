/* The shapes of requests; see shape.h.  Sources: OpenAI's API reference
 * (chat/completions, files, batches), Azure's REST reference. */
#include "tests/llm/shape.h"
#include "tests/llm/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 50000, MOST_ID = 64 };
#define MOST_FILE ((size_t)200 * 1000 * 1000)

const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *string_member(const cJSON *object, const char *name)
{
    const cJSON *item = member(object, name);
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

static bool wrong(struct text *why, const char *sentence)
{
    text_puts(why, sentence);
    return false;
}

static bool wrong_name(struct text *why, const char *sentence, const char *name)
{
    text_format(why, "%s: %s", sentence, name);
    return false;
}

/* Every member of an object is in the list, and none is there twice. */
static bool only(const cJSON *object, const char *const *names, const char *of,
                 struct text *why)
{
    const cJSON *item;
    cJSON_ArrayForEach (item, object) {
        const char *const *name = names;
        while (*name && strcmp(*name, item->string) != 0)
            name++;
        if (!*name) {
            text_format(why, "%s: no such member: %s", of, item->string);
            return false;
        }
        for (const cJSON *other = item->next; other; other = other->next)
            if (!strcmp(other->string, item->string))
                return wrong_name(why, "twice there", item->string);
    }
    return true;
}

/* ---- URL and headers ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);
    return a >= b && !strcmp(text + a - b, end);
}

bool shape_of_request(const struct request *request, struct text *why)
{
    const char *path = request->path;
    const char *type = request_header(request, "content-type");
    const char *bearer = request_header(request, "authorization");
    const char *key = request_header(request, "api-key");
    bool azure = !strncmp(path, "/openai/", 8);
    bool legacy = azure && strncmp(path, "/openai/v1/", 11) != 0;
    if (strstr(path, "//"))
        return wrong_name(why, "an empty step in the path", path);
    const char *version = request_parameter(request, "api-version");
    if (legacy && (!version || !*version || *version == '&'))
        return wrong_name(why, "no api-version", path);
    if (legacy && ends_with(path, "/chat/completions") &&
        strncmp(path, "/openai/deployments/", 20) != 0)
        return wrong_name(why, "no deployment in the path", path);
    if (bearer && (strncmp(bearer, "Bearer ", 7) != 0 || !bearer[7]))
        return wrong(why, "Authorization is not \"Bearer KEY\"");
    if (azure && !bearer && !(key && *key))
        return wrong(why, "no api-key");
    if (!request->body.length || strcmp(request->method, "POST") != 0)
        return true;
    const char *wanted =
        ends_with(path, "/files") ? "multipart/form-data" : "application/json";
    if (!type || strncmp(type, wanted, strlen(wanted)) != 0)
        return wrong_name(why, "Content-Type", type ? type : "none");
    return true;
}

/* ---- Chat ---- */

static bool shape_of_message(const cJSON *message, struct text *why)
{
    static const char *const names[] = {"role", "content", "name", NULL};
    static const char *const roles[] = {"system", "developer", "user",
                                        "assistant", NULL};
    if (!cJSON_IsObject(message) || !only(message, names, "message", why))
        return why->length ? false : wrong(why, "a message is no object");
    const char *role = string_member(message, "role");
    const char *content = string_member(message, "content");
    const char *const *known = roles;
    while (role && *known && strcmp(*known, role) != 0)
        known++;
    if (!role || !*known)
        return wrong_name(why, "role of a message", role ? role : "none");
    if (!content || !*content)
        return wrong_name(why, "no content in a message of", role);
    return true;
}

static bool shape_of_messages(const cJSON *messages, struct text *why)
{
    bool system = false, developer = false;
    const char *before = NULL;
    if (!cJSON_IsArray(messages) || !messages->child)
        return wrong(why, "no messages");
    const cJSON *message;
    cJSON_ArrayForEach (message, messages) {
        if (!shape_of_message(message, why))
            return false;
        const char *role = string_member(message, "role");
        bool leads = !strcmp(role, "system") || !strcmp(role, "developer");
        system = system || !strcmp(role, "system");
        developer = developer || !strcmp(role, "developer");
        if (leads && before)
            return wrong_name(why, "not the first message", role);
        if (!strcmp(role, "assistant") &&
            (!before || strcmp(before, "user") != 0))
            return wrong(why, "an assistant's message follows no user's");
        before = role;
    }
    if (system && developer)
        return wrong(why, "both system and developer");
    if (strcmp(before, "user") != 0)
        return wrong_name(why, "the last message is of", before);
    return true;
}

static bool mentions_json(const cJSON *messages)
{
    const cJSON *message;
    cJSON_ArrayForEach (message, messages) {
        if (strcasestr(string_member(message, "content"), "json"))
            return true;
    }
    return false;
}

static bool is_name(const char *name)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t length = name ? strlen(name) : 0;
    return length >= 1 && length <= 64 && strspn(name, allowed) == length;
}

static bool shape_of_schema(const cJSON *schema, struct text *why)
{
    static const char *const names[] = {"name", "description", "strict",
                                        "schema", NULL};
    if (!cJSON_IsObject(schema))
        return wrong(why, "no json_schema in response_format");
    if (!only(schema, names, "json_schema", why))
        return false;
    if (!is_name(string_member(schema, "name")))
        return wrong(why, "json_schema: name is not [A-Za-z0-9_-]{1,64}");
    if (!cJSON_IsTrue(member(schema, "strict")))
        return wrong(why, "json_schema: strict is not true");
    return schema_is_strict(member(schema, "schema"), why);
}

static bool shape_of_format(const cJSON *body, struct text *why)
{
    static const char *const schema_names[] = {"type", "json_schema", NULL};
    static const char *const plain_names[] = {"type", NULL};
    const cJSON *format = member(body, "response_format");
    if (!format)
        return true;
    const char *type = string_member(format, "type");
    bool schema = type && !strcmp(type, "json_schema");
    if (!type || (!schema && strcmp(type, "json_object") != 0 &&
                  strcmp(type, "text") != 0))
        return wrong_name(why, "response_format", type ? type : "no type");
    if (!only(format, schema ? schema_names : plain_names, "response_format",
              why))
        return false;
    if (!strcmp(type, "json_object") &&
        !mentions_json(member(body, "messages")))
        return wrong(why, "json_object, but no message says JSON");
    return !schema || shape_of_schema(member(format, "json_schema"), why);
}

static bool is_number(const cJSON *body, const char *name, double least,
                      double most, bool whole)
{
    const cJSON *item = member(body, name);
    if (!item)
        return true;
    return cJSON_IsNumber(item) && item->valuedouble >= least &&
           item->valuedouble <= most &&
           (!whole || floor(item->valuedouble) == item->valuedouble);
}

static bool shape_of_numbers(const cJSON *body, struct text *why)
{
    static const struct {
        const char *name;
        double least, most;
        bool whole;
    } numbers[] = {{"max_tokens", 1, 1e7, true},
                   {"max_completion_tokens", 1, 1e7, true},
                   {"temperature", 0, 2, false},
                   {"top_p", 0, 1, false},
                   {"seed", -9007199254740992.0, 9007199254740992.0, true},
                   {"n", 1, 1, true}};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        if (!is_number(body, numbers[i].name, numbers[i].least, numbers[i].most,
                       numbers[i].whole))
            return wrong_name(why, "no such value", numbers[i].name);
    if (member(body, "max_tokens") && member(body, "max_completion_tokens"))
        return wrong(why, "both max_tokens and max_completion_tokens");
    return true;
}

/* The parser lets control characters within strings pass; JSON does not. */
static bool has_raw_control(const char *bytes, size_t length)
{
    bool in_string = false;
    for (size_t i = 0; i < length; i++) {
        if (in_string && bytes[i] == '\\')
            i++;
        else if (bytes[i] == '"')
            in_string = !in_string;
        else if (in_string && (unsigned char)bytes[i] < 0x20)
            return true;
    }
    return false;
}

bool shape_of_chat(const cJSON *body, const char *bytes, size_t length,
                   bool names_model, struct text *why)
{
    static const char *const names[] = {
        "model",       "messages", "max_tokens", "max_completion_tokens",
        "temperature", "top_p",    "seed",       "response_format",
        "n",           "stop",     "user",       "reasoning_effort",
        "metadata",    "store",    NULL};
    if (!text_is_utf8(bytes, length))
        return wrong(why, "not UTF-8");
    if (!cJSON_IsObject(body))
        return wrong(why, "no JSON object");
    if (has_raw_control(bytes, length))
        return wrong(why, "a control character within a string");
    if (!only(body, names, "body", why))
        return false;
    const char *model = string_member(body, "model");
    if (member(body, "model") ? !model || !*model : !names_model)
        return wrong(why, "no model");
    return shape_of_messages(member(body, "messages"), why) &&
           shape_of_format(body, why) && shape_of_numbers(body, why);
}

/* ---- Batches ---- */

/* What must be the same in all lines, and what must not. */
struct batch_so_far {
    cJSON *first;   /* line; all have its url and model */
    uint64_t *seen; /* hashes of custom_ids: a table with gaps */
    size_t count;
};

enum { SEEN = 1 << 18 };

static bool is_twice(struct batch_so_far *so_far, const char *id)
{
    uint64_t hash = hash_of(id, strlen(id)) | 1;
    size_t mask = SEEN - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        if (so_far->seen[i] == hash)
            return true;
        if (!so_far->seen[i]) {
            so_far->seen[i] = hash;
            return false;
        }
    }
}

static bool shape_of_line(const cJSON *line, const char *bytes, size_t length,
                          struct text *why)
{
    static const char *const names[] = {"custom_id", "method", "url", "body",
                                        NULL};
    if (!cJSON_IsObject(line))
        return wrong(why, "no JSON object");
    if (!only(line, names, "line", why))
        return false;
    const char *id = string_member(line, "custom_id");
    const char *method = string_member(line, "method");
    if (!id || !*id || strlen(id) > MOST_ID)
        return wrong(why, "custom_id has not 1 to 64 characters");
    if (!method || strcmp(method, "POST") != 0)
        return wrong(why, "method is not POST");
    if (!string_member(line, "url"))
        return wrong(why, "no url");
    return shape_of_chat(member(line, "body"), bytes, length, false, why);
}

static bool fits_the_others(const cJSON *line, struct batch_so_far *so_far,
                            struct text *why)
{
    const cJSON *first = so_far->first;
    const char *model = string_member(member(line, "body"), "model");
    if (is_twice(so_far, string_member(line, "custom_id")))
        return wrong_name(why, "custom_id is there twice",
                          string_member(line, "custom_id"));
    if (strcmp(string_member(line, "url"), string_member(first, "url")) != 0)
        return wrong(why, "another url than the first line");
    if (strcmp(model, string_member(member(first, "body"), "model")) != 0)
        return wrong(why, "another model than the first line");
    return true;
}

static bool check_line(const char *bytes, size_t length,
                       struct batch_so_far *so_far, struct text *why)
{
    const char *end = NULL;
    cJSON *line = cJSON_ParseWithLengthOpts(bytes, length, &end, 0);
    bool fine = true;
    if (!length)
        fine = wrong(why, "an empty line");
    else if (!line || end != bytes + length)
        fine = wrong(why, "no JSON object");
    fine = fine && shape_of_line(line, bytes, length, why);
    if (fine && !so_far->first)
        so_far->first = line;
    fine = fine && fits_the_others(line, so_far, why);
    if (line != so_far->first)
        cJSON_Delete(line);
    return fine;
}

bool shape_of_batch(const char *bytes, size_t length, struct text *why)
{
    if (!length)
        return wrong(why, "an empty file");
    if (length > MOST_FILE)
        return wrong(why, "more than 200 MB");
    if (length >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
        return wrong(why, "a byte order mark");
    struct batch_so_far so_far = {.count = 0};
    so_far.seen = new_zero(SEEN * sizeof(*so_far.seen));
    bool fine = true;
    for (size_t at = 0; at < length && fine; so_far.count++) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t size = end ? (size_t)(end - bytes) - at : length - at;
        fine = check_line(bytes + at, size, &so_far, why);
        if (fine && so_far.count == MOST_LINES)
            fine = wrong(why, "more than 50,000 lines");
        if (!fine)
            text_format(why, " (line %zu)", so_far.count + 1);
        at += size + 1;
    }
    cJSON_Delete(so_far.first);
    free(so_far.seen);
    return fine;
}

/* Texts of up to 512 characters under names of up to 64. */
static bool shape_of_metadata(const cJSON *metadata, struct text *why)
{
    const cJSON *item;
    if (metadata && !cJSON_IsObject(metadata))
        return wrong(why, "metadata is no object");
    cJSON_ArrayForEach (item, metadata) {
        if (!cJSON_IsString(item) || strlen(item->string) > 64 ||
            strlen(item->valuestring) > 512)
            return wrong_name(why, "no such metadata", item->string);
    }
    return true;
}

bool shape_of_creation(const cJSON *body, struct text *why)
{
    static const char *const names[] = {"input_file_id",        "endpoint",
                                        "completion_window",    "metadata",
                                        "output_expires_after", NULL};
    const char *window = string_member(body, "completion_window");
    const char *endpoint = string_member(body, "endpoint");
    if (!cJSON_IsObject(body))
        return wrong(why, "no JSON object");
    if (!only(body, names, "batch", why))
        return false;
    if (!string_member(body, "input_file_id"))
        return wrong(why, "no input_file_id");
    if (!endpoint || !ends_with(endpoint, "/chat/completions"))
        return wrong(why, "endpoint is not that of chat");
    if (!window || strcmp(window, "24h") != 0)
        return wrong(why, "completion_window is not 24h");
    return shape_of_metadata(member(body, "metadata"), why);
}
