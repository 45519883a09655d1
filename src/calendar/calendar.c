/* Week by week: first what stands, then one-off meetings until the week is
 * full.  With a judge, several drafts compete for each place and the one that
 * brings the mix of labels nearest to what is wanted is taken. */
#include "threads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WEEK_EVENTS = 400,
    LEAST_MINUTES = 60,
    MOST_MINUTES = 50 * 60,
    RECENT_BITS = 12,
    RECENT = 1 << RECENT_BITS,
    TRIES = 20,
    TRIES_FOR_PREP = 6,
    TRIES_FOR_NEW = 10,
    LESSONS = 2,
    OVERLAP_PERCENT = 7,
    /* Of the week: what is left to a one-off meeting beside the series. */
    MINUTES_A_SINGLE = 60
};

static const civil_day LAST_DAY = 2932896; /* 9999-12-31 */

/* What serves a draft beside its verdict, in the unit of mix_gain. */
enum { GAIN_NEW_SUBJECT = 3000 };

bool calendar_ask(struct calendar *calendar, struct draft *draft,
                  struct error *err)
{
    draft->verdict = (struct calendar_verdict){1, 0};
    if (!calendar->options.judge)
        return true;
    if (!calendar->options.judge(calendar->options.judge_context, &draft->event,
                                 &draft->verdict, err))
        return false;
    if (draft->verdict.importance < 0 || draft->verdict.importance > 3)
        return error_set(err, ERROR_BUG, "a judge gave the importance %d",
                         draft->verdict.importance);
    return true;
}

bool calendar_new_subject(struct calendar *calendar, const char *subject,
                          bool remember)
{
    uint64_t hash = text_hash(subject);
    uint64_t *place;
    bool is_new;

    place = &calendar->subjects[hash >> (64 - RECENT_BITS)];
    is_new = *place != hash;
    if (remember)
        *place = hash;
    return is_new;
}

/* ------------------------------------------------------------ starting */

static int weekly_minutes(const struct persona *persona)
{
    int middle =
        (persona->weekly_minutes_low + persona->weekly_minutes_high) / 2;

    if (middle <= 0)
        return PERSONA_USUAL_MINUTES;
    return middle < LEAST_MINUTES  ? LEAST_MINUTES
           : middle > MOST_MINUTES ? MOST_MINUTES
                                   : middle;
}

/* Shows the judge some drafts of each option, so that the first week knows
 * already what each is likely to be. */
static bool learn(struct calendar *calendar, struct error *err)
{
    struct draft *draft = calendar->drafts[0];

    for (int lesson = 0; lesson < LESSONS && calendar->options.judge; lesson++)
        for (size_t i = 0; i < calendar->singles.count; i++) {
            struct option *option = &calendar->singles.items[i];
            draft_make(&calendar->drafting, draft, option,
                       calendar->options.start);
            if (!calendar_ask(calendar, draft, err))
                return false;
            option->seen[mix_cell(&draft->verdict)]++;
            option->total++;
        }
    return true;
}

static bool take_buffers(struct arena *arena, struct calendar *calendar,
                         struct error *err)
{
    for (int i = 0; i < 2; i++) {
        calendar->drafts[i] =
            arena_zero(arena, 1, sizeof *calendar->drafts[i], err);
        if (!calendar->drafts[i])
            return false;
    }
    calendar->subjects =
        arena_zero(arena, RECENT, sizeof *calendar->subjects, err);
    calendar->events =
        arena_zero(arena, WEEK_EVENTS, sizeof *calendar->events, err);
    calendar->origins =
        arena_zero(arena, WEEK_EVENTS, sizeof *calendar->origins, err);
    return calendar->subjects && calendar->events && calendar->origins;
}

