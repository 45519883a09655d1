/* What the calendar says of its meetings beside their texts. */
#include "fixture.h"

#include "datebook/random.h"

static void check_people(const struct calendar *calendar,
                         const struct event *event, int *outside)
{
    struct calendar_home home = calendar_home(calendar);

    for (size_t i = 0; i < event->attendee_count; i++) {
        const struct attendee *attendee = &event->attendees[i];
        const char *domain = strchr(attendee->address, '@') + 1;
        struct calendar_person person;
        bool known = calendar_person(calendar, attendee->address, &person);
        ck_assert(known == (attendee->type != ATTENDEE_RESOURCE));
        if (!known)
            continue;
        ck_assert_str_eq(person.name, attendee->name);
        ck_assert_str_ne(person.title, "");
        ck_assert(person.self == !strcmp(attendee->address, home.address));
        ck_assert((person.company != NULL) ==
                  (strcmp(domain, home.domain) != 0));
        *outside += person.company != NULL;
    }
}

START_TEST(notes_say_what_meetings_are)
{
    struct persona persona = parse(SALES);
    struct calendar_options options = options_of(3, 0);
    struct calendar *calendar = start(&persona, &options);
    int outside = 0;
    int renamed = 0;

    for (int week = 0; week < 12; week++) {
        const struct event *events;
        size_t count;
        ck_assert(calendar_week(calendar, &events, &count, &err));
        for (size_t i = 0; i < count; i++) {
            struct calendar_note note = calendar_note(calendar, &events[i]);
            bool single = events[i].type == EVENT_SINGLE;
            /* What is made from a rule has no name that means anything. */
            ck_assert_str_ne(note.kind, "");
            ck_assert_ptr_null(strstr(note.kind, "pattern_"));
            ck_assert_ptr_null(strstr(note.kind, "rule_"));
            ck_assert((note.repeats == NULL) == single);
            ck_assert((note.series_subject == NULL) == single);
            if (events[i].type == EVENT_OCCURRENCE)
                ck_assert_str_eq(events[i].subject, note.series_subject);
            else if (!single)
                renamed += strcmp(events[i].subject, note.series_subject) != 0;
            check_people(calendar, &events[i], &outside);
        }
    }
    ck_assert_int_gt(outside, 0);
    ck_assert_int_gt(renamed, 0);
    calendar_end(calendar);
}
END_TEST

START_TEST(what_the_calendar_did_not_make_is_unknown)
{
    struct persona persona = parse(BARE);
    struct calendar_options options = options_of(3, 0);
    struct calendar *calendar = start(&persona, &options);
    struct event event = {.id = "x"};
    struct calendar_person person;

    ck_assert_ptr_null(calendar_note(calendar, &event).kind);
    ck_assert(!calendar_person(calendar, "nobody@nowhere.example", &person));
    calendar_end(calendar);
}
END_TEST

/* Who organizes sees the answers; nobody answers themselves. */
START_TEST(answers_follow_from_who_invites)
{
    struct attendee people[3] = {
        {.address = "self@x.example", .responded_at = NO_TIME},
        {.address = "ann@x.example", .responded_at = NO_TIME},
        {.address = "bob@x.example", .responded_at = NO_TIME}};
    struct event event = {
        .start = 29453340, .attendees = people, .attendee_count = 3};
    struct random random;
    int answered = 0;
    int declined = 0;

    random_start(&random, 1, "answers", NULL);
    for (int i = 0; i < 200; i++) {
        bool own = i % 2;
        for (int k = 0; k < 3; k++)
            people[k].response = RESPONSE_NONE;
        event.organizer_address = own ? "self@x.example" : "ann@x.example";
        calendar_respond(&random, &event, "self@x.example", true);
        ck_assert((event.response == RESPONSE_ORGANIZER) == own);
        ck_assert_int_eq(people[0].response,
                         own ? RESPONSE_NONE : event.response);
        if (!own)
            ck_assert_int_eq(people[1].response, RESPONSE_NONE);
        answered += own && people[2].response != RESPONSE_NONE;
        declined += event.response == RESPONSE_DECLINED;
        ck_assert((event.responded_at == NO_TIME) ==
                  (own || event.response == RESPONSE_NOT_RESPONDED));
    }
    ck_assert_int_gt(answered, 50);
    ck_assert_int_lt(declined, 10);
}
END_TEST

Suite *notes_suite(void);
Suite *notes_suite(void)
{
    Suite *suite = suite_create("notes");
    TCase *tcase = tcase_create("notes");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, notes_say_what_meetings_are);
    tcase_add_test(tcase, what_the_calendar_did_not_make_is_unknown);
    tcase_add_test(tcase, answers_follow_from_who_invites);
    suite_add_tcase(suite, tcase);
    return suite;
}
