/* Write transactions, and the sums that give a changed bookkeeping row away.
 *
 * Rows of personas, meetings, labels, splits and reviews are in the content
 * hash, headers in the chain.  For every other table that is not derived, the
 * hashes of its rows are summed up: temporary triggers tell seal_row() of each
 * row that comes or goes, so that no statement can forget to.  A sum shows
 * accidents; against an adversary there are signatures. */
#include "seal.h"

#include <stdio.h>
#include <string.h>

/* Of the widest table. */
enum { SEAL_COLUMNS = 24 };

/* In the order of the schemas that brought the tables; those of the first and
 * the second got their sums with the second. */
static const struct {
    const char *table;
    const char *columns[SEAL_COLUMNS];
} sealed[SEALS] = {
    {"persona_key", {"persona", "id", "meetings"}},
    {"batch", {"persona", "seed", "batches"}},
    {"rule", {"persona", "rule", "kind", "source", "name"}},
    {"version", {"version", "format", "pruned", "content_hash"}},
    {"tag", {"name", "version", "signature"}},
    {"labelling", {"persona", "version", "rules_hash", "engine"}},
    {"export", {"manifest_hash", "version", "started"}},
    {"job",
     {"job", "state", "started", "options", "version", "briefs", "written",
      "meetings", "meetings_written", "candidates"}},
    {"prompt", {"hash", "text"}},
    {"request", {"request",       "job",           "persona",
                 "fingerprint",   "kind",          "parent",
                 "briefs",        "persona_hash",  "model",
                 "prompt_hash",   "system",        "schema",
                 "most_tokens",   "seed",          "state",
                 "tries",         "status",        "note",
                 "prompt_tokens", "cached_tokens", "completion_tokens",
                 "cost",          "coerced",       "remote"}},
    {"request_message", {"request", "messages"}},
    {"request_reply", {"request", "reply"}},
    {"rejection", {"rejection", "request", "brief", "reason", "text", "final"}},
    {"origin", {"meeting", "request"}},
    {"endpoint_trait",
     {"endpoint", "model", "trait_0", "trait_1", "trait_2", "trait_3"}},
    {"remote_batch",
     {"batch", "job", "file", "path", "file_id", "batch_id", "state",
      "output_id", "error_id", "total", "completed", "failed", "collected"}},
    {"job_brief",
     {"job", "persona", "number", "meetings", "request", "candidates",
      "document", "text", "taken"}},
    {"planned", {"job", "persona", "ordinal", "brief", "overlaps", "document"}},
    {"split_key", {"split", "name"}},
    {"review_key", {"review", "name"}},
    {"run_time", {"version", "milliseconds"}},
};

const char *seal_table(int seal)
{
    return sealed[seal].table;
}

/* ---- The sums ---- */

static void hash_value(struct hash *hash, sqlite3_value *value)
{
    int type = sqlite3_value_type(value);

    hash_int(hash, type);
    if (type == SQLITE_INTEGER)
        hash_int(hash, sqlite3_value_int64(value));
    else if (type != SQLITE_NULL)
        hash_bytes(hash, sqlite3_value_blob(value),
                   (size_t)sqlite3_value_bytes(value));
}

/* seal_row(seal, 1 or -1, column…) */
static void seal_row(sqlite3_context *context, int count,
                     sqlite3_value **values)
{
    struct seals *seals = sqlite3_user_data(context);
    int64_t seal = sqlite3_value_int64(values[0]);
    bool comes = sqlite3_value_int64(values[1]) > 0;
    unsigned char digest[HASH_SIZE];
    struct hash hash;

    if (seal < 0 || seal >= SEALS) {
        sqlite3_result_error(context, "there is no such seal", -1);
        return;
    }
    hash_start(&hash);
    for (int i = 2; i < count; i++)
        hash_value(&hash, values[i]);
    hash_end(&hash, digest);
    for (int i = 0; i < SEAL_LANES; i++) {
        uint64_t lane = 0;
        for (int byte = 7; byte >= 0; byte--)
            lane = lane << 8 | digest[8 * i + byte];
        seals->sums[seal].lanes[i] += comes ? lane : 0 - lane;
    }
}

/* "OLD.name, OLD.version" */
static void list_columns(struct buf *sql, int seal, const char *row)
{
    for (int i = 0; i < SEAL_COLUMNS && sealed[seal].columns[i]; i++)
        buf_format(sql, ", %s%s", row, sealed[seal].columns[i]);
}

static void put_trigger(struct buf *sql, int seal, const char *event, bool goes,
                        bool comes)
{
    const char *table = sealed[seal].table;

    buf_format(sql,
               "CREATE TEMP TRIGGER IF NOT EXISTS seal_%s_%s "
               "AFTER %s ON main.%s BEGIN ",
               table, event, event, table);
    if (goes) {
        buf_format(sql, "SELECT seal_row(%d, -1", seal);
        list_columns(sql, seal, "OLD.");
        buf_text(sql, "); ");
    }
    if (comes) {
        buf_format(sql, "SELECT seal_row(%d, 1", seal);
        list_columns(sql, seal, "NEW.");
        buf_text(sql, "); ");
    }
    buf_text(sql, "END;");
}

