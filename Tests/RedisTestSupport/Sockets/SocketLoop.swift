// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// A thread of its own that serves sockets and timers, one event after the other.
///
/// `@unchecked Sendable` is safe: `sockets`, `timers` and `timersMade` are used by the loop's thread only, which
/// `onThread` and the public entry points see to; what other threads use is behind the mutex.
final class SocketLoop: @unchecked Sendable {
  /// A socket that the loop watches.
  protocol Watched: AnyObject {
    var descriptor: Int32 { get }
    /// What to wait for, as `poll` has it.
    var events: Int16 { get }
    func handle(_ events: Int16)
  }

  private struct Inbox {
    var jobs: [@Sendable () -> Void] = []
    var isClosed = false
    var thread: ObjectIdentifier?
  }

  private struct Timer {
    let due: ContinuousClock.Instant
    let number: Int
    let action: () -> Void
  }

  private let inbox = Mutex(Inbox())
  private let bell: (reader: Int32, writer: Int32)
  private let ended = DispatchSemaphore(value: 0)
  private var sockets: [Int32: any Watched] = [:]
  private var timers: [Timer] = []
  private var timersMade = 0

  init(name: String) throws(RedisTestError) {
    let (reader, writer) = try Libc.socketPair()
    Libc.makeNonBlocking(reader)
    Libc.makeNonBlocking(writer)
    bell = (reader, writer)
    Thread.detachNewThread { [self] in
      Thread.current.name = name
      run()
    }
  }

  deinit {
    Foundation.close(bell.reader)
    Foundation.close(bell.writer)
  }

  /// Whether the caller runs on the loop's thread.
  var isCurrent: Bool { inbox.withLock { $0.thread == ObjectIdentifier(Thread.current) } }

  /// Runs something on the loop's thread and waits for it: for as long as one event takes.
  ///
  /// Nothing happens once the loop is closed.
  func perform(_ job: @escaping @Sendable () -> Void) {
    if isCurrent { return job() }
    let done = DispatchSemaphore(value: 0)
    let isOpen = inbox.withLock { inbox in
      guard !inbox.isClosed else { return false }
      inbox.jobs.append {
        job()
        done.signal()
      }
      return true
    }
    guard isOpen else { return }
    ring()
    done.wait()
  }

  /// Ends the loop, after what it has been given to do, and waits for its thread.
  func close() {
    let wasOpen = inbox.withLock { inbox in
      defer { inbox.isClosed = true }
      return !inbox.isClosed
    }
    guard wasOpen else { return }
    ring()
    if !isCurrent { ended.wait() }
  }

  private func ring() {
    _ = [UInt8(1)].withUnsafeBytes { Libc.send(bell.writer, $0) }
  }

  // MARK: On the loop's thread

  func watch(_ socket: any Watched) { sockets[socket.descriptor] = socket }

  func forget(_ socket: any Watched) { sockets[socket.descriptor] = nil }

  /// Does something later; what is due at the same time is done in the order in which it was asked for.
  func after(_ delay: Duration, _ action: @escaping () -> Void) {
    timersMade += 1
    timers.append(Timer(due: .now + delay, number: timersMade, action: action))
    timers.sort { ($0.due, $0.number) < ($1.due, $1.number) }
  }

  private func run() {
    inbox.withLock { $0.thread = ObjectIdentifier(Thread.current) }
    var isOpen = true
    while isOpen {
      var waiting = [pollfd(fd: bell.reader, events: Int16(POLLIN), revents: 0)]
      waiting += sockets.values.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
      let time = timers.first.map { Int32(clamping: ($0.due - .now).wholeMilliseconds) } ?? -1
      _ = poll(&waiting, nfds_t(waiting.count), time)
      isOpen = doJobs()
      // A socket that an earlier event has closed is not among them any more. When a new one has its number already, the
      // stale event makes that read or write in vain, since it does not block.
      for entry in waiting.dropFirst() where entry.revents != 0 {
        sockets[entry.fd]?.handle(entry.revents)
      }
      while let timer = timers.first, timer.due <= .now {
        timers.removeFirst()
        timer.action()
      }
    }
    sockets.removeAll()
    timers.removeAll()
    inbox.withLock { $0.thread = nil }
    ended.signal()
  }

  private func doJobs() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 256)
    while recv(bell.reader, &bytes, bytes.count, 0) > 0 {}
    let (jobs, isOpen) = inbox.withLock { inbox in
      defer { inbox.jobs.removeAll() }
      return (inbox.jobs, !inbox.isClosed)
    }
    jobs.forEach { $0() }
    return isOpen
  }
}
