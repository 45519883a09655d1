/* Reading threads: the objects of "threads" in a file under archetypes/ or in
 * a persona document.  A step takes over what the archetype has that it is
 * like, and says what is different. */
#include "fields.h"
#include "threads.h"

#include <string.h>

enum { AFTER_LOW = 2, AFTER_HIGH = 8, AFTER_MOST = 60 };

/* A "threads" list that is being read. */
struct reading {
    const struct archetypes *const *search;
    size_t searched;
};

static const struct {
    const char *name;
    enum about_kind kind;
    int which;
} ABOUTS[] = {
    {"customer", ABOUT_FIRM, FIRM_CUSTOMER},
    {"vendor", ABOUT_FIRM, FIRM_VENDOR},
    {"candidate", ABOUT_PERSON, ROLE_CANDIDATE},
    {"peer", ABOUT_PERSON, ROLE_PEER},
    {"report", ABOUT_PERSON, ROLE_REPORT},
    {"executive", ABOUT_PERSON, ROLE_EXECUTIVE},
    {"contact", ABOUT_PERSON, ROLE_CONTACT},
    {"vendor_contact", ABOUT_PERSON, ROLE_VENDOR_CONTACT},
    {"quarter", ABOUT_DATE, 0},
    {"month", ABOUT_DATE, 0},
};

/* Whom a group of `with` brings along. */
static const struct {
    enum group group;
    enum about_kind kind;
    int which;
} BROUGHT[] = {
    {GROUP_CUSTOMER, ABOUT_FIRM, FIRM_CUSTOMER},
    {GROUP_CUSTOMER, ABOUT_PERSON, ROLE_CONTACT},
    {GROUP_VENDOR, ABOUT_FIRM, FIRM_VENDOR},
    {GROUP_VENDOR, ABOUT_PERSON, ROLE_VENDOR_CONTACT},
    {GROUP_CANDIDATE, ABOUT_PERSON, ROLE_CANDIDATE},
    {GROUP_PEERS, ABOUT_PERSON, ROLE_PEER},
    {GROUP_TEAM, ABOUT_PERSON, ROLE_PEER},
    {GROUP_REPORTS, ABOUT_PERSON, ROLE_REPORT},
    {GROUP_TEAM, ABOUT_PERSON, ROLE_REPORT},
    {GROUP_EXECUTIVES, ABOUT_PERSON, ROLE_EXECUTIVE},
};

/* ------------------------------------------- what a thread is about */

static bool find_about(const struct scope *scope, const char *name,
                       struct about *about)
{
    const struct word_list *list;

    about->name = name;
    for (size_t i = 0; i < sizeof ABOUTS / sizeof *ABOUTS; i++)
        if (!strcmp(ABOUTS[i].name, name)) {
            about->kind = ABOUTS[i].kind;
            about->which = ABOUTS[i].which;
            return true;
        }
    list = scope_find(scope, name);
    about->kind = ABOUT_WORD;
    about->list = list ? list->id : 0;
    return list;
}

static bool add_about(const struct entry *entry, const char *path,
                      const cJSON *item, struct thread *thread)
{
    struct about *about = &thread->about[thread->about_count];
    const char *name = cJSON_GetStringValue(item);

    if (!name)
        return data_fail(entry->reader, path,
                         "must be the name of a placeholder, not %s",
                         json_kind(item));
    for (size_t i = 0; i < thread->about_count; i++)
        if (!strcmp(thread->about[i].name, name))
            return data_fail(entry->reader, path, "stands twice in the list");
    if (*name == '{')
        return data_fail(entry->reader, path, "write \"%.*s\", without braces",
                         (int)strcspn(name + 1, "}"), name + 1);
    if (!find_about(entry->scope, name, about)) {
        data_fail(entry->reader, path, "a thread cannot be about \"%s\"", name);
        return error_hint(entry->reader->err,
                          "customer, contact, vendor, vendor_contact, "
                          "candidate, peer, report, executive, quarter, month, "
                          "or a word list");
    }
    thread->about_count++;
    return true;
}

static bool read_about(const struct entry *entry, struct thread *thread)
{
    const cJSON *list = json_member(entry->object, "about");
    const char *path = data_path(entry->reader, entry->path, "about");
    const cJSON *item;
    size_t index = 0;

    if (!list || !path)
        return path;
    if (!cJSON_IsArray(list) || !list->child ||
        cJSON_GetArraySize(list) > ABOUT_MAX)
        return data_fail(entry->reader, path,
                         "must be a list of 1 to %d placeholders", ABOUT_MAX);
    cJSON_ArrayForEach (item, list) {
        const char *at = data_item(entry->reader, path, index++);
        if (!at || !add_about(entry, at, item, thread))
            return false;
    }
    return true;
}

