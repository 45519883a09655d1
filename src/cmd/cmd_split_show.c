/* datebook split show */
#include "splits.h"

#include "datebook/cut.h"

#include <string.h>

/* Where a persona is, and why. */
struct placed {
    const struct stored_persona *persona;
    enum part part; /* without a fold that is held out: PART_TRAIN for all that
                       are in one */
    enum held_out_reason reason;
    int fold;
    bool late; /* it came after the split was made */
    int64_t meetings;
};

struct view {
    struct split split;
    int64_t since;
    int64_t version;
    int fold; /* the one that is held out; 0: none, or none was named */
    struct placed *placed; /* by id */
    size_t count;
    bool has_cut;
    struct cut_totals cut;
};

enum { TIERS = 3 };

/* ---- Looking ---- */

static enum held_out_reason reason_in(const struct division *division,
                                      const char *id)
{
    for (size_t i = 0; i < division->held_out_count; i++)
        if (!strcmp(division->held_out[i].id, id))
            return division->reasons[i];
    return HELD_OUT_NOT;
}

/* What was drawn together says who was there.  Else the first row of the
 * persona does. */
static bool find_late(struct cli *cli, struct store *store,
                      const struct view *view, struct placed *placed,
                      struct error *err)
{
    struct persona_row *rows;
    size_t count;

    if (view->split.draw_count &&
        (placed->fold || placed->reason == HELD_OUT_DRAWN ||
         placed->reason == HELD_OUT_NOT)) {
        placed->late = !split_draw_of(&view->split, placed->persona->id);
        return true;
    }
    if (!persona_rows(store, &cli->arena, placed->persona->key, &rows, &count,
                      err))
        return false;
    placed->late = count && rows[0].persona.since > view->since;
    return true;
}

static bool place(struct cli *cli, struct store *store, struct view *view,
                  const struct division *division,
                  const struct stored_persona *persona, struct placed *placed,
                  struct error *err)
{
    placed->persona = persona;
    placed->fold = split_fold_of(&view->split, persona);
    if (division)
        placed->reason = reason_in(division, persona->id);
    else if (!placed->fold)
        placed->reason = HELD_OUT_VALIDATION;
    placed->part = placed->reason == HELD_OUT_NOT ? PART_TRAIN : PART_HELD_OUT;
    return find_late(cli, store, view, placed, err) &&
           label_count_at(store, view->version, persona->key, &placed->meetings,
                          err);
}

static bool place_all(struct cli *cli, struct store *store, struct view *view,
                      const struct division *division, struct error *err)
{
    struct stored_persona *personas;

    if (!persona_list_at(store, &cli->arena, view->version, &personas,
                         &view->count, err))
        return false;
    view->placed =
        arena_zero(&cli->arena, view->count, sizeof *view->placed, err);
    if (!view->placed)
        return false;
    for (size_t i = 0; i < view->count; i++)
        if (!place(cli, store, view, division, &personas[i], &view->placed[i],
                   err))
            return false;
    if (!division || !division->cut)
        return true;
    view->has_cut = true;
    view->cut = cut_totals(division->cut);
    return true;
}

static bool look(struct cli *cli, struct store *store, struct view *view,
                 struct error *err)
{
    struct division division = {0};
    struct stored_record *stored;
    int64_t fold = 0;
    bool ok;

    if (!cli_int(cli, "fold", 1, SPLIT_FOLDS, &fold, err) ||
        !cli_at(cli, store, &view->version, err) ||
        !require_stored_split(cli, store, view->version, cli->arguments[0],
                              &stored, err) ||
        !split_read(&cli->arena, stored, &view->split, err))
        return false;
    view->since = stored->since;
    view->fold = (int)fold;
    if (view->split.terms.folds && !fold)
        return place_all(cli, store, view, NULL, err);
    ok = division_open(cli, store, view->version, &view->split, view->fold,
                       &division, err) &&
         place_all(cli, store, view, &division, err);
    division_close(&division);
    return ok;
}

/* ---- Totals: by part, or by fold when none is held out ---- */

static bool by_fold(const struct view *view)
{
    return view->split.terms.folds && !view->fold;
}

static int group_count(const struct view *view)
{
    return by_fold(view) ? view->split.terms.folds + 1 : 2;
}

