/* The answers of an expert as a file: made as a template, filled in by hand,
 * and read strictly, for a mistake in it would be an answer that nobody gave.
 */
#include "persona_review.h"

#include <stdio.h>
#include <string.h>

/* ---- Writing ---- */

static void put_member(struct buf *out, const char *before, const char *name,
                       const char *value)
{
    buf_text(out, before);
    buf_json(out, name);
    buf_text(out, ": ");
    buf_json(out, value);
}

static void put_about(struct buf *out,
                      const struct persona_questions *questions,
                      const struct rule_question *question)
{
    struct buf about = BUF_EMPTY;

    for (const char *at = question->about; *at; at++)
        if (*at == '\n')
            buf_text(&about, "; ");
        else
            buf_char(&about, *at);
    if (questions->labels.all) {
        buf_format(&about, "%sdecided %lld of %lld labels",
                   about.length ? "; " : "", (long long)question->decided,
                   (long long)questions->labels.all);
        for (int i = 0; i < RULE_SUBJECTS && question->subjects[i]; i++)
            buf_format(&about, "%s \"%s\"", i ? "," : ", such as",
                       question->subjects[i]);
    }
    put_member(out, ",\n     ", "about", buf_string(&about));
    buf_inherit(out, &about);
    buf_free(&about);
}

void answers_template(const struct persona_questions *questions,
                      const char *reviewer, struct buf *out)
{
    put_member(out, "{", "persona", questions->stored->id);
    if (reviewer)
        put_member(out, ",\n ", "reviewer", reviewer);
    put_member(out, ",\n ", "rules_hash", questions->rules_hash);
    put_member(out, ",\n ", "about", questions->persona->name);
    buf_text(out, ",\n \"exists\": null,\n \"note\": \"\",\n \"rules\": [");
    for (size_t i = 0; i < questions->count; i++) {
        const struct rule_question *question = &questions->rules[i];
        put_member(out, i ? ",\n    {" : "\n    {", "rule", question->rule);
        put_about(out, questions, question);
        buf_text(out, ",\n     \"right\": null,\n     \"note\": \"\"}");
    }
    buf_text(out, "\n ]}\n");
}

/* ---- Reading ---- */

struct answers_reader {
    struct expert_session *session;
    const struct persona_questions *questions;
    const char *source;
    const char *reviewer;
    size_t *taken;   /* by question: the number of the entry, from 1; 0: none */
    size_t entry;    /* at hand, from 1; 0: the document itself */
    size_t question; /* of the entry; count: not known yet */
    struct expert_answer answer; /* of the entry, or of the person */
    struct error *err;
};

/* Says where in the file something is wrong. */
static bool fail(struct answers_reader *reader, const char *member,
                 const char *what)
{
    if (reader->entry)
        return error_set(reader->err, ERROR_INPUT, "%s: rules[%zu]%s%s: %s",
                         reader->source, reader->entry - 1, *member ? "." : "",
                         member, what);
    return error_set(reader->err, ERROR_INPUT, "%s: %s%s%s", reader->source,
                     member, *member ? ": " : "", what);
}

static bool fail_kind(struct answers_reader *reader, const cJSON *value,
                      const char *wanted)
{
    char what[100];

    snprintf(what, sizeof what, "must be %s, and is %s", wanted,
             json_kind(value));
    return fail(reader, value->string, what);
}

static bool read_text(struct answers_reader *reader, const cJSON *value)
{
    return cJSON_IsString(value) || fail_kind(reader, value, "a text");
}

static bool read_verdict(struct answers_reader *reader, const cJSON *value)
{
    if (!cJSON_IsBool(value) && !cJSON_IsNull(value))
        return fail_kind(reader, value, "true, false, or null for no answer");
    if (!cJSON_IsNull(value))
        reader->answer.verdict = cJSON_IsTrue(value) ? SAYS_YES : SAYS_NO;
    return true;
}

/* Whether a note holds what moves a cursor: C0 and C1 but for line feeds. */
static bool has_control(const char *note)
{
    const unsigned char *at = (const unsigned char *)note;

    while (*at && (*at >= 0x20 || *at == '\n') && *at != 0x7F &&
           !(at[0] == 0xC2 && at[1] < 0xA0))
        at++;
    return *at != '\0';
}

static bool read_note(struct answers_reader *reader, const cJSON *value)
{
    char what[100];

    if (!read_text(reader, value))
        return false;
    reader->answer.note = value->valuestring;
    if (has_control(value->valuestring))
        return fail(reader, value->string, "holds a control character");
    snprintf(what, sizeof what, "is longer than %d bytes", REVIEW_NOTE);
    return strlen(value->valuestring) <= REVIEW_NOTE ||
           fail(reader, value->string, what);
}

/* ---- One rule ---- */

static bool hint_rule(struct answers_reader *reader, const char *rule)
{
    const struct persona_questions *questions = reader->questions;
    struct error *err = reader->err;
    const char **rules = arena_zero(reader->session->arena, questions->count,
                                    sizeof *rules, err);
    const char *near;

    for (size_t i = 0; rules && i < questions->count; i++)
        rules[i] = questions->rules[i].rule;
    near = rules ? nearest_name(rule, rules, questions->count) : NULL;
    if (!rules)
        return false;
    if (near)
        return error_hint(err, "did you mean \"%.300s\"?", near);
    return error_hint(err,
                      "`datebook persona review %s --template` prints all "
                      "rules as they have to be written",
                      questions->stored->id);
}

