/* The mix that came beside the one that was wanted, and for each share that is
 * off, the rules that most meetings or drafts fell to instead. */
#include "datebook/mix_report.h"

#include "datebook/list.h"
#include "datebook/table.h"

#include <stdarg.h>
#include <string.h>

enum {
    THOUSAND = 1000,
    /* Minutes of preparation on average, in tenths: 20 to 30. */
    MINUTES_LOW = 200,
    MINUTES_HIGH = 300,
    /* A calendar is cut in the middle of a week: so many of its meetings are as
     * good as drawn at random, and may be this many standard deviations off. */
    CUT = 10,
    DEVIATIONS = 3,
    /* A rule that took less than one part in this many from a level is not why
     * it is rare. */
    LESS = 5
};

/* What one look at a share has come to. */
struct look {
    struct arena *arena;
    const struct mix_tally *tally; /* NULL for all personas */
    struct mix_miss miss;
    struct buf why;
};

const char *mix_what_name(enum mix_what what)
{
    if (what == MIX_PREP)
        return "prep";
    return what == MIX_MINUTES ? "prep_minutes"
                               : importance_name((enum importance)what);
}

/* ---- Whether a share is off ---- */

/* The whole part of a square root. */
static int64_t root(int64_t square)
{
    int64_t guess = square / 2 + 1;

    while (guess && guess > square / guess)
        guess = (guess + square / guess) / 2;
    return guess;
}

/* How far chance may lead, in thousandths of a meeting. */
static int64_t slack(int64_t meetings, size_t calendars, int share)
{
    int64_t cut = CUT * (int64_t)calendars;

    cut = meetings < cut ? meetings : cut;
    return DEVIATIONS * root(cut * share * (THOUSAND - share));
}

/* Twice the tolerance, for a single persona. */
static struct mix_share widened(struct mix_share share)
{
    int more = (share.high - share.low) / 2;

    share.low -= more;
    share.high += more;
    return share;
}

/* The range ends at whole meetings. */
static bool share_is_off(const struct mix_share *share, int64_t count,
                         int64_t meetings, size_t calendars)
{
    int64_t free = slack(meetings, calendars, share->wanted);
    int64_t middle = share->wanted * meetings;
    int64_t low = share->low * meetings;
    int64_t high = share->high * meetings;

    low = low < middle - free ? low : middle - free;
    high = high > middle + free ? high : middle + free;
    return THOUSAND * (count + 1) <= low || THOUSAND * (count - 1) >= high;
}

/* The average of few meetings is what it happens to be. */
static bool minutes_are_off(const struct mix_share *share, int64_t minutes,
                            int64_t meetings)
{
    int64_t free = 600 * THOUSAND / (root(meetings * THOUSAND * THOUSAND) + 1);
    int64_t came = minutes * 10 / meetings;

    return (came < share->low && came < share->wanted - free) ||
           (came > share->high && came > share->wanted + free);
}

static struct mix_share share_of(const struct mix_wish *wish,
                                 enum mix_what what)
{
    if (what == MIX_MINUTES)
        return (struct mix_share){.wanted = (MINUTES_LOW + MINUTES_HIGH) / 2,
                                  .low = MINUTES_LOW,
                                  .high = MINUTES_HIGH};
    return what == MIX_PREP ? wish->prep : wish->levels[what];
}

static int beyond(const struct mix_share *share, int came)
{
    int low = share->given ? share->wanted : share->low;
    int high = share->given ? share->wanted : share->high;

    return came < low ? came - low : came > high ? came - high : 0;
}

/* Fills the miss; false when there is none. */
static bool is_off(struct mix_miss *miss, const struct mix_wish *wish,
                   enum mix_what what, const int64_t sums[MIX_WHATS],
                   size_t calendars)
{
    struct mix_share share = share_of(wish, what);
    struct mix_share wide = calendars == 1 ? widened(share) : share;
    int64_t whole = what == MIX_MINUTES ? sums[MIX_PREP] : miss->meetings;

    if (!whole || (what == MIX_MINUTES && !wish->prep.wanted) ||
        !(what == MIX_MINUTES
              ? minutes_are_off(&wide, sums[what], whole)
              : share_is_off(&wide, sums[what], whole, calendars)))
        return false;
    miss->what = what;
    miss->wanted = share;
    miss->came =
        (int)(sums[what] * (what == MIX_MINUTES ? 10 : THOUSAND) / whole);
    miss->by = beyond(&share, miss->came);
    return miss->by != 0;
}

