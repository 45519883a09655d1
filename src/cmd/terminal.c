/* Raw mode, signals and screens.
 *
 * Signals that end or stop the program are let in while a key is waited for,
 * and only noted otherwise: a screen is drawn whole, an answer is written
 * whole, and there is one place where the terminal is given back. */
#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { INPUT = 256, ESCAPE_WAIT = 50 /* milliseconds */ };

/* Handlers are given nothing but a number, so what they do stands here. */
static volatile sig_atomic_t ending; /* the signal that asks for the end */
static volatile sig_atomic_t ending_at;
static volatile sig_atomic_t stopping;
static volatile sig_atomic_t redrawing;
static struct termios shown; /* the modes as they were found */

/* Those that are caught, and what is done about each. */
static void end(int number);
static void stop(int number);
static void redraw(int number);
static const struct {
    int number;
    void (*handler)(int number);
} signals[] = {{SIGINT, end},     {SIGTERM, end},  {SIGHUP, end},
               {SIGQUIT, end},    {SIGTSTP, stop}, {SIGCONT, redraw},
               {SIGWINCH, redraw}};
enum { SIGNALS = sizeof signals / sizeof *signals };

struct terminal {
    struct termios raw;
    struct sigaction old[SIGNALS];
    sigset_t blocked;
    sigset_t before;
    bool styled;
    bool dumb; /* does not know escape sequences */
    char input[INPUT];
    size_t length;
};

/* ---- Signals ---- */

/* The first asks for the end at the next key; a later one, from somebody who
 * has waited, ends the program where it is.  Not at once: some send a signal
 * to the program and to its group. */
static void end(int number)
{
    sig_atomic_t now = (sig_atomic_t)time(NULL);

    if (!ending) {
        ending = number;
        ending_at = now;
    } else if (now - ending_at > 1) {
        tcsetattr(STDIN_FILENO, TCSANOW, &shown);
        signal(number, SIG_DFL);
        raise(number);
    }
}

static void stop(int number)
{
    stopping = number;
}

static void redraw(int number)
{
    redrawing = number;
}

static void catch_signals(struct terminal *terminal)
{
    sigemptyset(&terminal->blocked);
    for (int i = 0; i < SIGNALS; i++) {
        struct sigaction action = {.sa_handler = signals[i].handler,
                                   .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        sigaddset(&terminal->blocked, signals[i].number);
        sigaction(signals[i].number, &action, &terminal->old[i]);
        /* What whoever started the program had ignored stays ignored. */
        if (terminal->old[i].sa_handler == SIG_IGN)
            sigaction(signals[i].number, &terminal->old[i], NULL);
    }
}

/* Gives the terminal back, stops as the user asked, and takes it again when
 * the program goes on. */
static void stop_here(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    struct sigaction ours;

    stopping = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &shown);
    sigemptyset(&usual.sa_mask);
    sigaction(SIGTSTP, &usual, &ours);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
    redrawing = SIGCONT;
}

/* ---- Opening and closing ---- */

bool terminal_is_there(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

struct terminal *terminal_open(struct arena *arena, struct error *err)
{
    struct terminal *terminal = arena_zero(arena, 1, sizeof *terminal, err);
    const char *kind = getenv("TERM");
    const char *no_color = getenv("NO_COLOR");

    if (!terminal)
        return NULL;
    if (!terminal_is_there() || tcgetattr(STDIN_FILENO, &shown)) {
        error_set(err, ERROR_USAGE, "there is no terminal to ask on");
        return NULL;
    }
    terminal->dumb = !kind || !*kind || !strcmp(kind, "dumb");
    terminal->styled = !terminal->dumb && !(no_color && *no_color);
    terminal->raw = shown;
    terminal->raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL);
    terminal->raw.c_iflag &= ~(tcflag_t)(ISTRIP | INLCR);
    terminal->raw.c_cc[VMIN] = 1;
    terminal->raw.c_cc[VTIME] = 0;
    ending = stopping = redrawing = 0;
    catch_signals(terminal);
    if (!tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal->raw))
        return terminal;
    error_set(err, ERROR_INPUT, "cannot use the terminal: %s", strerror(errno));
    terminal_close(terminal);
    return NULL;
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &shown);
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i].number, &terminal->old[i], NULL);
}

/* ---- Screens ---- */

static int within(int value, int usual, int least)
{
    return value <= 0 ? usual : value < least ? least : value;
}

struct look terminal_look(const struct terminal *terminal)
{
    struct winsize size = {0};

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
        size = (struct winsize){0};
    return (struct look){.columns = within(size.ws_col, 80, 20),
                         .rows = within(size.ws_row, 24, 4),
                         .styled = terminal->styled};
}

