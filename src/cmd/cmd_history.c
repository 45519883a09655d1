/* datebook history */
#include "history.h"

#include "origin.h"

#include <string.h>

/* All that is known of a meeting and of its label. */
struct life {
    int64_t key;
    const char *persona;
    const char *subject;     /* as it was last; "" when that is not known */
    struct request *written; /* by a model; NULL: by none */
    struct stretch *meetings;
    size_t meeting_count;
    struct span *labels;
    struct stretch *labelled;
    size_t labelled_count;
    struct stored_rule *rules;
    size_t rule_count;
};

/* ---- Reading ---- */

static bool read_subject(const struct history *history, struct life *life,
                         struct error *err)
{
    struct stored_fact fact;
    bool found = false;

    life->subject = "";
    for (size_t i = life->meeting_count; i-- > 0 && !found;)
        if (life->meetings[i].known == KNOWN_VALUE &&
            !fact_at(history->store, &history->cli->arena,
                     life->meetings[i].since, life->key, &fact, &found, err))
            return false;
    if (found)
        life->subject = fact.facts.subject;
    return true;
}

/* Stretches from a version on. */
static void drop_before(struct stretch **stretches, size_t *count,
                        int64_t version)
{
    while (*count && (*stretches)->until && (*stretches)->until <= version) {
        ++*stretches;
        --*count;
    }
    if (*count && (*stretches)->since < version)
        (*stretches)->since = version;
}

/* Ids are made by generate alone, and never twice: before that there was
 * nothing to be pruned. */
static bool drop_before_birth(const struct history *history, struct life *life,
                              struct error *err)
{
    struct version version;
    size_t first = 0;

    while (first < life->meeting_count &&
           life->meetings[first].known != KNOWN_VALUE)
        first++;
    if (!first || first == life->meeting_count)
        return true;
    if (!version_get(history->store, &history->cli->arena,
                     life->meetings[first].since, &version, err))
        return false;
    if (!strcmp(version.command, "generate")) {
        drop_before(&life->meetings, &life->meeting_count, version.number);
        drop_before(&life->labelled, &life->labelled_count, version.number);
    }
    return true;
}

static bool read_life(const struct history *history, struct life *life,
                      struct error *err)
{
    struct store *store = history->store;
    struct arena *arena = &history->cli->arena;
    int64_t persona = meeting_persona(life->key);
    struct span *meetings;
    size_t meetings_count;
    size_t labels_count;

    return meeting_spans(store, arena, life->key, &meetings, &meetings_count,
                         err) &&
           label_spans(store, arena, life->key, &life->labels, &labels_count,
                       err) &&
           history_stretches(store, arena, NOUN_MEETING, meetings,
                             meetings_count, history->last, &life->meetings,
                             &life->meeting_count, err) &&
           history_stretches(store, arena, NOUN_LABEL, life->labels,
                             labels_count, history->last, &life->labelled,
                             &life->labelled_count, err) &&
           drop_before_birth(history, life, err) &&
           rule_list(store, arena, persona, &life->rules, &life->rule_count,
                     err) &&
           persona_id_of(store, arena, persona, &life->persona, err) &&
           read_subject(history, life, err) &&
           origin_find(history->cli, store, life->key, &life->written, err);
}

/* The persona row that was in force when a label was made; 0: pruned. */
static bool find_maker(const struct history *history, const struct life *life,
                       const struct stored_label *label, int64_t *since,
                       struct error *err)
{
    struct stored_persona *maker;

    if (!persona_at_key(history->store, &history->cli->arena, label->since,
                        meeting_persona(life->key), &maker, err))
        return false;
    *since = maker ? maker->since : 0;
    return true;
}

/* ---- Text ---- */

/* What became of the meeting where a stretch begins. */
static const char *what_happened(const struct life *life, size_t at)
{
    enum known before = at ? life->meetings[at - 1].known : KNOWN_ABSENT;

    if (life->meetings[at].known == KNOWN_ABSENT)
        return before == KNOWN_VALUE ? "removed" : "not there";
    if (!at)
        return "added";
    return before == KNOWN_NOTHING  ? "known again"
           : before == KNOWN_ABSENT ? "came back"
                                    : "changed";
}

static bool print_label(const struct history *history, const struct life *life,
                        const struct stored_label *label, struct error *err)
{
    struct buf *out = &history->cli->out;
    struct buf text = BUF_EMPTY;
    int64_t persona;
    bool ok;

    buf_format(out, "%*s%s, ", HISTORY_INDENT, "",
               importance_name((enum importance)label->importance));
    if (label->prep_minutes)
        buf_format(out, "prep %d minutes, ", label->prep_minutes);
    else
        buf_text(out, "no prep, ");
    buf_text(out, rsvp_name((enum rsvp)label->rsvp));
    ok = find_maker(history, life, label, &persona, err) &&
         label_reasoning(label, life->rules, life->rule_count, &text, err);
    if (ok && persona)
        buf_format(out, ", under the persona of v%lld\n", (long long)persona);
    else
        buf_text(out, ", under a persona that was pruned\n");
    put_wrapped(out, buf_string(&text), HISTORY_INDENT + 2);
    buf_free(&text);
    return ok;
}

