/* Checking a file: a sound one has no finding, and each kind of damage that
 * SQLite itself takes for sound has the finding that says what it is. */
#include "fixture.h"

#include <sqlite3.h>

static struct {
    char text[4096];
    int64_t count;
} found;

static bool collect(void *context, const char *finding, struct error *err)
{
    size_t used = strlen(found.text);

    (void)context;
    (void)err;
    found.count++;
    snprintf(found.text + used, sizeof found.text - used, "%s\n", finding);
    return true;
}

static struct verify_result verify(enum verify_depth depth)
{
    struct verify_result result;

    memset(&found, 0, sizeof found);
    reopen("test.db", STORE_READ);
    MUST(
        store_verify(fix.store, depth, NULL, collect, NULL, &result, &fix.err));
    ck_assert_int_eq(found.count, result.findings);
    return result;
}

/* Two personas, five versions: labels that change, a persona that changes, one
 * that goes, a rule, a tag, an export. */
static void fill(void)
{
    static const unsigned char rules[] = {1};
    static const unsigned char hash[HASH_SIZE] = {7};
    struct stored_rule rule = {.kind = 1, .source = "s", .name = "n"};
    struct stored_label label = {.rules = rules, .rules_length = 1};
    uint64_t batch;
    int64_t number;
    int64_t a;
    int64_t b;
    int64_t key;

    begin();
    a = put("a", "{}");
    b = put("b", "{}");
    MUST(run_next_batch(fix.run, a, 1, &batch, &fix.err));
    MUST(run_rule_number(fix.run, a, &rule, &number, &fix.err));
    key = add_labelled(a, "m1");
    add_labelled(a, "m2");
    add_labelled(b, "m3");
    MUST(run_set_labelling(fix.run, a, hash, 1, &fix.err));
    ck_assert(commit());
    begin();
    put_label(key, 15);
    ck_assert(commit());
    begin();
    label.meeting = key;
    MUST(run_put_label(fix.run, &label, &fix.err));
    put("a", "{\"x\":1}");
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, b, &fix.err));
    ck_assert(commit());
    begin();
    add_labelled(a, "m4");
    ck_assert(commit());
    MUST(tag_set(fix.store, "release", 3, NULL, &fix.err));
    MUST(export_record(fix.store, hash, 2, 9, &fix.err));
}

START_TEST(a_sound_file_has_no_finding)
{
    struct verify_result result;

    result = verify(VERIFY_DEEP);
    ck_assert_str_eq(found.text, "");
    ck_assert_int_eq(result.versions, 0);
    reopen("test.db", STORE_WRITE);
    fill();
    result = verify(VERIFY_QUICK);
    ck_assert_str_eq(found.text, "");
    ck_assert_int_eq(result.versions, 5);
    ck_assert_int_eq(result.kept, 0);
    result = verify(VERIFY_DEEP);
    ck_assert_str_eq(found.text, "");
    ck_assert_int_eq(result.versions, 5);
    ck_assert_int_eq(result.kept, 5);
    ck_assert_int_eq(result.rows, 8 + 1 + 2 + 0 + 2);
}
END_TEST

