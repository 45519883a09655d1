/* Labels against the rules that they should come from; and meetings that are
 * the same.
 *
 * The label is made anew from what the store has extracted of the meeting, as
 * `relabel` would, and compared whole: levels, minutes, and each rule with
 * whether it decided.  Meetings of the same words need the persona's meetings
 * side by side: 32 bytes each, for as long as the persona is looked at. */
#include "src/quality/measure.h"

#include "datebook/varint.h"
#include "src/quality/word_hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_RULE = -1, NO_IMPORTANCE = -1 };

struct entry {
    uint64_t words; /* hash of those of subject and preview */
    uint64_t time;  /* hash of start and length */
    int64_t key;
    int8_t importance; /* NO_IMPORTANCE without a label */
    int8_t common;     /* of those of the same words, when there are several */
    bool twin;         /* an earlier one has the same time as well */
};

struct label_measure {
    struct sums *sums;
    const struct persona *persona;
    const struct stored_rule *rules;
    size_t rule_count;
    int *own; /* of a stored rule: its place in the persona, or NO_RULE */
    struct entry *entries;
    size_t count;
    size_t size;
};

/* ---- Rules by number ---- */

/* The store keeps each rule once, by kind and source, whatever became of it
 * since. */
static int place_of(const struct persona *persona,
                    const struct stored_rule *stored)
{
    for (size_t i = 0; i < persona->rule_count; i++)
        if (stored->kind == (int)persona->rules[i].kind &&
            !strcmp(stored->source, persona->rules[i].source))
            return (int)i;
    return NO_RULE;
}

struct label_measure *label_measure_new(const struct persona *persona,
                                        const struct stored_rule *rules,
                                        size_t rule_count, struct sums *sums,
                                        struct error *err)
{
    struct label_measure *measure = calloc(1, sizeof *measure);

    if (measure)
        measure->own = calloc(rule_count + 1, sizeof *measure->own);
    if (!measure || !measure->own) {
        free(measure);
        error_memory(err);
        return NULL;
    }
    measure->sums = sums;
    measure->persona = persona;
    measure->rules = rules;
    measure->rule_count = rule_count;
    for (size_t i = 0; persona && i < rule_count; i++)
        measure->own[i] = place_of(persona, &rules[i]);
    return measure;
}

void label_measure_free(struct label_measure *measure)
{
    if (!measure)
        return;
    free(measure->own);
    free(measure->entries);
    free(measure);
}

/* ---- The stored label ---- */

static void count_mix(struct sums *sums, const struct stored_label *label)
{
    bool needed = label->prep_minutes > 0;

    for (int level = 0; level < IMPORTANCE_LEVELS; level++) {
        enum check_id check = (enum check_id)(CHECK_IMPORTANCE_CRITICAL +
                                              IMPORTANCE_CRITICAL - level);
        sum_count(sums, check, label->importance == level);
        if (label->importance == level)
            sum_example(sums, check, label->meeting, NULL);
    }
    sum_count(sums, CHECK_PREP_NEEDED, needed);
    if (!needed)
        return;
    sum_example(sums, CHECK_PREP_NEEDED, label->meeting, NULL);
    sums->of[CHECK_PREP_MINUTES].part += label->prep_minutes;
    sums->of[CHECK_PREP_MINUTES].whole++;
    if (label->prep_minutes < 15 || label->prep_minutes > 90)
        sum_flaw(sums, CHECK_PREP_RANGE, label->meeting, NULL);
}

/* What the rules that a label names say of it. */
struct named_rules {
    bool unknown; /* one of no persona */
    bool gone;    /* one that the persona has no more */
    bool prep;    /* a rule that asks for preparation decided */
    bool reason;  /* some rule decided, and gives a reason */
};

