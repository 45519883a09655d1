/* Base URLs in the forms in which people have them, and what is made of them.
 */
#include "datebook/endpoint.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct endpoint endpoint;

/* Pairs of name and value. */
static const char *const *environment;
static const char *const nothing[] = {NULL};

static const char *variable(const char *name)
{
    for (const char *const *at = environment; *at; at += 2)
        if (!strcmp(at[0], name))
            return at[1];
    return NULL;
}

static void setup(void)
{
    environment = nothing;
}

static void teardown(void)
{
    endpoint_close(&endpoint);
    arena_free(&arena);
}

static bool open_with(struct endpoint_options options)
{
    options.variable = variable;
    endpoint_close(&endpoint);
    return endpoint_open(&arena, &options, &endpoint, &err);
}

static bool open_base(enum provider provider, const char *base)
{
    static const char *const keys[] = {"OPENAI_API_KEY", "sk-12345678",
                                       "AZURE_OPENAI_API_KEY", "az-12345678",
                                       NULL};

    environment = keys;
    return open_with((struct endpoint_options){
        .provider = provider, .base_url = base, .model = "m 1/2"});
}

static const char *url(const char *resource)
{
    const char *text = endpoint_url(&endpoint, &arena, resource, &err);

    return text ? text : "";
}

static void expect_header(const char *header)
{
    struct buf buf = BUF_EMPTY;

    endpoint_auth_header(&endpoint, &buf);
    ck_assert_str_eq(buf_string(&buf), header);
    buf_free(&buf);
}

static void expect_error(enum error_code code, const char *message,
                         const char *hint)
{
    ck_assert_int_eq(err.code, code);
    ck_assert_str_eq(err.message, message);
    ck_assert_msg(strstr(err.hint, hint) != NULL, "%s", err.hint);
}

START_TEST(openai_is_the_default)
{
    static const char *const variables[] = {"OPENAI_API_KEY", "sk-12345678",
                                            "OPENAI_MODEL", "gpt-4o", NULL};

    environment = variables;
    ck_assert(open_with((struct endpoint_options){0}));
    ck_assert_str_eq(endpoint.base, "https://api.openai.com/v1");
    ck_assert_str_eq(endpoint.host, "api.openai.com");
    ck_assert_str_eq(endpoint.model, "gpt-4o");
    ck_assert(!endpoint.plain && !endpoint.local && !endpoint.legacy);
    ck_assert_str_eq(url("/chat/completions"),
                     "https://api.openai.com/v1/chat/completions");
    ck_assert_str_eq(url("/files/file-1/content"),
                     "https://api.openai.com/v1/files/file-1/content");
    ck_assert_str_eq(endpoint_batch_url(&endpoint), "/v1/chat/completions");
    expect_header("Authorization: Bearer sk-12345678");
}
END_TEST

