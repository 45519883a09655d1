/* Text that comes from data, made harmless in Markdown and YAML, and what card
 * and Croissant both say of an export. */
#include "src/export/card.h"

#include "datebook/table.h"

#include <string.h>

/* Whatever starts or ends something within a line of Markdown, also in the
 * dialects that know tables, formulas and strike-through.  What only means
 * something at the start of a line is left alone: no line of the card starts
 * with data. */
#define MARKS "\\`*_[]<>#|~&$"

void card_text(struct buf *out, const char *text)
{
    struct buf line = BUF_EMPTY;

    terminal_text(&line, text);
    for (const char *c = buf_string(&line); *c; c++) {
        if (strchr(MARKS, *c))
            buf_char(out, '\\');
        buf_char(out, *c);
    }
    buf_inherit(out, &line);
    buf_free(&line);
}

static size_t longest_run(const char *text, char of)
{
    size_t longest = 0;

    for (size_t run = 0; *text; text++) {
        run = *text == of ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    return longest;
}

/* The fence is longer than any run of backticks within; the spaces keep one at
 * the edge apart from it, and are not part of the text. */
void card_code(struct buf *out, const char *text)
{
    struct buf line = BUF_EMPTY;
    size_t ticks;
    const char *space;

    terminal_text(&line, text);
    ticks = longest_run(buf_string(&line), '`') + 1;
    space = ticks > 1 || *buf_string(&line) == ' ' ? " " : "";
    for (size_t i = 0; i < ticks; i++)
        buf_char(out, '`');
    buf_text(out, space);
    buf_add(out, buf_string(&line), line.length);
    buf_text(out, space);
    for (size_t i = 0; i < ticks; i++)
        buf_char(out, '`');
    buf_inherit(out, &line);
    buf_free(&line);
}

/* Characters that JSON leaves as they are and YAML does not: DEL and C1
 * controls, the line and paragraph separators, which YAML 1.1 takes for line
 * breaks, the byte order mark, and U+FFFE and U+FFFF.  Of valid UTF-8; 0 for
 * any other character, else its bytes. */
static size_t unsafe_in_yaml(const char *at, unsigned *code)
{
    const unsigned char *c = (const unsigned char *)at;

    *code = c[0];
    if (c[0] == 0x7F)
        return 1;
    if (c[0] == 0xC2 && c[1] < 0xA0) {
        *code = c[1];
        return 2;
    }
    if (c[0] != 0xE2 && c[0] != 0xEF)
        return 0;
    *code = (c[0] & 0x0FU) << 12 | (c[1] & 0x3FU) << 6 | (c[2] & 0x3FU);
    return *code == 0x2028 || *code == 0x2029 || *code == 0xFEFF ||
                   *code >= 0xFFFE
               ? 3
               : 0;
}

/* A string of JSON is one of YAML 1.2 but for those. */
void card_yaml(struct buf *out, const char *text)
{
    struct buf json = BUF_EMPTY;
    const char *c;
    unsigned code;

    buf_json(&json, text);
    c = buf_string(&json);
    while (*c) {
        size_t size = unsafe_in_yaml(c, &code);
        if (size)
            buf_format(out, "\\u%04X", code);
        else
            buf_char(out, *c);
        c += size ? size : 1;
    }
    buf_inherit(out, &json);
    buf_free(&json);
}

/* ---- What both say ---- */

int64_t summary_meetings(const struct export_summary *summary)
{
    int64_t meetings = 0;

    for (int part = 0; part < PARTS; part++)
        meetings += summary->parts[part].meetings;
    return meetings;
}

size_t summary_personas(const struct export_summary *summary)
{
    const struct division *division = summary->request->division;

    return division->train_count + division->held_out_count;
}

const char *split_word(enum part part)
{
    return part == PART_HELD_OUT ? "test" : part_name(part);
}

/* The last file with rows of a part, of PARTS of any; its name and its number
 * of shards stand for all. */
static const struct export_file *file_of(const struct export_summary *summary,
                                         size_t shape, enum part part)
{
    const struct export_file *found = NULL;

    for (size_t i = 0; i < summary->file_count; i++) {
        const struct export_file *file = &summary->files[i];
        if (file->shape == shape && file->rows &&
            (part == PARTS || file->part == part))
            found = file;
    }
    return found;
}

bool summary_path(const struct export_summary *summary, size_t shape,
                  enum part part, struct buf *out)
{
    const struct export_file *file = file_of(summary, shape, part);
    const char *base;
    const char *slash;

    if (!file)
        return false;
    slash = strrchr(file->name, '/');
    base = slash ? slash + 1 : file->name;
    if (part != PARTS && file->shards < 2) {
        buf_text(out, file->name);
        return true;
    }
    buf_add(out, file->name, (size_t)(base - file->name));
    if (part != PARTS) {
        buf_text(out, part_name(part));
        buf_char(out, '-');
    }
    buf_char(out, '*');
    buf_text(out, base + strcspn(base, "."));
    return true;
}

enum part summary_side(const struct export_summary *summary, const char *id)
{
    const struct division *division = summary->request->division;

    for (size_t i = 0; i < division->held_out_count; i++)
        if (!strcmp(division->held_out[i].id, id))
            return PART_HELD_OUT;
    return PART_TRAIN;
}

void summary_origins(const struct export_summary *summary,
                     void (*add_name)(struct buf *out, const char *name),
                     struct buf *out)
{
    for (size_t i = 0; i < summary->origin_count; i++) {
        const struct export_origin *origin = &summary->origins[i];
        buf_text(out, i ? ", " : "");
        if (origin->model) {
            buf_text(out, "the model ");
            add_name(out, origin->model);
        } else {
            buf_text(out, "the offline generator");
        }
        buf_text(out, " (");
        text_number(out, origin->meetings);
        buf_text(out, origin->meetings == 1 ? " meeting)" : " meetings)");
    }
}

void add_hex(struct buf *out, const unsigned char hash[32])
{
    char hex[HASH_HEX_SIZE];

    hash_hex(hash, hex);
    buf_text(out, hex);
}

void add_day(struct buf *out, const struct version *version)
{
    char stamp[STAMP_SIZE];

    civil_format_stamp(version->started, stamp);
    buf_add(out, stamp, DATE_SIZE - 1);
}
