/* Exports with labels that people settled: in lines, tables, statistics and the
 * manifest, and nowhere in an export that asks for the oracle's. */
#include "fixture.h"

Suite *export_reviewed_suite(void);

static struct reviewed_label settled[4];
static struct reviewed reviewed = {.labels = settled, .outdated = 1};

static int64_t key_of(const char *id)
{
    int64_t key;

    MUST(meeting_find(fix.store, id, &key, &fix.err));
    return key;
}

static void settle(const char *id, int importance, int minutes, int rsvp,
                   const char *note)
{
    struct stored_label label = label_of(key_of(id));
    struct review_values values = {importance, minutes, rsvp};
    struct review_values rules = {label.importance, label.prep_minutes,
                                  label.rsvp};

    settled[reviewed.count++] = (struct reviewed_label){
        .meeting = label.meeting,
        .values = values,
        .corrected = !review_values_same(&values, &rules),
        .note = note,
        .sample = "first"};
}

/* a1 is corrected, with a note; a2 is confirmed; b1 without a note. */
static void reviewed_setup(void)
{
    export_setup();
    reviewed.count = 0;
    settle("a1", IMPORTANCE_LOW, 30, RSVP_DECLINE, "A rehearsal");
    settle("a2", IMPORTANCE_MEDIUM, 0, RSVP_TENTATIVE, "");
    settle("b1", IMPORTANCE_CRITICAL, 15, RSVP_ACCEPT, "");
    request.labels = LABELS_REVIEWED;
    request.reviewed = &reviewed;
}

static void has(const char *folder, const char *file, const char *text)
{
    const char *all = text_in(folder, file);

    ck_assert_msg(strstr(all, text), "\"%s\" is not in:\n%s", text, all);
}

START_TEST(lines_have_what_people_said)
{
    export_to(1, "out");
    has("out", "data/graph/train.jsonl",
        "{\"id\":\"a1\",\"subject\":\"alpha\",\"importance_label\":\"low\","
        "\"prep_needed\":true,\"prep_time_minutes\":30,\"reasoning\":"
        "\"A rehearsal\",\"persona_id\":\"a\",\"generation_timestamp\":"
        "\"2025-11-10T14:32:18.123456\"}\n"
        "{\"id\":\"a2\",\"subject\":\"beta\",\"importance_label\":\"medium\","
        "\"prep_needed\":false,\"prep_time_minutes\":0,\"reasoning\":"
        "\"No specific rule matched\",\"persona_id\":\"a\","
        "\"generation_timestamp\":\"2025-11-10T14:32:18.123456\"}\n"
        "{\"id\":\"b1\",\"subject\":\"caf\u00e9 "
        "beta\",\"importance_label\":\"critical\",\"prep_needed\":true,"
        "\"prep_time_minutes\":15,\"reasoning\":\"Always important: beta; "
        "Corrected by review\",\"persona_id\":\"b\"");
    has("out", "data/graph/heldout.jsonl",
        "\"reasoning\":\"No specific rule matched\"");
}
END_TEST

START_TEST(tables_have_it_too)
{
    shapes[0] = (struct export_shape){
        .format = FORMAT_CSV, .task = TASKS, .name = "csv"};
    export_to(1, "out");
    has("out", "data/csv/train.csv",
        ",low,true,30,decline,A rehearsal,2025-11-10");
    has("out", "data/csv/train.csv",
        ",critical,true,15,accept,Always important: beta; Corrected by "
        "review,2025-11-10");
    has("out", "data/csv/heldout.csv",
        ",medium,false,0,tentative,No specific rule matched,2025-11-10");
}
END_TEST

START_TEST(numbers_are_of_what_is_exported)
{
    struct export_result result = export_to(1, "out");
    const cJSON *labels = json_member(manifest_of("out"), "labels");
    const struct tally *train = &result.summary.parts[PART_TRAIN].tally;

    ck_assert_int_eq(result.summary.reviewed, 3);
    ck_assert_int_eq(result.summary.corrected, 2);
    ck_assert_int_eq(result.summary.outdated, 1);
    ck_assert_int_eq(train->importance[IMPORTANCE_LOW], 1);
    ck_assert_int_eq(train->importance[IMPORTANCE_CRITICAL], 1);
    ck_assert_int_eq(train->rsvp[RSVP_DECLINE], 1);
    ck_assert_int_eq(train->prep_needed, 2);
    ck_assert_int_eq(train->prep_minutes, 45);
    ck_assert_int_eq(train->by_default, 1);
    ck_assert_str_eq(json_member_text(labels, "source"), "reviewed");
    ck_assert_int_eq(json_member(labels, "reviewed")->valueint, 3);
    ck_assert_int_eq(json_member(labels, "corrected")->valueint, 2);
    ck_assert_int_eq(json_member(labels, "outdated")->valueint, 1);
    has("out", "README.md", "People reviewed 3 of the labels;");
    has("out", "README.md", "\n2 of them, and confirmed the others.");
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
}
END_TEST

