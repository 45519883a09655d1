/* Which requests wrote the meetings that come in: their rows come with them, as
 * requests of no job of here. */
#include "merge_internal.h"

#include "datebook/journal.h"

/* The request of the file under a number of here.  What it followed there is
 * not brought along: it wrote nothing that came. */
static bool bring_request(struct merge *merge, const struct guest *guest,
                          int64_t theirs, int64_t *ours, struct error *err)
{
    struct request request;
    bool found;
    bool is_new;

    if (!request_get(merge->theirs, &merge->scratch, theirs, &request, &found,
                     err))
        return merge_blame(merge->path, err);
    if (!found)
        return error_set(err, ERROR_DATABASE,
                         "%s: there is no request %lld, which wrote a meeting",
                         merge->path, (long long)theirs);
    request.job = request.parent = 0;
    request.persona = guest->ours;
    return request_add(merge->store, &request, ours, &is_new, err);
}

/* Meetings that were written by one request mostly come one after the other. */
static bool find_request(struct merge *merge, const struct guest *guest,
                         int64_t theirs, int64_t *ours, struct error *err)
{
    if (!theirs) {
        *ours = 0;
        return true;
    }
    if (theirs != merge->request_theirs) {
        merge->request_theirs = 0;
        if (!bring_request(merge, guest, theirs, &merge->request_ours, err))
            return false;
        merge->request_theirs = theirs;
    }
    *ours = merge->request_ours;
    return true;
}

bool merge_note_request(struct merge *merge, const struct guest *guest,
                        int64_t theirs, int64_t ours, struct error *err)
{
    int64_t request;
    int64_t before;

    if (!origin_get(merge->theirs, theirs, &request, err))
        return merge_blame(merge->path, err);
    return find_request(merge, guest, request, &request, err) &&
           origin_get(merge->store, ours, &before, err) &&
           (before == request || origin_set(merge->store, ours, request, err));
}
