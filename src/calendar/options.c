/* Which meetings a persona has: its own archetypes, those of its function, the
 * common ones, weighed by the shares of its week; and meetings made from the
 * words of its rules. */
#include "parts.h"

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
    struct error *err;
};

/* A word of a share or kind, as it is compared. */
struct word {
    const char *text;
    size_t length;
};

static bool is_filler(const struct word *word)
{
    static const char *const fillers[] = {"with", "and",     "of",   "the",
                                          "for",  "meeting", "time", "other",
                                          "to",   "in"};

    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (strlen(fillers[i]) == word->length &&
            !strncasecmp(fillers[i], word->text, word->length))
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

/* Nouns of meetings, one of which is meant here: "Deal reviews" is one review.
 * "Office hours" and "sales" keep their s, so there is a list. */
static const char *const NOUNS[] = {
    "reviews",        "meetings",     "calls",        "sessions",
    "syncs",          "demos",        "interviews",   "updates",
    "presentations",  "workshops",    "escalations",  "negotiations",
    "check-ins",      "briefings",    "discussions",  "audits",
    "debriefs",       "visits",       "walkthroughs", "postmortems",
    "retrospectives", "readouts",     "kickoffs",     "kick-offs",
    "approvals",      "renewals",     "proposals",    "conversations",
    "stand-ups",      "standups",     "invites",      "launches",
    "requests",       "decisions",    "incidents",    "pitches",
    "previews",       "handoffs",     "plans",        "loops",
    "intros",         "learns",       "programs",     "exceptions",
    "drills",         "trainings",    "offsites",     "webinars",
    "surveys",        "parties",      "lunches",      "chats",
    "submissions",    "outages",      "hearings",     "releases",
    "retros",         "panels",       "notices",      "forums",
    "signatures",     "celebrations", "newsletters",  "roadshows",
    "deployments",    "talks",        "bags",         "packets",
    "showcases"};

/* The s, or the es of "launches", that makes the noun a plural. */
static size_t plural_ending(const char *noun)
{
    size_t length = strlen(noun);

    return !strcmp(noun + length - 4, "ches") ? 2 : 1;
}

static void singular(char *text)
{
    for (size_t i = 0; i < sizeof NOUNS / sizeof *NOUNS; i++) {
        size_t length = strlen(NOUNS[i]);
        size_t ending = plural_ending(NOUNS[i]);
        char *at = strcasestr(text, NOUNS[i]);
        if (!at || (at > text && at[-1] != ' ') ||
            (at[length] && at[length] != ' '))
            continue;
        if (!strcmp(NOUNS[i], "parties")) {
            at[4] = 'y';
            ending = 2;
        }
        memmove(at + length - ending, at + length, strlen(at + length) + 1);
        return;
    }
}

/* "Board/investor presentations" leaves "Board presentations" or "investor
 * presentations", "Contract signature / final negotiation" one of its sides. */
static void one_alternative(char *text, int nth)
{
    char *slash = strchr(text, '/');
    bool wide = slash && slash > text && slash[-1] == ' ' && slash[1] == ' ';
    char *start = slash;
    char *end = slash;

    if (!slash || slash == text || (!wide && slash[1] == ' '))
        return;
    if (wide) {
        start = text;
        slash[-1] = '\0';
    } else {
        while (start > text && start[-1] != ' ')
            start--;
        while (*end && *end != ' ')
            end++;
    }
    slash += wide;
    /* "Board or investor update": a single word is no side of its own. */
    if (wide && !strchr(text, ' '))
        nth = 1;
    if (nth)
        memmove(start, slash + 1, strlen(slash + 1) + 1);
    else if (!wide)
        memmove(slash, end, strlen(end) + 1);
}

static void or_as_slash(char *text)
{
    char * or = strstr(text, " or ");

    if (or &&!strchr(text, '/')) {
        or [1] = '/';
        memmove(or +2, or +3, strlen(or +3) + 1);
    }
}

/* Archetypes that name the phrase themselves make better meetings of it. */
static bool is_covered(const struct choosing *choosing, const char *phrase)
{
    for (size_t i = 0; i < choosing->count; i++) {
        const struct archetype *archetype = choosing->chosen[i].archetype;
        for (size_t k = 0; k < archetype->subjects.count; k++)
            if (strcasestr(archetype->subjects.items[k].source, phrase))
                return true;
    }
    return false;
}

static bool add_phrase(struct choosing *choosing, struct texts *phrases,
                       const char *text, bool described, int nth)
{
    char *phrase = phrase_clean(choosing->arena, text, choosing->err);

    if (!phrase)
        return false;
    /* Talks of two are made by archetypes of their own. */
    if (words_shared(phrase, "1on1"))
        return true;
    if (described) {
        phrase[strcspn(phrase, "(")] = '\0';
        or_as_slash(phrase);
        one_alternative(phrase, nth);
        one_alternative(phrase, 0);
        singular(phrase);
        while (*phrase && strchr(" :;,-", phrase[strlen(phrase) - 1]))
            phrase[strlen(phrase) - 1] = '\0';
    }
    return !*phrase || is_covered(choosing, phrase) ||
           texts_add(choosing->arena, phrases, phrase, choosing->err);
}

/* The phrases of an object rule: any of "any", and all of "all" in a row. */
static bool add_object(struct choosing *choosing, struct texts *phrases,
                       const cJSON *object)
{
    const cJSON *item;
    struct line line;

    cJSON_ArrayForEach (item, json_member(object, "any"))
        if (cJSON_IsString(item) &&
            !add_phrase(choosing, phrases, item->valuestring, false, 0))
            return false;
    line_clear(&line);
    cJSON_ArrayForEach (item, json_member(object, "all"))
        if (cJSON_IsString(item)) {
            line_add(&line, " ", line.length ? 1 : 0);
            line_add(&line, item->valuestring, strlen(item->valuestring));
        }
    return !line.length || add_phrase(choosing, phrases, line.data, false, 0);
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

static bool suits(const struct choosing *choosing,
                  const struct archetype *archetype, enum rule_kind kind)
{
    if (is_with(archetype, GROUP_CUSTOMER) && !meets_customers(choosing))
        return false;
    return fits(choosing, archetype) && archetype->cadence == CADENCE_NONE &&
           is_with(archetype, GROUP_COMPANY) == is_skipped(kind);
}

static bool is_described(enum rule_kind kind)
{
    return kind > RULE_PRIORITY;
}

static bool collect(struct choosing *choosing, enum rule_kind kind,
                    struct texts *phrases)
{
    const struct persona *persona = choosing->persona;

    for (size_t i = 0; i < persona->rule_count; i++) {
        const struct persona_rule *rule = &persona->rules[i];
        if (rule->kind != kind)
            continue;
        for (size_t k = 0; k < rule->keyword_count; k++)
            if (!add_phrase(choosing, phrases, rule->keywords[k], false, 0))
                return false;
        if (rule->object && kind != RULE_PRIORITY) {
            if (!add_object(choosing, phrases, rule->object))
                return false;
        } else if (kind != RULE_PRIORITY) {
            int choices = is_described(kind) && (strchr(rule->source, '/') ||
                                                 strstr(rule->source, " or "))
                              ? 2
                              : 1;
            for (int nth = 0; nth < choices; nth++)
                if (!add_phrase(choosing, phrases, rule->source,
                                is_described(kind), nth))
                    return false;
        }
    }
    return true;
}

/* Options of the archetype set "patterns" for one kind of rule. */
static bool add_kind(struct choosing *choosing,
                     const struct archetypes *archetypes, enum rule_kind kind,
                     struct options *options)
{
    struct texts *phrases =
        arena_zero(choosing->arena, 1, sizeof *phrases, choosing->err);
    bool described = is_described(kind);

    if (!phrases || !collect(choosing, kind, phrases))
        return false;
    for (size_t i = 0; phrases->count && i < archetypes->count; i++) {
        const struct archetype *archetype = &archetypes->items[i];
        for (size_t k = 0; k < archetype->subjects.count; k++) {
            const struct template *subject = &archetype->subjects.items[k];
            struct option option = {.archetype = archetype,
                                    .subject = subject,
                                    .phrases = phrases,
                                    .weight = (uint32_t)archetype->weight};
            if (!suits(choosing, archetype, kind) ||
                (subject->needs_report && choosing->level == LEVEL_IC) ||
                !(described ? subject->rule : subject->pattern))
                continue;
            if (!add_option(choosing, options, &option))
                return false;
        }
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

static const struct archetype_set *
find_set(const struct calendar_library *library, const char *function)
{
    for (size_t i = 0; i < library->set_count; i++)
        if (!strcmp(library->sets[i].function, function))
            return &library->sets[i];
    return NULL;
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

    if (diverse && (set = find_set(library, diverse)))
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

static bool add_patterns(struct choosing *choosing, struct options *singles)
{
    const struct archetype_set *set = find_set(choosing->library, "patterns");
    size_t first = singles->count;

    for (int kind = 0; set && kind < RULE_KINDS; kind++)
        if (!add_kind(choosing, &set->archetypes, (enum rule_kind)kind,
                      singles))
            return false;
    if (singles->count > first)
        scale(singles, first,
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
        !choose(&choosing, &find_set(library, "common")->archetypes,
                FACTOR_COMMON))
        return false;
    spread_shares(&choosing);
    for (size_t i = 0; i < choosing.count; i++)
        if (!add_archetype(&choosing, &choosing.chosen[i],
                           choosing.chosen[i].archetype->cadence == CADENCE_NONE
                               ? singles
                               : series))
            return false;
    return add_patterns(&choosing, singles);
}
