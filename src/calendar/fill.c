/* What placeholders stand for.  A value is drawn when a text first needs it
 * and holds for the rest of the meeting. */
#include "parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

bool fill_make(struct arena *arena, struct fill *fill, const struct cast *cast,
               const struct lists *lists, struct random *random,
               struct error *err)
{
    memset(fill, 0, sizeof *fill);
    fill->cast = cast;
    fill->lists = lists;
    fill->random = random;
    fill->words =
        arena_zero(arena, 2 * lists->count + 1, sizeof *fill->words, err);
    return fill->words;
}

void fill_start(struct fill *fill, const struct archetype *archetype,
                const char *phrase, civil_day day)
{
    fill->stamp++;
    fill->archetype = archetype;
    fill->phrase = phrase;
    fill->subject = NULL;
    fill->telling = NULL;
    fill->day = day;
    fill->period = day;
    /* Something due soon is due on a working day. */
    fill->soon = day + random_between(fill->random, 2, 12);
    if (civil_weekday(fill->soon) > 4)
        fill->soon += 2;
}

/* The value of a pair's place; the second is another than the first wherever
 * there is another. */
static size_t draw(struct fill *fill, struct pick pair[2], int nth,
                   size_t count)
{
    struct pick *pick = &pair[nth];

    if (pick->stamp == fill->stamp)
        return pick->index;
    pick->index = random_below(fill->random, (uint32_t)count);
    if (pair[!nth].stamp == fill->stamp && pair[!nth].index == pick->index)
        pick->index = (pick->index + 1) % count;
    pick->stamp = fill->stamp;
    return pick->index;
}

const struct firm *fill_firm(struct fill *fill, enum firm_role role, int nth)
{
    const struct firms *firms = &fill->cast->firms[role];

    return &firms->items[draw(fill, fill->firms[role], nth, firms->count)];
}

static bool is_with(const struct archetype *archetype, enum group group)
{
    for (size_t i = 0; archetype && i < archetype->with_count; i++)
        if (archetype->with[i] == group)
            return true;
    return false;
}

void fill_word(struct fill *fill, size_t list, uint32_t value)
{
    size_t same = fill->lists->same[list];

    fill->words[2 * same] =
        (struct pick){fill->stamp, value % fill->lists->items[same].count};
}

void fill_set_firm(struct fill *fill, enum firm_role role, uint32_t value)
{
    fill->firms[role][0] =
        (struct pick){fill->stamp, value % fill->cast->firms[role].count};
}

/* The people among whom a role is cast; a colleague of a team meeting is one
 * of the team. */
static const struct people *role_people(struct fill *fill, enum role role)
{
    const struct cast *cast = fill->cast;

    switch (role) {
    case ROLE_MANAGER:
        return &cast->groups[GROUP_MANAGER];
    case ROLE_REPORT:
        return &cast->groups[GROUP_REPORTS];
    case ROLE_EXECUTIVE:
        return &cast->groups[GROUP_EXECUTIVES];
    case ROLE_CONTACT:
        return &fill_firm(fill, FIRM_CUSTOMER, 0)->people;
    case ROLE_VENDOR_CONTACT:
        return &fill_firm(fill, FIRM_VENDOR, 0)->people;
    case ROLE_CANDIDATE:
        return &cast->groups[GROUP_CANDIDATE];
    default:
        if (is_with(fill->archetype, GROUP_TEAM) &&
            !is_with(fill->archetype, GROUP_PEERS))
            return &cast->groups[GROUP_TEAM];
        return &cast->groups[GROUP_PEERS];
    }
}

void fill_set_person(struct fill *fill, enum role role, uint32_t value)
{
    size_t count = role_people(fill, role)->count;

    if (count)
        fill->people[role][0] = (struct pick){fill->stamp, value % count};
}

const struct person *fill_person(struct fill *fill, enum role role, int nth)
{
    const struct people *people;

    if (role == ROLE_SELF)
        return &fill->cast->self;
    people = role_people(fill, role);
    return &people->items[draw(fill, fill->people[role], nth, people->count)];
}

const struct person *fill_spoken(const struct fill *fill, enum role role,
                                 int nth)
{
    const struct pick *pick = &fill->people[role][nth];
    struct fill *known = (struct fill *)(uintptr_t)fill;

    if (pick->stamp != fill->stamp)
        return NULL;
    /* Its firm is known as well, so nothing is drawn here. */
    return &role_people(known, role)->items[pick->index];
}

