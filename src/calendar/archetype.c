/* Reading archetypes: the objects of a file under archetypes/, or those that a
 * persona brings along. */
#include "fields.h"

#include <string.h>

static const char *const CADENCE_NAMES[] = {"", "daily", "weekly", "biweekly",
                                            "monthly"};

static const char *const KNOWN[] = {
    "name",   "kinds",     "weight",   "cadence", "minutes", "people",
    "with",   "organizer", "room",     "hours",   "days",    "levels",
    "months", "when",      "subjects", "bodies"};

void archetype_defaults(struct archetype *archetype)
{
    static const int usual[] = {30, 30, 30, 25, 25, 60, 60, 45, 50, 55};

    memset(archetype, 0, sizeof *archetype);
    archetype->weight = 10;
    archetype->room = 25;
    archetype->people[0] = 2;
    archetype->people[1] = 6;
    archetype->hours[0] = 9;
    archetype->hours[1] = 17;
    memcpy(archetype->minutes, usual, sizeof usual);
    archetype->minutes_count = sizeof usual / sizeof *usual;
    archetype->with[0] = GROUP_TEAM;
    archetype->with_count = 1;
    archetype->organizer = ORGANIZER_EITHER;
    archetype->levels = (1u << LEVELS) - 1;
}

static bool read_archetype(const struct entry *entry,
                           struct archetype *archetype)
{
    const struct reader *reader = entry->reader;
    const cJSON *kinds = json_member(entry->object, "kinds");
    const char *path = data_path(reader, entry->path, "kinds");
    int cadence = CADENCE_NONE;

    archetype_defaults(archetype);
    if (!path || !read_members(reader, entry->object, entry->path, KNOWN,
                               sizeof KNOWN / sizeof *KNOWN))
        return false;
    archetype->name = json_member_text(entry->object, "name");
    if (!archetype->name || !*archetype->name)
        return entry_fail(entry, "name", "must be a text that is not empty");
    if (!entry_number(entry, "weight", 1, 100, &archetype->weight) ||
        !entry_choice(entry, "cadence", CADENCE_NAMES, 5, &cadence) ||
        (kinds && !read_texts(reader, kinds, path, &archetype->kinds)))
        return false;
    archetype->cadence = (enum cadence)cadence;
    return entry_archetype(entry, archetype);
}

static bool is_doubled(const struct archetypes *archetypes)
{
    const char *name = archetypes->items[archetypes->count - 1].name;

    for (size_t i = 0; i + 1 < archetypes->count; i++)
        if (!strcmp(archetypes->items[i].name, name))
            return true;
    return false;
}

bool read_archetypes(const struct reader *reader, const cJSON *list,
                     const struct scope *scope, struct archetypes *archetypes)
{
    const cJSON *item;

    if (!cJSON_IsArray(list))
        return data_fail(reader, "archetypes", "must be a list, not %s",
                         json_kind(list));
    if (cJSON_GetArraySize(list) > LIST_MOST)
        return data_fail(reader, "archetypes", "has more than %d of them",
                         LIST_MOST);
    cJSON_ArrayForEach (item, list) {
        struct entry entry = {
            reader, item,
            data_named_item(reader, "archetypes", archetypes->count, item),
            scope};
        struct archetype *items =
            list_room(reader->arena, archetypes->items, archetypes->count,
                      sizeof *items, reader->err);
        if (!entry.path || !items)
            return false;
        archetypes->items = items;
        memset(&items[archetypes->count], 0, sizeof *items);
        if (!read_archetype(&entry, &items[archetypes->count++]))
            return false;
        if (is_doubled(archetypes))
            return entry_fail(&entry, "name", "stands twice in the list");
    }
    return true;
}
