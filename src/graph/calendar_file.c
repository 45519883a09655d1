/* From a file to events.  Wrappers are taken apart by the scanner of
 * calendar_span.h, and each event in them is parsed alone. */
#include "datebook/calendar_file.h"

#include "datebook/file.h"

#include "src/graph/calendar_bytes.h"
#include "src/graph/calendar_seen.h"
#include "src/graph/calendar_span.h"
#include "src/graph/event_oddities.h"

#include <stdlib.h>
#include <string.h>

/* "event.json:3:7: " is cut off again. */
#define PARSED "event"

/* The rest of a file is parsed, to say where it breaks, up to this size. */
enum { TELL_SIZE = 1 << 24 };

struct reading {
    const char *source;
    const char *start;
    const char *end;
    const char *counted; /* up to here, lines were counted */
    int64_t line;        /* of `counted` */
    const struct calendar_visitor *visitor;
    const struct monitor *monitor;
    struct calendar_summary *summary;
    struct calendar_seen seen;
    struct arena arena; /* of one event */
    struct buf minified;
    struct calendar_event event; /* the one that is read */
    const char *id;
    char first_error[200]; /* of what could not be read */
};

const char *calendar_severity_name(enum calendar_severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};

    return names[severity];
}

/* ---- Findings ---- */

/* Places mostly come in order, and then each byte is looked at once. */
static int64_t line_of(struct reading *reading, const char *at)
{
    if (at < reading->counted) {
        reading->counted = reading->start;
        reading->line = 1;
    }
    for (const char *c = reading->counted;
         (c = memchr(c, '\n', (size_t)(at - c))); c++)
        reading->line++;
    reading->counted = at;
    return reading->line;
}

static bool say(void *context, enum calendar_severity severity,
                const char *field, const char *text, struct error *err)
{
    struct reading *reading = context;
    struct calendar_finding finding = {.severity = severity,
                                       .index = reading->event.index,
                                       .line = reading->event.line,
                                       .id = reading->id,
                                       .field = field,
                                       .text = text};

    reading->summary->findings[severity]++;
    if (severity == CALENDAR_ERROR && !*reading->first_error) {
        struct buf buf = BUF_EMPTY;
        buf_format(&buf, "line %lld: %s%s%s", (long long)finding.line, field,
                   *field ? " " : "", text);
        strncpy(reading->first_error, buf_string(&buf),
                sizeof reading->first_error - 1);
        buf_free(&buf);
    }
    return !reading->visitor->finding ||
           reading->visitor->finding(reading->visitor->context, &finding, err);
}

/* Of the file, at a place in it. */
static bool say_at(struct reading *reading, enum calendar_severity severity,
                   const char *at, const char *text, struct error *err)
{
    reading->event = (struct calendar_event){.line = line_of(reading, at)};
    reading->id = NULL;
    return say(reading, severity, "", text, err);
}

static bool say_cut(struct reading *reading, const char *at, struct error *err)
{
    reading->summary->cut = true;
    return say_at(reading, CALENDAR_ERROR, at,
                  at >= reading->end ? "the file ends amid its JSON"
                                     : "the file is no valid JSON from here on",
                  err);
}

static bool refuse(const struct reading *reading, struct error *err,
                   const char *what)
{
    error_set(err, ERROR_INPUT, "%s %s", reading->source, what);
    return error_hint(err, "a calendar is what GET /me/calendarView of "
                           "Microsoft Graph answers, or a list of events");
}

/* ---- One event ---- */

/* What json_parse says, with the line in the file and without names of fields,
 * which in a broken event may be anything. */
static bool say_unparsed(struct reading *reading, const struct error *why,
                         struct error *err)
{
    const char *colon = strchr(why->message, ':');
    const char *text = strrchr(why->message, ':');

    if (!strncmp(why->message, PARSED ": ", strlen(PARSED ": ")))
        return say(reading, CALENDAR_ERROR, "",
                   "a field stands twice in one object", err);
    if (colon)
        reading->event.line += strtol(colon + 1, NULL, 10) - 1;
    return say(reading, CALENDAR_ERROR, "", text ? text + 2 : "is no JSON",
               err);
}

