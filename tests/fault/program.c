/* Calls the program's main function, as a shell would call the program. */
#include "program.h"

#include "src/cmd/cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WORDS = 32 };

static struct {
    int out;
    int err;
    int terminal; /* where standard error went before */
} capture = {-1, -1, -1};

/* The sanitizers' own word, where the program is built with them. */
__attribute__((weak)) void __sanitizer_set_report_fd(void *fd);

bool program_capture(void)
{
    fflush(stdout);
    capture.terminal = dup(STDERR_FILENO);
    if (__sanitizer_set_report_fd)
        __sanitizer_set_report_fd((void *)(intptr_t)capture.terminal);
    capture.out = memfd_create("out", MFD_CLOEXEC);
    capture.err = memfd_create("err", MFD_CLOEXEC);
    return capture.out >= 0 && capture.err >= 0 && capture.terminal >= 0 &&
           dup2(capture.out, STDOUT_FILENO) >= 0 &&
           dup2(capture.err, STDERR_FILENO) >= 0;
}

void program_say(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vdprintf(capture.terminal, format, args);
    va_end(args);
}

/* What was printed since the last call. */
static char *take(struct arena *arena, int fd, struct error *err)
{
    off_t length = lseek(fd, 0, SEEK_END);
    char *text =
        length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1, err);

    if (!text || pread(fd, text, (size_t)length, 0) != length ||
        ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET))
        return NULL;
    text[length] = '\0';
    return text;
}

static int split(char *line, char **words)
{
    static char name[] = "datebook";
    int count = 0;

    words[count++] = name;
    while (*line && count < WORDS - 1) {
        char end = *line == '\'' ? '\'' : ' ';
        line += end == '\'';
        words[count++] = line;
        line += strcspn(line, (char[]){end, '\0'});
        while (*line == end || *line == ' ')
            *line++ = '\0';
    }
    words[count] = NULL;
    return count;
}

int program_main(const char *line)
{
    char copy[4096];
    char *words[WORDS];
    int code;

    snprintf(copy, sizeof copy, "%s", line);
    code = cli_main(split(copy, words), words);
    fflush(stdout);
    return code;
}

bool program_printed(struct arena *arena, struct printed *printed,
                     struct error *err)
{
    printed->out = take(arena, capture.out, err);
    printed->err = take(arena, capture.err, err);
    return printed->out && printed->err;
}

bool program_run(struct arena *arena, const char *line, struct printed *printed,
                 struct error *err)
{
    printed->exit_code = program_main(line);
    return program_printed(arena, printed, err);
}
