/* Writing rows in a run.  Each write compares with what is there, moves the
 * old value to the history, logs the change and counts it in the content. */
#include "run_internal.h"

#include <string.h>

struct statement *run_use(struct run *run, enum statement_id id,
                          const char *name, int64_t key, struct error *err)
{
    struct statement *statement = store_use(run->store, id, err);

    if (statement)
        bind_int(statement, name, key);
    return statement;
}

bool run_bury(struct run *run, enum statement_id id, const char *name,
              int64_t key, struct error *err)
{
    struct statement *statement = run_use(run, id, name, key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    return statement_run_one(run->store, statement, err);
}

bool run_drop(struct run *run, enum statement_id id, const char *name,
              int64_t key, struct error *err)
{
    struct statement *statement = run_use(run, id, name, key, err);

    return statement && statement_run_one(run->store, statement, err);
}

bool run_take_persona(struct run *run, int64_t key, struct error *err)
{
    if (run->persona.key == key)
        return true;
    arena_reset(&run->persona_memory);
    return content_load_persona(run->store, &run->persona_memory, key,
                                &run->persona, err);
}

/* ---- Meetings ---- */

/* Writes back how many ordinals were handed out. */
bool run_save_ordinals(struct run *run, struct error *err)
{
    struct statement *statement;

    if (!run->ordinals.persona)
        return true;
    statement = run_use(run, STATEMENT_PERSONA_KEY_MEETINGS, ":persona",
                        run->ordinals.persona, err);
    if (!statement)
        return false;
    bind_int(statement, ":meetings", run->ordinals.next);
    run->ordinals.persona = 0;
    return statement_run_one(run->store, statement, err);
}

static bool load_ordinals(struct run *run, int64_t persona, struct error *err)
{
    struct statement *statement;
    bool row;

    if (run->ordinals.persona == persona)
        return true;
    if (!run_save_ordinals(run, err))
        return false;
    statement =
        run_use(run, STATEMENT_PERSONA_KEY_ORDINAL, ":persona", persona, err);
    if (!statement || !statement_next(run->store, statement, &row, err))
        return false;
    if (!row)
        return error_set(err, ERROR_BUG, "there is no persona key %lld",
                         (long long)persona);
    run->ordinals.persona = persona;
    run->ordinals.next = column_int(statement, "meetings");
    statement_end(statement);
    return true;
}

/* The next meeting key of a persona; keys are never given twice. */
static bool next_meeting_key(struct run *run, int64_t persona, int64_t *key,
                             struct error *err)
{
    if (!load_ordinals(run, persona, err))
        return false;
    if (run->ordinals.next >= UINT32_MAX)
        return error_set(err, ERROR_INPUT,
                         "a persona cannot have more than %lld meetings",
                         (long long)UINT32_MAX);
    *key = (persona << 32) + ++run->ordinals.next;
    return true;
}

/* Asked once a run: most files have no dead meetings. */
static bool look_for_dead(struct run *run, struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_MEETING_ANY_DEAD, err);
    bool row;

    if (!statement || !statement_next(run->store, statement, &row, err))
        return false;
    statement_end(statement);
    run->dead = row ? DEAD_SOME : DEAD_NONE;
    return true;
}

/* Ids are never used again, not even that of a meeting that is gone. */
static bool refuse_known_id(struct run *run, const char *id, struct error *err)
{
    int64_t key;
    bool found;

    if (run->dead == DEAD_UNKNOWN && !look_for_dead(run, err))
        return false;
    if (run->dead == DEAD_NONE)
        return true;
    if (!meeting_key_by(run->store, STATEMENT_MEETING_BY_DEAD_ID, id, &key,
                        &found, err))
        return false;
    return found ? error_set(err, ERROR_INPUT,
                             "a meeting with the id \"%.200s\" existed before",
                             id)
                 : true;
}

