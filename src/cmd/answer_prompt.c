/* What an answer asks, in words. */
#include "answer.h"

#include "datebook/rules.h"
#include "datebook/table.h"

void put_values(struct buf *out, const struct review_values *values)
{
    buf_text(out, importance_name((enum importance)values->importance));
    if (values->prep_minutes)
        buf_format(out, ", prep %d minutes", values->prep_minutes);
    else
        buf_text(out, ", no prep");
    buf_format(out, ", %s", rsvp_name((enum rsvp)values->rsvp));
}

/* "; Enter: high" where there is a value to keep. */
static bool put_kept(const struct answer *answer, struct buf *out)
{
    if (answer->given & 1U << answer->stage)
        buf_text(out, "; Enter: ");
    return (answer->given & 1U << answer->stage) != 0;
}

static void ask_choices(const struct answer *answer, struct buf *out)
{
    for (size_t i = 0; i < answer->terms.choice_count && i < 9; i++) {
        buf_format(out, ", %zu as ", i + 1);
        terminal_text(out, answer->terms.choices[i]->reviewer);
    }
}

static void ask_importance(const struct answer *answer, struct buf *out)
{
    buf_text(out, "Importance? 1 low, 2 medium, 3 high, 4 critical");
    if (put_kept(answer, out))
        buf_text(out,
                 importance_name((enum importance)answer->says.importance));
}

static void ask_prep(const struct answer *answer, struct buf *out)
{
    buf_text(out, "Minutes to prepare? 0 for none");
    if (put_kept(answer, out))
        buf_int(out, answer->says.prep_minutes);
    buf_format(out, "\n> %s", answer->typed);
}

static void ask_rsvp(const struct answer *answer, struct buf *out)
{
    buf_text(out, "RSVP? a accept, t tentative, d decline");
    if (put_kept(answer, out))
        buf_text(out, rsvp_name((enum rsvp)answer->says.rsvp));
}

static void ask_rule(const struct answer *answer, struct buf *out)
{
    buf_text(out, "Which rule is wrong? Its number above; 0 none of these");
    if (answer->terms.rule_count > 9)
        buf_format(out, "\n> %s", answer->typed);
}

void answer_choices(const struct answer *answer, struct buf *out)
{
    const struct answer_terms *terms = &answer->terms;

    if (answer->stage != ANSWER_RULE || answer->noting)
        return;
    for (size_t i = 0; i < terms->rule_count; i++) {
        buf_format(out, "%2zu ", i + 1);
        terminal_text(out, terms->rules[i]);
        buf_char(out, '\n');
    }
}

static void ask_shown(const struct answer *answer, struct buf *out)
{
    const char *cause = answer->cause == CAUSE_RULE        ? "a rule is wrong"
                        : answer->cause == CAUSE_EXCEPTION ? "an exception"
                                                           : NULL;

    if (review_values_same(&answer->says, &answer->terms.label)) {
        buf_text(out, "The label says the same. Enter goes on, o note");
        return;
    }
    buf_text(out, "The label is ");
    put_values(out, &answer->terms.label);
    buf_text(out, "; you say ");
    put_values(out, &answer->says);
    if (cause)
        buf_format(out, ": %s", cause);
    if (answer->rule) {
        buf_text(out, ": ");
        terminal_text(out, answer->rule);
    }
    buf_text(out,
             ".\nEnter goes on, w a rule is wrong, e an exception, o note");
}

void answer_prompt(const struct answer *answer, struct buf *out)
{
    if (answer->noting) {
        buf_text(out, "Note (Enter keeps it, Esc drops it):\n> ");
        terminal_text(out, answer->typed);
        return;
    }
    switch (answer->stage) {
    case ANSWER_REALISTIC:
        buf_text(out, "Is the meeting realistic? y yes, n no");
        ask_choices(answer, out);
        break;
    case ANSWER_AGREES:
        buf_text(out, "And the label? a agree, c correct");
        ask_choices(answer, out);
        break;
    case ANSWER_IMPORTANCE:
        ask_importance(answer, out);
        break;
    case ANSWER_PREP:
        ask_prep(answer, out);
        break;
    case ANSWER_RSVP:
        ask_rsvp(answer, out);
        break;
    case ANSWER_CAUSE:
        buf_text(out, "Why? w a rule is wrong, e an exception; Enter: not "
                      "said");
        break;
    case ANSWER_RULE:
        ask_rule(answer, out);
        break;
    case ANSWER_SHOWN:
        ask_shown(answer, out);
        break;
    default:
        break;
    }
}

void answer_keys(const struct answer *answer, struct buf *out)
{
    buf_text(out, "y n        the meeting is realistic, or not\n");
    if (answer->terms.blind)
        buf_text(out, "1 2 3 4    importance: low, medium, high, critical\n"
                      "0 5-240    minutes to prepare, then Enter\n"
                      "a t d      accept, tentative, decline\n"
                      "Enter      saves, once the label is shown\n"
                      "w e        a rule is wrong; an exception\n");
    else
        buf_text(out, "a          agree with the label\n"
                      "c          correct it: importance 1 2 3 4 (low … "
                      "critical), minutes to prepare\n"
                      "           and Enter, RSVP a t d (accept, tentative, "
                      "decline); Enter keeps a value\n"
                      "w e        why: a rule is wrong; an exception\n");
    if (answer->terms.choice_count)
        buf_text(out, "1-9        decide as that reviewer said\n");
    buf_text(out, "o          a note\n"
                  "Esc        one question back\n"
                  "s          skip the meeting: it stays open\n"
                  "u          undo the last answer of this session\n"
                  "space b    the next page; one back\n"
                  "q          quit: every answer that was given is kept\n"
                  "?          this list\n");
}
