/* Named splits: versioned rows like any other, and nothing of what was before
 * them changes its hashes. */
#include "fixture.h"

#include "datebook/prune.h"
#include "datebook/stored_record.h"

#include <sqlite3.h>

static void put_split(const char *name, const char *document)
{
    struct stored_record split = {.name = name,
                                  .document = document,
                                  .document_length = strlen(document)};

    MUST(run_put_record(fix.run, NOUN_SPLIT, &split, &fix.err));
}

/* A run that makes one split what a document says, or removes it for NULL. */
static bool run_split(const char *name, const char *document)
{
    begin();
    if (document)
        put_split(name, document);
    else
        MUST(run_remove_record(fix.run, NOUN_SPLIT, name, &fix.err));
    return commit();
}

/* "a={} b={}" of a version. */
static const char *splits_of(int64_t version)
{
    struct stored_record *splits;
    const char *text = "";
    size_t count;

    MUST(record_list_at(fix.store, &fix.arena, NOUN_SPLIT, version, "", &splits,
                        &count, &fix.err));
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(splits[i].document_length,
                          strlen(splits[i].document));
        text = arena_format(&fix.arena, &fix.err, "%s%s%s=%s", text,
                            i ? " " : "", splits[i].name, splits[i].document);
    }
    return text;
}

static const char *document_at(int64_t version, const char *name)
{
    struct stored_record *split;

    MUST(record_at(fix.store, &fix.arena, NOUN_SPLIT, version, name, &split,
                   &fix.err));
    return split ? split->document : NULL;
}

static struct version version_of(int64_t number)
{
    struct version version;

    MUST(version_get(fix.store, &fix.arena, number, &version, &fix.err));
    return version;
}

static bool fail_on(void *context, const char *finding, struct error *err)
{
    (void)context;
    (void)err;
    ck_abort_msg("%s", finding);
    return true;
}

static void check_sound(void)
{
    struct verify_result result;

    MUST(store_verify(fix.store, VERIFY_DEEP, NULL, fail_on, NULL, &result,
                      &fix.err));
}

static void check_counts(int64_t version, int64_t total, int64_t added,
                         int64_t changed, int64_t removed)
{
    struct noun_counts counts = version_of(version).counts[NOUN_SPLIT];

    ck_assert_int_eq(counts.total, total);
    ck_assert_int_eq(counts.added, added);
    ck_assert_int_eq(counts.changed, changed);
    ck_assert_int_eq(counts.removed, removed);
}

START_TEST(a_split_has_a_value_in_every_version)
{
    ck_assert(run_split("b", "{\"b\":1}"));
    begin();
    put_split("a", "{}");
    put_split("b", "{\"b\":2}");
    ck_assert(commit());
    ck_assert(run_split("b", NULL));
    ck_assert(run_split("b", "{\"b\":1}"));
    ck_assert_str_eq(splits_of(0), "");
    ck_assert_str_eq(splits_of(1), "b={\"b\":1}");
    ck_assert_str_eq(splits_of(2), "a={} b={\"b\":2}");
    ck_assert_str_eq(splits_of(3), "a={}");
    ck_assert_str_eq(splits_of(4), "a={} b={\"b\":1}");
    ck_assert_pstr_eq(document_at(0, "b"), NULL);
    ck_assert_pstr_eq(document_at(1, "b"), "{\"b\":1}");
    ck_assert_pstr_eq(document_at(2, "b"), "{\"b\":2}");
    ck_assert_pstr_eq(document_at(3, "b"), NULL);
    ck_assert_pstr_eq(document_at(4, "b"), "{\"b\":1}");
    ck_assert_pstr_eq(document_at(4, "c"), NULL);
    check_counts(1, 1, 1, 0, 0);
    check_counts(2, 2, 1, 1, 0);
    check_counts(3, 1, 0, 0, 1);
    check_counts(4, 2, 1, 0, 0);
    check_sound();
}
END_TEST

