/* What a rule of a script means: replies of the chat API, and errors of any. */
#ifndef LLM_ANSWER_H
#define LLM_ANSWER_H

#include "tests/llm/http.h"
#include "tests/llm/script.h"

#include <cjson/cJSON.h>

struct chat {
    const char *bytes; /* of the body */
    size_t length;
    const cJSON *body;  /* NULL: no JSON */
    const char *secret; /* the header with the key, as it came; "" */
    int64_t number;     /* of the request */
};

/* The first rule of the script for a chat request, or the good answer. */
void answer_chat(struct script *script, const struct chat *chat,
                 struct reply *reply);

/* A rule for something else than chat: errors, stalls, cuts, redirects.  False
 * when the rule says "good": the caller answers, and answer_finish() adds the
 * rule's delay and headers. */
bool answer_plainly(const struct rule *rule, const struct chat *chat,
                    struct reply *reply);
void answer_finish(const struct rule *rule, struct reply *reply);

/* {"error":{"message","type","param","code"}}; NULL becomes null. */
void answer_error(struct reply *reply, int status, const char *message,
                  const char *type, const char *param, const char *code);

/* Makes a JSON value the body, and frees it. */
void answer_json(struct reply *reply, cJSON *json);

#endif
