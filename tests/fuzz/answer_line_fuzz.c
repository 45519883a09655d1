/* Any bytes as a line of answers: an error in words, or an answer whose values
 * are in range and which can be turned into an opinion that can be written. */
#include "datebook/answer_lines.h"
#include "datebook/rules.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static bool minutes_fit(int minutes)
{
    return !minutes ||
           (minutes >= REVIEW_PREP_LEAST && minutes <= REVIEW_PREP_MOST);
}

static void check_values(const struct review_values *values)
{
    expect(values->importance >= 0 && values->importance < IMPORTANCE_LEVELS);
    expect(values->rsvp >= 0 && values->rsvp < RSVP_ANSWERS);
    expect(minutes_fit(values->prep_minutes));
}

static void check_answer(struct arena *arena, const struct answer_line *answer)
{
    const struct seen_label seen = {{IMPORTANCE_LOW, 0, RSVP_DECLINE}, ""};
    struct opinion opinion = {.persona = "p", .version = 1};
    struct buf document = BUF_EMPTY;
    struct error err;

    expect(review_name_check("sample", answer->sample, &err) &&
           review_name_check("reviewer", answer->reviewer, &err));
    expect(*answer->meeting && answer->version >= 0);
    if (answer->seen)
        check_values(&answer->seen->values);
    if (!answer_line_opinion(answer, answer->seen ? answer->seen : &seen,
                             &opinion, &err)) {
        expect(err.code == ERROR_INPUT && *err.message);
        return;
    }
    check_values(&opinion.says);
    /* Only a text that no record may hold can be wrong now. */
    expect(opinion_write(&opinion, &document, &err) || err.code == ERROR_INPUT);
    expect(opinion_record_name(arena, &opinion, &err));
    buf_free(&document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct arena scratch = ARENA_EMPTY;
    struct answer_line answer;
    struct error err = {.code = ERROR_NONE};

    if (answer_line_read(&arena, &scratch, (const char *)data, size, &answer,
                         &err))
        check_answer(&arena, &answer);
    else
        expect(err.code == ERROR_INPUT && *err.message);
    arena_free(&arena);
    arena_free(&scratch);
    return 0;
}
