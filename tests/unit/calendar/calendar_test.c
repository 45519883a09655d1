/* Whole calendars: repeatable, inside of working hours, in the right
 * proportions, for any persona. */
#include "fixture.h"

#include "datebook/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The hash of what some weeks look like as JSON. */
static void digest(const char *text, const struct calendar_options *options,
                   int weeks, char hex[HASH_HEX_SIZE])
{
    struct persona persona = parse(text);
    struct calendar *calendar = start(&persona, options);
    struct buf buf = BUF_EMPTY;
    struct hash hash;
    unsigned char bytes[HASH_SIZE];

    hash_start(&hash);
    for (int i = 0; i < weeks; i++) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t k = 0; k < count; k++) {
            buf_clear(&buf);
            graph_write(&buf, &events[k]);
            hash_text(&hash, buf_string(&buf));
        }
    }
    hash_end(&hash, bytes);
    hash_hex(bytes, hex);
    buf_free(&buf);
    calendar_end(calendar);
}

START_TEST(same_seed_same_bytes)
{
    struct calendar_options options = options_of(7, 0);
    char one[HASH_HEX_SIZE];
    char other[HASH_HEX_SIZE];

    digest(SALES, &options, 6, one);
    /* Another persona in between changes nothing. */
    digest(BARE, &options, 6, other);
    ck_assert_str_ne(one, other);
    digest(SALES, &options, 6, other);
    ck_assert_str_eq(one, other);
    options.seed = 8;
    digest(SALES, &options, 6, other);
    ck_assert_str_ne(one, other);
}
END_TEST

/* ------------------------------------------------- what a calendar holds */

struct tally {
    int meetings;
    int types[3];
    int attendees[3];
    int minutes;
    int weeks;
    int overlapping;
    int middling; /* 2 to 15 people */
    int alone;
    int crowds;
    int days[7];
    int no_time;
    int usual_starts;
    int late; /* later than half past six */
    int elsewhere;
    int stamped; /* attendees with a time */
    int organizer_listed;
    int organized; /* meetings with attendees */
};

static bool lists(const struct event *event, const char *address)
{
    for (size_t i = 0; i < event->attendee_count; i++)
        if (!strcmp(event->attendees[i].address, address))
            return true;
    return false;
}

static void check_text(const char *text)
{
    ck_assert_ptr_null(strchr(text, '{'));
    ck_assert_ptr_null(strchr(text, '}'));
    ck_assert_ptr_null(strstr(text, "  "));
}

static void check_times(const struct event *event)
{
    int start = (int)(event->start % MINUTES_A_DAY);
    int end = start + (int)(event->end - event->start);

    ck_assert_int_ge(start, 8 * 60 + 30);
    /* A party may go on. */
    ck_assert_int_le(end, 21 * 60);
    ck_assert_int_lt(civil_weekday((civil_day)(event->start / MINUTES_A_DAY)),
                     5);
    if (event->responded_at != NO_TIME)
        ck_assert_int_lt(event->responded_at, event->start);
}

/* Here, or on a journey. */
static bool is_busy(const struct event *event)
{
    return event->show_as == SHOW_BUSY ||
           event->show_as == SHOW_WORKING_ELSEWHERE;
}

static void check_answers(const struct event *event)
{
    switch (event->response) {
    case RESPONSE_DECLINED:
        ck_assert_int_eq(event->show_as, SHOW_FREE);
        break;
    case RESPONSE_TENTATIVE:
    case RESPONSE_NOT_RESPONDED:
        ck_assert_int_eq(event->show_as, SHOW_TENTATIVE);
        break;
    case RESPONSE_ORGANIZER:
        ck_assert_int_eq(event->responded_at, NO_TIME);
        ck_assert(is_busy(event));
        break;
    default:
        ck_assert(is_busy(event));
    }
}

