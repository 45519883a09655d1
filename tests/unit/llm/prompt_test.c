/* Prompts: templates that are read and refused, what a call renders to, and
 * what of a persona it depends on.
 *
 * Three calls are pinned in tests/data/prompts; PROMPTS_WRITE=1 writes them
 * anew after a template was edited. */
#include "datebook/brief.h"
#include "datebook/file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

Suite *prompt_suite(void);

static struct arena arena;
static struct error err;
static struct prompt_texts texts;
static struct persona persona;

/* A document with rules and a way of working that tests may replace. */
static const char *document(const char *important, const char *work_style)
{
    const char *text = arena_format(
        &arena, &err,
        "{\"id\":\"ann\",\"name\":\"Sales Manager - Pipeline Juggler\","
        "\"tier\":1,\"demographics\":{\"level\":\"Manager\",\"function\":"
        "\"Sales\",\"tenure\":\"2-3 years\",\"team_size\":9,\"company\":"
        "\"Growth Stage SaaS\",\"industry\":\"Technology\"},"
        "\"meeting_context\":{\"weekly_meeting_hours\":\"26-30 hours\","
        "\"typical_breakdown\":{\"customer_calls\":\"60%%\","
        "\"pipeline_reviews\":\"40%%\"}},"
        "\"importance_criteria\":{\"always_important\":[\"%s\"]},"
        "\"notes\":\"Churn is the word.\",\"work_style\":\"%s\"}",
        important, work_style);

    ck_assert_ptr_nonnull(text);
    return text;
}

static void use(const char *text)
{
    ck_assert_msg(
        persona_parse(&arena, text, strlen(text), "p.json", &persona, &err),
        "%s", err.message);
}

static void setup(void)
{
    ck_assert_msg(prompt_texts_load(&arena, "personas", &texts, &err), "%s",
                  err.message);
    use(document("churn notice", "Calls first,\\n writes  later."));
}

static void teardown(void)
{
    arena_free(&arena);
}

static const char *const people[] = {"Ana Ruiz (VP Sales)"};
static const char *const topics[] = {"pipeline review"};
static const struct brief briefs[] = {
    {.number = 1,
     .date = "Monday 2 March 2026",
     .time = "10:00",
     .minutes = 30,
     .repeats = "every week",
     .kind = "pipeline_review",
     .organizer = "you",
     .people = people,
     .people_count = 1,
     .topics = topics,
     .topic_count = 1},
    {.number = 2,
     .date = "Tuesday 3 March 2026",
     .time = "14:00",
     .minutes = 60,
     .kind = "customer_call",
     .organizer = "Ana Ruiz",
     .people = people,
     .people_count = 1,
     .more_people = 3},
};
static const char *const kinds[] = {"pipeline_review", "customer_call",
                                    "pipeline_review", "one on one"};
static const char *const taken[] = {"Pipeline review: three that\nslipped"};

static struct prompt_call usual(void)
{
    return (struct prompt_call){.persona = &persona,
                                .briefs = briefs,
                                .brief_count = 2,
                                .language = "English",
                                .seed = 7,
                                .kinds = kinds,
                                .kind_count = 4,
                                .company = "Contoso",
                                .own_name = "Rosa Meyer"};
}

static struct rendered_prompt render(struct prompt_call call)
{
    struct rendered_prompt prompt;

    ck_assert(prompt_render(&arena, &texts, &call, &prompt, &err));
    return prompt;
}

static bool same(struct rendered_prompt one, struct rendered_prompt other)
{
    return !memcmp(one.hash, other.hash, HASH_SIZE);
}

/* ---- Pinned ---- */

static void pin(const char *name, struct rendered_prompt prompt)
{
    const char *path =
        arena_format(&arena, &err, "tests/data/prompts/%s.txt", name);
    const char *text =
        arena_format(&arena, &err,
                     "==== system\n%s\n==== user\n%s\n==== %s\n%s\n==== at "
                     "most %lld tokens\n",
                     prompt.system, prompt.user, prompt.schema_name,
                     prompt.schema, (long long)prompt.most_tokens);
    size_t length = 0;
    const char *wanted;

    if (getenv("PROMPTS_WRITE")) {
        FILE *file = fopen(path, "w");
        ck_assert(file && fputs(text, file) >= 0 && !fclose(file));
    }
    wanted = file_read(&arena, path, 1 << 20, &length, &err);
    ck_assert_msg(wanted != NULL, "%s", err.message);
    ck_assert_str_eq(text, wanted);
}

