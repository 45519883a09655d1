/* Records to train on: a labelled meeting in the form that a training job
 * takes.
 *
 *   sft      OpenAI's chat form: {"messages": [system, user, assistant]}
 *   dpo      OpenAI's preference form: {"input": {"messages": …},
 *            "preferred_output": […], "non_preferred_output": […]}
 *   trl-sft  TRL's prompt and completion, conversational
 *   trl-dpo  TRL's prompt, chosen and rejected, conversational
 *   kto      TRL's unpaired preferences: prompt, completion and label; two
 *            lines a meeting, a good and a bad one
 *
 * for a task: what the meeting is to the persona (importance), whether and how
 * long to prepare (prep), what to answer (rsvp).  What goes in are the
 * persona's description and the meeting; what comes out is the label with its
 * reasoning, as JSON.  The prompts are text files of the data folder.
 * docs/training.md has the forms and the placeholders.
 *
 * The rejected answer of a pair is a believable mistake: a neighbouring label,
 * with the reasoning of a rule of the persona that would give it and did not
 * fire.  It is drawn by a hash of the meeting's id alone.  Where people
 * corrected the label of the task, the rejected answer is that of the rules. */
#ifndef DATEBOOK_TRAINING_H
#define DATEBOOK_TRAINING_H

#include "datebook/dataset.h"

enum training_task { TASK_IMPORTANCE, TASK_PREP, TASK_RSVP, TASKS };

/* "importance" …; TASKS for a word that is none. */
const char *task_name(enum training_task task);
enum training_task task_named(const char *name);

/* A prompt: a file with the text of the system message and of the user message,
 * parted by a line "---". */
struct prompt {
    enum training_task task;
    const char *name; /* "importance.txt", or that of the file that was given */
    const char *text; /* of the file, with "\n" at the ends of lines */
    size_t length;
    unsigned char sha256[32]; /* of the text */
    const char *system;       /* the templates of its two parts */
    const char *user;
};

/* Reads a prompt: a file, or where that is NULL the task's own of the data
 * folder (prompts/training/TASK.txt).  ERROR_INPUT with file and line for what
 * is no prompt or has an unknown placeholder. */
bool prompt_load(struct arena *arena, const char *data_folder, const char *file,
                 enum training_task task, struct prompt *prompt,
                 struct error *err) CHECKED;

/* A labelled meeting.  The label is the one to train on; `reasoning` is spelled
 * with the persona's rules. */
struct labelled_meeting {
    const char *id;
    const struct meeting_facts *facts;
    const struct stored_label *label;
    /* What the rules said, where people corrected that: its values are others
     * than those of `label`, its rules the same.  NULL: nothing is corrected.
     */
    const struct stored_label *corrected;
    const char *note; /* on the correction; NULL or "": none */
    const char *reasoning;
    size_t reasoning_length;
};

enum training_form {
    TRAINING_SFT,
    TRAINING_DPO,
    TRAINING_TRL_SFT,
    TRAINING_TRL_DPO,
    TRAINING_KTO,
    TRAINING_FORMS
};

/* Writes the records of one persona for one task. */
struct trainer;

/* What all records of a persona share is made once.  The prompt, the oracle and
 * the stored rules must outlive the trainer.  To be freed. */
struct trainer *trainer_new(const struct prompt *prompt,
                            const struct oracle *oracle,
                            const struct stored_rule *rules, size_t rule_count,
                            struct error *err) CHECKED;
void trainer_free(struct trainer *trainer); /* NULL is fine */

/* Adds the lines of a meeting, each with its newline; *lines says how many: two
 * of kto, else one. */
bool trainer_add(struct trainer *trainer, enum training_form form,
                 const struct labelled_meeting *meeting, struct buf *out,
                 int *lines, struct error *err) CHECKED;

/* How many members the JSON lines of a form have at the top, and their names,
 * for who describes the files; ends at NULL. */
const char *const *training_members(enum training_form form);

/* ---- Comma-separated values ---- */

/* RFC 4180: a header line, CRLF at the ends of lines, quotes where needed.  The
 * columns, in order; ends at NULL.  "people", "required", "optional" and
 * "resources" are numbers, as "minutes" and "prep_time_minutes" are;
 * "external", "recurring" and "prep_needed" are true or false; all else is
 * text. */
extern const char *const csv_columns[];

struct csv_meeting {
    struct labelled_meeting labelled;
    const char *persona_id;
    const char *stamp; /* generation_timestamp */
};

void csv_add_header(struct buf *out);
bool csv_add(const struct csv_meeting *meeting, struct buf *out,
             struct error *err) CHECKED;

#endif
