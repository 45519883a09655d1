/* What `diff --json` and `diff --jsonl` print. */
#include "diff_output.h"

#include "datebook/json.h"

#include <string.h>

/* ---- Parts of the object ---- */

static void transition(struct buf *out, const char *from, const char *to,
                       int64_t labels)
{
    if (!labels)
        return;
    json_key(out, NULL);
    buf_format(out, "{\"from\":\"%s\",\"to\":\"%s\",\"labels\":%lld}", from, to,
               (long long)labels);
}

static void transitions(struct buf *out, const struct diff *diff)
{
    json_key(out, "transitions");
    buf_char(out, '[');
    for (int from = 0; from < IMPORTANCE_LEVELS; from++)
        for (int to = 0; to < IMPORTANCE_LEVELS; to++)
            transition(out, importance_name((enum importance)from),
                       importance_name((enum importance)to),
                       diff->importance[from][to]);
    buf_char(out, ']');
    json_key(out, "rsvp");
    buf_char(out, '[');
    for (int from = 0; from < RSVP_ANSWERS; from++)
        for (int to = 0; to < RSVP_ANSWERS; to++)
            transition(out, rsvp_name((enum rsvp)from),
                       rsvp_name((enum rsvp)to), diff->rsvp[from][to]);
    buf_char(out, ']');
    buf_format(out,
               ",\"prep\":{\"gained\":%lld,\"lost\":%lld,\"minutes\":%lld},"
               "\"reasons_only\":%lld",
               (long long)diff->prep_gained, (long long)diff->prep_lost,
               (long long)diff->prep_minutes, (long long)diff->reasons_only);
}

static void by_persona(struct buf *out, const struct diff_print *print,
                       const struct diff *diff)
{
    size_t shown = diff_shown(print, diff->persona_count);
    size_t at = 0;

    json_key(out, "by_persona");
    buf_char(out, '[');
    for (size_t i = 0; i < shown; i++) {
        const struct persona_diff *entry = &diff->personas[i];
        json_key(out, NULL);
        buf_text(out, "{\"persona\":");
        buf_json(out, entry->id);
        for (int noun = 0; !noun_is_record((enum noun)noun); noun++)
            json_noun_counts(out, (enum noun)noun, &entry->counts[noun], false);
        /* Both lists are in order of id. */
        while (at < print->field_count &&
               strcmp(print->fields[at].persona, entry->id) < 0)
            at++;
        if (at < print->field_count &&
            !strcmp(print->fields[at].persona, entry->id))
            json_texts(out, "fields", print->fields[at].changes,
                       print->fields[at].change_count);
        buf_char(out, '}');
    }
    buf_char(out, ']');
    if (print->request.limit && print->form != FORM_ROWS)
        buf_format(out, ",\"personas_total\":%zu", diff->persona_count);
}

static void by_field(struct buf *out, const struct diff *diff)
{
    struct diff_field fields[DIFF_FIELDS];

    diff_fields(diff, fields);
    json_key(out, "fields");
    buf_char(out, '[');
    for (size_t i = 0; i < DIFF_FIELDS; i++) {
        json_key(out, NULL);
        buf_format(out, "{\"field\":\"%s\",\"labels\":%lld}", fields[i].name,
                   (long long)fields[i].labels);
    }
    buf_char(out, ']');
}

static void by_rule(struct buf *out, const struct diff_print *print,
                    const struct diff *diff)
{
    size_t shown = diff_shown(print, diff->rule_count);

    json_key(out, "rules");
    buf_char(out, '[');
    for (size_t i = 0; i < shown; i++) {
        const struct rule_diff *rule = &diff->rules[i];
        json_key(out, NULL);
        buf_text(out, "{\"persona\":");
        buf_json(out, rule->persona);
        json_key(out, "field");
        buf_json(out, rule_kind_field((enum rule_kind)rule->rule.kind));
        json_key(out, "rule");
        buf_json(out, rule->rule.source);
        buf_format(
            out,
            ",\"began_firing\":%lld,\"stopped_firing\":%lld,"
            "\"began_deciding\":%lld,\"stopped_deciding\":%lld}",
            (long long)rule->began_firing, (long long)rule->stopped_firing,
            (long long)rule->began_deciding, (long long)rule->stopped_deciding);
    }
    buf_format(out, "],\"rules_total\":%zu", diff->rule_count);
}

