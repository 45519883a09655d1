/* What a record of each form looks like, and how the files are loaded. */
#include "src/export/card.h"

#include "datebook/table.h"

/* A form of record as a card tells it. */
struct telling {
    const char *what;
    const char *form; /* of one line; %s is what the answer holds */
    const char *use;  /* how to train on it */
};

static const char graph_form[] =
    "{\"@odata.etag\": text, \"id\": text, \"subject\": text or null,\n"
    " \"bodyPreview\": text, \"seriesMasterId\": text or null,\n"
    " \"showAs\": \"free | tentative | busy | oof | workingElsewhere\",\n"
    " \"type\": \"singleInstance | occurrence | exception | seriesMaster\",\n"
    " \"webLink\": text, \"responseStatus\": {\"response\": text, \"time\": "
    "text},\n"
    " \"start\": {\"dateTime\": \"2025-11-15T10:00:00.0000000\", "
    "\"timeZone\": text}, \"end\": the same,\n"
    " \"attendees\": [{\"type\": \"required | optional | resource\",\n"
    "                \"status\": {\"response\": text, \"time\": text},\n"
    "                \"emailAddress\": {\"name\": text, \"address\": text}}],\n"
    " \"organizer\": {\"emailAddress\": {\"name\": text, \"address\": "
    "text}},\n"
    " \"importance_label\": \"critical | high | medium | low\", "
    "\"prep_needed\": true or false,\n"
    " \"prep_time_minutes\": 0 or 15 to 90, \"reasoning\": text, "
    "\"persona_id\": text,\n"
    " \"generation_timestamp\": \"2025-11-10T14:32:18.123456\"}\n";

static const struct telling tellings[EXPORT_FORMATS] = {
    [FORMAT_GRAPH] =
        {.what = "One line a meeting: an event of Microsoft Graph, with its "
                 "own fields first and then six\nof the label.",
         .form = graph_form},
    [FORMAT_SFT] =
        {.what = "One line a meeting, in OpenAI's form for supervised "
                 "fine-tuning.",
         .form = "{\"messages\": [{\"role\": \"system\", \"content\": text},\n"
                 "              {\"role\": \"user\", \"content\": text},\n"
                 "              {\"role\": \"assistant\", \"content\": "
                 "answer}]}\n",
         .use = "OpenAI: upload the train and validation files with the "
                "purpose `fine-tune`, method `supervised`."},
    [FORMAT_DPO] =
        {.what = "One line a meeting, in OpenAI's form for direct preference "
                 "optimization.",
         .form = "{\"input\": {\"messages\": [{\"role\": \"system\", "
                 "\"content\": text},\n"
                 "                        {\"role\": \"user\", \"content\": "
                 "text}]},\n"
                 " \"preferred_output\": [{\"role\": \"assistant\", "
                 "\"content\": answer}],\n"
                 " \"non_preferred_output\": [{\"role\": \"assistant\", "
                 "\"content\": a believable mistake}]}\n",
         .use = "OpenAI: upload the train and validation files with the "
                "purpose `fine-tune`, method `dpo`."},
    [FORMAT_TRL_SFT] =
        {.what = "One line a meeting, a conversational prompt and its "
                 "completion for TRL.",
         .form = "{\"prompt\": [{\"role\": \"system\", \"content\": text}, "
                 "{\"role\": \"user\", \"content\": text}],\n"
                 " \"completion\": [{\"role\": \"assistant\", \"content\": "
                 "answer}]}\n",
         .use = "TRL: `SFTTrainer(train_dataset=data[\"train\"], …)`; the loss "
                "is on the completion only."},
    [FORMAT_TRL_DPO] =
        {.what = "One line a meeting, a conversational preference with an "
                 "explicit prompt for TRL.",
         .form = "{\"prompt\": [{\"role\": \"system\", \"content\": text}, "
                 "{\"role\": \"user\", \"content\": text}],\n"
                 " \"chosen\": [{\"role\": \"assistant\", \"content\": "
                 "answer}],\n"
                 " \"rejected\": [{\"role\": \"assistant\", \"content\": a "
                 "believable mistake}]}\n",
         .use = "TRL: `DPOTrainer(train_dataset=data[\"train\"], …)`."},
    [FORMAT_KTO] =
        {.what = "Two lines a meeting, unpaired preferences for TRL: a good "
                 "answer and a bad one.",
         .form = "{\"prompt\": [{\"role\": \"system\", \"content\": text}, "
                 "{\"role\": \"user\", \"content\": text}],\n"
                 " \"completion\": [{\"role\": \"assistant\", \"content\": "
                 "answer}],\n"
                 " \"label\": true for the answer, false for a believable "
                 "mistake}\n",
         .use = "TRL: `KTOTrainer(train_dataset=data[\"train\"], …)`."},
    [FORMAT_CSV] =
        {.what = "One line a meeting, comma-separated with a header line "
                 "(RFC 4180), for tables and for models that\ntake features. "
                 "The columns:"},
};

