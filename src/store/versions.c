/* Versions and tags: the numbers, the names, and reading either. */
#include "internal.h"

#include "datebook/list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *noun_name(enum noun noun)
{
    static const char *const names[NOUNS] = {"persona", "meeting", "label"};

    return names[noun];
}

bool version_head(struct store *store, int64_t *head, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_VERSION_HEAD, err);
    bool row;

    if (!statement || !statement_next(store, statement, &row, err))
        return false;
    *head = row ? column_int(statement, "version") : 0;
    statement_end(statement);
    return true;
}

static void read_counts(struct statement *statement, struct version *version)
{
    struct noun_counts *persona = &version->counts[NOUN_PERSONA];
    struct noun_counts *meeting = &version->counts[NOUN_MEETING];
    struct noun_counts *label = &version->counts[NOUN_LABEL];

    persona->total = column_int(statement, "personas");
    persona->added = column_int(statement, "personas_added");
    persona->changed = column_int(statement, "personas_changed");
    persona->removed = column_int(statement, "personas_removed");
    meeting->total = column_int(statement, "meetings");
    meeting->added = column_int(statement, "meetings_added");
    meeting->changed = column_int(statement, "meetings_changed");
    meeting->removed = column_int(statement, "meetings_removed");
    label->total = column_int(statement, "labels");
    label->added = column_int(statement, "labels_added");
    label->changed = column_int(statement, "labels_changed");
    label->removed = column_int(statement, "labels_removed");
}

static bool read_version(struct statement *statement, struct arena *arena,
                         struct version *version, struct error *err)
{
    size_t length;
    const void *chain = column_bytes(statement, "chain_hash", &length);

    version->number = column_int(statement, "version");
    version->started = column_int(statement, "started");
    version->engine = (int)column_int(statement, "engine");
    read_counts(statement, version);
    if (length != HASH_SIZE)
        return error_set(err, ERROR_DATABASE,
                         "version %lld has a damaged chain hash",
                         (long long)version->number);
    memcpy(version->chain, chain, HASH_SIZE);
    version->command =
        arena_text(arena, column_text(statement, "command", NULL), err);
    version->options =
        arena_text(arena, column_text(statement, "options", NULL), err);
    version->summary =
        arena_text(arena, column_text(statement, "summary", NULL), err);
    version->tool =
        arena_text(arena, column_text(statement, "tool", NULL), err);
    return version->command && version->options && version->summary &&
           version->tool;
}

/* The dataset before its first run. */
static void empty_version(struct version *version)
{
    struct hash hash;

    *version = (struct version){.command = "",
                                .options = "{}",
                                .summary = "the empty dataset",
                                .tool = ""};
    hash_start(&hash);
    hash_text(&hash, "datebook dataset, format 1");
    hash_end(&hash, version->chain);
}

bool version_get(struct store *store, struct arena *arena, int64_t number,
                 struct version *version, struct error *err)
{
    struct statement *statement;
    bool row;
    bool ok;

    if (!number) {
        empty_version(version);
        return true;
    }
    statement = store_use(store, STATEMENT_VERSION_GET, err);
    if (!statement)
        return false;
    bind_int(statement, ":version", number);
    if (!statement_next(store, statement, &row, err))
        return false;
    ok = row ? read_version(statement, arena, version, err)
             : error_set(err, ERROR_INPUT, "there is no version %lld",
                         (long long)number);
    statement_end(statement);
    return ok;
}

bool version_log(struct store *store, struct arena *arena, int64_t last,
                 int64_t limit, struct version **versions, size_t *count,
                 struct error *err)
{
    int64_t wanted = limit < last ? limit : last;
    int64_t most = wanted > 0 ? wanted : 0;
    struct statement *statement;
    bool row = true;

    *count = 0;
    *versions = arena_zero(arena, (size_t)most, sizeof **versions, err);
    statement = *versions ? store_use(store, STATEMENT_VERSION_LOG, err) : NULL;
    if (!statement)
        return false;
    bind_int(statement, ":last", last);
    bind_int(statement, ":limit", most);
    while (row) {
        if (!statement_next(store, statement, &row, err))
            return false;
        if (row &&
            !read_version(statement, arena, &(*versions)[(*count)++], err)) {
            statement_end(statement);
            return false;
        }
    }
    return true;
}

/* ---- Names of versions ---- */

/* All digits, after an optional v. */
static bool parse_number(const char *text, int64_t *number)
{
    const char *digits = *text == 'v' ? text + 1 : text;
    size_t length = strspn(digits, "0123456789");

    if (!length || digits[length] || length > 18)
        return false;
    *number = strtoll(digits, NULL, 10);
    return true;
}

static bool find_tag(struct store *store, const char *name, int64_t *version,
                     bool *found, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_TAG_GET, err);

    if (!statement)
        return false;
    bind_text(statement, ":name", name);
    if (!statement_next(store, statement, found, err))
        return false;
    if (*found)
        *version = column_int(statement, "version");
    statement_end(statement);
    return true;
}

