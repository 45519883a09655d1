/* The numbers that rules have in one file and in another. */
#include "merge_internal.h"

#include "datebook/varint.h"

#include <string.h>

static bool load_rules(struct merge *merge, const struct guest *guest,
                       struct error *err)
{
    if (merge->rule_persona == guest->theirs)
        return true;
    arena_reset(&merge->rule_memory);
    merge->rule_persona = 0;
    if (!rule_list(merge->theirs, &merge->rule_memory, guest->theirs,
                   &merge->rules, &merge->rule_count, err))
        return merge_blame(merge->path, err);
    merge->numbers = arena_zero(&merge->rule_memory, merge->rule_count,
                                sizeof *merge->numbers, err);
    if (!merge->numbers)
        return false;
    for (size_t i = 0; i < merge->rule_count; i++)
        merge->numbers[i] = -1;
    merge->rule_persona = guest->theirs;
    return true;
}

/* A rule that is here under another name would give the labels other reasons
 * than they have there. */
static bool check_name(struct merge *merge, const struct guest *guest,
                       const struct stored_rule *rule, int64_t number,
                       struct error *err)
{
    struct stored_rule *here;
    size_t count;

    if (!rule_list(merge->store, &merge->rule_memory, guest->ours, &here,
                   &count, err))
        return false;
    if (number >= 0 && number < (int64_t)count &&
        !strcmp(here[number].name, rule->name))
        return true;
    error_set(err, ERROR_INPUT,
              "%s and %s call the rule \"%.200s\" of %s by different names",
              merge->ours, merge->path, rule->source, guest->id);
    return error_hint(err, "they were labelled by different rule engines: "
                           "bring both up to date and relabel");
}

/* Only rules that a label names get a number here. */
static bool number_here(struct merge *merge, const struct guest *guest,
                        size_t rule, int64_t *number, struct error *err)
{
    if (merge->numbers[rule] < 0 &&
        (!run_rule_number(merge->run, guest->ours, &merge->rules[rule],
                          &merge->numbers[rule], err) ||
         !check_name(merge, guest, &merge->rules[rule], merge->numbers[rule],
                     err)))
        return false;
    *number = merge->numbers[rule];
    return true;
}

bool merge_map_label(struct merge *merge, const struct guest *guest,
                     struct stored_label *label, struct error *err)
{
    unsigned char *mapped;
    size_t used = 0;
    size_t at = 0;

    if (!load_rules(merge, guest, err))
        return false;
    /* A code takes one byte there at least, and ten here at most. */
    mapped =
        arena_alloc(&merge->scratch, label->rules_length * VARINT_SIZE, err);
    while (mapped && at < label->rules_length) {
        uint64_t code;
        int64_t number;
        size_t size =
            varint_get(label->rules + at, label->rules_length - at, &code);
        if (!size || code / 2 >= merge->rule_count)
            return error_set(err, ERROR_DATABASE,
                             "%s: a label of %s names an unknown rule",
                             merge->path, guest->id);
        if (!number_here(merge, guest, (size_t)(code / 2), &number, err))
            return false;
        at += size;
        used += varint_put(mapped + used, 2 * (uint64_t)number + code % 2);
    }
    label->rules = mapped;
    label->rules_length = used;
    return mapped != NULL;
}
