/* Files and batches at a provider that plays a script: what is asked, what is
 * made of the replies, and what is tried again. */
#include "datebook/batch_api.h"

#include <arpa/inet.h>
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- The provider: one connection after the other ---- */

struct turn {
    const char *line; /* that the request starts with */
    const char *part; /* that stands in it; NULL */
    const char *head; /* of the reply: "200 OK", with further headers */
    const char *body; /* NULL: the connection ends in the middle of it */
};

enum { REQUEST_SIZE = 16384, REPLY_SIZE = 16384 };

static const struct turn *turns;
static int turn_count;
static int turns_played;
static char wrong[REQUEST_SIZE + 256]; /* what did not follow the script */
static int listener;
static int port;
static pthread_t player;

static void read_request(int socket, char *text)
{
    size_t length = 0;
    size_t wanted = REQUEST_SIZE - 1;

    while (length < wanted) {
        ssize_t got = recv(socket, text + length, wanted - length, 0);
        const char *end;
        if (got <= 0)
            break;
        length += (size_t)got;
        text[length] = '\0';
        end = strstr(text, "\r\n\r\n");
        if (end) {
            const char *size = strstr(text, "Content-Length: ");
            wanted = (size_t)(end - text) + 4;
            if (size && size < end)
                wanted += strtoul(size + 16, NULL, 10);
        }
    }
    text[length] = '\0';
}

static void send_reply(int socket, const struct turn *turn)
{
    static char reply[REPLY_SIZE];
    bool cut = !turn->body;
    const char *body = cut ? "{\"id\":" : turn->body;
    size_t length = strlen(body);
    int whole = snprintf(reply, sizeof reply,
                         "HTTP/1.1 %s\r\nConnection: close\r\n"
                         "Content-Length: %zu\r\n\r\n%s",
                         turn->head, length + (cut ? 10 : 0), body);

    ck_assert_int_lt(whole, REPLY_SIZE);
    send(socket, reply, (size_t)whole, MSG_NOSIGNAL);
}

static void *play(void *unused)
{
    static char text[REQUEST_SIZE];

    (void)unused;
    while (turns_played < turn_count) {
        const struct turn *turn = &turns[turns_played];
        int socket = accept(listener, NULL, NULL);
        if (socket < 0)
            break;
        read_request(socket, text);
        if (!*wrong && (strncmp(text, turn->line, strlen(turn->line)) != 0 ||
                        (turn->part && !strstr(text, turn->part))))
            snprintf(wrong, sizeof wrong, "turn %d: not \"%s\", \"%s\":\n%s",
                     turns_played, turn->line, turn->part ? turn->part : "",
                     text);
        turns_played++;
        send_reply(socket, turn);
        close(socket);
    }
    return NULL;
}

/* ---- The client ---- */

static struct arena arena;
static struct error err;
static struct endpoint endpoint;
static struct batch_api *api;
static char folder[40];

static const char *in_folder(const char *name)
{
    return arena_format(&arena, &err, "%s/%s", folder, name);
}

static void start(const struct turn *script, int count)
{
    const struct batch_api_options options = {
        .tries = 3, .first_ms = 1, .poll_ms = 1, .polls = 4};

    turns = script;
    turn_count = count;
    ck_assert_int_eq(pthread_create(&player, NULL, play, NULL), 0);
    api = batch_api_open(&arena, &endpoint, &options, NULL, &err);
    ck_assert_msg(api != NULL, "%s", err.message);
}

#define START(script) start((script), (int)(sizeof(script) / sizeof *(script)))

