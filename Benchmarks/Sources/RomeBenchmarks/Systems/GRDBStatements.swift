// SPDX-License-Identifier: Apache-2.0

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

/// GRDB at its best: cached statements and hand-written records that are read by position.
struct GRDBStatements: GRDBStyle {
  func insert(_ row: InstanceRow, _ db: Database) throws {
    let marks = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
    try db.cachedStatement(sql: "INSERT INTO instance VALUES (\(marks))").execute(arguments: row.arguments)
  }

  func insert(_ metadata: MetadataRow, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO metadata VALUES (?, ?, ?, ?)")
      .execute(arguments: [metadata.id, metadata.instanceID, metadata.key, metadata.value])
  }

  func update(_ id: Int, _ iteration: Int, _ db: Database) throws {
    let read = try db.cachedStatement(sql: "SELECT * FROM instance WHERE id = ?")
    guard let row = try InstanceRow.fetchOne(read, arguments: [id]) else { throw BenchmarkFailure("row \(id) is gone") }
    let write = try db.cachedStatement(
      sql: "UPDATE instance SET powerState = ?, version = version + 1 WHERE id = ? AND version = ?")
    try write.execute(arguments: [iteration % 8, id, row.version])
    guard db.changesCount == 1 else { throw BenchmarkFailure("an update was lost") }
  }

  func execute(
    _ operation: Operation, _ iteration: Int, _ data: Dataset, _ database: any DatabaseWriter, _ answer: inout Answer
  ) throws {
    switch operation {
    case .get: take(try rows(database, "SELECT * FROM instance WHERE id = ?", [data.key(.get, iteration)]), &answer)
    case .getMany:
      let marks = repeatElement("?", count: 100).joined(separator: ",")
      let sql = "SELECT * FROM instance WHERE id IN (\(marks))"
      take(try rows(database, sql, StatementArguments(data.keys(iteration))), &answer)
    case .host:
      take(try rows(database, "SELECT * FROM instance WHERE host = ?", [data.host(operation, iteration)]), &answer)
    case .hostTwoColumns:
      let found = try database.read { [host = data.host(operation, iteration)] db in
        let statement = try db.cachedStatement(sql: "SELECT id, memoryMB FROM instance WHERE host = ?")
        let cursor = try Row.fetchCursor(statement, arguments: [host])
        var answer = Answer()
        while let row = try cursor.next() { answer.add(id: row[0], memory: row[1]) }
        return answer
      }
      answer.rows += found.rows
      answer.digest &+= found.digest
    case .firstPage:
      let sql = "SELECT * FROM instance WHERE host = ? ORDER BY createdAt DESC, id DESC LIMIT 50"
      take(try rows(database, sql, [data.host(operation, iteration)]), &answer)
    case .nextPage:
      let marker = data.marker(iteration)
      let sql = """
        SELECT * FROM instance WHERE host = ? AND (createdAt, id) < (?, ?) ORDER BY createdAt DESC, id DESC LIMIT 50
        """
      take(try rows(database, sql, [marker.host, marker.createdAt, marker.id]), &answer)
    case .join:
      let pairs = try database.read { [project = data.project(iteration)] db in
        let sql = """
          SELECT i.*, m.* FROM instance i JOIN metadata m ON m.instanceID = i.id WHERE i.projectID = ?
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
    case .scan:
      take(try rows(database, "SELECT * FROM instance WHERE vmState = 'error' AND memoryMB >= 16384", []), &answer)
    case .count: answer.add(value: try number(database, "SELECT COUNT(*) FROM instance", []))
    case .countHost:
      answer.add(
        value: try number(database, "SELECT COUNT(*) FROM instance WHERE host = ?", [data.host(operation, iteration)]))
    case .sum: answer.add(value: try number(database, "SELECT SUM(memoryMB) FROM instance WHERE deleted = 0", []))
    case .update, .insert, .insertMany, .updateHot, .updateRandom:
      throw BenchmarkFailure("\(operation) is executed elsewhere")
    }
  }

  private func rows(
    _ database: any DatabaseWriter, _ sql: String, _ arguments: StatementArguments
  ) throws -> [InstanceRow] {
    try database.read { db in try InstanceRow.fetchAll(try db.cachedStatement(sql: sql), arguments: arguments) }
  }

  private func number(_ database: any DatabaseWriter, _ sql: String, _ arguments: StatementArguments) throws -> Int {
    try database.read { db in try Int.fetchOne(try db.cachedStatement(sql: sql), arguments: arguments) ?? 0 }
  }

  private func take(_ rows: [InstanceRow], _ answer: inout Answer) {
    for row in rows { answer.add(id: row.id, memory: row.memoryMB) }
  }
}