/* ---- Why ---- */

/* "31.0 %" */
static void add_share(struct buf *buf, int64_t part, int64_t whole)
{
    int64_t share = whole ? part * THOUSAND / whole : 0;

    buf_format(buf, "%lld.%lld %%", (long long)share / 10,
               (long long)share % 10);
}

static bool kind_gives(enum rule_kind kind, enum mix_what what)
{
    switch (kind) {
    case RULE_ALWAYS_IMPORTANT:
        return what == (enum mix_what)IMPORTANCE_CRITICAL;
    case RULE_USUALLY_IMPORTANT:
    case RULE_PRIORITY:
        return what == (enum mix_what)IMPORTANCE_HIGH;
    case RULE_SOMETIMES_IMPORTANT:
        return what == (enum mix_what)IMPORTANCE_MEDIUM;
    case RULE_RARELY_IMPORTANT:
        return what == (enum mix_what)IMPORTANCE_LOW;
    case RULE_REQUIRES_PREP:
    case RULE_OPTIONAL_PREP:
        return what == MIX_PREP || what == MIX_MINUTES;
    default:
        return false;
    }
}

static const char *rule_reason(struct look *look, size_t rule,
                               struct error *err)
{
    const struct mix_tally *tally = look->tally;

    return arena_format(look->arena, err, "%s: %s",
                        rule_kind_reason(tally->persona->rules[rule].kind),
                        ruleset_name(tally->rules, rule));
}

/* Puts a rule among the few that weigh most. */
static void blame(struct mix_miss *miss, const char *rule, int share)
{
    size_t at = miss->blame_count;

    while (at && miss->blames[at - 1].share < share)
        at--;
    if (at == MIX_BLAMES)
        return;
    if (miss->blame_count < MIX_BLAMES)
        miss->blame_count++;
    memmove(&miss->blames[at + 1], &miss->blames[at],
            (miss->blame_count - at - 1) * sizeof *miss->blames);
    miss->blames[at] = (struct mix_blame){rule, share};
}

/* For how many meetings a rule is to blame. */
static int64_t guilt(const struct look *look, enum mix_what what, size_t rule)
{
    const struct mix_tally *tally = look->tally;
    int minutes = 10 * ruleset_minutes(tally->rules, rule);

    if (!kind_gives(tally->persona->rules[rule].kind, what))
        return 0;
    if (what != MIX_MINUTES)
        return tally->of_rules[rule].decided;
    return (look->miss.by < 0 ? minutes < look->miss.wanted.low
                              : minutes > look->miss.wanted.high)
               ? tally->of_rules[rule].longest
               : 0;
}

/* Blames the rules that give `what`, by the meetings that they decide. */
static bool blame_rules(struct look *look, enum mix_what what,
                        struct error *err)
{
    const struct mix_tally *tally = look->tally;

    for (size_t i = 0; i < tally->persona->rule_count; i++) {
        int64_t count = guilt(look, what, i);
        const char *reason = count ? rule_reason(look, i, err) : NULL;
        if (!count)
            continue;
        if (!reason)
            return false;
        blame(&look->miss, reason, (int)(count * THOUSAND / tally->meetings));
    }
    if (what == (enum mix_what)IMPORTANCE_MEDIUM && tally->unruled)
        blame(&look->miss, RULES_NO_REASON,
              (int)(tally->unruled * THOUSAND / tally->meetings));
    return true;
}

/* "\"Always important: customer\" decides 24.5 % of the meetings, …" */
static void tell_blames(struct look *look)
{
    for (size_t i = 0; i < look->miss.blame_count; i++) {
        const struct mix_blame *one = &look->miss.blames[i];
        buf_format(&look->why, "%s\"%s\" %s", i ? ", " : "", one->rule,
                   i ? "" : "decides ");
        add_share(&look->why, one->share, THOUSAND);
        buf_text(&look->why, i ? "" : " of the meetings");
    }
}

