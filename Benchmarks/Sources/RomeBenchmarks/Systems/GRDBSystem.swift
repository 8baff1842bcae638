// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import GRDB

extension InstanceRow: FetchableRecord {
  /// By position, as one writes it for speed.
  init(row: Row) {
    self.init(
      id: row[0], uuid: row[1], host: row[2], projectID: row[3], userID: row[4], vmState: row[5], taskState: row[6],
      powerState: row[7], displayName: row[8], hostname: row[9], imageRef: row[10], flavorID: row[11],
      memoryMB: row[12], vcpus: row[13], rootGB: row[14], availabilityZone: row[15], createdAt: row[16],
      updatedAt: row[17], deleted: row[18], version: row[19])
  }

  fileprivate var arguments: StatementArguments {
    [
      id, uuid, host, projectID, userID, vmState, taskState, powerState, displayName, hostname, imageRef, flavorID,
      memoryMB, vcpus, rootGB, availabilityZone, createdAt, updatedAt, deleted, version,
    ]
  }
}

/// GRDB on SQLite at its best: cached statements and hand-written records that are read by position.
final class GRDBSystem: BenchmarkSystem {
  let name: String
  let operations: Set<Operation>
  private let database: any DatabaseWriter
  private let path: String?
  private var data = Dataset(count: 0)

  /// - Parameter path: The file, which is in WAL mode with `synchronous=NORMAL`; nil for a database in memory.
  init(_ name: String, path: String?) throws {
    self.name = name
    self.path = path
    var all = Set(Operation.allCases)
    if let path {
      database = try DatabasePool(path: path)
    } else {
      database = try DatabaseQueue()
      all.subtract([.updateHot, .updateRandom])
    }
    operations = all
  }

