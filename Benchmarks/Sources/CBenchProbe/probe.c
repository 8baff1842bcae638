// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include "CBenchProbe.h"

#include <dlfcn.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>

bool bench_counts_instructions(void) { return RUNNING_ON_VALGRIND != 0; }

void bench_start_instructions(void) { CALLGRIND_START_INSTRUMENTATION; }

void bench_stop_instructions(void) { CALLGRIND_STOP_INSTRUMENTATION; }

void bench_forget_instructions(void) { CALLGRIND_ZERO_STATS; }

void bench_write_instructions(const char *name) { CALLGRIND_DUMP_STATS_AT(name); }

static void toggle_instructions(void) { CALLGRIND_TOGGLE_COLLECT; }
#else
bool bench_counts_instructions(void) { return false; }

void bench_start_instructions(void) {}

void bench_stop_instructions(void) {}

void bench_forget_instructions(void) {}

void bench_write_instructions(const char *name) { (void)name; }

static void toggle_instructions(void) {}
#endif

static void count_allocations(bool counts) {
  void (*set)(bool) = (void (*)(bool))dlsym(RTLD_DEFAULT, "bench_set_counting_of_allocations");
  if (set) set(counts);
}

void bench_pause_counting(void) {
  toggle_instructions();
  count_allocations(false);
}

void bench_resume_counting(void) {
  count_allocations(true);
  toggle_instructions();
}

long bench_allocations(void) {
  long (*count)(void) = (long (*)(void))dlsym(RTLD_DEFAULT, "bench_count_of_allocations");
  return count ? count() : -1;
}

size_t bench_heap_bytes(void) {
#ifdef __GLIBC__
  // Of all arenas, and of what is mapped because it is large.
  struct mallinfo2 information = mallinfo2();
  return information.uordblks + information.hblkhd;
#else
  return 0;
#endif
}
