/* What `validate` is asked: which checks, by which ranges. */
#include "validate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whether a check is the one named, or one of the group named: "text" has
 * "text.article". */
static bool is_named(const char *check, const char *name)
{
    size_t length = strlen(name);

    return !strncmp(check, name, length) &&
           (check[length] == '\0' || check[length] == '.');
}

static bool refuse_check(struct cli *cli, const char *name, struct error *err)
{
    const char *near = check_nearest(name);

    cli_usage(cli, err, "there is no check \"%.100s\"", name);
    return near ? error_hint(err, "did you mean %s?", near)
                : error_hint(err, "`datebook validate --list` lists them");
}

/* Sets the flags of the checks that an option names. */
static bool mark_checks(struct cli *cli, const char *option, bool flag,
                        bool *flags, struct error *err)
{
    const char *value = cli_value(cli, option);
    const char **names;
    size_t count;

    if (!value)
        return true;
    if (!cli_list(cli, value, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (int check = 0; check < CHECKS; check++)
            if (is_named(checks[check].name, names[i])) {
                flags[check] = flag;
                found = true;
            }
        if (!found)
            return refuse_check(cli, names[i], err);
    }
    return true;
}

/* A number that fills the text up to its end. */
static bool read_bound(const char *text, size_t length, double *value)
{
    char copy[32];
    char *end;

    /* strtod also takes "0x10" and "1e3". */
    if (length >= sizeof copy || strspn(text, "0123456789.") < length ||
        !strchr("0123456789", *text))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    *value = strtod(copy, &end);
    return !*end && isfinite(*value);
}

/* "5..20", "5.." or "..20". */
static bool read_range(const char *text, struct check_range *range)
{
    const char *dots = strstr(text, "..");

    *range = (struct check_range){.low = 0, .high = INFINITY};
    if (!dots || (dots == text && !dots[2]))
        return false;
    if (dots > text && !read_bound(text, (size_t)(dots - text), &range->low))
        return false;
    if (dots[2] && !read_bound(dots + 2, strlen(dots + 2), &range->high))
        return false;
    return range->low <= range->high;
}

/* Tiers get one and a half times the tolerance and personas twice, where the
 * check is made of them at all. */
static void widen(struct threshold *wanted, struct check_range range)
{
    wanted->overall = range;
    if (check_range_is_judged(wanted->tier))
        wanted->tier = check_range_widened(range, 1.5);
    if (check_range_is_judged(wanted->persona))
        wanted->persona = check_range_widened(range, 2);
}

/* NAME=LOW..HIGH */
static bool expect(struct cli *cli, const char *item,
                   struct validate_request *request, struct error *err)
{
    const char *equals = strchr(item, '=');
    struct check_range range;
    const char *name;
    enum check_id check;

    if (!equals || !read_range(equals + 1, &range))
        return cli_usage(cli, err,
                         "--expect takes NAME=LOW..HIGH, not \"%.100s\"", item);
    name = arena_format(&cli->arena, err, "%.*s", (int)(equals - item), item);
    if (!name)
        return false;
    check = check_named(name);
    if (check == CHECKS)
        return refuse_check(cli, name, err);
    widen(&request->wanted.of[check], range);
    return true;
}

static bool read_expectations(struct cli *cli, struct validate_request *request,
                              struct error *err)
{
    const char *value = cli_value(cli, "expect");
    const char **items;
    size_t count = 0;

    if (value && !cli_list(cli, value, &items, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!expect(cli, items[i], request, err))
            return false;
    return true;
}

/* Where leaks are looked for across a split of the user's choice, they are in
 * the way of a release; across the usual one they are only told. */
static void raise_leaks(struct validate_request *request)
{
    request->wanted.of[CHECK_LEAK_EXACT].level = LEVEL_ERROR;
    request->wanted.of[CHECK_LEAK_NEAR].level = LEVEL_ERROR;
}

bool validate_options(struct cli *cli, struct validate_request *request,
                      struct error *err)
{
    struct thresholds *thresholds = data_thresholds(cli, err);
    const char *path = cli_value(cli, "thresholds");

    if (!thresholds ||
        (path && !thresholds_replace(&cli->arena, path, thresholds, err)))
        return false;
    validate_defaults(request, thresholds);
    if (cli_flag(cli, "split"))
        raise_leaks(request);
    if (cli_flag(cli, "only"))
        memset(request->skip, true, sizeof request->skip);
    if (!mark_checks(cli, "only", false, request->skip, err) ||
        !mark_checks(cli, "skip", true, request->skip, err))
        return false;
    /* "all checks hold" of none would let anything pass. */
    if (!memchr(request->skip, 0, sizeof request->skip))
        return cli_usage(cli, err, "--only and --skip leave no check");
    return read_expectations(cli, request, err);
}
