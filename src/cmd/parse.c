/* Options as GNU's getopt_long reads them, from the declarations of a command;
 * commands by name, by unique prefix, and a suggestion when neither fits. */
#include "parse.h"

#include "datebook/file.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum global {
    GLOBAL_DB,
    GLOBAL_WAIT,
    GLOBAL_NO_BACKUP,
    GLOBAL_JSON,
    GLOBAL_QUIET,
    GLOBAL_VERBOSE,
    GLOBAL_HELP,
    GLOBAL_VERSION
};

const struct command_option global_options[] = {
    [GLOBAL_DB] = {"db", 0, "FILE",
                   "the database; else $DATEBOOK_DB, else datebook.db"},
    [GLOBAL_WAIT] = {"wait", 0, "SECONDS",
                     "for another writer (default 5; 0: fail at once)"},
    [GLOBAL_NO_BACKUP] = {"no-migration-backup", 0, NULL,
                          "upgrade an old file without a copy of it"},
    [GLOBAL_JSON] = {"json", 0, NULL, "print one JSON object"},
    [GLOBAL_QUIET] = {"quiet", 'q', NULL, "no remarks and no progress"},
    [GLOBAL_VERBOSE] = {"verbose", 'v', NULL, "more detail"},
    [GLOBAL_HELP] = {"help", 'h', NULL, "show help"},
    [GLOBAL_VERSION] = {"version", 0, NULL, "show the version"},
};

enum { OPTIONS = COMMAND_OPTIONS + GLOBAL_OPTIONS };

/* getopt's view of the options of a command (or of none). */
struct option_table {
    struct option longs[OPTIONS + 1];
    int known; /* of them */
    char shorts[2 * OPTIONS + 4];
    const struct command_option *all[OPTIONS]; /* headings too */
    int count;
    int global; /* where the global ones start */
};

static void add_option(struct option_table *table,
                       const struct command_option *option)
{
    struct option *entry = &table->longs[table->known];
    size_t length = strlen(table->shorts);

    if (!*option->name) {
        table->all[table->count++] = option;
        return;
    }
    table->known++;
    entry->name = option->name;
    entry->has_arg = option->value ? required_argument : no_argument;
    entry->val = 256 + table->count;
    table->all[table->count++] = option;
    if (!option->letter)
        return;
    table->shorts[length] = option->letter;
    table->shorts[length + 1] = option->value ? ':' : '\0';
    table->shorts[length + 2] = '\0';
}

static void make_table(struct option_table *table,
                       const struct command *command)
{
    *table = (struct option_table){.count = 0};
    /* Before the command, parsing stops at the first word; ":" makes getopt
     * tell a missing value from an unknown option. */
    memcpy(table->shorts, command ? ":" : "+:", command ? 2 : 3);
    for (int i = 0; command && i < COMMAND_OPTIONS && command->options[i].name;
         i++)
        add_option(table, &command->options[i]);
    table->global = table->count;
    for (int i = 0; i < GLOBAL_OPTIONS; i++)
        add_option(table, &global_options[i]);
}

/* The option that getopt returned; -1 for none, as for the code 0 of an unknown
 * long option, which is no letter. */
static int option_index(const struct option_table *table, int code)
{
    if (code >= 256)
        return code - 256;
    for (int i = 0; code && i < table->count; i++)
        if (table->all[i]->letter == code)
            return i;
    return -1;
}

/* ---- What was given ---- */

static bool take_database(struct cli *cli, const char *value, struct error *err)
{
    if (cli->database)
        return error_set(err, ERROR_USAGE, "--db is given twice");
    if (!*value)
        return error_set(err, ERROR_USAGE, "--db needs a file name");
    cli->database = value;
    cli->database_named = true;
    return true;
}

static bool take_wait(struct cli *cli, const char *value, struct error *err)
{
    enum { DIGITS = 6 };
    size_t digits = strspn(value, "0123456789");

    if (!digits || value[digits] || digits > DIGITS)
        return error_set(err, ERROR_USAGE,
                         "--wait takes a whole number of seconds from 0 to "
                         "999999, not \"%.100s\"",
                         value);
    cli->wait = strtol(value, NULL, 10);
    return true;
}

