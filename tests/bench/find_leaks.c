/* Looks for leaks in a dataset, or cuts a validation part out of it, and prints
 * what came of it.
 *
 *   find_leaks DATABASE leaks|cut
 *
 * Validation personas are held out, a tenth of the others' meetings is cut
 * out. */
#include "datebook/cut.h"
#include "datebook/leaks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool divide(struct store *store, struct arena *arena, int64_t version,
                   struct division *division, struct error *err)
{
    struct stored_persona *personas;
    size_t count;

    if (!persona_list_at(store, arena, version, &personas, &count, err))
        return false;
    division->train = arena_zero(arena, count + 1, sizeof *personas, err);
    division->held_out = arena_zero(arena, count + 1, sizeof *personas, err);
    if (!division->train || !division->held_out)
        return false;
    for (size_t i = 0; i < count; i++)
        if (personas[i].validation)
            division->held_out[division->held_out_count++] = personas[i];
        else
            division->train[division->train_count++] = personas[i];
    return true;
}

static bool find(struct store *store, struct arena *arena, int64_t version,
                 const struct division *division, struct error *err)
{
    struct leaks leaks;

    if (!leaks_find(store, arena, version, division, NULL, &leaks, err))
        return false;
    printf("%lld meetings, %zu leaks, %lld twins\n", (long long)leaks.compared,
           leaks.count, (long long)leaks.twins);
    return true;
}

static bool make(struct store *store, int64_t version,
                 const struct division *division, struct error *err)
{
    struct cut *cut = cut_make(store, version, division, NULL, err);
    struct cut_totals totals;

    if (!cut)
        return false;
    totals = cut_totals(cut);
    printf("%lld meetings, %lld for validation, %lld groups, the largest of "
           "%lld\n",
           (long long)totals.meetings, (long long)totals.validation,
           (long long)totals.groups, (long long)totals.largest);
    cut_free(cut);
    return true;
}

int main(int argc, char **argv)
{
    struct split split = {.terms = {.validation_fraction = 0.1, .seed = 1}};
    struct division division = {.split = &split};
    struct arena arena = ARENA_EMPTY;
    struct error err = {.code = ERROR_NONE};
    struct store *store;
    int64_t version;
    bool ok;

    if (argc != 3 || (strcmp(argv[2], "leaks") && strcmp(argv[2], "cut"))) {
        fprintf(stderr, "usage: find_leaks DATABASE leaks|cut\n");
        return 2;
    }
    store = store_open(argv[1], STORE_READ, &err);
    ok = store && version_head(store, &version, &err) &&
         divide(store, &arena, version, &division, &err) &&
         (strcmp(argv[2], "cut") ? find(store, &arena, version, &division, &err)
                                 : make(store, version, &division, &err));
    if (!ok)
        fprintf(stderr, "find_leaks: %s\n", err.message);
    store_close(store);
    arena_free(&arena);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
