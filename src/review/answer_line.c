/* One line of answers: its members, and what they say of a label. */
#include "datebook/answer_lines.h"

#include "datebook/json.h"
#include "datebook/nearest.h"
#include "datebook/rules.h"

#include <math.h>
#include <string.h>

/* ---- Members ---- */

enum member_kind { TEXT, SWITCH, NUMBER, OBJECT, LIST };

struct member {
    const char *name;
    enum member_kind kind;
    bool needed;
};

/* Those after "decision" come from an exported line that was sent back. */
static const struct member line_members[] = {
    {"sample", TEXT, true},      {"meeting", TEXT, true},
    {"reviewer", TEXT, true},    {"realistic", SWITCH, true},
    {"importance", TEXT, false}, {"prep_time_minutes", NUMBER, false},
    {"rsvp", TEXT, false},       {"cause", TEXT, false},
    {"rule", TEXT, false},       {"note", TEXT, false},
    {"version", NUMBER, false},  {"blind", SWITCH, false},
    {"decision", SWITCH, false}, {"persona", TEXT, false},
    {"label", OBJECT, false},    {"event", OBJECT, false},
    {"opinions", LIST, false},   {"answer", OBJECT, false}};

static const struct member label_members[] = {
    {"importance", TEXT, true},
    {"prep_needed", SWITCH, true},
    {"prep_time_minutes", NUMBER, true},
    {"rsvp", TEXT, true},
    {"reasoning", TEXT, true}};

enum {
    LINE_MEMBERS = sizeof line_members / sizeof *line_members,
    LABEL_MEMBERS = sizeof label_members / sizeof *label_members
};

/* The members that an object may have, and what it is called: "" or "label.".
 */
struct form {
    const struct member *members;
    int count;
    const char *prefix;
};

static bool is_of_kind(const cJSON *value, enum member_kind kind)
{
    switch (kind) {
    case TEXT:
        return cJSON_IsString(value);
    case SWITCH:
        return cJSON_IsBool(value);
    case NUMBER:
        return cJSON_IsNumber(value);
    case OBJECT:
        return cJSON_IsObject(value);
    default:
        return cJSON_IsArray(value);
    }
}

static bool refuse_unknown(const struct form *form, const char *name,
                           struct error *err)
{
    const char *names[LINE_MEMBERS];
    const char *near;

    for (int i = 0; i < form->count; i++)
        names[i] = form->members[i].name;
    near = nearest_name(name, names, (size_t)form->count);
    error_set(err, ERROR_INPUT, "\"%s%.50s\" is not known", form->prefix, name);
    return near ? error_hint(err, "did you mean \"%s%s\"?", form->prefix, near)
                : false;
}

static bool check_member(const struct form *form, const cJSON *value,
                         struct error *err)
{
    static const char *const wanted[] = {"text", "true or false", "a number",
                                         "an object", "a list"};

    for (int i = 0; i < form->count; i++) {
        const struct member *member = &form->members[i];
        if (strcmp(member->name, value->string) != 0)
            continue;
        return is_of_kind(value, member->kind) ||
               error_set(err, ERROR_INPUT, "\"%s%s\" is %s, not %s",
                         form->prefix, member->name, json_kind(value),
                         wanted[member->kind]);
    }
    return refuse_unknown(form, value->string, err);
}

static bool refuse_missing(const struct form *form, const cJSON *object,
                           const char *name, struct error *err)
{
    error_set(err, ERROR_INPUT, "\"%s%s\" is missing", form->prefix, name);
    /* Who changes what was said last in its place would be misunderstood. */
    if (!*form->prefix && json_member(object, "answer"))
        error_hint(err, "\"answer\" is what was said before: what is said now "
                        "stands beside it");
    return false;
}

static bool check_members(const struct form *form, const cJSON *object,
                          struct error *err)
{
    const cJSON *value;

    cJSON_ArrayForEach (value, object)
        if (!check_member(form, value, err))
            return false;
    for (int i = 0; i < form->count; i++)
        if (form->members[i].needed &&
            !json_member(object, form->members[i].name))
            return refuse_missing(form, object, form->members[i].name, err);
    return true;
}

/* ---- Values; one that is missing is left alone ---- */

static bool is_whole(double value, double least, double most)
{
    return value >= least && value <= most && !(floor(value) < value);
}

static bool read_version(const cJSON *line, int64_t *version, struct error *err)
{
    const cJSON *value = json_member(line, "version");

    if (!value)
        return true;
    if (!is_whole(value->valuedouble, 1, INT32_MAX))
        return error_set(err, ERROR_INPUT,
                         "\"version\" is %.15g, not the number of a version",
                         value->valuedouble);
    *version = (int64_t)value->valuedouble;
    return true;
}

