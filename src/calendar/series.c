/* Standing series: chosen once for a persona and a seed, then repeated on
 * their day and hour; one occurrence in four was changed on its own. */
#include "parts.h"

#include <stdio.h>
#include <string.h>

enum {
    SERIES_MAX = 60,
    TRIES_A_SERIES = 80,
    EXCEPTION_PERCENT = 25,
    /* Where series fill most of the week, more of them move. */
    REGULAR_PLENTY = 31,
    EXCEPTION_PLENTY = 45,
    /* Instances of series a hundred single meetings: 40 to 60. */
    INSTANCES = 67,
    RATE = 60 /* of a weekly series; divides by days, weeks and months */
};

/* What choosing has come to. */
struct making {
    struct calendar *calendar;
    struct arena *arena;
    struct options *options;
    struct wheel wheel;
    struct mix mix;
    int64_t rate;    /* instances a week, times RATE */
    int64_t minutes; /* a week, times RATE */
    int64_t single;  /* minutes of a one-off meeting */
};

static int64_t rate_of(enum cadence cadence)
{
    switch (cadence) {
    case CADENCE_DAILY:
        return 5 * RATE;
    case CADENCE_BIWEEKLY:
        return RATE / 2;
    case CADENCE_MONTHLY:
        return RATE / 4;
    default:
        return RATE;
    }
}

/* The mean length of a one-off meeting. */
static int64_t single_minutes(const struct options *singles)
{
    uint64_t weight = 0;
    uint64_t minutes = 0;

    for (size_t i = 0; i < singles->count; i++) {
        const struct archetype *archetype = singles->items[i].archetype;
        uint64_t sum = 0;
        if (!archetype->minutes_count)
            continue;
        for (size_t k = 0; k < archetype->minutes_count; k++)
            sum += (uint64_t)archetype->minutes[k];
        weight += singles->items[i].weight;
        minutes += singles->items[i].weight * sum / archetype->minutes_count;
    }
    return weight ? (int64_t)(minutes / weight) : 30;
}

/* The instances a week, times RATE, that the one-off meetings of the rest of
 * the week ask for. */
static int64_t wanted_rate(const struct making *making, int64_t minutes)
{
    int64_t rest = (int64_t)making->calendar->weekly_minutes * RATE - minutes;

    return rest > 0 ? INSTANCES * rest / making->single / 100 : 0;
}

static bool enough(const struct making *making)
{
    return making->rate >= wanted_rate(making, making->minutes);
}

/* A daily series may be too much for a light week. */
static bool fits_load(const struct making *making, const struct draft *draft)
{
    int64_t rate = rate_of(draft->option->archetype->cadence);
    int64_t minutes = making->minutes + rate * draft->minutes;

    return making->rate + rate <= wanted_rate(making, minutes) + RATE / 2;
}

/* "Forecast call" and "Monday forecast call" would be one meeting booked
 * twice. */
static bool is_alike(const char *one, const char *other)
{
    int shared = words_shared(one, other);

    return shared >= 2 || (shared && (shared == words_count(one) ||
                                      shared == words_count(other)));
}

/* Talks of two are told apart by who talks. */
static bool is_talk(const struct archetype *archetype)
{
    return archetype->people[0] == 2 && archetype->people[1] == 2;
}

/* A series is no second one: another partner for talks of two, otherwise
 * another subject, and few of the same archetype.  When `strict` leaves too
 * few, being like another is allowed. */
static bool is_new(const struct calendar *calendar, const struct draft *draft,
                   bool strict)
{
    const struct archetype *archetype = draft->option->archetype;
    const char *subject = draft->event.subject;
    int same = 0;

    for (size_t i = 0; i < calendar->series_count; i++) {
        const struct series *series = &calendar->series[i];
        if (!strcasecmp(series->event.subject, subject) ||
            (draft->partner && series->partner == draft->partner))
            return false;
        if (strict && !is_talk(archetype) && !is_talk(series->archetype) &&
            is_alike(series->event.subject, subject))
            return false;
        same += series->archetype == archetype;
    }
    if (archetype->cadence == CADENCE_DAILY)
        return same < 1;
    return same < (is_talk(archetype) ? 10 : strict ? 1 : 3);
}

