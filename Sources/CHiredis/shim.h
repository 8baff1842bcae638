// SPDX-License-Identifier: Apache-2.0

#include <hiredis/hiredis.h>
#include <hiredis/sds.h>
#include <stdint.h>
#include <time.h>

// The hooks of hiredis' parser have other types in hiredis 0.14 and in 1.x, and the macros of its headers are not visible
// to Swift. What differs is bridged here, so that the Swift code is one for all versions.

/// What the parser reports. Each call gets the pointer that `rome_reader_prepare` was given; a non-zero result ends parsing.
typedef struct {
  int (*text)(void *target, int type, const char *bytes, size_t length);
  int (*array)(void *target, long long count);
  int (*integer)(void *target, long long value);
  int (*null)(void *target);
} rome_reader_hooks;

typedef struct {
  rome_reader_hooks hooks;
  void *target;
  redisReplyObjectFunctions functions;
} rome_reader_state;

// Any pointer but NULL means success to the parser, which never looks behind it.
static inline void *rome_reader_result(const redisReadTask *task, int failed) {
  return failed ? NULL : ((rome_reader_state *)task->privdata);
}

static inline void *rome_reader_string(const redisReadTask *task, char *bytes, size_t length) {
  rome_reader_state *state = (rome_reader_state *)task->privdata;
  return rome_reader_result(task, state->hooks.text(state->target, task->type, bytes, length));
}

#if defined(HIREDIS_MAJOR) && HIREDIS_MAJOR >= 1
static inline void *rome_reader_array(const redisReadTask *task, size_t count) {
#else
static inline void *rome_reader_array(const redisReadTask *task, int count) {
#endif
  rome_reader_state *state = (rome_reader_state *)task->privdata;
  return rome_reader_result(task, state->hooks.array(state->target, (long long)count));
}

static inline void *rome_reader_integer(const redisReadTask *task, long long value) {
  rome_reader_state *state = (rome_reader_state *)task->privdata;
  return rome_reader_result(task, state->hooks.integer(state->target, value));
}

static inline void *rome_reader_nil(const redisReadTask *task) {
  rome_reader_state *state = (rome_reader_state *)task->privdata;
  return rome_reader_result(task, state->hooks.null(state->target));
}

#if defined(HIREDIS_MAJOR) && HIREDIS_MAJOR >= 1
// RESP3 is never asked for: a server that speaks it all the same is garbage.
static inline void *rome_reader_double(const redisReadTask *task, double value, char *text, size_t length) {
  (void)task, (void)value, (void)text, (void)length;
  return NULL;
}
static inline void *rome_reader_bool(const redisReadTask *task, int value) {
  (void)task, (void)value;
  return NULL;
}
#endif

static inline void rome_reader_free(void *object) { (void)object; }

/// Makes the parser of a connection report to `hooks` instead of building a tree of objects.
static inline void rome_reader_prepare(
    redisContext *context, rome_reader_state *state, rome_reader_hooks hooks, void *target) {
  state->hooks = hooks;
  state->target = target;
  state->functions.createString = rome_reader_string;
  state->functions.createArray = rome_reader_array;
  state->functions.createInteger = rome_reader_integer;
  state->functions.createNil = rome_reader_nil;
  state->functions.freeObject = rome_reader_free;
#if defined(HIREDIS_MAJOR) && HIREDIS_MAJOR >= 1
  state->functions.createDouble = rome_reader_double;
  state->functions.createBool = rome_reader_bool;
#endif
  context->reader->fn = &state->functions;
  context->reader->privdata = state;
}

/// How many bytes wait to be written to the socket.
static inline size_t rome_unwritten_bytes(const redisContext *context) { return sdslen((const sds)context->obuf); }

/// How many bytes were read from the socket and belong to a reply that is not complete.
static inline size_t rome_unparsed_bytes(const redisContext *context) {
  return context->reader->len - context->reader->pos;
}

/// Nanoseconds of a clock that is never set and goes on while the machine sleeps.
static inline int64_t rome_nanoseconds(void) {
  struct timespec time = {0, 0};
#ifdef CLOCK_BOOTTIME
  clock_gettime(CLOCK_BOOTTIME, &time);
#else
  clock_gettime(CLOCK_MONOTONIC, &time);
#endif
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/// The text of the error of a connection.
static inline const char *rome_error_text(const redisContext *context) { return context->errstr; }
