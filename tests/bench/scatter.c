/* Changes labels that are scattered evenly over a database, and adds one line
 * to a file for each commit, in the form of measure.c: seconds of wall clock
 * and of processor time from opening the run to its end, the largest resident
 * set in KiB, 0.
 *
 *   scatter FILE DATABASE LABELS COMMITS
 *
 * Each commit changes LABELS labels, or all if there are fewer.  Which ones
 * depends on the number of the version alone.  Nothing but generated meetings
 * may be in the database: their keys are counted, not read. */
#include "datebook/random.h"
#include "datebook/rules.h"
#include "datebook/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

struct share {
    int64_t persona;
    int64_t labels;
};

struct scatter {
    struct store *store;
    struct arena arena;   /* as long as the program */
    struct arena scratch; /* of one commit */
    struct arena row;
    struct share *shares;
    size_t share_count;
    int64_t labels; /* of all personas */
};

static double now(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool count_labels(struct scatter *work, struct error *err)
{
    struct stored_persona *personas;
    int64_t head;

    if (!version_head(work->store, &head, err) ||
        !persona_list_at(work->store, &work->arena, head, &personas,
                         &work->share_count, err))
        return false;
    work->shares =
        arena_zero(&work->arena, work->share_count, sizeof *work->shares, err);
    if (!work->shares)
        return false;
    for (size_t i = 0; i < work->share_count; i++) {
        struct share *share = &work->shares[i];
        share->persona = personas[i].key;
        if (!label_count(work->store, share->persona, &share->labels, err))
            return false;
        work->labels += share->labels;
    }
    return true;
}

/* Ordinals start at 1 and have no gaps. */
static int64_t nth_meeting(const struct scatter *work, int64_t place)
{
    const struct share *share = work->shares;

    while (place >= share->labels)
        place -= share++->labels;
    return (share->persona << 32) + place + 1;
}

static bool change_label(struct scatter *work, struct run *run, int64_t key,
                         struct error *err)
{
    struct stored_label label;
    bool found;

    arena_reset(&work->row);
    if (!label_at(work->store, &work->row, run_version(run), key, &label,
                  &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_INPUT, "there is no label %lld",
                         (long long)key);
    label.importance = (label.importance + 1) % IMPORTANCE_LEVELS;
    return run_put_label(run, &label, err);
}

/* One label out of each of `count` stretches of even length. */
static bool change_labels(struct scatter *work, struct run *run, int64_t count,
                          struct error *err)
{
    struct random random;
    int64_t low = 0;

    random_start(&random, (uint64_t)run_version(run), "scatter", NULL);
    for (int64_t i = 0; i < count; i++) {
        int64_t high = (i + 1) * work->labels / count;
        int64_t place = low + random_below(&random, (uint32_t)(high - low));
        if (!change_label(work, run, nth_meeting(work, place), err))
            return false;
        low = high;
    }
    return true;
}

static bool commit(struct scatter *work, int64_t count, struct error *err)
{
    static const struct run_header header = {.command = "scatter",
                                             .options = "{}",
                                             .summary = "scattered labels",
                                             .started = 1764000000000000};
    struct run *run = run_begin(work->store, &work->scratch, err);
    bool changed;
    bool ok = run && change_labels(work, run, count, err) &&
              run_seal(run, &header, &changed, err) && run_commit(run, err);

    run_abandon(run);
    arena_reset(&work->scratch);
    return ok;
}

static bool measured(struct scatter *work, int64_t count, FILE *file,
                     struct error *err)
{
    double wall = now(CLOCK_MONOTONIC);
    double cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    struct rusage used;

    if (!commit(work, count, err))
        return false;
    getrusage(RUSAGE_SELF, &used);
    fprintf(file, "%.6f %.6f %ld 0\n", now(CLOCK_MONOTONIC) - wall,
            now(CLOCK_PROCESS_CPUTIME_ID) - cpu, used.ru_maxrss);
    return true;
}

static bool scatter(const char *database, int64_t count, int64_t commits,
                    FILE *file, struct error *err)
{
    struct scatter work = {.store = store_open(database, STORE_WRITE, err)};
    bool ok = work.store && count_labels(&work, err);

    if (count > work.labels)
        count = work.labels;
    for (int64_t i = 0; ok && i < commits; i++)
        ok = measured(&work, count, file, err);
    store_close(work.store);
    arena_free(&work.arena);
    arena_free(&work.scratch);
    arena_free(&work.row);
    return ok;
}

int main(int argc, char **argv)
{
    struct error err = {.code = ERROR_NONE};
    FILE *file;
    bool ok;

    if (argc != 5) {
        fprintf(stderr, "usage: scatter FILE DATABASE LABELS COMMITS\n");
        return 2;
    }
    file = fopen(argv[1], "a");
    if (!file) {
        perror(argv[1]);
        return EXIT_FAILURE;
    }
    ok = scatter(argv[2], strtoll(argv[3], NULL, 10),
                 strtoll(argv[4], NULL, 10), file, &err);
    if (!ok)
        fprintf(stderr, "scatter: %s\n", err.message);
    return fclose(file) || !ok ? EXIT_FAILURE : EXIT_SUCCESS;
}
