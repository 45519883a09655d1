/* Reading meetings and labels: scans as of a version, single rows, spans. */
#include "internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A damaged file may have any number for a persona. */
int64_t first_meeting(int64_t persona)
{
    return (int64_t)((uint64_t)persona << 32);
}

int64_t last_meeting(int64_t persona)
{
    return persona ? first_meeting(persona) | UINT32_MAX : INT64_MAX;
}

/* ---- Scans ---- */

struct cursor *cursor_open(struct store *store, enum statement_id id,
                           struct error *err)
{
    struct cursor *cursor = calloc(1, sizeof *cursor);

    if (!cursor) {
        error_memory(err);
        return NULL;
    }
    cursor->store = store;
    cursor->statement = store_use(store, id, err);
    if (cursor->statement)
        return cursor;
    free(cursor);
    return NULL;
}

struct cursor *cursor_open_beside(struct store *store, enum statement_id id,
                                  struct error *err)
{
    struct cursor *cursor = calloc(1, sizeof *cursor);

    if (!cursor) {
        error_memory(err);
        return NULL;
    }
    cursor->store = store;
    cursor->statement = &cursor->own;
    if (statement_prepare(store, id, cursor->statement, err))
        return cursor;
    free(cursor);
    return NULL;
}

void cursor_close(struct cursor *cursor)
{
    if (!cursor)
        return;
    if (!cursor->done)
        statement_end(cursor->statement);
    statement_close(&cursor->own);
    free(cursor);
}

/* The statement for HEAD reads one table; that for older versions merges the
 * history in. */
static struct cursor *open_scan(struct store *store, const struct scan *scan,
                                enum statement_id head_id,
                                enum statement_id at_id, struct error *err)
{
    struct cursor *cursor;
    int64_t head;

    if (!version_head(store, &head, err))
        return NULL;
    cursor = cursor_open(store, scan->version >= head ? head_id : at_id, err);
    if (!cursor)
        return NULL;
    bind_int(cursor->statement, ":first", first_meeting(scan->persona));
    bind_int(cursor->statement, ":last", last_meeting(scan->persona));
    bind_int(cursor->statement, ":version", scan->version);
    bind_int(cursor->statement, ":since", scan->since);
    return cursor;
}

struct cursor *meeting_scan(struct store *store, const struct scan *scan,
                            struct error *err)
{
    return open_scan(store, scan, STATEMENT_MEETING_SCAN_HEAD,
                     STATEMENT_MEETING_SCAN_AT, err);
}

struct cursor *label_scan(struct store *store, const struct scan *scan,
                          struct error *err)
{
    return open_scan(store, scan, STATEMENT_LABEL_SCAN_HEAD,
                     STATEMENT_LABEL_SCAN_AT, err);
}

struct cursor *fact_scan(struct store *store, const struct scan *scan,
                         struct error *err)
{
    return open_scan(store, scan, STATEMENT_FACT_SCAN_HEAD,
                     STATEMENT_FACT_SCAN_AT, err);
}

struct cursor *fact_number_scan(struct store *store, const struct scan *scan,
                                struct error *err)
{
    return open_scan(store, scan, STATEMENT_FACT_NUMBER_SCAN_HEAD,
                     STATEMENT_FACT_NUMBER_SCAN_AT, err);
}

bool cursor_step(struct cursor *cursor, bool *more, struct error *err)
{
    if (!statement_next(cursor->store, cursor->statement, more, err)) {
        cursor->done = true;
        return false;
    }
    cursor->done = !*more;
    return true;
}

static void read_meeting(struct statement *statement,
                         struct stored_meeting *meeting)
{
    meeting->key = column_int(statement, "meeting");
    meeting->since = column_int(statement, "since_version");
    meeting->generated = column_int(statement, "generated");
    meeting->id = column_text(statement, "id", NULL);
    meeting->document =
        column_text(statement, "document", &meeting->document_length);
}

bool label_values(struct statement *statement, struct stored_label *label,
                  struct error *err)
{
    int64_t importance = column_int(statement, "importance");
    int64_t rsvp = column_int(statement, "rsvp");
    bool ok = true;

