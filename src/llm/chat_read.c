/* What a reply means.
 *
 * First what the transfer itself says, then the status, then the body.  Texts
 * of servers decide only where they name a code or a field. */
#include "chat_internal.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* One reply that is being read. */
struct reading {
    struct arena *arena;
    const struct http_reply *reply;
    const struct chat_traits *traits;
    int64_t now;
    struct chat_reply *result;
    struct error *err;
};

/* ---- Results ---- */

/* Sets outcome and reason; `detail` comes from a server, "" for none. */
static bool end_as(struct reading *reading, enum chat_outcome outcome,
                   const char *what, const char *detail)
{
    struct chat_reply *result = reading->result;
    const char *text = arena_format(reading->arena, reading->err, "%s%s%s",
                                    what, *what && *detail ? ": " : "", detail);

    result->outcome = outcome;
    result->reason =
        text ? chat_clean(reading->arena, text, reading->err) : NULL;
    if (outcome == CHAT_RETRY)
        result->wait = chat_wait(reading->reply, reading->now);
    return result->reason != NULL;
}

static bool end_fatally(struct reading *reading, const char *what,
                        const char *detail, const char *hint)
{
    reading->result->hint = hint;
    return end_as(reading, CHAT_FATAL, what, detail);
}

/* ---- Redirects ---- */

/* The host of an absolute URL without user and port, cut at what no host
 * holds. */
static size_t host_of(const char *url, const char **host)
{
    const char *at = strstr(url, "//");
    const char *user;
    size_t length;

    if (!at || strcspn(url, "/?#") < (size_t)(at - url))
        return 0;
    at += 2;
    length = strcspn(at, "/?#\\");
    for (user = at + length; user > at && user[-1] != '@'; user--)
        ;
    length -= (size_t)(user - at);
    *host = user;
    at = memchr(user, ']', length);
    if (*user == '[' && at)
        return (size_t)(at - user) + 1;
    at = memchr(user, ':', length);
    return at ? (size_t)(at - user) : length;
}

static bool end_as_redirect(struct reading *reading)
{
    const char *location = reading->reply->location;
    const char *host;
    size_t length = location ? host_of(location, &host) : 0;
    const char *what = "the endpoint redirects; redirects are not followed";

    if (length)
        what = arena_format(reading->arena, reading->err,
                            "the endpoint redirects to %.*s; redirects are not "
                            "followed",
                            (int)length, host);
    return what && end_fatally(reading, what, "",
                               "name the URL at which the service itself "
                               "answers, with https: where it wants that");
}

/* ---- Errors ---- */

static const char *const billing_codes[] = {"insufficient_quota",
                                            "credit_balance_exhausted",
                                            "organization_spend_limit_exceeded",
                                            "project_spend_limit_exceeded",
                                            "organization_usage_limit_exceeded",
                                            "billing_hard_limit_reached",
                                            "billing_not_active",
                                            NULL};
static const char *const filter_codes[] = {
    "content_filter", "content_policy_violation",
    "ResponsibleAIPolicyViolation", "invalid_prompt", NULL};
static const char *const model_codes[] = {"model_not_found",
                                          "DeploymentNotFound", NULL};
static const char *const key_codes[] = {
    "invalid_api_key", "authentication_error", "account_deactivated", NULL};
static const char *const overload_codes[] = {"server_is_overloaded",
                                             "overloaded_error", "slow_down",
                                             "rate_limit_exceeded", NULL};

static const char billing_hint[] =
    "see to plan and billing at the provider; what was asked is kept, and the "
    "job can be resumed";
static const char key_hint[] =
    "check the key, and that it is one of this endpoint";
static const char url_hint[] =
    "check the model's name and the base URL, which usually ends in /v1";

/* Some services tell of a wrong key by 400 and words. */
static bool blames_key(const struct chat_fault *fault)
{
    return fault->message && strcasestr(fault->message, "api key") &&
           (strcasestr(fault->message, "valid") ||
            strcasestr(fault->message, "incorrect"));
}

