/* A new dataset file in a folder of its own, and short ways to fill it. */
#ifndef DATEBOOK_TESTS_STORE_FIXTURE_H
#define DATEBOOK_TESTS_STORE_FIXTURE_H

#include "datebook/store.h"

#include "datebook/file.h"
#include "datebook/varint.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
    char folder[40];
    struct arena arena;
    struct error err;
    struct store *store;
    struct run *run;
} fix;

/* What must work, and what must fail in exactly this way. */
#define MUST(call)                                                             \
    do {                                                                       \
        bool worked_ = (call);                                                 \
        ck_assert_msg(worked_, "%s: %s", #call, fix.err.message);              \
    } while (0)
#define MUST_FAIL(call, code_, message_)                                       \
    do {                                                                       \
        bool worked_ = (call);                                                 \
        ck_assert_msg(!worked_, "%s worked", #call);                           \
        ck_assert_str_eq(fix.err.message, message_);                           \
        ck_assert_int_eq(fix.err.code, code_);                                 \
    } while (0)

static inline const char *path_of(const char *name)
{
    const char *path =
        arena_format(&fix.arena, &fix.err, "%s/%s", fix.folder, name);

    ck_assert_ptr_nonnull(path);
    return path;
}

static inline void folder_setup(void)
{
    memset(&fix, 0, sizeof fix);
    snprintf(fix.folder, sizeof fix.folder, "/tmp/datebook-store-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(fix.folder));
}

static inline void store_setup(void)
{
    folder_setup();
    fix.store = store_create(path_of("test.db"), &fix.err);
    MUST(fix.store != NULL);
}

/* Removes plain files, and folders of plain files. */
static inline void empty_folder(const char *folder)
{
    const char **names;
    size_t count;

    if (!file_list(&fix.arena, folder, "", &names, &count, &fix.err))
        return;
    for (size_t i = 0; i < count; i++) {
        const char *path =
            arena_format(&fix.arena, &fix.err, "%s/%s", folder, names[i]);
        if (!unlink(path))
            continue;
        empty_folder(path);
        rmdir(path);
    }
}

static inline void store_teardown(void)
{
    run_abandon(fix.run);
    store_close(fix.store);
    empty_folder(fix.folder);
    rmdir(fix.folder);
    arena_free(&fix.arena);
}

/* Closes the file and opens it again. */
static inline void reopen(const char *name, enum store_mode mode)
{
    store_close(fix.store);
    fix.store = store_open(path_of(name), mode, &fix.err);
    MUST(fix.store != NULL);
}

static inline const char *bytes_of(const char *name, size_t *length)
{
    char *bytes =
        file_read(&fix.arena, path_of(name), 64u << 20, length, &fix.err);

    MUST(bytes != NULL);
    return bytes;
}

static inline int64_t head(void)
{
    int64_t version = -1;

    MUST(version_head(fix.store, &version, &fix.err));
    return version;
}

static inline void begin(void)
{
    ck_assert_ptr_null(fix.run);
    fix.run = run_begin(fix.store, &fix.arena, &fix.err);
    MUST(fix.run != NULL);
}

static inline void abandon(void)
{
    run_abandon(fix.run);
    fix.run = NULL;
}

static inline bool commit_as(const struct run_header *header)
{
    bool changed = false;

    MUST(run_seal(fix.run, header, &changed, &fix.err));
    MUST(run_commit(fix.run, &fix.err));
    abandon();
    return changed;
}

/* Whether there is a new version. */
static inline bool commit(void)
{
    struct run_header header = {.command = "test",
                                .options = "{}",
                                .summary = "a test",
                                .started = 1000000,
                                .engine = 1};

    return commit_as(&header);
}

/* A persona by its bare document; gives its key. */
static inline int64_t put(const char *id, const char *document)
{
    struct stored_persona persona = {.id = id,
                                     .name = "Name",
                                     .tier = 1,
                                     .document = document,
                                     .document_length = strlen(document)};

    MUST(run_persona_key(fix.run, id, &persona.key, &fix.err));
    MUST(run_put_persona(fix.run, &persona, &fix.err));
    return persona.key;
}

static inline bool try_meeting(int64_t persona, const char *id, int64_t *key)
{
    struct stored_meeting meeting = {.id = id,
                                     .generated = 5,
                                     .document = "{\"a\":1}",
                                     .document_length = 7};
    struct meeting_facts facts = {.subject = "Subject",
                                  .preview = "Preview",
                                  .people = "Ann\n",
                                  .attendees = 1,
                                  .required = 1,
                                  .start = 600,
                                  .minutes = 30};

    return run_add_meeting(fix.run, persona, &meeting, &facts, key, &fix.err);
}

static inline int64_t add_meeting(int64_t persona, const char *id)
{
    int64_t key = 0;

    MUST(try_meeting(persona, id, &key));
    return key;
}

static inline bool try_label(int64_t meeting, int prep_minutes)
{
    struct stored_label label = {.meeting = meeting,
                                 .importance = 1,
                                 .rsvp = 1,
                                 .prep_minutes = prep_minutes,
                                 .rules = (const unsigned char *)""};

    return run_put_label(fix.run, &label, &fix.err);
}

static inline void put_label(int64_t meeting, int prep_minutes)
{
    MUST(try_label(meeting, prep_minutes));
}

/* A meeting with its label. */
static inline int64_t add_labelled(int64_t persona, const char *id)
{
    int64_t key = add_meeting(persona, id);

    put_label(key, 0);
    return key;
}

#endif