    if (importance < 0 || importance > LAST_IMPORTANCE || rsvp < 0 ||
        rsvp > LAST_RSVP)
        return error_set(err, ERROR_DATABASE,
                         "a damaged label: importance %lld, rsvp %lld",
                         (long long)importance, (long long)rsvp);
    label->importance = (int)importance;
    label->rsvp = (int)rsvp;
    label->prep_minutes = column_small(statement, "prep_minutes", INT_MAX, &ok);
    label->rules = column_bytes(statement, "rules", &label->rules_length);
    return ok || error_set(err, ERROR_DATABASE,
                           "a damaged label: %lld minutes of preparation",
                           (long long)column_int(statement, "prep_minutes"));
}

bool label_from_row(struct statement *statement, struct stored_label *label,
                    struct error *err)
{
    /* In the order of the columns: that is looked up fastest. */
    label->since = column_int(statement, "since_version");
    return label_values(statement, label, err);
}

bool meeting_next(struct cursor *cursor, struct stored_meeting *meeting,
                  bool *more, struct error *err)
{
    if (!cursor_step(cursor, more, err))
        return false;
    if (*more)
        read_meeting(cursor->statement, meeting);
    return true;
}

bool label_next(struct cursor *cursor, struct stored_label *label, bool *more,
                struct error *err)
{
    if (!cursor_step(cursor, more, err))
        return false;
    if (!*more)
        return true;
    label->meeting = column_int(cursor->statement, "meeting");
    return label_from_row(cursor->statement, label, err);
}

int flags_of(const struct meeting_facts *facts)
{
    return (facts->external ? FACT_EXTERNAL : 0) |
           (facts->recurring ? FACT_RECURRING : 0) |
           (facts->organizer ? FACT_ORGANIZER : 0) |
           (facts->overlaps ? FACT_OVERLAPS : 0);
}

static bool damaged_facts(int64_t key, struct error *err)
{
    return error_set(err, ERROR_DATABASE,
                     "the facts of meeting %lld are damaged", (long long)key);
}

static void read_flags(struct statement *row, struct meeting_facts *facts,
                       bool *ok)
{
    int flags = column_small(row, "flags", FACT_ALL, ok);

    facts->external = flags & FACT_EXTERNAL;
    facts->recurring = flags & FACT_RECURRING;
    facts->organizer = flags & FACT_ORGANIZER;
    facts->overlaps = flags & FACT_OVERLAPS;
}

/* In the order of the columns: that is looked up fastest. */
static bool read_numbers(struct statement *row, struct meeting_facts *facts)
{
    bool ok = true;

    facts->start = column_int(row, "start");
    facts->minutes = column_small(row, "minutes", INT_MAX, &ok);
    facts->type =
        (enum event_type)column_small(row, "type", EVENT_SERIES_MASTER, &ok);
    read_flags(row, facts, &ok);
    facts->attendees = column_small(row, "attendees", INT_MAX, &ok);
    facts->required = column_small(row, "required", INT_MAX, &ok);
    facts->optional = column_small(row, "optional", INT_MAX, &ok);
    facts->resources = column_small(row, "resources", INT_MAX, &ok);
    return ok;
}

static bool read_fact(struct statement *row, struct stored_fact *fact,
                      struct error *err)
{
    bool ok;

    fact->key = column_int(row, "meeting");
    (void)column_int(row, "since_version");
    ok = read_numbers(row, &fact->facts);
    fact->facts.subject = column_text(row, "subject", NULL);
    fact->facts.preview = column_text(row, "preview", NULL);
    fact->facts.people = column_text(row, "people", NULL);
    return ok || damaged_facts(fact->key, err);
}

bool fact_number_next(struct cursor *cursor, struct stored_fact *fact,
                      bool *more, struct error *err)
{
    if (!cursor_step(cursor, more, err))
        return false;
    if (!*more)
        return true;
    fact->key = column_int(cursor->statement, "meeting");
    fact->facts.subject = fact->facts.preview = fact->facts.people = "";
    return read_numbers(cursor->statement, &fact->facts) ||
           damaged_facts(fact->key, err);
}

bool fact_next(struct cursor *cursor, struct stored_fact *fact, bool *more,
               struct error *err)
{
    if (!cursor_step(cursor, more, err))
        return false;
    return !*more || read_fact(cursor->statement, fact, err);
}

struct cursor *relabel_scan(struct store *store, int64_t persona,
                            struct error *err)
{
    struct cursor *cursor = cursor_open(store, STATEMENT_RELABEL_SCAN, err);

    if (!cursor)
        return NULL;
    bind_int(cursor->statement, ":first", first_meeting(persona));
    bind_int(cursor->statement, ":last", last_meeting(persona));
    return cursor;
}