static bool take_global(struct cli *cli, enum global which, const char *value,
                        enum parse_result *result, struct error *err)
{
    switch (which) {
    case GLOBAL_DB:
        return take_database(cli, value, err);
    case GLOBAL_WAIT:
        return take_wait(cli, value, err);
    case GLOBAL_NO_BACKUP:
        cli->no_migration_backup = true;
        break;
    case GLOBAL_JSON:
        cli->json = true;
        break;
    case GLOBAL_QUIET:
        cli->quiet = true;
        break;
    case GLOBAL_VERBOSE:
        cli->verbose = true;
        break;
    case GLOBAL_HELP:
        *result = PARSE_HELP;
        break;
    default:
        *result = PARSE_VERSION;
    }
    return true;
}

static bool take(struct cli *cli, const struct option_table *table, int index,
                 const char *value, enum parse_result *result,
                 struct error *err)
{
    if (index >= table->global)
        return take_global(cli, (enum global)(index - table->global), value,
                           result, err);
    /* The last of two values would silently win: half a hold-out list. */
    if (cli->values[index] && table->all[index]->value)
        return cli_usage(cli, err, "--%s is given twice",
                         table->all[index]->name);
    cli->values[index] = value ? value : "";
    return true;
}

static bool wrong_option(const struct cli *cli,
                         const struct option_table *table, const char *word,
                         struct error *err)
{
    const char *names[OPTIONS];
    const char *near;
    char name[64] = "";
    size_t length = strcspn(word, "=");
    size_t count = 0;

    if (length < sizeof name)
        memcpy(name, word, length);
    for (int i = 0; i < table->count; i++)
        if (table->all[i]->help && *table->all[i]->name)
            names[count++] = table->all[i]->name;
    near = nearest_name(name + strspn(name, "-"), names, count);
    /* Without its value: a message must not repeat somebody's key. */
    error_set(err, ERROR_USAGE, "unknown option %.*s",
              length > 60 ? 60 : (int)length, word);
    if (near)
        return error_hint(err, "did you mean --%s?", near);
    return error_hint(err, "`datebook %s%s--help` lists the options",
                      cli->command ? cli->command->name : "",
                      cli->command ? " " : "");
}

/* Why getopt refused the word before optind. */
static bool refuse(const struct cli *cli, const struct option_table *table,
                   int code, char **argv, struct error *err)
{
    const char *word = argv[optind - 1];
    int index = option_index(table, optopt);
    char letter[3] = {'-', (char)optopt, '\0'};

    if (code == ':')
        return error_set(err, ERROR_USAGE, "%.60s needs a value (%s)", word,
                         index >= 0 ? table->all[index]->value : "");
    if (index >= 0)
        return error_set(err, ERROR_USAGE, "--%s takes no value",
                         table->all[index]->name);
    if (optopt && optopt < 256)
        word = letter;
    return wrong_option(cli, table, word, err);
}

/* Reads options from argv[start] on and leaves optind at the first argument. */
static bool read_options(struct cli *cli, const struct option_table *table,
                         int argc, char **argv, enum parse_result *result,
                         struct error *err)
{
    int code;

    opterr = 0;
    optind = 0; /* glibc: start anew */
    while ((code = getopt_long(argc, argv, table->shorts, table->longs,
                               NULL)) != -1) {
        int index = option_index(table, code);
        if (code == ':' || code == '?' || index < 0)
            return refuse(cli, table, code, argv, err);
        if (!take(cli, table, index, optarg, result, err))
            return false;
    }
    return true;
}

/* ---- Which command ---- */

enum { COMMAND_WORDS = 64 };

/* How well words name a command: 0 not, 1 by prefix, 2 exactly; *used says how
 * many words it takes. */