static void put_head(struct buf *out, const struct diff_print *print,
                     const struct diff *diff)
{
    buf_format(out, "{\"from\":%lld,\"to\":%lld", (long long)diff->from,
               (long long)diff->to);
    if (!print->files[0])
        return;
    json_key(out, "from_file");
    buf_json(out, print->files[0]);
    json_key(out, "to_file");
    buf_json(out, print->files[1]);
    json_key(out, "common");
    buf_int(out, diff->common);
}

void diff_json(struct cli *cli, const struct diff_print *print,
               const struct diff *diff)
{
    struct buf *out = &cli->out;
    enum diff_form form = print->form;
    bool whole = form == FORM_SUMMARY || form == FORM_ROWS;

    put_head(out, print, diff);
    json_counts(out, diff->counts, false);
    if (whole || form == FORM_BY_LABEL)
        transitions(out, diff);
    if (whole || form == FORM_STAT || form == FORM_BY_PERSONA)
        by_persona(out, print, diff);
    if (form == FORM_BY_FIELD)
        by_field(out, diff);
    if (form == FORM_BY_RULE)
        by_rule(out, print, diff);
}

/* ---- Rows ---- */

static void put_label(struct buf *out, const char *key,
                      const struct stored_label *label, const char *reasoning)
{
    json_key(out, key);
    if (!label) {
        buf_text(out, "null");
        return;
    }
    buf_format(out,
               "{\"importance\":\"%s\",\"prep_minutes\":%d,\"rsvp\":\"%s\","
               "\"reasoning\":",
               importance_name((enum importance)label->importance),
               label->prep_minutes, rsvp_name((enum rsvp)label->rsvp));
    buf_json(out, reasoning);
    buf_char(out, '}');
}

/* A document as it is; one that is no JSON, which the store does not mind, as a
 * text. */
static bool put_document(struct buf *out, const char *key,
                         const struct stored_record *record, struct error *err)
{
    struct arena scratch = {0};
    bool is_json;

    json_key(out, key);
    if (!record) {
        buf_text(out, "null");
        return true;
    }
    is_json = json_parse(&scratch, record->document, record->document_length,
                         record->name, err) != NULL;
    arena_free(&scratch);
    if (is_json)
        buf_text(out, record->document);
    else
        buf_json(out, record->document);
    return is_json || err->code == ERROR_INPUT;
}

static bool put_record(struct buf *out, const struct diff_row *row,
                       struct error *err)
{
    json_key(out, noun_name(row->noun));
    buf_json(out, diff_row_name(row));
    if (!put_document(out, "old", row->old_record, err) ||
        !put_document(out, "new", row->new_record, err))
        return false;
    if (row->change_count)
        json_texts(out, "fields", row->changes, row->change_count);
    buf_char(out, '}');
    return true;
}

static bool put_row(struct buf *out, const struct diff_row *row,
                    struct error *err)
{
    buf_format(out, "{\"row\":\"%s\",\"change\":\"%s\"", noun_name(row->noun),
               row->had ? row->has ? "changed" : "removed" : "added");
    if (noun_is_record(row->noun))
        return put_record(out, row, err);
    json_key(out, "persona");
    buf_json(out, row->persona);
    if (row->meeting) {
        json_key(out, "meeting");
        buf_json(out, row->meeting);
    }
    if (row->noun == NOUN_LABEL) {
        put_label(out, "old", row->old_label, row->old_reasoning);
        put_label(out, "new", row->new_label, row->new_reasoning);
    }
    if (row->change_count)
        json_texts(out, "fields", row->changes, row->change_count);
    buf_char(out, '}');
    return true;
}

bool diff_json_row(void *context, const struct diff_row *row, struct error *err)
{
    struct cli *cli = context;

    json_key(&cli->out, NULL);
    return put_row(&cli->out, row, err) && cli_flush_long(cli, err);
}

bool diff_json_line(void *context, const struct diff_row *row,
                    struct error *err)
{
    struct cli *cli = context;

    if (!put_row(&cli->out, row, err))
        return false;
    buf_char(&cli->out, '\n');
    return cli_flush_long(cli, err);
}

bool diff_json_name(void *context, const struct diff_row *row,
                    struct error *err)
{
    struct cli *cli = context;

    json_key(&cli->out, NULL);
    buf_json(&cli->out, diff_row_name(row));
    return cli_flush_long(cli, err);
}
