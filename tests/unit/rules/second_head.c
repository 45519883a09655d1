/* The second implementation: heads of described rules. */
#include "second.h"

#include "datebook/list.h"
#include "datebook/words.h"

#include <check.h>
#include <string.h>

static const char *const stop_words[] = {
    "a",        "an",      "the",      "and",        "any",       "all",
    "each",     "every",   "some",     "both",       "either",    "my",
    "our",      "your",    "their",    "his",        "her",       "its",
    "i",        "we",      "me",       "you",        "they",      "them",
    "this",     "that",    "these",    "those",      "who",       "which",
    "where",    "there",   "is",       "are",        "am",        "be",
    "being",    "was",     "were",     "will",       "should",    "must",
    "can",      "has",     "have",     "other",      "such",      "etc",
    "also",     "just",    "only",     "very",       "so",        "as",
    "than",     "vs",      "anything", "everything", "something", "anyone",
    "everyone", "someone", "related",  "relating",   NULL};

static const char *const empty_nouns[] = {
    "meeting",      "session",       "call",     "sync",   "discussion",
    "conversation", "chat",          "event",    "invite", "invitation",
    "appointment",  "meetings",      "sessions", "calls",  "syncs",
    "discussions",  "conversations", "chats",    "events", "invites",
    "invitations",  "appointments",  NULL};

static const char *const prepositions[] = {
    "with",      "for",        "to",        "from",      "about",  "on",
    "by",        "in",         "of",        "at",        "before", "after",
    "during",    "under",      "over",      "between",   "among",  "into",
    "within",    "outside",    "around",    "per",       "via",    "through",
    "across",    "against",    "toward",    "towards",   "near",   "involving",
    "regarding", "concerning", "including", "following", NULL};

static const char *const negations[] = {
    "without", "no", "not", "except", "excluding", "unless", "instead", NULL};

static const char *const conditions[] = {"if",       "when",      "whenever",
                                         "while",    "once",      "until",
                                         "provided", "depending", NULL};

static bool is_one_of(const char *word, const char *const *list)
{
    while (*list && strcmp(word, *list) != 0)
        list++;
    return *list != NULL;
}

/* --- words of a head --- */

/* What stands before a word. */
enum join { BY_SPACE, BY_TIE, BY_SLASH, BY_CHOICE };

struct head_word {
    const char *folded;
    const char *stem;
    enum join join;
};

struct head_words {
    struct head_word *at;
    size_t count;
};

size_t second_head_length(const char *text)
{
    const char *wide = strstr(text, "\uFF08");
    size_t length = strcspn(text, "(");

    if (wide && (size_t)(wide - text) < length)
        length = (size_t)(wide - text);
    return length;
}

static enum join join_of(const char *gap, size_t length)
{
    char text[64] = "";

    if (length >= sizeof text)
        return BY_SPACE;
    memcpy(text, gap, length);
    if (strpbrk(text, ",;"))
        return BY_CHOICE;
    if (strchr(text, '/'))
        return strpbrk(text, " \t\n") ? BY_CHOICE : BY_SLASH;
    if (strpbrk(text, " \t\n:") || strstr(text, "\u2014"))
        return BY_SPACE;
    return BY_TIE;
}

static void add_word(const struct second_tools *tools, struct arena *arena,
                     struct head_words *words, const struct word *word,
                     enum join join)
{
    struct head_word one = {.join = join};
    const char *stem;
    size_t length;
    struct error err;

    one.folded = arena_bytes(arena, word->folded, word->length, &err);
    ck_assert(stemmer_stem(tools->stemmer, word, &stem, &length, &err));
    one.stem = arena_bytes(arena, stem, length, &err);
    ck_assert(one.folded && one.stem);
    ck_assert(
        list_grow(arena, &words->at, words->count, sizeof *words->at, &err));
    words->at[words->count++] = one;
}

/* Cuts a head into words; "w/" becomes "with", "w/o" becomes "without", and
 * "and/or" becomes "or". */