static int match(const struct command *command, char **words, int count,
                 int *used)
{
    const char *name = command->name;
    int quality = 2;

    for (*used = 0; *name; ++*used) {
        size_t length = strcspn(name, " ");
        size_t given = *used < count ? strlen(words[*used]) : 0;
        if (!given || given > length || strncmp(words[*used], name, given) != 0)
            return 0;
        if (given < length)
            quality = 1;
        name += length + (name[length] == ' ');
    }
    return quality;
}

/* The words that group commands: `persona add` and so on. */
static const struct group {
    const char *name;
    const char *main; /* what most people are after */
} groups[] = {{"persona", "add, list, show, remove"},
              {"split", "create, list, show, check, remove"},
              {"review", "sample, next, show, agreement, rules"},
              {"requests", "list, show, discard"},
              {"key", "new, show"},
              {"batch", "submit, status, collect"},
              {"run", "list, show"}};
enum { GROUPS = sizeof groups / sizeof *groups };

/* The group that a word names; a start of its name does when that is allowed.
 */
static const struct group *find_group(const char *word, bool by_prefix)
{
    for (size_t i = 0; *word && i < GROUPS; i++)
        if (by_prefix ? !strncmp(word, groups[i].name, strlen(word))
                      : !strcmp(word, groups[i].name))
            return &groups[i];
    return NULL;
}

/* A group's name, or the start of it, without one of its commands. */
static bool incomplete_group(const struct group *group, const char *second,
                             struct error *err)
{
    const char *names[COMMAND_WORDS];
    size_t length = strlen(group->name);
    size_t count = 0;
    const char *near;

    if (!second) {
        error_set(err, ERROR_USAGE, "%s needs one of %s", group->name,
                  group->main);
        return error_hint(err, "`datebook --help` lists the commands");
    }
    for (size_t i = 0; commands[i] && count < COMMAND_WORDS; i++)
        if (!strncmp(commands[i]->name, group->name, length) &&
            commands[i]->name[length] == ' ')
            names[count++] = commands[i]->name + length + 1;
    near = nearest_name(second, names, count);
    error_set(err, ERROR_USAGE, "unknown command \"%s %.50s\"", group->name,
              second);
    if (near)
        return error_hint(err, "did you mean `datebook %s %s`?", group->name,
                          near);
    return error_hint(err, "%s has %s", group->name, group->main);
}

static bool unknown_command(const char *word, const char *second,
                            struct error *err)
{
    const char *names[COMMAND_WORDS + GROUPS];
    const struct group *group = find_group(word, true);
    size_t count = 0;
    const char *near;

    if (group)
        return incomplete_group(group, second, err);
    while (count < GROUPS) {
        names[count] = groups[count].name;
        count++;
    }
    for (size_t i = 0; commands[i] && count < COMMAND_WORDS + GROUPS; i++)
        names[count++] = commands[i]->name;
    near = nearest_name(word, names, count);
    error_set(err, ERROR_USAGE, "unknown command \"%.50s\"", word);
    if (near)
        return error_hint(err, "did you mean `datebook %s`?", near);
    return error_hint(err, "`datebook --help` lists the commands");
}

/* Names all commands that a prefix could be. */
static bool ambiguous(char **words, int count, struct error *err)
{
    char list[256] = "";
    int used;

    for (size_t i = 0; commands[i]; i++) {
        size_t length = strlen(list);
        if (match(commands[i], words, count, &used))
            snprintf(list + length, sizeof list - length, "%s%s",
                     length ? ", " : "", commands[i]->name);
    }
    error_set(err, ERROR_USAGE, "\"%.50s\" could be one of %s", words[0], list);
    return error_hint(err, "write more of the name");
}

/* The command that words name, by its whole name or by a unique prefix. */
static bool find_command(struct cli *cli, char **words, int count, int *used,
                         struct error *err)
{
    const struct command *by_prefix = NULL;
    bool unique = true;

