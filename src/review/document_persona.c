/* A persona opinion as a JSON document.
 *
 *   {"kind":"persona","persona":"p1","reviewer":"ann","version":7,
 *    "rules_hash":"9c1f…","exists":true,"note":"We have two of them.",
 *    "rules":[{"rule":"Always important: demo","right":false,
 *              "note":"Only with customers."}]}
 *
 * Notes without text are left out. */
#include "document.h"

#include <stdio.h>
#include <stdlib.h>

static int by_rule(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, for a document may name thousands. */
static bool check_once(const struct persona_opinion *opinion, struct error *err)
{
    const char **names = malloc((opinion->rule_count + 1) * sizeof *names);
    bool ok = true;

    if (!names)
        return error_memory(err);
    for (size_t i = 0; i < opinion->rule_count; i++)
        names[i] = opinion->rules[i].rule;
    qsort(names, opinion->rule_count, sizeof *names, by_rule);
    for (size_t i = 1; i < opinion->rule_count && ok; i++)
        if (!strcmp(names[i - 1], names[i]))
            ok = error_set(err, ERROR_INPUT, "rules names \"%.200s\" twice",
                           names[i]);
    free(names);
    return ok;
}

static bool check_rules(const struct persona_opinion *opinion,
                        struct error *err)
{
    for (size_t i = 0; i < opinion->rule_count; i++) {
        const struct rule_opinion *rule = &opinion->rules[i];
        if (!document_check_text("rule", rule->rule, DOCUMENT_ID, err) ||
            !document_check_text("note", rule->note, DOCUMENT_NOTE, err))
            return error_context(err, "rules[%zu]", i);
    }
    return check_once(opinion, err);
}

static bool check_hash(const char *hash, struct error *err)
{
    return (strlen(hash) == HASH_HEX_SIZE - 1 &&
            strspn(hash, "0123456789abcdef") == HASH_HEX_SIZE - 1) ||
           error_set(err, ERROR_INPUT,
                     "rules_hash must be a hash of %d hexadecimal digits",
                     HASH_HEX_SIZE - 1);
}

static bool check(const struct persona_opinion *opinion, struct error *err)
{
    return document_check_text("persona", opinion->persona, DOCUMENT_ID, err) &&
           review_name_check("reviewer", opinion->reviewer, err) &&
           document_check_version(opinion->version, err) &&
           check_hash(opinion->rules_hash, err) &&
           document_check_text("note", opinion->note, DOCUMENT_NOTE, err) &&
           check_rules(opinion, err);
}

static void put_rule(struct buf *document, const struct rule_opinion *rule)
{
    buf_char(document, '{');
    document_put_text(document, "rule", rule->rule);
    document_put_bool(document, "right", rule->right);
    if (*rule->note)
        document_put_text(document, "note", rule->note);
    document_end(document, '}');
    buf_char(document, ',');
}

bool persona_opinion_write(const struct persona_opinion *opinion,
                           struct buf *document, struct error *err)
{
    if (!check(opinion, err))
        return false;
    buf_char(document, '{');
    document_put_text(document, "kind", "persona");
    document_put_text(document, "persona", opinion->persona);
    document_put_text(document, "reviewer", opinion->reviewer);
    document_put_int(document, "version", opinion->version);
    document_put_text(document, "rules_hash", opinion->rules_hash);
    document_put_bool(document, "exists", opinion->exists);
    if (*opinion->note)
        document_put_text(document, "note", opinion->note);
    buf_text(document, "\"rules\":[");
    for (size_t i = 0; i < opinion->rule_count; i++)
        put_rule(document, &opinion->rules[i]);
    document_end(document, ']');
    document_end(document, '}');
    return buf_ok(document, err);
}

static bool read_rule(struct document_reader *reader, struct rule_opinion *rule)
{
    static const char *const members[] = {"rule", "right", "note", NULL};

    return document_members(reader, members) &&
           document_text(reader, "rule", &rule->rule) &&
           document_bool(reader, "right", &rule->right) &&
           document_text_or(reader, "note", "", &rule->note);
}

static bool read_rules(struct document_reader *reader,
                       struct persona_opinion *opinion)
{
    const cJSON *outer = reader->object;
    const cJSON *array;
    const cJSON *item;
    bool ok = true;

    if (!document_array(reader, "rules", &array))
        return false;
    opinion->rules =
        arena_zero(reader->arena, (size_t)cJSON_GetArraySize(array),
                   sizeof *opinion->rules, reader->err);
    if (!opinion->rules)
        return false;
    cJSON_ArrayForEach (item, array) {
        snprintf(reader->within, sizeof reader->within, "rules[%zu].",
                 opinion->rule_count);
        reader->object = item;
        ok = read_rule(reader, &opinion->rules[opinion->rule_count++]);
        if (!ok)
            break;
    }
    reader->within[0] = '\0';
    reader->object = outer;
    return ok;
}

static bool read_opinion(struct document_reader *reader,
                         struct persona_opinion *opinion)
{
    const char *kind;

    if (!document_text(reader, "kind", &kind))
        return false;
    if (strcmp(kind, "persona") != 0)
        return document_fail(reader, "kind", "must be persona");
    return document_text(reader, "persona", &opinion->persona) &&
           document_text(reader, "reviewer", &opinion->reviewer) &&
           document_int(reader, "version", &opinion->version) &&
           document_text(reader, "rules_hash", &opinion->rules_hash) &&
           document_bool(reader, "exists", &opinion->exists) &&
           document_text_or(reader, "note", "", &opinion->note) &&
           read_rules(reader, opinion);
}

/* What is said under another name belongs to somebody else. */
static bool check_record(struct document_reader *reader,
                         const struct persona_opinion *opinion)
{
    const char *name =
        persona_opinion_record_name(&reader->scratch, opinion, reader->err);

    if (!name)
        return false;
    return !strcmp(name, reader->stored->name) ||
           error_set(reader->err, ERROR_DATABASE, "it is that of %.300s", name);
}

bool persona_opinion_read(struct arena *arena,
                          const struct stored_record *stored,
                          struct persona_opinion *opinion, struct error *err)
{
    static const char *const members[] = {"kind",    "persona",    "reviewer",
                                          "version", "rules_hash", "exists",
                                          "note",    "rules",      NULL};
    struct document_reader reader;
    struct buf again = BUF_EMPTY;
    bool ok;

    *opinion = (struct persona_opinion){.note = ""};
    ok = document_open(&reader, arena, stored, members, err) &&
         read_opinion(&reader, opinion) && check_record(&reader, opinion) &&
         persona_opinion_write(opinion, &again, err);
    ok = document_close(&reader, ok, &again);
    buf_free(&again);
    return ok;
}