static bool write_all(const struct buf *out, struct error *err)
{
    size_t done = 0;

    if (!buf_ok(out, err))
        return false;
    while (done < out->length) {
        ssize_t sent =
            write(STDOUT_FILENO, out->data + done, out->length - done);
        if (sent < 0 && errno != EINTR && errno != EAGAIN)
            return error_set(err, ERROR_INPUT,
                             "cannot write to the terminal: %s",
                             strerror(errno));
        done += sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

/* Select graphic rendition, by style byte; bold and underline, never a colour
 * that a background could hide. */
static const char *rendition(char style)
{
    return style == *STYLE_MARK     ? "\033[1;4m"
           : style == *STYLE_STRONG ? "\033[1m"
           : style == *STYLE_FAINT  ? "\033[2m"
                                    : "\033[0m";
}

static void put_text(const struct terminal *terminal, const struct buf *text,
                     struct buf *out)
{
    const char *line_end = terminal->dumb ? "\n" : "\033[K\n";

    for (size_t i = 0; i < text->length; i++) {
        char c = text->data[i];
        if (c >= *STYLE_MARK && c <= *STYLE_PLAIN)
            buf_text(out, terminal->styled ? rendition(c) : "");
        else if (c == '\n')
            buf_text(out, line_end);
        else
            buf_char(out, c);
    }
}

bool terminal_show(struct terminal *terminal, const struct buf *text,
                   struct error *err)
{
    struct buf out = BUF_EMPTY;
    bool ok;

    /* Each line clears what was behind it: nothing flickers. */
    buf_text(&out, terminal->dumb ? "\n" : "\033[H");
    put_text(terminal, text, &out);
    buf_text(&out, terminal->dumb ? "" : "\033[J");
    buf_inherit(&out, text);
    ok = write_all(&out, err);
    buf_free(&out);
    return ok;
}

bool terminal_clear(struct terminal *terminal, struct error *err)
{
    struct buf nothing = BUF_EMPTY;

    return terminal_show(terminal, &nothing, err);
}

/* ---- Keys ---- */

/* Reads what is there into the rest of the input; *all: nothing more comes. */
static bool read_more(struct terminal *terminal, bool *all, struct error *err)
{
    ssize_t got = read(STDIN_FILENO, terminal->input + terminal->length,
                       INPUT - terminal->length);

    if (got > 0)
        terminal->length += (size_t)got;
    else if (!got || errno == EIO)
        *all = true;
    else if (errno != EINTR && errno != EAGAIN)
        return error_set(err, ERROR_INPUT, "cannot read from the terminal: %s",
                         strerror(errno));
    return true;
}

/* Waits for input or a signal, whose handler runs here and nowhere between the
 * look at its flag and the waiting. */
static bool wait_for_input(struct terminal *terminal, bool *all,
                           struct error *err)
{
    struct pollfd wait = {.fd = STDIN_FILENO, .events = POLLIN};
    struct timespec shortly = {0, ESCAPE_WAIT * 1000000L};
    bool partly = terminal->length > 0;
    int ready = 0;

    sigprocmask(SIG_BLOCK, &terminal->blocked, &terminal->before);
    if (!ending && !stopping && !redrawing)
        ready = ppoll(&wait, 1, partly ? &shortly : NULL, &terminal->before);
    else
        ready = -1;
    sigprocmask(SIG_SETMASK, &terminal->before, NULL);
    if (!ready)
        *all = true; /* a lone escape */
    return ready <= 0 || read_more(terminal, all, err);
}

/* Takes a key off the input; false when there is no whole one. */
static bool take_key(struct terminal *terminal, bool all, struct key *key)
{
    size_t taken = key_decode(terminal->input, terminal->length, all, key);

    if (!taken && terminal->length == INPUT)
        taken = terminal->length; /* a sequence without end */
    terminal->length -= taken;
    memmove(terminal->input, terminal->input + taken, terminal->length);
    return taken > 0;
}

/* Does what signals asked for; *redraw says that the screen is to be drawn. */
static bool heed_signals(struct terminal *terminal, bool *redraw_now,
                         struct error *err)
{
    *redraw_now = false;
    if (ending)
        return error_set(err, ERROR_INTERRUPTED, "interrupted");
    if (stopping)
        stop_here();
    if (!redrawing)
        return true;
    redrawing = 0;
    /* Whoever let the program go on may have set modes of their own. */
    tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal->raw);
    *redraw_now = true;
    return true;
}

bool terminal_key(struct terminal *terminal, struct key *key, struct error *err)
{
    bool all = false;
    bool redraw_now;

    for (;;) {
        if (!heed_signals(terminal, &redraw_now, err))
            return false;
        if (redraw_now || (all && !terminal->length)) {
            *key = (struct key){redraw_now ? KEY_REDRAW : KEY_END, ""};
            return true;
        }
        if (take_key(terminal, all, key))
            return true;
        if (!wait_for_input(terminal, &all, err))
            return false;
    }
}
