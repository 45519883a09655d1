/* Diffs between versions of two files, with and without a common history,
 * against a comparison of whole copies; and how the files are matched. */
#include "datebook/dataset.h"

#include "tests/unit/store/fixture.h"
#include "tests/unit/store/model.h"

enum { SEEDS = 8, SHARED = 8, APART = 8, NAMES = MODEL_MEETINGS + 8 };

static struct model models[2];
static struct store *second;

static void files_setup(void)
{
    second = NULL;
    store_setup();
}

static void files_teardown(void)
{
    store_close(second);
    store_teardown();
}

static void copy_file(const char *from, const char *to)
{
    size_t length;
    const char *bytes = bytes_of(from, &length);
    FILE *file = fopen(path_of(to), "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void grow(struct model *model, int steps)
{
    for (int i = 0; i < steps; i++)
        model_step(model);
}

/* One history that becomes two after the version that it gives. */
static int64_t part(uint64_t seed)
{
    int64_t last;

    model_start(&models[0], fix.store, &fix.arena, seed);
    grow(&models[0], SHARED);
    store_close(fix.store);
    fix.store = NULL;
    copy_file("test.db", "second.db");
    reopen("test.db", STORE_WRITE);
    second = store_open(path_of("second.db"), STORE_WRITE, &fix.err);
    MUST(second != NULL);
    last = models[0].head;
    models[1] = models[0];
    models[0].store = fix.store;
    models[1].store = second;
    random_start(&models[1].random, seed, "second", NULL);
    grow(&models[0], APART);
    models[1].skip = (int)(seed % 3);
    grow(&models[1], APART);
    return last;
}

/* Two histories, with other keys, other numbers of rules, and meetings that
 * stand elsewhere. */
static void apart(uint64_t seed)
{
    second = store_create(path_of("second.db"), &fix.err);
    MUST(second != NULL);
    model_start(&models[0], fix.store, &fix.arena, seed);
    model_start(&models[1], second, &fix.arena, seed + 1000);
    models[1].skip = (int)(seed % 4);
    models[1].turn = (int)(seed % MODEL_RULES);
    grow(&models[0], SHARED);
    grow(&models[1], SHARED);
}

/* ---- Expectations ---- */

/* Changes as lines, which come in any order. */
struct lines {
    char (*lines)[96];
    size_t count;
};

static struct lines expected;
static struct lines seen;

enum { LINES = MODEL_PERSONAS * (1 + 2 * NAMES) + MODEL_RECORDS };

static void start_lines(struct lines *lines)
{
    lines->lines =
        arena_zero(&fix.arena, LINES, sizeof *lines->lines, &fix.err);
    ck_assert_ptr_nonnull(lines->lines);
    lines->count = 0;
}

static const char *values_of(const struct stored_label *label)
{
    return label ? arena_format(&fix.arena, &fix.err, "%d/%d/%d",
                                label->importance, label->rsvp,
                                label->prep_minutes)
                 : "none";
}

static const char *model_values(const struct model_meeting *meeting)
{
    struct stored_label label;

    if (!meeting)
        return "none";
    label.importance = meeting->label.importance;
    label.rsvp = meeting->label.rsvp;
    label.prep_minutes = meeting->label.prep_minutes;
    return values_of(&label);
}

static void add_line(struct lines *lines, enum noun noun, const char *id,
                     bool had, bool has, const char *old, const char *new)
{
    ck_assert_uint_lt(lines->count, LINES);
    snprintf(lines->lines[lines->count++], sizeof *lines->lines,
             "%d %s %d%d %s %s", noun, id, had, has, old, new);
}

static const struct model_meeting *find(const struct model_persona *persona,
                                        int name)
{
    for (int i = 0; i < persona->count; i++)
        if (persona->meetings[i].alive && persona->meetings[i].name == name)
            return &persona->meetings[i];
    return NULL;
}

static void expect_meeting(int persona, int name,
                           const struct model_meeting *old,
                           const struct model_meeting *new)
{
    const char *id =
        arena_format(&fix.arena, &fix.err, "p%d-m%d", persona, name);

    if (!old != !new)
        add_line(&expected, NOUN_MEETING, id, old, new, "", "");
    if (!old != !new || (old && !model_same_label(&old->label, &new->label)))
        add_line(&expected, NOUN_LABEL, id, old, new, model_values(old),
                 model_values(new));
}

static void expect(int64_t from, int64_t to)
{
    start_lines(&expected);
    for (int i = 0; i < MODEL_PERSONAS; i++) {
        const struct model_persona *old = &models[0].worlds[from].personas[i];
        const struct model_persona *new = &models[1].worlds[to].personas[i];
        if (old->alive != new->alive ||
            (old->alive && old->document != new->document))
            add_line(&expected, NOUN_PERSONA,
                     arena_format(&fix.arena, &fix.err, "p%d", i), old->alive,
                     new->alive, "", "");
        for (int name = 0; name < NAMES; name++) {
            const struct model_meeting *before = find(old, name);
            const struct model_meeting *after = find(new, name);
            if (before || after)
                expect_meeting(i, name, before, after);
        }
    }
}

static void expect_records(const struct world *old, const struct world *new)
{
    for (int i = 0; i < MODEL_RECORDS; i++)
        if (old->records[i] != new->records[i])
            add_line(&expected, model_record_noun(i),
                     arena_format(&fix.arena, &fix.err, "s%d", i % MODEL_NAMES),
                     old->records[i] != 0, new->records[i] != 0, "", "");
}

/* ---- Checks ---- */

static const char *name_of(const struct diff_row *row)
{
    if (noun_is_record(row->noun))
        return row->has ? row->new_record->name : row->old_record->name;
    return row->meeting ? row->meeting : row->persona;
}

static bool see(void *context, const struct diff_row *row, struct error *err)
{
    bool label = row->noun == NOUN_LABEL;

    (void)context;
    (void)err;
    ck_assert(row->noun != NOUN_LABEL ||
              (row->had == (row->old_reasoning != NULL) &&
               row->has == (row->new_reasoning != NULL)));
    add_line(&seen, row->noun, name_of(row), row->had, row->has,
             label ? values_of(row->old_label) : "",
             label ? values_of(row->new_label) : "");
    return true;
}

static bool see_name(void *context, const struct diff_row *row,
                     struct error *err)
{
    (void)context;
    (void)err;
    add_line(&seen, 0, name_of(row), 0, 0, "", "");
    return true;
}

static int by_text(const void *one, const void *other)
{
    return strcmp(one, other);
}

static void check_lines(int64_t from, int64_t to)
{
    qsort(seen.lines, seen.count, sizeof *seen.lines, by_text);
    qsort(expected.lines, expected.count, sizeof *expected.lines, by_text);
    for (size_t i = 0; i < expected.count && i < seen.count; i++)
        ck_assert_msg(!strcmp(seen.lines[i], expected.lines[i]),
                      "v%lld v%lld: \"%s\", not \"%s\"", (long long)from,
                      (long long)to, seen.lines[i], expected.lines[i]);
    ck_assert_uint_eq(seen.count, expected.count);
}

/* The names that the expected changes come to, each once. */
static void expect_names(void)
{
    struct lines all = expected;
    char id[96];

    start_lines(&expected);
    for (size_t i = 0; i < all.count; i++) {
        bool known = false;
        int noun;
        ck_assert_int_eq(sscanf(all.lines[i], "%d %s", &noun, id), 2);
        /* A split and a review may have the same name. */
        for (size_t k = 0; noun <= NOUN_LABEL && k < expected.count && !known;
             k++) {
            char other[96];
            ck_assert_int_eq(sscanf(expected.lines[k], "%*d %s", other), 1);
            known = !strcmp(id, other);
        }
        if (!known)
            add_line(&expected, 0, id, 0, 0, "", "");
    }
}

static int64_t check(int64_t from, int64_t to, enum change_way way)
{
    struct arena kept = fix.arena;
    struct diff_request request = {.from = {fix.store, from},
                                   .to = {second, to},
                                   .detail = DIFF_ROWS,
                                   .way = way};
    struct diff diff;
    int64_t common;

    fix.arena = (struct arena)ARENA_EMPTY;
    start_lines(&seen);
    expect(from, to);
    expect_records(&models[0].worlds[from], &models[1].worlds[to]);
    MUST(dataset_diff(&request, &fix.arena, &diff, see, NULL, &fix.err));
    check_lines(from, to);
    ck_assert_int_eq(diff.rows, (int64_t)expected.count);
    ck_assert_int_eq(diff_row_count(diff.counts), diff.rows);
    common = diff.common;
    start_lines(&seen);
    expect_names();
    request.detail = DIFF_NAMES;
    MUST(dataset_diff(&request, &fix.arena, &diff, see_name, NULL, &fix.err));
    check_lines(from, to);
    arena_free(&fix.arena);
    fix.arena = kept;
    return common;
}

START_TEST(files_that_parted_differ_in_what_they_touched_since)
{
    int64_t last = part((uint64_t)_i + 40);

    ck_assert_int_gt(last, 0);
    for (int64_t from = 0; from <= models[0].head; from++)
        for (int64_t to = 0; to <= models[1].head; to++)
            ck_assert_int_eq(
                check(from, to, (enum change_way)((from + to) % 3)), last);
}
END_TEST

START_TEST(files_without_a_common_history_are_matched_by_ids)
{
    apart((uint64_t)_i + 80);
    for (int64_t from = 0; from <= models[0].head; from++)
        for (int64_t to = 0; to <= models[1].head; to++)
            ck_assert_int_eq(
                check(from, to, (enum change_way)((from + to) % 3)), 0);
}
END_TEST

START_TEST(equal_contents_are_no_difference_whatever_their_history)
{
    struct diff_request request = {.detail = DIFF_ROWS};
    struct diff diff;

    for (int file = 0; file < 2; file++) {
        begin();
        add_labelled(put("a", "{}"), "m");
        ck_assert(commit());
        for (int turn = 0; turn < 2 * file; turn++) {
            begin();
            put("a", turn ? "{}" : "{\"n\":1}");
            ck_assert(commit());
        }
        if (!file) {
            second = fix.store;
            fix.store = store_create(path_of("other.db"), &fix.err);
            MUST(fix.store != NULL);
        }
    }
    request.from = (struct diff_side){fix.store, 3};
    request.to = (struct diff_side){second, 1};
    MUST(dataset_diff(&request, &fix.arena, &diff, see, NULL, &fix.err));
    ck_assert(diff_is_empty(&diff));
    ck_assert_int_eq(diff.common, 1);
    request.from.version = 2;
    start_lines(&seen);
    MUST(dataset_diff(&request, &fix.arena, &diff, see, NULL, &fix.err));
    ck_assert_int_eq(diff.counts[NOUN_PERSONA].changed, 1);
    ck_assert_uint_eq(seen.count, 1);
}
END_TEST

START_TEST(an_id_of_another_persona_is_another_meeting)
{
    struct diff_request request = {.detail = DIFF_ROWS};
    struct diff diff;

    begin();
    put("b", "{}");
    add_labelled(put("a", "{}"), "m");
    ck_assert(commit());
    second = fix.store;
    fix.store = store_create(path_of("other.db"), &fix.err);
    MUST(fix.store != NULL);
    begin();
    put("a", "{}");
    add_labelled(put("b", "{}"), "m");
    ck_assert(commit());
    request.from = (struct diff_side){fix.store, 1};
    request.to = (struct diff_side){second, 1};
    start_lines(&seen);
    start_lines(&expected);
    add_line(&expected, NOUN_MEETING, "m", 0, 1, "", "");
    add_line(&expected, NOUN_MEETING, "m", 1, 0, "", "");
    add_line(&expected, NOUN_LABEL, "m", 0, 1, "none", "1/1/0");
    add_line(&expected, NOUN_LABEL, "m", 1, 0, "1/1/0", "none");
    MUST(dataset_diff(&request, &fix.arena, &diff, see, NULL, &fix.err));
    check_lines(1, 1);
    ck_assert_uint_eq(diff.persona_count, 2);
    ck_assert_int_eq(diff.personas[0].counts[NOUN_MEETING].added, 1);
    ck_assert_int_eq(diff.personas[1].counts[NOUN_MEETING].removed, 1);
}
END_TEST

Suite *diff_files_suite(void);
Suite *diff_files_suite(void)
{
    Suite *suite = suite_create("diff_files");
    TCase *tcase = tcase_create("diff_files");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, files_setup, files_teardown);
    tcase_add_loop_test(
        tcase, files_that_parted_differ_in_what_they_touched_since, 0, SEEDS);
    tcase_add_loop_test(
        tcase, files_without_a_common_history_are_matched_by_ids, 0, SEEDS);
    tcase_add_test(tcase,
                   equal_contents_are_no_difference_whatever_their_history);
    tcase_add_test(tcase, an_id_of_another_persona_is_another_meeting);
    suite_add_tcase(suite, tcase);
    return suite;
}