START_TEST(what_is_there_already_makes_no_version)
{
    ck_assert(run_split("a", "{}"));
    ck_assert(!run_split("a", "{}"));
    ck_assert_int_eq(head(), 1);
    begin();
    put_split("a", "{}");
    ck_assert_int_eq(run_counts(fix.run, NOUN_SPLIT).changed, 0);
    put_split("b", "{}");
    ck_assert_int_eq(run_counts(fix.run, NOUN_SPLIT).added, 1);
    ck_assert(commit());
    check_counts(2, 2, 1, 0, 0);
}
END_TEST

START_TEST(a_run_sees_what_it_wrote)
{
    begin();
    put_split("a", "{}");
    ck_assert_str_eq(splits_of(run_version(fix.run)), "a={}");
    ck_assert_pstr_eq(document_at(run_version(fix.run), "a"), "{}");
    abandon();
    ck_assert_str_eq(splits_of(1), "");
    ck_assert_int_eq(head(), 0);
}
END_TEST

START_TEST(what_is_not_there_cannot_be_removed)
{
    begin();
    MUST_FAIL(run_remove_record(fix.run, NOUN_SPLIT, "a", &fix.err), ERROR_BUG,
              "there is no split \"a\"");
    abandon();
    ck_assert(run_split("a", "{}"));
    ck_assert(run_split("a", NULL));
    begin();
    MUST_FAIL(run_remove_record(fix.run, NOUN_SPLIT, "a", &fix.err), ERROR_BUG,
              "there is no split \"a\"");
}
END_TEST

/* The store says nothing about names and documents. */
START_TEST(any_text_will_do)
{
    static const char *const texts[] = {
        "",         " ",      "'; DROP TABLE split; --",
        "\xff\xfe", "\u00fc", "A",
        "a",        ".",      "%s%n",
        "\n",       NULL};
    char *long_text = malloc(1 << 20);

    ck_assert_ptr_nonnull(long_text);
    memset(long_text, 'x', (1 << 20) - 1);
    long_text[(1 << 20) - 1] = '\0';
    begin();
    for (int i = 0; texts[i]; i++)
        put_split(texts[i], texts[i]);
    put_split(long_text, long_text);
    ck_assert(commit());
    check_counts(1, 11, 11, 0, 0);
    for (int i = 0; texts[i]; i++)
        ck_assert_pstr_eq(document_at(1, texts[i]), texts[i]);
    ck_assert_pstr_eq(document_at(1, long_text), long_text);
    check_sound();
    free(long_text);
}
END_TEST

/* ---- Hashes ---- */

static void check_content(int64_t one, int64_t other, bool same)
{
    struct version versions[] = {version_of(one), version_of(other)};

    ck_assert_int_eq(
        !memcmp(versions[0].content, versions[1].content, HASH_SIZE), same);
}

START_TEST(equal_splits_have_an_equal_hash)
{
    ck_assert(run_split("a", "{}"));
    ck_assert(run_split("b", "{}"));
    ck_assert(run_split("a", "{\"a\":1}"));
    ck_assert(run_split("a", "{}"));
    ck_assert(run_split("b", NULL));
    ck_assert(run_split("a", NULL));
    check_content(0, 1, false);
    check_content(1, 2, false);
    check_content(2, 3, false);
    check_content(2, 4, true);
    check_content(1, 5, true);
    check_content(0, 6, true);
    check_sound();
}
END_TEST

/* The name and the document count, and where one ends and the other begins. */
START_TEST(the_hash_takes_name_and_document)
{
    ck_assert(run_split("ab", "c"));
    ck_assert(run_split("ab", NULL));
    ck_assert(run_split("a", "bc"));
    ck_assert(run_split("a", NULL));
    ck_assert(run_split("bc", "a"));
    check_content(1, 3, false);
    check_content(1, 5, false);
    check_content(3, 5, false);
}
END_TEST

static void check_hex(const unsigned char hash[HASH_SIZE], const char *expected)
{
    char hex[HASH_HEX_SIZE];

    hash_hex(hash, hex);
    ck_assert_str_eq(hex, expected);
}

