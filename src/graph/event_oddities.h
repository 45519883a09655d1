/* What is odd about one event of a foreign calendar; for src/graph only. */
#ifndef DATEBOOK_GRAPH_EVENT_ODDITIES_H
#define DATEBOOK_GRAPH_EVENT_ODDITIES_H

#include "datebook/calendar_file.h"

struct oddity_report {
    bool (*say)(void *context, enum calendar_severity severity,
                const char *field, const char *text, struct error *err);
    void *context;
};

/* Whether an object has the name of any field that is an event's. */
bool event_is_one(const cJSON *tree);

/* Reports what the fields of an event should not be; *timed says whether it has
 * a start and an end. */
bool event_oddities(const cJSON *tree, const struct oddity_report *report,
                    bool *timed, struct error *err) CHECKED;

#endif
