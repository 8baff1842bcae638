// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdbool.h>
#include <stddef.h>

/// Whether the program runs in callgrind, and was built where its header is installed.
bool bench_counts_instructions(void);

/// Begins to count instructions. `--instr-atstart=no` leaves out what was before.
void bench_start_instructions(void);

/// Counts no instructions any more: the program is several times as fast then.
void bench_stop_instructions(void);

/// Forgets the instructions that were counted.
void bench_forget_instructions(void);

/// Has callgrind write the instructions since the last call to its file, by a name, and forget them.
void bench_write_instructions(const char *name);

/// Counts neither the instructions of this thread nor allocations any more: what follows is no part of what is measured.
void bench_pause_counting(void);

/// Counts again; to be called on the thread that has paused.
void bench_resume_counting(void);

/// How often memory was allocated; -1 if the library that counts it was not preloaded.
long bench_allocations(void);

/// The bytes that are allocated from malloc now; 0 where that cannot be told.
size_t bench_heap_bytes(void);
