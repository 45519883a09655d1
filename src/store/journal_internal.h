/* What the files of the journal share. */
#ifndef DATEBOOK_STORE_JOURNAL_INTERNAL_H
#define DATEBOOK_STORE_JOURNAL_INTERNAL_H

#include "internal.h"

#include "datebook/journal.h"

/* Takes a statement and binds the number that it is about. */
struct statement *journal_use(struct store *store, enum statement_id id,
                              const char *name, int64_t number,
                              struct error *err) CHECKED;

/* Copies a text to the arena; a null stays NULL, which is no failure. */
bool journal_text(struct statement *statement, const char *column,
                  struct arena *arena, const char **text,
                  struct error *err) CHECKED;

/* Reads a hash; *ok turns false when it has another size. */
void journal_hash(struct statement *statement, const char *column,
                  unsigned char hash[HASH_SIZE], bool *ok);

/* What a damaged row is. */
bool journal_damage(const char *what, int64_t number, struct error *err);

#endif
