/* What is noted beside requests: texts that did not do, which request wrote a
 * meeting, and what endpoints taught. */
#include "journal_internal.h"

#include <limits.h>

/* ---- Rejections ---- */

bool rejection_add(struct store *store, const struct rejection *rejection,
                   struct error *err)
{
    struct statement *statement = journal_use(
        store, STATEMENT_REJECTION_INSERT, ":request", rejection->request, err);

    if (!statement)
        return false;
    bind_int(statement, ":brief", rejection->brief);
    bind_text(statement, ":reason", rejection->reason);
    bind_text(statement, ":text", rejection->text ? rejection->text : "");
    bind_int(statement, ":final", rejection->final);
    return statement_run_one(store, statement, err);
}

struct cursor *rejection_scan(struct store *store, int64_t job,
                              struct error *err)
{
    struct cursor *cursor = cursor_open(
        store,
        job ? STATEMENT_REJECTION_SCAN_JOB : STATEMENT_REJECTION_SCAN_ALL, err);

    if (cursor && job)
        bind_int(cursor->statement, ":job", job);
    return cursor;
}

bool rejection_next(struct cursor *cursor, struct rejection *rejection,
                    bool *more, struct error *err)
{
    struct statement *row = cursor->statement;

    if (!cursor_step(cursor, more, err))
        return false;
    if (!*more)
        return true;
    rejection->request = column_int(row, "request");
    rejection->brief = column_int(row, "brief");
    rejection->reason = column_text(row, "reason", NULL);
    rejection->text = column_text(row, "text", NULL);
    rejection->final = column_int(row, "final") != 0;
    return true;
}

/* ---- Origins ---- */

bool origin_set(struct store *store, int64_t meeting, int64_t request,
                struct error *err)
{
    struct statement *statement = journal_use(
        store, request ? STATEMENT_ORIGIN_PUT : STATEMENT_ORIGIN_DROP,
        ":meeting", meeting, err);

    if (!statement)
        return false;
    if (request)
        bind_int(statement, ":request", request);
    return statement_run(store, statement, err);
}

bool origin_get(struct store *store, int64_t meeting, int64_t *request,
                struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_ORIGIN_GET, ":meeting", meeting, err);
    bool row;

    *request = 0;
    if (!statement || !statement_next(store, statement, &row, err))
        return false;
    if (row)
        *request = column_int(statement, "request");
    statement_end(statement);
    return true;
}

bool origin_count(struct store *store, int64_t request, int64_t *count,
                  struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_ORIGIN_COUNT, ":request", request, err);
    bool row;

    *count = 0;
    if (!statement || !statement_next(store, statement, &row, err))
        return false;
    if (row)
        *count = column_int(statement, "meetings");
    statement_end(statement);
    return true;
}

struct cursor *origin_scan(struct store *store, int64_t persona,
                           struct error *err)
{
    struct cursor *cursor = cursor_open(store, STATEMENT_ORIGIN_SCAN, err);

    if (!cursor)
        return NULL;
    bind_int(cursor->statement, ":first", first_meeting(persona));
    bind_int(cursor->statement, ":last", last_meeting(persona));
    return cursor;
}

bool origin_next(struct cursor *cursor, int64_t *meeting, const char **model,
                 bool *more, struct error *err)
{
    if (!cursor_step(cursor, more, err))
        return false;
    if (!*more)
        return true;
    *meeting = column_int(cursor->statement, "meeting");
    *model = column_text(cursor->statement, "model", NULL);
    return true;
}

/* ---- Traits ---- */

static struct statement *use_traits(struct store *store, enum statement_id id,
                                    const unsigned char endpoint[HASH_SIZE],
                                    const char *model, struct error *err)
{
    struct statement *statement = store_use(store, id, err);

    if (statement) {
        bind_bytes(statement, ":endpoint", endpoint, HASH_SIZE);
        bind_text(statement, ":model", model);
    }
    return statement;
}

bool traits_get(struct store *store, const unsigned char endpoint[HASH_SIZE],
                const char *model, int traits[TRAITS], bool *found,
                struct error *err)
{
    struct statement *statement =
        use_traits(store, STATEMENT_TRAITS_GET, endpoint, model, err);
    bool ok = true;

    if (!statement || !statement_next(store, statement, found, err))
        return false;
    if (!*found)
        return true;
    traits[0] = column_small(statement, "trait_0", INT_MAX, &ok);
    traits[1] = column_small(statement, "trait_1", INT_MAX, &ok);
    traits[2] = column_small(statement, "trait_2", INT_MAX, &ok);
    traits[3] = column_small(statement, "trait_3", INT_MAX, &ok);
    statement_end(statement);
    return ok || error_set(err, ERROR_DATABASE,
                           "what is known of the model %s is damaged", model);
}

bool traits_set(struct store *store, const unsigned char endpoint[HASH_SIZE],
                const char *model, const int traits[TRAITS], struct error *err)
{
    struct statement *statement =
        use_traits(store, STATEMENT_TRAITS_PUT, endpoint, model, err);

    if (!statement)
        return false;
    bind_int(statement, ":trait_0", traits[0]);
    bind_int(statement, ":trait_1", traits[1]);
    bind_int(statement, ":trait_2", traits[2]);
    bind_int(statement, ":trait_3", traits[3]);
    return statement_run_one(store, statement, err);
}
