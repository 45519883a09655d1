/* Which meetings a persona has: its own archetypes, those of its function, the
 * common ones, weighed by the shares of its week; and meetings made from the
 * phrases of its rules. */
#include "phrases.h"

#include <ctype.h>
#include <string.h>

enum {
    FACTOR_OWN = 6,
    FACTOR_FUNCTION = 3,
    FACTOR_COMMON = 2,
    /* Parts of a hundred: what patterns get beside all the others, and what
     * shares never take from the archetypes that they do not name. */
    PATTERN_PART = 22,
    OPEN_PART = 15,
    MASS = 4000000,
    WORDS_MAX = 12
};

/* An archetype that this persona may have. */
struct chosen {
    const struct archetype *archetype;
    uint32_t factor;
    uint32_t mass;
};

struct choosing {
    struct arena *arena;
    const struct persona *persona;
    const struct calendar_library *library;
    enum level level;
    struct chosen *chosen;
    size_t count;
    struct texts subjects; /* of all that are chosen, and of threads */
    struct error *err;
};

/* A word of a share or kind, as it is compared. */
struct word {
    const char *text;
    size_t length;
};

static bool is_filler(const struct word *word)
{
    static const struct word fillers[] = {
        {"with", 4}, {"and", 3},     {"of", 2},   {"the", 3},   {"for", 3},
        {"to", 2},   {"meeting", 7}, {"time", 4}, {"other", 5}, {"in", 2}};

    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (fillers[i].length == word->length &&
            !strncasecmp(fillers[i].text, word->text, word->length))
            return true;
    return false;
}

/* Letters and digits in a row, without the s of a plural; "1:1" and "1-on-1"
 * are one word. */
static size_t split(const char *text, struct word words[WORDS_MAX])
{
    size_t count = 0;

    while (*text && count < WORDS_MAX) {
        struct word *word = &words[count];
        size_t length = 0;
        while (isalnum((unsigned char)text[length]) ||
               (unsigned char)text[length] >= 0x80)
            length++;
        if (!length) {
            text++;
            continue;
        }
        word->text = text;
        word->length = length;
        if (!strncmp(text, "1:1", 3)) {
            *word = (struct word){"1on1", 4};
            length = 3;
        } else if (!strncasecmp(text, "1-on-1", 6)) {
            *word = (struct word){"1on1", 4};
            length = 6;
        } else if (length > 3 &&
                   tolower((unsigned char)text[length - 1]) == 's' &&
                   tolower((unsigned char)text[length - 2]) != 's') {
            word->length--;
        }
        text += length;
        count += !is_filler(word);
    }
    return count;
}

int words_shared(const char *one, const char *other)
{
    struct word ones[WORDS_MAX];
    struct word others[WORDS_MAX];
    size_t one_count = split(one, ones);
    size_t other_count = split(other, others);
    int shared = 0;

    for (size_t i = 0; i < one_count; i++)
        for (size_t k = 0; k < other_count; k++)
            if (ones[i].length == others[k].length &&
                !strncasecmp(ones[i].text, others[k].text, ones[i].length)) {
                shared++;
                break;
            }
    return shared;
}

int words_count(const char *text)
{
    struct word words[WORDS_MAX];

    return (int)split(text, words);
}

static int best_match(const char *share, const struct archetype *archetype)
{
    int best = words_shared(share, archetype->name);

    for (size_t i = 0; i < archetype->kinds.count; i++) {
        int shared = words_shared(share, archetype->kinds.items[i]);
        best = shared > best ? shared : best;
    }
    return best;
}

static bool fits(const struct choosing *choosing,
                 const struct archetype *archetype)
{
    if (!(archetype->levels >> choosing->level & 1))
        return false;
    for (size_t i = 0; i < archetype->with_count; i++)
        if (archetype->with[i] == GROUP_REPORTS && choosing->level == LEVEL_IC)
            return false;
    return true;
}

/* Adds the archetypes that fit, but for those whose name is there already. */
static bool choose(struct choosing *choosing,
                   const struct archetypes *archetypes, uint32_t factor)
{
    for (size_t i = 0; i < archetypes->count; i++) {
        const struct archetype *archetype = &archetypes->items[i];
        struct chosen *chosen;
        size_t k = 0;
        while (k < choosing->count &&
               strcmp(choosing->chosen[k].archetype->name, archetype->name) !=
                   0)
            k++;
        if (k < choosing->count || !fits(choosing, archetype))
            continue;
        chosen = list_room(choosing->arena, choosing->chosen, choosing->count,
                           sizeof *chosen, choosing->err);
        if (!chosen)
            return false;
        choosing->chosen = chosen;
        chosen[choosing->count++] = (struct chosen){archetype, factor, 0};
    }
    return true;
}

