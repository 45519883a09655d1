/* Reviews: what people say of meetings, of their labels, and of personas.
 *
 * A sample is a drawn list of meetings under a name.  An opinion is what one
 * reviewer says of one meeting of a sample, together with the label that was
 * there to be judged.  A decision is the opinion of whoever adjudicates: it
 * settles the meeting, and all opinions stay.  A persona opinion is what one
 * reviewer says of one persona and its rules.
 *
 * All are records of the noun review (stored_record.h).  Their names say which
 * is which: "sample/NAME", "opinion/NAME/REVIEWER/MEETING",
 * "decision/NAME/MEETING", "persona/ID/REVIEWER".  Their documents have one
 * canonical text each; reading takes nothing else. */
#ifndef DATEBOOK_REVIEW_H
#define DATEBOOK_REVIEW_H

#include "datebook/stored_record.h"

enum { REVIEW_NAME = 64, REVIEW_NOTE = 2000 }; /* bytes at most */

/* Minutes that a reviewer may say, besides 0. */
enum { REVIEW_PREP_LEAST = 5, REVIEW_PREP_MOST = 240 };

enum { SAMPLE_MOST = 100000 }; /* meetings */

/* ---- Values ---- */

/* What can be said of a meeting: a label without its rules. */
struct review_values {
    int importance; /* enum importance */
    int prep_minutes;
    int rsvp; /* enum rsvp */
};

bool review_values_same(const struct review_values *one,
                        const struct review_values *other);

/* A label as a reviewer sees it. */
struct seen_label {
    struct review_values values;
    const char *reasoning;
};

/* Whether two say the same, reasoning included: only then is an opinion of one
 * an opinion of the other. */
bool seen_label_same(const struct seen_label *one,
                     const struct seen_label *other);

/* What a correction says of the rules. */
enum review_cause {
    CAUSE_NONE,      /* nothing; the only one where nothing is corrected */
    CAUSE_RULE,      /* a rule is wrong */
    CAUSE_EXCEPTION, /* the rules are right, and this meeting is an exception */
    REVIEW_CAUSES
};

/* "none", "rule", "exception"; REVIEW_CAUSES for another word. */
const char *review_cause_name(enum review_cause cause);
enum review_cause review_cause_named(const char *name);

/* ---- Samples ---- */

enum sample_stratum {
    SAMPLE_BY_PERSONA,
    SAMPLE_BY_IMPORTANCE,
    SAMPLE_BY_TIER,
    SAMPLE_BY_TYPE, /* of the event */
    SAMPLE_BY_PREP, /* needed or not */
    SAMPLE_BY_RSVP,
    SAMPLE_STRATA
};

/* "persona", "importance", "tier", "type", "prep", "rsvp". */
const char *sample_stratum_name(enum sample_stratum stratum);
enum sample_stratum sample_stratum_named(const char *name);

/* Which meetings come first within a stratum. */
enum sample_preference {
    PREFER_NONE,
    PREFER_CONFLICTS,  /* rules fired at several levels of importance */
    PREFER_NEW_RULES,  /* rules decided that the persona did not have in the
                          version before its rules last changed */
    PREFER_BORDERLINE, /* one rule fewer would give another label */
    SAMPLE_PREFERENCES
};

/* "none", "conflicts", "new-rules", "borderline". */
const char *sample_preference_name(enum sample_preference preference);
enum sample_preference sample_preference_named(const char *name);

struct sample_terms {
    int64_t count;   /* of meetings; 1 … SAMPLE_MOST */
    unsigned strata; /* bits 1 << enum sample_stratum */
    enum sample_preference prefer;
    uint64_t seed;
    /* Ids, in order, each once: only theirs.  None: of all. */
    const char *const *personas;
    size_t persona_count;
};

struct sample {
    const char *name;
    int64_t version; /* that it was drawn from */
    struct sample_terms terms;
    const char *const *meetings; /* ids, in the order of review */
    size_t count;                /* at most terms.count */
};

