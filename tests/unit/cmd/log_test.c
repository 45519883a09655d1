/* Which versions are one line of the log, and what it says of them. */
#include "tests/unit/store/fixture.h"

#include "datebook/stored_record.h"

#include "src/cmd/log.h"

static struct cli cli;

static void setup(void)
{
    store_setup();
    memset(&cli, 0, sizeof cli);
}

static void teardown(void)
{
    buf_free(&cli.out);
    arena_free(&cli.arena);
    store_teardown();
}

/* Each version adds a review. */
static void make(const char *command, const char *summary)
{
    struct run_header header = {.command = command,
                                .options = "{}",
                                .summary = summary,
                                .started = 1,
                                .engine = 1};
    struct stored_record record = {.document = "{}"};

    begin();
    record.name = arena_format(&fix.arena, &fix.err, "r%lld",
                               (long long)run_version(fix.run));
    MUST(run_put_record(fix.run, NOUN_REVIEW, &record, &fix.err));
    ck_assert(commit_as(&header));
}

static struct log read_log(int64_t limit, bool all)
{
    struct log log = {.last = head(), .limit = limit, .all = all};

    MUST(tag_list(fix.store, &cli.arena, &log.tags, &log.tag_count, &fix.err));
    MUST(log_read(&cli, fix.store, &log, &fix.err));
    return log;
}

static void check_log_of(const struct log *log, const char *expected)
{
    struct buf text = BUF_EMPTY;

    for (size_t i = 0; i < log->count; i++) {
        const struct log_line *line = &log->lines[i];
        int64_t versions = line->newest - line->oldest + 1;
        const char *summary = log_summary(&cli, line, &fix.err);
        MUST(summary != NULL);
        buf_format(&text, "%lld-%lld %s: %s\n", (long long)line->oldest,
                   (long long)line->newest, line->command, summary);
        ck_assert_int_eq(line->counts[NOUN_REVIEW].added, versions);
    }
    ck_assert_str_eq(buf_string(&text), expected);
    buf_free(&text);
}

static void check_log(const char *expected)
{
    struct log log = read_log(20, false);

    check_log_of(&log, expected);
}

START_TEST(answers_of_one_reviewer_and_sample_are_one_line)
{
    make("review sample", "drew first: 100 meetings");
    make("review next", "ann on first: 1 opinion");
    make("review next", "ann on first: 1 opinion");
    make("review next", "ann on first: 2 opinions");
    make("review next", "bob on first: 1 opinion");
    make("review next", "ann on first: 1 opinion");
    make("review next", "ann on second: 1 opinion");
    make("review next", "ann on second: 1 opinion");
    check_log("7-8 review next: ann on second: 2 opinions\n"
              "6-6 review next: ann on first: 1 opinion\n"
              "5-5 review next: bob on first: 1 opinion\n"
              "2-4 review next: ann on first: 4 opinions\n"
              "1-1 review sample: drew first: 100 meetings\n");
}
END_TEST

START_TEST(every_version_has_a_line_if_told_so)
{
    struct log log;

    make("review next", "ann on first: 1 opinion");
    make("review next", "ann on first: 1 opinion");
    log = read_log(20, true);
    check_log_of(&log, "2-2 review next: ann on first: 1 opinion\n"
                       "1-1 review next: ann on first: 1 opinion\n");
}
END_TEST

START_TEST(what_was_taken_back_is_told)
{
    make("review next", "ann on first: 1 opinion");
    make("review next", "ann on first: 1 answer taken back");
    make("review next", "ann on first: 1 opinion");
    make("review next", "ann on first: 1 answer taken back");
    check_log("1-4 review next: ann on first: 2 opinions, 2 taken back\n");
}
END_TEST

START_TEST(what_was_only_taken_back_is_told)
{
    make("review adjudicate", "ann on first: 1 answer taken back");
    make("review adjudicate", "ann on first: 1 answer taken back");
    check_log("1-2 review adjudicate: ann on first: 2 answers taken back\n");
}
END_TEST

