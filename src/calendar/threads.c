/* Telling threads: which stories are open, which of their steps are due, and
 * when a new one begins.  Steps compete with other one-off meetings for the
 * places of the week; the longer one waits, the more speaks for it. */
#include "threads.h"

#include <string.h>

enum {
    /* Parts of a hundred one-off meetings. */
    WANTED = 48,
    PLENTY = 53,
    OFFERS = 4,         /* for one place */
    TRIES_FOR_NEW = 10, /* to find something no thread is about */
    /* Days after a step should have been: then little else stands against it,
     * then the thread ends. */
    PATIENCE = 7,
    GIVEN_UP = 21,
    REST = 10, /* days until the same may happen to the same again */
    GAIN_DUE = 2500,
    GAIN_A_DAY = 1200,
    GAIN_LATE = 9000,
    GAIN_SCARCE = 500, /* for each part of a hundred that is missing */
    FIRST_OPEN = 16,
    TOLD_PART = 3 /* of its weight is left outside of threads */
};

/* ------------------------------------------------------------ plots */

static bool fits(const struct cast *cast, unsigned levels,
                 const struct archetype *archetype)
{
    if (!(levels >> cast->level & 1))
        return false;
    for (size_t i = 0; archetype && i < archetype->with_count; i++)
        if (archetype->with[i] == GROUP_REPORTS &&
            !cast->groups[GROUP_REPORTS].count)
            return false;
    return true;
}

/* The subjects of a step that this persona can have. */
static bool make_scene(struct arena *arena, const struct cast *cast,
                       const struct step *step, struct scene *scene,
                       struct error *err)
{
    const struct templates *subjects = &step->archetype.subjects;

    scene->step = step;
    scene->options.items =
        arena_zero(arena, subjects->count, sizeof *scene->options.items, err);
    if (!scene->options.items)
        return false;
    for (size_t i = 0; i < subjects->count; i++) {
        if (subjects->items[i].needs_report &&
            !cast->groups[GROUP_REPORTS].count)
            continue;
        scene->options.items[scene->options.count++] =
            (struct option){.archetype = &step->archetype,
                            .subject = &subjects->items[i],
                            .weight = 1};
    }
    return true;
}

/* Whether the cast has what the thread is about. */
static bool about_exists(const struct cast *cast, const struct thread *thread)
{
    for (size_t i = 0; i < thread->about_count; i++) {
        const struct about *about = &thread->about[i];
        if (about->kind == ABOUT_PERSON && about->which == ROLE_REPORT &&
            !cast->groups[GROUP_REPORTS].count)
            return false;
    }
    return true;
}

/* Leaves out steps that this persona cannot have; without its first step, or
 * with nothing after it, a thread is none. */
static bool make_plot(struct arena *arena, struct stories *stories,
                      const struct thread *thread, struct error *err)
{
    const struct cast *cast = stories->cast;
    struct plot *plot = &stories->plots[stories->plot_count];

    *plot = (struct plot){.thread = thread, .weight = (uint32_t)thread->weight};
    if (!fits(cast, thread->levels, NULL) || !about_exists(cast, thread))
        return true;
    plot->scenes = arena_zero(arena, thread->count, sizeof *plot->scenes, err);
    if (!plot->scenes)
        return false;
    for (size_t i = 0; i < thread->count; i++) {
        const struct step *step = &thread->steps[i];
        struct scene *scene = &plot->scenes[plot->count];
        if (fits(cast, step->archetype.levels, &step->archetype) &&
            !make_scene(arena, cast, step, scene, err))
            return false;
        plot->count += scene->options.count > 0;
        if (!plot->count)
            return true;
    }
    stories->plot_count += plot->count > 1;
    return true;
}

bool stories_make(struct arena *arena, struct calendar *calendar,
                  const struct own *own, struct error *err)
{
    struct stories *stories = arena_zero(arena, 1, sizeof *stories, err);
    size_t count = own->threads.count;

    if (!stories)
        return false;
    calendar->stories = stories;
    stories->cast = &calendar->cast;
    stories->lists = &calendar->lists;
    stories->random = &calendar->random;
    stories->plots = arena_zero(arena, count + 1, sizeof *stories->plots, err);
    stories->weights =
        arena_zero(arena, count + 1, sizeof *stories->weights, err);
    if (!stories->plots || !stories->weights)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!make_plot(arena, stories, &own->threads.items[i], err))
            return false;
    return true;
}

