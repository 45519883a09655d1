/* Checking what a model makes up of a whole meeting: when it is and who is
 * there.  What a schema cannot say: a date that exists, in the right week; an
 * end on the same day; a number of people that fits into a room. */
#include "src/llm/written_internal.h"

#include "datebook/civil.h"
#include "datebook/table.h"
#include "datebook/utf16.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    MINUTES_LEAST = 5,
    PEOPLE_MOST = 500,
    NAME_UNITS = 80,
    PEOPLE_FAULTS = 3 /* after which no more people are looked at */
};

/* ---- Dates ---- */

/* "2 March 2026", with or without a weekday before it. */
static bool parse_long_date(const char *text, civil_day *day)
{
    struct civil_date date = {0, 0, 0};
    char month[16];
    int used = 0;

    while (isalpha((unsigned char)*text) || *text == ',' || *text == ' ')
        text++;
    if (sscanf(text, "%2d %15[A-Za-z] %4d%n", &date.day, month, &date.year,
               &used) != 3 ||
        text[used])
        return false;
    for (int i = 0; i < 12; i++)
        if (!strcasecmp(month, civil_month_names[i]))
            date.month = i + 1;
    if (!date.month || date.year < 1 || date.day < 1)
        return false;
    *day = civil_from_date(date);
    return civil_to_date(*day).month == date.month;
}

/* A date in any form that says one thing only; *exact: as it was asked for. */
static bool parse_date(const char *text, civil_day *day, bool *exact)
{
    char date[DATE_SIZE];

    *exact = civil_parse_date(text, day);
    if (*exact)
        return true;
    if (strlen(text) > DATE_SIZE && strchr("T ", text[DATE_SIZE - 1])) {
        memcpy(date, text, DATE_SIZE - 1);
        date[DATE_SIZE - 1] = '\0';
        if (civil_parse_date(date, day))
            return true;
    }
    return parse_long_date(text, day);
}

static civil_day week_of(civil_day day)
{
    return day - civil_weekday(day);
}

static void check_date(struct reading *reading, struct written *written)
{
    const cJSON *value = json_member(reading->tree, "date");
    char *text = reading_line(reading, reading->tree, "date", "date", false);
    const char *planned = reading->brief->date ? reading->brief->date : "";
    civil_day day;
    civil_day wanted;
    bool exact;
    char iso[DATE_SIZE];

    if (!text)
        return;
    if (!parse_date(text, &day, &exact)) {
        reading_fault(reading, "date %s is no date of the form YYYY-MM-DD",
                      reading_show(reading, value));
        return;
    }
    reading->coerced += !exact;
    civil_format_date(day, iso);
    if (parse_date(planned, &wanted, &exact) &&
        week_of(day) != week_of(wanted)) {
        reading_fault(reading, "date %s is not in the week of %s", iso,
                      planned);
        return;
    }
    written->date = arena_text(reading->arena, iso, reading->err);
    reading->failed = reading->failed || !written->date;
}

/* ---- Times ---- */

/* Digits at the start of a text, at most two of them. */
static int two_digits(const char **text)
{
    int number = -1;

    for (int i = 0; i < 2 && isdigit((unsigned char)**text); i++)
        number = (number < 0 ? 0 : number * 10) + *(*text)++ - '0';
    return number;
}

/* "am" or "pm" in any spelling: adds to the hour, -1 for what is neither. */
static int half_of_day(const char *text, int hour)
{
    char half = (char)tolower((unsigned char)*text);
    const char *rest = text + (*text != '\0');

    if ((half != 'a' && half != 'p') || hour < 1 || hour > 12)
        return -1;
    rest += *rest == '.';
    if (tolower((unsigned char)*rest) != 'm')
        return -1;
    rest++;
    rest += *rest == '.';
    if (*rest)
        return -1;
    return hour % 12 + (half == 'p' ? 12 : 0);
}

/* "9:30", "09:30" and, put right, "09:30:00", "9 am", "9:30 p.m."; -1: none. */
static int parse_time(const char *text, bool *exact)
{
    int hour = two_digits(&text);
    int minute = 0;
    bool colon = *text == ':';

    *exact = false;
    if (hour < 0)
        return -1;
    if (colon) {
        const char *digits = ++text;
        minute = two_digits(&text);
        if (text - digits != 2 || minute > 59)
            return -1;
        if (!strncmp(text, ":00", 3))
            text += 3;
        else
            *exact = !*text;
    }
    text += strspn(text, " ");
    if (*text)
        hour = half_of_day(text, hour);
    else if (!colon)
        return -1;
    return hour < 0 || hour > 23 ? -1 : hour * 60 + minute;
}