static bool parse(struct reading *reading, const struct json_span *span,
                  bool *parsed, struct error *err)
{
    struct calendar_event *event = &reading->event;
    struct error why = {.code = ERROR_NONE};

    *parsed = false;
    if (!span->whole && event->length > TELL_SIZE)
        return say(reading, CALENDAR_ERROR, "", "the file ends within it", err);
    if (span->depth > CALENDAR_FILE_DEPTH)
        return say(reading, CALENDAR_ERROR, "", "is nested more than 100 deep",
                   err);
    event->tree =
        json_parse(&reading->arena, event->text, event->length, PARSED, &why);
    if (!event->tree && why.code != ERROR_INPUT) {
        *err = why;
        return false;
    }
    *parsed = event->tree != NULL;
    return *parsed || say_unparsed(reading, &why, err);
}

static bool is_again(struct reading *reading, bool *again, struct error *err)
{
    enum seen_before before = SEEN_NEVER;

    *again = false;
    if (!reading->id || !*reading->id)
        return true;
    buf_clear(&reading->minified);
    json_minify(&reading->minified, reading->event.text, reading->event.length);
    if (!buf_ok(&reading->minified, err) ||
        !calendar_seen_add(&reading->seen, reading->id, reading->minified.data,
                           reading->minified.length, &before, err))
        return false;
    *again = before == SEEN_SAME;
    reading->event.known_id = before == SEEN_OTHER;
    reading->summary->duplicates += *again;
    return before != SEEN_OTHER ||
           say(reading, CALENDAR_WARNING, "id",
               "is that of an earlier event, which is different", err);
}

static bool give(struct reading *reading, struct error *err)
{
    struct oddity_report report = {say, reading};
    struct calendar_event *event = &reading->event;
    struct meeting_facts facts;
    bool again;
    bool timed = false;

    reading->id = json_member_text(event->tree, "id");
    if (!is_again(reading, &again, err))
        return false;
    if (again)
        return true;
    if (!event_oddities(event->tree, &report, &timed, err) ||
        (timed && !graph_read_facts(&reading->arena, event->tree, &facts, err)))
        return false;
    event->facts = timed ? &facts : NULL;
    reading->summary->events++;
    return reading->visitor->event(reading->visitor->context, event, err);
}

/* What is no event is counted, and said. */
static bool read_parsed(struct reading *reading, struct error *err)
{
    const cJSON *tree = reading->event.tree;

    if (json_member(tree, "@removed")) {
        reading->summary->removed++;
        return true;
    }
    if (json_member(tree, "hitsContainers"))
        return refuse(reading, err,
                      "holds the hits of a search, which are no events");
    if (cJSON_IsObject(tree) && event_is_one(tree))
        return give(reading, err);
    reading->summary->unreadable++;
    return say(reading, CALENDAR_ERROR, "",
               cJSON_IsObject(tree) ? "has no field of an event"
                                    : "is no object",
               err);
}

static bool read_event(struct reading *reading, const struct json_span *span,
                       struct error *err)
{
    bool parsed;

    arena_reset(&reading->arena);
    reading->id = NULL;
    reading->event = (struct calendar_event){
        .index = ++reading->summary->found,
        .line = line_of(reading, span->start),
        .text = span->start,
        .length = (size_t)(span->end - span->start),
    };
    if (!monitor_tick(reading->monitor, "reading", reading->summary->found, 0,
                      err) ||
        !parse(reading, span, &parsed, err))
        return false;
    reading->summary->unreadable += !parsed;
    return !parsed || read_parsed(reading, err);
}

/* ---- Wrappers ---- */

static bool read_value(struct reading *reading, const struct json_span *span,
                       bool in_batch, struct error *err);

static bool read_events(struct reading *reading, const struct json_span *list,
                        struct error *err)
{
    struct span_walk walk = span_walk(list);
    struct json_span span;

    while (span_next_element(&walk, &span))
        if (!read_event(reading, &span, err))
            return false;
    return !walk.broken || say_cut(reading, walk.at, err);
}

