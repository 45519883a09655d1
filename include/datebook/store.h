/* The dataset file: one SQLite database in which every change is a version.
 *
 * Readers ask for values as of a version.  Writers open a run, put and remove
 * rows, and commit: one run that changed something is one version and one
 * transaction.  Version 0 is the empty dataset.  Rows are told apart by key; a
 * meeting's key starts with its persona's, so that a persona's meetings are a
 * range.  Errors are ERROR_DATABASE unless said otherwise. */
#ifndef DATEBOOK_STORE_H
#define DATEBOOK_STORE_H

#include "datebook/arena.h"
#include "datebook/buf.h"
#include "datebook/hash.h"
#include "datebook/meeting.h"
#include "datebook/monitor.h"

#include <stdint.h>

struct store;

enum store_mode {
    STORE_READ, /* one version for as long as the store is open */
    STORE_WRITE
};

enum noun {
    NOUN_PERSONA,
    NOUN_MEETING,
    NOUN_LABEL,
    NOUN_SPLIT,
    NOUN_REVIEW,
    NOUNS
};

/* "persona", "meeting", "label", "split", "review", and "personas" … */
const char *noun_name(enum noun noun);
const char *noun_plural(enum noun noun);

/* How to get on with others who use the file. */
struct store_options {
    int64_t wait;   /* for another writer, in milliseconds; 0: not at all */
    bool no_backup; /* an old schema is upgraded without a copy of the file */
    /* Names of commands that may be told of the program that holds a lock,
     * where they are on its command line; nothing else of that line ever is.
     * Ends at NULL; NULL for none. */
    const char *const *commands;
    /* Called again and again while another process is waited for, with the
     * milliseconds so far, and after the first second with who that is
     * ("process 12 (datebook generate), running for 3 s"), before that with
     * NULL.  False ends the waiting with ERROR_INTERRUPTED.  NULL: just wait.
     */
    bool (*waiting)(void *context, int64_t waited, const char *holder);
    void *context;
};

enum { STORE_WAIT = 5000 }; /* milliseconds, unless told otherwise */

/* Opens an existing database and brings its schema up to date, after a copy of
 * an old file was put beside it.  Missing, corrupt, foreign or newer files, and
 * old ones that may not be written, are refused with a hint.  A path is always
 * the name of a file, never a URI.  A file that another process keeps locked
 * for longer than the wait is an error that says who does, where that is known;
 * so it is in every call that writes.
 *
 * A reader is never kept waiting by a writer, and sees one version until the
 * store is closed. */
struct store *store_open(const char *path, enum store_mode mode,
                         struct error *err) CHECKED;
struct store *store_open_with(const char *path, enum store_mode mode,
                              const struct store_options *options,
                              struct error *err) CHECKED;

/* For a command that adds many rows: keeps 24 MiB of the file in memory
 * instead of 8, so that pages of the index of ids, which are hit at random, are
 * not read and written for every row. */
bool store_widen(struct store *store, struct error *err) CHECKED;

/* What opening did to an old file. */
struct store_upgrade {
    int from; /* schema numbers; equal when nothing was done */
    int to;
    const char *backup; /* the file as it was; NULL when none was made */
};

/* Valid until the store is closed. */
const struct store_upgrade *store_upgrade(const struct store *store);

/* A file that its reader may not lock (neither it nor its folder may be
 * written) is read on trust that nobody writes to it meanwhile; this is how it
 * looked before the first byte was read. */
struct store_stamp {
    bool taken; /* false: the file is locked, and need not be looked at again */
    uint64_t device;
    uint64_t inode;
    int64_t size;
    int64_t modified[2]; /* seconds and nanoseconds */
    int64_t changed[2];
};

struct store_stamp store_stamp(const struct store *store);

/* Whether a file still is as it was; if not, what was read of it may be of two
 * versions, which is the error. */
bool store_stamp_check(const struct store_stamp *stamp, const char *path,
                       struct error *err) CHECKED;

/* The same of an open store: to be asked before something is done with what was
 * read that cannot be undone. */
bool store_finish_reading(struct store *store, struct error *err) CHECKED;

/* Makes a new database; ERROR_INPUT when the file exists. */
struct store *store_create(const char *path, struct error *err) CHECKED;

/* Rolls an open run back and closes; NULL is fine. */
void store_close(struct store *store);

/* Closes a new database, of this path, with all that it holds in the one file,
 * so that the file can be given another name. */
bool store_finish(struct store *store, const char *path,
                  struct error *err) CHECKED;

/* Removes a closed database and what SQLite left beside it. */
void store_remove(const char *path);

