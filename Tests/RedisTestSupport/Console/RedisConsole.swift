// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A small client that blocks, for the tests to look at a server from outside and to act on it.
///
/// It waits in `recv`, so it holds a thread for as long as the server takes: that is a round trip on the loopback, and at
/// most the timeout.
public final class RedisConsole: Sendable {
  private struct Connection {
    var descriptor: Int32
    var scanner = RESPScanner()
  }

  private let connection: Mutex<Connection>
  private let timeout: Duration

  /// Connects to a port of the loopback.
  /// - Parameters:
  ///   - port: The port of a server or of a proxy.
  ///   - timeout: How long to wait for each piece of a reply.
  /// - Throws: `notAnswering` when nothing listens.
  public init(port: Int, timeout: Duration = .seconds(10)) throws(RedisTestError) {
    let descriptor = try Libc.socket()
    do throws(RedisTestError) {
      _ = try Libc.connectLoopback(descriptor, port: port)
    } catch {
      Foundation.close(descriptor)
      throw error
    }
    Libc.sendAtOnce(descriptor)
    connection = Mutex(Connection(descriptor: descriptor))
    self.timeout = timeout
  }

  /// Connects to a socket of the file system.
  /// - Parameters:
  ///   - socketPath: Where the socket is.
  ///   - timeout: How long to wait for each piece of a reply.
  /// - Throws: `notAnswering` when nothing listens.
  public init(socketPath: String, timeout: Duration = .seconds(10)) throws(RedisTestError) {
    let descriptor = try Libc.socket(AF_UNIX)
    do throws(RedisTestError) {
      try Libc.connect(descriptor, path: socketPath)
    } catch {
      Foundation.close(descriptor)
      throw error
    }
    connection = Mutex(Connection(descriptor: descriptor))
    self.timeout = timeout
  }

  deinit { close() }

  /// Closes the connection. Calls that follow throw `connectionLost`.
  public func close() {
    connection.withLock { connection in
      guard connection.descriptor >= 0 else { return }
      shutdown(connection.descriptor, Int32(SHUT_RDWR))
      Foundation.close(connection.descriptor)
      connection.descriptor = -1
    }
  }

  /// Sends a request and waits for its reply.
  /// - Parameter arguments: The command and its arguments.
  /// - Returns: The reply, also when it is an error.
  /// - Throws: `connectionLost`, `timedOut` or `malformed`.
  @discardableResult
  public func send(_ arguments: [String]) throws(RedisTestError) -> Reply {
    try send(arguments.map { Array($0.utf8) })
  }

  /// Sends a request of bytes and waits for its reply.
  /// - Parameter arguments: The command and its arguments.
  /// - Returns: The reply, also when it is an error.
  /// - Throws: `connectionLost`, `timedOut` or `malformed`.
  @discardableResult
  public func send(_ arguments: [[UInt8]]) throws(RedisTestError) -> Reply {
    try connection.withLock { connection throws(RedisTestError) in
      try write(Request.encode(arguments), &connection)
      return try read(&connection)
    }
  }

  /// Sends a request that must succeed.
  /// - Parameter words: The command and its arguments.
  /// - Returns: The reply.
  /// - Throws: `refused` with the server's text when the reply is an error; otherwise as `send`.
  @discardableResult
  public func run(_ words: String...) throws(RedisTestError) -> Reply {
    let reply = try send(words)
    if case .error(let message) = reply {
      throw RedisTestError(.refused, "\(words.first ?? "") was refused: \(message)")
    }
    return reply
  }

  /// Sends bytes as they are and waits for nothing, for requests in a row or in pieces.
  /// - Parameter bytes: The bytes.
  /// - Throws: `connectionLost`.
  public func write(_ bytes: [UInt8]) throws(RedisTestError) {
    try connection.withLock { connection throws(RedisTestError) in try write(bytes, &connection) }
  }

  /// The bytes of a request.
  /// - Parameter arguments: The command and its arguments.
  public static func encode(_ arguments: [String]) -> [UInt8] { Request.encode(arguments.map { Array($0.utf8) }) }

  /// Waits for the next reply.
  /// - Returns: The reply.
  /// - Throws: `connectionLost`, `timedOut` or `malformed`.
  public func receive() throws(RedisTestError) -> Reply {
    try connection.withLock { connection throws(RedisTestError) in try read(&connection) }
  }

  /// Waits for bytes, whatever they are.
  /// - Parameter count: How many at least.
  /// - Returns: All bytes that have come and were not part of a reply that has been returned.
  /// - Throws: `connectionLost` or `timedOut`.
  public func receive(atLeast count: Int) throws(RedisTestError) -> [UInt8] {
    try connection.withLock { connection throws(RedisTestError) in
      while connection.scanner.rest.count < count {
        guard case .bytes(let piece) = try receivePiece(connection.descriptor) else {
          throw RedisTestError(.connectionLost, "The other side ended the connection.")
        }
        connection.scanner.append(piece)
      }
      return Array(connection.scanner.rest)
    }
  }

  /// Waits until the other side ends the connection.
  /// - Returns: The bytes that came before the end and were not part of a reply that has been returned; and whether the
  ///   connection was reset rather than closed.
  /// - Throws: `timedOut` when nothing comes for as long as the timeout.
  public func receiveToEnd() throws(RedisTestError) -> (bytes: [UInt8], wasReset: Bool) {
    try connection.withLock { connection throws(RedisTestError) in
      while true {
        switch try receivePiece(connection.descriptor) {
        case .bytes(let piece): connection.scanner.append(piece)
        case .end(let wasReset): return (Array(connection.scanner.rest), wasReset)
        }
      }
    }
  }

  private func write(_ bytes: [UInt8], _ connection: inout Connection) throws(RedisTestError) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { Libc.send(connection.descriptor, .init(rebasing: $0[sent...])) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw RedisTestError(.connectionLost, "The connection can't be written to.") }
      sent += count
    }
  }

  private func read(_ connection: inout Connection) throws(RedisTestError) -> Reply {
    while true {
      if let value = try connection.scanner.next() { return try Reply(parsing: value) }
      switch try receivePiece(connection.descriptor) {
      case .bytes(let piece): connection.scanner.append(piece)
      case .end(let wasReset):
        throw RedisTestError(.connectionLost, "The other side \(wasReset ? "reset" : "closed") the connection.")
      }
    }
  }

  private enum Piece {
    case bytes(ArraySlice<UInt8>)
    case end(wasReset: Bool)
  }

  private func receivePiece(_ descriptor: Int32) throws(RedisTestError) -> Piece {
    guard descriptor >= 0 else { return .end(wasReset: false) }
    let deadline = ContinuousClock.now + timeout
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let ready = poll(&waiting, 1, Int32(clamping: (deadline - .now).wholeMilliseconds))
      if ready < 0 && errno == EINTR { continue }
      guard ready > 0 else { throw RedisTestError(.timedOut, "No reply within \(timeout).") }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 { return .bytes(buffer[..<count]) }
      if count < 0 && errno == EINTR { continue }
      return .end(wasReset: count < 0)
    }
  }
}

extension Duration {
  /// The milliseconds in it, rounded up, and not less than none.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return max(0, Int(clamping: milliseconds))
  }
}
