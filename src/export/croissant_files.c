/* The files of an export in Croissant: each with its sum, and a set of them for
 * each form of record.
 *
 * A compressed file has two formats, that of the compression and that of what
 * is within: it holds one stream and no files, so it is no archive that
 * something could be contained in. */
#include "src/export/croissant.h"

static void format_of(const struct export_summary *summary, size_t shape,
                      struct buf *out)
{
    static const char *const packed[] = {
        [COMPRESS_GZIP] = "application/gzip",
        [COMPRESS_ZSTD] = "application/zstd",
    };
    const struct export_request *request = summary->request;
    const char *content = request->shapes[shape].format == FORMAT_CSV
                              ? "text/csv"
                              : "application/jsonlines";

    if (request->compress == COMPRESS_NONE)
        add_member(out, "encodingFormat", content);
    else
        buf_format(out, ",\"encodingFormat\":[\"%s\",\"%s\"]",
                   packed[request->compress], content);
}

/* Its name is its place in the folder, which no other has. */
static void file_object(const struct export_summary *summary,
                        const struct export_file *file, struct buf *out)
{
    buf_text(out, "{\"@type\":\"cr:FileObject\"");
    add_member(out, "@id", file->name);
    add_member(out, "name", file->name);
    add_member(out, "contentUrl", file->name);
    buf_format(out, ",\"contentSize\":\"%lld B\"", (long long)file->bytes);
    format_of(summary, file->shape, out);
    add_member(out, "sha256", file->sha256);
    buf_char(out, '}');
}

static void file_set(const struct export_summary *summary, size_t shape,
                     struct buf *out)
{
    const char *name = summary->request->shapes[shape].name;
    struct buf text = BUF_EMPTY;

    if (!summary_path(summary, shape, PARTS, &text))
        return;
    buf_text(out, ",{\"@type\":\"cr:FileSet\"");
    buf_format(out, ",\"@id\":\"%s-files\",\"name\":\"%s-files\"", name, name);
    format_of(summary, shape, out);
    add_member(out, "includes", buf_string(&text));
    buf_char(out, '}');
    buf_inherit(out, &text);
    buf_free(&text);
}

void croissant_distribution(const struct export_summary *summary,
                            struct buf *out)
{
    buf_text(out, ",\"distribution\":[");
    for (size_t i = 0; i < summary->file_count; i++) {
        buf_text(out, i ? "," : "");
        file_object(summary, &summary->files[i], out);
    }
    for (size_t i = 0; i < summary->request->shape_count; i++)
        file_set(summary, i, out);
    buf_char(out, ']');
}
