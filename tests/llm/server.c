/* A server for tests that plays a script: chat completions, files and batches
 * as OpenAI and Azure speak them, over HTTP or TLS, on 127.0.0.1.
 *
 *   server --port-file FILE [--log FILE] [--script FILE] [--tls FOLDER]
 *          [--delay MS] [--seconds N]
 *   server --summary LOG [NAME]
 *   server --run-batch INPUT --output FILE [--errors FILE] [--script FILE]
 *          [--log FILE]
 *
 * It writes its port to FILE (which may be a fifo) once it listens, and ends
 * after N seconds (120), on SIGTERM, or with whoever started it.  Every request
 * is in the log before it is answered, a JSON line; a chat request whose shape
 * is not what services ask for is answered with 400 and logged as a violation.
 * --delay holds every chat answer back.  --summary prints what a log amounts
 * to, or one count of it; --run-batch runs a batch file as vLLM's program does,
 * one file for all results unless --errors names another for what failed.
 *
 * Without a script every chat request gets a good reply, made of the request
 * alone: of what stands in its briefs, and of words.  A script has a rule a
 * line, "#" starts a comment, and the first rule that is left and applies is
 * used up by a request:
 *
 *   [Nx | always] [if "TEXT"] [on RESOURCE] ANSWER [OPTION...]
 *
 *   Nx              N times instead of once; always: never used up
 *   if "TEXT"       only when the body contains TEXT (\" for a quote)
 *   on RESOURCE     chat (which is the default, batch lines included), files
 *                   (upload), content (download), batches, other
 *
 * Answers:
 *   good            parts: the content as a list of parts; no-usage
 *   STATUS          an error such as 429, with the type and code that are
 *                   usual; options: type= code= param= message=
 *   400 unsupported FIELD   for a body that has it (max_tokens, temperature …,
 *                   or json_schema, json_object); others pass it by
 *   400 unknown FIELD       the same in the words of older servers, no code
 *   refusal  content_filter  filter-input
 *   filter-broken   good, but the filter did not run
 *   length          cut by the limit of tokens; "length empty": nothing at all
 *   bad-json        the content is half of a JSON
 *   missing  double  stranger   a brief too few, one twice, one too many
 *   nonsense        whole meetings of -30 minutes with 3,000 people, otherwise
 *                   a subject of 2,000 characters; only=minutes|people|subject
 *   drift           kinds in capitals, numbers as text, a code fence
 *   twin            the same texts for every brief
 *   large=200M      so many bytes of content, without holding them
 *   slow=1          so many bytes of the body a second
 *   stall           not a byte    cut: half of the body    drop: no reply
 *   redirect=URL    307
 *   html            a 502 as proxies make it
 *   echo-key        a 401 that repeats the key, as it came and in base64
 *   raw="BYTES"     this body
 *   batch           how the next batch goes: polls=2 looks until it ends,
 *                   end=completed|expired|failed|cancelled, keep=N lines that
 *                   are run, order=mixed|kept|reversed, style=azure
 *
 * Options of any: delay=MS, retry-after=S, retry-after-ms=MS,
 * retry-after-date=+S, should-retry=true, header="Name: value", chunked, close,
 * status=CODE. */
#include "tests/llm/answer.h"
#include "tests/llm/batches.h"
#include "tests/llm/loop.h"
#include "tests/llm/shape.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

struct server {
    struct script *script;
    struct log *log;
    struct batches *batches;
    int64_t delay;
    int64_t count; /* of requests */
};

/* ---- What is asked for ---- */

enum call {
    CALL_CHAT,
    CALL_UPLOAD,
    CALL_DOWNLOAD,
    CALL_MAKE,
    CALL_LOOK,
    CALL_CANCEL,
    CALL_LIST,
    CALL_UNKNOWN
};

struct target {
    enum call call;
    enum resource resource;
    char id[64];
};

