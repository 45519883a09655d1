/* From argv to a command's exit code. */
#include "cli.h"

#include "parse.h"
#include "version.h"

#include "datebook/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool cli_flag(const struct cli *cli, const char *option)
{
    return cli_value(cli, option) != NULL;
}

const char *cli_value(const struct cli *cli, const char *option)
{
    const struct command_option *options = cli->command->options;

    for (int i = 0; i < COMMAND_OPTIONS && options[i].name; i++)
        if (!strcmp(options[i].name, option))
            return cli->values[i];
    return NULL;
}

bool cli_folder(struct cli *cli, const char *option, const char **folder,
                struct error *err)
{
    const char *value = cli_value(cli, option);
    size_t length = value ? strlen(value) : 0;

    *folder = NULL;
    if (!value)
        return true;
    if (!length)
        return cli_usage(cli, err, "--%s needs the name of a folder", option);
    while (length > 1 && value[length - 1] == '/')
        length--;
    *folder = arena_format(&cli->arena, err, "%.*s", (int)length, value);
    return *folder != NULL;
}

bool cli_usage(const struct cli *cli, struct error *err, const char *format,
               ...)
{
    char text[sizeof err->message];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    error_set(err, ERROR_USAGE, "%s", text);
    return error_hint(err, "`datebook %s --help` shows how it is used",
                      cli->command->name);
}

bool cli_int(const struct cli *cli, const char *option, int64_t least,
             int64_t most, int64_t *value, struct error *err)
{
    const char *text = cli_value(cli, option);
    char *end = NULL;
    long long number;

    if (!text)
        return true;
    errno = 0;
    number = strtoll(text, &end, 10);
    if (!errno && end != text && !*end && strchr("-0123456789", *text) &&
        number >= least && number <= most) {
        *value = number;
        return true;
    }
    if (most == INT64_MAX)
        return cli_usage(cli, err,
                         "--%s takes a whole number from %lld, not \"%.100s\"",
                         option, (long long)least, text);
    return cli_usage(cli, err,
                     "--%s takes a whole number from %lld to %lld, not "
                     "\"%.100s\"",
                     option, (long long)least, (long long)most, text);
}

bool cli_seed(const struct cli *cli, uint64_t *seed, struct error *err)
{
    int64_t value = (int64_t)*seed;

    if (!cli_int(cli, "seed", 0, INT64_MAX, &value, err))
        return false;
    *seed = (uint64_t)value;
    return true;
}

/* Digits with at most so many after a point, as a whole number of the smallest
 * of them; false for anything else. */
static bool parse_decimal(const char *text, int decimals, int64_t *value)
{
    enum { DIGITS = 12 };
    int whole = (int)strspn(text, "0123456789");
    int after =
        text[whole] == '.' ? (int)strspn(text + whole + 1, "0123456789") : -1;

    if (!whole || whole > DIGITS - decimals || !after || after > decimals ||
        text[whole + after + 1])
        return false;
    *value = 0;
    for (int i = 0; i < whole; i++)
        *value = 10 * *value + (text[i] - '0');
    for (int i = 0; i < decimals; i++)
        *value = 10 * *value + (i < after ? text[whole + 1 + i] - '0' : 0);
    return true;
}

bool cli_decimal(const struct cli *cli, const char *option, int decimals,
                 int64_t most, int64_t *value, struct error *err)
{
    const char *text = cli_value(cli, option);
    int64_t unit = 1;
    int64_t number = 0;

    for (int i = 0; i < decimals; i++)
        unit *= 10;
    if (!text)
        return true;
    if (parse_decimal(text, decimals, &number) && number <= most) {
        *value = number;
        return true;
    }
    return cli_usage(cli, err,
                     "--%s takes a number from 0 to %lld with %d decimals at "
                     "most, not \"%.100s\"",
                     option, (long long)(most / unit), decimals, text);
}

bool cli_list(struct cli *cli, const char *text, const char ***items,
              size_t *count, struct error *err)
{
    size_t room = 1;
    char *copy = arena_text(&cli->arena, text, err);

    for (const char *c = text; *c; c++)
        room += *c == ',';
    *count = 0;
    *items = copy ? arena_zero(&cli->arena, room, sizeof **items, err) : NULL;
    if (!*items)
        return false;
    for (char *c = copy, *next; c; c = next) {
        next = strchr(c, ',');
        if (next)
            *next++ = '\0';
        if (*c)
            (*items)[(*count)++] = c;
    }
    return true;
}

bool cli_at(struct cli *cli, struct store *store, int64_t *version,
            struct error *err)
{
    const char *at = cli_value(cli, "at");

    return version_resolve_kept(store, at ? at : "HEAD", version, err);
}

/* ---- Output ---- */

