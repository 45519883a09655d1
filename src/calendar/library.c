/* Loading the data folder: vocabulary first, for archetypes name its lists. */
#include "datebook/file.h"
#include "fields.h"
#include "threads.h"

#include <string.h>

enum { FILE_LIMIT = 16 << 20 };

static bool read_load(const struct reader *reader, const cJSON *object,
                      const char *path, struct archetype_set *set)
{
    static const char *const known[] = {"months", "when", "percent"};
    struct entry entry = {reader, object, path, NULL};
    struct load *loads = list_room(reader->arena, set->loads, set->load_count,
                                   sizeof *loads, reader->err);
    struct load *load;

    if (!loads || !read_members(reader, object, path, known, 3))
        return false;
    set->loads = loads;
    load = &loads[set->load_count++];
    *load = (struct load){.percent = 0};
    if (!entry_season(&entry, &load->season) ||
        !entry_number(&entry, "percent", 50, 150, &load->percent))
        return false;
    return load->percent || entry_fail(&entry, "percent", "is missing");
}

/* How full the weeks of this function are, and how often it travels. */
static bool read_pace(const struct reader *reader, const cJSON *tree,
                      struct archetype_set *set)
{
    struct entry entry = {reader, tree, "", NULL};
    const cJSON *list = json_member(tree, "load");
    const cJSON *item;

    set->travel = TRAVEL_USUAL;
    if (!entry_number(&entry, "travel", 0, 40, &set->travel))
        return false;
    if (list && !cJSON_IsArray(list))
        return data_fail(reader, "load", "must be a list, not %s",
                         json_kind(list));
    cJSON_ArrayForEach (item, list) {
        const char *path = data_item(reader, "load", set->load_count);
        if (!path || !read_load(reader, item, path, set))
            return false;
    }
    return true;
}

static bool read_set(struct reader *reader, const cJSON *tree,
                     const struct vocabulary *vocabulary,
                     struct archetype_set *set)
{
    static const char *const known[] = {"function",   "synonyms", "words",
                                        "archetypes", "threads",  "load",
                                        "travel"};
    const cJSON *synonyms = json_member(tree, "synonyms");
    const cJSON *words = json_member(tree, "words");

    if (!read_members(reader, tree, "", known, sizeof known / sizeof *known))
        return false;
    set->file = reader->file;
    set->threads = json_member(tree, "threads");
    set->function = json_member_text(tree, "function");
    if (!set->function || !*set->function)
        return data_fail(reader, "function",
                         "must be a text that is not empty");
    set->scope.parent = &vocabulary->words;
    reader->phrases = !strcmp(set->function, "patterns");
    if (synonyms && !read_texts(reader, synonyms, "synonyms", &set->synonyms))
        return false;
    if (words && !read_words(reader, words, "words", &set->scope))
        return false;
    if (!read_pace(reader, tree, set))
        return false;
    if (!read_archetypes(reader, json_member(tree, "archetypes"), &set->scope,
                         &set->archetypes))
        return false;
    return set->archetypes.count || data_fail(reader, "archetypes", "is empty");
}

static bool add_set(struct reader *reader, const cJSON *tree,
                    struct calendar_library *library)
{
    struct archetype_set *sets =
        list_room(reader->arena, library->sets, library->set_count,
                  sizeof *sets, reader->err);
    struct archetype_set *set;

    if (!sets)
        return false;
    library->sets = sets;
    set = &sets[library->set_count];
    memset(set, 0, sizeof *set);
    if (!read_set(reader, tree, &library->vocabulary, set))
        return false;
    for (size_t i = 0; i < library->set_count; i++)
        if (!strcmp(sets[i].function, set->function))
            return data_fail(reader, "function", "\"%s\" has a file already",
                             set->function);
    library->set_count++;
    return true;
}

/* Reads one folder; `vocabulary` says which of the two. */
static bool read_folder(struct arena *arena, const char *folder,
                        struct calendar_library *library, bool vocabulary,
                        struct error *err)
{
    const char *path = arena_format(arena, err, "%s/%s", folder,
                                    vocabulary ? "vocabulary" : "archetypes");
    const char **names;
    size_t count;

