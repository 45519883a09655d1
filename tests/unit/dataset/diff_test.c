/* Diffs between all versions of random histories, against a comparison of whole
 * copies; and the cases that go wrong elsewhere. */
#include "datebook/dataset.h"

#include "tests/unit/store/fixture.h"
#include "tests/unit/store/model.h"

enum { SEEDS = 12, STEPS = 24 };

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

static void check_record(const struct diff_row *row,
                         const struct model_change *change)
{
    const struct stored_record *records[] = {row->old_record, row->new_record};
    const int documents[] = {change->old_document, change->new_document};
    const bool there[] = {change->had, change->has};
    struct stored_record wanted;

    ck_assert_ptr_null(row->persona);
    ck_assert_ptr_null(row->meeting);
    for (int i = 0; i < 2; i++) {
        ck_assert((records[i] != NULL) == there[i]);
        if (!records[i])
            continue;
        model_record_row(change->record, documents[i], &fix.arena, &wanted);
        ck_assert_str_eq(records[i]->name, wanted.name);
        ck_assert_str_eq(records[i]->document, wanted.document);
    }
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
    ck_assert(row->had == change->had && row->has == change->has);
    if (noun_is_record(change->noun)) {
        check_record(row, change);
        return true;
    }
    ck_assert_str_eq(row->persona, persona);
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

/* What rules do, by persona and rule. */
static int64_t rules[MODEL_PERSONAS][MODEL_RULES][4];

static void expect_rules(const struct model_change *change)
{
    const struct model_label *old = change->old_label;
    const struct model_label *new = change->new_label;

    for (int i = 0; i < MODEL_RULES; i++) {
        int64_t *counts = rules[change->persona][i];
        counts[0] += (new->fired & ~old->fired) >> i & 1;
        counts[1] += (old->fired & ~new->fired) >> i & 1;
        counts[2] += (new->decided & ~old->decided) >> i & 1;
        counts[3] += (old->decided & ~new->decided) >> i & 1;
    }
}

static void check_rules(const struct diff *diff)
{
    int64_t last = INT64_MAX;
    size_t expected = 0;

    for (int i = 0; i < MODEL_PERSONAS; i++)
        for (int r = 0; r < MODEL_RULES; r++)
            expected += rules[i][r][0] || rules[i][r][1] || rules[i][r][2] ||
                        rules[i][r][3];
    ck_assert_uint_eq(diff->rule_count, expected);
    for (size_t i = 0; i < diff->rule_count; i++) {
        const struct rule_diff *rule = &diff->rules[i];
        const int64_t found[] = {rule->began_firing, rule->stopped_firing,
                                 rule->began_deciding, rule->stopped_deciding};
        int64_t sum = found[0] + found[1] + found[2] + found[3];
        const int64_t *counts =
            rules[rule->persona[1] - '0'][rule->rule.name[1] - '0'];
        ck_assert_mem_eq(found, counts, sizeof found);
        ck_assert_int_le(sum, last);
        last = sum;
    }
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
    diff->reasons += old->fired != new->fired || old->decided != new->decided;
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
        ck_assert_mem_eq(diff->personas[at].counts, expected[i], sizeof none);
        at++;
    }
    ck_assert_uint_eq(at, diff->persona_count);
}

/* The totals of a diff, without what it points to. */
static void check_totals(struct diff diff, const struct diff *expected)
{
    diff.rows = 0;
    diff.personas = NULL;
    diff.rules = NULL;
    diff.persona_count = diff.rule_count = 0;
    ck_assert(memcmp(&diff, expected, sizeof diff) == 0);
}

/* What is expected of the changes that the model knows. */
static void expect_all(size_t count, struct diff *expected,
                       struct noun_counts personas[][NOUNS])
{
    memset(rules, 0, sizeof rules);
    for (size_t i = 0; i < count; i++) {
        expect_count(expected->counts, &changes[i]);
        if (noun_is_record(changes[i].noun))
            continue;
        expect_count(personas[changes[i].persona], &changes[i]);
        if (!changes[i].old_label || !changes[i].new_label)
            continue;
        expect_transition(expected, changes[i].old_label, changes[i].new_label);
        expect_rules(&changes[i]);
    }
}

static void check_diff(int64_t from, int64_t to, enum change_way way)
{
    struct noun_counts personas[MODEL_PERSONAS][NOUNS] = {{{0}}};
    struct expectation expectation = {
        .count = model_changes(&model, from, to, changes)};
    struct diff expected = {.from = from, .to = to, .common = -1};
    struct diff_request request = {.from = {fix.store, from},
                                   .to = {fix.store, to},
                                   .detail = DIFF_ROWS,
                                   .rules = true,
                                   .way = way};
    struct arena arena = ARENA_EMPTY;
    struct diff diff;

    expect_all(expectation.count, &expected, personas);
    MUST(dataset_diff(&request, &arena, &diff, check_row, &expectation,
                      &fix.err));
    ck_assert_uint_eq(expectation.seen, expectation.count);
    ck_assert_int_eq(diff.rows, (int64_t)expectation.count);
    ck_assert(diff_is_empty(&diff) == !expectation.count);
    check_personas(&diff, personas);
    check_rules(&diff);
    check_totals(diff, &expected);
    request.detail = DIFF_COUNTS;
    request.rules = false;
    MUST(dataset_diff(&request, &arena, &diff, NULL, NULL, &fix.err));
    ck_assert_int_eq(diff.rows, 0);
    check_personas(&diff, personas);
    check_totals(diff, &expected);
    arena_free(&arena);
}

