/* Phrases from rules: the head of a described rule, one of its alternatives,
 * in the singular, as a meeting is called. */
#include "phrases.h"

#include <ctype.h>
#include <string.h>

struct collecting {
    struct arena *arena;
    const struct texts *subjects;
    struct texts *phrases;
    struct error *err;
};

/* Whether the word stands in a list of words that are divided by spaces. */
static bool is_listed(const char *list, const char *word, size_t length)
{
    for (const char *at = list; *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        if (size == length && !strncasecmp(at, word, length))
            return true;
        at += size;
    }
    return false;
}

/* What a noun group ends before: "Escalation" of "from customers". */
static const char GROUP_ENDS[] =
    "with without for of to in on at from by about under over above below "
    "before after during between across against beyond outside inside within "
    "per via through into as than that which who whose where when if unless "
    "until while is are not no requiring involving including regarding "
    "concerning needing affecting exceeding covering asking i my our we nobody "
    "somebody directly longer";

/* Words that end in s in the singular, or that nobody has just one of. */
static const char KEEPS_S[] =
    "sales operations ops news analytics logistics economics ethics metrics "
    "statistics basics graphics robotics politics mathematics series hours "
    "hands headquarters communications comms relations terms conditions goods "
    "okrs kpis results earnings financials finances learnings priorities "
    "benefits drinks games savings details thanks canvas christmas gas "
    "always this does has was";

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool ends_in(const char *word, size_t length, const char *ending)
{
    size_t size = strlen(ending);

    return length > size && !strncmp(word + length - size, ending, size);
}

/* How many bytes of "parties", "launches", "calls" are the ending of the
 * plural; 0 for what is no plural. */
static size_t plural_ending(const char *word, size_t length)
{
    static const char *const singular[] = {"ss", "us", "is"};
    static const char *const es[] = {"ches", "shes", "sses", "xes"};

    if (length < 3 || word[length - 1] != 's' || !is_letter(word[length - 2]) ||
        is_listed(KEEPS_S, word, length))
        return 0;
    for (size_t i = 0; i < sizeof singular / sizeof *singular; i++)
        if (ends_in(word, length, singular[i]))
            return 0;
    if (length > 4 && ends_in(word, length, "ies"))
        return 3;
    for (size_t i = 0; i < sizeof es / sizeof *es; i++)
        if (ends_in(word, length, es[i]))
            return 2;
    return 1;
}

/* Where the noun group ends that a head begins with. */
static size_t group_end(const char *text)
{
    size_t end = 0;

    for (size_t at = 0; text[at];) {
        size_t length = strcspn(text + at, " ");
        if (!is_letter(text[at]) && !isdigit((unsigned char)text[at]) &&
            text[at] != '&' && text[at] != '+')
            break;
        if (end && is_listed(GROUP_ENDS, text + at, length))
            break;
        end = at + length;
        if (strchr(",:;", text[end - 1]))
            return end - 1;
        at = end + strspn(text + end, " ");
    }
    return end;
}

/* Makes the word that ends at `end` a singular. */
static bool make_singular(char *text, size_t end)
{
    size_t start = end;
    size_t ending;

    while (start && is_letter(text[start - 1]))
        start--;
    ending = plural_ending(text + start, end - start);
    if (!ending)
        return false;
    if (ending == 3)
        text[end - ending--] = 'y';
    memmove(text + end - ending, text + end, strlen(text + end) + 1);
    return true;
}

/* A meeting is one of its kind: "Deal reviews with customers" is one review
 * with customers, "Calls and visits" one call and visit. */
static void singular(char *text)
{
    char *and = strstr(text, " and ");
    size_t end = group_end(text);
    size_t before = and? (size_t)(and-text) : end;

    if (make_singular(text, end) && before < end)
        make_singular(text, before);
}

static bool has_preposition(const char *text, size_t length)
{
    for (size_t at = 0; at < length; at += strspn(text + at, " ")) {
        size_t size = strcspn(text + at, " ");
        if (at &&
            is_listed("with of to in on at from by about", text + at, size))
            return true;
        at += size;
    }
    return false;
}

/* A slash between alternatives: not that of "A/B test" or "24/7". */
static char *find_slash(char *text)
{
    char *slash = strchr(text, '/');

    while (slash) {
        bool left = slash - text >= 2 && slash[-2] != ' ' && slash[-2] != '/';
        if (slash == text || slash[-1] == ' ' || slash[1] == ' ' || !slash[1] ||
            (left && !isdigit((unsigned char)slash[-1])) ||
            (is_letter(slash[1]) && is_letter(slash[2])))
            return slash;
        slash = strchr(slash + 1, '/');
    }
    return NULL;
}

/* "Contract signature / final negotiation" is one of its sides.  "Board or
 * investor update", "Calls with legal or finance": a single word is no side of
 * its own, and what follows a preposition is none either. */
static bool takes_right(const char *text, size_t left, int nth)
{
    if (!memchr(text, ' ', left))
        return true;
    return nth && !has_preposition(text, left);
}

static void cut_sides(char *text, char *slash, int nth)
{
    size_t left = (size_t)(slash - text);

    while (left && text[left - 1] == ' ')
        left--;
    slash += 1 + strspn(slash + 1, " ");
    if (*slash && takes_right(text, left, nth))
        memmove(text, slash, strlen(slash) + 1);
    else
        text[left] = '\0';
}

