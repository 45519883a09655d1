/* Random runs on a store and on its model. */
#include "model.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct error err;

#define MUST(call) ck_assert_msg((call), "%s: %s", #call, err.message)

void model_start(struct model *model, struct store *store, struct arena *arena,
                 uint64_t seed)
{
    memset(model, 0, sizeof *model);
    model->store = store;
    model->arena = arena;
    random_start(&model->random, seed, "store model", NULL);
    random_start(&model->record_random, seed, "records of the model", NULL);
}

/* ---- Rows ---- */

void model_persona_row(int persona, int document, struct arena *arena,
                       struct stored_persona *row)
{
    *row = (struct stored_persona){
        .id = arena_format(arena, &err, "p%d", persona),
        .name = arena_format(arena, &err, "Name %d", persona),
        .tier = 1 + document % 3,
        .validation = document == 2,
        .document = arena_format(arena, &err, "{\"id\":\"p%d\",\"n\":%d}",
                                 persona, document)};
    row->document_length = strlen(row->document);
    memset(row->rules_hash, document, HASH_SIZE);
}

void model_meeting_row(int persona, int meeting, struct arena *arena,
                       struct stored_meeting *row, struct meeting_facts *facts)
{
    *row = (struct stored_meeting){
        .generated = 1000 + meeting,
        .id = arena_format(arena, &err, "p%d-m%d", persona, meeting),
        .document = arena_format(arena, &err, "{\"m\":%d}", meeting)};
    row->document_length = strlen(row->document);
    *facts = (struct meeting_facts){.subject = row->id,
                                    .preview = "preview",
                                    .people = "Ann\nBob\n",
                                    .attendees = 2 + meeting,
                                    .required = meeting % 3,
                                    .optional = meeting % 5,
                                    .resources = meeting % 2,
                                    .external = meeting % 2,
                                    .recurring = meeting % 3 == 1,
                                    .organizer = meeting % 5 == 1,
                                    .type = (enum event_type)(meeting % 4),
                                    .start = 30 * (civil_minute)meeting - 100,
                                    .minutes = 15 * meeting};
}

void model_record_row(int record, int document, struct arena *arena,
                      struct stored_record *row)
{
    *row = (struct stored_record){
        .name = arena_format(arena, &err, "s%d", record % MODEL_NAMES),
        .document = arena_format(arena, &err, "{\"record\":%d}", document)};
    row->document_length = strlen(row->document);
}

size_t model_rules(const struct model_label *label,
                   unsigned char codes[MODEL_RULES])
{
    size_t count = 0;

    for (unsigned rule = 0; rule < MODEL_RULES; rule++)
        if (label->fired >> rule & 1)
            codes[count++] =
                (unsigned char)(2 * rule + (label->decided >> rule & 1));
    return count;
}

bool model_same_label(const struct model_label *one,
                      const struct model_label *other)
{
    return one->importance == other->importance && one->rsvp == other->rsvp &&
           one->prep_minutes == other->prep_minutes &&
           one->fired == other->fired && one->decided == other->decided;
}

/* ---- Changes ---- */

static void make_known(struct model *model, int index)
{
    static const int kinds[MODEL_RULES] = {0, 1, 5, 9};
    struct world *world = &model->next;
    struct model_persona *persona = &world->personas[index];
    struct stored_persona row;
    int64_t number;

    model_persona_row(index, 0, model->arena, &row);
    MUST(run_persona_key(model->run, row.id, &persona->key, &err));
    ck_assert_int_eq(persona->key, world->known + 1);
    world->order[world->known++] = index;
    for (int i = 0; i < MODEL_RULES; i++) {
        int r = (i + model->turn) % MODEL_RULES;
        struct stored_rule rule = {
            .kind = kinds[r],
            .source = arena_format(model->arena, &err, "source %d", r),
            .name = arena_format(model->arena, &err, "r%d", r)};
        MUST(run_rule_number(model->run, persona->key, &rule, &number, &err));
        ck_assert_int_eq(number, i);
    }
}

static void put_persona(struct model *model, int index)
{
    struct model_persona *persona = &model->next.personas[index];
    int document = (int)random_below(&model->random, 3);
    struct stored_persona row;

    if (!persona->key)
        make_known(model, index);
    model_persona_row(index, document, model->arena, &row);
    row.key = persona->key;
    MUST(run_put_persona(model->run, &row, &err));
    if (persona->alive && persona->document == document)
        return;
    persona->alive = true;
    persona->document = document;
    persona->since = run_version(model->run);
}

