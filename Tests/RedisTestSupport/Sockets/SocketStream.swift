// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How a connection ends.
public enum Ending: Sendable {
  /// With what TCP sends when a program closes its socket (FIN): the other side reads to the end.
  case close
  /// With what TCP sends when a connection is lost (RST): the other side gets an error.
  case reset
}

/// One socket of a connection, with what is to be sent. It belongs to the thread of its loop.
final class SocketStream: SocketLoop.Watched {
  /// More than this to be sent, and the other side of a connection is not read.
  static let fullBacklog = 4 << 20

  private(set) var descriptor: Int32
  private let loop: SocketLoop
  private var output: [UInt8] = []
  private var sent = 0
  private var readsEnded = false
  private var ending: Ending?
  private var isShutting = false

  /// Gets what has come in.
  var onBytes: (ArraySlice<UInt8>) -> Void = { _ in }
  /// Is called once when nothing more will come in: the other side has closed or the connection is lost.
  var onEnd: () -> Void = {}
  /// Gives more to send whenever everything has been sent; nil when there is no more.
  var refill: (() -> [UInt8])?
  /// Whether to read now.
  var mayRead: () -> Bool = { true }

  init(_ descriptor: Int32, _ loop: SocketLoop) {
    self.descriptor = descriptor
    self.loop = loop
    Libc.makeNonBlocking(descriptor)
    loop.watch(self)
  }

  deinit { if descriptor >= 0 { Foundation.close(descriptor) } }

  var isClosed: Bool { descriptor < 0 }
  var backlog: Int { output.count - sent }

  var events: Int16 {
    var events: Int16 = 0
    if !readsEnded && mayRead() { events |= Int16(POLLIN) }
    if backlog > 0 || refill != nil { events |= Int16(POLLOUT) }
    return events
  }

  func send(_ bytes: some Collection<UInt8>) {
    guard !isClosed, ending == nil, !isShutting, !bytes.isEmpty else { return }
    output.append(contentsOf: bytes)
    flush()
  }

  /// Ends the connection when everything has been sent.
  func finish(_ ending: Ending) {
    guard !isClosed, self.ending == nil else { return }
    self.ending = ending
    settle()
  }

  /// Sends nothing more, when everything has been sent, and goes on reading.
  func finishSending() {
    guard !isClosed, ending == nil, !isShutting else { return }
    isShutting = true
    settle()
  }

  func handle(_ events: Int16) {
    if events & Int16(POLLOUT) != 0 {
      flush()
      if backlog == 0, let refill { send(refill()) }
    }
    let isLost = events & Int16(POLLERR | POLLHUP) != 0
    if !isClosed && (events & Int16(POLLIN) != 0 || isLost) { receive() }
    if !isClosed && readsEnded && isLost { closeNow(.close) }
  }

  private func receive() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !isClosed && !readsEnded {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        onBytes(buffer[..<count])
        if !mayRead() { return }
      } else if count < 0 && errno == EINTR {
        continue
      } else if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOTCONN) {
        return
      } else {
        endReads()
      }
    }
  }

  private func endReads() {
    guard !readsEnded else { return }
    readsEnded = true
    onEnd()
  }

  private func flush() {
    while backlog > 0 {
      let count = output.withUnsafeBytes { Libc.send(descriptor, .init(rebasing: $0[sent...])) }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOTCONN || errno == EINTR {
        return
      } else {
        closeNow(.close)
        return endReads()
      }
    }
    output.removeAll(keepingCapacity: output.count <= SocketStream.fullBacklog)
    sent = 0
    settle()
  }

  private func settle() {
    guard backlog == 0, !isClosed else { return }
    if let ending { return closeNow(ending) }
    if isShutting { shutdown(descriptor, Int32(SHUT_WR)) }
  }

  /// Ends the connection at once. `onEnd` is not called.
  func closeNow(_ ending: Ending) {
    guard !isClosed else { return }
    loop.forget(self)
    switch ending {
    case .reset: Libc.resetOnClose(descriptor)
    case .close:
      // Closing with bytes that nobody has read would reset the connection.
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while recv(descriptor, &buffer, buffer.count, 0) > 0 {}
      shutdown(descriptor, Int32(SHUT_RDWR))
    }
    Foundation.close(descriptor)
    descriptor = -1
    output.removeAll()
    sent = 0
  }
}
