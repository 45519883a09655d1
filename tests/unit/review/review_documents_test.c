/* Documents of reviews: one text each, and nothing else is read. */
#include "reviewing.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

#define SEEN                                                                   \
    "\"seen\":{\"importance\":\"high\",\"prep_minutes\":30,\"rsvp\":"          \
    "\"accept\",\"reasoning\":\"Always important: demo\"}"
#define HEAD(kind)                                                             \
    "{\"kind\":\"" kind "\",\"sample\":\"first\",\"reviewer\":\"ann\","        \
    "\"meeting\":\"m/1\",\"persona\":\"p\",\"version\":1," SEEN ","
#define AGREES                                                                 \
    "\"blind\":false,\"realistic\":true,\"importance\":\"high\","              \
    "\"prep_minutes\":30,\"rsvp\":\"accept\",\"cause\":\"none\"}"
#define CORRECTS                                                               \
    "\"blind\":true,\"realistic\":false,\"importance\":\"critical\","          \
    "\"prep_minutes\":240,\"rsvp\":\"tentative\",\"cause\":\"rule\","          \
    "\"rule\":\"Always important: demo\",\"note\":\"a\\n\xc3\xa4\"}"

/* ---- Opinions ---- */

START_TEST(opinions_are_written)
{
    struct opinion opinion = agreeing("ann", "m/1");

    ck_assert_str_eq(opinion_text(&opinion), HEAD("opinion") AGREES);
    opinion.decision = true;
    opinion.blind = true;
    opinion.realistic = false;
    opinion.says =
        (struct review_values){IMPORTANCE_CRITICAL, 240, RSVP_TENTATIVE};
    opinion.cause = CAUSE_RULE;
    opinion.rule = "Always important: demo";
    opinion.note = "a\n\xc3\xa4";
    ck_assert_str_eq(opinion_text(&opinion), HEAD("decision") CORRECTS);
}
END_TEST

START_TEST(opinions_come_back)
{
    struct stored_record stored =
        record_of("decision/first/m/1", HEAD("decision") CORRECTS);
    struct opinion opinion;

    MUST(opinion_read(&fix.arena, &stored, &opinion, &fix.err));
    ck_assert_str_eq(opinion.sample, "first");
    ck_assert_str_eq(opinion.reviewer, "ann");
    ck_assert_str_eq(opinion.meeting, "m/1");
    ck_assert_str_eq(opinion.persona, "p");
    ck_assert_int_eq(opinion.version, 1);
    ck_assert_int_eq(opinion.seen.values.importance, IMPORTANCE_HIGH);
    ck_assert_int_eq(opinion.seen.values.prep_minutes, 30);
    ck_assert_int_eq(opinion.seen.values.rsvp, RSVP_ACCEPT);
    ck_assert_str_eq(opinion.seen.reasoning, "Always important: demo");
    ck_assert(opinion.decision && opinion.blind && !opinion.realistic);
    ck_assert_int_eq(opinion.says.importance, IMPORTANCE_CRITICAL);
    ck_assert_int_eq(opinion.says.prep_minutes, 240);
    ck_assert_int_eq(opinion.says.rsvp, RSVP_TENTATIVE);
    ck_assert_int_eq(opinion.cause, CAUSE_RULE);
    ck_assert_str_eq(opinion.rule, "Always important: demo");
    ck_assert_str_eq(opinion.note, "a\n\xc3\xa4");
    stored = record_of("opinion/first/ann/m/1", HEAD("opinion") AGREES);
    MUST(opinion_read(&fix.arena, &stored, &opinion, &fix.err));
    ck_assert(!opinion.decision && !opinion.blind && opinion.realistic);
    ck_assert_int_eq(opinion.cause, CAUSE_NONE);
    ck_assert_ptr_null(opinion.rule);
    ck_assert_str_eq(opinion.note, "");
}
END_TEST

static void check_unwritten(const struct opinion *opinion, const char *message)
{
    struct buf buf = BUF_EMPTY;

    MUST_FAIL(opinion_write(opinion, &buf, &fix.err), ERROR_INPUT, message);
    ck_assert_uint_eq(buf.length, 0);
    buf_free(&buf);
}

