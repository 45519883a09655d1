/* Good texts, and some that are not; see compose.h.
 *
 * The briefs of a request stand in its user messages, a line each, as JSON
 * objects that start with {"brief": and their number.  A correction names those
 * that were wrong in lines that start with "brief 3:". */
#include "tests/llm/compose.h"
#include "tests/llm/shape.h"
#include "tests/llm/words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char brief_start[] = "{\"brief\":";

/* A stream of numbers. */
struct dice {
    uint64_t state;
};

static const char *pick(struct dice *dice, const char *const *list)
{
    size_t count = 0;
    while (list[count])
        count++;
    if (!count)
        give_up("an empty list of words");
    dice->state += 0x9e3779b97f4a7c15U;
    return list[spread(dice->state) % count];
}

/* ---- Reading the request ---- */

static bool is_brief(const char *line)
{
    return !strncmp(line, brief_start, strlen(brief_start));
}

static bool is_known(const cJSON *briefs, const cJSON *brief)
{
    const cJSON *other;
    cJSON_ArrayForEach (other, briefs) {
        if (cJSON_Compare(member(other, "brief"), member(brief, "brief"), 1))
            return true;
    }
    return false;
}

static void add_briefs(cJSON *briefs, const char *content)
{
    for (const char *line = content; line && *line;) {
        const char *end = strchr(line, '\n');
        cJSON *brief =
            is_brief(line) ? cJSON_ParseWithOpts(line, NULL, 0) : NULL;
        if (cJSON_IsNumber(member(brief, "brief")) && !is_known(briefs, brief))
            cJSON_AddItemToArray(briefs, brief);
        else
            cJSON_Delete(brief);
        line = end ? end + 1 : NULL;
    }
}

