/* A split as a JSON document.
 *
 *   {"held_out":["a"],"held_out_tier":3,"held_out_fraction":0.25,
 *    "stratify":["tier"],"folds":5,"validation_fraction":0.1,"seed":"1",
 *    "draws":{"b":true,"c":false}}
 *
 * A member that says nothing is left out.  The seed is a text, for not every
 * reader of JSON has numbers of 64 bits; draws say who is held out, or in which
 * fold.  What is read may come from another file, or from somebody's editor: it
 * is right when writing it again gives the same bytes. */
#include "split_internal.h"

#include "datebook/json.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Writing: each member ends in a comma, the last one is taken back ---- */

/* With as few digits as say exactly this number. */
static void put_fraction(struct buf *buf, const char *key, double fraction)
{
    char text[32];
    int digits = 1;

    if (!(fraction > 0))
        return;
    do
        snprintf(text, sizeof text, "%.*g", digits, fraction);
    while (strtod(text, NULL) != fraction && digits++ < 17);
    buf_format(buf, "\"%s\":%s,", key, text);
}

static void put_int(struct buf *buf, const char *key, int value)
{
    if (value)
        buf_format(buf, "\"%s\":%d,", key, value);
}

static void end(struct buf *buf, char bracket)
{
    if (!buf->failed && buf->data[buf->length - 1] == ',')
        buf->length--;
    buf_char(buf, bracket);
}

static void put_names(struct buf *buf, const struct split_terms *terms)
{
    if (!terms->held_out_count)
        return;
    buf_text(buf, "\"held_out\":[");
    for (size_t i = 0; i < terms->held_out_count; i++) {
        buf_json(buf, terms->held_out[i]);
        buf_char(buf, ',');
    }
    end(buf, ']');
    buf_char(buf, ',');
}

static void put_strata(struct buf *buf, unsigned strata)
{
    if (!strata)
        return;
    buf_text(buf, "\"stratify\":[");
    for (int s = 0; s < STRATA; s++)
        if (strata & 1u << s)
            buf_format(buf, "\"%s\",", stratum_name((enum stratum)s));
    end(buf, ']');
    buf_char(buf, ',');
}

static void put_draws(struct buf *buf, const struct split *split)
{
    if (!split->terms.folds && !split->terms.strata)
        return;
    buf_text(buf, "\"draws\":{");
    for (size_t i = 0; i < split->draw_count; i++) {
        const struct split_draw *draw = &split->draws[i];
        buf_json(buf, draw->id);
        if (split->terms.folds)
            buf_format(buf, ":%d,", draw->fold);
        else
            buf_text(buf, draw->held_out ? ":true," : ":false,");
    }
    end(buf, '}');
}

bool split_write(const struct split *split, struct buf *document,
                 struct error *err)
{
    const struct split_terms *terms = &split->terms;

    buf_char(document, '{');
    put_names(document, terms);
    put_int(document, "held_out_tier", terms->held_out_tier);
    put_fraction(document, "held_out_fraction", terms->fraction);
    put_strata(document, terms->strata);
    put_int(document, "folds", terms->folds);
    put_fraction(document, "validation_fraction", terms->validation_fraction);
    if (split_terms_draw(terms))
        buf_format(document, "\"seed\":\"%llu\",",
                   (unsigned long long)terms->seed);
    put_draws(document, split);
    end(document, '}');
    return buf_ok(document, err);
}

/* ---- Reading ---- */

struct reader {
    struct arena *arena;
    struct split *split;
    struct error *err;
};

static bool fail(struct reader *reader, const char *field, const char *reason)
{
    return error_set(reader->err, ERROR_DATABASE, "%.64s %s", field, reason);
}

static bool read_names(struct reader *reader, const cJSON *value)
{
    struct split_terms *terms = &reader->split->terms;
    size_t count = (size_t)cJSON_GetArraySize(value);
    const char **ids =
        arena_zero(reader->arena, count, sizeof *ids, reader->err);
    const cJSON *item;

    if (!ids)
        return false;
    if (!cJSON_IsArray(value) || !count)
        return fail(reader, value->string, "must be a list of ids");
    cJSON_ArrayForEach (item, value) {
        const char *id = cJSON_GetStringValue(item);
        if (!id || !*id)
            return fail(reader, value->string, "must be a list of ids");
        if (terms->held_out_count &&
            strcmp(ids[terms->held_out_count - 1], id) >= 0)
            return fail(reader, value->string, "must be in order");
        ids[terms->held_out_count++] = id;
    }
    terms->held_out = ids;
    return true;
}

/* A whole number other than 0; the range is checked with the other terms. */
static bool read_int(struct reader *reader, const cJSON *value, int *number)
{
    double given = value->valuedouble;

    if (!cJSON_IsNumber(value) || fabs(given) > 1000000 ||
        trunc(given) != given || given == 0)
        return fail(reader, value->string, "must be a whole number from 1");
    *number = (int)given;
    return true;
}

static bool read_tier(struct reader *reader, const cJSON *value)
{
    return read_int(reader, value, &reader->split->terms.held_out_tier);
}

static bool read_folds(struct reader *reader, const cJSON *value)
{
    return read_int(reader, value, &reader->split->terms.folds);
}

