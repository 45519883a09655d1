/* Subjects and previews, flaw by flaw. */
#include "src/quality/measure.h"

#include "datebook/utf16.h"

#include "src/quality/text_checks.h"

#include <string.h>

/* Graph cuts both at 255 UTF-16 units; what comes near that was cut. */
enum { MOST_UNITS = 255, CUT_UNITS = 250 };

typedef const char *finder(const char *text);

static void find(struct sums *sums, enum check_id check, finder *finds,
                 const struct measured *meeting)
{
    const char *texts[] = {meeting->facts->subject, meeting->facts->preview};

    for (int i = 0; i < 2; i++) {
        const char *at = finds(texts[i]);
        char note[CHECK_NOTE];
        if (!at)
            continue;
        text_excerpt(texts[i], at, note, sizeof note / 2);
        sum_flaw(sums, check, meeting->key, note);
        return;
    }
}

static const char *find_cut(const char *text)
{
    return text_cut_end(text, CUT_UNITS);
}

static const char *find_too_long(const char *text)
{
    return text_units(text) > MOST_UNITS ? text : NULL;
}

static void find_season(struct sums *sums, const struct measured *meeting)
{
    const struct meeting_facts *facts = meeting->facts;
    civil_day day = (civil_day)(facts->start / MINUTES_A_DAY);
    int month = civil_to_date(day).month;

    sums->of[CHECK_TEXT_SEASON].whole++;
    if (text_out_of_season(facts->subject, month))
        sum_flaw(sums, CHECK_TEXT_SEASON, meeting->key, facts->subject);
}

void text_measure_meeting(struct sums *sums, const struct measured *meeting)
{
    static const struct {
        enum check_id check;
        finder *finds;
    } flaws[] = {{CHECK_TEXT_UNFILLED, text_unfilled},
                 {CHECK_TEXT_DOUBLE_SPACE, text_double_space},
                 {CHECK_TEXT_EDGE_SPACE, text_edge_space},
                 {CHECK_TEXT_ARTICLE, text_wrong_article},
                 {CHECK_TEXT_REPEATED_WORD, text_repeated_word},
                 {CHECK_TEXT_CUT, find_cut},
                 {CHECK_TEXT_LENGTH, find_too_long}};

    if (!*meeting->facts->subject)
        sum_flaw(sums, CHECK_TEXT_SUBJECT, meeting->key, NULL);
    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
        find(sums, flaws[i].check, flaws[i].finds, meeting);
    find_season(sums, meeting);
}
