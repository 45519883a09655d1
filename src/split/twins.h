/* Pairs of texts that are the same or nearly so, among more texts than fit
 * into memory.
 *
 * Each text is cut into 3-grams once, and its 3-grams and the hashes of its
 * bands (near_duplicates.h) go to temporary files; the same words again are
 * mostly recognised at once and written down once.  Then, band by band and
 * slice by slice of the range of hashes, texts that agree are brought together
 * by sorting and compared exactly.  A hash of all words is one band more, so
 * that of texts with the same words none is missed; of near-duplicates as
 * many are as near_duplicates.h says.
 *
 * Where more than TWINS_WINDOW texts agree in a band, they are put in an order
 * in which those that agree in the next band stand side by side, and each is
 * compared with the TWINS_WINDOW before it: of either side, where some are held
 * out. */
#ifndef DATEBOOK_SPLIT_TWINS_H
#define DATEBOOK_SPLIT_TWINS_H

#include "datebook/monitor.h"
#include "datebook/split.h"

enum { TWINS_WINDOW = 256 };

struct twins_options {
    bool within;       /* pairs inside of a part as well */
    size_t slice;      /* texts that are sorted at a time; 0: the usual */
    size_t window;     /* 0: TWINS_WINDOW */
    size_t remembered; /* texts of which a repetition is recognised at once, a
                          power of two; 0: the usual */
};

/* A text in a part. */
struct twin_text {
    int64_t key; /* of the first meeting that is known to have it */
    uint64_t id; /* of its words and its part; 0: no words */
    enum part part;
};

/* Whether two texts have the same words. */
static inline bool twin_exact(const struct twin_text *one,
                              const struct twin_text *other)
{
    return one->id >> 2 == other->id >> 2;
}

struct twins;

struct twins *twins_new(const struct twins_options *options,
                        struct error *err) CHECKED;
void twins_free(struct twins *twins); /* NULL is fine */

/* Adds the text of a meeting: in order of keys, so that a text is known by the
 * least.  *text is the one that stands for it. */
bool twins_add(struct twins *twins, int64_t key, enum part part,
               const char *subject, const char *preview, struct twin_text *text,
               struct error *err) CHECKED;

/* A pair, more than once perhaps; `one` has the lower part. */
typedef bool twins_visitor(void *context, const struct twin_text *one,
                           const struct twin_text *other, double likeness,
                           struct error *err);

/* Shows all pairs to the visitor; once, after the last text. */
bool twins_find(struct twins *twins, const struct monitor *monitor,
                twins_visitor *visit, void *context, struct error *err) CHECKED;

#endif