bool relabel_next(struct cursor *cursor, struct stored_fact *fact,
                  struct stored_label *label, bool *labelled, bool *more,
                  struct error *err)
{
    struct statement *row = cursor->statement;
    bool ok = true;

    if (!cursor_step(cursor, more, err))
        return false;
    if (!*more)
        return true;
    fact->key = label->meeting = column_int(row, "meeting");
    fact->facts = (struct meeting_facts){0};
    read_flags(row, &fact->facts, &ok);
    fact->facts.minutes = column_small(row, "minutes", INT_MAX, &ok);
    fact->facts.attendees = column_small(row, "attendees", INT_MAX, &ok);
    fact->facts.subject = column_text(row, "subject", NULL);
    fact->facts.preview = column_text(row, "preview", NULL);
    fact->facts.people = column_text(row, "people", NULL);
    *labelled = !column_is_null(row, "since_version");
    if (!ok)
        return damaged_facts(fact->key, err);
    return !*labelled || label_from_row(row, label, err);
}

bool stored_label_same(const struct stored_label *one,
                       const struct stored_label *other)
{
    return one->importance == other->importance && one->rsvp == other->rsvp &&
           one->prep_minutes == other->prep_minutes &&
           one->rules_length == other->rules_length &&
           !memcmp(one->rules, other->rules, one->rules_length);
}

/* ---- Single rows ---- */

/* How one kind of row is looked up: where it stands while it lives, where when
 * it is dead, and how to copy it. */
struct look_up {
    enum statement_id head;
    enum statement_id dead;
    row_reader *copy;
};

/* Steps a statement that gives one row or none; a row that is younger than the
 * version is none. */
static bool read_one(struct store *store, struct statement *statement,
                     const struct look_up *look_up, struct arena *arena,
                     int64_t version, void *row, bool *found, struct error *err)
{
    bool ok = true;

    if (!statement_next(store, statement, found, err))
        return false;
    if (!*found)
        return true;
    *found = column_int(statement, "since_version") <= version;
    if (*found)
        ok = look_up->copy(statement, arena, row, err);
    statement_end(statement);
    return ok;
}

/* The row as of a version: the living one unless it is too young, else the
 * first that died after that version. */
static bool row_at(struct store *store, const struct look_up *look_up,
                   struct arena *arena, int64_t version, int64_t key, void *row,
                   bool *found, struct error *err)
{
    struct statement *statement = store_use(store, look_up->head, err);

    *found = false;
    if (!statement)
        return false;
    bind_int(statement, ":meeting", key);
    if (!read_one(store, statement, look_up, arena, version, row, found, err))
        return false;
    if (*found)
        return true;
    statement = store_use(store, look_up->dead, err);
    if (!statement)
        return false;
    bind_int(statement, ":meeting", key);
    bind_int(statement, ":version", version);
    return read_one(store, statement, look_up, arena, version, row, found, err);
}

static bool copy_meeting(struct statement *statement, struct arena *arena,
                         void *row, struct error *err)
{
    struct stored_meeting *meeting = row;

    read_meeting(statement, meeting);
    meeting->id = column_copy(statement, "id", arena, NULL, err);
    meeting->document =
        meeting->id ? column_copy(statement, "document", arena, NULL, err)
                    : NULL;
    return meeting->document ||
           error_context(err, "meeting %lld", (long long)meeting->key);
}

/* Copies what points into a statement. */
static bool keep_rules(struct arena *arena, struct stored_label *label,
                       struct error *err)
{
    label->rules = (const unsigned char *)arena_bytes(arena, label->rules,
                                                      label->rules_length, err);
    return label->rules != NULL;
}

static bool copy_label(struct statement *statement, struct arena *arena,
                       void *row, struct error *err)
{
    struct stored_label *label = row;

    label->meeting = column_int(statement, "meeting");
    return label_from_row(statement, label, err) &&
           keep_rules(arena, label, err);
}

static bool copy_fact(struct statement *statement, struct arena *arena,
                      void *row, struct error *err)
{
    struct stored_fact *fact = row;
    struct meeting_facts *facts = &fact->facts;

    if (!read_fact(statement, fact, err))
        return false;
    facts->subject = column_copy(statement, "subject", arena, NULL, err);
    facts->preview = facts->subject
                         ? column_copy(statement, "preview", arena, NULL, err)
                         : NULL;
    facts->people = facts->preview
                        ? column_copy(statement, "people", arena, NULL, err)
                        : NULL;
    return facts->people ||
           error_context(err, "meeting %lld", (long long)fact->key);
}

