/* What the rules see of a meeting, taken from an event or from a document by
 * the same code, so that both give the same facts. */
#include "datebook/graph.h"

#include "src/graph/names.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

/* Where a person stands in the list, and the hash that led there. */
struct slot {
    uint32_t hash;
    uint32_t place; /* plus one; 0 is free */
};

/* The people of a meeting, each once, and a hash table of them: big meetings
 * have hundreds. */
struct people {
    const struct attendee **list;
    size_t count;
    struct slot *slots;
    size_t mask; /* number of slots, a power of two, minus one */
};

static bool given(const char *text)
{
    return text && *text;
}

/* The same address in any case; without addresses, the same name. */
static bool same_person(const struct attendee *one,
                        const struct attendee *other)
{
    if (given(one->address) && given(other->address))
        return !strcasecmp(one->address, other->address);
    return !given(one->address) && !given(other->address) &&
           !strcmp(one->name, other->name);
}

/* Of what same_person compares, eight bytes at a time.  Setting the bit that
 * tells letters of both cases apart also makes some other bytes the same, which
 * does no harm to a hash. */
static uint32_t person_hash(const struct attendee *person)
{
    const uint64_t case_bits = UINT64_C(0x2020202020202020);
    const char *text = given(person->address) ? person->address : person->name;
    uint64_t hash = 0;

    for (size_t left = strlen(text); left;) {
        size_t size = left < 8 ? left : 8;
        uint64_t bytes = 0;
        memcpy(&bytes, text, size);
        hash = (hash ^ (bytes | case_bits)) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
        text += size;
        left -= size;
    }
    return (uint32_t)hash;
}

static bool start_people(struct people *people, struct arena *arena,
                         size_t most, struct error *err)
{
    size_t slots = 8;

    while (slots < 2 * most)
        slots *= 2;
    people->count = 0;
    people->mask = slots - 1;
    people->list = arena_alloc(arena, most * sizeof(*people->list), err);
    people->slots = people->list
                        ? arena_zero(arena, slots, sizeof *people->slots, err)
                        : NULL;
    return people->slots != NULL;
}

/* Adds somebody who has a name or an address and is not there yet. */
static void add_person(struct people *people, const struct attendee *person)
{
    uint32_t hash;
    struct slot *slot;

    if (person->type == ATTENDEE_RESOURCE ||
        (!given(person->address) && !given(person->name)))
        return;
    hash = person_hash(person);
    for (size_t at = hash & people->mask;; at = (at + 1) & people->mask) {
        slot = &people->slots[at];
        if (!slot->place)
            break;
        if (slot->hash == hash &&
            same_person(people->list[slot->place - 1], person))
            return;
    }
    people->list[people->count++] = person;
    *slot = (struct slot){hash, (uint32_t)people->count};
}

/* The part after the "@"; NULL for an X.500 address, which has none. */
static const char *domain_of(const struct attendee *person)
{
    const char *at =
        given(person->address) ? strrchr(person->address, '@') : NULL;

    return at && at[1] ? at + 1 : NULL;
}

static bool of_several_domains(const struct people *people)
{
    const char *first = NULL;

    for (size_t i = 0; i < people->count; i++) {
        const char *domain = domain_of(people->list[i]);
        if (domain && !first)
            first = domain;
        if (domain && strcasecmp(domain, first) != 0)
            return true;
    }
    return false;
}

/* Copies a name; a line break inside it is a space.  Returns its end. */
static char *copy_name(char *at, const char *name)
{
    size_t length = strlen(name);

    memcpy(at, name, length + 1);
    for (char *c = at; (c = strpbrk(c, "\r\n")); c++)
        *c = ' ';
    return at + length;
}

/* The names of people, a line each. */
static const char *name_lines(struct arena *arena, const struct people *people,
                              struct error *err)
{
    size_t length = 0;
    char *lines;
    char *at;

    for (size_t i = 0; i < people->count; i++)
        if (given(people->list[i]->name))
            length += strlen(people->list[i]->name) + 1;
    lines = arena_alloc(arena, length + 1, err);
    if (!lines)
        return NULL;
    at = lines;
    for (size_t i = 0; i < people->count; i++) {
        const char *name = people->list[i]->name;
        if (!given(name))
            continue;
        at = copy_name(at, name);
        *at++ = '\n';
    }
    *at = '\0';
    return lines;
}

static void count_types(const struct attendee *attendees, size_t count,
                        struct meeting_facts *facts)
{
    facts->required = 0;
    facts->optional = 0;
    facts->resources = 0;
    for (size_t i = 0; i < count; i++)
        switch (attendees[i].type) {
        case ATTENDEE_REQUIRED:
            facts->required++;
            break;
        case ATTENDEE_OPTIONAL:
            facts->optional++;
            break;
        case ATTENDEE_RESOURCE:
            facts->resources++;
            break;
        }
}

static bool people_facts(struct arena *arena, const struct attendee *attendees,
                         size_t count, const struct attendee *organizer,
                         struct meeting_facts *facts, struct error *err)
{
    struct people people;