START_TEST(wrong_opinions_are_not_written)
{
    const struct opinion right = agreeing("ann", "m");
    struct opinion opinion = right;
    char note[REVIEW_NOTE + 2] = "";

    opinion.reviewer = "an n";
    check_unwritten(&opinion, "\"an n\" is no name of a reviewer");
    opinion = right;
    opinion.sample = "a/b";
    check_unwritten(&opinion, "\"a/b\" is no name of a sample");
    opinion = right;
    opinion.meeting = "";
    check_unwritten(&opinion, "meeting is empty");
    opinion.meeting = "a\xff";
    check_unwritten(&opinion, "meeting is not UTF-8");
    opinion = right;
    opinion.version = 0;
    check_unwritten(&opinion, "version must be 1 or more, not 0");
    opinion = right;
    opinion.says.prep_minutes = 4;
    check_unwritten(&opinion, "prep_minutes must be 0, or 5 to 240, not 4");
    opinion.says.prep_minutes = 241;
    check_unwritten(&opinion, "prep_minutes must be 0, or 5 to 240, not 241");
    opinion = right;
    opinion.seen.values.importance = IMPORTANCE_LEVELS;
    check_unwritten(&opinion,
                    "seen.importance must be low, medium, high or critical");
    opinion = right;
    opinion.says.rsvp = -1;
    check_unwritten(&opinion, "rsvp must be accept, tentative or decline");
    opinion = right;
    opinion.cause = CAUSE_EXCEPTION;
    check_unwritten(&opinion, "cause is \"exception\", and nothing is "
                              "corrected");
    opinion.says.prep_minutes = 0;
    opinion.rule = "Requires prep: demo";
    check_unwritten(&opinion, "rule is named, and the cause is \"exception\"");
    opinion = right;
    opinion.note = "a\tb";
    check_unwritten(&opinion, "note holds a control character");
    opinion.note = "a\xc2\x85";
    check_unwritten(&opinion, "note holds a control character");
    memset(note, 'x', REVIEW_NOTE + 1);
    opinion.note = note;
    check_unwritten(&opinion, "note is longer than 2000 bytes");
    note[REVIEW_NOTE] = '\0';
    opinion_text(&opinion);
}
END_TEST

static void check_damaged(const char *text, const char *reason)
{
    struct stored_record stored = record_of("opinion/first/ann/m/1", text);
    struct opinion opinion;

    MUST_FAIL(opinion_read(&fix.arena, &stored, &opinion, &fix.err),
              ERROR_DATABASE,
              arena_format(&fix.arena, &fix.err,
                           "the review opinion/first/ann/m/1 is damaged: %s",
                           reason));
}

START_TEST(damaged_opinions_are_named)
{
    check_damaged("[]", "the document must be an object");
    check_damaged("{", "document:1:2: the JSON ends too early");
    check_damaged("{\"kind\":\"opinion\"}", "sample is missing");
    check_damaged("{\"kind\":\"sample\"}", "kind must be opinion or decision");
    check_damaged(HEAD("opinion") "\"more\":1," AGREES, "more is not known");
    check_damaged(HEAD("opinion") " " AGREES,
                  "the document is not written as it must be");
    check_damaged(HEAD("opinion") "\"note\":\"\"," AGREES,
                  "the document is not written as it must be");
    check_damaged(HEAD("decision") AGREES, "it is that of decision/first/m/1");
    check_damaged(HEAD("opinion") "\"blind\":0}",
                  "blind must be true or false");
    check_damaged(HEAD("opinion") "\"blind\":true,\"realistic\":true,"
                                  "\"importance\":\"urgent\","
                                  "\"prep_minutes\":30,\"rsvp\":\"accept\","
                                  "\"cause\":\"none\"}",
                  "importance must be low, medium, high or critical");
    check_damaged(HEAD("opinion") "\"blind\":true,\"realistic\":true,"
                                  "\"importance\":\"high\","
                                  "\"prep_minutes\":1e300,\"rsvp\":\"accept\","
                                  "\"cause\":\"none\"}",
                  "prep_minutes must be a whole number");
    check_damaged("{\"kind\":\"opinion\",\"sample\":\"first\",\"reviewer\":"
                  "\"ann\",\"meeting\":\"m/1\",\"persona\":\"p\","
                  "\"version\":1,\"seen\":1}",
                  "seen must be an object");
    check_damaged("{\"kind\":\"opinion\",\"sample\":\"first\",\"reviewer\":"
                  "\"ann\",\"meeting\":\"m/1\",\"persona\":\"p\","
                  "\"version\":1,\"seen\":{\"rules\":1}}",
                  "seen.rules is not known");
    check_damaged("{\"kind\":\"opinion\",\"sample\":\"first\",\"reviewer\":"
                  "\"ann\",\"meeting\":\"m/1\",\"persona\":\"p\","
                  "\"version\":1,\"seen\":{\"importance\":1}}",
                  "seen.importance must be a text");
}
END_TEST

