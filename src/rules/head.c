/* Reading the head of a described rule, "Deal reviews with leadership or the
 * board", into conditions.  docs/rules.md describes the grammar. */
#include "ruleset.h"

#include <stdlib.h>
#include <string.h>

/* How a word is tied to the one before it. */
enum tie {
    TIE_NONE,  /* white space, or punctuation that means nothing */
    TIE_OR,    /* a comma, a semicolon, a slash with white space */
    TIE_SLASH, /* "pipeline/forecast" */
    TIE_TIGHT  /* "all-hands", "R&D", the characters of "季度" */
};

enum role {
    ROLE_CONTENT,
    ROLE_EMPTY,       /* says nothing about the meeting: "the", "session" */
    ROLE_PREPOSITION, /* begins a new segment */
    ROLE_OR,
    ROLE_NEGATION,  /* what follows must not hold */
    ROLE_CONDITION, /* "if": a state of the world */
    ROLE_END
};

struct token {
    uint32_t word;
    enum tie tie;
    enum role role;
    bool single; /* one letter */
};

struct head {
    struct ruleset *ruleset;
    struct token *tokens;
    size_t count;
    bool conditional; /* of a conditional RSVP rule */
};

static const char *const empty_words[] = {
    "a",           "an",           "the",
    "and",         "any",          "all",
    "each",        "every",        "some",
    "both",        "either",       "my",
    "our",         "your",         "their",
    "his",         "her",          "its",
    "i",           "we",           "me",
    "you",         "they",         "them",
    "this",        "that",         "these",
    "those",       "who",          "which",
    "is",          "are",          "be",
    "am",          "being",        "was",
    "were",        "will",         "should",
    "must",        "can",          "has",
    "have",        "other",        "such",
    "etc",         "also",         "just",
    "only",        "very",         "so",
    "anything",    "everything",   "anyone",
    "everyone",    "someone",      "something",
    "related",     "relating",     "vs",
    "where",       "there",        "as",
    "than",        "meeting",      "meetings",
    "session",     "sessions",     "call",
    "calls",       "sync",         "syncs",
    "discussion",  "discussions",  "conversation",
    "chat",        "chats",        "conversations",
    "event",       "events",       "invite",
    "invites",     "invitation",   "invitations",
    "appointment", "appointments",
};

static const char *const prepositions[] = {
    "with",      "for",        "to",        "from",      "about",  "on",
    "by",        "in",         "of",        "at",        "before", "after",
    "during",    "under",      "over",      "between",   "among",  "into",
    "within",    "outside",    "around",    "per",       "via",    "through",
    "across",    "against",    "toward",    "towards",   "near",   "involving",
    "regarding", "concerning", "including", "following", "w",
};

static const char *const negations[] = {
    "without", "except", "excluding", "not", "no", "unless", "instead",
};

static const char *const conditions[] = {
    "if", "when", "whenever", "while", "once", "until", "provided", "depending",
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static bool is_one_of(const struct word *word, const char *const *words,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (word_is(word, words[i]))
            return true;
    return false;
}

static enum role role_of(const struct word *word)
{
    if (word_is(word, "or"))
        return ROLE_OR;
    if (is_one_of(word, empty_words, LENGTH(empty_words)))
        return ROLE_EMPTY;
    if (is_one_of(word, prepositions, LENGTH(prepositions)))
        return ROLE_PREPOSITION;
    if (is_one_of(word, negations, LENGTH(negations)))
        return ROLE_NEGATION;
    if (is_one_of(word, conditions, LENGTH(conditions)))
        return ROLE_CONDITION;
    return ROLE_CONTENT;
}

static const char *const spaces[] = {
    " ", "\t", "\r", "\n", "\u00A0", "\u2009", "\u202F", "\u3000",
};

static const char *const choice_marks[] = {
    ",", ";", "\u3001", "\uFF0C", "\uFF1B",
};

static const char *const slashes[] = {"/", "\uFF0F"};

/* What parts words even without white space: colons and long dashes. */
static const char *const breaks[] = {":", "\uFF1A", "\u2014", "\u2015"};

static bool holds_any(const char *gap, size_t length, const char *const *marks,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memmem(gap, length, marks[i], strlen(marks[i])))
            return true;
    return false;
}

