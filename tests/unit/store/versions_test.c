/* How versions are named, and tags. */
#include "fixture.h"

enum { VERSIONS = 9 };

static const char lists[] =
    "`datebook log` lists versions, `datebook tag --list` tags; a version is "
    "written 7, v7, HEAD, HEAD~2, or a tag";

static void setup(void)
{
    char document[32];

    store_setup();
    for (int i = 1; i <= VERSIONS; i++) {
        begin();
        snprintf(document, sizeof document, "{\"id\":\"a\",\"n\":%d}", i);
        put("a", document);
        ck_assert(commit());
    }
    MUST(tag_set(fix.store, "release-1", 4, NULL, &fix.err));
    MUST(tag_set(fix.store, "1.0", 5, NULL, &fix.err));
}

static void check_version(const char *text, int64_t expected)
{
    int64_t number = -1;

    MUST(version_resolve(fix.store, text, &number, &fix.err));
    ck_assert_msg(number == expected, "%s: v%lld", text, (long long)number);
}

START_TEST(names_of_versions)
{
    check_version("7", 7);
    check_version("v7", 7);
    check_version("007", 7);
    check_version("0", 0);
    check_version("HEAD", 9);
    check_version("HEAD~0", 9);
    check_version("HEAD~2", 7);
    check_version("HEAD~9", 0);
    check_version("HEAD~", 8);
    check_version("v1~", 0);
    check_version("v3~1", 2);
    check_version("release-1", 4);
    check_version("release-1~1", 3);
    check_version("release-1~", 3);
    check_version("1.0", 5);
}
END_TEST

START_TEST(names_that_are_no_version)
{
    static const char newest[] = "the newest version is 9";
    static const struct {
        const char *text;
        const char *message;
        const char *hint;
    } cases[] = {
        {"", "\"\" is not a version", ""},
        {"~1", "\"~1\" is not a version", ""},
        {"~", "\"~\" is not a version", ""},
        {"HEAD~~", "\"HEAD~~\" is not a version", ""},
        {"HEAD~ ", "\"HEAD~ \" is not a version", ""},
        {"HEAD~x", "\"HEAD~x\" is not a version", ""},
        {"HEAD~v1", "\"HEAD~v1\" is not a version", ""},
        {"HEAD~1~1", "\"HEAD~1~1\" is not a version", ""},
        {"HEAD~-1", "\"HEAD~-1\" is not a version", ""},
        {"HEAD~9999999999999999999",
         "\"HEAD~9999999999999999999\" is not a version", ""},
        {"v", "there is no version or tag \"v\"", lists},
        {"head", "there is no version or tag \"head\"", lists},
        {"-1", "there is no version or tag \"-1\"", lists},
        {" 7", "there is no version or tag \" 7\"", lists},
        {"release", "there is no version or tag \"release\"", lists},
        {"9999999999999999999",
         "there is no version or tag \"9999999999999999999\"", lists},
        {"10", "there is no version 10", newest},
        {"v10", "there is no version v10", newest},
        {"0~", "there is no version 0~", newest},
        {"999999999999999999", "there is no version 999999999999999999",
         newest},
        {"HEAD~10", "there is no version HEAD~10", newest},
        {"HEAD~999999999999999999",
         "there is no version "
         "HEAD~999999999999999999",
         newest},
        {"release-1~5", "there is no version release-1~5", newest},
    };
    int64_t number;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MUST_FAIL(version_resolve(fix.store, cases[i].text, &number, &fix.err),
                  ERROR_INPUT, cases[i].message);
        ck_assert_str_eq(fix.err.hint, cases[i].hint);
    }
}
END_TEST

START_TEST(endless_names_are_cut)
{
    char text[301];
    int64_t number;

    memset(text, 'a', 300);
    text[300] = '\0';
    MUST_FAIL(version_resolve(fix.store, text, &number, &fix.err), ERROR_INPUT,
              "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
              "aaaa\" is not a version");
}
END_TEST

START_TEST(names_in_an_empty_dataset)
{
    int64_t number;

    store_close(fix.store);
    fix.store = store_create(path_of("empty.db"), &fix.err);
    MUST(fix.store != NULL);
    check_version("HEAD", 0);
    check_version("0", 0);
    MUST_FAIL(version_resolve(fix.store, "1", &number, &fix.err), ERROR_INPUT,
              "there is no version 1");
    ck_assert_str_eq(fix.err.hint, "the newest version is 0");
}
END_TEST

START_TEST(version_zero_is_empty)
{
    struct version version;

    MUST(version_get(fix.store, &fix.arena, 0, &version, &fix.err));
    ck_assert_int_eq(version.number, 0);
    ck_assert_str_eq(version.summary, "the empty dataset");
    for (int noun = 0; noun < NOUNS; noun++)
        ck_assert_int_eq(version.counts[noun].total, 0);
    MUST_FAIL(version_get(fix.store, &fix.arena, 10, &version, &fix.err),
              ERROR_INPUT, "there is no version 10");
}
END_TEST

