/* A wall clock that is wrong by as many seconds as a file says (a 64-bit integer, native byte order).
   For LD_PRELOAD: HOURGLASS_CLOCK names the file, which is mapped once, so a change takes effect at once and a look at
   the clock costs what it did. The monotonic clock stays. libfaketime does the same; under it a look costs a JVM up to
   two hundred times as much and a node takes minutes to start. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const long long *offset;
static int (*real)(clockid_t, struct timespec *);

__attribute__((constructor)) static void open_clock(void) {
  const char *name = getenv("HOURGLASS_CLOCK");
  int file = name ? open(name, O_RDONLY) : -1;
  void *map = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);
  offset = map == MAP_FAILED ? NULL : map;
  real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
}

static long long wrong_by(void) {
  return offset ? *(volatile const long long *) offset : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = real ? real(clock, time) : (int) syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += wrong_by();
  }
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  struct timespec now;
  (void) zone;
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) {
    *result = now.tv_sec;
  }
  return now.tv_sec;
}
