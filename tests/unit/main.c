/* Runs every unit suite.  CK_RUN_SUITE=name runs one of them. */
#include <check.h>
#include <sodium.h>
#include <stdlib.h>

#define SUITE(name) Suite *name##_suite(void);
#include "suites.h"
#undef SUITE

int main(void)
{
    SRunner *runner = srunner_create(NULL);
    int failed;

    if (sodium_init() < 0)
        return EXIT_FAILURE;
    /* A test that hangs must end; one on a busy machine must not. */
    setenv("CK_DEFAULT_TIMEOUT", "300", 0);
#define SUITE(name) srunner_add_suite(runner, name##_suite());
#include "suites.h"
#undef SUITE
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
