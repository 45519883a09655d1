/* Marks around words; what overlaps or touches is marked as one. */
#include "marks.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *text_name(enum rules_text which)
{
    static const char *const names[] = {"subject", "preview", "people"};

    return names[which];
}

void put_text_part(struct buf *out, enum rules_text which, const char *text,
                   size_t from, size_t to)
{
    struct buf part = BUF_EMPTY;

    for (size_t i = from; i < to; i++)
        if (which != TEXT_PEOPLE || text[i] != '\n')
            buf_char(&part, text[i]);
        else if (text[i + 1])
            buf_text(&part, ", ");
    terminal_text(out, buf_string(&part));
    buf_inherit(out, &part);
    buf_free(&part);
}

/* Where the marked words end that begin with a match. */
static size_t marked_end(enum rules_text which,
                         const struct rule_match *matches, size_t count,
                         size_t first)
{
    size_t end = matches[first].start + matches[first].length;

    for (size_t i = first + 1; i < count; i++) {
        if (matches[i].text != which || matches[i].start > end)
            continue;
        if (matches[i].start + matches[i].length > end)
            end = matches[i].start + matches[i].length;
    }
    return end;
}

void put_marked_text(struct buf *out, enum rules_text which, const char *text,
                     const struct rule_match *matches, size_t count)
{
    bool bold = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    size_t done = 0;

    for (size_t i = 0; i < count; i++) {
        if (matches[i].text != which || matches[i].start < done)
            continue;
        put_text_part(out, which, text, done, matches[i].start);
        done = marked_end(which, matches, count, i);
        buf_text(out, bold ? "\033[1;4m" : "[");
        put_text_part(out, which, text, matches[i].start, done);
        buf_text(out, bold ? "\033[0m" : "]");
    }
    put_text_part(out, which, text, done, strlen(text));
}