/* Gives `mass` to the archetypes that match a share best, or to all. */
static bool spread(struct choosing *choosing, const char *share, uint64_t mass)
{
    uint64_t total = 0;
    int best = share ? 1 : 0;

    for (size_t i = 0; share && i < choosing->count; i++) {
        int match = best_match(share, choosing->chosen[i].archetype);
        best = match > best ? match : best;
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < choosing->count; i++) {
            struct chosen *chosen = &choosing->chosen[i];
            uint64_t part =
                (uint64_t)chosen->archetype->weight * chosen->factor;
            if (share && best_match(share, chosen->archetype) != best)
                continue;
            if (pass)
                chosen->mass += (uint32_t)(mass * part / total);
            else
                total += part;
        }
    return total > 0;
}

static void spread_shares(struct choosing *choosing)
{
    const struct persona *persona = choosing->persona;
    uint64_t named = 0;
    uint64_t left = 100;

    for (size_t i = 0; i < persona->share_count; i++)
        named += (uint64_t)persona->shares[i].percent;
    for (size_t i = 0; i < persona->share_count; i++) {
        /* Shares of more than a hundred together are taken in proportion. */
        uint64_t percent = (uint64_t)persona->shares[i].percent *
                           (100 - OPEN_PART) / (named > 100 ? named : 100);
        if (spread(choosing, persona->shares[i].name, percent * MASS / 100))
            left -= percent;
    }
    spread(choosing, NULL, left * MASS / 100);
}

static bool add_option(struct choosing *choosing, struct options *options,
                       const struct option *option)
{
    struct option *items =
        list_room(choosing->arena, options->items, options->count,
                  sizeof *items, choosing->err);

    if (!items)
        return false;
    options->items = items;
    items[options->count++] = *option;
    return true;
}

/* One option a subject that this persona can have.  A series goes on for
 * years: its subject names no date. */
static bool add_archetype(struct choosing *choosing,
                          const struct chosen *chosen, struct options *options)
{
    const struct archetype *archetype = chosen->archetype;

    for (size_t i = 0; i < archetype->subjects.count; i++) {
        const struct template *subject = &archetype->subjects.items[i];
        struct option option = {
            .archetype = archetype,
            .subject = subject,
            .weight = chosen->mass / (uint32_t)archetype->subjects.count + 1};
        if (subject->needs_report && choosing->level == LEVEL_IC)
            continue;
        if (archetype->cadence != CADENCE_NONE && subject->dated)
            continue;
        if (!add_option(choosing, options, &option))
            return false;
    }
    return true;
}

/* What people skip comes by broadcast; no customer or executive asks for it. */
static bool is_skipped(enum rule_kind kind)
{
    return kind == RULE_RARELY_IMPORTANT || kind == RULE_DECLINE_BY_DEFAULT ||
           kind == RULE_ALWAYS_DECLINE || kind == RULE_NO_PREP;
}

static bool is_with(const struct archetype *archetype, enum group group)
{
    for (size_t i = 0; i < archetype->with_count; i++)
        if (archetype->with[i] == group)
            return true;
    return false;
}

/* Customers are met by those whose trade has customers. */
static bool meets_customers(const struct choosing *choosing)
{
    for (size_t i = 0; i < choosing->count; i++)
        if (is_with(choosing->chosen[i].archetype, GROUP_CUSTOMER))
            return true;
    return false;
}

/* Whether the phrase has a word of a list of the set "patterns". */
static bool has_word(const struct archetype_set *set, const char *list,
                     const char *phrase)
{
    const struct word_list *found = scope_find(&set->scope, list);

    for (size_t i = 0; found && i < found->words.count; i++)
        if (words_shared(found->words.items[i], phrase))
            return true;
    return false;
}

/* The phrases that customers come for: those that speak of customers and, in
 * a trade that has customers, of business with them. */
