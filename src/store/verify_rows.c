/* Looking for damage in rows: what each kept version holds is hashed again, and
 * rows, spans and the change log are held against each other. */
#include "verify.h"

#include <string.h>

/* ---- What each version holds ---- */

static bool check_totals(struct verify *work, const struct walk *walk,
                         const struct version *version, struct error *err)
{
    for (int noun = 0; noun < NOUNS; noun++)
        if (walk->alive[noun] != version->counts[noun].total &&
            !verify_found(work, err, "version %lld holds %lld %ss, not %lld",
                          (long long)version->number,
                          (long long)walk->alive[noun],
                          noun_name((enum noun)noun),
                          (long long)version->counts[noun].total))
            return false;
    return true;
}

/* The state of the walk: a row that is wrong in one version is wrong in all
 * that hold it, so only the first is spelled out. */
struct mismatch {
    int64_t first;
    int64_t more;
};

static void compare_content(const struct walk *walk,
                            const struct version *version,
                            struct mismatch *mismatch)
{
    unsigned char digest[HASH_SIZE];

    content_hash(walk->total, digest);
    if (!memcmp(digest, version->content, HASH_SIZE))
        return;
    if (mismatch->first)
        mismatch->more++;
    else
        mismatch->first = version->number;
}

static bool tell_mismatch(struct verify *work, const struct mismatch *mismatch,
                          struct error *err)
{
    if (!mismatch->first)
        return true;
    if (!mismatch->more)
        return verify_found(work, err,
                            "version %lld does not hold what was written",
                            (long long)mismatch->first);
    return verify_found(work, err,
                        "version %lld does not hold what was written; %lld "
                        "after it do not either",
                        (long long)mismatch->first, (long long)mismatch->more);
}

static bool walk_versions(struct verify *work, struct walk *walk, int64_t head,
                          struct error *err)
{
    struct arena arena = {0};
    struct mismatch mismatch = {0};
    struct version version;
    int64_t last = 0;
    bool ok = true;

    for (int64_t number = 1; ok && number <= head; number++) {
        arena_reset(&arena);
        ok = version_get(work->store, &arena, number, &version, err);
        if (!ok || version.pruned)
            continue;
        ok = walk_to(walk, last, &version, err) &&
             check_totals(work, walk, &version, err);
        compare_content(walk, &version, &mismatch);
        work->result->kept++;
        last = number;
    }
    work->result->rows = walk->rows;
    arena_free(&arena);
    return ok && tell_mismatch(work, &mismatch, err);
}

/* ---- What HEAD holds, by persona ---- */

/* The walk has come to HEAD; but when it met damage, that may be of the change
 * log alone, and HEAD is read without it. */
static bool head_sets(struct verify *work, struct walk *walk, int64_t persona,
                      struct set_hash sets[NOUNS], struct error *err)
{
    return work->result->findings ? walk_persona(walk, persona, sets, err)
                                  : walk_sets(walk, persona, sets, err);
}

static bool check_persona(struct verify *work, struct walk *walk,
                          const struct stored_persona *persona,
                          struct set_hash left[NOUNS], struct error *err)
{
    struct set_hash sets[NOUNS];

    if (!head_sets(work, walk, persona->key, sets, err))
        return false;
    for (int noun = 0; noun < NOUNS; noun++) {
        unsigned char written[HASH_SIZE];
        unsigned char digest[HASH_SIZE] = {0};
        if (!set_hash_is_empty(&sets[noun]))
            set_hash_digest(&sets[noun], digest);
        set_hash_take_set(&left[noun], &sets[noun]);
        if (!content_digest(work->store, persona->key, (enum noun)noun, written,
                            err))
            return false;
        if (memcmp(written, digest, HASH_SIZE) != 0 &&
            !verify_found(work, err,
                          "the %ss of persona %s are not what was written",
                          noun_name((enum noun)noun), persona->id))
            return false;
    }
    return true;
}

/* Records are nobody's; they are few, and read without the change log. */
static bool check_records(struct verify *work, struct arena *arena,
                          enum noun noun, int64_t head, struct set_hash *left,
                          struct error *err)
{
    struct stored_record *records;
    size_t count;

    if (!record_list_at(work->store, arena, noun, head, "", &records, &count,
                        err))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned char digest[HASH_SIZE];
        content_of_record(noun, &records[i], digest);
        set_hash_take(left, digest);
    }
    return set_hash_is_empty(left) ||
           verify_found(work, err, "the %s are not what was written",
                        noun_plural(noun));
}

static bool check_head(struct verify *work, struct walk *walk, int64_t head,
                       struct error *err)
{
    int64_t before = work->result->findings;
    struct stored_persona *personas;
    struct content content;
    size_t count;