static bool tells(const struct stories *stories,
                  const struct archetype *archetype)
{
    for (size_t i = 0; i < stories->plot_count; i++)
        for (size_t k = 0; k < stories->plots[i].count; k++)
            if (stories->plots[i].scenes[k].step->like == archetype)
                return true;
    return false;
}

void stories_claim(const struct stories *stories, struct options *options)
{
    for (size_t i = 0; i < options->count; i++) {
        struct option *option = &options->items[i];
        option->told = tells(stories, option->archetype);
        if (option->told)
            option->base = option->base / TOLD_PART + 1;
    }
}

/* ------------------------------------------------------------- time */

/* Weekends do not count. */
static civil_day working_days_after(civil_day day, int days)
{
    int weekday = civil_weekday(day);

    if (weekday > 4) {
        day -= weekday - 4;
        weekday = 4;
    }
    day += days / 5 * 7;
    days %= 5;
    return day + days + (weekday + days > 4 ? 2 : 0);
}

static void set_window(struct telling *telling, civil_day day)
{
    const int *after = telling->plot->scenes[telling->scene].step->after;

    telling->opens = working_days_after(day, after[0]);
    telling->closes = working_days_after(day, after[1]);
}

/* The next step after `scene` that this thread has; the number of scenes when
 * that was the last. */
static size_t next_scene(const struct stories *stories, const struct plot *plot,
                         size_t scene)
{
    do
        scene++;
    while (scene < plot->count &&
           !random_chance(stories->random, plot->scenes[scene].step->chance));
    return scene;
}

/* ----------------------------------------------------- what it is about */

static size_t values_of(const struct stories *stories,
                        const struct about *about)
{
    const struct cast *cast = stories->cast;

    switch (about->kind) {
    case ABOUT_FIRM:
        return cast->firms[about->which].count;
    case ABOUT_WORD:
        return stories->lists->items[about->list].count;
    case ABOUT_PERSON:
        return about->which == ROLE_CANDIDATE
                   ? cast->groups[GROUP_CANDIDATE].count
               : about->which == ROLE_REPORT ? cast->groups[GROUP_REPORTS].count
                                             : 256;
    default:
        return 1;
    }
}

static bool same_kind(const struct stories *stories, const struct about *one,
                      const struct about *other)
{
    if (one->kind != other->kind)
        return false;
    if (one->kind == ABOUT_WORD)
        return stories->lists->same[one->list] ==
               stories->lists->same[other->list];
    return one->which == other->which;
}

/* What is about nothing, or about a time, is only like itself. */
static bool is_about(const struct thread *thread)
{
    return thread->about_count && thread->about[0].kind != ABOUT_DATE;
}

/* Two threads are about the same when the first thing that each is about is. */
static bool same_about(const struct stories *stories, const struct plot *plot,
                       uint32_t value, const struct telling *other)
{
    const struct thread *one = plot->thread;
    const struct thread *two = other->plot->thread;

    if (plot == other->plot && !is_about(one))
        return true;
    return is_about(one) && is_about(two) && value == other->values[0] &&
           same_kind(stories, &one->about[0], &two->about[0]);
}

static bool is_taken(const struct stories *stories, const struct plot *plot,
                     uint32_t value, civil_day day)
{
    for (size_t i = 0; i < OPEN_MAX; i++)
        if (stories->open[i].plot &&
            same_about(stories, plot, value, &stories->open[i]))
            return true;
    for (size_t i = 0; i < ENDED_MAX; i++)
        if (stories->ended[i].plot == plot && stories->ended[i].until > day &&
            stories->ended[i].value == value)
            return true;
    return false;
}

