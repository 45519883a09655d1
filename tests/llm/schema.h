/* Whether what a client sends has the shape that services ask for. */
#ifndef LLM_SCHEMA_H
#define LLM_SCHEMA_H

#include "tests/llm/text.h"

#include <cjson/cJSON.h>

/* A JSON schema that strict structured output takes; else `why` says what is
 * wrong with it. */
bool schema_is_strict(const cJSON *schema, struct text *why);

#endif