/* All of the script was played, as it stands. */
static void finish(void)
{
    pthread_join(player, NULL);
    ck_assert_msg(!*wrong, "%s", wrong);
    ck_assert_int_eq(turns_played, turn_count);
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void setup(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    arena = (struct arena)ARENA_EMPTY;
    snprintf(folder, sizeof folder, "/tmp/datebook-api-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(
        bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(listener, 8), 0);
    getsockname(listener, (struct sockaddr *)&address, &size);
    port = ntohs(address.sin_port);
    endpoint = (struct endpoint){
        .provider = PROVIDER_OPENAI,
        .plain = true,
        .local = true,
        .base = arena_format(&arena, &err, "http://127.0.0.1:%d/v1", port),
        .host = arena_format(&arena, &err, "127.0.0.1:%d", port),
        .key = secret_new("sk-a-secret-key", &err)};
    turns_played = 0;
    *wrong = '\0';
}

static void teardown(void)
{
    const char **names;
    size_t count;

    batch_api_close(api);
    api = NULL;
    shutdown(listener, SHUT_RDWR);
    close(listener);
    endpoint_close(&endpoint);
    if (file_list(&arena, folder, "", &names, &count, &err))
        for (size_t i = 0; i < count; i++)
            unlink(in_folder(names[i]));
    ck_assert_int_eq(rmdir(folder), 0);
    arena_free(&arena);
}

static void expect_error(const char *text)
{
    ck_assert_int_eq(err.code, ERROR_ENDPOINT);
    ck_assert_msg(strstr(err.message, text) != NULL, "%s", err.message);
    ck_assert_ptr_null(strstr(err.message, "secret"));
}

/* ---- Files ---- */

START_TEST(upload)
{
    static const struct turn script[] = {
        {"POST /v1/files HTTP/1.1\r\n",
         "Authorization: Bearer sk-a-secret-key\r\n", "503 Busy",
         "{\"error\":{\"message\":\"try later\"}}"},
        {"POST /v1/files ", "name=\"purpose\"\r\n\r\nbatch\r\n", "429 Slow",
         "{\"error\":{\"message\":\"slower\",\"code\":\"slow_down\"}}"},
        {"POST /v1/files ",
         "name=\"file\"; filename=\"requests.txt.jsonl\"\r\n"
         "Content-Type: application/jsonl\r\n\r\n{\"a\":1}\n{\"b\":2}\n\r\n",
         "200 OK",
         "{\"id\":\"file-1\",\"bytes\":16,\"status\":\"processed\"}"}};
    struct remote_file file;

    write_file("requests.txt", "{\"a\":1}\n{\"b\":2}\n");
    START(script);
    ck_assert_msg(
        batch_api_upload(api, &arena, in_folder("requests.txt"), &file, &err),
        "%s", err.message);
    ck_assert_str_eq(file.id, "file-1");
    ck_assert(file.ready && !file.gone);
    finish();
}
END_TEST

START_TEST(upload_that_fails)
{
    static const struct turn script[] = {
        {"POST /v1/files ", NULL, "200 OK", "{\"id\":\"file-1\",\"bytes\":3}"},
        {"POST /v1/files ", NULL, "200 OK", "{\"id\":\"../x\",\"bytes\":0}"},
        {"POST /v1/files ", NULL, "200 OK", "<html>"},
        {"POST /v1/files ", NULL, "200 OK", "{\"bytes\":8}"},
        {"POST /v1/files ", NULL, "200 OK",
         "{\"id\":\"f\",\"status\":\"error\"}"},
        {"POST /v1/files ", NULL, "401 No",
         "{\"error\":{\"message\":\"Incorrect API key: sk-a-secret-key\"}}"},
        {"POST /v1/files ", NULL, "302 There\r\nLocation: http://a.example/",
         ""},
    };
    static const char *const faults[] = {"only a part of it arrived",
                                         "an id of a strange form",
                                         "the reply is no JSON object",
                                         "the reply has no id",
                                         "the file was refused there",
                                         "Incorrect API key",
                                         "redirect"};
    struct remote_file file;

    write_file("r.jsonl", "{\"a\":1}\n");
    START(script);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        ck_assert(
            !batch_api_upload(api, &arena, in_folder("r.jsonl"), &file, &err));
        expect_error(faults[i]);
    }
    finish();
    ck_assert(!batch_api_upload(api, &arena, in_folder("none"), &file, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

START_TEST(await)
{
    static const struct turn script[] = {
        {"GET /v1/files/f-1 ", NULL, "200 OK",
         "{\"id\":\"f-1\",\"status\":\"Pending\"}"},
        {"GET /v1/files/f-1 ", NULL, "200 OK",
         "{\"id\":\"f-1\",\"status\":\"Processed\"}"},
        {"GET /v1/files/f-1 ", NULL, "404 Not Found",
         "{\"error\":{\"message\":\"no such file\"}}"},
        {"GET /v1/files/f-1 ", NULL, "200 OK",
         "{\"id\":\"f-1\",\"status\":\"pending\"}"},
        {"GET /v1/files/f-1 ", NULL, "200 OK",
         "{\"id\":\"f-1\",\"status\":\"pending\"}"},
        {"GET /v1/files/f-1 ", NULL, "200 OK",
         "{\"id\":\"f-1\",\"status\":\"pending\"}"},
        {"GET /v1/files/f-1 ", NULL, "200 OK",
         "{\"id\":\"f-1\",\"status\":\"pending\"}"}};
    struct remote_file file = {.id = "f-1"};

    START(script);
    ck_assert(batch_api_await(api, &arena, &file, &err));
    ck_assert(file.ready && !file.gone);
    ck_assert(batch_api_await(api, &arena, &file, &err));
    ck_assert(!file.ready && file.gone);
    ck_assert(!batch_api_await(api, &arena, &file, &err));
    expect_error("the file f-1 is still not ready");
    finish();
}
END_TEST

/* A file that is cut is no file; a refusal is not taken for one. */
START_TEST(download)
{
    static const struct turn script[] = {
        {"GET /v1/files/f-2/content ", NULL, "200 OK", NULL},
        {"GET /v1/files/f-2/content ", NULL, "500 Oh", "{\"x\":1}"},
        {"GET /v1/files/f-2/content ", NULL, "200 OK", "{\"c\":1}\n{\"d\":2}"},
        {"GET /v1/files/f-3/content ", NULL, "200 OK", ""},
        {"GET /v1/files/f-4/content ", NULL, "404 Not Found",
         "{\"error\":{\"message\":\"No such File object: f-4\"}}"}};
    struct file_totals totals;
    size_t length;
    const char *text;

    START(script);
    ck_assert_msg(batch_api_download(api, &arena, "f-2", in_folder("out.jsonl"),
                                     &totals, &err),
                  "%s", err.message);
    ck_assert_int_eq(totals.bytes, 15);
    text = file_read(&arena, in_folder("out.jsonl"), 100, &length, &err);
    ck_assert_str_eq(text, "{\"c\":1}\n{\"d\":2}");
    ck_assert(batch_api_download(api, &arena, "f-3", in_folder("out.jsonl"),
                                 &totals, &err));
    ck_assert_int_eq(totals.bytes, 0);
    ck_assert(!batch_api_download(api, &arena, "f-4", in_folder("none.jsonl"),
                                  &totals, &err));
    expect_error("cannot download the file f-4: ");
    expect_error("No such File object: f-4");
    ck_assert_int_ne(access(in_folder("none.jsonl"), F_OK), 0);
    finish();
}
END_TEST

/* A service that repeats the key does not get it into a file. */
START_TEST(download_without_the_key)
{
    enum { LENGTH = 12000 };
    static char body[LENGTH + 1];
    static struct turn script[] = {
        {"GET /v1/files/f-1/content ", NULL, "200 OK", body}};
    const char *key = secret_text(endpoint.key);
    struct file_totals totals;
    size_t length;
    const char *text;

    memset(body, 'x', LENGTH);
    for (size_t at = 1000; at < LENGTH - 100; at += 1500) {
        memcpy(body + at, key, strlen(key));
        body[at - 1] = body[at + strlen(key)] = ' ';
    }
    START(script);
    ck_assert_msg(batch_api_download(api, &arena, "f-1", in_folder("out.jsonl"),
                                     &totals, &err),
                  "%s", err.message);
    ck_assert_int_eq(totals.bytes, LENGTH);
    text = file_read(&arena, in_folder("out.jsonl"), LENGTH + 1, &length, &err);
    ck_assert_uint_eq(length, LENGTH);
    ck_assert_ptr_null(strstr(text, key));
    ck_assert_ptr_nonnull(strstr(text, "***"));
    finish();
}
END_TEST

/* ---- Batches ---- */

#define BATCH(id, state, more)                                                 \
    "{\"id\":\"" id "\",\"status\":\"" state "\"," more                        \
    "\"metadata\":{\"datebook\":\"mark\"}}"

START_TEST(create)
{
    static const struct turn script[] = {
        {"POST /v1/batches ",
         "\r\n\r\n{\"input_file_id\":\"f-1\",\"endpoint\":"
         "\"/v1/chat/completions\",\"completion_window\":\"24h\","
         "\"metadata\":{\"datebook\":\"mark\"}}",
         "200 OK", BATCH("batch_1", "Validating", "\"created_at\":\"now\",")}};
    struct batch_object batch;

    START(script);
    ck_assert_msg(batch_api_create(api, &arena, "f-1", "mark", &batch, &err),
                  "%s", err.message);
    ck_assert_str_eq(batch.id, "batch_1");
    ck_assert_str_eq(batch.state, "validating");
    ck_assert_str_eq(batch.output_id, "");
    ck_assert_str_eq(batch.mark, "mark");
    ck_assert_ptr_null(batch.problem);
    finish();
}
END_TEST

/* A reply that got lost is looked for before anything is created again; what
 * was not taken because of a rate limit is simply sent again. */
START_TEST(create_and_lose)
{
    static const struct turn script[] = {
        {"POST /v1/batches ", NULL, "429 Slow\r\nretry-after-ms: 5",
         "{\"error\":{\"message\":\"slower\",\"code\":\"slow_down\"}}"},
        {"POST /v1/batches ", NULL, "200 OK", NULL},
        {"GET /v1/batches?limit=100 ", NULL, "200 OK",
         "{\"data\":[],\"has_more\":false}"},
        {"POST /v1/batches ", NULL, "502 Bad", "<html>"},
        {"GET /v1/batches?limit=100 ", NULL, "200 OK",
         "{\"data\":[" BATCH("batch_2", "in_progress", "") "]}"}};
    struct batch_object batch;

    START(script);
    ck_assert_msg(batch_api_create(api, &arena, "f-1", "mark", &batch, &err),
                  "%s", err.message);
    ck_assert_str_eq(batch.id, "batch_2");
    finish();
}
END_TEST

START_TEST(create_in_vain)
{
    static const struct turn script[] = {
        {"POST /v1/batches ", NULL, "500 Oh", ""},
        {"GET /v1/batches?limit=100 ", NULL, "200 OK", "{\"data\":[]}"},
        {"POST /v1/batches ", NULL, "500 Oh", ""},
        {"GET /v1/batches?limit=100 ", NULL, "200 OK", "{\"data\":[]}"},
        {"POST /v1/batches ", NULL, "500 Oh", ""},
        {"GET /v1/batches?limit=100 ", NULL, "200 OK", "{\"data\":[]}"},
        {"POST /v1/batches ", NULL, "400 Bad",
         "{\"error\":{\"message\":\"bad file\",\"code\":\"x\"}}"}};
    struct batch_object batch;

    START(script);
    ck_assert(!batch_api_create(api, &arena, "f-1", "mark", &batch, &err));
    expect_error("cannot create a batch: ");
    ck_assert(!batch_api_create(api, &arena, "f-1", "mark", &batch, &err));
    expect_error("bad file");
    finish();
}
END_TEST

/* On the second page; one that failed before it began is none. */
START_TEST(find)
{
    static const struct turn script[] = {
        {"GET /v1/batches?limit=100 ", NULL, "200 OK",
         "{\"data\":[" BATCH("batch_1", "failed",
                             "") ",{\"id\":\"batch_2\","
                                 "\"status\":\"completed\",\"metadata\":null}],"
                                 "\"has_more\":true}"},
        {"GET /v1/batches?limit=100&after=batch_2 ", NULL, "200 OK",
         "{\"data\":[{\"id\":\"b\",\"metadata\":{\"datebook\":\"other\"}}"
         "," BATCH("batch_3", "In Progress", "") "],\"has_more\":true}"},
        {"GET /v1/batches?limit=100 ", NULL, "200 OK",
         "{\"data\":[{\"id\":\"b\"}],\"has_more\":false}"},
        {"GET /v1/batches?limit=100 ", NULL, "200 OK", "[]"}};
    struct batch_object batch;
    bool found;

    START(script);
    ck_assert(batch_api_find(api, &arena, "mark", &batch, &found, &err));
    ck_assert(found);
    ck_assert_str_eq(batch.id, "batch_3");
    ck_assert_str_eq(batch.state, "in_progress");
    ck_assert(batch_api_find(api, &arena, "mark", &batch, &found, &err));
    ck_assert(!found);
    ck_assert(!batch_api_find(api, &arena, "mark", &batch, &found, &err));
    expect_error("no JSON object");
    finish();
}
END_TEST

START_TEST(get)
{
    static const struct turn script[] = {
        {"GET /v1/batches/batch_1 ", NULL, "200 OK",
         BATCH(
             "batch_1", "completed",
             "\"output_file_id\":\"f-2\",\"error_file_id\":null,"
             "\"request_counts\":{\"total\":7,\"completed\":6,\"failed\":1},")},
        {"GET /v1/batches/batch_1 ", NULL, "200 OK",
         BATCH("batch_1", "Failed",
               "\"output_file_id\":\"\",\"request_counts\":null,\"errors\":"
               "{\"data\":[{\"code\":\"url_mismatch\",\"message\":\"wrong "
               "\\u001b[1murl\",\"line\":3},{\"message\":\"more\"}]},")},
        {"GET /v1/batches/batch_1 ", NULL, "200 OK", "{\"id\":\"batch_1\"}"},
        {"GET /v1/batches/batch_1 ", NULL, "200 OK",
         BATCH("batch_1", "completed", "\"output_file_id\":\"a/../b\",")}};
    struct batch_object batch;

    START(script);
    ck_assert(batch_api_get(api, &arena, "batch_1", &batch, &err));
    ck_assert_str_eq(batch.output_id, "f-2");
    ck_assert_str_eq(batch.error_id, "");
    ck_assert_int_eq(batch.total, 7);
    ck_assert_int_eq(batch.completed, 6);
    ck_assert_int_eq(batch.failed, 1);
    ck_assert(batch_api_get(api, &arena, "batch_1", &batch, &err));
    ck_assert_str_eq(batch.state, "failed");
    ck_assert_str_eq(batch.problem, "line 3: wrong \\x1b[1murl");
    ck_assert(!batch_api_get(api, &arena, "batch_1", &batch, &err));
    expect_error("the reply has no status");
    ck_assert(!batch_api_get(api, &arena, "batch_1", &batch, &err));
    expect_error("an id of a strange form");
    finish();
}
END_TEST

/* Azure's older form: another header, and a version in each URL. */
START_TEST(azure)
{
    static const struct turn script[] = {
        {"POST /openai/batches?api-version=2024-10-21 ",
         "\r\napi-key: sk-a-secret-key\r\n", "500 Oh", ""},
        {"GET /openai/batches?api-version=2024-10-21&limit=100 ",
         "\r\napi-key: sk-a-secret-key\r\n", "200 OK", "{\"data\":[]}"},
        {"POST /openai/batches?api-version=2024-10-21 ",
         "\"endpoint\":\"/chat/completions\"", "201 Created",
         BATCH("batch_1", "Validating", "")}};
    struct batch_object batch;

    endpoint.provider = PROVIDER_AZURE;
    endpoint.legacy = true;
    endpoint.api_version = "2024-10-21";
    endpoint.base = arena_format(&arena, &err, "http://127.0.0.1:%d", port);
    START(script);
    ck_assert_msg(batch_api_create(api, &arena, "f-1", "mark", &batch, &err),
                  "%s", err.message);
    ck_assert_str_eq(batch.state, "validating");
    finish();
}
END_TEST

START_TEST(nobody)
{
    struct batch_object batch;

    START(((const struct turn[]){{"", NULL, NULL, NULL}}));
    shutdown(listener, SHUT_RDWR);
    pthread_join(player, NULL);
    ck_assert(!batch_api_get(api, &arena, "batch_1", &batch, &err));
    expect_error("cannot look at the batch batch_1: ");
}
END_TEST

START_TEST(states)
{
    ck_assert(batch_state_is_final("completed"));
    ck_assert(batch_state_is_final("failed"));
    ck_assert(batch_state_is_final("expired"));
    ck_assert(batch_state_is_final("cancelled"));
    ck_assert(!batch_state_is_final("cancelling"));
    ck_assert(!batch_state_is_final("in_progress"));
    ck_assert(!batch_state_is_final(""));
}
END_TEST

Suite *batch_api_suite(void);
Suite *batch_api_suite(void)
{
    Suite *suite = suite_create("batch_api");
    TCase *files = tcase_create("files");
    TCase *batches = tcase_create("batches");

    tcase_add_checked_fixture(files, setup, teardown);
    tcase_add_test(files, upload);
    tcase_add_test(files, upload_that_fails);
    tcase_add_test(files, await);
    tcase_add_test(files, download);
    tcase_add_test(files, download_without_the_key);
    suite_add_tcase(suite, files);
    tcase_add_checked_fixture(batches, setup, teardown);
    tcase_add_test(batches, create);
    tcase_add_test(batches, create_and_lose);
    tcase_add_test(batches, create_in_vain);
    tcase_add_test(batches, find);
    tcase_add_test(batches, get);
    tcase_add_test(batches, azure);
    tcase_add_test(batches, nobody);
    tcase_add_test(batches, states);
    suite_add_tcase(suite, batches);
    return suite;
}