/* Whether a correction names a brief: a line begins with "brief 3:". */
static bool names(const char *content, double number, bool *any)
{
    for (const char *line = content; line && *line;) {
        double named = 0;
        const char *start = line + strspn(line, "-* ");
        if (sscanf(start, "brief %lf:", &named) == 1) {
            *any = true;
            if (named == number)
                return true;
        }
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return false;
}

/* A correction turn asks for the briefs that it names, or for all. */
static void keep_named(cJSON *briefs, const cJSON *messages)
{
    int count = cJSON_GetArraySize(messages);
    const cJSON *last = cJSON_GetArrayItem(messages, count - 1);
    const char *content = string_member(last, "content");
    bool any = false;
    if (count <= 2 || !content)
        return;
    names(content, -1, &any);
    for (int i = cJSON_GetArraySize(briefs); any && i-- > 0;) {
        const cJSON *brief = cJSON_GetArrayItem(briefs, i);
        if (!names(content, member(brief, "brief")->valuedouble, &any))
            cJSON_DeleteItemFromArray(briefs, i);
    }
}

static cJSON *find_briefs(const cJSON *body)
{
    cJSON *briefs = cJSON_CreateArray();
    const cJSON *message;
    cJSON_ArrayForEach (message, member(body, "messages")) {
        const char *role = string_member(message, "role");
        const char *content = string_member(message, "content");
        if (role && content && !strcmp(role, "user"))
            add_briefs(briefs, content);
    }
    keep_named(briefs, member(body, "messages"));
    return briefs;
}

/* The schema of one meeting of the reply; NULL when none came along. */
static const cJSON *meeting_schema(const cJSON *body)
{
    const cJSON *format = member(body, "response_format");
    const cJSON *schema = member(member(format, "json_schema"), "schema");
    const cJSON *meetings = member(member(schema, "properties"), "meetings");
    return member(member(meetings, "items"), "properties");
}

/* Whether a line that is no brief speaks of a member "start". */
static bool speaks_of_start(const char *content)
{
    const char *found = content;
    while ((found = strstr(found, "\"start\"")) != NULL) {
        const char *line = found;
        while (line > content && line[-1] != '\n')
            line--;
        if (!is_brief(line))
            return true;
        found++;
    }
    return false;
}

bool wants_whole(const cJSON *body)
{
    const cJSON *schema = meeting_schema(body);
    if (schema)
        return member(schema, "people") != NULL;
    const cJSON *message;
    cJSON_ArrayForEach (message, member(body, "messages")) {
        const char *content = string_member(message, "content");
        if (content && speaks_of_start(content))
            return true;
    }
    return false;
}

/* ---- Texts ---- */

static void add_capital(struct text *text, const char *word)
{
    size_t at = text->length;
    text_puts(text, word);
    text->bytes[at] = (char)toupper((unsigned char)text->bytes[at]);
}

/* "The amber heron admires a quiet meadow beyond the salty mill." */
static void add_sentence(struct text *text, struct dice *dice)
{
    add_capital(text, pick(dice, words_adjectives));
    text_format(text, " %s", pick(dice, words_nouns));
    text_format(text, " %s", pick(dice, words_verbs));
    text_format(text, " %s", pick(dice, words_adjectives));
    text_format(text, " %s", pick(dice, words_nouns));
    text_format(text, " %s", pick(dice, words_prepositions));
    text_format(text, " %s", pick(dice, words_adjectives));
    text_format(text, " %s.", pick(dice, words_nouns));
}

static void write_subject(struct text *text, const cJSON *brief,
                          struct dice *dice)
{
    const cJSON *topic = cJSON_GetArrayItem(member(brief, "topics"), 0);
    if (cJSON_IsString(topic)) {
        add_capital(text, topic->valuestring);
        text_puts(text, ": ");
    }
    add_capital(text, pick(dice, words_adjectives));
    text_format(text, " %s", pick(dice, words_nouns));
    text_format(text, " and %s", pick(dice, words_adjectives));
    text_format(text, " %s", pick(dice, words_nouns));
}

/* The topics that the subject does not hold, and sentences around them; all of
 * it well below 255 characters, which is where calendars cut it. */
static void write_preview(struct text *text, const cJSON *brief,
                          struct dice *dice)
{
    int place = 0;
    const cJSON *topic;
    cJSON_ArrayForEach (topic, member(brief, "topics")) {
        if (place++ && cJSON_IsString(topic))
            text_format(text, "About %s. ", topic->valuestring);
    }
    for (int i = 0; i < 3 && (!i || text->length < 150); i++) {
        if (i)
            text_puts(text, " ");
        add_sentence(text, dice);
    }
}

static void add_texts(cJSON *meeting, const cJSON *brief, struct dice *dice,
                      const struct oddity *oddity)
{
    struct text subject = {0}, preview = {0};
    write_subject(&subject, brief, dice);
    write_preview(&preview, brief, dice);
    while (oddity->long_text && subject.length < 2000)
        text_puts(&subject, " again");
    cJSON_AddStringToObject(meeting, "subject",
                            oddity->twin ? "The same lantern every time"
                                         : subject.bytes);
    cJSON_AddStringToObject(
        meeting, "preview",
        oddity->twin ? "The harbour is quiet, the lantern is lit, and nobody "
                       "notices that this is what was said before."
                     : preview.bytes);
    text_free(&subject);
    text_free(&preview);
}

/* ---- Whole meetings ---- */

/* The first date in a text: "2026-03-02", or "Monday 2 March 2026". */
static void find_date(const char *text, char date[16])
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    snprintf(date, 16, "2026-03-02");
    for (const char *at = text; *at; at++) {
        unsigned day = 0, year = 0, month = 0;
        char name[16] = "";
        bool starts = isdigit((unsigned char)*at) &&
                      (at == text || !isdigit((unsigned char)at[-1]));
        if (!starts)
            continue;
        if (sscanf(at, "%4u-%2u-%2u", &year, &month, &day) == 3) {
            snprintf(date, 16, "%04u-%02u-%02u", year % 10000, month % 100,
                     day % 100);
            return;
        }
        if (sscanf(at, "%2u %15s %4u", &day, name, &year) != 3)
            continue;
        for (month = 0; month < 12 && strcmp(name, months[month]) != 0;)
            month++;
        if (month == 12)
            continue;
        snprintf(date, 16, "%04u-%02u-%02u", year % 10000, month + 1,
                 day % 100);
        return;
    }
}

/* Own colleagues have a company of null where the schema lets them. */
static bool company_may_be_null(const cJSON *body)
{
    const cJSON *people = member(meeting_schema(body), "people");
    const cJSON *person = member(member(people, "items"), "properties");
    return cJSON_IsArray(member(member(person, "company"), "type"));
}

static void add_person(cJSON *people, int number, bool null, struct dice *dice)
{
    cJSON *person = cJSON_CreateObject();
    char name[96];
    snprintf(name, sizeof(name), "%s %s", pick(dice, words_first_names),
             pick(dice, words_last_names));
    cJSON_AddStringToObject(person, "name", name);
    const char *company = pick(dice, words_companies);
    if (null && number % 2 == 0)
        cJSON_AddNullToObject(person, "company");
    else
        cJSON_AddStringToObject(person, "company", company);
    cJSON_AddBoolToObject(person, "optional", number % 3 == 2);
    cJSON_AddItemToArray(people, person);
}

static void add_number(cJSON *meeting, const char *name, double number,
                       bool as_text)
{
    char text[32];
    snprintf(text, sizeof(text), "%.0f", number);
    if (as_text)
        cJSON_AddStringToObject(meeting, name, text);
    else
        cJSON_AddNumberToObject(meeting, name, number);
}

