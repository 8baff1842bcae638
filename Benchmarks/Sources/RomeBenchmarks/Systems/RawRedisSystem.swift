// SPDX-License-Identifier: Apache-2.0

import CBenchHiredis
import Dispatch

/// The limit on Redis: the same answers by the best requests that we know, from raw hiredis; nothing of a row is decoded but
/// what the check of the answers needs. Rows are strings, indexes are sorted sets of equal scores.
final class RawRedisSystem: BenchmarkSystem {
  let name = "redis-raw"
  let operations = Set(Operation.allCases)
  private let client: RedisClient
  private let socket: String
  private let database: Int
  /// The name by which the server knows the script.
  private let script: String
  private var data = Dataset(count: 0)

  /// Compares the version in front of the row, and writes.
  private static let script = """
    local v = redis.call('GETRANGE', KEYS[1], 0, 7)
    if v ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[1], ARGV[2])
    return 1
    """

  init(socket: String, database: Int) throws {
    self.socket = socket
    self.database = database
    client = try RedisClient(socket: socket, database: database)
    client.append("SCRIPT", "LOAD", Self.script)
    var name = ""
    try client.replies { name = String(decoding: $0.bytes, as: UTF8.self) }
    script = name
  }

  func load(_ data: Dataset) async throws {
    self.data = data
    for start in stride(from: 0, to: data.count, by: 1000) {
      for row in data.rows[start..<start + 1000] {
        insert(row)
        for metadata in Dataset.metadata(of: row.id) {
          client.append("SET", metadataKey(metadata.id), RowBytes.encode(metadata))
          client.append("ZADD", "owners", "0", RowBytes.ordered(row.id) + RowBytes.ordered(metadata.id))
        }
      }
      try client.replies { _ in }
    }
  }

  func run(_ operation: Operation, _ iterations: Range<Int>) async throws -> Timed {
    var answer = Answer()
    switch operation {
    case .insert, .insertMany:
      let inputs = iterations.map { data.inserted(operation, $0) }
      let start = ContinuousClock.now
      for rows in inputs {
        client.append("MULTI")
        for row in rows { insert(row) }
        client.append("EXEC")
        try client.replies { _ in }
        answer.rows += rows.count
      }
      return Timed(answer: answer, duration: .now - start)
    case .updateHot, .updateRandom:
      let failures = FailureBox()
      let (socket, database, data, script) = (socket, database, data, script)
      let start = ContinuousClock.now
      DispatchQueue.concurrentPerform(iterations: 8) { number in
        failures.catching {
          let client = try RedisClient(socket: socket, database: database)
          for iteration in iterations where iteration % 8 == number {
            try Self.update(operation == .updateHot ? 1 : data.key(operation, iteration), iteration, client, script)
          }
        }
      }
      try failures.rethrow()
      answer.rows = iterations.count
      return Timed(answer: answer, duration: .now - start)
    default:
      let start = ContinuousClock.now
      for iteration in iterations { try execute(operation, iteration, &answer) }
      return Timed(answer: answer, duration: .now - start)
    }
  }

  private func execute(_ operation: Operation, _ iteration: Int, _ answer: inout Answer) throws {
    switch operation {
    case .get:
      client.append("GET", rowKey(data.key(.get, iteration)))
      try client.replies { take($0.bytes, &answer) }
    case .getMany: try rows(data.keys(iteration)) { take($0, &answer) }
    case .host, .hostTwoColumns:
      let prefix = Array(data.host(operation, iteration).utf8) + [0]
      client.append("ZRANGEBYLEX", "hosts", [UInt8(ascii: "[")] + prefix, [UInt8(ascii: "(")] + prefix.dropLast() + [1])
      try rows(try ids()) { take($0, &answer) }
    case .firstPage, .nextPage:
      let marker = operation == .nextPage ? data.marker(iteration) : nil
      let prefix = Array((marker?.host ?? data.host(operation, iteration)).utf8) + [0]
      let end =
        marker.map { prefix + RowBytes.ordered($0.createdAt) + RowBytes.ordered($0.id) } ?? prefix.dropLast() + [1]
      client.append(
        "ZREVRANGEBYLEX", "hosts", [UInt8(ascii: "(")] + end, [UInt8(ascii: "[")] + prefix, "LIMIT", "0", "50")
      try rows(try ids()) { take($0, &answer) }
    case .join: try join(data.project(iteration), &answer)
    case .scan:
      try scan { bytes in if RowBytes.isLargeAndFailed(bytes) { take(bytes, &answer) } }
    case .count:
      client.append("ZCARD", "ids")
      try client.replies { answer.add(value: Int($0.integer)) }
    case .countHost:
      let prefix = Array(data.host(operation, iteration).utf8) + [0]
      client.append("ZLEXCOUNT", "hosts", [UInt8(ascii: "[")] + prefix, [UInt8(ascii: "(")] + prefix.dropLast() + [1])
      try client.replies { answer.add(value: Int($0.integer)) }
    case .sum:
      var sum = 0
      try scan { bytes in if RowBytes.number(bytes, 9) == 0 { sum += RowBytes.number(bytes, 2) } }
      answer.add(value: sum)
    case .update:
      try Self.update(data.key(operation, iteration), iteration, client, script)
      answer.rows += 1
    case .insert, .insertMany, .updateHot, .updateRandom: throw BenchmarkFailure("\(operation) is executed elsewhere")
    }
  }