START_TEST(pinned)
{
    struct prompt_call call = usual();

    pin("usual", render(call));
    call.attempt = 2;
    call.taken = taken;
    call.taken_count = 1;
    call.brief_count = 1;
    pin("again", render(call));
    call = usual();
    call.whole = true;
    pin("whole", render(call));
}
END_TEST

START_TEST(briefs_are_lines_of_the_user_message)
{
    struct rendered_prompt prompt = render(usual());
    struct buf buf = BUF_EMPTY;

    for (size_t i = 0; i < 2; i++) {
        const char *at;
        buf_clear(&buf);
        buf_char(&buf, '\n');
        brief_write(&buf, &briefs[i]);
        buf_char(&buf, '\n');
        at = strstr(prompt.user, buf_string(&buf));
        ck_assert_ptr_nonnull(at);
        ck_assert_int_eq(strncmp(at, "\n{\"brief\":", 10), 0);
        ck_assert_int_eq(at[10] - '0', briefs[i].number);
    }
    buf_free(&buf);
}
END_TEST

/* ---- What a prompt depends on ---- */

START_TEST(rules_and_notes_are_not_told)
{
    struct rendered_prompt before = render(usual());
    struct rendered_prompt after;

    use(document("board numbers", "Calls first, writes later."));
    after = render(usual());
    ck_assert(same(before, after));
    ck_assert_str_eq(before.system, after.system);
    ck_assert_ptr_null(strstr(after.system, "board numbers"));
    ck_assert_ptr_null(strstr(after.system, "Churn"));
}
END_TEST

START_TEST(prose_is_told)
{
    struct rendered_prompt before = render(usual());
    struct rendered_prompt after;

    use(document("churn notice", "Writes first."));
    after = render(usual());
    ck_assert(!same(before, after));
    ck_assert_ptr_nonnull(
        strstr(after.system, "Way of working: Writes first."));
    ck_assert_str_eq(before.user, after.user);
}
END_TEST

START_TEST(a_seed_counts_from_the_second_attempt_on)
{
    struct prompt_call call = usual();
    struct rendered_prompt first = render(call);
    struct rendered_prompt second;

    call.seed = 8;
    ck_assert(same(first, render(call)));
    call.attempt = 1;
    second = render(call);
    ck_assert(!same(first, second));
    ck_assert_str_eq(first.system, second.system);
    call.seed = 9;
    ck_assert(!same(second, render(call)));
    call.attempt = 2;
    ck_assert(!same(second, render(call)));
}
END_TEST

START_TEST(documents_without_prose_and_texts_with_braces)
{
    struct prompt_call call = usual();
    struct rendered_prompt prompt;

    use("{\"id\":\"b\",\"name\":\"{faults} {kinds}\",\"tier\":1}");
    call.company = NULL;
    call.kind_count = 0;
    prompt = render(call);
    ck_assert_ptr_nonnull(strstr(prompt.system, "\nRole: {faults} {kinds}\n"));
    ck_assert_ptr_null(strstr(prompt.system, "Function:"));
    ck_assert_ptr_null(strstr(prompt.system, "Name of the company"));
    ck_assert_ptr_null(strstr(prompt.system, "\n\n\n"));
    ck_assert_ptr_nonnull(
        strstr(prompt.schema, "\"kind\":{\"type\":\"string\"},"));
}
END_TEST

START_TEST(foreign_and_whole_texts_have_more_room)
{
    struct prompt_call call = usual();

    ck_assert_int_eq(render(call).most_tokens, 200 + 2 * 160);
    call.language = "Japanese";
    ck_assert_int_eq(render(call).most_tokens, 200 + 2 * 400);
    call.language = "English";
    call.whole = true;
    ck_assert_int_eq(render(call).most_tokens, 200 + 2 * 600);
}
END_TEST

