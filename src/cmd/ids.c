/* Meetings and personas by the ids that people type, with a hint for those that
 * are nearly right. */
#include "cli.h"

#include <string.h>

/* Less than this is the start of too many ids. */
enum { START = 4 };

/* An id that starts with what was typed is a better hint than any other. */
static bool hint_completion(struct cli *cli, struct store *store,
                            const char *text, struct error *err)
{
    struct error ignored;
    const char *id = NULL;

    if (strlen(text) >= START &&
        meeting_complete(store, &cli->arena, text, &id, &ignored) && id)
        error_hint(err, "did you mean %s?", id);
    return false;
}

bool require_meeting(struct cli *cli, struct store *store, const char *id,
                     int64_t *key, struct error *err)
{
    if (meeting_find(store, id, key, err))
        return true;
    return err->code == ERROR_INPUT && hint_completion(cli, store, id, err);
}

static bool refuse_unknown(struct cli *cli, struct store *store, const char *id,
                           struct error *err)
{
    const char **ids;
    const char *near;
    size_t count;

    if (!persona_ids(store, &cli->arena, &ids, &count, err))
        return false;
    near = nearest_name(id, ids, count);
    error_set(err, ERROR_INPUT, "there is no meeting or persona \"%.200s\"",
              id);
    if (near)
        return error_hint(err, "did you mean %s?", near);
    error_hint(err, "`datebook persona list` lists personas, `datebook sql "
                    "\"SELECT meeting, subject FROM meetings LIMIT 10\"` some "
                    "meetings");
    return hint_completion(cli, store, id, err);
}

bool require_row(struct cli *cli, struct store *store, const char *id,
                 int64_t *meeting, int64_t *persona, struct error *err)
{
    *meeting = 0;
    *persona = 0;
    if (meeting_find(store, id, meeting, err))
        return true;
    if (err->code != ERROR_INPUT || !persona_key_of(store, id, persona, err))
        return false;
    return *persona || refuse_unknown(cli, store, id, err);
}
