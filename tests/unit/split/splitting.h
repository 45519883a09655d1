/* Lists of personas made by hand, and the splits of them. */
#ifndef DATEBOOK_TESTS_SPLIT_SPLITTING_H
#define DATEBOOK_TESTS_SPLIT_SPLITTING_H

#include "datebook/cut.h"
#include "datebook/random.h"

#include "src/split/split_internal.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 120 };

static struct {
    struct arena arena;
    struct error err;
    struct stored_persona personas[MOST]; /* by id */
    const char *functions[MOST];          /* of those */
    size_t count;
    int64_t keys; /* given so far */
} fix;

/* What must work, and what must fail in exactly this way. */
#define MUST(call)                                                             \
    do {                                                                       \
        bool worked_ = (call);                                                 \
        ck_assert_msg(worked_, "%s: %s", #call, fix.err.message);              \
    } while (0)
#define MUST_FAIL(call, code_, message_, hint_)                                \
    do {                                                                       \
        bool worked_ = (call);                                                 \
        ck_assert_msg(!worked_, "%s worked", #call);                           \
        ck_assert_str_eq(fix.err.message, message_);                           \
        ck_assert_str_eq(fix.err.hint, hint_);                                 \
        ck_assert_int_eq(fix.err.code, code_);                                 \
    } while (0)

static inline void splitting_setup(void)
{
    memset(&fix, 0, sizeof fix);
}

static inline void splitting_teardown(void)
{
    arena_free(&fix.arena);
}

/* Adds a persona where its id belongs. */
static inline struct stored_persona *add(const char *id, int tier,
                                         const char *function)
{
    size_t at = fix.count;
    struct stored_persona persona = {.key = ++fix.keys, .tier = tier};

    ck_assert_uint_lt(fix.count, MOST);
    persona.id = arena_text(&fix.arena, id, &fix.err);
    persona.name = persona.id;
    persona.document = arena_format(
        &fix.arena, &fix.err,
        "{\"id\":\"%s\",\"name\":\"P\",\"tier\":%d,\"demographics\":{"
        "\"function\":\"%s\",\"level\":\"L%d\",\"industry\":\"I\"}}",
        id, tier, function, tier);
    ck_assert_ptr_nonnull(persona.document);
    persona.document_length = strlen(persona.document);
    for (; at && strcmp(fix.personas[at - 1].id, id) > 0; at--) {
        fix.personas[at] = fix.personas[at - 1];
        fix.functions[at] = fix.functions[at - 1];
    }
    fix.personas[at] = persona;
    fix.functions[at] = arena_text(&fix.arena, function, &fix.err);
    fix.count++;
    return &fix.personas[at];
}

/* a … h of tier 1.  By their hashes under seed 1, from the least: g (0.005),
 * d (0.17), h (0.20), c (0.21), f (0.29), b (0.37), a (0.58), e (0.91). */
static inline void add_letters(void)
{
    for (char letter = 'a'; letter <= 'h'; letter++)
        add((char[2]){letter, '\0'}, 1, "Sales");
}

static inline void drop(const char *id)
{
    size_t at = 0;

    while (strcmp(fix.personas[at].id, id) != 0)
        ck_assert_uint_lt(++at, fix.count);
    fix.count--;
    memmove(&fix.personas[at], &fix.personas[at + 1],
            (fix.count - at) * sizeof *fix.personas);
    memmove(&fix.functions[at], &fix.functions[at + 1],
            (fix.count - at) * sizeof *fix.functions);
}

static inline struct stored_persona *persona_of(const char *id)
{
    size_t at = 0;

    while (strcmp(fix.personas[at].id, id) != 0)
        ck_assert_uint_lt(++at, fix.count);
    return &fix.personas[at];
}

/* Adds up to `count` personas of any tier, function and role. */
static inline void add_random(struct random *random, int count)
{
    static const char *const functions[] = {"Sales", "Legal", "Product",
                                            "Finance", ""};

    for (int i = 0; i < count; i++) {
        const char *id = arena_format(&fix.arena, &fix.err, "p%08x",
                                      (unsigned)random_u32(random));
        struct stored_persona *persona =
            add(id, random_between(random, 1, 3),
                functions[random_below(random, 5)]);
        persona->validation = random_chance(random, 10);
    }
}

static inline struct split make(const struct split_terms *terms)
{
    struct split split;

    MUST(split_make(&fix.arena, "test", terms, fix.personas, fix.count, &split,
                    &fix.err));
    return split;
}

static inline struct division divide(const struct split *split, int fold)
{
    struct division division;

    MUST(split_divide(&fix.arena, split, fold, fix.personas, fix.count,
                      &division, &fix.err));
    return division;
}

static inline const char *ids_of(const struct stored_persona *personas,
                                 size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_format(&fix.arena, &fix.err, "%s%s%s", text, i ? " " : "",
                            personas[i].id);
    return text;
}

static inline bool is_held_out(const struct division *division, const char *id)
{
    for (size_t i = 0; i < division->held_out_count; i++)
        if (!strcmp(division->held_out[i].id, id))
            return true;
    return false;
}

/* What would be stored. */
static inline const char *text_of(const struct split *split)
{
    struct buf document = BUF_EMPTY;
    const char *text;

    MUST(split_write(split, &document, &fix.err));
    text = arena_text(&fix.arena, buf_string(&document), &fix.err);
    buf_free(&document);
    return text;
}

#endif