static bool read_minutes(const struct form *form, const cJSON *object,
                         int *minutes, struct error *err)
{
    const cJSON *value = json_member(object, "prep_time_minutes");

    if (!value)
        return true;
    if (!is_whole(value->valuedouble, REVIEW_PREP_LEAST, REVIEW_PREP_MOST) &&
        !is_whole(value->valuedouble, 0, 0))
        return error_set(err, ERROR_INPUT,
                         "\"%sprep_time_minutes\" is %.15g: it is 0, or a "
                         "whole number from %d to %d",
                         form->prefix, value->valuedouble, REVIEW_PREP_LEAST,
                         REVIEW_PREP_MOST);
    *minutes = (int)value->valuedouble;
    return true;
}

static bool read_importance(const struct form *form, const cJSON *object,
                            int *importance, struct error *err)
{
    const char *word = json_member_text(object, "importance");

    if (!word)
        return true;
    for (int i = 0; i < IMPORTANCE_LEVELS; i++)
        if (!strcmp(importance_name((enum importance)i), word)) {
            *importance = i;
            return true;
        }
    return error_set(err, ERROR_INPUT,
                     "\"%simportance\" is \"%.50s\": it is critical, high, "
                     "medium or low",
                     form->prefix, word);
}

static bool read_rsvp(const struct form *form, const cJSON *object, int *rsvp,
                      struct error *err)
{
    const char *word = json_member_text(object, "rsvp");

    if (!word)
        return true;
    for (int i = 0; i < RSVP_ANSWERS; i++)
        if (!strcmp(rsvp_name((enum rsvp)i), word)) {
            *rsvp = i;
            return true;
        }
    return error_set(err, ERROR_INPUT,
                     "\"%srsvp\" is \"%.50s\": it is accept, tentative or "
                     "decline",
                     form->prefix, word);
}

static bool read_cause(const cJSON *line, enum review_cause *cause,
                       struct error *err)
{
    const char *word = json_member_text(line, "cause");

    if (!word)
        return true;
    *cause = review_cause_named(word);
    return *cause != REVIEW_CAUSES ||
           error_set(err, ERROR_INPUT,
                     "\"cause\" is \"%.50s\": it is rule, exception or none",
                     word);
}

static bool read_label(struct arena *arena, const cJSON *line,
                       const struct seen_label **seen, struct error *err)
{
    const struct form form = {label_members, LABEL_MEMBERS, "label."};
    const cJSON *object = json_member(line, "label");
    struct seen_label *label;

    *seen = NULL;
    if (!object)
        return true;
    label = arena_zero(arena, 1, sizeof *label, err);
    if (!label || !check_members(&form, object, err) ||
        !read_importance(&form, object, &label->values.importance, err) ||
        !read_minutes(&form, object, &label->values.prep_minutes, err) ||
        !read_rsvp(&form, object, &label->values.rsvp, err))
        return false;
    if (cJSON_IsTrue(json_member(object, "prep_needed")) !=
        (label->values.prep_minutes > 0))
        return error_set(err, ERROR_INPUT,
                         "\"label.prep_needed\" and \"label.prep_time_minutes\""
                         " do not fit together");
    label->reasoning =
        arena_text(arena, json_member_text(object, "reasoning"), err);
    *seen = label;
    return label->reasoning != NULL;
}

/* ---- The line ---- */

/* Copies a text member; NULL stays what is missing. */
static bool keep(struct arena *arena, const cJSON *line, const char *name,
                 const char **text, struct error *err)
{
    const char *value = json_member_text(line, name);

    if (!value)
        return true;
    *text = arena_text(arena, value, err);
    return *text != NULL;
}

static bool keep_texts(struct arena *arena, const cJSON *line,
                       struct answer_line *answer, struct error *err)
{
    answer->note = "";
    return keep(arena, line, "sample", &answer->sample, err) &&
           keep(arena, line, "reviewer", &answer->reviewer, err) &&
           keep(arena, line, "meeting", &answer->meeting, err) &&
           keep(arena, line, "persona", &answer->persona, err) &&
           keep(arena, line, "rule", &answer->rule, err) &&
           keep(arena, line, "note", &answer->note, err);
}

