/* An opinion, or a decision, as a JSON document.
 *
 *   {"kind":"opinion","sample":"first","reviewer":"ann","meeting":"m1",
 *    "persona":"p1","version":7,"seen":{"importance":"high",
 *    "prep_minutes":30,"rsvp":"accept","reasoning":"Always important: demo"},
 *    "blind":false,"realistic":true,"importance":"medium","prep_minutes":0,
 *    "rsvp":"accept","cause":"rule","rule":"Always important: demo",
 *    "note":"An internal dry run."}
 *
 * A rule that is not named and a note without text are left out. */
#include "document.h"

#include <stdio.h>

static const char *kind_of(bool decision)
{
    return decision ? "decision" : "opinion";
}

static bool check_cause(const struct opinion *opinion, struct error *err)
{
    if (opinion->cause < 0 || opinion->cause >= REVIEW_CAUSES)
        return error_set(err, ERROR_INPUT,
                         "cause must be none, rule or exception");
    if (opinion->cause != CAUSE_NONE && !opinion_corrects(opinion))
        return error_set(err, ERROR_INPUT,
                         "cause is \"%s\", and nothing is corrected",
                         review_cause_name(opinion->cause));
    if (opinion->rule && opinion->cause != CAUSE_RULE)
        return error_set(err, ERROR_INPUT,
                         "rule is named, and the cause is \"%s\"",
                         review_cause_name(opinion->cause));
    return !opinion->rule ||
           document_check_text("rule", opinion->rule, DOCUMENT_ID, err);
}

static bool check(const struct opinion *opinion, struct error *err)
{
    return review_name_check("sample", opinion->sample, err) &&
           review_name_check("reviewer", opinion->reviewer, err) &&
           document_check_text("meeting", opinion->meeting, DOCUMENT_ID, err) &&
           document_check_text("persona", opinion->persona, DOCUMENT_ID, err) &&
           document_check_version(opinion->version, err) &&
           document_check_values("seen.", &opinion->seen.values, err) &&
           document_check_text("seen.reasoning", opinion->seen.reasoning,
                               DOCUMENT_TEXT, err) &&
           document_check_values("", &opinion->says, err) &&
           check_cause(opinion, err) &&
           document_check_text("note", opinion->note, DOCUMENT_NOTE, err);
}

bool opinion_write(const struct opinion *opinion, struct buf *document,
                   struct error *err)
{
    if (!check(opinion, err))
        return false;
    buf_char(document, '{');
    document_put_text(document, "kind", kind_of(opinion->decision));
    document_put_text(document, "sample", opinion->sample);
    document_put_text(document, "reviewer", opinion->reviewer);
    document_put_text(document, "meeting", opinion->meeting);
    document_put_text(document, "persona", opinion->persona);
    document_put_int(document, "version", opinion->version);
    buf_text(document, "\"seen\":{");
    document_put_values(document, &opinion->seen.values);
    document_put_text(document, "reasoning", opinion->seen.reasoning);
    document_end(document, '}');
    buf_char(document, ',');
    document_put_bool(document, "blind", opinion->blind);
    document_put_bool(document, "realistic", opinion->realistic);
    document_put_values(document, &opinion->says);
    document_put_text(document, "cause", review_cause_name(opinion->cause));
    if (opinion->rule)
        document_put_text(document, "rule", opinion->rule);
    if (*opinion->note)
        document_put_text(document, "note", opinion->note);
    document_end(document, '}');
    return buf_ok(document, err);
}

static bool read_kind(struct document_reader *reader, bool *decision)
{
    const char *kind;

    if (!document_text(reader, "kind", &kind))
        return false;
    *decision = !strcmp(kind, kind_of(true));
    return *decision || !strcmp(kind, kind_of(false)) ||
           document_fail(reader, "kind", "must be opinion or decision");
}

static bool read_seen(struct document_reader *reader, struct seen_label *seen)
{
    static const char *const members[] = {"importance", "prep_minutes", "rsvp",
                                          "reasoning", NULL};
    const cJSON *outer = reader->object;
    bool ok;

    reader->object = json_member(outer, "seen");
    if (!cJSON_IsObject(reader->object)) {
        reader->object = outer;
        return document_fail(reader, "seen", "must be an object");
    }
    snprintf(reader->within, sizeof reader->within, "seen.");
    ok = document_members(reader, members) &&
         document_values(reader, &seen->values) &&
         document_text(reader, "reasoning", &seen->reasoning);
    reader->within[0] = '\0';
    reader->object = outer;
    return ok;
}

static bool read_cause(struct document_reader *reader, enum review_cause *cause)
{
    const char *word;

    if (!document_text(reader, "cause", &word))
        return false;
    *cause = review_cause_named(word);
    return *cause != REVIEW_CAUSES ||
           document_fail(reader, "cause", "must be none, rule or exception");
}

static bool read_opinion(struct document_reader *reader,
                         struct opinion *opinion)
{
    return read_kind(reader, &opinion->decision) &&
           document_text(reader, "sample", &opinion->sample) &&
           document_text(reader, "reviewer", &opinion->reviewer) &&
           document_text(reader, "meeting", &opinion->meeting) &&
           document_text(reader, "persona", &opinion->persona) &&
           document_int(reader, "version", &opinion->version) &&
           read_seen(reader, &opinion->seen) &&
           document_bool(reader, "blind", &opinion->blind) &&
           document_bool(reader, "realistic", &opinion->realistic) &&
           document_values(reader, &opinion->says) &&
           read_cause(reader, &opinion->cause) &&
           document_text_or(reader, "rule", NULL, &opinion->rule) &&
           document_text_or(reader, "note", "", &opinion->note);
}

/* What is said under another name belongs to somebody else. */
static bool check_record(struct document_reader *reader,
                         const struct opinion *opinion)
{
    const char *name =
        opinion_record_name(&reader->scratch, opinion, reader->err);

    if (!name)
        return false;
    return !strcmp(name, reader->stored->name) ||
           error_set(reader->err, ERROR_DATABASE, "it is that of %.300s", name);
}

bool opinion_read(struct arena *arena, const struct stored_record *stored,
                  struct opinion *opinion, struct error *err)
{
    static const char *const members[] = {
        "kind",  "sample", "reviewer",  "meeting",    "persona",      "version",
        "seen",  "blind",  "realistic", "importance", "prep_minutes", "rsvp",
        "cause", "rule",   "note",      NULL};
    struct document_reader reader;
    struct buf again = BUF_EMPTY;
    bool ok;

    *opinion = (struct opinion){.note = ""};
    ok = document_open(&reader, arena, stored, members, err) &&
         read_opinion(&reader, opinion) && check_record(&reader, opinion) &&
         opinion_write(opinion, &again, err);
    ok = document_close(&reader, ok, &again);
    buf_free(&again);
    return ok;
}
