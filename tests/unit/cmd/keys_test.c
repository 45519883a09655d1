/* Asking for a pass phrase on a terminal: nothing is shown, whatever ends the
 * question. */
#include "src/cmd/keys.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* What the other side of the terminal came to. */
struct answer {
    bool ok;
    struct error err;
    char pass_phrase[PASS_PHRASE_SIZE];
    bool shown; /* whether the terminal shows what is typed again */
};

/* In a process of its own, whose terminal is `name`: asks, and tells how that
 * went. */
static void ask(const char *name, int report)
{
    struct answer answer = {.ok = false};
    struct termios modes;
    int terminal;

    setsid();
    terminal = open(name, O_RDWR);
    if (terminal < 0)
        _exit(1);
    answer.ok =
        ask_pass_phrase("Pass phrase: ", answer.pass_phrase, &answer.err);
    answer.shown = !tcgetattr(terminal, &modes) && (modes.c_lflag & ECHO);
    _exit(write(report, &answer, sizeof answer) != (ssize_t)sizeof answer);
}

/* Reads what the terminal shows until `last` is there. */
static void read_until(int master, const char *last, char *shown, size_t size)
{
    size_t length = 0;

    shown[0] = '\0';
    while (!strstr(shown, last)) {
        ssize_t got = read(master, shown + length, size - length - 1);
        ck_assert_int_gt(got, 0);
        length += (size_t)got;
        shown[length] = '\0';
    }
}

static struct answer type(const char *text)
{
    struct answer answer;
    struct termios modes;
    char shown[512];
    int report[2];
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    int status;
    pid_t child;

    ck_assert_int_ge(master, 0);
    ck_assert_int_eq(grantpt(master), 0);
    ck_assert_int_eq(unlockpt(master), 0);
    ck_assert_int_eq(pipe(report), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (!child)
        ask(ptsname(master), report[1]);
    read_until(master, "Pass phrase: ", shown, sizeof shown);
    ck_assert_int_eq(tcgetattr(master, &modes), 0);
    ck_assert(!(modes.c_lflag & ECHO));
    ck_assert_int_eq(write(master, text, strlen(text)), (int)strlen(text));
    ck_assert_int_eq(read(report[0], &answer, sizeof answer),
                     (int)sizeof answer);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    close(report[0]);
    close(report[1]);
    close(master);
    ck_assert(answer.shown);
    return answer;
}

START_TEST(a_line_is_the_pass_phrase)
{
    struct answer answer = type("open sesame\n");

    ck_assert_msg(answer.ok, "%s", answer.err.message);
    ck_assert_str_eq(answer.pass_phrase, "open sesame");
    answer = type("typoX\x7f!\n");
    ck_assert_str_eq(answer.pass_phrase, "typo!");
}
END_TEST

static void check_failure(const char *typed, enum error_code code,
                          const char *message)
{
    struct answer answer = type(typed);

    ck_assert(!answer.ok);
    ck_assert_str_eq(answer.err.message, message);
    ck_assert_int_eq(answer.err.code, code);
    ck_assert_str_eq(answer.pass_phrase, "");
}

START_TEST(giving_up_leaves_the_terminal_as_it_was)
{
    check_failure("\n", ERROR_INPUT, "the pass phrase is empty");
    check_failure("half\x03", ERROR_INTERRUPTED, "no pass phrase was given");
    check_failure("half\x04", ERROR_INPUT,
                  "the pass phrase must end with Return");
    check_failure("\x04", ERROR_INTERRUPTED, "no pass phrase was given");
    check_failure("\x1a", ERROR_INTERRUPTED, "no pass phrase was given");
}
END_TEST

Suite *keys_suite(void);
Suite *keys_suite(void)
{
    Suite *suite = suite_create("keys");
    TCase *tcase = tcase_create("keys");

    tcase_add_test(tcase, a_line_is_the_pass_phrase);
    tcase_add_test(tcase, giving_up_leaves_the_terminal_as_it_was);
    suite_add_tcase(suite, tcase);
    return suite;
}
