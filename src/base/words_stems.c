/* Stems: Snowball's English stemmer, and the words that it must not touch.
 *
 * Porter 2 finds forms of one word well, but in business English it also
 * brings unrelated words together: "customer" and "custom", "important" and
 * "import", "wellness" and "well" have one stem.  A rule that fires on the
 * wrong word is worse than one that misses a rare form, so the words below
 * have a stem of their own, shared with their plural and listed forms only. */
#include "datebook/words.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

/* word, its stem; sorted by word.  A plural in "s" need not be listed. */
static const struct kept {
    const char *word;
    const char *stem;
} kept_words[] = {
    {"accountability", "accountability"},
    {"accountable", "accountability"},
    {"accountant", "accountant"},
    {"accounting", "accounting"},
    {"applicant", "applicant"},
    {"assistant", "assistant"},
    {"audition", "audition"},
    {"authorities", "authority"},
    {"authority", "authority"},
    {"authorization", "authorization"},
    {"authorize", "authorization"},
    {"authorized", "authorization"},
    {"boarding", "boarding"},
    {"busier", "busy"},
    {"business", "business"},
    {"businesses", "business"},
    {"busy", "busy"},
    {"careful", "careful"},
    {"carefully", "careful"},
    {"consumer", "consumer"},
    {"conversion", "conversion"},
    {"customer", "customer"},
    {"customs", "customs"},
    {"department", "department"},
    {"digital", "digital"},
    {"direction", "direction"},
    {"directs", "directs"},
    {"engineer", "engineer"},
    {"engineered", "engineer"},
    {"engineering", "engineer"},
    {"evening", "evening"},
    {"execution", "execution"},
    {"executive", "executive"},
    {"experiment", "experiment"},
    {"experimental", "experiment"},
    {"experimentation", "experiment"},
    {"facilities", "facility"},
    {"facility", "facility"},
    {"fitness", "fitness"},
    {"hospitality", "hospitality"},
    {"hrs", "hrs"},
    {"importance", "important"},
    {"important", "important"},
    {"importantly", "important"},
    {"informal", "informal"},
    {"initiative", "initiative"},
    {"integrity", "integrity"},
    {"internal", "internal"},
    {"internally", "internal"},
    {"international", "international"},
    {"internationally", "international"},
    {"likely", "likely"},
    {"majority", "majority"},
    {"manager", "manager"},
    {"managerial", "manager"},
    {"marketing", "marketing"},
    {"medication", "medication"},
    {"monthly", "monthly"},
    {"objective", "objective"},
    {"officer", "officer"},
    {"operator", "operator"},
    {"optional", "optional"},
    {"optionally", "optional"},
    {"organization", "organization"},
    {"organizational", "organization"},
    {"organizer", "organizer"},
    {"personal", "personal"},
    {"personality", "personality"},
    {"personally", "personal"},
    {"positive", "positive"},
    {"positively", "positive"},
    {"production", "production"},
    {"productive", "productivity"},
    {"productivity", "productivity"},
    {"projection", "projection"},
    {"publication", "publication"},
    {"publicity", "publicity"},
    {"readiness", "readiness"},
    {"relation", "relation"},
    {"relative", "relative"},
    {"relatively", "relative"},
    {"representative", "representative"},
    {"securities", "securities"},
    {"security", "security"},
    {"staffing", "staffing"},
    {"succession", "succession"},
    {"terminal", "terminal"},
    {"universal", "universal"},
    {"universe", "universe"},
    {"universities", "university"},
    {"university", "university"},
    {"weekly", "weekly"},
    {"wellness", "wellness"},
};

struct stemmer {
    struct sb_stemmer *snowball;
};

struct stemmer *stemmer_new(struct error *err)
{
    struct stemmer *stemmer = malloc(sizeof *stemmer);

    if (stemmer)
        stemmer->snowball = sb_stemmer_new("english", "UTF_8");
    if (!stemmer || !stemmer->snowball) {
        free(stemmer);
        error_memory(err);
        return NULL;
    }
    return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->snowball);
    free(stemmer);
}

static int compare(const char *bytes, size_t length, const char *text)
{
    int order = strncmp(bytes, text, length);

    return order ? order : text[length] ? -1 : 0;
}

static const char *kept_stem(const char *bytes, size_t length)
{
    size_t low = 0;
    size_t high = sizeof kept_words / sizeof *kept_words;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(bytes, length, kept_words[middle].word);
        if (!order)
            return kept_words[middle].stem;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool has_digit(const struct word *word)
{
    for (size_t i = 0; i < word->length; i++)
        if (word->folded[i] >= '0' && word->folded[i] <= '9')
            return true;
    return false;
}

static bool is_vowel(char c)
{
    return c && strchr("aeiouy", c);
}

/* The plural of an abbreviation: "QBRs", "VPs", "CFOs", "NDAs".  Porter 2 takes
 * a final s off only behind a vowel and another letter, so that these are
 * consonants with at most one vowel, behind two of them or more. */
static bool is_abbreviation_plural(const struct word *word)
{
    size_t last = word->length - 1;

    if (word->length < 3 || word->length > 5 || word->folded[last] != 's' ||
        word->folded[last - 1] == 's')
        return false;
    for (size_t i = 0; i < last; i++)
        if (word->folded[i] < 'a' || word->folded[i] > 'z' ||
            ((i < 2 || i + 1 < last) && is_vowel(word->folded[i])))
            return false;
    return true;
}

bool stemmer_stem(struct stemmer *stemmer, const struct word *word,
                  const char **stem, size_t *length, struct error *err)
{
    const char *kept = kept_stem(word->folded, word->length);
    const sb_symbol *symbols;

    if (!kept && word->length > 1 && word->folded[word->length - 1] == 's')
        kept = kept_stem(word->folded, word->length - 1);
    if (kept) {
        *stem = kept;
        *length = strlen(kept);
        return true;
    }
    *stem = word->folded;
    *length = word->length;
    if (has_digit(word))
        return true;
    if (is_abbreviation_plural(word)) {
        --*length;
        return true;
    }
    symbols = sb_stemmer_stem(
        stemmer->snowball, (const sb_symbol *)word->folded, (int)word->length);
    if (!symbols)
        return error_memory(err);
    *stem = (const char *)symbols;
    *length = (size_t)sb_stemmer_length(stemmer->snowball);
    return true;
}
