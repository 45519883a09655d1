/* Adds a meeting, labels it, counts it, and says what the labels agree with. */
#include "adding.h"

bool adding_begin(struct adding *adding, const struct stored_persona *persona,
                  struct error *err)
{
    adding->persona = persona;
    arena_reset(&adding->memory);
    if (!dataset_labels_are_fresh(adding->store, run_version(adding->run),
                                  persona, &adding->fresh, err))
        return false;
    adding->oracle = oracle_open(&adding->memory, persona, err);
    if (adding->oracle &&
        oracle_number_rules(adding->oracle, adding->run, err) &&
        mix_tally_start(&adding->tally, &adding->memory,
                        oracle_persona(adding->oracle),
                        oracle_rules(adding->oracle), err))
        return true;
    oracle_close(adding->oracle);
    adding->oracle = NULL;
    return false;
}

bool adding_meeting(struct adding *adding, const struct event *event,
                    bool overlaps, int64_t *key, struct label *label,
                    struct error *err)
{
    struct meeting_facts facts;
    struct stored_meeting meeting = {.id = event->id,
                                     .generated = adding->generated};
    struct stored_label stored;

    arena_reset(&adding->scratch);
    buf_clear(&adding->document);
    graph_write(&adding->document, event);
    if (!buf_ok(&adding->document, err) ||
        !graph_facts(&adding->scratch, event, &facts, err))
        return false;
    facts.overlaps = overlaps;
    meeting.document = adding->document.data;
    meeting.document_length = adding->document.length;
    if (!run_add_meeting(adding->run, adding->persona->key, &meeting, &facts,
                         key, err) ||
        !ruleset_label(oracle_rules(adding->oracle), &facts, label, err))
        return false;
    mix_count_meeting(&adding->tally, label, facts.recurring);
    return oracle_store(adding->oracle, label, *key, &stored, err) &&
           run_put_label(adding->run, &stored, err);
}

bool adding_end(struct adding *adding, bool ok, struct error *err)
{
    /* The hash of no rules: what the labels agree with when older ones were
     * stale.  New ones are of newer rules, so that taking an edit of the rules
     * back does not make all of them right. */
    static const unsigned char nothing[HASH_SIZE];
    const struct stored_persona *persona = adding->persona;

    oracle_close(adding->oracle);
    adding->oracle = NULL;
    return ok &&
           run_set_labelling(adding->run, persona->key,
                             adding->fresh ? persona->rules_hash : nothing,
                             RULES_ENGINE, err);
}

void adding_free(struct adding *adding)
{
    arena_free(&adding->memory);
    arena_free(&adding->scratch);
    buf_free(&adding->document);
}
