/* What differs between two documents of records. */
#include "internal.h"

#include "datebook/stored_record.h"

#include <string.h>

static bool parse_record(struct arena *arena,
                         const struct stored_record *record, const cJSON **tree,
                         struct error *err)
{
    *tree = json_parse(arena, record->document, strlen(record->document),
                       record->name, err);
    return *tree || err->code == ERROR_INPUT;
}

bool record_changes(struct arena *arena, const struct stored_record *old,
                    const struct stored_record *new, const char ***changes,
                    size_t *count, struct error *err)
{
    const cJSON *old_tree;
    const cJSON *new_tree;

    *changes = NULL;
    *count = 0;
    if (!parse_record(arena, old, &old_tree, err) ||
        !parse_record(arena, new, &new_tree, err))
        return false;
    return !old_tree || !new_tree ||
           persona_changes(arena, old_tree, new_tree, changes, count, err);
}