static bool prepare(struct arena *arena, struct calendar *calendar,
                    const struct persona *persona, struct error *err)
{
    const struct calendar_library *library = calendar->library;
    uint64_t seed = calendar->options.seed;
    const struct word_list *city;
    struct own own;

    const char *source = arena_format(arena, err, "persona %s", persona->id);

    if (!source || !own_read(arena, persona, library, source, &own, err) ||
        !cast_make(arena, persona, &library->vocabulary, &own.scope, seed,
                   &calendar->cast, err) ||
        !lists_make(arena, persona, library, &own.scope, own.list_count, seed,
                    &calendar->lists, err) ||
        !options_make(arena, persona, library, &own.archetypes,
                      calendar->cast.level, &calendar->standing,
                      &calendar->singles, err))
        return false;
    if (!calendar->singles.count)
        return error_set(err, ERROR_INPUT,
                         "persona %s: its archetypes leave no one-off meeting",
                         persona->id);
    if (!take_buffers(arena, calendar, err) ||
        !fill_make(arena, &calendar->drafting.fill, &calendar->cast,
                   &calendar->lists, &calendar->random, err) ||
        !wheel_make(arena, &calendar->wheel, &calendar->singles, err) ||
        !stories_make(arena, calendar, &own, err) ||
        !(calendar->pace = pace_make(arena, persona, library, seed, err)))
        return false;
    stories_claim(calendar->stories, &calendar->singles);
    city = scope_find(&own.scope, "city");
    calendar->drafting.city_list = city ? city->id : own.list_count;
    random_start(&calendar->random, seed, "series", persona->id, NULL);
    grid_clear(&calendar->grid);
    return series_make(arena, calendar, &calendar->standing, err);
}

struct calendar *calendar_start(struct arena *arena,
                                const struct persona *persona,
                                const struct calendar_library *library,
                                const struct calendar_options *options,
                                struct error *err)
{
    struct calendar *calendar = arena_zero(arena, 1, sizeof *calendar, err);
    char batch[24];

    if (!calendar)
        return NULL;
    calendar->library = library;
    calendar->options = *options;
    calendar->mix.wanted = options->mix ? options->mix : &calendar_usual_mix;
    calendar->weekly_minutes = weekly_minutes(persona);
    calendar->monday = options->start - civil_weekday(options->start);
    calendar->drafting.vocabulary = &library->vocabulary;
    calendar->drafting.time_zone = options->time_zone;
    ident_start(&calendar->ident, options->seed, persona->id);
    if (!prepare(arena, calendar, persona, err))
        return NULL;
    snprintf(batch, sizeof batch, "%llu", (unsigned long long)options->batch);
    random_start(&calendar->random, options->seed, "weeks", persona->id, batch,
                 NULL);
    stories_begin(calendar->stories, calendar->monday,
                  calendar->weekly_minutes / MINUTES_A_SINGLE);
    return learn(calendar, err) ? calendar : NULL;
}

void calendar_end(struct calendar *calendar)
{
    if (calendar)
        arena_free(&calendar->week);
}

/* ---------------------------------------------------------- the events */

static bool give_ids(struct calendar *calendar, struct event *event,
                     const struct series *series, struct error *err)
{
    struct arena *arena = &calendar->week;
    char *texts = arena_alloc(arena, ID_SIZE + LINK_SIZE + ETAG_SIZE, err);
    char *link;
    char *etag;

    if (!texts)
        return false;
    link = texts + ID_SIZE;
    etag = link + LINK_SIZE;
    ident_make(&calendar->ident, "meeting", calendar->options.batch,
               calendar->ordinal++, series ? ID_SIZE - 1 : MASTER_SIZE - 1,
               texts);
    ident_link(texts, link);
    event->id = texts;
    event->web_link = link;
    if (series)
        return true;
    ident_etag(&calendar->ident, texts, etag);
    event->etag = etag;
    return true;
}

