/* The options of export. */
#include "export.h"

#include "given.h"

#include <stdlib.h>
#include <string.h>

/* ---- Words ---- */

/* An unknown word of an option, with the nearest one as a hint. */
static bool wrong_word(struct cli *cli, const char *option, const char *word,
                       const char *const *names, size_t count,
                       struct error *err)
{
    const char *near = nearest_name(word, names, count);
    struct buf all = BUF_EMPTY;

    for (size_t i = 0; i < count; i++)
        buf_format(&all, "%s%s", i ? ", " : "", names[i]);
    cli_usage(cli, err, "--%s: \"%.50s\" is none of %s", option, word,
              buf_string(&all));
    buf_free(&all);
    return near ? error_hint(err, "did you mean %s?", near) : false;
}

static bool wrong_format(struct cli *cli, const char *word, struct error *err)
{
    const char *names[EXPORT_FORMATS];

    for (int i = 0; i < EXPORT_FORMATS; i++)
        names[i] = format_name((enum export_format)i);
    return wrong_word(cli, "format", word, names, EXPORT_FORMATS, err);
}

static bool wrong_task(struct cli *cli, const char *option, const char *word,
                       struct error *err)
{
    const char *names[TASKS];

    for (int i = 0; i < TASKS; i++)
        names[i] = task_name((enum training_task)i);
    return wrong_word(cli, option, word, names, TASKS, err);
}

static bool read_list(struct cli *cli, const char *option, const char ***words,
                      size_t *count, struct error *err)
{
    const char *text = cli_value(cli, option);

    *count = 0;
    if (!text)
        return true;
    return cli_list(cli, text, words, count, err) &&
           (*count || cli_usage(cli, err, "--%s names nothing", option));
}

/* ---- Formats, tasks, prompts ---- */

static bool read_formats(struct cli *cli, bool formats[EXPORT_FORMATS],
                         struct error *err)
{
    const char **words;
    size_t count;