/* The part before a "~". */
static bool resolve_base(struct store *store, const char *base, int64_t head,
                         int64_t *number, struct error *err)
{
    bool found;

    if (!strcmp(base, "HEAD")) {
        *number = head;
        return true;
    }
    if (parse_number(base, number))
        return true;
    if (!find_tag(store, base, number, &found, err))
        return false;
    if (found)
        return true;
    error_set(err, ERROR_INPUT, "there is no version or tag \"%s\"", base);
    return error_hint(err, "`datebook log` lists versions, `datebook tag "
                           "--list` tags; a version is written 7, v7, HEAD, "
                           "HEAD~2, or a tag");
}

bool version_resolve(struct store *store, const char *text, int64_t *number,
                     struct error *err)
{
    char base[128];
    const char *tilde = strchr(text, '~');
    size_t length = tilde ? (size_t)(tilde - text) : strlen(text);
    int64_t back = 0;
    int64_t head;

    if (length >= sizeof base || !length ||
        (tilde && (!isdigit((unsigned char)tilde[1]) ||
                   !parse_number(tilde + 1, &back))))
        return error_set(err, ERROR_INPUT, "\"%.64s\" is not a version", text);
    memcpy(base, text, length);
    base[length] = '\0';
    if (!version_head(store, &head, err) ||
        !resolve_base(store, base, head, number, err))
        return false;
    *number -= back;
    if (*number >= 0 && *number <= head)
        return true;
    error_set(err, ERROR_INPUT, "there is no version %s", text);
    return error_hint(err, "the newest version is %lld", (long long)head);
}

/* ---- Tags ---- */

/* A tag must not look like anything else that names a version. */
static bool check_tag_name(const char *name, struct error *err)
{
    int64_t number;
    size_t length = strlen(name);

    if (length && length <= 100 && isalnum((unsigned char)*name) &&
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                     "0123456789._-/") == length &&
        !parse_number(name, &number) && strcmp(name, "HEAD") != 0)
        return true;
    error_set(err, ERROR_INPUT, "\"%.100s\" cannot be the name of a tag", name);
    return error_hint(err, "use letters, digits, and . _ - / after the first "
                           "character; not HEAD, and not a number");
}

/* Ends the transaction around a tag; one that failed must not stay open. */
static bool end_write(struct store *store, bool ok, struct error *err)
{
    struct error ignored;

    if (ok && store_exec(store, "COMMIT", err))
        return true;
    (void)!store_exec(store, "ROLLBACK", &ignored);
    return false;
}

static bool insert_tag(struct store *store, const char *name, int64_t version,
                       struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_TAG_INSERT, err);

    if (!statement)
        return false;
    bind_text(statement, ":name", name);
    bind_int(statement, ":version", version);
    return statement_run_one(store, statement, err);
}

static bool place_tag(struct store *store, const char *name, int64_t version,
                      struct error *err)
{
    int64_t head;
    int64_t old;
    bool found;

    if (!version_head(store, &head, err) ||
        !find_tag(store, name, &old, &found, err))
        return false;
    if (version > head)
        return error_set(err, ERROR_INPUT, "there is no version %lld",
                         (long long)version);
    if (!found)
        return insert_tag(store, name, version, err);
    if (old == version)
        return true;
    error_set(err, ERROR_INPUT, "the tag \"%s\" exists and names version %lld",
              name, (long long)old);
    return error_hint(err,
                      "choose another name, or take it away first with "
                      "`datebook tag --delete %s`",
                      name);
}

bool tag_set(struct store *store, const char *name, int64_t version,
             struct error *err)
{
    if (!check_tag_name(name, err))
        return false;
    if (!version)
        return error_set(err, ERROR_INPUT,
                         "the empty dataset, version 0, cannot be tagged");
    return store_exec(store, "BEGIN IMMEDIATE", err) &&
           end_write(store, place_tag(store, name, version, err), err);
}

static bool remove_tag(struct store *store, const char *name, struct error *err)
{
    struct statement *statement;
    int64_t version;
    bool found;

    if (!find_tag(store, name, &version, &found, err))
        return false;
    if (!found) {
        error_set(err, ERROR_INPUT, "there is no tag \"%.100s\"", name);
        return error_hint(err, "`datebook tag --list` lists them");
    }
    statement = store_use(store, STATEMENT_TAG_DELETE, err);
    if (!statement)
        return false;
    bind_text(statement, ":name", name);
    return statement_run_one(store, statement, err);
}

bool tag_delete(struct store *store, const char *name, struct error *err)
{
    return store_exec(store, "BEGIN IMMEDIATE", err) &&
           end_write(store, remove_tag(store, name, err), err);
}

bool tag_list(struct store *store, struct arena *arena, struct tag **tags,
              size_t *count, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_TAG_LIST, err);
    bool row = true;

    *tags = NULL;
    *count = 0;
    while (statement && row) {
        if (!statement_next(store, statement, &row, err))
            return false;
        if (!row)
            return true;
        if (!list_grow(arena, tags, *count, sizeof **tags, err))
            break;
        (*tags)[*count].version = column_int(statement, "version");
        (*tags)[*count].name =
            arena_text(arena, column_text(statement, "name", NULL), err);
        if (!(*tags)[(*count)++].name)
            break;
    }
    statement_end(statement);
    return false;
}
