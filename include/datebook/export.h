/* An export: a folder that a training job takes as it is.
 *
 *   README.md         a dataset card, with the configurations and their splits
 *   manifest.json     what this is, of what version, and the sum of every file
 *   manifest.json.minisig   when it is signed
 *   statistics.json   the numbers of each part
 *   croissant.json    Croissant 1.1 metadata
 *   data/SHAPE/PART.jsonl       or PART-00001-of-00003.jsonl; .csv; .gz; .zst
 *
 * SHAPE is one form of record: "graph", "csv", or a training form and its task,
 * "sft-importance".  PART is train, validation or heldout.  The folder is
 * written under a temporary name beside its own and renamed when it is whole.
 * All of it is a function of the version, the division and the request: the
 * same bytes every time. */
#ifndef DATEBOOK_EXPORT_H
#define DATEBOOK_EXPORT_H

#include "datebook/compress.h"
#include "datebook/leaks.h"
#include "datebook/quality.h"
#include "datebook/reviewed.h"
#include "datebook/signature.h"
#include "datebook/split.h"
#include "datebook/training.h"

enum export_format {
    FORMAT_GRAPH,
    FORMAT_SFT,
    FORMAT_DPO,
    FORMAT_TRL_SFT,
    FORMAT_TRL_DPO,
    FORMAT_KTO,
    FORMAT_CSV,
    EXPORT_FORMATS
};

/* "graph", "trl-sft" …; EXPORT_FORMATS for a word that is none. */
const char *format_name(enum export_format format);
enum export_format format_named(const char *name);

/* Whether a format is of a task: all but graph and csv. */
bool format_has_task(enum export_format format);

enum { EXPORT_SHAPES = 2 + TRAINING_FORMS * TASKS };

/* A form of record: one folder of files, one configuration of the card. */
struct export_shape {
    enum export_format format;
    enum training_task task;     /* TASKS: the format has none */
    const char *name;            /* "graph", "sft-importance" */
    const struct prompt *prompt; /* NULL for a format without task */
};

enum label_source { LABELS_ORACLE, LABELS_REVIEWED, LABEL_SOURCES };

/* "oracle", "reviewed"; LABEL_SOURCES for a word that is neither. */
const char *label_source_name(enum label_source source);
enum label_source label_source_named(const char *name);

/* What the card, and Croissant, say that the program cannot know. */
struct export_words {
    const char *title;   /* "datebook meetings" unless given */
    const char *license; /* an identifier of the Hub; "other" unless given */
    const char *creator; /* NULL: not said */
    const char *url;     /* NULL: not said */
};

struct export_request {
    int64_t version;
    const struct division *division;
    const struct export_shape *shapes; /* in the order of enum export_format */
    size_t shape_count;
    enum label_source labels;
    const struct reviewed *reviewed; /* of LABELS_REVIEWED, else NULL */
    const struct leaks *leaks; /* what to leave out; NULL: not looked for */
    enum compression compress;
    int64_t shard_size; /* bytes of a file before compression; 0: no shards */
    bool stale_allowed;
    const struct secret_key *sign; /* signs the manifest; NULL: nothing does */
    const char *command; /* the command line, without file and folder names */
    struct export_words words;
};

/* A data file. */
struct export_file {
    const char *name; /* in the folder: "data/graph/train.jsonl" */
    size_t shape;     /* index into the request's */
    enum part part;
    int shard;  /* from 1 */
    int shards; /* of this shape and part */
    int64_t rows;
    int64_t bytes;   /* as stored */
    char sha256[65]; /* of the bytes as stored */
};

/* A file beside the data, of which the manifest has the sum. */
struct export_document {
    const char *name; /* "README.md" */
    int64_t bytes;
    char sha256[65];
};

struct export_part {
    int64_t personas;
    int64_t meetings;
    int64_t dropped;    /* left out as leaks */
    struct tally tally; /* without the words of subjects */
};

/* How meetings came about: all by the generator, or with models. */
struct export_origin {
    const char *model; /* NULL: the offline generator */
    int64_t meetings;
};

/* What was exported: all that manifest, card, statistics and Croissant say. */
struct export_summary {
    const struct export_request *request;
    struct version version;
    const struct export_file *files; /* by shape, part, shard */
    size_t file_count;
    struct export_part parts[PARTS];
    const struct export_origin *origins; /* most meetings first */
    size_t origin_count;
    const struct persona_tally *personas; /* of all parts, by id */
    size_t persona_count;
    int64_t reviewed;  /* labels that people settled */
    int64_t corrected; /* of them, that differ from what the rules say */
    int64_t outdated;  /* left out of them: settled for another label */
    /* The files beside the data, in order of name; what manifest.json says of
     * them.  None before they are written. */
    const struct export_document *documents;
    size_t document_count;
};

/* What each file beside the data holds; pure functions of the summary. */
bool manifest_write(const struct export_summary *summary, struct buf *out,
                    struct error *err) CHECKED;
bool card_write(const struct export_summary *summary, struct buf *out,
                struct error *err) CHECKED;
bool croissant_write(const struct export_summary *summary, struct buf *out,
                     struct error *err) CHECKED;
bool export_statistics_write(const struct export_summary *summary,
                             struct buf *out, struct error *err) CHECKED;

struct export_result {
    struct export_summary summary;
    const char *folder;
    bool replaced;                          /* an export that was there */
    unsigned char manifest_hash[HASH_SIZE]; /* what an export is known by */
};

/* Writes an export to `folder`.  What is there is replaced when it is an export
 * (it has a manifest.json) or empty; else ERROR_INPUT. */
bool export_write(struct store *store, struct arena *arena,
                  const struct export_request *request, const char *folder,
                  const struct monitor *monitor, struct export_result *result,
                  struct error *err) CHECKED;

struct export_check {
    int64_t files; /* with rows, that the manifest names and that were read */
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

/* Holds a folder against its manifest: every file with its size, rows and sum,
 * no other file, every line that names a persona in the part where that
 * belongs, and the signature when there is a key (NULL: none).  Needs no
 * database. False, with ERROR_INPUT, only when there is no such folder. */
bool export_check_folder(struct arena *arena, const char *folder,
                         const struct public_key *key, finding_visitor *visit,
                         void *context, const struct monitor *monitor,
                         struct export_check *result,
                         struct error *err) CHECKED;

#endif
