/* What an expert sees: the person, then one rule after the other. */
#include "persona_review.h"

#include <string.h>

enum { HANGING = 4 }; /* columns before what goes on in the next line */

static const char keys_help[] =
    "y        yes: there is such a person; this rule is right\n"
    "n        no\n"
    "o        a note, kept with your answer; an empty one takes it back\n"
    "s        skip: leave it as it is, and go on\n"
    "u        undo what you did last, or go back by one\n"
    "space    more of a long page\n"
    "q        quit; what you answered is kept\n";

/* A screen in the making. */
struct drawing {
    const struct expert_session *session;
    const struct persona_questions *questions;
    int columns;
    struct buf *out;
    struct buf line;
};

/* Ends a line that was put together, and wraps it. */
static void end_line(struct drawing *drawing)
{
    wrap_text(drawing->out, buf_string(&drawing->line), drawing->columns,
              HANGING);
    buf_inherit(drawing->out, &drawing->line);
    buf_clear(&drawing->line);
}

static void blank(struct drawing *drawing)
{
    buf_char(drawing->out, '\n');
}

/* "name: text", for what a document says; nothing when it says nothing. */
static void put_named(struct drawing *drawing, const char *name,
                      const char *text)
{
    if (!text || !*text)
        return;
    terminal_text(&drawing->line, name);
    buf_text(&drawing->line, ": ");
    terminal_text(&drawing->line, text);
    end_line(drawing);
}

/* ---- The person ---- */

static void put_heading(struct drawing *drawing)
{
    const struct persona *persona = drawing->questions->persona;

    buf_text(&drawing->line, STYLE_STRONG);
    terminal_text(&drawing->line, persona->name);
    buf_text(&drawing->line, STYLE_PLAIN);
    end_line(drawing);
    terminal_text(&drawing->line, persona->id);
    buf_format(&drawing->line, ", tier %d, role %s", persona->tier,
               persona->role == PERSONA_VALIDATION ? "validation" : "train");
    end_line(drawing);
}

/* All texts of an object, by the names that the document gives them. */
static void put_members(struct drawing *drawing, const cJSON *object)
{
    const cJSON *member;

    if (!cJSON_IsObject(object))
        return;
    cJSON_ArrayForEach (member, object) {
        put_named(drawing, member->string, cJSON_GetStringValue(member));
    }
}

static void put_calendar(struct drawing *drawing)
{
    const struct persona *persona = drawing->questions->persona;
    struct buf *line = &drawing->line;

    if (persona->weekly_minutes_high)
        buf_format(line, "calendar: %d to %d hours of meetings a week",
                   persona->weekly_minutes_low / 60,
                   persona->weekly_minutes_high / 60);
    for (size_t i = 0; i < persona->share_count; i++) {
        buf_text(line, i ? ", " : line->length ? "; " : "calendar: ");
        terminal_text(line, persona->shares[i].name);
        buf_format(line, " %d%%", persona->shares[i].percent);
    }
    if (line->length)
        end_line(drawing);
}

static void put_share(struct buf *line, const char *name, int64_t part,
                      const struct asked_labels *labels)
{
    text_percent(line, part, labels->all);
    buf_char(line, ' ');
    buf_text(line, name);
}

static void put_labels(struct drawing *drawing)
{
    const struct asked_labels *labels = &drawing->questions->labels;
    struct buf *line = &drawing->line;

    if (!labels->all) {
        buf_text(line, "meetings: none yet");
        end_line(drawing);
        return;
    }
    buf_text(line, "meetings: ");
    text_number(line, labels->all);
    buf_text(line, labels->fresh ? " labelled by the rules"
                                 : " labelled by the rules as they were");
    for (int i = IMPORTANCE_LEVELS; i-- > 0;) {
        buf_text(line, i == IMPORTANCE_CRITICAL ? ": " : ", ");
        put_share(line, importance_name((enum importance)i),
                  labels->importance[i], labels);
    }
    buf_text(line, "; ");
    put_share(line, "to prepare for", labels->prep, labels);
    for (int i = RSVP_ANSWERS; i-- > 0;) {
        buf_text(line, i == RSVP_ACCEPT ? "; " : ", ");
        put_share(line, rsvp_name((enum rsvp)i), labels->rsvp[i], labels);
    }
    end_line(drawing);
}

