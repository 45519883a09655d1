/* What `validate --json` prints. */
#include "validate.h"

#include <math.h>

static const char *unit_name(enum check_unit unit)
{
    static const char *const names[] = {"percent", "count", "minutes", "ratio"};

    return names[unit];
}

static const char *status_name(enum check_status status)
{
    static const char *const names[] = {"passed", "failed", "not_judged"};

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

void json_checks(struct buf *out, const struct validate_request *request)
{
    buf_char(out, '{');
    json_key(out, "checks");
    buf_char(out, '[');
    for (int i = 0; i < CHECKS; i++) {
        bool personas = check_range_is_judged(request->persona[i]);
        if (request->skip[i])
            continue;
        json_key(out, NULL);
        buf_char(out, '{');
        add_text(out, "name", checks[i].name);
        add_text(out, "about", checks[i].about);
        add_text(out, "unit", unit_name(checks[i].unit));
        add_number(out, "low", request->overall[i].low);
        add_number(out, "high", request->overall[i].high);
        add_bool(out, "personas", personas);
        if (personas) {
            add_number(out, "persona_low", request->persona[i].low);
            add_number(out, "persona_high", request->persona[i].high);
        }
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
}

static bool add_examples(struct cli *cli, struct store *store, int64_t version,
                         const struct check_result *result, struct error *err)
{
    struct buf *out = &cli->out;

    json_key(out, "examples");
    buf_char(out, '[');
    for (int i = 0; i < result->example_count; i++) {
        const char *id = example_id(&cli->arena, store, version,
                                    result->examples[i].meeting, err);
        if (!id)
            return false;
        json_key(out, NULL);
        buf_char(out, '{');
        add_text(out, "meeting", id);
        add_text(out, "note", result->examples[i].note);
        buf_char(out, '}');
    }
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
        if (request->skip[i] || !check_range_is_judged(result->wanted))
            continue;
        json_key(out, NULL);
        buf_char(out, '{');
        add_text(out, "name", checks[i].name);
        if (about) {
            add_text(out, "about", checks[i].about);
            add_text(out, "unit", unit_name(checks[i].unit));
        }
        add_text(out, "status", status_name(result->status));
        add_number(out, "value", result->value);
        add_int(out, "part", result->part);
        add_int(out, "whole", result->whole);
        add_number(out, "low", result->wanted.low);
        add_number(out, "high", result->wanted.high);
        if (!add_examples(cli, store, request->version, result, err))
            return false;
        buf_char(out, '}');
    }
    buf_char(out, ']');
    return true;
}

static bool add_persona(struct cli *cli, struct store *store,
                        const struct validate_request *request,
                        const struct persona_validation *entry,
                        struct error *err)
{
    struct buf *out = &cli->out;

    json_key(out, NULL);
    buf_char(out, '{');
    add_text(out, "persona", entry->persona->id);
    add_int(out, "meetings", entry->meetings);
    add_bool(out, "stale", entry->stale);
    add_int(out, "failed", entry->failed);
    if (!add_results(cli, store, request, entry->results, false, err))
        return false;
    buf_char(out, '}');
    return true;
}

bool json_validation(struct cli *cli, struct store *store,
                     const struct validate_request *request,
                     const struct validation *validation, struct error *err)
{
    struct buf *out = &cli->out;

    buf_char(out, '{');
    add_int(out, "version", validation->version);
    add_int(out, "meetings", validation->meetings);
    add_int(out, "personas", (int64_t)validation->persona_count);
    add_bool(out, "ok", validation_holds(validation));
    add_int(out, "failed", validation->failed);
    add_int(out, "persona_failed", validation->persona_failed);
    if (!add_results(cli, store, request, validation->all, true, err))
        return false;
    json_key(out, "by_persona");
    buf_char(out, '[');
    for (size_t i = 0; i < validation->persona_count; i++)
        if (!add_persona(cli, store, request, &validation->personas[i], err))
            return false;
    buf_char(out, ']');
    json_key(out, "near_duplicates");
    buf_char(out, '{');
    add_int(out, "tested", validation->near_tested);
    add_bool(out, "sampled", validation->sampled);
    buf_text(out, "}}\n");
    return true;
}