/* A default that people changed is none of the rules. */
START_TEST(what_people_decided_is_no_default)
{
    struct export_result result;

    reviewed.count = 0;
    settle("a2", IMPORTANCE_HIGH, 0, RSVP_ACCEPT, "");
    result = export_to(1, "out");
    ck_assert_int_eq(result.summary.parts[PART_TRAIN].tally.by_default, 0);
    ck_assert_int_eq(result.summary.parts[PART_HELD_OUT].tally.by_default, 1);
    has("out", "data/graph/train.jsonl",
        "\"importance_label\":\"high\",\"prep_needed\":false,"
        "\"prep_time_minutes\":0,\"reasoning\":\"Corrected by review\"");
}
END_TEST

START_TEST(the_same_bytes_again)
{
    const char *names;

    export_to(1, "one");
    export_to(1, "two");
    names = names_in("one");
    ck_assert_str_eq(names, DOCUMENTS);
    ck_assert_str_eq(text_in("one", "manifest.json"),
                     text_in("two", "manifest.json"));
}
END_TEST

START_TEST(without_reviews_it_is_the_oracles)
{
    static const struct reviewed none = {.labels = NULL};
    const cJSON *labels;

    request.reviewed = &none;
    export_to(1, "reviewed");
    request.labels = LABELS_ORACLE;
    request.reviewed = NULL;
    export_to(1, "oracle");
    ck_assert_str_eq(text_in("reviewed", "data/graph/train.jsonl"),
                     text_in("oracle", "data/graph/train.jsonl"));
    ck_assert_str_eq(text_in("reviewed", "README.md"),
                     text_in("oracle", "README.md"));
    labels = json_member(manifest_of("oracle"), "labels");
    ck_assert_int_eq(cJSON_GetArraySize(labels), 3);
}
END_TEST

/* ---- Checking ---- */

static void damage(const char *old, const char *new)
{
    const char *text;
    const char *at;

    export_to(1, "out");
    text = text_in("out", "manifest.json");
    at = strstr(text, old);
    ck_assert_ptr_nonnull(at);
    put_file("out/manifest.json",
             arena_format(&fix.arena, &fix.err, "%.*s%s%s", (int)(at - text),
                          text, new, at + strlen(old)));
    check_folder("out", NULL);
}

START_TEST(counts_that_cannot_be_are_found)
{
    const char *path = arena_format(
        &fix.arena, &fix.err,
        "%s/manifest.json: \"labels\" does not say how many were reviewed, and "
        "corrected of them; export again, or fetch the folder anew\n",
        path_of("out"));

    damage("\"corrected\": 2", "\"corrected\": 4");
    ck_assert_str_eq(findings, path);
    damage("\"reviewed\": 3", "\"reviewed\": \"3\"");
    ck_assert_str_eq(findings, path);
    damage("\"outdated\": 1", "\"outdated\": -1");
    ck_assert_str_eq(findings, path);
}
END_TEST

Suite *export_reviewed_suite(void)
{
    Suite *suite = suite_create("export_reviewed");
    TCase *tcase = tcase_create("export_reviewed");

    tcase_add_checked_fixture(tcase, reviewed_setup, export_teardown);
    tcase_add_test(tcase, lines_have_what_people_said);
    tcase_add_test(tcase, tables_have_it_too);
    tcase_add_test(tcase, numbers_are_of_what_is_exported);
    tcase_add_test(tcase, what_people_decided_is_no_default);
    tcase_add_test(tcase, the_same_bytes_again);
    tcase_add_test(tcase, without_reviews_it_is_the_oracles);
    tcase_add_test(tcase, counts_that_cannot_be_are_found);
    suite_add_tcase(suite, tcase);
    return suite;
}
