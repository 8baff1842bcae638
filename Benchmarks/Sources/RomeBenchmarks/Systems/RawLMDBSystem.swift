// SPDX-License-Identifier: Apache-2.0

import CBenchLMDB
import Dispatch
import Foundation

/// LMDB without anything above it: what a store in a file could reach at best. Rows are decoded as a whole, commits are
/// synced to the disk, as those of `LMDBStore` are, or not.
final class RawLMDBSystem: BenchmarkSystem {
  let name: String
  let operations: Set<Operation>
  private let environment: OpaquePointer
  private let path: String
  private var tables = Tables()
  private var data = Dataset(count: 0)

  struct Tables: Sendable {
    var instances: MDB_dbi = 0
    var hosts: MDB_dbi = 0
    var projects: MDB_dbi = 0
    var metadata: MDB_dbi = 0
    var owners: MDB_dbi = 0
  }

  /// - Parameter isSynced: Whether commits wait for the disk. If not, only what writes is measured: reads are the same.
  init(_ name: String, path: String, isSynced: Bool) throws {
    self.name = name
    self.path = path
    operations = Set(Operation.allCases).filter { isSynced || $0.isUpdate || $0.insertedRows > 0 || $0 == .count }
    var environment: OpaquePointer?
    try check(mdb_env_create(&environment))
    guard let environment else { throw BenchmarkFailure("LMDB gave no environment") }
    self.environment = environment
    try check(mdb_env_set_mapsize(environment, 1 << 36))
    try check(mdb_env_set_maxdbs(environment, 8))
    let flags = MDB_NOSUBDIR | MDB_NOTLS | (isSynced ? 0 : MDB_NOSYNC)
    try check(mdb_env_open(environment, path, UInt32(flags), 0o600))
  }

  func load(_ data: Dataset) async throws {
    self.data = data
    var tables = Tables()
    try write { transaction in
      func open(_ name: String, _ table: inout MDB_dbi) throws {
        try check(mdb_dbi_open(transaction.pointer, name, UInt32(MDB_CREATE), &table))
      }
      try open("instances", &tables.instances)
      try open("hosts", &tables.hosts)
      try open("projects", &tables.projects)
      try open("metadata", &tables.metadata)
      try open("owners", &tables.owners)
      for row in data.rows {
        try transaction.insert(row, tables)
        for metadata in Dataset.metadata(of: row.id) {
          try transaction.put(tables.metadata, RowBytes.ordered(metadata.id), RowBytes.encode(metadata))
          try transaction.put(tables.owners, RowBytes.ordered(row.id) + RowBytes.ordered(metadata.id), [])
        }
      }
    }
    self.tables = tables
  }

  func run(_ operation: Operation, _ iterations: Range<Int>) async throws -> Timed {
    var answer = Answer()
    switch operation {
    case .insert, .insertMany:
      let inputs = iterations.map { data.inserted(operation, $0) }
      let start = ContinuousClock.now
      for rows in inputs {
        try write { transaction in for row in rows { try transaction.insert(row, tables) } }
        answer.rows += rows.count
      }
      return Timed(answer: answer, duration: .now - start)
    case .updateHot, .updateRandom:
      let failures = FailureBox()
      // LMDB's environment may be used by all threads; the address is a number to be Sendable.
      let address = Int(bitPattern: environment)
      let (tables, data) = (tables, data)
      let start = ContinuousClock.now
      DispatchQueue.concurrentPerform(iterations: 8) { client in
        failures.catching {
          guard let environment = OpaquePointer(bitPattern: address) else { return }
          for iteration in iterations where iteration % 8 == client {
            let key = operation == .updateHot ? 1 : data.key(operation, iteration)
            try LMDBTransaction.write(environment) { try $0.update(key, iteration, tables) }
          }
        }
      }
      try failures.rethrow()
      answer.rows = iterations.count
      return Timed(answer: answer, duration: .now - start)
    case .update:
      let start = ContinuousClock.now
      for iteration in iterations {
        try write { try $0.update(data.key(operation, iteration), iteration, tables) }
        answer.rows += 1
      }
      return Timed(answer: answer, duration: .now - start)
    default:
      let start = ContinuousClock.now
      for iteration in iterations {
        let transaction = try LMDBTransaction(environment, readOnly: true)
        defer { transaction.abort() }
        try execute(operation, iteration, transaction, &answer)
      }
      return Timed(answer: answer, duration: .now - start)
    }
  }

