/* One meeting in the making: its texts, then its people, so that whoever a
 * text speaks of attends, then who organizes it. */
#include "parts.h"

#include <string.h>

enum {
    ROOM_MIN_PEOPLE = 2,
    SCARCE_ROOM = 60, /* least chance in percent while rooms are missing */
    /* Wanted shares of attendee entries in a hundred. */
    OPTIONAL_SHARE = 20,
    RESOURCE_SHARE = 10,
    OWN_SHARE = 30, /* of the meetings */
    LISTED_SHARE = 70
};

/* The people of a meeting but for the persona, in order of coming. */
struct party {
    const struct person *people[PEOPLE_MAX];
    size_t count;
    size_t room;
};

static bool party_add(struct party *party, const struct person *person)
{
    if (!person || party->count >= party->room)
        return false;
    for (size_t i = 0; i < party->count; i++)
        if (party->people[i] == person)
            return false;
    party->people[party->count++] = person;
    return true;
}

static const struct people *group_people(struct fill *fill, enum group group)
{
    static const struct people none = {NULL, 0};

    switch (group) {
    case GROUP_CUSTOMER:
        return &fill_firm(fill, FIRM_CUSTOMER, 0)->people;
    case GROUP_VENDOR:
        return &fill_firm(fill, FIRM_VENDOR, 0)->people;
    case GROUP_NOBODY:
        return &none;
    default:
        return &fill->cast->groups[group];
    }
}

/* Adds up to `most` people of a group, from a random one on. */
static void party_fill(struct party *party, struct fill *fill, enum group group,
                       size_t most)
{
    const struct people *people = group_people(fill, group);
    uint32_t from = random_below(fill->random, (uint32_t)people->count);

    for (size_t i = 0; most && i < people->count; i++)
        most -= party_add(party, &people->items[(from + i) % people->count]);
}

/* Which people a text may call to a meeting with a group. */
static int group_role(enum group group)
{
    switch (group) {
    case GROUP_MANAGER:
        return ROLE_MANAGER;
    case GROUP_REPORTS:
        return ROLE_REPORT;
    case GROUP_EXECUTIVES:
        return ROLE_EXECUTIVE;
    case GROUP_CUSTOMER:
        return ROLE_CONTACT;
    case GROUP_VENDOR:
        return ROLE_VENDOR_CONTACT;
    case GROUP_CANDIDATE:
        return ROLE_CANDIDATE;
    case GROUP_PEERS:
    case GROUP_TEAM:
        return ROLE_PEER;
    default:
        return -1;
    }
}

static void party_spoken(struct party *party, const struct fill *fill)
{
    const struct archetype *archetype = fill->archetype;

    for (size_t i = 0; i < archetype->with_count; i++) {
        int role = group_role(archetype->with[i]);
        for (int nth = 0; role >= 0 && nth < 2; nth++)
            party_add(party, fill_spoken(fill, (enum role)role, nth));
        for (int nth = 0; archetype->with[i] == GROUP_TEAM && nth < 2; nth++)
            party_add(party, fill_spoken(fill, ROLE_REPORT, nth));
    }
}

/* One of each group that nobody stands for yet, then as many as come. */
static void party_gather(struct party *party, struct fill *fill)
{
    const struct archetype *archetype = fill->archetype;
    enum group last = archetype->with[archetype->with_count - 1];

    party_spoken(party, fill);
    for (size_t i = 0; i < archetype->with_count; i++) {
        int role = group_role(archetype->with[i]);
        if (role < 0 || !fill_spoken(fill, (enum role)role, 0))
            party_fill(party, fill, archetype->with[i], 1);
    }
    while (party->count < party->room) {
        size_t before = party->count;
        for (size_t i = 0; i < archetype->with_count; i++)
            party_fill(party, fill, archetype->with[i],
                       archetype->with[i] == GROUP_CANDIDATE ? 0
                       : archetype->with[i] == GROUP_COMPANY
                           ? party->room - party->count
                           : 1);
        if (party->count == before)
            break;
    }
    if (party->count < party->room && last != GROUP_NOBODY)
        party_fill(party, fill, GROUP_COMPANY, party->room - party->count);
}

/* Small meetings are more frequent than large ones. */
static int people_wanted(struct random *random, const struct archetype *from)
{
    int one = random_between(random, from->people[0], from->people[1]);
    int other = random_between(random, from->people[0], from->people[1]);

    return one < other ? one : other;
}

