/* The distributions of the card: a column for each part, and a line for each
 * persona. */
#include "src/export/card.h"

#include "datebook/table.h"

#include <stddef.h>
#include <string.h>

/* ---- Parts ---- */

struct row {
    const char *name;
    size_t at;  /* of an int64_t in struct export_part */
    bool share; /* of the meetings of the part */
};

#define COUNT(name, member)                                                    \
    {                                                                          \
        name, offsetof(struct export_part, member), false                      \
    }
#define SHARE(name, member)                                                    \
    {                                                                          \
        name, offsetof(struct export_part, member), true                       \
    }

static const struct row rows[] = {
    COUNT("personas", personas),
    COUNT("meetings", meetings),
    SHARE("importance critical", tally.importance[IMPORTANCE_CRITICAL]),
    SHARE("importance high", tally.importance[IMPORTANCE_HIGH]),
    SHARE("importance medium", tally.importance[IMPORTANCE_MEDIUM]),
    SHARE("importance low", tally.importance[IMPORTANCE_LOW]),
    SHARE("importance that no rule decided", tally.by_default),
    SHARE("preparation needed", tally.prep_needed),
    SHARE("answer accept", tally.rsvp[RSVP_ACCEPT]),
    SHARE("answer tentative", tally.rsvp[RSVP_TENTATIVE]),
    SHARE("answer decline", tally.rsvp[RSVP_DECLINE]),
    SHARE("type singleInstance", tally.types[EVENT_SINGLE]),
    SHARE("type occurrence", tally.types[EVENT_OCCURRENCE]),
    SHARE("type exception", tally.types[EVENT_EXCEPTION]),
    SHARE("type seriesMaster", tally.types[EVENT_SERIES_MASTER]),
};

static int64_t value_of(const struct export_part *part, const struct row *row)
{
    int64_t value;

    memcpy(&value, (const char *)part + row->at, sizeof value);
    return value;
}

static void part_cell(const struct export_part *part, const struct row *row,
                      struct buf *out)
{
    buf_char(out, ' ');
    if (row->share)
        text_percent(out, value_of(part, row), part->meetings);
    else
        text_number(out, value_of(part, row));
    buf_text(out, " |");
}

/* What is needed where some is needed. */
static void minutes_row(const struct export_summary *summary, struct buf *out)
{
    buf_text(out, "| minutes of preparation, where needed |");
    for (int part = 0; part < PARTS; part++) {
        const struct tally *tally = &summary->parts[part].tally;
        if (tally->prep_needed)
            buf_format(out, " %.1f |", tally_prep_average(tally));
        else
            buf_text(out, " - |");
    }
    buf_char(out, '\n');
}

static void part_table(const struct export_summary *summary, struct buf *out)
{
    buf_char(out, '|');
    for (int part = 0; part < PARTS; part++)
        buf_format(out, " | %s", split_word((enum part)part));
    buf_text(out, " |\n| --- |");
    for (int part = 0; part < PARTS; part++)
        buf_text(out, " ---: |");
    buf_char(out, '\n');
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_format(out, "| %s |", rows[i].name);
        for (int part = 0; part < PARTS; part++)
            part_cell(&summary->parts[part], &rows[i], out);
        buf_char(out, '\n');
    }
    minutes_row(summary, out);
}

/* ---- Personas ---- */

static void share_cell(int64_t value, const struct tally *tally,
                       struct buf *out)
{
    text_percent(out, value, tally->meetings);
    buf_text(out, " | ");
}

static void persona_row(const struct export_summary *summary,
                        const struct persona_tally *persona, struct buf *out)
{
    const struct tally *tally = &persona->tally;

    buf_text(out, "| ");
    card_code(out, persona->id);
    buf_format(out, " | %d | %s | ", persona->tier,
               split_word(summary_side(summary, persona->id)));
    text_number(out, tally->meetings);
    buf_text(out, " | ");
    for (int level = IMPORTANCE_LEVELS; level-- > 0;)
        share_cell(tally->importance[level], tally, out);
    share_cell(tally->prep_needed, tally, out);
    for (int answer = RSVP_ANSWERS; answer-- > 0;)
        share_cell(tally->rsvp[answer], tally, out);
    share_cell(tally->types[EVENT_SINGLE], tally, out);
    text_percent(out, tally->types[EVENT_EXCEPTION], tally->meetings);
    buf_text(out, " |\n");
}

void card_tables(const struct export_summary *summary, struct buf *out)
{
    buf_text(out, "\n## Distributions\n\n");
    part_table(summary, out);
    buf_text(out, "\nBy persona (`train` includes what was cut out of it for "
                  "`validation`):\n\n"
                  "| persona | tier | split | meetings | critical | high | "
                  "medium | low | prep | accept | tentative | decline | single "
                  "| exception |\n"
                  "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | "
                  "---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < summary->persona_count; i++)
        persona_row(summary, &summary->personas[i], out);
    buf_text(out, "\n`statistics.json` has the numbers behind these shares.\n");
}
