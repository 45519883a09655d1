/* Signatures of tags. */
#include "fixture.h"

static char findings[4096];

static void setup(void)
{
    store_setup();
    edit(PERSONA("a", ""));
}

static bool keep_finding(void *context, const char *finding, struct error *err)
{
    size_t used = strlen(findings);

    (void)context;
    (void)err;
    snprintf(findings + used, sizeof findings - used, "%s\n", finding);
    return true;
}

static bool check_tags(const struct secret_key *key, struct tag_check *result)
{
    struct public_key half;

    key_public(key, &half);
    *findings = '\0';
    return dataset_check_tags(fix.store, &fix.arena, &half, keep_finding, NULL,
                              result, &fix.err);
}

START_TEST(signed_tags_hold_for_their_name_and_version)
{
    struct secret_key key;
    struct secret_key other;
    struct tag_check result;
    struct tag *tags;
    size_t count;

    key_make(&key);
    key_make(&other);
    edit(PERSONA("c", ""));
    MUST(tag_set(fix.store, "plain", 1, NULL, &fix.err));
    MUST(dataset_sign_tag(fix.store, &fix.arena, "one", 1, &key, &fix.err));
    MUST(dataset_sign_tag(fix.store, &fix.arena, "two", 2, &key, &fix.err));
    MUST(check_tags(&key, &result));
    ck_assert_str_eq(findings, "");
    ck_assert_int_eq(result.checked, 2);
    ck_assert_int_eq(result.unsigned_tags, 1);
    MUST(check_tags(&other, &result));
    ck_assert_int_eq(result.findings, 2);
    /* The same words for another name or version are not what was signed. */
    MUST(tag_list(fix.store, &fix.arena, &tags, &count, &fix.err));
    ck_assert_str_eq(tags[0].name, "one");
    MUST(tag_set(fix.store, "plain", 1, tags[0].signature, &fix.err));
    MUST(check_tags(&key, &result));
    ck_assert_str_eq(findings,
                     "the signature of the tag \"plain\" does not fit what it "
                     "signs: one of them was changed; trust v1 only when you "
                     "know why, and sign it again with `datebook tag --sign "
                     "KEY plain`\n");
    ck_assert_int_eq(result.checked, 2);
}
END_TEST

Suite *tags_suite(void);
Suite *tags_suite(void)
{
    Suite *suite = suite_create("tags");
    TCase *tcase = tcase_create("tags");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, signed_tags_hold_for_their_name_and_version);
    suite_add_tcase(suite, tcase);
    return suite;
}
