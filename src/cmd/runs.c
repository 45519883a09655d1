/* Making databases, committing runs, and the JSON of both. */
#include "cli.h"

#include "given.h"

#include "datebook/clock.h"
#include "datebook/file.h"
#include "datebook/run_time.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Adds the command line to what a run says of itself. */
static bool put_options(const struct cli *cli, const char *options,
                        struct buf *out, struct error *err)
{
    size_t length = strlen(options);

    if (length < 2 || options[length - 1] != '}')
        return error_set(err, ERROR_BUG, "the options of a run are no object");
    buf_add(out, options, length - 1);
    json_key(out, "given");
    given_write(cli, out);
    buf_char(out, '}');
    return buf_ok(out, err);
}

bool seal_run(struct cli *cli, struct run *run, const struct run_header *header,
              bool *changed, struct error *err)
{
    struct run_header whole = *header;
    struct buf options = BUF_EMPTY;
    bool ok = put_options(cli, header->options, &options, err);

    whole.command = cli->command->name;
    whole.options = buf_string(&options);
    whole.engine = RULES_ENGINE;
    ok = ok && run_seal(run, &whole, changed, err);
    buf_free(&options);
    return ok;
}

/* Since the command began, or made its version before this one.  A fixed clock
 * is for files that come out the same each time. */
static bool put_time(struct cli *cli, struct run *run, struct error *err)
{
    int64_t now = clock_waiting();
    int64_t began = cli->began;

    cli->began = now;
    return getenv("SOURCE_DATE_EPOCH") || run_time_put(run, now - began, err);
}

bool commit_run(struct cli *cli, struct run *run, bool changed,
                struct error *err)
{
    /* What was lost may be a part of the run's own summary. */
    if (!cli_whole(cli, err) || (changed && !put_time(cli, run, err)) ||
        !run_commit(run, err))
        return false;
    cli->committed = changed ? run_version(run) : 0;
    return true;
}

bool finish_run(struct cli *cli, struct run *run, const char *options,
                const char *summary, int64_t started, bool *changed,
                struct error *err)
{
    struct run_header header = {
        .options = options, .summary = summary, .started = started};

    if (!seal_run(cli, run, &header, changed, err))
        return false;
    return commit_run(cli, run, *changed, err);
}

bool with_run(struct cli *cli, run_body *body, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_WRITE, err);
    struct run *run = store ? run_begin(store, &cli->arena, err) : NULL;
    struct progress *progress = run ? progress_start(cli, err) : NULL;
    bool ok =
        progress && body(cli, store, run, progress_monitor(progress), err);

    progress_end(progress);
    run_abandon(run);
    store_close(store);
    return ok;
}

static bool load_library(struct cli *cli, struct store *store,
                         struct add_totals *totals, struct error *err)
{
    const char *folder = data_folder(cli, err);
    struct buf summary = BUF_EMPTY;
    const char **files;
    size_t count;
    int64_t started;
    struct run *run;
    bool changed;
    bool ok;

    if (!folder || !persona_paths(cli, &folder, 1, &files, &count, err) ||
        !civil_now(&started, err))
        return false;
    run = run_begin(store, &cli->arena, err);
    ok = run && add_personas(cli, store, run, files, count, totals, err);
    buf_format(&summary, "%s from the library",
               cli_count(cli, totals->added, "persona", "personas"));
    ok = ok && buf_ok(&summary, err) &&
         finish_run(cli, run, "{\"library\":true}", buf_string(&summary),
                    started, &changed, err);
    buf_free(&summary);
    run_abandon(run);
    return ok;
}

static bool exists_already(const char *path, struct error *err)
{
    error_set(err, ERROR_INPUT, "%s exists already", path);
    return error_hint(err, "use it as it is, or name another with --db FILE");
}

/* Gives a finished file its name, unless somebody else took it meanwhile. */
static bool publish(const char *temporary, const char *path, struct error *err)
{
    if (!link(temporary, path)) {
        unlink(temporary);
        return true;
    }
    if (errno == EEXIST)
        return exists_already(path, err);
    /* Not every file system knows links. */
    if (!access(path, F_OK))
        return exists_already(path, err);
    if (!rename(temporary, path))
        return true;
    return error_set(err, ERROR_DATABASE, "cannot make %s: %s", path,
                     strerror(errno));
}

/* Says so before a temporary name appears in a message. */
static bool check_folder(struct cli *cli, struct error *err)
{
    const char *slash = strrchr(cli->database, '/');
    const char *folder =
        slash ? arena_format(&cli->arena, err, "%.*s",
                             (int)(slash - cli->database), cli->database)
              : ".";

    if (!folder)
        return false;
    if (!*folder || file_is_folder(folder))
        return true;
    error_set(err, ERROR_DATABASE, "cannot make %s: there is no folder %s",
              cli->database, folder);
    return error_hint(err, "make the folder first");
}

/* What SQLite left beside a database that is gone would be replayed into a new
 * one of the same name. */
