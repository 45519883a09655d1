/* Free SQL: what the views show as of a version, and that nothing but reading
 * is let through. */
#include "fixture.h"

#include "datebook/stored_record.h"

#include "datebook/journal.h"

static struct buf rows;

static void setup(void)
{
    int64_t a;
    int64_t meeting;

    store_setup();
    begin();
    a = put("a", "{}");
    meeting = add_meeting(a, "m1");
    put_label(meeting, 0);
    ck_assert(commit());
    begin();
    put_label(meeting, 15);
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    ck_assert(commit());
    reopen("test.db", STORE_READ);
}

static void teardown(void)
{
    buf_free(&rows);
    store_teardown();
}

/* Writes each row as one line, its names first. */
static bool keep(void *context, int columns, const char *const *names,
                 const char *const *values, struct error *err)
{
    (void)context;
    (void)err;
    for (int i = 0; i < columns; i++) {
        const char *text = values ? values[i] : names[i];
        buf_format(&rows, "%s%s", i ? "|" : "", text ? text : "NULL");
    }
    buf_char(&rows, '\n');
    return true;
}

static bool query(int64_t version, const char *sql)
{
    buf_clear(&rows);
    return store_query(fix.store, version, sql, NULL, keep, NULL, &fix.err);
}

static void check_query(int64_t version, const char *sql, const char *expected)
{
    reopen("test.db", STORE_READ);
    MUST(query(version, sql));
    ck_assert_str_eq(buf_string(&rows), expected);
}

START_TEST(personas_as_of_a_version)
{
    static const char sql[] = "SELECT * FROM personas";

    check_query(0, sql, "persona|name|tier|role|since_version|document\n");
    check_query(1, sql,
                "persona|name|tier|role|since_version|document\n"
                "a|Name|1|train|1|{}\n");
    check_query(2, sql,
                "persona|name|tier|role|since_version|document\n"
                "a|Name|1|train|1|{}\n");
    check_query(3, sql, "persona|name|tier|role|since_version|document\n");
}
END_TEST

START_TEST(meetings_as_of_a_version)
{
    static const char sql[] = "SELECT * FROM meetings";
    static const char names[] =
        "meeting|persona|subject|preview|start|minutes|type|attendees|external"
        "|organizer|since_version|document|request\n";

    check_query(0, sql, names);
    check_query(2, sql,
                arena_format(&fix.arena, &fix.err,
                             "%sm1|a|Subject|Preview|1970-01-01 10:00:00|30|"
                             "singleInstance|1|0|0|1|{\"a\":1}|NULL\n",
                             names));
    check_query(3, sql, names);
}
END_TEST

START_TEST(labels_as_of_a_version)
{
    static const char sql[] =
        "SELECT meeting, persona, importance, prep_needed, prep_minutes, rsvp,"
        " since_version FROM labels";
    static const char names[] = "meeting|persona|importance|prep_needed|"
                                "prep_minutes|rsvp|since_version\n";

    check_query(0, sql, names);
    check_query(1, sql,
                arena_format(&fix.arena, &fix.err,
                             "%sm1|a|medium|0|0|tentative|1\n", names));
    check_query(2, sql,
                arena_format(&fix.arena, &fix.err,
                             "%sm1|a|medium|1|15|tentative|2\n", names));
    check_query(3, sql, names);
}
END_TEST

static void run_record(enum noun noun, const char *name, const char *document)
{
    struct stored_record record = {.name = name, .document = document};

    begin();
    if (document)
        MUST(run_put_record(fix.run, noun, &record, &fix.err));
    else
        MUST(run_remove_record(fix.run, noun, name, &fix.err));
    ck_assert(commit());
}

START_TEST(splits_as_of_a_version)
{
    static const char sql[] = "SELECT * FROM splits";

    reopen("test.db", STORE_WRITE);
    run_record(NOUN_SPLIT, "s", "{}");
    run_record(NOUN_SPLIT, "s", "{\"a\":1}");
    run_record(NOUN_SPLIT, "s", NULL);
    check_query(3, sql, "name|since_version|document\n");
    check_query(4, sql, "name|since_version|document\ns|4|{}\n");
    check_query(5, sql, "name|since_version|document\ns|5|{\"a\":1}\n");
    check_query(6, sql, "name|since_version|document\n");
    check_query(6,
                "SELECT splits, splits_added, splits_changed, splits_removed "
                "FROM runs WHERE version > 3",
                "splits|splits_added|splits_changed|splits_removed\n"
                "1|1|0|0\n1|0|1|0\n0|0|0|1\n");
}
END_TEST

