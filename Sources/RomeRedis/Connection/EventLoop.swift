// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Rome
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The thread of one store, which does all that could block, and its inbox.
///
/// It is also an executor: a task that prefers it runs on this thread and reaches the server without a change of threads.
final class EventLoop: Sendable, TaskExecutor {
  /// What was brought to the thread since it last looked.
  struct Input {
    var requests: [PendingRequest] = []
    var jobs: [UnownedJob] = []
    var closesAt: Moment?
    /// Whether a request was cancelled while the store is closing.
    var hasCancellation = false

    var isEmpty: Bool { requests.isEmpty && jobs.isEmpty && closesAt == nil && !hasCancellation }

    /// Makes it empty for the next use, with the memory that it has.
    mutating func clear() {
      requests.removeAll(keepingCapacity: requests.capacity <= 1024)
      jobs.removeAll(keepingCapacity: jobs.capacity <= 1024)
      closesAt = nil
      hasCancellation = false
    }
  }

  private struct State {
    var input = Input()
    var isAsleep = false
    var isStarted = false
    var isClosing = false
    var isEnded = false
    var closers: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  /// A pipe: a byte in it wakes the thread up.
  private let wakeReader: Int32
  private let wakeWriter: Int32

  /// Makes a loop; its thread starts with ``start(_:)``.
  ///
  /// - Throws: `StoreError` with the code `unavailable` when the process has no file descriptors left.
  init() throws(StoreError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw StoreError(.unavailable, "the process can't open more files") }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    wakeReader = ends[0]
    wakeWriter = ends[1]
  }

  deinit {
    _ = Self.close(wakeReader)
    _ = Self.close(wakeWriter)
  }

  /// Starts the thread, once.
  ///
  /// - Parameter body: What the thread does. It must return after ``end()``.
  func start(_ body: @escaping @Sendable (EventLoop) -> Void) {
    let isFirst = state.withLock { state in
      defer { state.isStarted = true }
      return !state.isStarted && !state.isClosing
    }
    guard isFirst else { return }
    let thread = Thread { body(self) }
    thread.name = "rome.redis"
    thread.start()
  }

  /// Brings a request to the thread.
  func submit(_ request: PendingRequest) {
    let (wakes, isClosed) = state.withLock { state -> (Bool, Bool) in
      if state.isClosing { return (false, true) }
      state.input.requests.append(request)
      return (Self.wakeUp(&state), false)
    }
    if isClosed { request.finish(.failure(.notDone(.closed))) }
    if wakes { wake() }
  }

  /// Brings a job of a task that prefers this executor to the thread.
  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    let (wakes, isEnded) = state.withLock { state -> (Bool, Bool) in
      if state.isEnded || !state.isStarted { return (false, true) }
      state.input.jobs.append(unowned)
      return (Self.wakeUp(&state), false)
    }
    // Tasks outlive a closed store; they go on elsewhere.
    if isEnded { globalConcurrentExecutor.enqueue(ExecutorJob(unowned)) }
    if wakes { wake() }
  }

  /// Tells the thread to end, when all requests are done or at the deadline. New requests are refused from now on.
  func requestClose(at deadline: Moment) {
    let wakes = state.withLock { state in
      state.isClosing = true
      state.input.closesAt = min(state.input.closesAt ?? deadline, deadline)
      if !state.isStarted { state.isEnded = true }
      return Self.wakeUp(&state)
    }
    if wakes { wake() }
  }

  /// Lets the thread look whether it can end, because somebody does not wait for a request any more.
  func requestWasCancelled() {
    let wakes = state.withLock { state in
      guard state.isClosing else { return false }
      state.input.hasCancellation = true
      return Self.wakeUp(&state)
    }
    if wakes { wake() }
  }

  /// Waits until the thread has ended.
  func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let isEnded = state.withLock { state in
        if !state.isEnded { state.closers.append(continuation) }
        return state.isEnded
      }
      if isEnded { continuation.resume() }
    }
  }

  private static func wakeUp(_ state: inout State) -> Bool {
    defer { state.isAsleep = false }
    return state.isAsleep
  }

  private func wake() {
    // A full pipe wakes as well.
    var byte: UInt8 = 1
    _ = write(wakeWriter, &byte, 1)
  }

  // MARK: On the thread

  /// Takes what was brought.
  ///
  /// - Parameter input: Is empty, gets it, and leaves its memory for what comes next.
  /// - Returns: Whether there was anything.
  func take(_ input: inout Input) -> Bool {
    state.withLock { swap(&$0.input, &input) }
    return !input.isEmpty
  }

  /// Runs a job of a task.
  func run(_ job: UnownedJob) {
    job.runSynchronously(on: asUnownedTaskExecutor())
  }

  /// Waits until something was brought, the socket is ready, or the time is over.
  ///
  /// - Parameters:
  ///   - socket: The socket, and whether it shall be waited for until it can be written to.
  ///   - now: The time.
  ///   - deadline: When to go on at the latest.
  /// - Returns: Whether the socket can be read, and whether it can be written to. A broken one can both.
  func sleep(
    socket: (descriptor: Int32, wantsWriting: Bool)?, _ now: Moment, until deadline: Moment?
  ) -> (isReadable: Bool, isWritable: Bool) {
    let mayWait = state.withLock { state in
      state.isAsleep = state.input.isEmpty
      return state.isAsleep
    }
    var wakes: Int16 = 0
    var events: Int16 = 0
    let count = withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { entries in
      entries.initialize(repeating: pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0))
      if let socket {
        entries[1].fd = socket.descriptor
        if socket.wantsWriting { entries[1].events |= Int16(POLLOUT) }
      }
      let count = poll(
        entries.baseAddress, socket == nil ? 1 : 2, mayWait ? Self.milliseconds(from: now, until: deadline) : 0)
      wakes = entries[0].revents
      if socket != nil { events = entries[1].revents }
      return count
    }
    if mayWait { state.withLock { $0.isAsleep = false } }
    guard count > 0 else { return (false, false) }
    if wakes != 0 {
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
        while read(wakeReader, buffer.baseAddress, buffer.count) == buffer.count {}
      }
    }
    let isBroken = events & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
    return (isBroken || events & Int16(POLLIN) != 0, isBroken || events & Int16(POLLOUT) != 0)
  }

  /// Ends the loop: jobs that still come run elsewhere.
  ///
  /// - Returns: The requests that came last.
  func end() -> [PendingRequest] {
    let (closers, input) = state.withLock { state in
      state.isEnded = true
      state.isClosing = true
      defer {
        state.closers = []
        state.input = Input()
      }
      return (state.closers, state.input)
    }
    for job in input.jobs { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    for closer in closers { closer.resume() }
    return input.requests
  }

  /// Makes writing to a connection that the server has closed an error on this thread, and not the end of the process:
  /// hiredis does not ask the system for that.
  func ignoreBrokenPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private static func milliseconds(from now: Moment, until deadline: Moment?) -> Int32 {
    guard let deadline else { return -1 }
    guard deadline > now else { return 0 }
    // Rounded up, so that the time is over then; a longer wait is made of several.
    return Int32(min((deadline - now).nanoseconds / 1_000_000 + 1, 1_000_000_000))
  }

  private static func close(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #elseif canImport(Musl)
      Musl.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }
}
