/* The rules of many personas, compared pair by pair.
 *
 * All rules are sorted by their normalised text.  So the personas that have a
 * rule stand side by side, and one persona is held against all that come after
 * it by walking, for each of its rules, to the end of that run: the cost is
 * that of the rules that are shared, not of all rules of all pairs. */
#include "diversity_rules.h"

#include "datebook/list.h"
#include "datebook/words.h"

#include <stdlib.h>
#include <string.h>

struct piece {
    const char *key; /* kind and stems */
    size_t persona;
    size_t order;   /* of adding */
    size_t run_end; /* behind the last one with this key, once sorted */
    enum rule_kind kind;
    const char *text;
};

struct rule_pieces {
    struct arena *arena;
    struct stemmer *stemmer;
    struct buf key;
    struct piece *at;
    size_t count;
    size_t personas;
    size_t *starts; /* for each persona, and behind the last: into positions */
    size_t *positions;
};

struct rule_pieces *rule_pieces_new(struct arena *arena, struct error *err)
{
    struct rule_pieces *pieces = calloc(1, sizeof *pieces);

    if (!pieces) {
        error_memory(err);
        return NULL;
    }
    pieces->arena = arena;
    pieces->stemmer = stemmer_new(err);
    if (pieces->stemmer)
        return pieces;
    rule_pieces_free(pieces);
    return NULL;
}

void rule_pieces_free(struct rule_pieces *pieces)
{
    if (!pieces)
        return;
    stemmer_free(pieces->stemmer);
    buf_free(&pieces->key);
    free(pieces);
}

/* ---- Taking them ---- */

/* RSVP and preparation rules are described: what stands in a bracket is
 * minutes and remarks. */
static size_t head_length(enum rule_kind kind, const char *text)
{
    const char *narrow = strchr(text, '(');
    const char *wide = strstr(text, "\uFF08");

    if (kind < RULE_ALWAYS_ACCEPT || (!narrow && !wide))
        return strlen(text);
    if (!narrow || (wide && wide < narrow))
        narrow = wide;
    return (size_t)(narrow - text);
}

static bool add_stems(struct rule_pieces *pieces, const char *text,
                      size_t length, struct error *err)
{
    struct words words;
    struct word word;

    words_start(&words, text, length);
    while (words_next(&words, &word)) {
        const char *stem;
        size_t stem_length;
        if (!stemmer_stem(pieces->stemmer, &word, &stem, &stem_length, err))
            return false;
        buf_char(&pieces->key, ' ');
        buf_add(&pieces->key, stem, stem_length);
    }
    return true;
}

static bool add_piece(struct rule_pieces *pieces,
                      const struct persona_rule *rule, const char *text,
                      const char *shown, struct error *err)
{
    size_t length = rule->object ? 0 : head_length(rule->kind, text);
    struct piece *piece;

    buf_clear(&pieces->key);
    buf_int(&pieces->key, (int64_t)rule->kind);
    if (!add_stems(pieces, text, length, err))
        return false;
    /* Of an object, and of a text that is nothing but a bracket, all counts. */
    if (!strchr(buf_string(&pieces->key), ' '))
        buf_text(&pieces->key, text);
    if (!buf_ok(&pieces->key, err) ||
        !list_grow(pieces->arena, &pieces->at, pieces->count,
                   sizeof *pieces->at, err))
        return false;
    piece = &pieces->at[pieces->count];
    *piece = (struct piece){.persona = pieces->personas,
                            .order = pieces->count++,
                            .kind = rule->kind};
    piece->key = arena_text(pieces->arena, buf_string(&pieces->key), err);
    piece->text = piece->key ? arena_text(pieces->arena, shown, err) : NULL;
    return piece->text != NULL;
}

static bool add_rule(struct rule_pieces *pieces,
                     const struct persona_rule *rule, struct error *err)
{
    const char *name = json_member_text(rule->object, "name");

    if (rule->kind != RULE_PRIORITY)
        return add_piece(pieces, rule, rule->source, name ? name : rule->source,
                         err);
    for (size_t i = 0; i < rule->keyword_count; i++)
        if (!add_piece(pieces, rule, rule->keywords[i], rule->keywords[i], err))
            return false;
    return true;
}

bool rule_pieces_add(struct rule_pieces *pieces, const struct persona *persona,
                     struct error *err)
{
    for (size_t i = 0; i < persona->rule_count; i++)
        if (!add_rule(pieces, &persona->rules[i], err))
            return false;
    pieces->personas++;
    return true;
}

/* ---- Comparing them ---- */