static enum tie tie_of(const char *gap, size_t length)
{
    bool space = holds_any(gap, length, spaces, LENGTH(spaces));

    if (holds_any(gap, length, choice_marks, LENGTH(choice_marks)))
        return TIE_OR;
    if (holds_any(gap, length, slashes, LENGTH(slashes)))
        return space ? TIE_OR : TIE_SLASH;
    if (space || holds_any(gap, length, breaks, LENGTH(breaks)))
        return TIE_NONE;
    return TIE_TIGHT;
}

/* "w/" is "with" and "w/o" is "without"; "and/or" is "or". */
static void read_shorthand(struct head *head, size_t last,
                           const struct word *word, bool slash_follows)
{
    struct token *token = &head->tokens[last];
    struct token *before = last ? token - 1 : NULL;

    if (word_is(word, "w") && !slash_follows)
        token->role = ROLE_CONTENT;
    if (!before || token->tie != TIE_SLASH)
        return;
    if (before->role == ROLE_EMPTY && token->role == ROLE_OR)
        token->tie = TIE_NONE;
    if (before->role != ROLE_PREPOSITION || !before->single)
        return;
    token->tie = TIE_NONE;
    if (word_is(word, "o") || word_is(word, "out")) {
        before->role = ROLE_EMPTY;
        token->role = ROLE_NEGATION;
    }
}

static bool read_tokens(struct head *head, const char *text, size_t length,
                        struct error *err)
{
    struct words words;
    struct word word;
    size_t end = 0;

    head->tokens = arena_zero(&head->ruleset->arena, length + 1,
                              sizeof *head->tokens, err);
    if (!head->tokens)
        return false;
    words_start(&words, text, length);
    for (; words_next(&words, &word); end = word.end) {
        struct token *token = &head->tokens[head->count];
        if (!lexicon_add_word(&head->ruleset->lexicon, &word, &token->word,
                              err))
            return false;
        token->tie =
            head->count ? tie_of(text + end, word.start - end) : TIE_NONE;
        token->role = role_of(&word);
        token->single = word.length == 1;
        read_shorthand(head, head->count++, &word,
                       word.end < length && text[word.end] == '/');
    }
    return true;
}

static bool is_tied(const struct head *head, size_t at, enum tie tie)
{
    return at < head->count && head->tokens[at].tie == tie;
}

/* The end of the run of tightly tied words that starts at `at`. */
static size_t compound_end(const struct head *head, size_t at)
{
    do
        at++;
    while (is_tied(head, at, TIE_TIGHT));
    return at;
}

/* Whether a name stands at `at`, its words apart or tightly tied; it must not
 * end inside a compound, for "customer-facing" is no customer. */
static bool stands_at(const struct head *head, size_t at,
                      const struct concept_name *name)
{
    for (uint32_t i = 0; i < name->count; i++) {
        if (at + i >= head->count ||
            head->tokens[at + i].word != name->words[i])
            return false;
        if (i &&
            (is_tied(head, at + i, TIE_OR) || is_tied(head, at + i, TIE_SLASH)))
            return false;
    }
    return !is_tied(head, at + name->count, TIE_TIGHT);
}

/* The concept with the longest name that stands at `at`, or NULL. */
static const struct concept_name *find_concept(const struct head *head,
                                               size_t at)
{
    const struct ruleset *ruleset = head->ruleset;
    const struct concept_name *found = NULL;

    for (size_t i = 0; i < ruleset->name_count; i++) {
        const struct concept_name *name = &ruleset->names[i];
        if ((!found || name->count > found->count) && stands_at(head, at, name))
            found = name;
    }
    return found;
}

static bool add_words(struct head *head, size_t at, size_t end,
                      struct error *err)
{
    struct ruleset *ruleset = head->ruleset;
    uint32_t *words = arena_zero(&ruleset->arena, end - at, sizeof *words, err);
    uint32_t phrase;

    if (!words)
        return false;
    for (size_t i = at; i < end; i++)
        words[i - at] = head->tokens[i].word;
    return lexicon_add_phrase(&ruleset->lexicon, words, (uint32_t)(end - at),
                              &phrase, err) &&
           conditions_phrase(ruleset, phrase, err);
}