struct backup_totals {
    int64_t version; /* the newest one in the copy */
    int64_t bytes;
};

/* Writes a whole copy of the dataset, of one moment, while others go on reading
 * and writing.  It gets its name once it was checked and is on the disk: under
 * that there is a whole copy, or what was there before.  ERROR_INPUT when
 * the name is taken and may not be replaced, or cannot be written. */
bool store_backup(struct store *store, const char *path, bool replace,
                  const struct monitor *monitor, struct backup_totals *totals,
                  struct error *err) CHECKED;

/* ---- Versions ---- */

struct noun_counts {
    int64_t total; /* rows alive in the version */
    int64_t added;
    int64_t changed;
    int64_t removed;
};

struct version {
    int64_t number;
    const char *command; /* "generate" */
    const char *options; /* JSON object */
    const char *summary;
    int64_t started; /* civil stamp */
    const char *tool;
    int engine;
    struct noun_counts counts[NOUNS];
    bool pruned; /* rows that lived only in it, or others like it, are gone */
    unsigned char content[HASH_SIZE]; /* of what is alive in it */
    unsigned char chain[HASH_SIZE];   /* of all that led to it */
    int format; /* the recipe of `chain`: 1 takes `rows`, 2 `content` */
    unsigned char rows[HASH_SIZE]; /* of what it opened and closed; format 1 */
};

/* The chain hash that a version should have after a parent's. */
void version_chain(const unsigned char parent[HASH_SIZE],
                   const struct version *version,
                   unsigned char digest[HASH_SIZE]);

/* The newest version; 0 in a database without one. */
bool version_head(struct store *store, int64_t *head,
                  struct error *err) CHECKED;

/* Reads "7", "v7", "HEAD", "HEAD~2", "HEAD~" (one back), a tag, or "tag~1".
 * ERROR_INPUT, with the nearest thing to do, when there is no such version. */
bool version_resolve(struct store *store, const char *text, int64_t *number,
                     struct error *err) CHECKED;

/* The same of a version whose rows are wanted: ERROR_INPUT, with the nearest
 * ones that were kept, when it was pruned. */
bool version_resolve_kept(struct store *store, const char *text,
                          int64_t *number, struct error *err) CHECKED;

/* The hash of what is alive at HEAD of a persona and a noun; zeros when there
 * is nothing.  Equal digests mean equal rows, in this file or another. */
bool content_digest(struct store *store, int64_t persona, enum noun noun,
                    unsigned char digest[HASH_SIZE], struct error *err) CHECKED;

/* Version 0 is answered as well, as an empty one. */
bool version_get(struct store *store, struct arena *arena, int64_t number,
                 struct version *version, struct error *err) CHECKED;

/* At most `limit` versions up to `last`, newest first. */
bool version_log(struct store *store, struct arena *arena, int64_t last,
                 int64_t limit, struct version **versions, size_t *count,
                 struct error *err) CHECKED;

struct tag {
    const char *name;
    int64_t version;
    const char *signature; /* NULL: not signed */
};

/* ERROR_INPUT for a name that is taken (by another version), or that would be
 * read as something else.  Version 0 and pruned ones cannot be tagged.  A
 * signature (NULL for none) is added to a tag that exists, or replaces its. */
bool tag_set(struct store *store, const char *name, int64_t version,
             const char *signature, struct error *err) CHECKED;
bool tag_delete(struct store *store, const char *name,
                struct error *err) CHECKED;
/* By version, then name. */
bool tag_list(struct store *store, struct arena *arena, struct tag **tags,
              size_t *count, struct error *err) CHECKED;

/* Remembers that a version was exported under this hash of its manifest, so
 * that it is never pruned; what is known already is left as it is.  ERROR_INPUT
 * for a version that was pruned meanwhile. */
bool export_record(struct store *store,
                   const unsigned char manifest_hash[HASH_SIZE],
                   int64_t version, int64_t started, struct error *err) CHECKED;

/* The versions that were exported under a manifest, newest first. */
bool export_versions(struct store *store, struct arena *arena,
                     const unsigned char manifest_hash[HASH_SIZE],
                     int64_t **versions, size_t *count,
                     struct error *err) CHECKED;

struct export_entry {
    unsigned char manifest[HASH_SIZE];
    int64_t started; /* civil stamp of the first time */
};

/* What is remembered of the exports of a version, oldest first. */
bool export_list(struct store *store, struct arena *arena, int64_t version,
                 struct export_entry **exports, size_t *count,
                 struct error *err) CHECKED;