/* A time of the day, also an hour as a number; -1, with a fault, for none. */
static int read_time(struct reading *reading, const char *name)
{
    const cJSON *value = json_member(reading->tree, name);
    const char *text = json_member_text(reading->tree, name);
    bool exact = false;
    int64_t hour;
    int time = -1;

    if (!value) {
        reading_fault(reading, "%s is missing", name);
        return -1;
    }
    if (text)
        time = parse_time(text, &exact);
    else if (reading_number(reading, value, &hour) && hour >= 0 && hour < 24)
        time = (int)hour * 60;
    if (time < 0)
        reading_fault(reading, "%s %s is no time from 00:00 to 23:59", name,
                      reading_show(reading, value));
    else
        reading->coerced += !exact;
    return time;
}

/* ---- Lengths ---- */

/* A model that was given no schema may name an end in place of a length. */
static bool minutes_to_end(struct reading *reading, int start, int64_t *minutes)
{
    int end = read_time(reading, "end");

    if (end < 0 || start < 0)
        return false;
    *minutes = end - start;
    reading->coerced++;
    if (end > start)
        return true;
    reading_fault(reading, "end %02d:%02d is not after start %02d:%02d",
                  end / 60, end % 60, start / 60, start % 60);
    return false;
}

static bool read_minutes(struct reading *reading, int start, int64_t *minutes)
{
    const cJSON *value = json_member(reading->tree, "minutes");

    if (!value && json_member(reading->tree, "end"))
        return minutes_to_end(reading, start, minutes);
    if (value && reading_number(reading, value, minutes))
        return true;
    if (value)
        reading_fault(reading, "minutes %s is no whole number",
                      reading_show(reading, value));
    else
        reading_fault(reading, "minutes is missing");
    return false;
}

static void check_minutes(struct reading *reading, struct written *written)
{
    struct buf shown = BUF_EMPTY;
    int64_t minutes;

    if (!read_minutes(reading, written->start, &minutes))
        return;
    if (minutes < MINUTES_LEAST || minutes > MINUTES_A_DAY) {
        text_number(&shown, minutes);
        reading_fault(reading, "minutes is %s, at least %d and at most %d",
                      buf_string(&shown), MINUTES_LEAST, MINUTES_A_DAY);
        buf_free(&shown);
        return;
    }
    written->minutes = (int)minutes;
    if (written->start >= 0 && written->start + minutes > MINUTES_A_DAY)
        reading_fault(
            reading, "start %02d:%02d and %d minutes end after midnight",
            written->start / 60, written->start % 60, written->minutes);
}

/* ---- People ---- */

/* Whether a name is one; `what` is "people[3]: name". */
static bool check_name(struct reading *reading, const char *what,
                       const char *name)
{
    char domain[DOMAIN_SIZE];
    const char *wrong = NULL;

    if (!*name)
        wrong = "is empty";
    else if (text_units(name) > NAME_UNITS)
        wrong = "is longer than 80 characters";
    else if (strchr(name, '@') || strstr(name, "://") ||
             text_names_domain(name, domain))
        wrong = "holds an address";
    else if (text_slot(name))
        wrong = "has an empty slot";
    else if (!text_has_letter(name))
        wrong = "holds no letter";
    if (!wrong)
        return true;
    reading_fault(reading, "%s %s %s", what, reading_quote(reading, name),
                  wrong);
    return false;
}

/* Reads one of the names of a person; false, with a fault, when it is none. */
static bool read_name(struct reading *reading, const cJSON *object, size_t i,
                      const char *member, const char **name)
{
    const char *what = arena_format(reading->arena, reading->err,
                                    "people[%zu]: %s", i, member);

    if (!what) {
        reading->failed = true;
        return false;
    }
    *name = reading_line(reading, object, member, what, false);
    return *name && check_name(reading, what, *name);
}

static bool read_company(struct reading *reading, const cJSON *object, size_t i,
                         struct written_person *person)
{
    const cJSON *value = json_member(object, "company");
    const char *own = reading->call->company;

