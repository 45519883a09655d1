/* How many meetings a second one persona labels.  Run by hand:
 *
 *   rules_bench [MEETINGS]
 *
 * Texts are drawn from a vocabulary of business words, about 170 bytes a
 * meeting, 8 % of the words with a letter outside ASCII or a number. */
#include "datebook/random.h"
#include "datebook/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { POOL = 20000, DEFAULT_MEETINGS = 1000000 };

static const char *const patterns[] = {
    "pipeline",         "quarter",         "forecast",     "deal review",
    "contract",         "renewal",         "escalation",   "executive sponsor",
    "customer",         "board",           "churn",        "QBR",
    "negotiation",      "pricing",         "win-loss",     "territory plan",
    "hiring",           "interview",       "training",     "team lunch",
    "status update",    "all hands",       "social",       "newsletter",
    "coffee",           "office hours",    "brown bag",    "vendor demo",
    "proof of concept", "security review", "legal review", "budget",
    "headcount",        "comp plan",       "commission",   "partner",
    "roadmap",          "launch",          "case study",   "competitive intel",
};

static const char *const described[] = {
    "Deal reviews with leadership (30 min: pipeline data)",
    "Customer calls (45 min: account history)",
    "QBRs or board reviews with executives (90 min)",
    "1:1s with direct reports (15 min)",
    "Pipeline/forecast reviews (30 min)",
    "Vendor demos without budget",
    "Company all-hands or town halls",
    "Training sessions from HR",
    "Internal status meetings",
    "Escalations with customers or legal",
    "Skip-level meetings with the VP",
    "Contract negotiations (60 min)",
};

static const char *const filler[] = {
    "the",       "and",      "for",      "with",     "we",       "will",
    "review",    "please",   "bring",    "updated",  "numbers",  "agenda",
    "weekly",    "team",     "sync",     "discuss",  "open",     "items",
    "next",      "steps",    "from",     "last",     "meeting",  "project",
    "status",    "follow",   "up",       "on",       "action",   "points",
    "join",      "link",     "room",     "dial",     "in",       "to",
    "prepare",   "slides",   "before",   "Thursday", "accounts", "regional",
    "sales",     "planning", "analysis", "targets",  "growth",   "metrics",
    "dashboard", "risks",    "blockers", "timeline", "owners",   "decisions",
    "2025",      "Q4",       "José",     "café",     "naïve",    "10:30",
};

static struct persona_rule rules[64];

static void fill_persona(struct persona *persona)
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        rules[count++] = (struct persona_rule){.kind = (enum rule_kind)(i / 10),
                                               .source = patterns[i]};
    for (size_t i = 0; i < sizeof described / sizeof *described; i++)
        rules[count++] = (struct persona_rule){
            .kind = i < 6 ? RULE_ALWAYS_ACCEPT : RULE_REQUIRES_PREP,
            .source = described[i]};
    persona->rules = rules;
    persona->rule_count = count;
}

static const char *draw_text(struct random *random, size_t bytes,
                             struct arena *arena, struct error *err)
{
    struct buf text = BUF_EMPTY;
    const char *copy;

    while (text.length < bytes) {
        if (random_below(random, 12) == 0)
            buf_text(&text, patterns[random_below(random, 40)]);
        else
            buf_text(&text, filler[random_below(random, 60)]);
        buf_text(&text, random_below(random, 9) ? " " : ". ");
    }
    copy = arena_text(arena, buf_string(&text), err);
    buf_free(&text);
    return copy;
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool run(struct ruleset *ruleset, struct arena *arena, long meetings,
                struct error *err)
{
    static struct meeting_facts pool[POOL];
    struct random random;
    struct label label;
    size_t fired = 0;
    size_t bytes = 0;
    double start;

    random_start(&random, 1, "bench", NULL);
    for (size_t i = 0; i < POOL; i++) {
        pool[i] = (struct meeting_facts){.attendees = 4, .minutes = 30};
        pool[i].subject = draw_text(&random, 30, arena, err);
        pool[i].preview = draw_text(&random, 130, arena, err);
        pool[i].people = "Ana Ruiz\nTom Berg\nLi Wei\nJo Park";
        if (!pool[i].subject || !pool[i].preview)
            return false;
        bytes += strlen(pool[i].subject) + strlen(pool[i].preview);
    }
    start = seconds();
    for (long i = 0; i < meetings; i++) {
        if (!ruleset_label(ruleset, &pool[i % POOL], &label, err))
            return false;
        fired += label.fired_count;
    }
    start = seconds() - start;
    printf("%.0f meetings/s, %.0f bytes of text each, %.2f rules fired each\n",
           (double)meetings / start, (double)bytes / POOL,
           (double)fired / (double)meetings);
    return true;
}

int main(int argc, char **argv)
{
    struct persona persona = {.id = "bench", .name = "bench", .tier = 1};
    long meetings = argc > 1 ? strtol(argv[1], NULL, 10) : DEFAULT_MEETINGS;
    struct arena arena = ARENA_EMPTY;
    struct error err = {0};
    struct ruleset *ruleset;
    double start = seconds();
    bool fine;

    fill_persona(&persona);
    ruleset = ruleset_compile(&persona, &err);
    printf("compiled %zu rules in %.2f ms\n", persona.rule_count,
           1000 * (seconds() - start));
    fine = ruleset && run(ruleset, &arena, meetings, &err);
    if (!fine)
        fprintf(stderr, "%s\n", err.message);
    ruleset_free(ruleset);
    arena_free(&arena);
    return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
