/* Who is in a meeting.
 *
 * A document does not say who the persona is.  It is the organizer where the
 * persona's own response is "organizer": of all organizers the one with most
 * such meetings, one for each cast (a seed has its own). */
#include "src/quality/measure.h"

#include "datebook/domains.h"
#include "src/quality/word_hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What is known of an address. */
struct person {
    uint64_t address; /* hash; 0: a free slot */
    uint64_t name;    /* hash of the name that came with it first */
    int64_t meetings;
    int64_t latest;    /* the meeting that was counted last */
    int64_t organizes; /* with the response "organizer" */
    int64_t invites;   /* with another one */
    bool own;
};

struct people_measure {
    struct sums *sums;
    size_t casts;
    int64_t meetings;
    int64_t namesake;      /* the last meeting with one */
    struct person *people; /* open addressing */
    size_t size;
    size_t count;
    struct person *names; /* the other way round: `address` is the name */
    size_t name_size;
    size_t name_count;
};

struct people_measure *people_measure_new(size_t casts, struct sums *sums,
                                          struct error *err)
{
    struct people_measure *measure = calloc(1, sizeof *measure);

    if (!measure) {
        error_memory(err);
        return NULL;
    }
    measure->casts = casts ? casts : 1;
    measure->sums = sums;
    return measure;
}

void people_measure_free(struct people_measure *measure)
{
    if (!measure)
        return;
    free(measure->people);
    free(measure->names);
    free(measure);
}

/* ---- A table of people ---- */

static struct person *slot_of(struct person *people, size_t size,
                              uint64_t address)
{
    size_t at = address & (size - 1);

    while (people[at].address && people[at].address != address)
        at = (at + 1) & (size - 1);
    return &people[at];
}

/* The entry of a hash, made if it is new; NULL without memory. */
static struct person *person_of(struct person **people, size_t *size,
                                size_t *count, uint64_t hash)
{
    struct person *person;

    hash += !hash;
    if (2 * *count >= *size) {
        size_t larger = *size ? 2 * *size : 256;
        struct person *moved = calloc(larger, sizeof *moved);
        if (!moved)
            return NULL;
        for (size_t i = 0; i < *size; i++)
            if ((*people)[i].address)
                *slot_of(moved, larger, (*people)[i].address) = (*people)[i];
        free(*people);
        *people = moved;
        *size = larger;
    }
    person = slot_of(*people, *size, hash);
    *count += !person->address;
    person->address = hash;
    return person;
}

/* ---- Addresses ---- */

static const char *domain_of(const char *address)
{
    const char *at = strrchr(address, '@');

    return at ? at + 1 : "";
}

/* Something, an "@", and a domain with a dot or a reserved name. */
static bool is_well_formed(const char *address)
{
    const char *at = strchr(address, '@');

    return at && at > address && at == strrchr(address, '@') && at[1] &&
           at[1] != '.' && !strpbrk(address, " \t\r\n,;<>\"") &&
           address[strlen(address) - 1] != '.';
}

/* A name and an address that are there once again.  Several casts may share a
 * name; one address never has two. */
static bool check_identity(struct people_measure *measure, int64_t meeting,
                           const char *name, const char *address,
                           struct person **found, struct error *err)
{
    uint64_t name_hash = hash_span(name, strlen(name)) | 1;
    uint64_t address_hash = hash_caseless(address, strlen(address)) | 1;
    struct person *person = person_of(&measure->people, &measure->size,
                                      &measure->count, address_hash);
    struct person *named = person_of(&measure->names, &measure->name_size,
                                     &measure->name_count, name_hash);
    char note[CHECK_NOTE];

    if (!person || !named)
        return error_memory(err);
    snprintf(note, sizeof note, "%s <%s>", name, address);
    if (person->name && person->name != name_hash)
        sum_flaw(measure->sums, CHECK_PEOPLE_NAME, meeting, note);
    if (measure->casts == 1 && named->name && named->name != address_hash &&
        measure->namesake != meeting) {
        measure->namesake = meeting;
        sum_flaw(measure->sums, CHECK_PEOPLE_NAMESAKE, meeting, note);
    }
    person->name = person->name ? person->name : name_hash;
    named->name = named->name ? named->name : address_hash;
    if (person->latest != meeting) {
        person->latest = meeting;
        person->meetings++;
    }
    *found = person;
    return true;
}

static bool check_person(struct people_measure *measure, int64_t meeting,
                         const cJSON *holder, struct person **found,
                         struct error *err)
{
    const cJSON *person = json_member(holder, "emailAddress");
    const char *name = json_member_text(person, "name");
    const char *address = json_member_text(person, "address");

    *found = NULL;
    if (!name || !*name || !address || !is_well_formed(address)) {
        sum_flaw(measure->sums, CHECK_PEOPLE_ADDRESS, meeting,
                 address && *address ? address : name);
        return true;
    }
    if (!is_fictitious_domain(domain_of(address)))
        sum_flaw(measure->sums, CHECK_PEOPLE_DOMAIN, meeting, address);
    return check_identity(measure, meeting, name, address, found, err);
}

/* ---- One meeting ---- */

static bool same_domain(const cJSON *holder, const char *domain)
{
    const char *address =
        json_member_text(json_member(holder, "emailAddress"), "address");

    return address && !strcasecmp(domain_of(address), domain);
}

static bool is_resource(const cJSON *attendee)
{
    const char *type = json_member_text(attendee, "type");

    return type && !strcasecmp(type, "resource");
}

