/* Shared by the two halves of `explain`: finding and printing. */
#ifndef DATEBOOK_CMD_EXPLAIN_H
#define DATEBOOK_CMD_EXPLAIN_H

#include "cli.h"

#include "origin.h"

#include "datebook/history.h"

/* A rule that fired. */
struct cited {
    const char *reason; /* "Always important: pipeline" */
    const char *name;
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

bool print_explanation(struct cli *cli, const struct case_file *file,
                       struct error *err) CHECKED;
void json_explanation(struct buf *out, const struct case_file *file);

#endif
