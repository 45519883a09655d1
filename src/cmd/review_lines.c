/* Labels and opinions in JSON. */
#include "review_lines.h"

static void put_label_values(struct buf *out,
                             const struct review_values *values)
{
    json_key(out, "importance");
    buf_json(out, importance_name((enum importance)values->importance));
    json_key(out, "prep_time_minutes");
    buf_int(out, values->prep_minutes);
    json_key(out, "rsvp");
    buf_json(out, rsvp_name((enum rsvp)values->rsvp));
}

static void put_switch(struct buf *out, const char *key, bool on)
{
    json_key(out, key);
    buf_text(out, on ? "true" : "false");
}

void json_seen_label(struct buf *out, const struct seen_label *label)
{
    const struct review_values *values = &label->values;

    json_key(out, "label");
    buf_text(out, "{\"importance\":");
    buf_json(out, importance_name((enum importance)values->importance));
    put_switch(out, "prep_needed", values->prep_minutes > 0);
    json_key(out, "prep_time_minutes");
    buf_int(out, values->prep_minutes);
    json_key(out, "rsvp");
    buf_json(out, rsvp_name((enum rsvp)values->rsvp));
    json_key(out, "reasoning");
    buf_json(out, label->reasoning);
    buf_char(out, '}');
}

void json_opinion(struct buf *out, const struct review_item *item,
                  const struct opinion *opinion, bool named)
{
    buf_char(out, '{');
    if (named) {
        json_key(out, "reviewer");
        buf_json(out, opinion->reviewer);
    }
    json_key(out, "version");
    buf_int(out, opinion->version);
    put_switch(out, "current", review_state(item, opinion) == REVIEW_DONE);
    put_switch(out, "realistic", opinion->realistic);
    put_label_values(out, &opinion->says);
    json_key(out, "cause");
    buf_json(out, review_cause_name(opinion->cause));
    if (opinion->rule) {
        json_key(out, "rule");
        buf_json(out, opinion->rule);
    }
    json_key(out, "note");
    buf_json(out, opinion->note);
    put_switch(out, "blind", opinion->blind);
    put_switch(out, "decision", opinion->decision);
    buf_char(out, '}');
}

void json_opinions(struct buf *out, const struct review *review,
                   const struct review_item *item)
{
    json_key(out, "opinions");
    buf_char(out, '[');
    for (size_t i = 0; i < review->reviewer_count; i++) {
        if (!item->opinions[i])
            continue;
        json_key(out, NULL);
        json_opinion(out, item, item->opinions[i], true);
    }
    if (item->decision) {
        json_key(out, NULL);
        json_opinion(out, item, item->decision, true);
    }
    buf_char(out, ']');
}
