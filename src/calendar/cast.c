/* The people around a persona.  They depend on the seed and the persona's id
 * alone, so that a later batch meets the same ones. */
#include "parts.h"

#include "datebook/slug.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    COMPANY_PEOPLE = 160,
    CUSTOMERS = 14,
    VENDORS = 7,
    CANDIDATES = 60,
    CONTACTS = 4,
    NAME_TRIES = 12,
    NEAR_PEOPLE = 30,
    NAMES = 1021 /* more than twice as many as there are people */
};

struct casting {
    struct arena *arena;
    const struct vocabulary *vocabulary;
    struct random random;
    uint64_t *names; /* hashes of those that are taken, or 0 */
    struct error *err;
};

/* Takes a name; false when somebody has it already. */
static bool take_name(struct casting *casting, const char *first,
                      const char *last)
{
    uint64_t hash = text_hash(first) * 31 + text_hash(last);
    size_t at = (size_t)hash % NAMES;

    hash += !hash;
    for (; casting->names[at]; at = (at + 1) % NAMES)
        if (casting->names[at] == hash)
            return false;
    casting->names[at] = hash;
    return true;
}

/* Small words are compared whole, so that "Director of Product" is not an
 * IC through "ic". */
static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = text; (at = strcasestr(at, word)); at++)
        if ((at == text || !isalpha((unsigned char)at[-1])) &&
            !isalpha((unsigned char)at[length]))
            return true;
    return false;
}

static bool has_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (has_word(text, words[i]))
            return true;
    return false;
}

enum level persona_level(const struct persona *persona)
{
    static const char *const executive[] = {"vp",       "vice president",
                                            "chief",    "c_level",
                                            "c-level",  "executive",
                                            "ceo",      "cfo",
                                            "coo",      "cto",
                                            "cmo",      "founder",
                                            "svp",      "evp",
                                            "president"};
    static const char *const manager[] = {
        "manager", "senior_manager", "director",  "head",
        "lead",    "leader",         "supervisor"};
    static const char *const ic[] = {"ic", "individual", "specialist",
                                     "contributor"};
    const char *diverse =
        json_member_text(json_member(persona->tree, "diversity"), "level");
    const char *text = diverse           ? diverse
                       : *persona->level ? persona->level
                                         : persona->name;

    if (has_any(text, ic, sizeof ic / sizeof *ic))
        return LEVEL_IC;
    if (has_any(text, executive, sizeof executive / sizeof *executive))
        return LEVEL_EXECUTIVE;
    if (has_any(text, manager, sizeof manager / sizeof *manager))
        return LEVEL_MANAGER;
    return LEVEL_IC;
}

/* "8-12 direct reports" is ten; people without a number lead six. */
static size_t report_count(const struct persona *persona, enum level level)
{
    const char *text = json_member_text(
        json_member(persona->tree, "demographics"), "team_size");
    long low = 0;
    long high = 0;
    char *end;

    if (level == LEVEL_IC)
        return 0;
    if (text)
        text = strpbrk(text, "0123456789");
    if (!text)
        return 6;
    low = strtol(text, &end, 10);
    high = low;
    if (*end == '-' && isdigit((unsigned char)end[1]))
        high = strtol(end + 1, NULL, 10);
    low = (low + high) / 2;
    return (size_t)(low < 2 ? 2 : low > 10 ? 10 : low);
}

static bool address_taken(const struct people *people, const char *address)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->items[i].address &&
            !strcmp(people->items[i].address, address))
            return true;
    return false;
}

static const char *any_text(struct casting *casting, const struct texts *texts)
{
    return texts->items[random_below(&casting->random, (uint32_t)texts->count)];
}

