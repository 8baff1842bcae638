// SPDX-License-Identifier: Apache-2.0

// Counts allocations: a library to preload, so that a program that is measured has nothing of it in its way.

#include "CBenchAllocations.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __GLIBC__
// What glibc's own functions call. To find them by dlsym would allocate.
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static _Atomic long allocations;
static _Atomic bool counts = true;

static void count(void) {
  if (atomic_load_explicit(&counts, memory_order_relaxed))
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
}

void *malloc(size_t size) {
  count();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count();
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  count();
  return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **place, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  count();
  void *memory = __libc_memalign(alignment, size);
  if (!memory) return ENOMEM;
  *place = memory;
  return 0;
}

long bench_count_of_allocations(void) { return atomic_load_explicit(&allocations, memory_order_relaxed); }

void bench_set_counting_of_allocations(bool set) { atomic_store_explicit(&counts, set, memory_order_relaxed); }
#else
long bench_count_of_allocations(void) { return -1; }

void bench_set_counting_of_allocations(bool set) { (void)set; }
#endif