/* ---- Samples ---- */

static const char *const two_personas[] = {"a", "b"};
static const char *const two_meetings[] = {"m2", "m1"};

static struct sample whole_sample(void)
{
    return (struct sample){
        .name = "first",
        .version = 7,
        .terms = {.count = 3,
                  .strata = 1u << SAMPLE_BY_PERSONA | 1u << SAMPLE_BY_RSVP,
                  .prefer = PREFER_NEW_RULES,
                  .seed = UINT64_MAX,
                  .personas = two_personas,
                  .persona_count = 2},
        .meetings = two_meetings,
        .count = 2};
}

static const char whole_text[] =
    "{\"kind\":\"sample\",\"sample\":\"first\",\"version\":7,\"count\":3,"
    "\"stratify\":[\"persona\",\"rsvp\"],\"prefer\":\"new-rules\","
    "\"seed\":\"18446744073709551615\",\"personas\":[\"a\",\"b\"],"
    "\"meetings\":[\"m2\",\"m1\"]}";

START_TEST(samples_come_back)
{
    struct sample sample = whole_sample();
    struct stored_record stored = record_of("sample/first", whole_text);
    struct buf buf = BUF_EMPTY;

    MUST(sample_write(&sample, &buf, &fix.err));
    ck_assert_str_eq(buf_string(&buf), whole_text);
    MUST(sample_read(&fix.arena, &stored, &sample, &fix.err));
    ck_assert_str_eq(sample.name, "first");
    ck_assert_int_eq(sample.version, 7);
    ck_assert_int_eq(sample.terms.count, 3);
    ck_assert_uint_eq(sample.terms.strata,
                      1u << SAMPLE_BY_PERSONA | 1u << SAMPLE_BY_RSVP);
    ck_assert_int_eq(sample.terms.prefer, PREFER_NEW_RULES);
    ck_assert_uint_eq(sample.terms.seed, UINT64_MAX);
    ck_assert_uint_eq(sample.terms.persona_count, 2);
    ck_assert_str_eq(sample.terms.personas[1], "b");
    ck_assert_uint_eq(sample.count, 2);
    ck_assert_str_eq(sample.meetings[0], "m2");
    sample.terms = (struct sample_terms){.count = 2, .seed = 1};
    buf_clear(&buf);
    MUST(sample_write(&sample, &buf, &fix.err));
    ck_assert_str_eq(buf_string(&buf),
                     "{\"kind\":\"sample\",\"sample\":\"first\",\"version\":7,"
                     "\"count\":2,\"seed\":\"1\",\"meetings\":[\"m2\","
                     "\"m1\"]}");
    stored = record_of("sample/first", buf_string(&buf));
    MUST(sample_read(&fix.arena, &stored, &sample, &fix.err));
    ck_assert_uint_eq(sample.terms.persona_count, 0);
    buf_free(&buf);
}
END_TEST

