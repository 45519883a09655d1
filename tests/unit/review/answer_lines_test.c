/* A file of answers on its way into a run: what is refused, what is news, and
 * which label was seen. */
#include "reviewing.h"

#include "datebook/answer_lines.h"

Suite *answer_lines_suite(void);

#define DEMO PERSONA("p", ALWAYS("\"demo\""))

static const char *const meetings[] = {"m2", "m1", "never"};
static struct answer_file file;
static struct answer_totals totals;

/* Two meetings, of which the first is always important, in version 1; the
 * sample in version 2. */
static void setup(void)
{
    struct sample sample = {.name = "first",
                            .version = 1,
                            .terms = {.count = 3, .seed = 1},
                            .meetings = meetings,
                            .count = 3};

    store_setup();
    begin();
    put_document(DEMO);
    add_subject("p", "m1", "Demo", "");
    add_subject("p", "m2", "Lunch", "");
    commit();
    begin();
    MUST(run_put_sample(fix.run, &fix.arena, &sample, &fix.err));
    commit();
}

/* ---- Files ---- */

static bool read_bytes(const char *text, size_t length)
{
    const char *path = path_of("answers");
    FILE *stream = fopen(path, "w");
    bool ok;

    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(text, 1, length, stream), length);
    ck_assert_int_eq(fclose(stream), 0);
    fix.err = (struct error){.code = ERROR_NONE};
    ok = answer_file_read(&fix.arena, path, &file, &fix.err);
    file.name = "answers";
    return ok;
}

static void read_file(const char *text)
{
    MUST(read_bytes(text, strlen(text)));
}

static const char *line_of(const char *reviewer, const char *meeting,
                           const char *more)
{
    return arena_format(&fix.arena, &fix.err,
                        "{\"sample\":\"first\",\"meeting\":\"%s\","
                        "\"reviewer\":\"%s\",\"realistic\":true%s%s}\n",
                        meeting, reviewer, *more ? "," : "", more);
}

/* Takes a file in a run of its own. */
static void take(const char *text)
{
    read_file(text);
    begin();
    MUST(answer_file_take(fix.run, fix.store, &fix.arena, &file, NULL, &totals,
                          &fix.err));
    if (file.problem_count) {
        run_abandon(fix.run);
        fix.run = NULL;
    } else {
        commit();
    }
}

static void expect_problem(size_t number, int64_t line, const char *text)
{
    ck_assert_uint_lt(number, file.problem_count);
    ck_assert_int_eq(file.problems[number].line, line);
    ck_assert_str_eq(file.problems[number].text, text);
}

static void refuse(const char *text, int64_t line, const char *problem)
{
    int64_t version = head();

    take(text);
    ck_assert_uint_eq(file.problem_count, 1);
    expect_problem(0, line, problem);
    ck_assert_int_eq(head(), version);
}

static const struct opinion *said(const char *reviewer, size_t item)
{
    struct review *review = arena_zero(&fix.arena, 1, sizeof *review, &fix.err);
    size_t number;

    MUST(review != NULL);
    MUST(review_load(fix.store, &fix.arena, head(), "first", review, &fix.err));
    if (!reviewer)
        return review->items[item].decision;
    number = review_reviewer(review, reviewer);
    return number < review->reviewer_count
               ? review->items[item].opinions[number]
               : NULL;
}

/* ---- Reading ---- */

START_TEST(blank_lines_and_ends_of_line)
{
    read_file(arena_format(&fix.arena, &fix.err, "\n \t\r\n%s\r\n{",
                           line_of("ann", "m1", "")));
    ck_assert_uint_eq(file.count, 1);
    ck_assert_int_eq(file.answers[0].line, 3);
    ck_assert_uint_eq(file.problem_count, 1);
    expect_problem(0, 5, "column 2: the JSON ends too early");
}
END_TEST

START_TEST(nothing_in_it)
{
    MUST_FAIL(read_bytes("", 0), ERROR_INPUT,
              arena_format(&fix.arena, &fix.err, "%s holds no answer",
                           path_of("answers")));
    MUST_FAIL(read_bytes("\n\n", 2), ERROR_INPUT,
              arena_format(&fix.arena, &fix.err, "%s holds no answer",
                           path_of("answers")));
    MUST(read_bytes("\0\n", 2));
    expect_problem(0, 1, "column 1: a NUL character, which no text can hold");
}
END_TEST