static bool read_rule_name(struct answers_reader *reader, const cJSON *value)
{
    const struct persona_questions *questions = reader->questions;
    char what[300];

    if (!read_text(reader, value))
        return false;
    reader->question = question_of(questions, value->valuestring);
    if (reader->question == questions->count) {
        snprintf(what, sizeof what, "the persona has no rule \"%.200s\"",
                 value->valuestring);
        fail(reader, "rule", what);
        return hint_rule(reader, value->valuestring);
    }
    if (reader->taken[reader->question]) {
        snprintf(what, sizeof what, "is the same as rules[%zu].rule",
                 reader->taken[reader->question] - 1);
        return fail(reader, "rule", what);
    }
    reader->taken[reader->question] = reader->entry;
    return true;
}

struct answers_field {
    const char *name;
    bool (*read)(struct answers_reader *reader, const cJSON *value);
};

static bool read_members(struct answers_reader *reader, const cJSON *object,
                         const struct answers_field *fields, size_t count)
{
    const char *names[8];
    const cJSON *member;
    const char *near;

    for (size_t i = 0; i < count; i++)
        names[i] = fields[i].name;
    cJSON_ArrayForEach (member, object) {
        size_t i = 0;
        while (i < count && strcmp(fields[i].name, member->string) != 0)
            i++;
        if (i < count && !fields[i].read(reader, member))
            return false;
        if (i < count)
            continue;
        near = nearest_name(member->string, names, count);
        fail(reader, member->string, "is no member of the answers");
        return near && error_hint(reader->err, "did you mean \"%s\"?", near);
    }
    return true;
}

static bool read_entry(struct answers_reader *reader, const cJSON *item)
{
    static const struct answers_field fields[] = {{"rule", read_rule_name},
                                                  {"about", read_text},
                                                  {"right", read_verdict},
                                                  {"note", read_note}};
    struct expert_answer *given;

    reader->question = reader->questions->count;
    reader->answer = (struct expert_answer){UNANSWERED, ""};
    if (!cJSON_IsObject(item))
        return fail(reader, "", "must be an object");
    if (!read_members(reader, item, fields, sizeof fields / sizeof *fields))
        return false;
    if (reader->question == reader->questions->count)
        return fail(reader, "", "has no \"rule\"");
    if (reader->answer.verdict == UNANSWERED && *reader->answer.note)
        return fail(reader, "note",
                    "there is a note without an answer: say whether the rule "
                    "is right");
    given = &reader->session->answers[reader->question + 1];
    if (reader->answer.verdict != UNANSWERED)
        *given = reader->answer;
    return true;
}

/* ---- The document ---- */

/* A member that says again what the command line says. */
static bool read_same(struct answers_reader *reader, const cJSON *value,
                      const char *wanted)
{
    char what[300];

    if (!read_text(reader, value))
        return false;
    if (!strcmp(value->valuestring, wanted))
        return true;
    snprintf(what, sizeof what, "is \"%.100s\", and the command says %.100s",
             value->valuestring, wanted);
    return fail(reader, value->string, what);
}

static bool read_persona(struct answers_reader *reader, const cJSON *value)
{
    return read_same(reader, value, reader->questions->stored->id);
}

static bool read_reviewer(struct answers_reader *reader, const cJSON *value)
{
    return read_same(reader, value, reader->reviewer);
}

static bool read_hash(struct answers_reader *reader, const cJSON *value)
{
    if (!read_text(reader, value))
        return false;
    if (!strcmp(value->valuestring, reader->questions->rules_hash))
        return true;
    fail(reader, "rules_hash",
         "the rules are not those of the template any more");
    return error_hint(reader->err,
                      "`datebook history %s` says what changed; fill in a new "
                      "template, or take \"rules_hash\" out",
                      reader->questions->stored->id);
}

static bool read_rules(struct answers_reader *reader, const cJSON *value)
{
    struct expert_answer person = reader->answer;
    const cJSON *item;

    if (!cJSON_IsArray(value))
        return fail_kind(reader, value, "a list");
    cJSON_ArrayForEach (item, value) {
        reader->entry++;
        if (!read_entry(reader, item))
            return false;
    }
    reader->entry = 0;
    reader->answer = person;
    return true;
}

/* What the file leaves open stays what it was. */
static bool take_person(struct answers_reader *reader)
{
    struct expert_answer *given = &reader->session->answers[0];

    if (reader->answer.verdict != UNANSWERED)
        *given = reader->answer;
    else if (*reader->answer.note)
        return fail(reader, "note",
                    "there is a note without an answer: say in \"exists\" "
                    "whether there is such a person");
    if (given->verdict != UNANSWERED)
        return true;
    return fail(reader, "exists",
                "must be true or false: nothing else counts without it");
}

static bool read_document(struct answers_reader *reader, const cJSON *tree)
{
    static const struct answers_field fields[] = {
        {"persona", read_persona}, {"reviewer", read_reviewer},
        {"rules_hash", read_hash}, {"about", read_text},
        {"exists", read_verdict},  {"note", read_note},
        {"rules", read_rules}};

    if (!cJSON_IsObject(tree))
        return fail(reader, "", "must be an object");
    if (!json_member(tree, "persona"))
        return fail(reader, "", "has no \"persona\"");
    return read_members(reader, tree, fields, sizeof fields / sizeof *fields) &&
           take_person(reader);
}

bool answers_read(struct expert_session *session,
                  const struct persona_questions *questions,
                  const char *reviewer, const char *text, size_t length,
                  const char *source, struct error *err)
{
    struct answers_reader reader = {.session = session,
                                    .questions = questions,
                                    .source = source,
                                    .reviewer = reviewer,
                                    .answer = {UNANSWERED, ""},
                                    .err = err};
    const cJSON *tree = json_parse(session->arena, text, length, source, err);

    if (!tree)
        return false;
    reader.taken =
        arena_zero(session->arena, questions->count, sizeof *reader.taken, err);
    return reader.taken && read_document(&reader, tree);
}