/* The stretch that a version lies in; NULL for none. */
static const struct stretch *stretch_of(const struct stretch *stretches,
                                        size_t count, int64_t version)
{
    for (size_t i = 0; i < count; i++)
        if (stretches[i].since <= version &&
            (!stretches[i].until || version < stretches[i].until))
            return &stretches[i];
    return NULL;
}

static bool meeting_is_there(const struct life *life, int64_t version)
{
    const struct stretch *stretch =
        stretch_of(life->meetings, life->meeting_count, version);

    return stretch && stretch->known == KNOWN_VALUE;
}

/* A stretch of the meeting that begins, if one does there. */
static bool print_meeting(const struct history *history,
                          const struct life *life, size_t at, struct error *err)
{
    const struct stretch *stretch = &life->meetings[at];

    if (stretch->known == KNOWN_PRESENT)
        print_pruned(history, stretch, "it was there; what it was was pruned");
    else if (stretch->known == KNOWN_NOTHING)
        print_pruned(history, stretch,
                     "pruned: nobody knows whether it was there");
    else if (!print_run(history, stretch->since, err))
        return false;
    else
        put_wrapped(&history->cli->out, what_happened(life, at),
                    HISTORY_INDENT);
    return true;
}

/* A stretch of the label; `told`: the run of its first version was printed. */
static bool print_labelled(const struct history *history,
                           const struct life *life,
                           const struct stretch *stretch, bool told,
                           struct error *err)
{
    if (stretch->known == KNOWN_VALUE)
        return (told || print_run(history, stretch->since, err)) &&
               print_label(history, life, &life->labels[stretch->span].label,
                           err);
    /* Without a meeting nobody asks for its label. */
    if (!meeting_is_there(life, stretch->since))
        return true;
    print_pruned(history, stretch,
                 stretch->known == KNOWN_ABSENT ? "it had no label"
                                                : "its label was pruned");
    return true;
}

/* Both in one row of time. */
static bool print_events(const struct history *history, const struct life *life,
                         struct error *err)
{
    size_t m = 0;
    size_t l = 0;

    while (m < life->meeting_count || l < life->labelled_count) {
        bool meeting = m < life->meeting_count &&
                       (l == life->labelled_count ||
                        life->meetings[m].since <= life->labelled[l].since);
        int64_t at =
            meeting ? life->meetings[m].since : life->labelled[l].since;
        if (meeting && !print_meeting(history, life, m, err))
            return false;
        if (l < life->labelled_count && life->labelled[l].since == at &&
            !print_labelled(history, life, &life->labelled[l++],
                            meeting && life->meetings[m].known == KNOWN_VALUE,
                            err))
            return false;
        m += meeting;
    }
    return true;
}

static bool print(const struct history *history, const struct life *life,
                  struct error *err)
{
    struct buf *out = &history->cli->out;

    if (*life->subject) {
        terminal_text(out, life->subject);
        buf_char(out, '\n');
    }
    buf_text(out, "meeting of ");
    terminal_text(out, life->persona);
    buf_char(out, '\n');
    if (life->written) {
        buf_text(out, "written by ");
        put_origin(out, life->written, 11);
    }
    buf_char(out, '\n');
    return print_events(history, life, err);
}

/* ---- JSON ---- */

static bool json_rules(const struct history *history, const struct life *life,
                       const struct stored_label *label, struct error *err)
{
    struct buf *out = &history->cli->out;
    struct label_rule *fired;
    size_t count;

    if (!label_rules(&history->cli->arena, label, life->rules, life->rule_count,
                     &fired, &count, err))
        return false;
    json_key(out, "rules");
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_key(out, NULL);
        buf_text(out, "{\"field\":");
        buf_json(out, rule_kind_field((enum rule_kind)fired[i].rule->kind));
        json_key(out, "name");
        buf_json(out, fired[i].rule->name);
        json_key(out, "decided");
        buf_text(out, fired[i].decided ? "true}" : "false}");
    }
    buf_char(out, ']');
    return true;
}