START_TEST(faults_are_quoted)
{
    const char *text;

    ck_assert(
        prompt_correct(&arena, &texts, "brief 3 is {missing}", &text, &err));
    ck_assert_ptr_nonnull(strstr(text, "\nbrief 3 is {missing}\n"));
    ck_assert_ptr_null(strstr(text, "{faults}"));
}
END_TEST

/* ---- The schema ---- */

/* What strict schemas demand of every object, and forbid anywhere. */
static void check_strict(const cJSON *schema, int depth, int *properties)
{
    static const char *const forbidden[] = {"pattern", "minimum",  "maximum",
                                            "default", "minItems", "maxItems",
                                            "format",  "minLength"};
    const cJSON *members = json_member(schema, "properties");
    const cJSON *required = json_member(schema, "required");
    const cJSON *member;
    int i = 0;

    ck_assert_int_le(depth, 5);
    for (size_t k = 0; k < sizeof forbidden / sizeof *forbidden; k++)
        ck_assert_ptr_null(json_member(schema, forbidden[k]));
    cJSON_ArrayForEach (member, members) {
        ck_assert_str_eq(member->string,
                         cJSON_GetArrayItem(required, i++)->valuestring);
        ++*properties;
        check_strict(member, depth + 1, properties);
    }
    ck_assert_int_eq(cJSON_GetArraySize(required), i);
    if (members)
        ck_assert(cJSON_IsFalse(json_member(schema, "additionalProperties")));
    if (json_member(schema, "items"))
        check_strict(json_member(schema, "items"), depth, properties);
}

START_TEST(schemas_are_strict)
{
    struct prompt_call call = usual();

    for (int whole = 0; whole < 2; whole++) {
        struct rendered_prompt prompt;
        const cJSON *tree;
        int properties = 0;
        call.whole = whole;
        prompt = render(call);
        tree =
            json_parse(&arena, prompt.schema, strlen(prompt.schema), "s", &err);
        ck_assert_msg(tree != NULL, "%s", err.message);
        check_strict(tree, 1, &properties);
        ck_assert_int_eq(properties, whole ? 13 : 5);
    }
}
END_TEST

START_TEST(kinds_stand_once_and_are_bounded)
{
    const char *many[100];
    struct prompt_call call = usual();
    const char *at;
    int quotes = 0;

    for (int i = 0; i < 100; i++)
        many[i] = arena_format(&arena, &err, "kind %d", i / 2);
    many[1] = "a kind whose name is longer than the sixty-four characters "
              "that are allowed";
    call.kinds = many;
    call.kind_count = 100;
    at = strstr(render(call).schema, "\"enum\":[");
    ck_assert_ptr_nonnull(at);
    for (at += 8; *at != ']'; at++)
        quotes += *at == '"';
    ck_assert_int_eq(quotes, 2 * 50);
    ck_assert_ptr_null(strstr(render(call).system, "sixty-four"));
}
END_TEST

/* ---- Templates ---- */

START_TEST(templates_come_back)
{
    struct prompt_texts back;
    struct buf buf = BUF_EMPTY;

    prompt_texts_write(&buf, &texts);
    ck_assert(
        prompt_texts_read(&arena, buf_string(&buf), buf.length, &back, &err));
    ck_assert_str_eq(back.system, texts.system);
    ck_assert_str_eq(back.correction, texts.correction);
    ck_assert(!memcmp(back.hash, texts.hash, HASH_SIZE));
    back.whole = "x";
    buf_clear(&buf);
    prompt_texts_write(&buf, &back);
    ck_assert(
        !prompt_texts_read(&arena, buf_string(&buf), buf.length, &back, &err));
    ck_assert_str_eq(err.message, "whole: {briefs} is missing");
    ck_assert(!prompt_texts_read(&arena, "{}", 2, &back, &err));
    ck_assert_str_eq(err.message, "prompts: system is missing");
    buf_free(&buf);
}
END_TEST

/* A folder with good templates, one of which tests spoil. */
static char *folder;

static void put(const char *name, const char *text)
{
    const char *path =
        arena_format(&arena, &err, "%s/prompts/%s.txt", folder, name);
    FILE *file = fopen(path, "w");

    ck_assert(file && fputs(text, file) >= 0 && !fclose(file));
}