START_TEST(options_come_before_variables)
{
    static const char *const variables[] = {"OPENAI_BASE_URL",
                                            "http://localhost:8000/v1",
                                            "OPENAI_MODEL",
                                            "other",
                                            "OPENAI_API_VERSION",
                                            "2024-10-21",
                                            "OPENAI_API_KEY",
                                            "",
                                            NULL};

    environment = variables;
    ck_assert(open_with((struct endpoint_options){.model = "m"}));
    ck_assert_str_eq(endpoint.base, "http://localhost:8000/v1");
    ck_assert_str_eq(endpoint.model, "m");
    ck_assert_ptr_null(endpoint.api_version);
    ck_assert_ptr_null(endpoint.key);
    expect_header("");
    ck_assert(open_with((struct endpoint_options){
        .base_url = "https://llm.example/v1", .ca_file = "ca.pem"}));
    ck_assert_str_eq(endpoint.base, "https://llm.example/v1");
    ck_assert_str_eq(endpoint.model, "other");
    ck_assert_str_eq(endpoint.ca_file, "ca.pem");
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    static const char *const model[] = {"OPENAI_MODEL", "m",
                                        "AZURE_OPENAI_DEPLOYMENT", "d", NULL};
    const struct endpoint_options azure = {
        .provider = PROVIDER_AZURE,
        .base_url = "https://contoso.openai.azure.com"};

    ck_assert(!open_with((struct endpoint_options){0}));
    expect_error(ERROR_USAGE, "it is not said which model to use",
                 "OPENAI_MODEL");
    ck_assert(!open_with(azure));
    expect_error(ERROR_USAGE, "it is not said which deployment to use",
                 "AZURE_OPENAI_DEPLOYMENT");
    ck_assert(!open_with(
        (struct endpoint_options){.provider = PROVIDER_AZURE, .model = "d"}));
    expect_error(ERROR_USAGE,
                 "it is not said which Azure OpenAI resource to use",
                 "AZURE_OPENAI_ENDPOINT");
    environment = model;
    ck_assert(!open_with((struct endpoint_options){0}));
    expect_error(ERROR_USAGE, "there is no key for api.openai.com",
                 "OPENAI_API_KEY");
    ck_assert(!open_with(
        (struct endpoint_options){.base_url = "https://API.OpenAI.com/v1/"}));
    expect_error(ERROR_USAGE, "there is no key for api.openai.com",
                 "OPENAI_API_KEY");
    ck_assert(!open_with(azure));
    expect_error(ERROR_USAGE, "there is no key for contoso.openai.azure.com",
                 "AZURE_OPENAI_API_KEY");
    ck_assert(!open_with((struct endpoint_options){
        .base_url = "http://localhost/v1", .api_version = "2024-10-21"}));
    expect_error(ERROR_USAGE, "only Azure OpenAI has API versions", "");
}
END_TEST

