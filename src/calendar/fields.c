/* Readers of the fields of one object in a data file: archetypes, steps of
 * threads.  A value that is wrong is named with file, path and reason. */
#include "fields.h"

#include <string.h>

static const char *const GROUP_NAMES[GROUPS] = {
    [GROUP_MANAGER] = "manager",       [GROUP_REPORTS] = "reports",
    [GROUP_PEERS] = "peers",           [GROUP_TEAM] = "team",
    [GROUP_EXECUTIVES] = "executives", [GROUP_CUSTOMER] = "customer",
    [GROUP_VENDOR] = "vendor",         [GROUP_CANDIDATE] = "candidate",
    [GROUP_COMPANY] = "company",       [GROUP_NOBODY] = "nobody"};
static const char *const LEVEL_NAMES[] = {"ic", "manager", "executive"};
static const char *const ORGANIZER_NAMES[] = {"self", "other", "either"};
static const char *const DAY_NAMES[] = {"Mon", "Tue", "Wed", "Thu", "Fri"};

bool entry_fail(const struct entry *entry, const char *name, const char *what)
{
    const char *path = data_path(entry->reader, entry->path, name);

    return path && data_fail(entry->reader, path, "%s", what);
}

/* The same with the value that is wrong. */
static bool fail_value(const struct entry *entry, const char *name,
                       const char *what, const cJSON *value)
{
    const char *path = data_path(entry->reader, entry->path, name);
    const char *shown = data_shown(entry->reader, value);

    return path && shown &&
           data_fail(entry->reader, path, "%s, not %s", what, shown);
}

bool entry_fail_choice(const struct entry *entry, const char *name,
                       const cJSON *value, const char *const *names,
                       size_t count)
{
    char list[256] = "must be one of";
    const char *joint = " ";

    for (size_t i = 0; i < count; i++)
        if (*names[i]) {
            strncat(list, joint, sizeof list - strlen(list) - 1);
            strncat(list, names[i], sizeof list - strlen(list) - 1);
            joint = ", ";
        }
    return fail_value(entry, name, list, value);
}

int entry_position(const cJSON *value, const char *const *names, size_t count)
{
    const char *text = cJSON_GetStringValue(value);

    for (size_t i = 0; text && i < count; i++)
        if (*text && !strcmp(names[i], text))
            return (int)i;
    return -1;
}

bool entry_choice(const struct entry *entry, const char *name,
                  const char *const *names, size_t count, int *choice)
{
    const cJSON *value = json_member(entry->object, name);
    int at = value ? entry_position(value, names, count) : *choice;

    if (at < 0)
        return entry_fail_choice(entry, name, value, names, count);
    *choice = at;
    return true;
}

