/* Summaries of exports that never were, for the tests of what describes one:
 * card and Croissant.  Nothing in them needs a database. */
#ifndef DATEBOOK_TESTS_EXPORT_DESCRIBED_H
#define DATEBOOK_TESTS_EXPORT_DESCRIBED_H

#include "datebook/export.h"
#include "datebook/file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

/* All that a summary points to; a test changes what it is about. */
struct described {
    struct stored_persona train[2];
    struct stored_persona held_out[5];
    enum held_out_reason reasons[5];
    struct split split;
    struct division division;
    struct prompt prompt;
    struct export_shape shapes[EXPORT_SHAPES];
    struct leaks leaks;
    struct export_file files[64];
    struct export_origin origins[2];
    struct persona_tally personas[7];
    struct export_request request;
    struct export_summary summary;
};

/* 2025-11-10T14:32:18.123456 */
#define DESCRIBED_STARTED INT64_C(1762785138123456)

static inline struct tally described_tally(int64_t meetings)
{
    return (struct tally){
        .meetings = meetings,
        .importance = {meetings / 10, meetings / 2, meetings / 5, meetings / 5},
        .rsvp = {meetings / 4, meetings / 4, meetings / 2},
        .prep_needed = meetings / 2,
        .prep_minutes = meetings / 2 * 25,
        .by_default = meetings / 20,
        .types = {meetings * 6 / 10, meetings * 3 / 10, meetings / 10, 0},
    };
}

static inline void described_part(struct described *at, enum part part,
                                  int64_t personas, int64_t meetings)
{
    at->summary.parts[part] =
        (struct export_part){.personas = personas,
                             .meetings = meetings,
                             .tally = described_tally(meetings)};
}

/* A file; its name, size and sum follow from its place. */
static inline void described_file(struct described *at, size_t shape,
                                  enum part part, int shard, int shards)
{
    static char names[64][80];
    size_t n = at->summary.file_count++;
    const char *const packed[] = {"", ".gz", ".zst"};
    const char *kind = at->shapes[shape].format == FORMAT_CSV ? "csv" : "jsonl";
    char number[32] = "";

    if (shards > 1)
        snprintf(number, sizeof number, "-%05d-of-%05d", shard, shards);
    snprintf(names[n], sizeof names[n], "data/%s/%s%s.%s%s",
             at->shapes[shape].name, part_name(part), number, kind,
             packed[at->request.compress]);
    at->files[n] = (struct export_file){.name = names[n],
                                        .shape = shape,
                                        .part = part,
                                        .shard = shard,
                                        .shards = shards,
                                        .rows = 10 * (int64_t)(n + 1),
                                        .bytes = 1000 * (int64_t)(n + 1)};
    for (size_t i = 0; i < 64; i++)
        at->files[n].sha256[i] = "0123456789abcdef"[(n + i) % 16];
}

static inline struct stored_persona
described_persona(const char *id, const char *name, int tier)
{
    struct stored_persona persona = {.id = id, .name = name, .tier = tier};

    for (size_t i = 0; i < HASH_SIZE; i++)
        persona.rules_hash[i] = (unsigned char)(id[0] + (int)i);
    return persona;
}

static inline void described_joints(struct described *at)
{
    at->division.split = &at->split;
    at->division.train = at->train;
    at->division.held_out = at->held_out;
    at->division.reasons = at->reasons;
    at->request.division = &at->division;
    at->request.shapes = at->shapes;
    at->summary.request = &at->request;
    at->summary.files = at->files;
    at->summary.origins = at->origins;
    at->summary.personas = at->personas;
    at->request.command = "datebook export";
    at->request.words =
        (struct export_words){.title = "datebook meetings", .license = "other"};
    at->summary.version = (struct version){.number = 3,
                                           .started = DESCRIBED_STARTED,
                                           .tool = "0.1.0",
                                           .engine = 1};
    for (size_t i = 0; i < HASH_SIZE; i++)
        at->summary.version.content[i] = (unsigned char)(0xA0 + i);
}

/* One persona trains, one for validation is held out, one graph file each, and
 * nobody looked for leaks. */
static inline void described_plain(struct described *at)
{
    memset(at, 0, sizeof *at);
    described_joints(at);
    at->train[0] = described_persona("alpha", "Sales Lead", 1);
    at->held_out[0] = described_persona("omega", "On Call", 2);
    at->reasons[0] = HELD_OUT_VALIDATION;
    at->division.train_count = 1;
    at->division.held_out_count = 1;
    at->shapes[0] = (struct export_shape){
        .format = FORMAT_GRAPH, .task = TASKS, .name = "graph"};
    at->request.shape_count = 1;
    described_part(at, PART_TRAIN, 1, 200);
    described_part(at, PART_HELD_OUT, 1, 100);
    described_file(at, 0, PART_TRAIN, 1, 1);
    described_file(at, 0, PART_HELD_OUT, 1, 1);
    at->origins[0] = (struct export_origin){.meetings = 300};
    at->summary.origin_count = 1;
    at->personas[0] = (struct persona_tally){
        .id = "alpha", .tier = 1, .tally = described_tally(200)};
    at->personas[1] = (struct persona_tally){.id = "omega",
                                             .tier = 2,
                                             .validation = true,
                                             .tally = described_tally(100)};
    at->summary.persona_count = 2;
}

