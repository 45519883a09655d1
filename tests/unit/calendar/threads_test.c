/* Threads over a year: steps in order and in their time, about one thing, with
 * the same people. */
#include "fixture.h"
#include "src/calendar/threads.h"

#include <stdio.h>
#include <stdlib.h>

/* Step numbers stand in brackets, so that a calendar can be read back. */
static const char TELLER[] =
    "{\"id\":\"teller\",\"name\":\"Teller\",\"tier\":1,"
    "\"demographics\":{\"level\":\"Manager\",\"function\":\"Sales\"},"
    "\"meeting_context\":{\"weekly_meeting_hours\":\"24\"},"
    "\"archetypes\":[{\"name\":\"first_call\",\"levels\":[\"ic\"],\"with\":"
    "[\"customer\"],\"people\":[2,3],\"minutes\":[30],\"organizer\":\"self\","
    "\"subjects\":[\"Nobody [0]\",\"[0] {customer}\"]}],"
    "\"threads\":[{\"name\":\"deal\",\"about\":[\"customer\"],\"steps\":["
    "{\"like\":\"first_call\",\"levels\":[\"manager\"]},"
    "{\"like\":\"first_call\",\"after\":[3,8],\"levels\":[\"manager\"],"
    "\"subjects\":[\"[1] {customer}\"]},"
    "{\"like\":\"first_call\"},"
    "{\"after\":[0,2],\"with\":[\"customer\"],\"people\":[3,5],\"organizer\":"
    "\"self\",\"subjects\":[\"[2] {customer}\"]}]},"
    "{\"name\":\"fix\",\"about\":[\"topic\",\"peer\"],\"steps\":["
    "{\"with\":[\"peers\"],\"subjects\":[\"[5] {topic}\"]},"
    "{\"with\":[\"peers\"],\"after\":[2,5],\"chance\":50,\"subjects\":"
    "[\"[6] {topic}\"]},"
    "{\"with\":[\"peers\"],\"after\":[2,5],\"subjects\":[\"[7] {topic}\"]}]},"
    "{\"name\":\"close\",\"about\":[\"quarter\"],\"when\":\"quarter_end\","
    "\"weight\":60,\"steps\":[{\"subjects\":[\"[8] {quarter}\"]},"
    "{\"after\":[14,18],\"subjects\":[\"[9] {quarter}\"]}]},"
    "{\"name\":\"reports\",\"about\":[\"report\"],\"levels\":[\"executive\"],"
    "\"steps\":[{\"with\":[\"reports\"],\"subjects\":[\"[99]\"]},"
    "{\"with\":[\"reports\"],\"subjects\":[\"[99]\"]}]}]}";

enum { MOST = 4000, YEAR = 52 };

/* The library without threads of its own. */
static void setup_alone(void)
{
    setup();
    for (size_t i = 0; i < library->set_count; i++)
        library->sets[i].threads = NULL;
}

/* One step that was found in a calendar. */
struct told {
    int number;
    char about[64];
    char person[64]; /* the first attendee */
    civil_minute start;
    civil_minute end;
};

static struct told told[MOST];
static int told_count;
static int single_count;

static void keep(const struct event *event)
{
    struct told *one = &told[told_count];
    const char *end;

    single_count++;
    if (*event->subject != '[')
        return;
    ck_assert_int_lt(told_count, MOST);
    one->number = (int)strtol(event->subject + 1, NULL, 10);
    end = strchr(event->subject, ']');
    snprintf(one->about, sizeof one->about, "%s", end[1] ? end + 2 : "");
    snprintf(one->person, sizeof one->person, "%s",
             event->attendee_count ? event->attendees[0].address : "");
    one->start = event->start;
    one->end = event->end;
    told_count++;
}

static void tell(uint64_t seed, int weeks)
{
    struct persona persona = parse(TELLER);
    struct calendar_options options = options_of(seed, 0);
    struct calendar *calendar = start(&persona, &options);

    told_count = 0;
    single_count = 0;
    for (int i = 0; i < weeks; i++) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t k = 0; k < count; k++)
            if (events[k].type == EVENT_SINGLE)
                keep(&events[k]);
    }
    calendar_end(calendar);
}

