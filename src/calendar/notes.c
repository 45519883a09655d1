/* What stands behind the meetings that the calendar gave, for who writes other
 * texts for them: kinds of work, series, and who the people are. */
#include "threads.h"

#include "datebook/list.h"

#include <string.h>

/* What is made from the words of a rule is of no kind of its own: who comes
 * says what it is. */
static const char *kind_of(const struct calendar *calendar,
                           const struct archetype *archetype)
{
    const struct archetype_set *set =
        library_set(calendar->library, "patterns");
    const char *kind = "internal_meeting";

    if (!set || archetype < set->archetypes.items ||
        archetype >= set->archetypes.items + set->archetypes.count)
        return archetype->name;
    for (size_t i = 0; i < archetype->with_count; i++) {
        if (archetype->with[i] == GROUP_CUSTOMER)
            return "customer_meeting";
        if (archetype->with[i] == GROUP_EXECUTIVES)
            kind = "leadership_meeting";
    }
    return kind;
}

static const char *repeats(const struct series *series)
{
    enum when when = series->archetype->season.when;

    if (when == WHEN_MONTH_START || when == WHEN_MONTH_END)
        return "every month";
    switch (series->cadence) {
    case CADENCE_DAILY:
        return "every weekday";
    case CADENCE_BIWEEKLY:
        return "every other week";
    case CADENCE_MONTHLY:
        return "every month";
    default:
        return "every week";
    }
}

struct calendar_note calendar_note(const struct calendar *calendar,
                                   const struct event *event)
{
    struct calendar_note note = {NULL, NULL, NULL};

    for (size_t i = 0; i < calendar->event_count; i++) {
        const struct origin *origin = &calendar->origins[i];
        if (origin->id != event->id)
            continue;
        note.kind = kind_of(calendar, origin->archetype);
        if (origin->series) {
            note.repeats = repeats(origin->series);
            note.series_subject = origin->series->event.subject;
        }
        break;
    }
    return note;
}

/* ------------------------------------------------------------- people */

static const struct person *find(const struct people *people,
                                 const char *address)
{
    for (size_t i = 0; i < people->count; i++)
        if (!strcmp(people->items[i].address, address))
            return &people->items[i];
    return NULL;
}

static const struct person *
find_outside(const struct cast *cast, const char *address, const char **company)
{
    static const enum firm_role roles[] = {FIRM_CUSTOMER, FIRM_VENDOR};
    const struct person *person = find(&cast->groups[GROUP_CANDIDATE], address);

    if (person)
        *company = "candidate";
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const struct firms *firms = &cast->firms[roles[i]];
        for (size_t k = 0; !person && k < firms->count; k++) {
            person = find(&firms->items[k].people, address);
            *company = person ? firms->items[k].name : NULL;
        }
    }
    return person;
}

bool calendar_person(const struct calendar *calendar, const char *address,
                     struct calendar_person *person)
{
    const struct cast *cast = &calendar->cast;
    const struct person *found = &cast->self;
    const char *company = NULL;

    if (strcmp(cast->self.address, address) != 0)
        found = find(&cast->company.people, address);
    if (!found)
        found = find_outside(cast, address, &company);
    if (!found)
        return false;
    *person = (struct calendar_person){.name = found->name,
                                       .title = found->title,
                                       .company = company,
                                       .self = found == &cast->self};
    return true;
}

struct calendar_home calendar_home(const struct calendar *calendar)
{
    const struct cast *cast = &calendar->cast;

    return (struct calendar_home){.name = cast->self.name,
                                  .address = cast->self.address,
                                  .company = cast->company.name,
                                  .domain = cast->company.domain};
}
