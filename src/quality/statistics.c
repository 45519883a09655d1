/* Counting what is in a version, in one pass over extracted facts and labels.
 */
#include "datebook/quality.h"

#include "datebook/varint.h"

#include "src/quality/distinct.h"
#include "src/quality/groups.h"

#include <string.h>

/* The words of subjects, of one persona and of all. */
struct vocabulary {
    struct distinct_words own;
    struct distinct_words all;
};

/* One persona: its rows, and its rules by the numbers that labels use. */
struct count_pass {
    struct statistics *statistics;
    struct arena *arena; /* of the groups */
    struct vocabulary *vocabulary;
    struct tally *tally;
    struct cursor *facts;
    struct cursor *labels;
    struct stored_rule *rules;
    bool *fired; /* of each of them */
    size_t rule_count;
};

static void count_words(struct tally *tally, const struct distinct_words *sets)
{
    tally->words = sets->word_count;
    tally->pairs = sets->pair_count;
    tally->different_words = distinct_count(&sets->words);
    tally->different_pairs = distinct_count(&sets->pairs);
}

static void mark_rules(struct count_pass *pass,
                       const struct stored_label *label)
{
    size_t at = 0;
    uint64_t code;

    while (at < label->rules_length) {
        size_t used =
            varint_get(label->rules + at, label->rules_length - at, &code);
        if (!used || code / 2 >= pass->rule_count)
            return;
        pass->fired[code / 2] = true;
        at += used;
    }
}

static bool count_row(struct count_pass *pass,
                      const struct meeting_facts *facts,
                      const struct stored_label *label, struct error *err)
{
    tally_count_facts(pass->tally, facts);
    if (label) {
        tally_count_label(pass->tally, label, pass->rules, pass->rule_count);
        mark_rules(pass, label);
    }
    return distinct_words_add(&pass->vocabulary->own, facts->subject, err) &&
           distinct_words_add(&pass->vocabulary->all, facts->subject, err) &&
           groups_count(pass->statistics, pass->arena, facts, label,
                        pass->rules, pass->rule_count, err);
}

/* Facts and labels in step, by key. */
static bool count_rows(struct count_pass *pass, struct error *err)
{
    struct stored_fact fact;
    struct stored_label label = {.meeting = 0};
    bool labelled = true;
    bool more;

    for (;;) {
        if (!fact_next(pass->facts, &fact, &more, err))
            return false;
        if (!more)
            return true;
        while (labelled && label.meeting < fact.key)
            if (!label_next(pass->labels, &label, &labelled, err))
                return false;
        if (!count_row(pass, &fact.facts,
                       labelled && label.meeting == fact.key ? &label : NULL,
                       err))
            return false;
    }
}

/* How many rules of the document fired: `rules` has those of older documents
 * as well. */
static void count_rules(const struct count_pass *pass,
                        const struct persona *persona)
{
    pass->tally->rules = (int64_t)persona->rule_count;
    for (size_t i = 0; i < persona->rule_count; i++)
        for (size_t n = 0; n < pass->rule_count; n++)
            if (pass->fired[n] &&
                pass->rules[n].kind == (int)persona->rules[i].kind &&
                !strcmp(pass->rules[n].source, persona->rules[i].source)) {
                pass->tally->rules_fired++;
                break;
            }
}

static bool open_pass(struct count_pass *pass, struct store *store,
                      int64_t version, int64_t since, struct arena *memory,
                      const struct stored_persona *persona, struct error *err)
{
    struct scan scan = {
        .version = version, .persona = persona->key, .since = since};

    distinct_words_clear(&pass->vocabulary->own);
    return rule_list(store, memory, persona->key, &pass->rules,
                     &pass->rule_count, err) &&
           (pass->fired = arena_zero(memory, pass->rule_count + 1,
                                     sizeof *pass->fired, err)) &&
           (pass->facts = fact_scan(store, &scan, err)) &&
           (pass->labels = label_scan(store, &scan, err));
}

static bool count_persona(struct count_pass *pass, struct store *store,
                          int64_t version, int64_t since,
                          const struct stored_persona *stored,
                          struct error *err)
{
    struct arena memory = ARENA_EMPTY;
    struct persona persona;
    bool ok = persona_parse(&memory, stored->document, stored->document_length,
                            stored->id, &persona, err) &&
              open_pass(pass, store, version, since, &memory, stored, err) &&
              count_rows(pass, err);

    if (ok) {
        pass->tally->weeks = tally_span_weeks(pass->tally);
        count_words(pass->tally, &pass->vocabulary->own);
        count_rules(pass, &persona);
        ok = groups_add_persona(pass->statistics, pass->arena, &persona,
                                pass->tally, err);
    }
    cursor_close(pass->facts);
    cursor_close(pass->labels);
    arena_free(&memory);
    return ok;
}

bool statistics_collect(struct store *store, struct arena *arena,
                        int64_t version, int64_t since,
                        const struct stored_persona *personas, size_t count,
                        unsigned axes, struct statistics *statistics,
                        struct error *err)
{
    struct vocabulary vocabulary = {{.word_count = 0}, {.word_count = 0}};
    bool ok = true;

    *statistics = (struct statistics){.version = version, .axes = axes};
    statistics->personas =
        arena_zero(arena, count, sizeof *statistics->personas, err);
    if (!statistics->personas)
        return false;
    for (size_t i = 0; ok && i < count; i++) {
        struct persona_tally *entry = &statistics->personas[i];
        struct count_pass pass = {.statistics = statistics,
                                  .arena = arena,
                                  .vocabulary = &vocabulary,
                                  .tally = &entry->tally};
        entry->id = personas[i].id;
        entry->tier = personas[i].tier;
        entry->validation = personas[i].validation;
        ok = count_persona(&pass, store, version, since, &personas[i], err);
        tally_add(&statistics->all, &entry->tally);
        statistics->persona_count += ok;
    }
    count_words(&statistics->all, &vocabulary.all);
    groups_end(statistics);
    distinct_words_free(&vocabulary.own);
    distinct_words_free(&vocabulary.all);
    return ok;
}