static bool check_leftovers(struct cli *cli, struct error *err)
{
    static const char *const suffixes[] = {"-wal", "-journal"};

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *path =
            arena_format(&cli->arena, err, "%s%s", cli->database, suffixes[i]);
        if (!path)
            return false;
        if (access(path, F_OK))
            continue;
        error_set(err, ERROR_DATABASE,
                  "%s was left by a database that is no longer there", path);
        return error_hint(err,
                          "it may hold that database's last changes: put both "
                          "back together, or remove it");
    }
    return true;
}

bool make_database(struct cli *cli, bool library, struct add_totals *totals,
                   struct error *err)
{
    const char *temporary = arena_format(&cli->arena, err, "%s.new-%ld",
                                         cli->database, (long)getpid());
    struct store *store;
    bool ok;

    *totals = (struct add_totals){0};
    if (!temporary)
        return false;
    if (!access(cli->database, F_OK))
        return exists_already(cli->database, err);
    if (!check_folder(cli, err) || !check_leftovers(cli, err))
        return false;
    store = store_create(temporary, err);
    if (!store)
        return false;
    ok = !library || load_library(cli, store, totals, err);
    if (ok)
        ok = store_finish(store, temporary, err);
    else
        store_close(store);
    ok = ok && publish(temporary, cli->database, err);
    if (!ok)
        store_remove(temporary);
    return ok;
}

void json_key(struct buf *out, const char *key)
{
    char last = out->length ? out->data[out->length - 1] : '\0';

    if (last != '{' && last != '[' && last != '\0' && last != '\n')
        buf_char(out, ',');
    if (!key)
        return;
    buf_json(out, key);
    buf_char(out, ':');
}

void json_texts(struct buf *out, const char *key, const char *const *texts,
                size_t count)
{
    json_key(out, key);
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_key(out, NULL);
        buf_json(out, texts[i]);
    }
    buf_char(out, ']');
}

void print_counts(struct buf *out, const struct noun_counts counts[NOUNS])
{
    for (int noun = 0; noun < NOUNS; noun++) {
        if (!counts[noun].added && !counts[noun].changed &&
            !counts[noun].removed)
            continue;
        buf_format(out, "%s: ", noun_plural((enum noun)noun));
        text_number(out, counts[noun].added);
        buf_text(out, " added, ");
        text_number(out, counts[noun].changed);
        buf_text(out, " changed, ");
        text_number(out, counts[noun].removed);
        buf_text(out, " removed\n");
    }
}

void json_noun_counts(struct buf *out, enum noun noun,
                      const struct noun_counts *counts, bool totals)
{
    json_key(out, noun_plural(noun));
    buf_char(out, '{');
    if (totals) {
        json_key(out, "total");
        buf_int(out, counts->total);
    }
    json_key(out, "added");
    buf_int(out, counts->added);
    json_key(out, "changed");
    buf_int(out, counts->changed);
    json_key(out, "removed");
    buf_int(out, counts->removed);
    buf_char(out, '}');
}

void json_counts(struct buf *out, const struct noun_counts counts[NOUNS],
                 bool totals)
{
    for (int noun = 0; noun < NOUNS; noun++) {
        const struct noun_counts *its = &counts[noun];
        /* What has no reviews says what it said before there were any. */
        if (noun == NOUN_REVIEW && !its->added && !its->changed &&
            !its->removed && !(totals && its->total))
            continue;
        json_noun_counts(out, (enum noun)noun, its, totals);
    }
}

void json_version(struct buf *out, const struct version *version)
{
    buf_char(out, '{');
    json_version_members(out, version);
    buf_char(out, '}');
}

void json_version_members(struct buf *out, const struct version *version)
{
    char content[HASH_HEX_SIZE];
    char chain[HASH_HEX_SIZE];
    char stamp[STAMP_SIZE];

    hash_hex(version->content, content);
    hash_hex(version->chain, chain);
    civil_format_stamp(version->started, stamp);
    json_key(out, "version");
    buf_int(out, version->number);
    json_key(out, "command");
    buf_json(out, version->command);
    json_key(out, "summary");
    buf_json(out, version->summary);
    json_key(out, "options");
    buf_text(out, version->options);
    json_key(out, "started");
    buf_json(out, version->number ? stamp : NULL);
    json_key(out, "tool");
    buf_json(out, version->tool);
    json_key(out, "engine");
    buf_int(out, version->engine);
    json_counts(out, version->counts, true);
    json_key(out, "pruned");
    buf_text(out, version->pruned ? "true" : "false");
    json_key(out, "content_hash");
    buf_json(out, content);
    json_key(out, "chain_hash");
    buf_json(out, chain);
}

void json_tags(struct buf *out, const struct tag *tags, size_t count,
               int64_t version)
{
    json_key(out, "tags");
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++)
        if (tags[i].version == version) {
            json_key(out, NULL);
            buf_json(out, tags[i].name);
        }
    buf_char(out, ']');
}
