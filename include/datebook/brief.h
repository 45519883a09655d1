/* What a model is told of meetings that it is to write, and what it wrote.
 *
 * A brief is one meeting, or one standing series, of a persona's simulated
 * calendar without its texts.  Briefs of a persona go to the model in turn,
 * several in one call; each reply holds one text for each.  Pure. */
#ifndef DATEBOOK_BRIEF_H
#define DATEBOOK_BRIEF_H

#include "datebook/buf.h"
#include "datebook/hash.h"
#include "datebook/persona.h"

struct brief {
    int64_t number;   /* of the persona in its job, from 1 */
    const char *date; /* "Monday 2 March 2026"; of a series its first */
    const char *time; /* "10:00" */
    int minutes;
    const char *repeats;       /* "every week"; NULL: a single meeting */
    const char *kind;          /* the archetype that the calendar chose */
    const char *organizer;     /* name, or "you" */
    const char *const *people; /* "Ana Ruiz (VP Sales)", with their company
                                  where it is another; at most 12 … */
    size_t people_count;
    int more_people; /* … and so many more */
    /* Phrases of the persona's rules that the text should hold, so that the
     * labels have the wanted mix; often one or none. */
    const char *const *topics;
    size_t topic_count;
};

/* A brief as one JSON object, {"brief":3,"kind":"…","date":"…", …}, in one
 * line, for the journal and the model, and back.  What is NULL, "" or 0 is left
 * out, and comes back as "", 0, or NULL of `repeats`.  ERROR_INPUT names the
 * field. */
void brief_write(struct buf *buf, const struct brief *brief);
bool brief_read(struct arena *arena, const char *text, size_t length,
                struct brief *brief, struct error *err) CHECKED;

/* ---- Prompts ---- */

/* The templates: text files with {placeholders}, replaceable. */
struct prompt_texts {
    const char *system;     /* who the persona is, what to write, the form */
    const char *meetings;   /* what is to be written in this call */
    const char *whole;      /* the same when the model makes everything */
    const char *correction; /* what was wrong with the reply */
    unsigned char hash[HASH_SIZE]; /* of all of them */
};

/* Reads FOLDER/prompts/{system,meetings,whole,correction}.txt; an unknown
 * placeholder or a missing file is ERROR_INPUT. */
bool prompt_texts_load(struct arena *arena, const char *folder,
                       struct prompt_texts *texts, struct error *err) CHECKED;
/* All templates as one text for the journal, and back. */
void prompt_texts_write(struct buf *buf, const struct prompt_texts *texts);
bool prompt_texts_read(struct arena *arena, const char *text, size_t length,
                       struct prompt_texts *texts, struct error *err) CHECKED;

/* One call. */
struct prompt_call {
    const struct persona *persona;
    const struct brief *briefs;
    size_t brief_count;
    bool whole;           /* the model makes times and people as well */
    const char *language; /* "English" */
    uint64_t seed;        /* of the call: another seed, other texts */
    int attempt;          /* 0 first; more: an earlier one did not do */
    /* Subjects that are taken: what was refused as a near-duplicate. */
    const char *const *taken;
    size_t taken_count;
    const char *const *kinds; /* the persona's kinds of work, for "kind" */
    size_t kind_count;
    const char *company; /* the persona's own */
    const char
        *own_name; /* the persona's, as its calendar has it; may be NULL */
};

struct rendered_prompt {
    const char *system;
    const char *user;
    const char *schema_name;
    const char *schema;            /* strict JSON schema of the reply */
    int64_t most_tokens;           /* of the reply, generously */
    unsigned char hash[HASH_SIZE]; /* of the rendered texts and the schema */
};

/* Renders a call.  The texts describe the form of the reply as well as the
 * schema does, for endpoints that know no schema:
 *
 *   {"meetings":[{"brief":1,"kind":"…","subject":"…","preview":"…"}]}
 *
 * and for whole meetings also "date", "start" ("10:00"), "minutes",
 * "organizer", "people": [{"name", "company", "optional"}].  The briefs stand
 * in the user message as brief_write gives them, a line each, which starts with
 * {"brief": and its number.  Only name, demographics, meeting_context, work
 * style and such prose of the persona is told, not its rules: an edited rule
 * changes no prompt but by the topics of its briefs. */
bool prompt_render(struct arena *arena, const struct prompt_texts *texts,
                   const struct prompt_call *call,
                   struct rendered_prompt *prompt, struct error *err) CHECKED;

/* The user message that quotes the faults of a reply.  It asks for the briefs
 * that they name, and no others: those that were good are to be kept.  Faults
 * that name no brief ask for all. */
bool prompt_correct(struct arena *arena, const struct prompt_texts *texts,
                    const char *faults, const char **text,
                    struct error *err) CHECKED;

/* ---- Replies ---- */

struct written_person {
    const char *name;
    const char *company; /* NULL: the persona's own */
    bool optional;
};

/* What a model wrote for one brief. */
struct written {
    int64_t brief;     /* its number */
    const char *fault; /* NULL: it will do.  Else a sentence that names the
                          brief, field and value: "brief 4: end 09:00 is not
                          after start 10:00" */
    const char *raw;   /* its JSON as it came; NULL: none came */
    const char *kind;
    const char *subject;
    const char *preview;
    /* Of a whole meeting. */
    const char *date; /* YYYY-MM-DD */
    int start;        /* minute of the day */
    int minutes;
    bool own; /* the persona organizes it */
    const char *organizer;
    const struct written_person *people;
    size_t people_count;
};

struct written_list {
    struct written *items; /* one for each brief of the call, in its order */
    size_t count;
    int coerced;       /* harmless drift that was put right */
    const char *fault; /* of the whole reply: no JSON, no list; then every item
                          has a fault too */
};

/* Reads the content of a reply and checks it against what the schema says and
 * what it cannot say.  Finds the JSON within a code fence or prose, takes
 * "High" for "high", "30" for 30, a number of a brief as text, and counts that.
 * A brief that is missing or there twice is a fault of it; one that was not
 * asked for is passed over, and only told where another is missing.  A brief
 * may have several faults, "brief 3: one; another".  Items without a fault have
 * all their fields.  docs/prompts.md lists what is checked.  Never fails but
 * for want of memory. */
bool written_read(struct arena *arena, const struct prompt_call *call,
                  const char *content, struct written_list *list,
                  struct error *err) CHECKED;

/* A written meeting as one JSON object, for the journal, and back; fields that
 * are NULL are left out.  ERROR_INPUT names the field. */
void written_write(struct buf *buf, const struct written *written);
bool written_parse(struct arena *arena, const char *text, size_t length,
                   struct written *written, struct error *err) CHECKED;

#endif