START_TEST(base_urls_are_tidied)
{
    static const struct {
        const char *given;
        const char *base;
        const char *host;
    } cases[] = {
        {"https://llm.example/v1", "https://llm.example/v1", "llm.example"},
        {"https://llm.example/v1///", "https://llm.example/v1", "llm.example"},
        {"https://llm.example", "https://llm.example", "llm.example"},
        {"https://llm.example/", "https://llm.example", "llm.example"},
        {"HTTPS://LLM.Example/V1", "https://llm.example/V1", "llm.example"},
        {"https://llm.example/v1?", "https://llm.example/v1", "llm.example"},
        {"https://llm.example/v1/chat/completions", "https://llm.example/v1",
         "llm.example"},
        {"https://llm.example/v1//chat/completions/", "https://llm.example/v1",
         "llm.example"},
        {"http://[::1]:8080/v1", "http://[::1]:8080/v1", "[::1]:8080"},
        {"http://10.0.0.7:65535/v1", "http://10.0.0.7:65535/v1",
         "10.0.0.7:65535"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(open_base(PROVIDER_OPENAI, cases[i].given), "%s: %s",
                      cases[i].given, err.message);
        ck_assert_str_eq(endpoint.base, cases[i].base);
        ck_assert_str_eq(endpoint.host, cases[i].host);
    }
}
END_TEST

START_TEST(wrong_base_urls_are_refused_and_not_quoted)
{
    static const struct {
        const char *given;
        const char *message;
    } cases[] = {
        {"", "the base URL is empty"},
        {"llm.example/v1",
         "the base URL does not start with https:// or http://"},
        {"://x", "the base URL does not start with https:// or http://"},
        {"ftp://llm.example", "the base URL is neither https nor http"},
        {"file:///etc/passwd", "the base URL is neither https nor http"},
        {"https://me:hunter2@llm.example/v1",
         "the base URL holds a user or password: a key comes from the "
         "environment or a file"},
        {"https://hunter2@llm.example",
         "the base URL holds a user or password: a key comes from the "
         "environment or a file"},
        {"https://llm.example/v1?key=hunter2", "the base URL has a query (?)"},
        {"https://llm.example/v1?api-version=1",
         "the base URL has a query (?)"},
        {"https://llm.example/#hunter2", "the base URL has a fragment (#)"},
        {"https://llm.example/\nv1",
         "the base URL holds a character that no URL does"},
        {"https://llm.example/v1 ",
         "the base URL holds a character that no URL does"},
        {"https://llm.example\\@evil.example",
         "the base URL holds a character that no URL does"},
        {"https://bücher.example",
         "the base URL holds a character that no URL does"},
        {"https://", "the base URL names no host"},
        {"https:///v1", "the base URL names no host"},
        {"https://:80/v1", "the base URL names no host"},
        {"https://[]/v1", "the base URL names no host"},
        {"https://[::1/v1", "the base URL names no host"},
        {"https://llm.example:", "the base URL names a host that cannot be"},
        {"https://llm!example", "the base URL names a host that cannot be"},
        {"https://llm.example:0", "the base URL names a port that cannot be"},
        {"https://llm.example:65536",
         "the base URL names a port that cannot be"},
        {"https://llm.example:8a", "the base URL names a port that cannot be"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(!open_base(PROVIDER_OPENAI, cases[i].given), "%s",
                      cases[i].given);
        expect_error(ERROR_INPUT, cases[i].message, "localhost:8000/v1");
        ck_assert_ptr_null(strstr(err.message, "hunter2"));
    }
    ck_assert(!open_base(PROVIDER_AZURE, "contoso"));
    expect_error(ERROR_INPUT,
                 "the base URL does not start with https:// or http://",
                 "https://RESOURCE.openai.azure.com");
}
END_TEST

START_TEST(loopback_is_local)
{
    static const struct {
        const char *base;
        bool local;
    } cases[] = {
        {"http://localhost:8000/v1", true},
        {"http://llm.localhost/v1", true},
        {"http://127.0.0.1:1/v1", true},
        {"http://127.9.8.7/v1", true},
        {"http://[::1]/v1", true},
        {"http://notlocalhost/v1", false},
        {"http://localhost.example/v1", false},
        {"http://127.0.0.1.example/v1", false},
        {"http://127.0.1/v1", false},
        {"http://[::2]/v1", false},
        {"http://10.0.0.1/v1", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert(open_base(PROVIDER_OPENAI, cases[i].base));
        ck_assert(endpoint.plain);
        ck_assert_msg(endpoint.local == cases[i].local, "%s", cases[i].base);
    }
}
END_TEST

START_TEST(azure_v1_urls)
{
    static const char *const bases[] = {
        "https://contoso.openai.azure.com",
        "https://contoso.openai.azure.com/",
        "https://contoso.openai.azure.com/openai",
        "https://contoso.openai.azure.com/openai/",
        "https://contoso.openai.azure.com/openai/v1",
        "https://contoso.openai.azure.com/openai/v1/",
        "https://contoso.openai.azure.com/openai/v1/chat/completions",
    };

    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        ck_assert(open_base(PROVIDER_AZURE, bases[i]));
        ck_assert_str_eq(endpoint.base, "https://contoso.openai.azure.com");
        ck_assert(!endpoint.legacy);
        ck_assert_str_eq(url("/chat/completions"),
                         "https://contoso.openai.azure.com/openai/v1/chat/"
                         "completions");
        ck_assert_str_eq(url("/batches"),
                         "https://contoso.openai.azure.com/openai/v1/batches");
        ck_assert_str_eq(endpoint_batch_url(&endpoint), "/v1/chat/completions");
        expect_header("api-key: az-12345678");
    }
}
END_TEST

START_TEST(azure_versions_choose_the_form)
{
    static const char *const variables[] = {
        "AZURE_OPENAI_API_KEY",
        "az-12345678",
        "OPENAI_API_VERSION",
        "2024-10-21",
        "AZURE_OPENAI_ENDPOINT",
        "https://contoso.openai.azure.com/openai/v1",
        "OPENAI_API_KEY",
        "sk-87654321",
        NULL};
    struct endpoint_options options = {.provider = PROVIDER_AZURE,
                                       .model = "my dep/ü"};

    environment = variables;
    ck_assert(open_with(options));
    ck_assert(endpoint.legacy);
    ck_assert_str_eq(url("/chat/completions"),
                     "https://contoso.openai.azure.com/openai/deployments/"
                     "my%20dep%2F%C3%BC/chat/completions?api-version="
                     "2024-10-21");
    ck_assert_str_eq(url("/files"), "https://contoso.openai.azure.com/openai/"
                                    "files?api-version=2024-10-21");
    ck_assert_str_eq(endpoint_batch_url(&endpoint), "/chat/completions");
    expect_header("api-key: az-12345678");
    options.api_version = "preview";
    ck_assert(open_with(options));
    ck_assert(!endpoint.legacy);
    ck_assert_str_eq(url("/chat/completions"),
                     "https://contoso.openai.azure.com/openai/v1/chat/"
                     "completions?api-version=preview");
    options.api_version = "2024-10-21&x=1";
    ck_assert(!open_with(options));
    expect_error(ERROR_INPUT, "the API version is not one such as 2024-10-21",
                 "OPENAI_API_VERSION");
    options.api_version = "";
    ck_assert(!open_with(options));
    options.api_version = "2024-10-21-2024-10-21-2024-10-21-2024-10-21";
    ck_assert(!open_with(options));
}
END_TEST

START_TEST(azure_takes_what_a_pasted_url_names)
{
    static const char *const variables[] = {"AZURE_OPENAI_API_KEY",
                                            "az-12345678",
                                            "OPENAI_API_VERSION",
                                            "2023-05-15",
                                            "AZURE_OPENAI_DEPLOYMENT",
                                            "other",
                                            NULL};
    struct endpoint_options options = {
        .provider = PROVIDER_AZURE,
        .base_url = "https://contoso.openai.azure.com/openai/deployments/dep/"
                    "chat/completions?api-version=2024-10-21"};

    environment = variables;
    ck_assert(open_with(options));
    ck_assert_str_eq(endpoint.base, "https://contoso.openai.azure.com");
    ck_assert_str_eq(endpoint.model, "dep");
    ck_assert_str_eq(endpoint.api_version, "2024-10-21");
    options.model = "mine";
    options.api_version = "v1";
    ck_assert(open_with(options));
    ck_assert_str_eq(url("/chat/completions"),
                     "https://contoso.openai.azure.com/openai/v1/chat/"
                     "completions?api-version=v1");
    ck_assert_str_eq(endpoint.model, "mine");
    options.base_url = "https://contoso.openai.azure.com/openai/deployments/"
                       "dep/extensions/chat/completions";
    ck_assert(!open_with(options));
    expect_error(ERROR_INPUT,
                 "the base URL has a path that is none of Azure OpenAI",
                 "https://RESOURCE");
    options.base_url = "https://contoso.openai.azure.com?api-version=v1&x=1";
    ck_assert(!open_with(options));
    expect_error(ERROR_INPUT, "the base URL has a query (?)", "");
    options.base_url = "https://contoso.openai.azure.com?api-version=";
    ck_assert(!open_with(options));
}
END_TEST

START_TEST(azure_may_stand_behind_a_gateway)
{
    ck_assert(open_base(PROVIDER_AZURE, "https://gate.example/ai/openai/v1"));
    ck_assert_str_eq(url("/chat/completions"),
                     "https://gate.example/ai/openai/v1/chat/completions");
}
END_TEST

START_TEST(resources_lead_nowhere_else)
{
    static const char *const wrong[] = {
        "",          "files",         "/files//content", "/files/../x",
        "/files/./", "/files?x=1",    "/files#x",        "/files/a b",
        "/files/",   "/files/%2e%2e", "/files/a@b",      "/files/a\r\nX: 1"};

    ck_assert(open_base(PROVIDER_OPENAI, "https://llm.example/v1"));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!endpoint_url(&endpoint, &arena, wrong[i], &err), "%s",
                      wrong[i]);
        ck_assert_int_eq(err.code, ERROR_INPUT);
    }
    ck_assert_str_eq(url("/batches/batch_a.B-1~/cancel"),
                     "https://llm.example/v1/batches/batch_a.B-1~/cancel");
}
END_TEST

