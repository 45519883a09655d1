/* A version, and what hangs on it, in words: shared by `show` and `run show`.
 */
#include "shown.h"

#include "datebook/stored_record.h"

bool shown_read(struct cli *cli, struct store *store, const char *name,
                struct shown *shown, struct error *err)
{
    int64_t number;

    return version_resolve(store, name, &number, err) &&
           version_get(store, &cli->arena, number, &shown->version, err) &&
           tag_list(store, &cli->arena, &shown->tags, &shown->tag_count, err) &&
           export_list(store, &cli->arena, number, &shown->exports,
                       &shown->export_count, err) &&
           version_kept_beside(store, number, &shown->below, &shown->above,
                               err);
}

void shown_tags(struct buf *out, const struct shown *shown)
{
    for (size_t i = 0; i < shown->tag_count; i++) {
        if (shown->tags[i].version != shown->version.number)
            continue;
        buf_text(out, "\ntag      ");
        terminal_text(out, shown->tags[i].name);
        if (shown->tags[i].signature)
            buf_text(out, " (signed)");
    }
}

void shown_exports(struct buf *out, const struct shown *shown)
{
    char hex[HASH_HEX_SIZE];
    char stamp[STAMP_SIZE];

    for (size_t i = 0; i < shown->export_count; i++) {
        hash_hex(shown->exports[i].manifest, hex);
        civil_format_stamp(shown->exports[i].started, stamp);
        buf_format(out, "\nexport   %s, manifest %s", stamp, hex);
    }
}

void shown_pruned(struct buf *out, const struct shown *shown)
{
    if (!shown->version.pruned)
        return;
    buf_text(out, "\npruned   left are this header and the rows that it shares "
                  "with ");
    if (shown->below)
        buf_format(out, "v%lld or ", (long long)shown->below);
    buf_format(out, "v%lld", (long long)shown->above);
}

void shown_made(struct buf *out, const struct version *version)
{
    char stamp[STAMP_SIZE];

    civil_format_stamp(version->started, stamp);
    buf_format(out, "\nstarted  %s\ntool     datebook %s, rule engine %d",
               stamp, version->tool, version->engine);
}

void shown_model(struct cli *cli, const char *model,
                 const struct job_totals *totals)
{
    struct buf *out = &cli->out;
    size_t from;

    buf_text(out, "\nmodel    ");
    terminal_text(out, model);
    buf_text(out, ": ");
    put_usage(cli, out, totals);
    buf_text(out, "\n         ");
    from = out->length;
    put_troubles(cli, out, totals);
    if (out->length == from)
        buf_text(out, "no retries, no rejected texts");
}

bool shown_table(struct cli *cli, const struct version *version,
                 struct error *err)
{
    static const struct table_column columns[] = {{"", TABLE_LEFT, 0},
                                                  {"TOTAL", TABLE_RIGHT, 0},
                                                  {"ADDED", TABLE_RIGHT, 0},
                                                  {"CHANGED", TABLE_RIGHT, 0},
                                                  {"REMOVED", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int noun = 0; noun < NOUNS; noun++) {
        const struct noun_counts *counts = &version->counts[noun];
        int64_t numbers[] = {counts->total, counts->added, counts->changed,
                             counts->removed};
        if (noun_is_record((enum noun)noun) && !counts->total &&
            !counts->removed)
            continue;
        const char *cells[5] = {noun_plural((enum noun)noun)};
        for (int n = 0; n < 4; n++)
            cells[n + 1] =
                arena_format(&cli->arena, err, "%lld", (long long)numbers[n]);
        table_cells(&table, cells);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

void shown_json(struct buf *out, const struct shown *shown)
{
    char hex[HASH_HEX_SIZE];
    char stamp[STAMP_SIZE];

    json_version_members(out, &shown->version);
    json_tags(out, shown->tags, shown->tag_count, shown->version.number);
    json_key(out, "exports");
    buf_char(out, '[');
    for (size_t i = 0; i < shown->export_count; i++) {
        hash_hex(shown->exports[i].manifest, hex);
        civil_format_stamp(shown->exports[i].started, stamp);
        json_key(out, NULL);
        buf_format(out, "{\"manifest_hash\":\"%s\",\"started\":\"%s\"}", hex,
                   stamp);
    }
    buf_char(out, ']');
}
