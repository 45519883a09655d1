/* Replies that are there already are read once more, for briefs that an edit
 * which was taken back had made wait again. */
#include "writing_renew.h"

#include <string.h>

/* Whether a text of a reply was refused when it came. */
static bool was_refused(struct renewing *renewing, int64_t request,
                        int64_t brief, bool *refused)
{
    struct cursor *cursor = rejection_scan(
        renewing->store, renewing->job->job.number, renewing->err);
    struct rejection rejection;
    bool more = true;
    bool ok = cursor != NULL;

    *refused = false;
    while (ok && more && !*refused) {
        ok = rejection_next(cursor, &rejection, &more, renewing->err);
        *refused = ok && more && rejection.request == request &&
                   (rejection.brief == brief || !rejection.brief);
    }
    cursor_close(cursor);
    return ok;
}

static bool take_text(struct renewing *renewing, const struct written *written,
                      int64_t request, struct job_brief *brief)
{
    struct buf text = BUF_EMPTY;
    bool refused;
    bool ok = was_refused(renewing, request, brief->number, &refused);

    if (ok && !refused) {
        written_write(&text, written);
        ok = buf_ok(&text, renewing->err) &&
             (brief->text =
                  arena_text(&renewing->memory, text.data, renewing->err));
        brief->request = request;
        ok = ok && job_brief_set(renewing->store, renewing->job->job.number,
                                 brief, renewing->err);
    }
    buf_free(&text);
    return ok;
}

/* The content of a reply that is kept; NULL when it was none. */
static bool read_content(struct renewing *renewing, int64_t number,
                         const char **content)
{
    struct arena *arena = &renewing->scratch;
    struct chat_reply reply;
    struct request request;
    bool found;

    *content = NULL;
    if (!request_get(renewing->store, arena, number, &request, &found,
                     renewing->err))
        return false;
    if (!found || !request.reply)
        return true;
    if (!chat_read_body(arena, request.status, request.reply,
                        strlen(request.reply), &chat_first_traits, &reply,
                        renewing->err))
        return false;
    if (reply.outcome == CHAT_ANSWERED)
        *content = reply.content;
    return true;
}

bool renew_reuse(struct renewing *renewing, const struct asked *asked)
{
    struct arena *arena = &renewing->scratch;
    struct job_brief *briefs = arena_zero(arena, asked->brief_count + 1,
                                          sizeof *briefs, renewing->err);
    struct prompt_call call;
    struct written_list list;
    const char *content;
    size_t count = 0;

    if (!briefs || !read_content(renewing, asked->number, &content))
        return false;
    for (size_t i = 0; i < asked->brief_count; i++) {
        size_t at = (size_t)asked->briefs[i] - 1;
        if (at < renewing->brief_count)
            briefs[count++] = renewing->briefs[at];
    }
    if (!content)
        return true;
    if (!writing_call(arena, renewing->job, &renewing->persona, briefs, count,
                      0, &call, renewing->err) ||
        !written_read(arena, &call, content, &list, renewing->err))
        return false;
    for (size_t i = 0; i < list.count && i < count; i++) {
        struct job_brief *brief = &renewing->briefs[briefs[i].number - 1];
        if (!list.items[i].fault && !brief->text &&
            !take_text(renewing, &list.items[i], asked->number, brief))
            return false;
    }
    return true;
}