static struct named_rules read_rules(const struct label_measure *measure,
                                     const struct stored_label *label)
{
    struct named_rules named = {.unknown = false};
    size_t at = 0;

    while (at < label->rules_length) {
        uint64_t code = 0;
        size_t used =
            varint_get(label->rules + at, label->rules_length - at, &code);
        const struct stored_rule *rule;
        if (!used || code / 2 >= measure->rule_count ||
            (unsigned)measure->rules[code / 2].kind >= RULE_KINDS) {
            named.unknown = true;
            break;
        }
        at += used;
        rule = &measure->rules[code / 2];
        named.gone |= measure->own[code / 2] == NO_RULE;
        if (code % 2 == 0)
            continue;
        named.prep |= rule->kind == RULE_REQUIRES_PREP ||
                      rule->kind == RULE_OPTIONAL_PREP;
        named.reason |= rules_gives_reason((enum rule_kind)rule->kind);
    }
    return named;
}

/* Without a rule that decides, a label is medium and needs no preparation. */
static void check_reasoning(struct sums *sums, const struct stored_label *label,
                            const struct named_rules *named)
{
    bool needs_reason =
        label->importance != IMPORTANCE_MEDIUM || label->prep_minutes > 0;
    const char *what = named->unknown ? "names a rule that there is not"
                       : named->gone  ? "names a rule that the persona no "
                                        "longer has"
                       : needs_reason && !named->reason ? "gives no reason"
                                                        : NULL;

    if (what)
        sum_flaw(sums, CHECK_LABEL_REASONING, label->meeting, what);
    if (!named->unknown && named->prep != (label->prep_minutes > 0))
        sum_flaw(sums, CHECK_LABEL_PREP, label->meeting,
                 named->prep ? "no minutes" : "minutes without a rule");
}

/* ---- The label that the rules make ---- */

static bool same_rules(const struct label_measure *measure,
                       const struct stored_label *label,
                       const struct label *made)
{
    size_t at = 0;

    for (size_t i = 0; i < made->fired_count; i++) {
        uint64_t code = 0;
        size_t used =
            varint_get(label->rules + at, label->rules_length - at, &code);
        if (!used || code / 2 >= measure->rule_count ||
            measure->own[code / 2] != made->fired[i].rule ||
            (code % 2 == 1) != made->fired[i].decided)
            return false;
        at += used;
    }
    return at == label->rules_length;
}

static void compare(struct label_measure *measure,
                    const struct stored_label *label, const struct label *made)
{
    char note[CHECK_NOTE] = "another reasoning";
    bool equal = label->importance == (int)made->importance &&
                 label->rsvp == (int)made->rsvp &&
                 label->prep_minutes == made->prep_minutes;

    if (!equal)
        snprintf(note, sizeof note, "by the rules %s, %d min, %s",
                 importance_name(made->importance), made->prep_minutes,
                 rsvp_name(made->rsvp));
    equal = equal && same_rules(measure, label, made);
    sum_count(measure->sums, CHECK_LABEL_EQUAL, equal);
    if (!equal)
        sum_example(measure->sums, CHECK_LABEL_EQUAL, label->meeting, note);
}

static void check_keyword(struct label_measure *measure,
                          const struct stored_label *label,
                          const struct label *made)
{
    const struct persona_rule *rules = measure->persona->rules;
    bool high = label->importance >= IMPORTANCE_HIGH;
    size_t i = 0;

    while (i < made->fired_count &&
           rules[made->fired[i].rule].kind != RULE_PRIORITY)
        i++;
    if (i == made->fired_count)
        return;
    sum_count(measure->sums, CHECK_LABEL_KEYWORD, high);
    if (!high)
        sum_example(measure->sums, CHECK_LABEL_KEYWORD, label->meeting, NULL);
}

/* ---- One meeting ---- */