static int group_of(const struct view *view, const struct placed *placed)
{
    if (!by_fold(view))
        return placed->part == PART_HELD_OUT;
    return placed->fold ? placed->fold - 1 : view->split.terms.folds;
}

static const char *group_name(struct cli *cli, const struct view *view,
                              int group, struct error *err)
{
    if (group == group_count(view) - 1)
        return part_name(PART_HELD_OUT);
    if (by_fold(view))
        return arena_format(&cli->arena, err, "fold %d", group + 1);
    return part_name(PART_TRAIN);
}

struct totals {
    int64_t personas;
    int64_t meetings;
};

static struct totals totals_of(const struct view *view, int group, int tier)
{
    struct totals totals = {0, 0};

    for (size_t i = 0; i < view->count; i++) {
        const struct placed *placed = &view->placed[i];
        if (group_of(view, placed) != group ||
            (tier && placed->persona->tier != tier))
            continue;
        totals.personas++;
        totals.meetings += placed->meetings;
    }
    return totals;
}

/* ---- JSON ---- */

static void json_fraction(struct buf *out, const char *key, double fraction)
{
    json_key(out, key);
    if (fraction > 0)
        buf_format(out, "%.15g", fraction);
    else
        buf_text(out, "null");
}

static void json_number(struct buf *out, const char *key, int value)
{
    json_key(out, key);
    if (value)
        buf_int(out, value);
    else
        buf_text(out, "null");
}

static void json_terms(struct buf *out, const struct split_terms *terms)
{
    json_key(out, "terms");
    buf_char(out, '{');
    json_texts(out, "held_out", terms->held_out, terms->held_out_count);
    json_number(out, "held_out_tier", terms->held_out_tier);
    json_fraction(out, "held_out_fraction", terms->fraction);
    json_key(out, "stratify");
    buf_char(out, '[');
    for (int s = 0; s < STRATA; s++)
        if (terms->strata & 1u << s) {
            json_key(out, NULL);
            buf_json(out, stratum_name((enum stratum)s));
        }
    buf_char(out, ']');
    json_number(out, "folds", terms->folds);
    json_fraction(out, "validation_fraction", terms->validation_fraction);
    buf_format(out, ",\"seed\":%llu}", (unsigned long long)terms->seed);
}

static void json_placed(struct buf *out, const struct view *view,
                        const struct placed *placed)
{
    bool open = by_fold(view) && placed->fold;

    json_key(out, NULL);
    buf_text(out, "{\"id\":");
    buf_json(out, placed->persona->id);
    buf_format(out, ",\"tier\":%d,\"part\":", placed->persona->tier);
    buf_json(out, open ? NULL : part_name(placed->part));
    buf_text(out, ",\"reason\":");
    buf_json(out, held_out_reason_name(placed->reason));
    json_number(out, "fold", placed->fold);
    buf_format(out, ",\"late\":%s,\"meetings\":%lld}",
               placed->late ? "true" : "false", (long long)placed->meetings);
}

static void json_group(struct buf *out, const struct view *view, int group,
                       int tier)
{
    struct totals totals = totals_of(view, group, tier);
    bool last = group == group_count(view) - 1;
    bool fold = by_fold(view) && !last;

    json_key(out, NULL);
    buf_text(out, "{\"part\":");
    buf_json(out, fold ? NULL : part_name(last ? PART_HELD_OUT : PART_TRAIN));
    json_number(out, "fold", fold ? group + 1 : 0);
    buf_format(out, ",\"tier\":%d,\"personas\":%lld,\"meetings\":%lld}", tier,
               (long long)totals.personas, (long long)totals.meetings);
}

static void json_totals(struct buf *out, const struct view *view)
{
    json_key(out, "totals");
    buf_char(out, '[');
    for (int group = 0; group < group_count(view); group++)
        for (int tier = 1; tier <= TIERS; tier++)
            json_group(out, view, group, tier);
    buf_char(out, ']');
}

