/* Export folders: what the lines, the manifest and the statistics say, and that
 * they are the same bytes every time. */
#include "fixture.h"

#include "datebook/prune.h"

static void check_same(const char *one, const char *other)
{
    const char *names = names_in(one);

    ck_assert_str_eq(names, names_in(other));
    while (*names) {
        size_t length = strcspn(names, " ");
        const char *name = arena_bytes(&fix.arena, names, length, &fix.err);
        ck_assert_str_eq(text_in(one, name), text_in(other, name));
        names += length + 1;
    }
}

/* A line as it should be. */
static const char *line(const char *id, const char *subject,
                        const char *importance, const char *reasoning,
                        const char *persona)
{
    return arena_format(
        &fix.arena, &fix.err,
        "{\"id\":\"%s\",\"subject\":\"%s\",\"importance_label\":\"%s\","
        "\"prep_needed\":false,\"prep_time_minutes\":0,\"reasoning\":\"%s\","
        "\"persona_id\":\"%s\",\"generation_timestamp\":"
        "\"2025-11-10T14:32:18.123456\"}\n",
        id, subject, importance, reasoning, persona);
}

START_TEST(lines_are_documents_with_labels)
{
    export_to(1, "out");
    ck_assert_str_eq(
        text_in("out", "data/graph/train.jsonl"),
        arena_format(
            &fix.arena, &fix.err, "%s%s%s",
            line("a1", "alpha", "critical", "Always important: alpha", "a"),
            line("a2", "beta", "medium", "No specific rule matched", "a"),
            line("b1", "caf\u00e9 beta", "critical", "Always important: beta",
                 "b")));
    ck_assert_str_eq(
        text_in("out", "data/graph/heldout.jsonl"),
        line("v1", "beta", "medium", "No specific rule matched", "v"));
}
END_TEST

static void check_line(const char *text, size_t length)
{
    static const char *const keys[] = {
        "importance_label", "prep_needed", "prep_time_minutes",
        "reasoning",        "persona_id",  "generation_timestamp"};
    const cJSON *tree = json_parse(&fix.arena, text, length, "line", &fix.err);
    const cJSON *member;
    int count;
    int at = 0;

    MUST(tree != NULL);
    count = cJSON_GetArraySize(tree);
    ck_assert_int_eq(count, 8);
    cJSON_ArrayForEach (member, tree) {
        if (at >= count - 6)
            ck_assert_str_eq(member->string, keys[at - count + 6]);
        at++;
    }
    ck_assert(cJSON_IsBool(json_member(tree, "prep_needed")));
    ck_assert(cJSON_IsNumber(json_member(tree, "prep_time_minutes")));
}

START_TEST(lines_are_json_with_the_labels_last)
{
    const char *text;
    int lines = 0;

    export_to(1, "out");
    for (text = text_in("out", "data/graph/train.jsonl"); *text; lines++) {
        const char *end = strchr(text, '\n');
        check_line(text, (size_t)(end - text));
        text = end + 1;
    }
    ck_assert_int_eq(lines, 3);
}
END_TEST

enum { WORDS = 11, SUBSETS = 1 << WORDS };
static const char *const words[WORDS] = {"amber", "basil",   "cedar",  "dahlia",
                                         "elder", "fennel",  "ginger", "hazel",
                                         "iris",  "juniper", "laurel"};

/* The words of a subset, or the reasoning that they give. */
static const char *join(unsigned subset, const char *before, const char *after)
{
    const char *text = "";

    for (unsigned i = 0; i < WORDS; i++)
        if (subset >> i & 1)
            text = arena_format(&fix.arena, &fix.err, "%s%s%s%s", text,
                                *text ? after : "", before, words[i]);
    return text;
}

/* More different labels than the writer of lines remembers, and some of them
 * again, far from where they were first. */
