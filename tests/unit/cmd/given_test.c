/* The command line as it is kept, without what names a machine or an account.
 */
#include "src/cmd/given.h"

#include "datebook/json.h"

#include <check.h>
#include <stdlib.h>

/* In pieces, so that nothing takes them for a path of one machine. */
#define HOMES                                                                  \
    "/"                                                                        \
    "home"
#define USERS                                                                  \
    "/"                                                                        \
    "Users"

static void check_private(const char *text, const char *wanted)
{
    struct buf buf = BUF_EMPTY;

    put_private(&buf, text);
    ck_assert_str_eq(buf_string(&buf), wanted);
    buf_free(&buf);
}

START_TEST(other_texts_stay_as_they_are)
{
    check_private("", "");
    check_private("7", "7");
    check_private("-", "-");
    check_private("Asia/Shanghai", "Asia/Shanghai");
    check_private("critical=40,low=40", "critical=40,low=40");
    check_private("personas/me.json", "personas/me.json");
    check_private("./me.json", "./me.json");
    check_private("a..b/c", "a..b/c");
    check_private("2.5,,", "2.5,,");
}
END_TEST

START_TEST(an_absolute_path_is_cut_to_its_last_part)
{
    check_private("/srv/ann/me.json", "me.json");
    check_private("/srv/ann/out/", "out");
    check_private("/srv//ann//out//", "out");
    check_private("/me.json", "me.json");
    check_private("/", "/");
    check_private("//", "/");
    check_private("/srv/a.jsonl,/srv/b.jsonl", "a.jsonl,b.jsonl");
    check_private("prep=/srv/ann/p.txt,rsvp=q.txt", "prep=p.txt,rsvp=q.txt");
    check_private("ann,/srv/ann/me.json", "ann,me.json");
}
END_TEST

START_TEST(so_is_one_that_leads_elsewhere)
{
    check_private("..", "..");
    check_private("../me.json", "me.json");
    check_private("a/../../ann/me.json", "me.json");
    check_private("a/..", "..");
    check_private("a" HOMES "/ann/me.json", "me.json");
    check_private("disk" USERS "/ann/me.json", "me.json");
    check_private("~ann/me.json", "me.json");
}
END_TEST

START_TEST(the_name_of_a_home_is_not_told)
{
    setenv("HOME", "/export/people/ann/", 1);
    check_private("/export/people/ann", "~");
    check_private("/export/people/ann/", "~");
    check_private("/export/people/ann/out", "out");
    check_private(HOMES "/bob", "~");
    check_private(HOMES "/bob/", "~");
    check_private(USERS "/bob", "~");
    check_private(".." HOMES "/bob", "~");
    check_private("~", "~");
    check_private("~bob", "~");
    check_private("/srv/bob", "bob");
    unsetenv("HOME");
    check_private("/export/people/ann", "ann");
    setenv("HOME", "/", 1);
    check_private("/", "/");
}
END_TEST

START_TEST(an_address_is_not_told)
{
    check_private("http://ann:secret@box.example:8000/v1", GIVEN_HIDDEN);
    check_private("file:///srv/ann/x", GIVEN_HIDDEN);
}
END_TEST

START_TEST(hostile_bytes_become_visible)
{
    check_private("a\x1b[31mb", "a\\x1b[31mb");
    check_private("a\xff", "a\xef\xbf\xbd");
    check_private("a\nb", "a b");
}
END_TEST

/* ---- Words ---- */

static const struct command command = {
    .name = "test",
    .options = {{"count", 'c', "N", "how many"},
                {"", 0, NULL, "A heading"},
                {"all", 0, NULL, "all of them"},
                {"out", 0, "DIR", "where"},
                {"base-url", 0, "URL", "of the API"},
                {"key", 0, "KEY", NULL}},
};

static void check_given(const struct cli *cli, const char *wanted)
{
    struct buf buf = BUF_EMPTY;

    given_write(cli, &buf);
    ck_assert_str_eq(buf_string(&buf), wanted);
    buf_free(&buf);
}