/* These are what a datebook that knew of no splits had. */
START_TEST(versions_without_splits_keep_their_hashes)
{
    struct version version = {.number = 1,
                              .command = "c",
                              .options = "{}",
                              .summary = "s",
                              .started = 3,
                              .tool = "t",
                              .engine = 1,
                              .format = 2,
                              .counts = {{1, 1, 0, 0}}};
    unsigned char chains[2][HASH_SIZE];

    check_hex(
        version_of(0).content,
        "a2addf22686bb9cf887fd29b787ea96b444eea5638a7d9270b91592b223cb1f5");
    check_hex(
        version_of(0).chain,
        "12b679391938a04133b88438cbe1a60b9a885c1c7db84288e9cb360e63dc1241");
    version_chain(version_of(0).chain, &version, chains[0]);
    check_hex(
        chains[0],
        "5a48e991a0c14ffd7ab8993ebc5645074befd7cb63aa78d2a39c92f708dfc4a1");
    for (int i = 0; i < 4; i++) {
        struct noun_counts *counts = &version.counts[NOUN_SPLIT];
        *counts = (struct noun_counts){i == 0, i == 1, i == 2, i == 3};
        version_chain(version_of(0).chain, &version, chains[1]);
        ck_assert_int_ne(memcmp(chains[0], chains[1], HASH_SIZE), 0);
    }
}
END_TEST

/* ---- Damage ---- */

static struct buf found;

static bool collect(void *context, const char *finding, struct error *err)
{
    (void)context;
    (void)err;
    buf_format(&found, "%s\n", finding);
    return true;
}

static const char *findings_of(enum verify_depth depth)
{
    struct verify_result result;

    buf_clear(&found);
    reopen("test.db", STORE_READ);
    MUST(
        store_verify(fix.store, depth, NULL, collect, NULL, &result, &fix.err));
    return buf_string(&found);
}

/* v1 adds a and b, v2 changes a, v3 removes b. */
static const struct {
    const char *sql;
    const char *findings;
    bool quick; /* found by the quick check as well */
} damages[] = {
    {"UPDATE split SET document = '{}'",
     "version 2 does not hold what was written; 1 after it do not either\n"
     "the splits are not what was written\n",
     false},
    {"UPDATE split_history SET document = '[]' WHERE split = 1",
     "version 1 does not hold what was written\n", false},
    {"UPDATE split_key SET name = 'c' WHERE name = 'a'",
     "the table split_key does not hold what datebook wrote into it\n"
     "version 1 does not hold what was written; 2 after it do not either\n"
     "the splits are not what was written\n",
     true},
    {"DELETE FROM split",
     "version 2 holds 1 splits, not 2\n"
     "version 3 holds 0 splits, not 1\n"
     "version 2 does not hold what was written; 1 after it do not either\n"
     "the splits are not what was written\n"
     "an entry in the change log that is not true: key 1, version 2\n",
     false},
    {"DELETE FROM split_history WHERE split = 2",
     "version 1 holds 1 splits, not 2\n"
     "version 2 holds 1 splits, not 2\n"
     "version 1 does not hold what was written; 1 after it do not either\n"
     "an entry in the change log that is not true: key 2, version 1\n"
     "an entry in the change log that is not true: key 2, version 3\n",
     false},
    {"UPDATE split_history SET until_version = 3 WHERE split = 1",
     "two values of a split at once: key 1, version 3\n"
     "a split that changed without an entry in the change log: key 1, version "
     "3\n"
     "an entry in the change log that is not true: key 1, version 2\n",
     false},
    {"DELETE FROM change WHERE noun = 3 AND key = 2",
     "version 1 holds 1 splits, not 2\n"
     "version 2 holds 1 splits, not 2\n"
     "version 1 does not hold what was written; 1 after it do not either\n"
     "a split that changed without an entry in the change log: key 2, version "
     "1\n"
     "a split that changed without an entry in the change log: key 2, version "
     "3\n",
     false},
    {"UPDATE split SET split = 7; UPDATE change SET key = 7 WHERE key = 1",
     "a row of the table split refers to a row of split_key that does not "
     "exist\n"
     "version 1 holds 1 splits, not 2\n"
     "version 2 holds 1 splits, not 2\n"
     "version 3 holds 0 splits, not 1\n"
     "version 1 does not hold what was written; 2 after it do not either\n"
     "the splits are not what was written\n"
     "a split that changed without an entry in the change log: key 1, version "
     "1\n"
     "a split that changed without an entry in the change log: key 1, version "
     "2\n"
     "an entry in the change log that is not true: key 7, version 1\n"
     "an entry in the change log that is not true: key 7, version 2\n",
     true},
    {"UPDATE content SET state = zeroblob(2048) WHERE noun = 3",
     "the splits are not what was written\n", false},
    {"UPDATE version SET splits_changed = 0 WHERE version = 2",
     "version 2: its header and its chain hash do not go together\n"
     "version 2 holds 3 splits, not 2\n"
     "version 3 holds 2 splits, not 1\n"
     "version 2 does not hold what was written; 1 after it do not either\n",
     true},
    {"UPDATE split SET document = document || char(0, 120)",
     "record 1: a damaged text in the column document\n"
     "record 1: a damaged text in the column document\n",
     false},
    {"INSERT INTO split_history VALUES (2, 2, 1, '{}')",
     "two values of a split at once: key 2, version 3\n"
     "a split that changed without an entry in the change log: key 2, version "
     "2\n",
     false},
};

