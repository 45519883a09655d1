/* Versions and tags: the numbers, the names, and reading either. */
#include "content.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

const char *noun_name(enum noun noun)
{
    static const char *const names[NOUNS] = {"persona", "meeting", "label",
                                             "split", "review"};

    return names[noun];
}

const char *noun_plural(enum noun noun)
{
    static const char *const names[NOUNS] = {"personas", "meetings", "labels",
                                             "splits", "reviews"};

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
    struct noun_counts *split = &version->counts[NOUN_SPLIT];
    struct noun_counts *review = &version->counts[NOUN_REVIEW];

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
    split->total = column_int(statement, "splits");
    split->added = column_int(statement, "splits_added");
    split->changed = column_int(statement, "splits_changed");
    split->removed = column_int(statement, "splits_removed");
    review->total = column_int(statement, "reviews");
    review->added = column_int(statement, "reviews_added");
    review->changed = column_int(statement, "reviews_changed");
    review->removed = column_int(statement, "reviews_removed");
}

/* Copies a hash; *ok turns false when it has another size. */
static void read_hash(struct statement *statement, const char *column,
                      unsigned char hash[HASH_SIZE], bool *ok)
{
    size_t length;
    const void *bytes = column_bytes(statement, column, &length);

    if (length == HASH_SIZE)
        memcpy(hash, bytes, HASH_SIZE);
    else
        *ok = false;
}

static bool read_hashes(struct statement *statement, struct version *version,
                        struct error *err)
{
    size_t unused = 0;
    bool ok = true;

    version->format = (int)column_int(statement, "format");
    read_hash(statement, "chain_hash", version->chain, &ok);
    read_hash(statement, "content_hash", version->content, &ok);
    if (version->format == 1)
        read_hash(statement, "rows_hash", version->rows, &ok);
    else
        column_bytes(statement, "rows_hash", &unused);
    ok = ok && !unused;
    if (ok)
        return true;
    return error_set(err, ERROR_DATABASE, "version %lld has a damaged hash",
                     (long long)version->number);
}

static bool read_texts(struct statement *statement, struct arena *arena,
                       struct version *version, struct error *err)
{
    version->command = column_copy(statement, "command", arena, NULL, err);
    version->options = version->command
                           ? column_copy(statement, "options", arena, NULL, err)
                           : NULL;
    version->summary = version->options
                           ? column_copy(statement, "summary", arena, NULL, err)
                           : NULL;
    version->tool = version->summary
                        ? column_copy(statement, "tool", arena, NULL, err)
                        : NULL;
    return version->tool != NULL;
}

static bool read_version(struct statement *statement, struct arena *arena,
                         struct version *version, struct error *err)
{
    bool ok = true;

    version->number = column_int(statement, "version");
    version->started = column_int(statement, "started");
    version->engine = column_small(statement, "engine", INT_MAX, &ok);
    version->pruned = column_int(statement, "pruned");
    read_counts(statement, version);
    if (!ok)
        return error_set(err, ERROR_DATABASE,
                         "version %lld has a damaged number",
                         (long long)version->number);
    return read_hashes(statement, version, err) &&
           (read_texts(statement, arena, version, err) ||
            error_context(err, "version %lld", (long long)version->number));
}

/* The dataset before its first run. */
static void empty_version(struct version *version)
{
    static const struct set_hash nothing[NOUNS];
    struct hash hash;

    *version = (struct version){.command = "",
                                .options = "{}",
                                .summary = "the empty dataset",
                                .tool = "",
                                .format = 2};
    content_hash(nothing, version->content);
    hash_start(&hash);
    hash_text(&hash, "datebook dataset, format 1");
    hash_end(&hash, version->chain);
}

/* Chains of files that know of no records are those of files without any; one
 * that has reviews and no splits names its noun. */
static void hash_counts(struct hash *hash, enum noun noun,
                        const struct noun_counts *counts)
{
    if (noun_is_record(noun) && !counts->total && !counts->added &&
        !counts->changed && !counts->removed)
        return;
    if (noun > NOUN_SPLIT)
        hash_text(hash, noun_name(noun));
    hash_int(hash, counts->total);
    hash_int(hash, counts->added);
    hash_int(hash, counts->changed);
    hash_int(hash, counts->removed);
}