/* Somebody who could have sent the invitation: no candidate, and an outsider
 * only now and then. */
static const struct person *other_organizer(struct drafting *drafting,
                                            const struct party *party)
{
    struct fill *fill = &drafting->fill;
    const struct people *candidates = &fill->cast->groups[GROUP_CANDIDATE];
    bool outside = random_chance(fill->random, 35);
    const struct person *external = NULL;

    for (size_t i = 0; i < party->count; i++) {
        const struct person *person = party->people[i];
        if (person >= candidates->items &&
            person < candidates->items + candidates->count)
            continue;
        if (!person->external && !outside)
            return person;
        if (person->external && outside)
            return person;
        external = external ? external : person;
    }
    return external;
}

static bool own_is_rare(const struct attendee_balance *balance)
{
    return 100 * balance->own < OWN_SHARE * (balance->meetings + 1);
}

/* Most calendars list the organizer among the attendees, not all. */
static bool lists_organizer(struct drafting *drafting)
{
    const struct attendee_balance *balance = &drafting->balance;
    bool rare = 100 * balance->listed < LISTED_SHARE * (balance->peopled + 1);

    return random_chance(drafting->fill.random, rare ? 85 : 45);
}

static void choose_organizer(struct drafting *drafting, struct draft *draft,
                             struct party *party)
{
    const struct archetype *archetype = drafting->fill.archetype;
    bool self = archetype->organizer == ORGANIZER_SELF ||
                (archetype->organizer == ORGANIZER_EITHER &&
                 random_chance(drafting->fill.random,
                               own_is_rare(&drafting->balance) ? 38 : 10));

    draft->organizer = NULL;
    if (!self && party->count) {
        draft->organizer = other_organizer(drafting, party);
        if (!draft->organizer && party->count < PEOPLE_MAX) {
            party->room = party->count + 1;
            party_fill(party, &drafting->fill, GROUP_PEERS, 1);
            draft->organizer = party->people[party->count - 1];
        }
    }
    if (!draft->organizer)
        draft->organizer = &drafting->fill.cast->self;
}

static void add_attendee(struct draft *draft, const struct person *person,
                         enum attendee_type type)
{
    struct event *event = &draft->event;
    struct attendee *attendee = &draft->attendees[event->attendee_count++];

    attendee->type = type;
    attendee->response = RESPONSE_NONE;
    attendee->responded_at = NO_TIME;
    attendee->name = person->name;
    attendee->address = person->address;
}

/* Steers the share of a type towards what is wanted: the chance in percent
 * for the next entry. */
static int steer(const struct attendee_balance *balance,
                 enum attendee_type type, int wanted, int usual)
{
    int64_t all = balance->types[0] + balance->types[1] + balance->types[2];
    int64_t off = wanted * (all + 10) - 100 * (balance->types[type] + 1);

    if (off > 400)
        return usual * 2;
    if (off > 0)
        return usual + usual / 4;
    return off < -400 ? usual / 4 : usual - usual / 3;
}

static void add_people(struct drafting *drafting, struct draft *draft,
                       const struct party *party)
{
    struct random *random = drafting->fill.random;
    const struct person *self = &drafting->fill.cast->self;
    int optional = steer(&drafting->balance, ATTENDEE_OPTIONAL, OPTIONAL_SHARE,
                         party->count > 20 ? 22 : 40);

    for (size_t i = 0; i < party->count; i++) {
        bool organizes = party->people[i] == draft->organizer;
        if (organizes && !lists_organizer(drafting))
            continue;
        add_attendee(draft, party->people[i],
                     !organizes && i > 1 && random_chance(random, optional)
                         ? ATTENDEE_OPTIONAL
                         : ATTENDEE_REQUIRED);
    }
    if (!party->count)
        return;
    if (draft->organizer != self)
        add_attendee(draft, self,
                     party->count > 3 && random_chance(random, optional / 3)
                         ? ATTENDEE_OPTIONAL
                         : ATTENDEE_REQUIRED);
    else if (lists_organizer(drafting))
        add_attendee(draft, self, ATTENDEE_REQUIRED);
}

/* A room that seats everybody, from a random one on; the largest are left for
 * those who need them. */