static void setup_folder(void)
{
    static char name[64];

    snprintf(name, sizeof name, "/tmp/prompts.XXXXXX");
    folder = mkdtemp(name);
    ck_assert_ptr_nonnull(folder);
    ck_assert_int_eq(
        mkdir(arena_format(&arena, &err, "%s/prompts", folder), 0700), 0);
    put("system", "Reply: {\"a\":{}} {form}");
    put("meetings", "{count}:\n{briefs}\n{again}");
    put("whole", "{briefs}\n{again}");
    put("correction", "{faults}");
}

static void teardown_folder(void)
{
    static const char *const names[] = {"system", "meetings", "whole",
                                        "correction"};

    for (size_t i = 0; i < 4; i++)
        unlink(
            arena_format(&arena, &err, "%s/prompts/%s.txt", folder, names[i]));
    rmdir(arena_format(&arena, &err, "%s/prompts", folder));
    rmdir(folder);
    arena_free(&arena);
}

START_TEST(templates_of_a_team)
{
    unsigned char hash[HASH_SIZE];

    ck_assert_msg(prompt_texts_load(&arena, folder, &texts, &err), "%s",
                  err.message);
    memcpy(hash, texts.hash, HASH_SIZE);
    put("correction", "\xEF\xBB\xBF{faults}");
    put("whole", "{briefs}\r\n{again}");
    ck_assert(prompt_texts_load(&arena, folder, &texts, &err));
    ck_assert_str_eq(texts.whole, "{briefs}\n{again}");
    ck_assert(!memcmp(hash, texts.hash, HASH_SIZE));
    put("correction", "Wrong: {faults}");
    ck_assert(prompt_texts_load(&arena, folder, &texts, &err));
    ck_assert(memcmp(hash, texts.hash, HASH_SIZE) != 0);
}
END_TEST

START_TEST(templates_that_are_refused)
{
    static const struct {
        const char *name;
        const char *text;
        const char *message;
    } cases[] = {
        {"correction", "a\n{faults} {fault}",
         "correction.txt:2: unknown placeholder {fault}"},
        {"correction", "what", "correction.txt: {faults} is missing"},
        {"meetings", "x {briefs} {again}",
         "meetings.txt:1: {briefs} must start its line"},
        {"meetings", "{briefs}", "meetings.txt: {again} is missing"},
        {"whole", " \n\t", "whole.txt is empty"},
        {"system", "a\nb\001", "system.txt:2: a control character"},
        {"system", "a\xFFz", "system.txt:1: not a UTF-8 text"},
    };
    size_t start = strlen(folder) + strlen("/prompts/");

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(cases[i].name, cases[i].text);
        ck_assert(!prompt_texts_load(&arena, folder, &texts, &err));
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_str_eq(err.message + start, cases[i].message);
        if (!i)
            ck_assert_str_eq(strstr(err.hint, " may hold"),
                             " may hold {faults}");
        teardown_folder();
        setup_folder();
    }
    unlink(arena_format(&arena, &err, "%s/prompts/whole.txt", folder));
    ck_assert(!prompt_texts_load(&arena, folder, &texts, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "whole.txt: No such file"));
}
END_TEST

static void add_rendering(Suite *suite)
{
    TCase *tests = tcase_create("rendering");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, pinned);
    tcase_add_test(tests, briefs_are_lines_of_the_user_message);
    tcase_add_test(tests, rules_and_notes_are_not_told);
    tcase_add_test(tests, prose_is_told);
    tcase_add_test(tests, a_seed_counts_from_the_second_attempt_on);
    tcase_add_test(tests, documents_without_prose_and_texts_with_braces);
    tcase_add_test(tests, foreign_and_whole_texts_have_more_room);
    tcase_add_test(tests, faults_are_quoted);
    tcase_add_test(tests, schemas_are_strict);
    tcase_add_test(tests, kinds_stand_once_and_are_bounded);
    tcase_add_test(tests, templates_come_back);
    suite_add_tcase(suite, tests);
}

Suite *prompt_suite(void)
{
    Suite *suite = suite_create("prompt");
    TCase *tests = tcase_create("templates");

    add_rendering(suite);
    tcase_add_checked_fixture(tests, setup_folder, teardown_folder);
    tcase_add_test(tests, templates_of_a_team);
    tcase_add_test(tests, templates_that_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
