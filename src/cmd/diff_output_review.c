/* What a review says, in one line. */
#include "diff_output.h"

#include "datebook/review.h"

#include <string.h>

static void put_values(struct buf *out, const struct review_values *values)
{
    buf_text(out, importance_name((enum importance)values->importance));
    if (values->prep_minutes)
        buf_format(out, ", prep %d min, ", values->prep_minutes);
    else
        buf_text(out, ", no prep, ");
    buf_text(out, rsvp_name((enum rsvp)values->rsvp));
}

static void put_note(struct buf *out, const char *note)
{
    if (*note)
        buf_format(out, "; note: %s", note);
}

static bool put_sample(struct arena *scratch,
                       const struct stored_record *record, struct buf *out,
                       struct error *err)
{
    struct sample sample;

    if (!sample_read(scratch, record, &sample, err))
        return false;
    buf_format(out, "%zu meeting%s of v%lld", sample.count,
               sample.count == 1 ? "" : "s", (long long)sample.version);
    return true;
}

static bool put_opinion(struct arena *scratch,
                        const struct stored_record *record, struct buf *out,
                        struct error *err)
{
    struct opinion opinion;

    if (!opinion_read(scratch, record, &opinion, err))
        return false;
    buf_text(out, opinion.realistic ? "realistic, " : "not realistic, ");
    put_values(out, &opinion.says);
    if (opinion_corrects(&opinion)) {
        buf_text(out, "; the label was ");
        put_values(out, &opinion.seen.values);
    }
    if (opinion.cause == CAUSE_RULE)
        buf_text(out, "; a rule is wrong");
    if (opinion.rule)
        buf_format(out, ": %s", opinion.rule);
    if (opinion.cause == CAUSE_EXCEPTION)
        buf_text(out, "; an exception");
    put_note(out, opinion.note);
    return true;
}

static bool put_persona_opinion(struct arena *scratch,
                                const struct stored_record *record,
                                struct buf *out, struct error *err)
{
    struct persona_opinion opinion;
    size_t right = 0;

    if (!persona_opinion_read(scratch, record, &opinion, err))
        return false;
    for (size_t i = 0; i < opinion.rule_count; i++)
        right += opinion.rules[i].right;
    buf_format(out, "%s, %zu of %zu rules right",
               opinion.exists ? "exists" : "does not exist", right,
               opinion.rule_count);
    put_note(out, opinion.note);
    return true;
}

void diff_put_review(struct buf *out, const struct stored_record *record)
{
    static const struct {
        const char *prefix;
        bool (*put)(struct arena *scratch, const struct stored_record *record,
                    struct buf *out, struct error *err);
    } kinds[] = {{"sample/", put_sample},
                 {"opinion/", put_opinion},
                 {"decision/", put_opinion},
                 {"persona/", put_persona_opinion}};
    struct arena scratch = {0};
    struct buf words = BUF_EMPTY;
    struct error ignored;
    bool read = false;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strncmp(record->name, kinds[i].prefix, strlen(kinds[i].prefix)))
            read = kinds[i].put(&scratch, record, &words, &ignored);
    terminal_text(out, read ? buf_string(&words) : record->document);
    buf_free(&words);
    arena_free(&scratch);
}
