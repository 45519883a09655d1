/* Croissant metadata.  Two documents are pinned as whole files; tests/formats
 * expands real ones as JSON-LD. */
#include "tests/unit/export/described.h"

static struct described at;
static struct buf out;
static struct arena arena;
static struct error err;

static void setup(void)
{
    described_plain(&at);
}

static void teardown(void)
{
    buf_free(&out);
    out = (struct buf)BUF_EMPTY;
    arena_free(&arena);
}

static const cJSON *croissant(void)
{
    const cJSON *tree;

    buf_clear(&out);
    ck_assert_msg(croissant_write(&at.summary, &out, &err), "%s", err.message);
    tree = json_parse(&arena, out.data, out.length, "croissant", &err);
    ck_assert_msg(tree != NULL, "%s in\n%s", err.message, out.data);
    return tree;
}

static void says(const cJSON *object, const char *name, const char *wanted)
{
    ck_assert_str_eq(json_member_text(object, name), wanted);
}

/* The member of a list of objects with this id. */
static const cJSON *with_id(const cJSON *list, const char *id)
{
    const cJSON *item;

    cJSON_ArrayForEach (item, list) {
        const char *own = json_member_text(item, "@id");
        if (own && !strcmp(own, id))
            return item;
    }
    ck_abort_msg("no %s in\n%s", id, buf_string(&out));
}

/* ---- Whole documents ---- */

START_TEST(plain)
{
    croissant();
    described_pin("plain.json", &out);
}
END_TEST

START_TEST(full)
{
    described_full(&at);
    croissant();
    described_pin("full.json", &out);
}
END_TEST

START_TEST(same_again)
{
    struct buf first = BUF_EMPTY;

    described_full(&at);
    ck_assert(croissant_write(&at.summary, &first, &err));
    croissant();
    ck_assert_str_eq(out.data, first.data);
    buf_free(&first);
}
END_TEST

/* ---- Parts ---- */

START_TEST(what_nobody_said)
{
    const cJSON *tree = croissant();

    says(tree, "url",
         "nih:blake2b-256;a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9"
         "babbbcbdbebf");
    says(json_member(tree, "creator"), "name", "Not stated");
    says(tree, "license", "other");
    says(tree, "version", "3.0.0");
    says(tree, "datePublished", "2025-11-10");
}
END_TEST

START_TEST(hostile_words)
{
    const cJSON *tree;

    at.request.words = (struct export_words){.title = "\"},{\"\\ \x01\n",
                                             .license = "\xFF",
                                             .creator = "]\"",
                                             .url = "\"x"};
    at.origins[0].model = "\"m\\";
    tree = croissant();
    says(tree, "name", "\"},{\"\\ \x01\n");
    says(tree, "license", "\uFFFD");
    says(tree, "url", "\"x");
    says(json_member(tree, "creator"), "name", "]\"");
}
END_TEST

START_TEST(formats_of_files)
{
    const cJSON *list = json_member(croissant(), "distribution");
    const cJSON *file = with_id(list, "data/graph/train.jsonl");

    ck_assert_int_eq(cJSON_GetArraySize(list), 3);
    says(file, "encodingFormat", "application/jsonlines");
    says(file, "contentSize", "1000 B");
    says(file, "sha256", at.files[0].sha256);
    says(with_id(list, "graph-files"), "includes", "data/graph/*.jsonl");
    at.request.compress = COMPRESS_ZSTD;
    at.shapes[0].format = FORMAT_CSV;
    file = with_id(json_member(croissant(), "distribution"),
                   "data/graph/train.jsonl");
    file = json_member(file, "encodingFormat");
    ck_assert_int_eq(cJSON_GetArraySize(file), 2);
    ck_assert_str_eq(cJSON_GetArrayItem(file, 0)->valuestring,
                     "application/zstd");
    ck_assert_str_eq(cJSON_GetArrayItem(file, 1)->valuestring, "text/csv");
}
END_TEST

START_TEST(a_form_without_rows_has_no_records)
{
    const cJSON *tree;

    at.files[1].rows = 0;
    tree = json_member(croissant(), "recordSet");
    ck_assert_int_eq(cJSON_GetArraySize(tree), 2);
    ck_assert_int_eq(
        cJSON_GetArraySize(json_member(with_id(tree, "splits"), "data")), 1);
    at.files[0].rows = 0;
    tree = croissant();
    ck_assert_int_eq(cJSON_GetArraySize(json_member(tree, "recordSet")), 1);
    ck_assert_int_eq(cJSON_GetArraySize(json_member(tree, "distribution")), 2);
}
END_TEST

/* Every column of the CSV has a field. */
START_TEST(columns_have_fields)
{
    const cJSON *fields;
    size_t columns = 0;

    described_full(&at);
    fields = json_member(with_id(json_member(croissant(), "recordSet"), "csv"),
                         "field");
    while (csv_columns[columns]) {
        char id[64];
        snprintf(id, sizeof id, "csv/%s", csv_columns[columns++]);
        with_id(fields, id);
    }
    ck_assert_int_eq(cJSON_GetArraySize(fields), (int)columns + 1);
}
END_TEST

START_TEST(no_memory)
{
    out.failed = true;
    ck_assert(!croissant_write(&at.summary, &out, &err));
    ck_assert_str_eq(err.message, "out of memory");
}
END_TEST

Suite *croissant_suite(void);
Suite *croissant_suite(void)
{
    Suite *suite = suite_create("croissant");
    TCase *tests = tcase_create("croissant");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, plain);
    tcase_add_test(tests, full);
    tcase_add_test(tests, same_again);
    tcase_add_test(tests, what_nobody_said);
    tcase_add_test(tests, hostile_words);
    tcase_add_test(tests, formats_of_files);
    tcase_add_test(tests, a_form_without_rows_has_no_records);
    tcase_add_test(tests, columns_have_fields);
    tcase_add_test(tests, no_memory);
    suite_add_tcase(suite, tests);
    return suite;
}