  func load(_ data: Dataset) async throws {
    self.data = data
    try writing { db in
      try db.execute(
        sql: """
          CREATE TABLE instances (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL, host TEXT NOT NULL, project_id TEXT NOT NULL,
            user_id TEXT NOT NULL, vm_state TEXT NOT NULL, task_state TEXT, power_state INTEGER NOT NULL,
            display_name TEXT NOT NULL, hostname TEXT NOT NULL, image_ref TEXT NOT NULL, flavor_id INTEGER NOT NULL,
            memory_mb INTEGER NOT NULL, vcpus INTEGER NOT NULL, root_gb INTEGER NOT NULL, availability_zone TEXT NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER, deleted INTEGER NOT NULL, version INTEGER NOT NULL);
          CREATE TABLE instance_metadata (id INTEGER PRIMARY KEY, instance_id INTEGER NOT NULL, key TEXT NOT NULL,
            value TEXT NOT NULL);
          CREATE INDEX ix_host ON instances (host, created_at, id);
          CREATE INDEX ix_project ON instances (project_id);
          CREATE INDEX ix_instance ON instance_metadata (instance_id);
          """)
      let statement = try db.cachedStatement(sql: "INSERT INTO instance_metadata VALUES (?, ?, ?, ?)")
      for row in data.rows {
        try Self.insert(row, db)
        for metadata in Dataset.metadata(of: row.id) {
          try statement.execute(arguments: [metadata.id, metadata.instanceID, metadata.key, metadata.value])
        }
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
        try writing { db in for row in rows { try Self.insert(row, db) } }
        answer.rows += rows.count
      }
      return Timed(answer: answer, duration: .now - start)
    case .updateHot, .updateRandom:
      let (database, data) = (database, data)
      let failures = FailureBox()
      let start = ContinuousClock.now
      DispatchQueue.concurrentPerform(iterations: 8) { client in
        failures.catching {
          for iteration in iterations where iteration % 8 == client {
            let key = operation == .updateHot ? 1 : data.key(operation, iteration)
            try database.write { db in try Self.update(key, iteration, db) }
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
    case .get: take(try rows("SELECT * FROM instances WHERE id = ?", [data.key(.get, iteration)]), &answer)
    case .getMany:
      let marks = repeatElement("?", count: 100).joined(separator: ",")
      take(
        try rows("SELECT * FROM instances WHERE id IN (\(marks))", StatementArguments(data.keys(iteration))), &answer)
    case .host: take(try rows("SELECT * FROM instances WHERE host = ?", [data.host(operation, iteration)]), &answer)
    case .hostTwoColumns:
      let found = try reading { [host = data.host(operation, iteration)] db in
        let statement = try db.cachedStatement(sql: "SELECT id, memory_mb FROM instances WHERE host = ?")
        let cursor = try Row.fetchCursor(statement, arguments: [host])
        var answer = Answer()
        while let row = try cursor.next() { answer.add(id: row[0], memory: row[1]) }
        return answer
      }
      answer.rows += found.rows
      answer.digest &+= found.digest
    case .firstPage:
      let sql = "SELECT * FROM instances WHERE host = ? ORDER BY created_at DESC, id DESC LIMIT 50"
      take(try rows(sql, [data.host(operation, iteration)]), &answer)
    case .nextPage:
      let marker = data.marker(iteration)
      let sql = """
        SELECT * FROM instances WHERE host = ? AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT 50
        """
      take(try rows(sql, [marker.host, marker.createdAt, marker.id]), &answer)
    case .join:
      let pairs = try reading { [project = data.project(iteration)] db in
        let sql = """
          SELECT i.*, m.* FROM instances i JOIN instance_metadata m ON m.instance_id = i.id WHERE i.project_id = ?
          """
        let cursor = try Row.fetchCursor(try db.cachedStatement(sql: sql), arguments: [project])
        var pairs: [(InstanceRow, MetadataRow)] = []
        while let row = try cursor.next() {
          pairs.append(
            (InstanceRow(row: row), MetadataRow(id: row[20], instanceID: row[21], key: row[22], value: row[23])))
        }
        return pairs
      }
      for (row, metadata) in pairs { answer.add(id: row.id, memory: row.memoryMB &+ metadata.id) }
    case .scan: take(try rows("SELECT * FROM instances WHERE vm_state = 'error' AND memory_mb >= 16384", []), &answer)
    case .count: answer.add(value: try number("SELECT COUNT(*) FROM instances", []))
    case .countHost:
      answer.add(value: try number("SELECT COUNT(*) FROM instances WHERE host = ?", [data.host(operation, iteration)]))
    case .sum: answer.add(value: try number("SELECT SUM(memory_mb) FROM instances WHERE deleted = 0", []))
    case .update:
      let key = data.key(operation, iteration)
      try writing { db in try Self.update(key, iteration, db) }
      answer.rows += 1
    case .insert, .insertMany, .updateHot, .updateRandom: throw BenchmarkFailure("\(operation) is executed elsewhere")
    }
  }

  func removeInserted(_ operation: Operation, _ iterations: Range<Int>) async throws {
    let expected = iterations.count * operation.insertedRows
    try writing { [count = data.count, name] db in
      try db.execute(sql: "DELETE FROM instances WHERE id > ?", arguments: [count])
      guard db.changesCount == expected else {
        throw BenchmarkFailure("\(name) had \(db.changesCount) of \(expected) inserted rows")
      }
    }
  }

  func version(of id: Int) async throws -> Int { try number("SELECT version FROM instances WHERE id = ?", [id]) }

  func storedBytes() async throws -> Int? {
    guard let path else { return nil }
    try checkpoint()
    return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
  }

  func close() async { try? database.close() }

  private static func insert(_ row: InstanceRow, _ db: Database) throws {
    let marks = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
    try db.cachedStatement(sql: "INSERT INTO instances VALUES (\(marks))").execute(arguments: row.arguments)
  }

  private static func update(_ id: Int, _ iteration: Int, _ db: Database) throws {
    let read = try db.cachedStatement(sql: "SELECT * FROM instances WHERE id = ?")
    guard let row = try InstanceRow.fetchOne(read, arguments: [id]) else { throw BenchmarkFailure("row \(id) is gone") }
    let write = try db.cachedStatement(
      sql: "UPDATE instances SET power_state = ?, version = version + 1 WHERE id = ? AND version = ?")
    try write.execute(arguments: [iteration % 8, id, row.version])
    guard db.changesCount == 1 else { throw BenchmarkFailure("an update was lost") }
  }

  private func rows(_ sql: String, _ arguments: StatementArguments) throws -> [InstanceRow] {
    try reading { db in try InstanceRow.fetchAll(try db.cachedStatement(sql: sql), arguments: arguments) }
  }

  private func number(_ sql: String, _ arguments: StatementArguments) throws -> Int {
    try reading { db in try Int.fetchOne(try db.cachedStatement(sql: sql), arguments: arguments) ?? 0 }
  }

  // The synchronous calls: the asynchronous ones of the same names cost a hop more.
  private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value { try database.read(body) }

  private func writing(_ body: (Database) throws -> Void) throws { try database.write(body) }

  private func checkpoint() throws {
    try database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
  }

  private func take(_ rows: [InstanceRow], _ answer: inout Answer) {
    for row in rows { answer.add(id: row.id, memory: row.memoryMB) }
  }
}
