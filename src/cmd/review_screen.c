/* Drawing the screen of a review. */
#include "review_screen.h"

#include "datebook/table.h"

enum {
    TWO_COLUMNS = 100, /* from this width on */
    NARROW = 60,
    ROOMY = 16 /* rows from which on a blank line is no waste */
};

/* ---- What is judged ---- */

bool review_case_find(struct arena *arena, struct store *store, int64_t version,
                      const struct review_item *item, struct review_case *found,
                      struct error *err)
{
    const struct stored_meeting *meeting = &found->file.meeting;
    const cJSON *document;

    *found = (struct review_case){.event = {.etag = NULL}};
    if (!case_find(arena, store, version, item->key, item->meeting,
                   &found->file, err))
        return false;
    document = json_parse(arena, meeting->document, meeting->document_length,
                          item->meeting, err);
    return document && (graph_read_event(arena, document, &found->event, err) ||
                        error_context(err, "%.200s", item->meeting));
}

void review_case_close(struct review_case *found)
{
    case_close(&found->file);
}

bool review_case_reasons(struct arena *arena, const struct review_case *found,
                         const char *const **reasons, size_t *count,
                         struct error *err)
{
    const struct case_file *file = &found->file;
    const char **list = arena_zero(arena, file->cited_count, sizeof *list, err);

    if (!list)
        return false;
    for (size_t i = 0; i < file->cited_count; i++)
        list[i] = file->cited[i].reason;
    *reasons = list;
    *count = file->cited_count;
    return true;
}

/* ---- The body ---- */

struct body {
    struct buf *out;
    const struct review_view *view;
    const struct answer *answer;
    bool shown; /* the label */
    bool styled;
};

static void put_invited(const struct body *body, struct buf *out, int width)
{
    const struct case_file *file = &body->view->judged->file;
    struct found_words found = {file->matches, file->match_count};

    if (!body->shown)
        found.count = 0;
    put_invitation(out, &body->view->judged->event, &file->facts, &found, width,
                   body->styled);
}

/* "Sales Manager - Pipeline Juggler (Manager, Sales), tier 1" */
static void put_persona(const struct body *body, struct buf *out, int width)
{
    const struct persona *persona =
        oracle_persona(body->view->judged->file.oracle);
    struct buf line = BUF_EMPTY;

    buf_text(&line, STYLE_STRONG);
    terminal_text(&line, persona->name);
    buf_text(&line, STYLE_PLAIN);
    if (*persona->level || *persona->function) {
        buf_text(&line, " (");
        terminal_text(&line, persona->level);
        buf_text(&line, *persona->level && *persona->function ? ", " : "");
        terminal_text(&line, persona->function);
        buf_char(&line, ')');
    }
    buf_format(&line, ", tier %d", persona->tier);
    wrap_text(out, buf_string(&line), width, 2);
    buf_inherit(out, &line);
    buf_free(&line);
}

/* The parts that rules had in the label; a rule that the document does not have
 * any more is only in its reasons. */
static void put_rule_list(const struct body *body, struct buf *out, int width)
{
    const struct case_file *file = &body->view->judged->file;
    const struct persona *persona = oracle_persona(file->oracle);
    enum rule_part *parts = NULL;
    struct arena arena = ARENA_EMPTY;
    struct error err;

    if (body->shown) {
        parts = arena_zero(&arena, persona->rule_count, sizeof *parts, &err);
        out->failed = out->failed || !parts;
    }
    for (size_t i = 0; parts && i < file->cited_count; i++)
        if (file->cited[i].rule < persona->rule_count)
            parts[file->cited[i].rule] =
                file->cited[i].decided ? RULE_DECIDED : RULE_OVERRULED;
    put_rules(out, persona, oracle_rules(file->oracle), parts, width);
    arena_free(&arena);
}

/* Rules that fired and are in no reasoning: those that decided the RSVP, or
 * those that were overruled. */
static void put_silent(const struct body *body, struct buf *out, bool decided,
                       int width)
{
    const struct case_file *file = &body->view->judged->file;
    struct buf text = BUF_EMPTY;

    for (size_t i = 0; i < file->cited_count; i++) {
        const struct cited *cited = &file->cited[i];
        if (cited->decided != decided ||
            (decided && rules_gives_reason(cited->kind)))
            continue;
        buf_text(&text, text.length ? "; " : "");
        terminal_text(&text, cited->reason);
    }
    put_field(out, decided ? "RSVP by" : "Overruled", &text, width);
    buf_free(&text);
}

/* The label, why it is so, and what fired besides. */
static void put_label(const struct body *body, struct buf *out, int width)
{
    const struct case_file *file = &body->view->judged->file;
    struct buf text = BUF_EMPTY;

    if (!body->shown) {
        buf_text(&text, "hidden until you have answered");
        put_field(out, "Label", &text, width);
        buf_free(&text);
        return;
    }
    buf_text(&text, STYLE_STRONG);
    put_values(&text, &body->answer->terms.label);
    buf_text(&text, STYLE_PLAIN);
    put_field(out, "Label", &text, width);
    buf_clear(&text);
    terminal_text(&text, buf_string(&file->reasoning));
    put_field(out, "Because", &text, width);
    buf_clear(&text);
    put_silent(body, out, true, width);
    put_silent(body, out, false, width);
    buf_text(&text, file->fresh ? ""
                                : "the rules were edited since: shown are "
                                  "those that made the label");
    put_field(out, "Stale", &text, width);
    buf_free(&text);
}

