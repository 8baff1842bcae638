// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// Moves the deleted rows of a table to its shadow.
struct TableArchiver<Model: NovaModel>: Sendable {
  /// How many rows are looked for at a time.
  private let search = 2000
  /// How many of them one transaction moves.
  private let batch = 200
  private let instance: RowOwnership<Model>?
  private let references: [RowReference<Model>]

  init(_ instance: RowOwnership<Model>?, _ references: [RowReference<Model>]) {
    self.instance = instance
    self.references = references
  }

  /// Moves rows, the first ones by key.
  ///
  /// They are found by reading, and looked at again in the transaction that moves them: somebody else may be archiving, too.
  /// A transaction that reads a whole table would hardly ever succeed while the cloud is in use.
  func move(
    _ database: NovaDatabase, _ context: NovaContext, limit: Int, before: Date?
  ) async throws(NovaError) -> (count: Int, instanceUUIDs: [String]) {
    var count = 0
    var uuids: [String] = []
    var last: Model.Snapshot?
    while count < limit {
      let size = min(search, limit - count)
      let found = try await database.reading(context) { call in
        let free = references.reduce(deleted(call.session, before)) { $0.filter(!exists($1.rows)) }
        let rest = last.map { free.byKey().after(Model($0)) } ?? free.byKey()
        return try await rest.limit(size).all().map { $0.snapshot() }
      }
      for start in stride(from: 0, to: found.count, by: batch) {
        let part = found[start..<min(start + batch, found.count)]
        let moved = try await database.transaction(context) { call in
          let rows = try await deleted(call.session, before).filter(isOne(of: part)).all()
          try await archive(rows, in: call.session)
          return rows.map { $0.snapshot() }
        }
        count += moved.count
        if let instances = moved as? [Instance.Snapshot] { uuids += instances.map(\.uuid) }
      }
      if found.count < size { break }
      last = found.last
    }
    return (count, uuids)
  }

  /// The rows that are deleted themselves, or belong to an instance that is.
  private func deleted(_ session: RomeSession, _ before: Date?) -> RomeQuery<Model> {
    var isDeleted = Model.isMarkedDeleted
    if let before, let time = Model.schema.position(of: .deletedAt) {
      isDeleted = isDeleted && Column<Model, Date?>(time) < before
    }
    if let instance {
      var isOwnerDeleted = Instance.deleted > 0
      if let before { isOwnerDeleted = isOwnerDeleted && Instance.deletedAt < before }
      isDeleted = isDeleted || exists(instance.rows(isOwnerDeleted))
    }
    return session.query(Model.self, readDeleted: .yes).filter(isDeleted)
  }

  /// That a row is one of those that were found.
  private func isOne(of found: some Sequence<EntitySnapshot<Model>>) -> Condition {
    let position = Model.schema.primaryKey[0]
    let keys = found.map { $0.values[position] }
    // All tables have numbers but for that of the domains, which have names.
    return Model.schema.columns[position].type == .int
      ? Column<Model, Int?>(position).in(keys.map { Int(value: $0) })
      : Column<Model, String>(position).in(keys.map { String(value: $0) })
  }

  private func archive(_ rows: [Model], in session: RomeSession) async throws {
    if !Model.schema.allocatesPrimaryKey {
      // A name can have been archived before; a number never comes again.
      let key = Model.schema.primaryKey[0]
      let names = rows.map { String(value: $0.snapshot().values[key]) }
      try await session.query(Shadow<Model>.self, readDeleted: .yes)
        .filter(Column<Shadow<Model>, String>(key).in(names)).delete()
    }
    for row in rows {
      session.add(try Shadow(of: row))
      session.delete(row)
    }
    try await session.flush()
  }
}

extension NovaModel {
  /// That a row is soft-deleted.
  fileprivate static var isMarkedDeleted: Condition {
    let position = schema.position(of: ColumnRole.deleted) ?? 0
    return schema.columns[position].type == .bool
      ? Column<Self, Bool?>(position) == true : Column<Self, Int?>(position) > 0
  }
}