  private func execute(
    _ operation: Operation, _ iteration: Int, _ transaction: LMDBTransaction, _ answer: inout Answer
  ) throws {
    var rows: [InstanceRow] = []
    func decode(_ id: Int) throws {
      try transaction.get(tables.instances, RowBytes.ordered(id)) { rows.append(RowBytes.decode($0)) }
    }
    switch operation {
    case .get: try decode(data.key(.get, iteration))
    case .getMany: for key in data.keys(iteration) { try decode(key) }
    case .host, .hostTwoColumns:
      let prefix = Array(data.host(operation, iteration).utf8) + [0]
      try transaction.scan(tables.hosts, prefix: prefix) { key, _ in
        if operation == .host {
          try decode(lastNumber(key))
        } else {
          try transaction.get(tables.instances, RowBytes.ordered(lastNumber(key))) {
            answer.add(id: RowBytes.number($0, 1), memory: RowBytes.number($0, 2))
          }
        }
        return true
      }
    case .firstPage, .nextPage:
      let marker = operation == .nextPage ? data.marker(iteration) : nil
      let prefix = Array((marker?.host ?? data.host(operation, iteration)).utf8) + [0]
      let end =
        prefix
        + (marker.map { RowBytes.ordered($0.createdAt) + RowBytes.ordered($0.id) } ?? [UInt8](repeating: 255, count: 16))
      try transaction.scanBackward(tables.hosts, prefix: prefix, before: end) { key in
        try decode(lastNumber(key))
        return rows.count < 50
      }
    case .join:
      try transaction.scan(tables.projects, prefix: Array(data.project(iteration).utf8) + [0]) { key, _ in
        let id = lastNumber(key)
        try decode(id)
        guard let row = rows.popLast() else { return false }
        try transaction.scan(tables.owners, prefix: RowBytes.ordered(id)) { key, _ in
          try transaction.get(tables.metadata, RowBytes.ordered(lastNumber(key))) {
            answer.add(id: row.id, memory: row.memoryMB &+ RowBytes.decodeMetadata($0).id)
          }
          return true
        }
        return true
      }
    case .scan:
      try transaction.scan(tables.instances, prefix: []) { _, value in
        if RowBytes.isLargeAndFailed(value) { rows.append(RowBytes.decode(value)) }
        return true
      }
    case .count:
      var statistics = MDB_stat()
      try check(mdb_stat(transaction.pointer, tables.instances, &statistics))
      answer.add(value: statistics.ms_entries)
    case .countHost:
      var count = 0
      try transaction.scan(tables.hosts, prefix: Array(data.host(operation, iteration).utf8) + [0]) { _, _ in
        count += 1
        return true
      }
      answer.add(value: count)
    case .sum:
      var sum = 0
      try transaction.scan(tables.instances, prefix: []) { _, value in
        if RowBytes.number(value, 9) == 0 { sum += RowBytes.number(value, 2) }
        return true
      }
      answer.add(value: sum)
    case .insert, .insertMany, .update, .updateHot, .updateRandom:
      throw BenchmarkFailure("\(operation) is executed elsewhere")
    }
    for row in rows { answer.add(id: row.id, memory: row.memoryMB) }
  }

  func removeInserted(_ operation: Operation, _ iterations: Range<Int>) async throws {
    try write { transaction in
      for iteration in iterations {
        for row in data.inserted(operation, iteration) { try transaction.remove(row, tables) }
      }
    }
  }

  func version(of id: Int) async throws -> Int {
    let transaction = try LMDBTransaction(environment, readOnly: true)
    defer { transaction.abort() }
    var version = 0
    try transaction.get(tables.instances, RowBytes.ordered(id)) { version = RowBytes.number($0, 0) }
    return version
  }

  func storedBytes() async throws -> Int? { try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int }

  func close() async { mdb_env_close(environment) }

  private func write(_ body: (LMDBTransaction) throws -> Void) throws { try LMDBTransaction.write(environment, body) }

  private func lastNumber(_ key: UnsafeRawBufferPointer) -> Int {
    Int(UInt64(bigEndian: key.loadUnaligned(fromByteOffset: key.count - 8, as: UInt64.self)))
  }
}
