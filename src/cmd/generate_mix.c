/* --mix critical=12,high=28,medium=40,low=20, --prep 45 and --no-mix; and the
 * warnings of what the personas' rules did not allow. */
#include "generate_mix.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = 1000 /* a hundred percent, in tenths */ };

/* ---- Options ---- */

/* A percentage with one decimal at most, in tenths. */
static bool parse_percent(const char *text, int *tenths)
{
    size_t digits = strspn(text, "0123456789");

    if (!digits || digits > 3)
        return false;
    *tenths = 10 * (int)strtol(text, NULL, 10);
    text += digits;
    if (*text == '.' && strspn(text + 1, "0123456789") == 1) {
        *tenths += text[1] - '0';
        text += 2;
    }
    return !*text && *tenths <= WHOLE;
}

/* Reads "critical=12"; *level is which of the levels it names. */
static bool read_pair(struct cli *cli, const char *pair, int *level,
                      int *tenths, struct error *err)
{
    size_t length = strcspn(pair, "=");

    if (!pair[length])
        return cli_usage(cli, err,
                         "--mix takes pairs like critical=12,high=28, not "
                         "\"%.100s\"",
                         pair);
    for (*level = 0; *level < IMPORTANCE_LEVELS; ++*level) {
        const char *name = importance_name((enum importance) * level);
        if (strlen(name) == length && !strncmp(name, pair, length))
            break;
    }
    if (*level == IMPORTANCE_LEVELS)
        return cli_usage(cli, err,
                         "--mix knows critical, high, medium and low, not "
                         "\"%.*s\"",
                         length > 100 ? 100 : (int)length, pair);
    if (parse_percent(pair + length + 1, tenths))
        return true;
    return cli_usage(cli, err,
                     "--mix takes percentages from 0 to 100 with one decimal "
                     "at most, not \"%.100s\"",
                     pair);
}

/* Levels that were not named share the rest in the proportion that they
 * usually have; what is left by rounding goes to the last of them. */
static void share_rest(const bool named[IMPORTANCE_LEVELS], int rest,
                       int shares[IMPORTANCE_LEVELS])
{
    int weights = 0;

    for (int level = 0; level < IMPORTANCE_LEVELS; level++)
        weights += named[level] ? 0 : calendar_usual_mix.levels[level];
    for (int level = 0; level < IMPORTANCE_LEVELS; level++) {
        int weight = calendar_usual_mix.levels[level];
        if (named[level])
            continue;
        shares[level] = (2 * rest * weight + weights) / (2 * weights);
        rest -= shares[level];
        weights -= weight;
    }
}

static bool read_levels(struct cli *cli, const char *text,
                        struct mix_wish *wish, struct error *err)
{
    bool named[IMPORTANCE_LEVELS] = {false};
    int shares[IMPORTANCE_LEVELS] = {0};
    int sum = 0;
    const char **pairs;
    size_t count;
    int level = 0;

    if (!cli_list(cli, text, &pairs, &count, err))
        return false;
    if (!count)
        return cli_usage(cli, err, "--mix names no level");
    for (size_t i = 0; i < count; i++) {
        int share = 0;
        if (!read_pair(cli, pairs[i], &level, &share, err))
            return false;
        if (named[level])
            return cli_usage(cli, err, "--mix names %s twice",
                             importance_name((enum importance)level));
        named[level] = true;
        shares[level] = share;
        sum += share;
    }
    if (sum > WHOLE || (count == IMPORTANCE_LEVELS && sum < WHOLE))
        return cli_usage(cli, err, "--mix adds up to %d.%d percent, not to 100",
                         sum / 10, sum % 10);
    share_rest(named, WHOLE - sum, shares);
    for (level = 0; level < IMPORTANCE_LEVELS; level++)
        wish->levels[level] = mix_given_level(shares[level]);
    return true;
}

bool generate_mix_read(struct cli *cli, struct mix_wish *wish, bool *wanted,
                       struct error *err)
{
    const char *levels = cli_value(cli, "mix");
    const char *prep = cli_value(cli, "prep");
    const struct thresholds *thresholds = data_thresholds(cli, err);
    int share = 0;