START_TEST(models_have_names)
{
    struct endpoint_options options = {.base_url = "http://localhost/v1",
                                       .model = ""};
    char large[258];

    ck_assert(!open_with(options));
    expect_error(ERROR_INPUT, "the model's name is empty", "");
    options.model = "m\n";
    ck_assert(!open_with(options));
    expect_error(ERROR_INPUT, "the model's name holds a control character", "");
    memset(large, 'm', 257);
    large[257] = '\0';
    options.model = large;
    ck_assert(!open_with(options));
    expect_error(ERROR_INPUT, "the model's name is too long", "");
    options.model = large + 1;
    ck_assert(open_with(options));
}
END_TEST

START_TEST(keys_of_variables_and_files)
{
    static const char *const variables[] = {"OPENAI_API_KEY", "sk 12345678",
                                            NULL};
    struct endpoint_options options = {.base_url = "http://localhost/v1",
                                       .model = "m"};

    environment = variables;
    ck_assert(!open_with(options));
    expect_error(ERROR_INPUT,
                 "OPENAI_API_KEY: the key holds white space, which no key does",
                 "");
    ck_assert_ptr_null(endpoint.key);
    options.key_file = "/nonexistent/key";
    ck_assert(!open_with(options));
    expect_error(ERROR_INPUT,
                 "cannot read the key file /nonexistent/key: No such file or "
                 "directory",
                 "");
}
END_TEST