/* ---- Opinions ---- */

struct opinion {
    const char *sample;
    const char *reviewer;
    const char *meeting; /* id */
    const char *persona; /* id */
    int64_t version;     /* as of which the label was seen */
    struct seen_label seen;
    bool decision; /* of an adjudicator */
    bool blind;    /* the label was hidden until the answer was given */
    bool realistic;
    struct review_values says; /* as seen, where nothing is corrected */
    enum review_cause cause;
    /* The reason that is wrong, as it is spelled in the reasoning ("Always
     * important: pipeline"); NULL: none named. */
    const char *rule;
    const char *note; /* "" for none */
};

/* Whether it says something else than the label that was seen. */
bool opinion_corrects(const struct opinion *opinion);

/* What an expert says of one persona. */
struct rule_opinion {
    const char *rule; /* "Always important: pipeline" */
    bool right;
    const char *note; /* "" for none */
};

struct persona_opinion {
    const char *persona;
    const char *reviewer;
    int64_t version;
    const char *rules_hash; /* of the rules that were seen, in hex */
    bool exists;            /* there is such a person in our company */
    const char *note;
    struct rule_opinion *rules; /* in the order of the document, each once */
    size_t rule_count;
};

/* ---- Names and documents ---- */

/* ERROR_INPUT, with a hint, for what is no name of a sample or a reviewer:
 * letters, digits, ".", "_" and "-", not starting with a "-" or ".", at most
 * REVIEW_NAME bytes.  `what` is "sample" or "reviewer". */
bool review_name_check(const char *what, const char *name,
                       struct error *err) CHECKED;

/* Names of records; NULL when memory is out. */
const char *sample_record_name(struct arena *arena, const char *sample,
                               struct error *err) CHECKED;
const char *opinion_record_name(struct arena *arena,
                                const struct opinion *opinion,
                                struct error *err) CHECKED;
const char *persona_opinion_record_name(struct arena *arena,
                                        const struct persona_opinion *opinion,
                                        struct error *err) CHECKED;

/* Documents, and back.  Writing checks what is written: values out of range, a
 * text that is not UTF-8 or too long, a cause without a correction are
 * ERROR_INPUT and name the field.  Reading a text that writing would not have
 * written is ERROR_DATABASE, which names the record and the field. */
bool sample_write(const struct sample *sample, struct buf *document,
                  struct error *err) CHECKED;
bool sample_read(struct arena *arena, const struct stored_record *stored,
                 struct sample *sample, struct error *err) CHECKED;
bool opinion_write(const struct opinion *opinion, struct buf *document,
                   struct error *err) CHECKED;
bool opinion_read(struct arena *arena, const struct stored_record *stored,
                  struct opinion *opinion, struct error *err) CHECKED;
bool persona_opinion_write(const struct persona_opinion *opinion,
                           struct buf *document, struct error *err) CHECKED;
bool persona_opinion_read(struct arena *arena,
                          const struct stored_record *stored,
                          struct persona_opinion *opinion,
                          struct error *err) CHECKED;

/* Puts an opinion, a decision or a persona opinion into a run; one of the same
 * name is replaced, and stays in the history. */
bool run_put_sample(struct run *run, struct arena *arena,
                    const struct sample *sample, struct error *err) CHECKED;
bool run_put_opinion(struct run *run, struct arena *arena,
                     const struct opinion *opinion, struct error *err) CHECKED;
bool run_put_persona_opinion(struct run *run, struct arena *arena,
                             const struct persona_opinion *opinion,
                             struct error *err) CHECKED;

/* Takes a sample, which must be there, away with all that was said of it;
 * *count is how many opinions and decisions went with it. */
bool run_remove_sample(struct run *run, struct store *store, const char *name,
                       int64_t *count, struct error *err) CHECKED;