static void check_ids(const struct event *event)
{
    bool single = event->type == EVENT_SINGLE;

    ck_assert_uint_eq(strlen(event->id), single ? 68 : 84);
    ck_assert_uint_eq(strlen(event->etag), 36);
    ck_assert(single == !event->series_master_id);
    ck_assert_str_eq(event->time_zone, "Asia/Shanghai");
    ck_assert_ptr_eq(strpbrk(event->id, "+/=%"), NULL);
    ck_assert(!strncmp(event->web_link,
                       "https://outlook.office365.com/owa/?itemid=AAkALg", 48));
    if (event->series_master_id)
        ck_assert_uint_eq(strlen(event->series_master_id), 68);
}

static void count_people(struct tally *tally, const struct event *event)
{
    int people = lists(event, event->organizer_address) ? 0 : 1;

    for (size_t i = 0; i < event->attendee_count; i++) {
        const struct attendee *attendee = &event->attendees[i];
        tally->attendees[attendee->type]++;
        tally->stamped += attendee->responded_at != NO_TIME;
        people += attendee->type != ATTENDEE_RESOURCE;
        ck_assert_ptr_nonnull(strchr(attendee->address, '@'));
        ck_assert_ptr_nonnull(strchr(attendee->name, 0));
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(attendee->address, event->attendees[k].address);
    }
    tally->middling += people >= 2 && people <= 15;
    tally->alone += people == 1;
    tally->crowds += people >= 50;
    if (event->attendee_count) {
        tally->organized++;
        tally->organizer_listed += lists(event, event->organizer_address);
    }
}

static void count_week(struct tally *tally, const struct event *events,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct event *event = &events[i];
        bool overlaps = false;
        int minute = (int)(event->start % 60);
        check_text(event->subject);
        check_text(event->preview);
        check_times(event);
        check_answers(event);
        check_ids(event);
        count_people(tally, event);
        if (i)
            ck_assert_int_ge(event->start, events[i - 1].start);
        for (size_t k = 0; k < count; k++)
            overlaps |= k != i && events[k].start < event->end &&
                        event->start < events[k].end;
        tally->overlapping += overlaps;
        tally->types[event->type]++;
        tally->late += event->end % MINUTES_A_DAY > 18 * 60 + 30;
        tally->elsewhere += event->show_as == SHOW_WORKING_ELSEWHERE;
        tally->minutes += (int)(event->end - event->start);
        tally->days[civil_weekday((civil_day)(event->start / MINUTES_A_DAY))]++;
        tally->no_time += event->responded_at == NO_TIME;
        tally->usual_starts += minute % 30 == 0 || minute % 30 == 5;
        tally->meetings++;
    }
    tally->weeks++;
}

static struct tally tally_of(const char *text, uint64_t seed, int weeks)
{
    struct persona persona = parse(text);
    struct calendar_options options = options_of(seed, 0);
    struct calendar *calendar = start(&persona, &options);
    struct tally tally = {0};

    for (int i = 0; i < weeks; i++) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        count_week(&tally, events, count);
    }
    calendar_end(calendar);
    return tally;
}

static void between(const char *what, int part, int whole, int low, int high)
{
    ck_assert_msg(part * 100 >= whole * low && part * 100 <= whole * high,
                  "%s: %d of %d is not %d to %d %%", what, part, whole, low,
                  high);
}

static void check_tally(const struct tally *tally, int hours)
{
    int entries =
        tally->attendees[0] + tally->attendees[1] + tally->attendees[2];

    between("singles", tally->types[EVENT_SINGLE], tally->meetings, 50, 70);
    between("occurrences", tally->types[EVENT_OCCURRENCE], tally->meetings, 20,
            40);
    between("exceptions", tally->types[EVENT_EXCEPTION], tally->meetings, 5,
            16);
    between("required", tally->attendees[0], entries, 62, 78);
    between("optional", tally->attendees[1], entries, 13, 27);
    between("resources", tally->attendees[2], entries, 4, 15);
    between("overlapping", tally->overlapping, tally->meetings, 1, 16);
    between("2 to 15 people", tally->middling, tally->meetings, 78, 100);
    between("without time", tally->no_time, tally->meetings, 20, 58);
    between("late", tally->late, tally->meetings, 0, 2);
    between("elsewhere", tally->elsewhere, tally->meetings, 0, 20);
    between("usual starts", tally->usual_starts, tally->meetings, 88, 100);
    between("attendee times", tally->stamped, entries, 0, 4);
    between("organizer listed", tally->organizer_listed, tally->organized, 58,
            85);
    between("weekly load", tally->minutes, tally->weeks * hours * 60, 85, 115);
    ck_assert_int_gt(tally->alone, 0);
    between("middle of the week",
            tally->days[1] + tally->days[2] + tally->days[3], tally->meetings,
            58, 80);
    ck_assert_int_eq(tally->days[5] + tally->days[6], 0);
}

