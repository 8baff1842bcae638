// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeTesting
import Testing

@testable import RomeRedis

/// The parser and the cursor, over bytes that come in pieces and over bytes that are no replies.
@Suite(.timeLimit(.minutes(2))) struct ReplyParsingTests {
  /// A reply as a tree, to compare with.
  private indirect enum Value: Equatable {
    case bytes([UInt8])
    case error([UInt8])
    case integer(Int)
    case null
    case array([Value])

    static func random(_ generator: inout SeededGenerator, depth: Int = 0) -> Value {
      switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &generator) {
      case 0, 1: .bytes(generator.bytes(upTo: generator.chance(0.05) ? 40_000 : 20))
      case 2: .integer(Int.random(in: .min ... .max, using: &generator))
      case 3: .null
      case 4: .error(Array("ERR x\(Int.random(in: 0..<99, using: &generator))".utf8))
      default: .array((0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(&generator, depth: depth + 1) })
      }
    }

    var encoded: [UInt8] {
      switch self {
      case .bytes(let bytes): Array("$\(bytes.count)\r\n".utf8) + bytes + [13, 10]
      case .error(let bytes): [UInt8(ascii: "-")] + bytes + [13, 10]
      case .integer(let number): Array(":\(number)\r\n".utf8)
      case .null: Array("$-1\r\n".utf8)
      case .array(let values): Array("*\(values.count)\r\n".utf8) + values.flatMap(\.encoded)
      }
    }

    /// Reads one value from the nodes of a reply.
    init(_ reply: Reply, _ position: inout Int) {
      let node = reply.nodes[position]
      position += 1
      switch node.kind {
      case .bytes, .status: self = .bytes(Array(reply.slice(node)))
      case .error: self = .error(Array(reply.slice(node)))
      case .integer: self = .integer(node.value)
      case .null: self = .null
      case .array:
        var values: [Value] = []
        for _ in 0..<node.count { values.append(Value(reply, &position)) }
        self = .array(values)
      }
    }
  }

  @Test func `replies are what was sent, however they are cut`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let peer = try Peer()
    for _ in 0..<300 {
      let values = (0..<Int.random(in: 1..<5, using: &generator)).map { _ in Value.random(&generator) }
      let bytes = values.flatMap(\.encoded)
      let connection = try peer.connect(maximumReplyBytes: 1 << 30)
      defer { connection.close() }
      var replies: [Reply] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...max(1, min(rest.count, 5000)), using: &generator))
        rest = rest.dropFirst(piece.count)
        connection.send(piece)
        try connection.receive(&replies, count: piece.count)
      }
      #expect(replies.count == values.count, "seed \(seed)")
      for (reply, value) in zip(replies, values) {
        var position = 0
        #expect(Value(reply, &position) == value, "seed \(seed)")
        #expect(position == reply.nodes.count, "seed \(seed)")
        var cursor = ReplyCursor(reply)
        cursor.skip()
        #expect(cursor.kind == nil, "seed \(seed)")
      }
    }
  }

  @Test func `no bytes crash the parser or the cursor`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let peer = try Peer()
    let (limit, inputs) = (10_000, 10_000)
    var outcomes: [String: Int] = [:]
    for _ in 0..<inputs {
      var bytes = Value.random(&generator).encoded
      if generator.chance(0.9) { bytes = mutated(bytes, &generator) }
      if generator.chance(0.1) { bytes = generator.bytes(upTo: 60) }
      let connection = try peer.connect(maximumReplyBytes: limit)
      defer { connection.close() }
      connection.send(bytes[...])
      connection.endSending()
      var replies: [Reply] = []
      do throws(SocketError) {
        try connection.receive(&replies, count: .max)
      } catch {
        outcomes["\(error.kind)", default: 0] += 1
      }
      for reply in replies {
        outcomes["replies", default: 0] += 1
        #expect(reply.bytes.count <= limit)
        explore(reply, &generator)
      }
    }
    // Each kind of end was seen, so the mutations are worth something.
    for outcome in ["failed", "garbage", "replyTooLarge", "replies"] {
      #expect(outcomes[outcome, default: 0] > 20, "\(outcomes), seed \(seed)")
    }
  }

  /// Reads a reply in random ways to its end and beyond.
  private func explore(_ reply: Reply, _ generator: inout SeededGenerator) {
    var cursor = ReplyCursor(reply)
    for _ in 0..<(reply.nodes.count + 3) {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: _ = try? cursor.bytes()
      case 1: _ = try? cursor.optionalBytes()
      case 2: _ = try? cursor.integer()
      case 3: _ = try? cursor.array()
      case 4: _ = cursor.error()
      default: cursor.skip()
      }
    }
    _ = reply.lacksScript
  }
}

/// A listener of the loopback whose connections are written to by the test itself.
private final class Peer {
  private let listener: Int32
  private let port: UInt16

  init() throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && listen(descriptor, 16) == 0
          && getsockname(descriptor, pointer, &length) == 0
      }
    }
    try #require(isOpen)
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { Foundation.close(listener) }

  func connect(maximumReplyBytes: Int) throws -> PeerConnection {
    let socket = try Socket(.tcp(host: "127.0.0.1", port: port), maximumReplyBytes: maximumReplyBytes)
    return PeerConnection(socket, accept(listener, nil, nil))
  }
}

/// Both ends of a connection.
private final class PeerConnection {
  private let socket: Socket
  private let peer: Int32

  init(_ socket: Socket, _ peer: Int32) {
    self.socket = socket
    self.peer = peer
  }

  func close() {
    socket.close()
    Foundation.close(peer)
  }

  func send(_ bytes: ArraySlice<UInt8>) {
    _ = bytes.withUnsafeBytes { write(peer, $0.baseAddress, $0.count) }
  }

  func endSending() {
    shutdown(peer, Int32(SHUT_WR))
  }

  /// Reads so many bytes, or to the end of the connection, which is an error.
  func receive(_ replies: inout [Reply], count: Int) throws(SocketError) {
    var received = 0
    while received < count {
      var entry = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&entry, 1, 10_000)
      received += try socket.read() ?? 0
      while try socket.parse() { replies.append(socket.takeReplies()) }
    }
  }
}
