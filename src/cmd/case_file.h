/* All that explains one label: the meeting, the rules that made it, and where
 * they found their words. */
#ifndef DATEBOOK_CMD_CASE_FILE_H
#define DATEBOOK_CMD_CASE_FILE_H

#include "datebook/history.h"

struct request; /* of journal.h */

/* A rule that fired. */
struct cited {
    const char *reason; /* "Always important: pipeline" */
    const char *name;
    enum rule_kind kind;
    const char *field; /* where the document has it; else that of its kind */
    size_t rule;       /* its number in the document; NO_RULE: not in it */
    bool decided;
};

enum { NO_RULE = -1 };

/* Everything about one meeting as of one version, or about a text that is in
 * no database. */
struct case_file {
    bool from_text;
    int64_t version;
    bool newest; /* the version is HEAD */
    struct stored_meeting meeting;
    struct request *written; /* by a model; NULL: by none */
    struct stored_label stored;
    struct version made;      /* the version that made the label */
    struct label_rule *fired; /* of the stored label */
    size_t fired_count;
    struct stored_persona *current;     /* the persona row of the version */
    const struct stored_persona *maker; /* whose rules give the stored label; if
                                           none do, the row in force when it was
                                           made; NULL: pruned */
    const struct stored_persona *persona; /* whose rules are shown */
    struct meeting_facts facts;
    struct oracle *oracle;
    struct label label; /* what the shown rules say */
    bool agrees;        /* with the stored one */
    struct cited *cited;
    size_t cited_count;
    struct buf reasoning; /* of the stored label */
    struct rule_match *matches;
    size_t match_count;
    bool fresh;
};

/* Finds all about a meeting as of a version; all but what case_close frees
 * lives in the arena, and nothing in the store.  ERROR_INPUT when the meeting,
 * which messages call `id`, is not in the version.  Who wrote its texts is left
 * to the caller. */
bool case_find(struct arena *arena, struct store *store, int64_t version,
               int64_t key, const char *id, struct case_file *file,
               struct error *err) CHECKED;

/* The same of a text: `current` and `facts` are there. */
bool case_judge_text(struct arena *arena, struct case_file *file,
                     struct error *err) CHECKED;

void case_close(struct case_file *file); /* one that is all zeros is fine */

#endif
