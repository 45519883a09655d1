/* Short ways to write and read records of the noun at hand. */
#ifndef DATEBOOK_TESTS_STORE_RECORD_FIXTURE_H
#define DATEBOOK_TESTS_STORE_RECORD_FIXTURE_H

#include "fixture.h"

#include "datebook/stored_record.h"

static enum noun noun; /* of the test at hand */

/* A text in which "@" stands for the noun, and "#" for its number. */
static inline const char *for_noun(const char *text)
{
    struct buf buf = BUF_EMPTY;
    const char *result;

    for (; *text; text++)
        if (*text == '@')
            buf_text(&buf, noun_name(noun));
        else if (*text == '#')
            buf_int(&buf, noun);
        else
            buf_char(&buf, *text);
    result = arena_text(&fix.arena, buf_string(&buf), &fix.err);
    MUST(result != NULL);
    buf_free(&buf);
    return result;
}

static inline void put_record(const char *name, const char *document)
{
    struct stored_record record = {.name = name,
                                   .document = document,
                                   .document_length = strlen(document)};

    MUST(run_put_record(fix.run, noun, &record, &fix.err));
}

/* A run that makes one record what a document says, or removes it for NULL. */
static inline bool run_record(const char *name, const char *document)
{
    begin();
    if (document)
        put_record(name, document);
    else
        MUST(run_remove_record(fix.run, noun, name, &fix.err));
    return commit();
}

/* "a={} b={}" of a version. */
static inline const char *records_of(int64_t version)
{
    struct stored_record *records;
    const char *text = "";
    size_t count;

    MUST(record_list_at(fix.store, &fix.arena, noun, version, "", &records,
                        &count, &fix.err));
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(records[i].document_length,
                          strlen(records[i].document));
        text = arena_format(&fix.arena, &fix.err, "%s%s%s=%s", text,
                            i ? " " : "", records[i].name, records[i].document);
    }
    return text;
}

static inline const char *document_at(int64_t version, const char *name)
{
    struct stored_record *record;

    MUST(record_at(fix.store, &fix.arena, noun, version, name, &record,
                   &fix.err));
    return record ? record->document : NULL;
}

static inline struct version version_of(int64_t number)
{
    struct version version;

    MUST(version_get(fix.store, &fix.arena, number, &version, &fix.err));
    return version;
}

static inline bool fail_on(void *context, const char *finding,
                           struct error *err)
{
    (void)context;
    (void)err;
    ck_abort_msg("%s", finding);
    return true;
}

static inline void check_sound(void)
{
    struct verify_result result;

    MUST(store_verify(fix.store, VERIFY_DEEP, NULL, fail_on, NULL, &result,
                      &fix.err));
}

static inline void check_counts(int64_t version, int64_t total, int64_t added,
                                int64_t changed, int64_t removed)
{
    struct noun_counts counts = version_of(version).counts[noun];

    ck_assert_int_eq(counts.total, total);
    ck_assert_int_eq(counts.added, added);
    ck_assert_int_eq(counts.changed, changed);
    ck_assert_int_eq(counts.removed, removed);
}

static inline void split_setup(void)
{
    store_setup();
    noun = NOUN_SPLIT;
}

static inline void review_setup(void)
{
    store_setup();
    noun = NOUN_REVIEW;
}

#endif
