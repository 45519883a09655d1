/* What a persona brings along for the calendar: words, archetypes, threads;
 * and the threads of its function and of everybody, as this persona has
 * them. */
#include "threads.h"

#include <string.h>

/* What reading has come to. */
struct owning {
    struct arena *arena;
    const struct archetypes *search[3];
    size_t searched;
    size_t *next_list;
    struct error *err;
    struct own *own;
};

static bool has_thread(const struct threads *threads, const char *name)
{
    for (size_t i = 0; i < threads->count; i++)
        if (!strcmp(threads->items[i].name, name))
            return true;
    return false;
}

/* Adds the threads of a list but those whose names are there already. */
static bool add_threads(struct owning *owning, const cJSON *list,
                        const char *file, const struct scope *scope)
{
    struct reader reader = {owning->arena, file,  owning->next_list,
                            owning->err,   false, false};
    struct threads *own = &owning->own->threads;
    struct threads read = {NULL, 0};

    if (!list)
        return true;
    if (!read_threads(&reader, list, scope, owning->search, owning->searched,
                      &read))
        return false;
    for (size_t i = 0; i < read.count; i++) {
        struct thread *items;
        if (has_thread(own, read.items[i].name))
            continue;
        items = list_room(owning->arena, own->items, own->count, sizeof *items,
                          owning->err);
        if (!items)
            return false;
        own->items = items;
        items[own->count++] = read.items[i];
    }
    return true;
}

static bool read_own_threads(struct owning *owning,
                             const struct persona *persona,
                             const struct calendar_library *library,
                             const char *source)
{
    const struct archetype_set *set = function_set(library, persona);
    const struct archetype_set *common = library_set(library, "common");

    owning->search[owning->searched++] = &owning->own->archetypes;
    if (set)
        owning->search[owning->searched++] = &set->archetypes;
    owning->search[owning->searched++] = &common->archetypes;
    return add_threads(owning, persona->threads, source, &owning->own->scope) &&
           (!set ||
            add_threads(owning, set->threads, set->file, &set->scope)) &&
           add_threads(owning, common->threads, common->file, &common->scope);
}

bool own_read(struct arena *arena, const struct persona *persona,
              const struct calendar_library *library, const char *source,
              struct own *own, struct error *err)
{
    struct reader reader = {arena, source, &own->list_count, err, false, false};
    struct owning owning = {
        .arena = arena, .next_list = &own->list_count, .err = err, .own = own};
    const cJSON *words = json_member(persona->tree, "words");

    memset(own, 0, sizeof *own);
    own->list_count = library->list_count;
    /* In a persona document a field that is null is missing. */
    if (words && !cJSON_IsNull(words) &&
        !read_words(&reader, words, "words", &own->scope))
        return false;
    own->scope.parent = &library->vocabulary.words;
    return (!persona->archetypes ||
            read_archetypes(&reader, persona->archetypes, &own->scope,
                            &own->archetypes)) &&
           read_own_threads(&owning, persona, library, source);
}

bool calendar_check(struct arena *arena, const struct persona *persona,
                    const struct calendar_library *library, const char *source,
                    struct error *err)
{
    struct own own;

    return own_read(arena, persona, library, source, &own, err);
}

bool calendar_serves(const struct calendar_library *library,
                     const struct persona *persona)
{
    return function_set(library, persona) != NULL;
}