/* A contact speaks of the firm as well. */
static bool slot_names(const struct slot *slot, const struct about *about)
{
    if (slot->nth)
        return false;
    switch (about->kind) {
    case ABOUT_PERSON:
        return slot->kind == SLOT_PERSON && slot->which == about->which;
    case ABOUT_FIRM:
        if (slot->kind == SLOT_PERSON)
            return slot->which == (about->which == FIRM_CUSTOMER
                                       ? ROLE_CONTACT
                                       : ROLE_VENDOR_CONTACT);
        return slot->kind == SLOT_COMPANY && slot->which == about->which;
    case ABOUT_DATE:
        return slot->kind == SLOT_DATE;
    default:
        return slot->kind == SLOT_WORD && !strcmp(slot->text, about->name);
    }
}

static bool template_names(const struct template *template,
                           const struct about *about)
{
    for (size_t i = 0; i < template->count; i++)
        if (slot_names(&template->slots[i], about))
            return true;
    return false;
}

static bool templates_name(const struct templates *templates,
                           const struct about *about)
{
    for (size_t i = 0; i < templates->count; i++)
        if (template_names(&templates->items[i], about))
            return true;
    return false;
}

static bool brings(const struct archetype *archetype, const struct about *about)
{
    for (size_t i = 0; i < archetype->with_count; i++)
        for (size_t k = 0; k < sizeof BROUGHT / sizeof *BROUGHT; k++)
            if (BROUGHT[k].group == archetype->with[i] &&
                BROUGHT[k].kind == about->kind &&
                BROUGHT[k].which == about->which)
                return true;
    return false;
}

/* Something that no step speaks of, and nobody of it attends. */
static bool about_is_used(const struct thread *thread,
                          const struct about *about)
{
    for (size_t i = 0; i < thread->count; i++) {
        const struct archetype *archetype = &thread->steps[i].archetype;
        if (brings(archetype, about) ||
            templates_name(&archetype->subjects, about) ||
            templates_name(&archetype->bodies, about))
            return true;
    }
    return false;
}

static bool check_about(const struct entry *entry, const struct thread *thread)
{
    const char *path = data_path(entry->reader, entry->path, "about");

    for (size_t i = 0; path && i < thread->about_count; i++)
        if (!about_is_used(thread, &thread->about[i]))
            return data_fail(entry->reader, path, "no step speaks of {%s}",
                             thread->about[i].name);
    return path;
}

/* ------------------------------------------------------------- steps */

/* Of the subjects those that name something the thread is about, if any. */
static bool keep_subjects(const struct entry *entry,
                          const struct thread *thread,
                          struct templates *subjects)
{
    struct template *kept =
        arena_zero(entry->reader->arena, subjects->count + 1, sizeof *kept,
                   entry->reader->err);
    size_t count = 0;

    if (!kept)
        return false;
    for (size_t i = 0; i < subjects->count; i++)
        for (size_t k = 0; k < thread->about_count; k++)
            if (template_names(&subjects->items[i], &thread->about[k])) {
                kept[count++] = subjects->items[i];
                break;
            }
    if (count)
        *subjects = (struct templates){kept, count};
    return true;
}

static const struct archetype *find_archetype(const struct reading *reading,
                                              const char *name)
{
    for (size_t i = 0; i < reading->searched; i++)
        for (size_t k = 0; k < reading->search[i]->count; k++)
            if (!strcmp(reading->search[i]->items[k].name, name))
                return &reading->search[i]->items[k];
    return NULL;
}

/* What the step has before its own fields are read. */
static bool start_step(const struct entry *entry, const struct reading *reading,
                       const struct thread *thread, struct step *step)
{
    const cJSON *like = json_member(entry->object, "like");
    const char *name = cJSON_GetStringValue(like);
    const struct archetype *archetype =
        name ? find_archetype(reading, name) : NULL;

    if (like && !archetype) {
        const char *path = data_path(entry->reader, entry->path, "like");
        if (!name)
            return path && data_fail(entry->reader, path,
                                     "must be the name of an archetype, not %s",
                                     json_kind(like));
        return path && data_fail(entry->reader, path,
                                 "there is no archetype \"%s\"", name);
    }
    archetype_defaults(&step->archetype);
    step->archetype.name = thread->name;
    if (!like && !json_member(entry->object, "subjects"))
        return data_fail(entry->reader, entry->path,
                         "must have \"like\" or \"subjects\"");
    if (!archetype)
        return true;
    step->like = archetype;
    step->archetype = *archetype;
    step->archetype.cadence = CADENCE_NONE;
    return keep_subjects(entry, thread, &step->archetype.subjects);
}

