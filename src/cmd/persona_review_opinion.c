/* From stored opinions to answers, and back. */
#include "persona_review.h"

#include <string.h>

/* ---- An earlier opinion ---- */

/* The rules that an opinion is of; *old has no oracle when they were pruned. */
static bool find_rules(struct expert_session *session,
                       const struct persona_questions *questions,
                       struct store *store,
                       const struct persona_opinion *opinion,
                       struct persona_questions *old, struct error *err)
{
    struct persona_row *rows;
    size_t count;

    old->oracle = NULL;
    if (!persona_rows(store, session->arena, questions->stored->key, &rows,
                      &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        char hash[HASH_HEX_SIZE];
        hash_hex(rows[i].persona.rules_hash, hash);
        if (!strcmp(hash, opinion->rules_hash))
            return questions_read(old, session->arena, &rows[i].persona, err);
    }
    return true;
}

/* Whether a rule is the one that was judged under the same words.  Where nobody
 * knows that one any more, they have to say all there is to the rule. */
static bool is_same(const struct rule_question *question,
                    const struct persona_questions *old)
{
    size_t place;

    if (!old->oracle)
        return !*question->about;
    place = question_of(old, question->rule);
    return place < old->count &&
           !strcmp(old->rules[place].source, question->source);
}

static void take_rules(struct expert_session *session,
                       const struct persona_questions *questions,
                       const struct persona_questions *old,
                       const struct persona_opinion *opinion,
                       struct taken_over *over)
{
    for (size_t i = 0; i < opinion->rule_count; i++) {
        const struct rule_opinion *rule = &opinion->rules[i];
        size_t place = question_of(questions, rule->rule);
        if (place == questions->count ||
            (over->changed && !is_same(&questions->rules[place], old))) {
            over->dropped++;
            continue;
        }
        session->answers[place + 1] = (struct expert_answer){
            rule->right ? SAYS_YES : SAYS_NO, rule->note};
        over->kept++;
    }
}

bool answers_take_over(struct expert_session *session,
                       const struct persona_questions *questions,
                       struct store *store,
                       const struct persona_opinion *opinion,
                       struct taken_over *over, struct error *err)
{
    struct persona_questions old = {.oracle = NULL};
    bool ok = true;

    *over = (struct taken_over){.found = opinion != NULL};
    if (!opinion)
        return true;
    over->version = opinion->version;
    over->changed = strcmp(opinion->rules_hash, questions->rules_hash) != 0;
    if (over->changed)
        ok = find_rules(session, questions, store, opinion, &old, err);
    if (ok) {
        session->answers[0] = (struct expert_answer){
            opinion->exists ? SAYS_YES : SAYS_NO, opinion->note};
        take_rules(session, questions, &old, opinion, over);
    }
    questions_close(&old);
    return ok;
}

void put_taken_over(const struct taken_over *over, struct buf *out)
{
    if (!over->changed)
        return;
    buf_format(out, "The rules changed since you answered, as of v%lld",
               (long long)over->version);
    if (over->kept)
        buf_format(out, "; %zu of your answers %s kept", over->kept,
                   over->kept == 1 ? "is" : "are");
    if (over->dropped)
        buf_format(out, ", %zu %s on rules that are others now", over->dropped,
                   over->dropped == 1 ? "was" : "were");
    buf_char(out, '.');
}

/* ---- The opinion ---- */

bool answers_opinion(const struct expert_session *session,
                     const struct persona_questions *questions,
                     const char *reviewer, struct persona_opinion *opinion,
                     struct error *err)
{
    *opinion = (struct persona_opinion){.persona = questions->stored->id,
                                        .reviewer = reviewer,
                                        .version = questions->version,
                                        .rules_hash = questions->rules_hash,
                                        .exists = session->answers[0].verdict ==
                                                  SAYS_YES,
                                        .note = session->answers[0].note};
    opinion->rules =
        arena_zero(session->arena, session->rules, sizeof *opinion->rules, err);
    for (size_t i = 0; opinion->rules && i < session->rules; i++) {
        const struct expert_answer *given = &session->answers[i + 1];
        if (given->verdict != UNANSWERED)
            opinion->rules[opinion->rule_count++] =
                (struct rule_opinion){questions->rules[i].rule,
                                      given->verdict == SAYS_YES, given->note};
    }
    return opinion->rules != NULL;
}

bool opinions_same(const struct persona_opinion *one,
                   const struct persona_opinion *other)
{
    if (one->exists != other->exists || strcmp(one->note, other->note) != 0 ||
        strcmp(one->rules_hash, other->rules_hash) != 0 ||
        one->rule_count != other->rule_count)
        return false;
    for (size_t i = 0; i < one->rule_count; i++)
        if (strcmp(one->rules[i].rule, other->rules[i].rule) != 0 ||
            one->rules[i].right != other->rules[i].right ||
            strcmp(one->rules[i].note, other->rules[i].note) != 0)
            return false;
    return true;
}
