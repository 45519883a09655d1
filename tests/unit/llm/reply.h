/* A call of three briefs, and replies to it, for the tests of what is read. */
#ifndef TESTS_UNIT_LLM_REPLY_H
#define TESTS_UNIT_LLM_REPLY_H

#include "datebook/brief.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct written_list list;
static struct persona persona = {.id = "ann", .name = "Ann Lee"};

static const char *const topics[] = {"deal review"};
static const struct brief briefs[] = {
    {.number = 1, .date = "Monday 2 March 2026", .kind = "pipeline_review"},
    {.number = 2, .date = "Tuesday 3 March 2026", .kind = "customer call"},
    {.number = 3,
     .date = "Sunday 8 March 2026",
     .kind = "focus",
     .topics = topics,
     .topic_count = 1},
};
static const char *const kinds[] = {"pipeline_review", "customer call",
                                    "focus"};
static struct prompt_call call = {.persona = &persona,
                                  .briefs = briefs,
                                  .brief_count = 3,
                                  .language = "English",
                                  .kinds = kinds,
                                  .kind_count = 3,
                                  .company = "Contoso"};

#define ONE                                                                    \
    "{\"brief\":1,\"kind\":\"pipeline_review\",\"subject\":\"Pipeline: three " \
    "that slipped\",\"preview\":\"Bring the stage history of each.\"}"
#define TWO                                                                    \
    "{\"brief\":2,\"kind\":\"customer call\",\"subject\":\"Fourth Coffee "     \
    "rollout\",\"preview\":\"Where the pilot stands, store by store.\"}"
#define THREE                                                                  \
    "{\"brief\":3,\"kind\":\"focus\",\"subject\":\"Notes for the deal "        \
    "reviews\",\"preview\":\"Quiet time to read what came in.\"}"
#define LIST(items) "{\"meetings\":[" items "]}"

static void teardown(void)
{
    arena_free(&arena);
}

static void read_reply(const char *content)
{
    ck_assert_msg(written_read(&arena, &call, content, &list, &err), "%s",
                  err.message);
    ck_assert_uint_eq(list.count, call.brief_count);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_int_eq(list.items[i].brief, call.briefs[i].number);
}

/* Reads what has to be good, with so much that was put right. */
static void read_good(const char *content, int coerced)
{
    read_reply(content);
    ck_assert_msg(!list.fault, "%s", list.fault);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_msg(!list.items[i].fault, "%s", list.items[i].fault);
    ck_assert_msg(list.coerced == coerced, "%d coerced in %s", list.coerced,
                  content);
}

#endif