static void check_room(struct people_measure *measure, int64_t meeting,
                       const cJSON *document, const cJSON *room)
{
    const char *address =
        json_member_text(json_member(room, "emailAddress"), "address");
    const cJSON *attendees = json_member(document, "attendees");
    const cJSON *other;

    if (!address ||
        same_domain(json_member(document, "organizer"), domain_of(address)))
        return;
    cJSON_ArrayForEach (other, attendees) {
        if (!is_resource(other) && same_domain(other, domain_of(address)))
            return;
    }
    sum_flaw(measure->sums, CHECK_PEOPLE_ROOM, meeting, address);
}

static bool check_attendees(struct people_measure *measure,
                            const struct measured *meeting, struct error *err)
{
    const cJSON *attendees = json_member(meeting->document, "attendees");
    const cJSON *attendee;
    struct person *found;

    cJSON_ArrayForEach (attendee, attendees) {
        if (!check_person(measure, meeting->key, attendee, &found, err))
            return false;
        if (is_resource(attendee))
            check_room(measure, meeting->key, meeting->document, attendee);
    }
    return true;
}

static bool check_organizer(struct people_measure *measure,
                            const struct measured *meeting, struct error *err)
{
    const cJSON *organizer = json_member(meeting->document, "organizer");
    struct person *found = NULL;

    if (!json_member(organizer, "emailAddress")) {
        sum_flaw(measure->sums, CHECK_PEOPLE_ORGANIZER, meeting->key, NULL);
        return true;
    }
    if (!check_person(measure, meeting->key, organizer, &found, err))
        return false;
    if (!found)
        return true;
    if (meeting->facts->organizer)
        found->organizes++;
    else
        found->invites++;
    return true;
}

static void count_lists(struct sums *sums, const struct meeting_facts *facts)
{
    int64_t all = facts->required + facts->optional + facts->resources;

    sums->of[CHECK_ATTENDEE_REQUIRED].part += facts->required;
    sums->of[CHECK_ATTENDEE_OPTIONAL].part += facts->optional;
    sums->of[CHECK_ATTENDEE_RESOURCE].part += facts->resources;
    for (int check = CHECK_ATTENDEE_REQUIRED; check <= CHECK_ATTENDEE_RESOURCE;
         check++)
        sums->of[check].whole += all;
}

static void count_people(struct sums *sums, const struct measured *meeting)
{
    int people = meeting->facts->attendees;
    bool few = people >= 2 && people <= 15;

    sum_count(sums, CHECK_PEOPLE_FEW, few);
    if (!few)
        sum_example(sums, CHECK_PEOPLE_FEW, meeting->key, NULL);
    sums->of[CHECK_PEOPLE_ONE].part += people == 1;
    sums->of[CHECK_PEOPLE_MANY].part += people >= 50;
}

bool people_measure_meeting(struct people_measure *measure,
                            const struct measured *meeting, struct error *err)
{
    measure->meetings++;
    measure->sums->of[CHECK_PEOPLE_NAMESAKE].whole++;
    count_lists(measure->sums, meeting->facts);
    count_people(measure->sums, meeting);
    return check_attendees(measure, meeting, err) &&
           check_organizer(measure, meeting, err);
}

/* ---- All of them ---- */

/* The next one who is the persona; NULL when nobody is left. */
static struct person *next_own(struct people_measure *measure)
{
    struct person *best = NULL;

    for (size_t i = 0; i < measure->size; i++) {
        struct person *person = &measure->people[i];
        if (!person->organizes || person->own)
            continue;
        if (!best || person->organizes > best->organizes ||
            (person->organizes == best->organizes &&
             person->address < best->address))
            best = person;
    }
    return best;
}

/* Where the persona organizes, the response says so, and nowhere else. */
static bool is_wrong_response(const struct person *organizer, bool organizes)
{
    return organizer->own ? !organizes : organizes;
}

bool people_measure_end(struct people_measure *measure)
{
    int64_t present = 0;
    bool known = false;

    for (size_t i = 0; i < measure->casts; i++) {
        struct person *own = next_own(measure);
        if (!own)
            break;
        own->own = known = true;
        present += own->meetings;
    }
    if (!known)
        return false;
    if (present < measure->meetings)
        return true;
    for (size_t i = 0; i < measure->size; i++) {
        const struct person *person = &measure->people[i];
        if (person->address &&
            (person->own ? person->invites > 0 : person->organizes > 0))
            return true;
    }
    return false;
}

/* Who stands behind a holder, among those known; NULL for nobody. */
static const struct person *known_person(const struct people_measure *measure,
                                         const cJSON *holder)
{
    const cJSON *person = json_member(holder, "emailAddress");
    const char *name = json_member_text(person, "name");
    const char *address = json_member_text(person, "address");
    const struct person *found;

    if (!name || !*name || !address || !is_well_formed(address))
        return NULL;
    found = slot_of(measure->people, measure->size,
                    hash_caseless(address, strlen(address)) | 1);
    return found->address ? found : NULL;
}

static bool is_own(const struct person *person)
{
    return person && person->own;
}

static bool is_present(const struct people_measure *measure,
                       const cJSON *document)
{
    const cJSON *attendees = json_member(document, "attendees");
    const cJSON *attendee;

    if (is_own(known_person(measure, json_member(document, "organizer"))))
        return true;
    cJSON_ArrayForEach (attendee, attendees) {
        if (is_own(known_person(measure, attendee)))
            return true;
    }
    return false;
}

void people_measure_again(struct people_measure *measure,
                          const struct measured *meeting)
{
    const cJSON *document = meeting->document;
    const struct person *organizer =
        known_person(measure, json_member(document, "organizer"));

    if (!is_present(measure, document))
        sum_flaw(measure->sums, CHECK_PEOPLE_PRESENT, meeting->key, NULL);
    if (organizer && is_wrong_response(organizer, meeting->facts->organizer))
        sum_flaw(measure->sums, CHECK_PEOPLE_RESPONSE, meeting->key, NULL);
}