START_TEST(every_line_has_the_reasoning_of_its_own_label)
{
    struct buf wanted = BUF_EMPTY;

    begin();
    put_document(PERSONA("w", ALWAYS("\"amber\",\"basil\",\"cedar\",\"dahlia\","
                                     "\"elder\",\"fennel\",\"ginger\","
                                     "\"hazel\",\"iris\",\"juniper\","
                                     "\"laurel\"")));
    for (unsigned i = 0; i < SUBSETS + SUBSETS / 4; i++) {
        unsigned subset = i < SUBSETS ? i : 4 * (i - SUBSETS) + 3;
        const char *id = arena_format(&fix.arena, &fix.err, "w%u", i);
        const char *subject = join(subset, "", " ");
        const char *reasoning = join(subset, "Always important: ", "; ");
        add_subject("w", id, subject, "");
        buf_text(&wanted,
                 line(id, subject, subset ? "critical" : "medium",
                      subset ? reasoning : "No specific rule matched", "w"));
    }
    ck_assert(commit());
    export_to(2, "out");
    ck_assert_str_eq(
        strstr(text_in("out", "data/graph/train.jsonl"), "{\"id\":\"w0\""),
        buf_string(&wanted));
    buf_free(&wanted);
}
END_TEST

START_TEST(no_persona_is_on_both_sides)
{
    static const char *const ids[] = {"b"};

    terms.held_out = ids;
    terms.held_out_count = 1;
    export_to(1, "out");
    ck_assert_ptr_null(strstr(text_in("out", "data/graph/train.jsonl"),
                              "\"persona_id\":\"b\""));
    ck_assert_ptr_null(strstr(text_in("out", "data/graph/train.jsonl"),
                              "\"persona_id\":\"v\""));
    ck_assert_ptr_null(strstr(text_in("out", "data/graph/heldout.jsonl"),
                              "\"persona_id\":\"a\""));
    ck_assert_ptr_nonnull(strstr(text_in("out", "data/graph/heldout.jsonl"),
                                 "\"persona_id\":\"b\""));
}
END_TEST

START_TEST(a_folder_has_data_and_documents)
{
    struct export_result result = export_to(1, "out");

    ck_assert(!result.replaced);
    ck_assert_str_eq(names_in("out"), DOCUMENTS);
    ck_assert(export_to(1, "out").replaced);
    ck_assert_str_eq(names_in("out"), DOCUMENTS);
}
END_TEST

static void check_file(const cJSON *entry, const char *part, int rows)
{
    ck_assert_str_eq(
        json_member_text(entry, "name"),
        arena_format(&fix.arena, &fix.err, "data/graph/%s.jsonl", part));
    ck_assert_str_eq(json_member_text(entry, "shape"), "graph");
    ck_assert_str_eq(json_member_text(entry, "part"), part);
    ck_assert_int_eq(json_member(entry, "rows")->valueint, rows);
    check_entry(entry, "out");
}

START_TEST(the_manifest_matches_the_files)
{
    struct export_result result = export_to(1, "out");
    const cJSON *tree = manifest_of("out");
    const cJSON *files = json_member(tree, "files");
    const cJSON *entry;
    struct version version;
    char hex[HASH_HEX_SIZE];
    int count = 0;

    MUST(version_get(fix.store, &fix.arena, 1, &version, &fix.err));
    hash_hex(version.content, hex);
    ck_assert_str_eq(json_member_text(tree, "content_hash"), hex);
    hash_hex(version.chain, hex);
    ck_assert_str_eq(json_member_text(tree, "chain_hash"), hex);
    ck_assert_int_eq(json_member(tree, "version")->valueint, 1);
    ck_assert_str_eq(json_member_text(tree, "command"),
                     "datebook export --at 1");
    ck_assert_int_eq(cJSON_GetArraySize(files), 2);
    check_file(cJSON_GetArrayItem(files, 0), "train", 3);
    check_file(cJSON_GetArrayItem(files, 1), "heldout", 1);
    cJSON_ArrayForEach (entry, json_member(tree, "documents")) {
        check_entry(entry, "out");
        count++;
    }
    ck_assert_int_eq(count, 3);
    ck_assert_uint_eq(result.summary.file_count, 2);
    ck_assert_int_eq(result.summary.files[0].rows, 3);
}
END_TEST