/* What was not seen cannot be agreed with. */
static bool check_blind(const struct answer_line *answer, struct error *err)
{
    const char *missing =
        answer->importance == ANSWER_LINE_AGREES     ? "importance"
        : answer->prep_minutes == ANSWER_LINE_AGREES ? "prep_time_minutes"
        : answer->rsvp == ANSWER_LINE_AGREES         ? "rsvp"
                                                     : NULL;

    if (!answer->blind || !missing)
        return true;
    return error_set(err, ERROR_INPUT,
                     "\"%s\" is missing: a blind answer says all of the label",
                     missing);
}

static bool check_length(const char *name, const char *text, struct error *err)
{
    size_t length = strlen(text);

    return length <= REVIEW_NOTE ||
           error_set(err, ERROR_INPUT,
                     "\"%s\" is %zu bytes long; %d are the most", name, length,
                     REVIEW_NOTE);
}

static bool check_texts(const struct answer_line *answer, struct error *err)
{
    if (!review_name_check("sample", answer->sample, err) ||
        !review_name_check("reviewer", answer->reviewer, err))
        return false;
    if (!*answer->meeting)
        return error_set(err, ERROR_INPUT, "\"meeting\" is empty");
    return check_length("note", answer->note, err) &&
           (!answer->rule || check_length("rule", answer->rule, err)) &&
           check_blind(answer, err);
}

static bool read_line(struct arena *arena, const cJSON *line,
                      struct answer_line *answer, struct error *err)
{
    const struct form form = {line_members, LINE_MEMBERS, ""};

    *answer = (struct answer_line){.importance = ANSWER_LINE_AGREES,
                                   .prep_minutes = ANSWER_LINE_AGREES,
                                   .rsvp = ANSWER_LINE_AGREES};
    if (!cJSON_IsObject(line))
        return error_set(err, ERROR_INPUT, "it is %s, not an object",
                         json_kind(line));
    if (!check_members(&form, line, err))
        return false;
    answer->realistic = cJSON_IsTrue(json_member(line, "realistic"));
    answer->blind = cJSON_IsTrue(json_member(line, "blind"));
    answer->decision = cJSON_IsTrue(json_member(line, "decision"));
    return read_version(line, &answer->version, err) &&
           read_importance(&form, line, &answer->importance, err) &&
           read_minutes(&form, line, &answer->prep_minutes, err) &&
           read_rsvp(&form, line, &answer->rsvp, err) &&
           read_cause(line, &answer->cause, err) &&
           read_label(arena, line, &answer->seen, err) &&
           keep_texts(arena, line, answer, err) && check_texts(answer, err);
}

/* Takes the name and the number of the only line out of what json_parse says.
 */
static bool say_where(struct error *err)
{
    char message[sizeof err->message];

    memcpy(message, err->message, sizeof message);
    if (!strncmp(message, "line:1:", 7))
        return error_set(err, err->code, "column %s", message + 7);
    if (!strncmp(message, "line: ", 6))
        return error_set(err, err->code, "%s", message + 6);
    return false;
}

bool answer_line_read(struct arena *arena, struct arena *scratch,
                      const char *text, size_t length,
                      struct answer_line *answer, struct error *err)
{
    const cJSON *line;

    arena_reset(scratch);
    line = json_parse(scratch, text, length, "line", err);
    return line ? read_line(arena, line, answer, err) : say_where(err);
}

/* ---- What it says ---- */

bool answer_line_opinion(const struct answer_line *answer,
                         const struct seen_label *seen, struct opinion *opinion,
                         struct error *err)
{
    const struct review_values *values = &seen->values;

    opinion->sample = answer->sample;
    opinion->reviewer = answer->reviewer;
    opinion->meeting = answer->meeting;
    opinion->seen = *seen;
    opinion->decision = answer->decision;
    opinion->blind = answer->blind;
    opinion->realistic = answer->realistic;
    opinion->says = (struct review_values){
        answer->importance == ANSWER_LINE_AGREES ? values->importance
                                                 : answer->importance,
        answer->prep_minutes == ANSWER_LINE_AGREES ? values->prep_minutes
                                                   : answer->prep_minutes,
        answer->rsvp == ANSWER_LINE_AGREES ? values->rsvp : answer->rsvp};
    opinion->cause = answer->cause;
    opinion->rule = answer->rule;
    opinion->note = answer->note;
    if (answer->cause != CAUSE_NONE && !opinion_corrects(opinion))
        return error_set(err, ERROR_INPUT,
                         "\"cause\" is \"%s\", but nothing of the label is "
                         "corrected",
                         review_cause_name(answer->cause));
    return !answer->rule || answer->cause == CAUSE_RULE ||
           error_set(err, ERROR_INPUT,
                     "\"rule\" is there, but \"cause\" is \"%s\" and not "
                     "\"rule\"",
                     review_cause_name(answer->cause));
}
