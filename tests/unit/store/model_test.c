/* Random runs: after each of them, random versions read as the model has
 * them, and the tables hold together. */
#include "model.h"

#include "fixture.h"

#include <sqlite3.h>

enum { SEEDS = 30, STEPS = 40 };

static struct model model;

/* Which rows a scan should give. */
static bool is_scanned(const struct scan *scan,
                       const struct model_persona *persona,
                       const struct model_meeting *meeting, int64_t since)
{
    return meeting->alive && since >= scan->since &&
           (!scan->persona || scan->persona == persona->key);
}

static void check_meeting(const struct stored_meeting *row, int persona,
                          int index, const struct model_meeting *meeting)
{
    struct stored_meeting expected;
    struct meeting_facts facts;

    model_meeting_row(persona, index, &fix.arena, &expected, &facts);
    ck_assert_int_eq(row->since, meeting->since);
    ck_assert_int_eq(row->generated, expected.generated);
    ck_assert_str_eq(row->id, expected.id);
    ck_assert_str_eq(row->document, expected.document);
    ck_assert_uint_eq(row->document_length, expected.document_length);
}

static void check_label(const struct stored_label *row,
                        const struct model_meeting *meeting)
{
    unsigned char codes[MODEL_RULES];
    size_t length = model_rules(&meeting->label, codes);

    ck_assert_int_eq(row->since, meeting->label_since);
    ck_assert_int_eq(row->importance, meeting->label.importance);
    ck_assert_int_eq(row->rsvp, meeting->label.rsvp);
    ck_assert_int_eq(row->prep_minutes, meeting->label.prep_minutes);
    ck_assert_uint_eq(row->rules_length, length);
    ck_assert_mem_eq(row->rules, codes, length);
}

static void check_fact(const struct meeting_facts *row, int persona, int index)
{
    struct stored_meeting meeting;
    struct meeting_facts facts;

    model_meeting_row(persona, index, &fix.arena, &meeting, &facts);
    ck_assert_str_eq(row->subject, facts.subject);
    ck_assert_str_eq(row->preview, facts.preview);
    ck_assert_str_eq(row->people, facts.people);
    ck_assert_int_eq(row->attendees, facts.attendees);
    ck_assert_int_eq(row->required, facts.required);
    ck_assert_int_eq(row->optional, facts.optional);
    ck_assert_int_eq(row->resources, facts.resources);
    ck_assert_int_eq(row->external, facts.external);
    ck_assert_int_eq(row->recurring, facts.recurring);
    ck_assert_int_eq(row->organizer, facts.organizer);
    ck_assert_int_eq(row->type, facts.type);
    ck_assert_int_eq(row->start, facts.start);
    ck_assert_int_eq(row->minutes, facts.minutes);
}

/* One step of each scan against one row of the model; no row: the end. */
struct scans {
    struct cursor *meetings;
    struct cursor *labels;
    struct cursor *facts;
};

static void next_meeting(const struct scans *scans, int persona, int index,
                         const struct model_persona *row)
{
    struct stored_meeting meeting;
    struct stored_fact fact;
    bool more;

    MUST(meeting_next(scans->meetings, &meeting, &more, &fix.err));
    ck_assert(more == (row != NULL));
    if (more) {
        ck_assert_int_eq(meeting.key, model_key(row, index));
        check_meeting(&meeting, persona, index, &row->meetings[index]);
    }
    MUST(fact_next(scans->facts, &fact, &more, &fix.err));
    ck_assert(more == (row != NULL));
    if (more) {
        ck_assert_int_eq(fact.key, model_key(row, index));
        check_fact(&fact.facts, persona, index);
    }
}

static void next_label(const struct scans *scans, int index,
                       const struct model_persona *row)
{
    struct stored_label label;
    bool more;

    MUST(label_next(scans->labels, &label, &more, &fix.err));
    ck_assert(more == (row != NULL));
    if (more) {
        ck_assert_int_eq(label.meeting, model_key(row, index));
        check_label(&label, &row->meetings[index]);
    }
}

