/* Any bytes as the content of a model's reply, as a brief, and as a written
 * meeting of the journal: each brief gets a text within its bounds or a fault
 * that is safe to quote, and what is written comes back. */
#include "datebook/brief.h"

#include "datebook/utf16.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static const char *const topics[] = {"deal review"};
static const struct brief briefs[] = {
    {.number = 1, .date = "Monday 2 March 2026", .kind = "focus"},
    {.number = 2,
     .date = "Tuesday 3 March 2026",
     .kind = "customer call",
     .topics = topics,
     .topic_count = 1}};
static const char *const kinds[] = {"focus", "customer call"};
static const struct persona persona = {.id = "ann", .name = "Ann Lee"};

static void check_plain(const char *text)
{
    for (; *text; text++)
        expect((unsigned char)*text >= 0x20 && *text != 0x7F);
}

static void check_good(const struct written *written, bool whole)
{
    expect(written->kind && written->subject && written->preview);
    check_plain(written->kind);
    check_plain(written->subject);
    check_plain(written->preview);
    expect(text_units(written->subject) <= 255);
    expect(text_units(written->preview) <= 255);
    if (!whole)
        return;
    expect(written->date && written->organizer);
    expect(written->start >= 0 && written->minutes >= 5 &&
           written->start + written->minutes <= 24 * 60);
    expect(written->people_count <= 501);
    for (size_t i = 0; i < written->people_count; i++)
        check_plain(written->people[i].name);
}

static void check_round(struct arena *arena, const struct written *written)
{
    struct buf buf = BUF_EMPTY;
    struct buf again = BUF_EMPTY;
    struct written back;
    struct error err;

    written_write(&buf, written);
    expect(written_parse(arena, buf_string(&buf), buf.length, &back, &err));
    written_write(&again, &back);
    expect(!strcmp(buf_string(&buf), buf_string(&again)));
    buf_free(&buf);
    buf_free(&again);
}

static void check_reply(struct arena *arena, const char *content, bool whole)
{
    const struct prompt_call call = {.persona = &persona,
                                     .briefs = briefs,
                                     .brief_count = 2,
                                     .whole = whole,
                                     .language = "English",
                                     .kinds = kinds,
                                     .kind_count = 2,
                                     .company = "Contoso"};
    struct written_list list;
    struct error err;

    expect(written_read(arena, &call, content, &list, &err));
    expect(list.count == 2);
    for (size_t i = 0; i < list.count; i++) {
        expect(list.items[i].brief == briefs[i].number);
        expect(!list.fault || list.items[i].fault);
        if (list.items[i].fault)
            check_plain(list.items[i].fault);
        else
            check_good(&list.items[i], whole);
        check_round(arena, &list.items[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = {.code = ERROR_NONE};
    struct brief brief;
    struct written written;
    const char *content = arena_bytes(&arena, data, size, &err);

    expect(content != NULL);
    check_reply(&arena, content, false);
    check_reply(&arena, content, true);
    if (brief_read(&arena, content, size, &brief, &err))
        expect(brief.number > 0 && brief.kind && brief.date);
    else
        expect(err.code == ERROR_INPUT);
    if (written_parse(&arena, content, size, &written, &err))
        check_round(&arena, &written);
    else
        expect(err.code == ERROR_INPUT);
    arena_free(&arena);
    return 0;
}
