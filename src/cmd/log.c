/* Reading the log, and folding what one reviewer answered in one sitting. */
#include "log.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 256 }; /* versions that are read at a time */

/* Commands that make a version of every answer. */
static bool is_sitting(const char *command)
{
    static const char *const sittings[] = {"review next", "review adjudicate",
                                           "persona review"};

    for (size_t i = 0; i < sizeof sittings / sizeof *sittings; i++)
        if (!strcmp(command, sittings[i]))
            return true;
    return false;
}

/* "ann on first: 2 opinions" in its parts. */
struct answer {
    size_t stem; /* bytes before the number, ": " included */
    int64_t number;
    const char *what; /* "opinions" */
    size_t length;    /* of that as a singular */
};

static bool read_answer(const char *summary, struct answer *answer)
{
    const char *colon = strrchr(summary, ':');
    char *end;

    if (!colon || colon[1] != ' ' || colon[2] < '1' || colon[2] > '9')
        return false;
    answer->stem = (size_t)(colon + 2 - summary);
    answer->number = strtoll(colon + 2, &end, 10);
    if (*end != ' ' || answer->number > INT32_MAX)
        return false;
    answer->what = end + 1;
    answer->length = strlen(answer->what);
    if (strchr(answer->what, ' ') || !answer->length)
        return false;
    answer->length -= answer->what[answer->length - 1] == 's';
    return true;
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
    struct answer one;
    struct answer other;

    return !log->all && line->pruned == version->pruned &&
           is_sitting(version->command) &&
           !strcmp(line->command, version->command) &&
           read_answer(line->summary, &one) &&
           read_answer(version->summary, &other) && one.stem == other.stem &&
           !memcmp(line->summary, version->summary, one.stem) &&
           one.length == other.length &&
           !memcmp(one.what, other.what, one.length) &&
           !has_tag(log, line->newest) && !has_tag(log, version->number);
}

static void add_counts(struct log_line *line, const struct version *version)
{
    for (int noun = 0; noun < NOUNS; noun++) {
        line->counts[noun].added += version->counts[noun].added;
        line->counts[noun].changed += version->counts[noun].changed;
        line->counts[noun].removed += version->counts[noun].removed;
    }
}

static void extend_line(struct log_line *line, const struct version *version)
{
    struct answer answer;

    if (!line->answers && read_answer(line->summary, &answer))
        line->answers = answer.number;
    if (read_answer(version->summary, &answer))
        line->answers += answer.number;
    line->oldest = version->number;
    add_counts(line, version);
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
        .oldest = version->number,
        .started = version->started,
        .pruned = version->pruned,
        .command = arena_text(&cli->arena, version->command, err),
        .summary = arena_text(&cli->arena, version->summary, err)};
    add_counts(line, version);
    return line->command && line->summary;
}

/* *full: there are lines enough. */
static bool take_version(struct cli *cli, struct log *log,
                         const struct version *version, bool *full,
                         struct error *err)
{
    struct log_line *line = log->count ? &log->lines[log->count - 1] : NULL;

    if (line && goes_on(log, line, version)) {
        extend_line(line, version);
        return true;
    }
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
    struct answer answer;

    if (!line->answers || !read_answer(line->summary, &answer))
        return line->summary;
    return arena_format(&cli->arena, err, "%.*s%lld %.*ss", (int)answer.stem,
                        line->summary, (long long)line->answers,
                        (int)answer.length, answer.what);
}
