/* Loading a sample with what was said of it, over a store. */
#include "reviewing.h"

#define DEMO PERSONA("p", ALWAYS("\"demo\""))

static const char *const meetings[] = {"m2", "m/1", "never"};

static void put_sample(void)
{
    struct sample sample = {.name = "first",
                            .version = 1,
                            .terms = {.count = 3, .seed = 1},
                            .meetings = meetings,
                            .count = 3};

    MUST(run_put_sample(fix.run, &fix.arena, &sample, &fix.err));
}

/* Two meetings, of which the first is always important, in version 1; the
 * sample in version 2. */
static void setup(void)
{
    store_setup();
    begin();
    put_document(DEMO);
    add_subject("p", "m/1", "Demo", "");
    add_subject("p", "m2", "Lunch", "");
    commit();
    begin();
    put_sample();
    commit();
}

static struct review load(int64_t version)
{
    struct review review;

    MUST(review_load(fix.store, &fix.arena, version, "first", &review,
                     &fix.err));
    return review;
}

/* What a reviewer who agrees with the label of an item says of it. */
static struct opinion agrees(const char *reviewer, size_t item)
{
    struct review review = load(head());
    struct opinion opinion = {.sample = "first",
                              .reviewer = reviewer,
                              .meeting = review.items[item].meeting,
                              .persona = review.items[item].persona->id,
                              .version = review.version,
                              .seen = review.items[item].label,
                              .realistic = true,
                              .says = review.items[item].label.values,
                              .note = ""};

    return opinion;
}

static void say(const struct opinion *opinion)
{
    MUST(run_put_opinion(fix.run, &fix.arena, opinion, &fix.err));
}

START_TEST(a_sample_has_its_labels)
{
    struct review review = load(head());

    ck_assert_str_eq(review.sample.name, "first");
    ck_assert_int_eq(review.version, 2);
    ck_assert_uint_eq(review.reviewer_count, 0);
    ck_assert_uint_eq(review.count, 3);
    ck_assert_str_eq(review.items[0].meeting, "m2");
    ck_assert_str_eq(review.items[0].label.reasoning,
                     "No specific rule matched");
    ck_assert_int_eq(review.items[0].label.values.importance,
                     IMPORTANCE_MEDIUM);
    ck_assert_int_gt(review.items[0].key, 0);
    ck_assert_str_eq(review.items[1].meeting, "m/1");
    ck_assert_str_eq(review.items[1].label.reasoning, "Always important: demo");
    ck_assert_str_eq(review.items[1].persona->id, "p");
    ck_assert_ptr_eq(review.items[0].persona, review.items[1].persona);
    ck_assert_int_eq(review.items[2].key, 0);
    ck_assert_ptr_null(review.items[2].persona);
    ck_assert_ptr_null(review.items[1].decision);
    ck_assert_int_eq(review_state(&review.items[1], NULL), REVIEW_OPEN);
    ck_assert_int_eq(review_state(&review.items[2], NULL), REVIEW_GONE);
}
END_TEST

START_TEST(opinions_are_found_by_meeting_and_reviewer)
{
    struct opinion bob = agrees("bob", 1);
    struct opinion ann = agrees("ann", 1);
    struct opinion ann_b = agrees("ann-b", 0);
    struct opinion decision = agrees("cleo", 0);
    struct opinion other = agrees("dan", 0);
    struct review review;

    decision.decision = true;
    other.meeting = "not in the sample";
    begin();
    say(&bob);
    say(&ann);
    say(&ann_b);
    say(&decision);
    say(&other);
    commit();
    review = load(head());
    ck_assert_uint_eq(review.reviewer_count, 3);
    ck_assert_str_eq(review.reviewers[0], "ann");
    ck_assert_str_eq(review.reviewers[1], "ann-b");
    ck_assert_str_eq(review.reviewers[2], "bob");
    ck_assert_uint_eq(review_reviewer(&review, "bob"), 2);
    ck_assert_uint_eq(review_reviewer(&review, "cleo"), 3);
    ck_assert_ptr_null(review.items[0].opinions[0]);
    ck_assert_str_eq(review.items[0].opinions[1]->reviewer, "ann-b");
    ck_assert_ptr_null(review.items[0].opinions[2]);
    ck_assert_str_eq(review.items[1].opinions[0]->reviewer, "ann");
    ck_assert_ptr_null(review.items[1].opinions[1]);
    ck_assert_str_eq(review.items[1].opinions[2]->meeting, "m/1");
    ck_assert_str_eq(review.items[0].decision->reviewer, "cleo");
    ck_assert_ptr_null(review.items[1].decision);
    ck_assert_uint_eq(load(2).reviewer_count, 0);
}
END_TEST

