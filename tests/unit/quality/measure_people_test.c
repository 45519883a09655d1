/* Attendees, organizers and companies, each check with meetings that pass and
 * that fail it. */
#include "tests/unit/quality/measuring.h"

#include "datebook/domains.h"

Suite *measure_people_suite(void);

static struct people_measure *people;
static struct company_measure *companies;

/* For a second look. */
static struct measured seen[256];
static struct meeting_facts facts_seen[256];
static size_t seen_count;

static void start(size_t casts)
{
    people_measure_free(people);
    company_measure_free(companies);
    fresh_sums();
    seen_count = 0;
    people = people_measure_new(casts, fix.sums, &fix.err);
    companies = company_measure_new(fix.sums, &fix.err);
    ck_assert(people && companies);
}

static void setup(void)
{
    measuring_setup();
    start(1);
}

static void teardown(void)
{
    people_measure_free(people);
    company_measure_free(companies);
    people = NULL;
    companies = NULL;
    measuring_teardown();
}

#define PERSON(name, address)                                                  \
    "{\"type\":\"required\",\"emailAddress\":{\"name\":\"" name                \
    "\",\"address\":\"" address "\"}}"
#define ROOM(address)                                                          \
    "{\"type\":\"resource\",\"emailAddress\":{\"name\":\"Room\",\"address\":"  \
    "\"" address "\"}}"
#define ANN PERSON("Ann", "ann@contoso.com")
#define BOB PERSON("Bob", "bob@contoso.com")

static void end(void)
{
    if (people_measure_end(people))
        for (size_t i = 0; i < seen_count; i++)
            people_measure_again(people, &seen[i]);
}

/* A meeting of an organizer (NULL: none) and attendees. */
static void add_as(const char *organizer, bool own, const char *subject,
                   const char *attendees)
{
    const char *document = arena_format(
        &fix.arena, &fix.err, "{\"attendees\":[%s],\"organizer\":%s}",
        attendees, organizer ? organizer : "null");
    struct meeting_facts *facts = next_meeting(document);

    facts->subject = subject;
    facts->organizer = own;
    ck_assert(people_measure_meeting(people, &fix.meeting, &fix.err));
    ck_assert(company_measure_meeting(companies, &fix.meeting, &fix.err));
    if (seen_count == sizeof seen / sizeof *seen)
        return;
    facts_seen[seen_count] = fix.facts;
    seen[seen_count] = fix.meeting;
    seen[seen_count].facts = &facts_seen[seen_count];
    seen_count++;
}

static void add(const char *attendees)
{
    add_as(ANN, true, "Subject", attendees);
}

START_TEST(addresses)
{
    add(ANN "," BOB);
    add(PERSON("", "cleo@contoso.com"));
    add("{\"type\":\"required\",\"emailAddress\":{\"name\":\"Cleo\"}}");
    add("{\"type\":\"required\"}");
    add(PERSON("Cleo", "contoso.com"));
    add(PERSON("Cleo", "cleo@x@contoso.com"));
    add(PERSON("Cleo", "cleo smith@contoso.com"));
    add(PERSON("Cleo", "@contoso.com"));
    expect_flaws(CHECK_PEOPLE_ADDRESS, 7, 2);
    expect_flaws(CHECK_PEOPLE_DOMAIN, 0, 0);
}
END_TEST

START_TEST(domains)
{
    add(PERSON("Cleo", "cleo@graph.example"));
    add(PERSON("Dan", "dan@eu.Contoso.com"));
    expect_flaws(CHECK_PEOPLE_DOMAIN, 0, 0);
    add(PERSON("Eve", "eve@gmail.com"));
    expect_flaws(CHECK_PEOPLE_DOMAIN, 1, 3);
    ck_assert_str_eq(sum_of(CHECK_PEOPLE_DOMAIN)->examples[0].note,
                     "eve@gmail.com");
    ck_assert(is_fictitious_domain("northwindtraders.com"));
    ck_assert(is_fictitious_domain("x.test"));
    ck_assert(!is_fictitious_domain("notcontoso.com"));
    ck_assert(!is_fictitious_domain("contoso.com.evil"));
    ck_assert(!is_fictitious_domain(""));
}
END_TEST

START_TEST(names)
{
    add(ANN "," BOB);
    add(PERSON("Bob", "BOB@contoso.com"));
    expect_flaws(CHECK_PEOPLE_NAME, 0, 0);
    expect_share(CHECK_PEOPLE_NAMESAKE, 0, 2);
    add(PERSON("Robert", "bob@contoso.com"));
    expect_flaws(CHECK_PEOPLE_NAME, 1, 3);
    add(PERSON("Bob", "bob@fabrikam.com") "," PERSON("Ann",
                                                     "ann@fabrikam.com"));
    expect_share(CHECK_PEOPLE_NAMESAKE, 1, 4); /* a meeting counts once */
    ck_assert_str_eq(sum_of(CHECK_PEOPLE_NAMESAKE)->examples[0].note,
                     "Bob <bob@fabrikam.com>");
    start(2); /* of two casts some may share a name */
    add(BOB);
    add(PERSON("Bob", "bob@fabrikam.com"));
    expect_share(CHECK_PEOPLE_NAMESAKE, 0, 2);
}
END_TEST

