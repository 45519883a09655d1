/* A progress line on a terminal, a plain line now and then elsewhere, and the
 * end of work when the user interrupts. */
#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A signal handler has nowhere else to leave its message. */
static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t interrupted_at; /* in seconds */

struct progress {
    struct monitor monitor;
    bool quiet;
    bool terminal;
    bool shown;
    const char *what; /* of the stage of the work */
    double started;   /* the stage */
    double last;
    struct sigaction old_int;
    struct sigaction old_term;
    struct sigaction old_hup;
};

/* The first signal asks the work to end; one that comes later, from somebody
 * who has waited, ends the program.  Not at once: timeout(1) sends its signal
 * to the program and to its group. */
static void remember(int number)
{
    sig_atomic_t now = (sig_atomic_t)time(NULL);

    if (!interrupted) {
        interrupted = 1;
        interrupted_at = now;
    } else if (now - interrupted_at > 1) {
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

static void show(struct progress *progress, const char *what, int64_t done,
                 int64_t total, double now)
{
    double rate = (double)done / (now - progress->started);

    fprintf(stderr, "%s%lld", progress->terminal ? "\r\033[K" : "",
            (long long)done);
    if (total)
        fprintf(stderr, " of %lld", (long long)total);
    fprintf(stderr, " %s, %.0f a second", what, rate);
    if (total && rate > 0)
        fprintf(stderr, ", %.0f s left", (double)(total - done) / rate);
    fputs(progress->terminal ? "" : "\n", stderr);
    fflush(stderr);
    progress->shown = true;
    progress->last = now;
}

static bool tick(void *context, const char *what, int64_t done, int64_t total,
                 struct error *err)
{
    struct progress *progress = context;
    double between = progress->terminal ? 0.1 : 10;
    double now;

    if (interrupted) {
        error_set(err, ERROR_INTERRUPTED, "interrupted; nothing was changed");
        return error_hint(err, "run the same command again");
    }
    if (progress->quiet)
        return true;
    now = seconds_now();
    if (!progress->what || strcmp(progress->what, what) != 0) {
        progress->what = what;
        progress->started = now;
    }
    if (now - progress->last >= between && now - progress->started >= 0.5)
        show(progress, what, done, total, now);
    return true;
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
    return interrupted;
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