/* The step of a path that stands `back` from its end, 0 being the last. */
static void step_of(const char *path, int back, char step[64])
{
    const char *end = path + strlen(path);
    step[0] = '\0';
    for (const char *start = end; start > path;) {
        start--;
        if (*start != '/')
            continue;
        size_t length = (size_t)(end - start) - 1;
        if (back-- == 0 && length < 64) {
            memcpy(step, start + 1, length);
            step[length] = '\0';
            return;
        }
        end = start;
    }
}

static struct target target_of(const struct request *request)
{
    struct target target = {CALL_UNKNOWN, ON_OTHER, ""};
    char last[64], before[64], third[64];
    bool post = !strcmp(request->method, "POST");
    bool get = !strcmp(request->method, "GET");
    step_of(request->path, 0, last);
    step_of(request->path, 1, before);
    step_of(request->path, 2, third);
    if (post && !strcmp(before, "chat") && !strcmp(last, "completions"))
        return (struct target){CALL_CHAT, ON_CHAT, ""};
    if (post && !strcmp(last, "files"))
        return (struct target){CALL_UPLOAD, ON_FILES, ""};
    if (!strcmp(last, "batches"))
        return (struct target){post  ? CALL_MAKE
                               : get ? CALL_LIST
                                     : CALL_UNKNOWN,
                               ON_BATCHES, ""};
    if (get && !strcmp(last, "content") && !strcmp(third, "files")) {
        target = (struct target){CALL_DOWNLOAD, ON_CONTENT, ""};
        memcpy(target.id, before, sizeof(before));
    } else if (get && !strcmp(before, "batches")) {
        target = (struct target){CALL_LOOK, ON_BATCHES, ""};
        memcpy(target.id, last, sizeof(last));
    } else if (post && !strcmp(last, "cancel") && !strcmp(third, "batches")) {
        target = (struct target){CALL_CANCEL, ON_BATCHES, ""};
        memcpy(target.id, before, sizeof(before));
    }
    return target;
}

static const char *secret_of(const struct request *request)
{
    const char *bearer = request_header(request, "authorization");
    const char *key = request_header(request, "api-key");
    return bearer ? bearer : key ? key : "";
}

/* ---- Answers ---- */

static void chat(struct server *server, const struct request *request,
                 const struct chat *chat, struct reply *reply, struct text *why)
{
    bool named = !strncmp(request->path, "/openai/deployments/", 20);
    if (!shape_of_chat(chat->body, chat->bytes, chat->length, named, why))
        return;
    reply->delay = server->delay;
    answer_chat(server->script, chat, reply);
}

static void list(struct server *server, const struct request *request,
                 struct reply *reply)
{
    const char *text = request_parameter(request, "after");
    const char *limit = request_parameter(request, "limit");
    struct text after = {0};
    text_add(&after, text ? text : "", text ? strcspn(text, "&") : 0);
    batches_list(server->batches, limit ? strtol(limit, NULL, 10) : 20,
                 after.bytes, reply);
    text_free(&after);
}

/* What is not chat, when no rule of the script has another answer. */
static void other(struct server *server, const struct request *request,
                  const struct target *target, struct reply *reply,
                  struct text *why)
{
    switch (target->call) {
    case CALL_UPLOAD:
        batches_upload(server->batches, request, reply, why);
        break;
    case CALL_DOWNLOAD:
        batches_download(server->batches, target->id, reply);
        break;
    case CALL_MAKE:
        batches_make(server->batches, request, reply, why);
        break;
    case CALL_LOOK:
        batches_look(server->batches, target->id, reply);
        break;
    case CALL_CANCEL:
        batches_cancel(server->batches, target->id, reply);
        break;
    case CALL_LIST:
        list(server, request, reply);
        break;
    case CALL_CHAT:
    case CALL_UNKNOWN:
        answer_error(reply, 404, "Unknown request URL.",
                     "invalid_request_error", NULL, "unknown_url");
        break;
    }
}

