/* Worlds of the model that were split among files or grew apart, and come
 * together as the model says. */
#include "merging.h"

#include "datebook/prune.h"

enum { SEEDS = 20, STEPS = 16, FILES = 4 };

static struct model model;
static struct model other;

/* ---- Worlds that were split ---- */

/* Gives the model's rules their numbers, in an order of the file's own. */
static void number_rules(int64_t persona, int shift,
                         int64_t numbers[MODEL_RULES])
{
    static const int kinds[MODEL_RULES] = {0, 1, 5, 9};

    for (int n = 0; n < MODEL_RULES; n++) {
        int i = (n + shift) % MODEL_RULES;
        struct stored_rule rule = {
            .kind = kinds[i],
            .source = arena_format(&fix.arena, &fix.err, "source %d", i),
            .name = arena_format(&fix.arena, &fix.err, "r%d", i)};
        MUST(run_rule_number(fix.run, persona, &rule, &numbers[i], &fix.err));
    }
}

static void write_meeting(const struct model_meeting *meeting, int64_t persona,
                          int index, int which,
                          const int64_t numbers[MODEL_RULES])
{
    unsigned char codes[MODEL_RULES];
    struct stored_label label = {.importance = meeting->label.importance,
                                 .rsvp = meeting->label.rsvp,
                                 .prep_minutes = meeting->label.prep_minutes,
                                 .rules = codes};
    struct meeting_facts facts;
    struct stored_meeting row;

    model_meeting_row(index, which, &fix.arena, &row, &facts);
    MUST(run_add_meeting(fix.run, persona, &row, &facts, &label.meeting,
                         &fix.err));
    label.rules_length = model_rules(&meeting->label, codes);
    for (size_t i = 0; i < label.rules_length; i++)
        codes[i] = (unsigned char)(2 * numbers[codes[i] / 2] + codes[i] % 2);
    MUST(run_put_label(fix.run, &label, &fix.err));
}

/* Which rows a file gets: a bit a file. */
struct share {
    unsigned personas[MODEL_PERSONAS];
    unsigned meetings[MODEL_PERSONAS][MODEL_MEETINGS];
    unsigned records[MODEL_RECORDS];
};

static void write_records(const struct world *world, const struct share *share,
                          int file)
{
    for (int i = 0; i < MODEL_RECORDS; i++) {
        struct stored_record row;
        if (!world->records[i] || !(share->records[i] >> file & 1))
            continue;
        model_record_row(i, world->records[i], &fix.arena, &row);
        MUST(run_put_record(fix.run, model_record_noun(i), &row, &fix.err));
    }
}

/* The living rows of a world that a file gets, in one version. */
static void write_share(const struct world *world, const struct share *share,
                        int file)
{
    int64_t numbers[MODEL_RULES];

    begin();
    for (int n = 0; n < MODEL_PERSONAS; n++) {
        int i = (n + file) % MODEL_PERSONAS;
        const struct model_persona *persona = &world->personas[i];
        struct stored_persona row;
        if (!persona->alive || !(share->personas[i] >> file & 1))
            continue;
        model_persona_row(i, persona->document, &fix.arena, &row);
        MUST(run_persona_key(fix.run, row.id, &row.key, &fix.err));
        MUST(run_put_persona(fix.run, &row, &fix.err));
        number_rules(row.key, file, numbers);
        for (int j = 0; j < MODEL_MEETINGS; j++)
            if (persona->meetings[j].alive && share->meetings[i][j] >> file & 1)
                write_meeting(&persona->meetings[j], row.key, i, j, numbers);
    }
    write_records(world, share, file);
    commit();
}

static const char *file_name(int file)
{
    return arena_format(&fix.arena, &fix.err, "part-%d.db", file);
}

static void write_files(const struct world *world, const struct share *share)
{
    for (int file = 0; file < FILES; file++) {
        go_to(file_name(file));
        write_share(world, share, file);
        back_home();
    }
}

static void merge_files(int first, int step)
{
    start();
    for (int n = 0; n < FILES; n++)
        take(file_name((first + n * step) % FILES));
    finish();
}

static void grow(struct store *store, uint64_t seed)
{
    model_start(&model, store, &fix.arena, seed);
    for (int step = 0; step < STEPS; step++)
        model_step(&model);
}

/* Every row in one file at least, often in more. */
static void share_rows(struct share *share)
{
    memset(share, 0, sizeof *share);
    for (int i = 0; i < MODEL_PERSONAS; i++) {
        share->personas[i] = 1u << random_below(&model.random, FILES) |
                             random_below(&model.random, 1u << FILES);
        for (int j = 0; j < MODEL_MEETINGS; j++) {
            unsigned few = random_below(&model.random, 1u << FILES);
            unsigned files = 1u << random_below(&model.random, FILES);
            few &= random_below(&model.random, 1u << FILES);
            files |= few;
            share->meetings[i][j] = files;
            share->personas[i] |= files;
        }
    }
    for (int i = 0; i < MODEL_RECORDS; i++)
        share->records[i] = 1u << random_below(&model.record_random, FILES) |
                            random_below(&model.record_random, 1u << FILES);
}

