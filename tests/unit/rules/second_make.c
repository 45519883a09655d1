/* Rules and meetings made at random. */
#include "second_make.h"

#include <check.h>
#include <string.h>

enum { GROUP_WORDS = 8 };

/* Words beside those that they are mistaken for. */
static const char *const groups[][GROUP_WORDS] = {
    {"deal", "deals", "dealer", "ideal", "deal review"},
    {"review", "reviews", "reviewing", "preview"},
    {"customer", "customers", "custom", "client", "clientele", "customer’s"},
    {"legal", "illegal", "legally", "counsel", "legal counsel"},
    {"API", "APIs", "rapid", "ＡＰＩ"},
    {"demo", "Demos", "demographics", "demonstration", "live demo"},
    {"executive", "executives", "execution", "exec team", "CEO", "C-suite"},
    {"pipeline", "pipelines", "pipe line"},
    {"close", "closing", "closet", "closed"},
    {"quarter", "quarterly", "headquarters", "Q4", "Q40", "quarter's"},
    {"board", "boards", "boarding", "onboarding", "BoD", "board of directors"},
    {"team", "teams", "squad", "steam", "my team"},
    {"leadership", "VP", "vice president", "director", "directory",
     "senior leadership team", "head of"},
    {"1:1", "one-on-one", "1on1s", "1–1", "2025-1-1", "one on one"},
    {"季度", "回顾", "第四季度回顾", "季"},
    {"café", "cafe\u0301", "cafe", "STRASSE", "straße"},
    {"budget", "budgets", "budgeting"},
    {"plan", "planning", "plans", "planet"},
    {"all-hands", "all hands", "town hall", "hands", "All-Hands"},
    {"standup", "stand-up", "stand up", "daily scrum"},
    {"follow-up", "followup", "follow up"},
    {"external", "internal", "recurring", "interns"},
    {"QBR", "quarterly business review", "QBRs", "business", "busy"},
    {"R&D", "R & D", "A/B", "CI/CD", "AI/ML"},
    {"$2M", "2m", "2M", "20M"},
    {"vendor", "supplier", "vendors"},
    {"skip-level", "skip level", "level"},
    {"kickoff", "kick-off", "kick off"},
    {"agenda", "agendas", "ad hoc", "adhoc"},
    {"pricing", "price", "priceless"},
    {"HR", "human resources", "human", "Three"},
    {"on-call", "oncall", "on call"},
    {"direct report", "directs", "report", "direct", "direct reports"},
    {"manager", "boss", "management", "Managers"},
    {"offsite", "off-site", "site"},
    {"customer-facing", "facing", "non-customer", "no-agenda"},
    {"incident", "outage", "incidents"},
    {"POC", "proof of concept", "RFP", "request for proposal"},
    {"go-to-market", "GTM", "market", "marketing"},
    {"lunch and learn", "brown bag", "lunch & learn", "lunch"},
};

static const char *const small_words[] = {
    "and", "the",   "any", "my",   "or",  "of",  "with",
    "no",  "other", "who", "this", "all", "for", "on",
};
static const char *const stop_words[] = {
    "the", "any", "all", "my", "our", "these", "related", "other", "an",
};
static const char *const nouns[] = {
    "meeting", "meetings",    "calls", "session",
    "sync",    "discussions", "event", "invites",
};
static const char *const prepositions[] = {
    "with", "w/", "for",       "to",   "about",  "on",  "by",
    "in",   "of", "regarding", "from", "before", "per",
};
static const char *const negations[] = {
    "without",   "no",     "not",        "except",
    "excluding", "unless", "instead of", "w/o",
};
static const char *const conditions[] = {
    "if", "when", "until", "depending on", "once", "provided",
};
static const char *const gaps[] = {
    " ", " ", " ", " ",   ", ", ": ", " — ", " / ",
    "/", "-", "&", " 🚀 ", " (", "; ", ". ",  "–",
};
static const char *const brackets[] = {
    " (30 min)",
    " (20 minutes: slides)",
    " (25m)",
    " (30-60 min)",
    " (15–20 min)",
    " (30 to 60 min)",
    " (30 min - 1 hour)",
    " (60+ min)",
    " (1.5 hours)",
    " (1h30)",
    " (1 hour 15 min)",
    " (1-2 hours)",
    " (slides)",
    " ($2m deals, 40 min)",
    " (2M users)",
    " (weekly) (50 min)",
    " (5 min)",
    " (22 min) with all",
    " (slides) 45 min",
    " (1 hour)",
    " (45 min: read; 60 min: write)",
};
static const char *const people[] = {
    "Ana Silva",      "Jo Park, VP", "Kim Lee (Director)",     "Pat Vice",
    "President Hall", "O’Brien",     "Li Wei – Head of Sales", "",
};