/* The best of some drafts in *best; false when none is a new series. */
static bool choose(struct making *making, bool strict, struct draft **best,
                   struct error *err)
{
    struct calendar *calendar = making->calendar;
    struct draft *draft = calendar->drafts[0];
    int wanted = mix_wanted(&making->mix);
    int64_t gain = INT64_MIN;

    *best = NULL;
    for (int i = 0; i < TRIES_A_SERIES; i++) {
        size_t at = wheel_draw(&making->wheel, wanted, &calendar->random);
        int64_t new_gain;
        draft_make(&calendar->drafting, draft, &making->options->items[at],
                   calendar->options.start);
        if (!fits_load(making, draft) || !is_new(calendar, draft, strict))
            continue;
        if (!calendar_ask(calendar, draft, err))
            return false;
        new_gain = mix_gain(&making->mix, &draft->verdict);
        if (!*best || new_gain > gain) {
            gain = new_gain;
            *best = draft;
            draft = calendar->drafts[draft == calendar->drafts[0]];
        }
        if (!calendar->options.judge ||
            (i > 6 && mix_cell(&(*best)->verdict) == wanted))
            break;
    }
    return true;
}

/* A "Monday forecast call" is on Monday. */
static unsigned named_day(const char *subject)
{
    for (int day = 0; day < 5; day++)
        if (strstr(subject, civil_weekday_names[day]))
            return 1u << day;
    return 0;
}

/* The first place on a random day where the whole series fits. */
static bool place(struct calendar *calendar, const char *subject,
                  struct series *series)
{
    const struct archetype *archetype = series->archetype;
    unsigned days = named_day(subject);
    struct random *random = &calendar->random;

    if (!days)
        days = archetype->days ? archetype->days : 0x1F;
    for (int tries = 0; tries < 12; tries++) {
        int day = grid_day(&calendar->grid, random, days);
        series->minute = grid_place(&calendar->grid, random, archetype->hours,
                                    day, series->minutes, false);
        series->weekday = day;
        if (series->minute < 0)
            continue;
        if (archetype->cadence != CADENCE_DAILY)
            return true;
        for (day = 0; day < 5; day++)
            if (!grid_free(&calendar->grid, day, series->minute,
                           series->minutes))
                break;
        if (day == 5)
            return true;
    }
    return false;
}

static void book(struct calendar *calendar, const struct series *series)
{
    for (int day = 0; day < 5; day++)
        if (series->cadence == CADENCE_DAILY)
            grid_book(&calendar->grid, day, series->minute, series->minutes);
    if (series->cadence != CADENCE_DAILY)
        grid_book(&calendar->grid, series->weekday, series->minute,
                  series->minutes);
}

/* Texts, attendees, and ids that all occurrences share. */
static bool keep_event(struct making *making, struct series *series,
                       const struct draft *draft, struct error *err)
{
    struct calendar *calendar = making->calendar;
    const struct draft *from = draft;
    struct event *event = &series->event;
    char *id = arena_alloc(making->arena, MASTER_SIZE, err);
    char *etag = arena_alloc(making->arena, ETAG_SIZE, err);
    char name[200];

    *event = from->event;
    event->subject = arena_text(making->arena, from->event.subject, err);
    event->preview = arena_text(making->arena, from->event.preview, err);
    event->attendees = arena_zero(making->arena, event->attendee_count + 1,
                                  sizeof *event->attendees, err);
    if (!id || !etag || !event->subject || !event->preview || !event->attendees)
        return false;
    if (event->attendee_count)
        memcpy(event->attendees, from->event.attendees,
               event->attendee_count * sizeof *event->attendees);
    snprintf(name, sizeof name, "series %zu %s", calendar->series_count,
             series->archetype->name);
    ident_make(&calendar->ident, name, 0, 0, MASTER_SIZE - 1, id);
    ident_etag(&calendar->ident, id, etag);
    event->series_master_id = id;
    event->etag = etag;
    return true;
}

