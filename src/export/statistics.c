/* statistics.json: the numbers of what was exported, by part and by persona. */
#include "datebook/export.h"

static void part(struct buf *out, const struct export_summary *summary,
                 enum part number, bool first)
{
    const struct export_part *entry = &summary->parts[number];

    buf_format(out, "%s    \"%s\": {\n      \"personas\": %lld,\n",
               first ? "" : ",\n", part_name(number),
               (long long)entry->personas);
    if (summary->request->leaks)
        buf_format(out, "      \"left_out\": %lld,\n",
                   (long long)entry->dropped);
    tally_json(&entry->tally, "      ", out);
    buf_text(out, "\n    }");
}

static void persona(struct buf *out, const struct persona_tally *entry,
                    bool first)
{
    buf_text(out, first ? "    " : ",\n    ");
    buf_json(out, entry->id);
    buf_format(out, ": {\n      \"tier\": %d,\n      \"role\": \"%s\",\n",
               entry->tier, entry->validation ? "validation" : "train");
    tally_json(&entry->tally, "      ", out);
    buf_text(out, "\n    }");
}

bool export_statistics_write(const struct export_summary *summary,
                             struct buf *out, struct error *err)
{
    struct tally all = {.meetings = 0};

    for (int i = 0; i < PARTS; i++)
        tally_add(&all, &summary->parts[i].tally);
    /* Over personas, as everywhere: a persona in two parts has its weeks once.
     */
    all.weeks = 0;
    for (size_t i = 0; i < summary->persona_count; i++)
        all.weeks += summary->personas[i].tally.weeks;
    buf_text(out, "{\n");
    tally_json(&all, "  ", out);
    buf_format(out, ",\n  \"version\": %lld,\n  \"by_part\": {\n",
               (long long)summary->version.number);
    for (int i = 0; i < PARTS; i++)
        if (i != PART_VALIDATION || summary->request->division->cut)
            part(out, summary, (enum part)i, i == 0);
    buf_text(out, "\n  },\n  \"by_persona\": {\n");
    for (size_t i = 0; i < summary->persona_count; i++)
        persona(out, &summary->personas[i], i == 0);
    buf_text(out, "\n  }\n}\n");
    return buf_ok(out, err);
}