static void check_scans(const struct scan *scan)
{
    const struct world *world = &model.worlds[scan->version];
    struct scans scans = {.meetings = meeting_scan(fix.store, scan, &fix.err),
                          .labels = label_scan(fix.store, scan, &fix.err),
                          .facts = fact_scan(fix.store, scan, &fix.err)};

    MUST(scans.meetings && scans.labels && scans.facts);
    for (int i = 0; i < world->known; i++) {
        int index = world->order[i];
        const struct model_persona *persona = &world->personas[index];
        for (int j = 0; j < persona->count; j++) {
            const struct model_meeting *meeting = &persona->meetings[j];
            if (is_scanned(scan, persona, meeting, meeting->since))
                next_meeting(&scans, index, j, persona);
            if (is_scanned(scan, persona, meeting, meeting->label_since))
                next_label(&scans, j, persona);
        }
    }
    next_meeting(&scans, 0, 0, NULL);
    next_label(&scans, 0, NULL);
    cursor_close(scans.meetings);
    cursor_close(scans.labels);
    cursor_close(scans.facts);
}

static void check_persona(const struct stored_persona *row, int index,
                          const struct model_persona *persona)
{
    struct stored_persona expected;

    model_persona_row(index, persona->document, &fix.arena, &expected);
    ck_assert_int_eq(row->key, persona->key);
    ck_assert_int_eq(row->since, persona->since);
    ck_assert_str_eq(row->id, expected.id);
    ck_assert_str_eq(row->name, expected.name);
    ck_assert_int_eq(row->tier, expected.tier);
    ck_assert_int_eq(row->validation, expected.validation);
    ck_assert_str_eq(row->document, expected.document);
    ck_assert_mem_eq(row->rules_hash, expected.rules_hash, HASH_SIZE);
}

static void check_personas(int64_t version)
{
    const struct world *world = &model.worlds[version];
    struct stored_persona *personas;
    struct stored_persona *one;
    size_t count;
    size_t at = 0;

    MUST(persona_list_at(fix.store, &fix.arena, version, &personas, &count,
                         &fix.err));
    for (int i = 0; i < MODEL_PERSONAS; i++) {
        const struct model_persona *persona = &world->personas[i];
        MUST(persona_at(fix.store, &fix.arena, version,
                        arena_format(&fix.arena, &fix.err, "p%d", i), &one,
                        &fix.err));
        ck_assert((one != NULL) == persona->alive);
        if (!persona->alive)
            continue;
        ck_assert_uint_lt(at, count);
        check_persona(one, i, persona);
        check_persona(&personas[at++], i, persona);
    }
    ck_assert_uint_eq(at, count);
}

static void check_record(const struct stored_record *row, int64_t since,
                         const struct stored_record *expected)
{
    ck_assert_int_eq(row->since, since);
    ck_assert_str_eq(row->name, expected->name);
    ck_assert_str_eq(row->document, expected->document);
    ck_assert_uint_eq(row->document_length, expected->document_length);
}

/* Lists and cursors give the records of a noun in order of name. */
static void check_record_lists(int64_t version, enum noun noun, int first)
{
    const struct world *world = &model.worlds[version];
    struct cursor *cursor = record_scan(fix.store, noun, version, &fix.err);
    struct stored_record expected;
    struct stored_record *list;
    struct stored_record next;
    size_t count;
    size_t at = 0;
    bool more;

    MUST(cursor != NULL);
    MUST(record_list_at(fix.store, &fix.arena, noun, version, "", &list, &count,
                        &fix.err));
    for (int i = first; i < first + MODEL_NAMES; i++) {
        if (!world->records[i])
            continue;
        model_record_row(i, world->records[i], &fix.arena, &expected);
        ck_assert_uint_lt(at, count);
        check_record(&list[at++], world->records_since[i], &expected);
        MUST(record_next(cursor, &next, &more, &fix.err));
        ck_assert(more);
        check_record(&next, world->records_since[i], &expected);
    }
    ck_assert_uint_eq(at, count);
    MUST(record_next(cursor, &next, &more, &fix.err));
    ck_assert(!more);
    cursor_close(cursor);
}

