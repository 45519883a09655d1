/* The templates of the calls for meetings: their files, and their copies in
 * the journal. */
#include "datebook/prompt_template.h"
#include "src/llm/prompt_internal.h"

#include <string.h>

enum { TEMPLATES = 4 };

static const char *const names[TEMPLATES] = {"system", "meetings", "whole",
                                             "correction"};

/* Each brief is one line. */
#define CALL_RULE                                                              \
    {                                                                          \
        .known = {"name", "company", "language", "count", "briefs", "again"},  \
        .needed = {"briefs", "again"}, .starts_line = "briefs"                 \
    }

static const struct template_rule rules[TEMPLATES] = {
    {.known = {"name", "persona", "company", "language", "kinds", "form"}},
    CALL_RULE,
    CALL_RULE,
    {.known = {"faults"}, .needed = {"faults"}},
};

static const char **text_of(struct prompt_texts *texts, size_t i)
{
    const char **const fields[TEMPLATES] = {&texts->system, &texts->meetings,
                                            &texts->whole, &texts->correction};

    return fields[i];
}

static void hash_texts(struct prompt_texts *texts)
{
    struct hash hash;

    hash_start(&hash);
    for (size_t i = 0; i < TEMPLATES; i++)
        hash_text(&hash, *text_of(texts, i));
    hash_end(&hash, texts->hash);
}

/* ---- Files ---- */

static bool load_text(struct arena *arena, const char *folder, size_t i,
                      const char **text, struct error *err)
{
    const char *path =
        arena_format(arena, err, "%s/prompts/%s.txt", folder, names[i]);
    size_t length = 0;

    *text = path ? template_read(arena, path, &length, err) : NULL;
    return *text && template_check(&rules[i], path, *text, 1, err);
}

bool prompt_texts_load(struct arena *arena, const char *folder,
                       struct prompt_texts *texts, struct error *err)
{
    for (size_t i = 0; i < TEMPLATES; i++)
        if (!load_text(arena, folder, i, text_of(texts, i), err))
            return false;
    hash_texts(texts);
    return true;
}

/* ---- The journal ---- */

void prompt_texts_write(struct buf *buf, const struct prompt_texts *texts)
{
    struct prompt_texts copy = *texts;

    for (size_t i = 0; i < TEMPLATES; i++) {
        buf_char(buf, i ? ',' : '{');
        buf_json(buf, names[i]);
        buf_char(buf, ':');
        buf_json(buf, *text_of(&copy, i));
    }
    buf_char(buf, '}');
}

bool prompt_texts_read(struct arena *arena, const char *text, size_t length,
                       struct prompt_texts *texts, struct error *err)
{
    const cJSON *tree = json_parse(arena, text, length, "prompts", err);

    if (!tree)
        return false;
    for (size_t i = 0; i < TEMPLATES; i++) {
        const char *found = json_member_text(tree, names[i]);
        if (!found)
            return error_set(err, ERROR_INPUT, "prompts: %s is %s", names[i],
                             json_kind(json_member(tree, names[i])));
        if (!template_check(&rules[i], names[i], found, 1, err))
            return false;
        *text_of(texts, i) = found;
    }
    hash_texts(texts);
    return true;
}