static void remove_persona(struct model *model, int index)
{
    struct model_persona *persona = &model->next.personas[index];

    MUST(run_remove_persona(model->run, persona->key, &err));
    persona->alive = false;
    for (int i = 0; i < persona->count; i++)
        persona->meetings[i].alive = false;
}

/* The rules of a label as the store numbers them. */
static size_t numbered_rules(const struct model *model,
                             const struct model_label *label,
                             unsigned char codes[MODEL_RULES])
{
    size_t count = model_rules(label, codes);

    for (size_t i = 0; i < count; i++)
        codes[i] =
            (unsigned char)((codes[i] + 2 * MODEL_RULES - 2 * model->turn) %
                            (2 * MODEL_RULES));
    return count;
}

/* Values that a label has or once had come back often, some in reasons alone.
 */
static void reuse_label(struct model *model, int index, int meeting,
                        struct model_label *label)
{
    struct random *random = &model->random;
    int64_t version = random_below(random, (uint32_t)model->head + 1);
    const struct model_meeting *before =
        &model->worlds[version].personas[index].meetings[meeting];

    if (!random_chance(random, 60))
        return;
    if (!before->alive)
        before = &model->next.personas[index].meetings[meeting];
    *label = before->label;
    if (random_chance(random, 30))
        label->decided ^= label->fired & 1;
}

static void put_label(struct model *model, int index, int meeting, bool is_new)
{
    struct random *random = &model->random;
    struct model_persona *persona = &model->next.personas[index];
    struct model_meeting *row = &persona->meetings[meeting];
    unsigned char codes[MODEL_RULES];
    struct model_label label = {.importance = random_between(random, 0, 3),
                                .rsvp = random_between(random, 0, 2),
                                .prep_minutes =
                                    15 * random_between(random, 0, 2),
                                .fired = random_below(random, 16)};
    struct stored_label stored = {.meeting = model_key(persona, meeting),
                                  .rules = codes};

    label.decided = random_below(random, 16) & label.fired;
    if (!is_new)
        reuse_label(model, index, meeting, &label);
    stored.importance = label.importance;
    stored.rsvp = label.rsvp;
    stored.prep_minutes = label.prep_minutes;
    stored.rules_length = numbered_rules(model, &label, codes);
    MUST(run_put_label(model->run, &stored, &err));
    if (!is_new && model_same_label(&label, &row->label))
        return;
    row->label = label;
    row->label_since = run_version(model->run);
}

static void add_meeting(struct model *model, int index)
{
    struct model_persona *persona = &model->next.personas[index];
    int meeting = persona->count++;
    struct meeting_facts facts;
    struct stored_meeting row;
    int64_t key;

    model_meeting_row(index, meeting + model->skip, model->arena, &row, &facts);
    MUST(run_add_meeting(model->run, persona->key, &row, &facts, &key, &err));
    ck_assert_int_eq(key, model_key(persona, meeting));
    persona->meetings[meeting] =
        (struct model_meeting){.alive = true,
                               .name = meeting + model->skip,
                               .since = run_version(model->run)};
    put_label(model, index, meeting, true);
}

/* Labels of old meetings, then new meetings: in order of key. */
static void change_meetings(struct model *model, int index)
{
    struct random *random = &model->random;
    struct model_persona *persona = &model->next.personas[index];
    int more = random_between(random, 0, 3);

    for (int i = 0; i < persona->count; i++)
        if (persona->meetings[i].alive && random_chance(random, 25))
            put_label(model, index, i, false);
    while (more-- && persona->count < MODEL_MEETINGS)
        add_meeting(model, index);
}

static void change_persona(struct model *model, int index)
{
    int roll = (int)random_below(&model->random, 10);
    bool alive = model->next.personas[index].alive;

    if (roll < 3)
        return;
    if (roll < 5 || !alive)
        put_persona(model, index);
    else if (roll == 5)
        remove_persona(model, index);
    else
        change_meetings(model, index);
}

