/* Rendering the prompt of a call: who the persona is, what is wanted, and in
 * which form.  The same call gives the same bytes on any machine. */
#include "src/llm/prompt_internal.h"

#include "datebook/utf16.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    PROSE_UNITS = 800, /* of one field of the persona */
    SHARES_MOST = 24,
    TAKEN_MOST = 40,
    /* Tokens of a reply: fixed, and for each brief.  A text of a language that
     * is written in other letters has up to a token a character. */
    REPLY_TOKENS = 200,
    TEXT_TOKENS = 160,
    FOREIGN_TOKENS = 400,
    WHOLE_TOKENS = 600
};

/* ---- The persona ---- */

/* Adds a text in one line, with single spaces. */
static void add_line(struct buf *buf, const char *text)
{
    size_t end = text_units_cut(text, PROSE_UNITS);
    bool space = false;
    bool started = false;

    for (size_t i = 0; i < end; i++) {
        if (isspace((unsigned char)text[i])) {
            space = true;
            continue;
        }
        if (space && started)
            buf_char(buf, ' ');
        buf_char(buf, text[i]);
        space = false;
        started = true;
    }
    if (text[end])
        buf_text(buf, " …");
}

static void add_fact(struct buf *buf, const char *label, const char *text)
{
    if (!text || !text[strspn(text, " \t\r\n")])
        return;
    if (buf->length)
        buf_char(buf, '\n');
    buf_format(buf, "%s: ", label);
    add_line(buf, text);
}

/* A member that is text, or a number as people may write for a team's size. */
static void add_member(struct buf *buf, const char *label, const cJSON *object,
                       const char *name)
{
    const cJSON *value = json_member(object, name);
    struct buf number = BUF_EMPTY;

    if (cJSON_IsNumber(value) && value->valuedouble >= 0 &&
        value->valuedouble < 1e9) {
        buf_int(&number, (int64_t)value->valuedouble);
        add_fact(buf, label, buf_string(&number));
        buf_inherit(buf, &number);
        buf_free(&number);
    } else if (cJSON_IsString(value)) {
        add_fact(buf, label, value->valuestring);
    }
}

static void add_hours(struct buf *buf, const struct persona *persona)
{
    int low = persona->weekly_minutes_low / 60;
    int high = (persona->weekly_minutes_high + 59) / 60;

    if (!high)
        return;
    if (low < high)
        buf_format(buf, "%d to %d hours of meetings", low, high);
    else
        buf_format(buf, "%d hours of meetings", high);
}

/* "A usual week: 26 to 30 hours of meetings: customer calls 32%, …" */
static void add_week(struct buf *buf, const struct persona *persona)
{
    size_t count =
        persona->share_count < SHARES_MOST ? persona->share_count : SHARES_MOST;
    struct buf week = BUF_EMPTY;

    add_hours(&week, persona);
    for (size_t i = 0; i < count; i++) {
        const char *name = persona->shares[i].name;
        buf_text(&week, i ? ", " : week.length ? ": " : "");
        for (; *name; name++)
            buf_char(&week, *name == '_' ? ' ' : *name);
        buf_format(&week, " %d%%", persona->shares[i].percent);
    }
    add_fact(buf, "A usual week", buf_string(&week));
    buf_inherit(buf, &week);
    buf_free(&week);
}

static void add_persona(struct buf *buf, const struct prompt_call *call)
{
    const struct persona *persona = call->persona;
    const cJSON *people = json_member(persona->tree, "demographics");

    add_fact(buf, "Name", call->own_name);
    add_fact(buf, "Role", persona->name);
    add_fact(buf, "Level", persona->level);
    add_fact(buf, "Function", persona->function);
    add_fact(buf, "Industry", persona->industry);
    add_fact(buf, "Kind of company", persona->company);
    add_fact(buf, "Name of the company", call->company);
    add_member(buf, "Time in the job", people, "tenure");
    add_member(buf, "Team", people, "team_size");
    add_member(buf, "Way of working", persona->tree, "work_style");
    add_member(buf, "Career", persona->tree, "career_stage");
    add_member(buf, "Stress", persona->tree, "stress_level");
    add_week(buf, persona);
}

/* ---- The call ---- */

static void add_briefs(struct buf *buf, const struct prompt_call *call)
{
    for (size_t i = 0; i < call->brief_count; i++) {
        if (i)
            buf_char(buf, '\n');
        brief_write(buf, &call->briefs[i]);
    }
}

static void add_kinds(struct buf *buf, const struct kinds *kinds)
{
    for (size_t i = 0; i < kinds->count; i++) {
        buf_text(buf, i ? "\n- " : "- ");
        buf_text(buf, kinds->items[i]);
    }
    if (!kinds->count)
        buf_text(buf, "Those of the briefs.");
}

/* What makes a later attempt another request: its number, that of its seed, and
 * the subjects that are taken, the latest of them. */
