/* The dataset card.  Two are pinned as whole files; tests/formats reads real
 * ones with a parser of YAML. */
#include "tests/unit/export/described.h"

#include "src/export/card.h"

static struct described at;
static struct buf out;
static struct error err;

static void setup(void)
{
    described_plain(&at);
}

static void teardown(void)
{
    buf_free(&out);
    out = (struct buf)BUF_EMPTY;
}

static const char *card(void)
{
    buf_clear(&out);
    ck_assert_msg(card_write(&at.summary, &out, &err), "%s", err.message);
    ck_assert(!out.length || strlen(out.data) == out.length);
    return buf_string(&out);
}

static void has(const char *text)
{
    const char *whole = card();

    ck_assert_msg(strstr(whole, text) != NULL, "no \"%s\" in\n%s", text, whole);
}

static void has_not(const char *text)
{
    const char *whole = card();

    ck_assert_msg(!strstr(whole, text), "\"%s\" in\n%s", text, whole);
}

/* ---- Whole cards ---- */

START_TEST(plain)
{
    card();
    described_pin("plain.md", &out);
}
END_TEST

START_TEST(full)
{
    described_full(&at);
    card();
    described_pin("full.md", &out);
}
END_TEST

START_TEST(same_again)
{
    struct buf first = BUF_EMPTY;

    described_full(&at);
    ck_assert(card_write(&at.summary, &first, &err));
    ck_assert_str_eq(card(), first.data);
    buf_free(&first);
}
END_TEST

/* ---- Text from data ---- */

typedef void writer(struct buf *out, const char *text);

static void writes(writer *write, const char *text, const char *wanted)
{
    buf_clear(&out);
    write(&out, text);
    ck_assert_str_eq(buf_string(&out), wanted);
    ck_assert(!out.failed);
}

START_TEST(markdown)
{
    writes(card_text, "", "");
    writes(card_text, "Plain text, 1-on-1 (30 min)!",
           "Plain text, 1-on-1 (30 min)!");
    writes(card_text, "a*b_c`d[e](f)<g>#h|i~j&k$l\\m",
           "a\\*b\\_c\\`d\\[e\\](f)\\<g\\>\\#h\\|i\\~j\\&k\\$l\\\\m");
    writes(card_text, "two\nlines\r\n- of it", "two lines - of it");
    writes(card_text, "\x1b[31mred", "\\\\x1b\\[31mred");
    writes(card_text, "\u202Eabc", "\\\\u202eabc");
    writes(card_text, "Zoë 会议 \xFF", "Zoë 会议 \uFFFD");
}
END_TEST

START_TEST(code)
{
    writes(card_code, "plain", "`plain`");
    writes(card_code, "a `b` c", "`` a `b` c ``");
    writes(card_code, "``", "``` `` ```");
    writes(card_code, "\n# x", "`  # x `");
}
END_TEST

START_TEST(yaml)
{
    writes(card_yaml, "", "\"\"");
    writes(card_yaml, "no: # [x] {y} & *z !t |> %",
           "\"no: # [x] {y} & *z !t "
           "|> %\"");
    writes(card_yaml, "a\"b\\c\nd\te", "\"a\\\"b\\\\c\\nd\\te\"");
    writes(card_yaml, "\x01\x7F", "\"\\u0001\\u007F\"");
    writes(card_yaml, "\xC2\x80\xC2\x85\xC2\x9F\u00A0",
           "\"\\u0080\\u0085\\u009F"
           "\u00A0\"");
    writes(card_yaml, "\u2027\u2028\u2029\u202A",
           "\"\u2027\\u2028\\u2029"
           "\u202A\"");
    writes(card_yaml, "\uFEFF\uFFFD\xEF\xBF\xBE\xEF\xBF\xBF",
           "\"\\uFEFF\uFFFD\\uFFFE\\uFFFF\"");
    writes(card_yaml, "Zoë 会议 😀", "\"Zoë 会议 😀\"");
    writes(card_yaml, "\xC2", "\"\uFFFD\"");
}
END_TEST

START_TEST(words_cannot_leave_the_front_matter)
{
    at.request.words.title = "x\n---\nevil: yes";
    at.request.words.license = "mit\nconfigs: []";
    has("\nlicense: \"mit\\nconfigs: []\"\n");
    has("\npretty_name: \"x\\n---\\nevil: yes\"\n");
    has("\n# x --- evil: yes\n");
}
END_TEST

/* ---- Sizes ---- */

static void sized(int64_t meetings, const char *category)
{
    char wanted[64];

    at.summary.parts[PART_TRAIN].meetings = meetings;
    at.summary.parts[PART_HELD_OUT].meetings = 0;
    snprintf(wanted, sizeof wanted, "size_categories:\n- %s\n", category);
    has(wanted);
}

