/* The parts of a dataset card, and what Croissant has in common with it.
 *
 * The writers add to a buffer, which remembers if it ran out of memory. */
#ifndef EXPORT_CARD_H
#define EXPORT_CARD_H

#include "datebook/export.h"

/* ---- Text that comes from data ---- */

/* A text as one line of Markdown that is nothing but text. */
void card_text(struct buf *out, const char *text);

/* A text as a code span.  It must not be empty; in a table it must not hold
 * a "|". */
void card_code(struct buf *out, const char *text);

/* A text as a string of YAML in double quotes, which every reader of YAML 1.1
 * and 1.2 takes for the same text. */
void card_yaml(struct buf *out, const char *text);

/* ---- What both say ---- */

int64_t summary_meetings(const struct export_summary *summary);
size_t summary_personas(const struct export_summary *summary);

/* What the parts that have rows are called where splits have usual names:
 * "train", "validation", "test". */
const char *split_word(enum part part);

/* Adds the path of the rows of a part in the folder: a file, or a pattern that
 * its shards have in common and no other file; of PARTS that of all parts
 * together, which is always a pattern.  False, and nothing is added, when there
 * are no rows. */
bool summary_path(const struct export_summary *summary, size_t shape,
                  enum part part, struct buf *out);

/* The part in which a persona's meetings are for the most part: PART_TRAIN or
 * PART_HELD_OUT. */
enum part summary_side(const struct export_summary *summary, const char *id);

/* "the offline generator (123 meetings), the model X (4 meetings)"; names are
 * made safe by `add_name`. */
void summary_origins(const struct export_summary *summary,
                     void (*add_name)(struct buf *out, const char *name),
                     struct buf *out);

/* The two hashes of the card: of the version's content, and of a prompt. */
void add_hex(struct buf *out, const unsigned char hash[32]);

/* The day on which the version was made, as YYYY-MM-DD. */
void add_day(struct buf *out, const struct version *version);

/* ---- Parts of the card ---- */

void card_front(const struct export_summary *summary, struct buf *out);
void card_records(const struct export_summary *summary, struct buf *out);
void card_making(const struct export_summary *summary, struct buf *out);
void card_splits(const struct export_summary *summary, struct buf *out);
void card_tables(const struct export_summary *summary, struct buf *out);
void card_leaks(const struct export_summary *summary, struct buf *out);
void card_loading(const struct export_summary *summary, struct buf *out);

#endif