static bool insert_meeting(struct run *run, int64_t key,
                           const struct stored_meeting *meeting,
                           struct error *err)
{
    struct statement *statement =
        run_use(run, STATEMENT_MEETING_INSERT, ":meeting", key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":generated", meeting->generated);
    bind_text(statement, ":id", meeting->id);
    bind_text(statement, ":document", meeting->document);
    if (statement_run_one(run->store, statement, err))
        return true;
    if (sqlite3_errcode(run->store->db) != SQLITE_CONSTRAINT_UNIQUE)
        return false;
    return error_set(err, ERROR_INPUT,
                     "a meeting with the id \"%.200s\" exists already",
                     meeting->id);
}

static bool insert_facts(struct run *run, int64_t key,
                         const struct meeting_facts *facts, struct error *err)
{
    struct statement *statement =
        run_use(run, STATEMENT_MEETING_FACT_INSERT, ":meeting", key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":start", facts->start);
    bind_int(statement, ":minutes", facts->minutes);
    bind_int(statement, ":type", facts->type);
    bind_int(statement, ":flags", flags_of(facts));
    bind_int(statement, ":attendees", facts->attendees);
    bind_int(statement, ":required", facts->required);
    bind_int(statement, ":optional", facts->optional);
    bind_int(statement, ":resources", facts->resources);
    bind_text(statement, ":subject", facts->subject);
    bind_text(statement, ":preview", facts->preview);
    bind_text(statement, ":people", facts->people);
    return statement_run_one(run->store, statement, err);
}

/* Takes a meeting's row into the content, or out of it. */
static bool count_meeting(struct run *run, const struct stored_meeting *meeting,
                          const struct meeting_facts *facts, bool comes,
                          struct error *err)
{
    unsigned char digest[HASH_SIZE];
    int64_t persona = meeting_persona(meeting->key);

    if (!run_take_persona(run, persona, err))
        return false;
    content_of_meeting(&run->persona, meeting, facts, digest);
    return content_count(run->store, &run->content, persona, NOUN_MEETING,
                         comes, digest, err);
}

static bool open_meeting(struct run *run, const struct stored_meeting *meeting,
                         const struct meeting_facts *facts,
                         enum operation operation, struct error *err)
{
    return insert_meeting(run, meeting->key, meeting, err) &&
           insert_facts(run, meeting->key, facts, err) &&
           count_meeting(run, meeting, facts, true, err) &&
           run_log(run, NOUN_MEETING, meeting->key, operation, err);
}

bool run_add_meeting(struct run *run, int64_t persona,
                     const struct stored_meeting *meeting,
                     const struct meeting_facts *facts, int64_t *key,
                     struct error *err)
{
    struct stored_meeting added = *meeting;

    if (!next_meeting_key(run, persona, key, err) ||
        !refuse_known_id(run, meeting->id, err))
        return false;
    added.key = *key;
    run->new_meeting = 0;
    if (!open_meeting(run, &added, facts, ROW_ADDED, err))
        return false;
    run->new_meeting = *key;
    return true;
}

/* The living row of a meeting, in scratch memory. */
static bool living_meeting(struct run *run, int64_t key,
                           struct stored_meeting *meeting,
                           struct stored_fact *fact, bool *found,
                           struct error *err)
{
    bool with_facts;

    arena_reset(&run->scratch);
    if (!meeting_at(run->store, &run->scratch, run->version, key, meeting,
                    found, err) ||
        !fact_at(run->store, &run->scratch, run->version, key, fact,
                 &with_facts, err))
        return false;
    return *found == with_facts ||
           error_set(err, ERROR_DATABASE,
                     "meeting %lld and its facts are not both there",
                     (long long)key);
}

static bool close_meeting(struct run *run, const struct stored_meeting *meeting,
                          const struct meeting_facts *facts, struct error *err)
{
    int64_t key = meeting->key;

    run->dead = DEAD_SOME;
    return run_bury(run, STATEMENT_MEETING_BURY, ":meeting", key, err) &&
           run_bury(run, STATEMENT_MEETING_FACT_BURY, ":meeting", key, err) &&
           run_drop(run, STATEMENT_MEETING_DELETE, ":meeting", key, err) &&
           run_drop(run, STATEMENT_MEETING_FACT_DELETE, ":meeting", key, err) &&
           count_meeting(run, meeting, facts, false, err);
}