static void put_columns(const struct body *body, int columns)
{
    int left = (columns - BESIDE_GAP) * 11 / 20;
    int right = columns - BESIDE_GAP - left;
    struct buf meeting = BUF_EMPTY;
    struct buf rules = BUF_EMPTY;

    put_invited(body, &meeting, left);
    buf_char(&meeting, '\n');
    put_label(body, &meeting, left);
    put_persona(body, &rules, right);
    put_rule_list(body, &rules, right);
    put_beside(body->out, buf_string(&meeting), left, buf_string(&rules));
    buf_inherit(body->out, &meeting);
    buf_inherit(body->out, &rules);
    buf_free(&meeting);
    buf_free(&rules);
}

static void put_one_column(const struct body *body, int columns)
{
    put_invited(body, body->out, columns);
    buf_char(body->out, '\n');
    put_label(body, body->out, columns);
    buf_char(body->out, '\n');
    put_persona(body, body->out, columns);
    put_rule_list(body, body->out, columns);
}

static void put_wrapped(struct buf *out, const char *lines, int width,
                        int indent)
{
    struct buf line = BUF_EMPTY;

    while (*lines) {
        size_t length = strcspn(lines, "\n");
        buf_clear(&line);
        buf_add(&line, lines, length);
        wrap_text(out, buf_string(&line), width, indent);
        lines += length + (lines[length] == '\n');
    }
    buf_inherit(out, &line);
    buf_free(&line);
}

static void put_help(const struct body *body, int columns)
{
    struct buf keys = BUF_EMPTY;

    answer_keys(body->answer, &keys);
    put_wrapped(body->out, buf_string(&keys), columns, columns >= 40 ? 11 : 2);
    buf_inherit(body->out, &keys);
    buf_free(&keys);
}

static void put_body(const struct body *body, int columns)
{
    struct buf choices = BUF_EMPTY;

    if (body->view->helping) {
        put_help(body, columns);
        return;
    }
    answer_choices(body->answer, &choices);
    if (choices.length) {
        put_wrapped(body->out, buf_string(&choices), columns, 3);
        buf_char(body->out, '\n');
    }
    buf_inherit(body->out, &choices);
    buf_free(&choices);
    if (body->view->above) {
        put_wrapped(body->out, body->view->above, columns, 2);
        buf_char(body->out, '\n');
    }
    if (columns >= TWO_COLUMNS)
        put_columns(body, columns);
    else
        put_one_column(body, columns);
}

/* ---- Below and above the body ---- */

/* What is said and asked, in lines; without the newline behind the last. */
static void put_foot(struct buf *out, const struct review_view *view,
                     const struct answer *answer, int columns)
{
    struct buf text = BUF_EMPTY;

    if (view->notice) {
        terminal_text(&text, view->notice);
        buf_char(&text, '\n');
    }
    if (answer->remark)
        buf_format(&text, "%s\n", answer->remark);
    if (*answer->note && !answer->noting) {
        buf_text(&text, "Note: ");
        terminal_text(&text, answer->note);
        buf_char(&text, '\n');
    }
    if (view->helping)
        buf_text(&text, "Any key goes back");
    else
        answer_prompt(answer, &text);
    buf_char(&text, ' ');
    wrap_text(out, buf_string(&text), columns, 0);
    buf_inherit(out, &text);
    buf_free(&text);
}

/* The title, and which page of how many is shown. */
static void put_head(struct buf *out, const char *title, int columns,
                     const struct page *page)
{
    struct buf right = BUF_EMPTY;
    struct buf left = BUF_EMPTY;
    int used;

    if (page->total > page->lines)
        buf_format(&right,
                   columns < NARROW ? " %d/%d space" : " page %d of %d: space",
                   (page->first + page->lines - 1) / page->lines + 1,
                   (page->total + page->lines - 1) / page->lines);
    terminal_text(&left, title);
    buf_text(out, STYLE_STRONG);
    used = text_cut(out, buf_string(&left),
                    columns - text_width(buf_string(&right)));
    buf_text(out, STYLE_PLAIN);
    for (int i = used + text_width(buf_string(&right));
         right.length && i < columns; i++)
        buf_char(out, ' ');
    buf_format(out, "%s\n", buf_string(&right));
    buf_inherit(out, &left);
    buf_inherit(out, &right);
    buf_free(&left);
    buf_free(&right);
}

void put_review_screen(struct buf *out, const struct review_view *view,
                       const struct answer *answer, const struct look *look,
                       struct page *page)
{
    struct buf text = BUF_EMPTY;
    struct buf foot = BUF_EMPTY;
    struct body body = {&text, view, answer, answer_shows_label(answer),
                        look->styled};
    int most = look->rows - 2; /* of the foot: a title and a line stay */
    int asked;

    put_body(&body, look->columns);
    put_foot(&foot, view, answer, look->columns);
    asked = count_lines(buf_string(&foot));
    page->total = count_lines(buf_string(&text));
    page->lines = look->rows - 1 - (asked < most ? asked : most);
    if (look->rows >= ROOMY && page->lines > 1)
        page->lines--;
    if (page->first >= page->total)
        page->first = 0;
    put_head(out, view->title, look->columns, page);
    put_lines(out, buf_string(&text), page->first, page->lines);
    if (look->rows >= ROOMY || page->total < page->lines)
        buf_char(out, '\n');
    put_lines(out, buf_string(&foot), asked > most ? asked - most : 0, most);
    if (out->length && !out->failed)
        out->data[--out->length] = '\0';
    buf_inherit(out, &text);
    buf_inherit(out, &foot);
    buf_free(&text);
    buf_free(&foot);
}
