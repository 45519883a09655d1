/* Reading replies: which of the meetings belongs to which brief, and whether it
 * will do. */
#include "src/llm/written_internal.h"

#include "datebook/civil.h"

#include <string.h>

/* ---- Matching ---- */

/* What a brief of a call got. */
struct match {
    const struct reply_item *item;
    bool twice;
};

struct matching {
    const struct prompt_call *call;
    struct match *matches; /* one for each brief */
    int strangers;         /* items of no brief */
    int64_t stranger;      /* the number of the first that has one; 0: none */
    int coerced;
};

static bool number_of(struct reading *reading, const cJSON *item,
                      int64_t *number)
{
    const cJSON *value = json_member(item, "brief");

    return value && reading_number(reading, value, number);
}

static void match_item(struct matching *matching, struct reading *reading,
                       const struct reply_item *item)
{
    const struct prompt_call *call = matching->call;
    int64_t number;
    bool known = number_of(reading, item->tree, &number);

    for (size_t i = 0; known && i < call->brief_count; i++) {
        struct match *match = &matching->matches[i];
        if (call->briefs[i].number != number)
            continue;
        match->twice = match->item != NULL;
        if (!match->item)
            match->item = item;
        return;
    }
    matching->strangers++;
    if (known && !matching->stranger)
        matching->stranger = number;
}

/* Where one was asked for and one came, they belong together, whatever number
 * was given. */
static void match_all(struct matching *matching, struct reading *reading,
                      const struct reply *reply)
{
    for (size_t i = 0; i < reply->count; i++)
        match_item(matching, reading, &reply->items[i]);
    matching->coerced = reading->coerced;
    reading->coerced = 0;
    if (reply->count == 1 && matching->call->brief_count == 1 &&
        matching->strangers && cJSON_IsObject(reply->items[0].tree)) {
        matching->matches[0].item = &reply->items[0];
        matching->strangers = 0;
        matching->coerced++;
    }
}

/* ---- One meeting ---- */

static void fault_missing(struct buf *faults, const struct matching *matching,
                          const struct brief *brief, const struct match *match)
{
    buf_format(faults, "brief %lld is %s", (long long)brief->number,
               match->twice ? "there twice" : "missing");
    if (!match->twice && matching->stranger)
        buf_format(faults, "; brief %lld was not asked for",
                   (long long)matching->stranger);
}

/* What a schema forbids is no harm here: members that nobody asked for. */
static bool is_member(const char *name, bool whole)
{
    static const char *const names[] = {"brief",   "kind",      "subject",
                                        "preview", "date",      "start",
                                        "minutes", "organizer", "people"};
    size_t count = whole ? sizeof names / sizeof *names : 4;

    for (size_t i = 0; i < count; i++)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

static bool has_more(const struct reading *reading)
{
    const cJSON *child;

    cJSON_ArrayForEach (child, reading->tree)
        if (!is_member(child->string, reading->call->whole))
            return true;
    return false;
}

static bool keep_fault(struct reading *reading, struct written *written)
{
    if (!buf_ok(&reading->faults, reading->err) || reading->failed)
        return false;
    if (!reading->faults.length)
        return true;
    written->fault = arena_bytes(reading->arena, buf_string(&reading->faults),
                                 reading->faults.length, reading->err);
    return written->fault != NULL;
}

static bool read_item(struct reading *reading, const struct matching *matching,
                      const struct match *match, struct written *written)
{
    written->brief = reading->brief->number;
    buf_clear(&reading->faults);
    if (match->item) {
        written->raw = arena_bytes(reading->arena, match->item->raw,
                                   match->item->length, reading->err);
        if (!written->raw)
            return false;
    }
    if (!match->item || match->twice) {
        fault_missing(&reading->faults, matching, reading->brief, match);
        return keep_fault(reading, written);
    }
    reading->tree = match->item->tree;
    reading->coerced += has_more(reading);
    check_texts(reading, written);
    if (reading->call->whole)
        check_whole(reading, written);
    return keep_fault(reading, written);
}

/* ---- The list ---- */

static void fault_all(const struct prompt_call *call, struct written_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].brief = call->briefs[i].number;
        list->items[i].fault = list->fault;
    }
}

static bool read_items(struct reading *reading, struct matching *matching,
                       struct written_list *list)
{
    bool missing = false;

    for (size_t i = 0; i < list->count; i++) {
        reading->brief = &reading->call->briefs[i];
        if (!read_item(reading, matching, &matching->matches[i],
                       &list->items[i]))
            return false;
        missing = missing || !matching->matches[i].item;
    }
    list->coerced += matching->coerced + reading->coerced;
    /* More than was asked for does no harm. */
    if (!missing && matching->strangers)
        list->coerced++;
    return true;
}

bool written_read(struct arena *arena, const struct prompt_call *call,
                  const char *content, struct written_list *list,
                  struct error *err)
{
    struct kinds kinds;
    struct reading reading = {
        .arena = arena, .err = err, .call = call, .kinds = &kinds};
    struct matching matching = {.call = call};
    struct reply reply;
    bool ok;

    *list = (struct written_list){.count = call->brief_count};
    list->items = arena_zero(arena, list->count, sizeof *list->items, err);
    matching.matches =
        arena_zero(arena, list->count, sizeof *matching.matches, err);
    if (!list->items || !matching.matches ||
        !reply_find(arena, content, &reply, err))
        return false;
    list->fault = reply.fault;
    list->coerced = reply.coerced;
    if (reply.fault) {
        fault_all(call, list);
        return true;
    }
    kinds_take(&kinds, call);
    match_all(&matching, &reading, &reply);
    ok = read_items(&reading, &matching, list);
    buf_free(&reading.faults);
    return ok;
}
