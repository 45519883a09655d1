/* Reading replies: where the JSON is, which meeting is whose, and what is wrong
 * with a text. */
#include "tests/unit/llm/reply.h"

#include "datebook/utf16.h"

Suite *written_suite(void);

/* ---- Finding ---- */

START_TEST(as_it_was_asked_for)
{
    read_good(LIST(THREE "," ONE "," TWO), 0);
    ck_assert_str_eq(list.items[0].subject, "Pipeline: three that slipped");
    ck_assert_str_eq(list.items[0].kind, "pipeline_review");
    ck_assert_str_eq(list.items[1].raw, TWO);
    ck_assert_str_eq(list.items[2].preview, "Quiet time to read what came in.");
    ck_assert_ptr_null(list.items[0].date);
}
END_TEST

START_TEST(wherever_it_stands)
{
    static const char *const replies[] = {
        "```json\n" LIST(ONE "," TWO "," THREE) "\n```",
        "Sure! [Here] you are:\n\n" LIST(ONE "," TWO
                                             ",\n" THREE) "\nAnything else?",
        "[" ONE "," TWO "," THREE "]",
        "<think>I {\"meetings\": could</think>```\n" LIST(ONE "," TWO
                                                              "," THREE) "```",
        "{\"a\":1} {\"meetings\" : [ " ONE " , " TWO " , " THREE " ] }",
    };

    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++) {
        read_good(replies[i], 1);
        ck_assert_str_eq(list.items[0].raw, ONE);
        ck_assert_str_eq(list.items[2].raw, THREE);
    }
    read_good("\xEF\xBB\xBF <think>no</think> " LIST(ONE "," TWO "," THREE), 0);
    read_good("{\"note\":[\"}\",{\"x\":\"\\\"]\"}],\"meetings\":[" ONE "," TWO
              "," THREE "]}",
              0);
    ck_assert_str_eq(list.items[1].raw, TWO);
}
END_TEST

