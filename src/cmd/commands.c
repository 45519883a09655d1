/* The table of commands, in the order in which help lists them: the way that
 * data goes. */
#include "cli.h"

#define COMMAND(name) extern const struct command command_##name;
#include "commands.h"
#undef COMMAND

const struct command *const commands[] = {
    &command_init,
    &command_persona_add,
    &command_persona_list,
    &command_persona_show,
    &command_persona_remove,
    &command_persona_lint,
    &command_persona_coverage,
    &command_persona_test,
    &command_persona_diversity,
    &command_generate,
    &command_requests_list,
    &command_requests_show,
    &command_requests_discard,
    &command_batch_submit,
    &command_batch_status,
    &command_batch_collect,
    &command_relabel,
    &command_status,
    &command_diff,
    &command_log,
    &command_show,
    &command_tag,
    &command_history,
    &command_explain,
    &command_restore,
    &command_stats,
    &command_validate,
    &command_split_create,
    &command_split_list,
    &command_split_show,
    &command_split_check,
    &command_split_remove,
    &command_export,
    &command_sql,
    &command_merge,
    &command_backup,
    &command_verify,
    &command_prune,
    &command_key_new,
    &command_key_show,
    NULL,
};
