/* What is to be written: the briefs of a job, the meetings that wait for their
 * texts, and the stream of numbers that they come from. */
#include "journal_internal.h"

#include "datebook/list.h"

bool journal_next_batch(struct store *store, int64_t persona, uint64_t seed,
                        uint64_t *batch, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_BATCH_GET, ":persona", persona, err);
    bool row;

    if (!statement)
        return false;
    bind_int(statement, ":seed", (int64_t)seed);
    if (!statement_next(store, statement, &row, err))
        return false;
    *batch = row ? (uint64_t)column_int(statement, "batches") : 0;
    statement_end(statement);
    statement =
        journal_use(store, STATEMENT_BATCH_COUNT, ":persona", persona, err);
    if (!statement)
        return false;
    bind_int(statement, ":seed", (int64_t)seed);
    return statement_run(store, statement, err);
}

/* ---- Planned meetings ---- */

bool planned_add(struct store *store, int64_t job,
                 const struct planned *planned, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_PLANNED_INSERT, ":job", job, err);

    if (!statement)
        return false;
    bind_int(statement, ":persona", planned->persona);
    bind_int(statement, ":ordinal", planned->ordinal);
    bind_int(statement, ":brief", planned->brief);
    bind_int(statement, ":overlaps", planned->overlaps);
    bind_text(statement, ":document", planned->document);
    return statement_run_one(store, statement, err);
}

static bool read_planned(struct statement *statement, struct arena *arena,
                         void *row, struct error *err)
{
    struct planned *planned = row;
    bool ok = true;

    planned->persona = column_int(statement, "persona");
    planned->ordinal = column_int(statement, "ordinal");
    planned->brief = column_int(statement, "brief");
    planned->overlaps = column_small(statement, "overlaps", 1, &ok);
    planned->document = column_copy(statement, "document", arena, NULL, err);
    return planned->document &&
           (ok || journal_damage("planned meeting", planned->ordinal, err));
}

/* A statement that lists what a job has of a persona. */
static struct statement *use_list(struct store *store, enum statement_id id,
                                  int64_t job, int64_t persona, int64_t after,
                                  int64_t limit, struct error *err)
{
    struct statement *statement = journal_use(store, id, ":job", job, err);

    if (statement) {
        bind_int(statement, ":persona", persona);
        bind_int(statement, ":after", after);
        bind_int(statement, ":limit", limit);
    }
    return statement;
}

bool planned_page(struct store *store, struct arena *arena, int64_t job,
                  int64_t persona, int64_t after, struct planned **items,
                  size_t *count, struct error *err)
{
    return statement_list(store,
                          use_list(store, STATEMENT_PLANNED_LIST, job, persona,
                                   after, JOURNAL_PAGE, err),
                          arena, read_planned, sizeof **items, items, count,
                          err);
}

bool planned_list(struct store *store, struct arena *arena, int64_t job,
                  int64_t persona, struct planned **items, size_t *count,
                  struct error *err)
{
    return statement_list(
        store,
        use_list(store, STATEMENT_PLANNED_LIST, job, persona, 0, -1, err),
        arena, read_planned, sizeof **items, items, count, err);
}

bool planned_get(struct store *store, struct arena *arena, int64_t job,
                 int64_t persona, int64_t ordinal, struct planned *planned,
                 bool *found, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_PLANNED_GET, ":job", job, err);
    bool ok;

    if (!statement)
        return false;
    bind_int(statement, ":persona", persona);
    bind_int(statement, ":ordinal", ordinal);
    if (!statement_next(store, statement, found, err))
        return false;
    ok = !*found || read_planned(statement, arena, planned, err);
    statement_end(statement);
    return ok;
}

/* ---- Briefs ---- */

static struct statement *use_brief(struct store *store, enum statement_id id,
                                   int64_t job, int64_t persona, int64_t number,
                                   struct error *err)
{
    struct statement *statement = journal_use(store, id, ":job", job, err);

    if (statement) {
        bind_int(statement, ":persona", persona);
        bind_int(statement, ":number", number);
    }
    return statement;
}

static void bind_progress(struct statement *statement,
                          const struct job_brief *brief)
{
    bind_int(statement, ":request", brief->request);
    bind_int(statement, ":candidates", brief->candidates);
    bind_text(statement, ":text", brief->text);
    bind_text(statement, ":taken", brief->taken);
}