static const struct person *find_room(struct drafting *drafting, int people)
{
    const struct vocabulary *vocabulary = drafting->vocabulary;
    size_t count = vocabulary->room_count;
    uint32_t from = random_below(drafting->fill.random, (uint32_t)count);
    const struct person *large = NULL;

    for (size_t i = 0; i < count; i++) {
        size_t at = (from + i) % count;
        if (vocabulary->rooms[at].seats < people)
            continue;
        large = &drafting->fill.cast->rooms[at];
        if (vocabulary->rooms[at].seats <= 3 * people + 4)
            return large;
    }
    return large;
}

static bool attends(const struct draft *draft, const struct person *person)
{
    for (size_t i = 0; i < draft->event.attendee_count; i++)
        if (draft->attendees[i].address == person->address)
            return true;
    return false;
}

static void add_rooms(struct drafting *drafting, struct draft *draft,
                      int people)
{
    struct random *random = drafting->fill.random;
    int usual = drafting->fill.archetype->room;
    int chance =
        steer(&drafting->balance, ATTENDEE_RESOURCE, RESOURCE_SHARE, usual);
    int rooms = people > 30 ? 3 : people > 7 ? 2 : 1;

    if (people < ROOM_MIN_PEOPLE || !usual)
        return;
    if (chance > usual + usual / 2 && chance < SCARCE_ROOM)
        chance = SCARCE_ROOM;
    for (int i = 0; i < rooms; i++) {
        const struct person *room;
        if (!random_chance(random, i ? chance / 2 : chance))
            return;
        /* A second room is for those who come in at another place. */
        room = find_room(drafting, i ? people / 3 : people);
        if (!room || attends(draft, room))
            return;
        add_attendee(draft, room, ATTENDEE_RESOURCE);
        draft->attendees[draft->event.attendee_count - 1].response =
            random_chance(random, 88) ? RESPONSE_ACCEPTED : RESPONSE_DECLINED;
    }
}

static void make_people(struct drafting *drafting, struct draft *draft)
{
    static const size_t most = PEOPLE_MAX - 1;
    struct party party;
    size_t people =
        (size_t)people_wanted(drafting->fill.random, draft->option->archetype);

    party.count = 0;
    party.room = people - 1 < most ? people - 1 : most;
    if (party.room)
        party_gather(&party, &drafting->fill);
    choose_organizer(drafting, draft, &party);
    add_people(drafting, draft, &party);
    add_rooms(drafting, draft, (int)party.count + 1);
    draft->partner = party.count == 1 ? party.people[0] : NULL;
    draft->event.organizer_name = draft->organizer->name;
    draft->event.organizer_address = draft->organizer->address;
}

/* A body that this persona can have; NULL when there is none.  What stands for
 * years names no date. */
static const struct template *any_body(const struct drafting *drafting,
                                       const struct template *but)
{
    const struct templates *bodies = &drafting->fill.archetype->bodies;
    const struct cast *cast = drafting->fill.cast;
    bool stands = drafting->fill.archetype->cadence != CADENCE_NONE;
    uint32_t from =
        random_below(drafting->fill.random, (uint32_t)bodies->count);

    for (size_t i = 0; i < bodies->count; i++) {
        const struct template *body =
            &bodies->items[(from + i) % bodies->count];
        if (body != but && !(stands && body->dated) &&
            (!body->needs_report || cast->groups[GROUP_REPORTS].count))
            return body;
    }
    return NULL;
}

/* One body as a rule, sometimes two, sometimes none; then the line that an
 * online meeting leaves behind. */
static void make_preview(struct drafting *drafting, struct draft *draft)
{
    struct fill *fill = &drafting->fill;
    struct line *line = &draft->preview;
    const struct texts *online = &drafting->vocabulary->online;
    uint32_t kind = random_below(fill->random, 100);
    const struct template *body = kind < 95 ? any_body(drafting, NULL) : NULL;

    line_clear(line);
    if (body) {
        template_write(body, fill, line);
        body = kind < 28 ? any_body(drafting, body) : NULL;
        if (body) {
            struct line more;
            line_clear(&more);
            template_write(body, fill, &more);
            line_add(line, " ", 1);
            line_add(line, more.data, more.length);
        }
    }
    if (line->length && online->count && random_chance(fill->random, 12)) {
        const char *text =
            online->items[random_below(fill->random, (uint32_t)online->count)];
        line_add(line, "\r\n", 2);
        line_add(line, text, strlen(text));
    }
    line_cut(line);
}

void draft_make(struct drafting *drafting, struct draft *draft,
                struct option *option, civil_day day)
{
    struct fill *fill = &drafting->fill;
    const struct archetype *archetype = option->archetype;
    const struct texts *phrases = option->phrases;
    struct event *event = &draft->event;