static bool choose_outward(struct choosing *choosing,
                           const struct archetype_set *set,
                           const struct texts *phrases, struct texts *outward)
{
    bool trade = meets_customers(choosing);

    for (size_t i = 0; i < phrases->count; i++) {
        const char *phrase = phrases->items[i];
        if (!has_word(set, "says_inside", phrase) &&
            (has_word(set, "says_customer", phrase) ||
             (trade && has_word(set, "says_business", phrase))) &&
            !texts_add(choosing->arena, outward, phrase, choosing->err))
            return false;
    }
    return true;
}

static bool suits(const struct choosing *choosing,
                  const struct archetype *archetype, enum rule_kind kind,
                  bool series)
{
    return fits(choosing, archetype) &&
           (archetype->cadence != CADENCE_NONE) == series &&
           is_with(archetype, GROUP_COMPANY) == is_skipped(kind);
}

static bool holds(const struct template *template, bool described)
{
    return described ? template->rule : template->pattern;
}

/* A phrase stands in the subject; or in every body, so that a subject that
 * says nothing has a meeting to look into. */
static bool names_phrase(const struct archetype *archetype,
                         const struct template *subject, bool described)
{
    if (subject->rule || subject->pattern)
        return holds(subject, described);
    for (size_t i = 0; i < archetype->bodies.count; i++)
        if (!holds(&archetype->bodies.items[i], described))
            return false;
    return archetype->bodies.count > 0;
}

/* One kind of rule, its phrases, and those of them that customers come for. */
struct rule_phrases {
    enum rule_kind kind;
    struct texts *all;
    struct texts *outward;
};

static bool collect(struct choosing *choosing, const struct archetype_set *set,
                    struct rule_phrases *phrases)
{
    struct texts *texts =
        arena_zero(choosing->arena, 2, sizeof *texts, choosing->err);

    phrases->all = texts;
    phrases->outward = texts ? texts + 1 : NULL;
    return texts &&
           phrases_collect(choosing->arena, choosing->persona, phrases->kind,
                           &choosing->subjects, phrases->all, choosing->err) &&
           choose_outward(choosing, set, phrases->all, phrases->outward);
}

/* The subjects of one archetype; it weighs as much as it has of the phrases. */
static bool add_pattern(struct choosing *choosing,
                        const struct archetype *archetype,
                        const struct rule_phrases *phrases,
                        struct options *options)
{
    bool described = phrase_is_described(phrases->kind);
    const struct texts *chosen =
        is_with(archetype, GROUP_CUSTOMER) ? phrases->outward : phrases->all;

    for (size_t i = 0; chosen->count && i < archetype->subjects.count; i++) {
        const struct template *subject = &archetype->subjects.items[i];
        struct option option = {
            .archetype = archetype,
            .subject = subject,
            .phrases = chosen,
            .weight = (uint32_t)((uint64_t)archetype->weight * 100 *
                                 chosen->count / phrases->all->count)};
        if ((subject->needs_report && choosing->level == LEVEL_IC) ||
            (archetype->cadence != CADENCE_NONE && subject->dated) ||
            !names_phrase(archetype, subject, described))
            continue;
        if (!add_option(choosing, options, &option))
            return false;
    }
    return true;
}

/* Options of the archetype set "patterns" for one kind of rule. */
static bool add_kind(struct choosing *choosing, const struct archetype_set *set,
                     enum rule_kind kind, bool series, struct options *options)
{
    struct rule_phrases phrases = {.kind = kind};

    if (!collect(choosing, set, &phrases))
        return false;
    for (size_t i = 0; i < set->archetypes.count; i++) {
        const struct archetype *archetype = &set->archetypes.items[i];
        if (suits(choosing, archetype, kind, series) &&
            !add_pattern(choosing, archetype, &phrases, options))
            return false;
    }
    return true;
}

/* Scales the weights of the options from `first` on to a sum of `mass`. */
static void scale(struct options *options, size_t first, uint64_t mass)
{
    uint64_t total = 0;

    for (size_t i = first; i < options->count; i++)
        total += options->items[i].weight;
    for (size_t i = first; i < options->count; i++)
        options->items[i].weight =
            (uint32_t)(options->items[i].weight * mass / total) + 1;
}

bool archetype_allows(const struct archetype *archetype, civil_day day)
{
    return (!archetype->days || archetype->days >> civil_weekday(day) & 1) &&
           season_holds(&archetype->season, day);
}

