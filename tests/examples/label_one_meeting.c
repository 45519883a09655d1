/* Labels one meeting by one persona's rules, without a database:
 *
 *   cc label_one_meeting.c $(pkg-config --cflags --libs datebook)
 *
 * Prints "critical, 30 minutes of preparation, accept" and why; any other label
 * is exit code 1. */
#include "datebook/rules.h"

#include <stdio.h>
#include <string.h>

static const char document[] =
    "{\"id\": \"sales_manager\", \"name\": \"Sales Manager\", \"tier\": 1,"
    " \"importance_criteria\": {\"always_important\": [\"pipeline\"]},"
    " \"prep_time_needs\": {\"requires_prep\":"
    "   [\"Deal reviews with leadership (30 min: forecast)\"]}}";

static const struct meeting_facts meeting = {
    .subject = "Q4 Pipeline Review with VP Sales",
    .preview = "All open deals, by stage.",
    .people = "Dana Whitfield\nKim Lee\n",
    .attendees = 2,
    .minutes = 60,
};

int main(void)
{
    struct arena arena = ARENA_EMPTY;
    struct buf reasoning = BUF_EMPTY;
    struct ruleset *rules = NULL;
    struct persona persona;
    struct label label;
    struct error err;
    bool fine = persona_parse(&arena, document, strlen(document), "example",
                              &persona, &err) &&
                (rules = ruleset_compile(&persona, &err)) != NULL &&
                ruleset_label(rules, &meeting, &label, &err);

    if (fine) {
        ruleset_reasoning(rules, &label, &reasoning);
        printf("%s, %d minutes of preparation, %s\n%s\n",
               importance_name(label.importance), label.prep_minutes,
               rsvp_name(label.rsvp), buf_string(&reasoning));
        fine = label.importance == IMPORTANCE_CRITICAL &&
               label.prep_minutes == 30 && label.rsvp == RSVP_ACCEPT;
    } else {
        fprintf(stderr, "%s\n", err.message);
    }
    buf_free(&reasoning);
    ruleset_free(rules);
    arena_free(&arena);
    return fine ? 0 : 1;
}
