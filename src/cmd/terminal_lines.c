/* Wrapping, columns and pages. */
#include "terminal_lines.h"

#include "datebook/table.h"

/* One character as a text of its own, and its size in bytes. */
static size_t character_at(const char *at, char one[5])
{
    size_t size = 1;

    one[0] = *at;
    while (size < 4 && ((unsigned char)at[size] & 0xC0) == 0x80) {
        one[size] = at[size];
        size++;
    }
    one[size] = '\0';
    return size;
}

static bool is_style(char c)
{
    return c >= *STYLE_MARK && c <= *STYLE_PLAIN;
}

static int width_of(const char *one)
{
    return is_style(*one) ? 0 : text_width(one);
}

int styled_width(const char *text)
{
    char one[5];
    int width = 0;

    while (*text) {
        text += character_at(text, one);
        width += width_of(one);
    }
    return width;
}

/* ---- Wrapping ---- */

struct wrapping {
    struct buf *out;
    int width;
    int indent;
    int column;
    bool fresh;    /* nothing is in the line but its indent */
    char style[2]; /* that goes on; "" for none */
};

static void break_line(struct wrapping *wrapping)
{
    if (*wrapping->style)
        buf_text(wrapping->out, STYLE_PLAIN);
    buf_char(wrapping->out, '\n');
    for (int i = 0; i < wrapping->indent; i++)
        buf_char(wrapping->out, ' ');
    buf_text(wrapping->out, wrapping->style);
    wrapping->column = wrapping->indent;
    wrapping->fresh = true;
}

static void put_character(struct wrapping *wrapping, const char *one)
{
    int width = width_of(one);

    if (is_style(*one))
        wrapping->style[0] = *one == *STYLE_PLAIN ? '\0' : *one;
    else if (!wrapping->fresh && wrapping->column + width > wrapping->width)
        break_line(wrapping);
    buf_text(wrapping->out, one);
    wrapping->column += width;
    wrapping->fresh = wrapping->fresh && !width;
}

/* Columns up to the next space or the end. */
static int word_width(const char *text)
{
    char one[5];
    int width = 0;

    while (*text && *text != ' ' && *text != '\n') {
        text += character_at(text, one);
        width += width_of(one);
    }
    return width;
}

static void put_space(struct wrapping *wrapping, const char *rest)
{
    int next = word_width(rest);

    if (wrapping->column + 1 + next <= wrapping->width ||
        next > wrapping->width - wrapping->indent) {
        put_character(wrapping, " ");
        return;
    }
    break_line(wrapping);
}

void wrap_text(struct buf *out, const char *text, int width, int indent)
{
    struct wrapping wrapping = {.out = out,
                                .width = width < 1 ? 1 : width,
                                .indent = indent < width ? indent : 0,
                                .fresh = true};
    char one[5];

    while (*text) {
        size_t size = character_at(text, one);
        text += size;
        if (*one == '\n' && *text)
            break_line(&wrapping);
        else if (*one == ' ')
            put_space(&wrapping, text);
        else if (*one != '\n')
            put_character(&wrapping, one);
    }
    if (*wrapping.style)
        buf_text(out, STYLE_PLAIN);
    buf_char(out, '\n');
}

/* ---- Columns ---- */

/* The next line of a text without its newline, and what is behind it. */
static const char *take_line(struct buf *line, const char *text)
{
    const char *end = text + strcspn(text, "\n");

    buf_clear(line);
    buf_add(line, text, (size_t)(end - text));
    return *end ? end + 1 : end;
}

void put_beside(struct buf *out, const char *left, int width, const char *right)
{
    struct buf line = BUF_EMPTY;

    while (*left || *right) {
        left = take_line(&line, left);
        buf_text(out, buf_string(&line));
        for (int used = styled_width(buf_string(&line)); used <= width; used++)
            buf_char(out, ' ');
        right = take_line(&line, right);
        buf_text(out, line.length ? "│ " : "│");
        buf_text(out, buf_string(&line));
        buf_char(out, '\n');
    }
    buf_inherit(out, &line);
    buf_free(&line);
}

/* ---- Pages ---- */

int count_lines(const char *text)
{
    int count = 0;

    while (*text) {
        text += strcspn(text, "\n");
        text += *text == '\n';
        count++;
    }
    return count;
}

void put_lines(struct buf *out, const char *text, int first, int count)
{
    struct buf line = BUF_EMPTY;

    for (int number = 0; *text && number < first + count; number++) {
        text = take_line(&line, text);
        if (number < first)
            continue;
        buf_text(out, buf_string(&line));
        buf_char(out, '\n');
    }
    buf_inherit(out, &line);
    buf_free(&line);
}

void page_next(struct page *page)
{
    page->first += page->lines;
    if (page->first >= page->total)
        page->first = 0;
}

void page_back(struct page *page)
{
    page->first -= page->lines;
    if (page->first < 0)
        page->first = 0;
}
