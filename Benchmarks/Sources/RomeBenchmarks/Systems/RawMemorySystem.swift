// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// Ordered maps with encoded rows, and nothing above them: what a store in memory that keeps ordered keys could reach at best
/// when rows are decoded as a whole. Reads take no lock, and there are neither transactions nor snapshots; only where eight
/// threads write there is a lock.
final class RawMemorySystem: BenchmarkSystem {
  let name = "memory-raw"
  let operations = Set(Operation.allCases)
  private var tables = Tables()
  private var data = Dataset(count: 0)

  private struct Tables {
    var instances = OrderedMap()
    var hosts = OrderedMap()
    var projects = OrderedMap()
    var metadata = OrderedMap()
    var owners = OrderedMap()

    mutating func insert(_ row: InstanceRow) {
      instances.set(RawMemorySystem.key(row.id), RowBytes.encode(row))
      hosts.set(RawMemorySystem.hostKey(row), [])
      projects.set(RawMemorySystem.projectKey(row), [])
    }

    mutating func update(_ id: Int, _ iteration: Int) throws {
      guard let bytes = instances.value(RawMemorySystem.key(id)) else { throw BenchmarkFailure("row \(id) is gone") }
      // What a client would have to do, too: nobody may have written the row since it was read.
      let version = bytes.withUnsafeBytes { RowBytes.number($0, 0) }
      let changed = bytes.withUnsafeBytes { RowBytes.changed($0, iteration) }
      let current = instances.value(RawMemorySystem.key(id))?.withUnsafeBytes { RowBytes.number($0, 0) }
      guard current == version else { throw BenchmarkFailure("an update was lost") }
      instances.set(RawMemorySystem.key(id), changed)
    }
  }

  func load(_ data: Dataset) async throws {
    self.data = data
    for row in data.rows {
      tables.insert(row)
      for metadata in Dataset.metadata(of: row.id) {
        tables.metadata.set(Self.key(metadata.id), RowBytes.encode(metadata))
        tables.owners.set(Self.ownerKey(row.id, metadata.id), [])
      }
    }
  }

  func run(_ operation: Operation, _ iterations: Range<Int>) async throws -> Timed {
    var answer = Answer()
    switch operation {
    case .insert, .insertMany:
      let inputs = iterations.map { data.inserted(operation, $0) }
      let start = ContinuousClock.now
      for rows in inputs {
        for row in rows { tables.insert(row) }
        answer.rows += rows.count
      }
      return Timed(answer: answer, duration: .now - start)
    case .updateHot, .updateRandom:
      return try updateByMany(operation, iterations)
    case .update:
      let start = ContinuousClock.now
      for iteration in iterations { try tables.update(data.key(operation, iteration), iteration) }
      answer.rows = iterations.count
      return Timed(answer: answer, duration: .now - start)
    default:
      let start = ContinuousClock.now
      for iteration in iterations { try execute(operation, iteration, &answer) }
      return Timed(answer: answer, duration: .now - start)
    }
  }

