/* Rendering the prompt of a call: who the persona is, what is wanted, and in
 * which form.  The same call gives the same bytes on any machine. */
#include "src/llm/prompt_internal.h"

#include "datebook/persona_lines.h"
#include "datebook/prompt_template.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    TAKEN_MOST = 40,
    /* Tokens of a reply: fixed, and for each brief.  A text of a language that
     * is written in other letters has up to a token a character. */
    REPLY_TOKENS = 200,
    TEXT_TOKENS = 160,
    FOREIGN_TOKENS = 400,
    WHOLE_TOKENS = 600
};

/* ---- The persona ---- */

static void add_persona(struct buf *buf, const struct prompt_call *call)
{
    const struct persona *persona = call->persona;
    const cJSON *people = json_member(persona->tree, "demographics");

    persona_line(buf, "Name", call->own_name);
    persona_line(buf, "Role", persona->name);
    persona_line(buf, "Level", persona->level);
    persona_line(buf, "Function", persona->function);
    persona_line(buf, "Industry", persona->industry);
    persona_line(buf, "Kind of company", persona->company);
    persona_line(buf, "Name of the company", call->company);
    persona_line_member(buf, "Time in the job", people, "tenure");
    persona_line_member(buf, "Team", people, "team_size");
    persona_line_member(buf, "Way of working", persona->tree, "work_style");
    persona_line_member(buf, "Career", persona->tree, "career_stage");
    persona_line_member(buf, "Stress", persona->tree, "stress_level");
    persona_line_week(buf, persona);
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
        prose_in_line(buf, call->taken[i]);
    }
}

/* ---- Rendering ---- */

static const char *render(struct arena *arena, const char *template,
                          const struct placeholder *placeholders, size_t count,
                          struct error *err)
{
    struct buf buf = BUF_EMPTY;
    char *text = NULL;

    template_fill(&buf, template, placeholders, count);
    if (buf_ok(&buf, err))
        text = arena_bytes(arena, buf_string(&buf), buf.length, err);
    buf_free(&buf);
    if (text)
        template_tidy(text);
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

static void hash_prompt(struct rendered_prompt *prompt)
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
                         const struct parts *parts,
                         struct rendered_prompt *prompt, struct error *err)
{
    const struct placeholder placeholders[] = {
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
    size_t count = sizeof placeholders / sizeof *placeholders;

    prompt->system = render(arena, texts->system, placeholders, count, err);
    prompt->user = render(arena, call->whole ? texts->whole : texts->meetings,
                          placeholders, count, err);
    prompt->schema = arena_bytes(arena, buf_string(&parts->schema),
                                 parts->schema.length, err);
    return prompt->system && prompt->user && prompt->schema;
}

bool prompt_render(struct arena *arena, const struct prompt_texts *texts,
                   const struct prompt_call *call,
                   struct rendered_prompt *prompt, struct error *err)
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
    const struct placeholder placeholder = {"faults", faults};

    *text = render(arena, texts->correction, &placeholder, 1, err);
    return *text != NULL;
}