static struct head_words read_words(const struct second_tools *tools,
                                    struct arena *arena, const char *text,
                                    size_t length)
{
    struct head_words words = {NULL, 0};
    struct words walk;
    struct word word;
    size_t end = 0;

    words_start(&walk, text, length);
    while (words_next(&walk, &word)) {
        struct head_word *last =
            words.count ? &words.at[words.count - 1] : NULL;
        enum join join = join_of(text + end, word.start - end);
        bool is_with = last && !strcmp(last->folded, "w") && text[end] == '/';
        end = word.end;
        if (is_with && join == BY_SLASH && word_is(&word, "o")) {
            last->folded = "without";
            continue;
        }
        if (is_with) {
            last->folded = "with";
            join = BY_SPACE;
        }
        if (last && join == BY_SLASH && !strcmp(last->folded, "and") &&
            word_is(&word, "or")) {
            last->folded = "or";
            continue;
        }
        add_word(tools, arena, &words, &word, words.count ? join : BY_SPACE);
    }
    return words;
}

/* --- pieces --- */

static bool is_joined(const struct head_words *words, size_t i, enum join join)
{
    return i < words->count && words->at[i].join == join;
}

/* Whether a name stands at a word, and does not end inside a compound. */
static bool has_name(const struct head_words *words, size_t from,
                     const struct stems *name)
{
    size_t end = from + name->count;

    if (end > words->count || is_joined(words, end, BY_TIE))
        return false;
    for (size_t i = from; i < end; i++) {
        if (strcmp(words->at[i].stem, name->at[i - from]) != 0)
            return false;
        if (i > from && words->at[i].join != BY_TIE &&
            words->at[i].join != BY_SPACE)
            return false;
    }
    return true;
}

/* The longest name of a concept that starts at a word; 0 when there is none. */
static size_t find_concept(const struct second_tools *tools,
                           const struct head_words *words, size_t from,
                           const struct second_concept **concept)
{
    size_t longest = 0;

    for (size_t i = 0; i < tools->concept_count; i++)
        for (size_t j = 0; j < tools->concepts[i].names.count; j++) {
            const struct stems *name = &tools->concepts[i].names.at[j];
            if (name->count > longest && has_name(words, from, name)) {
                longest = name->count;
                *concept = &tools->concepts[i];
            }
        }
    return longest;
}

/* Where the words end that hang on the one at `from` by such joins. */
static size_t end_of_run(const struct head_words *words, size_t from,
                         bool slashes)
{
    size_t end = from + 1;

    while (is_joined(words, end, BY_TIE) ||
           (slashes && is_joined(words, end, BY_SLASH)))
        end++;
    return end;
}

/* "A/B", "24/7": slashes with a single letter or digit at one side. */
static bool is_expression(const struct head_words *words, size_t from,
                          size_t end)
{
    bool slash = false;
    bool letter = false;

    for (size_t i = from; i < end; i = end_of_run(words, i, false)) {
        slash = slash || i > from;
        letter = letter || (end_of_run(words, i, false) == i + 1 &&
                            strlen(words->at[i].folded) == 1);
    }
    return slash && letter;
}

static enum piece_kind kind_of_word(const char *word)
{
    if (is_one_of(word, prepositions) || is_one_of(word, conditions))
        return PREPOSITION;
    if (is_one_of(word, negations))
        return NEGATION;
    return strcmp(word, "or") ? CONTENT : CHOICE;
}

static void add_piece(struct arena *arena, struct pieces *pieces,
                      struct piece piece)
{
    struct error err;

    ck_assert(
        list_grow(arena, &pieces->at, pieces->count, sizeof *pieces->at, &err));
    pieces->at[pieces->count++] = piece;
}

static struct stems stems_of(struct arena *arena,
                             const struct head_words *words, size_t from,
                             size_t end)
{
    struct error err;
    struct stems stems = {arena_zero(arena, end - from, sizeof *stems.at, &err),
                          end - from};

    ck_assert_ptr_nonnull(stems.at);
    for (size_t i = from; i < end; i++)
        stems.at[i - from] = words->at[i].stem;
    return stems;
}

/* The piece that starts at a word; returns where the next one starts. */
static size_t read_piece(const struct second_tools *tools, struct arena *arena,
                         const struct head_words *words, size_t from,
                         struct piece *piece)
{
    const char *word = words->at[from].folded;
    size_t end = end_of_run(words, from, true);
    bool alone = end == from + 1 && !is_joined(words, from, BY_SLASH);
    size_t length;

    *piece = (struct piece){.kind = CONTENT};
    piece->slash_before = is_joined(words, from, BY_SLASH);
    if (piece->slash_before || !is_expression(words, from, end)) {
        length = find_concept(tools, words, from, &piece->concept);
        end = length ? from + length : end_of_run(words, from, false);
    }
    piece->phrase = stems_of(arena, words, from, end);
    if (end > from + 1 || piece->concept)
        return end;
    if (alone)
        piece->kind = kind_of_word(word);
    piece->empty = is_one_of(word, stop_words) ||
                   is_one_of(word, empty_nouns) ||
                   kind_of_word(word) != CONTENT;
    return end;
}

