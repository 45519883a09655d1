/* Diffs between random versions of random histories, against a comparison of
 * whole copies; and the cases that go wrong elsewhere. */
#include "datebook/dataset.h"

#include "tests/unit/store/fixture.h"
#include "tests/unit/store/model.h"

enum { SEEDS = 30, STEPS = 40, PAIRS = 30 };

static struct model model;
static struct model_change changes[MODEL_CHANGES];

/* ---- Against the model ---- */

struct expectation {
    size_t count; /* of changes */
    size_t seen;
};

/* What a label's rules read as; rule 2 answers and gives no reason. */
static const char *reasoning_of(const struct model_label *label)
{
    static const char *const reasons[MODEL_RULES] = {"Always important: r0",
                                                     "Usually important: r1",
                                                     NULL, "Requires prep: r3"};
    const char *text = NULL;

    for (int i = 0; i < MODEL_RULES; i++)
        if (reasons[i] && label->decided >> i & 1)
            text = text ? arena_format(&fix.arena, &fix.err, "%s; %s", text,
                                       reasons[i])
                        : reasons[i];
    return text ? text : "No specific rule matched";
}

static void check_side(const struct model_label *expected,
                       const struct stored_label *label, const char *reasoning)
{
    ck_assert((expected != NULL) == (label != NULL));
    ck_assert((expected != NULL) == (reasoning != NULL));
    if (!expected)
        return;
    ck_assert_int_eq(label->importance, expected->importance);
    ck_assert_int_eq(label->rsvp, expected->rsvp);
    ck_assert_int_eq(label->prep_minutes, expected->prep_minutes);
    ck_assert_str_eq(reasoning, reasoning_of(expected));
}

static bool check_row(void *context, const struct diff_row *row,
                      struct error *err)
{
    struct expectation *expectation = context;
    const struct model_change *change = &changes[expectation->seen++];
    char persona[16];
    char meeting[16];

    (void)err;
    ck_assert_uint_le(expectation->seen, expectation->count);
    snprintf(persona, sizeof persona, "p%d", change->persona);
    snprintf(meeting, sizeof meeting, "p%d-m%d", change->persona,
             change->meeting);
    ck_assert_int_eq(row->noun, change->noun);
    ck_assert_str_eq(row->persona, persona);
    ck_assert(row->had == change->had && row->has == change->has);
    if (change->noun == NOUN_PERSONA) {
        ck_assert_ptr_null(row->meeting);
        ck_assert_uint_eq(row->change_count, row->had && row->has);
        return true;
    }
    ck_assert_str_eq(row->meeting, meeting);
    if (change->noun == NOUN_LABEL) {
        check_side(change->old_label, row->old_label, row->old_reasoning);
        check_side(change->new_label, row->new_label, row->new_reasoning);
    }
    return true;
}

static void expect_transition(struct diff *diff, const struct model_label *old,
                              const struct model_label *new)
{
    bool importance = old->importance != new->importance;
    bool rsvp = old->rsvp != new->rsvp;
    bool prep = old->prep_minutes != new->prep_minutes;

    if (importance)
        diff->importance[old->importance][new->importance]++;
    if (rsvp)
        diff->rsvp[old->rsvp][new->rsvp]++;
    diff->prep_gained += prep && !old->prep_minutes;
    diff->prep_lost += prep && !new->prep_minutes;
    diff->prep_minutes += prep && old->prep_minutes && new->prep_minutes;
    diff->reasons_only += !importance && !rsvp && !prep;
}

static void expect_count(struct noun_counts *counts,
                         const struct model_change *change)
{
    counts[change->noun].added += !change->had;
    counts[change->noun].removed += !change->has;
    counts[change->noun].changed += change->had && change->has;
}

static void check_personas(const struct diff *diff,
                           struct noun_counts expected[][NOUNS])
{
    static const struct noun_counts none[NOUNS];
    size_t at = 0;
    char id[16];

    for (int i = 0; i < MODEL_PERSONAS; i++) {
        if (!memcmp(expected[i], none, sizeof none))
            continue;
        ck_assert_uint_lt(at, diff->persona_count);
        snprintf(id, sizeof id, "p%d", i);
        ck_assert_str_eq(diff->personas[at].id, id);
        ck_assert_int_eq(diff->personas[at].key,
                         model.worlds[model.head].personas[i].key);
        ck_assert_mem_eq(diff->personas[at].counts, expected[i], sizeof none);
        at++;
    }
    ck_assert_uint_eq(at, diff->persona_count);
}

