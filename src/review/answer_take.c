/* Taking answers into a run: whether each is of something that there is, what
 * was seen, and whether it is news. */
#include "answer_internal.h"

#include "datebook/dataset.h"
#include "datebook/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The rules of a persona that was asked for. */
struct known_rules {
    int64_t persona;
    struct stored_rule *rules;
    size_t count;
    const char **reasons; /* as a reasoning spells them; NULL: not asked for */
};

struct taking {
    struct run *run;
    struct store *store;
    struct arena *arena;
    struct arena of_sample; /* reset for each */
    struct arena scratch;   /* for each answer */
    struct answer_file *file;
    const struct monitor *monitor;
    struct answer_totals *totals;
    int64_t head;
    struct review review;             /* of the sample at hand */
    const struct review_item **items; /* by meeting */
    struct known_rules *known;        /* they are few, as personas are */
    size_t known_count;
    struct buf text; /* that is being spelled */
};

/* ---- Order ---- */

/* Answers by the record that they are, so that those of one record, and all of
 * one sample, come together; then by line. */
static int compare_records(const struct answer_line *one,
                           const struct answer_line *other)
{
    int order = strcmp(one->sample, other->sample);

    if (!order)
        order = one->decision - other->decision;
    if (!order && !one->decision)
        order = strcmp(one->reviewer, other->reviewer);
    return order ? order : strcmp(one->meeting, other->meeting);
}

