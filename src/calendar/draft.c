/* One meeting in the making: its texts, then its people, so that whoever a
 * text speaks of attends, then who organizes it. */
#include "threads.h"

#include <string.h>

enum {
    ROOM_MIN_PEOPLE = 2,
    AGAIN_PERCENT = 60,
    OTHER_TRIES = 4,
    SCARCE_ROOM = 85, /* least chance in percent while rooms are missing */
    /* Wanted shares of attendee entries in a hundred. */
    OPTIONAL_SHARE = 20,
    PLENTY_OPTIONAL = 60,
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

    /* The same ones turn up again and again in a thread. */
    if (fill->telling && people->count)
        from = fill->telling->crowd % (uint32_t)people->count;
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
    size_t wanted = party->room;

    /* Whoever is named comes, if that means more people than were drawn. */
    if (party->room + 1 < (size_t)archetype->people[1])
        party->room = (size_t)archetype->people[1] - 1;
    party_spoken(party, fill);
    party->room = wanted > party->count ? wanted : party->count;
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

/* Where people meet without rooms, half of what rooms would be. */
static int optional_share(const struct attendee_balance *balance)
{
    int64_t all = balance->types[0] + balance->types[1] + balance->types[2];
    bool few_rooms =
        200 * balance->types[ATTENDEE_RESOURCE] < RESOURCE_SHARE * all;

    return few_rooms ? OPTIONAL_SHARE + RESOURCE_SHARE / 2 : OPTIONAL_SHARE;
}

static void add_people(struct drafting *drafting, struct draft *draft,
                       const struct party *party)
{
    struct random *random = drafting->fill.random;
    const struct person *self = &drafting->fill.cast->self;
    int optional =
        steer(&drafting->balance, ATTENDEE_OPTIONAL,
              optional_share(&drafting->balance), party->count > 20 ? 22 : 40);
    /* Beside two who are needed; beside one where all are always needed. */
    size_t needed = optional > PLENTY_OPTIONAL ? 1 : 2;

    for (size_t i = 0; i < party->count; i++) {
        bool organizes = party->people[i] == draft->organizer;
        if (organizes && !lists_organizer(drafting))
            continue;
        add_attendee(draft, party->people[i],
                     !organizes && i >= needed &&
                             random_chance(random, optional)
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
    bool own = draft->organizer == &drafting->fill.cast->self;
    int rooms = people > 30 ? 3 : people > 6 ? 2 : 1;

    /* Nobody books a room for a meeting and is in another city. */
    if (people < ROOM_MIN_PEOPLE || !usual || (drafting->away && own))
        return;
    if (chance > usual + usual / 2 && chance < SCARCE_ROOM)
        chance = SCARCE_ROOM;
    for (int i = 0; i < rooms; i++) {
        const struct person *room;
        if (!random_chance(random, i ? chance * 2 / 3 : chance))
            return;
        /* A second room is for those who come in at another place. */
        room = find_room(drafting, i ? people / 2 + 1 : people);
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

/* Of the bodies that this persona can have the one that was used least; NULL
 * when there is none.  What stands for years names no date. */
static const struct template *any_body(const struct drafting *drafting,
                                       const struct template *but)
{
    const struct templates *bodies = &drafting->fill.archetype->bodies;
    const struct cast *cast = drafting->fill.cast;
    bool stands = drafting->fill.archetype->cadence != CADENCE_NONE;
    const struct template *best = NULL;
    uint32_t from =
        random_below(drafting->fill.random, (uint32_t)bodies->count);

    for (size_t i = 0; i < bodies->count; i++) {
        const struct template *body =
            &bodies->items[(from + i) % bodies->count];
        if (body == but || (stands && body->dated) ||
            (body->needs_report && !cast->groups[GROUP_REPORTS].count))
            continue;
        if (!best || drafting->uses[body->place] < drafting->uses[best->place])
            best = body;
    }
    return best;
}

void draft_kept(struct drafting *drafting, const struct draft *draft)
{
    for (int i = 0; i < 2 && draft->bodies[i]; i++)
        if (drafting->uses[draft->bodies[i]->place] < UINT16_MAX)
            drafting->uses[draft->bodies[i]->place]++;
}

/* Nobody dials in to a walk, or to time alone. */
static bool can_be_online(const struct draft *draft)
{
    return draft->option->archetype->people[1] > 1 &&
           !strcasestr(draft->subject.data, "walk") &&
           !strcasestr(draft->preview.data, "walk");
}

/* One body as a rule, for a series sometimes two, sometimes none; then the line
 * that an online meeting leaves behind. */
static void make_preview(struct drafting *drafting, struct draft *draft)
{
    struct fill *fill = &drafting->fill;
    struct line *line = &draft->preview;
    const struct texts *online = &drafting->vocabulary->online;
    uint32_t kind = random_below(fill->random, 100);
    const struct template *body = kind < 95 ? any_body(drafting, NULL) : NULL;
    bool stands = fill->archetype->cadence != CADENCE_NONE;
    size_t whole = 0; /* bytes that are surely short enough */

    line_clear(line);
    draft->bodies[0] = body;
    draft->bodies[1] = NULL;
    if (body) {
        template_write(body, fill, line);
        line_cut_sentence(line);
        whole = line->length;
        /* Two texts that were written for one meeting contradict each other
         * sooner or later; what stands for years says little enough. */
        body = stands && kind < 28 ? any_body(drafting, body) : NULL;
        if (body) {
            struct line more;
            line_clear(&more);
            template_write(body, fill, &more);
            line_add(line, " ", 1);
            line_add(line, more.data, more.length);
            if (line_keep(line, whole)) {
                whole = line->length;
                draft->bodies[1] = body;
            }
        }
    }
    if (line->length && online->count &&
        random_chance(fill->random, drafting->away ? 40 : 12) &&
        can_be_online(draft)) {
        const char *text =
            online->items[random_below(fill->random, (uint32_t)online->count)];
        line_add(line, "\r\n", 2);
        line_add(line, text, strlen(text));
        line_keep(line, whole);
    }
}

/* No contract is signed with a customer to whom a thread is still showing the
 * product. */
static void fill_other_customer(const struct drafting *drafting,
                                struct fill *fill)
{
    uint32_t count = (uint32_t)fill->cast->firms[FIRM_CUSTOMER].count;
    uint32_t value = random_below(fill->random, count);

    for (int tries = 0;
         tries < OTHER_TRIES && value < 64 && drafting->customers >> value & 1;
         tries++)
        value = random_below(fill->random, count);
    fill_set_firm(fill, FIRM_CUSTOMER, value);
}

/* Three quarters of an hour are seldom booked where there is a choice. */
static int draw_minutes(struct random *random,
                        const struct archetype *archetype)
{
    uint32_t count = (uint32_t)archetype->minutes_count;
    int minutes = archetype->minutes[random_below(random, count)];

    if (minutes == 45 && random_chance(random, AGAIN_PERCENT))
        minutes = archetype->minutes[random_below(random, count)];
    return minutes;
}

void draft_make(struct drafting *drafting, struct draft *draft,
                struct option *option, civil_day day)
{
    draft_tell(drafting, draft, NULL, option, day);
}

void draft_tell(struct drafting *drafting, struct draft *draft,
                struct telling *telling, struct option *option, civil_day day)
{
    struct fill *fill = &drafting->fill;
    const struct archetype *archetype = option->archetype;
    const struct texts *phrases = option->phrases;
    struct event *event = &draft->event;

    draft->option = option;
    draft->minutes = draw_minutes(fill->random, archetype);
    fill_start(fill, archetype,
               phrases ? phrases->items[random_below(fill->random,
                                                     (uint32_t)phrases->count)]
                       : NULL,
               day);
    if (drafting->away && drafting->city_list < fill->lists->count)
        fill_word(fill, drafting->city_list, drafting->city);
    draft->telling = telling;
    if (telling)
        telling_fill(telling, fill);
    else if (option->told)
        fill_other_customer(drafting, fill);
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
