/* What commands are made of: adding personas, generating, labelling, diffing
 * and exporting, over the store and the pure modules.  Nothing here prints;
 * progress goes to a monitor, results to structs. */
#ifndef DATEBOOK_DATASET_H
#define DATEBOOK_DATASET_H

#include "datebook/calendar.h"
#include "datebook/diff.h"
#include "datebook/file.h"
#include "datebook/mix_report.h"
#include "datebook/monitor.h"
#include "datebook/rules.h"
#include "datebook/signature.h"
#include "datebook/store.h"

/* ---- Personas ---- */

enum put_outcome { PUT_UNCHANGED, PUT_ADDED, PUT_CHANGED };

struct put_result {
    enum put_outcome outcome;
    int64_t key;
    const char **changes; /* of PUT_CHANGED: see persona_changes */
    size_t change_count;
};

/* Adds a persona to a run, or its new document; compiles its rules first, so
 * that a document whose rules cannot be used is refused. */
bool dataset_put_persona(struct run *run, struct store *store,
                         struct arena *arena, const struct persona *persona,
                         struct put_result *result, struct error *err) CHECKED;

/* Removes personas of HEAD with their meetings and labels.  They may come in
 * any order; one that is named twice is removed once. */
bool dataset_remove_personas(struct run *run, struct arena *arena,
                             const struct stored_persona *personas,
                             size_t count, struct error *err) CHECKED;

/* Reads a persona file; more than 4 MiB are refused. */
bool dataset_read_persona(struct arena *arena, const char *path,
                          struct persona *persona, struct error *err) CHECKED;

/* Whether the labels of a persona as of a version are what its rules say: true
 * for a persona without meetings, too. */
bool dataset_labels_are_fresh(struct store *store, int64_t version,
                              const struct stored_persona *persona, bool *fresh,
                              struct error *err) CHECKED;

/* Which personas have stale labels. */
struct staleness {
    bool *stale; /* of each persona, in their order */
    int64_t personas;
    int64_t labels; /* of those personas */
};
bool dataset_stale(struct store *store, struct arena *arena, int64_t version,
                   const struct stored_persona *personas, size_t count,
                   struct staleness *staleness, struct error *err) CHECKED;

/* ---- Labels ---- */

/* A stored persona with its rules compiled. */
struct oracle;

struct oracle *oracle_open(struct arena *arena,
                           const struct stored_persona *stored,
                           struct error *err) CHECKED;
void oracle_close(struct oracle *oracle); /* NULL is fine */
const struct persona *oracle_persona(const struct oracle *oracle);
struct ruleset *oracle_rules(const struct oracle *oracle);

/* Gives every rule its number in the store; needed before oracle_label. */
bool oracle_number_rules(struct oracle *oracle, struct run *run,
                         struct error *err) CHECKED;

/* Labels a meeting; `label->rules` is valid until the next call. */
bool oracle_label(struct oracle *oracle, const struct meeting_facts *facts,
                  int64_t meeting, struct stored_label *label,
                  struct error *err) CHECKED;

/* The same from a label that the oracle's rules have made. */
bool oracle_store(struct oracle *oracle, const struct label *made,
                  int64_t meeting, struct stored_label *label,
                  struct error *err) CHECKED;

/* Adds the reasoning of a stored label, spelled with the persona's rules. */
bool label_reasoning(const struct stored_label *label,
                     const struct stored_rule *rules, size_t rule_count,
                     struct buf *buf, struct error *err) CHECKED;

/* The next rule that a stored label names, as a number of `rules`, from byte
 * *at up to where the one after it starts.  ERROR_DATABASE for one that the
 * persona does not have, or of no known kind. */
bool label_next_rule(const struct stored_label *label,
                     const struct stored_rule *rules, size_t rule_count,
                     size_t *at, size_t *number, bool *decided,
                     struct error *err) CHECKED;

/* ---- Generate ---- */

enum { DEFAULT_COUNT = 200 };

struct generate_request {
    const struct stored_persona *personas; /* in any order */
    size_t persona_count;
    int64_t count; /* meetings a persona; 0: as many as `weeks` hold */
    int64_t weeks; /* 0 as well: the usual count of each persona */
    uint64_t seed;
    bool has_start; /* else the Monday after what is there, or 2026-01-05 */
    civil_day start;
    const char *time_zone;
    const struct calendar_library *library;
    int64_t started; /* civil stamp of the run: generation_timestamp */
    /* Draw until the mix of labels is as wanted; NULL: life decides it. */
    const struct mix_wish *mix;
};