bool meeting_at(struct store *store, struct arena *arena, int64_t version,
                int64_t key, struct stored_meeting *meeting, bool *found,
                struct error *err)
{
    static const struct look_up look_up = {
        STATEMENT_MEETING_GET_HEAD, STATEMENT_MEETING_GET_DEAD, copy_meeting};

    return row_at(store, &look_up, arena, version, key, meeting, found, err);
}

bool label_at(struct store *store, struct arena *arena, int64_t version,
              int64_t key, struct stored_label *label, bool *found,
              struct error *err)
{
    static const struct look_up look_up = {
        STATEMENT_LABEL_GET_HEAD, STATEMENT_LABEL_GET_DEAD, copy_label};

    return row_at(store, &look_up, arena, version, key, label, found, err);
}

bool fact_at(struct store *store, struct arena *arena, int64_t version,
             int64_t key, struct stored_fact *fact, bool *found,
             struct error *err)
{
    static const struct look_up look_up = {STATEMENT_FACT_GET_HEAD,
                                           STATEMENT_FACT_GET_DEAD, copy_fact};

    return row_at(store, &look_up, arena, version, key, fact, found, err);
}

bool meeting_key_by(struct store *store, enum statement_id id,
                    const char *meeting, int64_t *key, bool *found,
                    struct error *err)
{
    struct statement *statement = store_use(store, id, err);

    if (!statement)
        return false;
    bind_text(statement, ":id", meeting);
    if (!statement_next(store, statement, found, err))
        return false;
    if (*found)
        *key = column_int(statement, "meeting");
    statement_end(statement);
    return true;
}

bool meeting_find(struct store *store, const char *id, int64_t *key,
                  struct error *err)
{
    bool found;

    if (!meeting_key_by(store, STATEMENT_MEETING_BY_ID, id, key, &found, err))
        return false;
    if (!found && !meeting_key_by(store, STATEMENT_MEETING_BY_DEAD_ID, id, key,
                                  &found, err))
        return false;
    if (found)
        return true;
    error_set(err, ERROR_INPUT, "there is no meeting \"%.200s\"", id);
    return error_hint(err, "ids are matched whole and by case; `datebook sql "
                           "\"SELECT meeting, subject FROM meetings LIMIT "
                           "10\"` lists some");
}

bool meeting_complete(struct store *store, struct arena *arena,
                      const char *start, const char **id, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_MEETING_COMPLETE, err);
    const char *text;
    bool row;
    bool ok = true;

    *id = NULL;
    if (!statement)
        return false;
    bind_text(statement, ":start", start);
    if (!statement_next(store, statement, &row, err))
        return false;
    text = row ? column_text(statement, "id", NULL) : "";
    if (row && !strncmp(text, start, strlen(start)))
        ok = (*id = arena_text(arena, text, err)) != NULL;
    statement_end(statement);
    return ok;
}

/* ---- Spans ---- */

static bool read_span(struct statement *statement, struct arena *arena,
                      void *row, struct error *err)
{
    struct span *span = row;

    (void)arena;
    (void)err;
    *span = (struct span){.since = column_int(statement, "since_version"),
                          .until = column_int(statement, "until_version")};
    return true;
}

static bool read_label_span(struct statement *statement, struct arena *arena,
                            void *row, struct error *err)
{
    struct span *span = row;

    return read_span(statement, arena, row, err) &&
           label_from_row(statement, &span->label, err) &&
           keep_rules(arena, &span->label, err);
}

static bool read_spans(struct store *store, enum statement_id id,
                       row_reader *read, struct arena *arena, int64_t key,
                       struct span **spans, size_t *count, struct error *err)
{
    struct statement *statement = store_use(store, id, err);

    if (statement)
        bind_int(statement, ":meeting", key);
    return statement_list(store, statement, arena, read, sizeof **spans, spans,
                          count, err);
}

bool meeting_spans(struct store *store, struct arena *arena, int64_t key,
                   struct span **spans, size_t *count, struct error *err)
{
    return read_spans(store, STATEMENT_MEETING_HISTORY_OF, read_span, arena,
                      key, spans, count, err);
}

bool label_spans(struct store *store, struct arena *arena, int64_t key,
                 struct span **spans, size_t *count, struct error *err)
{
    return read_spans(store, STATEMENT_LABEL_HISTORY_OF, read_label_span, arena,
                      key, spans, count, err);
}
