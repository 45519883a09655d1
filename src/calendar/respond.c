/* What becomes of a meeting once its time is known: answers, how it shows, what
 * a journey makes of it; and the counts that steer the next ones. */
#include "parts.h"

#include <string.h>

enum { GAIN_AWAY = 2500 };

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

enum event_show_as show_away(enum event_show_as show_as)
{
    return show_as == SHOW_BUSY ? SHOW_WORKING_ELSEWHERE : show_as;
}

static bool is_outside(const struct archetype *archetype)
{
    for (size_t i = 0; i < archetype->with_count; i++)
        if (archetype->with[i] == GROUP_CUSTOMER ||
            archetype->with[i] == GROUP_VENDOR)
            return true;
    return false;
}

int64_t draft_away_gain(const struct drafting *drafting,
                        const struct draft *draft)
{
    const struct option *option = draft->option;
    int64_t gain;

    if (!drafting->away)
        return 0;
    gain = is_outside(option->archetype) ? GAIN_AWAY : -GAIN_AWAY;
    if (drafting->city_list >= drafting->fill.lists->count)
        return gain;
    for (size_t i = 0; i < option->subject->count; i++)
        if (option->subject->slots[i].kind == SLOT_WORD &&
            drafting->fill.lists->same[option->subject->slots[i].list] ==
                drafting->fill.lists->same[drafting->city_list])
            gain += GAIN_AWAY;
    return gain;
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

static void attendee_responds(struct random *random, const struct event *event,
                              const char *self, struct attendee *attendee)
{
    bool own = event->response == RESPONSE_ORGANIZER;

    /* Only who organizes sees how the others answered. */
    if (!strcmp(attendee->address, self))
        attendee->response = own ? RESPONSE_NONE : event->response;
    else if (attendee->type != ATTENDEE_RESOURCE &&
             strcmp(attendee->address, event->organizer_address) != 0 &&
             random_chance(random, own ? 80 : 12))
        attendee->response = any_response(random);
    if ((attendee->response == RESPONSE_ACCEPTED ||
         attendee->response == RESPONSE_TENTATIVE) &&
        random_chance(random, 2))
        attendee->responded_at =
            event->start - random_between(random, 14 * 60, 7 * MINUTES_A_DAY);
}

void calendar_respond(struct random *random, struct event *event,
                      const char *self, bool matters)
{
    event->response = RESPONSE_ORGANIZER;
    if (strcmp(event->organizer_address, self) != 0)
        event->response = any_response(random);
    /* What matters is seldom declined. */
    if (event->response == RESPONSE_DECLINED && matters &&
        !random_chance(random, 15))
        event->response = RESPONSE_ACCEPTED;
    event->show_as = show_for(event->response);
    response_time(random, event);
    for (size_t i = 0; i < event->attendee_count; i++)
        attendee_responds(random, event, self, &event->attendees[i]);
}

void draft_respond(struct drafting *drafting, struct draft *draft)
{
    struct event *event = &draft->event;

    calendar_respond(drafting->fill.random, event,
                     drafting->fill.cast->self.address,
                     draft->verdict.importance > 1);
    if (drafting->away)
        event->show_as = show_away(event->show_as);
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
    balance->regular += event->type == EVENT_OCCURRENCE ? times : 0;
    balance->own += event->response == RESPONSE_ORGANIZER ? times : 0;
    balance->peopled += event->attendee_count ? times : 0;
    balance->listed += listed ? times : 0;
}