static bool read_step(const struct entry *entry, const struct reading *reading,
                      const struct thread *thread, struct step *step)
{
    static const char *const known[] = {
        "like",   "after",  "chance", "minutes",  "people",
        "with",   "room",   "hours",  "days",     "organizer",
        "levels", "months", "when",   "subjects", "bodies"};

    memset(step, 0, sizeof *step);
    step->chance = 100;
    step->after[0] = AFTER_LOW;
    step->after[1] = AFTER_HIGH;
    if (!read_members(entry->reader, entry->object, entry->path, known,
                      sizeof known / sizeof *known))
        return false;
    for (const char *const *name = &known[1];
         !thread->count && name < &known[3]; name++)
        if (json_member(entry->object, *name))
            return entry_fail(entry, *name, "the first step has none before");
    return start_step(entry, reading, thread, step) &&
           entry_pair(entry, "after", 0, AFTER_MOST, step->after) &&
           entry_number(entry, "chance", 1, 100, &step->chance) &&
           entry_archetype(entry, &step->archetype);
}

static bool read_steps(const struct entry *entry, const struct reading *reading,
                       struct thread *thread)
{
    const struct reader *reader = entry->reader;
    const cJSON *list = json_member(entry->object, "steps");
    const char *path = data_path(reader, entry->path, "steps");
    const cJSON *item;

    if (!path)
        return false;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) < 2 ||
        cJSON_GetArraySize(list) > STEPS_MAX)
        return data_fail(reader, path, "must be a list of 2 to %d steps",
                         STEPS_MAX);
    thread->steps = arena_zero(reader->arena, STEPS_MAX, sizeof *thread->steps,
                               reader->err);
    if (!thread->steps)
        return false;
    cJSON_ArrayForEach (item, list) {
        struct entry step = {
            reader, item, data_item(reader, path, thread->count), entry->scope};
        if (!step.path ||
            !read_step(&step, reading, thread, &thread->steps[thread->count]))
            return false;
        thread->count++;
    }
    return true;
}

/* ----------------------------------------------------------- threads */

static bool read_thread(const struct entry *entry,
                        const struct reading *reading, struct thread *thread)
{
    static const char *const known[] = {"name",   "weight", "about", "levels",
                                        "months", "when",   "steps"};

    thread->weight = 10;
    thread->levels = (1u << LEVELS) - 1;
    if (!read_members(entry->reader, entry->object, entry->path, known,
                      sizeof known / sizeof *known))
        return false;
    thread->name = json_member_text(entry->object, "name");
    if (!thread->name || !*thread->name)
        return entry_fail(entry, "name", "must be a text that is not empty");
    return entry_number(entry, "weight", 1, 100, &thread->weight) &&
           entry_levels(entry, &thread->levels) &&
           entry_season(entry, &thread->season) && read_about(entry, thread) &&
           read_steps(entry, reading, thread) && check_about(entry, thread);
}

static bool is_doubled(const struct threads *threads)
{
    const char *name = threads->items[threads->count - 1].name;

    for (size_t i = 0; i + 1 < threads->count; i++)
        if (!strcmp(threads->items[i].name, name))
            return true;
    return false;
}

bool read_threads(const struct reader *reader, const cJSON *list,
                  const struct scope *scope,
                  const struct archetypes *const *search, size_t count,
                  struct threads *threads)
{
    struct reading reading = {search, count};
    const cJSON *item;

    if (!cJSON_IsArray(list))
        return data_fail(reader, "threads", "must be a list, not %s",
                         json_kind(list));
    if (cJSON_GetArraySize(list) > LIST_MOST)
        return data_fail(reader, "threads", "has more than %d of them",
                         LIST_MOST);
    cJSON_ArrayForEach (item, list) {
        struct entry entry = {
            reader, item,
            data_named_item(reader, "threads", threads->count, item), scope};
        struct thread *items =
            list_room(reader->arena, threads->items, threads->count,
                      sizeof *items, reader->err);
        if (!entry.path || !items)
            return false;
        threads->items = items;
        memset(&items[threads->count], 0, sizeof *items);
        if (!read_thread(&entry, &reading, &items[threads->count++]))
            return false;
        if (is_doubled(threads))
            return entry_fail(&entry, "name", "stands twice in the list");
    }
    return true;
}
