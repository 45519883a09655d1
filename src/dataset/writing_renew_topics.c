/* What briefs should speak of once their persona's rules were edited. */
#include "writing_renew.h"
#include "writing_topics.h"

#include <string.h>

struct topical {
    struct store *store;
    struct arena *arena; /* of the persona */
    const struct writing_job *job;
    const struct persona *persona;
    struct ruleset *rules;
    const struct persona *older; /* NULL: its document is gone */
    struct ruleset *older_rules;
    struct arena scratch; /* of the brief at hand */
    struct error *err;
};

/* The persona of the document that has a hash, from the file's history. */
static bool find_older(struct topical *topical, int64_t key,
                       const unsigned char wanted[HASH_SIZE])
{
    struct persona *older =
        arena_zero(topical->arena, 1, sizeof *older, topical->err);
    struct persona_row *rows;
    size_t count;

    if (!older || !persona_rows(topical->store, topical->arena, key, &rows,
                                &count, topical->err))
        return false;
    for (size_t i = count; i-- > 0;) {
        const struct stored_persona *row = &rows[i].persona;
        unsigned char digest[HASH_SIZE];
        struct hash hash;
        hash_start(&hash);
        hash_bytes(&hash, row->document, row->document_length);
        hash_end(&hash, digest);
        if (memcmp(digest, wanted, HASH_SIZE) != 0)
            continue;
        if (!persona_parse(topical->arena, row->document, row->document_length,
                           row->id, older, topical->err))
            return false;
        topical->older = older;
        topical->older_rules = ruleset_compile(older, topical->err);
        return topical->older_rules != NULL;
    }
    return true;
}

/* Facts of the first meeting that a brief is for. */
static bool read_facts(struct topical *topical, const struct planned *planned,
                       size_t count, int64_t brief, struct meeting_facts *facts)
{
    struct arena *arena = &topical->scratch;
    const cJSON *document;
    size_t at = 0;

    while (at < count && planned[at].brief != brief)
        at++;
    if (at == count)
        return error_set(topical->err, ERROR_DATABASE,
                         "a brief of persona %s is for no meeting",
                         topical->persona->id);
    document =
        json_parse(arena, planned[at].document, strlen(planned[at].document),
                   "a planned meeting", topical->err);
    return document && graph_read_facts(arena, document, facts, topical->err);
}

/* The topic as it should be now; NULL for none. */
static bool renew_topic(struct topical *topical, const char *topic,
                        enum rule_kind was, enum rule_kind is,
                        const char **renewed)
{
    *renewed = topic;
    /* Some topics fire with the words of another one only. */
    if (is != RULE_KINDS || (topical->older && was == RULE_KINDS))
        return true;
    *renewed = NULL;
    return was == RULE_KINDS ||
           topics_replace(topical->rules, topical->persona, topical->older, was,
                          topic, topical->arena, renewed, topical->err);
}

/* Renews the topics of a brief in place. */
static bool renew_brief(struct topical *topical,
                        const struct meeting_facts *facts, struct brief *brief)
{
    const char **topics =
        arena_zero(&topical->scratch, TOPICS, sizeof *topics, topical->err);
    enum rule_kind is[TOPICS];
    enum rule_kind was[TOPICS] = {RULE_KINDS, RULE_KINDS};
    size_t count = 0;

    if (!topics ||
        !topics_judge(topical->rules, topical->persona, facts, brief->topics,
                      brief->topic_count, &topical->scratch, is,
                      topical->err) ||
        (topical->older &&
         !topics_judge(topical->older_rules, topical->older, facts,
                       brief->topics, brief->topic_count, &topical->scratch,
                       was, topical->err)))
        return false;
    for (size_t i = 0; i < brief->topic_count && i < TOPICS; i++) {
        const char *topic;
        if (!renew_topic(topical, brief->topics[i], was[i], is[i], &topic))
            return false;
        if (topic && !(count && !strcasecmp(topics[0], topic)))
            topics[count++] = topic;
    }
    brief->topics = topics;
    brief->topic_count = count;
    return true;
}

/* Puts down a brief that is another one now. */
static bool rewrite(struct topical *topical, const struct brief *brief,
                    struct job_brief *stored)
{
    struct buf text = BUF_EMPTY;
    bool ok;

    brief_write(&text, brief);
    ok = buf_ok(&text, topical->err);
    if (ok && strcmp(text.data, stored->document) != 0) {
        stored->document = arena_text(topical->arena, text.data, topical->err);
        ok = stored->document &&
             job_brief_rewrite(topical->store, topical->job->job.number,
                               stored->persona, stored->number,
                               stored->document, topical->err);
    }
    buf_free(&text);
    return ok;
}

static bool renew_one(struct topical *topical, const struct planned *planned,
                      size_t count, const char *original,
                      struct job_brief *stored)
{
    struct meeting_facts facts;
    struct brief brief;

    arena_reset(&topical->scratch);
    if (!brief_read(&topical->scratch, original, strlen(original), &brief,
                    topical->err))
        return false;
    if (!brief.topic_count)
        return true;
    return read_facts(topical, planned, count, stored->number, &facts) &&
           renew_brief(topical, &facts, &brief) &&
           rewrite(topical, &brief, stored);
}

bool renew_topics(struct store *store, struct arena *arena,
                  const struct writing_job *job,
                  const struct writing_persona *persona,
                  const unsigned char before[HASH_SIZE],
                  const char *const *originals, struct job_brief *briefs,
                  size_t count, struct error *err)
{
    struct topical topical = {.store = store,
                              .arena = arena,
                              .job = job,
                              .persona = &persona->persona,
                              .err = err};
    struct planned *planned;
    size_t planned_count;
    bool ok;

    topical.rules = ruleset_compile(&persona->persona, err);
    ok = topical.rules && find_older(&topical, persona->stored->key, before) &&
         planned_list(store, arena, job->job.number, persona->stored->key,
                      &planned, &planned_count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = renew_one(&topical, planned, planned_count, originals[i],
                       &briefs[i]);
    ruleset_free(topical.rules);
    ruleset_free(topical.older_rules);
    arena_free(&topical.scratch);
    return ok;
}
