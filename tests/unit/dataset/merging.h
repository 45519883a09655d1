/* Merging files into the one at hand, and doing something to others. */
#ifndef DATEBOOK_TESTS_DATASET_MERGING_H
#define DATEBOOK_TESTS_DATASET_MERGING_H

#include "fixture.h"
#include "world.h"

static const struct run_header merge_header = {
    .command = "merge", .options = "{}", .summary = "", .engine = 1};

/* ---- Merging ---- */

static struct {
    enum merge_choice choice;
    struct merge *merge;
    struct store *store;
    int64_t conflicts;
    int64_t decided;
    int64_t mixed;
    struct buf told; /* the conflicts, as text */
} job;

static inline bool tell(void *context, const struct merge_conflict *conflict,
                        struct error *err)
{
    static const char *const taken[] = {"refused", "ours", "theirs"};
    struct buf *told = context;

    (void)err;
    buf_format(told, "%s %s", noun_name(conflict->noun),
               conflict->record ? conflict->record : conflict->persona);
    if (conflict->meeting)
        buf_format(told, " %s", conflict->meeting);
    buf_format(told, " (%s, %s): ", strrchr(conflict->ours, '/') + 1,
               strrchr(conflict->theirs, '/') + 1);
    for (size_t i = 0; i < conflict->difference_count; i++)
        buf_format(told, "%s; ", conflict->differences[i]);
    buf_format(told, "%s\n", taken[conflict->taken]);
    return true;
}

static inline void merge_setup(void)
{
    store_setup();
    memset(&job, 0, sizeof job);
}

static inline void merge_teardown(void)
{
    merge_end(job.merge);
    store_close(job.store);
    buf_free(&job.told);
    store_teardown();
}

static inline void start(void)
{
    buf_clear(&job.told);
    job.conflicts = job.decided = job.mixed = 0;
    begin();
    job.merge = merge_start(fix.run, fix.store, &fix.arena, path_of("test.db"),
                            job.choice, tell, &job.told, &fix.err);
    MUST(job.merge != NULL);
}

static inline struct merge_result take(const char *name)
{
    struct merge_result result;

    job.store = store_open(path_of(name), STORE_READ, &fix.err);
    MUST(job.store != NULL);
    MUST(merge_file(job.merge, path_of(name), job.store, NULL, &result,
                    &fix.err));
    store_close(job.store);
    job.store = NULL;
    job.conflicts += result.conflicts;
    job.decided += result.decided;
    job.mixed += result.mixed;
    return result;
}

/* Whether there is a new version; never with conflicts. */
static inline bool finish(void)
{
    bool changed = false;

    if (!job.conflicts) {
        MUST(run_seal(fix.run, &merge_header, &changed, &fix.err));
        MUST(merge_check(job.merge, &fix.err));
        MUST(run_commit(fix.run, &fix.err));
    }
    merge_end(job.merge);
    job.merge = NULL;
    abandon();
    return changed;
}

static inline struct merge_result merge_one(const char *name)
{
    struct merge_result result;

    start();
    result = take(name);
    finish();
    return result;
}

static inline void check_told(const char *expected)
{
    ck_assert_str_eq(buf_string(&job.told), expected);
}

/* ---- Other files ---- */

/* What follows is done to another file, up to back_home. */
static struct store *home;

static inline void go_to(const char *name)
{
    home = fix.store;
    fix.store = access(path_of(name), F_OK)
                    ? store_create(path_of(name), &fix.err)
                    : store_open(path_of(name), STORE_WRITE, &fix.err);
    MUST(fix.store != NULL);
}

static inline void back_home(void)
{
    store_close(fix.store);
    fix.store = home;
}

/* The file as it is now, under another name. */
static inline void copy_to(const char *name)
{
    size_t length;
    const char *bytes;
    FILE *file;

    store_close(fix.store);
    bytes = bytes_of("test.db", &length);
    file = fopen(path_of(name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    fix.store = store_open(path_of("test.db"), STORE_WRITE, &fix.err);
    MUST(fix.store != NULL);
}

/* ---- Small files ---- */

#define RULE_A PERSONA("a", ALWAYS("\"alpha\""))
#define RULE_B PERSONA("a", ALWAYS("\"beta\""))

static inline void in_file(const char *name, const char *document,
                           const char *meeting, const char *subject)
{
    go_to(name);
    begin();
    put_document(document);
    if (meeting)
        add_subject("a", meeting, subject, "");
    commit();
    back_home();
}

static inline void here(const char *document, const char *meeting,
                        const char *subject)
{
    begin();
    put_document(document);
    if (meeting)
        add_subject("a", meeting, subject, "");
    commit();
}

#endif
