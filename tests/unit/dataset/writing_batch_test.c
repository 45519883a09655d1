/* Jobs through batch files: which request is in which file, and that a result
 * is taken once, in whatever order and however often it comes. */
#include "writing.h"

#include "src/dataset/writing_batch.h"

#include <unistd.h>

enum { COUNT = 40 };

static struct writing_job job;
static struct batch_shard *shards;
static size_t shard_count;
static struct writing_batch_result result;
static struct endpoint endpoint;
static char folder[40];

static const char *in_folder(const char *name)
{
    return arena_format(&fix.arena, &fix.err, "%s/%s", folder, name);
}

static void setup(void)
{
    struct writing_wish wish;

    store_setup();
    begin();
    put_document(writing_document("alpha", "review", ""));
    put_document(writing_document("beta", "review", ""));
    ck_assert(commit());
    wish = writing_wish_for(COUNT);
    wish.provider = "batch";
    job = writing_start(&wish);
    endpoint = (struct endpoint){.provider = PROVIDER_OPENAI,
                                 .model = "test-model",
                                 .base = "https://api.example/v1",
                                 .host = "api.example"};
    snprintf(folder, sizeof folder, "/tmp/datebook-wbatch-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
    const char **names;
    size_t count;

    if (file_list(&fix.arena, folder, "", &names, &count, &fix.err))
        for (size_t i = 0; i < count; i++)
            unlink(in_folder(names[i]));
    ck_assert_int_eq(rmdir(folder), 0);
    store_teardown();
}

/* ---- What is done ---- */

static bool write_out(const char *name, int64_t most_lines)
{
    return writing_batch_out(fix.store, &fix.arena, &job, &endpoint,
                             in_folder(name), most_lines, BATCH_BYTES, NULL,
                             &shards, &shard_count, &fix.err);
}

static void out(const char *name, int64_t most_lines)
{
    MUST(write_out(name, most_lines));
}

static void in(const char *name)
{
    MUST(writing_batch_in(fix.store, &fix.arena, &job, in_folder(name), NULL,
                          NULL, &result, &fix.err));
}

static void expect_result(int64_t taken, int64_t known, int64_t failed)
{
    ck_assert_int_eq(result.taken, taken);
    ck_assert_int_eq(result.known, known);
    ck_assert_int_eq(result.failed, failed);
    ck_assert_int_eq(result.strangers, 0);
    ck_assert_int_eq(result.broken, 0);
}

static size_t count_in(enum request_state state)
{
    size_t count;

    (void)requests_in(&job, state, &count);
    return count;
}

static const char *mark_of(const struct request *request)
{
    char mark[BATCH_MARK_SIZE];

    batch_mark(request->fingerprint, mark);
    return arena_text(&fix.arena, mark, &fix.err);
}

static const char *content(const char *path)
{
    size_t length;
    const char *text = file_read(&fix.arena, path, 1 << 24, &length, &fix.err);

    MUST(text != NULL);
    return text;
}

/* ---- Files that a provider would send ---- */

static FILE *create(const char *name)
{
    FILE *file = fopen(in_folder(name), "w");

    ck_assert_ptr_nonnull(file);
    return file;
}

static void close_file(FILE *file)
{
    ck_assert_int_eq(fclose(file), 0);
}

static void put_reply(FILE *file, int64_t number)
{
    struct request request = request_of(number);

    fprintf(file,
            "{\"id\":\"batch_req_%lld\",\"custom_id\":\"%s\",\"response\":"
            "{\"status_code\":200,\"body\":%s},\"error\":null}\n",
            (long long)number, mark_of(&request), reply_to(&job, &request));
}

static void put_failure(FILE *file, int64_t number, const char *id, int status,
                        const char *error)
{
    struct request request = request_of(number);

    fprintf(file,
            "{\"id\":\"%s\",\"custom_id\":\"%s\",\"response\":{\"status_code\":"
            "%d,\"body\":{\"error\":%s}},\"error\":null}\n",
            id, mark_of(&request), status, error);
}

static void put_expired(FILE *file, int64_t number, const char *id)
{
    struct request request = request_of(number);

    fprintf(file,
            "{\"id\":\"%s\",\"custom_id\":\"%s\",\"response\":null,\"error\":"
            "{\"code\":\"batch_expired\",\"message\":\"too late\"}}\n",
            id, mark_of(&request));
}

/* Replies to all that is in files, the last one first. */
static size_t write_replies(const char *name)
{
    FILE *file = create(name);
    size_t count;
    int64_t *numbers = requests_in(&job, REQUEST_BATCHED, &count);

    for (size_t i = count; i-- > 0;)
        put_reply(file, numbers[i]);
    close_file(file);
    return count;
}

/* ---- Out ---- */

START_TEST(all_that_waits_is_in_the_file)
{
    size_t count;
    int64_t *waiting = requests_in(&job, REQUEST_WAITING, &count);
    const char *at;

    ck_assert_uint_gt(count, 3);
    out("r.jsonl", BATCH_LINES);
    ck_assert_uint_eq(shard_count, 1);
    ck_assert_int_eq(shards[0].totals.lines, (int64_t)count);
    ck_assert_uint_eq(count_in(REQUEST_WAITING), 0);
    ck_assert_uint_eq(count_in(REQUEST_BATCHED), count);
    at = content(in_folder("r.jsonl"));
    for (size_t i = 0; i < count; i++) {
        struct request request = request_of(waiting[i]);
        const char *start = arena_format(
            &fix.arena, &fix.err,
            "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":"
            "\"/v1/chat/completions\",\"body\":{\"model\":\"test-model\",",
            mark_of(&request));
        ck_assert_int_eq(strncmp(at, start, strlen(start)), 0);
        at = strchr(at, '\n') + 1;
        ck_assert_int_eq(request.tries, 1);
        ck_assert_str_eq(request.note,
                         arena_format(&fix.arena, &fix.err, "in r.jsonl, %.16s",
                                      shards[0].totals.hash));
    }
    ck_assert_int_eq(*at, '\0');
    out("s.jsonl", BATCH_LINES);
    ck_assert_uint_eq(shard_count, 0);
    ck_assert_int_ne(access(in_folder("s.jsonl"), F_OK), 0);
}
END_TEST

START_TEST(each_request_knows_its_file)
{
    size_t count;
    int64_t *numbers;

    out("r.jsonl", 3);
    numbers = requests_in(&job, REQUEST_BATCHED, &count);
    ck_assert_uint_eq(shard_count, (count + 2) / 3);
    for (size_t i = 0; i < count; i++) {
        struct request request = request_of(numbers[i]);
        ck_assert_int_eq(strncmp(batch_note_file(request.note),
                                 shards[i / 3].totals.hash, 16),
                         0);
        ck_assert_ptr_nonnull(
            strstr(content(shards[i / 3].path), mark_of(&request)));
    }
}
END_TEST

/* A file that cannot be written leaves everything as it was; so does one that
 * cannot get its name, but that requests count as sent until the job goes on.
 */
START_TEST(no_file_no_batch)
{
    size_t count = count_in(REQUEST_WAITING);

    ck_assert(!write_out("none/r.jsonl", BATCH_LINES));
    ck_assert_uint_eq(count_in(REQUEST_WAITING), count);
    close_file(create("r-00001.jsonl"));
    ck_assert(!write_out("r.jsonl", BATCH_LINES));
    ck_assert_uint_eq(count_in(REQUEST_WAITING), count);
    ck_assert_int_ne(access(in_folder("r.jsonl"), F_OK), 0);
}
END_TEST

/* ---- In ---- */

START_TEST(results_are_taken_once)
{
    struct job_totals totals;
    size_t count;

    out("r.jsonl", BATCH_LINES);
    count = write_replies("results.jsonl");
    in("results.jsonl");
    expect_result((int64_t)count, 0, 0);
    ck_assert_ptr_null(result.first_problem);
    totals = result.totals;
    ck_assert_int_eq(totals.written, totals.briefs);
    ck_assert_int_eq(totals.calls, (int64_t)count);
    in("results.jsonl");
    expect_result(0, (int64_t)count, 0);
    ck_assert_mem_eq(&totals, &result.totals, sizeof totals);
    ck_assert_int_eq(writing_end(&job, false), 2 * COUNT);
}
END_TEST

/* What was not run waits again, once for each line that says so: an old file
 * of errors does not take it out of the next batch. */
START_TEST(what_expired_waits_again)
{
    FILE *file;
    size_t count;
    int64_t *numbers;
    struct request request;

    out("r.jsonl", BATCH_LINES);
    numbers = requests_in(&job, REQUEST_BATCHED, &count);
    file = create("errors.jsonl");
    put_expired(file, numbers[0], "batch_req_x");
    close_file(file);
    in("errors.jsonl");
    expect_result(0, 0, 1);
    ck_assert_str_eq(result.first_problem,
                     arena_format(&fix.arena, &fix.err,
                                  "%s:1: batch_expired: too late",
                                  in_folder("errors.jsonl")));
    request = request_of(numbers[0]);
    ck_assert_int_eq(request.state, REQUEST_WAITING);
    ck_assert_str_eq(request.note, "batch_expired: too late");
    in("errors.jsonl");
    expect_result(0, 1, 0);
    out("s.jsonl", BATCH_LINES);
    ck_assert_int_eq(shards[0].totals.lines, 1);
    in("errors.jsonl");
    expect_result(0, 1, 0);
    ck_assert_int_eq(request_of(numbers[0]).state, REQUEST_BATCHED);
    ck_assert_uint_eq(write_replies("results.jsonl"), count);
    in("results.jsonl");
    expect_result((int64_t)count, 0, 0);
    ck_assert_int_eq(request_of(numbers[0]).tries, 2);
}
END_TEST

/* Replies of HTTP that are no answers. */
START_TEST(failures)
{
    FILE *file;
    size_t count;
    int64_t *numbers;

    out("r.jsonl", BATCH_LINES);
    numbers = requests_in(&job, REQUEST_BATCHED, &count);
    file = create("results.jsonl");
    put_failure(file, numbers[0], "a", 500, "{\"message\":\"broken\"}");
    put_failure(file, numbers[1], "b", 401, "{\"message\":\"what key\"}");
    put_failure(file, numbers[2], "c", 400, "{\"message\":\"too odd\"}");
    close_file(file);
    in("results.jsonl");
    expect_result(1, 0, 2);
    ck_assert_int_eq(request_of(numbers[0]).state, REQUEST_WAITING);
    ck_assert_int_eq(request_of(numbers[0]).status, 500);
    ck_assert_int_eq(request_of(numbers[1]).state, REQUEST_FAILED);
    ck_assert_ptr_nonnull(strstr(request_of(numbers[1]).note, "what key"));
    ck_assert_ptr_nonnull(result.hint);
    ck_assert_int_eq(request_of(numbers[2]).state, REQUEST_REJECTED);
    ck_assert_ptr_nonnull(strstr(result.first_problem, "results.jsonl:1: "));
}
END_TEST

#define REFUSES(field)                                                         \
    "{\"message\":\"Unsupported parameter: '" field "'\",\"type\":"            \
    "\"invalid_request_error\",\"param\":\"" field "\",\"code\":"              \
    "\"unsupported_parameter\"}"

/* What one file taught is for the next; results of a file are read as of what
 * that file said, whatever was learned meanwhile. */
START_TEST(the_next_file_is_another)
{
    FILE *file;
    size_t count;
    int64_t *numbers;
    const char *text;

    out("r.jsonl", 1);
    numbers = requests_in(&job, REQUEST_BATCHED, &count);
    ck_assert_ptr_nonnull(
        strstr(content(shards[0].path), "\"max_completion_tokens\":"));
    for (size_t i = 0; i < 2; i++) {
        file = create("errors.jsonl");
        put_failure(file, numbers[i], i ? "b" : "a", 400,
                    REFUSES("max_completion_tokens"));
        close_file(file);
        in("errors.jsonl");
        expect_result(0, 0, 1);
        ck_assert_int_eq(request_of(numbers[i]).state, REQUEST_WAITING);
    }
    out("s.jsonl", BATCH_LINES);
    text = content(in_folder("s.jsonl"));
    ck_assert_ptr_null(strstr(text, "\"max_completion_tokens\":"));
    ck_assert_ptr_nonnull(strstr(text, "\"max_tokens\":"));
    file = create("errors.jsonl");
    put_failure(file, numbers[0], "c", 400, REFUSES("temperature"));
    close_file(file);
    in("errors.jsonl");
    out("t.jsonl", BATCH_LINES);
    text = content(in_folder("t.jsonl"));
    ck_assert_ptr_nonnull(strstr(text, "\"max_tokens\":"));
    ck_assert_ptr_null(strstr(text, "\"temperature\":"));
}
END_TEST

START_TEST(lines_that_are_of_nothing)
{
    FILE *file;

    out("r.jsonl", BATCH_LINES);
    file = create("results.jsonl");
    fputs("\n{\"custom_id\":\"m-1\",\"error\":\"x\"}\n"
          "{\"custom_id\":\"db-00000000000000000000000000000000\",\"error\":"
          "\"x\"}\n"
          "{\"custom_id\":\"db-0000000000000000000000000000000G\",\"error\":"
          "\"x\"}\n  \r\n{\"custom_id\":\n",
          file);
    close_file(file);
    in("results.jsonl");
    ck_assert_int_eq(result.strangers, 3);
    ck_assert_int_eq(result.broken, 1);
    ck_assert_int_eq(result.taken + result.known + result.failed, 0);
    ck_assert_ptr_nonnull(strstr(result.first_problem, "results.jsonl:2: "));
}
END_TEST

/* ---- Checking ---- */

static bool check(const char *name)
{
    struct writing_batch_file file;
    bool ok = writing_batch_check(fix.store, &fix.arena, &job, &endpoint,
                                  in_folder(name), NULL, &file, &fix.err);

    if (ok) {
        char hash[HASH_HEX_SIZE];
        hash_hex(file.hash, hash);
        ck_assert_str_eq(hash, shards[0].totals.hash);
        ck_assert_int_eq(file.lines, shards[0].totals.lines);
    }
    return ok;
}

static void refused(const char *name, const char *why)
{
    ck_assert(!check(name));
    ck_assert_int_eq(fix.err.code, ERROR_INPUT);
    ck_assert_msg(strstr(fix.err.message, why) != NULL, "%s", fix.err.message);
}

static void put_content(const char *name, const char *text)
{
    FILE *file = create(name);

    fputs(text, file);
    close_file(file);
}

START_TEST(only_whole_files_are_submitted)
{
    const char *text;

    out("r.jsonl", BATCH_LINES);
    ck_assert_msg(check("r.jsonl"), "%s", fix.err.message);
    text = content(in_folder("r.jsonl"));
    put_content("cut.jsonl", strchr(text, '\n') + 1);
    refused("cut.jsonl", "is not as it was written");
    put_content("empty.jsonl", "");
    refused("empty.jsonl", "is empty");
    put_content("odd.jsonl", "{}\n");
    refused("odd.jsonl", "odd.jsonl:1: no request of a batch file");
    put_content("strange.jsonl", "{\"custom_id\":\"m-1\",\"url\":\"/v1\"}\n");
    refused("strange.jsonl", "no request of the job");
    endpoint.provider = PROVIDER_AZURE;
    endpoint.legacy = true;
    refused("r.jsonl", "another form of endpoint");
}
END_TEST

START_TEST(only_open_requests_are_submitted)
{
    struct remote_batch batch = {.job = job.job.number};
    int64_t count;

    out("r.jsonl", BATCH_LINES);
    sodium_hex2bin(batch.file, HASH_SIZE, shards[0].totals.hash,
                   HASH_HEX_SIZE - 1, NULL, NULL, NULL);
    MUST(journal_begin(fix.store, &fix.err));
    MUST(journal_end(fix.store,
                     writing_batch_return(fix.store, &job, batch.file, "why",
                                          &count, &fix.err),
                     &fix.err));
    ck_assert_int_eq(count, shards[0].totals.lines);
    ck_assert_uint_eq(count_in(REQUEST_WAITING), (size_t)count);
    refused("r.jsonl", "the request was put back");
    out("s.jsonl", 3);
    refused("r.jsonl", "the request is in another file by now");
    (void)write_replies("results.jsonl");
    in("results.jsonl");
    refused("r.jsonl", "the request was answered already");
}
END_TEST

/* Only what is in that file comes back; without a file all of it. */
START_TEST(requests_come_back)
{
    unsigned char hash[HASH_SIZE];
    size_t all;
    int64_t count;

    out("r.jsonl", 3);
    all = count_in(REQUEST_BATCHED);
    sodium_hex2bin(hash, HASH_SIZE, shards[1].totals.hash, HASH_HEX_SIZE - 1,
                   NULL, NULL, NULL);
    MUST(journal_begin(fix.store, &fix.err));
    MUST(writing_batch_return(fix.store, &job, hash, "failed", &count,
                              &fix.err));
    ck_assert_int_eq(count, 3);
    ck_assert_str_eq(
        request_of(requests_in(&job, REQUEST_WAITING, &(size_t){0})[0]).note,
        "failed");
    MUST(writing_batch_return(fix.store, &job, NULL, "", &count, &fix.err));
    ck_assert_int_eq(count, (int64_t)all - 3);
    MUST(journal_end(fix.store, true, &fix.err));
    ck_assert_uint_eq(count_in(REQUEST_WAITING), all);
}
END_TEST

/* What an edit made useless is kept and counted all the same, and is of use
 * again when the edit is taken back: nothing is asked a second time. */
START_TEST(results_that_come_after_an_edit)
{
    struct job_totals totals;
    size_t count;
    size_t left;

    out("r.jsonl", BATCH_LINES);
    count = write_replies("results.jsonl");
    begin();
    put_document(writing_document("alpha", "budget", ""));
    ck_assert(commit());
    ck_assert_int_gt(writing_renewed(&job), 0);
    in("results.jsonl");
    expect_result((int64_t)count, 0, 0);
    totals = result.totals;
    ck_assert_int_lt(totals.written, totals.briefs);
    ck_assert_int_gt(totals.completion_tokens, 0);
    in("results.jsonl");
    expect_result(0, (int64_t)count, 0);
    begin();
    put_document(writing_document("alpha", "review", ""));
    ck_assert(commit());
    ck_assert_int_eq(writing_renewed(&job), 0);
    requests_in(&job, REQUEST_WAITING, &left);
    ck_assert_uint_eq(left, 0);
    MUST(job_totals_of(fix.store, job.job.number, &totals, &fix.err));
    ck_assert_int_eq(totals.written, totals.briefs);
}
END_TEST

/* Results are waited for again, and not asked for a second time. */
START_TEST(an_edit_that_is_taken_back_in_time)
{
    size_t before;
    size_t count;

    out("r.jsonl", BATCH_LINES);
    before = count_in(REQUEST_BATCHED);
    begin();
    put_document(writing_document("alpha", "budget", ""));
    ck_assert(commit());
    ck_assert_int_gt(writing_renewed(&job), 0);
    ck_assert_uint_lt(count_in(REQUEST_BATCHED), before);
    refused("r.jsonl", "a persona was edited");
    begin();
    put_document(writing_document("alpha", "review", ""));
    ck_assert(commit());
    writing_renewed(&job);
    ck_assert_uint_eq(count_in(REQUEST_WAITING), 0);
    ck_assert_uint_eq(count_in(REQUEST_BATCHED), before);
    ck_assert(check("r.jsonl"));
    count = write_replies("results.jsonl");
    in("results.jsonl");
    expect_result((int64_t)count, 0, 0);
    ck_assert_int_eq(result.totals.written, result.totals.briefs);
}
END_TEST

Suite *writing_batch_suite(void);
Suite *writing_batch_suite(void)
{
    Suite *suite = suite_create("writing_batch");
    TCase *tcase = tcase_create("files");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, all_that_waits_is_in_the_file);
    tcase_add_test(tcase, each_request_knows_its_file);
    tcase_add_test(tcase, no_file_no_batch);
    tcase_add_test(tcase, results_are_taken_once);
    tcase_add_test(tcase, what_expired_waits_again);
    tcase_add_test(tcase, failures);
    tcase_add_test(tcase, the_next_file_is_another);
    tcase_add_test(tcase, lines_that_are_of_nothing);
    tcase_add_test(tcase, only_whole_files_are_submitted);
    tcase_add_test(tcase, only_open_requests_are_submitted);
    tcase_add_test(tcase, requests_come_back);
    tcase_add_test(tcase, results_that_come_after_an_edit);
    tcase_add_test(tcase, an_edit_that_is_taken_back_in_time);
    suite_add_tcase(suite, tcase);
    return suite;
}
