/* The chain hash: any value that differs gives another, and all that follow
 * differ as well. */
#include "fixture.h"

/* Everything that one run writes. */
struct content {
    const char *persona;
    const char *document;
    const char *meeting;
    const char *event;
    int64_t generated;
    int kind;
    const char *source;
    const char *name;
    int importance;
    int rsvp;
    int prep_minutes;
    unsigned char code;
    size_t codes;
    struct run_header header;
};

static const struct content plain = {
    .persona = "a",
    .document = "{\"a\":1}",
    .meeting = "m",
    .event = "{\"b\":1}",
    .generated = 7,
    .source = "source",
    .name = "name",
    .importance = 2,
    .rsvp = 2,
    .prep_minutes = 30,
    .code = 1,
    .codes = 1,
    .header = {.command = "c",
               .options = "{}",
               .summary = "s",
               .started = 3,
               .engine = 1},
};

static void write_content(const struct content *content)
{
    struct stored_persona persona = {.id = content->persona,
                                     .name = "",
                                     .tier = 1,
                                     .document = content->document,
                                     .document_length =
                                         strlen(content->document)};
    struct stored_meeting meeting = {.id = content->meeting,
                                     .generated = content->generated,
                                     .document = content->event,
                                     .document_length = strlen(content->event)};
    struct stored_rule rule = {.kind = content->kind,
                               .source = content->source,
                               .name = content->name};
    struct meeting_facts facts = {.subject = "", .preview = "", .people = ""};
    struct stored_label label = {.importance = content->importance,
                                 .rsvp = content->rsvp,
                                 .prep_minutes = content->prep_minutes,
                                 .rules = &content->code,
                                 .rules_length = content->codes};
    int64_t number;

    begin();
    MUST(run_persona_key(fix.run, persona.id, &persona.key, &fix.err));
    MUST(run_put_persona(fix.run, &persona, &fix.err));
    MUST(run_rule_number(fix.run, persona.key, &rule, &number, &fix.err));
    MUST(run_add_meeting(fix.run, persona.key, &meeting, &facts, &label.meeting,
                         &fix.err));
    MUST(run_put_label(fix.run, &label, &fix.err));
    ck_assert(commit_as(&content->header));
}

/* The chain after this content in a new file, and after one more run. */
static void chains(const struct content *content,
                   unsigned char digests[2][HASH_SIZE])
{
    struct version version;

    store_close(fix.store);
    empty_folder(fix.folder);
    fix.store = store_create(path_of("chain.db"), &fix.err);
    MUST(fix.store != NULL);
    write_content(content);
    begin();
    put("last", "{}");
    ck_assert(commit());
    for (int i = 0; i < 2; i++) {
        MUST(version_get(fix.store, &fix.arena, i + 1, &version, &fix.err));
        memcpy(digests[i], version.chain, HASH_SIZE);
    }
}

#define DIFFERS(change)                                                        \
    do {                                                                       \
        struct content content = plain;                                        \
        content.change;                                                        \
        chains(&content, other);                                               \
        for (int i_ = 0; i_ < 2; i_++)                                         \
            ck_assert_msg(memcmp(one[i_], other[i_], HASH_SIZE) != 0, "%s",    \
                          #change);                                            \
    } while (0)

START_TEST(any_other_value_makes_another_chain)
{
    unsigned char one[2][HASH_SIZE];
    unsigned char other[2][HASH_SIZE];

    chains(&plain, one);
    chains(&plain, other);
    ck_assert_mem_eq(one, other, sizeof one);
    DIFFERS(persona = "b");
    DIFFERS(document = "{\"a\":2}");
    DIFFERS(meeting = "n");
    DIFFERS(event = "{\"b\":2}");
    DIFFERS(generated = 8);
    DIFFERS(kind = 1);
    DIFFERS(source = "sourcf");
    DIFFERS(name = "namf");
    DIFFERS(importance = 3);
    DIFFERS(rsvp = 1);
    DIFFERS(prep_minutes = 35);
    DIFFERS(code = 0);
    DIFFERS(codes = 0);
    DIFFERS(header.command = "d");
    DIFFERS(header.options = "{\"x\":1}");
    DIFFERS(header.summary = "t");
    DIFFERS(header.started = 4);
    DIFFERS(header.engine = 2);
}
END_TEST

Suite *chain_suite(void);
Suite *chain_suite(void)
{
    Suite *suite = suite_create("chain");
    TCase *tcase = tcase_create("chain");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, any_other_value_makes_another_chain);
    suite_add_tcase(suite, tcase);
    return suite;
}