bool cli_whole(const struct cli *cli, struct error *err)
{
    if (cli->arena.failed)
        return error_memory(err);
    return buf_ok(&cli->out, err) && buf_ok(&cli->notes, err);
}

bool cli_flush(struct cli *cli, struct error *err)
{
    bool ok;

    if (!cli_whole(cli, err))
        return false;
    ok = !cli->out.length ||
         fwrite(cli->out.data, 1, cli->out.length, stdout) == cli->out.length;
    buf_clear(&cli->out);
    if (ok && !fflush(stdout))
        return true;
    return error_set(err, ERROR_INPUT, "cannot write to standard output: %s",
                     strerror(errno));
}

bool cli_flush_long(struct cli *cli, struct error *err)
{
    enum { LONG = 1 << 16 };
    struct buf *out = &cli->out;
    char last;

    if (out->length < LONG)
        return true;
    last = out->data[out->length - 1];
    if (last == '\n')
        return cli_flush(cli, err);
    out->data[--out->length] = '\0';
    if (!cli_flush(cli, err))
        return false;
    buf_char(out, last);
    return true;
}

void cli_note(struct cli *cli, const char *format, ...)
{
    va_list args;
    char *whole = NULL;

    if (cli->quiet)
        return;
    va_start(args, format);
    if (vasprintf(&whole, format, args) >= 0) {
        terminal_lines(&cli->notes, whole);
        buf_char(&cli->notes, '\n');
        free(whole);
    } else {
        cli->notes.failed = true;
    }
    va_end(args);
}

const char *next_command(struct cli *cli, const char *command)
{
    struct error ignored;
    const char *text =
        cli->database_named
            ? arena_format(&cli->arena, &ignored, "datebook --db %s %s",
                           cli->database, command)
            : arena_format(&cli->arena, &ignored, "datebook %s", command);

    return text ? text : command;
}

void cli_next(struct cli *cli, const char *command)
{
    cli_note(cli, "next: %s", next_command(cli, command));
}

const char *cli_count(struct cli *cli, int64_t count, const char *one,
                      const char *many)
{
    struct buf buf = BUF_EMPTY;
    struct error ignored;
    const char *text;

    text_number(&buf, count);
    buf_format(&buf, " %s", count == 1 ? one : many);
    buf_inherit(&cli->out, &buf);
    text = arena_text(&cli->arena, buf_string(&buf), &ignored);
    buf_free(&buf);
    return text ? text : many;
}

/* ---- Running ---- */

static void print_error(const struct error *err)
{
    struct buf text = BUF_EMPTY;

    buf_text(&text, "datebook: ");
    terminal_lines(&text, err->message);
    if (*err->hint) {
        buf_text(&text, "\nhint: ");
        terminal_lines(&text, err->hint);
    }
    /* Without memory the message cannot be made safe, but that is news. */
    fprintf(stderr, "%s\n",
            text.failed ? "datebook: out of memory" : buf_string(&text));
    buf_free(&text);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    enum parse_result result = parse_command_line(cli, argc, argv, err);

    switch (result) {
    case PARSE_FAILED:
        return false;
    case PARSE_OVERVIEW:
        help_overview(&cli->out);
        return true;
    case PARSE_GROUP:
        help_group(&cli->out, cli->group);
        return true;
    case PARSE_HELP:
        help_command(&cli->out, cli->command);
        return true;
    case PARSE_VERSION:
        buf_text(&cli->out, "datebook " DATEBOOK_VERSION "\n");
        return true;
    default:
        return cli_check_readings(cli, cli->command->run(cli, err), err);
    }
}

/* A standard stream that is closed would become the next file that is opened,
 * and messages would go into that.  Writing to what stands in fails. */
static void reserve_streams(void)
{
    int descriptor;

    do
        descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor >= 0)
        close(descriptor);
}

int cli_main(int argc, char **argv)
{
    struct cli cli = {.wait = STORE_WAIT / 1000, .began = clock_waiting()};
    struct error err = {.code = ERROR_NONE};
    bool ok;

    reserve_streams();
    /* A file that grows too large is an error like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
    if (sodium_init() < 0) {
        fputs("datebook: libsodium could not start\n", stderr);
        return ERROR_BUG;
    }
    ok = run(&cli, argc, argv, &err);
    if (ok && !cli_flush(&cli, &err)) {
        ok = false;
        if (cli.committed)
            error_hint(&err, "the work is done all the same: see version %lld",
                       (long long)cli.committed);
        else if (cli.done)
            error_hint(&err, "the work is done all the same");
    }
    fputs(buf_string(&cli.notes), stderr);
    if (!ok)
        print_error(&err);
    buf_free(&cli.out);
    buf_free(&cli.notes);
    arena_free(&cli.arena);
    return ok ? cli.exit_code : (int)err.code;
}
