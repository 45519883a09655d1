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

void put_marked_part(struct buf *out, enum rules_text which, const char *text,
                     size_t from, size_t to, const struct rule_match *matches,
                     size_t count, const struct mark_style *style)
{
    size_t done = from;

    for (size_t i = 0; i < count; i++) {
        const struct rule_match *match = &matches[i];
        size_t start = match->start < done ? done : match->start;
        size_t end = marked_end(which, matches, count, i);
        if (match->text != which || end <= done || start >= to)
            continue;
        if (end > to)
            end = to;
        put_text_part(out, which, text, done, start);
        buf_text(out, style->open);
        put_text_part(out, which, text, start, end);
        buf_text(out, style->close);
        done = end;
    }
    put_text_part(out, which, text, done, to);
}

void put_marked_text(struct buf *out, enum rules_text which, const char *text,
                     const struct rule_match *matches, size_t count)
{
    static const struct mark_style styles[] = {{"[", "]"},
                                               {"\033[1;4m", "\033[0m"}};
    bool bold = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");

    put_marked_part(out, which, text, 0, strlen(text), matches, count,
                    &styles[bold]);
}
