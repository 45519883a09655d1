/* Runs every suite of tests/fault; CK_RUN_SUITE=name runs one.
 *
 *   FAULT_FULL=1 build/tests/fault/run     every N, not a spread of them
 */
#include "fault.h"

#include "workspace.h"

#include <check.h>
#include <sodium.h>
#include <stdlib.h>

#define SUITE(name) Suite *name##_suite(void);
#include "fault_suites.h"
#undef SUITE

int main(void)
{
    SRunner *runner = srunner_create(NULL);
    int failed;

    if (sodium_init() < 0 || !fault_install_heap() || !fault_install_disk() ||
        !workspaces_make())
        return EXIT_FAILURE;
#define SUITE(name) srunner_add_suite(runner, name##_suite());
#include "fault_suites.h"
#undef SUITE
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    workspaces_remove();
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