struct generate_result {
    int64_t added;            /* meetings */
    struct mix_report report; /* what the mix misses; empty without a wish */
};

/* How many meetings a persona of a tier gets when nobody says: 200, 150, 100,
 * and 100 for a validation persona, so that tier 1 is about half of a library's
 * training data and no tier is too small to learn from. */
int64_t generate_usual_count(const struct stored_persona *persona);

/* Adds labelled meetings to a run.  A mix that the rules do not allow is no
 * error: the report says so. */
bool dataset_generate(struct run *run, struct store *store, struct arena *arena,
                      const struct generate_request *request,
                      const struct monitor *monitor,
                      struct generate_result *result,
                      struct error *err) CHECKED;

/* ---- Relabel ---- */

struct relabel_result {
    int64_t stale;   /* personas whose labels were stale */
    int64_t checked; /* meetings labelled again */
};

/* Labels again what is stale among the given personas of HEAD. */
bool dataset_relabel(struct run *run, struct store *store, struct arena *arena,
                     const struct stored_persona *personas, size_t count,
                     const struct monitor *monitor,
                     struct relabel_result *result, struct error *err) CHECKED;

/* ---- Signed tags ---- */

/* What the signature of a tag is over, a line each:
 *
 *   datebook tag
 *   name: release-1
 *   version: 7
 *   chain_hash: …
 *   content_hash: …
 */
bool dataset_tag_statement(struct store *store, struct arena *arena,
                           const char *name, int64_t version,
                           const char **statement, struct error *err) CHECKED;

/* Sets a tag as tag_set does, with a signature. */
bool dataset_sign_tag(struct store *store, struct arena *arena,
                      const char *name, int64_t version,
                      const struct secret_key *key, struct error *err) CHECKED;

/* Takes a sentence on something that is wrong, and what to do. */
typedef bool finding_visitor(void *context, const char *finding,
                             struct error *err);

struct tag_check {
    int64_t checked; /* signatures that hold */
    int64_t unsigned_tags;
    int64_t findings;
};

/* Holds the signature of every signed tag against a key. */
bool dataset_check_tags(struct store *store, struct arena *arena,
                        const struct public_key *key, finding_visitor *visit,
                        void *context, struct tag_check *result,
                        struct error *err) CHECKED;

/* ---- Labelled meetings as JSON lines ---- */

/* Spells the labels of one persona's meetings.  What many labels share is
 * spelled once; the rules must outlive the speller.  To be freed. */
struct speller;
struct speller *speller_new(const char *persona,
                            const struct stored_rule *rules, size_t rule_count,
                            struct error *err) CHECKED;
void speller_free(struct speller *speller); /* NULL is fine */

/* A line in pieces, to be followed by SPELLED_END: valid until the speller, or
 * the scan that gave the meeting, goes on. */
struct spelled_line {
    const char *document; /* without its last brace */
    size_t document_length;
    const char *label; /* up to the time in it */
    size_t label_length;
    const char *stamp;
    const char *reasoning; /* of the label */
    size_t reasoning_length;
};

#define SPELLED_END "\"}\n"

bool speller_line(struct speller *speller, const struct stored_meeting *meeting,
                  const struct stored_label *label, struct spelled_line *line,
                  struct error *err) CHECKED;

/* The same with a reasoning of the caller's own in place of the rules'. */
bool speller_line_with(struct speller *speller,
                       const struct stored_meeting *meeting,
                       const struct stored_label *label,
                       const struct buf *reasoning, struct spelled_line *line,
                       struct error *err) CHECKED;

/* Goes on in a scan of labels to that of a meeting; `label` has the one before,
 * with 0 for its meeting at first.  ERROR_DATABASE when there is none. */
bool label_next_of(struct cursor *labels, const struct stored_meeting *meeting,
                   struct stored_label *label, struct error *err) CHECKED;

/* Writes the labelled meetings of one persona that are as old as `since` or
 * younger, a line each, to one or two files (the second may be NULL). */
bool dataset_write_lines(struct store *store, int64_t version, int64_t since,
                         const struct stored_persona *persona,
                         struct file_writer *writer, struct file_writer *second,
                         const struct monitor *monitor, int64_t *done,
                         struct error *err) CHECKED;

#endif
