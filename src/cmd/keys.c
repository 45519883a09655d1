/* Pass phrases: from a file, or from the terminal itself, so that standard
 * input and output can be pipes. */
#include "keys.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* ---- The terminal ---- */

/* Signals that would end the program and leave the terminal without echo. */
static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { ENDING = sizeof ending / sizeof *ending };

/* That it was called ends the read. */
static void wake(int number)
{
    (void)number;
}

static void say(int terminal, const char *text)
{
    ssize_t ignored = write(terminal, text, strlen(text));

    (void)ignored;
}

/* One line, whose end is dropped.  Signals are let in while it waits, and only
 * then, so that none comes unseen just before it. */
static bool read_line(int terminal, const sigset_t *signals,
                      char pass_phrase[PASS_PHRASE_SIZE], struct error *err)
{
    struct pollfd wait = {.fd = terminal, .events = POLLIN};
    ssize_t got = -1;
    char *end;

    if (ppoll(&wait, 1, NULL, signals) == 1)
        got = read(terminal, pass_phrase, PASS_PHRASE_SIZE);
    if (got <= 0)
        return error_set(err, ERROR_INTERRUPTED, "no pass phrase was given");
    end = memchr(pass_phrase, '\n', (size_t)got);
    if (!end && got < PASS_PHRASE_SIZE)
        return error_set(err, ERROR_INPUT,
                         "the pass phrase must end with Return");
    if (!end)
        return error_set(err, ERROR_INPUT, "a pass phrase has at most %d bytes",
                         PASS_PHRASE_SIZE - 1);
    *end = '\0';
    return *pass_phrase ||
           error_set(err, ERROR_INPUT, "the pass phrase is empty");
}

static bool ask_silently(int terminal, const char *prompt,
                         char pass_phrase[PASS_PHRASE_SIZE], struct error *err)
{
    struct sigaction waking = {.sa_handler = wake};
    struct sigaction old[ENDING];
    sigset_t blocked;
    sigset_t before;
    struct termios shown;
    struct termios hidden;
    bool ok;

    if (tcgetattr(terminal, &shown))
        return error_set(err, ERROR_INPUT, "cannot use the terminal: %s",
                         strerror(errno));
    sigemptyset(&blocked);
    for (int i = 0; i < ENDING; i++) {
        sigaddset(&blocked, ending[i]);
        sigaction(ending[i], &waking, &old[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, &before);
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    tcsetattr(terminal, TCSAFLUSH, &hidden);
    say(terminal, prompt);
    ok = read_line(terminal, &before, pass_phrase, err);
    say(terminal, "\n");
    tcsetattr(terminal, TCSAFLUSH, &shown);
    sigprocmask(SIG_SETMASK, &before, NULL);
    for (int i = 0; i < ENDING; i++)
        sigaction(ending[i], &old[i], NULL);
    return ok;
}

bool ask_pass_phrase(const char *prompt, char pass_phrase[PASS_PHRASE_SIZE],
                     struct error *err)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    bool ok;

    if (terminal < 0) {
        error_set(err, ERROR_INPUT,
                  "there is no terminal to ask for the pass phrase");
        return error_hint(err, "give it with --passphrase-file FILE");
    }
    ok = ask_silently(terminal, prompt, pass_phrase, err);
    close(terminal);
    if (!ok)
        sodium_memzero(pass_phrase, PASS_PHRASE_SIZE);
    return ok;
}

/* ---- Options ---- */

bool option_pass_phrase(struct cli *cli, char pass_phrase[PASS_PHRASE_SIZE],
                        bool *given, struct error *err)
{
    const char *path = cli_value(cli, "passphrase-file");
    bool exposed;

    *given = path != NULL;
    if (!path)
        return true;
    if (!pass_phrase_read(path, pass_phrase, &exposed, err))
        return false;
    if (exposed)
        cli_note(cli, "others may read the pass phrase in %s: chmod 600 %s",
                 path, path);
    return true;
}

static bool unlock(struct cli *cli, const struct sealed_key *sealed,
                   const char *path, struct secret_key *key, struct error *err)
{
    char pass_phrase[PASS_PHRASE_SIZE] = "";
    const char *prompt =
        arena_format(&cli->arena, err, "Pass phrase of %.200s: ", path);
    bool given;
    bool ok;

    ok = prompt && option_pass_phrase(cli, pass_phrase, &given, err);
    if (ok && sealed->locked && !given)
        ok = ask_pass_phrase(prompt, pass_phrase, err);
    ok = ok && key_unseal(sealed, pass_phrase, path, key, err);
    sodium_memzero(pass_phrase, sizeof pass_phrase);
    return ok;
}

bool option_secret_key(struct cli *cli, const char *option,
                       struct secret_key *key, bool *given, struct error *err)
{
    const char *path = cli_value(cli, option);
    struct sealed_key sealed;
    bool ok;

    *given = path != NULL;
    if (!path)
        return !cli_flag(cli, "passphrase-file") ||
               cli_usage(cli, err, "--passphrase-file goes with --%s", option);
    ok = secret_key_read(path, &sealed, err) &&
         unlock(cli, &sealed, path, key, err);
    sodium_memzero(&sealed, sizeof sealed);
    return ok;
}