#define PICK(maker, list)                                                      \
    (list)[random_below(&(maker)->random, sizeof(list) / sizeof *(list))]

void make_start(struct maker *maker, struct arena *arena, uint64_t number)
{
    maker->arena = arena;
    random_start(&maker->random, number, "rules and meetings", NULL);
    for (size_t i = 0; i < MAKE_GROUPS; i++)
        maker->groups[i] =
            random_below(&maker->random, sizeof groups / sizeof *groups);
}

static const char *a_word(struct maker *maker)
{
    size_t group = maker->groups[random_below(&maker->random, MAKE_GROUPS)];
    uint32_t count = 0;

    if (random_chance(&maker->random, 10))
        group = random_below(&maker->random, sizeof groups / sizeof *groups);
    while (count < GROUP_WORDS && groups[group][count])
        count++;
    /* The first word of a group as often as all others. */
    return groups[group][random_chance(&maker->random, 50)
                             ? 0
                             : random_below(&maker->random, count)];
}

static const char *keep(struct maker *maker, struct buf *buf)
{
    struct error err;
    const char *text = arena_text(maker->arena, buf_string(buf), &err);

    ck_assert_ptr_nonnull(text);
    buf_free(buf);
    return text;
}

static const char *a_text(struct maker *maker, int least, int most)
{
    int count = random_between(&maker->random, least, most);
    struct buf buf = BUF_EMPTY;

    for (int i = 0; i < count; i++) {
        if (i)
            buf_text(&buf, PICK(maker, gaps));
        buf_text(&buf, random_chance(&maker->random, 15)
                           ? PICK(maker, small_words)
                           : a_word(maker));
    }
    return keep(maker, &buf);
}

static const char *a_phrase(struct maker *maker)
{
    struct buf buf = BUF_EMPTY;

    buf_text(&buf, a_word(maker));
    if (random_chance(&maker->random, 25)) {
        buf_text(&buf,
                 random_chance(&maker->random, 80) ? " " : PICK(maker, gaps));
        buf_text(&buf, a_word(maker));
    }
    return keep(maker, &buf);
}

static const char *a_head_word(struct maker *maker)
{
    int kind = random_between(&maker->random, 1, 100);

    if (kind <= 8)
        return PICK(maker, stop_words);
    if (kind <= 22)
        return PICK(maker, nouns);
    return a_word(maker);
}

static void add_joint(struct maker *maker, struct buf *buf)
{
    static const uint32_t weights[] = {36, 8, 14, 7, 2, 4,  8, 4, 2,
                                       1,  1, 1,  1, 1, 16, 5, 3};
    static const char *const joints[] = {
        " ", " and ", " or ", ", ", "; ", " / ",      "/",
        "-", "&",     " & ",  ".",  "—",  " and/or ", ": "};
    size_t count = sizeof weights / sizeof *weights;
    size_t joint = random_weighted(&maker->random, weights, count);

    if (joint < count - 3)
        buf_text(buf, joints[joint]);
    else if (joint == count - 3)
        buf_format(buf, " %s ", PICK(maker, prepositions));
    else if (joint == count - 2)
        buf_format(buf, " %s ", PICK(maker, negations));
    else
        buf_format(buf, " %s ", PICK(maker, conditions));
}

static const char *a_description(struct maker *maker)
{
    int count = 1 + (int)random_below(&maker->random, 4);
    struct buf buf = BUF_EMPTY;

    if (random_chance(&maker->random, 8))
        buf_text(&buf, "Any ");
    for (int i = 0; i < count; i++) {
        if (i)
            add_joint(maker, &buf);
        buf_text(&buf, a_head_word(maker));
    }
    if (random_chance(&maker->random, 40))
        buf_text(&buf, PICK(maker, brackets));
    return keep(maker, &buf);
}

static void add_key(struct buf *buf, const char *key)
{
    buf_format(buf, "%s\"%s\":", buf->length ? "," : "{", key);
}

