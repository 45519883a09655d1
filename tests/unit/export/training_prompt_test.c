/* Prompts of training records: files that are read, and refused. */
#include "training_fixture.h"

Suite *training_prompt_suite(void);

static const char path[] = "build/training-prompt-test.txt";

static bool load_bytes(const char *text, size_t length)
{
    bool loaded;

    write_file(path, text, length);
    loaded = prompt_load(&fix.arena, "nowhere", path, TASK_PREP, &fix.prompt,
                         &fix.err);
    unlink(path);
    return loaded;
}

static bool load(const char *text)
{
    return load_bytes(text, strlen(text));
}

static void refuse(const char *text, const char *message, const char *hint)
{
    memset(&fix.err, 0, sizeof fix.err);
    ck_assert(!load(text));
    ck_assert_int_eq(fix.err.code, ERROR_INPUT);
    ck_assert_str_eq(fix.err.message, message);
    ck_assert_str_eq(fix.err.hint, hint);
}

START_TEST(every_task_has_its_prompt)
{
    static const char *const labels[TASKS] = {
        "\"importance\"", "\"prep_time_minutes\"", "\"rsvp\""};

    for (int task = 0; task < TASKS; task++) {
        MUST(prompt_load(&fix.arena, "personas", NULL, (enum training_task)task,
                         &fix.prompt, &fix.err));
        ck_assert_int_eq((int)fix.prompt.task, task);
        ck_assert_str_eq(fix.prompt.name,
                         arena_format(&fix.arena, &fix.err, "%s.txt",
                                      task_name((enum training_task)task)));
        ck_assert_ptr_nonnull(strstr(fix.prompt.system, "{persona}"));
        ck_assert_ptr_nonnull(strstr(fix.prompt.system, "{rules}"));
        ck_assert_ptr_nonnull(strstr(fix.prompt.system, labels[task]));
        ck_assert_str_eq(fix.prompt.user, "{meeting}");
    }
}
END_TEST

START_TEST(a_file_has_two_parts)
{
    MUST(
        load("Hello {name},\n----\n{it's \"{persona}\"}\n--- \t\nOn {meeting}\n"
             "tell.\n"));
    ck_assert_str_eq(fix.prompt.name, "training-prompt-test.txt");
    ck_assert_int_eq(fix.prompt.task, TASK_PREP);
    ck_assert_str_eq(fix.prompt.system,
                     "Hello {name},\n----\n{it's \"{persona}\"}\n");
    ck_assert_str_eq(fix.prompt.user, "On {meeting}\ntell.");
}
END_TEST

/* printf 'S\n---\n{meeting}\n' | sha256sum */
START_TEST(the_hash_is_of_the_text)
{
    static const char hash[] =
        "7c268a1e7400b9a48b4354c99be789310c7d82bb3bbfa25964fb1f0e02b07250";
    char hex[HASH_HEX_SIZE];
    const char *texts[] = {"S\n---\n{meeting}\n", "S\r\n---\r\n{meeting}\r\n",
                           "\xEF\xBB\xBFS\n---\n{meeting}\n"};

    for (size_t i = 0; i < 3; i++) {
        MUST(load(texts[i]));
        hash_hex(fix.prompt.sha256, hex);
        ck_assert_str_eq(hex, hash);
        ck_assert_str_eq(fix.prompt.text, texts[0]);
        ck_assert_uint_eq(fix.prompt.length, strlen(texts[0]));
    }
}
END_TEST

#define AT "build/training-prompt-test.txt"

START_TEST(what_is_no_prompt_is_refused)
{
    refuse("Nothing but {persona}\n", AT ": no line ---",
           "the system message stands before that line, the user message after "
           "it");
    refuse("", AT ": no line ---",
           "the system message stands before that line, the user message after "
           "it");
    refuse("---\n{meeting}\n", AT ": the system message is empty", "");
    refuse(" \n\n---\n{meeting}\n", AT ": the system message is empty", "");
    refuse("S\n---", AT ": the user message is empty", "");
    refuse("S\n---\n\n", AT ": the user message is empty", "");
    refuse("S\n---\nU\n", AT ": {meeting} is missing in the user message", "");
    refuse("S\n---\n{meeting}\n\nand {meeting}\n",
           AT ":5: {meeting} a second time", "");
    refuse("S\n---\n{meeting}\n\n---\n", AT ":5: a second line ---", "");
}
END_TEST

START_TEST(placeholders_have_their_part)
{
    refuse("S\n\n{meeting}\n---\n{meeting}\n",
           AT ":3: unknown placeholder {meeting}",
           "the system message may hold {name}, {persona}, {rules}");
    refuse("S\n---\n\n{meeting}\n of {name}\n",
           AT ":5: unknown placeholder {name}",
           "the user message may hold {meeting}");
    refuse("{personas}\n---\n{meeting}\n",
           AT ":1: unknown placeholder {personas}",
           "the system message may hold {name}, {persona}, {rules}");
}
END_TEST

START_TEST(bad_bytes_have_their_line)
{
    refuse("S\n---\n{meeting}\n\x01\n", AT ":4: a control character", "");
    refuse("S\n\x02---\n---\n{meeting}\n", AT ":2: a control character", "");
    refuse("S\n---\nx\n{meeting} caf\xE9\n", AT ":4: not a UTF-8 text", "");
    ck_assert(!load_bytes("S\0\n---\n{meeting}\n", 17));
    ck_assert_str_eq(fix.err.message, AT ":1: not a UTF-8 text");
}
END_TEST

START_TEST(a_missing_file_is_named)
{
    ck_assert(!prompt_load(&fix.arena, "build/nowhere", NULL, TASK_RSVP,
                           &fix.prompt, &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_INPUT);
    ck_assert_ptr_nonnull(
        strstr(fix.err.message, "build/nowhere/prompts/training/rsvp.txt"));
}
END_TEST

Suite *training_prompt_suite(void)
{
    Suite *suite = suite_create("training_prompt");
    TCase *tcase = tcase_create("training_prompt");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, every_task_has_its_prompt);
    tcase_add_test(tcase, a_file_has_two_parts);
    tcase_add_test(tcase, the_hash_is_of_the_text);
    tcase_add_test(tcase, what_is_no_prompt_is_refused);
    tcase_add_test(tcase, placeholders_have_their_part);
    tcase_add_test(tcase, bad_bytes_have_their_line);
    tcase_add_test(tcase, a_missing_file_is_named);
    suite_add_tcase(suite, tcase);
    return suite;
}
