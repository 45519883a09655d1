/* What is alive at HEAD as one hash, by persona and noun, kept while a run
 * changes rows.
 *
 * A member of the set is the digest of a row by its meaning: the persona's id,
 * a meeting's place among its persona's, values and texts, but no internal key
 * and no version.  So two files, or two versions, that hold the same have the
 * same hash. */
#ifndef DATEBOOK_STORE_CONTENT_H
#define DATEBOOK_STORE_CONTENT_H

#include "internal.h"

#include "datebook/set_hash.h"
#include "datebook/stored_record.h"

/* Of one persona's rules, by number: see content_rules. */
struct rule_digests {
    size_t count;
    unsigned char (*digests)[HASH_SIZE];
};

/* The persona that rows belong to. */
struct content_persona {
    int64_t key; /* 0: none loaded */
    const char *id;
    struct rule_digests rules;
};

/* Loads a persona's id and rules into the arena. */
bool content_load_persona(struct store *store, struct arena *arena, int64_t key,
                          struct content_persona *persona,
                          struct error *err) CHECKED;

/* ---- Digests of rows ---- */

void content_of_persona(const struct stored_persona *persona,
                        unsigned char digest[HASH_SIZE]);
void content_of_meeting(const struct content_persona *persona,
                        const struct stored_meeting *meeting,
                        const struct meeting_facts *facts,
                        unsigned char digest[HASH_SIZE]);
/* ERROR_DATABASE for a label with rules that do not exist. */
bool content_of_label(const struct content_persona *persona,
                      const struct stored_label *label,
                      unsigned char digest[HASH_SIZE],
                      struct error *err) CHECKED;
void content_of_record(enum noun noun, const struct stored_record *record,
                       unsigned char digest[HASH_SIZE]);

/* ---- The sets of a run ---- */

struct content {
    struct set_hash total[NOUNS]; /* without what the persona at hand changed */
    struct set_hash total_loaded[NOUNS]; /* as they were */
    /* Those of the persona at hand; 0: none. */
    int64_t persona;
    struct set_hash of_persona[NOUNS];
    struct set_hash loaded[NOUNS]; /* as they were */
};

bool content_load(struct store *store, struct content *content,
                  struct error *err) CHECKED;

/* Adds or takes a row of a persona. */
bool content_count(struct store *store, struct content *content,
                   int64_t persona, enum noun noun, bool comes,
                   const unsigned char digest[HASH_SIZE],
                   struct error *err) CHECKED;

/* The same of a record, which is nobody's: it is in the total alone. */
void content_count_record(struct content *content, enum noun noun, bool comes,
                          const unsigned char digest[HASH_SIZE]);

/* Writes all back. */
bool content_save(struct store *store, struct content *content,
                  struct error *err) CHECKED;

/* The content hash of a version that holds these sets. */
void content_hash(const struct set_hash total[NOUNS],
                  unsigned char digest[HASH_SIZE]);

#endif