static bool add(struct making *making, struct draft *draft, struct error *err)
{
    struct calendar *calendar = making->calendar;
    struct series *series = &calendar->series[calendar->series_count];
    int64_t rate;

    memset(series, 0, sizeof *series);
    series->archetype = draft->option->archetype;
    series->cadence = series->archetype->cadence;
    series->minutes = draft->minutes;
    series->partner = draft->partner;
    series->verdict = draft->verdict;
    series->phase = (int)random_below(
        &calendar->random, series->cadence == CADENCE_MONTHLY ? 4 : 2);
    if (!place(calendar, draft->event.subject, series))
        return true;
    /* Nobody keeps a series that they never answered or declined. */
    do
        draft_respond(&calendar->drafting, draft);
    while (draft->event.response == RESPONSE_DECLINED ||
           draft->event.response == RESPONSE_NOT_RESPONDED ||
           (draft->event.response == RESPONSE_TENTATIVE &&
            series->cadence == CADENCE_DAILY));
    if (!keep_event(making, series, draft, err))
        return false;
    book(calendar, series);
    rate = rate_of(series->cadence);
    making->rate += rate;
    making->minutes += rate * series->minutes;
    mix_count(&making->mix, &series->verdict, rate);
    balance_count(&calendar->drafting.balance, &series->event,
                  rate > RATE ? rate / RATE : 1);
    calendar->series_count++;
    return true;
}

bool series_make(struct arena *arena, struct calendar *calendar,
                 struct options *options, struct error *err)
{
    struct making making = {.calendar = calendar,
                            .arena = arena,
                            .options = options,
                            .mix = {.wanted = calendar->mix.wanted},
                            .single = single_minutes(&calendar->singles)};

    calendar->series =
        arena_zero(arena, SERIES_MAX, sizeof *calendar->series, err);
    if (!calendar->series)
        return false;
    if (!options->count)
        return true;
    if (!wheel_make(arena, &making.wheel, options, err))
        return false;
    wheel_learn(&making.wheel, options, false);
    for (int tries = 0; tries < 2 * SERIES_MAX && !enough(&making) &&
                        calendar->series_count < SERIES_MAX;
         tries++) {
        struct draft *draft;
        if (!choose(&making, tries < SERIES_MAX, &draft, err))
            return false;
        if (draft && !add(&making, draft, err))
            return false;
    }
    return true;
}

/* --------------------------------------------------------- instances */

static bool takes_place(const struct series *series, civil_day day, int weekday)
{
    /* Counted from a Monday long ago, so that weeks go on over batches. */
    int64_t week = ((int64_t)day - weekday + 3) / 7 + 200000;

    if (!season_holds(&series->archetype->season, day))
        return false;
    if (series->cadence == CADENCE_DAILY)
        return weekday < 5;
    if (weekday != series->weekday)
        return false;
    /* One week of the month is a season already. */
    if (series->archetype->season.when == WHEN_MONTH_START ||
        series->archetype->season.when == WHEN_MONTH_END)
        return true;
    if (series->cadence == CADENCE_BIWEEKLY)
        return week % 2 == series->phase;
    if (series->cadence == CADENCE_MONTHLY)
        return (civil_to_date(day).day - 1) / 7 == series->phase;
    return true;
}

/* A new time on the same day, or on another of this week. */
static bool move(struct calendar *calendar, const struct series *series,
                 civil_day monday, unsigned days, int weekday,
                 struct event *event)
{
    int day = weekday;
    int minute;

    if (series->cadence != CADENCE_DAILY &&
        random_chance(&calendar->random, 50))
        day = grid_day(&calendar->grid, &calendar->random, days & 0x1F);
    if (day < 0)
        return false;
    minute = grid_place(&calendar->grid, &calendar->random,
                        series->archetype->hours, day, series->minutes, false);
    if (minute < 0 || (day == weekday && minute == series->minute))
        return false;
    event->start = (civil_minute)(monday + day) * MINUTES_A_DAY + minute;
    event->end = event->start + series->minutes;
    return true;
}

static void shorten(const struct series *series, struct event *event)
{
    int minutes = series->minutes >= 60   ? series->minutes / 2
                  : series->minutes >= 45 ? 30
                  : series->minutes >= 25 ? 15
                                          : 10;

    event->end = event->start + minutes;
}

static void rename_it(struct calendar *calendar, const struct series *series,
                      struct draft *draft, civil_day day)
{
    const struct templates *exceptions =
        &calendar->library->vocabulary.exceptions;
    struct fill *fill = &calendar->drafting.fill;