static void check_log(int64_t last, int64_t limit, size_t expected)
{
    struct version *versions;
    size_t count;

    MUST(version_log(fix.store, &fix.arena, last, limit, &versions, &count,
                     &fix.err));
    ck_assert_uint_eq(count, expected);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(versions[i].number, last - (int64_t)i);
        ck_assert_str_eq(versions[i].command, "test");
    }
}

START_TEST(logs_run_backwards)
{
    check_log(9, 100, 9);
    check_log(9, 2, 2);
    check_log(4, 100, 4);
    check_log(4, 0, 0);
    check_log(0, 10, 0);
}
END_TEST

START_TEST(tag_names_that_are_refused)
{
    static const char *const names[] = {
        "",     "HEAD",   "7",         "v7",   "a b", "-a",
        ".a",   "a~1",    "a\xc3\xa4", "a\nb", "/a",  "a'b",
        "a\"b", "HEAD~1", "99999",     "v0",   "a:b", "_a"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        MUST_FAIL(tag_set(fix.store, names[i], 1, NULL, &fix.err), ERROR_INPUT,
                  arena_format(&fix.arena, &fix.err,
                               "\"%s\" cannot be the name of a tag", names[i]));
        ck_assert_str_eq(fix.err.hint,
                         "use letters, digits, and . _ - / after the first "
                         "character; not HEAD, and not a number");
    }
}
END_TEST

START_TEST(tag_names_have_a_length)
{
    char name[102];

    memset(name, 'a', sizeof name);
    name[101] = '\0';
    ck_assert(!tag_set(fix.store, name, 1, NULL, &fix.err));
    name[100] = '\0';
    MUST(tag_set(fix.store, name, 1, NULL, &fix.err));
    check_version(name, 1);
}
END_TEST

/* A refusal leaves no transaction behind: what follows works. */
START_TEST(a_tag_that_is_taken)
{
    MUST_FAIL(tag_set(fix.store, "release-1", 5, NULL, &fix.err), ERROR_INPUT,
              "the tag \"release-1\" exists and names version 4");
    ck_assert_str_eq(fix.err.hint,
                     "choose another name, or take it away first with "
                     "`datebook tag --delete release-1`");
    MUST(tag_set(fix.store, "release-1", 4, NULL, &fix.err));
    check_version("release-1", 4);
    MUST(tag_set(fix.store, "other", 5, NULL, &fix.err));
    check_version("other", 5);
}
END_TEST

START_TEST(the_empty_dataset_has_no_tag)
{
    MUST_FAIL(tag_set(fix.store, "zero", 0, NULL, &fix.err), ERROR_INPUT,
              "the empty dataset, version 0, cannot be tagged");
}
END_TEST

START_TEST(a_version_that_is_not_there_has_no_tag)
{
    MUST_FAIL(tag_set(fix.store, "far", 10, NULL, &fix.err), ERROR_INPUT,
              "there is no version 10");
    MUST(tag_set(fix.store, "far", 9, NULL, &fix.err));
}
END_TEST

START_TEST(tags_are_deleted)
{
    int64_t number;

    MUST(tag_delete(fix.store, "release-1", &fix.err));
    ck_assert(!version_resolve(fix.store, "release-1", &number, &fix.err));
    MUST_FAIL(tag_delete(fix.store, "release-1", &fix.err), ERROR_INPUT,
              "there is no tag \"release-1\"");
    ck_assert_str_eq(fix.err.hint, "`datebook tag --list` lists them");
    MUST(tag_set(fix.store, "release-1", 2, NULL, &fix.err));
    check_version("release-1", 2);
}
END_TEST

START_TEST(tags_are_listed_by_version_and_name)
{
    static const char *const names[] = {"b", "release-1", "1.0", "a", "z"};
    static const int64_t versions[] = {2, 4, 5, 5, 9};
    struct tag *tags;
    size_t count;

    MUST(tag_set(fix.store, "z", 9, NULL, &fix.err));
    MUST(tag_set(fix.store, "a", 5, NULL, &fix.err));
    MUST(tag_set(fix.store, "b", 2, NULL, &fix.err));
    MUST(tag_list(fix.store, &fix.arena, &tags, &count, &fix.err));
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(tags[i].name, names[i]);
        ck_assert_int_eq(tags[i].version, versions[i]);
    }
}
END_TEST

Suite *versions_suite(void);
Suite *versions_suite(void)
{
    Suite *suite = suite_create("versions");
    TCase *tcase = tcase_create("versions");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, names_of_versions);
    tcase_add_test(tcase, names_that_are_no_version);
    tcase_add_test(tcase, endless_names_are_cut);
    tcase_add_test(tcase, names_in_an_empty_dataset);
    tcase_add_test(tcase, version_zero_is_empty);
    tcase_add_test(tcase, logs_run_backwards);
    tcase_add_test(tcase, tag_names_that_are_refused);
    tcase_add_test(tcase, tag_names_have_a_length);
    tcase_add_test(tcase, a_tag_that_is_taken);
    tcase_add_test(tcase, the_empty_dataset_has_no_tag);
    tcase_add_test(tcase, a_version_that_is_not_there_has_no_tag);
    tcase_add_test(tcase, tags_are_deleted);
    tcase_add_test(tcase, tags_are_listed_by_version_and_name);
    suite_add_tcase(suite, tcase);
    return suite;
}