static void grow(uint64_t seed)
{
    model_start(&model, fix.store, &fix.arena, seed);
    for (int step = 0; step < STEPS; step++)
        model_step(&model);
}

START_TEST(diffs_are_those_of_whole_copies)
{
    grow((uint64_t)_i + 500);
    for (int64_t from = 0; from <= model.head; from++)
        for (int64_t to = 0; to <= model.head; to++)
            for (int way = CHANGE_AUTO; way <= CHANGE_FAR; way++)
                check_diff(from, to, (enum change_way)way);
}
END_TEST

/* ---- Names, limits, single personas ---- */

/* The names that the changes come to, each once. */
struct names {
    const char *expected[MODEL_CHANGES];
    size_t count;
    size_t seen;
};

static bool has_meeting_change(size_t count, const struct model_change *label)
{
    for (size_t i = 0; i < count; i++)
        if (changes[i].noun == NOUN_MEETING &&
            changes[i].persona == label->persona &&
            changes[i].meeting == label->meeting)
            return true;
    return false;
}

static void expect_names(size_t count, struct names *names)
{
    *names = (struct names){.count = 0};
    for (size_t i = 0; i < count; i++) {
        const struct model_change *change = &changes[i];
        if (change->noun == NOUN_LABEL && has_meeting_change(count, change))
            continue;
        names->expected[names->count++] =
            noun_is_record(change->noun)
                ? arena_format(&fix.arena, &fix.err, "s%d",
                               change->record % MODEL_NAMES)
            : change->noun == NOUN_PERSONA
                ? arena_format(&fix.arena, &fix.err, "p%d", change->persona)
                : arena_format(&fix.arena, &fix.err, "p%d-m%d", change->persona,
                               change->meeting);
    }
}

static const char *name_of(const struct diff_row *row)
{
    if (noun_is_record(row->noun))
        return row->has ? row->new_record->name : row->old_record->name;
    return row->meeting ? row->meeting : row->persona;
}

static bool check_name(void *context, const struct diff_row *row,
                       struct error *err)
{
    struct names *names = context;

    (void)err;
    ck_assert_uint_lt(names->seen, names->count);
    ck_assert_str_eq(name_of(row), names->expected[names->seen++]);
    return true;
}

START_TEST(names_come_once)
{
    struct names names;
    struct diff diff;

    grow((uint64_t)_i + 900);
    for (int64_t from = 0; from <= model.head; from++)
        for (int64_t to = 0; to <= model.head; to++) {
            struct diff_request request = {.from = {fix.store, from},
                                           .to = {fix.store, to},
                                           .detail = DIFF_NAMES};
            expect_names(model_changes(&model, from, to, changes), &names);
            MUST(dataset_diff(&request, &fix.arena, &diff, check_name, &names,
                              &fix.err));
            ck_assert_uint_eq(names.seen, names.count);
            ck_assert_int_eq(diff.rows, (int64_t)names.count);
        }
}
END_TEST

/* Keeps the changes of one persona. */
static size_t only_persona(size_t count, int persona)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (!noun_is_record(changes[i].noun) && changes[i].persona == persona)
            changes[kept++] = changes[i];
    return kept;
}

START_TEST(one_persona_alone_has_its_own_changes)
{
    struct expectation expectation;
    struct diff diff;

    grow((uint64_t)_i + 1300);
    for (int persona = 0; persona < MODEL_PERSONAS; persona++)
        for (int64_t from = 0; from <= model.head; from += 3) {
            const char *id = arena_format(&fix.arena, &fix.err, "p%d", persona);
            /* Named twice, and beside one that never was. */
            const char *ids[] = {id, "nobody", id};
            struct diff_request request = {.from = {fix.store, from},
                                           .to = {fix.store, model.head},
                                           .detail = DIFF_ROWS,
                                           .personas = ids,
                                           .persona_count = 3,
                                           .way = (enum change_way)(from % 3)};
            expectation = (struct expectation){
                .count = only_persona(
                    model_changes(&model, from, model.head, changes), persona)};
            MUST(dataset_diff(&request, &fix.arena, &diff, check_row,
                              &expectation, &fix.err));
            ck_assert_uint_eq(expectation.seen, expectation.count);
        }
}
END_TEST

static bool count_calls(void *context, const struct diff_row *row,
                        struct error *err)
{
    (void)row;
    (void)err;
    ++*(int *)context;
    return true;
}

