// SPDX-License-Identifier: Apache-2.0

#pragma once

/// How often memory was allocated in this process, by all threads.
long bench_count_of_allocations(void);