/* How well a set answers to a free text: the words of its longest name or
 * synonym that stand in it. */
static int serves(const struct archetype_set *set, const char *text)
{
    struct word words[WORDS_MAX];
    int best = 0;

    for (size_t i = 0; i <= set->synonyms.count; i++) {
        const char *name = i ? set->synonyms.items[i - 1] : set->function;
        int all = (int)split(name, words);
        if (words_shared(name, text) == all && all > best)
            best = all;
    }
    return best;
}

const struct archetype_set *function_set(const struct calendar_library *library,
                                         const struct persona *persona)
{
    const char *diverse =
        json_member_text(json_member(persona->tree, "diversity"), "function");
    const struct archetype_set *set = NULL;
    int best = 0;

    if (diverse && (set = library_set(library, diverse)))
        return set;
    for (size_t i = 0; i < library->set_count; i++) {
        int serving = serves(&library->sets[i], persona->function);
        if (!strcmp(library->sets[i].function, "common") ||
            !strcmp(library->sets[i].function, "patterns") || serving <= best)
            continue;
        best = serving;
        set = &library->sets[i];
    }
    return set;
}

/* The subjects that a thread's steps bring along. */
static bool list_steps(struct choosing *choosing, const cJSON *steps)
{
    const cJSON *step;
    const cJSON *subject;

    cJSON_ArrayForEach (step, steps) {
        cJSON_ArrayForEach (subject, json_member(step, "subjects")) {
            if (cJSON_IsString(subject) &&
                !texts_add(choosing->arena, &choosing->subjects,
                           subject->valuestring, choosing->err))
                return false;
        }
    }
    return true;
}

static bool list_told(struct choosing *choosing)
{
    const cJSON *thread;

    cJSON_ArrayForEach (thread, json_member(choosing->persona->tree, "threads"))
        if (!list_steps(choosing, json_member(thread, "steps")))
            return false;
    return true;
}

static bool list_subjects(struct choosing *choosing)
{
    for (size_t i = 0; i < choosing->count; i++) {
        const struct templates *subjects =
            &choosing->chosen[i].archetype->subjects;
        for (size_t k = 0; k < subjects->count; k++)
            if (!texts_add(choosing->arena, &choosing->subjects,
                           subjects->items[k].source, choosing->err))
                return false;
    }
    return list_told(choosing);
}

static bool add_patterns(struct choosing *choosing, bool series,
                         struct options *options)
{
    const struct archetype_set *set =
        library_set(choosing->library, "patterns");
    size_t first = options->count;

    for (int kind = 0; set && kind < RULE_KINDS; kind++)
        if (!add_kind(choosing, set, (enum rule_kind)kind, series, options))
            return false;
    if (options->count > first)
        scale(options, first,
              (uint64_t)MASS * PATTERN_PART / (100 - PATTERN_PART));
    return true;
}

bool options_make(struct arena *arena, const struct persona *persona,
                  const struct calendar_library *library,
                  const struct archetypes *own, enum level level,
                  struct options *series, struct options *singles,
                  struct error *err)
{
    struct choosing choosing = {.arena = arena,
                                .persona = persona,
                                .library = library,
                                .level = level,
                                .err = err};
    const struct archetype_set *set = function_set(library, persona);

    if (!choose(&choosing, own, FACTOR_OWN) ||
        (set && !choose(&choosing, &set->archetypes, FACTOR_FUNCTION)) ||
        !choose(&choosing, &library_set(library, "common")->archetypes,
                FACTOR_COMMON))
        return false;
    spread_shares(&choosing);
    for (size_t i = 0; i < choosing.count; i++)
        if (!add_archetype(&choosing, &choosing.chosen[i],
                           choosing.chosen[i].archetype->cadence == CADENCE_NONE
                               ? singles
                               : series))
            return false;
    if (!list_subjects(&choosing) || !add_patterns(&choosing, false, singles) ||
        !add_patterns(&choosing, true, series))
        return false;
    for (size_t i = 0; i < singles->count; i++)
        singles->items[i].base = singles->items[i].weight;
    return true;
}

void options_season(struct options *options, civil_day monday, unsigned days)
{
    for (size_t i = 0; i < options->count; i++) {
        struct option *option = &options->items[i];
        bool open = season_holds_in(&option->archetype->season, monday, days);
        option->weight = open ? option->base : 0;
    }
}