bool calendar_add(struct calendar *calendar, const struct event *event,
                  const struct archetype *archetype,
                  const struct series *series, struct error *err)
{
    struct arena *arena = &calendar->week;
    struct event *kept = &calendar->events[calendar->event_count];

    if (calendar->event_count >= WEEK_EVENTS)
        return true;
    *kept = *event;
    if (!series || event->subject != series->event.subject)
        kept->subject = arena_text(arena, event->subject, err);
    if (!series) {
        size_t size = event->attendee_count * sizeof *event->attendees;
        kept->preview = arena_text(arena, event->preview, err);
        kept->attendees = arena_alloc(arena, size, err);
        if (!kept->attendees)
            return false;
        if (size)
            memcpy(kept->attendees, event->attendees, size);
    }
    if (!kept->subject || !kept->preview ||
        !give_ids(calendar, kept, series, err))
        return false;
    calendar->origins[calendar->event_count++] =
        (struct origin){kept->id, archetype, series};
    return true;
}

/* One more draft for the day; its worth in *gain. */
static bool next_draft(struct calendar *calendar, struct draft *draft,
                       civil_day day, int wanted, int64_t *gain,
                       struct error *err)
{
    struct option *option;
    struct telling *telling = stories_offer(calendar->stories, &option);

    if (!telling)
        option = &calendar->singles.items[wheel_draw(&calendar->wheel, wanted,
                                                     &calendar->random)];
    if (!archetype_allows(option->archetype, day)) {
        *gain = INT64_MIN;
        return true;
    }
    draft_tell(&calendar->drafting, draft, telling, option, day);
    if (!calendar_ask(calendar, draft, err))
        return false;
    if (calendar->options.judge) {
        option->seen[mix_cell(&draft->verdict)]++;
        option->total++;
    }
    *gain = mix_gain(&calendar->mix, &draft->verdict) +
            stories_gain(calendar->stories, draft) +
            draft_away_gain(&calendar->drafting, draft);
    if (calendar_new_subject(calendar, draft->event.subject, false))
        *gain += GAIN_NEW_SUBJECT;
    return true;
}

/* Good enough to stop looking. */
static bool serves(const struct calendar *calendar, struct draft *draft,
                   int wanted, int tries)
{
    int cell = mix_cell(&draft->verdict);

    if (!calendar->options.judge)
        wanted = cell;
    return (cell == wanted &&
            mix_fits_minutes(&calendar->mix, &draft->verdict)) ||
           (tries > TRIES_FOR_PREP && cell / 2 == wanted / 2);
}

/* The best of up to TRIES drafts; NULL in *best when no archetype allows the
 * day. */
static bool best_draft(struct calendar *calendar, civil_day day,
                       struct draft **best, struct error *err)
{
    struct draft *draft = calendar->drafts[0];
    int wanted = wheel_cell(&calendar->wheel, &calendar->mix);
    int64_t enough = mix_most(&calendar->mix) + GAIN_NEW_SUBJECT;
    int64_t best_gain = INT64_MIN;

    *best = NULL;
    /* A step of a thread may be worth more than any meeting of its own. */
    for (int tries = 0; tries < TRIES && best_gain < enough; tries++) {
        struct draft *made = draft;
        int64_t gain;
        if (!next_draft(calendar, made, day, wanted, &gain, err))
            return false;
        if (gain > best_gain) {
            best_gain = gain;
            *best = made;
            draft = calendar->drafts[made == calendar->drafts[0]];
        }
        /* What is better than a draft that serves needs no more of them. */
        if (gain > INT64_MIN && serves(calendar, made, wanted, tries) &&
            (tries > TRIES_FOR_NEW ||
             calendar_new_subject(calendar, made->event.subject, false)))
            break;
    }
    return true;
}

/* A free minute of the day for the draft, -1 for none.  What is made of a rule
 * has the hours of every meeting, so its words are asked. */
static int place(struct calendar *calendar, const struct draft *draft,
                 int weekday, bool overlap)
{
    const int *hours = draft->option->archetype->hours;
    int named[2];

    if (draft->option->phrases && named_hours(draft->event.subject, named))
        hours = named;
    return grid_place(&calendar->grid, &calendar->random, hours, weekday,
                      draft->minutes, overlap);
}

