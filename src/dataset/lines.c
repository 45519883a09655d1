/* Labelled meetings as JSON lines: the stored document with the label spliced
 * in before its last brace, so that nothing is parsed or printed again. */
#include "internal.h"

#include "datebook/file.h"

#include <string.h>

/* A power of two, several times as many as the different labels that most
 * personas give. */
enum { SLOTS = 1024, LONGEST_KEPT = 2048 };

/* What the label says in every line in which it is the same. */
struct spelled_label {
    bool used;
    int importance;
    int prep_minutes;
    struct buf rules;
    struct buf text;
};

struct line_source {
    struct store *store;
    struct arena arena; /* the rules of the persona, and the slots */
    const struct stored_persona *persona;
    struct stored_rule *rules;
    size_t rule_count;
    struct spelled_label *slots;
    struct buf reasoning;
    struct buf text;
    int64_t stamp_of; /* what `stamp` spells; mostly the same for all */
    char stamp[STAMP_SIZE];
};

/* ---- Labels ---- */

/* From the comma after the document to the quote before the time. */
static bool spell(struct line_source *source, const struct stored_label *label,
                  struct error *err)
{
    struct buf *text = &source->text;

    buf_clear(&source->reasoning);
    if (!label_reasoning(label, source->rules, source->rule_count,
                         &source->reasoning, err))
        return false;
    buf_clear(text);
    buf_text(text, ",\"importance_label\":");
    buf_json(text, importance_name((enum importance)label->importance));
    buf_text(text, ",\"prep_needed\":");
    buf_text(text, label->prep_minutes ? "true" : "false");
    buf_text(text, ",\"prep_time_minutes\":");
    buf_int(text, label->prep_minutes);
    buf_text(text, ",\"reasoning\":");
    buf_json_bytes(text, buf_string(&source->reasoning),
                   source->reasoning.length);
    buf_text(text, ",\"persona_id\":");
    buf_json(text, source->persona->id);
    buf_text(text, ",\"generation_timestamp\":\"");
    return buf_ok(text, err);
}

static struct spelled_label *slot_of(const struct line_source *source,
                                     const struct stored_label *label)
{
    uint32_t mixed = 2166136261;

    for (size_t i = 0; i < label->rules_length; i++)
        mixed = (mixed ^ label->rules[i]) * 16777619;
    return &source->slots[(mixed ^ mixed >> 16) % SLOTS];
}

static bool is_spelled(const struct spelled_label *slot,
                       const struct stored_label *label)
{
    return slot->used && slot->importance == label->importance &&
           slot->prep_minutes == label->prep_minutes &&
           slot->rules.length == label->rules_length &&
           !memcmp(buf_string(&slot->rules), label->rules, label->rules_length);
}

/* In place of what the slot held; without memory it holds nothing. */
static void keep(struct spelled_label *slot, const struct stored_label *label,
                 const struct buf *text)
{
    buf_clear(&slot->rules);
    buf_clear(&slot->text);
    buf_add(&slot->rules, label->rules, label->rules_length);
    buf_add(&slot->text, text->data, text->length);
    slot->importance = label->importance;
    slot->prep_minutes = label->prep_minutes;
    slot->used = !slot->rules.failed && !slot->text.failed;
}

/* Thousands of meetings share a label, so it is spelled once if it can be. */
static const struct buf *label_text(struct line_source *source,
                                    const struct stored_label *label,
                                    struct error *err)
{
    struct spelled_label *slot = slot_of(source, label);

    if (is_spelled(slot, label))
        return &slot->text;
    if (!spell(source, label, err))
        return NULL;
    if (source->text.length <= LONGEST_KEPT)
        keep(slot, label, &source->text);
    return &source->text;
}

static void free_slots(struct line_source *source)
{
    for (size_t i = 0; source->slots && i < SLOTS; i++) {
        buf_free(&source->slots[i].rules);
        buf_free(&source->slots[i].text);
    }
}

/* ---- Lines ---- */

struct line {
    const char *document; /* without its last brace */
    size_t document_length;
    const char *label;
    size_t label_length;
    const char *stamp;
};

/* No comma follows a document that is empty. */
static bool make_line(struct line_source *source,
                      const struct stored_meeting *meeting,
                      const struct stored_label *label, struct line *line,
                      struct error *err)
{
    size_t length = meeting->document_length;
    const struct buf *text = label_text(source, label, err);
    size_t skipped = length > 2 ? 0 : 1;

    if (!text)
        return false;
    if (length < 2 || meeting->document[length - 1] != '}')
        return error_set(err, ERROR_DATABASE,
                         "the document of meeting \"%.200s\" is damaged",
                         meeting->id);
    if (!*source->stamp || source->stamp_of != meeting->generated)
        civil_format_stamp(meeting->generated, source->stamp);
    source->stamp_of = meeting->generated;
    *line = (struct line){.document = meeting->document,
                          .document_length = length - 1,
                          .label = text->data + skipped,
                          .label_length = text->length - skipped,
                          .stamp = source->stamp};
    return true;
}

static bool put_line(const struct line *line, struct file_writer *writer,
                     struct error *err)
{
    return !writer ||
           (file_write(writer, line->document, line->document_length, err) &&
            file_write(writer, line->label, line->label_length, err) &&
            file_write(writer, line->stamp, strlen(line->stamp), err) &&
            file_write(writer, "\"}", 2, err) && file_end_line(writer, err));
}

/* Meetings and labels in step: both come in order of key, and every meeting
 * has its label. */
static bool write_all(struct line_source *source, struct cursor *meetings,
                      struct cursor *labels, struct file_writer *writer,
                      struct file_writer *second, const struct monitor *monitor,
                      int64_t *done, struct error *err)
{
    struct stored_meeting meeting;
    struct stored_label label = {.rules = (const unsigned char *)""};
    struct line line = {.document = "", .label = "", .stamp = ""};
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
        if (!make_line(source, &meeting, &label, &line, err) ||
            !put_line(&line, writer, err) || !put_line(&line, second, err) ||
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

    if (labels)
        source.slots =
            arena_zero(&source.arena, SLOTS, sizeof *source.slots, err);
    ok = source.slots &&
         rule_list(store, &source.arena, persona->key, &source.rules,
                   &source.rule_count, err) &&
         write_all(&source, meetings, labels, writer, second, monitor, done,
                   err);
    cursor_close(meetings);
    cursor_close(labels);
    free_slots(&source);
    arena_free(&source.arena);
    buf_free(&source.reasoning);
    buf_free(&source.text);
    return ok;
}