  private func updateByMany(_ operation: Operation, _ iterations: Range<Int>) throws -> Timed {
    let failures = FailureBox()
    let data = data
    let moved = tables
    // The only other reference would have each write copy.
    tables = Tables()
    let shared = Mutex(moved)
    let start = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: 8) { client in
      failures.catching {
        for iteration in iterations where iteration % 8 == client {
          let key = operation == .updateHot ? 1 : data.key(operation, iteration)
          try shared.withLock { try $0.update(key, iteration) }
        }
      }
    }
    let duration = ContinuousClock.now - start
    tables = shared.withLock { $0 }
    try failures.rethrow()
    return Timed(answer: Answer(rows: iterations.count), duration: duration)
  }

  private func execute(_ operation: Operation, _ iteration: Int, _ answer: inout Answer) throws {
    var rows: [InstanceRow] = []
    func decode(_ id: Int) {
      tables.instances.value(Self.key(id))?.withUnsafeBytes { rows.append(RowBytes.decode($0)) }
    }
    switch operation {
    case .get: decode(data.key(.get, iteration))
    case .getMany: for key in data.keys(iteration) { decode(key) }
    case .host: forEach(tables.hosts, prefix: Array(data.host(operation, iteration).utf8)) { decode($0) }
    case .hostTwoColumns:
      forEach(tables.hosts, prefix: Array(data.host(operation, iteration).utf8)) { id in
        tables.instances.value(Self.key(id))?.withUnsafeBytes {
          answer.add(id: RowBytes.number($0, 1), memory: RowBytes.number($0, 2))
        }
      }
    case .firstPage, .nextPage:
      let marker = operation == .nextPage ? data.marker(iteration) : nil
      let host = Array((marker?.host ?? data.host(operation, iteration)).utf8)
      let start = ByteKey(host + [0])
      let end = ByteKey(
        marker.map { host + [0] + RowBytes.ordered($0.createdAt) + RowBytes.ordered($0.id) } ?? host + [1])
      tables.hosts.forEachBackward(before: end) { key in
        guard key > start else { return false }
        decode(key.lastNumber)
        return rows.count < 50
      }
    case .join:
      forEach(tables.projects, prefix: Array(data.project(iteration).utf8)) { id in
        decode(id)
        guard let row = rows.popLast() else { return }
        let end = ByteKey(RowBytes.ordered(id + 1) + RowBytes.ordered(0))
        tables.owners.forEach(from: Self.ownerKey(id, 0)) { key, _ in
          guard key < end else { return false }
          tables.metadata.value(Self.key(key.lastNumber))?.withUnsafeBytes {
            answer.add(id: row.id, memory: row.memoryMB &+ RowBytes.decodeMetadata($0).id)
          }
          return true
        }
      }
    case .scan:
      scan { bytes in if RowBytes.isLargeAndFailed(bytes) { rows.append(RowBytes.decode(bytes)) } }
    case .count: answer.add(value: tables.instances.count)
    case .countHost:
      var count = 0
      forEach(tables.hosts, prefix: Array(data.host(operation, iteration).utf8)) { _ in count += 1 }
      answer.add(value: count)
    case .sum:
      var sum = 0
      scan { bytes in if RowBytes.number(bytes, 9) == 0 { sum += RowBytes.number(bytes, 2) } }
      answer.add(value: sum)
    case .insert, .insertMany, .update, .updateHot, .updateRandom:
      throw BenchmarkFailure("\(operation) is executed elsewhere")
    }
    for row in rows { answer.add(id: row.id, memory: row.memoryMB) }
  }

  func removeInserted(_ operation: Operation, _ iterations: Range<Int>) async throws {
    for iteration in iterations {
      for row in data.inserted(operation, iteration) {
        guard
          tables.instances.remove(Self.key(row.id)), tables.hosts.remove(Self.hostKey(row)),
          tables.projects.remove(Self.projectKey(row))
        else { throw BenchmarkFailure("\(name) has no row \(row.id)") }
      }
    }
  }

  func version(of id: Int) async throws -> Int {
    tables.instances.value(Self.key(id))?.withUnsafeBytes { RowBytes.number($0, 0) } ?? 0
  }

  func storedBytes() async throws -> Int? { nil }

  func close() async { tables = Tables() }

  private func forEach(_ index: OrderedMap, prefix: [UInt8], _ body: (Int) -> Void) {
    let end = ByteKey(prefix + [1])
    index.forEach(from: ByteKey(prefix + [0])) { key, _ in
      guard key < end else { return false }
      body(key.lastNumber)
      return true
    }
  }

  private func scan(_ body: (UnsafeRawBufferPointer) -> Void) {
    tables.instances.forEach(from: Self.key(0)) { _, value in
      value.withUnsafeBytes(body)
      return true
    }
  }

  private static func key(_ id: Int) -> ByteKey { ByteKey(RowBytes.ordered(id)) }

  private static func hostKey(_ row: InstanceRow) -> ByteKey {
    ByteKey(Array(row.host.utf8) + [0] + RowBytes.ordered(row.createdAt) + RowBytes.ordered(row.id))
  }

  private static func projectKey(_ row: InstanceRow) -> ByteKey {
    ByteKey(Array(row.projectID.utf8) + [0] + RowBytes.ordered(row.id))
  }

  private static func ownerKey(_ instance: Int, _ metadata: Int) -> ByteKey {
    ByteKey(RowBytes.ordered(instance) + RowBytes.ordered(metadata))
  }
}