void telling_fill(const struct telling *telling, struct fill *fill)
{
    const struct thread *thread = telling->plot->thread;
    static const enum role kept[] = {ROLE_PEER, ROLE_EXECUTIVE, ROLE_CONTACT,
                                     ROLE_VENDOR_CONTACT};
    bool companies[FIRM_ROLES] = {false};

    fill->telling = telling;
    for (size_t i = 0; i < thread->about_count; i++) {
        const struct about *about = &thread->about[i];
        uint32_t value = telling->values[i];
        if (about->kind == ABOUT_FIRM) {
            fill_set_firm(fill, (enum firm_role)about->which, value);
            companies[about->which] = true;
        } else if (about->kind == ABOUT_WORD) {
            fill_word(fill, about->list, value);
        } else if (about->kind == ABOUT_DATE) {
            fill->period = telling->begun;
        }
    }
    /* Whoever comes of a company that the thread is not about may change. */
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if ((kept[i] != ROLE_CONTACT || companies[FIRM_CUSTOMER]) &&
            (kept[i] != ROLE_VENDOR_CONTACT || companies[FIRM_VENDOR]))
            fill_set_person(fill, kept[i], telling->people[kept[i]]);
    for (size_t i = 0; i < thread->about_count; i++)
        if (thread->about[i].kind == ABOUT_PERSON)
            fill_set_person(fill, (enum role)thread->about[i].which,
                            telling->values[i]);
}

/* --------------------------------------------------------- beginning */

/* Draws what the thread is about; false when all of it is taken. */
static bool cast_telling(struct stories *stories, struct telling *telling,
                         const struct plot *plot, civil_day day)
{
    const struct thread *thread = plot->thread;
    struct random *random = stories->random;
    int tries = 0;

    memset(telling, 0, sizeof *telling);
    telling->begun = telling->opens = telling->closes = day;
    do {
        for (size_t i = 0; i < thread->about_count; i++)
            telling->values[i] = random_below(
                random, (uint32_t)values_of(stories, &thread->about[i]));
        if (tries++ == TRIES_FOR_NEW)
            return false;
    } while (is_taken(stories, plot, telling->values[0], day));
    for (size_t i = 0; i < ROLES; i++)
        telling->people[i] = random_below(random, 256);
    telling->crowd = random_below(random, 256);
    telling->plot = plot;
    return true;
}

/* A thread that may begin on the day, in telling->plot; NULL for none. */
static void draw_telling(struct stories *stories, struct telling *telling,
                         civil_day day)
{
    uint32_t total = 0;
    size_t at;

    telling->plot = NULL;
    for (size_t i = 0; i < stories->plot_count; i++) {
        const struct plot *plot = &stories->plots[i];
        bool may = season_holds(&plot->thread->season, day) &&
                   archetype_allows(&plot->scenes[0].step->archetype, day);
        stories->weights[i] = may ? plot->weight : 0;
        total += stories->weights[i];
    }
    if (!total)
        return;
    at =
        random_weighted(stories->random, stories->weights, stories->plot_count);
    if (!cast_telling(stories, telling, &stories->plots[at], day))
        telling->plot = NULL;
}

static struct telling *free_place(struct stories *stories)
{
    for (size_t i = 0; i < OPEN_MAX; i++)
        if (!stories->open[i].plot)
            return &stories->open[i];
    return NULL;
}

void stories_begin(struct stories *stories, civil_day monday, int64_t singles)
{
    int64_t wanted = singles * WANTED / 100;

    for (int64_t i = 0; i < wanted && i < FIRST_OPEN; i++) {
        struct telling *telling = free_place(stories);
        civil_day day = monday - random_between(stories->random, 3, 9);
        draw_telling(stories, telling, day);
        if (!telling->plot)
            continue;
        telling->scene = 1 + random_below(stories->random,
                                          (uint32_t)telling->plot->count - 1);
        set_window(telling, day);
    }
}

/* ---------------------------------------------------------- offering */

static bool is_due(const struct telling *telling, civil_day day)
{
    return telling->plot && telling->opens <= day &&
           archetype_allows(
               &telling->plot->scenes[telling->scene].step->archetype, day);
}

static bool is_late(const struct telling *telling, civil_day day)
{
    return day > telling->closes + PATIENCE;
}

static void end(struct stories *stories, struct telling *telling, civil_day day)
{
    stories->ended[stories->ended_count++ % ENDED_MAX] =
        (struct ended){telling->plot, telling->values[0], day + REST};
    telling->plot = NULL;
}

/* How many of a hundred one-off meetings more should be of threads. */
static int64_t scarcity(const struct stories *stories)
{
    return (WANTED * (stories->singles + 1) - 100 * stories->told) /
           (stories->singles + 1);
}