/* The kept versions next to one; 0 where there is none. */
bool version_kept_beside(struct store *store, int64_t number, int64_t *below,
                         int64_t *above, struct error *err) CHECKED;

/* ---- Personas ---- */

struct stored_persona {
    int64_t key;
    int64_t since;
    const char *id;
    const char *name;
    int tier;
    bool validation;
    const char *document; /* minified JSON */
    size_t document_length;
    unsigned char rules_hash[HASH_SIZE];
};

/* All personas of a version, by id. */
bool persona_list_at(struct store *store, struct arena *arena, int64_t version,
                     struct stored_persona **personas, size_t *count,
                     struct error *err) CHECKED;

/* One persona of a version; *persona is NULL when there is none. */
bool persona_at(struct store *store, struct arena *arena, int64_t version,
                const char *id, struct stored_persona **persona,
                struct error *err) CHECKED;
bool persona_at_key(struct store *store, struct arena *arena, int64_t version,
                    int64_t key, struct stored_persona **persona,
                    struct error *err) CHECKED;

/* The key of an id, alive or not; 0 when it was never used. */
bool persona_key_of(struct store *store, const char *id, int64_t *key,
                    struct error *err) CHECKED;

/* The ids of all personas that there ever were, in order. */
bool persona_ids(struct store *store, struct arena *arena, const char ***ids,
                 size_t *count, struct error *err) CHECKED;

struct persona_row {
    struct stored_persona persona;
    int64_t until; /* 0: still */
};

/* Every row that a persona ever had and that was not pruned, oldest first. */
bool persona_rows(struct store *store, struct arena *arena, int64_t key,
                  struct persona_row **rows, size_t *count,
                  struct error *err) CHECKED;

/* The id behind a key, alive or not. */
bool persona_id_of(struct store *store, struct arena *arena, int64_t key,
                   const char **id, struct error *err) CHECKED;

/* A rule of a persona under the number that labels use. */
struct stored_rule {
    int kind; /* enum rule_kind */
    const char *source;
    const char *name;
};

/* All rules that a persona ever had; rules[n] has number n. */
bool rule_list(struct store *store, struct arena *arena, int64_t persona,
               struct stored_rule **rules, size_t *count,
               struct error *err) CHECKED;

/* ---- Meetings and labels ---- */

static inline int64_t meeting_persona(int64_t meeting)
{
    return meeting >> 32;
}

struct stored_meeting {
    int64_t key;
    int64_t since;
    int64_t generated; /* civil stamp */
    const char *id;
    const char *document;
    size_t document_length;
};

struct stored_label {
    int64_t meeting;
    int64_t since;
    int importance; /* enum importance */
    int rsvp;       /* enum rsvp */
    int prep_minutes;
    /* Rules that fired, in the order of reasons, each as a varint of
     * 2 * number + decided. */
    const unsigned char *rules;
    size_t rules_length;
};

/* Whether two labels say the same, reasons included. */
bool stored_label_same(const struct stored_label *one,
                       const struct stored_label *other);

struct stored_fact {
    int64_t key;
    struct meeting_facts facts;
};

/* Which rows a scan gives. */
struct scan {
    int64_t version; /* as of this one */
    int64_t persona; /* one persona's; 0 for all */
    int64_t since;   /* only rows of this version and later; 0 for all */
};

/* Scans give rows in order of key; texts are valid until the next call. */
struct cursor;
struct cursor *meeting_scan(struct store *store, const struct scan *scan,
                            struct error *err) CHECKED;
struct cursor *label_scan(struct store *store, const struct scan *scan,
                          struct error *err) CHECKED;
struct cursor *fact_scan(struct store *store, const struct scan *scan,
                         struct error *err) CHECKED;
/* Facts without their texts, which are "": there is less to read. */
struct cursor *fact_number_scan(struct store *store, const struct scan *scan,
                                struct error *err) CHECKED;
bool fact_number_next(struct cursor *cursor, struct stored_fact *fact,
                      bool *more, struct error *err) CHECKED;
bool meeting_next(struct cursor *cursor, struct stored_meeting *meeting,
                  bool *more, struct error *err) CHECKED;
bool label_next(struct cursor *cursor, struct stored_label *label, bool *more,
                struct error *err) CHECKED;
bool fact_next(struct cursor *cursor, struct stored_fact *fact, bool *more,
               struct error *err) CHECKED;
void cursor_close(struct cursor *cursor); /* NULL is fine */

/* The living meetings of a persona for labelling: of the facts only what rules
 * read, and the label that is there; *labelled says whether there is one.
 * Labels may be put while the scan goes on. */
