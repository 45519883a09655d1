/* Finding the JSON of a reply: alone, in a code fence, in prose, or after the
 * thoughts of a model that thinks aloud.
 *
 * Time is bounded: a text is gone through once for each of a few places where a
 * JSON value may start. */
#include "src/llm/written_internal.h"

#include <string.h>

enum {
    CONTENT_MOST = 4 << 20,
    VALUES_MOST = 200 * 1000, /* fifty meetings of 500 people have 75,000 */
    CANDIDATES_MOST = 16
};

/* ---- Pieces of valid JSON ---- */

static const char *skip_space(const char *c, const char *end)
{
    while (c < end && strchr(" \t\r\n", *c))
        c++;
    return c;
}

static const char *string_end(const char *c, const char *end)
{
    for (c++; c < end && *c != '"'; c++)
        if (*c == '\\')
            c++;
    return c < end ? c + 1 : end;
}

/* The end of the list or object that starts at `c`; NULL: it has none. */
static const char *brackets_end(const char *c, const char *end)
{
    size_t depth = 0;

    while (c < end) {
        if (*c == '"') {
            c = string_end(c, end);
            continue;
        }
        if (*c == '{' || *c == '[')
            depth++;
        if ((*c == '}' || *c == ']') && --depth == 0)
            return c + 1;
        c++;
    }
    return NULL;
}

static const char *value_end(const char *c, const char *end)
{
    const char *stop;

    if (*c == '"')
        return string_end(c, end);
    if (*c == '{' || *c == '[') {
        stop = brackets_end(c, end);
        return stop ? stop : end;
    }
    while (c < end && !strchr(",]} \t\r\n", *c))
        c++;
    return c;
}

/* A walk over the values of a list or an object that parsed. */
struct walk {
    const char *at;
    const char *end;
    bool named; /* values have names */
};

static void walk_start(struct walk *walk, const char *text, size_t length)
{
    walk->end = text + length;
    walk->at = skip_space(text, walk->end);
    walk->named = walk->at < walk->end && *walk->at == '{';
    walk->at += walk->at < walk->end;
}

/* The next value; there must be one. */
static void walk_next(struct walk *walk, const char **raw, size_t *length)
{
    const char *c = skip_space(walk->at, walk->end);

    if (c < walk->end && *c == ',')
        c = skip_space(c + 1, walk->end);
    if (walk->named && c < walk->end) {
        c = skip_space(string_end(c, walk->end), walk->end);
        c = skip_space(c + (c < walk->end), walk->end);
    }
    walk->at = c < walk->end ? value_end(c, walk->end) : c;
    *raw = c;
    *length = (size_t)(walk->at - c);
}

/* ---- Candidates ---- */

struct candidate {
    const char *text;
    size_t length;
    const cJSON *tree;
};

/* A list of objects, or an object that says what a meeting says. */
static bool is_reply(const cJSON *tree)
{
    if (cJSON_IsArray(tree))
        return cJSON_IsObject(tree->child);
    return json_member(tree, "meetings") || json_member(tree, "brief") ||
           json_member(tree, "subject");
}

/* Parses a candidate; *fault is why it is none.  False: no memory. */
static bool parse(struct arena *arena, struct candidate *candidate,
                  const char **fault, struct error *err)
{
    struct error why = {.code = ERROR_NONE};

    candidate->tree =
        json_parse(arena, candidate->text, candidate->length, "reply", &why);
    if (candidate->tree)
        return true;
    if (why.code != ERROR_INPUT) {
        *err = why;
        return false;
    }
    *fault = arena_format(arena, err, "the reply is not JSON: %s", why.message);
    return *fault != NULL;
}

/* What may open a JSON value in prose. */
static const char *next_bracket(const char *c, const char *end)
{
    while (c < end && *c != '{' && *c != '[')
        c++;
    return c < end ? c : NULL;
}

/* Looks through prose.  The fault of the first place that opens an object is
 * kept when no place holds a reply.  Within what is cut off there may be whole
 * meetings, which are no whole reply. */
static bool search(struct arena *arena, const char *text, const char *end,
                   struct candidate *found, const char **fault,
                   struct error *err)
{
    const char *at = next_bracket(text, end);
    const char *first = NULL;
    bool cut = false;

    for (int i = 0; at && i < CANDIDATES_MOST; i++) {
        const char *stop = brackets_end(at, end);
        struct candidate candidate = {at, (size_t)((stop ? stop : end) - at),
                                      NULL};
        const char *why = NULL;
        if ((stop || !first) && !parse(arena, &candidate, &why, err))
            return false;
        cut = cut || !stop;
        if (candidate.tree && is_reply(candidate.tree) &&
            (!cut || json_member(candidate.tree, "meetings"))) {
            *found = candidate;
            return true;
        }
        if (!first && *at == '{')
            first = why;
        at = next_bracket(stop ? stop : at + 1, end);
    }
    *fault = first;
    return true;
}

