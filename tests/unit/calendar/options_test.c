/* Meetings from rules: which of them there are, and who comes. */
#include "fixture.h"

/* A persona without archetypes and shares: whatever speaks of zeppelins is
 * made from its rule. */
START_TEST(rules_make_series_and_bodies)
{
    struct persona persona = parse(
        "{\"id\":\"rule\",\"name\":\"Rule\",\"tier\":1,"
        "\"importance_criteria\":{\"always_important\":[\"zeppelin\"],"
        "\"rarely_important\":[\"balloon\"]},"
        "\"prep_time_needs\":{\"requires_prep\":[\"Airship landings\"]}}");
    int buried = 0;
    int series = 0;

    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct calendar_options options = options_of(seed, 0);
        struct calendar *calendar = start(&persona, &options);
        for (int i = 0; i < 6; i++) {
            const struct event *events;
            size_t count;
            week(calendar, &events, &count);
            for (size_t k = 0; k < count; k++) {
                const char *subject = events[k].subject;
                buried += !strcasestr(subject, "zeppelin") &&
                          strcasestr(events[k].preview, "zeppelin");
                series += events[k].type == EVENT_OCCURRENCE &&
                          (strcasestr(subject, "airship") ||
                           strcasestr(subject, "balloon"));
            }
        }
        calendar_end(calendar);
    }
    ck_assert_int_gt(buried, 5);
    ck_assert_int_gt(series, 5);
}
END_TEST

static bool has_guest(const struct event *event)
{
    for (size_t i = 0; i < event->attendee_count; i++)
        if (event->attendees[i].type != ATTENDEE_RESOURCE &&
            strcmp(strchr(event->attendees[i].address, '@'),
                   strchr(event->organizer_address, '@')) != 0)
            return true;
    return false;
}

START_TEST(customers_come_for_their_phrases)
{
    struct persona persona =
        parse("{\"id\":\"law\",\"name\":\"Law\",\"tier\":1,"
              "\"demographics\":{\"function\":\"Legal\"},"
              "\"importance_criteria\":{\"always_important\":"
              "[\"regulator inquiry\",\"zinc negotiation\","
              "\"vendor negotiation\"],"
              "\"usually_important\":[\"client zeppelin\"]}}");
    int met[4] = {0};

    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct calendar_options options = options_of(seed, 0);
        struct calendar *calendar = start(&persona, &options);
        for (int i = 0; i < 6; i++) {
            static const char *const phrases[] = {
                "regulator inquiry", "vendor negotiation", "zinc negotiation",
                "client zeppelin"};
            const struct event *events;
            size_t count;
            week(calendar, &events, &count);
            for (size_t k = 0; k < count; k++)
                for (size_t p = 0; p < 4; p++)
                    met[p] += strcasestr(events[k].subject, phrases[p]) &&
                              has_guest(&events[k]);
        }
        calendar_end(calendar);
    }
    ck_assert_int_eq(met[0], 0);
    ck_assert_int_eq(met[1], 0);
    ck_assert_int_gt(met[2], 0);
    ck_assert_int_gt(met[3], 0);
}
END_TEST

START_TEST(threads_name_phrases_too)
{
    struct persona persona =
        parse("{\"id\":\"told\",\"name\":\"Told\",\"tier\":1,"
              "\"importance_criteria\":{\"always_important\":[\"zeppelin\","
              "\"biplane\"]},"
              "\"threads\":[{\"name\":\"flight\",\"steps\":["
              "{\"subjects\":[\"Zeppelin over {city}\"]},"
              "{\"subjects\":[\"Landing in {city}\"]}]}]}");
    struct calendar_options options = options_of(1, 0);
    struct calendar *calendar = start(&persona, &options);
    int biplanes = 0;

    for (int i = 0; i < 12; i++) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t k = 0; k < count; k++) {
            const char *subject = events[k].subject;
            ck_assert(!strcasestr(subject, "zeppelin") ||
                      strstr(subject, "Zeppelin over "));
            biplanes += strcasestr(subject, "biplane") != NULL;
        }
    }
    ck_assert_int_gt(biplanes, 0);
    calendar_end(calendar);
}
END_TEST

Suite *options_suite(void);
Suite *options_suite(void)
{
    Suite *suite = suite_create("calendar options");
    TCase *tcase = tcase_create("rules");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, rules_make_series_and_bodies);
    tcase_add_test(tcase, customers_come_for_their_phrases);
    tcase_add_test(tcase, threads_name_phrases_too);
    suite_add_tcase(suite, tcase);
    return suite;
}