START_TEST(a_world_in_several_files_becomes_whole)
{
    struct store *store = store_create(path_of("whole.db"), &fix.err);
    struct share share;

    MUST(store != NULL);
    grow(store, (uint64_t)_i);
    store_close(store);
    share_rows(&share);
    write_files(&model.worlds[model.head], &share);
    merge_files(_i % FILES, _i & 1 ? 1 : FILES - 1);
    check_told("");
    check_world(fix.store, head(), &model.worlds[model.head]);
    check_sound(fix.store);
    /* All of it is there now. */
    start();
    for (int file = 0; file < FILES; file++)
        take(file_name(file));
    ck_assert(!finish());
}
END_TEST

/* Personas in files of their own have their ordinals, so that even the hash of
 * the content is the same, in whatever order. */
START_TEST(a_world_split_by_persona_has_the_same_hash)
{
    struct store *store = store_create(path_of("grown.db"), &fix.err);
    const struct world *world = &model.worlds[0];
    struct version whole;
    struct version merged;
    struct share share;

    MUST(store != NULL);
    grow(store, 500 + (uint64_t)_i);
    store_close(store);
    world = &model.worlds[model.head];
    memset(&share, 0, sizeof share);
    for (int i = 0; i < MODEL_PERSONAS; i++) {
        share.personas[i] = 1u << i | 1u << FILES;
        for (int j = 0; j < MODEL_MEETINGS; j++)
            share.meetings[i][j] = share.personas[i];
    }
    for (int i = 0; i < MODEL_RECORDS; i++)
        share.records[i] = 1u << i % FILES | 1u << FILES;
    write_files(world, &share);
    merge_files(_i % FILES, _i & 1 ? 1 : FILES - 1);
    merged = version_of(fix.store, head());
    go_to("whole.db");
    write_share(world, &share, FILES);
    whole = version_of(fix.store, head());
    back_home();
    ck_assert_mem_eq(whole.content, merged.content, HASH_SIZE);
}
END_TEST

/* ---- Worlds that grew apart ---- */

/* What the merge must give, said once more in terms of the model. */
struct expectation {
    const struct world *base;
    const struct world *ours;
    const struct world *theirs;
    enum merge_choice choice;
    bool pruned; /* what was at the base cannot be read there */
    struct world merged;
    int64_t conflicts;
};

static bool same_meeting(const struct model_meeting *one,
                         const struct model_meeting *two)
{
    return one->alive == two->alive &&
           (!one->alive || model_same_label(&one->label, &two->label));
}

static bool same_persona(const struct model_persona *one,
                         const struct model_persona *two)
{
    if (one->alive != two->alive ||
        (one->alive && one->document != two->document))
        return false;
    for (int j = 0; j < MODEL_MEETINGS; j++)
        if (!same_meeting(&one->meetings[j], &two->meetings[j]))
            return false;
    return true;
}

/* Whether theirs is taken. */
static bool decide(struct expectation *expected, bool unchanged_here)
{
    if (unchanged_here)
        return true;
    expected->conflicts++;
    return expected->choice == MERGE_THEIRS;
}

static void expect_meeting(struct expectation *expected, int i, int j)
{
    const struct model_meeting *base = &expected->base->personas[i].meetings[j];
    const struct model_meeting *ours = &expected->ours->personas[i].meetings[j];
    const struct model_meeting *theirs =
        &expected->theirs->personas[i].meetings[j];

    if (same_meeting(base, theirs) || same_meeting(ours, theirs))
        return;
    if (decide(expected, same_meeting(base, ours)))
        expected->merged.personas[i].meetings[j] = *theirs;
}

static void expect_persona(struct expectation *expected, int i)
{
    const struct model_persona *base = &expected->base->personas[i];
    const struct model_persona *ours = &expected->ours->personas[i];
    const struct model_persona *theirs = &expected->theirs->personas[i];
    struct model_persona *merged = &expected->merged.personas[i];

    if (!theirs->alive && !ours->alive)
        return;
    if (theirs->alive && ours->alive) {
        bool same_there = base->alive && base->document == theirs->document;
        bool same_here = base->alive && base->document == ours->document;
        if (!same_there && ours->document != theirs->document &&
            decide(expected, same_here))
            merged->document = theirs->document;
        for (int j = 0; j < MODEL_MEETINGS; j++)
            expect_meeting(expected, i, j);
        return;
    }
    if (!base->alive ? theirs->alive
                     : (expected->pruned || !same_persona(base, theirs)) &&
                           decide(expected, same_persona(base, ours)))
        *merged = *theirs;
}