    if (!path || !file_list(arena, path, ".json", &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct reader reader = {
            arena,
            arena_format(arena, err, "%s/%s", path, names[i]),
            &library->list_count,
            err,
            false,
            vocabulary};
        size_t length;
        char *text;
        const cJSON *tree;
        if (!reader.file)
            return false;
        text = file_read(arena, reader.file, FILE_LIMIT, &length, err);
        tree = text ? json_parse(arena, text, length, reader.file, err) : NULL;
        if (!tree)
            return false;
        if (vocabulary ? !read_vocabulary(&reader, tree, &library->vocabulary)
                       : !add_set(&reader, tree, library))
            return false;
    }
    return true;
}

const struct archetype_set *library_set(const struct calendar_library *library,
                                        const char *function)
{
    for (size_t i = 0; i < library->set_count; i++)
        if (!strcmp(library->sets[i].function, function))
            return &library->sets[i];
    return NULL;
}

/* What no persona can do without. */
static const char *what_is_missing(const struct calendar_library *library)
{
    const struct vocabulary *vocabulary = &library->vocabulary;
    bool firms[FIRM_ROLES] = {false};

    for (size_t i = 0; i < vocabulary->company_count; i++)
        firms[vocabulary->companies[i].role] = true;
    if (!vocabulary->culture_count)
        return "\"people\" in vocabulary";
    if (!firms[FIRM_OWN] || !firms[FIRM_CUSTOMER] || !firms[FIRM_VENDOR])
        return "\"companies\" of each role in vocabulary";
    for (int i = 0; i < TITLES; i++)
        if (!vocabulary->titles[i].count)
            return "\"titles\" of each kind in vocabulary";
    if (!vocabulary->room_count)
        return "\"rooms\" in vocabulary";
    return library_set(library, "common") ? NULL
                                          : "function \"common\" in archetypes";
}

/* Once all archetypes are there that a step may be like. */
static bool check_threads(struct arena *arena,
                          const struct calendar_library *library,
                          struct error *err)
{
    const struct archetype_set *common = library_set(library, "common");
    size_t lists = library->list_count;

    for (size_t i = 0; i < library->set_count; i++) {
        const struct archetype_set *set = &library->sets[i];
        const struct archetypes *search[] = {&set->archetypes,
                                             &common->archetypes};
        struct reader reader = {arena, set->file, &lists, err, false, false};
        struct threads threads = {NULL, 0};
        if (!set->threads)
            continue;
        if (!strcmp(set->function, "patterns"))
            return data_fail(&reader, "threads",
                             "meetings from rules make no threads");
        if (!read_threads(&reader, set->threads, &set->scope, search, 2,
                          &threads))
            return false;
    }
    return true;
}

/* A bare persona has no reports and no rules: something must be left. */
static bool common_serves_everybody(const struct calendar_library *library)
{
    const struct archetypes *common =
        &library_set(library, "common")->archetypes;

    for (size_t i = 0; i < common->count; i++) {
        const struct archetype *archetype = &common->items[i];
        const struct template *subject = archetype->subjects.items;
        if (archetype->cadence == CADENCE_NONE && !archetype->days &&
            !archetype->season.months && archetype->season.when == WHEN_ANY &&
            archetype->levels == (1u << LEVELS) - 1 &&
            archetype->with[0] != GROUP_REPORTS && !subject->pattern &&
            !subject->rule && !subject->needs_report)
            return true;
    }
    return false;
}

struct calendar_library *calendar_library_load(struct arena *arena,
                                               const char *folder,
                                               struct error *err)
{
    struct calendar_library *library =
        arena_zero(arena, 1, sizeof *library, err);
    const char *missing;

    if (!library || !read_folder(arena, folder, library, true, err) ||
        !read_folder(arena, folder, library, false, err))
        return NULL;
    missing = what_is_missing(library);
    if (missing) {
        error_set(err, ERROR_INPUT, "%s: there is no %s", folder, missing);
        return NULL;
    }
    if (!common_serves_everybody(library)) {
        error_set(err, ERROR_INPUT,
                  "%s: the function \"common\" needs a one-off archetype that "
                  "serves everybody",
                  folder);
        return NULL;
    }
    return check_threads(arena, library, err) ? library : NULL;
}
