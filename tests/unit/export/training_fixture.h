/* A persona whose rules stand in a store that is none, and meetings that its
 * rules label: what a trainer is made of, without a database. */
#ifndef DATEBOOK_TESTS_TRAINING_FIXTURE_H
#define DATEBOOK_TESTS_TRAINING_FIXTURE_H

#include "datebook/training.h"
#include "datebook/varint.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIXTURE_RULES = 64, FIXTURE_CODES = 256 };

static struct {
    struct arena arena;
    struct error err;
    struct stored_persona stored;
    struct oracle *oracle;
    struct stored_rule rules[FIXTURE_RULES];
    size_t rule_count;
    struct prompt prompt;
    struct trainer *trainer;
    struct meeting_facts facts;
    struct stored_label label;
    unsigned char codes[FIXTURE_CODES];
    struct buf out;
    int lines;
} fix;

#define MUST(condition) ck_assert_msg((condition), "%s", fix.err.message)

/* A prompt as short as can be. */
#define SHORT_PROMPT "{persona}\n\n{rules}\n---\n{meeting}\n"

static inline void forget(void)
{
    trainer_free(fix.trainer);
    oracle_close(fix.oracle);
    fix.trainer = NULL;
    fix.oracle = NULL;
}

static inline void setup(void)
{
    memset(&fix, 0, sizeof fix);
}

static inline void teardown(void)
{
    forget();
    buf_free(&fix.out);
    arena_free(&fix.arena);
}

static inline const char *write_file(const char *name, const char *text,
                                     size_t length)
{
    const char *path = arena_format(&fix.arena, &fix.err, "%s", name);
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

/* The persona with its rules in the store, in order and by their numbers. */
static inline void use_persona(const char *document)
{
    const struct persona *persona;

    forget();
    fix.stored = (struct stored_persona){
        .id = "ann", .document = document, .document_length = strlen(document)};
    fix.oracle = oracle_open(&fix.arena, &fix.stored, &fix.err);
    MUST(fix.oracle != NULL);
    persona = oracle_persona(fix.oracle);
    ck_assert_uint_le(persona->rule_count, FIXTURE_RULES);
    fix.rule_count = persona->rule_count;
    for (size_t i = 0; i < fix.rule_count; i++)
        fix.rules[i] = (struct stored_rule){
            (int)persona->rules[i].kind, persona->rules[i].source,
            ruleset_name(oracle_rules(fix.oracle), i)};
}

static inline void use_prompt(enum training_task task, const char *text)
{
    char path[] = "build/training-prompt-XXXXXX";
    int file = mkstemp(path);

    ck_assert_int_ge(file, 0);
    close(file);
    write_file(path, text, strlen(text));
    MUST(prompt_load(&fix.arena, "nowhere", path, task, &fix.prompt, &fix.err));
    unlink(path);
}

static inline void train(void)
{
    trainer_free(fix.trainer);
    fix.trainer = trainer_new(&fix.prompt, fix.oracle, fix.rules,
                              fix.rule_count, &fix.err);
    MUST(fix.trainer != NULL);
}

static inline void use(const char *document, enum training_task task)
{
    use_persona(document);
    use_prompt(task, SHORT_PROMPT);
    train();
}

/* A meeting of three people and an hour on 2025-11-18, a Tuesday. */
static inline void meet(const char *subject, const char *preview)
{
    fix.facts = (struct meeting_facts){.subject = subject,
                                       .preview = preview,
                                       .people = "Ann Lee\nBo Chen\nCleo Dee\n",
                                       .attendees = 3,
                                       .required = 2,
                                       .optional = 1,
                                       .start = 29391000,
                                       .minutes = 60};
}

/* Labels the meeting by the persona's rules. */
static inline void label(void)
{
    struct label made;
    size_t used = 0;

    MUST(ruleset_label(oracle_rules(fix.oracle), &fix.facts, &made, &fix.err));
    for (size_t i = 0; i < made.fired_count; i++) {
        ck_assert_uint_lt(used + VARINT_SIZE, FIXTURE_CODES);
        used +=
            varint_put(fix.codes + used, 2 * (uint64_t)made.fired[i].rule +
                                             (made.fired[i].decided ? 1 : 0));
    }
    fix.label = (struct stored_label){.meeting = 7,
                                      .importance = (int)made.importance,
                                      .rsvp = (int)made.rsvp,
                                      .prep_minutes = made.prep_minutes,
                                      .rules = fix.codes,
                                      .rules_length = used};
}

/* The lines of a labelled meeting; NULL with fix.err. */
static inline const char *record_as(const char *id, enum training_form form)
{
    const struct labelled_meeting meeting = {
        .id = id, .facts = &fix.facts, .label = &fix.label, .reasoning = ""};

    buf_clear(&fix.out);
    return trainer_add(fix.trainer, form, &meeting, &fix.out, &fix.lines,
                       &fix.err)
               ? buf_string(&fix.out)
               : NULL;
}

static inline const cJSON *parse(const char *text, size_t length)
{
    const cJSON *tree =
        json_parse(&fix.arena, text, length, "record", &fix.err);

    ck_assert_msg(tree != NULL, "%s\n%.*s", fix.err.message, (int)length, text);
    return tree;
}

/* The record of one line, parsed. */
static inline const cJSON *record(const char *id, enum training_form form)
{
    const char *line = record_as(id, form);

    MUST(line != NULL);
    ck_assert_ptr_eq(strchr(line, '\n'), line + fix.out.length - 1);
    return parse(line, fix.out.length - 1);
}

/* The content of a message of a list. */
static inline const char *content(const cJSON *list, int index,
                                  const char *role)
{
    const cJSON *message = cJSON_GetArrayItem(list, index);

    ck_assert_int_eq(cJSON_GetArraySize(message), 2);
    ck_assert_str_eq(json_member_text(message, "role"), role);
    return json_member_text(message, "content");
}

/* An answer of a record, parsed: a list of one assistant message. */
static inline const cJSON *answer(const cJSON *record, const char *member)
{
    const cJSON *list = json_member(record, member);
    const char *text = content(list, 0, "assistant");

    ck_assert_int_eq(cJSON_GetArraySize(list), 1);
    return parse(text, strlen(text));
}

static inline const char *chosen_text(void)
{
    return content(json_member(record("m", TRAINING_TRL_SFT), "completion"), 0,
                   "assistant");
}

#endif
