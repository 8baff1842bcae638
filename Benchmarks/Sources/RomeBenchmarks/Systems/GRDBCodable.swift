// SPDX-License-Identifier: Apache-2.0

import GRDB

/// A record that GRDB reads and writes by what the compiler derives.
private struct CodableInstance: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "instance"
  enum Columns {
    static let id = Column("id")
    static let host = Column("host")
    static let projectID = Column("projectID")
    static let vmState = Column("vmState")
    static let powerState = Column("powerState")
    static let memoryMB = Column("memoryMB")
    static let createdAt = Column("createdAt")
    static let deleted = Column("deleted")
    static let version = Column("version")
  }

  var values: InstanceRow

  init(_ values: InstanceRow) { self.values = values }

  init(from decoder: any Decoder) throws { values = try InstanceRow(from: decoder) }

  func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}

private struct CodableMetadata: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "metadata"
  static let instance = belongsTo(CodableInstance.self, using: ForeignKey(["instanceID"]))
  var id: Int
  var instanceID: Int
  var key: String
  var value: String
}

/// What the join returns.
private struct Pair: Decodable, FetchableRecord {
  var metadata: CodableMetadata
  var instance: CodableInstance
}

private struct TwoColumns: Decodable, FetchableRecord {
  var id: Int
  var memoryMB: Int
}

/// GRDB as most of its users have it: records that are `Codable`, and the query interface.
struct GRDBCodable: GRDBStyle {
  private typealias Columns = CodableInstance.Columns

  func insert(_ row: InstanceRow, _ db: Database) throws { try CodableInstance(row).insert(db) }

  func insert(_ metadata: MetadataRow, _ db: Database) throws {
    try CodableMetadata(
      id: metadata.id, instanceID: metadata.instanceID, key: metadata.key, value: metadata.value
    ).insert(db)
  }

  func update(_ id: Int, _ iteration: Int, _ db: Database) throws {
    guard let row = try CodableInstance.fetchOne(db, key: id) else { throw BenchmarkFailure("row \(id) is gone") }
    let changed = try CodableInstance.filter(key: id).filter(Columns.version == row.values.version)
      .updateAll(db, Columns.powerState.set(to: iteration % 8), Columns.version += 1)
    guard changed == 1 else { throw BenchmarkFailure("an update was lost") }
  }

  func execute(
    _ operation: Operation, _ iteration: Int, _ data: Dataset, _ database: any DatabaseWriter, _ answer: inout Answer
  ) throws {
    let all = CodableInstance.all()
    switch operation {
    case .get:
      let row = try database.read { try CodableInstance.fetchOne($0, key: data.key(.get, iteration)) }
      if let row { take([row], &answer) }
    case .getMany: take(try database.read { try CodableInstance.fetchAll($0, keys: data.keys(iteration)) }, &answer)
    case .host: take(try rows(all.filter(Columns.host == data.host(operation, iteration)), database), &answer)
    case .hostTwoColumns:
      let request = all.filter(Columns.host == data.host(operation, iteration))
        .select(Columns.id, Columns.memoryMB).asRequest(of: TwoColumns.self)
      for row in try database.read({ try request.fetchAll($0) }) { answer.add(id: row.id, memory: row.memoryMB) }
    case .firstPage:
      take(try rows(page(all.filter(Columns.host == data.host(operation, iteration))), database), &answer)
    case .nextPage:
      let marker = data.marker(iteration)
      let earlier = Columns.createdAt < marker.createdAt
      let same = Columns.createdAt == marker.createdAt && Columns.id < marker.id
      take(try rows(page(all.filter(Columns.host == marker.host && (earlier || same))), database), &answer)
    case .join:
      let owner = CodableMetadata.instance.filter(Columns.projectID == data.project(iteration))
      let request = CodableMetadata.including(required: owner).asRequest(of: Pair.self)
      for pair in try database.read({ try request.fetchAll($0) }) {
        answer.add(id: pair.instance.values.id, memory: pair.instance.values.memoryMB &+ pair.metadata.id)
      }
    case .scan: take(try rows(all.filter(Columns.vmState == "error" && Columns.memoryMB >= 16384), database), &answer)
    case .count: answer.add(value: try database.read { try all.fetchCount($0) })
    case .countHost:
      let request = all.filter(Columns.host == data.host(operation, iteration))
      answer.add(value: try database.read { try request.fetchCount($0) })
    case .sum:
      let request = all.filter(Columns.deleted == 0).select(sum(Columns.memoryMB), as: Int.self)
      answer.add(value: try database.read { try request.fetchOne($0) } ?? 0)
    case .update, .insert, .insertMany, .updateHot, .updateRandom:
      throw BenchmarkFailure("\(operation) is executed elsewhere")
    }
  }

  private func page(_ request: QueryInterfaceRequest<CodableInstance>) -> QueryInterfaceRequest<CodableInstance> {
    request.order(Columns.createdAt.desc, Columns.id.desc).limit(50)
  }

  private func rows(
    _ request: QueryInterfaceRequest<CodableInstance>, _ database: any DatabaseWriter
  ) throws -> [CodableInstance] {
    try database.read { try request.fetchAll($0) }
  }

  private func take(_ rows: [CodableInstance], _ answer: inout Answer) {
    for row in rows { answer.add(id: row.values.id, memory: row.values.memoryMB) }
  }
}