static void check_unwritten_sample(const struct sample *sample,
                                   const char *message)
{
    struct buf buf = BUF_EMPTY;

    MUST_FAIL(sample_write(sample, &buf, &fix.err), ERROR_INPUT, message);
    buf_free(&buf);
}

START_TEST(wrong_samples_are_not_written)
{
    static const char *const twice[] = {"m", "m"};
    static const char *const empty[] = {"m", ""};
    struct sample sample = whole_sample();

    sample.count = 0;
    check_unwritten_sample(&sample, "meetings is empty");
    sample = whole_sample();
    sample.terms.count = 1;
    check_unwritten_sample(&sample, "meetings are 2, and the count is 1");
    sample.terms.count = SAMPLE_MOST + 1;
    check_unwritten_sample(&sample, "count must be 1 to 100000, not 100001");
    sample = whole_sample();
    sample.meetings = twice;
    check_unwritten_sample(&sample, "meetings names \"m\" twice");
    sample.meetings = empty;
    check_unwritten_sample(&sample, "meetings[1]: meeting is empty");
    sample = whole_sample();
    sample.terms.personas = two_meetings;
    check_unwritten_sample(&sample, "personas must be in order, each once");
}
END_TEST

static void check_damaged_sample(const char *text, const char *reason)
{
    struct stored_record stored = record_of("sample/first", text);
    struct sample sample;

    MUST_FAIL(sample_read(&fix.arena, &stored, &sample, &fix.err),
              ERROR_DATABASE,
              arena_format(&fix.arena, &fix.err,
                           "the review sample/first is damaged: %s", reason));
}

#define SAMPLE "{\"kind\":\"sample\",\"sample\":\"first\",\"version\":7,"

START_TEST(damaged_samples_are_named)
{
    check_damaged_sample("{\"kind\":\"opinion\"}", "kind must be sample");
    check_damaged_sample(SAMPLE "\"count\":1.5}",
                         "count must be a whole number");
    check_damaged_sample(SAMPLE "\"count\":1,\"stratify\":[\"sort\"]}",
                         "stratify must be a list of persona, importance, "
                         "tier, type, prep, rsvp");
    check_damaged_sample(SAMPLE "\"count\":1,\"prefer\":\"old\"}",
                         "prefer must be conflicts, new-rules or borderline");
    check_damaged_sample(SAMPLE "\"count\":1,\"prefer\":\"none\",\"seed\":"
                                "\"1\",\"meetings\":[\"m\"]}",
                         "the document is not written as it must be");
    check_damaged_sample(SAMPLE "\"count\":1,\"seed\":1}",
                         "seed must be a text");
    check_damaged_sample(SAMPLE "\"count\":1,\"seed\":\"-1\"}",
                         "seed must be a whole number as a text");
    check_damaged_sample(SAMPLE "\"count\":1,\"seed\":\"01\","
                                "\"meetings\":[\"m\"]}",
                         "the document is not written as it must be");
    check_damaged_sample(SAMPLE "\"count\":1,\"seed\":\"1\",\"meetings\":[1]}",
                         "meetings must be a list of texts");
    check_damaged_sample(SAMPLE "\"count\":1,\"seed\":\"1\"}",
                         "meetings is empty");
    check_damaged_sample("{\"kind\":\"sample\",\"sample\":\"other\","
                         "\"version\":7,\"count\":1,\"seed\":\"1\","
                         "\"meetings\":[\"m\"]}",
                         "it is that of sample/other");
}
END_TEST

/* ---- Persona opinions ---- */

static const char persona_text[] =
    "{\"kind\":\"persona\",\"persona\":\"p\",\"reviewer\":\"ann\","
    "\"version\":2,\"rules_hash\":\"" HASH "\",\"exists\":true,"
    "\"note\":\"Two.\",\"rules\":[{\"rule\":\"Always important: demo\","
    "\"right\":false,\"note\":\"No.\"},{\"rule\":\"Priority: Close\","
    "\"right\":true}]}";

