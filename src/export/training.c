/* The names of training tasks and of what their records hold. */
#include "datebook/training.h"

#include <string.h>

static const char *const tasks[TASKS] = {
    [TASK_IMPORTANCE] = "importance",
    [TASK_PREP] = "prep",
    [TASK_RSVP] = "rsvp",
};

const char *task_name(enum training_task task)
{
    return tasks[task];
}

enum training_task task_named(const char *name)
{
    int task = 0;

    while (task < TASKS && strcmp(name, tasks[task]) != 0)
        task++;
    return (enum training_task)task;
}

const char *const *training_members(enum training_form form)
{
    static const char *const members[TRAINING_FORMS][4] = {
        [TRAINING_SFT] = {"messages"},
        [TRAINING_DPO] = {"input", "preferred_output", "non_preferred_output"},
        [TRAINING_TRL_SFT] = {"prompt", "completion"},
        [TRAINING_TRL_DPO] = {"prompt", "chosen", "rejected"},
        [TRAINING_KTO] = {"prompt", "completion", "label"},
    };

    return members[form];
}