    person->company = NULL;
    if (!value || cJSON_IsNull(value) ||
        (cJSON_IsString(value) && !*value->valuestring)) {
        reading->coerced += !cJSON_IsNull(value);
        return true;
    }
    if (!read_name(reading, object, i, "company", &person->company))
        return false;
    if (own && !strcasecmp(person->company, own))
        person->company = NULL;
    return true;
}

static bool read_optional(struct reading *reading, const cJSON *object,
                          size_t i, bool *optional)
{
    const cJSON *value = json_member(object, "optional");
    const char *text = cJSON_GetStringValue(value);
    bool yes = text && (!strcasecmp(text, "true") || !strcasecmp(text, "yes"));
    bool no = text && (!strcasecmp(text, "false") || !strcasecmp(text, "no"));

    *optional = yes || cJSON_IsTrue(value);
    if (cJSON_IsBool(value))
        return true;
    reading->coerced++;
    if (!value || cJSON_IsNull(value) || yes || no)
        return true;
    reading_fault(reading, "people[%zu]: optional %s is neither true nor false",
                  i, reading_show(reading, value));
    return false;
}

static bool is_self(const struct reading *reading, const char *name)
{
    return !strcasecmp(name, "you") || !strcasecmp(name, "me") ||
           !strcasecmp(name, reading->call->persona->name);
}

static bool is_listed(const struct written_person *people, size_t count,
                      const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcasecmp(people[i].name, name))
            return true;
    return false;
}

/* One of the people.  Who is there twice, and the persona itself, are left
 * out. */
static void read_person(struct reading *reading, const cJSON *object, size_t i,
                        struct written_person *people, size_t *count)
{
    struct written_person *person = &people[*count];

    if (!cJSON_IsObject(object)) {
        reading_fault(reading, "people[%zu] is %s, not an object", i,
                      json_kind(object));
        return;
    }
    if (!read_name(reading, object, i, "name", &person->name) ||
        !read_company(reading, object, i, person) ||
        !read_optional(reading, object, i, &person->optional))
        return;
    if (is_self(reading, person->name) ||
        is_listed(people, *count, person->name))
        reading->coerced++;
    else
        ++*count;
}

static bool is_too_many(struct reading *reading, int count)
{
    struct buf shown = BUF_EMPTY;

    if (count <= PEOPLE_MOST)
        return false;
    text_number(&shown, count);
    reading_fault(reading, "people are %s, at most %d", buf_string(&shown),
                  PEOPLE_MOST);
    buf_free(&shown);
    return true;
}

/* With room for one more: an organizer who does not stand in the list. */
static struct written_person *read_people(struct reading *reading,
                                          size_t *count)
{
    const cJSON *list = json_member(reading->tree, "people");
    size_t faults = reading->faults.length;
    struct written_person *people;
    const cJSON *item;
    size_t i = 0;
    int bad = 0;

    *count = 0;
    if (!cJSON_IsArray(list)) {
        reading_fault(reading,
                      list ? "people is %s, not a list" : "people is %s",
                      json_kind(list));
        return NULL;
    }
    if (is_too_many(reading, cJSON_GetArraySize(list)))
        return NULL;
    people = arena_zero(reading->arena, (size_t)cJSON_GetArraySize(list) + 1,
                        sizeof *people, reading->err);
    reading->failed = reading->failed || !people;
    cJSON_ArrayForEach (item, list) {
        if (reading->failed || bad >= PEOPLE_FAULTS)
            break;
        read_person(reading, item, i++, people, count);
        bad += reading->faults.length > faults;
        faults = reading->faults.length;
    }
    return people;
}

/* Who sends the invitation: the persona, or one of the people. */
static void check_organizer(struct reading *reading, struct written *written,
                            struct written_person *people, size_t count)
{
    const char *name =
        reading_line(reading, reading->tree, "organizer", "organizer", false);

    if (!name || !check_name(reading, "organizer", name))
        return;
    written->organizer = name;
    written->own = is_self(reading, name);
    if (written->own) {
        reading->coerced += strcmp(name, "you") != 0;
        written->organizer = "you";
    } else if (people && !is_listed(people, count, name)) {
        people[count++] = (struct written_person){name, NULL, false};
        reading->coerced++;
    }
    written->people_count = count;
}

void check_whole(struct reading *reading, struct written *written)
{
    struct written_person *people;
    size_t count;

    check_date(reading, written);
    written->start = read_time(reading, "start");
    check_minutes(reading, written);
    people = read_people(reading, &count);
    written->people = people;
    written->people_count = count;
    check_organizer(reading, written, people, count);
}
