/* Reasons of labels that people corrected. */
#ifndef DATEBOOK_EXPORT_CORRECTED_H
#define DATEBOOK_EXPORT_CORRECTED_H

#include "datebook/training.h"

/* The reason of a value that somebody corrected without a note, and of one that
 * somebody confirmed though its rules rest on an importance that was corrected.
 */
#define CORRECTED_REASON "Corrected by review"
#define CONFIRMED_REASON "Confirmed by review"

/* The note, or CORRECTED_REASON. */
const char *correction_reason(const char *note);

/* Whether what a rule that decided says is still so under an importance:
 * optional preparation counts for important meetings only. */
bool reason_holds(enum rule_kind kind, int importance);

/* The answer for want of a rule. */
int rsvp_of_importance(int importance);

/* Adds the whole reasoning of a corrected label (labelled_meeting.corrected):
 * the rules' for importance and preparation as far as they were not corrected,
 * and in the place of those that were, once, why.  The meeting's own
 * `reasoning` is not read. */
bool correction_reasoning(const struct labelled_meeting *meeting,
                          const struct stored_rule *rules, size_t rule_count,
                          struct buf *reasoning, struct error *err) CHECKED;

#endif
