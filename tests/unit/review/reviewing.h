/* A dataset with labelled meetings, and what people say of them. */
#ifndef DATEBOOK_TESTS_REVIEW_REVIEWING_H
#define DATEBOOK_TESTS_REVIEW_REVIEWING_H

#include "datebook/review.h"

#include "tests/unit/dataset/fixture.h"

#define MUST_HINT(call, code_, message_, hint_)                                \
    do {                                                                       \
        MUST_FAIL(call, code_, message_);                                      \
        ck_assert_str_eq(fix.err.hint, hint_);                                 \
    } while (0)

/* An opinion that agrees with a label of 30 minutes, high, accept. */
static inline struct opinion agreeing(const char *reviewer, const char *meeting)
{
    return (struct opinion){
        .sample = "first",
        .reviewer = reviewer,
        .meeting = meeting,
        .persona = "p",
        .version = 1,
        .seen = {{IMPORTANCE_HIGH, 30, RSVP_ACCEPT}, "Always important: demo"},
        .realistic = true,
        .says = {IMPORTANCE_HIGH, 30, RSVP_ACCEPT},
        .note = ""};
}

static inline const char *opinion_text(const struct opinion *opinion)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    MUST(opinion_write(opinion, &buf, &fix.err));
    text = arena_text(&fix.arena, buf_string(&buf), &fix.err);
    buf_free(&buf);
    return text;
}

static inline struct stored_record record_of(const char *name, const char *text)
{
    return (struct stored_record){
        .name = name, .document = text, .document_length = strlen(text)};
}

#endif
