/* Memory for libcurl that is wiped when it is given back. */
#ifndef DATEBOOK_LLM_WIPED_MEMORY_H
#define DATEBOOK_LLM_WIPED_MEMORY_H

#include <curl/curl.h>

/* curl_global_init() with such memory; to be paired with
 * curl_global_cleanup(). */
CURLcode wiped_memory_start(void);

#endif
