/* Fields side by side, their verdicts, and the score; distributions. */
#include "src/quality/against_compare.h"

#include "datebook/list.h"

#include <math.h>

/* A type, format or null that fewer values have makes no verdict. */
enum { VERDICT_PERCENT = 1 };

const char *field_verdict_name(enum field_verdict verdict)
{
    static const char *const names[FIELD_VERDICTS] = {
        "aligned",      "missing",           "other type",
        "other format", "other nullability", "extra"};

    return names[verdict];
}

int64_t field_type_count(const struct field_profile *profile,
                         enum value_type type)
{
    int64_t count = 0;

    for (int format = 0; format < VALUE_FORMATS; format++)
        if (value_format_type((enum value_format)format) == type)
            count += profile->formats[format];
    return count;
}

/* ---- Verdicts ---- */

static bool many(int64_t part, int64_t whole)
{
    return part > 0 && 100 * part >= VERDICT_PERCENT * whole;
}

/* A type of the real values that ours never have; null is none. */
static bool lacks_type(const struct field_alignment *field)
{
    int64_t values = field->real.values - field->real.formats[FORMAT_NULL];

    for (int type = TYPE_NULL + 1; type < VALUE_TYPES; type++)
        if (many(field_type_count(&field->real, (enum value_type)type),
                 values) &&
            !field_type_count(&field->ours, (enum value_type)type))
            return true;
    return false;
}

static bool lacks_format(const struct field_alignment *field)
{
    int64_t values = field->real.values - field->real.formats[FORMAT_NULL];
    int64_t lost = 0;

    for (int format = FORMAT_NULL + 1; format < VALUE_FORMATS; format++)
        if (!field->ours.formats[format])
            lost += field->real.formats[format];
    return many(lost, values);
}

static bool differs_in_nulls(const struct field_alignment *field)
{
    int64_t real = field->real.formats[FORMAT_NULL];
    int64_t ours = field->ours.formats[FORMAT_NULL];

    return (!ours && many(real, field->real.values)) ||
           (!real && many(ours, field->ours.values));
}

static enum field_verdict verdict_of(const struct field_alignment *field)
{
    if (!field->real.values)
        return FIELD_EXTRA;
    if (!field->ours.values)
        return FIELD_MISSING;
    if (lacks_type(field))
        return FIELD_OTHER_TYPE;
    if (lacks_format(field))
        return FIELD_OTHER_FORMAT;
    return differs_in_nulls(field) ? FIELD_OTHER_NULLABILITY : FIELD_ALIGNED;
}

static double matched_share(const struct field_alignment *field)
{
    int64_t matched = 0;

    for (int format = 0; format < VALUE_FORMATS; format++)
        if (field->ours.formats[format])
            matched += field->real.formats[format];
    return field->real.values ? (double)matched / (double)field->real.values
                              : 0;
}

/* ---- Fields ---- */

/* The field of the other side that a field is, by name from the root down. */
static struct profile_node *counterpart(const struct profile *other,
                                        const struct profile_node *node)
{
    const struct profile_node *parent;

    if (!node->parent->parent)
        return profile_child(&other->root, node->name);
    parent = counterpart(other, node->parent);
    return parent ? profile_child(parent, node->name) : NULL;
}

static bool add_field(struct arena *arena, struct against *result,
                      const char *path, const struct profile_node *real,
                      const struct profile_node *ours, struct error *err)
{
    struct field_alignment *field;

    if (!list_grow(arena, &result->fields, result->field_count,
                   sizeof *result->fields, err))
        return false;
    field = &result->fields[result->field_count++];
    *field = (struct field_alignment){.path = path};
    if (real)
        field->real = real->profile;
    if (ours)
        field->ours = ours->profile;
    field->matched = matched_share(field);
    field->verdict = verdict_of(field);
    result->verdicts[field->verdict]++;
    return true;
}

static void give_score(struct against *result)
{
    double sum = 0;
    double weight = 0;

    for (size_t i = 0; i < result->field_count; i++) {
        const struct field_alignment *field = &result->fields[i];
        sum += (double)field->real.events * field->matched;
        weight += (double)field->real.events;
    }
    result->scored = weight > 0 && result->ours.events > 0;
    result->score = result->scored ? 100 * sum / weight : 0;
}

bool compare_fields(struct arena *arena, const struct profile *real,
                    const struct profile *ours, struct against *result,
                    struct error *err)
{
    const struct profile_node *node = &real->root;

    while ((node = profile_next(node)))
        if (!add_field(arena, result, node->path, node, counterpart(ours, node),
                       err))
            return false;
    node = &ours->root;
    while ((node = profile_next(node)))
        if (!counterpart(real, node) &&
            !add_field(arena, result, node->path, NULL, node, err))
            return false;
    give_score(result);
    return true;
}

/* ---- Distributions ---- */

static int64_t total_of(const int64_t *counts, int values)
{
    int64_t total = 0;

    for (int i = 0; i < values; i++)
        total += counts[i];
    return total;
}

static void compare_one(const struct distribution_kind *kind,
                        const int64_t *real, const int64_t *ours,
                        struct distribution_comparison *comparison)
{
    *comparison = (struct distribution_comparison){
        .real_count = total_of(real, kind->values),
        .our_count = total_of(ours, kind->values),
        .real_counts = real,
        .our_counts = ours,
    };
    comparison->compared = comparison->real_count && comparison->our_count;
    if (comparison->compared)
        comparison->jensen_shannon =
            distance_jensen_shannon(real, ours, kind->values, kind->bin);
    if (kind->categories)
        return;
    comparison->real_mean = counts_mean(kind, real);
    comparison->our_mean = counts_mean(kind, ours);
    comparison->real_median = counts_median(kind, real);
    comparison->our_median = counts_median(kind, ours);
    if (comparison->compared)
        comparison->wasserstein =
            distance_wasserstein(real, ours, kind->values) / kind->scale;
}

bool compare_distributions(struct arena *arena, const struct side_counts *real,
                           const struct side_counts *ours,
                           struct against *result, struct error *err)
{
    result->hours_comparable =
        !result->real.timed || result->real.in_utc < result->real.timed;
    for (int id = 0; id < DISTRIBUTIONS; id++) {
        struct distribution_comparison *comparison = &result->distributions[id];
        compare_one(&distribution_kinds[id], real->counts[id], ours->counts[id],
                    comparison);
        if (id == DISTRIBUTION_HOUR && !result->hours_comparable)
            comparison->compared = false;
        if (!comparison_sentence(arena, (enum distribution_id)id, result,
                                 comparison, err))
            return false;
    }
    return true;
}