START_TEST(words_are_options_and_then_arguments)
{
    const char *arguments[] = {"ann", "/srv/me.json", "a \"b\""};
    struct cli cli = {.command = &command, .arguments = arguments};

    check_given(&cli, "[]");
    cli.argument_count = 3;
    check_given(&cli, "[\"ann\",\"me.json\",\"a \\\"b\\\"\"]");
    cli.argument_count = 1;
    cli.values[0] = "7";
    cli.values[2] = "";
    cli.values[3] = "/srv/out";
    check_given(&cli, "[\"--count\",\"7\",\"--all\",\"--out\",\"out\","
                      "\"ann\"]");
}
END_TEST

START_TEST(an_argument_like_an_option_comes_after_two_dashes)
{
    const char *arguments[] = {"-", "-x"};
    struct cli cli = {
        .command = &command, .arguments = arguments, .argument_count = 1};

    check_given(&cli, "[\"-\"]");
    cli.argument_count = 2;
    check_given(&cli, "[\"--\",\"-\",\"-x\"]");
}
END_TEST

START_TEST(keys_and_addresses_are_not_kept)
{
    struct cli cli = {.command = &command};

    cli.values[4] = "box.example/secret";
    cli.values[5] = "sk-secret";
    check_given(&cli, "[\"--base-url\",\"…\"]");
}
END_TEST

static void check_line(const char *options, const char *wanted)
{
    struct cli cli = {.arena = ARENA_EMPTY};
    struct buf buf = BUF_EMPTY;
    const cJSON *words;

    if (given_read(&cli, options, &words))
        given_put(&buf, words);
    else
        buf_text(&buf, "none");
    ck_assert_str_eq(buf_string(&buf), wanted);
    buf_free(&buf);
    arena_free(&cli.arena);
}

START_TEST(words_are_told_as_a_shell_takes_them)
{
    check_line("{\"seed\":1,\"given\":[\"--seed\",\"7\",\"ann\"]}",
               " --seed 7 ann");
    check_line("{\"given\":[]}", "");
    check_line("{\"given\":[\"\",\"a b\",\"it's\",\"--base-url\",\"…\"]}",
               " '' 'a b' 'it'\\''s' --base-url …");
    check_line("{}", "none");
    check_line("{\"given\":7}", "none");
    check_line("no JSON", "none");
    check_line("{\"given\":[7,\"a\"]}", " a");
    check_line("{\"given\":[\"HEAD~2\",\"~\"]}", " HEAD~2 '~'");
}
END_TEST

START_TEST(the_value_of_an_option)
{
    struct cli cli = {.arena = ARENA_EMPTY};
    const cJSON *words;

    ck_assert(given_read(
        &cli, "{\"given\":[\"--seed\",\"7\",\"seed\",\"--all\"]}", &words));
    ck_assert_str_eq(given_value(words, "seed"), "7");
    ck_assert_str_eq(given_value(words, "all"), "");
    ck_assert_ptr_null(given_value(words, "see"));
    ck_assert_ptr_null(given_value(NULL, "seed"));
    arena_free(&cli.arena);
}
END_TEST

Suite *given_suite(void);

Suite *given_suite(void)
{
    Suite *suite = suite_create("given");
    TCase *tcase = tcase_create("given");

    tcase_add_test(tcase, other_texts_stay_as_they_are);
    tcase_add_test(tcase, an_absolute_path_is_cut_to_its_last_part);
    tcase_add_test(tcase, so_is_one_that_leads_elsewhere);
    tcase_add_test(tcase, the_name_of_a_home_is_not_told);
    tcase_add_test(tcase, an_address_is_not_told);
    tcase_add_test(tcase, hostile_bytes_become_visible);
    tcase_add_test(tcase, words_are_options_and_then_arguments);
    tcase_add_test(tcase, an_argument_like_an_option_comes_after_two_dashes);
    tcase_add_test(tcase, keys_and_addresses_are_not_kept);
    tcase_add_test(tcase, words_are_told_as_a_shell_takes_them);
    tcase_add_test(tcase, the_value_of_an_option);
    suite_add_tcase(suite, tcase);
    return suite;
}
