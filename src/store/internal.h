/* What the files of the store share: the connection and its statements.
 *
 * A statement is taken with store_use, given its parameters by name, and then
 * either run (a write) or stepped with statement_next until it has no more
 * rows.  Wrong names are remembered and reported by the next step, so that a
 * sequence of binds needs no checks.  A statement that is taken while it is
 * open, or a write outside of a transaction, is ERROR_BUG. */
#ifndef DATEBOOK_STORE_INTERNAL_H
#define DATEBOOK_STORE_INTERNAL_H

#include "datebook/store.h"

#include "statements.h"

#include <sqlite3.h>

enum { STATEMENT_COLUMNS = 48 };

/* The highest values that the schema gives a meaning to. */
enum { LAST_IMPORTANCE = 3, LAST_RSVP = 2, LAST_TIER = 3 };

/* Bits of meeting_fact.flags. */
enum {
    FACT_EXTERNAL = 1,
    FACT_RECURRING = 2,
    FACT_ORGANIZER = 4,
    FACT_OVERLAPS = 8,
    FACT_ALL = 15
};

struct statement {
    sqlite3_stmt *handle;
    const char *name;
    char *columns[STATEMENT_COLUMNS];
    const char *asked[STATEMENT_COLUMNS]; /* by which name it was read last */
    int long_columns[STATEMENT_COLUMNS];  /* which may be text or bytes */
    int long_count;
    int column_count;
    int next_column; /* where the next look-up starts */
    /* The names that were bound in turn the last time, and what they are. */
    const char *bound[STATEMENT_COLUMNS];
    int bound_index[STATEMENT_COLUMNS];
    int next_parameter; /* turn of the next one */
    bool open;
    size_t rows;            /* that it gave so far */
    const char *wrong_name; /* a parameter or column that does not exist */
};

/* Sums over the rows of tables: see seal.c. */
enum { SEALS = 21, SEAL_LANES = 4, SEAL_SIZE = 8 * SEAL_LANES };

struct seal_sum {
    uint64_t lanes[SEAL_LANES];
};

struct seals {
    bool watching; /* the triggers are there */
    struct seal_sum sums[SEALS];
    struct seal_sum loaded[SEALS]; /* as they stand in the file */
};

struct store {
    sqlite3 *db;
    sqlite3 *fresh; /* an empty database of this schema; NULL until needed */
    char *path;     /* what people call the file */
    char *file;     /* what SQLite is told; files beside it are beside this */
    enum store_mode mode;
    struct store_options options;
    struct store_stamp stamp;
    struct store_upgrade upgrade;
    char *backup;          /* that upgrade names */
    int64_t waiting_since; /* monotonic, in milliseconds */
    bool told_to_stop;     /* waiting, by whoever is called meanwhile */
    const char *holder;    /* of the lock that is waited for; NULL: not known */
    char holder_text[128];
    int64_t as_of; /* what version_at() answers in the views */
    int lock_file; /* of journal_lock; -1: not opened */
    struct seals seals;
    struct statement statements[STATEMENT_COUNT];
};

/* The error of the last call on the connection, as ERROR_DATABASE. */
bool store_error(struct store *store, const char *what, struct error *err);

/* Runs SQL without parameters or rows. */
bool store_exec(struct store *store, const char *sql,
                struct error *err) CHECKED;

/* A value of a PRAGMA, or of a query without parameters, that gives one
 * number. */
bool store_number(struct store *store, const char *sql, int64_t *value,
                  struct error *err) CHECKED;

/* A second connection to the file of a store, to read it beside the first. */
struct store *store_connect_again(const struct store *store,
                                  struct error *err) CHECKED;

/* A path with its links followed, as SQLite takes it for the name of a file,
 * whatever it starts with (":" would be no file, "file:" a URI).  The caller
 * frees it. */
char *store_file_name(const char *path, struct error *err) CHECKED;

/* Every write to the file stands between these; the end of a transaction also
 * writes the sums of seal.c. */
bool store_begin(struct store *store, struct error *err) CHECKED;
bool store_commit(struct store *store, struct error *err) CHECKED;
void store_rollback(struct store *store); /* fine without a transaction */

/* Commits when all went well, else rolls back and is false. */
bool store_end(struct store *store, bool ok, struct error *err) CHECKED;

/* Runs the migrations that the file has not seen. */
bool store_migrate(struct store *store, struct error *err) CHECKED;