/* Draws a name of one culture whose address is free among `others`. */
static bool make_person(struct casting *casting, const struct people *others,
                        const char *domain, struct person *person)
{
    const struct vocabulary *vocabulary = casting->vocabulary;
    const char *last;
    char first_part[64];
    char last_part[64];
    char address[256];
    bool taken;
    int tries = 0;

    do {
        const struct culture *culture = &vocabulary->cultures[random_below(
            &casting->random, (uint32_t)vocabulary->culture_count)];
        person->first = any_text(casting, &culture->first);
        last = any_text(casting, &culture->last);
        slug_make(person->first, '-', first_part, sizeof first_part);
        slug_make(last, '-', last_part, sizeof last_part);
        if (tries < NAME_TRIES)
            snprintf(address, sizeof address, "%s.%s@%s", first_part, last_part,
                     domain);
        else
            snprintf(address, sizeof address, "%s.%s%d@%s", first_part,
                     last_part, tries, domain);
        /* A small vocabulary runs out of names, but not of addresses. */
        taken =
            address_taken(others, address) ||
            (tries < NAME_TRIES && (!strcmp(person->first, last) ||
                                    !take_name(casting, person->first, last)));
    } while (taken && tries++ < 1000);
    person->name = arena_format(casting->arena, casting->err, "%s %s",
                                person->first, last);
    person->address = arena_text(casting->arena, address, casting->err);
    return person->name && person->address;
}

static bool make_people(struct casting *casting, struct people *people,
                        size_t count, const char *domain,
                        const struct texts *titles, bool external)
{
    people->items = arena_zero(casting->arena, count ? count : 1,
                               sizeof *people->items, casting->err);
    if (!people->items)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct person *person = &people->items[i];
        person->external = external;
        person->title = any_text(casting, titles);
        if (!make_person(casting, people, domain, person))
            return false;
        people->count++;
    }
    return true;
}

/* Companies of a role in a random order, at most `room` of them. */
static bool draw_firms(struct casting *casting, enum firm_role role,
                       size_t room, struct firms *firms)
{
    const struct vocabulary *vocabulary = casting->vocabulary;
    struct firm *items = arena_zero(casting->arena, vocabulary->company_count,
                                    sizeof *items, casting->err);
    size_t count = 0;

    if (!items)
        return false;
    for (size_t i = 0; i < vocabulary->company_count; i++) {
        size_t at;
        if (vocabulary->companies[i].role != role)
            continue;
        at = random_below(&casting->random, (uint32_t)++count);
        items[count - 1] = items[at];
        items[at].name = vocabulary->companies[i].name;
        items[at].domain = vocabulary->companies[i].domain;
    }
    firms->items = items;
    firms->count = count < room ? count : room;
    return true;
}

/* The persona names its customers itself. */
static bool own_firms(struct casting *casting, const struct texts *names,
                      struct firms *firms)
{
    firms->items = arena_zero(casting->arena, names->count,
                              sizeof *firms->items, casting->err);
    if (!firms->items)
        return false;
    for (size_t i = 0; i < names->count; i++) {
        char domain[96];
        slug_make(names->items[i], '-', domain, sizeof domain);
        firms->items[i].name = names->items[i];
        firms->items[i].domain =
            arena_format(casting->arena, casting->err, "%s%s.example", domain,
                         *domain ? "" : "company");
        if (!firms->items[i].domain)
            return false;
        firms->count++;
    }
    return true;
}

static bool make_firms(struct casting *casting, const struct scope *own,
                       enum firm_role role, size_t room, struct cast *cast)
{
    const struct word_list *list =
        scope_find(own, role == FIRM_CUSTOMER ? "customer" : "vendor");
    struct firms *firms = &cast->firms[role];
    enum title title = role == FIRM_CUSTOMER ? TITLE_CONTACT : TITLE_VENDOR;

    if (list ? !own_firms(casting, &list->words, firms)
             : !draw_firms(casting, role, room, firms))
        return false;
    for (size_t i = 0; i < firms->count; i++)
        if (!make_people(casting, &firms->items[i].people, CONTACTS,
                         firms->items[i].domain,
                         &casting->vocabulary->titles[title], true))
            return false;
    return true;
}

/* "VP Product" is what a vice president of product is called. */
static bool is_own_title(const char *title, const struct persona *persona)
{
    int level = words_shared(title, persona->level);
    int function = words_shared(title, persona->function);

    return level && function && level + function == words_count(title);
}

