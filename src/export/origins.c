/* Who wrote the meetings: the generator, or models by name. */
#include "internal.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

static bool same(const char *one, const char *other)
{
    return one && other ? !strcmp(one, other) : one == other;
}

static bool find(struct origins *origins, const char *model)
{
    if (origins->last < origins->count &&
        same(origins->list[origins->last].model, model))
        return true;
    for (origins->last = 0; origins->last < origins->count; origins->last++)
        if (same(origins->list[origins->last].model, model))
            return true;
    return false;
}

bool origins_count(struct origins *origins, const char *model,
                   struct error *err)
{
    if (!find(origins, model)) {
        struct export_origin *added;
        if (!list_grow(origins->arena, &origins->list, origins->count,
                       sizeof *origins->list, err))
            return false;
        added = &origins->list[origins->count];
        *added = (struct export_origin){.model = NULL};
        if (model && !(added->model = arena_text(origins->arena, model, err)))
            return false;
        origins->last = origins->count++;
    }
    origins->list[origins->last].meetings++;
    return true;
}

static int by_meetings(const void *one, const void *other)
{
    const struct export_origin *a = one;
    const struct export_origin *b = other;

    if (a->meetings != b->meetings)
        return a->meetings < b->meetings ? 1 : -1;
    return strcmp(a->model ? a->model : "", b->model ? b->model : "");
}

void origins_sort(struct origins *origins)
{
    if (origins->count)
        qsort(origins->list, origins->count, sizeof *origins->list,
              by_meetings);
}