static void check_records(int64_t version)
{
    const struct world *world = &model.worlds[version];
    struct stored_record expected;
    struct stored_record *one;

    for (int i = 0; i < MODEL_RECORDS; i++) {
        model_record_row(i, world->records[i], &fix.arena, &expected);
        MUST(record_at(fix.store, &fix.arena, model_record_noun(i), version,
                       expected.name, &one, &fix.err));
        ck_assert((one != NULL) == (world->records[i] != 0));
        if (one)
            check_record(one, world->records_since[i], &expected);
    }
    check_record_lists(version, NOUN_SPLIT, 0);
    check_record_lists(version, NOUN_REVIEW, MODEL_NAMES);
}

static void check_point(int64_t version, int index, int meeting)
{
    const struct model_persona *persona =
        &model.worlds[version].personas[index];
    const struct model_persona *latest =
        &model.worlds[model.head].personas[index];
    const struct model_meeting *expected = &persona->meetings[meeting];
    struct stored_meeting row;
    struct stored_label label;
    bool found;

    MUST(meeting_at(fix.store, &fix.arena, version, model_key(latest, meeting),
                    &row, &found, &fix.err));
    ck_assert(found == expected->alive);
    if (found)
        check_meeting(&row, index, meeting, expected);
    MUST(label_at(fix.store, &fix.arena, version, model_key(latest, meeting),
                  &label, &found, &fix.err));
    ck_assert(found == expected->alive);
    if (found)
        check_label(&label, expected);
}

static void check_points(int64_t version)
{
    for (int i = 0; i < 8; i++) {
        int index = (int)random_below(&model.random, MODEL_PERSONAS);
        int count = model.worlds[model.head].personas[index].count;
        if (count)
            check_point(version, index,
                        (int)random_below(&model.random, (uint32_t)count));
    }
}

static void check_counts(int64_t number)
{
    static struct model_change changes[MODEL_CHANGES];
    struct noun_counts expected[NOUNS] = {{0}};
    const struct world *world = &model.worlds[number];
    struct version version;
    size_t count =
        number ? model_changes(&model, number - 1, number, changes) : 0;

    for (size_t i = 0; i < count; i++) {
        struct noun_counts *counts = &expected[changes[i].noun];
        counts->added += !changes[i].had;
        counts->removed += !changes[i].has;
        counts->changed += changes[i].had && changes[i].has;
    }
    for (int i = 0; i < MODEL_PERSONAS; i++) {
        expected[NOUN_PERSONA].total += world->personas[i].alive;
        for (int j = 0; j < MODEL_MEETINGS; j++)
            expected[NOUN_MEETING].total +=
                world->personas[i].meetings[j].alive;
    }
    expected[NOUN_LABEL].total = expected[NOUN_MEETING].total;
    for (int i = 0; i < MODEL_RECORDS; i++)
        expected[model_record_noun(i)].total += world->records[i] != 0;
    MUST(version_get(fix.store, &fix.arena, number, &version, &fix.err));
    for (int noun = 0; noun < NOUNS; noun++) {
        ck_assert_int_eq(version.counts[noun].total, expected[noun].total);
        ck_assert_int_eq(version.counts[noun].added, expected[noun].added);
        ck_assert_int_eq(version.counts[noun].changed, expected[noun].changed);
        ck_assert_int_eq(version.counts[noun].removed, expected[noun].removed);
    }
}