START_TEST(id_is_of_provider_and_url)
{
    unsigned char first[ENDPOINT_ID_SIZE];

    ck_assert(open_base(PROVIDER_OPENAI, "https://llm.example"));
    memcpy(first, endpoint.id, sizeof first);
    ck_assert(open_base(PROVIDER_OPENAI, "https://LLM.example/"));
    ck_assert_mem_eq(first, endpoint.id, sizeof first);
    ck_assert(open_base(PROVIDER_AZURE, "https://llm.example"));
    ck_assert_mem_ne(first, endpoint.id, sizeof first);
    ck_assert(open_base(PROVIDER_OPENAI, "http://llm.example"));
    ck_assert_mem_ne(first, endpoint.id, sizeof first);
}
END_TEST

Suite *endpoint_suite(void);
Suite *endpoint_suite(void)
{
    Suite *suite = suite_create("endpoint");
    TCase *tests = tcase_create("endpoint");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, openai_is_the_default);
    tcase_add_test(tests, options_come_before_variables);
    tcase_add_test(tests, what_is_missing_is_named);
    tcase_add_test(tests, base_urls_are_tidied);
    tcase_add_test(tests, wrong_base_urls_are_refused_and_not_quoted);
    tcase_add_test(tests, loopback_is_local);
    tcase_add_test(tests, azure_v1_urls);
    tcase_add_test(tests, azure_versions_choose_the_form);
    tcase_add_test(tests, azure_takes_what_a_pasted_url_names);
    tcase_add_test(tests, azure_may_stand_behind_a_gateway);
    tcase_add_test(tests, resources_lead_nowhere_else);
    tcase_add_test(tests, models_have_names);
    tcase_add_test(tests, keys_of_variables_and_files);
    tcase_add_test(tests, id_is_of_provider_and_url);
    suite_add_tcase(suite, tests);
    return suite;
}