START_TEST(size_categories)
{
    sized(0, "n<1K");
    sized(999, "n<1K");
    sized(1000, "1K<n<10K");
    sized(9999, "1K<n<10K");
    sized(1000000, "1M<n<10M");
    sized(INT64_C(999999999999), "100B<n<1T");
    sized(INT64_C(1000000000000), "n>1T");
    sized(INT64_MAX, "n>1T");
}
END_TEST

/* ---- Paths ---- */

static void path_is(enum part part, const char *wanted)
{
    buf_clear(&out);
    ck_assert(summary_path(&at.summary, 0, part, &out) == (wanted != NULL));
    ck_assert_str_eq(buf_string(&out), wanted ? wanted : "");
}

START_TEST(paths)
{
    path_is(PART_TRAIN, "data/graph/train.jsonl");
    path_is(PART_VALIDATION, NULL);
    path_is(PARTS, "data/graph/*.jsonl");
    at.request.compress = COMPRESS_ZSTD;
    at.summary.file_count = 0;
    described_file(&at, 0, PART_TRAIN, 1, 2);
    described_file(&at, 0, PART_TRAIN, 2, 2);
    path_is(PART_TRAIN, "data/graph/train-*.jsonl.zst");
    path_is(PARTS, "data/graph/*.jsonl.zst");
}
END_TEST

/* `datasets` fails on a split without a row. */
START_TEST(a_part_without_rows_is_no_split)
{
    at.files[1].rows = 0;
    has("- split: train\n");
    has_not("- split: test\n");
    at.files[0].rows = 0;
    has_not("- split:");
    path_is(PARTS, NULL);
}
END_TEST

/* ---- What it says ---- */

START_TEST(csv_is_loaded_by_itself_beside_json)
{
    at.shapes[1] = (struct export_shape){
        .format = FORMAT_CSV, .task = TASKS, .name = "csv"};
    at.request.shape_count = 2;
    described_file(&at, 1, PART_TRAIN, 1, 1);
    has("data = load_dataset(\"path/to/this/folder\", \"graph\")\n"
        "data = load_dataset(\"csv\", data_files={\n"
        "    \"train\": \"path/to/this/folder/data/csv/train.csv\",\n})\n");
    at.request.shapes = &at.shapes[1];
    at.request.shape_count = 1;
    has("data = load_dataset(\"path/to/this/folder\", \"csv\")\n");
}
END_TEST

START_TEST(leaks)
{
    has("were **not looked for**.");
    at.request.leaks = &at.leaks;
    at.leaks.compared = 300;
    has("Looked for among 300 meetings");
    has("0.8 or more.\nNone were found.\n");
    at.leaks.count = 1;
    at.summary.parts[PART_TRAIN].dropped = 1;
    has("1 was found and left out: 1 of `train`, 0 of `validation`, 0 of "
        "`test`.\n");
}
END_TEST

START_TEST(empty_tallies)
{
    at.personas[0].tally = (struct tally){.meetings = 0};
    has("| `alpha` | 1 | train | 0 | - | - | - | - | - | - | - | - | - | - "
        "|\n");
}
END_TEST

START_TEST(nothing_is_claimed_that_is_not_so)
{
    has("No person looked at the labels");
    has_not("stale");
    has_not("Prompts of");
    at.request.labels = LABELS_REVIEWED;
    has("No person looked at the labels");
    at.summary.reviewed = 1234;
    at.request.stale_allowed = true;
    has("People reviewed 1,234 of the labels;");
    has("Labels that nobody reviewed are the rules'");
    has("**Labels may be stale:**");
}
END_TEST

START_TEST(no_memory)
{
    out.failed = true;
    ck_assert(!card_write(&at.summary, &out, &err));
    ck_assert_str_eq(err.message, "out of memory");
}
END_TEST

Suite *card_suite(void);
Suite *card_suite(void)
{
    Suite *suite = suite_create("card");
    TCase *tests = tcase_create("card");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, plain);
    tcase_add_test(tests, full);
    tcase_add_test(tests, same_again);
    tcase_add_test(tests, markdown);
    tcase_add_test(tests, code);
    tcase_add_test(tests, yaml);
    tcase_add_test(tests, words_cannot_leave_the_front_matter);
    tcase_add_test(tests, size_categories);
    tcase_add_test(tests, paths);
    tcase_add_test(tests, a_part_without_rows_is_no_split);
    tcase_add_test(tests, csv_is_loaded_by_itself_beside_json);
    tcase_add_test(tests, leaks);
    tcase_add_test(tests, empty_tallies);
    tcase_add_test(tests, nothing_is_claimed_that_is_not_so);
    tcase_add_test(tests, no_memory);
    suite_add_tcase(suite, tests);
    return suite;
}
