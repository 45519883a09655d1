/* Reading the log, and folding what one reviewer answered in one sitting. */
#include "log.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 256 }; /* versions that are read at a time */

/* A summary of a command that makes a version of every answer, in its parts.
 * "ann on first: 2 opinions" and "ann on first: 1 answer taken back" count,
 * "ann on first: 1 answer completed" belongs to the one before, and
 * "ann on tier1_sales_manager: 3 of 9 rules" says how far it came. */
struct answer {
    size_t stem;      /* bytes before the number, ": " included */
    int64_t number;   /* 0: it says how far it came */
    const char *what; /* "opinions"; NULL: answers that were taken back */
    size_t length;    /* of that as a singular */
    bool completes;   /* more was said with an answer that was counted */
};

static bool is_taken_back(const char *what)
{
    return !strcmp(what, "answer taken back") ||
           !strcmp(what, "answers taken back");
}

static bool read_number(const char *text, struct answer *answer)
{
    char *end;

    if (*text < '1' || *text > '9')
        return false;
    answer->number = strtoll(text, &end, 10);
    if (*end != ' ' || answer->number > INT32_MAX)
        return false;
    answer->completes = !strcmp(end + 1, "answer completed");
    if (answer->completes || is_taken_back(end + 1))
        return true;
    answer->what = end + 1;
    answer->length = strlen(answer->what);
    if (strchr(answer->what, ' ') || !answer->length)
        return false;
    answer->length -= answer->what[answer->length - 1] == 's';
    return true;
}

static bool read_answer(const struct version *version, struct answer *answer)
{
    const char *colon = strrchr(version->summary, ':');

    *answer = (struct answer){.stem = 0};
    if (!colon || colon[1] != ' ')
        return false;
    answer->stem = (size_t)(colon + 2 - version->summary);
    if (!strcmp(version->command, "persona review"))
        return true;
    return (!strcmp(version->command, "review next") ||
            !strcmp(version->command, "review adjudicate")) &&
           read_number(colon + 2, answer);
}

/* Whether answers are of the kind that a line counts. */
static bool same_kind(const struct log_line *line, const struct answer *answer)
{
    return !answer->what || !line->what ||
           (strlen(line->what) == answer->length &&
            !memcmp(line->what, answer->what, answer->length));
}

static bool has_tag(const struct log *log, int64_t version)
{
    for (size_t i = 0; i < log->tag_count; i++)
        if (log->tags[i].version == version)
            return true;
    return false;
}

/* Whether a version goes on with the line of the one after it. */
static bool goes_on(const struct log *log, const struct log_line *line,
                    const struct version *version)
{
    struct answer answer;

    return !log->all && line->pruned == version->pruned &&
           !strcmp(line->command, version->command) && line->stem &&
           read_answer(version, &answer) && answer.stem == line->stem &&
           !memcmp(line->summary, version->summary, answer.stem) &&
           same_kind(line, &answer) && !has_tag(log, line->newest) &&
           !has_tag(log, version->number);
}

static void add_counts(struct log_line *line, const struct version *version)
{
    for (int noun = 0; noun < NOUNS; noun++) {
        line->counts[noun].added += version->counts[noun].added;
        line->counts[noun].changed += version->counts[noun].changed;
        line->counts[noun].removed += version->counts[noun].removed;
    }
}

/* Counts the answers of a version, if it is of a sitting. */
static bool add_answers(struct cli *cli, struct log_line *line,
                        const struct version *version, struct error *err)
{
    struct answer answer;

    if (!read_answer(version, &answer))
        return true;
    line->stem = answer.stem;
    if (answer.completes)
        return true;
    if (!answer.what)
        line->taken_back += answer.number;
    else
        line->answers += answer.number;
    if (answer.what && !line->what)
        line->what = arena_format(&cli->arena, err, "%.*s", (int)answer.length,
                                  answer.what);
    return !answer.what || line->what;
}

/* Makes a version the last one of a line. */
static bool extend_line(struct cli *cli, struct log_line *line,
                        const struct version *version, struct error *err)
{
    line->oldest = version->number;
    add_counts(line, version);
    return add_answers(cli, line, version, err);
}

static bool start_line(struct cli *cli, struct log *log,
                       const struct version *version, struct error *err)
{
    struct log_line *line;

    if (!list_grow(&cli->arena, &log->lines, log->count, sizeof *log->lines,
                   err))
        return false;
    line = &log->lines[log->count++];
    *line = (struct log_line){
        .newest = version->number,
        .started = version->started,
        .pruned = version->pruned,
        .command = arena_text(&cli->arena, version->command, err),
        .summary = arena_text(&cli->arena, version->summary, err)};
    return line->command && line->summary &&
           extend_line(cli, line, version, err);
}

/* *full: there are lines enough. */
static bool take_version(struct cli *cli, struct log *log,
                         const struct version *version, bool *full,
                         struct error *err)
{
    struct log_line *line = log->count ? &log->lines[log->count - 1] : NULL;

    if (line && goes_on(log, line, version))
        return extend_line(cli, line, version, err);
    *full = (int64_t)log->count >= log->limit;
    return *full || start_line(cli, log, version, err);
}

bool log_read(struct cli *cli, struct store *store, struct log *log,
              struct error *err)
{
    struct arena scratch = {0};
    int64_t next = log->last;
    bool full = false;
    bool ok = true;

    while (ok && next > 0 && !full) {
        struct version *versions;
        size_t count = 0;
        arena_reset(&scratch);
        ok = version_log(store, &scratch, next, CHUNK, &versions, &count, err);
        for (size_t i = 0; ok && i < count && !full; i++)
            ok = take_version(cli, log, &versions[i], &full, err);
        next = ok && count ? versions[count - 1].number - 1 : 0;
    }
    arena_free(&scratch);
    return ok;
}

const char *log_summary(struct cli *cli, const struct log_line *line,
                        struct error *err)
{
    const char *text;

    if (line->oldest == line->newest || (!line->answers && !line->taken_back))
        return line->summary;
    text =
        arena_format(&cli->arena, err, "%.*s", (int)line->stem, line->summary);
    if (!text || !line->what)
        return text
                   ? arena_format(&cli->arena, err, "%s%lld answers taken back",
                                  text, (long long)line->taken_back)
                   : NULL;
    text = arena_format(&cli->arena, err, "%s%lld %s%s", text,
                        (long long)line->answers, line->what,
                        line->answers == 1 ? "" : "s");
    if (!text || !line->taken_back)
        return text;
    return arena_format(&cli->arena, err, "%s, %lld taken back", text,
                        (long long)line->taken_back);
}
