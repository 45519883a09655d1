/* Making training records with the N-th piece of memory missing, for N = 1, 2,
 * 3 … until it succeeds: it fails with "out of memory", and nothing leaks. */
#include "fault.h"

#include "datebook/training.h"

#include <check.h>
#include <string.h>

Suite *training_suite(void);

enum { PROMPT, TRAINER, RECORDS, CSV, WORKS };

static const char document[] =
    "{\"id\":\"a\",\"name\":\"A\",\"tier\":1,\"importance_criteria\":{"
    "\"always_important\":[\"demo\"],\"usually_important\":[\"pilot\"]},"
    "\"priority_framework\":[{\"name\":\"Win\",\"keywords\":[\"win\"]}],"
    "\"prep_time_needs\":{\"requires_prep\":[{\"any\":\"pitch\"}]}}";

static struct arena kept;
static struct oracle *oracle;
static struct stored_rule rules[8];
static size_t rule_count;
static struct prompt prompt;
static struct trainer *trainer;
static struct buf out;

static void setup(void)
{
    static const struct stored_persona stored = {.id = "a",
                                                 .document = document,
                                                 .document_length =
                                                     sizeof document - 1};
    const struct persona *persona;
    struct error err = {0};

    oracle = oracle_open(&kept, &stored, &err);
    ck_assert_msg(oracle != NULL, "%s", err.message);
    persona = oracle_persona(oracle);
    rule_count = persona->rule_count;
    for (size_t i = 0; i < rule_count; i++)
        rules[i] = (struct stored_rule){(int)persona->rules[i].kind,
                                        persona->rules[i].source,
                                        ruleset_name(oracle_rules(oracle), i)};
    ck_assert_msg(
        prompt_load(&kept, "personas", NULL, TASK_PREP, &prompt, &err), "%s",
        err.message);
}

static void teardown(void)
{
    trainer_free(trainer);
    trainer = NULL;
    oracle_close(oracle);
    buf_free(&out);
    arena_free(&kept);
}

static const struct labelled_meeting *meeting(void)
{
    static const unsigned char codes[] = {1};
    static const struct meeting_facts facts = {
        .subject = "Demo", .preview = "Bring it.", .people = "Ann\nBo\n"};
    static const struct stored_label label = {
        .importance = IMPORTANCE_CRITICAL, .rules = codes, .rules_length = 1};
    static const struct labelled_meeting labelled = {
        .id = "m", .facts = &facts, .label = &label, .reasoning = ""};

    return &labelled;
}

static bool make_trainer(struct error *err)
{
    trainer = trainer_new(&prompt, oracle, rules, rule_count, err);
    return trainer != NULL;
}

static bool work(struct arena *arena, int which, struct error *err)
{
    const struct csv_meeting line = {
        .labelled = *meeting(), .persona_id = "a", .stamp = "now"};
    struct prompt read;
    int lines;

    switch (which) {
    case PROMPT:
        return prompt_load(arena, "personas", NULL, TASK_RSVP, &read, err);
    case TRAINER:
        return make_trainer(err);
    case RECORDS:
        return make_trainer(err) &&
               trainer_add(trainer, TRAINING_KTO, meeting(), &out, &lines, err);
    default:
        csv_add_header(&out);
        return csv_add(&line, &out, err);
    }
}

/* Whether the N-th point was reached and made to fail. */
static bool fails_at(int which, long at)
{
    const struct fault_plan plan = {.points = FAULT_HEAP | FAULT_ARENA,
                                    .at = at};
    struct arena arena = ARENA_EMPTY;
    struct error err = {0};
    int64_t live = fault_live();
    bool fired;
    bool ok;

    fault_arm(&plan);
    ok = work(&arena, which, &err);
    fault_disarm(&fired);
    trainer_free(trainer);
    trainer = NULL;
    buf_free(&out);
    arena_free(&arena);
    ck_assert_int_eq(fault_live(), live);
    ck_assert(ok == !fired);
    if (!ok)
        ck_assert_str_eq(err.message, "out of memory");
    return fired;
}

START_TEST(memory_that_runs_out_is_told)
{
    long at = 1;

    while (fails_at(_i, at))
        at++;
    ck_assert_int_gt(at, 1);
}
END_TEST

Suite *training_suite(void)
{
    Suite *suite = suite_create("training");
    TCase *tcase = tcase_create("training");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, memory_that_runs_out_is_told, 0, WORKS);
    suite_add_tcase(suite, tcase);
    return suite;
}