static void put_person(struct drawing *drawing)
{
    static const char *const prose[] = {"work_style", "career_stage",
                                        "stress_level", "notes"};
    const cJSON *tree = drawing->questions->persona->tree;

    put_heading(drawing);
    blank(drawing);
    put_members(drawing, json_member(tree, "demographics"));
    put_calendar(drawing);
    put_labels(drawing);
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++)
        put_named(drawing, prose[i], json_member_text(tree, prose[i]));
}

/* ---- A rule ---- */

static void put_decided(struct drawing *drawing,
                        const struct rule_question *question)
{
    const struct asked_labels *labels = &drawing->questions->labels;
    struct buf *line = &drawing->line;

    if (!labels->all) {
        buf_text(line, "there are no meetings that it could have decided");
    } else {
        buf_text(line, "decided ");
        text_number(line, question->decided);
        buf_text(line, " of ");
        text_number(line, labels->all);
        buf_text(line, labels->fresh ? " labels"
                                     : " labels, before the rules "
                                       "changed");
        buf_text(line, question->decided ? ", such as:" : "");
    }
    end_line(drawing);
    for (int i = 0; i < RULE_SUBJECTS && question->subjects[i]; i++) {
        buf_text(line, "  ");
        terminal_text(line, *question->subjects[i] ? question->subjects[i]
                                                   : "(no subject)");
        end_line(drawing);
    }
}

static void put_lines_about(struct drawing *drawing, const char *about)
{
    while (*about) {
        size_t length = strcspn(about, "\n");
        struct buf one = BUF_EMPTY;
        buf_add(&one, about, length);
        terminal_text(&drawing->line, buf_string(&one));
        end_line(drawing);
        buf_inherit(drawing->out, &one);
        buf_free(&one);
        about += length + (about[length] == '\n');
    }
}

static void put_rule(struct drawing *drawing, size_t place)
{
    const struct rule_question *question =
        &drawing->questions->rules[place - 1];

    terminal_text(&drawing->line, drawing->questions->persona->name);
    buf_format(&drawing->line, ": rule %zu of %zu", place,
               drawing->session->rules);
    end_line(drawing);
    blank(drawing);
    buf_text(&drawing->line, STYLE_STRONG);
    terminal_text(&drawing->line, question->rule);
    buf_text(&drawing->line, STYLE_PLAIN);
    end_line(drawing);
    put_lines_about(drawing, question->about);
    blank(drawing);
    put_decided(drawing, question);
}

/* ---- The end ---- */

void put_expert_progress(const struct expert_session *session, struct buf *out)
{
    size_t counts[SAYS_YES + 1] = {0};

    for (size_t i = 1; i <= session->rules; i++)
        counts[session->answers[i].verdict]++;
    buf_format(out, "%zu of %zu rules answered: %zu right, %zu wrong",
               counts[SAYS_YES] + counts[SAYS_NO], session->rules,
               counts[SAYS_YES], counts[SAYS_NO]);
}

static void put_end(struct drawing *drawing)
{
    terminal_text(&drawing->line, drawing->questions->persona->name);
    end_line(drawing);
    blank(drawing);
    put_expert_progress(drawing->session, &drawing->line);
    buf_char(&drawing->line, '.');
    end_line(drawing);
    if (expert_answered(drawing->session) < drawing->session->rules) {
        buf_text(&drawing->line,
                 "What you skipped is asked again the next time.");
        end_line(drawing);
    }
}

/* ---- The foot ---- */

/* A text that is not to push the question off the screen. */
static void put_cut(struct drawing *drawing, const char *before,
                    const char *text)
{
    struct buf safe = BUF_EMPTY;

    buf_text(&drawing->line, before);
    terminal_text(&safe, text);
    text_cut(&drawing->line, buf_string(&safe),
             drawing->columns - text_width(before));
    buf_inherit(drawing->out, &safe);
    buf_free(&safe);
    end_line(drawing);
}

