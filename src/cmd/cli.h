/* What subcommands share: one declaration per command, from which parsing,
 * help and messages come, and the state of the command that runs. */
#ifndef DATEBOOK_CMD_CLI_H
#define DATEBOOK_CMD_CLI_H

#include "datebook/arena.h"
#include "datebook/buf.h"
#include "datebook/dataset.h"
#include "datebook/monitor.h"
#include "datebook/nearest.h"
#include "datebook/table.h"

struct cli;

struct command_option {
    const char *name;  /* "seed", given as --seed; "" is a heading of help */
    char letter;       /* 'q' for -q as well; 0 for none */
    const char *value; /* "N"; NULL for a switch */
    const char *help;  /* NULL: known, for its message, and not shown */
};

struct command_example {
    const char *command; /* without "datebook " */
    const char *what;
};

enum { COMMAND_OPTIONS = 56, COMMAND_EXAMPLES = 8 };

struct command {
    const char *name; /* "generate", "persona add" */
    const char *summary;
    const char *arguments; /* "PATH…"; "" for none */
    int least;             /* arguments that must be there */
    int most;              /* that may be there; -1: any number */
    const char *details;   /* paragraphs for --help; NULL for none */
    const char *json;      /* what --json prints; NULL: no --json */
    struct command_option options[COMMAND_OPTIONS]; /* ends at a NULL name */
    struct command_example examples[COMMAND_EXAMPLES];
    bool (*run)(struct cli *cli, struct error *err);
};

/* All commands, in the order of help; ends at NULL. */
extern const struct command *const commands[];

enum { CLI_VALUES = COMMAND_OPTIONS + 8 };

/* A file that a command read. */
struct cli_reading {
    const char *path;
    struct store_stamp stamp;
};

struct cli {
    const struct command *command;
    const char *group; /* "persona", when help on its commands is wanted */
    const char *database;
    bool database_named; /* on the command line */
    bool json;
    bool quiet;
    bool verbose;
    bool no_migration_backup;
    int64_t wait; /* for locks, in seconds */
    bool told_of_waiting;
    const char *values[CLI_VALUES]; /* of command->options; "" for a switch */
    const char *const *arguments;
    int argument_count;
    int64_t began;     /* by clock_waiting: the command, or what it did after
                          the version that it made last */
    int64_t committed; /* the version that the command made; 0: none */
    bool done;         /* it changed something that is no version */
    int exit_code;     /* of a run that succeeded: 0, or ERROR_FOUND */
    struct cli_reading *readings; /* files that were opened to be read */
    size_t reading_count;
    struct calendar_library *library; /* once it was loaded, else NULL */
    struct arena arena;
    struct buf out;   /* standard output, until it is flushed */
    struct buf notes; /* standard error, printed after it */
};

/* Parses, runs, reports; returns the exit code. */
int cli_main(int argc, char **argv);

/* ---- Options of the running command ---- */

bool cli_flag(const struct cli *cli, const char *option);
/* NULL when the option was not given. */
const char *cli_value(const struct cli *cli, const char *option);

/* The same of a folder, without slashes at its end. */
bool cli_folder(struct cli *cli, const char *option, const char **folder,
                struct error *err) CHECKED;

/* Whole numbers, shares, dates and lists; ERROR_USAGE names the option.  A
 * missing option leaves the value as it is. */
bool cli_int(const struct cli *cli, const char *option, int64_t least,
             int64_t most, int64_t *value, struct error *err) CHECKED;
bool cli_seed(const struct cli *cli, uint64_t *seed, struct error *err) CHECKED;
/* A number with a fraction, "1.25", in units of 10^-decimals; one with more
 * decimals is refused.  `most` is in those units, too. */
bool cli_decimal(const struct cli *cli, const char *option, int decimals,
                 int64_t most, int64_t *value, struct error *err) CHECKED;
bool cli_list(struct cli *cli, const char *text, const char ***items,
              size_t *count, struct error *err) CHECKED;

/* ERROR_USAGE, with a hint to the command's help. */
bool cli_usage(const struct cli *cli, struct error *err, const char *format,
               ...) PRINTF_LIKE(3, 4);