    if (!thresholds)
        return false;
    *wish = mix_usual(thresholds);
    *wanted = !cli_flag(cli, "no-mix");
    if (!*wanted && (levels || prep))
        return cli_usage(cli, err, "--no-mix and --%s exclude each other",
                         levels ? "mix" : "prep");
    if (levels && !read_levels(cli, levels, wish, err))
        return false;
    if (!prep)
        return true;
    if (!parse_percent(prep, &share))
        return cli_usage(cli, err,
                         "--prep takes a percentage from 0 to 100 with one "
                         "decimal at most, not \"%.100s\"",
                         prep);
    wish->prep = mix_given_prep(share);
    return true;
}

/* ---- What was asked for ---- */

/* "12" or "12.5" */
static void add_tenths(struct buf *buf, int tenths)
{
    buf_format(buf, "%s%d", tenths < 0 ? "-" : "", abs(tenths) / 10);
    if (tenths % 10)
        buf_format(buf, ".%d", abs(tenths) % 10);
}

void generate_mix_describe(const struct mix_wish *wish, struct buf *options)
{
    if (wish->levels[IMPORTANCE_LOW].given) {
        json_key(options, "mix");
        buf_char(options, '{');
        for (int level = IMPORTANCE_LEVELS; level-- > 0;) {
            json_key(options, importance_name((enum importance)level));
            add_tenths(options, wish->levels[level].wanted);
        }
        buf_char(options, '}');
    }
    if (wish->prep.given) {
        json_key(options, "prep");
        add_tenths(options, wish->prep.wanted);
    }
}

/* ---- What it came to ---- */

/* "5.0" */
static void add_fixed(struct buf *buf, int tenths)
{
    buf_format(buf, "%d.%d", tenths / 10, tenths % 10);
}

/* "low 5.0 %, wanted 15 to 20 (10.0 points too few)" */
static void add_numbers(const struct mix_miss *miss, struct buf *buf)
{
    bool minutes = miss->what == MIX_MINUTES;

    buf_text(buf,
             minutes ? "minutes of preparation" : mix_what_name(miss->what));
    buf_char(buf, ' ');
    add_fixed(buf, miss->came);
    buf_text(buf, minutes ? ", wanted " : " %, wanted ");
    if (miss->wanted.given) {
        add_tenths(buf, miss->wanted.wanted);
    } else {
        add_tenths(buf, miss->wanted.low);
        buf_text(buf, " to ");
        add_tenths(buf, miss->wanted.high);
    }
    buf_text(buf, " (");
    add_fixed(buf, abs(miss->by));
    buf_format(buf, " %stoo %s)", minutes ? "" : "points ",
               miss->by > 0 ? "many" : "few");
}

void generate_mix_note(struct cli *cli, const struct mix_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct mix_miss *miss = &report->misses[i];
        struct buf buf = BUF_EMPTY;
        add_numbers(miss, &buf);
        cli_note(cli, "warning: %s: %s%s%s",
                 miss->persona ? miss->persona : "all together",
                 buf_string(&buf), *miss->why ? ": " : "", miss->why);
        buf_inherit(&cli->notes, &buf);
        buf_free(&buf);
    }
}

static void add_number(struct buf *out, const char *key, int tenths)
{
    json_key(out, key);
    add_tenths(out, tenths);
}

static void add_rules(const struct mix_miss *miss, struct buf *out)
{
    json_key(out, "rules");
    buf_char(out, '[');
    for (size_t i = 0; i < miss->blame_count; i++) {
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "rule");
        buf_json(out, miss->blames[i].rule);
        add_number(out, "percent", miss->blames[i].share);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

void generate_mix_json(const struct mix_report *report, struct buf *out)
{
    json_key(out, "missed");
    buf_char(out, '[');
    for (size_t i = 0; i < report->count; i++) {
        const struct mix_miss *miss = &report->misses[i];
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "persona");
        buf_json(out, miss->persona);
        json_key(out, "what");
        buf_json(out, mix_what_name(miss->what));
        add_number(out, "came", miss->came);
        add_number(out, "least",
                   miss->wanted.given ? miss->wanted.wanted : miss->wanted.low);
        add_number(out, "most",
                   miss->wanted.given ? miss->wanted.wanted
                                      : miss->wanted.high);
        add_number(out, "off", miss->by);
        add_rules(miss, out);
        json_key(out, "why");
        buf_json(out, miss->why);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}
