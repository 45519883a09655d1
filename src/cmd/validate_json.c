/* What `validate --json` prints. */
#include "validate.h"

#include "datebook/leaks.h"

#include <math.h>

static const char *status_name(enum check_status status)
{
    static const char *const names[] = {"passed", "failed", "warning",
                                        "not_judged"};

    return names[status];
}

/* null for what is infinite. */
static void add_number(struct buf *out, const char *key, double value)
{
    json_key(out, key);
    if (isfinite(value))
        buf_format(out, "%.6g", value);
    else
        buf_text(out, "null");
}

static void add_int(struct buf *out, const char *key, int64_t value)
{
    json_key(out, key);
    buf_int(out, value);
}

static void add_bool(struct buf *out, const char *key, bool value)
{
    json_key(out, key);
    buf_text(out, value ? "true" : "false");
}

static void add_text(struct buf *out, const char *key, const char *value)
{
    json_key(out, key);
    buf_json(out, value);
}

static void add_range(struct buf *out, const char *what, const char *low,
                      const char *high, struct check_range range)
{
    bool judged = check_range_is_judged(range);

    add_bool(out, what, judged);
    if (!judged)
        return;
    add_number(out, low, range.low);
    add_number(out, high, range.high);
}

void json_checks(struct buf *out, const struct validate_request *request)
{
    buf_char(out, '{');
    json_key(out, "checks");
    buf_char(out, '[');
    for (int i = 0; i < CHECKS; i++) {
        const struct threshold *wanted = &request->wanted.of[i];
        if (request->skip[i])
            continue;
        json_key(out, NULL);
        buf_char(out, '{');
        add_text(out, "name", checks[i].name);
        add_text(out, "about", wanted->about);
        add_text(out, "unit", check_unit_name(checks[i].unit));
        add_text(out, "level", check_level_name(wanted->level));
        add_int(out, "least", wanted->least);
        add_number(out, "low", wanted->overall.low);
        add_number(out, "high", wanted->overall.high);
        add_range(out, "tiers", "tier_low", "tier_high", wanted->tier);
        add_range(out, "personas", "persona_low", "persona_high",
                  wanted->persona);
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
}

/* ---- Results ---- */

static bool add_example(void *context, const char *id, const char *note,
                        struct error *err)
{
    struct cli *cli = context;

    json_key(&cli->out, NULL);
    buf_char(&cli->out, '{');
    add_text(&cli->out, "meeting", id);
    add_text(&cli->out, "note", note);
    buf_char(&cli->out, '}');
    return cli_flush_long(cli, err);
}

static bool add_id(void *context, const char *id, const char *note,
                   struct error *err)
{
    struct cli *cli = context;

    (void)note;
    json_key(&cli->out, NULL);
    buf_json(&cli->out, id);
    return cli_flush_long(cli, err);
}

/* Up to three meetings with what is wrong there, and of a check of single
 * meetings or personas the ids of all. */
static bool add_faults(struct cli *cli, struct store *store, int64_t version,
                       int check, const struct check_result *result,
                       struct error *err)
{
    struct buf *out = &cli->out;

    json_key(out, "examples");
    buf_char(out, '[');
    if (!visit_faults(store, version, result, (size_t)result->example_count,
                      add_example, cli, err))
        return false;
    buf_char(out, ']');
    if (!checks[check].keys && !result->name_count)
        return true;
    json_key(out, "ids");
    buf_char(out, '[');
    if (!visit_faults(store, version, result, fault_count(result), add_id, cli,
                      err))
        return false;
    buf_char(out, ']');
    return true;
}

/* All checks that were made; of all meetings with what they are about. */
static bool add_results(struct cli *cli, struct store *store,
                        const struct validate_request *request,
                        const struct check_result *results, bool about,
                        struct error *err)
{
    struct buf *out = &cli->out;

    json_key(out, "checks");
    buf_char(out, '[');
    for (int i = 0; i < CHECKS; i++) {
        const struct check_result *result = &results[i];
        if (!check_was_asked(request, result, i))
            continue;
        json_key(out, NULL);
        buf_char(out, '{');
        add_text(out, "name", checks[i].name);
        if (about) {
            add_text(out, "about", request->wanted.of[i].about);
            add_text(out, "unit", check_unit_name(checks[i].unit));
        }
        add_text(out, "level", check_level_name(result->level));
        add_text(out, "status", status_name(result->status));
        add_number(out, "value", result->value);
        add_int(out, "part", result->part);
        add_int(out, "whole", result->whole);
        add_number(out, "low", result->wanted.low);
        add_number(out, "high", result->wanted.high);
        if (!add_faults(cli, store, request->version, i, result, err))
            return false;
        buf_char(out, '}');
    }
    buf_char(out, ']');
    return true;
}

static void add_fits(struct buf *out, const struct validate_request *request,
                     const struct mix_fit fits[FITS])
{
    json_key(out, "fits");
    buf_char(out, '[');
    for (int i = 0; i < FITS; i++) {
        if (!fits[i].judged || !fit_is_asked(request, (enum fit)i))
            continue;
        json_key(out, NULL);
        buf_char(out, '{');
        add_text(out, "mix", fit_name((enum fit)i));
        add_number(out, "chi_square", fits[i].chi_square);
        add_int(out, "freedom", fits[i].freedom);
        add_number(out, "p", fits[i].p);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

/* The rest of a tier or a persona. */
static bool add_group(struct cli *cli, struct store *store,
                      const struct validate_request *request,
                      const struct group_validation *group, struct error *err)
{
    add_int(&cli->out, "failed", group->failed);
    add_int(&cli->out, "warned", group->warned);
    if (!add_results(cli, store, request, group->results, false, err))
        return false;
    add_fits(&cli->out, request, group->fits);
    buf_char(&cli->out, '}');
    return cli_flush_long(cli, err);
}

static bool add_tiers(struct cli *cli, struct store *store,
                      const struct validate_request *request,
                      const struct validation *validation, struct error *err)
{
    struct buf *out = &cli->out;

    json_key(out, "by_tier");
    buf_char(out, '[');
    for (size_t i = 0; i < validation->tier_count; i++) {
        const struct tier_validation *tier = &validation->tiers[i];
        json_key(out, NULL);
        buf_char(out, '{');
        add_int(out, "tier", tier->tier);
        add_int(out, "personas", tier->personas);
        add_int(out, "meetings", tier->group.meetings);
        if (!add_group(cli, store, request, &tier->group, err))
            return false;
    }
    buf_char(out, ']');
    return true;
}

static bool add_personas_of(struct cli *cli, struct store *store,
                            const struct validate_request *request,
                            const struct validation *validation,
                            struct error *err)
{
    struct buf *out = &cli->out;

    json_key(out, "by_persona");
    buf_char(out, '[');
    for (size_t i = 0; i < validation->persona_count; i++) {
        const struct persona_validation *entry = &validation->personas[i];
        json_key(out, NULL);
        buf_char(out, '{');
        add_text(out, "persona", entry->persona->id);
        add_int(out, "meetings", entry->group.meetings);
        add_bool(out, "stale", entry->stale);
        if (!add_group(cli, store, request, &entry->group, err))
            return false;
    }
    buf_char(out, ']');
    return true;
}

/* What was held against what. */
static void add_tested(struct buf *out, const struct validate_request *request,
                       const struct validation *validation)
{
    json_key(out, "near_duplicates");
    buf_char(out, '{');
    add_int(out, "tested", validation->near_tested);
    add_bool(out, "sampled", validation->sampled);
    buf_char(out, '}');
    json_key(out, "leaks");
    if (!request->division) {
        buf_text(out, "null");
        return;
    }
    buf_char(out, '{');
    add_int(out, "tested", validation->leak_tested);
    add_number(out, "threshold", LEAK_THRESHOLD);
    buf_char(out, '}');
}

bool json_validation(struct cli *cli, struct store *store,
                     const struct validate_request *request,
                     const struct validation *validation,
                     const struct against *against, struct error *err)
{
    struct buf *out = &cli->out;

    buf_char(out, '{');
    add_int(out, "version", validation->version);
    add_int(out, "meetings", validation->all.meetings);
    add_int(out, "personas", (int64_t)validation->persona_count);
    add_bool(out, "ok", validation_holds(validation));
    add_int(out, "failed", validation->all.failed);
    add_int(out, "warned", validation->all.warned);
    add_int(out, "tier_failed", validation->tier_failed);
    add_int(out, "tier_warned", validation->tier_warned);
    add_int(out, "persona_failed", validation->persona_failed);
    add_int(out, "persona_warned", validation->persona_warned);
    if (!add_results(cli, store, request, validation->all.results, true, err))
        return false;
    add_fits(out, request, validation->all.fits);
    if (!add_tiers(cli, store, request, validation, err) ||
        !add_personas_of(cli, store, request, validation, err))
        return false;
    add_tested(out, request, validation);
    if (against) {
        json_key(out, "against");
        json_against(out, against);
    }
    buf_text(out, "}\n");
    return true;
}
