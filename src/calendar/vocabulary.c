/* Reading vocabulary files: people, companies, titles, rooms, words. */
#include "parts.h"

#include <stdio.h>
#include <string.h>

/* Addresses may only stand where nobody real can be reached. */
static bool is_fictitious(const char *domain)
{
    static const char *const known[] = {
        "contoso.com",       "fabrikam.com",         "adventure-works.com",
        "litwareinc.com",    "northwindtraders.com", "tailspintoys.com",
        "wingtiptoys.com",   "proseware.com",        "fourthcoffee.com",
        "woodgrovebank.com", "alpineskihouse.com"};
    size_t length = strlen(domain);

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(domain, known[i]))
            return true;
    return length > 8 && !strcmp(domain + length - 8, ".example") &&
           strspn(domain, "abcdefghijklmnopqrstuvwxyz0123456789-.") == length;
}

static bool read_culture(const struct reader *reader, const cJSON *object,
                         const char *path, struct vocabulary *vocabulary)
{
    static const char *const known[] = {"culture", "first", "last"};
    struct culture *cultures =
        list_room(reader->arena, vocabulary->cultures,
                  vocabulary->culture_count, sizeof *cultures, reader->err);
    const char *first = data_path(reader, path, "first");
    const char *last = data_path(reader, path, "last");
    struct culture *culture;

    if (!cultures || !first || !last)
        return false;
    vocabulary->cultures = cultures;
    culture = &cultures[vocabulary->culture_count++];
    memset(culture, 0, sizeof *culture);
    if (!read_members(reader, object, path, known, 3) ||
        !read_texts(reader, json_member(object, "first"), first,
                    &culture->first) ||
        !read_texts(reader, json_member(object, "last"), last, &culture->last))
        return false;
    if (!culture->first.count || !culture->last.count)
        return data_fail(reader, culture->first.count ? last : first,
                         "is empty");
    return true;
}

static bool read_company(const struct reader *reader, const cJSON *object,
                         const char *path, struct vocabulary *vocabulary)
{
    static const char *const known[] = {"name", "domain", "role"};
    static const char *const roles[] = {"own", "customer", "vendor"};
    struct company *companies =
        list_room(reader->arena, vocabulary->companies,
                  vocabulary->company_count, sizeof *companies, reader->err);
    const char *role = json_member_text(object, "role");
    struct company *company;

    if (!companies || !read_members(reader, object, path, known, 3))
        return false;
    vocabulary->companies = companies;
    company = &companies[vocabulary->company_count++];
    company->name = json_member_text(object, "name");
    company->domain = json_member_text(object, "domain");
    if (!company->name || !*company->name)
        return data_fail(reader, path, "has no name");
    if (!company->domain || !is_fictitious(company->domain))
        return data_fail(reader, path,
                         "the domain must be a fictitious one, or end in "
                         ".example");
    for (int i = 0; i < FIRM_ROLES; i++)
        if (role && !strcmp(role, roles[i])) {
            company->role = (enum firm_role)i;
            return true;
        }
    return data_fail(reader, path, "the role must be own, customer, or vendor");
}

static bool read_room(const struct reader *reader, const cJSON *object,
                      const char *path, struct vocabulary *vocabulary)
{
    static const char *const known[] = {"name", "seats"};
    struct room *rooms =
        list_room(reader->arena, vocabulary->rooms, vocabulary->room_count,
                  sizeof *rooms, reader->err);
    const cJSON *seats = json_member(object, "seats");
    struct room *room;

    if (!rooms || !read_members(reader, object, path, known, 2))
        return false;
    vocabulary->rooms = rooms;
    room = &rooms[vocabulary->room_count++];
    room->name = json_member_text(object, "name");
    if (!room->name || !*room->name)
        return data_fail(reader, path, "has no name");
    if (!cJSON_IsNumber(seats) || !(seats->valuedouble >= 1) ||
        !(seats->valuedouble <= 1000))
        return data_fail(reader, path, "seats must be 1 to 1000");
    room->seats = (int)seats->valuedouble;
    return true;
}

/* "12-25" every year, or "2026-02-17" once. */
static bool read_date(const char *text, struct holiday *holiday)
{
    char whole[DATE_SIZE];
    struct civil_date date;
    civil_day day;
    bool yearly = text && strlen(text) == 5;

    if (!text || strlen(text) >= sizeof whole)
        return false;
    /* A leap year, so that every day of one is a date. */
    snprintf(whole, sizeof whole, "%s%s", yearly ? "2000-" : "", text);
    if (!civil_parse_date(whole, &day))
        return false;
    date = civil_to_date(day);
    *holiday = (struct holiday){yearly ? 0 : date.year, date.month, date.day};
    return true;
}