    if (!persona_list_at(work->store, &walk->memory, head, &personas, &count,
                         err) ||
        !content_load(work->store, &content, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!verify_damage(
                work,
                check_persona(work, walk, &personas[i], content.total, err),
                err))
            return false;
    for (int noun = NOUN_SPLIT; noun < NOUNS; noun++)
        if (!verify_damage(work,
                           check_records(work, &walk->memory, (enum noun)noun,
                                         head, &content.total[noun], err),
                           err))
            return false;
    /* What is wrong with one persona is wrong with all of them together. */
    if (work->result->findings != before)
        return true;
    for (int noun = 0; noun < NOUN_SPLIT; noun++)
        if (!set_hash_is_empty(&content.total[noun]) &&
            !verify_found(work, err,
                          "the %ss of all personas together are not what was "
                          "written",
                          noun_name((enum noun)noun)))
            return false;
    return true;
}

/* ---- Rows that should not be ---- */

static const struct {
    enum statement_id id;
    const char *what;
} strays[] = {
    {STATEMENT_VERIFY_MEETING_WITHOUT_PERSONA, "a meeting without its persona"},
    {STATEMENT_VERIFY_MEETING_BEYOND_ORDINALS,
     "a meeting with a number that was never given"},
    {STATEMENT_VERIFY_MEETING_WITHOUT_FACTS, "a meeting without its facts"},
    {STATEMENT_VERIFY_FACTS_WITHOUT_MEETING, "facts without their meeting"},
    {STATEMENT_VERIFY_DEAD_MEETING_WITHOUT_FACTS,
     "an old meeting without its facts"},
    {STATEMENT_VERIFY_DEAD_FACTS_WITHOUT_MEETING,
     "old facts without their meeting"},
    {STATEMENT_VERIFY_LABEL_WITHOUT_MEETING, "a label without its meeting"},
    {STATEMENT_VERIFY_PERSONA_SPANS, "two values of a persona at once"},
    {STATEMENT_VERIFY_MEETING_SPANS, "two values of a meeting at once"},
    {STATEMENT_VERIFY_LABEL_SPANS, "two values of a label at once"},
    {STATEMENT_VERIFY_SPLIT_SPANS, "two values of a split at once"},
    {STATEMENT_VERIFY_REVIEW_SPANS, "two values of a review at once"},
    {STATEMENT_VERIFY_PERSONA_NEEDLESS, "an old persona of no kept version"},
    {STATEMENT_VERIFY_MEETING_NEEDLESS, "an old meeting of no kept version"},
    {STATEMENT_VERIFY_LABEL_NEEDLESS, "an old label of no kept version"},
    {STATEMENT_VERIFY_SPLIT_NEEDLESS, "an old split of no kept version"},
    {STATEMENT_VERIFY_REVIEW_NEEDLESS, "an old review of no kept version"},
    {STATEMENT_VERIFY_PERSONA_UNLOGGED,
     "a persona that changed without an entry in the change log"},
    {STATEMENT_VERIFY_MEETING_UNLOGGED,
     "a meeting that changed without an entry in the change log"},
    {STATEMENT_VERIFY_LABEL_UNLOGGED,
     "a label that changed without an entry in the change log"},
    {STATEMENT_VERIFY_SPLIT_UNLOGGED,
     "a split that changed without an entry in the change log"},
    {STATEMENT_VERIFY_REVIEW_UNLOGGED,
     "a review that changed without an entry in the change log"},
    {STATEMENT_VERIFY_CHANGE, "an entry in the change log that is not true"},
    {STATEMENT_VERIFY_CONTENT_OF_NOBODY, "a content hash of no persona"},
    {STATEMENT_VERIFY_SEAL_OF_NOTHING, "a sum of no table"},
};

/* The first few rows in words, the rest as a number. */
static bool find_strays(struct verify *work, enum statement_id id,
                        const char *what, struct error *err)
{
    enum { SHOWN = 3 };
    struct statement *statement = store_use(work->store, id, err);
    int64_t count = 0;
    bool row = true;

    if (!statement)
        return false;
    for (;;) {
        if (!statement_next(work->store, statement, &row, err))
            return false;
        if (!row)
            break;
        if (++count <= SHOWN &&
            !verify_found(work, err, "%s: key %lld, version %lld", what,
                          (long long)column_int(statement, "key"),
                          (long long)column_int(statement, "version")))
            return statement_end(statement), false;
    }
    return count <= SHOWN || verify_found(work, err, "%s: %lld more", what,
                                          (long long)(count - SHOWN));
}

bool verify_rows(struct verify *work, struct error *err)
{
    struct walk walk;
    int64_t head;
    bool ok;

    walk_start(&walk, work->store, work->monitor);
    ok = version_head(work->store, &head, err) &&
         verify_damage(work, walk_versions(work, &walk, head, err), err) &&
         verify_damage(work, check_head(work, &walk, head, err), err);
    for (size_t i = 0; ok && i < sizeof strays / sizeof *strays; i++)
        ok = verify_damage(
            work, find_strays(work, strays[i].id, strays[i].what, err), err);
    walk_end(&walk);
    return ok;
}
