/* What was said, compared: with the label, and with what others said. */
#include "datebook/review.h"

#include <string.h>

bool review_values_same(const struct review_values *one,
                        const struct review_values *other)
{
    return one->importance == other->importance &&
           one->prep_minutes == other->prep_minutes && one->rsvp == other->rsvp;
}

bool seen_label_same(const struct seen_label *one,
                     const struct seen_label *other)
{
    return review_values_same(&one->values, &other->values) &&
           !strcmp(one->reasoning, other->reasoning);
}

bool opinion_corrects(const struct opinion *opinion)
{
    return !review_values_same(&opinion->says, &opinion->seen.values);
}

size_t review_reviewer(const struct review *review, const char *reviewer)
{
    size_t i = 0;

    while (i < review->reviewer_count &&
           strcmp(review->reviewers[i], reviewer) != 0)
        i++;
    return i;
}

enum review_state review_state(const struct review_item *item,
                               const struct opinion *opinion)
{
    if (!item->key)
        return REVIEW_GONE;
    if (!opinion)
        return REVIEW_OPEN;
    return seen_label_same(&opinion->seen, &item->label) ? REVIEW_DONE
                                                         : REVIEW_AGAIN;
}

/* What the current opinions of an item have in common. */
struct voices {
    size_t count;
    bool same; /* all say the same, of realism as well */
    bool corrects;
    const struct opinion *first;
};

static struct voices hear(const struct review *review,
                          const struct review_item *item)
{
    struct voices voices = {.same = true};

    for (size_t i = 0; i < review->reviewer_count; i++) {
        const struct opinion *opinion = item->opinions[i];
        if (!opinion || review_state(item, opinion) != REVIEW_DONE)
            continue;
        if (!voices.first)
            voices.first = opinion;
        voices.count++;
        voices.corrects = voices.corrects || opinion_corrects(opinion);
        voices.same = voices.same &&
                      opinion->realistic == voices.first->realistic &&
                      review_values_same(&opinion->says, &voices.first->says);
    }
    return voices;
}

static bool is_decided(const struct review_item *item)
{
    return item->decision && review_state(item, item->decision) == REVIEW_DONE;
}

bool review_is_disputed(const struct review *review,
                        const struct review_item *item)
{
    struct voices voices;

    if (!item->key || is_decided(item))
        return false;
    voices = hear(review, item);
    return voices.count &&
           (!voices.same || (voices.count < 2 && voices.corrects));
}

bool review_settled(const struct review *review, const struct review_item *item,
                    struct review_values *values)
{
    struct voices voices;

    if (!item->key)
        return false;
    if (is_decided(item)) {
        *values = item->decision->says;
        return true;
    }
    voices = hear(review, item);
    if (voices.count < 2 || !voices.same)
        return false;
    *values = voices.first->says;
    return true;
}