  private func join(_ project: String, _ answer: inout Answer) throws {
    let prefix = Array(project.utf8) + [0]
    client.append(
      "ZRANGEBYLEX", "projects", [UInt8(ascii: "[")] + prefix, [UInt8(ascii: "(")] + prefix.dropLast() + [1])
    let instances = try ids()
    client.begin(instances.count + 1)
    client.argument("MGET".utf8)
    for id in instances { client.argument(rowKey(id).utf8) }
    for id in instances {
      client.append(
        "ZRANGEBYLEX", "owners", [UInt8(ascii: "[")] + RowBytes.ordered(id),
        [UInt8(ascii: "(")] + RowBytes.ordered(id + 1))
    }
    var memory: [Int: Int] = [:]
    var metadata: [Int] = []
    var isFirst = true
    try client.replies { reply in
      reply.forEach { item in
        if isFirst {
          memory[RowBytes.number(item.bytes, 1)] = RowBytes.number(item.bytes, 2)
        } else {
          metadata.append(Self.lastNumber(item.bytes))
        }
      }
      isFirst = false
    }
    client.begin(metadata.count + 1)
    client.argument("MGET".utf8)
    for id in metadata { client.argument(metadataKey(id).utf8) }
    try client.replies { reply in
      reply.forEach { item in
        let owner = RowBytes.number(item.bytes, 1)
        answer.add(id: owner, memory: (memory[owner] ?? 0) &+ RowBytes.number(item.bytes, 0))
      }
    }
  }

  func removeInserted(_ operation: Operation, _ iterations: Range<Int>) async throws {
    for iteration in iterations {
      for row in data.inserted(operation, iteration) {
        client.append("DEL", rowKey(row.id))
        client.append("ZREM", "ids", RowBytes.ordered(row.id))
        client.append("ZREM", "hosts", hostEntry(row))
        client.append("ZREM", "projects", projectEntry(row))
      }
      var removed = 0
      try client.replies { removed += Int($0.integer) }
      guard removed == operation.insertedRows * 4 else {
        throw BenchmarkFailure("\(name) had \(removed) inserted keys")
      }
    }
  }

  func version(of id: Int) async throws -> Int {
    client.append("GET", rowKey(id))
    var version = 0
    try client.replies { version = RowBytes.number($0.bytes, 0) }
    return version
  }

  func storedBytes() async throws -> Int? { nil }

  func close() async {}

  private static func update(_ id: Int, _ iteration: Int, _ client: RedisClient, _ script: String) throws {
    var isWritten = false
    while !isWritten {
      client.append("GET", "i:\(id)")
      var old: [UInt8] = []
      var changed: [UInt8] = []
      try client.replies { reply in
        old = Array(reply.bytes[0..<8])
        changed = RowBytes.changed(reply.bytes, iteration)
      }
      client.append("EVALSHA", script, "1", "i:\(id)", old, changed)
      try client.replies { isWritten = $0.integer == 1 }
    }
  }

  private func insert(_ row: InstanceRow) {
    client.append("SET", rowKey(row.id), RowBytes.encode(row))
    client.append("ZADD", "ids", "0", RowBytes.ordered(row.id))
    client.append("ZADD", "hosts", "0", hostEntry(row))
    client.append("ZADD", "projects", "0", projectEntry(row))
  }

  private func rowKey(_ id: Int) -> String { "i:\(id)" }

  private func metadataKey(_ id: Int) -> String { "m:\(id)" }

  private func hostEntry(_ row: InstanceRow) -> [UInt8] {
    Array(row.host.utf8) + [0] + RowBytes.ordered(row.createdAt) + RowBytes.ordered(row.id)
  }

  private func projectEntry(_ row: InstanceRow) -> [UInt8] {
    Array(row.projectID.utf8) + [0] + RowBytes.ordered(row.id)
  }

  private func ids() throws -> [Int] {
    var ids: [Int] = []
    try client.replies { reply in
      ids.reserveCapacity(Int(reply.elements))
      reply.forEach { ids.append(Self.lastNumber($0.bytes)) }
    }
    return ids
  }

  private func rows(_ ids: [Int], _ body: (UnsafeRawBufferPointer) -> Void) throws {
    guard !ids.isEmpty else { return }
    client.begin(ids.count + 1)
    client.argument("MGET".utf8)
    for id in ids { client.argument(rowKey(id).utf8) }
    try client.replies { reply in reply.forEach { body($0.bytes) } }
  }

  private func scan(_ body: (UnsafeRawBufferPointer) -> Void) throws {
    for start in stride(from: 0, to: data.count, by: 1000) {
      client.append("ZRANGE", "ids", String(start), String(start + 999))
      try rows(try ids(), body)
    }
  }

  private func take(_ bytes: UnsafeRawBufferPointer, _ answer: inout Answer) {
    guard !bytes.isEmpty else { return }
    answer.add(id: RowBytes.number(bytes, 1), memory: RowBytes.number(bytes, 2))
  }

  private static func lastNumber(_ key: UnsafeRawBufferPointer) -> Int {
    Int(UInt64(bigEndian: key.loadUnaligned(fromByteOffset: key.count - 8, as: UInt64.self)))
  }
}
