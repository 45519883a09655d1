/* Cutting text into folded words.
 *
 * The unit of folding is the cluster: a code point with the marks after it.
 * NFKC never composes across the start of a cluster, so folding clusters one by
 * one gives the folded text and keeps the place of every piece.  Plain ASCII,
 * nearly all of what is met, is folded byte by byte without a call. */
#include "datebook/words.h"

#include <string.h>
#include <utf8proc.h>

typedef unsigned char byte;

enum { CLUSTER_BYTES = 48, CLUSTER_CODES = 128 };

enum cluster_kind {
    SEPARATOR,
    APOSTROPHE,
    PART, /* a piece of a word */
    LONE  /* a word of its own */
};

struct cluster {
    enum cluster_kind kind;
    const byte *end;
    size_t length;
    byte folded[4 * CLUSTER_CODES + 1];
};

/* What an ASCII letter or digit folds to; 0 for all other bytes. */
static const byte plain[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4',
    ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
    ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e',
    ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
    ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o',
    ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
    ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
    ['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
    ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i',
    ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n',
    ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's',
    ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x',
    ['y'] = 'y', ['z'] = 'z',
};

/* Code points whose every character is a word, by first and last. */
static const utf8proc_int32_t lone_ranges[][2] = {
    {0x0E00, 0x0EFF},   /* Thai, Lao */
    {0x1000, 0x109F},   /* Burmese */
    {0x1100, 0x11FF},   /* Hangul letters */
    {0x1780, 0x17FF},   /* Khmer */
    {0x2E80, 0x31FF},   /* radicals, kana, bopomofo, Hangul letters */
    {0x3400, 0x4DBF},   /* Han */
    {0x4E00, 0x9FFF},   /* Han */
    {0xA960, 0xA97F},   /* Hangul letters */
    {0xAC00, 0xD7FF},   /* Hangul */
    {0xF900, 0xFAFF},   /* Han */
    {0x1AFF0, 0x1B16F}, /* kana */
    {0x20000, 0x3FFFF}, /* Han */
};

static bool is_lone(utf8proc_int32_t code)
{
    for (size_t i = 0; i < sizeof lone_ranges / sizeof *lone_ranges; i++)
        if (code >= lone_ranges[i][0] && code <= lone_ranges[i][1])
            return true;
    return false;
}

static bool is_apostrophe(utf8proc_int32_t code)
{
    return code == '\'' ||
           (code >= 0x2018 && code <= 0x201B && code != 0x201A) ||
           code == 0x02BC || code == 0xFF07;
}

static bool is_letter_or_digit(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);

    return (category >= UTF8PROC_CATEGORY_LU &&
            category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND &&
            category <= UTF8PROC_CATEGORY_NO);
}

static bool is_mark(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);

    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/* Whether a code point belongs to the letter before it: a mark, a half-width
 * voicing mark, the second or third letter of a Hangul syllable, or something
 * invisible.  A zero width space parts words all the same. */
static bool extends(utf8proc_int32_t code)
{
    if (code < 0x80 || code == 0x200B)
        return false;
    if (is_mark(code) || utf8proc_get_property(code)->ignorable)
        return true;
    return is_letter_or_digit(code) && (code == 0xFF9E || code == 0xFF9F ||
                                        (code >= 0x1160 && code <= 0x11FF) ||
                                        (code >= 0xD7B0 && code <= 0xD7FB));
}

/* Drops enclosing marks (a keycap is its digit).  False when folding gave
 * something that is neither letter, digit nor mark: "½" is 1, a slash and 2. */
static bool keep_word_codes(utf8proc_int32_t *codes, utf8proc_ssize_t *count)
{
    utf8proc_ssize_t kept = 0;

    for (utf8proc_ssize_t i = 0; i < *count; i++) {
        if (utf8proc_category(codes[i]) == UTF8PROC_CATEGORY_ME)
            continue;
        if (!is_letter_or_digit(codes[i]) && !is_mark(codes[i]))
            return false;
        codes[kept++] = codes[i];
    }
    *count = kept;
    return kept > 0;
}

static void fold_cluster(struct cluster *cluster, const byte *bytes,
                         size_t length)
{
    utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT |
                                UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
                                UTF8PROC_IGNORE;
    utf8proc_int32_t codes[CLUSTER_CODES + 1];
    utf8proc_ssize_t count = utf8proc_decompose(bytes, (utf8proc_ssize_t)length,
                                                codes, CLUSTER_CODES, options);

    cluster->kind = SEPARATOR;
    if (count < 1 || count > CLUSTER_CODES || !keep_word_codes(codes, &count))
        return;
    count = utf8proc_reencode(codes, count, options);
    if (count < 1)
        return;
    cluster->length = (size_t)count;
    memcpy(cluster->folded, codes, cluster->length);
    utf8proc_iterate(cluster->folded, count, codes);
    cluster->kind = is_lone(*codes) ? LONE : PART;
}

