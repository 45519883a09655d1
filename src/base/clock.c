/* The system's clocks, for all but the start of a run (civil.c). */
#include "datebook/clock.h"

int64_t clock_waiting(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_seconds(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

struct timespec clock_of_files(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return now;
}

void clock_pause(int64_t milliseconds)
{
    struct timespec pause = {milliseconds / 1000,
                             milliseconds % 1000 * 1000000};

    nanosleep(&pause, NULL);
}