START_TEST(persona_opinions_come_back)
{
    struct stored_record stored = record_of("persona/p/ann", persona_text);
    struct persona_opinion opinion;
    struct buf buf = BUF_EMPTY;

    MUST(persona_opinion_read(&fix.arena, &stored, &opinion, &fix.err));
    ck_assert_str_eq(opinion.persona, "p");
    ck_assert_str_eq(opinion.reviewer, "ann");
    ck_assert_int_eq(opinion.version, 2);
    ck_assert_str_eq(opinion.rules_hash, HASH);
    ck_assert(opinion.exists);
    ck_assert_str_eq(opinion.note, "Two.");
    ck_assert_uint_eq(opinion.rule_count, 2);
    ck_assert_str_eq(opinion.rules[0].rule, "Always important: demo");
    ck_assert(!opinion.rules[0].right && opinion.rules[1].right);
    ck_assert_str_eq(opinion.rules[0].note, "No.");
    ck_assert_str_eq(opinion.rules[1].note, "");
    MUST(persona_opinion_write(&opinion, &buf, &fix.err));
    ck_assert_str_eq(buf_string(&buf), persona_text);
    buf_clear(&buf);
    opinion.rules[1].rule = "Always important: demo";
    MUST_FAIL(persona_opinion_write(&opinion, &buf, &fix.err), ERROR_INPUT,
              "rules names \"Always important: demo\" twice");
    opinion.rules[1].rule = "";
    MUST_FAIL(persona_opinion_write(&opinion, &buf, &fix.err), ERROR_INPUT,
              "rules[1]: rule is empty");
    opinion.rules_hash = "12";
    MUST_FAIL(persona_opinion_write(&opinion, &buf, &fix.err), ERROR_INPUT,
              "rules_hash must be a hash of 64 hexadecimal digits");
    opinion.rules_hash = HASH;
    opinion.rule_count = 0;
    opinion.note = "";
    MUST(persona_opinion_write(&opinion, &buf, &fix.err));
    ck_assert_str_eq(buf_string(&buf),
                     "{\"kind\":\"persona\",\"persona\":\"p\",\"reviewer\":"
                     "\"ann\",\"version\":2,\"rules_hash\":\"" HASH
                     "\",\"exists\":true,\"rules\":[]}");
    buf_free(&buf);
}
END_TEST

START_TEST(damaged_persona_opinions_are_named)
{
    struct stored_record stored =
        record_of("persona/p/ann", "{\"kind\":\"persona\",\"persona\":\"p\","
                                   "\"reviewer\":\"ann\",\"version\":2,"
                                   "\"rules_hash\":\"" HASH "\","
                                   "\"exists\":true,\"rules\":[{\"rule\":\"a\","
                                   "\"right\":true},{\"rule\":\"b\"}]}");
    struct persona_opinion opinion;

    MUST_FAIL(
        persona_opinion_read(&fix.arena, &stored, &opinion, &fix.err),
        ERROR_DATABASE,
        "the review persona/p/ann is damaged: rules[1].right must be true "
        "or false");
    stored = record_of("persona/p/bob", persona_text);
    MUST_FAIL(persona_opinion_read(&fix.arena, &stored, &opinion, &fix.err),
              ERROR_DATABASE,
              "the review persona/p/bob is damaged: it is that of "
              "persona/p/ann");
}
END_TEST

Suite *review_documents_suite(void);
Suite *review_documents_suite(void)
{
    Suite *suite = suite_create("review_documents");
    TCase *tcase = tcase_create("documents");

    tcase_add_checked_fixture(tcase, folder_setup, store_teardown);
    tcase_add_test(tcase, opinions_are_written);
    tcase_add_test(tcase, opinions_come_back);
    tcase_add_test(tcase, wrong_opinions_are_not_written);
    tcase_add_test(tcase, damaged_opinions_are_named);
    tcase_add_test(tcase, samples_come_back);
    tcase_add_test(tcase, wrong_samples_are_not_written);
    tcase_add_test(tcase, damaged_samples_are_named);
    tcase_add_test(tcase, persona_opinions_come_back);
    tcase_add_test(tcase, damaged_persona_opinions_are_named);
    suite_add_tcase(suite, tcase);
    return suite;
}
