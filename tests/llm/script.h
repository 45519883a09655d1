/* Scripts: which request gets which answer.  The syntax is at the top of
 * server.c. */
#ifndef LLM_SCRIPT_H
#define LLM_SCRIPT_H

#include "tests/llm/text.h"

/* What a request is for. */
enum resource {
    ON_CHAT,
    ON_FILES,   /* an upload */
    ON_CONTENT, /* a download */
    ON_BATCHES, /* making, looking at, or listing them */
    ON_OTHER
};

enum { MOST_OPTIONS = 16 };

struct option_of_rule {
    char *name;
    char *value; /* "" for a mere word */
};

struct rule {
    char *line;     /* as it was written */
    int left;       /* how often it may still be used; negative: always */
    bool for_batch; /* "batch": says how the next batch ends */
    enum resource on;
    char *contains; /* of the body; NULL: any */
    char *what;     /* "good", "status", "large" … */
    char *value;    /* of `what`; "" when it has none */
    struct option_of_rule options[MOST_OPTIONS];
    size_t option_count;
};

struct script;

/* Gives up, with file and line, on what it does not understand.  NULL: the
 * empty script. */
struct script *script_read(const char *path);
void script_free(struct script *script);

/* The first rule that is left, is on this resource, and whose text the body
 * contains; `fits` may turn it down.  It counts as used.  NULL: none. */
const struct rule *
script_next(struct script *script, enum resource on, const char *body,
            bool (*fits)(const struct rule *rule, void *context),
            void *context);
/* The same for the next rule that begins with "batch". */
const struct rule *script_next_batch(struct script *script);

/* The value of an option; NULL when the rule does not have it. */
const char *rule_option(const struct rule *rule, const char *name);
/* Its number, with k, M or G behind it. */
int64_t rule_number(const struct rule *rule, const char *name,
                    int64_t otherwise);
/* "200M" */
int64_t amount_of(const char *value);

#endif
