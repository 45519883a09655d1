/* Any bytes as a foreign calendar: refused with a message, or read into events
 * whose counts fit together; held against itself, a calendar is aligned. */
#include "src/quality/against_compare.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

struct counting {
    struct profile profile;
    struct side_counts counts;
    int64_t findings;
    int64_t latest;
};

static bool on_event(void *context, const struct calendar_event *event,
                     struct error *err)
{
    struct counting *counting = context;

    expect(cJSON_IsObject(event->tree) && event->line > 0);
    expect(event->index > counting->latest);
    counting->latest = event->index;
    return profile_add(&counting->profile, event->tree, err) &&
           counts_add(&counting->counts, event->tree, event->facts, err);
}

static bool on_finding(void *context, const struct calendar_finding *finding,
                       struct error *err)
{
    struct counting *counting = context;

    (void)err;
    expect(finding->line > 0 && finding->field && *finding->text);
    counting->findings++;
    return true;
}

static void check_itself(struct counting *counting, struct arena *arena,
                         struct against *result)
{
    struct error err;

    result->ours = result->real;
    expect(compare_fields(arena, &counting->profile, &counting->profile, result,
                          &err));
    expect(compare_distributions(arena, &counting->counts, &counting->counts,
                                 result, &err));
    expect(!result->scored ||
           (result->score > 99.999 && result->score < 100.001));
    expect(result->verdicts[FIELD_ALIGNED] == (int64_t)result->field_count);
    for (int i = 0; i < DISTRIBUTIONS; i++)
        expect(result->distributions[i].jensen_shannon < 1e-6 &&
               result->distributions[i].wasserstein < 1e-6);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct counting counting = {.findings = 0};
    struct calendar_visitor visitor = {on_event, on_finding, &counting};
    struct against result = {.scored = false};
    struct error err = {.code = ERROR_NONE};

    profile_start(&counting.profile, &arena);
    expect(counts_start(&counting.counts, &arena, &result.real, &err));
    if (calendar_text_read((const char *)data, size, "fuzz", &visitor, NULL,
                           &result.file, &err)) {
        counts_end_calendar(&counting.counts);
        expect(result.file.events == counting.profile.events);
        expect(result.file.events + result.file.duplicates +
                   result.file.removed + result.file.unreadable ==
               result.file.found);
        expect(result.file.findings[CALENDAR_NOTE] +
                   result.file.findings[CALENDAR_WARNING] +
                   result.file.findings[CALENDAR_ERROR] ==
               counting.findings);
        check_itself(&counting, &arena, &result);
    } else
        expect(err.code == ERROR_INPUT && *err.message);
    arena_free(&arena);
    return 0;
}