static bool read_holiday(const struct reader *reader, const cJSON *object,
                         const char *path, struct vocabulary *vocabulary)
{
    static const char *const known[] = {"name", "date"};
    const char *name = json_member_text(object, "name");
    struct holiday *holidays =
        list_room(reader->arena, vocabulary->holidays,
                  vocabulary->holiday_count, sizeof *holidays, reader->err);

    if (!holidays || !read_members(reader, object, path, known, 2))
        return false;
    vocabulary->holidays = holidays;
    if (!name || !*name)
        return data_fail(reader, path, "has no name");
    return read_date(json_member_text(object, "date"),
                     &holidays[vocabulary->holiday_count++]) ||
           data_fail(reader, path, "the date must be MM-DD or YYYY-MM-DD");
}

static bool read_titles(const struct reader *reader, const cJSON *object,
                        struct vocabulary *vocabulary)
{
    static const char *const kinds[TITLES] = {[TITLE_EXECUTIVE] = "executive",
                                              [TITLE_MANAGER] = "manager",
                                              [TITLE_PEER] = "peer",
                                              [TITLE_CONTACT] = "contact",
                                              [TITLE_VENDOR] = "vendor"};

    if (!read_members(reader, object, "titles", kinds, TITLES))
        return false;
    for (int i = 0; i < TITLES; i++) {
        const cJSON *list = json_member(object, kinds[i]);
        const char *path = data_path(reader, "titles", kinds[i]);
        if (!path)
            return false;
        if (list && !read_texts(reader, list, path, &vocabulary->titles[i]))
            return false;
    }
    return true;
}

static bool read_keeps(const struct reader *reader, const cJSON *object,
                       struct vocabulary *vocabulary)
{
    const cJSON *member;

    if (!cJSON_IsObject(object))
        return data_fail(reader, "keep", "must be an object, not %s",
                         json_kind(object));
    cJSON_ArrayForEach (member, object) {
        struct keep *keeps =
            list_room(reader->arena, vocabulary->keeps, vocabulary->keep_count,
                      sizeof *keeps, reader->err);
        if (!keeps)
            return false;
        vocabulary->keeps = keeps;
        if (!cJSON_IsNumber(member) || !(member->valuedouble >= 1) ||
            !(member->valuedouble <= 1000))
            return data_fail(reader, "keep", "\"%s\" must be 1 to 1000",
                             member->string);
        keeps[vocabulary->keep_count++] =
            (struct keep){member->string, (int)member->valuedouble};
    }
    return true;
}

typedef bool read_object(const struct reader *reader, const cJSON *object,
                         const char *path, struct vocabulary *vocabulary);

static bool read_objects(const struct reader *reader, const cJSON *tree,
                         const char *name, read_object *read,
                         struct vocabulary *vocabulary)
{
    const cJSON *list = json_member(tree, name);
    const cJSON *item;
    size_t index = 0;

    if (list && !cJSON_IsArray(list))
        return data_fail(reader, name, "must be a list, not %s",
                         json_kind(list));
    cJSON_ArrayForEach (item, list) {
        const char *path = data_item(reader, name, index++);
        if (!path || !read(reader, item, path, vocabulary))
            return false;
    }
    return true;
}

bool read_vocabulary(const struct reader *reader, const cJSON *tree,
                     struct vocabulary *vocabulary)
{
    static const char *const known[] = {"people",     "companies", "titles",
                                        "rooms",      "words",     "keep",
                                        "exceptions", "online",    "holidays"};
    const cJSON *titles = json_member(tree, "titles");
    const cJSON *words = json_member(tree, "words");
    const cJSON *keep = json_member(tree, "keep");
    const cJSON *exceptions = json_member(tree, "exceptions");
    const cJSON *online = json_member(tree, "online");

    return read_members(reader, tree, "", known,
                        sizeof known / sizeof *known) &&
           read_objects(reader, tree, "people", read_culture, vocabulary) &&
           read_objects(reader, tree, "companies", read_company, vocabulary) &&
           read_objects(reader, tree, "rooms", read_room, vocabulary) &&
           read_objects(reader, tree, "holidays", read_holiday, vocabulary) &&
           (!titles || read_titles(reader, titles, vocabulary)) &&
           (!words || read_words(reader, words, "words", &vocabulary->words)) &&
           (!keep || read_keeps(reader, keep, vocabulary)) &&
           (!exceptions ||
            read_templates(reader, exceptions, "exceptions", &vocabulary->words,
                           &vocabulary->exceptions)) &&
           (!online ||
            read_texts(reader, online, "online", &vocabulary->online));
}