START_TEST(bare_persona_has_a_life)
{
    struct tally tally = tally_of(BARE, (uint64_t)_i + 1, 24);

    check_tally(&tally, 20);
    ck_assert_int_gt(tally.crowds, 0);
}
END_TEST

START_TEST(sales_manager_has_a_life)
{
    struct tally tally = tally_of(SALES, (uint64_t)_i + 1, 24);

    check_tally(&tally, 28);
}
END_TEST

/* ----------------------------------------------------------- any persona */

START_TEST(odd_personas_work)
{
    static const char *const cases[] = {
        "{\"id\":\"u\",\"name\":\"U\",\"tier\":2,\"demographics\":"
        "{\"function\":\"Falconry\",\"level\":\"Master\"}}",
        "{\"id\":\"cjk\",\"name\":\"季度\",\"tier\":2,"
        "\"importance_criteria\":{\"always_important\":[\"季度复盘\","
        "\"客户 投诉\"],\"rarely_important\":[\"团建\"]}}",
        "{\"id\":\"odd\",\"name\":\"O\",\"tier\":2,"
        "\"importance_criteria\":{\"always_important\":[\"say \\\"stop\\\"\","
        "\"{customer} {nope}\",\"tab\\tand  spaces\"],"
        "\"usually_important\":[{\"any\":[\"outage\"],\"external\":true}]},"
        "\"rsvp_rules\":{\"always_accept\":[\"Board/investor meetings\","
        "\"x / y\",\"(only a bracket)\"]},"
        "\"words\":{\"customer\":[\"Ø Kunde\",\"株式会社\"],\"project\":"
        "[\"One\"]}}",
        "{\"id\":\"light\",\"name\":\"L\",\"tier\":2,\"meeting_context\":"
        "{\"weekly_meeting_hours\":\"1\"}}",
        "{\"id\":\"extreme\",\"name\":\"E\",\"tier\":2,\"meeting_context\":"
        "{\"weekly_meeting_hours\":\"60-80 hours\"}}",
        "{\"id\":\"shares\",\"name\":\"S\",\"tier\":2,\"meeting_context\":"
        "{\"typical_breakdown\":{\"x\":\"100%\",\"1on1\":\"100%\","
        "\"1:1s with manager\":\"100%\",\"customer calls\":\"0%\"}}}",
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tally tally = {0};
        struct persona persona = parse(cases[i]);
        struct calendar_options options = options_of(3, 0);
        struct calendar *calendar = start(&persona, &options);
        for (int k = 0; k < 8; k++) {
            const struct event *events;
            size_t count;
            week(calendar, &events, &count);
            count_week(&tally, events, count);
        }
        calendar_end(calendar);
    }
}
END_TEST