/* The copying behind store_backup, for a connection of which nothing but its
 * file is known; gives its size. */
bool store_copy(struct store *store, const char *path, bool replace,
                const struct monitor *monitor, int64_t *bytes,
                struct error *err) CHECKED;

struct statement *store_use(struct store *store, enum statement_id id,
                            struct error *err) CHECKED;

/* Texts and blobs must live until the statement has run. */
void bind_int(struct statement *statement, const char *name, int64_t value);
void bind_text(struct statement *statement, const char *name,
               const char *value);
void bind_bytes(struct statement *statement, const char *name,
                const void *value, size_t length);

/* Steps; *row says whether there is one.  Without a row it ends by itself. */
bool statement_next(struct store *store, struct statement *statement, bool *row,
                    struct error *err) CHECKED;

/* Reads the row that a statement stands at; what it copies goes to the arena.
 */
typedef bool row_reader(struct statement *statement, struct arena *arena,
                        void *row, struct error *err);

/* Steps a statement to its end, and reads every row into an element of a list
 * that is `size` bytes long and zero before.  `items` is the address of the
 * pointer to the elements.  Takes NULL for a statement that could not be used,
 * and then fails. */
bool statement_list(struct store *store, struct statement *statement,
                    struct arena *arena, row_reader *read, size_t size,
                    void *items, size_t *count, struct error *err) CHECKED;

/* Runs a write to its end. */
bool statement_run(struct store *store, struct statement *statement,
                   struct error *err) CHECKED;

/* Runs a write that must touch exactly one row. */
bool statement_run_one(struct store *store, struct statement *statement,
                       struct error *err) CHECKED;

/* Ends a statement before its last row; NULL is fine. */
void statement_end(struct statement *statement);

/* Prepares one that the store does not keep, into an empty `statement`. */
bool statement_prepare(struct store *store, enum statement_id id,
                       struct statement *statement, struct error *err) CHECKED;

/* Gives back what preparing it took. */
void statement_close(struct statement *statement);

int64_t column_int(struct statement *statement, const char *name);
bool column_is_null(struct statement *statement, const char *name);
/* Valid until the next step; never NULL. */
const char *column_text(struct statement *statement, const char *name,
                        size_t *length);
const void *column_bytes(struct statement *statement, const char *name,
                         size_t *length);

/* The same of a text that is all there: ERROR_DATABASE and NULL for one with a
 * NUL in it, as only a damaged file has, where a C text would end and no hash
 * would cover the rest. */
const char *column_whole(struct statement *statement, const char *name,
                         size_t *length, struct error *err) CHECKED;

/* Copies such a text to the arena; its length may be NULL. */
const char *column_copy(struct statement *statement, const char *name,
                        struct arena *arena, size_t *length,
                        struct error *err) CHECKED;

/* Reads a number from 0 up to a highest value; others, as only a damaged file
 * has, turn *ok false. */
int column_small(struct statement *statement, const char *name, int highest,
                 bool *ok);

/* Rows of a statement, one at a time. */
struct cursor {
    struct store *store;
    struct statement *statement;
    struct statement own; /* of a cursor that was opened beside others */
    bool done;
};

struct cursor *cursor_open(struct store *store, enum statement_id id,
                           struct error *err) CHECKED;
/* One of several over the same statement, which it prepares for itself; costs
 * some 30 microseconds more.  Its statement only reads. */
struct cursor *cursor_open_beside(struct store *store, enum statement_id id,
                                  struct error *err) CHECKED;
bool cursor_step(struct cursor *cursor, bool *more, struct error *err) CHECKED;

/* Reads the columns of a label row; `rules` points into the statement.  Values
 * that are none of their enum, as only a damaged file has, are refused. */
bool label_from_row(struct statement *statement, struct stored_label *label,
                    struct error *err) CHECKED;

/* The same but for the key and the version, which need not be columns. */
bool label_values(struct statement *statement, struct stored_label *label,
                  struct error *err) CHECKED;

/* The key of a meeting by one of the statements that look for its id. */
bool meeting_key_by(struct store *store, enum statement_id id,
                    const char *meeting, int64_t *key, bool *found,
                    struct error *err) CHECKED;

/* The bits of meeting_fact.flags. */
int flags_of(const struct meeting_facts *facts);

/* The range of meeting keys of a persona, or of all for 0. */
int64_t first_meeting(int64_t persona);
int64_t last_meeting(int64_t persona);

#endif