/* Series that stand for years are hard to choose against. */
static void tell_standing(struct look *look)
{
    const struct mix_tally *tally = look->tally;
    enum mix_what what = look->miss.what;
    int64_t count =
        what == MIX_PREP ? tally->standing_prep : tally->standing_levels[what];

    if (count * THOUSAND * 2 < look->miss.came * tally->meetings)
        return;
    buf_text(&look->why, look->miss.blame_count ? "; " : "");
    add_share(&look->why, count, tally->meetings);
    buf_text(&look->why, " are of standing series");
}

/* The fields of rules that give `what`: "usually_important and priority_…".
 */
static void add_fields(struct look *look, enum mix_what what)
{
    bool first = true;

    for (int kind = 0; kind < RULE_KINDS; kind++) {
        const char *field = rule_kind_field((enum rule_kind)kind);
        const char *dot = strrchr(field, '.');
        if (!kind_gives((enum rule_kind)kind, what))
            continue;
        buf_format(&look->why, "%s%s", first ? "" : " and ",
                   dot ? dot + 1 : field);
        first = false;
    }
}

/* How many rules give a share, and on how many drafts one of them fired. */
static size_t count_rules(const struct look *look, int64_t *fired)
{
    const struct persona *persona = look->tally->persona;
    size_t rules = 0;

    *fired = 0;
    for (size_t i = 0; i < persona->rule_count; i++)
        if (kind_gives(persona->rules[i].kind, look->miss.what)) {
            rules++;
            *fired += look->tally->of_rules[i].fired;
        }
    return rules;
}

/* The rule that most often decided where a rule of the level had fired, when
 * that is why the level is rare. */
static bool tell_winner(struct look *look, struct error *err)
{
    const struct mix_tally *tally = look->tally;
    enum mix_what what = look->miss.what;
    size_t best = 0;
    int64_t won;
    const char *reason;

    for (size_t i = 1; i < tally->persona->rule_count; i++)
        if (tally->of_rules[i].won[what] > tally->of_rules[best].won[what])
            best = i;
    won = tally->of_rules[best].won[what];
    if (won * LESS <= tally->draft_levels[what])
        return true;
    reason = rule_reason(look, best, err);
    if (!reason)
        return false;
    buf_format(&look->why, ", and \"%s\" overruled them on ", reason);
    add_share(&look->why, won, tally->drafts);
    return true;
}

/* The level of which most came that was not wanted. */
static enum mix_what fullest(const struct mix_tally *tally,
                             const struct mix_wish *wish)
{
    int best = 0;
    int64_t most = INT64_MIN;

    for (int level = 0; level < IMPORTANCE_LEVELS; level++) {
        int64_t over = THOUSAND * tally->levels[level] -
                       wish->levels[level].wanted * tally->meetings;
        if (over > most) {
            most = over;
            best = level;
        }
    }
    return (enum mix_what)best;
}

/* What came in place of a level. */
static bool tell_instead(struct look *look, const struct mix_wish *wish,
                         struct error *err)
{
    enum mix_what instead = fullest(look->tally, wish);

    if (!blame_rules(look, instead, err))
        return false;
    if (look->miss.blame_count)
        buf_format(&look->why, "; %s came instead, most by \"%s\"",
                   mix_what_name(instead), look->miss.blames[0].rule);
    return true;
}

static void add_drafts(struct look *look)
{
    text_number(&look->why, look->tally->drafts);
    buf_text(&look->why, " drafts");
}

/* What the rules made of all drafts. */
static bool tell_drafts(struct look *look, struct error *err)
{
    const struct mix_tally *tally = look->tally;
    enum mix_what what = look->miss.what;

    add_share(&look->why, tally->draft_levels[what], tally->drafts);
    buf_text(&look->why, " of ");
    add_drafts(look);
    buf_format(&look->why, " were %s", mix_what_name(what));
    return tell_winner(look, err);
}

/* "the rules ask for it on 93.0 % of critical drafts, 60.1 % of high …" */
static void tell_prepared(struct look *look)
{
    const struct mix_tally *tally = look->tally;
    bool first = true;

    buf_text(&look->why, "the rules ask for it on ");
    for (int level = IMPORTANCE_LEVELS; level-- > 0;) {
        if (!tally->draft_levels[level])
            continue;
        buf_text(&look->why, first ? "" : ", ");
        add_share(&look->why, tally->draft_prep[level],
                  tally->draft_levels[level]);
        buf_format(&look->why, " of %s%s",
                   importance_name((enum importance)level),
                   first ? " drafts" : "");
        first = false;
    }
}