static void check_diff(int64_t from, int64_t to)
{
    struct noun_counts personas[MODEL_PERSONAS][NOUNS] = {{{0}}};
    struct expectation expectation = {
        .count = model_changes(&model, from, to, changes)};
    struct diff expected = {.from = from, .to = to};
    struct diff quiet;
    struct diff diff;

    for (size_t i = 0; i < expectation.count; i++) {
        expect_count(expected.counts, &changes[i]);
        expect_count(personas[changes[i].persona], &changes[i]);
        if (changes[i].old_label && changes[i].new_label)
            expect_transition(&expected, changes[i].old_label,
                              changes[i].new_label);
    }
    MUST(dataset_diff(fix.store, &fix.arena, from, to, &diff, check_row,
                      &expectation, &fix.err));
    ck_assert_uint_eq(expectation.seen, expectation.count);
    ck_assert(diff_is_empty(&diff) == !expectation.count);
    check_personas(&diff, personas);
    MUST(dataset_diff(fix.store, &fix.arena, from, to, &quiet, NULL, NULL,
                      &fix.err));
    check_personas(&quiet, personas);
    diff.personas = quiet.personas = NULL;
    expected.persona_count = diff.persona_count;
    ck_assert(memcmp(&diff, &expected, sizeof diff) == 0);
    ck_assert(memcmp(&quiet, &expected, sizeof diff) == 0);
}

START_TEST(diffs_are_those_of_whole_copies)
{
    model_start(&model, fix.store, &fix.arena, (uint64_t)_i + 500);
    for (int step = 0; step < STEPS; step++)
        model_step(&model);
    for (int i = 0; i < PAIRS; i++) {
        uint32_t versions = (uint32_t)model.head + 1;
        int64_t from = random_below(&model.random, versions);
        int64_t to = random_below(&model.random, versions);
        check_diff(from, to);
        check_diff(to, from);
    }
    check_diff(0, model.head);
    check_diff(model.head - 1, model.head);
}
END_TEST

/* ---- By hand ---- */

static struct diff diff_of(int64_t from, int64_t to)
{
    struct diff diff;

    MUST(dataset_diff(fix.store, &fix.arena, from, to, &diff, NULL, NULL,
                      &fix.err));
    return diff;
}

START_TEST(there_and_back_is_no_difference)
{
    static const int minutes[] = {0, 15, 0};
    static const char *const documents[] = {"{\"n\":1}", "{\"n\":2}",
                                            "{\"n\":1}"};
    int64_t meeting = 0;
    struct diff diff;

    for (int i = 0; i < 3; i++) {
        begin();
        int64_t a = put("a", documents[i]);
        if (!i)
            meeting = add_meeting(a, "m");
        put_label(meeting, minutes[i]);
        ck_assert(commit());
    }
    diff = diff_of(1, 3);
    ck_assert(diff_is_empty(&diff));
    diff = diff_of(1, 2);
    ck_assert_int_eq(diff.counts[NOUN_PERSONA].changed, 1);
    ck_assert_int_eq(diff.counts[NOUN_LABEL].changed, 1);
    ck_assert_int_eq(diff.prep_gained, 1);
    diff = diff_of(2, 3);
    ck_assert_int_eq(diff.prep_lost, 1);
}
END_TEST

START_TEST(removed_and_added_again_is_one_change)
{
    struct diff diff;
    int64_t a;

    begin();
    a = put("a", "{\"n\":1}");
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, a, &fix.err));
    ck_assert(commit());
    begin();
    put("a", "{\"n\":2}");
    ck_assert(commit());
    diff = diff_of(1, 3);
    ck_assert_int_eq(diff.counts[NOUN_PERSONA].changed, 1);
    ck_assert_int_eq(diff.counts[NOUN_PERSONA].added, 0);
    ck_assert_int_eq(diff.counts[NOUN_PERSONA].removed, 0);
    begin();
    put("a", "{\"n\":1}");
    ck_assert(commit());
    diff = diff_of(1, 4);
    ck_assert(diff_is_empty(&diff));
}
END_TEST

static bool stop(void *context, const struct diff_row *row, struct error *err)
{
    (void)row;
    ++*(int *)context;
    return error_set(err, ERROR_INTERRUPTED, "stopped");
}

START_TEST(a_visitor_stops_the_work)
{
    struct diff diff;
    int calls = 0;

    begin();
    add_labelled(put("a", "{}"), "m");
    ck_assert(commit());
    MUST_FAIL(dataset_diff(fix.store, &fix.arena, 0, 1, &diff, stop, &calls,
                           &fix.err),
              ERROR_INTERRUPTED, "stopped");
    ck_assert_int_eq(calls, 1);
    diff = diff_of(0, 1);
    ck_assert_int_eq(diff.counts[NOUN_MEETING].added, 1);
}
END_TEST

Suite *diff_suite(void);
Suite *diff_suite(void)
{
    Suite *suite = suite_create("diff");
    TCase *tcase = tcase_create("diff");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_loop_test(tcase, diffs_are_those_of_whole_copies, 0, SEEDS);
    tcase_add_test(tcase, there_and_back_is_no_difference);
    tcase_add_test(tcase, removed_and_added_again_is_one_change);
    tcase_add_test(tcase, a_visitor_stops_the_work);
    suite_add_tcase(suite, tcase);
    return suite;
}