/* What a model thinks aloud is no reply, nor is a byte order mark. */
static const char *skip_thoughts(const char *text)
{
    static const char open[] = "<think>";
    static const char close[] = "</think>";
    const char *end;

    if (!strncmp(text, "\xEF\xBB\xBF", 3))
        text += 3;
    text += strspn(text, " \t\r\n");
    if (strncmp(text, open, sizeof open - 1) != 0)
        return text;
    end = strstr(text, close);
    return end ? end + sizeof close - 1 : text;
}

/* The start of a text, as a message may quote it. */
static const char *begin(struct arena *arena, const char *text,
                         struct error *err)
{
    struct reading reading = {.arena = arena, .err = err};

    return reading_quote(&reading, text);
}

static bool find(struct arena *arena, const char *content,
                 struct candidate *found, struct reply *reply,
                 struct error *err)
{
    const char *text = skip_thoughts(content);
    const char *end = text + strlen(text);
    const char *fault = NULL;

    *found = (struct candidate){text, (size_t)(end - text), NULL};
    text = skip_space(text, end);
    if (*text == '{' || *text == '[') {
        if (!parse(arena, found, &reply->fault, err))
            return false;
        if (found->tree)
            return true;
    }
    if (!search(arena, text, end, found, &fault, err))
        return false;
    if (found->tree) {
        reply->fault = NULL;
        reply->coerced++;
        return true;
    }
    if (!reply->fault)
        reply->fault = fault;
    if (!reply->fault)
        reply->fault = arena_format(arena, err, "the reply holds no JSON: %s",
                                    begin(arena, text, err));
    return reply->fault != NULL;
}

/* ---- The meetings in it ---- */

/* Gives tree and text of a member of an object that parsed. */
static void find_member(const struct candidate *whole, const cJSON *member,
                        struct candidate *part)
{
    struct walk walk;
    const cJSON *child;

    walk_start(&walk, whole->text, whole->length);
    cJSON_ArrayForEach (child, whole->tree) {
        walk_next(&walk, &part->text, &part->length);
        if (child == member)
            break;
    }
    part->tree = member;
}

static bool take_items(struct arena *arena, const struct candidate *list,
                       struct reply *reply, struct error *err)
{
    struct walk walk;
    const cJSON *child;

    reply->items = arena_zero(arena, (size_t)cJSON_GetArraySize(list->tree),
                              sizeof *reply->items, err);
    if (!reply->items)
        return false;
    walk_start(&walk, list->text, list->length);
    cJSON_ArrayForEach (child, list->tree) {
        struct reply_item *item = &reply->items[reply->count++];
        walk_next(&walk, &item->raw, &item->length);
        item->tree = child;
    }
    return true;
}

static bool take_one(struct arena *arena, const struct candidate *one,
                     struct reply *reply, struct error *err)
{
    reply->items = arena_zero(arena, 1, sizeof *reply->items, err);
    if (!reply->items)
        return false;
    reply->items[0] = (struct reply_item){one->tree, one->text, one->length};
    reply->count = 1;
    reply->coerced++;
    return true;
}

static bool take(struct arena *arena, const struct candidate *found,
                 struct reply *reply, struct error *err)
{
    const cJSON *member = json_member(found->tree, "meetings");
    struct candidate meetings = *found;

    if (!is_reply(found->tree) && !cJSON_IsArray(found->tree)) {
        reply->fault = "the reply has no list \"meetings\"";
        return true;
    }
    if (member)
        find_member(found, member, &meetings);
    if (cJSON_IsArray(meetings.tree)) {
        reply->coerced += !member;
        return take_items(arena, &meetings, reply, err);
    }
    if (cJSON_IsObject(meetings.tree))
        return take_one(arena, &meetings, reply, err);
    reply->fault = arena_format(arena, err, "\"meetings\" is %s, not a list",
                                json_kind(meetings.tree));
    return reply->fault != NULL;
}

/* Why a content is not even looked at; NULL: it is.  A parsed value takes a
 * hundred bytes, so that what counts is how many there may be. */
static const char *fault_of_size(const char *content)
{
    size_t values = 0;

    if (!content || !content[strspn(content, " \t\r\n")])
        return "the reply is empty";
    if (strlen(content) > CONTENT_MOST)
        return "the reply is longer than 4 MiB";
    for (const char *c = content; *c; c++)
        values += *c == ',' || *c == '[' || *c == '{';
    return values > VALUES_MOST ? "the reply holds more than 200,000 values"
                                : NULL;
}

bool reply_find(struct arena *arena, const char *content, struct reply *reply,
                struct error *err)
{
    struct candidate found;

    *reply = (struct reply){.fault = fault_of_size(content)};
    if (reply->fault)
        return true;
    if (!find(arena, content, &found, reply, err))
        return false;
    return reply->fault || take(arena, &found, reply, err);
}
