/* Reading archetypes: the objects of a file under archetypes/, or those that a
 * persona brings along. */
#include "parts.h"

#include <string.h>

static const char *const GROUP_NAMES[GROUPS] = {
    [GROUP_MANAGER] = "manager",       [GROUP_REPORTS] = "reports",
    [GROUP_PEERS] = "peers",           [GROUP_TEAM] = "team",
    [GROUP_EXECUTIVES] = "executives", [GROUP_CUSTOMER] = "customer",
    [GROUP_VENDOR] = "vendor",         [GROUP_CANDIDATE] = "candidate",
    [GROUP_COMPANY] = "company",       [GROUP_NOBODY] = "nobody"};
static const char *const CADENCE_NAMES[] = {"", "daily", "weekly", "biweekly",
                                            "monthly"};
static const char *const LEVEL_NAMES[] = {"ic", "manager", "executive"};
static const char *const ORGANIZER_NAMES[] = {"self", "other", "either"};
static const char *const DAY_NAMES[] = {"Mon", "Tue", "Wed", "Thu", "Fri"};

/* One object that is being read. */
struct entry {
    const struct reader *reader;
    const cJSON *object;
    const char *path;
    const struct scope *scope;
};

static bool fail(const struct entry *entry, const char *name, const char *what)
{
    const char *path = data_path(entry->reader, entry->path, name);

    return path && data_fail(entry->reader, path, "%s", what);
}

/* "must be one of …" with the names spelled out. */
static bool fail_choice(const struct entry *entry, const char *name,
                        const char *const *names, size_t count)
{
    char list[256] = "must be one of";
    const char *joint = " ";

    for (size_t i = 0; i < count; i++)
        if (*names[i]) {
            strncat(list, joint, sizeof list - strlen(list) - 1);
            strncat(list, names[i], sizeof list - strlen(list) - 1);
            joint = ", ";
        }
    return fail(entry, name, list);
}

/* The position of a text among names; -1 when it is none of them. */
static int position(const cJSON *value, const char *const *names, size_t count)
{
    const char *text = cJSON_GetStringValue(value);

    for (size_t i = 0; text && i < count; i++)
        if (*text && !strcmp(names[i], text))
            return (int)i;
    return -1;
}

static bool read_choice(const struct entry *entry, const char *name,
                        const char *const *names, size_t count, int missing,
                        int *choice)
{
    const cJSON *value = json_member(entry->object, name);

    *choice = value ? position(value, names, count) : missing;
    return *choice >= 0 || fail_choice(entry, name, names, count);
}

/* A bit for each name in a list; `missing` when there is no list. */
static bool read_bits(const struct entry *entry, const char *name,
                      const char *const *names, size_t count, unsigned missing,
                      unsigned *bits)
{
    const cJSON *list = json_member(entry->object, name);
    const cJSON *item;

    *bits = list ? 0 : missing;
    if (list && (!cJSON_IsArray(list) || !list->child))
        return fail(entry, name, "must be a list that is not empty");
    cJSON_ArrayForEach (item, list) {
        int at = position(item, names, count);
        if (at < 0)
            return fail_choice(entry, name, names, count);
        *bits |= 1u << at;
    }
    return true;
}

static bool whole_number(const cJSON *value, int low, int high, int *number)
{
    if (!cJSON_IsNumber(value) || !(value->valuedouble >= low) ||
        !(value->valuedouble <= high) ||
        value->valuedouble != (double)(int)value->valuedouble)
        return false;
    *number = (int)value->valuedouble;
    return true;
}

static bool read_number(const struct entry *entry, const char *name, int low,
                        int high, int missing, int *number)
{
    const cJSON *value = json_member(entry->object, name);
    const char *path;

    *number = missing;
    if (!value || whole_number(value, low, high, number))
        return true;
    path = data_path(entry->reader, entry->path, name);
    return path && data_fail(entry->reader, path,
                             "must be a whole number from %d to %d", low, high);
}

static bool read_pair(const struct entry *entry, const char *name, int low,
                      int high, int pair[2])
{
    const cJSON *list = json_member(entry->object, name);
    const char *path;

    if (!list)
        return true;
    if (cJSON_IsArray(list) && cJSON_GetArraySize(list) == 2 &&
        whole_number(list->child, low, high, &pair[0]) &&
        whole_number(list->child->next, pair[0], high, &pair[1]))
        return true;
    path = data_path(entry->reader, entry->path, name);
    return path && data_fail(entry->reader, path,
                             "must be two whole numbers from %d to %d, the "
                             "smaller first",
                             low, high);
}

