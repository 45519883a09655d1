/* Runs a command and adds one line to a file: seconds of wall clock, seconds of
 * processor time, the largest resident set in KiB, the exit code.
 *
 *   measure FILE COMMAND [ARG...]
 *
 * The command inherits the standard streams.  This process is small, so the
 * figure for memory is the command's own. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int write_line(const char *path, double wall, const struct rusage *used,
                      int code)
{
    FILE *file = fopen(path, "a");

    if (!file) {
        perror(path);
        return EXIT_FAILURE;
    }
    fprintf(file, "%.6f %.6f %ld %d\n", wall,
            seconds(used->ru_utime) + seconds(used->ru_stime), used->ru_maxrss,
            code);
    return fclose(file) ? EXIT_FAILURE : code;
}

int main(int argc, char **argv)
{
    struct rusage used;
    double start;
    pid_t child;
    int status;

    if (argc < 3) {
        fprintf(stderr, "usage: measure FILE COMMAND [ARG...]\n");
        return 2;
    }
    start = now();
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("measure");
        return 2;
    }
    return write_line(argv[1], now() - start, &used,
                      WIFEXITED(status) ? WEXITSTATUS(status)
                                        : 128 + WTERMSIG(status));
}