/* There is no rule for it, or none that ever fired. */
static void tell_silence(struct look *look, size_t rules)
{
    enum mix_what what = look->miss.what;
    bool several = what == MIX_PREP || what == (enum mix_what)IMPORTANCE_HIGH;

    if (rules) {
        buf_text(&look->why, "no rule of ");
        add_fields(look, what);
        buf_text(&look->why, " fired on any of ");
        add_drafts(look);
        return;
    }
    if (what == MIX_PREP)
        buf_text(&look->why, "no rule asks for preparation: ");
    else
        buf_format(&look->why, "no rule gives %s: ", mix_what_name(what));
    add_fields(look, what);
    buf_text(&look->why, several ? " are empty" : " is empty");
}

static bool tell_lack(struct look *look, const struct mix_wish *wish,
                      struct error *err)
{
    enum mix_what what = look->miss.what;
    int64_t fired;
    size_t rules = count_rules(look, &fired);

    /* Medium is what no rule decides, too. */
    if (!fired && what != (enum mix_what)IMPORTANCE_MEDIUM)
        tell_silence(look, rules);
    else if (what == MIX_PREP)
        tell_prepared(look);
    else if (!tell_drafts(look, err))
        return false;
    return what == MIX_PREP ? blame_rules(look, what, err)
                            : tell_instead(look, wish, err);
}

static bool tell_why(struct look *look, const struct mix_wish *wish,
                     struct error *err)
{
    if (look->miss.by < 0 && look->miss.what != MIX_MINUTES)
        return tell_lack(look, wish, err);
    if (!blame_rules(look, look->miss.what, err))
        return false;
    tell_blames(look);
    if (look->miss.what != MIX_MINUTES)
        tell_standing(look);
    return true;
}

/* ---- The report ---- */

static bool add_miss(struct mix_report *report, struct look *look,
                     struct error *err)
{
    const char *persona = look->miss.persona;

    look->miss.why = arena_text(look->arena, buf_string(&look->why), err);
    /* The tally's persona goes before the report does. */
    if (persona)
        persona = look->miss.persona = arena_text(look->arena, persona, err);
    if (!buf_ok(&look->why, err) || !look->miss.why ||
        (look->tally && !persona) ||
        !list_grow(look->arena, &report->misses, report->count,
                   sizeof *report->misses, err))
        return false;
    report->misses[report->count++] = look->miss;
    return true;
}

/* Critical first, down to low, then preparation. */
static enum mix_what in_order(int at)
{
    return (enum mix_what)(at < IMPORTANCE_LEVELS ? IMPORTANCE_CRITICAL - at
                                                  : at);
}

bool mix_report_add(struct mix_report *report, struct arena *arena,
                    const struct mix_wish *wish, const struct mix_tally *tally,
                    struct error *err)
{
    int64_t sums[MIX_WHATS];
    bool ok = true;

    memcpy(sums, tally->levels, sizeof tally->levels);
    sums[MIX_PREP] = tally->prep;
    sums[MIX_MINUTES] = tally->prep_minutes;
    report->personas++;
    report->meetings += tally->meetings;
    for (int what = 0; what < MIX_WHATS; what++)
        report->sums[what] += sums[what];
    for (int at = 0; ok && at < MIX_WHATS; at++) {
        struct look look = {.arena = arena,
                            .tally = tally,
                            .miss = {.persona = tally->persona->id,
                                     .meetings = tally->meetings}};
        if (is_off(&look.miss, wish, in_order(at), sums, 1))
            ok = tell_why(&look, wish, err) && add_miss(report, &look, err);
        buf_free(&look.why);
    }
    return ok;
}

bool mix_report_end(struct mix_report *report, struct arena *arena,
                    const struct mix_wish *wish, struct error *err)
{
    for (int at = 0; report->personas > 1 && at < MIX_WHATS; at++) {
        struct look look = {.arena = arena,
                            .miss = {.meetings = report->meetings}};
        if (is_off(&look.miss, wish, in_order(at), report->sums,
                   report->personas) &&
            !add_miss(report, &look, err))
            return false;
    }
    return true;
}