/* The next `count` people of the company, with a title of a kind. */
static void take(struct casting *casting, const struct persona *persona,
                 struct cast *cast, enum group group, size_t *taken,
                 size_t count, enum title title)
{
    struct people *people = &cast->groups[group];
    const struct texts *titles = &casting->vocabulary->titles[title];
    uint32_t from = random_below(&casting->random, (uint32_t)titles->count);

    people->items = cast->company.people.items + *taken;
    people->count = count;
    *taken += count;
    /* One after the other, so that few hold the same title. */
    for (size_t i = 0; i < count; i++) {
        if (is_own_title(titles->items[from % titles->count], persona))
            from++;
        people->items[i].title = titles->items[from++ % titles->count];
    }
}

static void take_groups(struct casting *casting, const struct persona *persona,
                        struct cast *cast)
{
    size_t reports = report_count(persona, cast->level);
    size_t taken = 0;
    bool top = cast->level == LEVEL_EXECUTIVE;

    take(casting, persona, cast, GROUP_EXECUTIVES, &taken, top ? 7 : 5,
         TITLE_EXECUTIVE);
    take(casting, persona, cast, GROUP_MANAGER, &taken, 1,
         top ? TITLE_EXECUTIVE : TITLE_MANAGER);
    take(casting, persona, cast, GROUP_PEERS, &taken, 8,
         cast->level == LEVEL_IC ? TITLE_PEER : TITLE_MANAGER);
    take(casting, persona, cast, GROUP_REPORTS, &taken, reports,
         top ? TITLE_MANAGER : TITLE_PEER);
    if (reports)
        cast->groups[GROUP_TEAM] = cast->groups[GROUP_REPORTS];
    else
        take(casting, persona, cast, GROUP_TEAM, &taken, 6, TITLE_PEER);
    cast->groups[GROUP_COMPANY] = cast->company.people;
}

static bool make_rooms(struct casting *casting, struct cast *cast)
{
    const struct vocabulary *vocabulary = casting->vocabulary;

    cast->rooms = arena_zero(casting->arena, vocabulary->room_count,
                             sizeof *cast->rooms, casting->err);
    if (!cast->rooms)
        return false;
    for (size_t i = 0; i < vocabulary->room_count; i++) {
        char local[96];
        slug_make(vocabulary->rooms[i].name, '-', local, sizeof local);
        cast->rooms[i].name = vocabulary->rooms[i].name;
        cast->rooms[i].address = arena_format(
            casting->arena, casting->err, "%s@%s", local, cast->company.domain);
        if (!cast->rooms[i].address)
            return false;
    }
    return true;
}

/* The employer depends on the persona's company, not on the seed. */
static bool choose_company(struct casting *casting,
                           const struct persona *persona, struct cast *cast)
{
    struct casting fixed = *casting;
    struct firms firms = {NULL, 0};

    random_start(&fixed.random, 0, "employer",
                 *persona->company ? persona->company : persona->id, NULL);
    if (!draw_firms(&fixed, FIRM_OWN, 1, &firms))
        return false;
    cast->company = firms.items[0];
    cast->firms[FIRM_OWN] = (struct firms){&cast->company, 1};
    return true;
}

/* Those whom the persona meets every week have other first names: "Ana / Ana"
 * is nobody's 1:1. */
static bool make_self(struct casting *casting, struct cast *cast)
{
    const struct people *people = &cast->company.people;
    bool shared = true;

    for (int tries = 0; shared && tries < NAME_TRIES; tries++) {
        if (!make_person(casting, people, cast->company.domain, &cast->self))
            return false;
        shared = false;
        for (size_t i = 0; i < people->count && i < NEAR_PEOPLE; i++)
            shared |= !strcmp(people->items[i].first, cast->self.first);
    }
    return true;
}