static const char *fatal_hint(int status, const struct chat_fault *fault)
{
    if (status == 402 || chat_fault_is(fault, billing_codes))
        return billing_hint;
    if (chat_fault_is(fault, model_codes))
        return url_hint;
    if (chat_fault_is(fault, key_codes) || (status == 400 && blames_key(fault)))
        return key_hint;
    switch (status) {
    case 401:
    case 407:
        return key_hint;
    case 403:
        return "check what the key may use, and whether the service is offered "
               "where you are";
    case 404:
    case 405:
    case 410:
        return url_hint;
    default:
        return NULL;
    }
}

static bool is_temporary(int status)
{
    return status == 408 || status == 409 || status == 425 || status == 429 ||
           status >= 500 || status < 200;
}

static bool should_retry(const struct http_reply *reply, const char *answer)
{
    return reply->should_retry && !strcasecmp(reply->should_retry, answer);
}

static bool end_as_temporary(struct reading *reading, int status,
                             const struct chat_fault *fault, const char *what)
{
    if (should_retry(reading->reply, "false") && status == 429)
        return end_fatally(reading, what, fault->message, billing_hint);
    if (should_retry(reading->reply, "false") && status != 425)
        return end_as(reading, CHAT_REJECTED, what, fault->message);
    reading->result->limited = status == 429 || status == 503 ||
                               status == 529 ||
                               chat_fault_is(fault, overload_codes);
    return end_as(reading, CHAT_RETRY, what, fault->message);
}

/* What an error of this status means; `what` opens the reason. */
static bool end_as_error(struct reading *reading, int status,
                         const struct chat_fault *fault, const char *what)
{
    struct chat_reply *result = reading->result;
    const char *hint = fatal_hint(status, fault);
    const char *message = fault->message;

    if (hint)
        return end_fatally(reading, what, message, hint);
    if (chat_fault_is(fault, filter_codes) && status < 500)
        return end_as(reading, CHAT_REFUSED, what, message);
    if (is_temporary(status))
        return end_as_temporary(reading, status, fault, what);
    if ((status == 400 || status == 422) && chat_adapt(fault, &result->traits))
        return end_as(reading, CHAT_ADAPT, what, message);
    return end_as(reading,
                  should_retry(reading->reply, "true") ? CHAT_RETRY
                                                       : CHAT_REJECTED,
                  what, message);
}

static bool read_failure(struct reading *reading, const cJSON *tree)
{
    const struct http_reply *reply = reading->reply;
    struct chat_fault fault;
    const char *what;

    if (reply->status >= 300 && reply->status < 400)
        return end_as_redirect(reading);
    what = arena_format(reading->arena, reading->err, "HTTP %d", reply->status);
    return what &&
           chat_read_fault(reading->arena, tree, reply->body, reply->length,
                           &fault, reading->err) &&
           end_as_error(reading, reply->status, &fault, what);
}

/* The status that an error has which came with a good one. */
static int status_of(const struct chat_fault *fault)
{
    static const char *const limits[] = {"rate_limit_exceeded",
                                         "rate_limit_error", NULL};
    static const char *const wrong[] = {
        "invalid_request_error",   "unsupported_parameter",
        "unsupported_value",       "unknown_parameter",
        "context_length_exceeded", "content_filter",
        "BadRequestError",         NULL};

    if (fault->number >= 400)
        return fault->number;
    if (chat_fault_is(fault, limits))
        return 429;
    return chat_fault_is(fault, wrong) ? 400 : 500;
}

static bool read_inner_error(struct reading *reading, const cJSON *error)
{
    struct chat_fault fault;

    return chat_read_error(reading->arena, error, &fault, reading->err) &&
           end_as_error(reading, status_of(&fault), &fault,
                        "an error within a reply");
}

/* ---- Answers ---- */

/* What is more than any model does is no count, and sums of what is less do
 * not overflow. */
static const double most_counted = 1e9;

static int64_t count_of(const cJSON *object, const char *name)
{
    const cJSON *value = json_member(object, name);

    if (!cJSON_IsNumber(value) ||
        !(value->valuedouble >= 0 && value->valuedouble <= most_counted))
        return -1;
    return (int64_t)value->valuedouble;
}

static int64_t within(int64_t part, int64_t whole)
{
    return part < 0 ? 0 : part > whole ? whole : part;
}

