/* Shared by the files that merge: the state of a merge, the personas of the
 * file that comes in, and a meeting with its label as one unit. */
#ifndef DATEBOOK_DATASET_MERGE_INTERNAL_H
#define DATEBOOK_DATASET_MERGE_INTERNAL_H

#include "internal.h"

#include "datebook/move.h"
#include "datebook/stored_record.h"

/* How the meetings and labels of a persona come in. */
enum passage {
    PASS_NOTHING,
    PASS_CHANGES, /* what changed since the common version */
    PASS_ALL      /* all that there is, compared with what is here */
};

/* A persona of the file that comes in. */
struct guest {
    const char *id;
    int64_t theirs;                    /* its key there */
    int64_t ours;                      /* and here */
    const struct stored_persona *base; /* as of the common version, there */
    const struct stored_persona *now;  /* there; either may be NULL */
    enum passage passage;
    bool is_new;        /* not alive here before this file */
    bool had_labels;    /* here, before this file */
    bool touched;       /* rows were written */
    bool label_touched; /* labels were */
    bool ordinals_kept; /* every meeting has the ordinal that it has there */
    int64_t first;      /* of the meetings that were added, here */
    int64_t last;
};

/* Which file wrote what of a persona in this run. */
struct origin {
    const char *path;
    int64_t persona;
    int64_t first;
    int64_t last;
};

/* Which file wrote a split or a review in this run. */
struct record_origin {
    enum noun noun;
    const char *path;
    const char *name;
};

/* What a persona that came in whole must look like when the run is sealed. */
struct promise {
    const char *path;
    const char *id;
    int64_t persona;
    unsigned char digests[NOUNS][HASH_SIZE];
};

struct merge {
    struct run *run;
    struct store *store;
    struct arena *arena;
    const char *ours;
    enum merge_choice choice;
    merge_visitor *visit;
    void *context;
    int64_t head; /* before the run */
    struct origin *origins;
    size_t origin_count;
    struct record_origin *records;
    size_t record_count;
    size_t records_sorted; /* of the files before the one at hand */
    struct promise *promises;
    size_t promise_count;
    /* The file at hand. */
    const char *path;
    struct store *theirs;
    const struct monitor *monitor;
    struct merge_result *result;
    struct arena memory;
    int64_t common; /* of both chains */
    int64_t base;   /* what is compared with: the common version, or an older
                       one */
    bool base_here; /* it can be read here only: there it was pruned */
    int64_t their_head;
    struct guest *guests; /* by key there */
    size_t guest_count;
    bool compared;       /* `changes` were looked for */
    struct diff changes; /* here, since the common version */
    bool all_changed;    /* they cannot be told any more */
    int64_t done;
    /* The persona whose rules are mapped. */
    struct arena rule_memory;
    int64_t rule_persona; /* key there; 0: none */
    struct stored_rule *rules;
    int64_t *numbers; /* here; -1: not looked up yet */
    size_t rule_count;
    /* The request that wrote the last meeting that came in. */
    int64_t request_theirs; /* its number there; 0: none yet */
    int64_t request_ours;
    /* The row at hand. */
    struct arena scratch;
};

/* A meeting with its label; either may be missing, a label has a meeting. */
struct unit {
    bool has_meeting;
    bool has_label;
    struct stored_meeting meeting;
    struct meeting_facts facts;
    struct stored_label label;
};

/* Names the file in an error that does not do so yet; always returns false. */
bool merge_blame(const char *path, struct error *err);

/* Whether rows of the persona changed here since the common version, or in
 * this run. */
bool merge_changed_here(struct merge *merge, const struct guest *guest,
                        bool *changed, struct error *err) CHECKED;

/* The persona of a key there; NULL when it does not come. */
struct guest *merge_guest_of(struct merge *merge, int64_t key);

/* merge_passages.c: brings the meetings and labels of all guests in. */
bool merge_meetings(struct merge *merge, struct error *err) CHECKED;

/* merge_notes.c: batches, how fresh labels are, and which file wrote what. */
bool merge_note_guests(struct merge *merge, struct error *err) CHECKED;

/* merge_personas.c: decides over the persona itself, and by which passage its
 * meetings come. */
bool merge_persona(struct merge *merge, struct guest *guest,
                   struct error *err) CHECKED;

/* merge_records.c: brings the splits and reviews in. */
bool merge_records(struct merge *merge, struct error *err) CHECKED;

/* merge_units.c */
bool merge_read_unit(struct store *store, struct arena *arena, int64_t version,
                     int64_t key, struct unit *unit, struct error *err) CHECKED;

/* Brings one meeting and its label in; labels have the numbers of here. */
bool merge_unit(struct merge *merge, struct guest *guest,
                const struct unit *base, const struct unit *theirs,
                struct error *err) CHECKED;

/* merge_requests.c: notes which request wrote the text of a meeting that came
 * in, by its key there and here. */
bool merge_note_request(struct merge *merge, const struct guest *guest,
                        int64_t theirs, int64_t ours,
                        struct error *err) CHECKED;

/* merge_labels.c: gives a label of the file the numbers of here. */
bool merge_map_label(struct merge *merge, const struct guest *guest,
                     struct stored_label *label, struct error *err) CHECKED;

/* merge_conflicts.c */
struct difference_list {
    const char **items;
    size_t count;
};

/* Why a row cannot be taken from the file, whatever is preferred. */
enum hold {
    HOLD_NONE,
    HOLD_WRITTEN,  /* an earlier file wrote it in this run */
    HOLD_ELSEWHERE /* its id belongs to another persona here */
};

struct clash {
    enum noun noun;
    const struct stored_meeting *meeting; /* its id, and its key here if it has
                                             one; NULL for a persona */
    struct difference_list list;
    enum hold hold;
};

bool merge_add_difference(struct merge *merge, struct difference_list *list,
                          struct error *err, const char *format, ...)
    PRINTF_LIKE(4, 5) CHECKED;

/* Shows a conflict; *take: the row of the file is to be written. */
bool merge_decide(struct merge *merge, const struct guest *guest,
                  const struct clash *clash, bool *take,
                  struct error *err) CHECKED;

/* The same of a record; `writer` is the earlier file that wrote it in this run,
 * or NULL. */
bool merge_decide_record(struct merge *merge, enum noun noun, const char *name,
                         const struct difference_list *list, const char *writer,
                         bool *take, struct error *err) CHECKED;

/* Add what differs, in words. */
bool merge_compare_meetings(struct merge *merge, const struct unit *here,
                            const struct unit *theirs,
                            struct difference_list *list,
                            struct error *err) CHECKED;
bool merge_compare_labels(struct merge *merge, const struct guest *guest,
                          const struct unit *here, const struct unit *theirs,
                          struct difference_list *list,
                          struct error *err) CHECKED;
/* By the members of their documents; by the documents where these are none. */
bool merge_compare_reviews(struct merge *merge,
                           const struct stored_record *here,
                           const struct stored_record *theirs,
                           struct difference_list *list,
                           struct error *err) CHECKED;

/* Whether two units hold the same meeting, facts included; the same label. */
bool merge_same_meeting(const struct unit *one, const struct unit *other);
bool merge_same_label(const struct unit *one, const struct unit *other);

#endif
