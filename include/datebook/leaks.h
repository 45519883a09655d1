/* Leaks: meetings of one part of a split whose text is, or nearly is, in
 * another part.
 *
 * The text of a meeting is its subject and preview; two are near-duplicates as
 * near_duplicates.h says (word 3-grams, Jaccard index of LEAK_THRESHOLD or
 * more), and exact duplicates when their words are the same.  All meetings are
 * looked at, those of series as well; one without words has no twin.  What is
 * known of a text goes to temporary files without a name, in the folder of
 * $TMPDIR, else in /tmp: some 300 bytes for each that differs.  They are
 * compared band by band and slice by slice: memory does not grow with the
 * dataset, but for a byte a text, and by the leaks that are found.
 *
 * All exact duplicates are found, and of near ones as many as near_duplicates.h
 * says.  Where hundreds of texts agree in a band, each is compared there with
 * 256 that are likely to be near. */
#ifndef DATEBOOK_LEAKS_H
#define DATEBOOK_LEAKS_H

#include "datebook/monitor.h"
#include "datebook/split.h"

#define LEAK_THRESHOLD 0.8

/* A meeting with its best twin in another part: of a pair of parts, the one
 * that training should do without.  Between train and validation or heldout it
 * is the training meeting, between validation and heldout the validation
 * meeting.  Of several twins the likest is the best, an exact one above all;
 * then the one with the smallest key. */
struct leak {
    int64_t meeting;
    int64_t twin;
    enum part part; /* of the meeting */
    enum part twin_part;
    double likeness; /* Jaccard index; 1 for an exact duplicate */
    bool exact;
};

struct leaks {
    struct leak *leaks; /* by meeting; each meeting once */
    size_t count;
    int64_t compared;        /* meetings */
    int64_t twins;           /* meetings of the other side that have a twin */
    int64_t of_parts[PARTS]; /* leaks by the part of the meeting */
};

/* Finds the leaks of a division as of a version.  ERROR_INPUT when there is no
 * room for temporary files; nothing is left of them in any case. */
bool leaks_find(struct store *store, struct arena *arena, int64_t version,
                const struct division *division, const struct monitor *monitor,
                struct leaks *leaks, struct error *err) CHECKED;

/* Whether a meeting is among them (by binary search). */
bool leaks_have(const struct leaks *leaks, int64_t meeting);

#endif