static int by_key(const void *one, const void *other)
{
    const struct piece *a = one;
    const struct piece *b = other;
    int keys = strcmp(a->key, b->key);

    return keys ? keys : (a->order > b->order) - (a->order < b->order);
}

/* Sorts, and keeps the first of those that a persona has twice. */
static void sort(struct rule_pieces *pieces)
{
    struct piece *at = pieces->at;
    size_t kept = 0;

    if (pieces->count)
        qsort(at, pieces->count, sizeof *at, by_key);
    for (size_t i = 0; i < pieces->count; i++)
        if (!kept || at[i].persona != at[kept - 1].persona ||
            strcmp(at[i].key, at[kept - 1].key) != 0)
            at[kept++] = at[i];
    pieces->count = kept;
    for (size_t i = kept; i-- > 0;)
        at[i].run_end = i + 1 < kept && !strcmp(at[i].key, at[i + 1].key)
                            ? at[i + 1].run_end
                            : i + 1;
}

/* Which places the rules of each persona have now. */
static bool index_personas(struct rule_pieces *pieces, struct error *err)
{
    size_t *starts =
        arena_zero(pieces->arena, pieces->personas + 2, sizeof *starts, err);

    pieces->positions = arena_zero(pieces->arena, pieces->count,
                                   sizeof *pieces->positions, err);
    if (!starts || !pieces->positions)
        return false;
    /* Shifted by one, so that filling in moves each start to where it is. */
    for (size_t i = 0; i < pieces->count; i++)
        starts[pieces->at[i].persona + 2]++;
    for (size_t p = 2; p < pieces->personas + 2; p++)
        starts[p] += starts[p - 1];
    for (size_t i = 0; i < pieces->count; i++)
        pieces->positions[starts[pieces->at[i].persona + 1]++] = i;
    pieces->starts = starts;
    return true;
}

static int64_t rules_of(const struct rule_pieces *pieces, size_t persona)
{
    return (int64_t)(pieces->starts[persona + 1] - pieces->starts[persona]);
}

/* How many rules of a persona each later one has. */
static void count_shared(const struct rule_pieces *pieces, size_t persona,
                         int64_t *shared)
{
    memset(shared, 0, pieces->personas * sizeof *shared);
    for (size_t i = pieces->starts[persona]; i < pieces->starts[persona + 1];
         i++) {
        size_t at = pieces->positions[i];
        for (size_t n = at + 1; n < pieces->at[at].run_end; n++)
            shared[pieces->at[n].persona]++;
    }
}

bool rule_pieces_compare(struct rule_pieces *pieces, pair_visitor *visit,
                         void *context, struct error *err)
{
    int64_t *shared =
        arena_zero(pieces->arena, pieces->personas, sizeof *shared, err);

    sort(pieces);
    if (!shared || !index_personas(pieces, err))
        return false;
    for (size_t one = 0; one < pieces->personas; one++) {
        count_shared(pieces, one, shared);
        for (size_t other = one + 1; other < pieces->personas; other++)
            visit(context, one, other, shared[other],
                  rules_of(pieces, one) + rules_of(pieces, other) -
                      shared[other]);
    }
    return true;
}

static bool has(const struct rule_pieces *pieces, const struct piece *piece,
                size_t persona)
{
    for (const struct piece *other = piece; other < pieces->at + piece->run_end;
         other++)
        if (other->persona == persona)
            return true;
    return false;
}

static int by_order(const void *one, const void *other)
{
    size_t a = (*(const struct piece *const *)one)->order;
    size_t b = (*(const struct piece *const *)other)->order;

    return (a > b) - (a < b);
}

bool rule_pieces_shared(struct rule_pieces *pieces, size_t one, size_t other,
                        int64_t *rules, const struct diversity_rule **shared,
                        struct error *err)
{
    size_t most = (size_t)rules_of(pieces, one);
    const struct piece **found =
        arena_zero(pieces->arena, most, sizeof *found, err);
    struct diversity_rule *list =
        arena_zero(pieces->arena, most, sizeof *list, err);
    size_t count = 0;

    if (!found || !list)
        return false;
    for (size_t i = pieces->starts[one]; i < pieces->starts[one + 1]; i++) {
        const struct piece *piece = &pieces->at[pieces->positions[i]];
        if (has(pieces, piece, other))
            found[count++] = piece;
    }
    if (count)
        qsort(found, count, sizeof *found, by_order);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct diversity_rule){found[i]->kind, found[i]->text};
    *rules = rules_of(pieces, one) + rules_of(pieces, other) - (int64_t)count;
    *shared = list;
    return true;
}