static void put_answer(struct drawing *drawing)
{
    const struct expert_answer *given =
        &drawing->session->answers[drawing->session->place];
    bool yes = given->verdict == SAYS_YES;
    bool open = given->verdict == UNANSWERED;

    if (!open && drawing->session->place)
        put_cut(drawing, "your answer: ", yes ? "right" : "wrong");
    else if (!open)
        put_cut(drawing, "your answer: ", yes ? "exists" : "does not exist");
    if (*given->note)
        put_cut(drawing,
                open ? "your note, kept with an answer: " : "your note: ",
                given->note);
}

/* As much of the end of what is typed as fits. */
static void put_typed(struct drawing *drawing, const char *typed)
{
    static const char before[] = "note: ";
    struct buf safe = BUF_EMPTY;
    const char *at;

    terminal_text(&safe, typed);
    at = buf_string(&safe);
    while (*at && text_width(at) + (int)sizeof before > drawing->columns)
        do
            at++;
        while (((unsigned char)*at & 0xC0) == 0x80);
    buf_text(&drawing->line, "Enter keeps it, Escape leaves it as it was.");
    end_line(drawing);
    buf_text(&drawing->line, before);
    buf_text(&drawing->line, at);
    buf_inherit(drawing->out, &safe);
    buf_free(&safe);
    end_line(drawing);
}

static void put_question(struct drawing *drawing)
{
    const char *question = "Is this rule right? y n, or ? for the keys";

    if (expert_is_done(drawing->session))
        question = "q leaves, u goes back";
    else if (!drawing->session->place)
        question = "Is there such a person in your company? y n, or ? for the "
                   "keys";
    buf_text(&drawing->line, question);
    end_line(drawing);
}

/* What stays at the bottom. */
static void put_foot(struct drawing *drawing, const struct expert_view *view)
{
    const struct page *page = &view->page;
    int rest = page->total - page->first;

    blank(drawing);
    if (page->lines < page->total) {
        buf_format(&drawing->line, "(lines %d to %d of %d; space for more)",
                   page->first + 1,
                   page->first + (rest < page->lines ? rest : page->lines),
                   page->total);
        end_line(drawing);
    }
    if (*view->remark) {
        buf_text(&drawing->line, view->remark);
        end_line(drawing);
    }
    if (view->keys) {
        put_cut(drawing, "", "any key goes back");
        return;
    }
    if (!expert_is_done(drawing->session))
        put_answer(drawing);
    if (view->typed)
        put_typed(drawing, view->typed);
    else
        put_question(drawing);
}

static void put_body(struct drawing *drawing, const struct expert_view *view)
{
    size_t place = drawing->session->place;

    if (view->keys)
        buf_text(drawing->out, keys_help);
    else if (!place)
        put_person(drawing);
    else if (expert_is_done(drawing->session))
        put_end(drawing);
    else
        put_rule(drawing, place);
}

/* How much of the body fits above a foot, which takes one line more when that
 * is not all. */
static void fit(struct page *page, const struct look *look, int foot)
{
    page->lines = look->rows - foot;
    if (page->lines < page->total)
        page->lines--;
    if (page->lines < 1)
        page->lines = 1;
    if (page->first >= page->total)
        page->first = 0;
}

bool expert_draw(const struct expert_session *session,
                 const struct persona_questions *questions,
                 const struct look *look, struct expert_view *view,
                 struct buf *out, struct error *err)
{
    struct buf body = BUF_EMPTY;
    struct buf foot = BUF_EMPTY;
    struct drawing drawing = {.session = session,
                              .questions = questions,
                              .columns = look->columns - 1,
                              .out = &body};
    struct page *page = &view->page;

    put_body(&drawing, view);
    page->total = count_lines(buf_string(&body));
    page->lines = page->total;
    drawing.out = &foot;
    put_foot(&drawing, view);
    fit(page, look, count_lines(buf_string(&foot)));
    buf_clear(&foot);
    put_foot(&drawing, view);
    put_lines(out, buf_string(&body), page->first, page->lines);
    /* The cursor stays behind the last line. */
    if (foot.length)
        buf_add(out, foot.data, foot.length - 1);
    if (!view->typed)
        buf_char(out, ' ');
    buf_inherit(out, &body);
    buf_inherit(out, &foot);
    buf_free(&body);
    buf_free(&foot);
    buf_free(&drawing.line);
    return buf_ok(out, err);
}
