/* What records hold, in Croissant: a set of records for each form, with a field
 * that says in which split a record is, as its file does. */
#include "src/export/croissant.h"

#include <stdio.h>
#include <string.h>

/* A field: `path` is a column when it has no "$", else a JSONPath; one with
 * "[*]" gives several values. */
struct field {
    const char *name;
    const char *type;
    const char *path;
    bool label;
};

static const struct field graph_fields[] = {
    {"@odata.etag", "sc:Text", "@odata.etag", false},
    {"id", "sc:Text", "id", false},
    {"subject", "sc:Text", "subject", false},
    {"bodyPreview", "sc:Text", "bodyPreview", false},
    {"seriesMasterId", "sc:Text", "seriesMasterId", false},
    {"showAs", "sc:Text", "showAs", false},
    {"type", "sc:Text", "type", false},
    {"webLink", "sc:URL", "webLink", false},
    {"responseStatus/response", "sc:Text", "$.responseStatus.response", false},
    {"responseStatus/time", "sc:Text", "$.responseStatus.time", false},
    {"start/dateTime", "sc:DateTime", "$.start.dateTime", false},
    {"start/timeZone", "sc:Text", "$.start.timeZone", false},
    {"end/dateTime", "sc:DateTime", "$.end.dateTime", false},
    {"end/timeZone", "sc:Text", "$.end.timeZone", false},
    {"attendees/type", "sc:Text", "$.attendees[*].type", false},
    {"attendees/status/response", "sc:Text", "$.attendees[*].status.response",
     false},
    {"attendees/status/time", "sc:Text", "$.attendees[*].status.time", false},
    {"attendees/emailAddress/name", "sc:Text",
     "$.attendees[*].emailAddress.name", false},
    {"attendees/emailAddress/address", "sc:Text",
     "$.attendees[*].emailAddress.address", false},
    {"organizer/emailAddress/name", "sc:Text", "$.organizer.emailAddress.name",
     false},
    {"organizer/emailAddress/address", "sc:Text",
     "$.organizer.emailAddress.address", false},
    {"importance_label", "sc:Text", "importance_label", true},
    {"prep_needed", "sc:Boolean", "prep_needed", true},
    {"prep_time_minutes", "sc:Integer", "prep_time_minutes", true},
    {"reasoning", "sc:Text", "reasoning", true},
    {"persona_id", "sc:Text", "persona_id", false},
    {"generation_timestamp", "sc:DateTime", "generation_timestamp", false},
};

/* Columns that are not plain text. */
static const struct field csv_fields[] = {
    {"start", "sc:DateTime", NULL, false},
    {"minutes", "sc:Integer", NULL, false},
    {"people", "sc:Integer", NULL, false},
    {"required", "sc:Integer", NULL, false},
    {"optional", "sc:Integer", NULL, false},
    {"resources", "sc:Integer", NULL, false},
    {"external", "sc:Boolean", NULL, false},
    {"recurring", "sc:Boolean", NULL, false},
    {"importance_label", "sc:Text", NULL, true},
    {"prep_needed", "sc:Boolean", NULL, true},
    {"prep_time_minutes", "sc:Integer", NULL, true},
    {"rsvp", "sc:Text", NULL, true},
    {"reasoning", "sc:Text", NULL, true},
    {"generation_timestamp", "sc:DateTime", NULL, false},
};

/* ---- One field ---- */

static void open_field(const char *set, const char *name, struct buf *out)
{
    buf_format(out, "{\"@type\":\"cr:Field\",\"@id\":\"%s/%s\",\"name\":\"%s\"",
               set, name, name);
}

static void open_source(const char *set, struct buf *out)
{
    buf_format(out,
               ",\"source\":{\"fileSet\":{\"@id\":\"%s-files\"},\"extract\":{",
               set);
}

static void add_field(const char *set, const struct field *field,
                      struct buf *out)
{
    open_field(set, field->name, out);
    if (field->label)
        buf_format(out, ",\"dataType\":[\"%s\",\"cr:Label\"]", field->type);
    else
        add_member(out, "dataType", field->type);
    if (strstr(field->path, "[*]"))
        buf_text(out, ",\"isArray\":true,\"arrayShape\":\"-1\"");
    open_source(set, out);
    buf_format(out, "\"%s\":\"%s\"}}}",
               *field->path == '$' ? "jsonPath" : "column", field->path);
}

/* The name of the file says it, wherever the folder is. */
static void add_split_field(const char *set, struct buf *out)
{
    open_field(set, "split", out);
    add_member(out, "dataType", "sc:Text");
    buf_text(out, ",\"references\":{\"field\":{\"@id\":\"splits/name\"}}");
    open_source(set, out);
    buf_format(out,
               "\"fileProperty\":\"fullpath\"},\"transform\":{\"regex\":"
               "\"^(?:.*/)?data/%s/(%s|%s|%s)[-.][^/]*$\"}}}",
               set, part_name(PART_TRAIN), part_name(PART_VALIDATION),
               part_name(PART_HELD_OUT));
}