static void give_answer(struct server *server, const struct request *request,
                        const struct chat *asked, struct reply *reply,
                        struct text *why)
{
    struct target target = target_of(request);
    if (!shape_of_request(request, why))
        return;
    if (target.call == CALL_CHAT) {
        chat(server, request, asked, reply, why);
        return;
    }
    const struct rule *rule =
        script_next(server->script, target.resource, asked->bytes, NULL, NULL);
    if (!rule || !answer_plainly(rule, asked, reply))
        other(server, request, &target, reply, why);
    answer_finish(rule, reply);
}

static void answer(void *context, const struct request *request, int in_flight,
                   struct reply *reply, int64_t *number)
{
    struct server *server = context;
    struct text why = {0};
    *number = ++server->count;
    log_request(server->log, *number, in_flight, request);
    const char *bytes = request->body.length ? request->body.bytes : "";
    cJSON *body = cJSON_ParseWithOpts(bytes, NULL, 1);
    struct chat asked = {.bytes = bytes,
                         .length = request->body.length,
                         .body = body,
                         .secret = secret_of(request),
                         .number = *number};
    give_answer(server, request, &asked, reply, &why);
    if (why.length) {
        log_violation(server->log, *number, why.bytes);
        reply_free(reply);
        answer_error(reply, 400, why.bytes, "invalid_request_error", NULL,
                     NULL);
    }
    cJSON_Delete(body);
    text_free(&why);
}

static void answered(void *context, int64_t number, int status, bool whole)
{
    const struct server *server = context;
    log_answer(server->log, number, status, whole);
}

/* ---- The command line ---- */

struct arguments {
    struct loop_options loop;
    const char *log, *script, *summary, *batch, *output, *errors;
    int64_t delay;
};

static void read_arguments(struct arguments *arguments, int argc, char **argv)
{
    static const struct option options[] = {
        {"port-file", required_argument, NULL, 'p'},
        {"log", required_argument, NULL, 'l'},
        {"script", required_argument, NULL, 's'},
        {"tls", required_argument, NULL, 't'},
        {"delay", required_argument, NULL, 'd'},
        {"seconds", required_argument, NULL, 'n'},
        {"summary", required_argument, NULL, 'S'},
        {"run-batch", required_argument, NULL, 'b'},
        {"output", required_argument, NULL, 'o'},
        {"errors", required_argument, NULL, 'e'},
        {NULL, 0, NULL, 0}};
    for (int c = 0; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (c) {
        case 'p':
            arguments->loop.port_file = optarg;
            break;
        case 'l':
            arguments->log = optarg;
            break;
        case 's':
            arguments->script = optarg;
            break;
        case 't':
            arguments->loop.tls = optarg;
            break;
        case 'd':
            arguments->delay = strtoll(optarg, NULL, 10);
            break;
        case 'n':
            arguments->loop.seconds = strtoll(optarg, NULL, 10);
            break;
        case 'S':
            arguments->summary = optarg;
            break;
        case 'b':
            arguments->batch = optarg;
            break;
        case 'o':
            arguments->output = optarg;
            break;
        case 'e':
            arguments->errors = optarg;
            break;
        default:
            give_up("its options stand at the top of server.c");
        }
    }
}

int main(int argc, char **argv)
{
    struct arguments arguments = {.loop = {.seconds = 120}};
    read_arguments(&arguments, argc, argv);
    if (arguments.summary) {
        log_summary(arguments.summary, argv[optind]);
        return 0;
    }
    if (!arguments.loop.port_file && !(arguments.batch && arguments.output))
        give_up("no --port-file, and nothing else to do");
    struct server server = {.delay = arguments.delay};
    server.script = script_read(arguments.script);
    server.log = log_open(arguments.log);
    server.batches = batches_open(server.script, server.log);
    struct service service = {&server, answer, answered};
    if (arguments.batch)
        batches_run(server.batches, arguments.batch, arguments.output,
                    arguments.errors);
    else
        loop_run(&arguments.loop, &service);
    batches_close(server.batches);
    log_close(server.log);
    script_free(server.script);
    return 0;
}
