// SPDX-License-Identifier: Apache-2.0

import CBenchHiredis

/// A blocking connection by hiredis: a command is appended as bytes, and replies are looked at where hiredis has put them.
final class RedisClient {
  private let context: UnsafeMutablePointer<redisContext>
  private var request: [UInt8] = []
  private var waiting = 0

  /// - Parameters:
  ///   - socket: The path of the server's unix socket.
  ///   - database: The number of the database.
  init(socket: String, database: Int) throws {
    guard let context = redisConnectUnix(socket) else { throw BenchmarkFailure("hiredis gave no connection") }
    self.context = context
    if context.pointee.err != 0 { throw BenchmarkFailure("there is no Redis server at \(socket)") }
    append("SELECT", String(database))
    try replies { _ in }
  }

  deinit { redisFree(context) }

  func append(_ parts: any RedisArgument...) { append(parts) }

  func append(_ parts: [any RedisArgument]) {
    begin(parts.count)
    for part in parts { part.write(to: self) }
  }

  /// Begins a command of so many arguments.
  func begin(_ count: Int) {
    waiting += 1
    request.append(UInt8(ascii: "*"))
    request.append(contentsOf: String(count).utf8)
    request.append(contentsOf: [13, 10])
  }

  /// Appends an argument of the command.
  func argument(_ bytes: some Collection<UInt8>) {
    request.append(UInt8(ascii: "$"))
    request.append(contentsOf: String(bytes.count).utf8)
    request.append(contentsOf: [13, 10])
    request.append(contentsOf: bytes)
    request.append(contentsOf: [13, 10])
  }

  /// Sends what was appended, and calls the closure for the reply of each command.
  func replies(_ body: (redisReply) throws -> Void) throws {
    let code = request.withUnsafeBytes { bytes in
      redisAppendFormattedCommand(context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard code == REDIS_OK else { throw BenchmarkFailure("hiredis does not take a command") }
    request.removeAll(keepingCapacity: true)
    let expected = waiting
    waiting = 0
    for _ in 0..<expected {
      var reply: UnsafeMutableRawPointer?
      guard redisGetReply(context, &reply) == REDIS_OK, let reply else { throw BenchmarkFailure("Redis gave no reply") }
      defer { freeReplyObject(reply) }
      let value = reply.assumingMemoryBound(to: redisReply.self).pointee
      if value.type == REDIS_REPLY_ERROR { throw BenchmarkFailure("Redis: " + String(cString: value.str)) }
      try body(value)
    }
  }
}

extension redisReply {
  /// The bytes of a text; empty if it is none.
  var bytes: UnsafeRawBufferPointer {
    type == REDIS_REPLY_STRING
      ? UnsafeRawBufferPointer(start: str, count: Int(len)) : UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Calls the closure for the elements of an array.
  func forEach(_ body: (redisReply) throws -> Void) rethrows {
    for index in 0..<Int(elements) {
      if let item = element[index] { try body(item.pointee) }
    }
  }
}

/// What an argument of a command may be.
protocol RedisArgument {
  func write(to client: RedisClient)
}

extension String: RedisArgument {
  func write(to client: RedisClient) { client.argument(utf8) }
}

extension Array: RedisArgument where Element == UInt8 {
  func write(to client: RedisClient) { client.argument(self) }
}