START_TEST(long_patterns_are_cut)
{
    char text[1200];
    char pattern[210] = "";
    struct persona persona;
    struct calendar_options options = options_of(3, 0);
    struct calendar *calendar;
    int found = 0;

    for (size_t i = 0; i < 40; i++)
        memcpy(pattern + 5 * i, "abcd ", 6);
    pattern[5 * 40 - 1] = '\0';
    snprintf(text, sizeof text,
             "{\"id\":\"long\",\"name\":\"L\",\"tier\":1,"
             "\"importance_criteria\":{\"always_important\":[\"%s\"]}}",
             pattern);
    persona = parse(text);
    calendar = start(&persona, &options);
    for (int i = 0; i < 12; i++) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t k = 0; k < count; k++) {
            ck_assert_uint_le(strlen(events[k].subject), 255);
            found += strstr(events[k].subject, "abcd abcd abcd") != NULL;
        }
    }
    ck_assert_int_gt(found, 0);
    calendar_end(calendar);
}
END_TEST

START_TEST(wrong_archetypes_of_a_persona)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"{\"id\":\"p\",\"name\":\"P\",\"tier\":1,\"archetypes\":[{\"name\":"
         "\"a\",\"subjects\":[\"{nope}\"]}]}",
         "persona p: archetypes[0] \"a\": subjects[0]: unknown placeholder "
         "{nope}"},
        {"{\"id\":\"p\",\"name\":\"P\",\"tier\":1,\"words\":{\"tea\":7}}",
         "persona p: words.tea: must be a list of texts, not a number"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct persona persona = parse(cases[i].text);
        struct calendar_options options = options_of(1, 0);
        ck_assert_ptr_null(
            calendar_start(&arena, &persona, library, &options, &err));
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_str_eq(err.message, cases[i].message);
    }
}
END_TEST

START_TEST(own_words_and_archetypes_are_used)
{
    struct persona persona = parse(
        "{\"id\":\"own\",\"name\":\"Own\",\"tier\":1,"
        "\"words\":{\"falcon\":[\"Hugo\",\"Berta\"],\"customer\":[\"Nest "
        "Ltd\"]},"
        "\"archetypes\":[{\"name\":\"flight\",\"weight\":100,\"with\":"
        "[\"customer\"],\"people\":[2,2],\"organizer\":\"self\",\"subjects\":"
        "[\"Flight of {falcon} for {customer}\"],\"bodies\":[\"{contact} "
        "watches {falcon}.\"]}]}");
    struct calendar_options options = options_of(1, 0);
    struct calendar *calendar = start(&persona, &options);
    const struct event *events;
    size_t count;
    int found = 0;

    week(calendar, &events, &count);
    for (size_t i = 0; i < count; i++) {
        if (strncmp(events[i].subject, "Flight of ", 10) != 0)
            continue;
        found++;
        ck_assert_ptr_nonnull(strstr(events[i].subject, " for Nest Ltd"));
        ck_assert_ptr_nonnull(
            strstr(events[i].attendees[0].address, "@nest-ltd.example"));
        /* Who is spoken of is who comes. */
        if (*events[i].preview)
            ck_assert_ptr_nonnull(
                strstr(events[i].preview, events[i].attendees[0].name));
    }
    ck_assert_int_gt(found, 0);
    calendar_end(calendar);
}
END_TEST

/* ----------------------------------------------------------------- dates */

START_TEST(first_week_begins_with_the_start)
{
    struct persona persona = parse(SALES);
    struct calendar_options options = options_of(1, 0);
    struct calendar *calendar;
    const struct event *events;
    size_t count;

    ck_assert(civil_parse_date("2025-11-20", &options.start));
    calendar = start(&persona, &options);
    week(calendar, &events, &count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_ge(events[i].start,
                         (civil_minute)options.start * MINUTES_A_DAY);
        ck_assert_int_lt(events[i].start,
                         (civil_minute)(options.start + 4) * MINUTES_A_DAY);
    }
    calendar_end(calendar);
    /* A week that starts on Saturday has nothing: the next one is given. */
    options.start += 2;
    calendar = start(&persona, &options);
    week(calendar, &events, &count);
    ck_assert_int_ge(events[0].start,
                     (civil_minute)(options.start + 2) * MINUTES_A_DAY);
    calendar_end(calendar);
}
END_TEST

