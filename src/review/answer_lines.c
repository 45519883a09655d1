/* Reading a file of answers: every line, or all up to too many problems. */
#include "answer_internal.h"

#include "datebook/line_reader.h"
#include "datebook/list.h"

#include <string.h>
#include <unistd.h>

bool answer_problem_add(struct answer_file *file, struct arena *arena,
                        int64_t line, struct error *err)
{
    size_t at = file->problem_count;
    const char *text;

    if (err->code != ERROR_INPUT)
        return false;
    text = arena_format(arena, err, "%s%s%s", err->message,
                        *err->hint ? "; " : "", err->hint);
    if (!text)
        return false;
    /* By line, whatever order they are found in. */
    for (; at > 0 && file->problems[at - 1].line > line; at--)
        file->problems[at] = file->problems[at - 1];
    file->problems[at] = (struct answer_problem){line, text};
    file->problem_count++;
    return true;
}

static bool is_blank(const char *line, size_t length)
{
    while (length && line[length - 1] && strchr(" \t\r", line[length - 1]))
        length--;
    return !length;
}

/* The lines of a file on their way into it. */
struct intake {
    struct arena *arena;
    struct arena scratch;
    struct line_reader *reader;
    struct answer_file *file;
    int64_t line;
};

static bool take_line(struct intake *intake, const char *text, size_t length,
                      struct error *err)
{
    struct answer_file *file = intake->file;
    struct answer_line answer;

    if (is_blank(text, length))
        return true;
    if (!answer_line_read(intake->arena, &intake->scratch, text, length,
                          &answer, err))
        return answer_problem_add(file, intake->arena, intake->line, err);
    answer.line = intake->line;
    if (!list_grow(intake->arena, &file->answers, file->count,
                   sizeof *file->answers, err))
        return false;
    file->answers[file->count++] = answer;
    return true;
}

static bool take_lines(struct intake *intake, struct error *err)
{
    const char *text;
    size_t length;
    bool more = true;

    while (!answer_file_is_full(intake->file)) {
        if (!line_reader_next(intake->reader, &text, &length, &more, err))
            return false;
        if (!more)
            break;
        intake->line++;
        if (!take_line(intake, text, length, err))
            return false;
    }
    if (intake->file->count || intake->file->problem_count)
        return true;
    return error_set(err, ERROR_INPUT, "%s holds no answer",
                     intake->file->name);
}

/* A pipe or a link is read where the shell opens it. */
static struct line_reader *open_file(struct arena *arena, const char *path,
                                     struct error *err)
{
    struct line_reader *reader =
        line_reader_open(arena, path, ANSWER_LINE_BYTES, err);

    if (!reader && err->code == ERROR_INPUT && !access(path, R_OK) &&
        !file_is_folder(path))
        error_hint(err, "`datebook review record - < %s` takes what is in it",
                   path);
    return reader;
}

bool answer_file_read(struct arena *arena, const char *path,
                      struct answer_file *file, struct error *err)
{
    bool standard = !strcmp(path, "-");
    struct intake intake = {.arena = arena, .file = file};
    bool ok;

    *file = (struct answer_file){.name = standard ? "standard input" : path};
    intake.reader = standard ? line_reader_of(arena, STDIN_FILENO, file->name,
                                              ANSWER_LINE_BYTES, err)
                             : open_file(arena, path, err);
    ok = intake.reader && take_lines(&intake, err);
    line_reader_close(intake.reader);
    arena_free(&intake.scratch);
    return ok;
}
