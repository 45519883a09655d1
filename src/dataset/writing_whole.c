/* A model names people and companies; addresses, answers and the persona
 * itself come from here. */
#include "writing_whole.h"

#include "datebook/slug.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { SLUG_SIZE = 64, LISTED_PERCENT = 70 };

bool whole_times(const struct written *written, struct event *event,
                 struct error *err)
{
    civil_day day;

    if (!written->date || !civil_parse_date(written->date, &day))
        return error_set(err, ERROR_DATABASE,
                         "brief %lld: what was written has no date",
                         (long long)written->brief);
    event->start = (civil_minute)day * MINUTES_A_DAY + written->start;
    event->end = event->start + written->minutes;
    return true;
}

/* The people of one meeting. */
struct guests {
    struct arena *arena;
    const struct writing_home *home;
    struct event *event;
    struct error *err;
};

/* A name as part of an address; of one without any plain letter, its hash. */
static void slug_of(const char *name, char joint, char slug[SLUG_SIZE])
{
    unsigned char digest[HASH_SIZE];
    struct hash hash;

    slug_make(name, joint, slug, SLUG_SIZE);
    if (*slug)
        return;
    hash_start(&hash);
    hash_text(&hash, name);
    hash_end(&hash, digest);
    snprintf(slug, SLUG_SIZE, "n%02x%02x%02x%02x", digest[0], digest[1],
             digest[2], digest[3]);
}

static bool is_own_company(const struct guests *guests, const char *company)
{
    return !company || !*company ||
           !strcasecmp(company, guests->home->at.company);
}

static struct attendee *find_address(const struct guests *guests,
                                     const char *address)
{
    for (size_t i = 0; i < guests->event->attendee_count; i++)
        if (!strcmp(guests->event->attendees[i].address, address))
            return &guests->event->attendees[i];
    return NULL;
}

/* The address of a name at a company: numbered where somebody else has it. */
static const char *address_of(struct guests *guests, const char *name,
                              const char *company)
{
    const char *domain = guests->home->at.domain;
    char local[SLUG_SIZE];
    char firm[SLUG_SIZE];
    const char *address;
    const struct attendee *other;
    int number = 1;

    slug_of(name, '.', local);
    if (!is_own_company(guests, company)) {
        slug_of(company, '-', firm);
        domain = arena_format(guests->arena, guests->err, "%s.example", firm);
        if (!domain)
            return NULL;
    }
    address = arena_format(guests->arena, guests->err, "%s@%s", local, domain);
    while (address && (((other = find_address(guests, address)) &&
                        strcmp(other->name, name) != 0) ||
                       !strcmp(address, guests->home->at.address)))
        address = arena_format(guests->arena, guests->err, "%s%d@%s", local,
                               ++number, domain);
    return address;
}

static bool is_self(const struct guests *guests, const char *name)
{
    return !strcasecmp(name, guests->home->at.name) || !strcasecmp(name, "you");
}

static void add_attendee(struct guests *guests, enum attendee_type type,
                         const char *name, const char *address)
{
    struct event *event = guests->event;

    if (find_address(guests, address))
        return;
    event->attendees[event->attendee_count++] =
        (struct attendee){.type = type,
                          .response = RESPONSE_NONE,
                          .responded_at = NO_TIME,
                          .name = name,
                          .address = address};
}

static bool add_people(struct guests *guests, const struct written *written)
{
    struct event *event = guests->event;

    event->attendee_count = 0;
    event->attendees = arena_zero(guests->arena, written->people_count + 2,
                                  sizeof *event->attendees, guests->err);
    if (!event->attendees)
        return false;
    for (size_t i = 0; i < written->people_count; i++) {
        const struct written_person *person = &written->people[i];
        const char *address;
        if (is_self(guests, person->name))
            continue;
        address = address_of(guests, person->name, person->company);
        if (!address)
            return false;
        add_attendee(guests,
                     person->optional ? ATTENDEE_OPTIONAL : ATTENDEE_REQUIRED,
                     person->name, address);
    }
    return true;
}

/* The persona, one of those who come, or a colleague who does not. */
static bool choose_organizer(struct guests *guests,
                             const struct written *written)
{
    struct event *event = guests->event;
    const char *name = written->organizer;

    event->organizer_name = guests->home->at.name;
    event->organizer_address = guests->home->at.address;
    if (written->own || !name || !*name || is_self(guests, name))
        return true;
    event->organizer_name = name;
    for (size_t i = 0; i < event->attendee_count; i++)
        if (!strcasecmp(event->attendees[i].name, name)) {
            event->attendees[i].type = ATTENDEE_REQUIRED;
            event->organizer_address = event->attendees[i].address;
            return true;
        }
    event->organizer_address = address_of(guests, name, NULL);
    return event->organizer_address != NULL;
}

bool whole_people(struct arena *arena, const struct writing_job *job,
                  const struct writing_home *home,
                  const struct written *written, int64_t ordinal,
                  struct event *event, struct error *err)
{
    struct guests guests = {arena, home, event, err};
    struct random random;
    char number[24];
    bool own;

    snprintf(number, sizeof number, "%lld", (long long)ordinal);
    random_start(&random, job->wish.generate.seed, "whole meeting", home->id,
                 event->id, number, NULL);
    if (!add_people(&guests, written) || !choose_organizer(&guests, written))
        return false;
    own = event->organizer_address == home->at.address;
    /* Nobody is invited to time alone; of those who invite, most are listed. */
    if (!own ||
        (event->attendee_count && random_chance(&random, LISTED_PERCENT)))
        add_attendee(&guests, ATTENDEE_REQUIRED, home->at.name,
                     home->at.address);
    calendar_respond(&random, event, home->at.address, true);
    return true;
}
