/* Merging splits and reviews: what is taken, and each kind of conflict, in
 * full. */
#include "merging.h"

#include "datebook/prune.h"

static enum noun noun; /* of the test at hand */

/* A run that makes records what documents say: name, document …; an empty one
 * removes the
 * record. */
static void write_records(const char *const *texts)
{
    begin();
    for (; *texts; texts += 2) {
        struct stored_record record = {.name = texts[0], .document = texts[1]};
        if (*texts[1])
            MUST(run_put_record(fix.run, noun, &record, &fix.err));
        else
            MUST(run_remove_record(fix.run, noun, texts[0], &fix.err));
    }
    ck_assert(commit());
}

#define RECORDS(...) write_records((const char *const[]){__VA_ARGS__, NULL})

static void in_file_records(const char *name, const char *const *texts)
{
    go_to(name);
    write_records(texts);
    back_home();
}

#define RECORDS_IN(name, ...)                                                  \
    in_file_records(name, (const char *const[]){__VA_ARGS__, NULL})

static void check_records(const char *expected)
{
    struct stored_record *records;
    const char *text = "";
    size_t count;

    MUST(record_list_at(fix.store, &fix.arena, noun, head(), "", &records,
                        &count, &fix.err));
    for (size_t i = 0; i < count; i++)
        text = arena_format(&fix.arena, &fix.err, "%s%s=%s;", text,
                            records[i].name, records[i].document);
    ck_assert_str_eq(text, expected);
    check_sound(fix.store);
}

/* What was told, in which "@" stands for the noun. */
static void check_told_of(const char *expected)
{
    struct buf buf = BUF_EMPTY;

    for (; *expected; expected++)
        if (*expected == '@')
            buf_text(&buf, noun_name(noun));
        else
            buf_char(&buf, *expected);
    check_told(buf_string(&buf));
    buf_free(&buf);
}

START_TEST(what_one_side_did_is_taken)
{
    struct merge_result result;

    RECORDS("changed", "{}", "gone", "{}", "kept", "{}", "ours", "{}");
    copy_to("b.db");
    RECORDS("ours", "{\"o\":1}", "here", "{}");
    RECORDS_IN("b.db", "changed", "{\"c\":1}", "gone", "", "there", "{}");
    result = merge_one("b.db");
    check_told("");
    ck_assert_int_eq(result.common, 1);
    ck_assert_int_eq(result.counts[noun].added, 1);
    ck_assert_int_eq(result.counts[noun].changed, 1);
    ck_assert_int_eq(result.counts[noun].removed, 1);
    ck_assert_int_eq(result.counts[noun].same, 0);
    check_records("changed={\"c\":1};here={};kept={};ours={\"o\":1};there={};");
}
END_TEST

START_TEST(the_same_on_both_sides_is_there_once)
{
    struct merge_result result;

    RECORDS("a", "{}", "b", "{}");
    RECORDS_IN("b.db", "b", "{}", "c", "{}");
    result = merge_one("b.db");
    check_told("");
    ck_assert_int_eq(result.counts[noun].same, 1);
    ck_assert_int_eq(result.counts[noun].added, 1);
    check_records("a={};b={};c={};");
    /* Nothing comes twice. */
    merge_one("b.db");
    ck_assert_int_eq(head(), 2);
}
END_TEST

/* How two documents differ: of splits whole, of reviews by their members. */
static const char *differ(int here, int there)
{
    return arena_format(&fix.arena, &fix.err,
                        noun == NOUN_SPLIT
                            ? "here: {\"n\":%d}; there: {\"n\":%d}"
                            : "here -> there: n: %d -> %d",
                        here, there);
}

static const char *told(const char *files, int here, int there,
                        const char *taken)
{
    return arena_format(&fix.arena, &fix.err, "@ a (%s): %s; %s\n", files,
                        differ(here, there), taken);
}

START_TEST(another_document_is_a_conflict)
{
    RECORDS("a", "{\"n\":1}");
    RECORDS_IN("b.db", "a", "{\"n\":2}");
    merge_one("b.db");
    check_told_of(told("test.db, b.db", 1, 2, "refused"));
    ck_assert_int_eq(job.conflicts, 1);
    ck_assert_int_eq(head(), 1);
    job.choice = MERGE_OURS;
    merge_one("b.db");
    check_told_of(told("test.db, b.db", 1, 2, "ours"));
    ck_assert_int_eq(head(), 1);
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    check_records("a={\"n\":2};");
}
END_TEST

