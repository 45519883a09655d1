/* Comma-separated values, read back by a reader of RFC 4180 that is not ours to
 * write with: it knows nothing but commas, quotes and CRLF. */
#include "training_fixture.h"

Suite *csv_suite(void);

enum { COLUMNS = 20 };

static struct csv_meeting meeting;

static void begin(const char *subject, const char *preview)
{
    meet(subject, preview);
    fix.label = (struct stored_label){.importance = IMPORTANCE_HIGH,
                                      .rsvp = RSVP_TENTATIVE,
                                      .prep_minutes = 30};
    meeting = (struct csv_meeting){
        .labelled = {.id = "m1",
                     .facts = &fix.facts,
                     .label = &fix.label,
                     .reasoning = "No specific rule matched",
                     .reasoning_length = 24},
        .persona_id = "ann",
        .stamp = "2025-11-10T14:32:18.123456"};
}

static const char *line(void)
{
    buf_clear(&fix.out);
    MUST(csv_add(&meeting, &fix.out, &fix.err));
    return buf_string(&fix.out);
}

/* The next field of a line, unquoted; *at is at its comma or CRLF then. */
static const char *next_field(const char **at)
{
    struct buf field = BUF_EMPTY;
    const char *text;
    bool quoted = **at == '"';

    for (*at += quoted; quoted || (**at != ',' && **at != '\r'); ++*at) {
        ck_assert_int_ne(**at, '\0');
        ck_assert(quoted || (**at != '"' && **at != '\n'));
        if (quoted && **at == '"' && *++*at != '"')
            break;
        buf_char(&field, **at);
    }
    text = arena_text(&fix.arena, buf_string(&field), &fix.err);
    buf_free(&field);
    return text;
}

static const char *field(const char *column)
{
    const char *at = line();
    const char *found = NULL;

    for (int i = 0; i < COLUMNS; i++) {
        const char *text = next_field(&at);
        if (!strcmp(csv_columns[i], column))
            found = text;
        if (i + 1 < COLUMNS)
            ck_assert_int_eq(*at++, ',');
    }
    ck_assert_str_eq(at, "\r\n");
    ck_assert_ptr_nonnull(found);
    return found;
}

START_TEST(the_header_names_the_columns)
{
    csv_add_header(&fix.out);
    ck_assert_str_eq(
        buf_string(&fix.out),
        "id,persona_id,subject,start,minutes,type,organizer,people,required,"
        "optional,resources,external,recurring,preview,importance_label,"
        "prep_needed,prep_time_minutes,rsvp,reasoning,generation_"
        "timestamp\r\n");
    ck_assert_ptr_null(csv_columns[COLUMNS]);
}
END_TEST

START_TEST(a_line_has_all_of_them)
{
    begin("Demo", "Bring it.");
    ck_assert_str_eq(line(),
                     "m1,ann,Demo,2025-11-18T10:00,60,singleInstance,other,3,2,"
                     "1,0,false,false,Bring it.,high,true,30,tentative,No "
                     "specific rule matched,2025-11-10T14:32:18.123456\r\n");
    fix.facts.organizer = fix.facts.external = fix.facts.recurring = true;
    fix.facts.type = EVENT_OCCURRENCE;
    fix.facts.resources = 1;
    fix.facts.preview = "";
    fix.label.prep_minutes = 0;
    ck_assert_str_eq(line(),
                     "m1,ann,Demo,2025-11-18T10:00,60,occurrence,self,3,2,1,1,"
                     "true,true,,high,false,0,tentative,No specific rule "
                     "matched,2025-11-10T14:32:18.123456\r\n");
}
END_TEST

START_TEST(quotes_stand_where_they_are_needed)
{
    begin("Demo, \"live\"", "one\r\ntwo");
    ck_assert_ptr_nonnull(
        strstr(line(), "m1,ann,\"Demo, \"\"live\"\"\",2025-11-18T10:00,"));
    ck_assert_ptr_nonnull(strstr(line(), ",false,\"one\r\ntwo\",high,"));
    begin("a\nb", "c\rd");
    ck_assert_ptr_nonnull(strstr(line(), "ann,\"a\nb\",2025"));
    ck_assert_ptr_nonnull(strstr(line(), "false,\"c\rd\",high"));
    begin("semi;colon 'and' \ttab", " space ");
    ck_assert_ptr_nonnull(strstr(line(), "ann,semi;colon 'and' \ttab,2025"));
    ck_assert_ptr_nonnull(strstr(line(), "false, space ,high"));
    begin("x", "");
    meeting.labelled.id = "a,b";
    meeting.persona_id = "\"";
    meeting.labelled.reasoning = "Always: \"x\", y";
    meeting.labelled.reasoning_length = 14;
    ck_assert_str_eq(field("id"), "a,b");
    ck_assert_str_eq(field("persona_id"), "\"");
    ck_assert_str_eq(field("reasoning"), "Always: \"x\", y");
}
END_TEST

/* Whatever byte stands wherever in a text, alone or among eight plain ones. */
START_TEST(every_text_comes_back)
{
    char text[] = "abcdefghijklmnopqrst";
    const size_t length = sizeof text - 1;

    for (int byte = 1; byte < 0x80; byte++)
        for (size_t at = 0; at < length; at++) {
            char kept = text[at];
            text[at] = (char)byte;
            begin(text, text + at);
            ck_assert_str_eq(field("subject"), text);
            ck_assert_str_eq(field("preview"), text + at);
            text[at] = kept;
        }
    begin("caf\u00E9 \u2028 \U0001F680 \u5B63\u5EA6", "\"\"\",\"\r\n\"");
    ck_assert_str_eq(field("subject"),
                     "caf\u00E9 \u2028 \U0001F680 \u5B63\u5EA6");
    ck_assert_str_eq(field("preview"), "\"\"\",\"\r\n\"");
}
END_TEST

START_TEST(what_is_no_text_is_replaced)
{
    begin("caf\xE9 then plain text", "\xF0\x9F\x9A");
    ck_assert_str_eq(field("subject"), "caf\uFFFD then plain text");
    ck_assert_str_eq(field("preview"), "\uFFFD\uFFFD\uFFFD");
    meeting.labelled.reasoning = "eight by\0te, and more";
    meeting.labelled.reasoning_length = 21;
    ck_assert_str_eq(field("reasoning"), "eight by\uFFFDte, and more");
}
END_TEST

Suite *csv_suite(void)
{
    Suite *suite = suite_create("csv");
    TCase *tcase = tcase_create("csv");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_header_names_the_columns);
    tcase_add_test(tcase, a_line_has_all_of_them);
    tcase_add_test(tcase, quotes_stand_where_they_are_needed);
    tcase_add_test(tcase, every_text_comes_back);
    tcase_add_test(tcase, what_is_no_text_is_replaced);
    suite_add_tcase(suite, tcase);
    return suite;
}