/* The last one says how far they came. */
START_TEST(an_expert_says_how_far_they_came)
{
    make("persona review", "ann on sales: 1 of 9 rules");
    make("persona review", "ann on sales: 2 of 9 rules");
    make("persona review", "ann on legal: nothing");
    make("persona review", "ann on legal: 1 of 4 rules");
    check_log("3-4 persona review: ann on legal: 1 of 4 rules\n"
              "1-2 persona review: ann on sales: 2 of 9 rules\n");
}
END_TEST

START_TEST(opinions_and_decisions_are_told_apart)
{
    make("review adjudicate", "ann on first: 1 opinion");
    make("review adjudicate", "ann on first: 1 answer taken back");
    make("review adjudicate", "ann on first: 1 decision");
    make("review next", "ann on first: 1 decision");
    check_log("4-4 review next: ann on first: 1 decision\n"
              "2-3 review adjudicate: ann on first: 1 decision, 1 taken back\n"
              "1-1 review adjudicate: ann on first: 1 opinion\n");
}
END_TEST

/* Other commands, and summaries that say something else. */
START_TEST(nothing_else_is_folded)
{
    static const char *const others[] = {"ann on first",
                                         "ann on first: ",
                                         "ann on first: some opinions",
                                         "ann on first: 1",
                                         "ann on first: 0 opinions",
                                         "ann on first: 1 ",
                                         "ann on first: 1 opinion of two",
                                         "1 opinion"};

    make("generate", "ann on first: 1 opinion");
    make("generate", "ann on first: 1 opinion");
    ck_assert_uint_eq(read_log(20, false).count, 2);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        make("review next", others[i]);
        make("review next", others[i]);
        ck_assert_uint_eq(read_log(100, false).count, 4 + 2 * i);
    }
}
END_TEST

START_TEST(a_tagged_version_has_a_line_of_its_own)
{
    for (int i = 0; i < 5; i++)
        make("review next", "ann on first: 1 opinion");
    MUST(tag_set(fix.store, "half", 3, NULL, &fix.err));
    check_log("4-5 review next: ann on first: 2 opinions\n"
              "3-3 review next: ann on first: 1 opinion\n"
              "1-2 review next: ann on first: 2 opinions\n");
}
END_TEST

/* Lines are limited, not versions: more are read than come at a time. */
START_TEST(a_long_sitting_is_one_line)
{
    struct log log;

    make("a", "first");
    make("b", "second");
    for (int i = 0; i < 600; i++)
        make("review next", "ann on first: 1 opinion");
    log = read_log(1, false);
    check_log_of(&log, "3-602 review next: ann on first: 600 opinions\n");
    log = read_log(2, false);
    check_log_of(&log, "3-602 review next: ann on first: 600 opinions\n"
                       "2-2 b: second\n");
    log.last = 5;
    log.count = 0;
    MUST(log_read(&cli, fix.store, &log, &fix.err));
    check_log_of(&log, "3-5 review next: ann on first: 3 opinions\n"
                       "2-2 b: second\n");
}
END_TEST

START_TEST(an_empty_file_has_no_lines)
{
    check_log("");
}
END_TEST

Suite *log_suite(void);
Suite *log_suite(void)
{
    Suite *suite = suite_create("log");
    TCase *tcase = tcase_create("log");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, answers_of_one_reviewer_and_sample_are_one_line);
    tcase_add_test(tcase, every_version_has_a_line_if_told_so);
    tcase_add_test(tcase, what_was_taken_back_is_told);
    tcase_add_test(tcase, what_was_only_taken_back_is_told);
    tcase_add_test(tcase, an_expert_says_how_far_they_came);
    tcase_add_test(tcase, opinions_and_decisions_are_told_apart);
    tcase_add_test(tcase, nothing_else_is_folded);
    tcase_add_test(tcase, a_tagged_version_has_a_line_of_its_own);
    tcase_add_test(tcase, a_long_sitting_is_one_line);
    tcase_add_test(tcase, an_empty_file_has_no_lines);
    suite_add_tcase(suite, tcase);
    return suite;
}