struct pieces second_read_head(const struct second_tools *tools,
                               struct arena *arena, const char *text,
                               enum rule_kind kind)
{
    struct pieces pieces = {NULL, 0};
    struct head_words words =
        read_words(tools, arena, text, second_head_length(text));
    struct piece piece;

    for (size_t i = 0; i < words.count;) {
        const char *word = words.at[i].folded;
        if (words.at[i].join == BY_CHOICE)
            add_piece(arena, &pieces, (struct piece){.kind = CHOICE});
        i = read_piece(tools, arena, &words, i, &piece);
        if (kind == RULE_CONDITIONAL && piece.kind == PREPOSITION &&
            is_one_of(word, conditions))
            break;
        add_piece(arena, &pieces, piece);
    }
    return pieces;
}

/* --- what holds --- */

/* EMPTY: nothing is asked for. */
enum verdict { EMPTY, YES, NO };

static enum verdict both(enum verdict one, enum verdict other)
{
    if (one == NO || other == NO)
        return NO;
    return one == YES || other == YES ? YES : EMPTY;
}

static enum verdict either(enum verdict one, enum verdict other)
{
    if (one == YES || other == YES)
        return YES;
    return one == NO || other == NO ? NO : EMPTY;
}

static bool holds_member(const struct stems *member,
                         const struct second_meeting *meeting)
{
    if (!strcmp(member->at[0], "@external"))
        return meeting->facts->external;
    if (!strcmp(member->at[0], "@internal"))
        return !meeting->facts->external;
    if (!strcmp(member->at[0], "@recurring"))
        return meeting->facts->recurring;
    for (size_t i = 0; i < meeting->texts.count; i++)
        if (second_occurs(&meeting->texts.at[i], member))
            return true;
    return false;
}

static enum verdict of_content(const struct piece *piece,
                               const struct second_meeting *meeting)
{
    if (piece->empty)
        return EMPTY;
    if (holds_member(&piece->phrase, meeting))
        return YES;
    if (piece->concept)
        for (size_t i = 0; i < piece->concept->members.count; i++)
            if (holds_member(&piece->concept->members.at[i], meeting))
                return YES;
    return NO;
}

static struct pieces slice(struct pieces pieces, size_t from, size_t end)
{
    return (struct pieces){pieces.at + from, end - from};
}

static size_t find_kind(struct pieces pieces, enum piece_kind kind)
{
    size_t i = 0;

    while (i < pieces.count && pieces.at[i].kind != kind)
        i++;
    return i;
}

/* Content in a row: every word, a choice between those with slashes. */
static enum verdict of_choice(struct pieces pieces,
                              const struct second_meeting *meeting)
{
    enum verdict verdict;
    size_t i = 1;

    if (!pieces.count)
        return EMPTY;
    verdict = of_content(&pieces.at[0], meeting);
    for (; i < pieces.count && pieces.at[i].slash_before; i++)
        verdict = either(verdict, of_content(&pieces.at[i], meeting));
    return both(verdict, of_choice(slice(pieces, i, pieces.count), meeting));
}

static enum verdict of_segment(struct pieces pieces,
                               const struct second_meeting *meeting)
{
    size_t i = find_kind(pieces, CHOICE);
    enum verdict verdict = of_choice(slice(pieces, 0, i), meeting);

    if (i == pieces.count)
        return verdict;
    return either(verdict,
                  of_segment(slice(pieces, i + 1, pieces.count), meeting));
}

static enum verdict of_segments(struct pieces pieces,
                                const struct second_meeting *meeting)
{
    size_t i = find_kind(pieces, PREPOSITION);
    enum verdict verdict = of_segment(slice(pieces, 0, i), meeting);

    if (i == pieces.count)
        return verdict;
    return both(verdict,
                of_segments(slice(pieces, i + 1, pieces.count), meeting));
}

bool second_head_fires(struct pieces head, const struct second_meeting *meeting)
{
    size_t i = find_kind(head, NEGATION);

    if (of_segments(slice(head, 0, i), meeting) != YES)
        return false;
    while (i < head.count) {
        head = slice(head, i + 1, head.count);
        i = find_kind(head, NEGATION);
        if (of_segments(slice(head, 0, i), meeting) == YES)
            return false;
    }
    return true;
}