    fill_start(fill, series->archetype, NULL, day);
    fill->subject = series->event.subject;
    line_clear(&draft->subject);
    template_write(&exceptions->items[random_below(
                       &calendar->random, (uint32_t)exceptions->count)],
                   fill, &draft->subject);
    line_cut(&draft->subject);
    draft->event.subject = draft->subject.data;
}

/* Changes an occurrence in one of three ways; moving may find no place. */
static void change(struct calendar *calendar, const struct series *series,
                   civil_day monday, unsigned days, int weekday,
                   struct draft *draft)
{
    struct event *event = &draft->event;
    uint32_t kind = random_below(&calendar->random, 100);

    event->type = EVENT_EXCEPTION;
    if (kind >= 70 && event->attendee_count &&
        calendar->library->vocabulary.exceptions.count)
        rename_it(calendar, series, draft, monday + weekday);
    else if (kind >= 50 ||
             !move(calendar, series, monday, days, weekday, event))
        shorten(series, event);
}

/* A name that would bring a label of which there is enough is not taken. */
static bool change_fittingly(struct calendar *calendar,
                             const struct series *series, civil_day monday,
                             unsigned days, int weekday, struct draft *draft,
                             struct error *err)
{
    struct event *event = &draft->event;

    change(calendar, series, monday, days, weekday, draft);
    if (!calendar_ask(calendar, draft, err))
        return false;
    if (event->subject == series->event.subject ||
        mix_gain(&calendar->mix, &draft->verdict) >=
            mix_gain(&calendar->mix, &series->verdict))
        return true;
    event->subject = series->event.subject;
    shorten(series, event);
    return calendar_ask(calendar, draft, err);
}

static void book_event(struct calendar *calendar, civil_day monday,
                       const struct event *event)
{
    civil_minute minute = event->start - (civil_minute)monday * MINUTES_A_DAY;

    grid_book(&calendar->grid, (int)(minute / MINUTES_A_DAY),
              (int)(minute % MINUTES_A_DAY), (int)(event->end - event->start));
}

static bool is_changed(struct calendar *calendar)
{
    const struct attendee_balance *balance = &calendar->drafting.balance;
    bool plenty = 100 * balance->regular > REGULAR_PLENTY * balance->meetings;

    return random_chance(&calendar->random,
                         plenty ? EXCEPTION_PLENTY : EXCEPTION_PERCENT);
}

static bool add_instance(struct calendar *calendar, const struct series *series,
                         civil_day monday, unsigned days, int weekday,
                         struct error *err)
{
    struct draft *draft = calendar->drafts[0];
    struct event *event = &draft->event;
    bool changed = is_changed(calendar);
    int day;

    *event = series->event;
    event->type = EVENT_OCCURRENCE;
    event->start =
        (civil_minute)(monday + weekday) * MINUTES_A_DAY + series->minute;
    event->end = event->start + series->minutes;
    draft->verdict = series->verdict;
    if (changed &&
        !change_fittingly(calendar, series, monday, days, weekday, draft, err))
        return false;
    day = (int)(event->start / MINUTES_A_DAY - monday);
    if (calendar->now.away >> day & 1)
        event->show_as = show_away(event->show_as);
    /* The answer to a series was given once, long ago, or for this one. */
    response_time(&calendar->random, event);
    book_event(calendar, monday, event);
    balance_count(&calendar->drafting.balance, event, 1);
    mix_count(&calendar->mix, &draft->verdict, 1);
    return calendar_add(calendar, event, series->archetype, series, err);
}

bool series_week(struct calendar *calendar, civil_day monday, unsigned days,
                 struct error *err)
{
    struct {
        const struct series *series;
        int weekday;
    } due[7 * SERIES_MAX];
    size_t count = 0;

    for (size_t i = 0; i < calendar->series_count; i++)
        for (int day = 0; day < 7; day++) {
            const struct series *series = &calendar->series[i];
            if (!(days >> day & 1) || !takes_place(series, monday + day, day))
                continue;
            due[count].series = series;
            due[count++].weekday = day;
            /* All fixed slots are taken before any meeting moves. */
            grid_book(&calendar->grid, day, series->minute, series->minutes);
            calendar->grid.minutes[day] -= series->minutes;
        }
    for (size_t i = 0; i < count; i++)
        if (!add_instance(calendar, due[i].series, monday, days, due[i].weekday,
                          err))
            return false;
    return true;
}