START_TEST(replies_that_are_none)
{
    static const struct {
        const char *content;
        const char *fault;
    } cases[] = {
        {NULL, "the reply is empty"},
        {" \n", "the reply is empty"},
        {"I am sorry,\nI cannot.",
         "the reply holds no JSON: \"I am sorry,\\u000AI cannot.\""},
        {"{\"meetings\":[" ONE,
         "the reply is not JSON: reply:1:136: the JSON ends too early"},
        {"Here:\n{\"meetings\":[x]}",
         "the reply is not JSON: reply:1:14: not valid JSON here"},
        {"{\"meetings\":[],\"meetings\":[]}",
         "the reply is not JSON: reply: the field \"meetings\" stands twice in "
         "one object"},
        {"{\"meetings\":\"\xff\"}",
         "the reply is not JSON: reply:1:14: not UTF-8"},
        {"{\"meetings\":\"\\u0000\"}", "the reply is not JSON: reply:1:14: a "
                                       "NUL character, which no text can hold"},
        {"{\"events\":[]}", "the reply has no list \"meetings\""},
        {"{\"meetings\":7}", "\"meetings\" is a number, not a list"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_reply(cases[i].content);
        ck_assert_ptr_nonnull(list.fault);
        ck_assert_str_eq(list.fault, cases[i].fault);
        for (size_t k = 0; k < list.count; k++)
            ck_assert_str_eq(list.items[k].fault, cases[i].fault);
    }
}
END_TEST

/* ---- Matching ---- */

/* The faults of the three, NULL for none. */
static void expect_faults(const char *content, const char *one, const char *two,
                          const char *three)
{
    const char *const faults[] = {one, two, three};

    read_reply(content);
    ck_assert_ptr_null(list.fault);
    for (size_t i = 0; i < 3; i++) {
        const char *fault = list.items[i].fault;
        ck_assert_msg(!fault == !faults[i], "brief %zu: %s", i + 1,
                      fault ? fault : "good");
        if (fault)
            ck_assert_str_eq(fault, faults[i]);
    }
}

START_TEST(missing_twice_and_strange)
{
    expect_faults(LIST(ONE "," THREE), NULL, "brief 2 is missing", NULL);
    expect_faults(LIST(ONE "," TWO "," TWO "," THREE), NULL,
                  "brief 2 is there twice", NULL);
    ck_assert_str_eq(list.items[1].raw, TWO);
    expect_faults(LIST(ONE ",{\"brief\":9}," THREE), NULL,
                  "brief 2 is missing; brief 9 was not asked for", NULL);
    expect_faults(LIST(""), "brief 1 is missing", "brief 2 is missing",
                  "brief 3 is missing");
    expect_faults("[{},7]", "brief 1 is missing", "brief 2 is missing",
                  "brief 3 is missing");
    read_good(LIST(ONE ",{\"brief\":9},{\"brief\":10}," THREE "," TWO), 1);
}
END_TEST

START_TEST(the_only_one_needs_no_number)
{
    static const char *const one[] = {
        LIST("{\"kind\":\"focus\",\"subject\":\"Deck, first draft\","
             "\"preview\":\"Two hours without chat.\"}"),
        LIST("{\"brief\":0,\"kind\":\"focus\",\"subject\":\"Deck, first "
             "draft\",\"preview\":\"Two hours without chat.\"}"),
        LIST("{\"brief\":\"1\",\"kind\":\"focus\",\"subject\":\"Deck, first "
             "draft\",\"preview\":\"Two hours without chat.\"}"),
        "{\"brief\":1,\"kind\":\"focus\",\"subject\":\"Deck, first draft\","
        "\"preview\":\"Two hours without chat.\"}",
        "{\"meetings\":{\"brief\":1,\"kind\":\"focus\",\"subject\":\"Deck, "
        "first draft\",\"preview\":\"Two hours without chat.\"}}"};
    struct prompt_call three = call;

    call.brief_count = 1;
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        read_good(one[i], 1);
    call = three;
    expect_faults(one[0], "brief 1 is missing", "brief 2 is missing",
                  "brief 3 is missing");
}
END_TEST

/* ---- Texts ---- */

/* Brief 1 with these fields, of which the others keep a good one. */
static const char *with(const char *kind, const char *subject,
                        const char *preview)
{
    const char *text = arena_format(
        &arena, &err,
        "{\"meetings\":[{\"brief\":1,\"kind\":%s,\"subject\":%s,"
        "\"preview\":%s}," TWO "," THREE "]}",
        kind ? kind : "\"focus\"", subject ? subject : "\"Deck, first draft\"",
        preview ? preview : "\"Two hours without chat.\"");

    ck_assert_ptr_nonnull(text);
    return text;
}

START_TEST(faults_of_texts)
{
    static const struct {
        const char *kind, *subject, *preview;
        const char *fault;
    } cases[] = {
        {"\"Lunch\"", NULL, NULL, "kind \"Lunch\" is none of the kinds"},
        {"7", NULL, NULL, "kind is a number, not text"},
        {"\"\"", NULL, NULL, "kind \"\" is none of the kinds"},
        {NULL, "null", NULL, "subject is null, not text"},
        {NULL, "\" \"", NULL, "subject is empty"},
        {NULL, "\"ab\"", NULL,
         "subject \"ab\" is 2 characters long, at least 3"},
        {NULL, "\"a\\nb c\"", NULL,
         "subject \"a\\u000Ab c\" has more than one line"},
        {NULL, "\"ab\\u0007c\"", NULL,
         "subject \"ab\\u0007c\" holds a control character"},
        {NULL, "\"ab\\u0085c\"", NULL,
         "subject \"ab\\u0085c\" holds a control character"},
        {NULL, "\"1 + 2 = 3\"", NULL, "subject \"1 + 2 = 3\" holds no letter"},
        {NULL, "\"Sync with {customer}\"", NULL,
         "subject has an empty slot at \"{customer}\""},
        {NULL, "\"1:1 [Name]\"", NULL,
         "subject has an empty slot at \"[Name]\""},
        {NULL, "\"Call <customer name>\"", NULL,
         "subject has an empty slot at \"<customer name>\""},
        {NULL, "\"Call [insert date here]\"", NULL,
         "subject has an empty slot at \"[insert date here]\""},
        {NULL, "\"Pipeline-Review\"", NULL,
         "subject \"Pipeline-Review\" is merely the kind"},
        {"\"customer call\"", "\"Customer  Call\"", NULL,
         "subject \"Customer Call\" is merely the kind"},
        {NULL, NULL, "\"\"", "preview is empty"},
        {NULL, NULL, "\"Shortish\"",
         "preview \"Shortish\" is 8 characters long, at least 10"},
        {NULL, NULL, "\"Bring it\\u001b[31m with you\"",
         "preview \"Bring it\\u001B[31m with you\" holds a control character"},
        {NULL, NULL, "\"Write to ana@gmail.com.\"",
         "preview names \"gmail.com\", which may be a real address; leave it "
         "out, or let it end in .example"},
        {NULL, NULL, "\"See https://intranet/x for it\"",
         "preview names \"intranet\", which may be a real address; leave it "
         "out, or let it end in .example"},
        {NULL, "\"Demo for Booking.com\"", NULL,
         "subject names \"Booking.com\", which may be a real address; leave it "
         "out, or let it end in .example"},
        {"\"x\"", "[]", "{}",
         "kind \"x\" is none of the kinds; subject is a list, not text; "
         "preview is an object, not text"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_faults(with(cases[i].kind, cases[i].subject, cases[i].preview),
                      arena_format(&arena, &err, "brief 1: %s", cases[i].fault),
                      NULL, NULL);
    expect_faults(LIST("{\"brief\":1}," TWO "," THREE),
                  "brief 1: kind is missing; subject is missing; preview is "
                  "missing",
                  NULL, NULL);
}
END_TEST

START_TEST(texts_that_are_fine)
{
    static const struct {
        const char *kind, *subject, *preview;
        int coerced;
    } cases[] = {
        {"\"Pipeline Review\"", NULL, NULL, 1},
        {"\" focus \"", NULL, NULL, 1},
        {NULL, "\"  Deck,  first draft \"", NULL, 1},
        {NULL, "\"\\\"Deck, first draft\\\"\"", NULL, 1},
        {NULL, "\"The \\\"other\\\" deck\"", NULL, 0},
        {NULL, "\"[EXT] Deck for Q4 [draft]\"", NULL, 0},
        {NULL, "\"\xE4\xBC\x9A\xE8\xAD\xB0\xE5\xAE\xA4\"", NULL, 0},
        {NULL, "\"ASP.NET and Node.js, e.g. the old app\"", NULL, 0},
        {NULL, NULL, "\"First line.\\nSecond line.\"", 0},
        {NULL, NULL, "\"First line.\\r\\n\\r\\nSecond line.\"", 1},
        {NULL, NULL, "\"Ask help@it.contoso.com, or www.fabrikam.com.\"", 0},
        {NULL, NULL, "\"Lunch @ noon, @Ana brings the deck.\"", 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        read_good(with(cases[i].kind, cases[i].subject, cases[i].preview),
                  cases[i].coerced);
    read_good(with(NULL, NULL, "\" First line.\\r\\n\\n Second line.\""), 1);
    ck_assert_str_eq(list.items[0].preview, "First line. Second line.");
    read_good(with(NULL, "\"  \\\"Deck,\xC2\xA0 first\\\"\"", NULL), 2);
    ck_assert_str_eq(list.items[0].subject, "Deck, first");
    read_good(LIST("{\"x\":1,\"y\":2,\"brief\":\"1\",\"kind\":\"FOCUS\","
                   "\"subject\":\"Deck\",\"preview\":\"Two hours of it.\"}," TWO
                   "," THREE),
              3);
}
END_TEST

START_TEST(long_texts)
{
    static char text[4096];
    const char *longer;

    memset(text, 'x', 2013);
    text[0] = text[2012] = '"';
    expect_faults(with(NULL, text, NULL),
                  "brief 1: subject is 2,011 characters long, at most 255",
                  NULL, NULL);
    text[0] = '"';
    memset(text + 1, 'w', 400);
    for (int i = 1; i < 400; i += 8)
        text[i] = ' ';
    memcpy(text + 150, "end. A", 6);
    text[401] = '"';
    text[402] = '\0';
    read_good(with(NULL, NULL, text), 2); /* cut, and the space in front */
    longer = list.items[0].preview;
    ck_assert_uint_le(text_units(longer), 255);
    ck_assert_str_eq(longer + strlen(longer) - 4, "end.");
    memcpy(text + 150, "endy A", 6);
    read_good(with(NULL, NULL, text), 2);
    longer = list.items[0].preview;
    ck_assert_uint_le(text_units(longer), 255);
    ck_assert_uint_ge(text_units(longer), 240);
    ck_assert_int_eq(longer[strlen(longer) - 1], 'w');
}
END_TEST

START_TEST(topics_have_to_occur)
{
    static const struct {
        const char *subject;
        bool holds;
    } cases[] = {
        {"Deal review, Q2", true},
        {"The DEAL  Reviews", true},
        {"Deal reviewing", true},
        {"Deal-review", true},
        {"The review of the deal", false},
        {"Deal by deal: a review", false},
        {"Deal revision", false},
        {"Ideal review", false},
        {"Deal", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = arena_format(
            &arena, &err,
            LIST(ONE "," TWO ",{\"brief\":3,\"kind\":\"focus\",\"subject\":"
                     "\"%s\",\"preview\":\"Two hours without chat.\"}"),
            cases[i].subject);
        expect_faults(text, NULL, NULL,
                      cases[i].holds ? NULL
                                     : "brief 3: neither subject nor preview "
                                       "holds \"deal review\"");
    }
    read_good(LIST(ONE "," TWO ",{\"brief\":3,\"kind\":\"focus\",\"subject\":"
                       "\"Desk time\",\"preview\":\"Read for the deal "
                       "review.\"}"),
              0);
}
END_TEST

/* ---- Hostile replies ---- */

static const char *repeated(const char *start, const char *piece, size_t times,
                            const char *end)
{
    size_t length = strlen(piece);
    size_t before = strlen(start);
    char *text =
        arena_alloc(&arena, before + times * length + strlen(end) + 1, &err);

    ck_assert_ptr_nonnull(text);
    memcpy(text, start, before);
    for (size_t i = 0; i < times; i++)
        memcpy(text + before + i * length, piece, length);
    memcpy(text + before + times * length, end, strlen(end) + 1);
    return text;
}

START_TEST(bombs)
{
    read_reply(repeated("", "[", 150000, ""));
    ck_assert_str_eq(list.fault, "the reply is not JSON: reply:1:1001: nested "
                                 "more than 1000 deep");
    read_reply(repeated("x", "{\"a\":", 150000, ""));
    ck_assert_ptr_nonnull(list.fault);
    read_reply(repeated("{\"meetings\":[", "{},", 60000, "{}]}"));
    ck_assert_str_eq(list.items[0].fault, "brief 1 is missing");
    read_reply(repeated("{\"meetings\":[", "{\"brief\":1},", 60000, TWO "]}"));
    ck_assert_str_eq(list.items[0].fault, "brief 1 is there twice");
    ck_assert_ptr_null(list.items[1].fault);
    read_reply(repeated("[", "1,", 250000, "1]"));
    ck_assert_str_eq(list.fault, "the reply holds more than 200,000 values");
    read_reply(repeated("", "x", 5 << 20, ""));
    ck_assert_str_eq(list.fault, "the reply is longer than 4 MiB");
    read_reply(with(NULL, repeated("\"", "[", 1 << 17, "\""),
                    repeated("\"", "a@b.", 1 << 18, "\"")));
    ck_assert_ptr_nonnull(
        strstr(list.items[0].fault, "subject is 131,072 characters long"));
}
END_TEST

START_TEST(control_characters_never_reach_a_fault)
{
    for (int c = 1; c < 0x20; c++) {
        read_reply(with(
            arena_format(&arena, &err, "\"a\\u%04xb\"", (unsigned)c),
            arena_format(&arena, &err, "\"a\\u%04xbc\"", (unsigned)c), NULL));
        ck_assert_ptr_nonnull(list.items[0].fault);
        for (const char *at = list.items[0].fault; *at; at++)
            ck_assert_uint_ge((unsigned char)*at, 0x20);
    }
}
END_TEST

static void add_texts(Suite *suite)
{
    TCase *tests = tcase_create("texts");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, faults_of_texts);
    tcase_add_test(tests, texts_that_are_fine);
    tcase_add_test(tests, long_texts);
    tcase_add_test(tests, topics_have_to_occur);
    tcase_add_test(tests, bombs);
    tcase_add_test(tests, control_characters_never_reach_a_fault);
    suite_add_tcase(suite, tests);
}

Suite *written_suite(void)
{
    Suite *suite = suite_create("written");
    TCase *tests = tcase_create("replies");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, as_it_was_asked_for);
    tcase_add_test(tests, wherever_it_stands);
    tcase_add_test(tests, replies_that_are_none);
    tcase_add_test(tests, missing_twice_and_strange);
    tcase_add_test(tests, the_only_one_needs_no_number);
    suite_add_tcase(suite, tests);
    add_texts(suite);
    return suite;
}
