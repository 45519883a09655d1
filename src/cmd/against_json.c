/* A real calendar beside ours, as JSON. */
#include "against.h"

#include <math.h>

static void json_number(struct buf *out, const char *key, int64_t value)
{
    json_key(out, key);
    buf_int(out, value);
}

static void json_real(struct buf *out, const char *key, bool known,
                      double value)
{
    json_key(out, key);
    if (known)
        buf_format(out, "%.4f", value);
    else
        buf_text(out, "null");
}

static void json_flag(struct buf *out, const char *key, bool value)
{
    json_key(out, key);
    buf_text(out, value ? "true" : "false");
}

static void json_file(struct buf *out, const struct calendar_summary *file)
{
    json_key(out, "file");
    buf_char(out, '{');
    json_number(out, "events", file->events);
    json_number(out, "duplicates", file->duplicates);
    json_number(out, "removed", file->removed);
    json_number(out, "unreadable", file->unreadable);
    json_number(out, "errors", file->findings[CALENDAR_ERROR]);
    json_number(out, "warnings", file->findings[CALENDAR_WARNING]);
    json_number(out, "notes", file->findings[CALENDAR_NOTE]);
    json_flag(out, "more_pages", file->more_pages);
    json_flag(out, "cut", file->cut);
    buf_char(out, '}');
}

static void json_findings(struct buf *out, const struct against *result)
{
    json_key(out, "findings");
    buf_char(out, '[');
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct against_finding *finding = &result->findings[i];
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "severity");
        buf_json(out, calendar_severity_name(finding->severity));
        json_number(out, "count", finding->count);
        json_number(out, "index", finding->index);
        json_number(out, "line", finding->line);
        json_key(out, "field");
        buf_json(out, finding->field);
        json_key(out, "text");
        buf_json(out, finding->text);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void json_side(struct buf *out, const char *key,
                      const struct against_side *side)
{
    json_key(out, key);
    buf_char(out, '{');
    json_number(out, "events", side->events);
    json_number(out, "timed", side->timed);
    json_number(out, "all_day", side->all_day);
    json_number(out, "in_utc", side->in_utc);
    json_number(out, "zones", side->zones);
    json_number(out, "two_zones", side->two_zones);
    json_number(out, "weeks", side->weeks);
    buf_char(out, '}');
}

static void json_profile(struct buf *out, const char *key,
                         const struct field_profile *profile)
{
    json_key(out, key);
    buf_char(out, '{');
    json_number(out, "events", profile->events);
    json_number(out, "values", profile->values);
    json_number(out, "shortest", profile->shortest);
    json_number(out, "longest", profile->longest);
    json_key(out, "types");
    buf_char(out, '{');
    for (int type = 0; type < VALUE_TYPES; type++) {
        int64_t count = field_type_count(profile, (enum value_type)type);
        if (count)
            json_number(out, value_type_name((enum value_type)type), count);
    }
    buf_char(out, '}');
    json_key(out, "formats");
    buf_char(out, '{');
    for (int format = 0; format < VALUE_FORMATS; format++)
        if (profile->formats[format])
            json_number(out, value_format_name((enum value_format)format),
                        profile->formats[format]);
    buf_text(out, "}}");
}

static void json_fields(struct buf *out, const struct against *result)
{
    json_key(out, "fields");
    buf_char(out, '[');
    for (size_t i = 0; i < result->field_count; i++) {
        const struct field_alignment *field = &result->fields[i];
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "field");
        buf_json(out, field->path);
        json_key(out, "verdict");
        buf_json(out, field_verdict_name(field->verdict));
        json_real(out, "matched", field->verdict != FIELD_EXTRA,
                  field->matched);
        json_profile(out, "real", &field->real);
        json_profile(out, "ours", &field->ours);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void json_categories(struct buf *out, const char *key,
                            const struct distribution_kind *kind,
                            const int64_t *counts)
{
    json_key(out, key);
    buf_char(out, '{');
    for (int i = 0; i < kind->values; i++)
        json_number(out, kind->categories[i], counts[i]);
    buf_char(out, '}');
}

static void json_numbers(struct buf *out, const struct distribution_kind *kind,
                         const struct distribution_comparison *comparison)
{
    bool real = comparison->real_count > 0;
    bool ours = comparison->our_count > 0;

    json_key(out, "unit");
    buf_json(out, kind->unit);
    json_real(out, "wasserstein", comparison->compared,
              comparison->wasserstein);
    json_real(out, "real_mean", real, comparison->real_mean);
    json_real(out, "our_mean", ours, comparison->our_mean);
    json_real(out, "real_median", real, comparison->real_median);
    json_real(out, "our_median", ours, comparison->our_median);
}

static void json_distributions(struct buf *out, const struct against *result)
{
    json_key(out, "distributions");
    buf_char(out, '[');
    for (int id = 0; id < DISTRIBUTIONS; id++) {
        const struct distribution_kind *kind = &distribution_kinds[id];
        const struct distribution_comparison *comparison =
            &result->distributions[id];
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "name");
        buf_json(out, kind->name);
        json_number(out, "real", comparison->real_count);
        json_number(out, "ours", comparison->our_count);
        json_real(out, "jensen_shannon", comparison->compared,
                  comparison->jensen_shannon);
        if (kind->unit)
            json_numbers(out, kind, comparison);
        else {
            json_categories(out, "real_counts", kind, comparison->real_counts);
            json_categories(out, "our_counts", kind, comparison->our_counts);
        }
        json_key(out, "sentence");
        buf_json(out, comparison->sentence);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

void json_against(struct buf *out, const struct against *result)
{
    buf_char(out, '{');
    json_real(out, "score", result->scored, result->score);
    json_flag(out, "hours_comparable", result->hours_comparable);
    json_file(out, &result->file);
    json_findings(out, result);
    json_side(out, "real", &result->real);
    json_side(out, "ours", &result->ours);
    json_fields(out, result);
    json_distributions(out, result);
    buf_char(out, '}');
}