static void read_usage(const cJSON *tree, struct chat_usage *usage)
{
    const cJSON *object = json_member(tree, "usage");
    int64_t prompt = count_of(object, "prompt_tokens");
    int64_t completion = count_of(object, "completion_tokens");
    int64_t total = count_of(object, "total_tokens");

    if (completion < 0 && prompt >= 0 && total >= prompt)
        completion = total - prompt;
    usage->known = prompt >= 0 || completion >= 0;
    usage->prompt = prompt < 0 ? 0 : prompt;
    usage->completion = completion < 0 ? 0 : completion;
    usage->cached = within(
        count_of(json_member(object, "prompt_tokens_details"), "cached_tokens"),
        usage->prompt);
    usage->reasoning =
        within(count_of(json_member(object, "completion_tokens_details"),
                        "reasoning_tokens"),
               usage->completion);
}

static bool read_name(struct reading *reading, const cJSON *tree,
                      const char *member, const char **name)
{
    const char *text = json_member_text(tree, member);

    *name = text ? chat_clean(reading->arena, text, reading->err) : NULL;
    return !text || *name;
}

/* Some services give content as a list of parts, thoughts among them. */
static void add_part(const cJSON *part, struct buf *content,
                     struct buf *refusal)
{
    const char *type = json_member_text(part, "type");
    const char *text = json_member_text(part, "text");

    if (cJSON_IsString(part))
        buf_text(content, part->valuestring);
    else if (type && !strcmp(type, "refusal") &&
             json_member_text(part, "refusal"))
        buf_text(refusal, json_member_text(part, "refusal"));
    else if (text &&
             (!type || !strcmp(type, "text") || !strcmp(type, "output_text")))
        buf_text(content, text);
}

static bool keep(struct reading *reading, struct buf *buf, const char **text)
{
    *text = NULL;
    if (buf_ok(buf, reading->err))
        *text = arena_bytes(reading->arena, buf_string(buf), buf->length,
                            reading->err);
    buf_free(buf);
    return *text != NULL;
}

/* Both are "" when there is none. */
static bool read_message(struct reading *reading, const cJSON *message,
                         const char **content, const char **refusal)
{
    const cJSON *value = json_member(message, "content");
    const char *refused = json_member_text(message, "refusal");
    struct buf text = BUF_EMPTY;
    struct buf no = BUF_EMPTY;
    const cJSON *part;
    bool kept;

    if (cJSON_IsString(value))
        buf_text(&text, value->valuestring);
    cJSON_ArrayForEach (part, value) {
        add_part(part, &text, &no);
    }
    if (refused)
        buf_text(&no, refused);
    kept = keep(reading, &text, content);
    return keep(reading, &no, refusal) && kept;
}

static bool reason_is(const char *reason, const char *const *names)
{
    for (; *names; names++)
        if (!strcasecmp(reason, *names))
            return true;
    return false;
}

/* Services name reasons otherwise too; one that is not known, or missing, says
 * nothing, and the content has to speak for itself. */
static bool end_by_reason(struct reading *reading, const char *reason,
                          const char *refusal)
{
    static const char *const cut[] = {"length", "max_tokens", "model_length",
                                      NULL};
    static const char *const filtered[] = {"content_filter", "safety", NULL};
    static const char *const failed[] = {"error",
                                         "insufficient_system_resource", NULL};
    static const char *const tools[] = {"tool_calls", "function_call", NULL};

    if (*refusal)
        return end_as(reading, CHAT_REFUSED, "the model refused", refusal);
    if (reason_is(reason, filtered))
        return end_as(reading, CHAT_REFUSED,
                      "a content filter stopped the reply", "");
    if (reason_is(reason, cut))
        return end_as(reading, CHAT_TRUNCATED,
                      "the reply reached the limit of tokens", "");
    if (reason_is(reason, failed)) {
        reading->result->limited = true;
        return end_as(reading, CHAT_RETRY, "the service broke off the reply",
                      "");
    }
    if (reason_is(reason, tools) && !*reading->result->content)
        return end_as(reading, CHAT_REJECTED,
                      "the model called a tool instead of answering", "");
    reading->result->outcome = CHAT_ANSWERED;
    return true;
}