static bool read_share(struct reader *reader, const cJSON *value,
                       double *fraction)
{
    *fraction = value->valuedouble;
    if (!cJSON_IsNumber(value) || !(*fraction > 0) || !(*fraction < 1))
        return fail(reader, value->string,
                    "must be more than 0 and less than 1");
    return true;
}

static bool read_fraction(struct reader *reader, const cJSON *value)
{
    return read_share(reader, value, &reader->split->terms.fraction);
}

static bool read_validation(struct reader *reader, const cJSON *value)
{
    return read_share(reader, value, &reader->split->terms.validation_fraction);
}

static bool read_strata(struct reader *reader, const cJSON *value)
{
    static const char reason[] = "must be a list of tier, function, level, "
                                 "industry";
    const cJSON *item;

    if (!cJSON_IsArray(value))
        return fail(reader, value->string, reason);
    cJSON_ArrayForEach (item, value) {
        const char *name = cJSON_GetStringValue(item);
        enum stratum stratum = name ? stratum_named(name) : STRATA;
        if (stratum == STRATA)
            return fail(reader, value->string, reason);
        reader->split->terms.strata |= 1u << stratum;
    }
    return true;
}

static bool read_seed(struct reader *reader, const cJSON *value)
{
    const char *text = cJSON_GetStringValue(value);
    char *end_of_it = NULL;

    errno = 0;
    if (text && *text >= '0' && *text <= '9')
        reader->split->terms.seed = strtoull(text, &end_of_it, 10);
    if (!end_of_it || *end_of_it || errno)
        return fail(reader, value->string, "must be a whole number as a text");
    return true;
}

static bool read_draw(struct reader *reader, const cJSON *item,
                      struct split_draw *draw)
{
    *draw = (struct split_draw){.id = item->string};
    if (reader->split->terms.folds) {
        if (!read_int(reader, item, &draw->fold))
            return false;
        if (draw->fold < 1 || draw->fold > reader->split->terms.folds)
            return fail(reader, item->string, "is in no fold");
        return true;
    }
    draw->held_out = cJSON_IsTrue(item);
    return cJSON_IsBool(item) ||
           fail(reader, item->string, "must be true or false");
}

static bool read_draws(struct reader *reader, const cJSON *value)
{
    struct split *split = reader->split;
    size_t count = (size_t)cJSON_GetArraySize(value);
    const cJSON *item;

    if (!cJSON_IsObject(value))
        return fail(reader, value->string, "must be an object");
    split->draws =
        arena_zero(reader->arena, count, sizeof *split->draws, reader->err);
    if (!split->draws)
        return false;
    cJSON_ArrayForEach (item, value) {
        struct split_draw *draw = &split->draws[split->draw_count];
        if (!read_draw(reader, item, draw))
            return error_context(reader->err, "%s", value->string);
        if (split->draw_count && strcmp(draw[-1].id, draw->id) >= 0)
            return fail(reader, value->string, "must be in order");
        split->draw_count++;
    }
    return true;
}

static const struct field {
    const char *name;
    bool (*read)(struct reader *reader, const cJSON *value);
} fields[] = {
    {"held_out", read_names},
    {"held_out_tier", read_tier},
    {"held_out_fraction", read_fraction},
    {"stratify", read_strata},
    {"folds", read_folds},
    {"validation_fraction", read_validation},
    {"seed", read_seed},
    {"draws", read_draws},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static bool read_member(struct reader *reader, const cJSON *member)
{
    for (int i = 0; i < FIELDS; i++)
        if (!strcmp(fields[i].name, member->string))
            return fields[i].read(reader, member);
    return fail(reader, member->string, "is not known");
}

/* Whatever the fields did not show: another order, spelling or white space, a
 * member that says nothing, a seed or draws for nothing. */
static bool check_canonical(struct reader *reader,
                            const struct stored_record *stored)
{
    struct buf again = BUF_EMPTY;
    bool ok = split_write(reader->split, &again, reader->err);

    if (ok && (again.length != stored->document_length ||
               memcmp(again.data, stored->document, again.length) != 0))
        ok = fail(reader, "the document", "is not written as it must be");
    buf_free(&again);
    return ok;
}

static bool read_document(struct reader *reader,
                          const struct stored_record *stored)
{
    const cJSON *tree =
        json_parse(reader->arena, stored->document, stored->document_length,
                   "document", reader->err);
    const cJSON *member;

    if (!tree)
        return false;
    if (!cJSON_IsObject(tree))
        return fail(reader, "the document", "must be an object");
    cJSON_ArrayForEach (member, tree)
        if (!read_member(reader, member))
            return false;
    return split_check_terms(&reader->split->terms, reader->err) &&
           check_canonical(reader, stored);
}

bool split_read(struct arena *arena, const struct stored_record *stored,
                struct split *split, struct error *err)
{
    struct reader reader = {arena, split, err};

    *split = (struct split){.terms.seed = 1};
    split->name = arena_text(arena, stored->name, err);
    if (!split->name)
        return false;
    if (read_document(&reader, stored))
        return true;
    if (err->code == ERROR_INPUT)
        err->code = ERROR_DATABASE;
    if (err->code == ERROR_DATABASE)
        error_context(err, "the split %.64s is damaged", stored->name);
    return false;
}
