/* Labelled meetings as JSON lines: the stored document with the label spliced
 * in before its last brace, so that nothing is parsed or printed again. */
#include "internal.h"

#include "datebook/file.h"

#include <stdlib.h>
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
    struct buf reasoning;
    struct buf text;
};

struct speller {
    const char *persona;
    const struct stored_rule *rules;
    size_t rule_count;
    struct spelled_label any; /* one that no slot keeps */
    int64_t stamp_of;         /* what `stamp` spells; mostly the same for all */
    char stamp[STAMP_SIZE];
    struct spelled_label slots[SLOTS];
};

struct speller *speller_new(const char *persona,
                            const struct stored_rule *rules, size_t rule_count,
                            struct error *err)
{
    struct speller *speller = calloc(1, sizeof *speller);

    if (!speller) {
        error_memory(err);
        return NULL;
    }
    speller->persona = persona;
    speller->rules = rules;
    speller->rule_count = rule_count;
    return speller;
}

static void free_label(struct spelled_label *label)
{
    buf_free(&label->rules);
    buf_free(&label->reasoning);
    buf_free(&label->text);
}

void speller_free(struct speller *speller)
{
    if (!speller)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        free_label(&speller->slots[i]);
    free_label(&speller->any);
    free(speller);
}

/* ---- Labels ---- */

/* From the comma after the document to the quote before the time. */
static void spell_text(const struct speller *speller,
                       const struct stored_label *label,
                       const struct buf *reasoning, struct buf *text)
{
    buf_text(text, ",\"importance_label\":");
    buf_json(text, importance_name((enum importance)label->importance));
    buf_text(text, ",\"prep_needed\":");
    buf_text(text, label->prep_minutes ? "true" : "false");
    buf_text(text, ",\"prep_time_minutes\":");
    buf_int(text, label->prep_minutes);
    buf_text(text, ",\"reasoning\":");
    buf_json_bytes(text, buf_string(reasoning), reasoning->length);
    buf_text(text, ",\"persona_id\":");
    buf_json(text, speller->persona);
    buf_text(text, ",\"generation_timestamp\":\"");
}

static bool spell(const struct speller *speller,
                  const struct stored_label *label, struct spelled_label *slot,
                  struct error *err)
{
    slot->used = false;
    buf_clear(&slot->reasoning);
    buf_clear(&slot->text);
    if (!label_reasoning(label, speller->rules, speller->rule_count,
                         &slot->reasoning, err))
        return false;
    spell_text(speller, label, &slot->reasoning, &slot->text);
    return buf_ok(&slot->text, err);
}

