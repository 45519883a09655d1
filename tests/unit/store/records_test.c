/* Records: versioned rows like any other, and nothing of what was before them
 * changes its hashes.  Splits and reviews pass the same tests: each runs once
 * for each noun. */
#include "record_fixture.h"

START_TEST(a_record_has_a_value_in_every_version)
{
    ck_assert(run_record("b", "{\"b\":1}"));
    begin();
    put_record("a", "{}");
    put_record("b", "{\"b\":2}");
    ck_assert(commit());
    ck_assert(run_record("b", NULL));
    ck_assert(run_record("b", "{\"b\":1}"));
    ck_assert_str_eq(records_of(0), "");
    ck_assert_str_eq(records_of(1), "b={\"b\":1}");
    ck_assert_str_eq(records_of(2), "a={} b={\"b\":2}");
    ck_assert_str_eq(records_of(3), "a={}");
    ck_assert_str_eq(records_of(4), "a={} b={\"b\":1}");
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
    ck_assert(run_record("a", "{}"));
    ck_assert(!run_record("a", "{}"));
    ck_assert_int_eq(head(), 1);
    begin();
    put_record("a", "{}");
    ck_assert_int_eq(run_counts(fix.run, noun).changed, 0);
    put_record("b", "{}");
    ck_assert_int_eq(run_counts(fix.run, noun).added, 1);
    ck_assert(commit());
    check_counts(2, 2, 1, 0, 0);
}
END_TEST

START_TEST(a_run_sees_what_it_wrote)
{
    begin();
    put_record("a", "{}");
    ck_assert_str_eq(records_of(run_version(fix.run)), "a={}");
    ck_assert_pstr_eq(document_at(run_version(fix.run), "a"), "{}");
    abandon();
    ck_assert_str_eq(records_of(1), "");
    ck_assert_int_eq(head(), 0);
}
END_TEST

START_TEST(what_is_not_there_cannot_be_removed)
{
    begin();
    MUST_FAIL(run_remove_record(fix.run, noun, "a", &fix.err), ERROR_BUG,
              for_noun("there is no @ \"a\""));
    abandon();
    ck_assert(run_record("a", "{}"));
    ck_assert(run_record("a", NULL));
    begin();
    MUST_FAIL(run_remove_record(fix.run, noun, "a", &fix.err), ERROR_BUG,
              for_noun("there is no @ \"a\""));
}
END_TEST

/* The store says nothing about names and documents. */
START_TEST(any_text_will_do)
{
    static const char *const texts[] = {
        "",         " ",      "'; DROP TABLE review; --",
        "\xff\xfe", "\u00fc", "A",
        "a",        ".",      "%s%n",
        "\n",       NULL};
    char *long_text = malloc(1 << 20);

    ck_assert_ptr_nonnull(long_text);
    memset(long_text, 'x', (1 << 20) - 1);
    long_text[(1 << 20) - 1] = '\0';
    begin();
    for (int i = 0; texts[i]; i++)
        put_record(texts[i], texts[i]);
    put_record(long_text, long_text);
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

START_TEST(equal_records_have_an_equal_hash)
{
    ck_assert(run_record("a", "{}"));
    ck_assert(run_record("b", "{}"));
    ck_assert(run_record("a", "{\"a\":1}"));
    ck_assert(run_record("a", "{}"));
    ck_assert(run_record("b", NULL));
    ck_assert(run_record("a", NULL));
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
    ck_assert(run_record("ab", "c"));
    ck_assert(run_record("ab", NULL));
    ck_assert(run_record("a", "bc"));
    ck_assert(run_record("a", NULL));
    ck_assert(run_record("bc", "a"));
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
START_TEST(versions_without_records_keep_their_hashes)
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
        struct noun_counts *counts = &version.counts[noun];
        *counts = (struct noun_counts){i == 0, i == 1, i == 2, i == 3};
        version_chain(version_of(0).chain, &version, chains[1]);
        ck_assert_int_ne(memcmp(chains[0], chains[1], HASH_SIZE), 0);
    }
}
END_TEST

