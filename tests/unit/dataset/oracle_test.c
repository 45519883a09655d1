/* From a persona's rules to stored labels and back to words. */
#include "fixture.h"

static const char sales[] = PERSONA(
    "sales", ",\"importance_criteria\":{\"always_important\":[\"pipeline\","
             "\"quarter\"]},\"priority_framework\":[{\"name\":\"Close Q4 deals "
             "($2M pipeline)\",\"keywords\":[\"Q4\"]}],\"prep_time_needs\":{"
             "\"requires_prep\":[\"Deal reviews with leadership (30 min: "
             "pipeline data, forecast accuracy, risk assessment)\"]}");

START_TEST(a_pipeline_review_through_the_store)
{
    struct stored_label label;
    int64_t meeting;

    begin();
    put_document(sales);
    meeting = add_subject(
        "sales", "m1", "Q4 Pipeline Review with VP Sales",
        "Quarterly pipeline review focusing on $2M in deals closing this "
        "quarter. Need updated forecast and risk assessment for all active "
        "opportunities.");
    ck_assert(commit());
    label = label_of(meeting);
    ck_assert_int_eq(label.importance, IMPORTANCE_CRITICAL);
    ck_assert_int_eq(label.prep_minutes, 30);
    ck_assert_int_eq(label.rsvp, RSVP_ACCEPT);
    ck_assert_str_eq(reasoning_of(&label),
                     "Always important: pipeline; Always important: quarter; "
                     "Matches priority: Close Q4 deals ($2M pipeline); "
                     "Requires prep: Deal reviews with leadership");
}
END_TEST

/* The numbers of a persona's rules, in order of the document. */
static void numbers_of(const char *document, const char *expected)
{
    struct stored_label label;
    struct buf text = BUF_EMPTY;
    struct meeting_facts facts = {
        .subject = "alpha beta gamma delta", .preview = "", .people = ""};
    struct oracle *oracle;
    size_t at = 0;
    uint64_t code;

    begin();
    put_document(document);
    oracle = open_oracle("a");
    MUST(oracle_label(oracle, &facts, 1, &label, &fix.err));
    while (at < label.rules_length) {
        at += varint_get(label.rules + at, label.rules_length - at, &code);
        ck_assert_uint_eq(code % 2, 1);
        buf_format(&text, "%d", (int)code / 2);
    }
    ck_assert_str_eq(buf_string(&text), expected);
    buf_free(&text);
    oracle_close(oracle);
    commit();
}

START_TEST(rules_keep_their_numbers)
{
    numbers_of(PERSONA("a", ALWAYS("\"alpha\",\"beta\"")), "01");
    numbers_of(PERSONA("a", ALWAYS("\"gamma\",\"alpha\",\"beta\"")), "201");
    numbers_of(PERSONA("a", ALWAYS("\"beta\",\"gamma\",\"alpha\"")), "120");
    numbers_of(PERSONA("a", ALWAYS("\"gamma\"")), "2");
    numbers_of(PERSONA("a", ALWAYS("\"delta\",\"beta\"")), "31");
    numbers_of(PERSONA("a", ALWAYS("\"alpha\",\"beta\",\"gamma\",\"delta\"")),
               "0123");
}
END_TEST

/* Edits around a rule change no label that it gave. */
START_TEST(labels_outlive_edits_around_their_rules)
{
    struct relabel_result result;
    struct noun_counts counts;

    begin();
    put_document(PERSONA("a", ALWAYS("\"alpha\"")));
    add_subject("a", "m1", "alpha", "");
    ck_assert(commit());
    edit(PERSONA("a", ALWAYS("\"never\",\"alpha\",\"nowhere\"")));
    begin();
    MUST(dataset_relabel(fix.run, fix.store, &fix.arena, persona_now("a"), 1,
                         NULL, &result, &fix.err));
    counts = run_counts(fix.run, NOUN_LABEL);
    ck_assert_int_eq(result.checked, 1);
    ck_assert_int_eq(counts.changed, 0);
    ck_assert(!commit());
}
END_TEST

/* ---- Spelling ---- */

static const struct stored_rule rules[] = {
    {RULE_ALWAYS_IMPORTANT, "demo", "demo"},
    {RULE_ALWAYS_IMPORTANT, "{\"any\":[\"demo\"]}", "demo"},
    {RULE_USUALLY_IMPORTANT, "demo", "demo"},
    {RULE_ALWAYS_ACCEPT, "demo", "demo"},
    {RULE_ALWAYS_DECLINE, "demo", "demo"},
    {RULE_NO_PREP, "demo", "demo"},
};

