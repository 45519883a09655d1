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

/* ---- Split and export ---- */

struct split_request {
    const char *const *held_out; /* persona ids */
    size_t held_out_count;
    bool has_fraction;
    double fraction; /* of the personas that may train, 0 … 1 */
    uint64_t seed;
    bool stale_allowed;            /* said in the manifest */
    const struct secret_key *sign; /* signs the manifest; NULL: nothing does */
};

struct halves {
    struct stored_persona *train; /* by id */
    size_t train_count;
    struct stored_persona *held_out;
    size_t held_out_count;
};

/* Who trains and who is held out.  Validation personas are always held out;
 * the rest by name, or by a keyed hash of the id, so that a new persona moves
 * no other.  ERROR_INPUT for an unknown persona or an empty half. */
bool dataset_split(struct store *store, struct arena *arena, int64_t version,
                   const struct split_request *request, struct halves *split,
                   struct error *err) CHECKED;

/* In the order in which they get their names: a manifest speaks for what was
 * there before it. */
enum {
    EXPORT_TRAIN,
    EXPORT_HELD_OUT,
    EXPORT_DATA_FILES,
    EXPORT_SIGNATURE = EXPORT_DATA_FILES,
    EXPORT_MANIFEST,
    EXPORT_FILES
};

struct halves_export {
    struct {
        const char *path; /* NULL for a signature that was not asked for */
        struct file_totals totals;
    } files[EXPORT_FILES];
    unsigned char manifest_hash[HASH_SIZE]; /* what an export is known by */
    bool signature_removed; /* an older one, which nothing takes the place of */
};

/* Writes train.jsonl, heldout.jsonl and manifest.json to a folder, which is
 * made, and manifest.json.minisig when the request names a key; one that was
 * there goes away with the old manifest.  A function of what is alive in the
 * version, of split and request alone: not of the file or the version's number.
 */
bool dataset_export(struct store *store, struct arena *arena, int64_t version,
                    const struct halves *split,
                    const struct split_request *request, const char *folder,
                    const struct monitor *monitor, struct halves_export *result,
                    struct error *err) CHECKED;

struct export_check {
    int64_t files; /* that the manifest names and that were read */
    int64_t rows;
    int64_t personas; /* of the split */
    int64_t findings;
    bool has_manifest;
    unsigned char manifest_hash[HASH_SIZE];
    bool has_signature;
    bool signature_holds; /* under the key that was given */
    unsigned char key_id[KEY_ID_SIZE];
    const char *comment; /* the signature's trusted one */
};

/* Holds a folder against its manifest: every file with its size, rows and
 * hash, no other *.jsonl, every line on the side of the split where its persona
 * belongs, and the signature when there is a key (NULL: none).  Needs no
 * database.  False, with ERROR_INPUT, only when there is no such folder. */
bool dataset_check_export(struct arena *arena, const char *folder,
                          const struct public_key *key, finding_visitor *visit,
                          void *context, const struct monitor *monitor,
                          struct export_check *result,
                          struct error *err) CHECKED;

/* Writes the labelled meetings of one persona that are as old as `since` or
 * younger, a line each, to one or two files (the second may be NULL). */
bool dataset_write_lines(struct store *store, int64_t version, int64_t since,
                         const struct stored_persona *persona,
                         struct file_writer *writer, struct file_writer *second,
                         const struct monitor *monitor, int64_t *done,
                         struct error *err) CHECKED;

#endif