static void print_json(struct cli *cli, const struct view *view)
{
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"split\":", (long long)view->version);
    buf_json(out, view->split.name);
    buf_format(out, ",\"since\":%lld", (long long)view->since);
    json_terms(out, &view->split.terms);
    json_number(out, "fold", view->fold);
    json_key(out, "personas");
    buf_char(out, '[');
    for (size_t i = 0; i < view->count; i++)
        json_placed(out, view, &view->placed[i]);
    buf_char(out, ']');
    json_totals(out, view);
    if (view->has_cut)
        buf_format(out,
                   ",\"cut\":{\"meetings\":%lld,\"validation\":%lld,"
                   "\"groups\":%lld,\"largest_group\":%lld}}\n",
                   (long long)view->cut.meetings,
                   (long long)view->cut.validation, (long long)view->cut.groups,
                   (long long)view->cut.largest);
    else
        buf_text(out, ",\"cut\":null}\n");
}

/* ---- Text ---- */

static const char *names_text(struct cli *cli, const struct split_terms *terms,
                              struct error *err)
{
    struct buf list = BUF_EMPTY;
    const char *text;

    for (size_t i = 0; i < terms->held_out_count; i++)
        buf_format(&list, "%s%s", i ? ", " : "", terms->held_out[i]);
    text = buf_ok(&list, err) ? arena_text(&cli->arena, buf_string(&list), err)
                              : NULL;
    buf_inherit(&cli->out, &list);
    buf_free(&list);
    return text;
}

static const char *strata_text(struct cli *cli, unsigned strata,
                               struct error *err)
{
    const char *text = "";

    for (int s = 0; text && s < STRATA; s++)
        if (strata & 1u << s)
            text = arena_format(&cli->arena, err, "%s%s%s", text,
                                *text ? ", " : ", even within ",
                                stratum_name((enum stratum)s));
    return text;
}

static bool print_terms(struct cli *cli, const struct view *view,
                        struct error *err)
{
    static const struct table_column columns[] = {{NULL, TABLE_LEFT, 0},
                                                  {NULL, TABLE_LEFT, 0}};
    const struct split_terms *terms = &view->split.terms;
    const char *within = strata_text(cli, terms->strata, err);
    struct arena *arena = &cli->arena;
    struct table table;

    table_start(&table, arena, columns, sizeof columns / sizeof *columns);
    if (terms->folds)
        table_row(&table, "folds",
                  arena_format(arena, err, "%d%s", terms->folds, within), NULL);
    table_row(&table, "held out", "validation personas", NULL);
    if (terms->held_out_count)
        table_row(&table, "", names_text(cli, terms, err), NULL);
    if (terms->held_out_tier)
        table_row(&table, "",
                  arena_format(arena, err, "tier %d", terms->held_out_tier),
                  NULL);
    if (terms->fraction > 0)
        table_row(&table, "",
                  arena_format(arena, err, "%.15g of the others%s",
                               terms->fraction, within),
                  NULL);
    if (terms->validation_fraction > 0)
        table_row(&table, "validation",
                  arena_format(arena, err, "%.15g of the training meetings",
                               terms->validation_fraction),
                  NULL);
    if (split_terms_draw(terms))
        table_row(
            &table, "seed",
            arena_format(arena, err, "%llu", (unsigned long long)terms->seed),
            NULL);
    buf_format(&cli->out, "split %s, since v%lld\n", view->split.name,
               (long long)view->since);
    return table_print(&table, 2, &cli->out, err);
}

static const char *why(struct cli *cli, const struct view *view,
                       const struct placed *placed, struct error *err)
{
    const char *text = "";

    switch (placed->reason) {
    case HELD_OUT_VALIDATION:
        text = "validation persona";
        break;
    case HELD_OUT_NAMED:
        text = "named";
        break;
    case HELD_OUT_TIER:
        text = arena_format(&cli->arena, err, "tier %d", placed->persona->tier);
        break;
    case HELD_OUT_DRAWN:
        text = "drawn";
        break;
    default:
        if (placed->fold)
            text = arena_format(&cli->arena, err, "fold %d", placed->fold);
        else if (view->split.terms.fraction > 0)
            text = "not drawn";
    }
    if (!text || !placed->late)
        return text;
    return arena_format(&cli->arena, err, "%s%scame later", text,
                        *text ? ", " : "");
}