START_TEST(damage_is_found)
{
    const char *sql = damages[_i].sql;
    sqlite3 *db;

    begin();
    put_split("a", "{}");
    put_split("b", "{}");
    ck_assert(commit());
    ck_assert(run_split("a", "{\"a\":1}"));
    ck_assert(run_split("b", NULL));
    ck_assert_str_eq(findings_of(VERIFY_DEEP), "");
    store_close(fix.store);
    fix.store = NULL;
    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK,
                  "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    findings_of(VERIFY_DEEP);
    ck_assert_msg(!strcmp(buf_string(&found), damages[_i].findings), "%s:\n%s",
                  sql, buf_string(&found));
    ck_assert((*findings_of(VERIFY_QUICK) != '\0') == damages[_i].quick);
    buf_free(&found);
}
END_TEST

/* ---- Pruning ---- */

START_TEST(old_splits_are_pruned)
{
    struct prune_request request = {.keep_last = 1, .keep_since = INT64_MAX};
    struct prune_plan plan;
    struct prune_rows rows;

    ck_assert(run_split("a", "{\"a\":1}"));
    ck_assert(run_split("a", "{\"a\":2}"));
    MUST(tag_set(fix.store, "kept", 2, NULL, &fix.err));
    ck_assert(run_split("a", "{\"a\":3}"));
    ck_assert(run_split("a", NULL));
    ck_assert(run_split("a", "{\"a\":4}"));
    MUST(prune_drop(fix.store, &fix.arena, &request, NULL, &plan, &rows,
                    &fix.err));
    ck_assert_int_eq(plan.dropped, 3);
    ck_assert_int_eq(rows.rows, 2);
    ck_assert_str_eq(splits_of(2), "a={\"a\":2}");
    ck_assert_str_eq(splits_of(5), "a={\"a\":4}");
    check_sound();
}
END_TEST

Suite *records_suite(void);
Suite *records_suite(void)
{
    Suite *suite = suite_create("records");
    TCase *tcase = tcase_create("split");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, a_split_has_a_value_in_every_version);
    tcase_add_test(tcase, what_is_there_already_makes_no_version);
    tcase_add_test(tcase, a_run_sees_what_it_wrote);
    tcase_add_test(tcase, what_is_not_there_cannot_be_removed);
    tcase_add_test(tcase, any_text_will_do);
    tcase_add_test(tcase, equal_splits_have_an_equal_hash);
    tcase_add_test(tcase, the_hash_takes_name_and_document);
    tcase_add_test(tcase, versions_without_splits_keep_their_hashes);
    tcase_add_loop_test(tcase, damage_is_found, 0,
                        sizeof damages / sizeof *damages);
    tcase_add_test(tcase, old_splits_are_pruned);
    suite_add_tcase(suite, tcase);
    return suite;
}