static void add_again(struct buf *buf, const struct prompt_call *call)
{
    size_t first =
        call->taken_count > TAKEN_MOST ? call->taken_count - TAKEN_MOST : 0;

    if (call->attempt > 0)
        buf_format(buf,
                   "Variation %d.%d: write other texts than come to mind "
                   "first.",
                   call->attempt, (int)(call->seed % 10000));
    if (!call->taken_count)
        return;
    buf_text(buf, call->attempt > 0 ? "\n\n" : "");
    buf_text(buf, "These subjects are taken. Write none that is nearly the "
                  "same as one of them:\n");
    for (size_t i = first; i < call->taken_count; i++) {
        buf_text(buf, "\n- ");
        add_line(buf, call->taken[i]);
    }
}

/* ---- Rendering ---- */

/* At most one empty line in a row, none at the ends: where a placeholder had
 * nothing to say, no hole is left. */
static void tidy(char *text)
{
    size_t kept = 0;
    size_t breaks = 0;

    for (const char *c = text; *c; c++) {
        if (*c == '\n') {
            breaks++;
            continue;
        }
        for (size_t i = 0; kept && i < breaks && i < 2; i++)
            text[kept++] = '\n';
        breaks = 0;
        text[kept++] = *c;
    }
    text[kept] = '\0';
}

static const char *render(struct arena *arena, const char *template,
                          const struct slot *slots, size_t count,
                          struct error *err)
{
    struct buf buf = BUF_EMPTY;
    char *text = NULL;

    template_fill(&buf, template, slots, count);
    if (buf_ok(&buf, err))
        text = arena_bytes(arena, buf_string(&buf), buf.length, err);
    buf_free(&buf);
    if (text)
        tidy(text);
    return text;
}

/* The texts of placeholders, and the schema. */
struct parts {
    struct buf persona, kinds, form, briefs, again, count, schema;
};

static void parts_make(struct parts *parts, const struct prompt_call *call)
{
    struct kinds kinds;

    kinds_take(&kinds, call);
    add_persona(&parts->persona, call);
    add_kinds(&parts->kinds, &kinds);
    form_write(&parts->form, call->whole);
    add_briefs(&parts->briefs, call);
    add_again(&parts->again, call);
    buf_int(&parts->count, (int64_t)call->brief_count);
    schema_write(&parts->schema, &kinds, call->whole);
}

static bool parts_ok(const struct parts *parts, struct error *err)
{
    return buf_ok(&parts->persona, err) && buf_ok(&parts->kinds, err) &&
           buf_ok(&parts->form, err) && buf_ok(&parts->briefs, err) &&
           buf_ok(&parts->again, err) && buf_ok(&parts->count, err) &&
           buf_ok(&parts->schema, err);
}

static void parts_free(struct parts *parts)
{
    buf_free(&parts->persona);
    buf_free(&parts->kinds);
    buf_free(&parts->form);
    buf_free(&parts->briefs);
    buf_free(&parts->again);
    buf_free(&parts->count);
    buf_free(&parts->schema);
}

static int64_t most_tokens(const struct prompt_call *call)
{
    bool english = !strncasecmp(call->language, "english", 7);
    int64_t each = english ? TEXT_TOKENS : FOREIGN_TOKENS;

    if (call->whole)
        each += WHOLE_TOKENS - TEXT_TOKENS;
    return REPLY_TOKENS + each * (int64_t)call->brief_count;
}

static void hash_prompt(struct prompt *prompt)
{
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, prompt->system);
    hash_text(&hash, prompt->user);
    hash_text(&hash, prompt->schema_name);
    hash_text(&hash, prompt->schema);
    hash_end(&hash, prompt->hash);
}

static bool render_parts(struct arena *arena, const struct prompt_texts *texts,
                         const struct prompt_call *call,
                         const struct parts *parts, struct prompt *prompt,
                         struct error *err)
{
    const struct slot slots[] = {
        {"name", call->persona->name},
        {"company", call->company ? call->company : ""},
        {"language", call->language},
        {"persona", buf_string(&parts->persona)},
        {"kinds", buf_string(&parts->kinds)},
        {"form", buf_string(&parts->form)},
        {"briefs", buf_string(&parts->briefs)},
        {"again", buf_string(&parts->again)},
        {"count", buf_string(&parts->count)},
    };
    size_t count = sizeof slots / sizeof *slots;

    prompt->system = render(arena, texts->system, slots, count, err);
    prompt->user = render(arena, call->whole ? texts->whole : texts->meetings,
                          slots, count, err);
    prompt->schema = arena_bytes(arena, buf_string(&parts->schema),
                                 parts->schema.length, err);
    return prompt->system && prompt->user && prompt->schema;
}

bool prompt_render(struct arena *arena, const struct prompt_texts *texts,
                   const struct prompt_call *call, struct prompt *prompt,
                   struct error *err)
{
    struct parts parts;
    bool ok;

    memset(&parts, 0, sizeof parts);
    parts_make(&parts, call);
    ok = parts_ok(&parts, err) &&
         render_parts(arena, texts, call, &parts, prompt, err);
    parts_free(&parts);
    if (!ok)
        return false;
    prompt->schema_name = call->whole ? "whole_meetings" : "meetings";
    prompt->most_tokens = most_tokens(call);
    hash_prompt(prompt);
    return true;
}

bool prompt_correct(struct arena *arena, const struct prompt_texts *texts,
                    const char *faults, const char **text, struct error *err)
{
    const struct slot slot = {"faults", faults};

    *text = render(arena, texts->correction, &slot, 1, err);
    return *text != NULL;
}