static bool read_minutes(const struct entry *entry, struct archetype *archetype)
{
    static const int usual[] = {30, 30, 30, 25, 60, 45};
    const cJSON *list = json_member(entry->object, "minutes");
    const cJSON *item;
    size_t count = 0;

    if (!list) {
        memcpy(archetype->minutes, usual, sizeof usual);
        archetype->minutes_count = sizeof usual / sizeof *usual;
        return true;
    }
    if (!cJSON_IsArray(list) || !list->child ||
        cJSON_GetArraySize(list) > MINUTE_CHOICES)
        return fail(entry, "minutes", "must be a list of 1 to 16 durations");
    cJSON_ArrayForEach (item, list) {
        if (!whole_number(item, 5, 480, &archetype->minutes[count]) ||
            archetype->minutes[count] % 5)
            return fail(entry, "minutes",
                        "a duration is 5 to 480 minutes, in steps of 5");
        count++;
    }
    archetype->minutes_count = count;
    return true;
}

static bool read_with(const struct entry *entry, struct archetype *archetype)
{
    const cJSON *list = json_member(entry->object, "with");
    const cJSON *item;

    archetype->with[0] = GROUP_TEAM;
    archetype->with_count = list ? 0 : 1;
    if (list && (!cJSON_IsArray(list) || !list->child ||
                 cJSON_GetArraySize(list) > GROUP_CHOICES))
        return fail(entry, "with", "must be a list of 1 to 8 groups");
    cJSON_ArrayForEach (item, list) {
        int group = position(item, GROUP_NAMES, GROUPS);
        if (group < 0)
            return fail_choice(entry, "with", GROUP_NAMES, GROUPS);
        archetype->with[archetype->with_count++] = (enum group)group;
    }
    return true;
}

static bool read_choices(const struct entry *entry, struct archetype *archetype)
{
    int cadence;
    int organizer;

    if (!read_choice(entry, "cadence", CADENCE_NAMES, 5, CADENCE_NONE,
                     &cadence) ||
        !read_choice(entry, "organizer", ORGANIZER_NAMES, 3, ORGANIZER_EITHER,
                     &organizer))
        return false;
    archetype->cadence = (enum cadence)cadence;
    archetype->organizer = (enum organizer)organizer;
    return read_bits(entry, "days", DAY_NAMES, 5, 0, &archetype->days) &&
           read_bits(entry, "levels", LEVEL_NAMES, LEVELS, (1u << LEVELS) - 1,
                     &archetype->levels);
}

static bool read_lists(const struct entry *entry, struct archetype *archetype)
{
    static const char *const names[] = {"kinds", "subjects", "bodies"};
    const char *paths[3];
    const cJSON *lists[3];

    for (int i = 0; i < 3; i++) {
        lists[i] = json_member(entry->object, names[i]);
        paths[i] = data_path(entry->reader, entry->path, names[i]);
        if (!paths[i])
            return false;
    }
    if (!lists[1] || (cJSON_IsArray(lists[1]) && !lists[1]->child))
        return data_fail(entry->reader, paths[1],
                         lists[1] ? "is empty" : "is missing");
    return (!lists[0] ||
            read_texts(entry->reader, lists[0], paths[0], &archetype->kinds)) &&
           read_templates(entry->reader, lists[1], paths[1], entry->scope,
                          &archetype->subjects) &&
           (!lists[2] || read_templates(entry->reader, lists[2], paths[2],
                                        entry->scope, &archetype->bodies));
}

static bool read_archetype(const struct entry *entry,
                           struct archetype *archetype)
{
    static const char *const known[] = {
        "name",   "kinds",  "weight",    "cadence", "minutes",
        "people", "with",   "organizer", "room",    "hours",
        "days",   "levels", "subjects",  "bodies"};

    archetype->people[0] = 2;
    archetype->people[1] = 6;
    archetype->hours[0] = 9;
    archetype->hours[1] = 17;
    if (!read_members(entry->reader, entry->object, entry->path, known,
                      sizeof known / sizeof *known))
        return false;
    archetype->name = json_member_text(entry->object, "name");
    if (!archetype->name || !*archetype->name)
        return fail(entry, "name", "must be a text that is not empty");
    return read_number(entry, "weight", 1, 100, 10, &archetype->weight) &&
           read_number(entry, "room", 0, 100, 25, &archetype->room) &&
           read_pair(entry, "people", 1, PEOPLE_MAX, archetype->people) &&
           read_pair(entry, "hours", 6, 20, archetype->hours) &&
           read_minutes(entry, archetype) && read_with(entry, archetype) &&
           read_choices(entry, archetype) && read_lists(entry, archetype);
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
    cJSON_ArrayForEach (item, list) {
        struct entry entry = {
            reader, item, data_item(reader, "archetypes", archetypes->count),
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
            return fail(&entry, "name", "stands twice in the list");
    }
    return true;
}
