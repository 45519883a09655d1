/* Labelled meetings as JSON lines: the stored document with the label spliced
 * in before its last brace, so that nothing is parsed or printed again. */
#include "internal.h"

#include "datebook/file.h"

#include <string.h>

struct line_source {
    struct store *store;
    struct arena arena; /* the rules of the persona */
    const struct stored_persona *persona;
    struct stored_rule *rules;
    size_t rule_count;
    struct buf reasoning;
    struct buf line;
    int64_t stamp_of; /* what `stamp` spells; mostly the same for all */
    char stamp[STAMP_SIZE];
};

/* The document without its last brace, and a comma unless it was empty. */
static bool open_document(struct buf *line,
                          const struct stored_meeting *meeting,
                          struct error *err)
{
    size_t length = meeting->document_length;

    if (length < 2 || meeting->document[length - 1] != '}')
        return error_set(err, ERROR_DATABASE,
                         "the document of meeting \"%.200s\" is damaged",
                         meeting->id);
    buf_add(line, meeting->document, length - 1);
    if (length > 2)
        buf_char(line, ',');
    return true;
}

static bool make_line(struct line_source *source,
                      const struct stored_meeting *meeting,
                      const struct stored_label *label, struct error *err)
{
    struct buf *line = &source->line;

    buf_clear(line);
    buf_clear(&source->reasoning);
    if (!label_reasoning(label, source->rules, source->rule_count,
                         &source->reasoning, err) ||
        !open_document(line, meeting, err))
        return false;
    if (!*source->stamp || source->stamp_of != meeting->generated)
        civil_format_stamp(meeting->generated, source->stamp);
    source->stamp_of = meeting->generated;
    buf_text(line, "\"importance_label\":");
    buf_json(line, importance_name((enum importance)label->importance));
    buf_text(line, ",\"prep_needed\":");
    buf_text(line, label->prep_minutes ? "true" : "false");
    buf_text(line, ",\"prep_time_minutes\":");
    buf_int(line, label->prep_minutes);
    buf_text(line, ",\"reasoning\":");
    buf_json_bytes(line, buf_string(&source->reasoning),
                   source->reasoning.length);
    buf_text(line, ",\"persona_id\":");
    buf_json(line, source->persona->id);
    buf_text(line, ",\"generation_timestamp\":");
    buf_json(line, source->stamp);
    buf_char(line, '}');
    return buf_ok(line, err);
}

static bool put_line(const struct buf *line, struct file_writer *writer,
                     struct error *err)
{
    return !writer || (file_write(writer, line->data, line->length, err) &&
                       file_end_line(writer, err));
}

/* Meetings and labels in step: both come in order of key, and every meeting
 * has its label. */
static bool write_all(struct line_source *source, struct cursor *meetings,
                      struct cursor *labels, struct file_writer *writer,
                      struct file_writer *second, const struct monitor *monitor,
                      int64_t *done, struct error *err)
{
    struct stored_meeting meeting;
    struct stored_label label = {.meeting = 0};
    bool more;
    bool labelled = true;

    for (;;) {
        if (!meeting_next(meetings, &meeting, &more, err))
            return false;
        if (!more)
            return true;
        while (labelled && label.meeting < meeting.key)
            if (!label_next(labels, &label, &labelled, err))
                return false;
        if (!labelled || label.meeting != meeting.key)
            return error_set(err, ERROR_DATABASE,
                             "the meeting \"%.200s\" has no label", meeting.id);
        if (!make_line(source, &meeting, &label, err) ||
            !put_line(&source->line, writer, err) ||
            !put_line(&source->line, second, err) ||
            !monitor_tick(monitor, "lines", ++*done, 0, err))
            return false;
    }
}

bool dataset_write_lines(struct store *store, int64_t version, int64_t since,
                         const struct stored_persona *persona,
                         struct file_writer *writer, struct file_writer *second,
                         const struct monitor *monitor, int64_t *done,
                         struct error *err)
{
    struct scan scan = {
        .version = version, .persona = persona->key, .since = since};
    struct line_source source = {.store = store, .persona = persona};
    struct cursor *meetings = meeting_scan(store, &scan, err);
    struct cursor *labels = meetings ? label_scan(store, &scan, err) : NULL;
    bool ok;

    ok = labels &&
         rule_list(store, &source.arena, persona->key, &source.rules,
                   &source.rule_count, err) &&
         write_all(&source, meetings, labels, writer, second, monitor, done,
                   err);
    cursor_close(meetings);
    cursor_close(labels);
    arena_free(&source.arena);
    buf_free(&source.reasoning);
    buf_free(&source.line);
    return ok;
}