/* Triggers live as long as the connection. */
static bool watch(struct store *store, struct error *err)
{
    struct buf sql = BUF_EMPTY;
    bool ok;

    if (store->seals.watching)
        return true;
    for (int i = 0; i < SEALS; i++) {
        put_trigger(&sql, i, "INSERT", false, true);
        put_trigger(&sql, i, "UPDATE", true, true);
        put_trigger(&sql, i, "DELETE", true, false);
    }
    ok = buf_ok(&sql, err) && store_exec(store, buf_string(&sql), err);
    store->seals.watching = ok;
    buf_free(&sql);
    return ok;
}

bool seal_prepare(struct store *store, struct error *err)
{
    if (sqlite3_create_function_v2(store->db, "seal_row", -1, SQLITE_UTF8,
                                   &store->seals, seal_row, NULL, NULL,
                                   NULL) != SQLITE_OK)
        return store_error(store, "cannot prepare the connection", err);
    return true;
}

bool seal_compute(struct store *store, int count, struct seal_sum sums[SEALS],
                  struct error *err)
{
    struct buf sql = BUF_EMPTY;
    struct seals *seals = &store->seals;
    struct seal_sum kept[SEALS];
    bool ok = true;

    memcpy(kept, seals->sums, sizeof kept);
    memset(seals->sums, 0, sizeof seals->sums);
    for (int i = 0; i < count; i++) {
        buf_format(&sql, "SELECT seal_row(%d, 1", i);
        list_columns(&sql, i, "");
        buf_format(&sql, ") FROM main.%s;", sealed[i].table);
    }
    ok = buf_ok(&sql, err) && store_exec(store, buf_string(&sql), err);
    memcpy(sums, seals->sums, sizeof kept);
    memcpy(seals->sums, kept, sizeof kept);
    buf_free(&sql);
    return ok;
}

/* ---- The table ---- */

static void sum_to_bytes(const struct seal_sum *sum,
                         unsigned char bytes[SEAL_SIZE])
{
    for (int i = 0; i < SEAL_SIZE; i++)
        bytes[i] = (unsigned char)(sum->lanes[i / 8] >> (8 * (i % 8)));
}

static void sum_from_bytes(struct seal_sum *sum,
                           const unsigned char bytes[SEAL_SIZE])
{
    *sum = (struct seal_sum){{0}};
    for (int i = 0; i < SEAL_SIZE; i++)
        sum->lanes[i / 8] |= (uint64_t)bytes[i] << (8 * (i % 8));
}

static bool load_one(struct store *store, int seal, struct seal_sum *sum,
                     struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_SEAL_GET, err);
    const unsigned char *bytes;
    size_t length;
    bool row;

    *sum = (struct seal_sum){{0}};
    if (!statement)
        return false;
    bind_text(statement, ":name", sealed[seal].table);
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    bytes = column_bytes(statement, "sum", &length);
    if (length == SEAL_SIZE)
        sum_from_bytes(sum, bytes);
    statement_end(statement);
    return true;
}

bool seal_load(struct store *store, struct seal_sum sums[SEALS],
               struct error *err)
{
    for (int i = 0; i < SEALS; i++)
        if (!load_one(store, i, &sums[i], err))
            return false;
    return true;
}

bool seal_save(struct store *store, const struct seal_sum sums[SEALS],
               struct error *err)
{
    unsigned char bytes[SEAL_SIZE];

    for (int i = 0; i < SEALS; i++) {
        struct statement *statement;
        if (!memcmp(&sums[i], &store->seals.loaded[i], sizeof sums[i]))
            continue;
        statement = store_use(store, STATEMENT_SEAL_PUT, err);
        if (!statement)
            return false;
        sum_to_bytes(&sums[i], bytes);
        bind_text(statement, ":name", sealed[i].table);
        bind_bytes(statement, ":sum", bytes, sizeof bytes);
        if (!statement_run(store, statement, err))
            return false;
    }
    return true;
}

/* ---- Transactions ---- */

bool store_begin(struct store *store, struct error *err)
{
    struct seals *seals = &store->seals;

    if (!watch(store, err) || !store_exec(store, "BEGIN IMMEDIATE", err))
        return false;
    if (!seal_load(store, seals->loaded, err)) {
        store_rollback(store);
        return false;
    }
    memcpy(seals->sums, seals->loaded, sizeof seals->sums);
    return true;
}

bool store_commit(struct store *store, struct error *err)
{
    return seal_save(store, store->seals.sums, err) &&
           store_exec(store, "COMMIT", err);
}

void store_rollback(struct store *store)
{
    struct error ignored;

    if (sqlite3_get_autocommit(store->db))
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        statement_end(&store->statements[i]);
    /* A rollback that fails has nothing left to roll back. */
    (void)!store_exec(store, "ROLLBACK", &ignored);
}

bool store_end(struct store *store, bool ok, struct error *err)
{
    if (ok && store_commit(store, err))
        return true;
    store_rollback(store);
    return false;
}