static bool print_placed(struct cli *cli, const struct view *view,
                         struct error *err)
{
    static const struct table_column columns[] = {{"PERSONA", TABLE_LEFT, 44},
                                                  {"TIER", TABLE_RIGHT, 0},
                                                  {"PART", TABLE_LEFT, 0},
                                                  {"MEETINGS", TABLE_RIGHT, 0},
                                                  {"WHY", TABLE_LEFT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < view->count; i++) {
        const struct placed *placed = &view->placed[i];
        table_row(
            &table, placed->persona->id,
            arena_format(&cli->arena, err, "%d", placed->persona->tier),
            by_fold(view) && placed->fold ? "in turn" : part_name(placed->part),
            arena_format(&cli->arena, err, "%lld", (long long)placed->meetings),
            why(cli, view, placed, err), NULL);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static const char *count_text(struct cli *cli, int64_t count, struct error *err)
{
    return arena_format(&cli->arena, err, "%lld", (long long)count);
}

static bool print_totals(struct cli *cli, const struct view *view,
                         struct error *err)
{
    static const struct table_column columns[] = {
        {"PART", TABLE_LEFT, 0},      {"TIER 1", TABLE_RIGHT, 0},
        {"TIER 2", TABLE_RIGHT, 0},   {"TIER 3", TABLE_RIGHT, 0},
        {"PERSONAS", TABLE_RIGHT, 0}, {"MEETINGS", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int group = 0; group < group_count(view); group++) {
        struct totals all = totals_of(view, group, 0);
        table_row(&table, group_name(cli, view, group, err),
                  count_text(cli, totals_of(view, group, 1).personas, err),
                  count_text(cli, totals_of(view, group, 2).personas, err),
                  count_text(cli, totals_of(view, group, 3).personas, err),
                  count_text(cli, all.personas, err),
                  count_text(cli, all.meetings, err), NULL);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static void print_cut(struct cli *cli, const struct view *view)
{
    struct buf *out = &cli->out;

    if (!view->has_cut)
        return;
    buf_format(out, "\nvalidation: %lld of %s (",
               (long long)view->cut.validation,
               cli_count(cli, view->cut.meetings, "training meeting",
                         "training meetings"));
    text_percent(out, view->cut.validation, view->cut.meetings);
    buf_format(out, "), in %s, the largest of %lld\n",
               cli_count(cli, view->cut.groups, "group", "groups"),
               (long long)view->cut.largest);
}

static void note_late(struct cli *cli, const struct view *view)
{
    int64_t late = 0;

    for (size_t i = 0; i < view->count; i++)
        late += view->placed[i].late;
    if (late)
        cli_note(cli, "%s after the split was made",
                 cli_count(cli, late, "persona came", "personas came"));
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct view view = {.fold = 0};
    bool ok = store && look(cli, store, &view, err);

    store_close(store);
    if (!ok)
        return false;
    note_late(cli, &view);
    if (cli->json) {
        print_json(cli, &view);
        return true;
    }
    if (!print_terms(cli, &view, err) || !print_placed(cli, &view, err) ||
        !print_totals(cli, &view, err))
        return false;
    print_cut(cli, &view);
    return true;
}

const struct command command_split_show = {
    .name = "split show",
    .summary = "show who is on which side of a split, and why",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "A persona that came after the split was made is drawn by its own "
        "hash, or is on the side\nthat its role or tier puts it on; it is "
        "shown as such. Of a split with folds, --fold shows who\nis where "
        "while that fold is held out.",
    .json = "{\"version\", \"split\", \"since\", \"terms\": {\"held_out\", "
            "\"held_out_tier\",\n\"held_out_fraction\", \"stratify\", "
            "\"folds\", \"validation_fraction\", \"seed\"},\n\"fold\", "
            "\"personas\": [{\"id\", \"tier\", \"part\", \"reason\", "
            "\"fold\", \"late\", \"meetings\"}],\n\"totals\": [{\"part\", "
            "\"fold\", \"tier\", \"personas\", \"meetings\"}],\n\"cut\": "
            "{\"meetings\", "
            "\"validation\", \"groups\", \"largest_group\"}}",
    .options = {{"fold", 0, "N", "with this fold held out"},
                {"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"split show quarter", "who trains and who is held out"},
                 {"split show cv --fold 2", "while the second fold is out"}},
    .run = run,
};