/* By what the content hash takes of a meeting. */
static bool same_meeting(struct run *run, const struct stored_meeting *one,
                         const struct meeting_facts *one_facts,
                         const struct stored_meeting *other,
                         const struct meeting_facts *other_facts)
{
    unsigned char digests[2][HASH_SIZE];

    content_of_meeting(&run->persona, one, one_facts, digests[0]);
    content_of_meeting(&run->persona, other, other_facts, digests[1]);
    return !memcmp(digests[0], digests[1], HASH_SIZE);
}

bool run_put_meeting(struct run *run, const struct stored_meeting *meeting,
                     const struct meeting_facts *facts, struct error *err)
{
    struct stored_meeting old;
    struct stored_fact old_fact;
    bool found;

    if (!living_meeting(run, meeting->key, &old, &old_fact, &found, err) ||
        !run_take_persona(run, meeting_persona(meeting->key), err))
        return false;
    if (found && same_meeting(run, &old, &old_fact.facts, meeting, facts))
        return true;
    if (found && !close_meeting(run, &old, &old_fact.facts, err))
        return false;
    return open_meeting(run, meeting, facts, found ? ROW_CHANGED : ROW_ADDED,
                        err);
}

bool run_remove_meeting(struct run *run, int64_t key, struct error *err)
{
    struct stored_meeting old;
    struct stored_fact fact;
    bool found;

    if (!living_meeting(run, key, &old, &fact, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_BUG, "there is no meeting %lld",
                         (long long)key);
    return close_meeting(run, &old, &fact.facts, err) &&
           run_log(run, NOUN_MEETING, key, ROW_REMOVED, err);
}

/* Up to a batch of a persona's living meetings after a key. */
static bool next_keys(struct run *run, int64_t persona, int64_t after,
                      int64_t *keys, size_t room, size_t *count,
                      struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_MEETING_KEYS, err);
    bool row = true;

    *count = 0;
    if (!statement)
        return false;
    bind_int(statement, ":first", after + 1);
    bind_int(statement, ":last", last_meeting(persona));
    bind_int(statement, ":limit", (int64_t)room);
    while (row) {
        if (!statement_next(run->store, statement, &row, err))
            return false;
        if (row)
            keys[(*count)++] = column_int(statement, "meeting");
    }
    return true;
}

/* A meeting, and its label if there is one. */
static bool remove_labelled(struct run *run, int64_t key, struct error *err)
{
    struct stored_label label;
    bool found;

    arena_reset(&run->scratch);
    if (!label_at(run->store, &run->scratch, run->version, key, &label, &found,
                  err))
        return false;
    return (!found || run_remove_label(run, key, err)) &&
           run_remove_meeting(run, key, err);
}