void stories_place(struct stories *stories, civil_day day)
{
    stories->day = day;
    stories->offers = 0;
    stories->urgent = false;
    for (size_t i = 0; i < OPEN_MAX; i++) {
        struct telling *telling = &stories->open[i];
        telling->offered = false;
        if (telling->plot && day > telling->closes + GIVEN_UP)
            end(stories, telling, day);
        else if (is_due(telling, day) && is_late(telling, day))
            stories->urgent = true;
    }
    for (size_t i = 0; i < FRESH_MAX; i++)
        stories->fresh[i].plot = NULL;
}

uint64_t stories_customers(const struct stories *stories)
{
    uint64_t customers = 0;

    for (size_t i = 0; i < OPEN_MAX; i++) {
        const struct telling *telling = &stories->open[i];
        const struct about *about;
        if (!telling->plot || !telling->plot->thread->about_count)
            continue;
        about = &telling->plot->thread->about[0];
        if (about->kind == ABOUT_FIRM && about->which == FIRM_CUSTOMER &&
            telling->values[0] < 64)
            customers |= (uint64_t)1 << telling->values[0];
    }
    return customers;
}

/* The due step that waits longest; after it any, for the first may have a
 * label that nobody wants. */
static struct telling *next_due(struct stories *stories)
{
    bool any = stories->offers > 1;
    uint32_t from = any ? random_below(stories->random, OPEN_MAX) : 0;
    struct telling *best = NULL;

    for (uint32_t i = 0; i < OPEN_MAX && !(any && best); i++) {
        struct telling *telling = &stories->open[(from + i) % OPEN_MAX];
        if (is_due(telling, stories->day) && !telling->offered &&
            (!best || telling->closes < best->closes))
            best = telling;
    }
    return best;
}

static struct telling *next_fresh(struct stories *stories)
{
    for (size_t i = 0; i < FRESH_MAX; i++)
        if (!stories->fresh[i].plot) {
            draw_telling(stories, &stories->fresh[i], stories->day);
            return stories->fresh[i].plot ? &stories->fresh[i] : NULL;
        }
    return NULL;
}

struct telling *stories_offer(struct stories *stories, struct option **option)
{
    struct telling *telling = NULL;
    const struct options *options;

    if (!stories->plot_count || stories->offers >= OFFERS)
        return NULL;
    stories->offers++;
    if (stories->urgent || scarcity(stories) > WANTED - PLENTY)
        telling = next_due(stories);
    if (!telling && !stories->urgent && scarcity(stories) > 0)
        telling = next_fresh(stories);
    if (!telling)
        return NULL;
    telling->offered = true;
    options = &telling->plot->scenes[telling->scene].options;
    *option =
        &options
             ->items[random_below(stories->random, (uint32_t)options->count)];
    return telling;
}

int64_t stories_gain(const struct stories *stories, const struct draft *draft)
{
    const struct telling *telling = draft->telling;
    int64_t missing = scarcity(stories);

    if (!telling)
        return 0;
    missing = missing > 0 ? missing * GAIN_SCARCE : 0;
    if (!telling->scene)
        return missing;
    return missing + GAIN_DUE + GAIN_A_DAY * (stories->day - telling->opens) +
           (is_late(telling, stories->day) ? GAIN_LATE : 0);
}

/* ------------------------------------------------------------- taken */

bool stories_hinder(const struct draft *draft, civil_minute start)
{
    return draft->telling && draft->telling->scene &&
           start < draft->telling->told;
}

void stories_count(struct stories *stories, const struct draft *draft)
{
    struct telling *telling = draft->telling;
    civil_day day = (civil_day)(draft->event.start / MINUTES_A_DAY);

    stories->singles++;
    if (!telling)
        return;
    stories->told++;
    /* What may begin now does. */
    if (!telling->scene) {
        struct telling *place = free_place(stories);
        if (!place)
            return;
        *place = *telling;
        telling = place;
    }
    telling->told = draft->event.end;
    telling->scene = next_scene(stories, telling->plot, telling->scene);
    if (telling->scene < telling->plot->count)
        set_window(telling, day);
    else
        end(stories, telling, day);
}
