/* manifest.json: what an export is, of what it was made, and the sum of every
 * file.  All of it follows from the version and the request. */
#include "datebook/cut.h"
#include "datebook/export.h"

#include "version.h"

#include <sodium.h>

static void member_hash(struct buf *out, const char *margin, const char *name,
                        const unsigned char hash[HASH_SIZE])
{
    char hex[HASH_HEX_SIZE];

    hash_hex(hash, hex);
    buf_format(out, "%s\"%s\": \"%s\"", margin, name, hex);
}

static void member_text(struct buf *out, const char *name, const char *text)
{
    buf_format(out, "\"%s\": ", name);
    buf_json(out, text);
}

static void describe_version(const struct export_summary *summary,
                             struct buf *out)
{
    const struct version *version = &summary->version;

    buf_text(out, "  \"tool\": \"datebook " DATEBOOK_VERSION "\",\n  ");
    member_text(out, "command", summary->request->command);
    buf_format(out, ",\n  \"version\": %lld,\n", (long long)version->number);
    member_hash(out, "  ", "chain_hash", version->chain);
    buf_text(out, ",\n");
    member_hash(out, "  ", "content_hash", version->content);
    buf_text(out, ",\n");
}

static void describe_formats(const struct export_summary *summary,
                             struct buf *out)
{
    const struct export_request *request = summary->request;

    buf_text(out, "  \"shapes\": [");
    for (size_t i = 0; i < request->shape_count; i++) {
        const struct export_shape *shape = &request->shapes[i];
        buf_format(out, "%s\n    {\"name\": \"%s\", \"format\": \"%s\"",
                   i ? "," : "", shape->name, format_name(shape->format));
        if (shape->task != TASKS)
            buf_format(out, ", \"task\": \"%s\"", task_name(shape->task));
        buf_char(out, '}');
    }
    buf_text(out, "\n  ],\n");
}

static void describe_labels(const struct export_summary *summary,
                            struct buf *out)
{
    buf_format(out, "  \"labels\": {\"source\": \"%s\", \"reviewed\": %lld, ",
               label_source_name(summary->request->labels),
               (long long)summary->reviewed);
    if (summary->request->labels == LABELS_REVIEWED)
        buf_format(out, "\"corrected\": %lld, \"outdated\": %lld, ",
                   (long long)summary->corrected, (long long)summary->outdated);
    buf_format(out, "\"stale_allowed\": %s},\n",
               summary->request->stale_allowed ? "true" : "false");
}

/* A prompt for each task, whatever the forms. */
static void describe_prompts(const struct export_summary *summary,
                             struct buf *out)
{
    const struct export_request *request = summary->request;
    const char *comma = "";

    buf_text(out, "  \"prompts\": [");
    for (int task = 0; task < TASKS; task++)
        for (size_t i = 0; i < request->shape_count; i++) {
            const struct prompt *prompt = request->shapes[i].prompt;
            char hex[2 * sizeof prompt->sha256 + 1];
            if (!prompt || request->shapes[i].task != (enum training_task)task)
                continue;
            sodium_bin2hex(hex, sizeof hex, prompt->sha256,
                           sizeof prompt->sha256);
            buf_format(out, "%s\n    {\"task\": \"%s\", ", comma,
                       task_name(prompt->task));
            member_text(out, "name", prompt->name);
            buf_format(out, ", \"sha256\": \"%s\"}", hex);
            comma = ",";
            break;
        }
    buf_text(out, *comma ? "\n  ],\n" : "],\n");
}

/* ---- The split ---- */

static void list_ids(struct buf *out, const char *name,
                     const struct stored_persona *personas, size_t count)
{
    buf_format(out, "    \"%s\": [", name);
    for (size_t i = 0; i < count; i++) {
        buf_text(out, i ? ", " : "");
        buf_json(out, personas[i].id);
    }
    buf_char(out, ']');
}

static void describe_cut(const struct division *division, struct buf *out)
{
    struct cut_totals totals;

    if (!division->cut)
        return;
    totals = cut_totals(division->cut);
    buf_format(out,
               ",\n    \"validation\": {\"fraction\": %.15g, \"meetings\": "
               "%lld, \"of\": %lld, \"groups\": %lld}",
               division->split->terms.validation_fraction,
               (long long)totals.validation, (long long)totals.meetings,
               (long long)totals.groups);
}

