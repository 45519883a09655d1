/* Why an exchange gave no reply, in words. */
#ifndef DATEBOOK_LLM_FAILURE_H
#define DATEBOOK_LLM_FAILURE_H

#include "src/llm/exchange.h"

/* Whether another try would end the same way. */
bool failure_is_final(const struct exchange *exchange, CURLcode result);

/* Set the exchange's `failure`: one sentence, safe for a terminal, that names
 * the host and never a URL or a key. */
void failure_say(struct exchange *exchange, CURLcode result);
void failure_say_overdue(struct exchange *exchange);

#endif
