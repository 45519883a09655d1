/* The second implementation: texts as lists of stems, and the concepts. */
#include "second.h"

#include "datebook/list.h"
#include "datebook/words.h"
#include "src/rules/ruleset.h"

#include <check.h>
#include <string.h>

struct stems second_cut(const struct second_tools *tools, struct arena *arena,
                        const char *text, size_t length)
{
    struct stems stems = {NULL, 0};
    struct words words;
    struct word word;
    struct error err;

    words_start(&words, text, length);
    while (words_next(&words, &word)) {
        const char *stem;
        size_t size;
        ck_assert(stemmer_stem(tools->stemmer, &word, &stem, &size, &err));
        ck_assert(
            list_grow(arena, &stems.at, stems.count, sizeof *stems.at, &err));
        stems.at[stems.count] = arena_bytes(arena, stem, size, &err);
        ck_assert_ptr_nonnull(stems.at[stems.count]);
        stems.count++;
    }
    return stems;
}

void second_append(struct arena *arena, struct stems_list *list,
                   struct stems stems)
{
    struct error err;

    ck_assert(list_grow(arena, &list->at, list->count, sizeof *list->at, &err));
    list->at[list->count++] = stems;
}

bool second_occurs(const struct stems *text, const struct stems *phrase)
{
    for (size_t start = 0; start + phrase->count <= text->count; start++) {
        size_t i = 0;
        while (i < phrase->count && !strcmp(phrase->at[i], text->at[start + i]))
            i++;
        if (i == phrase->count)
            return phrase->count > 0;
    }
    return false;
}

/* "VP|vice president|@external" */
static struct stems_list read_names(const struct second_tools *tools,
                                    struct arena *arena, const char *text)
{
    static const char *const facts[] = {"@external", "@internal", "@recurring"};
    struct stems_list list = {NULL, 0};

    while (*text) {
        size_t length = strcspn(text, "|");
        struct stems stems = second_cut(tools, arena, text, length);
        ck_assert(stems.at && stems.count);
        for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
            if (length == strlen(facts[i]) && !memcmp(text, facts[i], length))
                stems.at[0] = facts[i];
        second_append(arena, &list, stems);
        text += length + (text[length] == '|');
    }
    return list;
}

void second_tools_start(struct second_tools *tools, struct arena *arena)
{
    struct error err;

    tools->stemmer = stemmer_new(&err);
    ck_assert_ptr_nonnull(tools->stemmer);
    tools->concept_count = concept_count;
    tools->concepts =
        arena_zero(arena, concept_count, sizeof *tools->concepts, &err);
    ck_assert_ptr_nonnull(tools->concepts);
    for (size_t i = 0; i < concept_count; i++) {
        tools->concepts[i].names = read_names(tools, arena, concepts[i].names);
        tools->concepts[i].members =
            read_names(tools, arena, concepts[i].members);
    }
}