static bool describe_split(const struct division *division, struct buf *out,
                           struct error *err)
{
    buf_text(out, "  \"split\": {\n    ");
    member_text(out, "name", division->split->name);
    buf_text(out, ",\n    \"terms\": ");
    if (!split_write(division->split, out, err))
        return false;
    buf_text(out, ",\n");
    if (division->fold)
        buf_format(out, "    \"fold\": %d,\n", division->fold);
    list_ids(out, "train", division->train, division->train_count);
    buf_text(out, ",\n");
    list_ids(out, "held_out", division->held_out, division->held_out_count);
    describe_cut(division, out);
    buf_text(out, "\n  },\n");
    return true;
}

static void describe_leaks(const struct export_summary *summary,
                           struct buf *out)
{
    const struct leaks *leaks = summary->request->leaks;

    if (!leaks) {
        buf_text(out, "  \"leaks\": {\"looked_for\": false},\n");
        return;
    }
    buf_format(out,
               "  \"leaks\": {\"looked_for\": true, \"threshold\": %.15g, "
               "\"left_out\": {",
               LEAK_THRESHOLD);
    for (int part = 0; part < PARTS; part++)
        buf_format(out, "%s\"%s\": %lld", part ? ", " : "",
                   part_name((enum part)part),
                   (long long)summary->parts[part].dropped);
    buf_text(out, "}},\n");
}

/* ---- What it was made of ---- */

static void describe_origins(const struct export_summary *summary,
                             struct buf *out)
{
    buf_text(out, "  \"origins\": [");
    for (size_t i = 0; i < summary->origin_count; i++) {
        const struct export_origin *origin = &summary->origins[i];
        buf_text(out, i ? ",\n    {" : "\n    {");
        if (origin->model) {
            buf_text(out, "\"generator\": \"model\", ");
            member_text(out, "model", origin->model);
        } else {
            buf_text(out, "\"generator\": \"offline\"");
        }
        buf_format(out, ", \"meetings\": %lld}", (long long)origin->meetings);
    }
    buf_text(out, summary->origin_count ? "\n  ],\n" : "],\n");
}

static void describe_persona(const struct stored_persona *persona,
                             const char *comma, struct buf *out)
{
    unsigned char hash[HASH_SIZE];

    crypto_generichash(hash, HASH_SIZE,
                       (const unsigned char *)persona->document,
                       persona->document_length, NULL, 0);
    buf_format(out, "%s\n    {", comma);
    member_text(out, "id", persona->id);
    member_hash(out, ", ", "rules_hash", persona->rules_hash);
    member_hash(out, ", ", "document_hash", hash);
    buf_char(out, '}');
}

/* Both halves are in order of id. */
static void describe_personas(const struct division *division, struct buf *out)
{
    size_t train = 0;
    size_t held_out = 0;
    const char *comma = "";

    buf_text(out, "  \"personas\": [");
    while (train < division->train_count ||
           held_out < division->held_out_count) {
        bool first = held_out == division->held_out_count ||
                     (train < division->train_count &&
                      strcmp(division->train[train].id,
                             division->held_out[held_out].id) < 0);
        describe_persona(first ? &division->train[train++]
                               : &division->held_out[held_out++],
                         comma, out);
        comma = ",";
    }
    buf_text(out, "\n  ],\n");
}

/* ---- Files ---- */

static void describe_files(const struct export_summary *summary,
                           struct buf *out)
{
    buf_text(out, "  \"files\": [");
    for (size_t i = 0; i < summary->file_count; i++) {
        const struct export_file *file = &summary->files[i];
        buf_format(out,
                   "%s\n    {\"name\": \"%s\", \"shape\": \"%s\", \"part\": "
                   "\"%s\", \"rows\": %lld, \"bytes\": %lld, \"sha256\": "
                   "\"%s\"}",
                   i ? "," : "", file->name,
                   summary->request->shapes[file->shape].name,
                   part_name(file->part), (long long)file->rows,
                   (long long)file->bytes, file->sha256);
    }
    buf_text(out, "\n  ],\n  \"documents\": [");
    for (size_t i = 0; i < summary->document_count; i++) {
        const struct export_document *document = &summary->documents[i];
        buf_format(out,
                   "%s\n    {\"name\": \"%s\", \"bytes\": %lld, \"sha256\": "
                   "\"%s\"}",
                   i ? "," : "", document->name, (long long)document->bytes,
                   document->sha256);
    }
    buf_text(out, "\n  ]\n}\n");
}

bool manifest_write(const struct export_summary *summary, struct buf *out,
                    struct error *err)
{
    const struct division *division = summary->request->division;

    buf_text(out, "{\n");
    describe_version(summary, out);
    describe_formats(summary, out);
    describe_labels(summary, out);
    describe_prompts(summary, out);
    if (!describe_split(division, out, err))
        return false;
    describe_leaks(summary, out);
    describe_origins(summary, out);
    describe_personas(division, out);
    describe_files(summary, out);
    return buf_ok(out, err);
}
