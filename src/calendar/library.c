/* Loading the data folder: vocabulary first, for archetypes name its lists. */
#include "datebook/file.h"
#include "parts.h"

#include <string.h>

enum { FILE_LIMIT = 16 << 20 };

static bool read_set(struct reader *reader, const cJSON *tree,
                     const struct vocabulary *vocabulary,
                     struct archetype_set *set)
{
    static const char *const known[] = {"function", "synonyms", "words",
                                        "archetypes"};
    const cJSON *synonyms = json_member(tree, "synonyms");
    const cJSON *words = json_member(tree, "words");

    if (!read_members(reader, tree, "", known, 4))
        return false;
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
    for (size_t i = 0; i < library->set_count; i++)
        if (!strcmp(library->sets[i].function, "common"))
            return NULL;
    return "the function \"common\" in archetypes";
}

/* A bare persona has no reports and no rules: something must be left. */
static bool common_serves_everybody(const struct calendar_library *library)
{
    for (size_t i = 0; i < library->set_count; i++) {
        const struct archetype_set *set = &library->sets[i];
        if (strcmp(set->function, "common") != 0)
            continue;
        for (size_t k = 0; k < set->archetypes.count; k++) {
            const struct archetype *archetype = &set->archetypes.items[k];
            const struct template *subject = archetype->subjects.items;
            if (archetype->cadence == CADENCE_NONE && !archetype->days &&
                archetype->levels == (1u << LEVELS) - 1 &&
                archetype->with[0] != GROUP_REPORTS && !subject->pattern &&
                !subject->rule && !subject->needs_report)
                return true;
        }
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
    return library;
}