void version_chain(const unsigned char parent[HASH_SIZE],
                   const struct version *version,
                   unsigned char digest[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_bytes(&hash, parent, HASH_SIZE);
    hash_int(&hash, version->number);
    hash_text(&hash, version->command);
    hash_text(&hash, version->options);
    hash_text(&hash, version->summary);
    hash_int(&hash, version->started);
    hash_text(&hash, version->tool);
    hash_int(&hash, version->engine);
    for (int noun = 0; noun < NOUNS; noun++)
        hash_counts(&hash, (enum noun)noun, &version->counts[noun]);
    hash_bytes(&hash, version->format == 1 ? version->rows : version->content,
               HASH_SIZE);
    hash_end(&hash, digest);
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

/* What follows a "~"; nothing is one step. */
static bool parse_steps(const char *text, int64_t *back)
{
    *back = 1;
    return !*text ||
           (isdigit((unsigned char)*text) && parse_number(text, back));
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
        (tilde && !parse_steps(tilde + 1, &back)))
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

/* The kept version next to one, by one of two statements; 0 when there is none.
 */
static bool kept_beside(struct store *store, enum statement_id id,
                        int64_t number, int64_t *kept, struct error *err)
{
    struct statement *statement = store_use(store, id, err);
    bool row;

    if (!statement)
        return false;
    bind_int(statement, ":version", number);
    if (!statement_next(store, statement, &row, err))
        return false;
    *kept = row ? column_int(statement, "version") : 0;
    statement_end(statement);
    return true;
}

bool version_kept_beside(struct store *store, int64_t number, int64_t *below,
                         int64_t *above, struct error *err)
{
    return kept_beside(store, STATEMENT_VERSION_KEPT_BELOW, number, below,
                       err) &&
           kept_beside(store, STATEMENT_VERSION_KEPT_ABOVE, number, above, err);
}

static bool refuse_pruned(struct store *store, int64_t number,
                          struct error *err)
{
    int64_t below;
    int64_t above;

    if (!version_kept_beside(store, number, &below, &above, err))
        return false;
    error_set(err, ERROR_INPUT, "version %lld was pruned: its rows are gone",
              (long long)number);
    if (below)
        return error_hint(err, "the nearest that were kept are v%lld and v%lld",
                          (long long)below, (long long)above);
    return error_hint(err, "the nearest that was kept is v%lld",
                      (long long)above);
}

bool version_resolve_kept(struct store *store, const char *text,
                          int64_t *number, struct error *err)
{
    struct version version = {.pruned = false};
    struct arena arena = {0};
    bool ok = version_resolve(store, text, number, err) &&
              version_get(store, &arena, *number, &version, err);

    arena_free(&arena);
    return ok && (!version.pruned || refuse_pruned(store, *number, err));
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

/* Writes a new tag, or the signature of one that exists. */
static bool write_tag(struct store *store, enum statement_id id,
                      const struct tag *tag, struct error *err)
{
    struct statement *statement = store_use(store, id, err);

    if (!statement)
        return false;
    bind_text(statement, ":name", tag->name);
    bind_text(statement, ":signature", tag->signature);
    if (id == STATEMENT_TAG_INSERT)
        bind_int(statement, ":version", tag->version);
    return statement_run_one(store, statement, err);
}

/* Whether a version that is to stay is there: asked in the transaction that
 * makes it stay, so that no prune comes between. */
static bool check_kept(struct store *store, int64_t version, struct error *err)
{
    struct version header = {.pruned = false};
    struct arena arena = {0};
    bool ok = version_get(store, &arena, version, &header, err);

    arena_free(&arena);
    return ok && (!header.pruned || refuse_pruned(store, version, err));
}

static bool place_tag(struct store *store, const struct tag *tag,
                      struct error *err)
{
    int64_t old;
    bool found;

    if (!check_kept(store, tag->version, err) ||
        !find_tag(store, tag->name, &old, &found, err))
        return false;
    if (!found)
        return write_tag(store, STATEMENT_TAG_INSERT, tag, err);
    if (old == tag->version)
        return !tag->signature ||
               write_tag(store, STATEMENT_TAG_SIGN, tag, err);
    error_set(err, ERROR_INPUT, "the tag \"%s\" exists and names version %lld",
              tag->name, (long long)old);
    return error_hint(err,
                      "choose another name, or take it away first with "
                      "`datebook tag --delete %s`",
                      tag->name);
}

bool tag_set(struct store *store, const char *name, int64_t version,
             const char *signature, struct error *err)
{
    struct tag tag = {name, version, signature};

    if (!check_tag_name(name, err))
        return false;
    if (!version)
        return error_set(err, ERROR_INPUT,
                         "the empty dataset, version 0, cannot be tagged");
    return store_begin(store, err) &&
           store_end(store, place_tag(store, &tag, err), err);
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
    return store_begin(store, err) &&
           store_end(store, remove_tag(store, name, err), err);
}

static bool read_tag(struct statement *statement, struct arena *arena,
                     void *row, struct error *err)
{
    struct tag *tag = row;

    tag->version = column_int(statement, "version");
    tag->signature = NULL;
    tag->name = arena_text(arena, column_text(statement, "name", NULL), err);
    if (!tag->name || column_is_null(statement, "signature"))
        return tag->name != NULL;
    tag->signature =
        arena_text(arena, column_text(statement, "signature", NULL), err);
    return tag->signature != NULL;
}

bool tag_list(struct store *store, struct arena *arena, struct tag **tags,
              size_t *count, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_TAG_LIST, err);

    return statement_list(store, statement, arena, read_tag, sizeof **tags,
                          tags, count, err);
}

/* ---- Exports ---- */

static bool insert_export(struct store *store,
                          const unsigned char manifest_hash[HASH_SIZE],
                          int64_t version, int64_t started, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_EXPORT_INSERT, err);

    if (!statement)
        return false;
    bind_bytes(statement, ":manifest_hash", manifest_hash, HASH_SIZE);
    bind_int(statement, ":version", version);
    bind_int(statement, ":started", started);
    return statement_run(store, statement, err);
}

bool export_record(struct store *store,
                   const unsigned char manifest_hash[HASH_SIZE],
                   int64_t version, int64_t started, struct error *err)
{
    return store_begin(store, err) &&
           store_end(
               store,
               check_kept(store, version, err) &&
                   insert_export(store, manifest_hash, version, started, err),
               err);
}

static bool read_version_number(struct statement *statement,
                                struct arena *arena, void *row,
                                struct error *err)
{
    int64_t *version = row;

    (void)arena;
    (void)err;
    *version = column_int(statement, "version");
    return true;
}

bool export_versions(struct store *store, struct arena *arena,
                     const unsigned char manifest_hash[HASH_SIZE],
                     int64_t **versions, size_t *count, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_EXPORT_VERSIONS, err);

    if (statement)
        bind_bytes(statement, ":manifest_hash", manifest_hash, HASH_SIZE);
    return statement_list(store, statement, arena, read_version_number,
                          sizeof **versions, versions, count, err);
}

static bool read_export(struct statement *statement, struct arena *arena,
                        void *row, struct error *err)
{
    struct export_entry *entry = row;
    bool ok = true;

    (void)arena;
    read_hash(statement, "manifest_hash", entry->manifest, &ok);
    entry->started = column_int(statement, "started");
    return ok || error_set(err, ERROR_DATABASE,
                           "the record of an export has a damaged hash");
}

bool export_list(struct store *store, struct arena *arena, int64_t version,
                 struct export_entry **exports, size_t *count,
                 struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_EXPORT_LIST, err);

    if (statement)
        bind_int(statement, ":version", version);
    return statement_list(store, statement, arena, read_export,
                          sizeof **exports, exports, count, err);
}