struct cursor *relabel_scan(struct store *store, int64_t persona,
                            struct error *err) CHECKED;
bool relabel_next(struct cursor *cursor, struct stored_fact *fact,
                  struct stored_label *label, bool *labelled, bool *more,
                  struct error *err) CHECKED;

/* One row as of a version, copied to the arena; *found says whether there is
 * one. */
bool meeting_at(struct store *store, struct arena *arena, int64_t version,
                int64_t key, struct stored_meeting *meeting, bool *found,
                struct error *err) CHECKED;
bool fact_at(struct store *store, struct arena *arena, int64_t version,
             int64_t key, struct stored_fact *fact, bool *found,
             struct error *err) CHECKED;
bool label_at(struct store *store, struct arena *arena, int64_t version,
              int64_t key, struct stored_label *label, bool *found,
              struct error *err) CHECKED;

/* The key of a meeting, alive or dead; ERROR_INPUT when there never was one. */
bool meeting_find(struct store *store, const char *id, int64_t *key,
                  struct error *err) CHECKED;

/* The first id of a living meeting that starts with a text; NULL for none. */
bool meeting_complete(struct store *store, struct arena *arena,
                      const char *start, const char **id,
                      struct error *err) CHECKED;

/* The latest start of a persona's living meetings. */
bool meeting_last_start(struct store *store, int64_t persona, bool *any,
                        civil_minute *start, struct error *err) CHECKED;

/* A span of versions in which a row had one value; until 0: still. */
struct span {
    int64_t since;
    int64_t until;
    struct stored_label label; /* of a label's span */
};

bool meeting_spans(struct store *store, struct arena *arena, int64_t key,
                   struct span **spans, size_t *count,
                   struct error *err) CHECKED;
bool label_spans(struct store *store, struct arena *arena, int64_t key,
                 struct span **spans, size_t *count, struct error *err) CHECKED;

/* How many labels a persona has now. */
bool label_count(struct store *store, int64_t persona, int64_t *count,
                 struct error *err) CHECKED;

/* The same as of a version. */
bool label_count_at(struct store *store, int64_t version, int64_t persona,
                    int64_t *count, struct error *err) CHECKED;

/* How many labels of a persona a version added or changed: of one that was not
 * pruned, all of them. */
bool label_change_count(struct store *store, int64_t version, int64_t persona,
                        int64_t *count, struct error *err) CHECKED;

/* Whether all labels of a persona as of `version` are known to agree with
 * rules of this hash under this engine. */
bool labelling_is_fresh(struct store *store, int64_t version, int64_t persona,
                        const unsigned char rules_hash[HASH_SIZE], int engine,
                        bool *fresh, struct error *err) CHECKED;

/* ---- Changes ---- */

/* The keys that versions after `low` up to `high` touched, in order, once.  Of
 * a run that is not sealed yet only its own version can be asked for. */
struct cursor *change_scan(struct store *store, enum noun noun, int64_t low,
                           int64_t high, struct error *err) CHECKED;
bool change_next(struct cursor *cursor, int64_t *key, bool *more,
                 struct error *err) CHECKED;

/* ---- Looking after the file ---- */

enum verify_depth {
    VERIFY_QUICK, /* the schema, the chain, the sums, SQLite's quick check */
    VERIFY_DEEP   /* every row of every version that was kept as well */
};

struct verify_result {
    int64_t versions; /* whose chain was followed */
    int64_t kept;     /* of them, whose content was recomputed; deep only */
    int64_t rows;     /* alive or dead, that were hashed; deep only */
    int64_t findings;
};

typedef bool verify_visitor(void *context, const char *finding,
                            struct error *err);

/* Looks for damage; every finding is shown to the visitor as a sentence.  False
 * only when the check itself could not go on: a file so damaged that SQLite
 * refuses it is a finding. */
bool store_verify(struct store *store, enum verify_depth depth,
                  const struct monitor *monitor, verify_visitor *visit,
                  void *context, struct verify_result *result,
                  struct error *err) CHECKED;

/* ---- Runs ---- */

struct run;

/* Takes the write lock and starts the version after HEAD.  A run writes each
 * row once at most, in any order. */
struct run *run_begin(struct store *store, struct arena *arena,
                      struct error *err) CHECKED;
int64_t run_version(const struct run *run);

/* What the run changed so far; the total is set when it is sealed. */
struct noun_counts run_counts(const struct run *run, enum noun noun);

/* The key of a persona id, made when it is new. */
bool run_persona_key(struct run *run, const char *id, int64_t *key,
                     struct error *err) CHECKED;

