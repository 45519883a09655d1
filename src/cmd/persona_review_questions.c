/* What an expert is asked of a persona: its rules in words, with what they did
 * to its meetings. */
#include "persona_review.h"

#include <string.h>

/* ---- Rules as questions ---- */

static const char *kept_text(struct arena *arena, const struct buf *buf,
                             struct error *err)
{
    return buf_ok(buf, err) ? arena_text(arena, buf_string(buf), err) : NULL;
}

/* A line of its own for what the words of a rule leave out. */
static void put_line(struct buf *about, const char *before, const char *text)
{
    if (about->length)
        buf_char(about, '\n');
    buf_text(about, before);
    buf_text(about, text);
}

static void put_keywords(struct buf *about, const struct persona_rule *rule)
{
    for (size_t i = 0; i < rule->keyword_count; i++)
        if (i) {
            buf_text(about, ", ");
            buf_text(about, rule->keywords[i]);
        } else {
            put_line(about, "keywords: ", rule->keywords[i]);
        }
}

static void put_about(struct buf *about, const struct ruleset *ruleset,
                      const struct persona_rule *rule, size_t number)
{
    const char *name = ruleset_name(ruleset, number);
    int minutes = ruleset_minutes(ruleset, number);
    struct buf conditions = BUF_EMPTY;

    ruleset_conditions(ruleset, number, &conditions);
    /* A rule without a name of its own is named by its conditions. */
    if (conditions.length && strcmp(buf_string(&conditions), name) != 0)
        put_line(about, "when: ", buf_string(&conditions));
    put_keywords(about, rule);
    if (!rule->object && strcmp(rule->source, name) != 0)
        put_line(about, "written: ", rule->source);
    if (minutes) {
        put_line(about, "minutes: ", "");
        buf_int(about, minutes);
    }
    buf_inherit(about, &conditions);
    buf_free(&conditions);
}

/* All that a rule's label depends on. */
static void put_source(struct buf *source, const struct persona_rule *rule)
{
    buf_format(source, "[%d,", (int)rule->kind);
    buf_json(source, rule->source);
    for (size_t i = 0; i < rule->keyword_count; i++) {
        buf_char(source, ',');
        buf_json(source, rule->keywords[i]);
    }
    buf_char(source, ']');
}

/* Adds a rule to its question, with what is known of that so far. */
static bool describe(struct persona_questions *questions, struct arena *arena,
                     size_t number, struct rule_question *question,
                     struct error *err)
{
    const struct persona_rule *rule = &questions->persona->rules[number];
    struct buf about = BUF_EMPTY;
    struct buf source = BUF_EMPTY;

    buf_text(&about, question->about);
    buf_text(&source, question->source);
    put_about(&about, oracle_rules(questions->oracle), rule, number);
    put_source(&source, rule);
    question->about = kept_text(arena, &about, err);
    question->source = question->about ? kept_text(arena, &source, err) : NULL;
    buf_free(&about);
    buf_free(&source);
    return question->source != NULL;
}

size_t question_of(const struct persona_questions *questions, const char *rule)
{
    size_t i = 0;

    while (i < questions->count && strcmp(questions->rules[i].rule, rule) != 0)
        i++;
    return i;
}

static bool ask_about(struct persona_questions *questions, struct arena *arena,
                      size_t number, size_t *place, struct error *err)
{
    const struct persona_rule *rule = &questions->persona->rules[number];
    struct buf reason = BUF_EMPTY;
    const char *text;

    rules_reason(rule->kind,
                 ruleset_name(oracle_rules(questions->oracle), number),
                 &reason);
    text = kept_text(arena, &reason, err);
    buf_free(&reason);
    if (!text)
        return false;
    *place = question_of(questions, text);
    if (*place == questions->count)
        questions->rules[questions->count++] =
            (struct rule_question){.rule = text, .about = "", .source = ""};
    return describe(questions, arena, number, &questions->rules[*place], err);
}

/* ---- What the rules did ---- */

/* A pass over the labels of the persona. */
struct counting {
    struct persona_questions *questions;
    struct arena *arena;
    struct stored_rule *rules; /* by the numbers that labels use */
    size_t rule_count;
    size_t *by_number; /* the question of each of them; count: none */
    int64_t *last;     /* meeting that was counted for a question */
};

static size_t place_of(const struct counting *counting,
                       const struct stored_rule *stored)
{
    const struct persona *persona = counting->questions->persona;

    for (size_t i = 0; i < persona->rule_count; i++)
        if ((int)persona->rules[i].kind == stored->kind &&
            !strcmp(persona->rules[i].source, stored->source))
            return counting->questions->places[i];
    return counting->questions->count;
}

static bool find_places(struct counting *counting, struct store *store,
                        struct error *err)
{
    const struct persona_questions *questions = counting->questions;
    struct arena *arena = counting->arena;