static int iso_week(civil_day day)
{
    civil_day thursday = day - civil_weekday(day) + 3;
    struct civil_date first = civil_to_date(thursday);

    first.month = 1;
    first.day = 1;
    return (thursday - civil_from_date(first)) / 7 + 1;
}

/* The letters after the number of a day. */
static const char *ordinal(int day)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};

    return day / 10 != 1 && day % 10 < 4 ? endings[day % 10] : "th";
}

/* A text says "by Thursday" of another day than its own. */
static int another_weekday(const struct fill *fill)
{
    int own = civil_weekday(fill->day);
    int soon = civil_weekday(fill->soon);

    return soon != own ? soon : (own + 1) % 5;
}

static void write_date(const struct fill *fill, enum date_part part,
                       struct line *line)
{
    static const char *const quarters[] = {"Q1", "Q2", "Q3", "Q4"};
    struct civil_date date = civil_to_date(fill->period);
    int month = date.month - 1;
    char digits[16];
    const char *text = digits;
    int soon;

    switch (part) {
    case DATE_SOON:
        soon = civil_to_date(fill->soon).day;
        snprintf(digits, sizeof digits, "the %d%s", soon, ordinal(soon));
        break;
    case DATE_QUARTER:
        text = quarters[month / 3];
        break;
    case DATE_NEXT_QUARTER:
        text = quarters[(month / 3 + 1) % 4];
        break;
    case DATE_LAST_QUARTER:
        text = quarters[(month / 3 + 3) % 4];
        break;
    case DATE_MONTH:
        text = civil_month_names[month];
        break;
    case DATE_NEXT_MONTH:
        text = civil_month_names[(month + 1) % 12];
        break;
    case DATE_LAST_MONTH:
        text = civil_month_names[(month + 11) % 12];
        break;
    case DATE_WEEKDAY:
        text = civil_weekday_names[another_weekday(fill)];
        break;
    case DATE_WEEK:
        snprintf(digits, sizeof digits, "W%d", iso_week(fill->day));
        break;
    default:
        snprintf(digits, sizeof digits, "%d", date.year);
    }
    line_add(line, text, strlen(text));
}

static const char *word(struct fill *fill, const struct slot *slot)
{
    const struct texts *words = &fill->lists->items[slot->list];
    struct pick *pair = &fill->words[2 * fill->lists->same[slot->list]];

    return words->items[draw(fill, pair, slot->nth, words->count)];
}

static const char *slot_text(struct fill *fill, const struct slot *slot)
{
    const struct person *person;

    switch (slot->kind) {
    case SLOT_PERSON:
        person = fill_person(fill, (enum role)slot->which, slot->nth);
        return slot->form == FORM_FIRST   ? person->first
               : slot->form == FORM_TITLE ? person->title
                                          : person->name;
    case SLOT_COMPANY:
        return fill_firm(fill, (enum firm_role)slot->which, slot->nth)->name;
    case SLOT_PHRASE:
        return fill->phrase ? fill->phrase : "";
    case SLOT_SUBJECT:
        return fill->subject ? fill->subject : "";
    default:
        return word(fill, slot);
    }
}

/* A sentence begins with a capital, but for words such as "iOS". */
static void capital(struct line *line, size_t at)
{
    char *first = line->data + at;

    if (islower((unsigned char)first[0]) && !isupper((unsigned char)first[1]) &&
        !isdigit((unsigned char)first[1]))
        first[0] = (char)toupper((unsigned char)first[0]);
}

static bool sentence_starts(const struct line *line)
{
    const char *end = line->data + line->length;

    return !line->length || (line->length > 1 && end[-1] == ' ' &&
                             strchr(".?!", end[-2]) != NULL);
}

void template_write(const struct template *template, struct fill *fill,
                    struct line *line)
{
    for (size_t i = 0; i < template->count; i++) {
        const struct slot *slot = &template->slots[i];
        bool starts = sentence_starts(line);
        size_t at = line->length;
        if (slot->kind == SLOT_TEXT) {
            line_add(line, slot->text, slot->length);
        } else if (slot->kind == SLOT_DATE) {
            write_date(fill, (enum date_part)slot->which, line);
        } else {
            const char *text = slot_text(fill, slot);
            line_add(line, text, strlen(text));
            if (starts)
                capital(line, at);
        }
        if (i)
            line_join(line, at);
    }
}