/* Splits and reviews go and come back, often as they were. */
static void change_record(struct model *model, int record)
{
    struct world *world = &model->next;
    int document = (int)random_below(&model->record_random, 4);
    struct stored_record row;

    model_record_row(record, document, model->arena, &row);
    if (document)
        MUST(run_put_record(model->run, model_record_noun(record), &row, &err));
    else if (world->records[record])
        MUST(run_remove_record(model->run, model_record_noun(record), row.name,
                               &err));
    if (world->records[record] != document)
        world->records_since[record] = run_version(model->run);
    world->records[record] = document;
}

void model_step(struct model *model)
{
    struct run_header header = {
        .command = "model", .options = "{}", .summary = "", .engine = 1};
    int first = (int)random_below(&model->random, MODEL_PERSONAS);
    int known;
    bool changed;

    model->next = model->worlds[model->head];
    model->run = run_begin(model->store, model->arena, &err);
    MUST(model->run != NULL);
    ck_assert_int_eq(run_version(model->run), model->head + 1);
    known = model->next.known;
    for (int i = 0; i < known; i++)
        change_persona(model, model->next.order[i]);
    for (int i = 0; i < MODEL_PERSONAS; i++) {
        int index = (first + i) % MODEL_PERSONAS;
        if (!model->next.personas[index].key &&
            random_chance(&model->random, 20)) {
            put_persona(model, index);
            change_meetings(model, index);
        }
    }
    for (int i = 0; i < MODEL_RECORDS; i++)
        if (random_chance(&model->record_random, 15))
            change_record(model, i);
    if (!random_chance(&model->random, 10)) {
        MUST(run_seal(model->run, &header, &changed, &err));
        MUST(run_commit(model->run, &err));
        model->worlds[model->head + changed] = model->next;
        model->head += changed;
    }
    run_abandon(model->run);
}

/* ---- Differences ---- */

static size_t changed_meetings(const struct model *model, enum noun noun,
                               int64_t from, int64_t to, int index,
                               struct model_change *changes)
{
    const struct model_persona *old = &model->worlds[from].personas[index];
    const struct model_persona *new = &model->worlds[to].personas[index];
    size_t count = 0;

    for (int i = 0; i < MODEL_MEETINGS; i++) {
        const struct model_meeting *before = &old->meetings[i];
        const struct model_meeting *after = &new->meetings[i];
        bool changed = before->alive != after->alive ||
                       (noun == NOUN_LABEL && before->alive &&
                        !model_same_label(&before->label, &after->label));
        if (!changed)
            continue;
        changes[count++] = (struct model_change){
            .noun = noun,
            .persona = index,
            .meeting = i,
            .had = before->alive,
            .has = after->alive,
            .old_label = before->alive ? &before->label : NULL,
            .new_label = after->alive ? &after->label : NULL};
    }
    return count;
}

static size_t changed_records(const struct world *old, const struct world *new,
                              struct model_change *changes)
{
    size_t count = 0;

    for (int i = 0; i < MODEL_RECORDS; i++)
        if (old->records[i] != new->records[i])
            changes[count++] =
                (struct model_change){.noun = model_record_noun(i),
                                      .had = old->records[i] != 0,
                                      .has = new->records[i] != 0,
                                      .record = i,
                                      .old_document = old->records[i],
                                      .new_document = new->records[i]};
    return count;
}

size_t model_changes(const struct model *model, int64_t from, int64_t to,
                     struct model_change *changes)
{
    const struct world *latest = &model->worlds[model->head];
    size_t count = 0;

    for (int i = 0; i < latest->known; i++) {
        int index = latest->order[i];
        const struct model_persona *old = &model->worlds[from].personas[index];
        const struct model_persona *new = &model->worlds[to].personas[index];
        if (old->alive != new->alive ||
            (old->alive && old->document != new->document))
            changes[count++] = (struct model_change){.noun = NOUN_PERSONA,
                                                     .persona = index,
                                                     .had = old->alive,
                                                     .has = new->alive};
    }
    for (int noun = NOUN_MEETING; noun <= NOUN_LABEL; noun++)
        for (int i = 0; i < latest->known; i++)
            count += changed_meetings(model, (enum noun)noun, from, to,
                                      latest->order[i], changes + count);
    return count + changed_records(&model->worlds[from], &model->worlds[to],
                                   changes + count);
}