/* Columns are members of documents, whatever kind a review is of. */
START_TEST(reviews_as_of_a_version)
{
    static const char sql[] =
        "SELECT name, kind, sample, reviewer, persona, meeting, realistic, "
        "importance, prep_minutes, rsvp, cause, note, since_version "
        "FROM reviews ORDER BY name";
    static const char names[] =
        "name|kind|sample|reviewer|persona|meeting|realistic|importance|"
        "prep_minutes|rsvp|cause|note|since_version\n";
    static const char opinion[] =
        "{\"kind\":\"opinion\",\"sample\":\"s\",\"reviewer\":\"ann\","
        "\"meeting\":\"m1\",\"persona\":\"a\",\"version\":2,"
        "\"seen\":{\"importance\":\"high\",\"prep_minutes\":0},"
        "\"realistic\":true,\"importance\":\"low\",\"prep_minutes\":15,"
        "\"rsvp\":\"accept\",\"cause\":\"exception\",\"note\":\"N\"}";

    reopen("test.db", STORE_WRITE);
    run_record(NOUN_REVIEW, "sample/s", "{\"kind\":\"sample\"}");
    run_record(NOUN_REVIEW, "opinion/s/ann/m1", opinion);
    run_record(NOUN_REVIEW, "opinion/s/ann/m1", NULL);
    check_query(3, sql, names);
    check_query(4, sql,
                arena_format(&fix.arena, &fix.err,
                             "%ssample/s|sample|NULL|NULL|NULL|NULL|NULL|NULL|"
                             "NULL|NULL|NULL|NULL|4\n",
                             names));
    check_query(5, sql,
                arena_format(&fix.arena, &fix.err,
                             "%sopinion/s/ann/m1|opinion|s|ann|a|m1|1|low|15|"
                             "accept|exception|N|5\nsample/s|sample|NULL|NULL|"
                             "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|4\n",
                             names));
    check_query(5,
                "SELECT document ->> '$.seen.importance' AS seen FROM reviews "
                "WHERE kind = 'opinion'",
                "seen\nhigh\n");
    check_query(6, "SELECT name, since_version FROM reviews",
                "name|since_version\nsample/s|4\n");
    check_query(6,
                "SELECT reviews, reviews_added, reviews_changed, "
                "reviews_removed FROM runs WHERE version > 3",
                "reviews|reviews_added|reviews_changed|reviews_removed\n"
                "1|1|0|0\n2|1|0|0\n1|0|0|1\n");
}
END_TEST

START_TEST(runs_up_to_a_version)
{
    char chain[HASH_HEX_SIZE];
    char content[HASH_HEX_SIZE];
    struct version version;

    check_query(0, "SELECT version FROM runs", "version\n");
    check_query(2, "SELECT version, command, pruned FROM runs",
                "version|command|pruned\n1|test|0\n2|test|0\n");
    check_query(3,
                "SELECT meetings, meetings_added, meetings_removed, labels, "
                "labels_changed, personas_removed FROM runs",
                "meetings|meetings_added|meetings_removed|labels|labels_changed"
                "|personas_removed\n1|1|0|1|0|0\n1|0|0|1|1|0\n0|0|1|0|0|1\n");
    MUST(version_get(fix.store, &fix.arena, 1, &version, &fix.err));
    hash_hex(version.chain, chain);
    hash_hex(version.content, content);
    check_query(1, "SELECT content_hash, chain_hash FROM runs",
                arena_format(&fix.arena, &fix.err,
                             "content_hash|chain_hash\n%s|%s\n", content,
                             chain));
}
END_TEST

/* The journal is the same as of every version; a meeting names its request in
 * each. */
