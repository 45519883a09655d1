/* Phrases that a text should keep: what rules that decided found, and what
 * takes their place when rules are edited. */
#include "fixture.h"

#include "src/dataset/writing_topics.h"

static struct persona persona;
static struct persona older;
static struct ruleset *rules;
static struct meeting_facts facts;

static void compile(struct persona *into, const char *text)
{
    MUST(persona_parse(&fix.arena, text, strlen(text), "test", into, &fix.err));
}

static void setup(void)
{
    folder_setup();
    compile(&persona,
            PERSONA("p", ",\"importance_criteria\":{"
                         "\"always_important\":[\"board deck\",\"outage\"],"
                         "\"usually_important\":[\"review\"]},"
                         "\"priority_framework\":[{\"name\":\"Grow\","
                         "\"keywords\":[\"new market\"]}],"
                         "\"rsvp_rules\":{\"always_accept\":[\"team lunch\"]},"
                         "\"prep_time_needs\":{\"requires_prep\":["
                         "\"Deal reviews with customers (30 min)\"]}"));
    rules = ruleset_compile(&persona, &fix.err);
    MUST(rules != NULL);
    facts = (struct meeting_facts){.subject = "",
                                   .preview = "",
                                   .people = "Ann\n",
                                   .attendees = 3,
                                   .minutes = 30};
}

static void teardown(void)
{
    ruleset_free(rules);
    rmdir(fix.folder);
    arena_free(&fix.arena);
}

/* The topics of a meeting, divided by "|". */
static const char *topics_of(const char *subject, const char *preview)
{
    const char *topics[TOPICS];
    size_t count;

    facts.subject = subject;
    facts.preview = preview;
    MUST(topics_find(rules, &persona, &facts, &fix.arena, topics, &count,
                     &fix.err));
    return !count      ? ""
           : count < 2 ? topics[0]
                       : arena_format(&fix.arena, &fix.err, "%s|%s", topics[0],
                                      topics[1]);
}

START_TEST(what_decided_is_kept)
{
    ck_assert_str_eq(topics_of("Lunch", "Nothing"), "");
    ck_assert_str_eq(topics_of("The Board Deck again", ""), "Board Deck");
    ck_assert_str_eq(topics_of("Outage review over lunch", ""),
                     "Outage|review");
    /* What decides preparation goes before what was overruled, and answers
     * are no topics. */
    ck_assert_str_eq(topics_of("Outage, deal review of a customer", ""),
                     "Outage|deal review of a customer");
    ck_assert_str_eq(topics_of("Team lunch", ""), "");
    ck_assert_str_eq(topics_of("Planning", "What a new market takes"),
                     "new market");
}
END_TEST

START_TEST(words_of_one_rule_stand_together)
{
    ck_assert_str_eq(topics_of("Deal review: three customers, more", ""),
                     "Deal review: three customers");
    ck_assert_str_eq(topics_of("Outage, outage", "board deck"),
                     "board deck|Outage");
}
END_TEST

START_TEST(topics_are_short)
{
    const char *topic = topics_of(
        "Deal reviews of everything that anybody could think of in the last "
        "quarter with the customers",
        "");

    /* The customers stand too far off. */
    ck_assert_str_eq(topic, "Deal reviews");
}
END_TEST

START_TEST(edited_rules_are_held_against_topics)
{
    const char *const topics[] = {"board deck", "team lunch"};
    enum rule_kind kinds[TOPICS];

    MUST(topics_judge(rules, &persona, &facts, topics, 2, &fix.arena, kinds,
                      &fix.err));
    ck_assert_int_eq(kinds[0], RULE_ALWAYS_IMPORTANT);
    ck_assert_int_eq(kinds[1], RULE_KINDS);
}
END_TEST

static const char *replaced(enum rule_kind kind, const struct persona *before)
{
    const char *phrase;
    const char *again;

    MUST(topics_replace(rules, &persona, before, kind, "gone", &fix.arena,
                        &phrase, &fix.err));
    MUST(topics_replace(rules, &persona, before, kind, "gone", &fix.arena,
                        &again, &fix.err));
    ck_assert(phrase ? !strcmp(phrase, again) : !again);
    return phrase;
}

START_TEST(a_new_rule_takes_the_place_of_an_old_one)
{
    compile(&older, PERSONA("p", ",\"importance_criteria\":{"
                                 "\"always_important\":[\"board deck\"]}"));
    ck_assert_str_eq(replaced(RULE_ALWAYS_IMPORTANT, &older), "outage");
    ck_assert_ptr_nonnull(replaced(RULE_ALWAYS_IMPORTANT, NULL));
    ck_assert_str_eq(replaced(RULE_PRIORITY, NULL), "new market");
    ck_assert_str_eq(replaced(RULE_REQUIRES_PREP, NULL),
                     "Deal reviews with customers");
    ck_assert_ptr_null(replaced(RULE_RARELY_IMPORTANT, NULL));
}
END_TEST

Suite *writing_topics_suite(void);
Suite *writing_topics_suite(void)
{
    Suite *suite = suite_create("writing_topics");
    TCase *tcase = tcase_create("writing_topics");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, what_decided_is_kept);
    tcase_add_test(tcase, words_of_one_rule_stand_together);
    tcase_add_test(tcase, topics_are_short);
    tcase_add_test(tcase, edited_rules_are_held_against_topics);
    tcase_add_test(tcase, a_new_rule_takes_the_place_of_an_old_one);
    suite_add_tcase(suite, tcase);
    return suite;
}