/* The members that tell wrappers from events. */
struct members {
    struct json_span value;
    struct json_span events;
    struct json_span responses;
    struct json_span error;
    struct json_span body;
    bool next_link;
    const char *broken; /* where it is no object any more; NULL */
};

static struct members find_members(const struct json_span *object)
{
    struct members members = {.broken = NULL};
    struct span_walk walk = span_walk(object);
    struct json_span name;
    struct json_span value;

    while (span_next_member(&walk, &name, &value)) {
        char first = *value.start;
        members.next_link |= span_is(&name, "@odata.nextLink") && first == '"';
        if (span_is(&name, "value") && first == '[')
            members.value = value;
        else if (span_is(&name, "events") && first == '[')
            members.events = value;
        else if (span_is(&name, "responses") && first == '[')
            members.responses = value;
        else if (span_is(&name, "error") && first == '{')
            members.error = value;
        else if (span_is(&name, "body") && first == '{')
            members.body = value;
    }
    if (walk.broken)
        members.broken = walk.at;
    return members;
}

/* {"code","message"} in the words of who sent it. */
static bool read_error(struct reading *reading, const struct json_span *span,
                       bool in_batch, struct error *err)
{
    struct error ignored;
    const cJSON *tree;
    const char *code;
    const char *message;

    if (in_batch)
        return say_at(reading, CALENDAR_WARNING, span->start,
                      "a request of the batch was answered with an error", err);
    arena_reset(&reading->arena);
    tree = json_parse(&reading->arena, span->start,
                      (size_t)(span->end - span->start), PARSED, &ignored);
    code = json_member_text(tree, "code");
    message = json_member_text(tree, "message");
    error_set(err, ERROR_INPUT,
              "%s is an error that Microsoft Graph answered, and no calendar: "
              "%.100s: %.400s",
              reading->source, code ? code : "no code",
              message ? message : "no message");
    return error_hint(err, "ask again, and save the answer that has \"value\"");
}

static bool read_responses(struct reading *reading,
                           const struct json_span *list, struct error *err)
{
    struct span_walk walk = span_walk(list);
    struct json_span span;

    while (span_next_element(&walk, &span)) {
        struct members members = {.broken = NULL};
        if (*span.start == '{')
            members = find_members(&span);
        if (!members.body.start) {
            if (!say_at(reading, CALENDAR_WARNING, span.start,
                        "an answer of the batch has no body", err))
                return false;
        } else if (!read_value(reading, &members.body, true, err))
            return false;
    }
    return !walk.broken || say_cut(reading, walk.at, err);
}

/* The list of a wrapper, and what is said of more pages. */
static bool read_wrapped(struct reading *reading, const struct members *members,
                         struct error *err)
{
    bool ok;

    reading->summary->more_pages |= members->next_link;
    if (members->responses.start)
        return read_responses(reading, &members->responses, err);
    ok = read_events(reading,
                     members->value.start ? &members->value : &members->events,
                     err);
    if (!ok || !members->broken || reading->summary->cut)
        return ok;
    return say_cut(reading, members->broken, err);
}

static bool read_value(struct reading *reading, const struct json_span *span,
                       bool in_batch, struct error *err)
{
    struct members members;

    if (*span->start == '[')
        return read_events(reading, span, err);
    if (*span->start != '{')
        return read_event(reading, span, err);
    members = find_members(span);
    if (members.value.start || members.events.start ||
        (members.responses.start && !in_batch))
        return read_wrapped(reading, &members, err);
    if (members.error.start)
        return read_error(reading, &members.error, in_batch, err);
    return read_event(reading, span, err);
}

/* ---- Files ---- */

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));

    return newline ? newline : end;
}

/* JSON Lines: the first line is a whole object, or the second starts one where
 * no other JSON could have one. */
static bool is_lines(const char *at, const char *end)
{
    const char *stop = line_end(at, end);
    struct json_span span;

    if (at >= end || *at != '{')
        return false;
    if (span_value(at, stop, &span) && span.whole &&
        span_skip_space(span.end, stop) == stop)
        return true;
    for (at = stop; strchr(" \t\r", at[-1]);)
        at--;
    if (strchr("[,:", at[-1]))
        return false;
    at = span_skip_space(stop, end);
    return at < end && *at == '{';
}