START_TEST(another_label_opens_an_item_again)
{
    struct opinion ann = agrees("ann", 1);
    struct stored_label label;
    struct review review;

    begin();
    say(&ann);
    commit();
    review = load(head());
    ck_assert_int_eq(
        review_state(&review.items[1], review.items[1].opinions[0]),
        REVIEW_DONE);
    label = label_of(review.items[1].key);
    label.rsvp = RSVP_DECLINE;
    begin();
    MUST(run_put_label(fix.run, &label, &fix.err));
    commit();
    review = load(head());
    ck_assert_int_eq(
        review_state(&review.items[1], review.items[1].opinions[0]),
        REVIEW_AGAIN);
    review = load(3);
    ck_assert_int_eq(
        review_state(&review.items[1], review.items[1].opinions[0]),
        REVIEW_DONE);
    begin();
    MUST(dataset_remove_personas(fix.run, &fix.arena, persona_now("p"), 1,
                                 &fix.err));
    commit();
    review = load(head());
    ck_assert_int_eq(
        review_state(&review.items[1], review.items[1].opinions[0]),
        REVIEW_GONE);
    review = load(4);
    ck_assert_int_eq(
        review_state(&review.items[1], review.items[1].opinions[0]),
        REVIEW_AGAIN);
}
END_TEST

START_TEST(a_sample_that_is_not_there_is_refused)
{
    struct review review;

    MUST_HINT(
        review_load(fix.store, &fix.arena, head(), "frst", &review, &fix.err),
        ERROR_INPUT, "there is no sample \"frst\"", "did you mean \"first\"?");
    MUST_HINT(review_load(fix.store, &fix.arena, head(), "zzzzzzz", &review,
                          &fix.err),
              ERROR_INPUT, "there is no sample \"zzzzzzz\"",
              "`datebook review list` lists the samples");
    MUST_HINT(review_load(fix.store, &fix.arena, 1, "first", &review, &fix.err),
              ERROR_INPUT, "there is no sample \"first\"",
              "`datebook review sample NAME --count N` draws one");
}
END_TEST

START_TEST(a_sample_goes_with_what_was_said)
{
    struct opinion ann = agrees("ann", 0);
    struct opinion decision = agrees("cleo", 1);
    struct opinion other = agrees("ann", 0);
    struct stored_record *records;
    struct sample *samples;
    struct sample second = {.name = "first-b",
                            .version = 1,
                            .terms = {.count = 3, .seed = 1},
                            .meetings = meetings,
                            .count = 2};
    int64_t gone;
    size_t count;

    decision.decision = true;
    other.sample = "first-b";
    begin();
    say(&ann);
    say(&decision);
    say(&other);
    MUST(run_put_sample(fix.run, &fix.arena, &second, &fix.err));
    commit();
    MUST(
        sample_list(fix.store, &fix.arena, head(), &samples, &count, &fix.err));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(samples[0].name, "first");
    ck_assert_uint_eq(samples[1].count, 2);
    begin();
    MUST(run_remove_sample(fix.run, fix.store, "first", &gone, &fix.err));
    commit();
    ck_assert_int_eq(gone, 2);
    MUST(record_list_at(fix.store, &fix.arena, NOUN_REVIEW, head(), "",
                        &records, &count, &fix.err));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(records[0].name, "opinion/first-b/ann/m2");
    ck_assert_str_eq(records[1].name, "sample/first-b");
}
END_TEST

static void judge(const char *persona, const char *reviewer)
{
    struct persona_opinion opinion = {.persona = persona,
                                      .reviewer = reviewer,
                                      .version = 1,
                                      .rules_hash =
                                          "0123456789abcdef0123456789abcdef"
                                          "0123456789abcdef0123456789abcdef",
                                      .exists = true,
                                      .note = ""};

    MUST(run_put_persona_opinion(fix.run, &fix.arena, &opinion, &fix.err));
}

START_TEST(persona_opinions_are_listed)
{
    struct persona_opinion *opinions;
    size_t count;

    begin();
    judge("p-1", "ann");
    judge("p", "bob");
    judge("p", "ann");
    commit();
    MUST(persona_opinion_list(fix.store, &fix.arena, head(), NULL, &opinions,
                              &count, &fix.err));
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(opinions[0].reviewer, "ann");
    ck_assert_str_eq(opinions[1].reviewer, "bob");
    ck_assert_str_eq(opinions[2].persona, "p-1");
    MUST(persona_opinion_list(fix.store, &fix.arena, head(), "p", &opinions,
                              &count, &fix.err));
    ck_assert_uint_eq(count, 2);
    MUST(persona_opinion_list(fix.store, &fix.arena, 1, NULL, &opinions, &count,
                              &fix.err));
    ck_assert_uint_eq(count, 0);
}
END_TEST

Suite *review_load_suite(void);
Suite *review_load_suite(void)
{
    Suite *suite = suite_create("review_load");
    TCase *tcase = tcase_create("load");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, a_sample_has_its_labels);
    tcase_add_test(tcase, opinions_are_found_by_meeting_and_reviewer);
    tcase_add_test(tcase, another_label_opens_an_item_again);
    tcase_add_test(tcase, a_sample_that_is_not_there_is_refused);
    tcase_add_test(tcase, a_sample_goes_with_what_was_said);
    tcase_add_test(tcase, persona_opinions_are_listed);
    suite_add_tcase(suite, tcase);
    return suite;
}