bool job_brief_add(struct store *store, int64_t job,
                   const struct job_brief *brief, struct error *err)
{
    struct statement *statement =
        use_brief(store, STATEMENT_JOB_BRIEF_INSERT, job, brief->persona,
                  brief->number, err);

    if (!statement)
        return false;
    bind_int(statement, ":meetings", brief->meetings);
    bind_text(statement, ":document", brief->document);
    bind_progress(statement, brief);
    return statement_run_one(store, statement, err);
}

bool job_brief_set(struct store *store, int64_t job,
                   const struct job_brief *brief, struct error *err)
{
    struct statement *statement = use_brief(store, STATEMENT_JOB_BRIEF_SET, job,
                                            brief->persona, brief->number, err);

    if (!statement)
        return false;
    bind_progress(statement, brief);
    return statement_run_one(store, statement, err);
}

bool job_brief_rewrite(struct store *store, int64_t job, int64_t persona,
                       int64_t number, const char *document, struct error *err)
{
    struct statement *statement = use_brief(store, STATEMENT_JOB_BRIEF_REWRITE,
                                            job, persona, number, err);

    if (!statement)
        return false;
    bind_text(statement, ":document", document);
    return statement_run_one(store, statement, err);
}

static bool read_brief(struct statement *statement, struct arena *arena,
                       void *row, struct error *err)
{
    struct job_brief *brief = row;

    brief->persona = column_int(statement, "persona");
    brief->number = column_int(statement, "number");
    brief->meetings = column_int(statement, "meetings");
    brief->request = column_int(statement, "request");
    brief->candidates = column_int(statement, "candidates");
    brief->document = column_copy(statement, "document", arena, NULL, err);
    return brief->document &&
           journal_text(statement, "text", arena, &brief->text, err) &&
           journal_text(statement, "taken", arena, &brief->taken, err);
}

bool job_brief_get(struct store *store, struct arena *arena, int64_t job,
                   int64_t persona, int64_t number, struct job_brief *brief,
                   bool *found, struct error *err)
{
    struct statement *statement =
        use_brief(store, STATEMENT_JOB_BRIEF_GET, job, persona, number, err);
    bool ok;

    if (!statement || !statement_next(store, statement, found, err))
        return false;
    ok = !*found || read_brief(statement, arena, brief, err);
    statement_end(statement);
    return ok;
}

bool job_brief_page(struct store *store, struct arena *arena, int64_t job,
                    int64_t persona, int64_t after, struct job_brief **briefs,
                    size_t *count, struct error *err)
{
    return statement_list(store,
                          use_list(store, STATEMENT_JOB_BRIEF_LIST, job,
                                   persona, after, JOURNAL_PAGE, err),
                          arena, read_brief, sizeof **briefs, briefs, count,
                          err);
}

bool job_brief_list(struct store *store, struct arena *arena, int64_t job,
                    int64_t persona, struct job_brief **briefs, size_t *count,
                    struct error *err)
{
    return statement_list(
        store,
        use_list(store, STATEMENT_JOB_BRIEF_LIST, job, persona, 0, -1, err),
        arena, read_brief, sizeof **briefs, briefs, count, err);
}

/* ---- Personas ---- */

/* *persona: the first after a key; 0 when there is none. */
static bool next_persona(struct store *store, int64_t job, int64_t after,
                         int64_t *persona, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_JOB_PERSONA_AFTER, ":job", job, err);
    bool row;

    if (!statement)
        return false;
    bind_int(statement, ":after", after);
    if (!statement_next(store, statement, &row, err))
        return false;
    *persona = row ? column_int(statement, "persona") : 0;
    statement_end(statement);
    return true;
}

bool job_personas(struct store *store, struct arena *arena, int64_t job,
                  int64_t **personas, size_t *count, struct error *err)
{
    int64_t persona;

    *personas = NULL;
    *count = 0;
    if (!next_persona(store, job, 0, &persona, err))
        return false;
    while (persona) {
        if (!list_grow(arena, personas, *count, sizeof **personas, err))
            return false;
        (*personas)[(*count)++] = persona;
        if (!next_persona(store, job, persona, &persona, err))
            return false;
    }
    return true;
}