    for (size_t i = 0; commands[i]; i++) {
        int words_used;
        int quality = match(commands[i], words, count, &words_used);
        if (quality && !(quality == 1 && by_prefix))
            *used = words_used;
        if (quality == 2) {
            cli->command = commands[i];
            return true;
        }
        if (quality == 1)
            unique = !by_prefix;
        if (quality == 1 && unique)
            by_prefix = commands[i];
    }
    if (!by_prefix)
        return unknown_command(words[0], count > 1 ? words[1] : NULL, err);
    if (!unique)
        return ambiguous(words, count, err);
    cli->command = by_prefix;
    return true;
}

static bool check_arguments(const struct cli *cli, struct error *err)
{
    const struct command *command = cli->command;

    if (cli->argument_count < command->least)
        return cli_usage(cli, err, "%s needs %s", command->name,
                         command->arguments);
    if (command->most >= 0 && cli->argument_count > command->most)
        return cli_usage(cli, err, "unexpected argument \"%.100s\"",
                         cli->arguments[command->most]);
    if (cli->json && !command->json)
        return cli_usage(cli, err, "%s has no --json", command->name);
    return true;
}

/* "persona" alone, of which only help is to be had. */
static bool names_group(struct cli *cli, char **words, int count)
{
    const struct group *group = count == 1 ? find_group(words[0], false) : NULL;

    cli->group = group ? group->name : NULL;
    return group != NULL;
}

static bool asks_for_help(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h");
}

/* `datebook help [COMMAND]` */
static enum parse_result parse_help(struct cli *cli, char **words, int count,
                                    struct error *err)
{
    int used = 0;

    /* `datebook help --help` */
    for (; count && *words[0] == '-'; words++)
        count--;
    if (!count)
        return PARSE_OVERVIEW;
    if (names_group(cli, words, count))
        return PARSE_GROUP;
    return find_command(cli, words, count, &used, err) ? PARSE_HELP
                                                       : PARSE_FAILED;
}

/* Everything after the command's own words. */
static enum parse_result parse_rest(struct cli *cli, int argc, char **argv,
                                    struct error *err)
{
    struct option_table table;
    enum parse_result result = PARSE_RUN;
    const char *database = getenv("DATEBOOK_DB");

    make_table(&table, cli->command);
    if (!read_options(cli, &table, argc, argv, &result, err))
        return PARSE_FAILED;
    cli->arguments = (const char *const *)argv + optind;
    cli->argument_count = argc - optind;
    if (result == PARSE_RUN && !check_arguments(cli, err))
        return PARSE_FAILED;
    if (!cli->database)
        cli->database = database && *database ? database : "datebook.db";
    if (result == PARSE_RUN && file_is_folder(cli->database)) {
        error_set(err, ERROR_DATABASE, "%s is a folder, not a database",
                  cli->database);
        return PARSE_FAILED;
    }
    return result;
}

enum parse_result parse_command_line(struct cli *cli, int argc, char **argv,
                                     struct error *err)
{
    struct option_table table;
    enum parse_result result = PARSE_RUN;
    int used = 0;

    make_table(&table, NULL);
    if (!read_options(cli, &table, argc, argv, &result, err))
        return PARSE_FAILED;
    if (result == PARSE_VERSION)
        return result;
    argc -= optind;
    argv += optind;
    if (result == PARSE_HELP || (argc && !strcmp(argv[0], "help"))) {
        int skip = result != PARSE_HELP;
        return parse_help(cli, argv + skip, argc - skip, err);
    }
    if (!argc) {
        error_set(err, ERROR_USAGE, "which command?");
        error_hint(err, "`datebook --help` lists the commands");
        return PARSE_FAILED;
    }
    if (argc == 2 && names_group(cli, argv, 1) && asks_for_help(argv[1]))
        return PARSE_GROUP;
    if (!find_command(cli, argv, argc, &used, err))
        return PARSE_FAILED;
    /* getopt takes the first word for the program's name. */
    return parse_rest(cli, argc - used + 1, argv + used - 1, err);
}
