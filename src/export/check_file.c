/* One file of an export folder: read once, hashed, counted, and each line held
 * against the split. */
#include "check.h"
#include "line_persona.h"

#include "datebook/line_reader.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LINE_LIMIT = 16 << 20 };

struct reading {
    struct export_checker *checker;
    const struct named_file *file;
    const char *path;
    bool train; /* else held out */
    int64_t records;
    bool quoted; /* a value of comma-separated ones goes on in the next line */
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

static struct split_persona *find(struct reading *reading, const char *id,
                                  size_t length)
{
    size_t low = 0;
    size_t high = reading->checker->persona_count;

    if (reading->last && !compare(id, length, reading->last))
        return reading->last;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(id, length, &reading->checker->personas[middle]);
        if (!order)
            return reading->last = &reading->checker->personas[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Remembers a line whose persona cannot be told. */
static bool note_unreadable(struct reading *reading, struct error *err)
{
    if (err->code != ERROR_INPUT)
        return false;
    if (!reading->unreadable++)
        reading->reason =
            arena_text(reading->checker->arena, err->message, err);
    return reading->reason != NULL;
}

static bool find_persona(struct reading *reading, const char *line,
                         size_t length, int64_t number, const char **id,
                         size_t *id_length, struct error *err)
{
    char source[4200];

    snprintf(source, sizeof source, "%s:%lld", reading->path,
             (long long)number);
    arena_reset(&reading->arena);
    if (reading->file->records == RECORDS_JSON)
        return line_persona(&reading->arena, line, length, source, id,
                            id_length, err);
    return csv_line_persona(line, length, id, id_length) ||
           error_set(err, ERROR_INPUT, "%s: the line names no persona", source);
}

/* Whether a line begins a record.  Of comma-separated values one with an odd
 * number of quotes ends within a value, or begins there. */
static bool begins_record(struct reading *reading, const char *line,
                          size_t length)
{
    bool begins = !reading->quoted;

    if (reading->file->records == RECORDS_CSV)
        for (size_t i = 0; i < length; i++)
            reading->quoted ^= line[i] == '"';
    reading->records += begins;
    /* The header is none. */
    return begins &&
           (reading->file->records == RECORDS_JSON ||
            (reading->file->records == RECORDS_CSV && reading->records > 1));
}

static bool check_line(struct reading *reading, const char *line, size_t length,
                       int64_t number, struct error *err)
{
    struct split_persona *persona;
    const char *id;
    size_t id_length;
    if (!find_persona(reading, line, length, number, &id, &id_length, err))
        return note_unreadable(reading, err);
    persona = find(reading, id, id_length);
    if (!persona) {
        if (reading->unknown++)
            return true;
        reading->first_line = number;
        reading->example =
            arena_bytes(reading->checker->arena, id, id_length, err);
        return reading->example != NULL;
    }
    if ((reading->train ? persona->trains : persona->held_out) &&
        !(reading->train && persona->held_out))
        return true;
    if (!persona->misplaced++)
        persona->first_line = number;
    return true;
}

static bool read_lines(struct reading *reading, struct line_reader *reader,
                       struct error *err)
{
    struct export_checker *checker = reading->checker;
    const char *line;
    size_t length;
    int64_t number = 0;
    bool more;

    for (;;) {
        if (!line_reader_next(reader, &line, &length, &more, err))
            return false;
        if (!more)
            return true;
        number++;
        if (begins_record(reading, line, length) &&
            !check_line(reading, line, length, number, err))
            return false;
        if (!monitor_tick(checker->monitor, "lines", ++checker->lines, 0, err))
            return false;
    }
}

/* ---- What was found ---- */

static bool report_rows(struct reading *reading, int64_t lines, bool ended,
                        struct error *err)
{
    const struct named_file *file = reading->file;
    struct export_checker *checker = reading->checker;
    int64_t rows = lines;

    if (file->rows < 0)
        return true;
    if (file->records == RECORDS_CSV)
        rows = reading->records ? reading->records - 1 : 0;
    checker->result->files++;
    checker->result->rows += rows;
    if ((!ended || reading->quoted) &&
        !export_finding(checker, err,
                        "%s is cut off in its last line; " EXPORT_AGAIN,
                        reading->path))
        return false;
    return rows == file->rows ||
           export_finding(
               checker, err,
               "%s has %lld rows, its manifest says %lld; " EXPORT_AGAIN,
               reading->path, (long long)rows, (long long)file->rows);
}

static bool report_bytes(struct reading *reading,
                         const struct file_totals *totals, struct error *err)
{
    const struct named_file *file = reading->file;

    if (totals->bytes != file->bytes)
        return export_finding(reading->checker, err,
                              "%s has %lld bytes, its manifest says "
                              "%lld; " EXPORT_AGAIN,
                              reading->path, (long long)totals->bytes,
                              (long long)file->bytes);
    if (!strcmp(totals->hash, file->hash))
        return true;
    return export_finding(reading->checker, err,
                          "%s was changed: its %s is not the one in its "
                          "manifest; " EXPORT_AGAIN,
                          reading->path, file->blake2b ? "BLAKE2b" : "SHA-256");
}

static bool report_misplaced(struct reading *reading, struct error *err)
{
    struct export_checker *checker = reading->checker;

    for (size_t i = 0; i < checker->persona_count; i++) {
        const struct split_persona *persona = &checker->personas[i];
        if (persona->misplaced &&
            !export_finding(checker, err,
                            "%s:%lld: the persona \"%s\" %s, and has %lld %s "
                            "here; do not %s this file: export again",
                            reading->path, (long long)persona->first_line,
                            persona->id,
                            reading->train ? "is held out" : "trains",
                            (long long)persona->misplaced,
                            persona->misplaced == 1 ? "line" : "lines",
                            reading->train ? "train on" : "evaluate with"))
            return false;
    }
    return true;
}

static bool report_lines(struct reading *reading, struct error *err)
{
    struct export_checker *checker = reading->checker;

    if (!report_misplaced(reading, err))
        return false;
    if (reading->unknown &&
        !export_finding(checker, err,
                        "%s:%lld: the persona \"%s\" is in neither half of the "
                        "split (such lines: %lld); " EXPORT_AGAIN,
                        reading->path, (long long)reading->first_line,
                        reading->example, (long long)reading->unknown))
        return false;
    return !reading->unreadable ||
           export_finding(checker, err, "%s (such lines: %lld); " EXPORT_AGAIN,
                          reading->reason, (long long)reading->unreadable);
}

static bool check_opened(struct reading *reading, struct line_reader *reader,
                         struct error *err)
{
    struct export_checker *checker = reading->checker;
    struct file_totals totals;
    bool ended;

    for (size_t i = 0; i < checker->persona_count; i++)
        checker->personas[i].misplaced = 0;
    if (!read_lines(reading, reader, err))
        return err->code == ERROR_INPUT &&
               export_finding(checker, err, "%s; " EXPORT_AGAIN, err->message);
    line_reader_totals(reader, &totals, &ended);
    return report_rows(reading, totals.lines, ended, err) &&
           report_bytes(reading, &totals, err) && report_lines(reading, err);
}

/* A folder in the folder that is a link leads out of it. */
static bool is_below(const struct export_checker *checker, const char *name)
{
    char path[4200];
    struct stat info;

    for (const char *slash = strchr(name, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        snprintf(path, sizeof path, "%s/%.*s", checker->folder,
                 (int)(slash - name), name);
        if (!lstat(path, &info) && !S_ISDIR(info.st_mode))
            return false;
    }
    return true;
}

static struct line_reader *open_file(const struct reading *reading,
                                     struct error *err)
{
    struct arena *arena = reading->checker->arena;
    const struct named_file *file = reading->file;

    if (!is_below(reading->checker, file->name)) {
        error_set(err, ERROR_INPUT, "%s is behind a link", reading->path);
        return NULL;
    }
    if (file->blake2b)
        return line_reader_open(arena, reading->path, LINE_LIMIT, err);
    return line_reader_open_export(
        arena, reading->path, LINE_LIMIT,
        file->rows < 0 ? COMPRESS_NONE : compression_of_file(file->name), err);
}

bool check_named_file(struct export_checker *checker,
                      const struct named_file *file, struct error *err)
{
    struct reading reading = {
        .checker = checker, .file = file, .train = file->part != PART_HELD_OUT};
    struct line_reader *reader;
    bool ok;

    reading.path =
        arena_format(checker->arena, err, "%s/%s", checker->folder, file->name);
    if (!reading.path)
        return false;
    reader = open_file(&reading, err);
    if (!reader)
        return err->code == ERROR_INPUT &&
               export_finding(checker, err, "%s; " EXPORT_AGAIN, err->message);
    ok = check_opened(&reading, reader, err);
    line_reader_close(reader);
    arena_free(&reading.arena);
    return ok;
}