START_TEST(rooms)
{
    add(ANN "," ROOM("room@contoso.com"));
    add(PERSON("Cleo", "cleo@fabrikam.com") "," ROOM("room-2@fabrikam.com"));
    expect_flaws(CHECK_PEOPLE_ROOM, 0, 0);
    add(ANN "," ROOM("room-3@litwareinc.com") "," ROOM("r4@litwareinc.com"));
    expect_flaws(CHECK_PEOPLE_ROOM, 2, 3);
}
END_TEST

START_TEST(organizers)
{
    add_as(ANN, true, "Subject", ANN "," BOB);
    add_as(ANN, true, "Subject", BOB);
    add_as(BOB, false, "Subject", ANN);
    end();
    expect_flaws(CHECK_PEOPLE_ORGANIZER, 0, 0);
    expect_flaws(CHECK_PEOPLE_RESPONSE, 0, 0);
    expect_flaws(CHECK_PEOPLE_PRESENT, 0, 0);
    start(1);
    add_as(ANN, true, "Subject", BOB);
    add_as(ANN, true, "Subject", BOB);
    add_as(BOB, true, "Subject", ANN); /* Ann's response is wrong */
    add_as(ANN, false, "Subject", BOB);
    add_as(BOB, false, "Subject", BOB); /* without Ann */
    add_as(NULL, false, "Subject", ANN);
    end();
    expect_flaws(CHECK_PEOPLE_RESPONSE, 2, 3);
    ck_assert_int_eq(sum_of(CHECK_PEOPLE_RESPONSE)->keys[1], 4);
    expect_flaws(CHECK_PEOPLE_PRESENT, 1, 5);
    expect_flaws(CHECK_PEOPLE_ORGANIZER, 1, 6);
}
END_TEST

/* Two seeds make two casts, and the persona is somebody else in each. */
START_TEST(two_casts)
{
    start(2);
    add_as(ANN, true, "Subject", BOB);
    add_as(PERSON("Zoe", "zoe@fabrikam.com"), true, "Subject", "");
    end();
    expect_flaws(CHECK_PEOPLE_RESPONSE, 0, 0);
    expect_flaws(CHECK_PEOPLE_PRESENT, 0, 0);
}
END_TEST

/* Nobody can say who the persona is that never organizes. */
START_TEST(unknown_persona)
{
    add_as(BOB, false, "Subject", ANN);
    add_as(ANN, false, "Subject", BOB);
    end();
    expect_flaws(CHECK_PEOPLE_RESPONSE, 0, 0);
    expect_flaws(CHECK_PEOPLE_PRESENT, 0, 0);
}
END_TEST

START_TEST(sizes)
{
    static const int people_of[] = {1, 2, 15, 16, 49, 50, 120};

    for (size_t i = 0; i < sizeof people_of / sizeof *people_of; i++) {
        next_meeting("{}")->attendees = people_of[i];
        fix.facts.required = 7;
        fix.facts.optional = 2;
        fix.facts.resources = 1;
        ck_assert(people_measure_meeting(people, &fix.meeting, &fix.err));
    }
    expect_share(CHECK_PEOPLE_FEW, 2, 7);
    ck_assert_int_eq(sum_of(CHECK_PEOPLE_FEW)->examples[0].meeting, 1);
    ck_assert_int_eq(sum_of(CHECK_PEOPLE_FEW)->examples[1].meeting, 4);
    ck_assert_int_eq(sum_of(CHECK_PEOPLE_ONE)->part, 1);
    ck_assert_int_eq(sum_of(CHECK_PEOPLE_MANY)->part, 2);
    expect_share(CHECK_ATTENDEE_REQUIRED, 49, 70);
    expect_share(CHECK_ATTENDEE_OPTIONAL, 14, 70);
    expect_share(CHECK_ATTENDEE_RESOURCE, 7, 70);
}
END_TEST

#define COFFEE PERSON("Cleo", "cleo@fourthcoffee.com")
#define TOYS PERSON("Dan", "dan@tailspin-toys.example")

START_TEST(companies_named)
{
    add_as(ANN, true, "Fourth Coffee kickoff", COFFEE); /* not known yet */
    add_as(ANN, true, "Fourth Coffee kickoff", COFFEE);
    add_as(ANN, true, "Tailspin Toys: demo", TOYS);
    add_as(ANN, true, "Plan for Fourth Coffee", BOB); /* no outsiders */
    add_as(ANN, true, "Fourth Coffee and Tailspin Toys", TOYS);
    add_as(ANN, true, "Contoso day", TOYS); /* the own company is there */
    add_as(ANN, true, "Fourth quarter", TOYS);
    expect_share(CHECK_PEOPLE_COMPANY, 0, 7);
    add_as(ANN, true, "Pricing for fourth-coffee", TOYS);
    expect_share(CHECK_PEOPLE_COMPANY, 1, 8);
    ck_assert_int_eq(sum_of(CHECK_PEOPLE_COMPANY)->examples[0].meeting, 8);
}
END_TEST

Suite *measure_people_suite(void)
{
    Suite *suite = suite_create("measure_people");
    TCase *tests = tcase_create("measure_people");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, addresses);
    tcase_add_test(tests, domains);
    tcase_add_test(tests, names);
    tcase_add_test(tests, rooms);
    tcase_add_test(tests, organizers);
    tcase_add_test(tests, two_casts);
    tcase_add_test(tests, unknown_persona);
    tcase_add_test(tests, sizes);
    tcase_add_test(tests, companies_named);
    suite_add_tcase(suite, tests);
    return suite;
}
