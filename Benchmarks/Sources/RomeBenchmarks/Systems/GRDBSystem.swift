// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import GRDB

/// How the rows of a database of GRDB are read and written. A protocol for what is written by hand and what GRDB derives.
protocol GRDBStyle: Sendable {
  func insert(_ row: InstanceRow, _ db: Database) throws
  func insert(_ metadata: MetadataRow, _ db: Database) throws
  /// Reads a row, changes it, and writes it if its version is unchanged.
  func update(_ id: Int, _ iteration: Int, _ db: Database) throws
  /// Executes a reading operation in a read of its own.
  func execute(
    _ operation: Operation, _ iteration: Int, _ data: Dataset, _ database: any DatabaseWriter, _ answer: inout Answer
  ) throws
}

/// GRDB on SQLite, through the synchronous calls: the asynchronous ones of the same names cost a hop more.
final class GRDBSystem: BenchmarkSystem {
  let name: String
  let operations = Set(Operation.allCases)
  private let database: any DatabaseWriter
  private let path: String?
  private let style: any GRDBStyle
  private var data = Dataset(count: 0)

  /// - Parameter path: The file, which is in WAL mode with `synchronous=NORMAL`; nil for a database in memory.
  init(_ name: String, path: String?, style: any GRDBStyle) throws {
    self.name = name
    self.path = path
    self.style = style
    database = if let path { try DatabasePool(path: path) } else { try DatabaseQueue() }
  }

  func load(_ data: Dataset) async throws {
    self.data = data
    try writing { [style] db in
      try db.execute(
        sql: """
          CREATE TABLE instance (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL, host TEXT NOT NULL, projectID TEXT NOT NULL,
            userID TEXT NOT NULL, vmState TEXT NOT NULL, taskState TEXT, powerState INTEGER NOT NULL,
            displayName TEXT NOT NULL, hostname TEXT NOT NULL, imageRef TEXT NOT NULL, flavorID INTEGER NOT NULL,
            memoryMB INTEGER NOT NULL, vcpus INTEGER NOT NULL, rootGB INTEGER NOT NULL, availabilityZone TEXT NOT NULL,
            createdAt INTEGER NOT NULL, updatedAt INTEGER, deleted INTEGER NOT NULL, version INTEGER NOT NULL);
          CREATE TABLE metadata (id INTEGER PRIMARY KEY, instanceID INTEGER NOT NULL, key TEXT NOT NULL,
            value TEXT NOT NULL);
          CREATE INDEX ix_host ON instance (host, createdAt, id);
          CREATE INDEX ix_project ON instance (projectID);
          CREATE INDEX ix_instance ON metadata (instanceID);
          """)
      for row in data.rows {
        try style.insert(row, db)
        for metadata in Dataset.metadata(of: row.id) { try style.insert(metadata, db) }
      }
    }
  }

  func run(_ operation: Operation, _ iterations: Range<Int>) async throws -> Timed {
    var answer = Answer()
    let (database, data, style) = (database, data, style)
    switch operation {
    case .insert, .insertMany:
      let inputs = iterations.map { data.inserted(operation, $0) }
      let start = ContinuousClock.now
      for rows in inputs {
        try writing { db in for row in rows { try style.insert(row, db) } }
        answer.rows += rows.count
      }
      return Timed(answer: answer, duration: .now - start)
    case .updateHot, .updateRandom:
      let failures = FailureBox()
      let start = ContinuousClock.now
      DispatchQueue.concurrentPerform(iterations: 8) { client in
        failures.catching {
          for iteration in iterations where iteration % 8 == client {
            let key = operation == .updateHot ? 1 : data.key(operation, iteration)
            try database.write { db in try style.update(key, iteration, db) }
          }
        }
      }
      try failures.rethrow()
      answer.rows = iterations.count
      return Timed(answer: answer, duration: .now - start)
    case .update:
      let start = ContinuousClock.now
      for iteration in iterations {
        let key = data.key(operation, iteration)
        try writing { db in try style.update(key, iteration, db) }
        answer.rows += 1
      }
      return Timed(answer: answer, duration: .now - start)
    default:
      let start = ContinuousClock.now
      for iteration in iterations { try style.execute(operation, iteration, data, database, &answer) }
      return Timed(answer: answer, duration: .now - start)
    }
  }

  func removeInserted(_ operation: Operation, _ iterations: Range<Int>) async throws {
    let expected = iterations.count * operation.insertedRows
    try writing { [count = data.count, name] db in
      try db.execute(sql: "DELETE FROM instance WHERE id > ?", arguments: [count])
      guard db.changesCount == expected else {
        throw BenchmarkFailure("\(name) had \(db.changesCount) of \(expected) inserted rows")
      }
    }
  }

  func version(of id: Int) async throws -> Int {
    try reading { db in try Int.fetchOne(db, sql: "SELECT version FROM instance WHERE id = ?", arguments: [id]) ?? 0 }
  }

  func storedBytes() async throws -> Int? {
    guard let path else { return nil }
    try checkpoint()
    return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
  }

  func close() async { try? database.close() }

  private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value { try database.read(body) }

  private func writing(_ body: (Database) throws -> Void) throws { try database.write(body) }

  private func checkpoint() throws {
    try database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
  }
}