START_TEST(reading_stops_when_enough_is_wrong)
{
    char text[64];
    size_t length = 0;

    while (length < 60) {
        text[length++] = '[';
        text[length++] = '\n';
    }
    MUST(read_bytes(text, length));
    ck_assert_uint_eq(file.problem_count, ANSWER_PROBLEMS);
    expect_problem(19, 20, "column 2: the JSON ends too early");
}
END_TEST

/* ---- Taking ---- */

START_TEST(an_answer_is_recorded_once)
{
    const char *line = line_of("ann", "m1", "\"importance\":\"low\"");
    const struct opinion *opinion;

    take(line);
    ck_assert_int_eq(totals.opinions, 1);
    ck_assert_int_eq(totals.replaced + totals.unchanged + totals.outdated, 0);
    ck_assert_str_eq(totals.sample, "first");
    ck_assert_str_eq(totals.reviewer, "ann");
    ck_assert_int_eq(head(), 3);
    opinion = said("ann", 1);
    ck_assert_int_eq(opinion->version, 2);
    ck_assert_str_eq(opinion->persona, "p");
    ck_assert_str_eq(opinion->seen.reasoning, "Always important: demo");
    ck_assert_int_eq(opinion->says.importance, IMPORTANCE_LOW);
    ck_assert_int_eq(opinion->says.rsvp, opinion->seen.values.rsvp);
    /* The version is another one by now, and the answer is not. */
    take(line);
    ck_assert_int_eq(totals.opinions, 0);
    ck_assert_int_eq(totals.unchanged, 1);
    ck_assert_int_eq(head(), 3);
    take(line_of("ann", "m1", ""));
    ck_assert_int_eq(totals.opinions, 1);
    ck_assert_int_eq(totals.replaced, 1);
    ck_assert_int_eq(head(), 4);
}
END_TEST

START_TEST(decisions_stand_beside_opinions)
{
    take(arena_format(&fix.arena, &fix.err, "%s%s%s", line_of("ann", "m1", ""),
                      line_of("ann", "m1", "\"decision\":true"),
                      line_of("bob", "m2", "")));
    ck_assert_int_eq(totals.opinions, 2);
    ck_assert_int_eq(totals.decisions, 1);
    ck_assert_int_eq(totals.reviewers, 2);
    ck_assert_ptr_null(totals.reviewer);
    ck_assert_int_eq(totals.samples, 1);
    ck_assert_str_eq(said(NULL, 1)->reviewer, "ann");
    ck_assert_ptr_null(said(NULL, 0));
    ck_assert_ptr_nonnull(said("ann", 1));
    ck_assert_ptr_nonnull(said("bob", 0));
}
END_TEST

START_TEST(one_answer_of_a_reviewer_on_a_meeting)
{
    refuse(arena_format(&fix.arena, &fix.err, "%s%s%s",
                        line_of("ann", "m1", ""), line_of("ann", "m2", ""),
                        line_of("ann", "m1", "\"note\":\"again\"")),
           3, "line 1 is of the same sample, reviewer and meeting");
    refuse(arena_format(&fix.arena, &fix.err, "%s%s",
                        line_of("bob", "m1", "\"decision\":true"),
                        line_of("ann", "m1", "\"decision\":true")),
           2, "line 1 decides the same meeting of the same sample");
}
END_TEST

START_TEST(what_there_is_not)
{
    refuse("{\"sample\":\"frst\",\"meeting\":\"m1\",\"reviewer\":\"ann\","
           "\"realistic\":true}",
           1, "there is no sample \"frst\"; did you mean \"first\"?");
    refuse(line_of("ann", "m3", ""), 1,
           "the meeting \"m3\" is not in the sample first");
    refuse(line_of("ann", "m1", "\"persona\":\"q\""), 1,
           "\"persona\" is \"q\", but the meeting is one of p");
    refuse(line_of("ann", "m1", "\"version\":3"), 1,
           "\"version\" is 3, but the newest is v2");
    refuse(line_of("ann", "m1",
                   "\"rsvp\":\"tentative\",\"cause\":\"rule\","
                   "\"rule\":\"Always important: dem\""),
           1,
           "\"rule\" is \"Always important: dem\", which is no rule of p; a "
           "rule is spelled as the reasoning has it: \"Always important: "
           "pipeline\"");
    take(line_of("ann", "m1",
                 "\"rsvp\":\"tentative\",\"cause\":\"rule\","
                 "\"rule\":\"Always important: demo\""));
    ck_assert_str_eq(said("ann", 1)->rule, "Always important: demo");
}
END_TEST

