/* datebook restore */
#include "cli.h"

#include "datebook/move.h"

struct wish {
    int64_t version;
    const char *persona; /* NULL: all */
    int64_t key;         /* of the persona; 0: all */
    bool leaves;         /* the persona was not there then */
};

/* ---- Whom ---- */

/* The persona as of the version or, one that goes again, as of HEAD. */
static bool find_persona(struct cli *cli, struct store *store, int64_t head,
                         struct wish *wish, struct error *err)
{
    struct stored_persona *persona;

    if (!wish->persona)
        return true;
    if (!persona_at(store, &cli->arena, wish->version, wish->persona, &persona,
                    err))
        return false;
    wish->leaves = !persona;
    if (!persona &&
        !require_persona(cli, store, head, wish->persona, &persona, err))
        return false;
    wish->key = persona->key;
    return true;
}

/* ---- Output ---- */

/* "all as in v3", or "ann as in v3". */
static const char *what_came(struct cli *cli, const struct wish *wish,
                             struct error *err)
{
    return arena_format(&cli->arena, err, "%s as in v%lld",
                        wish->persona ? wish->persona : "all",
                        (long long)wish->version);
}

static void print_json(struct cli *cli, const struct wish *wish,
                       int64_t version, const struct noun_counts counts[NOUNS])
{
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"restored\":%lld,\"persona\":",
               (long long)version, (long long)wish->version);
    buf_json(out, wish->persona);
    json_counts(out, counts, false);
    buf_text(out, "}\n");
}

static void print_text(struct cli *cli, const struct wish *wish,
                       int64_t version, bool changed,
                       const struct noun_counts counts[NOUNS])
{
    struct buf *out = &cli->out;

    if (!changed) {
        if (wish->persona)
            terminal_text(out, wish->persona);
        else
            buf_text(out, "The dataset");
        buf_format(out,
                   " is as in v%lld already; nothing was changed, HEAD stays "
                   "at v%lld.\n",
                   (long long)wish->version, (long long)version);
        return;
    }
    buf_format(out, "v%lld: restored ", (long long)version);
    if (wish->persona) {
        terminal_text(out, wish->persona);
        buf_text(out, " as in ");
    }
    buf_format(out, "v%lld\n", (long long)wish->version);
    print_counts(out, counts);
    cli_next(cli, "diff HEAD~1");
}

/* ---- The run ---- */

static bool seal(struct cli *cli, struct store *store, struct run *run,
                 const struct wish *wish, bool *changed, struct error *err)
{
    struct run_header header = {.started = 0};
    struct buf options = BUF_EMPTY;
    bool ok;

    buf_format(&options, "{\"version\":%lld", (long long)wish->version);
    if (wish->persona) {
        json_key(&options, "persona");
        buf_json(&options, wish->persona);
    }
    buf_char(&options, '}');
    header.options = buf_string(&options);
    header.summary = what_came(cli, wish, err);
    ok = header.summary && buf_ok(&options, err) &&
         civil_now(&header.started, err) &&
         seal_run(cli, run, &header, changed, err);
    buf_free(&options);
    return ok &&
           (!*changed || wish->persona ||
            dataset_restore_check(run, store, &cli->arena, wish->version, err));
}

/* What people said cannot be made again, and prune may drop it. */
static void note_reviews(struct cli *cli, int64_t head,
                         const struct noun_counts *counts)
{
    if (counts->removed || counts->changed)
        cli_note(
            cli,
            "v%lld holds %s that the restored version does not: `datebook tag "
            "NAME v%lld` keeps them from being pruned",
            (long long)head,
            cli_count(cli, counts->removed + counts->changed, "review",
                      "reviews"),
            (long long)head);
}

static bool restore(struct cli *cli, struct store *store, struct run *run,
                    const struct monitor *monitor, struct error *err)
{
    struct wish wish = {.persona = cli_value(cli, "persona")};
    int64_t head = run_version(run) - 1;
    struct noun_counts counts[NOUNS];
    bool changed;

    if (!version_resolve_kept(store, cli->arguments[0], &wish.version, err) ||
        !find_persona(cli, store, head, &wish, err) ||
        !dataset_restore(run, store, wish.version, wish.key, monitor, err))
        return false;
    for (int noun = 0; noun < NOUNS; noun++)
        counts[noun] = run_counts(run, (enum noun)noun);
    if (!seal(cli, store, run, &wish, &changed, err))
        return false;
    note_reviews(cli, head, &counts[NOUN_REVIEW]);
    if (changed && wish.leaves)
        cli_note(cli, "%s was not there in v%lld, and is removed", wish.persona,
                 (long long)wish.version);
    if (cli_flag(cli, "dry-run"))
        return print_diff(cli, store, head, head + changed, false, &changed,
                          err);
    if (!commit_run(cli, run, changed, err))
        return false;
    if (cli->json)
        print_json(cli, &wish, head + changed, counts);
    else
        print_text(cli, &wish, head + changed, changed, counts);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    return with_run(cli, restore, err);
}

const struct command command_restore = {
    .name = "restore",
    .summary = "bring an old version back, as a new one",
    .arguments = "VERSION",
    .least = 1,
    .most = 1,
    .details =
        "The new version holds exactly what VERSION holds, which its content "
        "hash proves, and\nlabels are as fresh or stale as they were then. "
        "Nothing is lost: the versions between\nstay, and restoring one of "
        "them takes this back. Version 0 is the empty dataset.\nMeetings that "
        "are generated later have new ids all the same.\n\n"
        "--persona brings back one persona with its meetings and labels, and "
        "leaves splits and reviews\nalone; one that was not there then is "
        "removed. When nothing differs there is no new\nversion.",
    .json = "{\"version\", \"restored\", \"persona\", \"personas\", "
            "\"meetings\", \"labels\",\n\"splits\": {\"added\", \"changed\", "
            "\"removed\"}, \"reviews\": the same, where some differ}; with "
            "--dry-run what `diff --json` prints",
    .options = {{"persona", 0, "ID", "only this persona"},
                {"dry-run", 0, NULL,
                 "print what `diff` would print, and change nothing"}},
    .examples = {{"restore HEAD~1", "take the last command back"},
                 {"restore --persona tier1_sales_manager_pipeline release-1",
                  "one persona as it was released"},
                 {"restore v3 --dry-run", "see what would change"}},
    .run = run,
};
