/* Merging splits: what is taken, and each kind of conflict, in full. */
#include "merging.h"

/* A run that makes splits what documents say: name, document …; an empty one
 * removes the split. */
static void write_splits(const char *const *texts)
{
    begin();
    for (; *texts; texts += 2) {
        struct stored_record split = {.name = texts[0], .document = texts[1]};
        if (*texts[1])
            MUST(run_put_record(fix.run, NOUN_SPLIT, &split, &fix.err));
        else
            MUST(run_remove_record(fix.run, NOUN_SPLIT, texts[0], &fix.err));
    }
    ck_assert(commit());
}

#define SPLITS(...) write_splits((const char *const[]){__VA_ARGS__, NULL})

static void in_file_splits(const char *name, const char *const *texts)
{
    go_to(name);
    write_splits(texts);
    back_home();
}

#define SPLITS_IN(name, ...)                                                   \
    in_file_splits(name, (const char *const[]){__VA_ARGS__, NULL})

static void check_splits(const char *expected)
{
    struct stored_record *splits;
    const char *text = "";
    size_t count;

    MUST(record_list_at(fix.store, &fix.arena, NOUN_SPLIT, head(), "", &splits,
                        &count, &fix.err));
    for (size_t i = 0; i < count; i++)
        text = arena_format(&fix.arena, &fix.err, "%s%s=%s;", text,
                            splits[i].name, splits[i].document);
    ck_assert_str_eq(text, expected);
    check_sound(fix.store);
}

START_TEST(what_one_side_did_is_taken)
{
    struct merge_result result;

    SPLITS("changed", "{}", "gone", "{}", "kept", "{}", "ours", "{}");
    copy_to("b.db");
    SPLITS("ours", "{\"o\":1}", "here", "{}");
    SPLITS_IN("b.db", "changed", "{\"c\":1}", "gone", "", "there", "{}");
    result = merge_one("b.db");
    check_told("");
    ck_assert_int_eq(result.common, 1);
    ck_assert_int_eq(result.counts[NOUN_SPLIT].added, 1);
    ck_assert_int_eq(result.counts[NOUN_SPLIT].changed, 1);
    ck_assert_int_eq(result.counts[NOUN_SPLIT].removed, 1);
    ck_assert_int_eq(result.counts[NOUN_SPLIT].same, 0);
    check_splits("changed={\"c\":1};here={};kept={};ours={\"o\":1};there={};");
}
END_TEST

START_TEST(the_same_on_both_sides_is_there_once)
{
    struct merge_result result;

    SPLITS("a", "{}", "b", "{}");
    SPLITS_IN("b.db", "b", "{}", "c", "{}");
    result = merge_one("b.db");
    check_told("");
    ck_assert_int_eq(result.counts[NOUN_SPLIT].same, 1);
    ck_assert_int_eq(result.counts[NOUN_SPLIT].added, 1);
    check_splits("a={};b={};c={};");
    /* Nothing comes twice. */
    merge_one("b.db");
    ck_assert_int_eq(head(), 2);
}
END_TEST

START_TEST(another_document_is_a_conflict)
{
    SPLITS("a", "{\"n\":1}");
    SPLITS_IN("b.db", "a", "{\"n\":2}");
    merge_one("b.db");
    check_told("split a (test.db, b.db): here: {\"n\":1}; there: {\"n\":2}; "
               "refused\n");
    ck_assert_int_eq(job.conflicts, 1);
    ck_assert_int_eq(head(), 1);
    job.choice = MERGE_OURS;
    merge_one("b.db");
    check_told("split a (test.db, b.db): here: {\"n\":1}; there: {\"n\":2}; "
               "ours\n");
    ck_assert_int_eq(head(), 1);
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    check_splits("a={\"n\":2};");
}
END_TEST

START_TEST(a_split_that_went_and_changed_is_a_conflict)
{
    SPLITS("a", "{}", "b", "{}");
    copy_to("b.db");
    SPLITS("a", "", "b", "{\"n\":1}");
    SPLITS_IN("b.db", "a", "{\"n\":2}", "b", "");
    merge_one("b.db");
    check_told("split a (test.db, b.db): removed here, changed there; refused\n"
               "split b (test.db, b.db): changed here, removed there; "
               "refused\n");
    job.choice = MERGE_OURS;
    merge_one("b.db");
    check_splits("b={\"n\":1};");
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    check_splits("a={\"n\":2};");
}
END_TEST

/* A run writes a row once: the second file that would is refused. */
START_TEST(two_files_that_change_a_split_are_a_conflict)
{
    SPLITS("a", "{}", "b", "{}");
    copy_to("b.db");
    copy_to("c.db");
    SPLITS_IN("b.db", "a", "{\"n\":1}", "b", "");
    SPLITS_IN("c.db", "a", "{\"n\":2}", "b", "{\"n\":3}");
    job.choice = MERGE_THEIRS;
    start();
    take("b.db");
    take("c.db");
    ck_assert(!finish());
    check_told("split a (b.db, c.db): here: {\"n\":1}; there: {\"n\":2}; "
               "refused\n"
               "split b (b.db, c.db): removed here, changed there; refused\n");
    job.choice = MERGE_OURS;
    start();
    take("b.db");
    take("c.db");
    ck_assert(finish());
    check_splits("a={\"n\":1};");
}
END_TEST

Suite *merge_splits_suite(void);
Suite *merge_splits_suite(void)
{
    Suite *suite = suite_create("merge_splits");
    TCase *tcase = tcase_create("merge_splits");

    tcase_add_checked_fixture(tcase, merge_setup, merge_teardown);
    tcase_add_test(tcase, what_one_side_did_is_taken);
    tcase_add_test(tcase, the_same_on_both_sides_is_there_once);
    tcase_add_test(tcase, another_document_is_a_conflict);
    tcase_add_test(tcase, a_split_that_went_and_changed_is_a_conflict);
    tcase_add_test(tcase, two_files_that_change_a_split_are_a_conflict);
    suite_add_tcase(suite, tcase);
    return suite;
}