    draft->option = option;
    draft->minutes = archetype->minutes[random_below(
        fill->random, (uint32_t)archetype->minutes_count)];
    fill_start(fill, archetype,
               phrases ? phrases->items[random_below(fill->random,
                                                     (uint32_t)phrases->count)]
                       : NULL,
               day);
    line_clear(&draft->subject);
    template_write(option->subject, fill, &draft->subject);
    line_cut(&draft->subject);
    make_preview(drafting, draft);
    memset(event, 0, sizeof *event);
    event->subject = draft->subject.data;
    event->preview = draft->preview.data;
    event->attendees = draft->attendees;
    event->time_zone = drafting->time_zone;
    event->type = EVENT_SINGLE;
    event->responded_at = NO_TIME;
    event->start = (civil_minute)day * MINUTES_A_DAY + 10 * 60;
    event->end = event->start + draft->minutes;
    make_people(drafting, draft);
    event->response = draft->organizer == &fill->cast->self ? RESPONSE_ORGANIZER
                                                            : RESPONSE_ACCEPTED;
}

static enum event_response any_response(struct random *random)
{
    uint32_t kind = random_below(random, 100);

    if (kind < 74)
        return RESPONSE_ACCEPTED;
    if (kind < 86)
        return RESPONSE_TENTATIVE;
    return kind < 94 ? RESPONSE_DECLINED : RESPONSE_NOT_RESPONDED;
}

static enum event_show_as show_for(enum event_response response)
{
    switch (response) {
    case RESPONSE_DECLINED:
        return SHOW_FREE;
    case RESPONSE_TENTATIVE:
    case RESPONSE_NOT_RESPONDED:
        return SHOW_TENTATIVE;
    default:
        return SHOW_BUSY;
    }
}

/* Some time in the two weeks before.  The start is wall clock somewhere, the
 * answer UTC: 14 hours and more lie between them whatever the zone. */
void response_time(struct random *random, struct event *event)
{
    event->responded_at = NO_TIME;
    if (event->response == RESPONSE_ORGANIZER ||
        event->response == RESPONSE_NOT_RESPONDED)
        return;
    event->responded_at =
        event->start - random_between(random, 14 * 60,
                                      random_chance(random, 60)
                                          ? 3 * MINUTES_A_DAY
                                          : 14 * MINUTES_A_DAY);
}

static void attendee_responds(struct drafting *drafting, struct draft *draft,
                              struct attendee *attendee)
{
    struct random *random = drafting->fill.random;
    bool own = draft->organizer == &drafting->fill.cast->self;

    /* Only who organizes sees how the others answered. */
    if (attendee->address == drafting->fill.cast->self.address)
        attendee->response = own ? RESPONSE_NONE : draft->event.response;
    else if (attendee->type != ATTENDEE_RESOURCE &&
             attendee->address != draft->organizer->address &&
             random_chance(random, own ? 80 : 12))
        attendee->response = any_response(random);
    if ((attendee->response == RESPONSE_ACCEPTED ||
         attendee->response == RESPONSE_TENTATIVE) &&
        random_chance(random, 2))
        attendee->responded_at =
            draft->event.start -
            random_between(random, 14 * 60, 7 * MINUTES_A_DAY);
}

void draft_respond(struct drafting *drafting, struct draft *draft)
{
    struct event *event = &draft->event;

    if (draft->organizer != &drafting->fill.cast->self)
        event->response = any_response(drafting->fill.random);
    /* What matters is seldom declined. */
    if (event->response == RESPONSE_DECLINED && draft->verdict.importance > 1 &&
        !random_chance(drafting->fill.random, 15))
        event->response = RESPONSE_ACCEPTED;
    event->show_as = show_for(event->response);
    response_time(drafting->fill.random, event);
    for (size_t i = 0; i < event->attendee_count; i++)
        attendee_responds(drafting, draft, &draft->attendees[i]);
}

void balance_count(struct attendee_balance *balance, const struct event *event,
                   int64_t times)
{
    bool listed = false;

    for (size_t i = 0; i < event->attendee_count; i++) {
        balance->types[event->attendees[i].type] += times;
        listed |= event->attendees[i].address == event->organizer_address;
    }
    balance->meetings += times;
    balance->own += event->response == RESPONSE_ORGANIZER ? times : 0;
    balance->peopled += event->attendee_count ? times : 0;
    balance->listed += listed ? times : 0;
}
