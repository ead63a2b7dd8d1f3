/* A wall clock that is wrong by NURSE_APP_CLOCK_OFF seconds, for one program: preloaded, it answers in libc's place. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *answer)
{
    const char *off = getenv("NURSE_APP_CLOCK_OFF");
    int failed = (int)syscall(SYS_clock_gettime, clock, answer);
    if (!failed && off && clock == CLOCK_REALTIME)
        answer->tv_sec += atoll(off);
    return failed;
}