static bool remove_meetings(struct run *run, int64_t persona, struct error *err)
{
    enum { BATCH = 1024 };
    int64_t keys[BATCH];
    int64_t after = first_meeting(persona) - 1;
    size_t count;

    do {
        if (!next_keys(run, persona, after, keys, BATCH, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (!remove_labelled(run, keys[i], err))
                return false;
            after = keys[i];
        }
    } while (count);
    return true;
}

bool run_remove_persona(struct run *run, int64_t key, struct error *err)
{
    return remove_meetings(run, key, err) && run_drop_persona(run, key, err);
}

/* ---- Labels ---- */

/* Takes a label into the content, or out of it. */
static bool count_label(struct run *run, const struct stored_label *label,
                        bool comes, struct error *err)
{
    unsigned char digest[HASH_SIZE];
    int64_t persona = meeting_persona(label->meeting);

    return run_take_persona(run, persona, err) &&
           content_of_label(&run->persona, label, digest, err) &&
           content_count(run->store, &run->content, persona, NOUN_LABEL, comes,
                         digest, err);
}

static bool write_label(struct run *run, enum statement_id id,
                        const struct stored_label *label, struct error *err)
{
    struct statement *statement =
        run_use(run, id, ":meeting", label->meeting, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":importance", label->importance);
    bind_int(statement, ":rsvp", label->rsvp);
    bind_int(statement, ":prep_minutes", label->prep_minutes);
    bind_bytes(statement, ":rules", label->rules, label->rules_length);
    return statement_run_one(run->store, statement, err);
}

/* Room on pages
 *
 * Rows that come in order fill SQLite's pages to the last byte.  When labels
 * change later, many grow by a byte or two, and nearly every page would be
 * split: at a million labels, more growth than all that a change writes.  So
 * one new label in a few hundred is written with a tail, which is cut off when
 * the labels after it have gone on to other pages.  Together the tails are
 * about two bytes a label. */

enum { ROOM = 512, LABELS_A_ROOM = 256 };

static bool trim_label(struct run *run, struct roomy_label *roomy,
                       struct error *err)
{
    struct stored_label label = roomy->label;

    roomy->label.meeting = 0;
    return !label.meeting ||
           write_label(run, STATEMENT_LABEL_UPDATE, &label, err);
}

/* The living label of a meeting as it was put, in scratch memory. */
static bool living_label(struct run *run, int64_t meeting,
                         struct stored_label *label, bool *found,
                         struct error *err)
{
    for (int i = 0; i < ROOMY_LABELS; i++)
        if (run->roomy[i].label.meeting == meeting &&
            !trim_label(run, &run->roomy[i], err))
            return false;
    arena_reset(&run->scratch);
    return label_at(run->store, &run->scratch, run->version, meeting, label,
                    found, err);
}

bool run_trim_labels(struct run *run, struct error *err)
{
    for (int i = 0; i < ROOMY_LABELS; i++)
        if (!trim_label(run, &run->roomy[i], err))
            return false;
    return true;
}

static bool insert_roomy(struct run *run, const struct stored_label *label,
                         struct error *err)
{
    unsigned char rules[sizeof run->roomy->rules + ROOM] = {0};
    int64_t turn = run->labels_added / LABELS_A_ROOM;
    struct roomy_label *roomy = &run->roomy[turn % ROOMY_LABELS];
    struct stored_label longer = *label;

    if (!trim_label(run, roomy, err))
        return false;
    roomy->label = *label;
    roomy->label.rules =
        memcpy(roomy->rules, label->rules, label->rules_length);
    memcpy(rules, label->rules, label->rules_length);
    longer.rules = rules;
    longer.rules_length += ROOM;
    return write_label(run, STATEMENT_LABEL_INSERT, &longer, err);
}

static bool insert_label(struct run *run, const struct stored_label *label,
                         struct error *err)
{
    if (++run->labels_added % LABELS_A_ROOM == 0 &&
        label->rules_length <= sizeof run->roomy->rules)
        return insert_roomy(run, label, err);
    return write_label(run, STATEMENT_LABEL_INSERT, label, err);
}

bool run_put_label(struct run *run, const struct stored_label *label,
                   struct error *err)
{
    int64_t key = label->meeting;
    struct stored_label old;
    bool found = false;

    /* Keys are never used again: a meeting that is new has no label. */
    if (key != run->new_meeting && !living_label(run, key, &old, &found, err))
        return false;
    run->new_meeting = 0;
    if (found && stored_label_same(&old, label))
        return true;
    if (found && (!run_bury(run, STATEMENT_LABEL_BURY, ":meeting", key, err) ||
                  !count_label(run, &old, false, err)))
        return false;
    return (found ? write_label(run, STATEMENT_LABEL_UPDATE, label, err)
                  : insert_label(run, label, err)) &&
           count_label(run, label, true, err) &&
           run_log(run, NOUN_LABEL, key, found ? ROW_CHANGED : ROW_ADDED, err);
}

bool run_remove_label(struct run *run, int64_t meeting, struct error *err)
{
    struct stored_label old;
    bool found;

    if (!living_label(run, meeting, &old, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_BUG, "meeting %lld has no label",
                         (long long)meeting);
    return run_bury(run, STATEMENT_LABEL_BURY, ":meeting", meeting, err) &&
           run_drop(run, STATEMENT_LABEL_DELETE, ":meeting", meeting, err) &&
           count_label(run, &old, false, err) &&
           run_log(run, NOUN_LABEL, meeting, ROW_REMOVED, err);
}