/* ---- Prefixes ---- */

static const char *names_from(int64_t version, const char *prefix)
{
    struct stored_record *records;
    const char *text = "";
    size_t count;

    MUST(record_list_at(fix.store, &fix.arena, noun, version, prefix, &records,
                        &count, &fix.err));
    for (size_t i = 0; i < count; i++)
        text =
            arena_format(&fix.arena, &fix.err, "%s%s;", text, records[i].name);
    return text;
}

/* Whatever character comes after the prefix, and whichever would. */
START_TEST(names_are_listed_by_prefix)
{
    static const char *const names[] = {"a",
                                        "a!",
                                        "a/",
                                        "a/a",
                                        ("a/\xf4\x8f\xbf\xbf"
                                         "b"),
                                        "a/\xff\xff",
                                        "a0",
                                        "a0/a/b",
                                        "\xff\xff",
                                        "b/a"};

    begin();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put_record(names[i], "{}");
    ck_assert(commit());
    ck_assert_str_eq(names_from(1, "a/"), "a/;a/a;a/\xf4\x8f\xbf\xbf"
                                          "b;a/\xff\xff;");
    ck_assert_str_eq(names_from(1, "a0"), "a0;a0/a/b;");
    ck_assert_str_eq(names_from(1, "a/a"), "a/a;");
    ck_assert_str_eq(names_from(1, "c"), "");
    ck_assert_str_eq(names_from(1, "\xff"), "\xff\xff;");
    ck_assert_str_eq(names_from(1, "b"), "b/a;");
}
END_TEST

START_TEST(a_prefix_is_of_a_version)
{
    ck_assert(run_record("a/1", "{}"));
    begin();
    put_record("a/2", "{}");
    put_record("b/1", "{}");
    ck_assert(commit());
    ck_assert(run_record("a/1", NULL));
    ck_assert(run_record("a/2", "[]"));
    ck_assert_str_eq(names_from(0, "a/"), "");
    ck_assert_str_eq(names_from(1, "a/"), "a/1;");
    ck_assert_str_eq(names_from(2, "a/"), "a/1;a/2;");
    ck_assert_str_eq(names_from(3, "a/"), "a/2;");
    ck_assert_str_eq(names_from(4, "a/"), "a/2;");
    ck_assert_str_eq(names_from(4, "b/"), "b/1;");
}
END_TEST

/* ---- One at a time ---- */

static const char *names_changed(int64_t low, int64_t high)
{
    struct cursor *cursor =
        record_change_scan(fix.store, noun, low, high, &fix.err);
    const char *text = "";
    const char *name;
    bool more;

    MUST(cursor != NULL);
    for (;;) {
        MUST(record_change_next(cursor, &name, &more, &fix.err));
        if (!more)
            break;
        text = arena_format(&fix.arena, &fix.err, "%s%s;", text, name);
    }
    cursor_close(cursor);
    return text;
}

/* Names, not keys, say which comes first. */
START_TEST(changed_names_come_in_order_and_once)
{
    ck_assert(run_record("c", "{}"));
    ck_assert(run_record("b", "{}"));
    begin();
    put_record("a", "{}");
    put_record("c", "[]");
    ck_assert(commit());
    ck_assert(run_record("b", NULL));
    ck_assert_str_eq(names_changed(0, 4), "a;b;c;");
    ck_assert_str_eq(names_changed(0, 1), "c;");
    ck_assert_str_eq(names_changed(1, 2), "b;");
    ck_assert_str_eq(names_changed(1, 3), "a;b;c;");
    ck_assert_str_eq(names_changed(3, 4), "b;");
    ck_assert_str_eq(names_changed(4, 4), "");
}
END_TEST

/* Two cursors over the same rows, of an old version and of the newest one,
 * while records are put. */