/* Both what cannot be read and what cannot be taken, by line. */
START_TEST(problems_are_told_together)
{
    take(arena_format(&fix.arena, &fix.err, "%s{}\n%s%s",
                      line_of("ann", "m9", ""), line_of("ann", "m1", ""),
                      line_of("ann", "m8", "")));
    ck_assert_uint_eq(file.problem_count, 3);
    expect_problem(0, 1, "the meeting \"m9\" is not in the sample first");
    expect_problem(1, 2, "\"sample\" is missing");
    expect_problem(2, 4, "the meeting \"m8\" is not in the sample first");
    ck_assert_ptr_null(said("ann", 1));
}
END_TEST

START_TEST(meetings_that_are_gone_are_left_out)
{
    take(arena_format(&fix.arena, &fix.err, "%s%s", line_of("ann", "never", ""),
                      line_of("ann", "m1", "")));
    ck_assert_uint_eq(file.problem_count, 0);
    ck_assert_int_eq(totals.gone, 1);
    ck_assert_int_eq(totals.opinions, 1);
}
END_TEST

/* ---- What was seen ---- */

static int64_t key_of(const char *meeting)
{
    int64_t key;

    MUST(meeting_find(fix.store, meeting, &key, &fix.err));
    return key;
}

/* Version 3: the first meeting is declined by the rules. */
static void label_again(void)
{
    struct stored_label label = label_of(key_of("m1"));

    label.rsvp = RSVP_DECLINE;
    begin();
    MUST(run_put_label(fix.run, &label, &fix.err));
    commit();
}

#define OLD_LABEL                                                              \
    "\"label\":{\"importance\":\"critical\",\"prep_needed\":false,"            \
    "\"prep_time_minutes\":0,\"rsvp\":\"accept\",\"reasoning\":\"Always "      \
    "important: demo\"}"

START_TEST(the_version_says_what_was_seen)
{
    int before;

    take(line_of("eve", "m1", ""));
    before = said("eve", 1)->seen.values.rsvp;
    label_again();
    take(line_of("ann", "m1", "\"version\":2"));
    ck_assert_int_eq(totals.outdated, 1);
    ck_assert_int_eq(said("ann", 1)->seen.values.rsvp, before);
    ck_assert_str_eq(said("ann", 1)->seen.reasoning, "Always important: demo");
    ck_assert_int_eq(said("ann", 1)->version, 2);
    take(line_of("bob", "m1", ""));
    ck_assert_int_eq(totals.outdated, 0);
    ck_assert_int_eq(said("bob", 1)->seen.values.rsvp, RSVP_DECLINE);
    /* The other meeting is as it was. */
    take(line_of("ann", "m2", "\"version\":1"));
    ck_assert_int_eq(totals.outdated, 0);
}
END_TEST

START_TEST(the_label_says_what_was_seen)
{
    label_again();
    take(line_of("ann", "m1", OLD_LABEL));
    ck_assert_int_eq(totals.outdated, 1);
    ck_assert_int_eq(said("ann", 1)->seen.values.rsvp, RSVP_ACCEPT);
    ck_assert_int_eq(said("ann", 1)->version, 3);
    take(line_of("bob", "m1", OLD_LABEL ",\"version\":2"));
    ck_assert_int_eq(said("bob", 1)->version, 2);
}
END_TEST

Suite *answer_lines_suite(void)
{
    Suite *suite = suite_create("answer_lines");
    TCase *tests = tcase_create("answer_lines");

    tcase_add_checked_fixture(tests, setup, store_teardown);
    tcase_add_test(tests, blank_lines_and_ends_of_line);
    tcase_add_test(tests, nothing_in_it);
    tcase_add_test(tests, reading_stops_when_enough_is_wrong);
    tcase_add_test(tests, an_answer_is_recorded_once);
    tcase_add_test(tests, decisions_stand_beside_opinions);
    tcase_add_test(tests, one_answer_of_a_reviewer_on_a_meeting);
    tcase_add_test(tests, what_there_is_not);
    tcase_add_test(tests, problems_are_told_together);
    tcase_add_test(tests, meetings_that_are_gone_are_left_out);
    tcase_add_test(tests, the_version_says_what_was_seen);
    tcase_add_test(tests, the_label_says_what_was_seen);
    suite_add_tcase(suite, tests);
    return suite;
}
