/* The command line as it is kept with a version. */
#include "given.h"

#include "datebook/json.h"

#include <stdlib.h>
#include <string.h>

/* ---- Without what names a machine or an account ---- */

static bool starts(const char *text, const char *end, const char *with)
{
    size_t length = strlen(with);

    return (size_t)(end - text) >= length && !strncmp(text, with, length);
}

/* Whether a path has a component that is "..", or one below which homes are. */
static bool leads_elsewhere(const char *path, const char *end)
{
    for (const char *at = path; at < end; at++) {
        if (at > path && at[-1] != '/')
            continue;
        if (starts(at, end, "../") || starts(at, end, "home/") ||
            starts(at, end, "Users/") ||
            (end - at == 2 && starts(at, end, "..")))
            return true;
    }
    return false;
}

/* Whether the last part of a path is the name of somebody's home. */
static bool is_home(const char *path, const char *last, const char *end)
{
    const char *home = getenv("HOME");
    size_t length = home ? strlen(home) : 0;

    while (length > 1 && home[length - 1] == '/')
        length--;
    return *last == '~' ||
           (last - path >= 5 && !strncmp(last - 5, "home/", 5)) ||
           (last - path >= 6 && !strncmp(last - 6, "Users/", 6)) ||
           (length > 1 && (size_t)(end - path) == length &&
            !strncmp(path, home, length));
}

static void put_path(struct buf *out, const char *path, const char *end)
{
    const char *last = end;

    if (*path != '/' && *path != '~' && !leads_elsewhere(path, end)) {
        buf_add(out, path, (size_t)(end - path));
        return;
    }
    while (end > path + 1 && end[-1] == '/')
        end--;
    for (last = end; last > path && last[-1] != '/';)
        last--;
    /* The root has no name but its slash. */
    if (last == end)
        last--;
    if (is_home(path, last, end))
        buf_char(out, '~');
    else
        buf_add(out, last, (size_t)(end - last));
}

void put_private(struct buf *out, const char *text)
{
    struct buf cut = BUF_EMPTY;

    if (strstr(text, "://")) {
        buf_text(out, GIVEN_HIDDEN);
        return;
    }
    for (const char *end; *text; text = end) {
        end = text + strcspn(text, ",=");
        put_path(&cut, text, end);
        if (*end)
            buf_char(&cut, *end++);
    }
    terminal_text(out, buf_string(&cut));
    buf_inherit(out, &cut);
    buf_free(&cut);
}

void json_private(struct buf *out, const char *text)
{
    struct buf word = BUF_EMPTY;

    put_private(&word, text);
    buf_json(out, buf_string(&word));
    buf_inherit(out, &word);
    buf_free(&word);
}

/* ---- Writing ---- */

static void add_word(struct buf *out, const char *text)
{
    json_key(out, NULL);
    json_private(out, text);
}

/* Options without help are known for the sake of a message, such as a key that
 * was typed where everybody can read it. */
static void add_option(struct buf *out, const struct command_option *option,
                       const char *value)
{
    if (!value || !option->help)
        return;
    json_key(out, NULL);
    buf_format(out, "\"--%s\"", option->name);
    if (!option->value)
        return;
    if (strcmp(option->value, "URL") != 0) {
        add_word(out, value);
        return;
    }
    json_key(out, NULL);
    buf_json(out, GIVEN_HIDDEN);
}

void given_write(const struct cli *cli, struct buf *out)
{
    const struct command_option *options = cli->command->options;
    bool dash = false;

    buf_char(out, '[');
    for (int i = 0; i < COMMAND_OPTIONS && options[i].name; i++)
        add_option(out, &options[i], cli->values[i]);
    for (int i = 0; i < cli->argument_count; i++)
        dash = dash || (cli->arguments[i][0] == '-' && cli->arguments[i][1]);
    if (dash)
        add_word(out, "--");
    for (int i = 0; i < cli->argument_count; i++)
        add_word(out, cli->arguments[i]);
    buf_char(out, ']');
}

const char *given_text(struct cli *cli, struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    given_write(cli, &buf);
    text = buf_ok(&buf, err) ? arena_text(&cli->arena, buf_string(&buf), err)
                             : NULL;
    buf_free(&buf);
    return text;
}

/* ---- Reading ---- */

bool given_read(struct cli *cli, const char *options, const cJSON **words)
{
    struct error ignored;
    const cJSON *tree =
        json_parse(&cli->arena, options, strlen(options), "options", &ignored);

    *words = tree ? json_member(tree, "given") : NULL;
    return cJSON_IsArray(*words);
}

void put_shell_word(struct buf *line, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_-.,:=/+@%~";

    if (*word && *word != '~' && !word[strspn(word, plain)]) {
        buf_text(line, word);
        return;
    }
    buf_char(line, '\'');
    for (; *word; word++)
        if (*word == '\'')
            buf_text(line, "'\\''");
        else
            buf_char(line, *word);
    buf_char(line, '\'');
}

void given_put(struct buf *out, const cJSON *words)
{
    const cJSON *word;

    cJSON_ArrayForEach (word, words) {
        if (!cJSON_IsString(word))
            continue;
        buf_char(out, ' ');
        if (!strcmp(word->valuestring, GIVEN_HIDDEN))
            buf_text(out, GIVEN_HIDDEN);
        else
            put_shell_word(out, word->valuestring);
    }
}

const char *given_value(const cJSON *words, const char *option)
{
    const cJSON *word;

    cJSON_ArrayForEach (word, words)
        if (cJSON_IsString(word) && !strncmp(word->valuestring, "--", 2) &&
            !strcmp(word->valuestring + 2, option))
            return cJSON_IsString(word->next) ? word->next->valuestring : "";
    return NULL;
}
