/* Records to train on.  What all records of a persona share is rendered and
 * escaped once; a record is that, the escaped lines of its meeting and its
 * answers, one behind the other. */
#include "datebook/persona_lines.h"
#include "datebook/prompt_template.h"
#include "src/export/trainer_internal.h"

#include <stdlib.h>
#include <string.h>

#define MEETING "{meeting}"

/* ---- What the records share ---- */

static void add_priorities(struct buf *buf, const struct persona *persona)
{
    struct buf names = BUF_EMPTY;

    for (size_t i = 0; i < persona->rule_count; i++) {
        if (persona->rules[i].kind != RULE_PRIORITY)
            continue;
        buf_text(&names, names.length ? "; " : "");
        buf_text(&names, persona->rules[i].source);
    }
    persona_line(buf, "Priorities", buf_string(&names));
    buf_inherit(buf, &names);
    buf_free(&names);
}

static void add_persona(struct buf *buf, const struct persona *persona)
{
    persona_line(buf, "Role", persona->name);
    persona_line(buf, "Level", persona->level);
    persona_line(buf, "Function", persona->function);
    persona_line(buf, "Industry", persona->industry);
    persona_line(buf, "Kind of company", persona->company);
    add_priorities(buf, persona);
    persona_line_member(buf, "Way of working", persona->tree, "work_style");
    persona_line_week(buf, persona);
}

/* The system message, as text. */
static bool render_system(struct trainer *trainer, const struct prompt *prompt,
                          const struct oracle *oracle, const char **system,
                          struct error *err)
{
    struct buf persona = BUF_EMPTY;
    struct buf rules = BUF_EMPTY;
    struct buf text = BUF_EMPTY;
    char *copy = NULL;

    add_persona(&persona, oracle_persona(oracle));
    rules_describe(&rules, oracle, prompt->task);
    {
        const struct placeholder placeholders[] = {
            {"name", oracle_persona(oracle)->name},
            {"persona", buf_string(&persona)},
            {"rules", buf_string(&rules)},
        };
        template_fill(&text, prompt->system, placeholders,
                      sizeof placeholders / sizeof *placeholders);
    }
    buf_inherit(&text, &persona);
    buf_inherit(&text, &rules);
    if (buf_ok(&text, err))
        copy =
            arena_bytes(&trainer->arena, buf_string(&text), text.length, err);
    buf_free(&persona);
    buf_free(&rules);
    buf_free(&text);
    if (copy)
        template_tidy(copy);
    *system = copy;
    return copy != NULL;
}

static bool keep(struct trainer *trainer, const struct buf *text,
                 struct piece *piece, struct error *err)
{
    if (!buf_ok(text, err))
        return false;
    piece->length = text->length;
    piece->text =
        arena_bytes(&trainer->arena, buf_string(text), text->length, err);
    return piece->text != NULL;
}

/* The two messages of a prompt, up to the meeting and from there on. */
static bool make_prompt(struct trainer *trainer, const char *system,
                        const char *user, struct error *err)
{
    const char *meeting = strstr(user, MEETING);
    const char *rest = meeting + strlen(MEETING);
    struct buf text = BUF_EMPTY;
    bool ok;

    buf_text(&text, "{\"role\":\"system\",\"content\":");
    buf_json(&text, system);
    buf_text(&text, "},{\"role\":\"user\",\"content\":\"");
    buf_json_inside(&text, user, (size_t)(meeting - user));
    ok = keep(trainer, &text, &trainer->before, err);
    buf_clear(&text);
    buf_json_inside(&text, rest, strlen(rest));
    buf_text(&text, "\"}");
    ok = ok && keep(trainer, &text, &trainer->after, err);
    buf_free(&text);
    return ok;
}

struct trainer *trainer_new(const struct prompt *prompt,
                            const struct oracle *oracle,
                            const struct stored_rule *rules, size_t rule_count,
                            struct error *err)
{
    struct trainer *trainer = calloc(1, sizeof *trainer);
    const char *system;

    if (!trainer) {
        error_memory(err);
        return NULL;
    }
    trainer->task = prompt->task;
    trainer->rules = rules;
    trainer->rule_count = rule_count;
    if (reasons_make(trainer, oracle, err) &&
        render_system(trainer, prompt, oracle, &system, err) &&
        make_prompt(trainer, system, prompt->user, err))
        return trainer;
    trainer_free(trainer);
    return NULL;
}

void trainer_free(struct trainer *trainer)
{
    if (!trainer)
        return;
    buf_free(&trainer->lines);
    buf_free(&trainer->chosen);
    buf_free(&trainer->rejected);
    arena_free(&trainer->arena);
    free(trainer);
}

/* ---- Records ---- */

/* What stands around the prompt's messages and the answers. */
struct form {
    const char *start;
    const char *before_chosen;
    const char *before_rejected; /* NULL: the line holds one answer */
    const char *end;
};

static const struct form forms[TRAINING_FORMS] = {
    [TRAINING_SFT] = {"{\"messages\":[", ",", NULL, "]}\n"},
    [TRAINING_DPO] = {"{\"input\":{\"messages\":[", "]},\"preferred_output\":[",
                      "],\"non_preferred_output\":[", "]}\n"},
    [TRAINING_TRL_SFT] = {"{\"prompt\":[", "],\"completion\":[", NULL, "]}\n"},
    [TRAINING_TRL_DPO] = {"{\"prompt\":[", "],\"chosen\":[", "],\"rejected\":[",
                          "]}\n"},
    [TRAINING_KTO] = {"{\"prompt\":[", "],\"completion\":[", NULL,
                      "],\"label\":true}\n"},
};

static const struct form bad_kto = {"{\"prompt\":[", "],\"completion\":[", NULL,
                                    "],\"label\":false}\n"};

static void add_answer(struct buf *out, const struct buf *answer)
{
    buf_text(out, "{\"role\":\"assistant\",\"content\":\"");
    buf_add(out, answer->data, answer->length);
    buf_text(out, "\"}");
}

/* The prompt with the meeting at hand, and what stands before the answer. */
static void add_prompt(const struct trainer *trainer, const struct form *form,
                       struct buf *out)
{
    buf_text(out, form->start);
    buf_add(out, trainer->before.text, trainer->before.length);
    buf_json_inside(out, trainer->lines.data, trainer->lines.length);
    buf_add(out, trainer->after.text, trainer->after.length);
    buf_text(out, form->before_chosen);
}

static void add_line(const struct trainer *trainer, const struct form *form,
                     const struct buf *answer, struct buf *out)
{
    add_prompt(trainer, form, out);
    add_answer(out, answer);
    if (form->before_rejected) {
        buf_text(out, form->before_rejected);
        add_answer(out, &trainer->rejected);
    }
    buf_text(out, form->end);
}

bool trainer_add(struct trainer *trainer, enum training_form form,
                 const struct labelled_meeting *meeting, struct buf *out,
                 int *lines, struct error *err)
{
    bool pair = forms[form].before_rejected || form == TRAINING_KTO;

    buf_clear(&trainer->lines);
    meeting_describe(&trainer->lines, meeting->facts);
    if (!answers_make(trainer, meeting, pair, err) ||
        !buf_ok(&trainer->lines, err) || !buf_ok(&trainer->chosen, err) ||
        !buf_ok(&trainer->rejected, err))
        return false;
    add_line(trainer, &forms[form], &trainer->chosen, out);
    *lines = 1;
    if (form == TRAINING_KTO) {
        add_line(trainer, &bad_kto, &trainer->rejected, out);
        *lines = 2;
    }
    return buf_ok(out, err);
}