/* A line that is broken ends with it, so that the next one is read. */
static bool read_lines(struct reading *reading, const char *at,
                       struct error *err)
{
    while ((at = span_skip_space(at, reading->end)) < reading->end) {
        const char *stop = line_end(at, reading->end);
        struct json_span span;
        if (!span_value(at, stop, &span) || !span.whole ||
            span_skip_space(span.end, stop) != stop)
            span = (struct json_span){at, stop, true, 0};
        if (span.depth == 0 ? !read_event(reading, &span, err)
                            : !read_value(reading, &span, false, err))
            return false;
        at = stop;
    }
    return true;
}

static bool read_values(struct reading *reading, const char *at,
                        struct error *err)
{
    struct json_span span;

    while ((at = span_skip_space(at, reading->end)) < reading->end) {
        if (!span_value(at, reading->end, &span))
            return say_cut(reading, at, err);
        if (!read_value(reading, &span, false, err))
            return false;
        at = span.end;
    }
    return true;
}

static bool read_all(struct reading *reading, const char *text,
                     struct error *err)
{
    const struct calendar_summary *summary = reading->summary;
    const char *at;

    if (reading->end - text >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        text += 3;
    at = span_skip_space(text, reading->end);
    if (at == reading->end)
        return error_set(err, ERROR_INPUT, "%s is empty", reading->source);
    if (!(is_lines(at, reading->end) ? read_lines : read_values)(reading, at,
                                                                 err))
        return false;
    if (summary->events || summary->removed || !*reading->first_error)
        return true;
    error_set(err, ERROR_INPUT, "%s: %s", reading->source,
              reading->first_error);
    return error_hint(err, "nothing in it can be read as an event");
}

/* The text in UTF-8; the arena holds what was converted. */
static bool decode(struct reading *reading, struct arena *arena,
                   const char **text, size_t *length, size_t *broken,
                   struct error *err)
{
    enum text_encoding encoding = text_encoding(*text, *length);

    if (encoding == TEXT_UTF8)
        return true;
    if (encoding == TEXT_UTF16_BARE) {
        error_set(err, ERROR_INPUT,
                  "%s seems to be UTF-16 without a byte order mark",
                  reading->source);
        return error_hint(err, "save it as UTF-8");
    }
    reading->summary->utf16 = true;
    *text = text_from_utf16(arena, *text, *length, length, broken, err);
    return *text != NULL;
}

bool calendar_text_read(const char *text, size_t length, const char *source,
                        const struct calendar_visitor *visitor,
                        const struct monitor *monitor,
                        struct calendar_summary *summary, struct error *err)
{
    struct reading reading = {.source = source,
                              .visitor = visitor,
                              .monitor = monitor,
                              .summary = summary};
    struct arena arena = ARENA_EMPTY;
    size_t broken = 0;
    bool ok;

    *summary = (struct calendar_summary){.found = 0};
    if (!decode(&reading, &arena, &text, &length, &broken, err)) {
        arena_free(&arena);
        return false;
    }
    reading.start = text;
    reading.end = text + length;
    reading.counted = text;
    reading.line = 1;
    ok = true;
    if (broken)
        ok = say_at(&reading, CALENDAR_WARNING, text,
                    "characters that are not UTF-16 were replaced", err);
    ok = ok && read_all(&reading, text, err);
    calendar_seen_free(&reading.seen);
    buf_free(&reading.minified);
    arena_free(&reading.arena);
    arena_free(&arena);
    return ok;
}

bool calendar_file_read(const char *path,
                        const struct calendar_visitor *visitor,
                        const struct monitor *monitor,
                        struct calendar_summary *summary, struct error *err)
{
    struct arena arena = ARENA_EMPTY;
    size_t length;
    const char *text =
        file_read(&arena, path, CALENDAR_FILE_LIMIT, &length, err);
    bool ok = text && calendar_text_read(text, length, path, visitor, monitor,
                                         summary, err);

    arena_free(&arena);
    return ok;
}