/* What SQL does to the file, and what the check says then. */
static const struct {
    const char *sql;
    const char *findings;
    bool quick; /* found by the quick check as well */
} damages[] = {
    {"UPDATE label SET importance = 3 WHERE meeting = 4294967298",
     "version 1 does not hold what was written; 4 after it do not either\n"
     "the labels of persona a are not what was written\n",
     false},
    {"UPDATE label_history SET prep_minutes = 20 WHERE until_version = 3",
     "version 2 does not hold what was written\n", false},
    {"UPDATE label SET rules = x'02' WHERE since_version = 3",
     "the label of meeting 4294967297 names a rule that does not exist\n"
     "the label of meeting 4294967297 names a rule that does not exist\n",
     false},
    {"UPDATE meeting SET document = '{\"a\":2}' WHERE id = 'm4'",
     "version 5 does not hold what was written\n"
     "the meetings of persona a are not what was written\n",
     false},
    {"UPDATE meeting_fact SET subject = 'Other' WHERE since_version = 5",
     "version 5 does not hold what was written\n"
     "the meetings of persona a are not what was written\n",
     false},
    {"UPDATE persona SET tier = 2",
     "version 3 does not hold what was written; 2 after it do not either\n"
     "the personas of persona a are not what was written\n",
     false},
    {"UPDATE rule SET source = 't'",
     "the table rule does not hold what datebook wrote into it\n"
     "version 3 does not hold what was written; 2 after it do not either\n"
     "the labels of persona a are not what was written\n",
     true},
    {"UPDATE tag SET version = 2",
     "the table tag does not hold what datebook wrote into it\n", true},
    {"DELETE FROM tag",
     "the table tag does not hold what datebook wrote into it\n", true},
    {"UPDATE batch SET batches = 0",
     "the table batch does not hold what datebook wrote into it\n", true},
    {"UPDATE labelling SET engine = 2",
     "the table labelling does not hold what datebook wrote into it\n", true},
    {"UPDATE export SET version = 4",
     "the table export does not hold what datebook wrote into it\n", true},
    {"UPDATE persona_key SET meetings = 9 WHERE id = 'a'",
     "the table persona_key does not hold what datebook wrote into it\n", true},
    {"UPDATE version SET pruned = 1 WHERE version = 2",
     "the table version does not hold what datebook wrote into it\n"
     "an old label of no kept version: key 4294967297, version 3\n",
     true},
    {"UPDATE version SET summary = 'other' WHERE version = 2",
     "version 2: its header and its chain hash do not go together\n", true},
    {"UPDATE version SET labels_changed = 2, labels = 4 WHERE version = 2",
     "version 2: its header and its chain hash do not go together\n"
     "version 2: its counts do not add up\n"
     "version 3: its counts do not add up\n"
     "version 2 holds 3 labels, not 4\n",
     true},
    {"DELETE FROM version WHERE version = 2",
     "a row of the table export refers to a row of version that does not "
     "exist\n"
     "there is no version 2\n"
     "the table version does not hold what datebook wrote into it\n"
     "there is no version 2\n"
     "an old label of no kept version: key 4294967297, version 3\n",
     true},
    {"DELETE FROM change WHERE version = 2",
     "version 2 does not hold what was written; 3 after it do not either\n"
     "a label that changed without an entry in the change log: key "
     "4294967297, version 2\n"
     "a label that changed without an entry in the change log: key "
     "4294967297, version 2\n",
     false},
    {"INSERT INTO change VALUES (2, 2, 4294967298, 1)",
     "an entry in the change log that is not true: key 4294967298, version "
     "2\n",
     false},
    {"UPDATE change SET operation = 0 WHERE version = 2",
     "an entry in the change log that is not true: key 4294967297, version "
     "2\n",
     false},
    {"UPDATE label SET since_version = 2 WHERE since_version = 3",
     "version 2 does not hold what was written\n"
     "two values of a label at once: key 4294967297, version 3\n"
     "an entry in the change log that is not true: key 4294967297, version 3\n",
     false},
    {"UPDATE content SET persona = 7 WHERE persona = 1 AND noun = 2",
     "the labels of persona a are not what was written\n"
     "a content hash of no persona: key 7, version 0\n",
     false},
    {"UPDATE content SET state = zeroblob(2048) WHERE persona = 0 AND noun = 1",
     "the meetings of all personas together are not what was written\n", false},
    {"INSERT INTO seal VALUES ('other', zeroblob(32))",
     "a sum of no table: key 0, version 0\n", false},
    {"UPDATE seal SET sum = zeroblob(32) WHERE name = 'tag'",
     "the table tag does not hold what datebook wrote into it\n", true},
    {"DROP INDEX meeting_history_id",
     "the schema is not datebook's: see the index meeting_history_id\n", true},
    {"PRAGMA writable_schema = ON; UPDATE sqlite_schema "
     "SET name = CAST(name AS BLOB) WHERE name = 'version'",
     "the schema is not datebook's: see the table version\n", true},
    {"CREATE TABLE other (a)",
     "the schema is not datebook's: see the table other\n", true},
    {"DELETE FROM meeting WHERE id = 'm4'; "
     "DELETE FROM meeting_fact WHERE since_version = 5",
     "version 5 holds 2 meetings, not 3\n"
     "version 5 does not hold what was written\n"
     "the meetings of persona a are not what was written\n"
     "a label without its meeting: key 4294967299, version 5\n"
     "an entry in the change log that is not true: key 4294967299, version 5\n",
     false},
    {"DELETE FROM meeting_fact WHERE since_version = 5",
     "meeting 4294967299 and its facts are not both there in version 5\n"
     "meeting 4294967299 and its facts are not both there\n"
     "a meeting without its facts: key 4294967299, version 5\n"
     "an entry in the change log that is not true: key 4294967299, version 5\n",
     false},
    {"UPDATE meeting_fact SET flags = flags | 16 WHERE since_version = 5",
     "the facts of meeting 4294967299 are damaged\n"
     "the facts of meeting 4294967299 are damaged\n",
     false},
    {"UPDATE meeting_fact SET attendees = attendees + (1 << 32) WHERE "
     "since_version = 5",
     "the facts of meeting 4294967299 are damaged\n"
     "the facts of meeting 4294967299 are damaged\n",
     false},
    {"UPDATE label SET prep_minutes = prep_minutes + (1 << 32) WHERE "
     "since_version = 3",
     "a damaged label: 4294967296 minutes of preparation\n"
     "a damaged label: 4294967296 minutes of preparation\n",
     false},
    {"UPDATE persona SET role = 2",
     "persona 1 has a damaged hash, tier or role\n"
     "persona 1 has a damaged hash, tier or role\n",
     false},
    {"UPDATE persona SET tier = tier + (1 << 32)",
     "persona 1 has a damaged hash, tier or role\n"
     "persona 1 has a damaged hash, tier or role\n",
     false},
    {"UPDATE version SET engine = engine + (1 << 32) WHERE version = 2",
     "version 2 has a damaged number\n"
     "version 2 has a damaged number\n",
     true},
    {"UPDATE version SET rows_hash = x'01' WHERE version = 2",
     "version 2 has a damaged hash\n"
     "version 2 has a damaged hash\n",
     true},
    {"INSERT INTO change SELECT version, 4, key, operation FROM change WHERE "
     "version = 2",
     "an entry in the change log that is not true: key 4294967297, version 2\n",
     false},
    {"INSERT INTO content VALUES (0, 5, x'')",
     "a content hash of no persona: key 0, version 0\n", false},
    {"INSERT INTO content VALUES (-1, 0, x'')",
     "a content hash of no persona: key -1, version 0\n", false},
    {"INSERT INTO content VALUES (1, 3, zeroblob(2048))",
     "a content hash of no persona: key 1, version 0\n", false},
    {"INSERT INTO content VALUES (0, 3, x'')",
     "the content hash of persona 0 has 0 bytes, not 2048\n", false},
    {"UPDATE meeting SET id = id || char(0, 120) WHERE id = 'm4'",
     "meeting 4294967299: a damaged text in the column id\n", false},
    {"UPDATE meeting_fact SET subject = subject || char(0, 120) WHERE "
     "since_version = 5",
     "meeting 4294967299: a damaged text in the column subject\n", false},
    {"UPDATE persona SET name = name || char(0, 120)",
     "persona 1: a damaged text in the column name\n"
     "persona 1: a damaged text in the column name\n",
     false},
    {"UPDATE persona SET document = document || char(0, 120)",
     "persona 1: a damaged text in the column document\n"
     "persona 1: a damaged text in the column document\n",
     false},
    {"UPDATE persona SET document = char(0) || substr(document, 2)",
     "persona 1: a damaged text in the column document\n"
     "persona 1: a damaged text in the column document\n",
     false},
    {"UPDATE version SET summary = summary || char(0, 120) WHERE version = 2",
     "version 2: a damaged text in the column summary\n"
     "version 2: a damaged text in the column summary\n",
     true},
    {"UPDATE label SET rules = x'8100' WHERE since_version = 3",
     "the label of meeting 4294967297 names a rule that does not exist\n"
     "the label of meeting 4294967297 names a rule that does not exist\n",
     false},
};