/* ---- Drawing ---- */

/* What a stratum had to give, and gave. */
struct sample_share {
    const char *values[SAMPLE_STRATA]; /* NULL where the draw does not look */
    int64_t meetings;                  /* that there are */
    int64_t preferred;                 /* of those */
    int64_t drawn;
    int64_t drawn_preferred;
};

struct sample_shares {
    struct sample_share *shares; /* by persona, then the other values */
    size_t count;
};

/* Draws a sample of the labelled meetings of a version.  Within strata the
 * count is shared out evenly (a stratum with fewer gives what it has, and the
 * others the rest; what cannot be shared goes round the personas, and to what
 * was drawn least of all of them together); within a
 * stratum preferred meetings come first, and order is that of a keyed hash of
 * seed and meeting id: adding meetings to the dataset moves no other.  The
 * order of review is that of another hash, and mixes the strata.  Reads the
 * version in one pass, in memory that follows the sample, not the dataset.
 * Personas may be named in any order, and more than once.  *shares says what
 * was there; NULL: nobody asks.  ERROR_INPUT for an unknown persona or no
 * meetings to draw from. */
bool sample_draw(struct store *store, struct arena *arena, int64_t version,
                 const char *name, const struct sample_terms *terms,
                 const struct monitor *monitor, struct sample *sample,
                 struct sample_shares *shares, struct error *err) CHECKED;

/* All samples of a version, by name. */
bool sample_list(struct store *store, struct arena *arena, int64_t version,
                 struct sample **samples, size_t *count,
                 struct error *err) CHECKED;

/* ---- A sample with all that was said of it ---- */

enum review_state {
    REVIEW_OPEN,  /* nothing was said yet */
    REVIEW_DONE,  /* said of the label that there is */
    REVIEW_AGAIN, /* said of another label: it is open again */
    REVIEW_GONE   /* the meeting or its label is not there any more */
};

struct review_item {
    const char *meeting;                  /* id */
    int64_t key;                          /* 0 when gone */
    const struct stored_persona *persona; /* NULL when gone */
    struct seen_label label;              /* as of the version; not when gone */
    struct opinion **opinions; /* by number of reviewer; NULL: none */
    struct opinion *decision;  /* NULL: none */
};

struct review {
    struct sample sample;
    int64_t version;        /* as of which labels and opinions are */
    const char **reviewers; /* by name; without who only decided */
    size_t reviewer_count;
    struct review_item *items; /* in the order of the sample */
    size_t count;
};

/* ERROR_INPUT, with the nearest name as a hint, when there is no such sample in
 * the version. */
bool review_load(struct store *store, struct arena *arena, int64_t version,
                 const char *name, struct review *review,
                 struct error *err) CHECKED;

/* The number of a reviewer in review->reviewers; reviewer_count for one who
 * said nothing yet. */
size_t review_reviewer(const struct review *review, const char *reviewer);

/* What an item is to a reviewer's opinion, or to a decision: pass
 * item->opinions[n] (or NULL), or item->decision. */
enum review_state review_state(const struct review_item *item,
                               const struct opinion *opinion);

/* Whether an item wants a decision: it is not gone, it has current opinions,
 * and they differ from each other, or a single one corrects the label and no
 * second one says the same; and no current decision is there.  Opinions and
 * decisions on an older label are not current. */
bool review_is_disputed(const struct review *review,
                        const struct review_item *item);

/* The settled label of an item: that of its current decision; else what all of
 * at least two current opinions say.  False: there is none. */
bool review_settled(const struct review *review, const struct review_item *item,
                    struct review_values *values);

/* All persona opinions of a version, by persona and reviewer; of one persona,
 * or NULL for all. */
bool persona_opinion_list(struct store *store, struct arena *arena,
                          int64_t version, const char *persona,
                          struct persona_opinion **opinions, size_t *count,
                          struct error *err) CHECKED;

#endif