static struct spelled_label *slot_of(struct speller *speller,
                                     const struct stored_label *label)
{
    uint32_t mixed = 2166136261;

    for (size_t i = 0; i < label->rules_length; i++)
        mixed = (mixed ^ label->rules[i]) * 16777619;
    return &speller->slots[(mixed ^ mixed >> 16) % SLOTS];
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
static void keep(struct spelled_label *slot, const struct stored_label *label)
{
    buf_clear(&slot->rules);
    buf_add(&slot->rules, label->rules, label->rules_length);
    slot->importance = label->importance;
    slot->prep_minutes = label->prep_minutes;
    slot->used = !slot->rules.failed;
}

/* Thousands of meetings share a label, so it is spelled once if it can be.  A
 * slot never grows long: texts past LONGEST_KEPT are spelled beside it. */
static const struct spelled_label *spelled(struct speller *speller,
                                           const struct stored_label *label,
                                           struct error *err)
{
    struct spelled_label *slot = slot_of(speller, label);
    struct spelled_label old;

    if (is_spelled(slot, label))
        return slot;
    if (!spell(speller, label, &speller->any, err))
        return NULL;
    if (speller->any.text.length > LONGEST_KEPT)
        return &speller->any;
    old = *slot;
    *slot = speller->any;
    speller->any = old;
    keep(slot, label);
    return slot;
}

/* ---- Lines ---- */

/* No comma follows a document that is empty. */
static bool put_together(struct speller *speller,
                         const struct stored_meeting *meeting,
                         const struct spelled_label *slot,
                         struct spelled_line *line, struct error *err)
{
    size_t length = meeting->document_length;
    size_t skipped = length > 2 ? 0 : 1;

    if (length < 2 || meeting->document[length - 1] != '}')
        return error_set(err, ERROR_DATABASE,
                         "the document of meeting \"%.200s\" is damaged",
                         meeting->id);
    if (!*speller->stamp || speller->stamp_of != meeting->generated)
        civil_format_stamp(meeting->generated, speller->stamp);
    speller->stamp_of = meeting->generated;
    *line = (struct spelled_line){.document = meeting->document,
                                  .document_length = length - 1,
                                  .label = slot->text.data + skipped,
                                  .label_length = slot->text.length - skipped,
                                  .stamp = speller->stamp,
                                  .reasoning = slot->reasoning.data,
                                  .reasoning_length = slot->reasoning.length};
    return true;
}

bool speller_line(struct speller *speller, const struct stored_meeting *meeting,
                  const struct stored_label *label, struct spelled_line *line,
                  struct error *err)
{
    const struct spelled_label *slot = spelled(speller, label, err);

    return slot && put_together(speller, meeting, slot, line, err);
}

bool speller_line_with(struct speller *speller,
                       const struct stored_meeting *meeting,
                       const struct stored_label *label,
                       const struct buf *reasoning, struct spelled_line *line,
                       struct error *err)
{
    struct spelled_label *any = &speller->any;

    any->used = false;
    buf_clear(&any->reasoning);
    buf_clear(&any->text);
    buf_add(&any->reasoning, buf_string(reasoning), reasoning->length);
    spell_text(speller, label, &any->reasoning, &any->text);
    return buf_ok(reasoning, err) && buf_ok(&any->reasoning, err) &&
           buf_ok(&any->text, err) &&
           put_together(speller, meeting, any, line, err);
}

static bool put_line(const struct spelled_line *line,
                     struct file_writer *writer, struct error *err)
{
    return !writer ||
           (file_write(writer, line->document, line->document_length, err) &&
            file_write(writer, line->label, line->label_length, err) &&
            file_write(writer, line->stamp, strlen(line->stamp), err) &&
            file_write(writer, "\"}", 2, err) && file_end_line(writer, err));
}

bool label_next_of(struct cursor *labels, const struct stored_meeting *meeting,
                   struct stored_label *label, struct error *err)
{
    bool labelled = true;

    while (labelled && label->meeting < meeting->key)
        if (!label_next(labels, label, &labelled, err))
            return false;
    if (labelled && label->meeting == meeting->key)
        return true;
    return error_set(err, ERROR_DATABASE, "the meeting \"%.200s\" has no label",
                     meeting->id);
}

struct line_source {
    struct cursor *meetings;
    struct cursor *labels;
    struct speller *speller;
};

/* Meetings and labels in step: both come in order of key, and every meeting
 * has its label. */
static bool write_all(const struct line_source *source,
                      struct file_writer *writer, struct file_writer *second,
                      const struct monitor *monitor, int64_t *done,
                      struct error *err)
{
    struct stored_meeting meeting;
    struct stored_label label = {.rules = (const unsigned char *)""};
    struct spelled_line line = {.document = "", .label = "", .stamp = ""};
    bool more;

    for (;;) {
        if (!meeting_next(source->meetings, &meeting, &more, err))
            return false;
        if (!more)
            return true;
        if (!label_next_of(source->labels, &meeting, &label, err) ||
            !speller_line(source->speller, &meeting, &label, &line, err) ||
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
    struct arena arena = ARENA_EMPTY;
    struct line_source source = {.meetings = meeting_scan(store, &scan, err)};
    struct stored_rule *rules;
    size_t rule_count;
    bool ok =
        source.meetings && (source.labels = label_scan(store, &scan, err)) &&
        rule_list(store, &arena, persona->key, &rules, &rule_count, err) &&
        (source.speller = speller_new(persona->id, rules, rule_count, err)) &&
        write_all(&source, writer, second, monitor, done, err);

    cursor_close(source.meetings);
    cursor_close(source.labels);
    speller_free(source.speller);
    arena_free(&arena);
    return ok;
}