static void expect_record(struct expectation *expected, int i)
{
    int base = expected->base->records[i];
    int ours = expected->ours->records[i];
    int theirs = expected->theirs->records[i];

    if (base != theirs && ours != theirs && decide(expected, base == ours))
        expected->merged.records[i] = theirs;
}

/* Keeps HEAD alone. */
static void prune_other(void)
{
    const struct prune_request request = {.keep_last = 1,
                                          .keep_since = INT64_MAX};
    struct prune_plan plan;
    struct prune_rows rows;

    go_to("other.db");
    MUST(prune_drop(fix.store, &fix.arena, &request, NULL, &plan, &rows,
                    &fix.err));
    back_home();
}

static void grow_apart(uint64_t seed)
{
    int steps;

    model_start(&model, fix.store, &fix.arena, seed);
    for (int step = 0; step < STEPS; step++)
        model_step(&model);
    copy_to("other.db");
    other = model;
    model.store = fix.store;
    random_start(&other.random, seed, "the other side", NULL);
    random_start(&other.record_random, seed, "its records", NULL);
    steps = random_between(&model.random, 0, 6);
    while (steps--)
        model_step(&model);
    steps = random_between(&model.random, 1, 6);
    go_to("other.db");
    other.store = fix.store;
    while (steps--)
        model_step(&other);
    back_home();
}

/* Returns how many conflicts there were. */
static int64_t check_apart(int64_t base, enum merge_choice choice, bool pruned)
{
    struct expectation expected = {.base = &model.worlds[base],
                                   .ours = &model.worlds[model.head],
                                   .theirs = &other.worlds[other.head],
                                   .choice = choice,
                                   .pruned = pruned,
                                   .merged = model.worlds[model.head]};
    struct merge_result result;
    int64_t before = head();
    bool changed;

    for (int i = 0; i < MODEL_PERSONAS; i++)
        expect_persona(&expected, i);
    for (int i = 0; i < MODEL_RECORDS; i++)
        expect_record(&expected, i);
    job.choice = choice;
    start();
    result = take("other.db");
    ck_assert_int_eq(job.conflicts + job.decided, expected.conflicts);
    ck_assert_int_eq(choice ? job.conflicts : job.decided, 0);
    changed = finish();
    ck_assert_int_eq(head(), before + changed);
    if (job.conflicts)
        return job.conflicts;
    ck_assert_int_le(result.common, base);
    check_world(fix.store, head(), &expected.merged);
    check_sound(fix.store);
    return expected.conflicts;
}

/* The newest version that both files have. */
static int64_t common_version(void)
{
    int64_t base = 0;

    for (; base < model.head && base < other.head; base++) {
        struct version here = version_of(fix.store, base + 1);
        struct version there;
        go_to("other.db");
        there = version_of(fix.store, base + 1);
        back_home();
        if (memcmp(here.chain, there.chain, HASH_SIZE) != 0)
            break;
    }
    return base;
}

static void check_both_ways(int64_t base, bool pruned, enum merge_choice choice)
{
    int64_t conflicts = check_apart(base, MERGE_REFUSE, pruned);

    if (conflicts)
        ck_assert_int_eq(check_apart(base, choice, pruned), conflicts);
}

START_TEST(worlds_that_grew_apart_come_together)
{
    grow_apart((uint64_t)_i);
    check_both_ways(common_version(), false,
                    _i & 1 ? MERGE_OURS : MERGE_THEIRS);
}
END_TEST

/* There the common version was pruned; here it can still be read. */
START_TEST(a_pruned_file_that_grew_apart_comes_together)
{
    int64_t base;

    grow_apart(300 + (uint64_t)_i);
    prune_other();
    base = common_version();
    check_both_ways(base, base && base < other.head,
                    _i & 1 ? MERGE_OURS : MERGE_THEIRS);
}
END_TEST

Suite *merge_worlds_suite(void);
Suite *merge_worlds_suite(void)
{
    Suite *suite = suite_create("merge_worlds");
    TCase *tcase = tcase_create("merge_worlds");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, merge_setup, merge_teardown);
    tcase_add_loop_test(tcase, a_world_in_several_files_becomes_whole, 0,
                        SEEDS);
    tcase_add_loop_test(tcase, a_world_split_by_persona_has_the_same_hash, 0,
                        SEEDS);
    tcase_add_loop_test(tcase, worlds_that_grew_apart_come_together, 0,
                        4 * SEEDS);
    tcase_add_loop_test(tcase, a_pruned_file_that_grew_apart_comes_together, 0,
                        4 * SEEDS);
    suite_add_tcase(suite, tcase);
    return suite;
}
