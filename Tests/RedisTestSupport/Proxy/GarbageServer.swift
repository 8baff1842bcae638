// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A server on the loopback that answers requests with whatever bytes a closure gives it.
public final class GarbageServer: Sendable {
  /// What is sent for a request.
  public enum Answer: Sendable {
    /// Nothing.
    case nothing
    /// Bytes.
    case bytes([UInt8])
    /// Bytes and then the end of the connection.
    case last([UInt8], Ending = .close)
    /// Bytes, and then others again and again for as long as the client reads them.
    case endless([UInt8], repeating: [UInt8])

    /// A text, as `"+OK\r\n"`.
    public static func text(_ text: String) -> Answer { .bytes(Array(text.utf8)) }
  }

  /// The port that clients connect to.
  public let port: Int

  private let loop: SocketLoop
  private let core: Core

  /// A server that listens.
  /// - Parameters:
  ///   - greeting: What each client is sent before it has asked for anything.
  ///   - answer: Gives what is sent for a request, which it gets as its words. What is no request stays unanswered.
  /// - Throws: `system`.
  public init(
    greeting: [UInt8] = [], answer: @escaping @Sendable (_ words: [String]) -> Answer
  ) throws(RedisTestError) {
    let reservation = try PortReservation()
    port = reservation.port
    loop = try SocketLoop(name: "GarbageServer")
    core = Core(loop, reservation, greeting: greeting, answer: answer)
    let problem = Mutex<RedisTestError?>(nil)
    loop.perform { [core] in
      do throws(RedisTestError) {
        try core.open()
      } catch {
        problem.withLock { $0 = error }
      }
    }
    if let error = problem.withLock({ $0 }) { throw error }
  }

  deinit { close() }

  /// The address of the server: `redis://127.0.0.1:port`.
  public var url: String { "redis://127.0.0.1:\(port)" }

  /// The number of connections that have been made.
  public var connections: Int { core.counts.withLock { $0.connections } }

  /// The number of requests that have come in.
  public var requests: Int { core.counts.withLock { $0.requests } }

  /// Ends all connections and the server.
  public func close() {
    loop.perform { [core] in core.close() }
    loop.close()
  }

  /// What the server consists of on its thread.
  ///
  /// `@unchecked Sendable` is safe: all but `counts`, which has a mutex, is used on the loop's thread only.
  private final class Core: @unchecked Sendable {
    let counts = Mutex<(connections: Int, requests: Int)>((0, 0))
    private let loop: SocketLoop
    private let reservation: PortReservation
    private let greeting: [UInt8]
    private let answer: @Sendable ([String]) -> Answer
    private var listener: Listener?
    private var clients: [ObjectIdentifier: SocketStream] = [:]

    init(
      _ loop: SocketLoop, _ reservation: PortReservation, greeting: [UInt8],
      answer: @escaping @Sendable ([String]) -> Answer
    ) {
      self.loop = loop
      self.reservation = reservation
      self.greeting = greeting
      self.answer = answer
    }

    func open() throws(RedisTestError) {
      let listener = Listener(loop, reservation) { [unowned self] in accept($0) }
      self.listener = listener
      try listener.open()
    }

    func close() {
      listener?.close()
      listener = nil
      for client in Array(clients.values) { forget(client, .close) }
    }

    private func accept(_ descriptor: Int32) {
      counts.withLock { $0.connections += 1 }
      let client = SocketStream(descriptor, loop)
      clients[ObjectIdentifier(client)] = client
      var scanner = RESPScanner(allowsInline: true)
      client.onBytes = { [unowned self, unowned client] bytes in
        scanner.append(bytes)
        while !client.isClosed, let frame = try? scanner.next(), let words = try? Request.decode(frame) {
          counts.withLock { $0.requests += 1 }
          send(answer(words.map { String(decoding: $0, as: UTF8.self) }), to: client)
        }
      }
      client.onEnd = { [unowned self, unowned client] in forget(client, .close) }
      client.send(greeting)
    }

    private func send(_ answer: Answer, to client: SocketStream) {
      switch answer {
      case .nothing: break
      case .bytes(let bytes): client.send(bytes)
      case .last(let bytes, let ending):
        client.send(bytes)
        client.finish(ending)
      case .endless(let bytes, let repeated):
        client.send(bytes)
        client.refill = { repeated }
      }
    }

    private func forget(_ client: SocketStream, _ ending: Ending) {
      client.refill = nil
      client.closeNow(ending)
      clients[ObjectIdentifier(client)] = nil
    }
  }
}