    if (!read_list(cli, "format", &words, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum export_format format = format_named(words[i]);
        if (format == EXPORT_FORMATS)
            return wrong_format(cli, words[i], err);
        formats[format] = true;
    }
    formats[FORMAT_GRAPH] = formats[FORMAT_GRAPH] || !count;
    return true;
}

static bool any_has_task(const bool formats[EXPORT_FORMATS])
{
    for (int i = 0; i < EXPORT_FORMATS; i++)
        if (formats[i] && format_has_task((enum export_format)i))
            return true;
    return false;
}

static bool read_tasks(struct cli *cli, const bool formats[EXPORT_FORMATS],
                       bool tasks[TASKS], struct error *err)
{
    const char **words;
    size_t count;

    if (!read_list(cli, "task", &words, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum training_task task = task_named(words[i]);
        if (task == TASKS)
            return wrong_task(cli, "task", words[i], err);
        tasks[task] = true;
    }
    if (any_has_task(formats)) {
        tasks[TASK_IMPORTANCE] = tasks[TASK_IMPORTANCE] || !count;
        return true;
    }
    if (!count && !cli_flag(cli, "prompt"))
        return true;
    return cli_usage(cli, err,
                     "--%s goes with a training form: --format sft, dpo, "
                     "trl-sft, trl-dpo or kto",
                     count ? "task" : "prompt");
}

/* The only task, for a prompt that does not say its own; TASKS: several. */
static enum training_task only_task(const bool tasks[TASKS])
{
    enum training_task only = TASKS;

    for (int i = 0; i < TASKS; i++)
        if (tasks[i] && only != TASKS)
            return TASKS;
        else if (tasks[i])
            only = (enum training_task)i;
    return only;
}

/* "prep=FILE", or "FILE" for the only task.  What is before the sign is a task
 * if it could be one; a path may have such a sign, too. */
static bool read_prompt(struct cli *cli, const char *word,
                        const bool tasks[TASKS], const char *files[TASKS],
                        struct error *err)
{
    size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz");
    bool named = word[length] == '=';
    const char *name =
        named ? arena_bytes(&cli->arena, word, length, err) : NULL;
    enum training_task task;

    if (named && !name)
        return false;
    task = named ? task_named(name) : only_task(tasks);
    if (task == TASKS && named)
        return wrong_task(cli, "prompt", name, err);
    if (task == TASKS)
        return cli_usage(cli, err,
                         "--prompt %.100s is of which task? Write "
                         "importance=%.100s, for one",
                         word, word);
    if (!tasks[task])
        return cli_usage(cli, err,
                         "--prompt %.100s: --task %s was not asked for", word,
                         name);
    if (files[task])
        return cli_usage(cli, err, "--prompt names two files for %s",
                         task_name(task));
    files[task] = named ? word + length + 1 : word;
    return *files[task] ||
           cli_usage(cli, err, "--prompt %.100s names no file", word);
}

static bool read_prompts(struct cli *cli, struct export_options *options,
                         struct error *err)
{
    const char *files[TASKS] = {NULL};
    const char *folder;
    const char **words;
    size_t count;

    if (!read_list(cli, "prompt", &words, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_prompt(cli, words[i], options->tasks, files, err))
            return false;
    folder = data_folder(cli, err);
    if (!folder)
        return false;
    for (int i = 0; i < TASKS; i++)
        if (options->tasks[i] &&
            !prompt_load(&cli->arena, folder, files[i], (enum training_task)i,
                         &options->prompts[i], err))
            return false;
    return true;
}

static bool add_shape(struct cli *cli, struct export_options *options,
                      enum export_format format, enum training_task task,
                      struct error *err)
{
    struct export_shape *shape =
        &options->shapes[options->request.shape_count++];

    *shape = (struct export_shape){
        .format = format,
        .task = task,
        .name = format_name(format),
        .prompt = task == TASKS ? NULL : &options->prompts[task]};
    if (task != TASKS)
        shape->name = arena_format(&cli->arena, err, "%s-%s",
                                   format_name(format), task_name(task));
    return shape->name;
}

static bool add_shapes(struct cli *cli, struct export_options *options,
                       const bool formats[EXPORT_FORMATS], struct error *err)
{
    options->request.shapes = options->shapes;
    for (int i = 0; i < EXPORT_FORMATS; i++) {
        enum export_format format = (enum export_format)i;
        if (!formats[i])
            continue;
        if (!format_has_task(format)) {
            if (!add_shape(cli, options, format, TASKS, err))
                return false;
            continue;
        }
        for (int task = 0; task < TASKS; task++)
            if (options->tasks[task] &&
                !add_shape(cli, options, format, (enum training_task)task, err))
                return false;
    }
    return true;
}

static bool read_shapes(struct cli *cli, struct export_options *options,
                        struct error *err)
{
    bool formats[EXPORT_FORMATS] = {false};

    return read_formats(cli, formats, err) &&
           read_tasks(cli, formats, options->tasks, err) &&
           (!any_has_task(formats) || read_prompts(cli, options, err)) &&
           add_shapes(cli, options, formats, err);
}

/* ---- The rest ---- */

static bool read_labels(struct cli *cli, enum label_source *labels,
                        struct error *err)
{
    const char *word = cli_value(cli, "labels");
    const char *names[LABEL_SOURCES];

    if (!word)
        return true;
    *labels = label_source_named(word);
    for (int i = 0; i < LABEL_SOURCES; i++)
        names[i] = label_source_name((enum label_source)i);
    return *labels != LABEL_SOURCES ||
           wrong_word(cli, "labels", word, names, LABEL_SOURCES, err);
}

static bool read_compression(struct cli *cli, enum compression *compression,
                             struct error *err)
{
    static const char *const names[] = {"gz", "zst"};
    const char *word = cli_value(cli, "compress");

    if (!word)
        return true;
    *compression = compression_named(word);
    return *compression != COMPRESSIONS ||
           wrong_word(cli, "compress", word, names, 2, err);
}

/* A number of bytes: "500000", "64K", "500M", "2G"; 1K is 1,024. */
static bool read_size(struct cli *cli, int64_t *size, struct error *err)
{
    enum { DIGITS = 12 };
    static const char units[] = "KMG";
    const char *text = cli_value(cli, "shard-size");
    size_t digits = text ? strspn(text, "0123456789") : 0;
    const char *unit =
        text && text[digits] ? strchr(units, text[digits]) : NULL;

    if (!text)
        return true;
    if (digits && digits <= DIGITS &&
        (!text[digits] || (unit && !text[digits + 1]))) {
        *size = strtoll(text, NULL, 10);
        if (unit)
            *size <<= 10 * (unit - units + 1);
    }
    return *size > 0 ||
           cli_usage(cli, err,
                     "--shard-size takes a number of bytes, such as 500M, not "
                     "\"%.50s\"",
                     text);
}

static bool read_leaks(struct cli *cli, struct export_options *options,
                       struct error *err)
{
    options->drop_leaks = cli_flag(cli, "drop-leaks");
    options->allow_leaks = cli_flag(cli, "allow-leaks");
    return !options->drop_leaks || !options->allow_leaks ||
           cli_usage(cli, err, "either --drop-leaks or --allow-leaks");
}

static void read_words(struct cli *cli, struct export_words *words)
{
    const char *title = cli_value(cli, "title");
    const char *license = cli_value(cli, "license");

    words->title = title && *title ? title : "datebook meetings";
    words->license = license && *license ? license : "other";
    words->creator = cli_value(cli, "creator");
    words->url = cli_value(cli, "url");
}

bool export_read_options(struct cli *cli, struct export_options *options,
                         struct error *err)
{
    struct export_request *request = &options->request;

    *options = (struct export_options){.folder = NULL};
    if (!cli_flag(cli, "output"))
        return cli_usage(cli, err, "export needs --output DIR");
    request->stale_allowed = cli_flag(cli, "allow-stale");
    read_words(cli, &request->words);
    return cli_folder(cli, "output", &options->folder, err) &&
           read_leaks(cli, options, err) && read_shapes(cli, options, err) &&
           read_labels(cli, &request->labels, err) &&
           read_size(cli, &request->shard_size, err) &&
           read_compression(cli, &request->compress, err);
}

/* ---- The command line again ---- */

static void put_given(struct cli *cli, const char *option, struct buf *line)
{
    const char *value = cli_value(cli, option);

    if (!value)
        return;
    buf_format(line, " --%s ", option);
    put_shell_word(line, value);
}

static void put_flag(struct cli *cli, const char *option, struct buf *line)
{
    if (cli_flag(cli, option))
        buf_format(line, " --%s", option);
}

static void put_formats(const struct export_options *options, struct buf *line)
{
    const struct export_request *request = &options->request;
    enum export_format last = EXPORT_FORMATS;
    const char *before = " --task ";

    for (size_t i = 0; i < request->shape_count; i++) {
        if (request->shapes[i].format == last)
            continue;
        last = request->shapes[i].format;
        buf_format(line, "%s%s", i ? "," : " --format ", format_name(last));
    }
    for (int i = 0; i < TASKS; i++) {
        if (!options->tasks[i])
            continue;
        buf_format(line, "%s%s", before, task_name((enum training_task)i));
        before = ",";
    }
}

/* Prompts by the names of their files, and only those that were given: their
 * sums stand in the manifest beside it. */
static void put_prompts(struct cli *cli, const struct export_options *options,
                        struct buf *line)
{
    struct buf names = BUF_EMPTY;

    if (!cli_flag(cli, "prompt"))
        return;
    for (int i = 0; i < TASKS; i++)
        if (options->tasks[i])
            buf_format(&names, "%s%s=%s", names.length ? "," : "",
                       task_name((enum training_task)i),
                       options->prompts[i].name);
    buf_text(line, " --prompt ");
    put_shell_word(line, buf_string(&names));
    buf_inherit(line, &names);
    buf_free(&names);
}

const char *export_command(struct cli *cli,
                           const struct export_options *options,
                           int64_t version, struct error *err)
{
    static const char *const split[] = {
        "split",         "fold",     "held-out", "held-out-fraction",
        "held-out-tier", "stratify", "folds",    "validation-fraction",
        "seed"};
    static const char *const rest[] = {"labels", "shard-size", "compress",
                                       "title",  "license",    "creator",
                                       "url"};
    struct buf line = BUF_EMPTY;
    const char *text = NULL;

    buf_format(&line, "datebook export --at %lld", (long long)version);
    for (size_t i = 0; i < sizeof split / sizeof *split; i++)
        put_given(cli, split[i], &line);
    put_formats(options, &line);
    put_prompts(cli, options, &line);
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        put_given(cli, rest[i], &line);
    put_flag(cli, "drop-leaks", &line);
    put_flag(cli, "allow-leaks", &line);
    put_flag(cli, "allow-stale", &line);
    if (buf_ok(&line, err))
        text = arena_text(&cli->arena, buf_string(&line), err);
    buf_free(&line);
    return text;
}