/* Reads one operand (a concept, a compound, a word) into the open term. */
static bool read_operand(struct head *head, size_t *at, struct error *err)
{
    const struct concept_name *name = find_concept(head, *at);
    size_t end = name ? *at + name->count : compound_end(head, *at);
    size_t start = *at;

    *at = end;
    /* A word without content drops out of a choice as well: "demo/call". */
    if (!name && end == start + 1 && head->tokens[start].role != ROLE_CONTENT)
        return true;
    return add_words(head, start, end, err) &&
           (!name || concept_add_members(head->ruleset, name->concept, err));
}

/* Whether a chain of slashes has an operand of one letter: "A/B" and "P/L" are
 * one expression and no choice.  *end is where the chain ends. */
static bool is_expression(const struct head *head, size_t at, size_t *end)
{
    bool single = false;
    bool slash = false;

    for (*end = at; *end == at || is_tied(head, *end, TIE_SLASH) ||
                    is_tied(head, *end, TIE_TIGHT);
         ++*end) {
        slash = slash || (*end > at && is_tied(head, *end, TIE_SLASH));
        single = single || (head->tokens[*end].single &&
                            (*end == at || !is_tied(head, *end, TIE_TIGHT)) &&
                            !is_tied(head, *end + 1, TIE_TIGHT));
    }
    return single && slash;
}

/* Reads a term: operands divided by tight slashes. */
static bool read_term(struct head *head, size_t *at, struct error *err)
{
    size_t end;

    if (is_expression(head, *at, &end)) {
        if (!add_words(head, *at, end, err))
            return false;
        *at = end;
    } else {
        do
            if (!read_operand(head, at, err))
                return false;
        while (is_tied(head, *at, TIE_SLASH));
    }
    return conditions_end_term(head->ruleset, err);
}

/* What the word at `at` does, as long as it stands for itself. */
static enum role find_role(const struct head *head, size_t at)
{
    enum role role;

    if (at == head->count)
        return ROLE_END;
    role = head->tokens[at].role;
    if (is_tied(head, at + 1, TIE_TIGHT) || is_tied(head, at + 1, TIE_SLASH) ||
        find_concept(head, at))
        return ROLE_CONTENT;
    if (role == ROLE_CONDITION)
        return head->conditional ? ROLE_END : ROLE_PREPOSITION;
    return role;
}

static bool end_segment(struct head *head, struct error *err)
{
    return conditions_end_choice(head->ruleset, err) &&
           conditions_end_segment(head->ruleset, err);
}

/* Reads the segments of one group, up to the end or a negation. */
static bool read_group(struct head *head, size_t *at, enum role *role,
                       struct error *err)
{
    bool fine = true;

    while (fine) {
        *role = find_role(head, *at);
        if (*role == ROLE_END || *role == ROLE_NEGATION)
            return end_segment(head, err) &&
                   conditions_end_group(head->ruleset, err);
        if (is_tied(head, *at, TIE_OR) || *role == ROLE_OR)
            fine = conditions_end_choice(head->ruleset, err);
        if (fine && *role == ROLE_PREPOSITION)
            fine = end_segment(head, err);
        if (*role != ROLE_CONTENT)
            ++*at;
        else
            fine = fine && read_term(head, at, err);
    }
    return false;
}

bool head_compile(struct ruleset *ruleset, struct rule *rule, const char *text,
                  size_t length, struct error *err)
{
    struct head head = {ruleset, NULL, 0, rule->kind == RULE_CONDITIONAL};
    size_t at = 0;
    enum role role;

    if (!read_tokens(&head, text, length, err))
        return false;
    rule->needs = conditions_next(ruleset);
    if (!read_group(&head, &at, &role, err))
        return false;
    rule->needs_end = rule->denies = conditions_next(ruleset);
    while (role == ROLE_NEGATION) {
        at++;
        if (!read_group(&head, &at, &role, err))
            return false;
    }
    rule->denies_end = conditions_next(ruleset);
    return true;
}

size_t head_find(const char *text, const char **head)
{
    const char *end = strstr(text, "\uFF08");
    const char *bracket = strchr(text, '(');

    if (!end || (bracket && bracket < end))
        end = bracket;
    if (!end)
        end = text + strlen(text);
    while (text < end && strchr(" \t\r\n", *text))
        text++;
    while (end > text && strchr(" \t\r\n", end[-1]))
        end--;
    *head = text;
    return (size_t)(end - text);
}