/* Fills a place on the day.  *minutes is 0 when the day has no room. */
static bool add_single(struct calendar *calendar, civil_day monday, int weekday,
                       int *minutes, struct error *err)
{
    bool overlap = random_chance(&calendar->random, OVERLAP_PERCENT);
    struct draft *draft;
    int minute;

    *minutes = 0;
    stories_place(calendar->stories, monday + weekday);
    calendar->drafting.customers = stories_customers(calendar->stories);
    calendar->drafting.away = calendar->now.away >> weekday & 1;
    if (!best_draft(calendar, monday + weekday, &draft, err))
        return false;
    if (!draft)
        return true;
    minute = place(calendar, draft, weekday, overlap);
    draft->event.start =
        (civil_minute)(monday + weekday) * MINUTES_A_DAY + minute;
    if (minute < 0 || stories_hinder(draft, draft->event.start))
        return true;
    draft->event.end = draft->event.start + draft->minutes;
    draft_respond(&calendar->drafting, draft);
    grid_book(&calendar->grid, weekday, minute, draft->minutes);
    mix_count(&calendar->mix, &draft->verdict, 1);
    balance_count(&calendar->drafting.balance, &draft->event, 1);
    calendar_new_subject(calendar, draft->event.subject, true);
    stories_count(calendar->stories, draft);
    draft_kept(&calendar->drafting, draft);
    *minutes = draft->minutes;
    return calendar_add(calendar, &draft->event, draft->option->archetype, NULL,
                        err);
}

static int booked(const struct calendar *calendar)
{
    int minutes = 0;

    for (int day = 0; day < 7; day++)
        minutes += calendar->grid.minutes[day];
    return minutes;
}

/* Working days of the week from `first` on, a bit each. */
static unsigned days_from(civil_day monday, civil_day first)
{
    unsigned days = 0;

    for (int day = 0; day < 5; day++)
        if (monday + day >= first && monday + day <= LAST_DAY)
            days |= 1u << day;
    return days;
}

static bool add_singles(struct calendar *calendar, civil_day monday,
                        unsigned days, struct error *err)
{
    int whole = calendar->weekly_minutes *
                random_between(&calendar->random, 92, 108) / 100;
    int wanted =
        whole * calendar->now.percent / 100 * __builtin_popcount(days) / 5;
    unsigned open = days;
    int failures = 0;

    /* Stops where one more meeting would lead further away than it came. */
    while (open && booked(calendar) + 15 < wanted) {
        int day = grid_day(&calendar->grid, &calendar->random, open);
        int minutes;
        if (!add_single(calendar, monday, day, &minutes, err))
            return false;
        if (!minutes && ++failures > 6) {
            open &= ~(1u << day);
            failures = 0;
        }
    }
    return true;
}

static int by_start(const void *one, const void *other)
{
    const struct event *a = one;
    const struct event *b = other;

    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    /* Ids differ, and the same ones come in the same order everywhere. */
    return strcmp(a->id, b->id);
}

static bool make_week(struct calendar *calendar, civil_day monday,
                      unsigned days, struct error *err)
{
    calendar->now = pace_of(calendar->pace, monday, days);
    calendar->drafting.city = calendar->now.city;
    days = calendar->now.days;
    calendar->event_count = 0;
    arena_reset(&calendar->week);
    grid_clear(&calendar->grid);
    options_season(&calendar->singles, monday, days);
    wheel_learn(&calendar->wheel, &calendar->singles,
                calendar->options.judge != NULL);
    return series_week(calendar, monday, days, err) &&
           add_singles(calendar, monday, days, err);
}

bool calendar_week(struct calendar *calendar, const struct event **events,
                   size_t *count, struct error *err)
{
    do {
        civil_day monday = calendar->monday;
        unsigned days = days_from(monday, calendar->options.start);
        if (monday > LAST_DAY)
            return error_set(err, ERROR_INPUT,
                             "the calendar would go past the year 9999");
        calendar->monday += 7;
        if (!make_week(calendar, monday, days, err))
            return false;
    } while (!calendar->event_count);
    qsort(calendar->events, calendar->event_count, sizeof *calendar->events,
          by_start);
    *events = calendar->events;
    *count = calendar->event_count;
    return true;
}
