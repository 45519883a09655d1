/* What is said in favour of a label that people corrected.  Rules that gave
 * another value are not quoted: they fired, but what follows from them is not
 * what the label says. */
#include "corrected.h"

const char *correction_reason(const char *note)
{
    return note && *note ? note : CORRECTED_REASON;
}

bool reason_holds(enum rule_kind kind, int importance)
{
    return kind != RULE_OPTIONAL_PREP || importance >= IMPORTANCE_HIGH;
}

int rsvp_of_importance(int importance)
{
    if (importance >= IMPORTANCE_HIGH)
        return RSVP_ACCEPT;
    return importance == IMPORTANCE_MEDIUM ? RSVP_TENTATIVE : RSVP_DECLINE;
}

/* Whether a rule that decided speaks for the label as it is now. */
static bool speaks(const struct labelled_meeting *meeting, enum rule_kind kind)
{
    const struct stored_label *label = meeting->label;
    const struct stored_label *corrected = meeting->corrected;

    if (!rules_gives_reason(kind))
        return false;
    if (kind <= RULE_PRIORITY)
        return label->importance == corrected->importance;
    return label->prep_minutes == corrected->prep_minutes &&
           reason_holds(kind, label->importance);
}

/* The rules that speak for it, as a label names them. */
static bool keep_rules(const struct labelled_meeting *meeting,
                       const struct stored_rule *rules, size_t rule_count,
                       struct buf *kept, struct error *err)
{
    const struct stored_label *label = meeting->corrected;
    size_t at = 0;

    while (at < label->rules_length) {
        size_t start = at;
        size_t number = 0;
        bool decided = false;
        if (!label_next_rule(label, rules, rule_count, &at, &number, &decided,
                             err))
            return false;
        if (decided && speaks(meeting, (enum rule_kind)rules[number].kind))
            buf_add(kept, label->rules + start, at - start);
    }
    return buf_ok(kept, err);
}

/* Importance is spelled before preparation, and so is its correction. */
static bool spell(const struct labelled_meeting *meeting,
                  const struct stored_rule *rules, size_t rule_count,
                  const struct buf *kept, struct buf *reasoning,
                  struct error *err)
{
    const struct stored_label own = {
        .meeting = meeting->corrected->meeting,
        .rules = (const unsigned char *)buf_string(kept),
        .rules_length = kept->length};
    bool first = meeting->label->importance != meeting->corrected->importance;
    const char *why = correction_reason(meeting->note);

    if (first || !kept->length)
        buf_text(reasoning, why);
    if (!kept->length)
        return buf_ok(reasoning, err);
    buf_text(reasoning, first ? "; " : "");
    if (!label_reasoning(&own, rules, rule_count, reasoning, err))
        return false;
    if (!first) {
        buf_text(reasoning, "; ");
        buf_text(reasoning, why);
    }
    return buf_ok(reasoning, err);
}

bool correction_reasoning(const struct labelled_meeting *meeting,
                          const struct stored_rule *rules, size_t rule_count,
                          struct buf *reasoning, struct error *err)
{
    const struct stored_label *label = meeting->label;
    const struct stored_label *corrected = meeting->corrected;
    struct buf kept = BUF_EMPTY;
    bool ok;

    if (label->importance == corrected->importance &&
        label->prep_minutes == corrected->prep_minutes)
        return label_reasoning(corrected, rules, rule_count, reasoning, err);
    ok = keep_rules(meeting, rules, rule_count, &kept, err) &&
         spell(meeting, rules, rule_count, &kept, reasoning, err);
    buf_free(&kept);
    return ok;
}