static void check_version(int64_t version)
{
    struct random *random = &model.random;
    const struct world *latest = &model.worlds[model.head];
    struct scan scan = {.version = version};

    check_personas(version);
    check_records(version);
    check_points(version);
    check_counts(version);
    check_scans(&scan);
    scan.since = random_below(random, (uint32_t)version + 2);
    check_scans(&scan);
    scan.persona = latest->personas[random_below(random, MODEL_PERSONAS)].key;
    check_scans(&scan);
    scan.since = 0;
    check_scans(&scan);
}

/* ---- What the tables must hold, as SQL that counts what they do not ---- */

#define SPANS(table, key)                                                      \
    "(SELECT " key " AS key, since_version AS since, until_version AS until "  \
    "FROM " table "_history UNION ALL SELECT " key ", since_version, NULL "    \
    "FROM " table ")"

#define HOLDS_TOGETHER(table, key, noun)                                       \
    /* spans of a row that overlap */                                          \
    "SELECT count(*) FROM (SELECT coalesce(until, 1 << 40) AS until,"          \
    " lead(since) OVER (PARTITION BY key ORDER BY since) AS next"              \
    " FROM " SPANS(                                                            \
        table,                                                                 \
        key) ") WHERE until > next;" /* empty spans, and spans past HEAD */    \
             "SELECT count(*) FROM " SPANS(                                    \
                 table,                                                        \
                 key) " WHERE since < 1 OR since >= until"                     \
                      " OR max(since, coalesce(until, 0)) > (SELECT "          \
                      "max(version) FROM version);" /* changes without their   \
                                                       spans */                \
                      "SELECT count(*) FROM change c WHERE noun = " noun       \
                      " AND operation <> CASE"                                 \
                      " (SELECT count(*) FROM " SPANS(                         \
                          table,                                               \
                          key) "  WHERE key = c.key AND since = c.version)"    \
                               " + 2 * (SELECT count(*) FROM " SPANS(          \
                                   table,                                      \
                                   key) "  WHERE key = c.key AND until = "     \
                                        "c.version)"                           \
                                        " WHEN 1 THEN 0 WHEN 3 THEN 1 WHEN 2 " \
                                        "THEN 2 ELSE -1 END;" /* spans without \
                                                                 their changes \
                                                               */              \
                                        "SELECT count(*) FROM (SELECT key, "   \
                                        "since AS version FROM " SPANS(        \
                                            table,                             \
                                            key) " UNION SELECT key, until "   \
                                                 "FROM " SPANS(table,          \
                                                               key) " WHERE "  \
                                                                    "until "   \
                                                                    "IS NOT "  \
                                                                    "NULL "    \
                                                                    "EXCEPT "  \
                                                                    "SELECT "  \
                                                                    "key, "    \
                                                                    "version " \
                                                                    "FROM "    \
                                                                    "change"   \
                                                                    " WHERE "  \
                                                                    "noun "    \
                                                                    "= " noun  \
                                                                    ");"

#define NO_GAPS(table, key)                                                    \
    "SELECT count(*) FROM (SELECT until,"                                      \
    " lead(since) OVER (PARTITION BY key ORDER BY since) AS next"              \
    " FROM " SPANS(table, key) ") WHERE until < next;"