static int by_record(const void *one, const void *other)
{
    const struct answer_line *a = *(const struct answer_line *const *)one;
    const struct answer_line *b = *(const struct answer_line *const *)other;
    int order = compare_records(a, b);

    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int by_meeting(const void *one, const void *other)
{
    return strcmp((*(const struct review_item *const *)one)->meeting,
                  (*(const struct review_item *const *)other)->meeting);
}

static int compare_meeting(const void *meeting, const void *item)
{
    return strcmp(meeting, (*(const struct review_item *const *)item)->meeting);
}

static int compare_name(const void *name, const void *reviewer)
{
    return strcmp(name, *(const char *const *)reviewer);
}

static const struct review_item *find_item(const struct taking *taking,
                                           const char *meeting)
{
    const struct review_item **found =
        taking->review.count
            ? bsearch(meeting, taking->items, taking->review.count,
                      sizeof(const struct review_item *), compare_meeting)
            : NULL;

    return found ? *found : NULL;
}

/* ---- What was seen ---- */

static bool check_version(struct taking *taking,
                          const struct answer_line *answer, struct error *err)
{
    char name[24];
    int64_t version;

    if (!answer->version)
        return true;
    snprintf(name, sizeof name, "%lld", (long long)answer->version);
    /* The run has begun a version that nobody can have seen. */
    if (answer->version > taking->head)
        return error_set(err, ERROR_INPUT,
                         "\"version\" is %s, but the newest is v%lld", name,
                         (long long)taking->head);
    return answer->seen
               ? true
               : version_resolve_kept(taking->store, name, &version, err);
}

/* The rules of a persona, which are read once; NULL is an error. */
static struct known_rules *know_rules(struct taking *taking, int64_t persona,
                                      struct error *err)
{
    struct known_rules *known = taking->known;

    for (size_t i = 0; i < taking->known_count; i++)
        if (known[i].persona == persona)
            return &known[i];
    if (!list_grow(taking->arena, &taking->known, taking->known_count,
                   sizeof *known, err))
        return NULL;
    known = &taking->known[taking->known_count];
    *known = (struct known_rules){.persona = persona};
    if (!rule_list(taking->store, taking->arena, persona, &known->rules,
                   &known->count, err))
        return NULL;
    taking->known_count++;
    return known;
}

static bool spell_reasons(struct taking *taking, struct known_rules *known,
                          struct error *err)
{
    const char **reasons =
        arena_zero(taking->arena, known->count, sizeof *reasons, err);

    for (size_t i = 0; reasons && i < known->count; i++) {
        const struct stored_rule *rule = &known->rules[i];
        buf_clear(&taking->text);
        rules_reason((enum rule_kind)rule->kind, rule->name, &taking->text);
        if (!buf_ok(&taking->text, err))
            return false;
        reasons[i] = arena_text(taking->arena, buf_string(&taking->text), err);
        if (!reasons[i])
            return false;
    }
    known->reasons = reasons;
    return reasons != NULL;
}

/* A rule that is said to be wrong is one that the persona has, or had. */
static bool check_rule(struct taking *taking, const struct opinion *opinion,
                       int64_t persona, struct error *err)
{
    struct known_rules *known;

    if (!opinion->rule)
        return true;
    known = know_rules(taking, persona, err);
    if (!known || (!known->reasons && !spell_reasons(taking, known, err)))
        return false;
    for (size_t i = 0; i < known->count; i++)
        if (!strcmp(known->reasons[i], opinion->rule))
            return true;
    error_set(err, ERROR_INPUT,
              "\"rule\" is \"%.100s\", which is no rule of %s", opinion->rule,
              opinion->persona);
    return error_hint(err,
                      "a rule is spelled as the reasoning has it: \"Always "
                      "important: pipeline\"");
}

/* The label of an item as of an older version. */
static bool old_label(struct taking *taking, const struct review_item *item,
                      int64_t version, struct seen_label *seen,
                      struct error *err)
{
    const struct known_rules *known =
        know_rules(taking, meeting_persona(item->key), err);
    struct stored_label label;
    bool found;

    if (!known || !label_at(taking->store, &taking->scratch, version, item->key,
                            &label, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_INPUT, "the meeting has no label in v%lld",
                         (long long)version);
    buf_clear(&taking->text);
    if (!label_reasoning(&label, known->rules, known->count, &taking->text,
                         err) ||
        !buf_ok(&taking->text, err))
        return false;
    seen->values = (struct review_values){label.importance, label.prep_minutes,
                                          label.rsvp};
    seen->reasoning =
        arena_text(&taking->scratch, buf_string(&taking->text), err);
    return seen->reasoning != NULL;
}

static bool find_seen(struct taking *taking, const struct answer_line *answer,
                      const struct review_item *item, struct seen_label *seen,
                      struct error *err)
{
    if (!check_version(taking, answer, err))
        return false;
    *seen = answer->seen ? *answer->seen : item->label;
    return answer->seen || !answer->version ||
           answer->version == taking->head ||
           old_label(taking, item, answer->version, seen, err);
}

/* ---- Putting ---- */

/* Whether two say the same of the same label.  A version more or less between
 * them is no news. */
static bool says_same(const struct opinion *one, const struct opinion *other)
{
    return !strcmp(one->reviewer, other->reviewer) &&
           !strcmp(one->persona, other->persona) &&
           seen_label_same(&one->seen, &other->seen) &&
           one->blind == other->blind && one->realistic == other->realistic &&
           review_values_same(&one->says, &other->says) &&
           one->cause == other->cause && !one->rule == !other->rule &&
           (!one->rule || !strcmp(one->rule, other->rule)) &&
           !strcmp(one->note, other->note);
}

static const struct opinion *said_before(const struct taking *taking,
                                         const struct answer_line *answer,
                                         const struct review_item *item)
{
    const struct review *review = &taking->review;
    const char **found;

    if (answer->decision)
        return item->decision;
    found = review->reviewer_count
                ? bsearch(answer->reviewer, review->reviewers,
                          review->reviewer_count, sizeof *review->reviewers,
                          compare_name)
                : NULL;
    return found ? item->opinions[found - review->reviewers] : NULL;
}

static void count(struct answer_totals *totals, const struct opinion *opinion,
                  const struct opinion *before, bool outdated)
{
    if (opinion->decision)
        totals->decisions++;
    else
        totals->opinions++;
    totals->replaced += before != NULL;
    totals->outdated += outdated;
}

static bool put(struct taking *taking, const struct answer_line *answer,
                const struct review_item *item, struct error *err)
{
    struct opinion opinion = {.persona = item->persona->id,
                              .version = answer->version ? answer->version
                                                         : taking->head};
    const struct opinion *before = said_before(taking, answer, item);
    struct seen_label seen;

    if (!find_seen(taking, answer, item, &seen, err) ||
        !answer_line_opinion(answer, &seen, &opinion, err) ||
        !check_rule(taking, &opinion, meeting_persona(item->key), err))
        return false;
    if (before && says_same(before, &opinion)) {
        taking->totals->unchanged++;
        return true;
    }
    count(taking->totals, &opinion, before,
          !seen_label_same(&seen, &item->label));
    return taking->file->problem_count ||
           run_put_opinion(taking->run, &taking->scratch, &opinion, err);
}

static bool take(struct taking *taking, const struct answer_line *answer,
                 struct error *err)
{
    const struct review_item *item = find_item(taking, answer->meeting);

    arena_reset(&taking->scratch);
    if (!item)
        return error_set(err, ERROR_INPUT,
                         "the meeting \"%.200s\" is not in the sample %s",
                         answer->meeting, answer->sample);
    if (!item->key || !item->persona) {
        taking->totals->gone++;
        return true;
    }
    if (answer->persona && strcmp(answer->persona, item->persona->id) != 0)
        return error_set(err, ERROR_INPUT,
                         "\"persona\" is \"%.100s\", but the meeting is one of "
                         "%s",
                         answer->persona, item->persona->id);
    return put(taking, answer, item, err);
}

/* ---- All of them ---- */

static bool refuse_twice(const struct answer_line *first, struct error *err)
{
    if (first->decision)
        return error_set(err, ERROR_INPUT,
                         "line %lld decides the same meeting of the same "
                         "sample",
                         (long long)first->line);
    return error_set(err, ERROR_INPUT,
                     "line %lld is of the same sample, reviewer and meeting",
                     (long long)first->line);
}

static bool open_sample(struct taking *taking, const char *name,
                        struct error *err)
{
    struct review *review = &taking->review;

    arena_reset(&taking->of_sample);
    if (!review_load(taking->store, &taking->of_sample, taking->head, name,
                     review, err))
        return false;
    taking->items = arena_zero(&taking->of_sample, review->count,
                               sizeof *taking->items, err);
    if (!taking->items)
        return false;
    for (size_t i = 0; i < review->count; i++)
        taking->items[i] = &review->items[i];
    if (review->count)
        qsort(taking->items, review->count, sizeof *taking->items, by_meeting);
    return true;
}

/* Who and what was answered, over answers in the order of records. */
static void tell_apart(struct answer_totals *totals,
                       const struct answer_line *answer,
                       const struct answer_line *last)
{
    bool same_sample = last && !strcmp(last->sample, answer->sample);

    totals->samples += !same_sample;
    totals->sample = totals->samples == 1 ? answer->sample : NULL;
}

/* Answers come by sample: each is opened once.  Of a sample that cannot be
 * opened every answer is a problem. */
static bool take_all(struct taking *taking,
                     const struct answer_line *const *order, struct error *err)
{
    struct answer_file *file = taking->file;
    const struct answer_line *last = NULL;
    bool opened = false;

    for (size_t i = 0; i < file->count && !answer_file_is_full(file); i++) {
        const struct answer_line *answer = order[i];
        bool ok = true;
        tell_apart(taking->totals, answer, last);
        if (!opened || strcmp(last->sample, answer->sample) != 0)
            ok = opened = open_sample(taking, answer->sample, err);
        if (ok && last && !compare_records(last, answer))
            ok = refuse_twice(last, err);
        ok = ok && take(taking, answer, err);
        if (!ok && !answer_problem_add(file, taking->arena, answer->line, err))
            return false;
        if (!monitor_tick(taking->monitor, "answers", (int64_t)i,
                          (int64_t)file->count, err))
            return false;
        last = answer;
    }
    return true;
}

static int by_reviewer(const void *one, const void *other)
{
    return strcmp((*(const struct answer_line *const *)one)->reviewer,
                  (*(const struct answer_line *const *)other)->reviewer);
}

/* Puts the answers in the order of reviewers, counts those, and then in that of
 * records. */
static const struct answer_line **order_answers(struct taking *taking,
                                                struct error *err)
{
    struct answer_file *file = taking->file;
    struct answer_totals *totals = taking->totals;
    const struct answer_line **order =
        arena_zero(taking->arena, file->count, sizeof *order, err);

    if (!order || !file->count)
        return order;
    for (size_t i = 0; i < file->count; i++)
        order[i] = &file->answers[i];
    qsort(order, file->count, sizeof *order, by_reviewer);
    for (size_t i = 0; i < file->count; i++)
        totals->reviewers += !i || by_reviewer(&order[i - 1], &order[i]) != 0;
    totals->reviewer = totals->reviewers == 1 ? order[0]->reviewer : NULL;
    qsort(order, file->count, sizeof *order, by_record);
    return order;
}

bool answer_file_take(struct run *run, struct store *store, struct arena *arena,
                      struct answer_file *file, const struct monitor *monitor,
                      struct answer_totals *totals, struct error *err)
{
    struct taking taking = {.run = run,
                            .store = store,
                            .arena = arena,
                            .file = file,
                            .monitor = monitor,
                            .totals = totals,
                            .head = run_version(run) - 1};
    const struct answer_line **order;
    bool ok;

    *totals = (struct answer_totals){0};
    order = order_answers(&taking, err);
    ok = order && take_all(&taking, order, err);
    buf_free(&taking.text);
    arena_free(&taking.of_sample);
    arena_free(&taking.scratch);
    return ok;
}
