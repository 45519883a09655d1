/* Which meetings and labels are not the same rows in two versions of a file.
 *
 * For each key two rows matter at most: the one that was alive in the older
 * version and died on the way to the newer one, and the one that was born on
 * the way and is alive in the newer one.  A row that lives through both, or
 * that came and went in between, is no change.  A value that changed and
 * changed back is two rows that say the same: telling is up to the caller. */
#ifndef DATEBOOK_CHANGES_H
#define DATEBOOK_CHANGES_H

#include "datebook/store.h"

/* How the rows that were born are found. */
enum change_way {
    CHANGE_AUTO, /* by what the versions say of their size */
    CHANGE_NEAR, /* through the change log: costs what changed */
    CHANGE_FAR   /* by a scan of the tables: costs what there is */
};

struct change_range {
    int64_t low;     /* the older version */
    int64_t high;    /* the newer one, not below `low` */
    int64_t persona; /* one persona's; 0 for all */
    enum change_way way;
    bool documents; /* of meetings, where they come for nothing */
};

struct label_change {
    int64_t meeting;
    bool had; /* there is a row of the older version */
    bool has;
    struct stored_label old; /* without `since`, which is 0 */
    struct stored_label new;
};

struct meeting_row {
    int64_t since;
    const char *id;
    const char *document; /* NULL when it was not read */
    size_t document_length;
};

struct meeting_change {
    int64_t meeting;
    bool had;
    bool has;
    struct meeting_row old;
    struct meeting_row new;
};

/* Rows come in order of key; texts are valid until the next call.  One cursor
 * for labels and one for meetings may be open at a time. */
struct changes;
struct changes *changes_open_labels(struct store *store,
                                    const struct change_range *range,
                                    struct error *err) CHECKED;
struct changes *changes_open_meetings(struct store *store,
                                      const struct change_range *range,
                                      struct error *err) CHECKED;
bool changes_next_label(struct changes *changes, struct label_change *change,
                        bool *more, struct error *err) CHECKED;
bool changes_next_meeting(struct changes *changes,
                          struct meeting_change *change, bool *more,
                          struct error *err) CHECKED;
void changes_close(struct changes *changes); /* NULL is fine */

/* The id behind a meeting's key, alive or dead, copied to the arena; NULL when
 * there is none. */
bool meeting_id_of(struct store *store, struct arena *arena, int64_t key,
                   const char **id, struct error *err) CHECKED;

/* The key of a meeting's id, alive or dead; 0 when there is none. */
bool meeting_key_of(struct store *store, const char *id, int64_t *key,
                    struct error *err) CHECKED;

#endif
