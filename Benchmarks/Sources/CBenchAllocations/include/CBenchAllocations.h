// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdbool.h>

/// How often memory was allocated in this process, by all threads.
long bench_count_of_allocations(void);

/// Whether allocations are counted from now on; they are at first.
void bench_set_counting_of_allocations(bool set);