/* Opens a database as the global options say, and remarks that it was
 * upgraded.  A command that read a file without locks fails at its end when the
 * file has changed meanwhile. */
struct store *cli_open(struct cli *cli, const char *path, enum store_mode mode,
                       struct error *err) CHECKED;

/* At the end of a command, whether what it read stayed as it was while it did;
 * else that is the error. */
bool cli_check_readings(struct cli *cli, bool ok, struct error *err) CHECKED;

/* The version named by --at, else HEAD; one that was pruned is refused. */
bool cli_at(struct cli *cli, struct store *store, int64_t *version,
            struct error *err) CHECKED;

/* ---- Output ---- */

/* Whether nothing that was printed so far, or made to be printed, got lost for
 * want of memory. */
bool cli_whole(const struct cli *cli, struct error *err) CHECKED;

/* Standard output is cli->out; long output is flushed now and then. */
bool cli_flush(struct cli *cli, struct error *err) CHECKED;

/* Flushes output that got long: whole lines, or of JSON all but the last byte,
 * by which json_key knows whether a comma is due. */
bool cli_flush_long(struct cli *cli, struct error *err) CHECKED;

/* "datebook [--db FILE] COMMAND", as the user would type it. */
const char *next_command(struct cli *cli, const char *command);

/* The same as a remark: "next: …". */
void cli_next(struct cli *cli, const char *command);

/* A remark on standard error, after the output, unless --quiet. */
void cli_note(struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);

/* "1 meeting", "1,234 meetings". */
const char *cli_count(struct cli *cli, int64_t count, const char *one,
                      const char *many);

/* A progress line while a command works; NULL-safe to end. */
struct progress;
struct progress *progress_start(struct cli *cli, struct error *err) CHECKED;
const struct monitor *progress_monitor(struct progress *progress);
void progress_end(struct progress *progress);
/* Whether a signal asked the work to end. */
bool progress_interrupted(void);
/* How often one did: once at most, unless the work has patience for more. */
int progress_signals(void);
void progress_patience(int signals);
/* What an interruption is answered with, in place of "nothing was changed". */
void progress_keeps(struct progress *progress, const char *message,
                    const char *hint);
/* Shows a line of the caller's own, at the pace of the usual one; it is told
 * the seconds since this stage of the work began. */
typedef void progress_line(void *context, struct buf *line, double seconds);
void progress_show(struct progress *progress, const char *what,
                   progress_line *put, void *context);

/* Help, made from the table of commands. */
void help_overview(struct buf *out);
void help_group(struct buf *out, const char *group); /* "persona" */
void help_command(struct buf *out, const struct command *command);

/* ---- Shared by commands ---- */

/* The folder of the persona library: $DATEBOOK_DATA, else beside the source
 * tree that the program was built in, else the installed data folder. */
const char *data_folder(struct cli *cli, struct error *err) CHECKED;

/* Archetypes and vocabulary from the data folder, loaded once. */
struct calendar_library *data_library(struct cli *cli,
                                      struct error *err) CHECKED;
/* What is wanted of a dataset, from the data folder; lives in the cli's arena.
 */
struct thresholds; /* of validate.h */
struct thresholds *data_thresholds(struct cli *cli, struct error *err) CHECKED;
/* Whether the generator can use what a persona brings along for it: words,
 * archetypes, threads; `file` names it in messages. */
bool data_check(struct cli *cli, const struct persona *persona,
                const char *file, struct error *err) CHECKED;

/* Whether a persona is named by a path and not by its id. */
bool names_a_file(const char *text);

/* Persona files under paths: files as they are, of folders all *.json but for
 * thresholds.json. */
bool persona_paths(struct cli *cli, const char *const *paths, int count,
                   const char ***files, size_t *file_count,
                   struct error *err) CHECKED;

/* What adding files did. */
struct add_totals {
    int64_t added;
    int64_t changed;
    int64_t unchanged;
    int64_t stale_labels;
    const char **ids; /* of the personas, in the order of their files */
};

/* Adds persona files to a run, and prints a line for each that is new or
 * changed, with its changed fields. */