/* Adds or replaces a persona. */
bool run_put_persona(struct run *run, const struct stored_persona *persona,
                     struct error *err) CHECKED;

/* Removes a persona with its meetings and labels. */
bool run_remove_persona(struct run *run, int64_t key,
                        struct error *err) CHECKED;

/* Removes the row of a persona alone: its meetings must go in the same run. */
bool run_drop_persona(struct run *run, int64_t key, struct error *err) CHECKED;

/* The number of a rule, made when it is new. */
bool run_rule_number(struct run *run, int64_t persona,
                     const struct stored_rule *rule, int64_t *number,
                     struct error *err) CHECKED;

/* How often this persona was generated from this seed, and counts one more. */
bool run_next_batch(struct run *run, int64_t persona, uint64_t seed,
                    uint64_t *batch, struct error *err) CHECKED;

/* The batches that were counted of a persona's seed, raised to a number that
 * another file knows of. */
bool run_raise_batch(struct run *run, int64_t persona, uint64_t seed,
                     uint64_t batches, struct error *err) CHECKED;

/* Adds a meeting to a persona and gives its key.  An id that a meeting has is
 * ERROR_INPUT, and so is one that a meeting had, as long as the file knows:
 * what was pruned is forgotten. */
bool run_add_meeting(struct run *run, int64_t persona,
                     const struct stored_meeting *meeting,
                     const struct meeting_facts *facts, int64_t *key,
                     struct error *err) CHECKED;

/* Adds or changes the meeting of a key that was given before (meeting->key):
 * how an old state comes back.  A value that is already there is left alone. */
bool run_put_meeting(struct run *run, const struct stored_meeting *meeting,
                     const struct meeting_facts *facts,
                     struct error *err) CHECKED;

/* Removes a meeting alone: its label must go in the same run. */
bool run_remove_meeting(struct run *run, int64_t key,
                        struct error *err) CHECKED;

/* Adds or changes a label; a value that is already there is left alone. */
bool run_put_label(struct run *run, const struct stored_label *label,
                   struct error *err) CHECKED;

bool run_remove_label(struct run *run, int64_t meeting,
                      struct error *err) CHECKED;

/* Some labels are written with room behind them until the run is sealed.  Takes
 * it away, for who reads labels that the run put. */
bool run_trim_labels(struct run *run, struct error *err) CHECKED;

/* What was recorded of a persona's labels as of a version: see
 * run_set_labelling. */
struct labelling {
    unsigned char rules_hash[HASH_SIZE];
    int engine;
};
bool labelling_at(struct store *store, int64_t version, int64_t persona,
                  struct labelling *labelling, bool *found,
                  struct error *err) CHECKED;

/* How often a persona was generated from each seed. */
struct batch {
    uint64_t seed;
    uint64_t batches;
};
bool batch_list(struct store *store, struct arena *arena, int64_t persona,
                struct batch **batches, size_t *count,
                struct error *err) CHECKED;

/* Records that all labels of a persona agree with these rules; with zeros, the
 * hash of no rules, that they are of more than one. */
bool run_set_labelling(struct run *run, int64_t persona,
                       const unsigned char rules_hash[HASH_SIZE], int engine,
                       struct error *err) CHECKED;

/* What a run says of itself. */
struct run_header {
    const char *command;
    const char *options; /* JSON object */
    const char *summary;
    int64_t started;
    int engine;
};

/* Writes the version, with its hash, and leaves the transaction open: what the
 * new version holds can be read.  *changed is false when nothing differs from
 * HEAD; then there is no new version. */
bool run_seal(struct run *run, const struct run_header *header, bool *changed,
              struct error *err) CHECKED;

/* Makes a sealed run permanent. */
bool run_commit(struct run *run, struct error *err) CHECKED;

/* Undoes everything that was not committed; NULL is fine. */
void run_abandon(struct run *run);

/* ---- SQL ---- */

/* Called first with values NULL, for the names of the columns, and then for
 * each row: values as text, NULL for null. */
typedef bool query_row(void *context, int columns, const char *const *names,
                       const char *const *values, struct error *err);

/* Runs one read-only statement over the views personas, meetings, labels,
 * splits, reviews and runs as of a version, and the view requests, of a store
 * that was opened to read; once for each store.  Anything that could write,
 * attach or load, and the tables of hashes that the store keeps for itself, are
 * ERROR_INPUT.  The monitor (NULL for none) is asked every few milliseconds
 * whether to go on. */
bool store_query(struct store *store, int64_t version, const char *sql,
                 const struct monitor *monitor, query_row *row, void *context,
                 struct error *err) CHECKED;

#endif