START_TEST(requests_and_what_they_wrote)
{
    struct request request = {.persona = 1,
                              .briefs = "[1]",
                              .model = "m",
                              .system = "s",
                              .schema = "{}",
                              .messages = "[]",
                              .kind = REQUEST_CORRECTION,
                              .state = REQUEST_ANSWERED,
                              .tries = 2,
                              .note = "late",
                              .prompt_tokens = 5,
                              .completion_tokens = 6,
                              .cost = 1500};
    int64_t number;
    int64_t job;
    bool is_new;

    reopen("test.db", STORE_WRITE);
    MUST(journal_begin(fix.store, &fix.err));
    MUST(job_add(fix.store, 1, "{}", &job, &fix.err));
    request.job = job;
    MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
    MUST(origin_set(fix.store, (INT64_C(1) << 32) + 1, number, &fix.err));
    request.fingerprint[0] = 1;
    request.kind = REQUEST_FIRST;
    request.state = REQUEST_WAITING;
    request.cost = -1;
    MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
    MUST(journal_end(fix.store, true, &fix.err));
    check_query(0, "SELECT * FROM requests",
                "job|request|persona|kind|state|tries|model|prompt_tokens|"
                "completion_tokens|cost_usd|note\n"
                "1|1|a|correction|answered|2|m|5|6|0.0015|late\n"
                "1|2|a|first|waiting|2|m|5|6|NULL|late\n");
    check_query(2, "SELECT meeting, request FROM meetings",
                "meeting|request\nm1|1\n");
    check_query(3, "SELECT meeting, request FROM meetings",
                "meeting|request\n");
    check_query(3, "SELECT meeting FROM origin", "meeting\n4294967297\n");
}
END_TEST

/* The view calls states and kinds what the program calls them. */
START_TEST(states_and_kinds_have_one_name)
{
    struct request request = {.persona = 1,
                              .briefs = "[]",
                              .model = "m",
                              .system = "s",
                              .schema = "{}",
                              .messages = "[]"};
    struct buf expected = BUF_EMPTY;
    int64_t number;
    bool is_new;

    reopen("test.db", STORE_WRITE);
    MUST(journal_begin(fix.store, &fix.err));
    MUST(job_add(fix.store, 1, "{}", &request.job, &fix.err));
    buf_text(&expected, "state|kind\n");
    for (int state = 0; state < REQUEST_STATES; state++) {
        request.fingerprint[0] = (unsigned char)state;
        request.state = (enum request_state)state;
        request.kind = (enum request_kind)(state % (REQUEST_AGAIN + 1));
        MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
        buf_format(&expected, "%s|%s\n", request_state_name(request.state),
                   request_kind_name(request.kind));
    }
    MUST(journal_end(fix.store, true, &fix.err));
    check_query(3, "SELECT state, kind FROM requests ORDER BY request",
                buf_string(&expected));
    buf_free(&expected);
}
END_TEST

/* Stops a query that would never end. */
static bool stop(void *context, const char *what, int64_t done, int64_t total,
                 struct error *err)
{
    (void)what;
    (void)done;
    (void)total;
    return --*(int *)context > 0 ||
           error_set(err, ERROR_INTERRUPTED, "interrupted");
}

START_TEST(an_endless_query_can_be_stopped)
{
    int looks = 3;
    struct monitor monitor = {stop, &looks};

    MUST_FAIL(store_query(fix.store, 3,
                          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
                          "i + 1 FROM n) SELECT count(*) FROM n",
                          &monitor, keep, NULL, &fix.err),
              ERROR_INTERRUPTED, "interrupted");
    ck_assert_int_eq(looks, 0);
}
END_TEST