static bool read_choice(struct reading *reading, const cJSON *choice)
{
    const cJSON *error = json_member(choice, "error");
    const char *reason = json_member_text(choice, "finish_reason");
    const char *content;
    const char *refusal;

    if (cJSON_IsObject(error))
        return read_inner_error(reading, error);
    if (!read_message(reading, json_member(choice, "message"), &content,
                      &refusal))
        return false;
    reading->result->content = content;
    if (!end_by_reason(reading, reason ? reason : "", refusal))
        return false;
    if (!*content && reading->result->outcome != CHAT_ANSWERED)
        reading->result->content = NULL;
    return true;
}

/* A whole reply with a good status.  `why` it is no JSON, NULL when it is. */
static bool read_answer(struct reading *reading, const cJSON *tree,
                        const char *why)
{
    const struct http_reply *reply = reading->reply;
    const cJSON *choices = json_member(tree, "choices");
    const cJSON *error = json_member(tree, "error");
    struct chat_reply *result = reading->result;

    if (!tree && chat_is_html(reply->body, reply->length))
        return end_fatally(reading, "the endpoint answers with a web page", "",
                           url_hint);
    if (!tree)
        return end_as(reading, CHAT_RETRY, "the reply is not JSON",
                      reply->length ? why : "it is empty");
    read_usage(tree, &result->usage);
    if (!read_name(reading, tree, "model", &result->model) ||
        !read_name(reading, tree, "id", &result->id))
        return false;
    if (cJSON_IsArray(choices) && choices->child)
        return read_choice(reading, choices->child);
    if (cJSON_IsObject(error) || (cJSON_IsString(error) && *error->valuestring))
        return read_inner_error(reading, error);
    return end_as(reading, CHAT_REJECTED, "the reply holds no choices", "");
}

/* ---- Transfers ---- */

/* What went wrong before there was a whole reply.  A reply that says no is
 * worth reading even when it was cut. */
static bool read_transfer(struct reading *reading, bool *ended)
{
    const struct http_reply *reply = reading->reply;
    const char *failure = reply->failure ? reply->failure : "";
    bool good =
        reply->status == 0 || (reply->status >= 200 && reply->status < 300);

    *ended = true;
    if (reply->fatal)
        return end_fatally(reading, *failure ? failure : "no reply", "",
                           "check the host, and which certificates are "
                           "trusted; others can be named as a CA file");
    if (good && reply->too_large)
        return end_as(reading, CHAT_REJECTED,
                      "the reply is larger than any that was asked for", "");
    if (good && reply->timed_out)
        return end_as(reading, CHAT_RETRY, "no whole reply in time", failure);
    if (good && (!reply->status || *failure))
        return end_as(reading, CHAT_RETRY, *failure ? failure : "no reply", "");
    *ended = false;
    return true;
}

bool chat_read(struct arena *arena, const struct http_reply *reply,
               const struct chat_traits *traits, int64_t now,
               struct chat_reply *result, struct error *err)
{
    struct reading reading = {arena, reply, traits, now, result, err};
    struct http_reply empty = *reply;
    const cJSON *tree;
    const char *why;
    bool ended;

    *result = (struct chat_reply){
        .outcome = CHAT_REJECTED, .wait = -1, .traits = *traits};
    if (!reply->body) {
        empty.body = "";
        empty.length = 0;
        reading.reply = &empty;
    }
    if (!read_transfer(&reading, &ended) || ended)
        return ended && result->reason;
    if (!chat_parse(arena, reading.reply->body, reading.reply->length, &tree,
                    &why, err))
        return false;
    if (reply->status >= 200 && reply->status < 300)
        return read_answer(&reading, tree, why);
    return read_failure(&reading, tree);
}

bool chat_read_body(struct arena *arena, int status, const char *body,
                    size_t length, const struct chat_traits *traits,
                    struct chat_reply *result, struct error *err)
{
    const struct http_reply reply = {
        .status = status, .body = body, .length = length};

    return chat_read(arena, &reply, traits, 0, result, err);
}
