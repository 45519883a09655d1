/* Runs the corpus of a fuzz target as an ordinary test.
 *
 * A target is a NAME_fuzz.c with libFuzzer's entry point, and its corpus lies
 * in corpus/NAME/.  Each file is run in a child, so that one crash does not
 * hide the next.  Usage: NAME FILE... */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly the file's size, so that reading past its end is seen by
 * the address sanitizer. */
static uint8_t *read_all(FILE *file, size_t *size)
{
    uint8_t *data = NULL;
    long length;

    if (fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) < 0)
        return NULL;
    rewind(file);
    *size = (size_t)length;
    data = malloc(*size ? *size : 1);
    if (data && fread(data, 1, *size, file) != *size) {
        free(data);
        return NULL;
    }
    return data;
}

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    size_t size = 0;

    if (file) {
        data = read_all(file, &size);
        fclose(file);
    }
    if (!data) {
        perror(path);
        return EXIT_FAILURE;
    }
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return EXIT_SUCCESS;
}

static bool passes(const char *path)
{
    pid_t child;
    int status = 0;

    fflush(NULL);
    child = fork();
    if (child < 0)
        return false;
    if (child == 0)
        exit(run_file(path));
    if (waitpid(child, &status, 0) != child)
        return false;
    if (WIFSIGNALED(status))
        printf("FAIL  %s: %s\n", path, strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status))
        printf("FAIL  %s: exit code %d\n", path, WEXITSTATUS(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv)
{
    int passed = 0;
    int failed = 0;

    for (int i = 1; i < argc; i++) {
        if (passes(argv[i]))
            passed++;
        else
            failed++;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
