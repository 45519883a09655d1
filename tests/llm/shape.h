/* Whether what a client sends has the shape that the APIs of OpenAI and Azure
 * ask for, read strictly.  `why` gets one sentence for the first fault. */
#ifndef LLM_SHAPE_H
#define LLM_SHAPE_H

#include "tests/llm/http.h"

#include <cjson/cJSON.h>

/* URL and headers of any request. */
bool shape_of_request(const struct request *request, struct text *why);

/* A body for chat/completions; `names_model`: the URL does so already, and the
 * body need not. */
bool shape_of_chat(const cJSON *body, const char *bytes, size_t length,
                   bool names_model, struct text *why);

/* A file of batch requests, line by line.  The `url` of its lines must be one
 * and the same; it is checked against the endpoint when a batch is made. */
bool shape_of_batch(const char *bytes, size_t length, struct text *why);

/* What asks for a batch. */
bool shape_of_creation(const cJSON *body, struct text *why);

/* Members, for all who read bodies. */
const cJSON *member(const cJSON *object, const char *name);
const char *string_member(const cJSON *object, const char *name); /* or NULL */

#endif
