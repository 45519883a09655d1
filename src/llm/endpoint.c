/* Base URLs, in the forms in which people have them at hand, and the URLs that
 * are made of them.
 *
 *   OpenAI-compatible   BASE/chat/completions
 *   Azure, v1           BASE/openai/v1/chat/completions
 *   Azure, older        BASE/openai/deployments/NAME/chat/completions
 *                       ?api-version=2024-10-21 */
#include "datebook/endpoint.h"

#include <string.h>
#include <strings.h>

enum { MOST_URL = 2048, MOST_MODEL = 256 };

static const char default_base[] = "https://api.openai.com/v1";
static const char chat_resource[] = "/chat/completions";

/* What is said where: options, then the URL, then the environment. */
struct opening {
    struct arena *arena;
    const struct endpoint_options *options;
    struct endpoint *endpoint;
    const char *url_model;   /* that an Azure URL names; NULL */
    const char *url_version; /* the same of its api-version */
    struct error *err;
};

static const char *variable(const struct endpoint_options *options,
                            const char *name)
{
    const char *value = options->variable ? options->variable(name) : NULL;

    return value && *value ? value : NULL;
}

static bool is_azure(const struct opening *opening)
{
    return opening->options->provider == PROVIDER_AZURE;
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* ---- Base URLs ---- */

/* A URL may hold a password or a key, so no message quotes it. */
static bool wrong_url(struct opening *opening, const char *what)
{
    error_set(opening->err, ERROR_INPUT, "the base URL %s", what);
    if (is_azure(opening))
        error_hint(opening->err,
                   "give it as in https://RESOURCE.openai.azure.com");
    else
        error_hint(opening->err, "give it as in %s or http://localhost:8000/v1",
                   default_base);
    return false;
}

/* The path and host of a URL that is being taken apart, in the arena. */
struct url {
    char *scheme;
    char *host;  /* with its port */
    char *path;  /* "" or "/…" without a final slash */
    char *query; /* without "?"; "" */
};

static bool check_characters(struct opening *opening, const char *text)
{
    if (strlen(text) > MOST_URL)
        return wrong_url(opening, "is too long");
    for (const char *c = text; *c; c++)
        if (*c <= ' ' || *c > '~' || strchr("\\\"<>^`{|}", *c))
            return wrong_url(opening, "holds a character that no URL does");
    return !strchr(text, '#') || wrong_url(opening, "has a fragment (#)");
}

/* A name, an IPv4 address or one of IPv6 in brackets; a port. */
static bool check_host(struct opening *opening, const char *host)
{
    const char *end = host;
    long port = 0;

    if (*host == '[') {
        end += 1 + strspn(host + 1, "0123456789abcdef:.");
        if (*end != ']' || end == host + 1)
            return wrong_url(opening, "names no host");
        end++;
    } else {
        while (is_alphanumeric(*end) || *end == '.' || *end == '-' ||
               *end == '_')
            end++;
        if (end == host)
            return wrong_url(opening, "names no host");
    }
    if (!*end)
        return true;
    if (*end++ != ':' || !*end || strlen(end) > 5)
        return wrong_url(opening, "names a host that cannot be");
    for (; *end >= '0' && *end <= '9'; end++)
        port = port * 10 + (*end - '0');
    return (!*end && port > 0 && port < 65536) ||
           wrong_url(opening, "names a port that cannot be");
}

static void lower(char *text)
{
    for (; *text; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text - 'A' + 'a');
}

static void cut_slashes(char *path)
{
    size_t length = strlen(path);

    while (length && path[length - 1] == '/')
        path[--length] = '\0';
}

/* Cuts a suffix, and the slashes that it leaves at the end. */
static bool cut_suffix(char *path, const char *suffix)
{
    size_t length = strlen(path);
    size_t size = strlen(suffix);

    if (length < size || strcmp(path + length - size, suffix) != 0)
        return false;
    path[length - size] = '\0';
    cut_slashes(path);
    return true;
}

static bool split_url(struct opening *opening, const char *text,
                      struct url *url)
{
    char *copy = arena_text(opening->arena, text, opening->err);
    char *authority;
    size_t length;

    if (!copy)
        return false;
    authority = strstr(copy, "://");
    if (!authority || authority == copy)
        return wrong_url(opening, "does not start with https:// or http://");
    *authority = '\0';
    authority += 3;
    lower(copy);
    if (strcmp(copy, "https") != 0 && strcmp(copy, "http") != 0)
        return wrong_url(opening, "is neither https nor http");
    length = strcspn(authority, "/?");
    url->scheme = copy;
    url->host = arena_bytes(opening->arena, authority, length, opening->err);
    url->path = authority + length;
    url->query = strchr(url->path, '?');
    if (url->query)
        *url->query++ = '\0';
    else
        url->query = url->path + strlen(url->path);
    if (!url->host)
        return false;
    if (strchr(url->host, '@'))
        return wrong_url(opening, "holds a user or password: a key comes from "
                                  "the environment or a file");
    lower(url->host);
    cut_slashes(url->path);
    return check_host(opening, url->host);
}

/* "/openai/deployments/NAME", with what stands before it left. */
static bool take_deployment(struct opening *opening, char *path)
{
    static const char middle[] = "/openai/deployments/";
    char *at = strstr(path, middle);
    char *name;

    if (!at)
        return true;
    name = at + sizeof middle - 1;
    if (!*name || strpbrk(name, "/%"))
        return wrong_url(opening, "has a path that is none of Azure OpenAI");
    *at = '\0';
    opening->url_model = name;
    return true;
}

static bool take_query(struct opening *opening, const char *query)
{
    static const char version[] = "api-version=";

    if (!*query)
        return true;
    if (!is_azure(opening) ||
        strncmp(query, version, sizeof version - 1) != 0 ||
        strchr(query, '&') || !query[sizeof version - 1])
        return wrong_url(opening, "has a query (?)");
    opening->url_version = query + sizeof version - 1;
    return true;
}

/* 127.0.0.0/8 as four numbers: 127.example.com is a name. */
static bool is_loopback(const char *host, size_t length)
{
    int dots = 0;

    if (length < 4 || strncmp(host, "127.", 4) != 0)
        return false;
    for (size_t i = 0; i < length; i++)
        if (host[i] == '.')
            dots++;
        else if (host[i] < '0' || host[i] > '9')
            return false;
    return dots == 3;
}

static bool is_local(const char *host)
{
    static const char name[] = "localhost";
    size_t length = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
    size_t size = sizeof name - 1;

    if (length == 5 && !strncmp(host, "[::1]", 5))
        return true;
    if (length >= size && !strncmp(host + length - size, name, size) &&
        (length == size || host[length - size - 1] == '.'))
        return true;
    return is_loopback(host, length);
}

static bool take_base(struct opening *opening, const char *text)
{
    struct endpoint *endpoint = opening->endpoint;
    struct url url = {0};

    if (!check_characters(opening, text) || !split_url(opening, text, &url) ||
        !take_query(opening, url.query))
        return false;
    cut_suffix(url.path, chat_resource);
    if (is_azure(opening)) {
        if (!take_deployment(opening, url.path))
            return false;
        if (!cut_suffix(url.path, "/openai/v1"))
            cut_suffix(url.path, "/openai");
    }
    endpoint->host = url.host;
    endpoint->plain = !strcmp(url.scheme, "http");
    endpoint->local = is_local(url.host);
    endpoint->base = arena_format(opening->arena, opening->err, "%s://%s%s",
                                  url.scheme, url.host, url.path);
    return endpoint->base != NULL;
}

static bool open_base(struct opening *opening)
{
    const char *base = opening->options->base_url;

    if (base && !*base)
        return wrong_url(opening, "is empty");
    if (!base)
        base = variable(opening->options, is_azure(opening)
                                              ? "AZURE_OPENAI_ENDPOINT"
                                              : "OPENAI_BASE_URL");
    if (!base && is_azure(opening)) {
        error_set(opening->err, ERROR_USAGE,
                  "it is not said which Azure OpenAI resource to use");
        return error_hint(opening->err,
                          "set AZURE_OPENAI_ENDPOINT, or give the base URL: "
                          "https://RESOURCE.openai.azure.com");
    }
    return take_base(opening, base ? base : default_base);
}

/* ---- Model and API version ---- */

static bool open_model(struct opening *opening)
{
    struct endpoint *endpoint = opening->endpoint;
    const char *model = opening->options->model;

    if (!model)
        model = opening->url_model;
    if (!model)
        model = variable(opening->options, is_azure(opening)
                                               ? "AZURE_OPENAI_DEPLOYMENT"
                                               : "OPENAI_MODEL");
    if (!model) {
        error_set(opening->err, ERROR_USAGE, "it is not said which %s to use",
                  is_azure(opening) ? "deployment" : "model");
        return error_hint(opening->err, "name it as the model, or set %s",
                          is_azure(opening) ? "AZURE_OPENAI_DEPLOYMENT"
                                            : "OPENAI_MODEL");
    }
    if (!*model || strlen(model) > MOST_MODEL)
        return error_set(opening->err, ERROR_INPUT, "the model's name is %s",
                         *model ? "too long" : "empty");
    for (const char *c = model; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            return error_set(opening->err, ERROR_INPUT,
                             "the model's name holds a control character");
    endpoint->model = arena_text(opening->arena, model, opening->err);
    return endpoint->model != NULL;
}

/* The v1 form knows these; all others are dates, for the older form. */
static bool is_v1(const char *version)
{
    return !strcasecmp(version, "v1") || !strcasecmp(version, "preview") ||
           !strcasecmp(version, "latest");
}

static bool open_version(struct opening *opening)
{
    struct endpoint *endpoint = opening->endpoint;
    const char *version = opening->options->api_version;

    if (!is_azure(opening))
        return !version || error_set(opening->err, ERROR_USAGE,
                                     "only Azure OpenAI has API versions");
    if (!version)
        version = opening->url_version;
    if (!version)
        version = variable(opening->options, "OPENAI_API_VERSION");
    if (!version)
        return true;
    for (const char *c = version; *c || c == version; c++)
        if ((!is_alphanumeric(*c) && *c != '-' && *c != '.') ||
            c - version > 40) {
            error_set(opening->err, ERROR_INPUT,
                      "the API version is not one such as 2024-10-21");
            return error_hint(opening->err, "leave it out, and unset "
                                            "OPENAI_API_VERSION, for Azure's "
                                            "v1 form of URL");
        }
    endpoint->legacy = !is_v1(version);
    endpoint->api_version = arena_text(opening->arena, version, opening->err);
    return endpoint->api_version != NULL;
}

/* ---- Keys ---- */

static bool open_key(struct opening *opening)
{
    const struct endpoint_options *options = opening->options;
    struct endpoint *endpoint = opening->endpoint;
    const char *name =
        is_azure(opening) ? "AZURE_OPENAI_API_KEY" : "OPENAI_API_KEY";
    const char *text;

    if (options->key_file) {
        endpoint->key = secret_read(options->key_file, opening->err);
        return endpoint->key != NULL;
    }
    text = variable(options, name);
    if (text) {
        endpoint->key = secret_new(text, opening->err);
        return endpoint->key || error_context(opening->err, "%s", name);
    }
    if (!is_azure(opening) && strcmp(endpoint->host, "api.openai.com") != 0)
        return true;
    error_set(opening->err, ERROR_USAGE, "there is no key for %s",
              endpoint->host);
    return error_hint(opening->err, "set %s, or name a file that holds the key",
                      name);
}

/* ---- Endpoints ---- */

bool endpoint_open(struct arena *arena, const struct endpoint_options *options,
                   struct endpoint *endpoint, struct error *err)
{
    struct opening opening = {
        .arena = arena, .options = options, .endpoint = endpoint, .err = err};
    struct hash hash;

    *endpoint = (struct endpoint){.provider = options->provider};
    if (!open_base(&opening) || !open_model(&opening) ||
        !open_version(&opening))
        return false;
    if (options->ca_file &&
        !(endpoint->ca_file = arena_text(arena, options->ca_file, err)))
        return false;
    hash_start(&hash);
    hash_int(&hash, options->provider);
    hash_text(&hash, endpoint->base);
    hash_end(&hash, endpoint->id);
    return open_key(&opening);
}

void endpoint_close(struct endpoint *endpoint)
{
    secret_free(endpoint->key);
    endpoint->key = NULL;
}

/* Everything but what RFC 3986 calls unreserved becomes %XX. */
static void add_encoded(struct buf *buf, const char *text)
{
    for (; *text; text++)
        if (is_alphanumeric(*text) || strchr("-._~", *text))
            buf_char(buf, *text);
        else
            buf_format(buf, "%%%02X", (unsigned)(unsigned char)*text);
}

/* Parts of a resource may come from a server, and must not lead elsewhere. */
static bool check_resource(const char *resource, struct error *err)
{
    bool good = *resource == '/';

    for (const char *c = resource; good && *c; c++) {
        good = is_alphanumeric(*c) || strchr("-._~/", *c);
        if (*c == '/')
            good = c[1] && c[1] != '/' && c[1] != '.';
    }
    return good || error_set(err, ERROR_INPUT,
                             "the endpoint named a resource that no URL can "
                             "hold");
}

static void add_path(struct buf *url, const struct endpoint *endpoint,
                     const char *resource)
{
    if (endpoint->provider == PROVIDER_AZURE)
        buf_text(url, endpoint->legacy ? "/openai" : "/openai/v1");
    if (endpoint->legacy && !strcmp(resource, chat_resource)) {
        buf_text(url, "/deployments/");
        add_encoded(url, endpoint->model);
    }
    buf_text(url, resource);
    if (endpoint->api_version) {
        buf_text(url, "?api-version=");
        add_encoded(url, endpoint->api_version);
    }
}

const char *endpoint_url(const struct endpoint *endpoint, struct arena *arena,
                         const char *resource, struct error *err)
{
    struct buf url = BUF_EMPTY;
    const char *result = NULL;

    if (!check_resource(resource, err))
        return NULL;
    buf_text(&url, endpoint->base);
    add_path(&url, endpoint, resource);
    if (buf_ok(&url, err))
        result = arena_text(arena, buf_string(&url), err);
    buf_free(&url);
    return result;
}

const char *endpoint_batch_url(const struct endpoint *endpoint)
{
    return endpoint->legacy ? chat_resource : "/v1/chat/completions";
}

void endpoint_auth_header(const struct endpoint *endpoint, struct buf *buf)
{
    if (!endpoint->key)
        return;
    buf_text(buf, endpoint->provider == PROVIDER_AZURE
                      ? "api-key: "
                      : "Authorization: Bearer ");
    buf_text(buf, secret_text(endpoint->key));
}