/* The step of this number about the same before `at`, the nearest first. */
static const struct told *before(int at, int number)
{
    for (int i = at - 1; i >= 0; i--)
        if (told[i].number == number && !strcmp(told[i].about, told[at].about))
            return &told[i];
    return NULL;
}

static int working_days(civil_minute from, civil_minute to)
{
    int days = 0;

    for (civil_day day = (civil_day)(from / MINUTES_A_DAY);
         day < (civil_day)(to / MINUTES_A_DAY); day++)
        days += civil_weekday(day) < 4 || civil_weekday(day) == 6;
    return days;
}

/* What was under way when the calendar began has no first step in it. */
static bool early(const struct told *one)
{
    return one->start < told[0].start + 6 * 7 * MINUTES_A_DAY;
}

START_TEST(steps_come_in_their_order_and_time)
{
    static const int least[] = {0, 3, 0};
    static const int most[] = {0, 8, 2};
    int pairs = 0;
    int late = 0;

    tell((uint64_t)_i, YEAR);
    for (int i = 0; i < told_count; i++) {
        int number = told[i].number;
        const struct told *last;
        int days;
        ck_assert_int_ne(number, 99);
        if (number > 2 || number == 0 || early(&told[i]))
            continue;
        last = before(i, number - 1);
        ck_assert_ptr_nonnull(last);
        ck_assert_int_le(last->end, told[i].start);
        days = working_days(last->start, told[i].start);
        ck_assert_int_ge(days, least[number]);
        late += days > most[number] + 5;
        pairs++;
    }
    ck_assert_int_gt(pairs, 60);
    ck_assert_int_le(late * 20, pairs);
}
END_TEST

START_TEST(nearly_half_of_the_meetings_belong_to_threads)
{
    tell((uint64_t)_i, YEAR);
    ck_assert_msg(told_count * 100 >= single_count * 38 &&
                      told_count * 100 <= single_count * 54,
                  "%d of %d", told_count, single_count);
}
END_TEST

START_TEST(a_story_is_told_to_its_end_before_it_begins_again)
{
    int begun = 0;
    int ended = 0;

    tell((uint64_t)_i, YEAR);
    for (int i = 0; i < told_count; i++) {
        const struct told *first;
        begun += told[i].number == 0;
        ended += told[i].number == 2;
        if (told[i].number != 0)
            continue;
        first = before(i, 0);
        if (!first)
            continue;
        /* The one before was closed, or given up after weeks. */
        ck_assert(before(i, 2)
                      ? before(i, 2)->start > first->start ||
                            told[i].start - first->start > 21 * MINUTES_A_DAY
                      : told[i].start - first->start > 21 * MINUTES_A_DAY);
    }
    ck_assert_int_gt(begun, 20);
    ck_assert_int_ge(ended * 100, begun * 80);
}
END_TEST

START_TEST(the_same_people_come_again)
{
    int same = 0;
    int pairs = 0;

    tell((uint64_t)_i, YEAR);
    for (int i = 0; i < told_count; i++) {
        const struct told *last;
        if (told[i].number != 2 && told[i].number != 1)
            continue;
        last = before(i, told[i].number - 1);
        if (!last || early(&told[i]))
            continue;
        pairs++;
        same += !strcmp(last->person, told[i].person);
    }
    ck_assert_int_gt(pairs, 50);
    ck_assert_int_eq(same, pairs);
}
END_TEST

START_TEST(a_chance_of_half_is_taken_by_half)
{
    int middle = 0;
    int last = 0;

    tell((uint64_t)_i, YEAR);
    for (int i = 0; i < told_count; i++) {
        middle += told[i].number == 6;
        last += told[i].number == 7;
    }
    ck_assert_int_gt(last, 20);
    ck_assert_msg(middle * 100 >= last * 30 && middle * 100 <= last * 70,
                  "%d of %d", middle, last);
}
END_TEST

