/* A persona with a rule of every form, asked about without a database. */
#ifndef DATEBOOK_TESTS_EXPERT_H
#define DATEBOOK_TESTS_EXPERT_H

#include "src/cmd/persona_review.h"

#include <check.h>
#include <string.h>

static const char expert_document[] =
    "{\"id\":\"p1\",\"name\":\"Pat of Sales\",\"tier\":1,"
    "\"demographics\":{\"level\":\"Manager\",\"company\":\"Contoso\"},"
    "\"meeting_context\":{\"weekly_meeting_hours\":\"26-30 hours\","
    "\"typical_breakdown\":{\"customer_calls\":\"60%\",\"1on1s\":\"40%\"}},"
    "\"importance_criteria\":{\"always_important\":[\"pipeline\",{\"any\":["
    "\"demo\",\"pilot\"],\"external\":true},{\"name\":\"Big day\",\"any\":["
    "\"launch\"]},{\"name\":\"Big day\",\"all\":[\"go\",\"live\"]}]},"
    "\"priority_framework\":[{\"name\":\"Close Q4\",\"keywords\":[\"order "
    "form\",\"redlines\"]}],"
    "\"prep_time_needs\":{\"requires_prep\":[\"QBR (45 min: usage)\"]},"
    "\"notes\":\"Says what \\u001b[2J they think.\"}";

static struct {
    struct arena arena;
    struct error err;
    struct stored_persona stored;
    struct persona_questions questions;
    struct expert_session session;
} expert;

#define MUST(call)                                                             \
    do {                                                                       \
        bool worked_ = (call);                                                 \
        ck_assert_msg(worked_, "%s: %s", #call, expert.err.message);           \
    } while (0)

static inline void expert_setup(void)
{
    memset(&expert, 0, sizeof expert);
    expert.stored =
        (struct stored_persona){.key = 1,
                                .id = "p1",
                                .name = "Pat of Sales",
                                .tier = 1,
                                .document = expert_document,
                                .document_length = sizeof expert_document - 1};
    MUST(questions_read(&expert.questions, &expert.arena, &expert.stored,
                        &expert.err));
    MUST(expert_start(&expert.session, &expert.arena, expert.questions.count,
                      &expert.err));
}

static inline void expert_teardown(void)
{
    questions_close(&expert.questions);
    arena_free(&expert.arena);
}

/* Presses keys, and tells what the last one came to. */
static inline enum expert_outcome press(const char *keys)
{
    enum expert_outcome outcome = EXPERT_LOOK;

    for (; *keys; keys++)
        MUST(expert_key(&expert.session, *keys, &outcome, &expert.err));
    return outcome;
}

static inline enum expert_outcome note(const char *text)
{
    enum expert_outcome outcome = EXPERT_LOOK;

    MUST(expert_note(&expert.session, text, &outcome, &expert.err));
    return outcome;
}

/* The answers so far: "y" and "n" by place, "." for none. */
static inline const char *answers(void)
{
    static char text[32];
    size_t i = 0;

    for (; i <= expert.session.rules; i++)
        text[i] = ".ny"[expert.session.answers[i].verdict];
    text[i] = '\0';
    return text;
}

#endif