static bool json_label(const struct history *history, const struct life *life,
                       const struct stored_label *label, struct error *err)
{
    struct buf *out = &history->cli->out;
    struct buf text = BUF_EMPTY;
    int64_t persona;
    bool ok = json_run(history, label->since, err) &&
              find_maker(history, life, label, &persona, err) &&
              label_reasoning(label, life->rules, life->rule_count, &text, err);

    if (!ok) {
        buf_free(&text);
        return false;
    }
    json_key(out, "persona_since");
    if (persona)
        buf_int(out, persona);
    else
        buf_text(out, "null");
    buf_format(out,
               ",\"importance\":\"%s\",\"prep_minutes\":%d,\"rsvp\":\"%s\","
               "\"reasoning\":",
               importance_name((enum importance)label->importance),
               label->prep_minutes, rsvp_name((enum rsvp)label->rsvp));
    buf_json(out, buf_string(&text));
    buf_free(&text);
    return json_rules(history, life, label, err);
}

static bool print_json(const struct history *history, const struct life *life,
                       struct error *err)
{
    struct buf *out = &history->cli->out;
    bool ok = true;

    buf_text(out, "{\"meeting\":");
    buf_json(out, history->cli->arguments[0]);
    json_key(out, "persona");
    buf_json(out, life->persona);
    json_key(out, "version");
    buf_int(out, history->last);
    json_key(out, "subject");
    buf_json(out, life->subject);
    json_origin(out, life->written);
    json_key(out, "life");
    buf_char(out, '[');
    for (size_t i = 0; ok && i < life->meeting_count; i++) {
        const struct stretch *stretch = &life->meetings[i];
        json_key(out, NULL);
        buf_char(out, '{');
        json_stretch(out, stretch);
        ok =
            (stretch->known != KNOWN_VALUE && stretch->known != KNOWN_ABSENT) ||
            json_run(history, stretch->since, err);
        buf_char(out, '}');
    }
    buf_char(out, ']');
    json_key(out, "labels");
    buf_char(out, '[');
    for (size_t i = 0; ok && i < life->labelled_count; i++) {
        const struct stretch *stretch = &life->labelled[i];
        json_key(out, NULL);
        buf_char(out, '{');
        json_stretch(out, stretch);
        ok = stretch->known != KNOWN_VALUE ||
             json_label(history, life, &life->labels[stretch->span].label, err);
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
    return ok;
}

/* ---- Running ---- */

static bool meeting_history(const struct history *history, int64_t key,
                            struct error *err)
{
    struct life life = {.key = key};

    if (!read_life(history, &life, err))
        return false;
    if (!life.meeting_count)
        return error_set(err, ERROR_INPUT,
                         "nothing is known of the meeting \"%.200s\" up to "
                         "v%lld",
                         history->cli->arguments[0], (long long)history->last);
    return history->cli->json ? print_json(history, &life, err)
                              : print(history, &life, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct history history = {.cli = cli, .store = store};
    int64_t meeting;
    int64_t persona;
    bool ok =
        store && cli_at(cli, store, &history.last, err) &&
        require_row(cli, store, cli->arguments[0], &meeting, &persona, err) &&
        (meeting ? meeting_history(&history, meeting, err)
                 : persona_history(&history, persona, err));

    store_close(store);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}

const struct command command_history = {
    .name = "history",
    .summary = "all that a meeting and its label, or a persona, ever were",
    .arguments = "MEETING|PERSONA",
    .least = 1,
    .most = 1,
    .details =
        "Of a meeting: when it came and went, and every label with the run "
        "that made it, the\npersona's document that was in force, and the "
        "rules "
        "that decided. Of a persona: every\ndocument, what was edited in it, "
        "and how many labels the same version added or changed.\nWhere "
        "versions "
        "were pruned, it says what is not known any more.",
    .json =
        "{\"meeting\", \"persona\", \"version\", \"subject\", " ORIGIN_JSON
        ", \"life\": "
        "[{\"since\", \"until\",\n\"known\", \"by\", \"started\", "
        "\"summary\"}], \"labels\": [{the same, \"persona_since\",\n"
        "\"importance\", \"prep_minutes\", \"rsvp\", \"reasoning\", "
        "\"rules\": [{\"field\", \"name\",\n\"decided\"}]}]}; of a persona "
        "{\"persona\", \"version\", \"documents\": [{the same,\n\"fields\", "
        "\"labels\"}]}. \"until\" is not included, null: still. \"known\" is "
        "\"value\",\n\"absent\" (not there), \"present\" (there, but pruned) "
        "or "
        "\"nothing\" (pruned); only\na value has all members, and what was "
        "pruned no run",
    .options = {{"at", 0, "VERSION",
                 "as it was known at a version (default HEAD)"}},
    .examples = {{"history AAkALg…", "MEETING is an event's id"},
                 {"history tier1_sales_manager_pipeline",
                  "every edit of a persona"},
                 {"history AAkALg… --at release-1", "up to a tag"}},
    .run = run,
};