START_TEST(a_season_begins_threads_and_their_dates_stay)
{
    int begun = 0;
    int over = 0;

    tell((uint64_t)_i, YEAR);
    for (int i = 0; i < told_count; i++) {
        struct civil_date date =
            civil_to_date((civil_day)(told[i].start / MINUTES_A_DAY));
        char quarter[16];
        snprintf(quarter, sizeof quarter, "Q%d", (date.month + 2) / 3);
        if (told[i].number == 8) {
            struct season season = {0, WHEN_QUARTER_END};
            begun++;
            ck_assert(season_holds(&season,
                                   (civil_day)(told[i].start / MINUTES_A_DAY)));
            ck_assert_str_eq(told[i].about, quarter);
        }
        if (told[i].number == 9 && strcmp(told[i].about, quarter) != 0)
            over++;
    }
    ck_assert_int_ge(begun, 3);
    ck_assert_int_le(begun, 8);
    ck_assert_int_gt(over, 0);
}
END_TEST

/* While a deal is open its customer is met in the deal alone by what deals are
 * made of. */
START_TEST(what_threads_tell_is_told_of_others_outside_of_them)
{
    struct persona persona = parse(
        "{\"id\":\"p\",\"name\":\"P\",\"tier\":1,\"words\":{\"customer\":"
        "[\"Aa\",\"Bb\"]},\"archetypes\":[{\"name\":\"call\",\"weight\":100,"
        "\"with\":[\"customer\"],\"subjects\":[\"Call {customer}\"]}],"
        "\"threads\":[{\"name\":\"deal\",\"about\":[\"customer\"],\"steps\":["
        "{\"like\":\"call\"},{\"like\":\"call\"}]}]}");
    struct calendar_options options = options_of(1, 0);
    struct calendar *calendar = start(&persona, &options);
    struct stories *stories = calendar->stories;
    struct draft *draft = calendar->drafts[0];
    struct option *call = NULL;
    int open = 0;

    for (size_t i = 0; i < calendar->singles.count; i++)
        if (calendar->singles.items[i].told)
            call = &calendar->singles.items[i];
    ck_assert_ptr_nonnull(call);
    ck_assert_str_eq(call->archetype->name, "call");
    memset(stories->open, 0, sizeof stories->open);
    ck_assert_uint_eq(stories_customers(stories), 0);
    stories->open[7].plot = &stories->plots[0];
    stories->open[7].values[0] = 1;
    ck_assert_uint_eq(stories_customers(stories), 2);
    calendar->drafting.customers = stories_customers(stories);
    for (int i = 0; i < 400; i++) {
        draft_make(&calendar->drafting, draft, call, options.start);
        open +=
            strstr(draft->event.subject,
                   calendar->cast.firms[FIRM_CUSTOMER].items[1].name) != NULL;
    }
    /* Both customers are drawn, four times in a row the open one too. */
    ck_assert_int_lt(open, 60);
    calendar_end(calendar);
}
END_TEST

Suite *threads_suite(void);
Suite *threads_suite(void)
{
    Suite *suite = suite_create("calendar threads");
    TCase *tcase = tcase_create("threads");

    tcase_add_checked_fixture(tcase, setup_alone, teardown);
    tcase_add_loop_test(tcase, steps_come_in_their_order_and_time, 1, 4);
    tcase_add_loop_test(tcase, nearly_half_of_the_meetings_belong_to_threads, 1,
                        4);
    tcase_add_loop_test(
        tcase, a_story_is_told_to_its_end_before_it_begins_again, 1, 4);
    tcase_add_loop_test(tcase, the_same_people_come_again, 1, 4);
    tcase_add_loop_test(tcase, a_chance_of_half_is_taken_by_half, 1, 4);
    tcase_add_loop_test(tcase, a_season_begins_threads_and_their_dates_stay, 1,
                        4);
    tcase_add_test(tcase, what_threads_tell_is_told_of_others_outside_of_them);
    suite_add_tcase(suite, tcase);
    return suite;
}