static const char checks[] = HOLDS_TOGETHER("persona", "persona", "0")
    HOLDS_TOGETHER("meeting", "meeting", "1")
        HOLDS_TOGETHER("label", "meeting", "2")
            HOLDS_TOGETHER("split", "split", "3")
                HOLDS_TOGETHER("review", "review", "4")
                    NO_GAPS("meeting", "meeting") NO_GAPS("label", "meeting")
    /* living rows without what they belong to */
    "SELECT count(*) FROM meeting WHERE meeting >> 32 NOT IN"
    " (SELECT persona FROM persona);"
    "SELECT count(*) FROM label WHERE meeting NOT IN"
    " (SELECT meeting FROM meeting);"
    "SELECT count(*) FROM meeting WHERE meeting NOT IN"
    " (SELECT meeting FROM label);"
    /* facts that do not live as long as their meetings */
    "SELECT count(*) FROM (SELECT meeting, since_version FROM meeting EXCEPT"
    " SELECT meeting, since_version FROM meeting_fact);"
    "SELECT count(*) FROM (SELECT meeting, since_version, until_version"
    " FROM meeting_history EXCEPT SELECT meeting, since_version,"
    " until_version FROM meeting_fact_history);"
    "SELECT (SELECT count(*) FROM meeting_fact) + (SELECT count(*) FROM"
    " meeting_fact_history) - (SELECT count(*) FROM meeting)"
    " - (SELECT count(*) FROM meeting_history);"
    /* labels that outlive their meetings */
    "SELECT count(*) FROM label_history l LEFT JOIN meeting_history m"
    " USING (meeting) WHERE l.until_version > m.until_version"
    " OR l.since_version < m.since_version;"
    "SELECT count(*) FROM pragma_foreign_key_check;"
    "SELECT count(*) FROM pragma_integrity_check"
    " WHERE integrity_check <> 'ok';";

static void check_tables(void)
{
    const char *rest = checks;
    sqlite3 *db = NULL;
    int done = 0;

    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    while (*rest) {
        const char *sql = rest;
        sqlite3_stmt *statement = NULL;
        int code = sqlite3_prepare_v2(db, sql, -1, &statement, &rest);
        ck_assert_msg(code == SQLITE_OK, "%s: %s", sqlite3_errmsg(db), sql);
        ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
        ck_assert_msg(sqlite3_column_int64(statement, 0) == 0, "%s",
                      sqlite3_sql(statement));
        sqlite3_finalize(statement);
        done++;
    }
    ck_assert_int_eq(done, 31);
    sqlite3_close(db);
}

START_TEST(versions_read_as_the_model_has_them)
{
    model_start(&model, fix.store, &fix.arena, (uint64_t)_i);
    for (int step = 0; step < STEPS; step++) {
        model_step(&model);
        for (int i = 0; i < 2; i++)
            check_version(
                (int64_t)random_below(&model.random, (uint32_t)model.head + 1));
        check_version(model.head);
    }
    ck_assert_int_eq(head(), model.head);
    ck_assert_int_gt(model.head, STEPS / 2);
    check_tables();
}
END_TEST

/* A reader that opens the file anew sees the same. */
START_TEST(versions_read_the_same_from_a_new_connection)
{
    model_start(&model, fix.store, &fix.arena, 1000);
    for (int step = 0; step < STEPS; step++)
        model_step(&model);
    reopen("test.db", STORE_READ);
    for (int64_t version = 0; version <= model.head; version++)
        check_version(version);
}
END_TEST

START_TEST(the_same_runs_make_the_same_chain)
{
    static struct model other;
    struct version one;
    struct version two;
    struct store *store = store_create(path_of("other.db"), &fix.err);

    MUST(store != NULL);
    model_start(&model, fix.store, &fix.arena, 7);
    model_start(&other, store, &fix.arena, 7);
    for (int step = 0; step < STEPS; step++) {
        model_step(&model);
        model_step(&other);
    }
    ck_assert_int_eq(model.head, other.head);
    for (int64_t i = 0; i <= model.head; i++) {
        MUST(version_get(fix.store, &fix.arena, i, &one, &fix.err));
        MUST(version_get(store, &fix.arena, i, &two, &fix.err));
        ck_assert_mem_eq(one.chain, two.chain, HASH_SIZE);
    }
    store_close(store);
}
END_TEST

Suite *model_suite(void);
Suite *model_suite(void)
{
    Suite *suite = suite_create("model");
    TCase *tcase = tcase_create("model");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_loop_test(tcase, versions_read_as_the_model_has_them, 0, SEEDS);
    tcase_add_test(tcase, versions_read_the_same_from_a_new_connection);
    tcase_add_test(tcase, the_same_runs_make_the_same_chain);
    suite_add_tcase(suite, tcase);
    return suite;
}
