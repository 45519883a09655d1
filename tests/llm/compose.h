/* What a model would have written: made from the request alone, so that the
 * same request always gets the same texts. */
#ifndef LLM_COMPOSE_H
#define LLM_COMPOSE_H

#include "tests/llm/text.h"

#include <cjson/cJSON.h>

/* How the texts are not as they should be. */
struct oddity {
    bool drift;     /* "HIGH", numbers as text, a code fence, prose around */
    bool twin;      /* the same texts for all */
    bool missing;   /* the last brief is left out */
    bool twice;     /* the first brief is there twice */
    bool stranger;  /* a brief that nobody asked for */
    bool minutes;   /* of a whole meeting: -30 */
    bool people;    /* of a whole meeting: 3,000 */
    bool long_text; /* a subject of 2,000 characters */
};

/* The content of a reply to a chat request. */
void compose(struct text *content, const cJSON *body, uint64_t hash,
             const struct oddity *oddity);

/* Whether the request wants whole meetings. */
bool wants_whole(const cJSON *body);

#endif