START_TEST(the_manifest_says_what_was_asked_for)
{
    const char *text;
    struct stored_persona *persona = persona_now("a");
    unsigned char digest[HASH_SIZE];
    char rules[HASH_HEX_SIZE];
    char document[HASH_HEX_SIZE];

    request.stale_allowed = true;
    export_to(1, "out");
    text = text_in("out", "manifest.json");
    ck_assert_ptr_nonnull(strstr(text, "\"train\": [\"a\", \"b\"]"));
    ck_assert_ptr_nonnull(strstr(text, "\"held_out\": [\"v\"]"));
    ck_assert_ptr_nonnull(
        strstr(text, "  \"labels\": {\"source\": \"oracle\", "
                     "\"reviewed\": 0, \"stale_allowed\": true},\n"));
    ck_assert_ptr_nonnull(
        strstr(text, "  \"leaks\": {\"looked_for\": false},\n"));
    ck_assert_ptr_nonnull(
        strstr(text, "    {\"generator\": \"offline\", \"meetings\": 4}\n"));
    hash_hex(persona->rules_hash, rules);
    crypto_generichash(digest, HASH_SIZE,
                       (const unsigned char *)persona->document,
                       persona->document_length, NULL, 0);
    hash_hex(digest, document);
    ck_assert_ptr_nonnull(
        strstr(text, arena_format(&fix.arena, &fix.err,
                                  "    {\"id\": \"a\", \"rules_hash\": "
                                  "\"%s\", \"document_hash\": \"%s\"},\n",
                                  rules, document)));
}
END_TEST

START_TEST(exports_are_the_same_bytes_every_time)
{
    size_t length;
    const char *bytes;
    FILE *copy;

    export_to(1, "one");
    export_to(1, "two");
    export_to(1, "two");
    check_same("one", "two");
    edit(PERSONA("a", ALWAYS("\"beta\"")));
    begin();
    put_document(PERSONA("new", ""));
    add_subject("new", "n1", "alpha", "");
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, persona_now("b")->key, &fix.err));
    ck_assert(commit());
    export_to(1, "later");
    check_same("one", "later");
    store_close(fix.store);
    fix.store = NULL;
    bytes = bytes_of("test.db", &length);
    copy = fopen(path_of("copy.db"), "w");
    ck_assert_ptr_nonnull(copy);
    ck_assert_uint_eq(fwrite(bytes, 1, length, copy), length);
    ck_assert_int_eq(fclose(copy), 0);
    reopen("copy.db", STORE_READ);
    export_to(1, "copied");
    check_same("one", "copied");
    export_to(head(), "head");
    ck_assert_str_ne(text_in("one", "data/graph/train.jsonl"),
                     text_in("head", "data/graph/train.jsonl"));
}
END_TEST

START_TEST(leaks_are_left_out_and_counted)
{
    struct leak leak = {.part = PART_TRAIN, .twin_part = PART_HELD_OUT};
    struct leaks leaks = {.leaks = &leak, .count = 1};
    struct export_result result;
    const char *text;

    MUST(meeting_find(fix.store, "a2", &leak.meeting, &fix.err));
    MUST(meeting_find(fix.store, "v1", &leak.twin, &fix.err));
    request.leaks = &leaks;
    result = export_to(1, "out");
    text = text_in("out", "data/graph/train.jsonl");
    ck_assert_ptr_null(strstr(text, "\"id\":\"a2\""));
    ck_assert_ptr_nonnull(strstr(text, "\"id\":\"a1\""));
    ck_assert_ptr_nonnull(strstr(text, "\"id\":\"b1\""));
    ck_assert_ptr_nonnull(
        strstr(text_in("out", "data/graph/heldout.jsonl"), "\"id\":\"v1\""));
    ck_assert_int_eq(result.summary.parts[PART_TRAIN].dropped, 1);
    ck_assert_int_eq(result.summary.parts[PART_TRAIN].meetings, 2);
    ck_assert_int_eq(result.summary.parts[PART_TRAIN].tally.meetings, 2);
    ck_assert_int_eq(result.summary.parts[PART_HELD_OUT].dropped, 0);
    ck_assert_ptr_nonnull(
        strstr(text_in("out", "manifest.json"),
               "  \"leaks\": {\"looked_for\": true, \"threshold\": 0.8, "
               "\"left_out\": {\"train\": 1, \"validation\": 0, "
               "\"heldout\": 0}},\n"));
    ck_assert_ptr_nonnull(
        strstr(text_in("out", "statistics.json"),
               "    \"train\": {\n      \"personas\": 2,\n"
               "      \"left_out\": 1,\n      \"total_meetings\": 2,\n"));
}
END_TEST

