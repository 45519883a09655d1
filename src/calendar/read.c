/* Small readers that the data files have in common: every failure names the
 * file, the path of the field, and the reason. */
#include "fields.h"

#include "datebook/nearest.h"

#include <stdio.h>
#include <string.h>

/* Longer names and values are cut. */
enum { SHOWN_MAX = 60 };

bool data_fail(const struct reader *reader, const char *path,
               const char *format, ...)
{
    char reason[512];
    va_list args;

    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    return error_set(reader->err, ERROR_INPUT, "%s: %s%s%s", reader->file, path,
                     *path ? ": " : "", reason);
}

const char *data_path(const struct reader *reader, const char *parent,
                      const char *name)
{
    size_t length = strlen(parent);
    /* Only a path that ends in the name of its object ends in a quote. */
    const char *joint = !length ? "" : parent[length - 1] == '"' ? ": " : ".";

    return arena_format(reader->arena, reader->err, "%s%s%s", parent, joint,
                        name);
}

const char *data_item(const struct reader *reader, const char *list,
                      size_t index)
{
    return arena_format(reader->arena, reader->err, "%s[%zu]", list, index);
}

/* The bytes of a text of which whole characters fit. */
static int cut_length(const char *text)
{
    size_t length = strlen(text);

    if (length <= SHOWN_MAX)
        return (int)length;
    for (length = SHOWN_MAX; ((unsigned char)text[length] & 0xC0) == 0x80;)
        length--;
    return (int)length;
}

const char *data_named_item(const struct reader *reader, const char *list,
                            size_t index, const cJSON *object)
{
    const char *name = json_member_text(object, "name");

    if (!name || !*name)
        return data_item(reader, list, index);
    return arena_format(reader->arena, reader->err, "%s[%zu] \"%.*s\"", list,
                        index, cut_length(name), name);
}

const char *data_shown(const struct reader *reader, const cJSON *value)
{
    const char *text = cJSON_GetStringValue(value);

    if (text)
        return arena_format(reader->arena, reader->err, "\"%.*s\"%s",
                            cut_length(text), text,
                            text[cut_length(text)] ? "…" : "");
    if (cJSON_IsNumber(value))
        return arena_format(reader->arena, reader->err, "%.15g",
                            value->valuedouble);
    return json_kind(value);
}

void *list_room(struct arena *arena, const void *items, size_t count,
                size_t size, struct error *err)
{
    void *larger;

    /* Room is taken in powers of two, so it is full exactly at one. */
    if (count && (count & (count - 1)))
        return (void *)(uintptr_t)items;
    larger = arena_zero(arena, count ? 2 * count : 1, size, err);
    if (larger && count)
        memcpy(larger, items, count * size);
    return larger;
}

bool texts_add(struct arena *arena, struct texts *texts, const char *text,
               struct error *err)
{
    const char **items =
        list_room(arena, texts->items, texts->count, sizeof *items, err);

    if (!items)
        return false;
    texts->items = items;
    texts->items[texts->count++] = text;
    return true;
}

bool read_texts(const struct reader *reader, const cJSON *list,
                const char *path, struct texts *texts)
{
    const cJSON *item;
    size_t index = 0;

    if (!cJSON_IsArray(list))
        return data_fail(reader, path, "must be a list of texts, not %s",
                         json_kind(list));
    cJSON_ArrayForEach (item, list) {
        const char *text = cJSON_GetStringValue(item);
        const char *at = data_item(reader, path, index++);
        char *clean;
        if (!at)
            return false;
        if (!text)
            return data_fail(reader, at, "must be a text, not %s",
                             json_kind(item));
        clean = phrase_clean(reader->arena, text, reader->err);
        if (!clean)
            return false;
        if (!*clean)
            return data_fail(reader, at, "is empty");
        if (!texts_add(reader->arena, texts, clean, reader->err))
            return false;
    }
    return true;
}

const struct word_list *scope_find(const struct scope *scope, const char *name)
{
    for (; scope; scope = scope->parent)
        for (size_t i = 0; i < scope->count; i++)
            if (!strcmp(scope->lists[i].name, name))
                return &scope->lists[i];
    return NULL;
}

/* The list of this name in the scope itself, made when it is not there. */
static struct word_list *own_list(const struct reader *reader,
                                  struct scope *scope, const char *name)
{
    struct word_list *lists;
    struct word_list *list;

    for (size_t i = 0; i < scope->count; i++)
        if (!strcmp(scope->lists[i].name, name))
            return &scope->lists[i];
    lists = list_room(reader->arena, scope->lists, scope->count, sizeof *lists,
                      reader->err);
    if (!lists)
        return NULL;
    scope->lists = lists;
    list = &lists[scope->count++];
    list->name = name;
    list->id = (*reader->next_list)++;
    return list;
}

bool is_list_name(const char *name)
{
    size_t length = strlen(name);

    return length &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz_-0123456789") == length &&
           !strchr("0123456789", name[length - 1]);
}

bool read_words(const struct reader *reader, const cJSON *object,
                const char *path, struct scope *scope)
{
    const cJSON *member;

    if (!cJSON_IsObject(object))
        return data_fail(reader, path, "must be an object of lists, not %s",
                         json_kind(object));
    cJSON_ArrayForEach (member, object) {
        const char *at = data_path(reader, path, member->string);
        struct word_list *list;
        if (!at)
            return false;
        if (!is_list_name(member->string))
            return data_fail(reader, at, "a list is named with small letters");
        /* Companies are people's employers as well; the others are no lists. */
        if (is_placeholder(member->string) &&
            strcmp(member->string, "customer") != 0 &&
            strcmp(member->string, "vendor") != 0)
            return data_fail(reader, at,
                             "{%s} means something else in every template; "
                             "give the list another name",
                             member->string);
        list = own_list(reader, scope, member->string);
        if (!list || !read_texts(reader, member, at, &list->words))
            return false;
        if (!list->words.count)
            return data_fail(reader, at, "is empty");
    }
    return true;
}

/* A third of the letters: "weight" is no "with". */
static int near_limit(const char *name)
{
    int length = (int)strlen(name);

    return length < 6 ? 1 : length / 3;
}

bool read_members(const struct reader *reader, const cJSON *object,
                  const char *path, const char *const *known, size_t count)
{
    const cJSON *member;

    if (!cJSON_IsObject(object))
        return data_fail(reader, path, "must be an object, not %s",
                         json_kind(object));
    cJSON_ArrayForEach (member, object) {
        size_t i = 0;
        const char *near;
        const char *at;
        while (i < count && strcmp(known[i], member->string) != 0)
            i++;
        if (i < count)
            continue;
        at = data_path(reader, path, member->string);
        near = nearest_within(member->string, near_limit(member->string), known,
                              count);
        if (at && near)
            return data_fail(reader, at, "no such field; did you mean \"%s\"?",
                             near);
        return at && data_fail(reader, at, "no such field");
    }
    return true;
}