START_TEST(damage_is_found)
{
    sqlite3 *db;

    fill();
    store_close(fix.store);
    fix.store = NULL;
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, damages[_i].sql, NULL, NULL, NULL) ==
                      SQLITE_OK,
                  "%s: %s", damages[_i].sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    verify(VERIFY_DEEP);
    ck_assert_msg(!strcmp(found.text, damages[_i].findings), "%s:\n%s",
                  damages[_i].sql, found.text);
    verify(VERIFY_QUICK);
    ck_assert_msg((found.count > 0) == damages[_i].quick, "%s:\n%s",
                  damages[_i].sql, found.text);
}
END_TEST

START_TEST(analyze_is_no_damage)
{
    sqlite3 *db;

    fill();
    store_close(fix.store);
    fix.store = NULL;
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "ANALYZE; VACUUM", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    verify(VERIFY_DEEP);
    ck_assert_str_eq(found.text, "");
}
END_TEST

Suite *verify_suite(void);
Suite *verify_suite(void)
{
    Suite *suite = suite_create("verify");
    TCase *tcase = tcase_create("verify");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, a_sound_file_has_no_finding);
    tcase_add_loop_test(tcase, damage_is_found, 0,
                        sizeof damages / sizeof *damages);
    tcase_add_test(tcase, analyze_is_no_damage);
    suite_add_tcase(suite, tcase);
    return suite;
}