START_TEST(statistics_are_of_parts_and_personas)
{
    struct export_result result = export_to(1, "out");
    const struct tally *train = &result.summary.parts[PART_TRAIN].tally;
    const cJSON *tree;
    const cJSON *parts;
    const char *text = text_in("out", "statistics.json");

    ck_assert_int_eq(train->meetings, 3);
    ck_assert_int_eq(train->importance[IMPORTANCE_CRITICAL], 2);
    ck_assert_int_eq(train->by_default, 1);
    ck_assert_int_eq(train->required, 6);
    ck_assert_int_eq(train->weeks, 2);
    ck_assert_uint_eq(result.summary.persona_count, 3);
    ck_assert_str_eq(result.summary.personas[1].id, "b");
    ck_assert_int_eq(result.summary.personas[0].tally.meetings, 2);
    ck_assert(result.summary.personas[2].validation);
    tree = json_parse(&fix.arena, text, strlen(text), "statistics", &fix.err);
    MUST(tree != NULL);
    ck_assert_int_eq(json_member(tree, "total_meetings")->valueint, 4);
    parts = json_member(tree, "by_part");
    ck_assert_int_eq(cJSON_GetArraySize(parts), 2);
    ck_assert_int_eq(
        json_member(json_member(parts, "heldout"), "total_meetings")->valueint,
        1);
    ck_assert_int_eq(cJSON_GetArraySize(json_member(tree, "by_persona")), 3);
}
END_TEST

/* ---- Several shapes ---- */

START_TEST(every_shape_has_its_files)
{
    static struct prompt prompt;
    struct export_result result;

    MUST(prompt_load(&fix.arena,
                     getenv("DATEBOOK_DATA") ? getenv("DATEBOOK_DATA")
                                             : "personas",
                     NULL, TASK_PREP, &prompt, &fix.err));
    shapes[1] = (struct export_shape){.format = FORMAT_SFT,
                                      .task = TASK_PREP,
                                      .name = "sft-prep",
                                      .prompt = &prompt};
    shapes[2] = (struct export_shape){.format = FORMAT_KTO,
                                      .task = TASK_PREP,
                                      .name = "kto-prep",
                                      .prompt = &prompt};
    shapes[3] = (struct export_shape){
        .format = FORMAT_CSV, .task = TASKS, .name = "csv"};
    request.shape_count = 4;
    result = export_to(1, "out");
    ck_assert_uint_eq(result.summary.file_count, 8);
    ck_assert_str_eq(result.summary.files[2].name, "data/sft-prep/train.jsonl");
    ck_assert_int_eq(result.summary.files[2].rows, 3);
    ck_assert_str_eq(result.summary.files[4].name, "data/kto-prep/train.jsonl");
    ck_assert_int_eq(result.summary.files[4].rows, 6);
    ck_assert_str_eq(result.summary.files[6].name, "data/csv/train.csv");
    ck_assert_int_eq(result.summary.files[6].rows, 3);
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
    ck_assert_int_eq(check.rows, 20);
    ck_assert_int_eq(check.files, 8);
}
END_TEST

/* ---- Records and failures ---- */