START_TEST(a_record_that_went_and_changed_is_a_conflict)
{
    RECORDS("a", "{}", "b", "{}");
    copy_to("b.db");
    RECORDS("a", "", "b", "{\"n\":1}");
    RECORDS_IN("b.db", "a", "{\"n\":2}", "b", "");
    merge_one("b.db");
    check_told_of("@ a (test.db, b.db): removed here, changed there; refused\n"
                  "@ b (test.db, b.db): changed here, removed there; "
                  "refused\n");
    job.choice = MERGE_OURS;
    merge_one("b.db");
    check_records("b={\"n\":1};");
    job.choice = MERGE_THEIRS;
    merge_one("b.db");
    check_records("a={\"n\":2};");
}
END_TEST

/* A run writes a row once: the second file that would is refused. */
START_TEST(two_files_that_change_a_record_are_a_conflict)
{
    RECORDS("a", "{}", "b", "{}");
    copy_to("b.db");
    copy_to("c.db");
    RECORDS_IN("b.db", "a", "{\"n\":1}", "b", "");
    RECORDS_IN("c.db", "a", "{\"n\":2}", "b", "{\"n\":3}");
    job.choice = MERGE_THEIRS;
    start();
    take("b.db");
    take("c.db");
    ck_assert(!finish());
    check_told_of(arena_format(
        &fix.arena, &fix.err, "%s%s", told("b.db, c.db", 1, 2, "refused"),
        "@ b (b.db, c.db): removed here, changed there; refused\n"));
    job.choice = MERGE_OURS;
    start();
    take("b.db");
    take("c.db");
    ck_assert(finish());
    check_records("a={\"n\":1};");
}
END_TEST

/* Documents that are no JSON are shown whole. */
START_TEST(a_review_that_is_no_json_is_shown)
{
    RECORDS("a", "x");
    RECORDS_IN("b.db", "a", "{}");
    merge_one("b.db");
    check_told("review a (test.db, b.db): here: x; there: {}; refused\n");
}
END_TEST

/* A split and a review of one name have nothing to do with each other. */
START_TEST(nouns_are_told_apart)
{
    struct merge_result result;

    RECORDS("a", "{\"n\":1}");
    noun = NOUN_SPLIT;
    RECORDS_IN("b.db", "a", "{\"n\":2}");
    result = merge_one("b.db");
    check_told("");
    ck_assert_int_eq(result.counts[NOUN_SPLIT].added, 1);
    ck_assert_int_eq(result.counts[NOUN_REVIEW].added, 0);
    check_records("a={\"n\":2};");
    noun = NOUN_REVIEW;
    check_records("a={\"n\":1};");
}
END_TEST

/* A common version that the file dropped is read here, while what comes is
 * written here. */
START_TEST(a_base_that_is_only_here_is_enough)
{
    const struct prune_request request = {.keep_last = 1,
                                          .keep_since = INT64_MAX};
    struct merge_result result;
    struct prune_plan plan;
    struct prune_rows rows;

    RECORDS("a", "1", "b", "1", "c", "1", "d", "1", "e", "1");
    copy_to("b.db");
    RECORDS("e", "2");
    go_to("b.db");
    RECORDS("a", "", "b", "2", "d", "2", "f", "1");
    MUST(prune_drop(fix.store, &fix.arena, &request, NULL, &plan, &rows,
                    &fix.err));
    back_home();
    result = merge_one("b.db");
    check_told("");
    ck_assert_int_eq(result.counts[noun].added, 1);
    ck_assert_int_eq(result.counts[noun].changed, 2);
    ck_assert_int_eq(result.counts[noun].removed, 1);
    check_records("b=2;c=1;d=2;e=2;f=1;");
}
END_TEST

static void split_setup(void)
{
    merge_setup();
    noun = NOUN_SPLIT;
}

static void review_setup(void)
{
    merge_setup();
    noun = NOUN_REVIEW;
}

static TCase *tests_of_noun(const char *name, void (*setup)(void))
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, merge_teardown);
    tcase_add_test(tcase, what_one_side_did_is_taken);
    tcase_add_test(tcase, the_same_on_both_sides_is_there_once);
    tcase_add_test(tcase, another_document_is_a_conflict);
    tcase_add_test(tcase, a_record_that_went_and_changed_is_a_conflict);
    tcase_add_test(tcase, two_files_that_change_a_record_are_a_conflict);
    tcase_add_test(tcase, a_base_that_is_only_here_is_enough);
    return tcase;
}

Suite *merge_records_suite(void);
Suite *merge_records_suite(void)
{
    Suite *suite = suite_create("merge_records");
    TCase *reviews = tests_of_noun("review", review_setup);

    tcase_add_test(reviews, a_review_that_is_no_json_is_shown);
    tcase_add_test(reviews, nouns_are_told_apart);
    suite_add_tcase(suite, tests_of_noun("split", split_setup));
    suite_add_tcase(suite, reviews);
    return suite;
}