bool add_personas(struct cli *cli, struct store *store, struct run *run,
                  const char *const *files, size_t count,
                  struct add_totals *totals, struct error *err) CHECKED;

/* Makes a database with or without the library, under a temporary name until
 * it is whole. */
bool make_database(struct cli *cli, bool library, struct add_totals *totals,
                   struct error *err) CHECKED;

/* Remarks that labels are stale now, if they are. */
void note_stale(struct cli *cli, const struct add_totals *totals);

/* One stored persona by id, or ERROR_INPUT with the nearest id as a hint. */
bool require_persona(struct cli *cli, struct store *store, int64_t version,
                     const char *id, struct stored_persona **persona,
                     struct error *err) CHECKED;

/* The key of a meeting, alive or dead, or ERROR_INPUT with an id that starts
 * like it as a hint. */
bool require_meeting(struct cli *cli, struct store *store, const char *id,
                     int64_t *key, struct error *err) CHECKED;

/* The key of a meeting or else of a persona, alive or dead; the other is 0. */
bool require_row(struct cli *cli, struct store *store, const char *id,
                 int64_t *meeting, int64_t *persona, struct error *err) CHECKED;

/* The personas that the arguments name. */
bool argument_personas(struct cli *cli, struct store *store, int64_t version,
                       struct stored_persona **personas, size_t *count,
                       struct error *err) CHECKED;

/* A persona that the arguments of a command name. */
struct named_persona {
    const char *file; /* NULL: it is one of the database */
    struct store *store;
    int64_t version;
    const struct stored_persona *stored; /* NULL: of a file */
};
typedef bool named_visitor(struct cli *cli, const struct named_persona *named,
                           void *context, struct error *err);

/* Visits what [ID|FILE…] names: personas of the database as of --at by their
 * id, and files, or the files of folders; without arguments all personas of
 * the database.  Files alone need no database. */
bool visit_named(struct cli *cli, named_visitor *visit, void *context,
                 struct error *err) CHECKED;

/* What a command does within a run: it commits, or leaves no trace. */
typedef bool run_body(struct cli *cli, struct store *store, struct run *run,
                      const struct monitor *monitor, struct error *err);

/* Opens the database and a run on it, with a progress line while the body
 * works. */
bool with_run(struct cli *cli, run_body *body, struct error *err) CHECKED;

/* Seals a run under the command's name and the rules' engine, which need not be
 * in the header, and with the command line among its options. */
bool seal_run(struct cli *cli, struct run *run, const struct run_header *header,
              bool *changed, struct error *err) CHECKED;

/* Commits a sealed run with the time that it took, and remembers that. */
bool commit_run(struct cli *cli, struct run *run, bool changed,
                struct error *err) CHECKED;

/* Seals and commits a run. */
bool finish_run(struct cli *cli, struct run *run, const char *options,
                const char *summary, int64_t started, bool *changed,
                struct error *err) CHECKED;

/* What `diff` prints. */
bool print_diff(struct cli *cli, struct store *store, int64_t from, int64_t to,
                bool rows, bool *different, struct error *err) CHECKED;

/* A line for each noun with a change: "labels: 0 added, 27 changed, 0 removed".
 */
void print_counts(struct buf *out, const struct noun_counts counts[NOUNS]);

/* JSON: a key with what divides it from what is before; NULL is an element of
 * a list. */
void json_key(struct buf *out, const char *key);
/* A member that is a list of texts. */
void json_texts(struct buf *out, const char *key, const char *const *texts,
                size_t count);
void json_counts(struct buf *out, const struct noun_counts counts[NOUNS],
                 bool totals);
/* One of them: "labels": {…}. */
void json_noun_counts(struct buf *out, enum noun noun,
                      const struct noun_counts *counts, bool totals);
void json_version(struct buf *out, const struct version *version);
/* The same without its braces, for more members after them. */
void json_version_members(struct buf *out, const struct version *version);
/* A member "tags" with the names of the tags of a version. */
void json_tags(struct buf *out, const struct tag *tags, size_t count,
               int64_t version);

#endif