START_TEST(exports_are_remembered_once)
{
    struct export_result result = export_to(1, "out");
    int64_t *versions;
    size_t count;

    for (int i = 0; i < 3; i++)
        MUST(
            export_record(fix.store, result.manifest_hash, 1, 7 + i, &fix.err));
    MUST(export_versions(fix.store, &fix.arena, result.manifest_hash, &versions,
                         &count, &fix.err));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(versions[0], 1);
}
END_TEST

START_TEST(a_version_that_is_gone_is_not_remembered)
{
    struct prune_request keep = {.keep_last = 1, .keep_since = INT64_MAX};
    struct export_result result = export_to(1, "out");
    struct prune_plan plan;
    struct prune_rows rows;

    edit(PERSONA("c", ""));
    MUST(
        prune_drop(fix.store, &fix.arena, &keep, NULL, &plan, &rows, &fix.err));
    MUST_FAIL(export_record(fix.store, result.manifest_hash, 1, 7, &fix.err),
              ERROR_INPUT, "version 1 was pruned: its rows are gone");
    MUST_FAIL(export_record(fix.store, result.manifest_hash, 9, 7, &fix.err),
              ERROR_INPUT, "there is no version 9");
}
END_TEST

START_TEST(a_failed_export_leaves_nothing)
{
    struct export_result result;

    begin();
    add_meeting(persona_now("b")->key, "unlabelled");
    ck_assert(commit());
    MUST_FAIL(try_export(2, "out", &result), ERROR_DATABASE,
              "the meeting \"unlabelled\" has no label");
    ck_assert(!file_is_folder(path_of("out")));
    ck_assert_str_eq(names_in("."), "");
    /* An export that was there stays. */
    export_to(1, "out");
    ck_assert(!try_export(2, "out", &result));
    ck_assert_str_eq(names_in("out"), DOCUMENTS);
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
}
END_TEST

static bool interrupt(void *context, const char *what, int64_t done,
                      int64_t total, struct error *err)
{
    (void)context;
    (void)what;
    (void)done;
    (void)total;
    return error_set(err, ERROR_INTERRUPTED, "interrupted");
}

START_TEST(an_interrupted_export_leaves_nothing)
{
    struct monitor monitor = {.tick = interrupt};
    struct division division;
    struct export_result result;

    add_many(MONITOR_ROWS);
    divide(2, &division);
    request.version = 2;
    request.division = &division;
    MUST_FAIL(export_write(fix.store, &fix.arena, &request, path_of("out"),
                           &monitor, &result, &fix.err),
              ERROR_INTERRUPTED, "interrupted");
    ck_assert_str_eq(names_in("."), "");
}
END_TEST

Suite *export_suite(void);
Suite *export_suite(void)
{
    Suite *suite = suite_create("export");
    TCase *tcase = tcase_create("export");

    tcase_add_checked_fixture(tcase, export_setup, export_teardown);
    tcase_add_test(tcase, lines_are_documents_with_labels);
    tcase_add_test(tcase, lines_are_json_with_the_labels_last);
    tcase_add_test(tcase, every_line_has_the_reasoning_of_its_own_label);
    tcase_add_test(tcase, no_persona_is_on_both_sides);
    tcase_add_test(tcase, a_folder_has_data_and_documents);
    tcase_add_test(tcase, the_manifest_matches_the_files);
    tcase_add_test(tcase, the_manifest_says_what_was_asked_for);
    tcase_add_test(tcase, exports_are_the_same_bytes_every_time);
    tcase_add_test(tcase, leaks_are_left_out_and_counted);
    tcase_add_test(tcase, statistics_are_of_parts_and_personas);
    tcase_add_test(tcase, every_shape_has_its_files);
    tcase_add_test(tcase, exports_are_remembered_once);
    tcase_add_test(tcase, a_version_that_is_gone_is_not_remembered);
    tcase_add_test(tcase, a_failed_export_leaves_nothing);
    tcase_add_test(tcase, an_interrupted_export_leaves_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