/* "Board/investor presentations" is "Board presentations" or "investor
 * presentations". */
static void cut_words(char *text, char *slash, bool right)
{
    char *start = slash;

    if (right) {
        while (start > text && start[-1] != ' ')
            start--;
        memmove(start, slash + 1, strlen(slash + 1) + 1);
    } else {
        char *end = slash + strcspn(slash, " ");
        memmove(slash, end, strlen(end) + 1);
    }
}

/* Leaves the alternative number `nth`, or the last before it. */
static void one_alternative(char *text, int nth)
{
    for (char *slash = find_slash(text); slash; slash = find_slash(text)) {
        if (slash == text || slash[-1] == ' ' || slash[1] == ' ' || !slash[1])
            cut_sides(text, slash, nth);
        else
            cut_words(text, slash, nth > 0);
        nth -= nth > 0;
    }
}

static void or_as_slash(char *text)
{
    for (char *at = strstr(text, " or "); at; at = strstr(at, " or ")) {
        at[1] = '/';
        memmove(at + 2, at + 3, strlen(at + 3) + 1);
    }
}

/* How many alternatives a head may have. */
static int count_sides(const char *head)
{
    size_t length = strcspn(head, "(");
    int sides = 1;

    for (size_t i = 0; i < length; i++)
        sides +=
            head[i] == '/' || (length - i > 4 && !strncmp(head + i, " or ", 4));
    return sides;
}

static bool is_there(const struct texts *phrases, const char *phrase)
{
    for (size_t i = 0; i < phrases->count; i++)
        if (!strcmp(phrases->items[i], phrase))
            return true;
    return false;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c);
}

/* "rent" stands in "Rents", not in "current", nor in the placeholder {rent}. */
static bool stands_in(const char *subject, const char *phrase)
{
    size_t length = strlen(phrase);

    for (const char *at = subject; (at = strcasestr(at, phrase)); at++) {
        const char *end = at + length;
        bool open = at > subject &&
                    (at[-1] == '{' || (is_word(*at) && is_word(at[-1])));
        if (!open && end[0] == 's')
            end++;
        if (!open && !(is_word(end[-1]) && is_word(*end)))
            return true;
    }
    return false;
}

/* Archetypes that name the phrase themselves make better meetings of it. */
static bool is_covered(const struct texts *subjects, const char *phrase)
{
    for (size_t i = 0; i < subjects->count; i++)
        if (stands_in(subjects->items[i], phrase))
            return true;
    return false;
}

static bool add_phrase(const struct collecting *collecting, const char *text,
                       bool described, int nth)
{
    char *phrase = phrase_clean(collecting->arena, text, collecting->err);

    if (!phrase)
        return false;
    /* Talks of two are made by archetypes of their own. */
    if (words_shared(phrase, "1on1"))
        return true;
    if (described) {
        phrase[strcspn(phrase, "(")] = '\0';
        or_as_slash(phrase);
        one_alternative(phrase, nth);
        singular(phrase);
        while (*phrase && strchr(" :;,-", phrase[strlen(phrase) - 1]))
            phrase[strlen(phrase) - 1] = '\0';
    }
    return !*phrase || is_there(collecting->phrases, phrase) ||
           is_covered(collecting->subjects, phrase) ||
           texts_add(collecting->arena, collecting->phrases, phrase,
                     collecting->err);
}

/* The phrases of an object rule: any of "any", and all of "all" in a row. */
static bool add_object(const struct collecting *collecting, const cJSON *object)
{
    const cJSON *item;
    struct line line;

    cJSON_ArrayForEach (item, json_member(object, "any"))
        if (cJSON_IsString(item) &&
            !add_phrase(collecting, item->valuestring, false, 0))
            return false;
    line_clear(&line);
    cJSON_ArrayForEach (item, json_member(object, "all"))
        if (cJSON_IsString(item)) {
            line_add(&line, " ", line.length ? 1 : 0);
            line_add(&line, item->valuestring, strlen(item->valuestring));
        }
    return !line.length || add_phrase(collecting, line.data, false, 0);
}

bool phrase_is_described(enum rule_kind kind)
{
    return kind > RULE_PRIORITY;
}

/* The phrases of a rule that is a text. */
static bool add_source(const struct collecting *collecting,
                       const struct persona_rule *rule)
{
    bool described = phrase_is_described(rule->kind);
    int choices = described ? count_sides(rule->source) : 1;

    for (int nth = 0; nth < choices; nth++)
        if (!add_phrase(collecting, rule->source, described, nth))
            return false;
    return true;
}

bool phrases_collect(struct arena *arena, const struct persona *persona,
                     enum rule_kind kind, const struct texts *subjects,
                     struct texts *phrases, struct error *err)
{
    struct collecting collecting = {arena, subjects, phrases, err};

    for (size_t i = 0; i < persona->rule_count; i++) {
        const struct persona_rule *rule = &persona->rules[i];
        if (rule->kind != kind)
            continue;
        for (size_t k = 0; k < rule->keyword_count; k++)
            if (!add_phrase(&collecting, rule->keywords[k], false, 0))
                return false;
        if (kind == RULE_PRIORITY)
            continue;
        if (!(rule->object ? add_object(&collecting, rule->object)
                           : add_source(&collecting, rule)))
            return false;
    }
    return true;
}