START_TEST(a_limit_shows_the_first_and_counts_all)
{
    struct diff_request request = {.detail = DIFF_ROWS, .limit = 3};
    struct diff diff;
    int calls = 0;

    grow(77);
    request.from = (struct diff_side){fix.store, 0};
    request.to = (struct diff_side){fix.store, model.head};
    MUST(dataset_diff(&request, &fix.arena, &diff, count_calls, &calls,
                      &fix.err));
    ck_assert_int_eq(calls, 3);
    ck_assert_int_gt(diff.rows, 3);
    ck_assert_int_eq(diff.rows, diff_row_count(diff.counts));
}
END_TEST

/* ---- By hand ---- */

static struct diff diff_of(int64_t from, int64_t to)
{
    struct diff_request request = {.from = {fix.store, from},
                                   .to = {fix.store, to}};
    struct diff diff;

    MUST(dataset_diff(&request, &fix.arena, &diff, NULL, NULL, &fix.err));
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

/* Puts a meeting again under the key that it had. */
static void revive(int64_t key, const char *id, const char *document)
{
    struct stored_meeting meeting = {.key = key,
                                     .id = id,
                                     .generated = 5,
                                     .document = document,
                                     .document_length = strlen(document)};
    struct meeting_facts facts = {
        .subject = "Subject", .preview = "", .people = ""};

    MUST(run_put_meeting(fix.run, &meeting, &facts, &fix.err));
}

START_TEST(a_meeting_that_comes_back_is_the_same_one)
{
    static const char *const documents[] = {"{\"a\":1}", "{\"a\":2}"};
    int64_t meeting;
    struct diff diff;

    begin();
    meeting = add_labelled(put("a", "{}"), "m");
    ck_assert(commit());
    begin();
    MUST(run_remove_label(fix.run, meeting, &fix.err));
    MUST(run_remove_meeting(fix.run, meeting, &fix.err));
    ck_assert(commit());
    for (int i = 0; i < 2; i++) {
        begin();
        revive(meeting, "m", documents[i]);
        if (i)
            put_label(meeting, 30);
        ck_assert(commit());
    }
    diff = diff_of(1, 3);
    ck_assert_int_eq(diff_row_count(diff.counts), 1);
    ck_assert_int_eq(diff.counts[NOUN_LABEL].removed, 1);
    diff = diff_of(4, 1);
    ck_assert_int_eq(diff_row_count(diff.counts), 2);
    ck_assert_int_eq(diff.counts[NOUN_MEETING].changed, 1);
    ck_assert_int_eq(diff.counts[NOUN_LABEL].changed, 1);
    ck_assert_int_eq(diff.prep_lost, 1);
    diff = diff_of(2, 4);
    ck_assert_int_eq(diff.counts[NOUN_MEETING].added, 1);
    ck_assert_int_eq(diff.counts[NOUN_LABEL].added, 1);
    diff = diff_of(0, 2);
    ck_assert_int_eq(diff_row_count(diff.counts), 1);
}
END_TEST

/* As a merge asks while it writes: what the run did is younger than HEAD. */
START_TEST(a_run_under_way_is_not_in_its_parents)
{
    int64_t meetings[2];
    struct diff diff;

    begin();
    meetings[0] = add_labelled(put("a", "{}"), "m");
    ck_assert(commit());
    for (int way = CHANGE_NEAR; way <= CHANGE_FAR; way++) {
        struct diff_request request = {.from = {fix.store, 1},
                                       .to = {fix.store, head()},
                                       .way = (enum change_way)way};
        begin();
        put_label(meetings[0], way == CHANGE_NEAR ? 15 : 30);
        meetings[1] =
            add_labelled(put("a", "{}"), way == CHANGE_NEAR ? "near" : "far");
        ck_assert(commit());
        request.to.version = head();
        begin();
        put_label(meetings[0], 45);
        put_label(meetings[1], 45);
        MUST(dataset_diff(&request, &fix.arena, &diff, NULL, NULL, &fix.err));
        abandon();
        ck_assert_int_eq(diff.counts[NOUN_LABEL].changed, 1);
        ck_assert_int_eq(diff.counts[NOUN_LABEL].added,
                         way == CHANGE_NEAR ? 1 : 2);
        ck_assert_int_eq(diff.prep_gained, 1);
    }
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
    struct diff_request request = {
        .from = {fix.store, 0}, .to = {fix.store, 1}, .detail = DIFF_ROWS};
    struct diff diff;
    int calls = 0;

    begin();
    add_labelled(put("a", "{}"), "m");
    ck_assert(commit());
    MUST_FAIL(dataset_diff(&request, &fix.arena, &diff, stop, &calls, &fix.err),
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
    tcase_add_loop_test(tcase, names_come_once, 0, 4);
    tcase_add_loop_test(tcase, one_persona_alone_has_its_own_changes, 0, 4);
    tcase_add_test(tcase, a_limit_shows_the_first_and_counts_all);
    tcase_add_test(tcase, there_and_back_is_no_difference);
    tcase_add_test(tcase, removed_and_added_again_is_one_change);
    tcase_add_test(tcase, a_meeting_that_comes_back_is_the_same_one);
    tcase_add_test(tcase, a_run_under_way_is_not_in_its_parents);
    tcase_add_test(tcase, a_visitor_stops_the_work);
    suite_add_tcase(suite, tcase);
    return suite;
}