    if (!rule_list(store, arena, questions->stored->key, &counting->rules,
                   &counting->rule_count, err))
        return false;
    counting->by_number = arena_zero(arena, counting->rule_count,
                                     sizeof *counting->by_number, err);
    counting->last =
        counting->by_number
            ? arena_zero(arena, questions->count, sizeof *counting->last, err)
            : NULL;
    for (size_t i = 0; counting->last && i < counting->rule_count; i++)
        counting->by_number[i] = place_of(counting, &counting->rules[i]);
    return counting->last != NULL;
}

/* A subject is shown once. */
static bool keep_subject(struct counting *counting,
                         struct rule_question *question, const char *subject,
                         struct error *err)
{
    for (int i = 0; i < RULE_SUBJECTS; i++) {
        if (!question->subjects[i]) {
            question->subjects[i] = arena_text(counting->arena, subject, err);
            return question->subjects[i] != NULL;
        }
        if (!strcmp(question->subjects[i], subject))
            return true;
    }
    return true;
}

static bool count_rules(struct counting *counting,
                        const struct stored_label *label, const char *subject,
                        struct error *err)
{
    struct persona_questions *questions = counting->questions;
    size_t at = 0;

    while (at < label->rules_length) {
        size_t number = 0;
        size_t place;
        bool decided = false;
        if (!label_next_rule(label, counting->rules, counting->rule_count, &at,
                             &number, &decided, err))
            return false;
        place = counting->by_number[number];
        if (!decided || place == questions->count ||
            counting->last[place] == label->meeting)
            continue;
        counting->last[place] = label->meeting;
        questions->rules[place].decided++;
        if (!keep_subject(counting, &questions->rules[place], subject, err))
            return false;
    }
    return true;
}

static bool count_label(struct counting *counting,
                        const struct stored_label *label, const char *subject,
                        struct error *err)
{
    struct asked_labels *labels = &counting->questions->labels;

    if (label->importance < 0 || label->importance >= IMPORTANCE_LEVELS ||
        label->rsvp < 0 || label->rsvp >= RSVP_ANSWERS)
        return error_set(err, ERROR_DATABASE,
                         "the label of meeting %lld has no known value",
                         (long long)label->meeting);
    labels->all++;
    labels->importance[label->importance]++;
    labels->rsvp[label->rsvp]++;
    labels->prep += label->prep_minutes > 0;
    return count_rules(counting, label, subject, err);
}

/* Facts and labels in step, by key: subjects are facts. */
static bool count_rows(struct counting *counting, struct cursor *facts,
                       struct cursor *labels, struct error *err)
{
    struct stored_fact fact;
    struct stored_label label = {.meeting = 0};
    bool labelled = true;
    bool more;

    for (;;) {
        if (!fact_next(facts, &fact, &more, err))
            return false;
        if (!more)
            return true;
        while (labelled && label.meeting < fact.key)
            if (!label_next(labels, &label, &labelled, err))
                return false;
        if (labelled && label.meeting == fact.key &&
            !count_label(counting, &label, fact.facts.subject, err))
            return false;
    }
}

/* ---- All of it ---- */

bool questions_read(struct persona_questions *questions, struct arena *arena,
                    const struct stored_persona *stored, struct error *err)
{
    size_t count;

    *questions = (struct persona_questions){.stored = stored};
    hash_hex(stored->rules_hash, questions->rules_hash);
    questions->oracle = oracle_open(arena, stored, err);
    if (!questions->oracle)
        return false;
    questions->persona = oracle_persona(questions->oracle);
    count = questions->persona->rule_count;
    questions->rules = arena_zero(arena, count, sizeof *questions->rules, err);
    questions->places =
        questions->rules
            ? arena_zero(arena, count, sizeof *questions->places, err)
            : NULL;
    for (size_t i = 0; questions->places && i < count; i++)
        if (!ask_about(questions, arena, i, &questions->places[i], err))
            return false;
    return questions->places != NULL;
}

bool questions_count(struct persona_questions *questions, struct store *store,
                     struct arena *arena, int64_t version, struct error *err)
{
    struct arena memory = ARENA_EMPTY;
    struct counting counting = {.questions = questions, .arena = &memory};
    struct scan scan = {.version = version, .persona = questions->stored->key};
    struct cursor *facts = NULL;
    struct cursor *labels = NULL;
    bool ok = find_places(&counting, store, err);

    /* The tables go with the pass, what it found stays. */
    counting.arena = arena;
    questions->version = version;
    ok = ok && (facts = fact_scan(store, &scan, err)) &&
         (labels = label_scan(store, &scan, err)) &&
         count_rows(&counting, facts, labels, err);
    cursor_close(facts);
    cursor_close(labels);
    arena_free(&memory);
    return ok && dataset_labels_are_fresh(store, version, questions->stored,
                                          &questions->labels.fresh, err);
}

void questions_close(struct persona_questions *questions)
{
    oracle_close(questions->oracle);
    questions->oracle = NULL;
}