bool entry_bits(const struct entry *entry, const char *name,
                const char *const *names, size_t count, unsigned *bits)
{
    const cJSON *list = json_member(entry->object, name);
    const cJSON *item;

    if (!list)
        return true;
    if (!cJSON_IsArray(list) || !list->child)
        return entry_fail(entry, name, "must be a list that is not empty");
    *bits = 0;
    cJSON_ArrayForEach (item, list) {
        int at = entry_position(item, names, count);
        if (at < 0)
            return entry_fail_choice(entry, name, item, names, count);
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

bool entry_number(const struct entry *entry, const char *name, int low,
                  int high, int *number)
{
    const cJSON *value = json_member(entry->object, name);
    const char *path;
    const char *shown;

    if (!value || whole_number(value, low, high, number))
        return true;
    path = data_path(entry->reader, entry->path, name);
    shown = data_shown(entry->reader, value);
    return path && shown &&
           data_fail(entry->reader, path,
                     "must be a whole number from %d to %d, not %s", low, high,
                     shown);
}

bool entry_pair(const struct entry *entry, const char *name, int low, int high,
                int pair[2])
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

bool entry_levels(const struct entry *entry, unsigned *levels)
{
    return entry_bits(entry, "levels", LEVEL_NAMES, LEVELS, levels);
}

/* A month is a number; only whole numbers from 1 to 12 are months. */
static bool read_months(const struct entry *entry, unsigned *months)
{
    const cJSON *list = json_member(entry->object, "months");
    const cJSON *item;

    if (!list)
        return true;
    if (!cJSON_IsArray(list) || !list->child)
        return entry_fail(entry, "months", "must be a list that is not empty");
    *months = 0;
    cJSON_ArrayForEach (item, list) {
        int month;
        if (!whole_number(item, 1, 12, &month))
            return fail_value(entry, "months",
                              "a month is a whole number from 1 to 12", item);
        *months |= 1u << (month - 1);
    }
    return true;
}

bool entry_season(const struct entry *entry, struct season *season)
{
    int when = (int)season->when;

    if (!read_months(entry, &season->months) ||
        !entry_choice(entry, "when", WHEN_NAMES, WHENS, &when))
        return false;
    season->when = (enum when)when;
    for (civil_day day = 0; day < 366; day++)
        if (season_holds(season, day))
            return true;
    return entry_fail(entry, "when", "never falls into one of the months");
}

static bool read_minutes(const struct entry *entry, struct archetype *archetype)
{
    const cJSON *list = json_member(entry->object, "minutes");
    const cJSON *item;
    size_t count = 0;

    if (!list)
        return true;
    if (!cJSON_IsArray(list) || !list->child ||
        cJSON_GetArraySize(list) > MINUTE_CHOICES)
        return entry_fail(entry, "minutes",
                          "must be a list of 1 to 16 durations");
    cJSON_ArrayForEach (item, list) {
        if (!whole_number(item, 5, 480, &archetype->minutes[count]) ||
            archetype->minutes[count] % 5)
            return fail_value(entry, "minutes",
                              "a duration is 5 to 480 minutes, in steps of 5",
                              item);
        count++;
    }
    archetype->minutes_count = count;
    return true;
}

static bool read_with(const struct entry *entry, struct archetype *archetype)
{
    const cJSON *list = json_member(entry->object, "with");
    const cJSON *item;

    if (!list)
        return true;
    if (!cJSON_IsArray(list) || !list->child ||
        cJSON_GetArraySize(list) > GROUP_CHOICES)
        return entry_fail(entry, "with", "must be a list of 1 to 8 groups");
    archetype->with_count = 0;
    cJSON_ArrayForEach (item, list) {
        int group = entry_position(item, GROUP_NAMES, GROUPS);
        if (group < 0)
            return entry_fail_choice(entry, "with", item, GROUP_NAMES, GROUPS);
        archetype->with[archetype->with_count++] = (enum group)group;
    }
    return true;
}

/* A list that is given takes the place of what was there. */
static bool read_texts_of(const struct entry *entry, const char *name,
                          struct templates *templates)
{
    const cJSON *list = json_member(entry->object, name);
    const char *path;

    if (!list)
        return true;
    path = data_path(entry->reader, entry->path, name);
    *templates = (struct templates){NULL, 0};
    return path &&
           read_templates(entry->reader, list, path, entry->scope, templates);
}

static bool has_subjects(const struct entry *entry,
                         const struct archetype *archetype)
{
    return archetype->subjects.count ||
           entry_fail(entry, "subjects",
                      json_member(entry->object, "subjects") ? "is empty"
                                                             : "is missing");
}

bool entry_archetype(const struct entry *entry, struct archetype *archetype)
{
    int organizer = (int)archetype->organizer;

    if (!entry_number(entry, "room", 0, 100, &archetype->room) ||
        !entry_pair(entry, "people", 1, PEOPLE_MAX, archetype->people) ||
        !entry_pair(entry, "hours", 6, 20, archetype->hours) ||
        !read_minutes(entry, archetype) || !read_with(entry, archetype) ||
        !entry_choice(entry, "organizer", ORGANIZER_NAMES, 3, &organizer))
        return false;
    archetype->organizer = (enum organizer)organizer;
    return entry_bits(entry, "days", DAY_NAMES, 5, &archetype->days) &&
           entry_levels(entry, &archetype->levels) &&
           entry_season(entry, &archetype->season) &&
           read_texts_of(entry, "subjects", &archetype->subjects) &&
           read_texts_of(entry, "bodies", &archetype->bodies) &&
           has_subjects(entry, archetype);
}