START_TEST(records_may_be_put_during_a_scan)
{
    struct cursor *cursors[2];
    struct stored_record records[2];
    const char *seen = "";
    bool more[2];

    begin();
    put_record("a", "1");
    put_record("b", "1");
    put_record("c", "1");
    ck_assert(commit());
    begin();
    for (int i = 0; i < 2; i++)
        cursors[i] = record_scan(fix.store, noun, i, &fix.err);
    MUST(cursors[0] && cursors[1]);
    MUST(record_next(cursors[0], &records[0], &more[0], &fix.err));
    ck_assert(!more[0]);
    for (;;) {
        MUST(record_next(cursors[1], &records[1], &more[1], &fix.err));
        if (!more[1])
            break;
        seen = arena_format(&fix.arena, &fix.err, "%s%s=%s;", seen,
                            records[1].name, records[1].document);
        put_record(arena_text(&fix.arena, records[1].name, &fix.err), "2");
    }
    cursor_close(cursors[0]);
    cursor_close(cursors[1]);
    ck_assert_str_eq(seen, "a=1;b=1;c=1;");
    ck_assert(commit());
    check_counts(2, 3, 0, 3, 0);
    check_sound();
}
END_TEST

/* ---- Nouns beside each other ---- */

static void put_as(enum noun which, const char *document)
{
    noun = which;
    ck_assert(run_record("a", document));
}

START_TEST(nouns_are_told_apart)
{
    put_as(NOUN_SPLIT, "{}");
    put_as(NOUN_SPLIT, NULL);
    put_as(NOUN_REVIEW, "{}");
    put_as(NOUN_SPLIT, "{}");
    put_as(NOUN_REVIEW, NULL);
    check_content(1, 3, false);
    check_content(3, 4, false);
    check_content(1, 5, true);
    check_content(0, 2, true);
    ck_assert_str_eq(records_of(4), "a={}");
    ck_assert_str_eq(records_of(5), "");
    check_sound();
}
END_TEST

/* The same counts of another noun are another header. */
START_TEST(counts_are_told_apart)
{
    struct version versions[] = {
        {.number = 1, .command = "", .options = "", .summary = "", .tool = ""},
        {.number = 1, .command = "", .options = "", .summary = "", .tool = ""}};
    unsigned char chains[2][HASH_SIZE];

    versions[0].counts[NOUN_SPLIT].added = 1;
    versions[1].counts[NOUN_REVIEW].added = 1;
    for (int i = 0; i < 2; i++)
        version_chain(version_of(0).chain, &versions[i], chains[i]);
    ck_assert_mem_ne(chains[0], chains[1], HASH_SIZE);
}
END_TEST

static TCase *tests_of_noun(const char *name, void (*setup)(void))
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, a_record_has_a_value_in_every_version);
    tcase_add_test(tcase, what_is_there_already_makes_no_version);
    tcase_add_test(tcase, a_run_sees_what_it_wrote);
    tcase_add_test(tcase, what_is_not_there_cannot_be_removed);
    tcase_add_test(tcase, any_text_will_do);
    tcase_add_test(tcase, names_are_listed_by_prefix);
    tcase_add_test(tcase, a_prefix_is_of_a_version);
    tcase_add_test(tcase, changed_names_come_in_order_and_once);
    tcase_add_test(tcase, records_may_be_put_during_a_scan);
    tcase_add_test(tcase, equal_records_have_an_equal_hash);
    tcase_add_test(tcase, the_hash_takes_name_and_document);
    tcase_add_test(tcase, versions_without_records_keep_their_hashes);
    return tcase;
}

Suite *records_suite(void);
Suite *records_suite(void)
{
    Suite *suite = suite_create("records");
    TCase *both = tcase_create("both");

    suite_add_tcase(suite, tests_of_noun("split", split_setup));
    suite_add_tcase(suite, tests_of_noun("review", review_setup));
    tcase_add_checked_fixture(both, store_setup, store_teardown);
    tcase_add_test(both, nouns_are_told_apart);
    tcase_add_test(both, counts_are_told_apart);
    suite_add_tcase(suite, both);
    return suite;
}