/* What the text of an answer is. */
static const char *const answers[TASKS] = {
    [TASK_IMPORTANCE] =
        "{\"reasoning\": text, \"importance\": \"critical | high | medium | "
        "low\"}",
    [TASK_PREP] = "{\"reasoning\": text, \"prep_needed\": true or false, "
                  "\"prep_time_minutes\": 0 or 15 to 90}",
    [TASK_RSVP] = "{\"reasoning\": text, \"rsvp\": \"accept | tentative | "
                  "decline\"}",
};

static void columns(struct buf *out)
{
    for (size_t i = 0; csv_columns[i]; i++)
        buf_format(out, "%s`%s`", i ? ", " : "", csv_columns[i]);
    buf_text(out, ".\n");
}

static void record(const struct export_shape *shape, struct buf *out)
{
    const struct telling *telling = &tellings[shape->format];

    buf_text(out, "\n### ");
    card_text(out, shape->name);
    buf_format(out, "\n\n%s\n", telling->what);
    if (!telling->form) {
        buf_char(out, '\n');
        columns(out);
        return;
    }
    buf_format(out, "\n```\n%s```\n", telling->form);
    if (shape->prompt)
        buf_format(out,
                   "\nThe answer is JSON as a text:\n\n```\n%s\n```\n"
                   "\nIts system message describes the persona and its rules, "
                   "its user message the meeting.\n",
                   answers[shape->task]);
}

void card_records(const struct export_summary *summary, struct buf *out)
{
    const struct export_request *request = summary->request;

    buf_text(out, "\n## Records\n\nEach form of record is a configuration of "
                  "its own, and all of them are of the same meetings.\n");
    for (size_t i = 0; i < request->shape_count; i++)
        record(&request->shapes[i], out);
}

/* ---- Loading ---- */

static void hints(const struct export_request *request, struct buf *out)
{
    const char *before = "\n";

    for (size_t i = 0; i < request->shape_count; i++) {
        const struct export_shape *shape = &request->shapes[i];
        if (!tellings[shape->format].use)
            continue;
        buf_format(out, "%s- ", before);
        card_code(out, shape->name);
        buf_format(out, ": %s\n", tellings[shape->format].use);
        before = "";
    }
}

static bool is_sharded(const struct export_summary *summary)
{
    for (size_t i = 0; i < summary->file_count; i++)
        if (summary->files[i].shards > 1)
            return true;
    return false;
}

static void packing(const struct export_summary *summary, struct buf *out)
{
    const struct export_request *request = summary->request;

    if (is_sharded(summary))
        buf_text(out, "\nShards hold whole records; those of JSON lines make "
                      "one file when they are joined with `cat`.\n");
    if (request->compress == COMPRESS_GZIP)
        buf_text(out, "\nThe files are compressed with gzip, which `datasets`, "
                      "pandas and DuckDB read as they are;\nfor other uses, "
                      "`gunzip` them first.\n");
    if (request->compress == COMPRESS_ZSTD)
        buf_text(out, "\nThe files are compressed with Zstandard, which "
                      "`datasets` and pandas (both with the package\n"
                      "`zstandard`) and DuckDB read as they are; for other "
                      "uses, `zstd -d` them first.\n");
}

/* `datasets` takes all configurations of a folder for the kind of file that the
 * first one has: CSV beside JSON lines has to be loaded by itself. */
static void load_csv(const struct export_summary *summary, size_t shape,
                     struct buf *out)
{
    struct buf path = BUF_EMPTY;

    buf_text(out, "data = load_dataset(\"csv\", data_files={");
    for (int part = 0; part < PARTS; part++) {
        buf_clear(&path);
        if (!summary_path(summary, shape, (enum part)part, &path))
            continue;
        buf_format(out, "\n    \"%s\": \"path/to/this/folder/%s\",",
                   split_word((enum part)part), buf_string(&path));
    }
    buf_text(out, "\n})\n");
    buf_inherit(out, &path);
    buf_free(&path);
}

static void load(const struct export_summary *summary, size_t shape,
                 struct buf *out)
{
    const struct export_request *request = summary->request;

    if (shape && request->shapes[shape].format == FORMAT_CSV) {
        load_csv(summary, shape, out);
        return;
    }
    buf_text(out, "data = load_dataset(\"path/to/this/folder\", ");
    buf_json(out, request->shapes[shape].name);
    buf_text(out, ")\n");
}

void card_loading(const struct export_summary *summary, struct buf *out)
{
    const struct export_request *request = summary->request;

    buf_text(out, "\n## Loading\n\n```python\n"
                  "from datasets import load_dataset\n\n");
    for (size_t i = 0; i < request->shape_count; i++)
        load(summary, i, out);
    buf_text(out, "```\n\nThe split `test` is the files `heldout`. Every file "
                  "is in `manifest.json` with its SHA-256.\n");
    hints(request, out);
    packing(summary, out);
}