START_TEST(the_year_9999_is_the_last)
{
    struct persona persona = parse(BARE);
    struct calendar_options options = options_of(1, 0);
    struct calendar *calendar;
    const struct event *events;
    size_t count;

    ck_assert(civil_parse_date("9999-12-27", &options.start));
    calendar = start(&persona, &options);
    week(calendar, &events, &count);
    ck_assert(!calendar_week(calendar, &events, &count, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.message, "the calendar would go past the year 9999");
    calendar_end(calendar);
}
END_TEST

/* ------------------------------------------------------------------- mix */

/* Rules in a nutshell: the words of SALES, looked for in subject and
 * preview. */
static bool nutshell(void *context, const struct event *draft,
                     struct calendar_verdict *verdict, struct error *error)
{
    static const struct {
        const char *word;
        int importance;
    } words[] = {{"crisis", 3},  {"forecast", 2},   {"renewal", 2},
                 {"closing", 2}, {"newsletter", 0}, {"happy hour", 0}};
    int *calls = context;

    (void)error;
    ++*calls;
    *verdict = (struct calendar_verdict){1, 0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(draft->subject, words[i].word) ||
            strcasestr(draft->preview, words[i].word)) {
            verdict->importance = words[i].importance;
            break;
        }
    if (strcasestr(draft->subject, "board presentation") ||
        strcasestr(draft->subject, "planning") ||
        strcasestr(draft->subject, "forecast") ||
        strcasestr(draft->subject, "crisis") || draft->attendee_count > 6)
        verdict->prep_minutes = 30;
    return true;
}

START_TEST(mix_is_reached)
{
    struct persona persona = parse(SALES);
    struct calendar_options options = options_of((uint64_t)_i + 1, 0);
    struct calendar *calendar;
    int levels[4] = {0};
    int prep = 0;
    int all = 0;
    int calls = 0;

    options.judge = nutshell;
    options.judge_context = &calls;
    calendar = start(&persona, &options);
    while (all < 400) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t i = 0; i < count; i++, all++) {
            struct calendar_verdict verdict;
            nutshell(&calls, &events[i], &verdict, &err);
            levels[verdict.importance]++;
            prep += verdict.prep_minutes > 0;
        }
    }
    calendar_end(calendar);
    between("critical", levels[3], all, 10, 16);
    between("high", levels[2], all, 25, 31);
    between("medium", levels[1], all, 35, 42);
    between("low", levels[0], all, 15, 21);
    between("prep", prep, all, 40, 50);
}
END_TEST

static bool broken(void *context, const struct event *draft,
                   struct calendar_verdict *verdict, struct error *error)
{
    (void)context;
    (void)draft;
    (void)verdict;
    return error_set(error, ERROR_BUG, "no verdict today");
}

START_TEST(a_judge_that_fails_is_heard)
{
    struct persona persona = parse(SALES);
    struct calendar_options options = options_of(1, 0);

    options.judge = broken;
    ck_assert_ptr_null(
        calendar_start(&arena, &persona, library, &options, &err));
    ck_assert_str_eq(err.message, "no verdict today");
}
END_TEST

Suite *calendar_suite(void);
Suite *calendar_suite(void)
{
    Suite *suite = suite_create("calendar");
    TCase *tcase = tcase_create("calendar");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, same_seed_same_bytes);
    tcase_add_loop_test(tcase, bare_persona_has_a_life, 0, 3);
    tcase_add_loop_test(tcase, sales_manager_has_a_life, 0, 3);
    tcase_add_test(tcase, odd_personas_work);
    tcase_add_test(tcase, long_patterns_are_cut);
    tcase_add_test(tcase, wrong_archetypes_of_a_persona);
    tcase_add_test(tcase, own_words_and_archetypes_are_used);
    tcase_add_test(tcase, first_week_begins_with_the_start);
    tcase_add_test(tcase, the_year_9999_is_the_last);
    tcase_add_loop_test(tcase, mix_is_reached, 0, 3);
    tcase_add_test(tcase, a_judge_that_fails_is_heard);
    suite_add_tcase(suite, tcase);
    return suite;
}