bool cast_make(struct arena *arena, const struct persona *persona,
               const struct vocabulary *vocabulary, const struct scope *own,
               uint64_t seed, struct cast *cast, struct error *err)
{
    struct casting casting = {
        .arena = arena, .vocabulary = vocabulary, .err = err};
    const struct texts *titles = vocabulary->titles;
    const char *domain;

    casting.names = arena_zero(arena, NAMES, sizeof *casting.names, err);
    if (!casting.names)
        return false;
    random_start(&casting.random, seed, "cast", persona->id, NULL);
    cast->level = persona_level(persona);
    if (!choose_company(&casting, persona, cast))
        return false;
    domain = cast->company.domain;
    if (!make_people(&casting, &cast->company.people, COMPANY_PEOPLE, domain,
                     &titles[TITLE_PEER], false) ||
        !make_self(&casting, cast))
        return false;
    cast->self.title = any_text(&casting, &titles[TITLE_PEER]);
    take_groups(&casting, persona, cast);
    return make_firms(&casting, own, FIRM_CUSTOMER, CUSTOMERS, cast) &&
           make_firms(&casting, own, FIRM_VENDOR, VENDORS, cast) &&
           make_people(&casting, &cast->groups[GROUP_CANDIDATE], CANDIDATES,
                       "mailbox.example", &titles[TITLE_PEER], true) &&
           make_rooms(&casting, cast);
}

static size_t words_kept(const struct vocabulary *vocabulary, const char *name,
                         size_t count)
{
    for (size_t i = 0; i < vocabulary->keep_count; i++)
        if (!strcmp(vocabulary->keeps[i].list, name) &&
            (size_t)vocabulary->keeps[i].words < count)
            return (size_t)vocabulary->keeps[i].words;
    return count;
}

/* Draws from the words of a list: those that a persona or its function has
 * for the same name stand in for it, and were drawn before. */
static bool make_list(struct casting *casting, const struct scope *closer,
                      const struct word_list *list, struct lists *lists)
{
    const struct word_list *replaced = scope_find(closer, list->name);
    const struct texts *words = &list->words;
    size_t keep = words_kept(casting->vocabulary, list->name, words->count);
    const char **items;

    if (replaced && replaced != list) {
        lists->items[list->id] = lists->items[replaced->id];
        lists->same[list->id] = lists->same[replaced->id];
        return true;
    }
    items =
        arena_zero(casting->arena, words->count, sizeof *items, casting->err);
    if (!items)
        return false;
    for (size_t i = 0; i < words->count; i++) {
        size_t at = random_below(&casting->random, (uint32_t)i + 1);
        items[i] = items[at];
        items[at] = words->items[i];
    }
    lists->items[list->id] = (struct texts){items, keep};
    lists->same[list->id] = list->id;
    return true;
}

static bool make_scope(struct casting *casting, const struct scope *closer,
                       const struct scope *scope, struct lists *lists)
{
    for (size_t i = 0; i < scope->count; i++)
        if (!make_list(casting, closer, &scope->lists[i], lists))
            return false;
    return true;
}

bool lists_make(struct arena *arena, const struct persona *persona,
                const struct calendar_library *library, const struct scope *own,
                size_t count, uint64_t seed, struct lists *lists,
                struct error *err)
{
    struct casting casting = {
        .arena = arena, .vocabulary = &library->vocabulary, .err = err};
    const struct archetype_set *set = function_set(library, persona);
    struct scope trade = {NULL, 0, NULL};
    struct scope mine = *own;

    if (set)
        trade = set->scope;
    trade.parent = NULL;
    mine.parent = &trade;
    random_start(&casting.random, seed, "words", persona->id, NULL);
    lists->count = count;
    lists->items = arena_zero(arena, count, sizeof *lists->items, err);
    lists->same = arena_zero(arena, count, sizeof *lists->same, err);
    if (!lists->items || !lists->same ||
        !make_scope(&casting, &mine, own, lists) ||
        !make_scope(&casting, &mine, &trade, lists) ||
        !make_scope(&casting, &mine, &library->vocabulary.words, lists))
        return false;
    for (size_t i = 0; i < library->set_count; i++)
        if (&library->sets[i] != set &&
            !make_scope(&casting, &mine, &library->sets[i].scope, lists))
            return false;
    return true;
}