/* The three bytes of U+2000 to U+203F: dashes, quotes, bullets, spaces of all
 * widths.  None is a letter, digit or mark. */
static bool is_common_punctuation(const byte *at, const byte *end)
{
    return end - at >= 3 && at[0] == 0xE2 && at[1] == 0x80 && at[2] >= 0x80 &&
           at[2] <= 0xBF;
}

static void read_punctuation(const byte *at, struct cluster *cluster)
{
    utf8proc_int32_t code = 0x2000 + (at[2] & 0x3F);

    cluster->kind = is_apostrophe(code) ? APOSTROPHE : SEPARATOR;
    cluster->end = at + 3;
}

/* Reads the code point at `at` with all that belongs to it. */
static void read_cluster(const byte *at, const byte *end,
                         struct cluster *cluster)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t size;
    const byte *kept;

    if (is_common_punctuation(at, end)) {
        read_punctuation(at, cluster);
        return;
    }
    size = utf8proc_iterate(at, end - at, &code);
    cluster->kind = SEPARATOR;
    cluster->end = at + (size < 1 ? 1 : size);
    if (size < 1)
        return;
    if (is_apostrophe(code))
        cluster->kind = APOSTROPHE;
    if (cluster->kind == APOSTROPHE || !is_letter_or_digit(code))
        return;
    kept = cluster->end;
    while (cluster->end < end && *cluster->end >= 0x80) {
        size = utf8proc_iterate(cluster->end, end - cluster->end, &code);
        if (size < 1 || !extends(code))
            break;
        cluster->end += size;
        if (cluster->end - at <= CLUSTER_BYTES)
            kept = cluster->end;
    }
    fold_cluster(cluster, at, (size_t)(kept - at));
}

static void append(struct words *words, const struct cluster *cluster)
{
    if (cluster->length > WORD_BYTES - words->length)
        return;
    memcpy(words->folded + words->length, cluster->folded, cluster->length);
    words->length += cluster->length;
}

/* Folds a run of ASCII letters and digits.  The last one before a byte that is
 * not ASCII is left alone, for marks may follow. */
static const byte *fold_plain(struct words *words, const byte *at)
{
    const byte *start = at;
    size_t length = words->length;

    for (; at < words->end && plain[*at]; at++)
        if (length < WORD_BYTES)
            words->folded[length++] = (char)plain[*at];
    if (at > start && at < words->end && *at >= 0x80) {
        at--;
        length = words->length + (size_t)(at - start);
        if (length > WORD_BYTES)
            length = WORD_BYTES;
    }
    words->length = length;
    return at;
}

/* Moves to the first cluster of the next word. */
static bool find_word(struct words *words, struct cluster *cluster)
{
    const byte *at = words->at;

    for (;;) {
        while (at < words->end && *at < 0x80 && !plain[*at])
            at++;
        words->at = at;
        if (at == words->end)
            return false;
        cluster->kind = PART;
        if (*at < 0x80)
            return true;
        read_cluster(at, words->end, cluster);
        if (cluster->kind == PART || cluster->kind == LONE)
            return true;
        at = cluster->end;
    }
}

/* What stands after an apostrophe inside a word: true when the word goes on
 * there.  A possessive s is skipped by moving *next behind it. */
static bool goes_on(const struct words *words, const byte **next)
{
    struct cluster letter;
    struct cluster after;

    read_cluster(*next, words->end, &letter);
    if (letter.kind != PART ||
        (letter.folded[0] >= '0' && letter.folded[0] <= '9'))
        return false;
    if (letter.length != 1 || letter.folded[0] != 's')
        return true;
    read_cluster(letter.end, words->end, &after);
    if (letter.end < words->end && after.kind == PART)
        return true;
    *next = letter.end;
    return false;
}

/* Folds the clusters of a word that starts at `words->at`; returns where it
 * ends and leaves `words->at` where the next one may start. */
static const byte *fold_word(struct words *words)
{
    const byte *at = words->at;
    struct cluster cluster;

    for (;;) {
        at = fold_plain(words, at);
        words->at = at;
        if (at == words->end || (*at < 0x80 && !plain[*at] && *at != '\''))
            return at;
        read_cluster(at, words->end, &cluster);
        if (cluster.kind == APOSTROPHE) {
            const byte *next = cluster.end;
            bool more = next < words->end && goes_on(words, &next);
            words->at = next;
            if (!more)
                return at;
            at = next;
            continue;
        }
        if (cluster.kind != PART)
            return at;
        append(words, &cluster);
        at = cluster.end;
    }
}

