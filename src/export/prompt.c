/* Prompts of training records: a file becomes two templates. */
#include "datebook/prompt_template.h"
#include "datebook/training.h"

#include <sodium.h>
#include <string.h>

static const struct template_rule system_rule = {
    .part = "the system message", .known = {"name", "persona", "rules"}};
static const struct template_rule user_rule = {
    .part = "the user message", .known = {"meeting"}, .needed = {"meeting"}};

static const char *line_end(const char *line)
{
    return line + strcspn(line, "\n");
}

/* The next line "---" from a line on, or NULL; *number goes along. */
static const char *find_divider(const char *line, int *number)
{
    for (;; ++*number) {
        const char *end = line_end(line);
        if (!strncmp(line, "---", 3) &&
            line + 3 + strspn(line + 3, " \t") == end)
            return line;
        if (!*end)
            return NULL;
        line = end + 1;
    }
}

/* A record holds a meeting once. */
static bool check_once(const char *source, const char *user, int line,
                       struct error *err)
{
    const char *first = strstr(user, "{meeting}");
    const char *second = strstr(first + 1, "{meeting}");

    if (!second)
        return true;
    for (const char *c = user; c < second; c++)
        line += *c == '\n';
    return error_set(err, ERROR_INPUT, "%s:%d: {meeting} a second time", source,
                     line);
}

static bool split(struct arena *arena, const char *source,
                  struct prompt *prompt, struct error *err)
{
    int line = 1;
    const char *divider = find_divider(prompt->text, &line);
    const char *rest = divider ? line_end(divider) : NULL;
    char *user;

    if (!divider) {
        error_set(err, ERROR_INPUT, "%s: no line ---", source);
        return error_hint(err, "the system message stands before that line, "
                               "the user message after it");
    }
    rest += *rest == '\n';
    line++;
    prompt->system =
        arena_bytes(arena, prompt->text, (size_t)(divider - prompt->text), err);
    prompt->user = user = arena_text(arena, rest, err);
    if (!prompt->system || !user ||
        !template_check(&system_rule, source, prompt->system, 1, err) ||
        !template_check(&user_rule, source, user, line, err) ||
        !check_once(source, user, line, err))
        return false;
    if (find_divider(rest, &line))
        return error_set(err, ERROR_INPUT, "%s:%d: a second line ---", source,
                         line);
    template_tidy(user);
    return true;
}

bool prompt_load(struct arena *arena, const char *data_folder, const char *file,
                 enum training_task task, struct prompt *prompt,
                 struct error *err)
{
    const char *path =
        file ? file
             : arena_format(arena, err, "%s/prompts/training/%s.txt",
                            data_folder, task_name(task));
    const char *slash = path ? strrchr(path, '/') : NULL;

    if (!path)
        return false;
    *prompt = (struct prompt){.task = task};
    prompt->name = arena_text(arena, slash ? slash + 1 : path, err);
    prompt->text = template_read(arena, path, &prompt->length, err);
    if (!prompt->name || !prompt->text || !split(arena, path, prompt, err))
        return false;
    crypto_hash_sha256(prompt->sha256, (const unsigned char *)prompt->text,
                       prompt->length);
    return true;
}