/* ---- The forms ---- */

static void graph_set(const char *set, struct buf *out)
{
    for (size_t i = 0; i < sizeof graph_fields / sizeof *graph_fields; i++) {
        buf_char(out, ',');
        add_field(set, &graph_fields[i], out);
    }
}

static void csv_set(const char *set, struct buf *out)
{
    for (size_t i = 0; csv_columns[i]; i++) {
        struct field field = {.name = csv_columns[i], .type = "sc:Text"};
        for (size_t k = 0; k < sizeof csv_fields / sizeof *csv_fields; k++)
            if (!strcmp(csv_fields[k].name, field.name))
                field = csv_fields[k];
        field.path = field.name;
        buf_char(out, ',');
        add_field(set, &field, out);
    }
}

/* The messages of a conversation: who speaks, and what. */
static void add_messages(const char *set, const char *member, bool label,
                         struct buf *out)
{
    static const char *const keys[] = {"role", "content"};
    const char *inner = strcmp(member, "input") ? "" : ".messages";

    for (size_t i = 0; i < 2; i++) {
        char name[64];
        char path[64];
        struct field field = {name, "sc:Text", path, label && i};
        snprintf(name, sizeof name, "%s/%s", member, keys[i]);
        snprintf(path, sizeof path, "$.%s%s[*].%s", member, inner, keys[i]);
        buf_char(out, ',');
        add_field(set, &field, out);
    }
}

/* What is given is no label; of a conversation in one piece, no part is. */
static bool is_given(const char *member)
{
    return !strcmp(member, "messages") || !strcmp(member, "input") ||
           !strcmp(member, "prompt");
}

static enum training_form form_of(enum export_format format)
{
    return (enum training_form)(format - FORMAT_SFT);
}

static void training_set(const struct export_shape *shape, struct buf *out)
{
    const struct field verdict = {"label", "sc:Boolean", "label", true};
    const char *const *members = training_members(form_of(shape->format));

    for (; *members; members++)
        if (!strcmp(*members, verdict.name)) {
            buf_char(out, ',');
            add_field(shape->name, &verdict, out);
        } else {
            add_messages(shape->name, *members, !is_given(*members), out);
        }
}

static void record_set(const struct export_shape *shape, struct buf *out)
{
    const char *name = shape->name;
    bool keyed = !format_has_task(shape->format);

    buf_format(out,
               ",{\"@type\":\"cr:RecordSet\",\"@id\":\"%s\",\"name\":\"%s\"",
               name, name);
    if (keyed)
        buf_format(out, ",\"key\":{\"@id\":\"%s/id\"}", name);
    buf_text(out, ",\"field\":[");
    add_split_field(name, out);
    if (shape->format == FORMAT_GRAPH)
        graph_set(name, out);
    else if (shape->format == FORMAT_CSV)
        csv_set(name, out);
    else
        training_set(shape, out);
    buf_text(out, "]}");
}

/* ---- Splits ---- */

static bool has_rows(const struct export_summary *summary, enum part part)
{
    for (size_t i = 0; i < summary->file_count; i++)
        if (summary->files[i].part == part && summary->files[i].rows)
            return true;
    return false;
}

static void splits(const struct export_summary *summary, struct buf *out)
{
    static const char *const kinds[PARTS] = {[PART_TRAIN] = "cr:TrainingSplit",
                                             [PART_VALIDATION] =
                                                 "cr:ValidationSplit",
                                             [PART_HELD_OUT] = "cr:TestSplit"};
    const char *comma = "";

    buf_text(out, "{\"@type\":\"cr:RecordSet\",\"@id\":\"splits\","
                  "\"name\":\"splits\",\"dataType\":\"cr:Split\","
                  "\"key\":{\"@id\":\"splits/name\"},\"field\":["
                  "{\"@type\":\"cr:Field\",\"@id\":\"splits/name\","
                  "\"name\":\"name\",\"dataType\":\"sc:Text\"},"
                  "{\"@type\":\"cr:Field\",\"@id\":\"splits/url\","
                  "\"name\":\"url\",\"dataType\":\"cr:Split\"}],\"data\":[");
    for (int part = 0; part < PARTS; part++) {
        if (!has_rows(summary, (enum part)part))
            continue;
        buf_format(out, "%s{\"splits/name\":\"%s\",\"splits/url\":\"%s\"}",
                   comma, part_name((enum part)part), kinds[part]);
        comma = ",";
    }
    buf_text(out, "]}");
}

void croissant_record_sets(const struct export_summary *summary,
                           struct buf *out)
{
    const struct export_request *request = summary->request;
    struct buf path = BUF_EMPTY;

    buf_text(out, ",\"recordSet\":[");
    splits(summary, out);
    for (size_t i = 0; i < request->shape_count; i++)
        if (summary_path(summary, i, PARTS, &path))
            record_set(&request->shapes[i], out);
    buf_char(out, ']');
    buf_inherit(out, &path);
    buf_free(&path);
}