static bool add_entry(struct label_measure *measure,
                      const struct measured *meeting,
                      const struct stored_label *label, struct error *err)
{
    const struct meeting_facts *facts = meeting->facts;

    if (measure->count == measure->size) {
        size_t size = measure->size ? 2 * measure->size : 256;
        struct entry *entries =
            realloc(measure->entries, size * sizeof *measure->entries);
        if (!entries)
            return error_memory(err);
        measure->entries = entries;
        measure->size = size;
    }
    measure->entries[measure->count++] = (struct entry){
        .words = hash_pair(hash_text_words(facts->subject),
                           hash_text_words(facts->preview)),
        .time = hash_pair((uint64_t)facts->start, (uint64_t)facts->minutes),
        .key = meeting->key,
        .importance = (int8_t)(label ? label->importance : NO_IMPORTANCE),
        .common = NO_IMPORTANCE};
    return true;
}

bool label_measure_meeting(struct label_measure *measure,
                           const struct measured *meeting,
                           const struct stored_label *label,
                           const struct label *made, struct error *err)
{
    if (!label) {
        sum_flaw(measure->sums, CHECK_LABEL_MISSING, meeting->key, NULL);
    } else {
        struct named_rules named = read_rules(measure, label);
        count_mix(measure->sums, label);
        check_reasoning(measure->sums, label, &named);
        if (made) {
            compare(measure, label, made);
            check_keyword(measure, label, made);
        }
    }
    return add_entry(measure, meeting, label, err);
}

/* ---- All of them ---- */

static int by_words(const void *one, const void *other)
{
    const struct entry *a = one;
    const struct entry *b = other;

    if (a->words != b->words)
        return a->words < b->words ? -1 : 1;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->key < b->key ? -1 : a->key > b->key;
}

static int by_key(const void *one, const void *other)
{
    const struct entry *a = one;
    const struct entry *b = other;

    return a->key < b->key ? -1 : a->key > b->key;
}

/* The level that most of them have; of equals the higher. */
static int common_level(const struct entry *entries, size_t count)
{
    int counts[IMPORTANCE_LEVELS] = {0};
    int common = IMPORTANCE_CRITICAL;

    for (size_t i = 0; i < count; i++)
        if (entries[i].importance >= 0 &&
            entries[i].importance < IMPORTANCE_LEVELS)
            counts[entries[i].importance]++;
    for (int level = IMPORTANCE_LEVELS; level-- > 0;)
        if (counts[level] > counts[common])
            common = level;
    return common;
}

static void mark_group(struct entry *entries, size_t count)
{
    int common = common_level(entries, count);

    for (size_t i = 0; i < count; i++) {
        entries[i].common = (int8_t)common;
        entries[i].twin = i && entries[i].time == entries[i - 1].time;
    }
}

/* Brings meetings of the same words together, and then back in order. */
static void mark_groups(struct label_measure *measure)
{
    struct entry *entries = measure->entries;
    size_t first = 0;

    qsort(entries, measure->count, sizeof *entries, by_words);
    for (size_t i = 1; i <= measure->count; i++) {
        if (i < measure->count && entries[i].words == entries[first].words)
            continue;
        if (i - first > 1)
            mark_group(&entries[first], i - first);
        first = i;
    }
    qsort(entries, measure->count, sizeof *entries, by_key);
}

static void check_consistency(struct sums *sums, const struct entry *entry)
{
    bool same = entry->importance == entry->common;
    char note[CHECK_NOTE];

    if (entry->common == NO_IMPORTANCE || entry->importance == NO_IMPORTANCE)
        return;
    sum_count(sums, CHECK_LABEL_CONSISTENT, same);
    if (same)
        return;
    snprintf(note, sizeof note, "most of the same words are %s",
             importance_name((enum importance)entry->common));
    sum_example(sums, CHECK_LABEL_CONSISTENT, entry->key, note);
}

void label_measure_end(struct label_measure *measure)
{
    if (measure->count)
        mark_groups(measure);
    for (size_t i = 0; i < measure->count; i++) {
        const struct entry *entry = &measure->entries[i];
        check_consistency(measure->sums, entry);
        if (entry->twin)
            sum_flaw(measure->sums, CHECK_DUPLICATE_EXACT, entry->key, NULL);
    }
}