static void add_whole(cJSON *meeting, const cJSON *body, const cJSON *brief,
                      struct dice *dice, const struct oddity *oddity)
{
    const char *text = string_member(brief, "date");
    const char *time = string_member(brief, "time");
    const cJSON *minutes = member(brief, "minutes");
    const char *organizer = string_member(brief, "organizer");
    char date[16], start[16];
    find_date(text ? text : "", date);
    cJSON_AddStringToObject(meeting, "date", date);
    /* Half hours from 9:00 to 16:30, in turn. */
    int half = (int)member(brief, "brief")->valuedouble % 16;
    snprintf(start, sizeof(start), "%02d:%02d", 9 + half / 2, half % 2 * 30);
    cJSON_AddStringToObject(meeting, "start", time && *time ? time : start);
    double length = cJSON_IsNumber(minutes) ? minutes->valuedouble : 30;
    add_number(meeting, "minutes", oddity->minutes ? -30 : length,
               oddity->drift);
    cJSON_AddStringToObject(meeting, "organizer",
                            organizer ? organizer : "you");
    cJSON *people = cJSON_AddArrayToObject(meeting, "people");
    int count = oddity->people ? 3000 : 2;
    bool null = company_may_be_null(body);
    for (int i = 0; i < count; i++)
        add_person(people, i, null, dice);
}

/* ---- Replies ---- */

static bool is_in(const cJSON *list, const char *word)
{
    const cJSON *item;
    cJSON_ArrayForEach (item, list) {
        if (cJSON_IsString(item) && !strcmp(item->valuestring, word))
            return true;
    }
    return false;
}

/* The brief's own kind, unless the schema has a list without it. */
static const char *kind_of(const cJSON *body, const cJSON *brief,
                           struct dice *dice)
{
    const char *kind = string_member(brief, "kind");
    const cJSON *list = member(member(meeting_schema(body), "kind"), "enum");
    int count = cJSON_GetArraySize(list);
    if (kind && (!count || is_in(list, kind)))
        return kind;
    if (!count)
        return "meeting";
    const cJSON *item =
        cJSON_GetArrayItem(list, (int)(spread(dice->state) % (unsigned)count));
    return cJSON_IsString(item) ? item->valuestring : "meeting";
}

static void add_kind(cJSON *meeting, const char *kind, bool loud)
{
    char *copy = new_string(kind);
    for (char *c = copy; loud && *c; c++)
        *c = (char)toupper((unsigned char)*c);
    cJSON_AddStringToObject(meeting, "kind", copy);
    free(copy);
}

static cJSON *make_meeting(const cJSON *body, const cJSON *brief, uint64_t hash,
                           const struct oddity *oddity)
{
    double number = member(brief, "brief")->valuedouble;
    struct dice dice = {spread(hash ^ spread((uint64_t)number))};
    cJSON *meeting = cJSON_CreateObject();
    add_number(meeting, "brief", number, oddity->drift);
    add_kind(meeting, kind_of(body, brief, &dice), oddity->drift);
    add_texts(meeting, brief, &dice, oddity);
    if (wants_whole(body))
        add_whole(meeting, body, brief, &dice, oddity);
    return meeting;
}

static void add_odd_briefs(cJSON *briefs, const struct oddity *oddity)
{
    int count = cJSON_GetArraySize(briefs);
    if (count && oddity->twice)
        cJSON_AddItemToArray(briefs,
                             cJSON_Duplicate(cJSON_GetArrayItem(briefs, 0), 1));
    if (count && oddity->missing)
        cJSON_DeleteItemFromArray(briefs, count - 1);
    if (oddity->stranger)
        cJSON_AddItemToArray(
            briefs, cJSON_Parse("{\"brief\":99999,\"kind\":\"meeting\"}"));
}

void compose(struct text *content, const cJSON *body, uint64_t hash,
             const struct oddity *oddity)
{
    cJSON *briefs = find_briefs(body);
    cJSON *reply = cJSON_CreateObject();
    cJSON *meetings = cJSON_AddArrayToObject(reply, "meetings");
    add_odd_briefs(briefs, oddity);
    const cJSON *brief;
    cJSON_ArrayForEach (brief, briefs)
        cJSON_AddItemToArray(meetings, make_meeting(body, brief, hash, oddity));
    char *json = cJSON_PrintUnformatted(reply);
    if (!json)
        give_up("out of memory");
    text_format(content,
                oddity->drift ? "Here are the meetings:\n\n```json\n%s\n```\n\n"
                                "I hope that they will do.\n"
                              : "%s",
                json);
    free(json);
    cJSON_Delete(reply);
    cJSON_Delete(briefs);
}
