/* Findings about what a persona document says beside its rules: fields whose
 * names are misspelt, and figures that cannot be read. */
#include "lint_parts.h"

#include "datebook/nearest.h"

#include <string.h>

enum { NAMES_MOST = 24 };

/* Old spellings are known as well, and stand where they are read. */
static const struct named_place {
    const char *name; /* NULL: the document itself */
    const char *known[NAMES_MOST];
} places[] = {
    {NULL,
     {"id",
      "name",
      "tier",
      "role",
      "accuracy_gate",
      "demographics",
      "meeting_context",
      "importance_criteria",
      "priority_framework",
      "rsvp_rules",
      "prep_time_needs",
      "archetypes",
      "threads",
      "words",
      "diversity",
      "persona_id",
      "persona_name",
      "organizational_level",
      "weekly_meeting_load",
      "typical_week_breakdown",
      "accept_if_time_permits"}},
    {"demographics",
     {"level", "function", "industry", "company", "organizational_level"}},
    {"meeting_context",
     {"weekly_meeting_hours", "typical_breakdown", "weekly_meeting_load",
      "typical_week_breakdown"}},
    {"importance_criteria",
     {"always_important", "usually_important", "sometimes_important",
      "rarely_important"}},
    {"rsvp_rules",
     {"always_accept", "conditional", "decline_by_default", "always_decline",
      "accept_if_time_permits"}},
    {"prep_time_needs", {"requires_prep", "optional_prep", "no_prep"}},
    {"diversity",
     {"level", "function", "load", "work_style", "career_stage", "industry"}},
};

static const char *path_in(struct linter *linter, const char *place,
                           const char *name)
{
    return arena_format(linter->arena, linter->err, "%s%s%s",
                        place ? place : "", place ? "." : "", name);
}

bool lint_field(struct arena *arena, struct lint *lint, enum lint_kind kind,
                const char *field, const char *message, const char *advice,
                struct error *err)
{
    struct linter linter = {arena, NULL, lint, err};

    if (!field ||
        !linter_add(&linter, kind, LINT_NO_RULE, LINT_NO_RULE, message, advice))
        return false;
    lint->findings[lint->count - 1].field = field;
    return true;
}

static bool is_known(const struct named_place *place, const char *name)
{
    for (size_t i = 0; i < NAMES_MOST && place->known[i]; i++)
        if (!strcmp(place->known[i], name))
            return true;
    return false;
}

/* A quarter of the letters: fields of somebody's own are kept, and are not to
 * be taken for mistakes. */
static const char *meant(const struct named_place *place, const char *name)
{
    size_t count = 0;
    size_t length = strlen(name);

    while (count < NAMES_MOST && place->known[count])
        count++;
    return length < 4 ? NULL
                      : nearest_within(name, length > 64 ? 16 : (int)length / 4,
                                       place->known, count);
}

static bool lint_names(struct linter *linter, const struct named_place *place,
                       const cJSON *object)
{
    const cJSON *member;

    if (!cJSON_IsObject(object))
        return true;
    cJSON_ArrayForEach (member, object) {
        const char *near = is_known(place, member->string)
                               ? NULL
                               : meant(place, member->string);
        if (near &&
            !lint_field(linter->arena, linter->lint, LINT_MISSPELT,
                        path_in(linter, place->name, member->string),
                        arena_format(linter->arena, linter->err,
                                     "no such field; did you mean \"%s\"?",
                                     near),
                        "it is kept as it is, and means nothing to datebook",
                        linter->err))
            return false;
    }
    return true;
}

/* A field of the meeting context, by its name there, or by its old one there
 * or at the top; *path is where it was found. */
static const cJSON *find(const cJSON *tree, const char *const paths[3],
                         const char **path)
{
    for (int i = 0; i < 3; i++) {
        const char *dot = strchr(paths[i], '.');
        const cJSON *object = dot ? json_member(tree, "meeting_context") : tree;
        const cJSON *value = json_member(object, dot ? dot + 1 : paths[i]);
        *path = paths[i];
        if (value && !cJSON_IsNull(value))
            return value;
    }
    return NULL;
}

static bool lint_hours(struct linter *linter, const struct persona *persona)
{
    static const char *const paths[] = {"meeting_context.weekly_meeting_hours",
                                        "meeting_context.weekly_meeting_load",
                                        "weekly_meeting_load"};
    const char *path;
    const cJSON *hours = find(persona->tree, paths, &path);
    const char *taken;

    /* 0 hours are a usual week as well. */
    if (!hours || persona->weekly_minutes_high)
        return true;
    taken = arena_format(linter->arena, linter->err,
                         "cannot be read: %d hours a week are taken",
                         PERSONA_USUAL_MINUTES / 60);
    return taken &&
           lint_field(linter->arena, linter->lint, LINT_UNREADABLE, path, taken,
                      "write hours, at most 168: \"28-32 hours\", "
                      "\"<10 hours\", \"30+ hours\"",
                      linter->err);
}

static bool has_share(const struct persona *persona, const char *name)
{
    for (size_t i = 0; i < persona->share_count; i++)
        if (!strcmp(persona->shares[i].name, name))
            return true;
    return false;
}

static bool lint_shares(struct linter *linter, const struct persona *persona)
{
    static const char *const paths[] = {
        "meeting_context.typical_breakdown",
        "meeting_context.typical_week_breakdown", "typical_week_breakdown"};
    const char *path;
    const cJSON *shares = find(persona->tree, paths, &path);
    const cJSON *share;

    if (shares && !cJSON_IsObject(shares))
        return lint_field(linter->arena, linter->lint, LINT_UNREADABLE, path,
                          "cannot be read: it is left out",
                          "write an object: {\"customer_calls\": \"40%\"}",
                          linter->err);
    cJSON_ArrayForEach (share, shares) {
        if (!has_share(persona, share->string) &&
            !lint_field(linter->arena, linter->lint, LINT_UNREADABLE,
                        path_in(linter, path, share->string),
                        "cannot be read: it is left out",
                        "write a share: \"40%\", 40 or 0.4", linter->err))
            return false;
    }
    return true;
}

bool lint_document(struct arena *arena, const struct persona *persona,
                   struct lint *lint, struct error *err)
{
    struct linter linter = {arena, NULL, lint, err};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct named_place *place = &places[i];
        const cJSON *object = place->name
                                  ? json_member(persona->tree, place->name)
                                  : persona->tree;
        if (!lint_names(&linter, place, object))
            return false;
    }
    return lint_hours(&linter, persona) && lint_shares(&linter, persona);
}
