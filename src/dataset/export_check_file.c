/* One file of an export folder: read once, hashed, counted, and each line held
 * against the split. */
#include "export_check.h"
#include "line_persona.h"

#include "datebook/line_reader.h"

#include <string.h>

enum { LINE_LIMIT = 16 << 20 };

struct half {
    struct export_checker *checker;
    const char *path;
    bool train;          /* else held out */
    bool of_split;       /* else a file that is of neither half */
    struct arena arena;  /* of one line */
    int64_t unknown;     /* lines of personas that the split does not name */
    int64_t first_line;  /* of them */
    const char *example; /* the first of those personas */
    int64_t unreadable;  /* lines without a persona */
    const char *reason;  /* of the first of them */
    struct split_persona *last; /* lines of a persona stand together */
};

static int compare(const char *id, size_t length,
                   const struct split_persona *persona)
{
    size_t least = length < persona->length ? length : persona->length;
    int order = memcmp(id, persona->id, least);

    return order ? order : (length > least) - (persona->length > least);
}

static struct split_persona *find(struct half *half, const char *id,
                                  size_t length)
{
    size_t low = 0;
    size_t high = half->checker->persona_count;

    if (half->last && !compare(id, length, half->last))
        return half->last;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(id, length, &half->checker->personas[middle]);
        if (!order)
            return half->last = &half->checker->personas[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Remembers a line whose persona cannot be told. */
static bool note_unreadable(struct half *half, struct error *err)
{
    if (err->code != ERROR_INPUT)
        return false;
    if (!half->unreadable++)
        half->reason = arena_text(half->checker->arena, err->message, err);
    return half->reason != NULL;
}

static bool check_line(struct half *half, const char *line, size_t length,
                       int64_t number, struct error *err)
{
    struct split_persona *persona;
    const char *id;
    size_t id_length;
    char source[4200];

    snprintf(source, sizeof source, "%s:%lld", half->path, (long long)number);
    arena_reset(&half->arena);
    if (!line_persona(&half->arena, line, length, source, &id, &id_length, err))
        return note_unreadable(half, err);
    persona = find(half, id, id_length);
    if (!persona) {
        if (half->unknown++)
            return true;
        half->first_line = number;
        half->example = arena_bytes(half->checker->arena, id, id_length, err);
        return half->example != NULL;
    }
    if ((half->train ? persona->trains : persona->held_out) &&
        !(half->train && persona->held_out))
        return true;
    if (!persona->misplaced++)
        persona->first_line = number;
    return true;
}

static bool read_lines(struct half *half, struct line_reader *reader,
                       struct error *err)
{
    struct export_checker *checker = half->checker;
    const char *line;
    size_t length;
    int64_t number = 0;
    bool more;

    for (;;) {
        if (!line_reader_next(reader, &line, &length, &more, err))
            return false;
        if (!more)
            return true;
        if (half->of_split && !check_line(half, line, length, ++number, err))
            return false;
        if (!monitor_tick(checker->monitor, "lines", ++checker->lines, 0, err))
            return false;
    }
}

/* ---- What was found ---- */

static bool report_totals(struct half *half, const struct named_file *file,
                          const struct file_totals *totals, bool ended,
                          struct error *err)
{
    struct export_checker *checker = half->checker;

    if (!ended &&
        !export_finding(checker, err,
                        "%s is cut off in its last line; " EXPORT_AGAIN,
                        half->path))
        return false;
    if (totals->lines != file->rows &&
        !export_finding(
            checker, err,
            "%s has %lld rows, its manifest says %lld; " EXPORT_AGAIN,
            half->path, (long long)totals->lines, (long long)file->rows))
        return false;
    if (totals->bytes != file->bytes)
        return export_finding(checker, err,
                              "%s has %lld bytes, its manifest says "
                              "%lld; " EXPORT_AGAIN,
                              half->path, (long long)totals->bytes,
                              (long long)file->bytes);
    if (!strcmp(totals->hash, file->hash))
        return true;
    return export_finding(checker, err,
                          "%s was changed: its BLAKE2b is not the one in its "
                          "manifest; " EXPORT_AGAIN,
                          half->path);
}

static bool report_misplaced(struct half *half, struct error *err)
{
    struct export_checker *checker = half->checker;

    for (size_t i = 0; i < checker->persona_count; i++) {
        const struct split_persona *persona = &checker->personas[i];
        if (persona->misplaced &&
            !export_finding(checker, err,
                            "%s:%lld: the persona \"%s\" %s, and has %lld %s "
                            "here; do not %s this file: export again",
                            half->path, (long long)persona->first_line,
                            persona->id, half->train ? "is held out" : "trains",
                            (long long)persona->misplaced,
                            persona->misplaced == 1 ? "line" : "lines",
                            half->train ? "train on" : "evaluate with"))
            return false;
    }
    return true;
}

static bool report_half(struct half *half, struct error *err)
{
    struct export_checker *checker = half->checker;

    if (!report_misplaced(half, err))
        return false;
    if (half->unknown &&
        !export_finding(checker, err,
                        "%s:%lld: the persona \"%s\" is in neither half of the "
                        "split (such lines: %lld); " EXPORT_AGAIN,
                        half->path, (long long)half->first_line, half->example,
                        (long long)half->unknown))
        return false;
    return !half->unreadable ||
           export_finding(checker, err, "%s (such lines: %lld); " EXPORT_AGAIN,
                          half->reason, (long long)half->unreadable);
}

static bool check_opened(struct half *half, const struct named_file *file,
                         struct line_reader *reader, struct error *err)
{
    struct file_totals totals;
    bool ended;

    for (size_t i = 0; i < half->checker->persona_count; i++)
        half->checker->personas[i].misplaced = 0;
    if (!read_lines(half, reader, err))
        return err->code == ERROR_INPUT &&
               export_finding(half->checker, err, "%s; " EXPORT_AGAIN,
                              err->message);
    line_reader_totals(reader, &totals, &ended);
    half->checker->result->files++;
    half->checker->result->rows += totals.lines;
    return report_totals(half, file, &totals, ended, err) &&
           report_half(half, err);
}

bool check_named_file(struct export_checker *checker,
                      const struct named_file *file, struct error *err)
{
    bool train = !strcmp(file->name, "train.jsonl");
    struct half half = {.checker = checker, .train = train};
    struct line_reader *reader;
    bool ok;

    half.of_split = train || !strcmp(file->name, "heldout.jsonl");
    half.path =
        arena_format(checker->arena, err, "%s/%s", checker->folder, file->name);
    if (!half.path)
        return false;
    reader = line_reader_open(checker->arena, half.path, LINE_LIMIT, err);
    if (!reader)
        return err->code == ERROR_INPUT &&
               export_finding(checker, err, "%s; " EXPORT_AGAIN, err->message);
    ok = check_opened(&half, file, reader, err);
    line_reader_close(reader);
    arena_free(&half.arena);
    return ok;
}