static void add_phrases(struct maker *maker, struct buf *buf, const char *key)
{
    add_key(buf, key);
    if (random_chance(&maker->random, 40)) {
        buf_json(buf, a_phrase(maker));
        return;
    }
    buf_char(buf, '[');
    buf_json(buf, a_phrase(maker));
    buf_char(buf, ',');
    buf_json(buf, a_phrase(maker));
    buf_char(buf, ']');
}

static void add_switch(struct maker *maker, struct buf *buf, const char *key)
{
    if (!random_chance(&maker->random, 12))
        return;
    add_key(buf, key);
    buf_text(buf, random_chance(&maker->random, 50) ? "true" : "false");
}

static void add_bounds(struct maker *maker, struct buf *buf, const char *what,
                       int step)
{
    int least = step * random_between(&maker->random, 0, 4);
    int most = least + step * random_between(&maker->random, 0, 4);

    if (random_chance(&maker->random, 12))
        buf_format(buf, "%s\"%s_min\":%d", buf->length ? "," : "{", what,
                   least);
    if (random_chance(&maker->random, 12))
        buf_format(buf, "%s\"%s_max\":%d", buf->length ? "," : "{", what, most);
}

static const char *an_object(struct maker *maker, enum rule_kind kind)
{
    struct buf buf = BUF_EMPTY;

    if (random_chance(&maker->random, 60))
        add_phrases(maker, &buf, "any");
    if (random_chance(&maker->random, 20))
        add_phrases(maker, &buf, "all");
    if (random_chance(&maker->random, 30) || !buf.length)
        add_phrases(maker, &buf, "none");
    add_switch(maker, &buf, "external");
    add_switch(maker, &buf, "one_on_one");
    add_switch(maker, &buf, "recurring");
    add_switch(maker, &buf, "organizer");
    add_switch(maker, &buf, "overlaps");
    add_bounds(maker, &buf, "attendees", 2);
    add_bounds(maker, &buf, "duration", 15);
    if ((kind == RULE_REQUIRES_PREP || kind == RULE_OPTIONAL_PREP) &&
        random_chance(&maker->random, 50))
        buf_format(&buf, ",\"minutes\":%d",
                   random_between(&maker->random, 1, 120));
    if (random_chance(&maker->random, 40))
        buf_format(&buf, ",\"name\":\"rule %d\"",
                   random_between(&maker->random, 1, 3));
    buf_char(&buf, '}');
    return keep(maker, &buf);
}

void make_rule(struct maker *maker, enum rule_kind kind,
               struct persona_rule *rule)
{
    struct error err;

    *rule = (struct persona_rule){.kind = kind, .field = "rule"};
    if (kind == RULE_PRIORITY) {
        rule->source = a_phrase(maker);
        rule->keyword_count = random_below(&maker->random, 3);
        rule->keywords =
            arena_zero(maker->arena, 2, sizeof *rule->keywords, &err);
        ck_assert_ptr_nonnull(rule->keywords);
        for (size_t i = 0; i < rule->keyword_count; i++)
            rule->keywords[i] = a_phrase(maker);
    } else if (random_chance(&maker->random, 20)) {
        rule->source = an_object(maker, kind);
        rule->object = json_parse(maker->arena, rule->source,
                                  strlen(rule->source), "rule", &err);
        ck_assert_msg(rule->object != NULL, "%s", err.message);
    } else {
        rule->source =
            kind < RULE_PRIORITY ? a_phrase(maker) : a_description(maker);
    }
}

void make_rules(struct maker *maker, struct persona_rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++)
        make_rule(maker, (enum rule_kind)(i * RULE_KINDS / count), &rules[i]);
}

static const char *some_people(struct maker *maker)
{
    uint32_t count = random_below(&maker->random, 4);
    struct buf buf = BUF_EMPTY;

    for (uint32_t i = 0; i < count; i++) {
        buf_text(&buf, random_chance(&maker->random, 25) ? a_word(maker)
                                                         : PICK(maker, people));
        buf_char(&buf, '\n');
    }
    return keep(maker, &buf);
}

void make_meeting(struct maker *maker, struct meeting_facts *facts)
{
    struct random *random = &maker->random;

    *facts = (struct meeting_facts){
        .subject = a_text(maker, 1, 4),
        .preview = random_chance(random, 70) ? a_text(maker, 2, 8) : "",
        .people = some_people(maker),
        .attendees = random_between(random, 0, 12),
        .external = random_chance(random, 30),
        .recurring = random_chance(random, 40),
        .organizer = random_chance(random, 30),
        .overlaps = random_chance(random, 20),
        .minutes = 15 * random_between(random, 0, 8)};
}
