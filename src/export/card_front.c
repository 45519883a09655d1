/* The front matter of the card, which the Hugging Face Hub and `datasets` read:
 * a configuration for each form of record, as columns differ, and the splits of
 * each by name, as "heldout" is no word that they would know. */
#include "src/export/card.h"

static void member(struct buf *out, const char *name, const char *text)
{
    buf_format(out, "%s: ", name);
    card_yaml(out, text);
    buf_char(out, '\n');
}

/* The Hub's words: "n<1K", "1K<n<10K" … "100B<n<1T", "n>1T". */
static void size_category(int64_t rows, struct buf *out)
{
    static const char *const bounds[] = {"1K",   "10K", "100K", "1M",   "10M",
                                         "100M", "1B",  "10B",  "100B", "1T"};
    enum { BOUNDS = sizeof bounds / sizeof *bounds };
    int64_t bound = 1000;
    int at = 0;

    while (at < BOUNDS && rows >= bound) {
        bound *= 10;
        at++;
    }
    if (!at)
        buf_format(out, "n<%s", bounds[0]);
    else if (at == BOUNDS)
        buf_format(out, "n>%s", bounds[at - 1]);
    else
        buf_format(out, "%s<n<%s", bounds[at - 1], bounds[at]);
}

/* Meetings with labels are there to classify texts, conversations to generate
 * them. */
static void task_categories(const struct export_request *request,
                            struct buf *out)
{
    bool tables = false;
    bool talks = false;

    for (size_t i = 0; i < request->shape_count; i++)
        if (format_has_task(request->shapes[i].format))
            talks = true;
        else
            tables = true;
    buf_text(out, "task_categories:\n");
    buf_text(out, tables ? "- text-classification\n" : "");
    buf_text(out, talks ? "- text-generation\n" : "");
}

static void configuration(const struct export_summary *summary, size_t shape,
                          struct buf *out)
{
    struct buf path = BUF_EMPTY;

    buf_text(out, "- config_name: ");
    card_yaml(out, summary->request->shapes[shape].name);
    buf_text(out, shape ? "\n" : "\n  default: true\n");
    buf_text(out, "  data_files:\n");
    for (int part = 0; part < PARTS; part++) {
        buf_clear(&path);
        if (!summary_path(summary, shape, (enum part)part, &path))
            continue;
        buf_format(out,
                   "  - split: %s\n    path: ", split_word((enum part)part));
        card_yaml(out, buf_string(&path));
        buf_char(out, '\n');
    }
    buf_inherit(out, &path);
    buf_free(&path);
}

void card_front(const struct export_summary *summary, struct buf *out)
{
    const struct export_request *request = summary->request;

    buf_text(out, "---\n");
    member(out, "license", request->words.license);
    buf_text(out, "language:\n- en\n");
    member(out, "pretty_name", request->words.title);
    buf_text(out, "size_categories:\n- ");
    size_category(summary_meetings(summary), out);
    buf_char(out, '\n');
    task_categories(request, out);
    buf_text(out, "annotations_creators:\n- machine-generated\n");
    if (summary->reviewed)
        buf_text(out, "- other\n");
    buf_text(out, "language_creators:\n- machine-generated\n"
                  "source_datasets:\n- original\n"
                  "tags:\n- synthetic\n- calendar\n- meetings\n"
                  "- microsoft-graph\n- datebook\n"
                  "configs:\n");
    for (size_t i = 0; i < request->shape_count; i++)
        configuration(summary, i, out);
    buf_text(out, "---\n");
}