    if (!start_people(&people, arena, count + 1, err))
        return false;
    for (size_t i = 0; i < count; i++)
        add_person(&people, &attendees[i]);
    add_person(&people, organizer);
    count_types(attendees, count, facts);
    facts->attendees = (int)people.count;
    facts->overlaps = false; /* no document knows its neighbours */
    facts->external = of_several_domains(&people);
    facts->people = name_lines(arena, &people, err);
    return facts->people != NULL;
}

static const char *text_or_empty(const char *text)
{
    return text ? text : "";
}

static int minutes_between(civil_minute start, civil_minute end)
{
    if (end <= start)
        return 0;
    return end - start > INT_MAX ? INT_MAX : (int)(end - start);
}

bool graph_facts(struct arena *arena, const struct event *event,
                 struct meeting_facts *facts, struct error *err)
{
    struct attendee organizer = {.type = ATTENDEE_REQUIRED,
                                 .name = text_or_empty(event->organizer_name),
                                 .address = event->organizer_address};

    facts->subject = text_or_empty(event->subject);
    facts->preview = text_or_empty(event->preview);
    facts->recurring = event->type != EVENT_SINGLE;
    facts->organizer = event->response == RESPONSE_ORGANIZER;
    facts->type = event->type;
    facts->start = event->start;
    facts->minutes = minutes_between(event->start, event->end);
    return people_facts(arena, event->attendees, event->attendee_count,
                        &organizer, facts, err);
}

/* Name and address of {"emailAddress": {...}}, "" for what is missing. */
static void read_address(const cJSON *holder, struct attendee *person)
{
    const cJSON *address = json_member(holder, "emailAddress");

    person->name = text_or_empty(json_member_text(address, "name"));
    person->address = text_or_empty(json_member_text(address, "address"));
}

/* The entries of an attendee list that are objects. */
static bool read_attendees(struct arena *arena, const cJSON *list,
                           struct attendee **attendees, size_t *count,
                           struct error *err)
{
    const cJSON *item;

    *count = 0;
    if (!cJSON_IsArray(list))
        list = NULL;
    *attendees = arena_zero(arena, (size_t)cJSON_GetArraySize(list),
                            sizeof **attendees, err);
    if (!*attendees)
        return false;
    cJSON_ArrayForEach (item, list) {
        struct attendee *attendee = &(*attendees)[*count];
        if (!cJSON_IsObject(item))
            continue;
        attendee->type = attendee_type_of(json_member_text(item, "type"));
        read_address(item, attendee);
        (*count)++;
    }
    return true;
}

/* A member of start or end.  Delta answers spell them "DateTime" and
 * "TimeZone". */
static const char *time_text(const cJSON *time, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItem(time, name));
}

static bool read_time(const cJSON *document, const char *name,
                      civil_minute *minute, const char **zone,
                      struct error *err)
{
    const cJSON *time = json_member(document, name);
    const char *text = time_text(time, "dateTime");

    if (!time || cJSON_IsNull(time))
        return error_set(err, ERROR_INPUT, "%s: is missing", name);
    if (!cJSON_IsObject(time))
        return error_set(err, ERROR_INPUT,
                         "%s: must be an object with dateTime and timeZone, "
                         "and is %s",
                         name, json_kind(time));
    if (!text)
        return error_set(err, ERROR_INPUT, "%s.dateTime: is missing", name);
    if (!civil_parse_graph(text, minute))
        return error_set(err, ERROR_INPUT,
                         "%s.dateTime: must read like "
                         "2025-11-15T10:00:00.0000000, and is \"%.40s\"",
                         name, text);
    *zone = text_or_empty(time_text(time, "timeZone"));
    return true;
}

static bool read_times(const cJSON *document, struct meeting_facts *facts,
                       struct error *err)
{
    civil_minute end = 0;
    const char *start_zone = "";
    const char *end_zone = "";

    if (!read_time(document, "start", &facts->start, &start_zone, err) ||
        !read_time(document, "end", &end, &end_zone, err))
        return false;
    /* Without zone data, two zones give no length. */
    facts->minutes = strcasecmp(start_zone, end_zone) != 0
                         ? 0
                         : minutes_between(facts->start, end);
    return true;
}

bool graph_read_facts(struct arena *arena, const cJSON *document,
                      struct meeting_facts *facts, struct error *err)
{
    struct attendee organizer = {.type = ATTENDEE_REQUIRED};
    struct attendee *attendees;
    size_t count;
    const char *response;

    if (!cJSON_IsObject(document))
        return error_set(err, ERROR_INPUT,
                         "an event must be a JSON object, and this is %s",
                         json_kind(document));
    if (!read_times(document, facts, err) ||
        !read_attendees(arena, json_member(document, "attendees"), &attendees,
                        &count, err))
        return false;
    read_address(json_member(document, "organizer"), &organizer);
    response =
        json_member_text(json_member(document, "responseStatus"), "response");
    facts->subject = text_or_empty(json_member_text(document, "subject"));
    facts->preview = text_or_empty(json_member_text(document, "bodyPreview"));
    facts->type =
        event_type_of(json_member_text(document, "type"),
                      given(json_member_text(document, "seriesMasterId")));
    facts->recurring = facts->type != EVENT_SINGLE;
    facts->organizer = response_of(response) == RESPONSE_ORGANIZER ||
                       cJSON_IsTrue(json_member(document, "isOrganizer"));
    return people_facts(arena, attendees, count, &organizer, facts, err);
}