START_TEST(what_is_not_reading_is_refused)
{
    static const char *const queries[] = {
        "DELETE FROM label",
        "INSERT INTO tag VALUES ('a', 1)",
        "UPDATE persona_key SET id = 'b'",
        "CREATE TABLE a (b)",
        "CREATE TEMP TABLE a (b)",
        "DROP VIEW personas",
        "ATTACH 'other.db' AS other",
        "PRAGMA user_version = 7",
        "PRAGMA journal_mode = DELETE",
        "VACUUM INTO 'other.db'",
        "BEGIN",
        "COMMIT",
        "SELECT load_extension('a')",
        "PRAGMA query_only = OFF",
        "PRAGMA query_only(0)",
        "SELECT * FROM pragma_query_only",
        "EXPLAIN DELETE FROM label",
        "CREATE TEMP VIEW a AS SELECT 1",
        "CREATE TEMP TRIGGER a AFTER INSERT ON label BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE temp.a USING fts5(b)",
        "SAVEPOINT a",
        "REINDEX",
        "ANALYZE",
        "ALTER TABLE tag RENAME TO a",
        "WITH a AS (SELECT 1) INSERT INTO tag SELECT 'a', 1, NULL FROM a",
        "SELECT seal_row(0, 1, 'a')",
        "SELECT \"Seal_Row\"(0, 1)",
        "SELECT fts3_tokenizer('simple')",
        "SELECT * FROM seal",
        "SELECT count(*) FROM main.content",
        "SELECT (SELECT state FROM content LIMIT 1) FROM personas",
        "SELECT * FROM sqlite_dbpage",
        "SELECT zeroblob(100000000)",
    };

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        reopen("test.db", STORE_READ);
        bool worked = query(1, queries[i]);
        ck_assert_msg(!worked, "%s worked", queries[i]);
        ck_assert_msg(fix.err.code == ERROR_INPUT, "%s: %s", queries[i],
                      fix.err.message);
    }
    reopen("test.db", STORE_READ);
    MUST_FAIL(query(1, "DELETE FROM label"), ERROR_INPUT,
              "this SQL would do more than read");
}
END_TEST

START_TEST(one_query_at_a_time)
{
    MUST_FAIL(query(1, "SELECT 1; SELECT 2"), ERROR_INPUT,
              "only one SQL statement can be asked at a time");
    reopen("test.db", STORE_READ);
    MUST_FAIL(query(1, " -- nothing\n"), ERROR_INPUT, "the query is empty");
    check_query(1, "SELECT 1; -- and no more\n ; ", "1\n1\n");
}
END_TEST

START_TEST(mistakes_are_explained)
{
    MUST_FAIL(query(1, "SELECT a FROM personas"), ERROR_INPUT,
              "SQL: no such column: a");
    ck_assert_str_eq(
        fix.err.hint,
        "the views are personas, meetings, labels, splits, reviews, runs and "
        "requests; `datebook sql --help` names their columns");
}
END_TEST

START_TEST(nulls_are_null)
{
    check_query(1, "SELECT NULL AS a, 1.5 AS b, 'x' AS c",
                "a|b|c\nNULL|1.5|x\n");
}
END_TEST

/* A reader keeps the version that it began with. */
START_TEST(readers_stay_at_their_version)
{
    struct store *reader = store_open(path_of("test.db"), STORE_READ, &fix.err);
    int64_t version;

    MUST(reader != NULL);
    MUST(version_head(reader, &version, &fix.err));
    ck_assert_int_eq(version, 3);
    reopen("test.db", STORE_WRITE);
    begin();
    put("b", "{}");
    ck_assert(commit());
    MUST(version_head(reader, &version, &fix.err));
    ck_assert_int_eq(version, 3);
    ck_assert_int_eq(head(), 4);
    store_close(reader);
}
END_TEST

Suite *query_suite(void);
Suite *query_suite(void)
{
    Suite *suite = suite_create("query");
    TCase *tcase = tcase_create("query");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, personas_as_of_a_version);
    tcase_add_test(tcase, meetings_as_of_a_version);
    tcase_add_test(tcase, labels_as_of_a_version);
    tcase_add_test(tcase, splits_as_of_a_version);
    tcase_add_test(tcase, reviews_as_of_a_version);
    tcase_add_test(tcase, runs_up_to_a_version);
    tcase_add_test(tcase, requests_and_what_they_wrote);
    tcase_add_test(tcase, states_and_kinds_have_one_name);
    tcase_add_test(tcase, an_endless_query_can_be_stopped);
    tcase_add_test(tcase, what_is_not_reading_is_refused);
    tcase_add_test(tcase, one_query_at_a_time);
    tcase_add_test(tcase, mistakes_are_explained);
    tcase_add_test(tcase, nulls_are_null);
    tcase_add_test(tcase, readers_stay_at_their_version);
    suite_add_tcase(suite, tcase);
    return suite;
}
