// SPDX-License-Identifier: Apache-2.0
// How Swift's Mutex waits, for programs under the ThreadSanitizer on Linux. The library of Swift lets the kernel hand the lock over,
// which the sanitizer can't see, so that every lock which somebody has waited for would be a race. This takes its place.

#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

// Absent from what is linked without the sanitizer: the plugin of the macros.
void __tsan_acquire(void *address) __attribute__((weak));

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

// Synchronization._MutexHandle._lockSlow(UInt32)
SWIFT void wait_for_lock(uint32_t thread, SELF _Atomic uint32_t *owner)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");

SWIFT void wait_for_lock(uint32_t thread, SELF _Atomic uint32_t *owner) {
  uint32_t nobody = 0;
  while (!atomic_compare_exchange_weak_explicit(
      owner, &nobody, thread, memory_order_acquire, memory_order_relaxed)) {
    nobody = 0;
    sched_yield();
  }
  if (__tsan_acquire) __tsan_acquire(owner);
}