static void check_spelling(const char *codes, size_t count,
                           const char *expected)
{
    struct stored_label label = {.rules = (const unsigned char *)codes,
                                 .rules_length = count};
    struct buf buf = BUF_EMPTY;

    MUST(label_reasoning(&label, rules, sizeof rules / sizeof *rules, &buf,
                         &fix.err));
    ck_assert_str_eq(buf_string(&buf), expected);
    buf_free(&buf);
}

START_TEST(reasonings_are_spelled)
{
    check_spelling("", 0, "No specific rule matched");
    check_spelling("\x01", 1, "Always important: demo");
    check_spelling("\x01\x05", 2,
                   "Always important: demo; Usually important: demo");
    /* overruled */
    check_spelling("\x00", 1, "No specific rule matched");
    check_spelling("\x01\x04", 2, "Always important: demo");
    /* the same words twice */
    check_spelling("\x01\x03", 2, "Always important: demo");
    check_spelling("\x00\x03", 2, "Always important: demo");
    /* answers */
    check_spelling("\x07\x09", 2, "No specific rule matched");
    check_spelling("\x01\x07\x0b", 3, "Always important: demo; No prep: demo");
}
END_TEST

START_TEST(reasonings_are_added_to_a_text)
{
    static const unsigned char codes[] = {1};
    struct stored_label label = {.rules = codes, .rules_length = 0};
    struct buf buf = BUF_EMPTY;

    buf_text(&buf, "why: ");
    MUST(label_reasoning(&label, rules, 1, &buf, &fix.err));
    ck_assert_str_eq(buf_string(&buf), "why: No specific rule matched");
    label.rules_length = 1;
    MUST(label_reasoning(&label, rules, 1, &buf, &fix.err));
    ck_assert_str_eq(buf_string(&buf), "why: No specific rule matchedAlways "
                                       "important: demo");
    buf_free(&buf);
}
END_TEST

START_TEST(damaged_labels_are_errors)
{
    static const struct {
        const char *codes;
        size_t length;
    } cases[] = {{"\x0d", 1},         /* past the last rule */
                 {"\x0c", 1},         /* the same, overruled */
                 {"\x01\x80", 2},     /* a number that is cut off */
                 {"\xff\xff\x7f", 3}, /* a large one */
                 {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stored_label label = {.meeting = 77,
                                     .rules =
                                         (const unsigned char *)cases[i].codes,
                                     .rules_length = cases[i].length};
        struct buf buf = BUF_EMPTY;
        MUST_FAIL(label_reasoning(&label, rules, sizeof rules / sizeof *rules,
                                  &buf, &fix.err),
                  ERROR_DATABASE,
                  "the label of meeting 77 names an unknown rule");
        buf_free(&buf);
    }
}
END_TEST

START_TEST(many_rules_have_long_numbers)
{
    struct buf list = BUF_EMPTY;
    struct stored_label label;
    int64_t meeting;

    for (int i = 0; i < 300; i++)
        buf_format(&list, "%s\"word%d\"", i ? "," : "", i);
    begin();
    put_document(arena_format(
        &fix.arena, &fix.err,
        "{\"id\":\"a\",\"name\":\"A\",\"tier\":1,\"importance_criteria\":{"
        "\"always_important\":[%s]}}",
        buf_string(&list)));
    buf_free(&list);
    meeting = add_subject("a", "m1", "word299 word63 word64", "");
    label = label_of(meeting);
    ck_assert_str_eq(reasoning_of(&label),
                     "Always important: word63; Always important: word64; "
                     "Always important: word299");
}
END_TEST

Suite *oracle_suite(void);
Suite *oracle_suite(void)
{
    Suite *suite = suite_create("oracle");
    TCase *tcase = tcase_create("oracle");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, a_pipeline_review_through_the_store);
    tcase_add_test(tcase, rules_keep_their_numbers);
    tcase_add_test(tcase, labels_outlive_edits_around_their_rules);
    tcase_add_test(tcase, reasonings_are_spelled);
    tcase_add_test(tcase, reasonings_are_added_to_a_text);
    tcase_add_test(tcase, damaged_labels_are_errors);
    tcase_add_test(tcase, many_rules_have_long_numbers);
    suite_add_tcase(suite, tcase);
    return suite;
}
