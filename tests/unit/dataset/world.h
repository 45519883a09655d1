/* Worlds of the store's model in files: written anew, copied, and compared by
 * ids, so that files whose keys differ can hold the same world. */
#ifndef DATEBOOK_TESTS_DATASET_WORLD_H
#define DATEBOOK_TESTS_DATASET_WORLD_H

#include "datebook/dataset.h"
#include "datebook/move.h"

#include "tests/unit/store/fixture.h"
#include "tests/unit/store/model.h"

static inline void check_empty_diff(struct store *store, int64_t from,
                                    int64_t to)
{
    /* Row by row, not by the hashes of their contents. */
    struct diff_request request = {
        .from = {store, from}, .to = {store, to}, .way = CHANGE_NEAR};
    struct diff diff;

    MUST(dataset_diff(&request, &fix.arena, &diff, NULL, NULL, &fix.err));
    ck_assert(diff_is_empty(&diff));
}

static inline struct version version_of(struct store *store, int64_t number)
{
    struct version version;

    MUST(version_get(store, &fix.arena, number, &version, &fix.err));
    return version;
}

static inline bool tell_finding(void *context, const char *finding,
                                struct error *err)
{
    (void)context;
    return error_set(err, ERROR_FOUND, "%s", finding);
}

/* Nothing that a deep check would report. */
static inline void check_sound(struct store *store)
{
    struct verify_result result;

    MUST(store_verify(store, VERIFY_DEEP, NULL, tell_finding, NULL, &result,
                      &fix.err));
}

static inline const char *persona_name(int index)
{
    const char *name = arena_format(&fix.arena, &fix.err, "p%d", index);

    ck_assert_ptr_nonnull(name);
    return name;
}

/* The rules that fired and decided, by the numbers that their names have in
 * the model: their numbers in the file are its own. */
static inline void read_rules(struct store *store,
                              const struct stored_label *row,
                              struct model_label *label)
{
    struct stored_rule *rules;
    size_t count;

    MUST(rule_list(store, &fix.arena, meeting_persona(row->meeting), &rules,
                   &count, &fix.err));
    for (size_t i = 0; i < row->rules_length; i++) {
        unsigned code = row->rules[i];
        unsigned rule;
        ck_assert_uint_lt(code / 2, count);
        rule = (unsigned)(rules[code / 2].name[1] - '0');
        label->fired |= 1u << rule;
        label->decided |= (code & 1) << rule;
    }
}

static inline void check_world_label(struct store *store, int64_t version,
                                     int64_t key,
                                     const struct model_meeting *expected)
{
    struct stored_label row;
    struct model_label label = {0};
    bool found;

    MUST(label_at(store, &fix.arena, version, key, &row, &found, &fix.err));
    ck_assert(found);
    label.importance = row.importance;
    label.rsvp = row.rsvp;
    label.prep_minutes = row.prep_minutes;
    read_rules(store, &row, &label);
    ck_assert(model_same_label(&label, &expected->label));
}

/* Whether the meeting is there; if so it is as expected. */
static inline bool check_world_meeting(struct store *store, int64_t version,
                                       int persona, int meeting,
                                       const struct model_meeting *expected)
{
    struct stored_meeting wanted;
    struct stored_meeting row;
    struct meeting_facts facts;
    struct stored_fact fact;
    int64_t key;
    bool found;

    model_meeting_row(persona, meeting, &fix.arena, &wanted, &facts);
    if (!meeting_find(store, wanted.id, &key, &fix.err))
        return false;
    MUST(meeting_at(store, &fix.arena, version, key, &row, &found, &fix.err));
    if (!found)
        return false;
    ck_assert_str_eq(row.document, wanted.document);
    ck_assert_int_eq(row.generated, wanted.generated);
    MUST(fact_at(store, &fix.arena, version, key, &fact, &found, &fix.err));
    ck_assert(found);
    ck_assert_str_eq(fact.facts.people, facts.people);
    ck_assert_int_eq(fact.facts.minutes, facts.minutes);
    ck_assert_int_eq(fact.facts.external, facts.external);
    if (expected->alive)
        check_world_label(store, version, key, expected);
    return true;
}

static inline void check_world_persona(struct store *store, int64_t version,
                                       int index,
                                       const struct model_persona *expected)
{
    struct stored_persona wanted;
    struct stored_persona *row;

    MUST(persona_at(store, &fix.arena, version, persona_name(index), &row,
                    &fix.err));
    ck_assert_msg((row != NULL) == expected->alive, "persona %d", index);
    if (!row)
        return;
    model_persona_row(index, expected->document, &fix.arena, &wanted);
    ck_assert_str_eq(row->document, wanted.document);
    ck_assert_int_eq(row->validation, wanted.validation);
    ck_assert_mem_eq(row->rules_hash, wanted.rules_hash, HASH_SIZE);
}

static inline void check_world_records(struct store *store, int64_t version,
                                       const struct world *world,
                                       const struct noun_counts counts[NOUNS])
{
    int64_t alive[NOUNS] = {0};

    for (int i = 0; i < MODEL_RECORDS; i++) {
        struct stored_record wanted;
        struct stored_record *row;
        model_record_row(i, world->records[i], &fix.arena, &wanted);
        MUST(record_at(store, &fix.arena, model_record_noun(i), version,
                       wanted.name, &row, &fix.err));
        ck_assert_msg((row != NULL) == (world->records[i] != 0), "record %d",
                      i);
        if (row)
            ck_assert_str_eq(row->document, wanted.document);
        alive[model_record_noun(i)] += row != NULL;
    }
    ck_assert_int_eq(counts[NOUN_SPLIT].total, alive[NOUN_SPLIT]);
    ck_assert_int_eq(counts[NOUN_REVIEW].total, alive[NOUN_REVIEW]);
}

static inline void check_world(struct store *store, int64_t version,
                               const struct world *world)
{
    struct version holds = version_of(store, version);
    const struct noun_counts *counts = holds.counts;
    int64_t personas = 0;
    int64_t meetings = 0;

    for (int i = 0; i < MODEL_PERSONAS; i++) {
        const struct model_persona *persona = &world->personas[i];
        check_world_persona(store, version, i, persona);
        personas += persona->alive;
        for (int j = 0; j < MODEL_MEETINGS; j++) {
            bool alive = persona->meetings[j].alive;
            ck_assert_msg(check_world_meeting(store, version, i, j,
                                              &persona->meetings[j]) == alive,
                          "meeting p%d-m%d", i, j);
            meetings += alive;
        }
    }
    ck_assert_int_eq(counts[NOUN_PERSONA].total, personas);
    ck_assert_int_eq(counts[NOUN_MEETING].total, meetings);
    ck_assert_int_eq(counts[NOUN_LABEL].total, meetings);
    check_world_records(store, version, world, counts);
}

#endif
