/* A progress line on a terminal, a plain line now and then elsewhere, and the
 * end of work when the user interrupts. */
#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* A signal handler has nowhere else to leave its message. */
static volatile sig_atomic_t interrupted;    /* how often */
static volatile sig_atomic_t interrupted_at; /* in seconds */
static volatile sig_atomic_t patience;       /* signals that the work takes */

struct progress {
    struct monitor monitor;
    bool quiet;
    bool terminal;
    bool shown;
    const char *what; /* of the stage of the work */
    double started;   /* the stage */
    double last;
    const char *message; /* of an interruption */
    const char *hint;
    struct sigaction old_int;
    struct sigaction old_term;
    struct sigaction old_hup;
};

/* The first signal asks the work to end; one that comes later, from somebody
 * who has waited, ends the program, or asks once more if the work can end
 * faster.  Not at once: timeout(1) sends its signal to the program and to its
 * group. */
static void remember(int number)
{
    sig_atomic_t now = (sig_atomic_t)time(NULL);

    if (interrupted && now - interrupted_at <= 1)
        return;
    if (interrupted < patience) {
        interrupted = interrupted + 1;
        interrupted_at = now;
    } else {
        signal(number, SIG_DFL);
        raise(number);
    }
}

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What fits on one line of the terminal: a longer one could not be taken back
 * by the next. */
static int columns(void)
{
    struct winsize size;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col < 2)
        return 79;
    return size.ws_col - 1;
}

static void show(struct progress *progress, const char *line, double now)
{
    struct buf cut = BUF_EMPTY;

    if (progress->terminal)
        text_cut(&cut, line, columns());
    fprintf(stderr, "%s%s%s", progress->terminal ? "\r\033[K" : "",
            progress->terminal ? buf_string(&cut) : line,
            progress->terminal ? "" : "\n");
    fflush(stderr);
    buf_free(&cut);
    progress->shown = true;
    progress->last = now;
}

/* Whether a line is to be shown of a stage of the work, at a time. */
static bool is_due(struct progress *progress, const char *what, double now)
{
    double between = progress->terminal ? 0.1 : 10;

    if (!progress->what || strcmp(progress->what, what) != 0) {
        progress->what = what;
        progress->started = now;
    }
    return now - progress->last >= between && now - progress->started >= 0.5;
}

static void put_rate(struct buf *line, const char *what, int64_t done,
                     int64_t total, double seconds)
{
    double rate = (double)done / seconds;

    buf_int(line, done);
    if (total)
        buf_format(line, " of %lld", (long long)total);
    buf_format(line, " %s, %.0f a second", what, rate);
    if (total && rate > 0)
        buf_format(line, ", %.0f s left", (double)(total - done) / rate);
}

static bool tick(void *context, const char *what, int64_t done, int64_t total,
                 struct error *err)
{
    struct progress *progress = context;
    struct buf line = BUF_EMPTY;
    double now;

    if (interrupted) {
        error_set(err, ERROR_INTERRUPTED, "interrupted; %s", progress->message);
        return error_hint(err, "%s", progress->hint);
    }
    if (progress->quiet)
        return true;
    now = seconds_now();
    if (!is_due(progress, what, now))
        return true;
    put_rate(&line, what, done, total, now - progress->started);
    show(progress, buf_string(&line), now);
    buf_free(&line);
    return true;
}

void progress_show(struct progress *progress, const char *what,
                   progress_line *put, void *context)
{
    struct buf line = BUF_EMPTY;
    double now = seconds_now();

    if (progress->quiet || !is_due(progress, what, now))
        return;
    put(context, &line, now - progress->started);
    show(progress, buf_string(&line), now);
    buf_free(&line);
}

void progress_keeps(struct progress *progress, const char *message,
                    const char *hint)
{
    progress->message = message;
    progress->hint = hint;
}

void progress_patience(int signals)
{
    patience = signals;
}

int progress_signals(void)
{
    return interrupted;
}

/* A signal that whoever started the program had ignored (nohup, a shell's
 * background job) stays ignored. */
static void catch_signal(int number, const struct sigaction *action,
                         struct sigaction *old)
{
    sigaction(number, action, old);
    if (old->sa_handler == SIG_IGN)
        sigaction(number, old, NULL);
}

struct progress *progress_start(struct cli *cli, struct error *err)
{
    struct progress *progress =
        arena_zero(&cli->arena, 1, sizeof *progress, err);
    struct sigaction action = {.sa_handler = remember};

    if (!progress)
        return NULL;
    progress->monitor = (struct monitor){tick, progress};
    progress->quiet = cli->quiet;
    progress->terminal = isatty(STDERR_FILENO);
    progress->started = progress->last = seconds_now();
    progress_keeps(progress, "nothing was changed",
                   "run the same command again");
    progress_patience(1);
    sigemptyset(&action.sa_mask);
    catch_signal(SIGINT, &action, &progress->old_int);
    catch_signal(SIGTERM, &action, &progress->old_term);
    catch_signal(SIGHUP, &action, &progress->old_hup);
    return progress;
}

const struct monitor *progress_monitor(struct progress *progress)
{
    return &progress->monitor;
}

bool progress_interrupted(void)
{
    return interrupted != 0;
}

void progress_end(struct progress *progress)
{
    if (!progress)
        return;
    if (progress->shown && progress->terminal)
        fputs("\r\033[K", stderr);
    sigaction(SIGINT, &progress->old_int, NULL);
    sigaction(SIGTERM, &progress->old_term, NULL);
    sigaction(SIGHUP, &progress->old_hup, NULL);
}