/* The next word, before the forms of "1:1" are joined. */
static bool cut_word(struct words *words, struct word *word)
{
    struct cluster cluster;
    const byte *end;

    words->length = 0;
    if (!find_word(words, &cluster))
        return false;
    word->start = (size_t)(words->at - words->text);
    if (cluster.kind == LONE) {
        append(words, &cluster);
        end = words->at = cluster.end;
    } else {
        end = fold_word(words);
    }
    word->end = (size_t)(end - words->text);
    word->folded = words->folded;
    word->length = words->length;
    return true;
}

bool word_is(const struct word *word, const char *folded)
{
    return word->length == strlen(folded) &&
           !memcmp(word->folded, folded, word->length);
}

static bool is_one(const struct word *word, bool may_be_plural)
{
    return word_is(word, "1") || word_is(word, "one") ||
           (may_be_plural && (word_is(word, "1s") || word_is(word, "ones")));
}

enum gap { GAP_OTHER, GAP_SPACE, GAP_DASH, GAP_COLON };

static enum gap gap_of(utf8proc_int32_t code)
{
    if (code == ' ' || code == '\t' || code == '\n' || code == '\r' ||
        utf8proc_category(code) == UTF8PROC_CATEGORY_ZS)
        return GAP_SPACE;
    if (utf8proc_category(code) == UTF8PROC_CATEGORY_PD || code == 0x2212)
        return GAP_DASH;
    if (code == ':' || code == 0x2236 || code == 0xFF1A)
        return GAP_COLON;
    return GAP_OTHER;
}

/* What lies between two words: white space, one dash, one colon. */
static enum gap gap_between(const struct words *words, size_t from, size_t to)
{
    enum gap gap = GAP_OTHER;

    for (size_t at = from; at < to;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t size = utf8proc_iterate(
            words->text + at, (utf8proc_ssize_t)(to - at), &code);
        enum gap next = size < 1 ? GAP_OTHER : gap_of(code);
        if (next == GAP_OTHER ||
            (at > from && (next != gap || gap != GAP_SPACE)))
            return GAP_OTHER;
        gap = next;
        at += (size_t)size;
    }
    return gap;
}

/* Whether the numbers are part of something longer: a date, a score, a
 * version ("2025-1-1", "1:1:30"). */
static bool is_inside_number(const struct words *words, size_t start,
                             size_t end)
{
    const byte *text = words->text;
    size_t length = (size_t)(words->end - text);

    if (start >= 2 && strchr(":-./", text[start - 1]) &&
        text[start - 2] >= '0' && text[start - 2] <= '9')
        return true;
    return end + 1 < length && text[end] && strchr(":-./", text[end]) &&
           text[end + 1] >= '0' && text[end + 1] <= '9';
}

/* Whether the words after `first` complete it to "1:1" or "one on one"; `peek`
 * and `last` end on the last of them. */
static bool completes(struct words *peek, const struct word *first,
                      struct word *last)
{
    enum gap gap;
    size_t end;

    if (!cut_word(peek, last))
        return false;
    gap = gap_between(peek, first->end, last->start);
    if (gap == GAP_DASH || gap == GAP_COLON)
        if (word_is(first, "1") && (word_is(last, "1") || word_is(last, "1s")))
            return !is_inside_number(peek, first->start, last->end);
    if ((gap != GAP_DASH && gap != GAP_SPACE) || !word_is(last, "on"))
        return false;
    end = last->end;
    if (!cut_word(peek, last) || !is_one(last, true))
        return false;
    gap = gap_between(peek, end, last->start);
    return gap == GAP_DASH || gap == GAP_SPACE;
}

static void join_one_on_one(struct words *words, struct word *word)
{
    bool whole = word_is(word, "1on1") || word_is(word, "1on1s") ||
                 word_is(word, "1x1") || word_is(word, "1x1s");
    struct words peek;
    struct word last;

    if (!whole) {
        if (!is_one(word, false))
            return;
        peek = *words;
        if (!completes(&peek, word, &last))
            return;
        words->at = peek.at;
        word->end = last.end;
    }
    memcpy(words->folded, "1on1", 4);
    word->length = words->length = 4;
}

void words_start(struct words *words, const char *text, size_t length)
{
    words->text = (const byte *)text;
    words->at = words->text;
    words->end = words->text + length;
    words->length = 0;
}

bool words_next(struct words *words, struct word *word)
{
    if (!cut_word(words, word))
        return false;
    if (word->length <= 5 && (*word->folded == '1' || *word->folded == 'o'))
        join_one_on_one(words, word);
    return true;
}
