/* Personas with rules, and meetings that are labelled by them, in a new
 * dataset file. */
#ifndef DATEBOOK_TESTS_DATASET_FIXTURE_H
#define DATEBOOK_TESTS_DATASET_FIXTURE_H

#include "datebook/dataset.h"

#include "tests/unit/store/fixture.h"

#define PERSONA(id, more)                                                      \
    "{\"id\":\"" id "\",\"name\":\"Name of " id "\",\"tier\":1" more "}"

/* importance_criteria with one list of always_important. */
#define ALWAYS(list)                                                           \
    ",\"importance_criteria\":{\"always_important\":[" list "]}"

static inline struct put_result put_document(const char *text)
{
    struct put_result result;
    struct persona persona;

    MUST(persona_parse(&fix.arena, text, strlen(text), "test", &persona,
                       &fix.err));
    MUST(dataset_put_persona(fix.run, fix.store, &fix.arena, &persona, &result,
                             &fix.err));
    return result;
}

/* Puts a document as a version of its own. */
static inline void edit(const char *text)
{
    begin();
    put_document(text);
    commit();
}

/* The persona as the run at hand has it, or HEAD without one. */
static inline struct stored_persona *persona_now(const char *id)
{
    int64_t version = fix.run ? run_version(fix.run) : head();
    struct stored_persona *persona;

    MUST(persona_at(fix.store, &fix.arena, version, id, &persona, &fix.err));
    ck_assert_ptr_nonnull(persona);
    return persona;
}

static inline struct oracle *open_oracle(const char *id)
{
    struct oracle *oracle = oracle_open(&fix.arena, persona_now(id), &fix.err);

    MUST(oracle != NULL);
    MUST(oracle_number_rules(oracle, fix.run, &fix.err));
    return oracle;
}

static inline int64_t add_event(const char *id, const char *meeting_id,
                                const struct meeting_facts *facts)
{
    struct stored_persona *persona = persona_now(id);
    struct oracle *oracle = open_oracle(id);
    struct stored_meeting meeting = {.id = meeting_id,
                                     .generated = 1762785138123456};
    struct stored_label label;
    int64_t key;

    meeting.document =
        arena_format(&fix.arena, &fix.err, "{\"id\":\"%s\",\"subject\":\"%s\"}",
                     meeting_id, facts->subject);
    meeting.document_length = strlen(meeting.document);
    MUST(run_add_meeting(fix.run, persona->key, &meeting, facts, &key,
                         &fix.err));
    MUST(oracle_label(oracle, facts, key, &label, &fix.err));
    MUST(run_put_label(fix.run, &label, &fix.err));
    MUST(run_set_labelling(fix.run, persona->key, persona->rules_hash,
                           RULES_ENGINE, &fix.err));
    oracle_close(oracle);
    return key;
}

/* An internal meeting of an hour, labelled by the persona's rules. */
static inline int64_t add_subject(const char *id, const char *meeting,
                                  const char *subject, const char *preview)
{
    struct meeting_facts facts = {.subject = subject,
                                  .preview = preview,
                                  .people = "Ann\nBob\nCleo\n",
                                  .attendees = 3,
                                  .required = 2,
                                  .start = 29453340,
                                  .minutes = 60};

    return add_event(id, meeting, &facts);
}

static inline struct stored_label label_of(int64_t meeting)
{
    struct stored_label label;
    bool found;

    MUST(label_at(fix.store, &fix.arena,
                  fix.run ? run_version(fix.run) : head(), meeting, &label,
                  &found, &fix.err));
    ck_assert(found);
    return label;
}

static inline const char *reasoning_of(const struct stored_label *label)
{
    struct stored_rule *rules;
    struct buf buf = BUF_EMPTY;
    const char *text;
    size_t count;

    MUST(rule_list(fix.store, &fix.arena, meeting_persona(label->meeting),
                   &rules, &count, &fix.err));
    MUST(label_reasoning(label, rules, count, &buf, &fix.err));
    text = arena_text(&fix.arena, buf_string(&buf), &fix.err);
    buf_free(&buf);
    return text;
}

static inline bool fresh(const char *id)
{
    bool is_fresh;

    MUST(dataset_labels_are_fresh(fix.store, head(), persona_now(id), &is_fresh,
                                  &fix.err));
    return is_fresh;
}

static inline const struct calendar_library *library(void)
{
    const char *folder = getenv("DATEBOOK_DATA");
    const struct calendar_library *loaded = calendar_library_load(
        &fix.arena, folder ? folder : "personas", &fix.err);

    MUST(loaded != NULL);
    return loaded;
}

#endif
