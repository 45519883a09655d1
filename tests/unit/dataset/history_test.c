/* What is known of a row when versions were pruned: held against what truly
 * happened. */
#include "datebook/history.h"

#include "tests/unit/store/fixture.h"

#include <sqlite3.h>

enum { VERSIONS = 12, SEEDS = 40 };

/* The state of one meeting in each version: 0 not there, else its value. */
static int truth[VERSIONS + 1];
static bool kept[VERSIONS + 1];
static uint64_t state;

static unsigned roll(unsigned sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % sides;
}

static void put_value(int64_t key, const char *id, int value)
{
    struct stored_meeting meeting = {.key = key, .id = id, .generated = 5};
    struct meeting_facts facts = {
        .subject = "Subject", .preview = "", .people = "", .minutes = 30};

    meeting.document = arena_format(&fix.arena, &fix.err, "{\"a\":%d}", value);
    meeting.document_length = strlen(meeting.document);
    MUST(run_put_meeting(fix.run, &meeting, &facts, &fix.err));
}

/* Moves a meeting on: it comes, changes, goes or stays. */
static int step(int64_t key, const char *id, int value, int version)
{
    unsigned what = roll(4);

    if (value && what == 0) {
        MUST(run_remove_meeting(fix.run, key, &fix.err));
        return 0;
    }
    if (what > 2 || (!value && what == 0))
        return value;
    put_value(key, id, version + 1);
    return version + 1;
}

/* A random history of the meeting, with others beside it. */
static int64_t live(int others)
{
    int64_t persona;
    int64_t keys[3];
    int values[3] = {1, 1, 1};

    begin();
    persona = put("a", "{}");
    for (int i = 0; i <= others; i++)
        keys[i] =
            add_meeting(persona, arena_format(&fix.arena, &fix.err, "m%d", i));
    ck_assert(commit());
    truth[1] = 1;
    for (int version = 2; version <= VERSIONS; version++) {
        begin();
        put("a", arena_format(&fix.arena, &fix.err, "{\"v\":%d}", version));
        for (int i = 0; i <= others; i++)
            values[i] =
                step(keys[i], arena_format(&fix.arena, &fix.err, "m%d", i),
                     values[i], version);
        ck_assert(commit());
        truth[version] = values[0];
    }
    return keys[0];
}

static void prune(const char *sql)
{
    sqlite3 *db;

    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void prune_some(void)
{
    for (int version = 1; version <= VERSIONS; version++) {
        kept[version] = version == VERSIONS || roll(3) == 0;
        if (!kept[version])
            prune(arena_format(&fix.arena, &fix.err,
                               "UPDATE version SET pruned = 1 WHERE version = "
                               "%d",
                               version));
    }
}

/* What prune leaves of the spans. */
static void drop_spans(struct span *spans, size_t *count)
{
    size_t left = 0;

    for (size_t i = 0; i < *count; i++) {
        bool needed = !spans[i].until;
        for (int64_t at = spans[i].since; at < spans[i].until; at++)
            needed = needed || kept[at];
        if (needed)
            spans[left++] = spans[i];
    }
    *count = left;
}

static void check_version(const struct stretch *stretch, int version)
{
    switch (stretch->known) {
    case KNOWN_VALUE:
        ck_assert_int_eq(truth[version], truth[stretch->since]);
        ck_assert_int_ne(truth[version], 0);
        break;
    case KNOWN_ABSENT:
        ck_assert_int_eq(truth[version], 0);
        break;
    case KNOWN_PRESENT:
        ck_assert_int_ne(truth[version], 0);
        ck_assert(!kept[version]);
        break;
    case KNOWN_NOTHING:
        ck_assert(!kept[version]);
        break;
    }
}

static void check(int64_t key, int last)
{
    struct stretch *stretches;
    struct span *spans;
    size_t count;
    size_t stretch_count;
    int version = 1;

    MUST(meeting_spans(fix.store, &fix.arena, key, &spans, &count, &fix.err));
    drop_spans(spans, &count);
    MUST(history_stretches(fix.store, &fix.arena, NOUN_MEETING, spans, count,
                           last, &stretches, &stretch_count, &fix.err));
    for (size_t i = 0; i < stretch_count; i++) {
        int64_t end = stretches[i].until ? stretches[i].until : last + 1;
        for (; !i && version < stretches[0].since; version++)
            ck_assert_int_eq(truth[version], 0);
        ck_assert_int_eq(stretches[i].since, version);
        for (; version < end; version++)
            check_version(&stretches[i], version);
    }
    for (; version <= last; version++)
        ck_assert_int_eq(truth[version], 0);
}

START_TEST(nothing_false_is_said_of_pruned_versions)
{
    int64_t key;

    state = (uint64_t)_i;
    key = live(_i % 3);
    prune_some();
    for (int last = 1; last <= VERSIONS; last++)
        if (kept[last])
            check(key, last);
}
END_TEST

/* Headers tell when there is only one way that things can have gone. */
START_TEST(headers_tell_loss_from_absence)
{
    struct span spans[] = {{.since = 1, .until = 2}, {.since = 4, .until = 0}};
    struct stretch *stretches;
    size_t count;
    int64_t key;

    begin();
    key = add_meeting(put("a", "{}"), "m");
    ck_assert(commit());
    for (int value = 2; value <= 4; value++) {
        begin();
        put_value(key, "m", value);
        ck_assert(commit());
    }
    prune("UPDATE version SET pruned = 1 WHERE version IN (2, 3)");
    MUST(history_stretches(fix.store, &fix.arena, NOUN_MEETING, spans, 2, 4,
                           &stretches, &count, &fix.err));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(stretches[1].known, KNOWN_PRESENT);
    ck_assert_int_eq(stretches[1].since, 2);
    ck_assert_int_eq(stretches[1].until, 4);
    prune("UPDATE version SET meetings_changed = 0, meetings_removed = 1 WHERE "
          "version = 2; UPDATE version SET meetings_changed = 0, "
          "meetings_added = 1 WHERE version = 4");
    MUST(history_stretches(fix.store, &fix.arena, NOUN_MEETING, spans, 2, 4,
                           &stretches, &count, &fix.err));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(stretches[1].known, KNOWN_ABSENT);
    prune("UPDATE version SET meetings_changed = 1, meetings_removed = 1 WHERE "
          "version = 2; UPDATE version SET meetings_changed = 1, "
          "meetings_added = 1 WHERE version = 4");
    MUST(history_stretches(fix.store, &fix.arena, NOUN_MEETING, spans, 2, 4,
                           &stretches, &count, &fix.err));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(stretches[1].known, KNOWN_NOTHING);
    ck_assert_int_eq(stretches[2].known, KNOWN_VALUE);
    ck_assert_uint_eq(stretches[2].span, 1);
}
END_TEST

Suite *history_suite(void);
Suite *history_suite(void)
{
    Suite *suite = suite_create("history");
    TCase *tcase = tcase_create("history");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_loop_test(tcase, nothing_false_is_said_of_pruned_versions, 0,
                        SEEDS);
    tcase_add_test(tcase, headers_tell_loss_from_absence);
    suite_add_tcase(suite, tcase);
    return suite;
}