/* A form of record with all of its files, of which training ones are in two. */
static inline void described_shape(struct described *at,
                                   enum export_format format,
                                   enum training_task task, const char *name)
{
    size_t n = at->request.shape_count++;
    bool trains = format != FORMAT_GRAPH && format != FORMAT_CSV;

    at->shapes[n] =
        (struct export_shape){.format = format,
                              .task = task,
                              .name = name,
                              .prompt = trains ? &at->prompt : NULL};
    described_file(at, n, PART_TRAIN, 1, 2);
    described_file(at, n, PART_TRAIN, 2, 2);
    described_file(at, n, PART_VALIDATION, 1, 1);
    described_file(at, n, PART_HELD_OUT, 1, 1);
}

/* All that an export may have at once; texts that must be escaped. */
static inline void described_full(struct described *at)
{
    static const char *const ids[] = {"b-fold", "named", "share", "tier",
                                      "valid"};

    memset(at, 0, sizeof *at);
    described_joints(at);
    at->request.command = "datebook export --split half `x` --title 'a | b'";
    at->request.compress = COMPRESS_GZIP;
    at->request.shard_size = 1000;
    at->request.labels = LABELS_REVIEWED;
    at->summary.reviewed = 12;
    at->summary.corrected = 3;
    at->summary.outdated = 1;
    at->request.leaks = &at->leaks;
    at->request.stale_allowed = true;
    at->request.words =
        (struct export_words){.title = "Meetings: *\"A\"* | #1\n<b>",
                              .license = "cc-by-4.0",
                              .creator = "Ada & Søn",
                              .url = "https://example.example/a_b"};
    at->train[0] = described_persona("alpha", "Sales Lead", 1);
    at->train[1] = described_persona("beta", "Finance | Audit", 3);
    for (size_t i = 0; i < 5; i++) {
        at->held_out[i] = described_persona(ids[i], "Name [of] it", 2);
        at->reasons[i] = (enum held_out_reason)(HELD_OUT_FOLD - (int)i);
        at->personas[i] = (struct persona_tally){
            .id = ids[i], .tier = 2, .tally = described_tally(20)};
    }
    at->reasons[1] = HELD_OUT_NAMED;
    at->reasons[2] = HELD_OUT_DRAWN;
    at->reasons[3] = HELD_OUT_TIER;
    at->personas[5] = (struct persona_tally){
        .id = "alpha", .tier = 1, .tally = described_tally(1200)};
    at->personas[6] = (struct persona_tally){.id = "beta", .tier = 3};
    at->summary.persona_count = 7;
    at->division.train_count = 2;
    at->division.held_out_count = 5;
    at->division.fold = 2;
    at->split = (struct split){.name = "half",
                               .terms = {.held_out_tier = 2,
                                         .fraction = 0.25,
                                         .folds = 5,
                                         .validation_fraction = 0.1,
                                         .seed = 7}};
    /* Never looked into here: it only has to be there. */
    at->division.cut = (const struct cut *)(const void *)at;
    at->prompt = (struct prompt){.name = "my|own.txt"};
    memset(at->prompt.sha256, 0x5C, sizeof at->prompt.sha256);
    described_shape(at, FORMAT_GRAPH, TASKS, "graph");
    described_shape(at, FORMAT_SFT, TASK_IMPORTANCE, "sft-importance");
    described_shape(at, FORMAT_DPO, TASK_PREP, "dpo-prep");
    described_shape(at, FORMAT_TRL_SFT, TASK_RSVP, "trl-sft-rsvp");
    described_shape(at, FORMAT_TRL_DPO, TASK_RSVP, "trl-dpo-rsvp");
    described_shape(at, FORMAT_KTO, TASK_IMPORTANCE, "kto-importance");
    described_shape(at, FORMAT_CSV, TASKS, "csv");
    described_part(at, PART_TRAIN, 2, 1000);
    described_part(at, PART_VALIDATION, 2, 200);
    described_part(at, PART_HELD_OUT, 5, 100);
    at->summary.parts[PART_TRAIN].dropped = 3;
    at->summary.parts[PART_VALIDATION].dropped = 1;
    at->leaks.count = 4;
    at->leaks.compared = 1304;
    at->origins[0] =
        (struct export_origin){.model = "big_model*", .meetings = 1299};
    at->origins[1] = (struct export_origin){.meetings = 1};
    at->summary.origin_count = 2;
}

/* Holds a text against a file of tests/data/export, which DESCRIBED_WRITE=1
 * writes; read the difference before it is committed. */
static inline void described_pin(const char *name, const struct buf *text)
{
    struct arena arena = ARENA_EMPTY;
    struct error err;
    const char *path = arena_format(&arena, &err, "tests/data/export/%s", name);
    const char *wanted;
    size_t length;

    if (getenv("DESCRIBED_WRITE")) {
        FILE *file = fopen(path, "w");
        ck_assert(file && fputs(buf_string(text), file) >= 0 && !fclose(file));
    }
    wanted = file_read(&arena, path, 1 << 20, &length, &err);
    ck_assert_msg(wanted != NULL, "%s", err.message);
    ck_assert_str_eq(buf_string(text), wanted);
    arena_free(&arena);
}

#endif
