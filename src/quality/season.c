/* Times of the year that a text names, beside the month in which it is read. */
#include "src/quality/text_checks.h"

#include "datebook/civil.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { MONTHS = 12, QUARTERS = 4, NEAR_MONTHS = 3 };

/* How far apart two of a cycle are. */
static int distance(int one, int other, int cycle)
{
    int apart = (one - other + cycle) % cycle;

    return apart <= cycle / 2 ? apart : cycle - apart;
}

/* The month that a word names, from 0, or -1. */
static int month_named(const char *word, size_t length)
{
    for (int i = 0; i < MONTHS; i++)
        if (strlen(civil_month_names[i]) == length &&
            !strncmp(word, civil_month_names[i], length))
            return i;
    return -1;
}

enum season { SEASON_NONE, SEASON_NEAR, SEASON_FAR };

static enum season season_of(const char *word, size_t length, int month)
{
    int named = length == 3 ? -1 : month_named(word, length);

    if (named >= 0)
        return distance(named, month, MONTHS) > NEAR_MONTHS ? SEASON_FAR
                                                            : SEASON_NEAR;
    if (length != 2 || *word != 'Q' || word[1] < '1' || word[1] > '4')
        return SEASON_NONE;
    return distance(word[1] - '1', month / 3, QUARTERS) == 2 ? SEASON_FAR
                                                             : SEASON_NEAR;
}

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

const char *text_out_of_season(const char *text, int month)
{
    const char *far = NULL;

    while (*text) {
        size_t length = 0;
        enum season season;
        while (is_word_byte(text[length]))
            length++;
        season = season_of(text, length, month - 1);
        if (season == SEASON_NEAR)
            return NULL;
        if (season == SEASON_FAR && !far)
            far = text;
        text += length ? length : 1;
    }
    return far;
}
