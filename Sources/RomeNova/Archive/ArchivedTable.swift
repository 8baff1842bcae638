// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// A table whose rows can be archived: which of them, and how they are moved.
struct ArchivedTable: Sendable {
  /// How many rows one transaction moves.
  private static let batch = 200

  /// The name of the table.
  let name: String
  private let body: @Sendable (NovaDatabase, NovaContext, Int, Date?) async throws(NovaError) -> (Int, [String])

  /// Describes a table.
  ///
  /// - Parameters:
  ///   - model: The table.
  ///   - instance: The instance that a row belongs to: its rows follow a deleted instance, whether they were deleted or not.
  ///   - references: The rows of other tables that refer to a row: it stays as long as there is one.
  init<Model: NovaModel>(
    _ model: Model.Type, of instance: Ownership<Model>? = nil, unless references: Reference<Model>...
  ) {
    name = Model.tableName
    body = { database, context, limit, before async throws(NovaError) in
      func wanted(_ session: RomeSession) -> RomeQuery<Model> {
        let query = session.query(Model.self, readDeleted: .yes).filter(Self.isDeleted(Model.self, instance, before))
        return references.reduce(query) { $0.filter(!exists($1.rows)) }
      }
      var moved = 0
      var uuids: [String] = []
      while moved < limit {
        let size = min(Self.batch, limit - moved)
        let found = try await database.reading(context) { call in
          try await wanted(call.session).byKey().limit(size).all().map { $0.snapshot() }
        }
        if found.isEmpty { break }
        // They are looked at again where they are moved: somebody else may be archiving, too.
        let rows = try await database.transaction(context) { call in
          let rows = try await wanted(call.session).filter(Self.isOne(of: found)).all()
          try await call.archive(rows)
          return rows.map { $0.snapshot() }
        }
        moved += rows.count
        if let instances = rows as? [Instance.Snapshot] { uuids += instances.map(\.uuid) }
        if found.count < size { break }
      }
      return (moved, uuids)
    }
  }

  /// Moves rows of the table, the first ones by number.
  ///
  /// - Parameters:
  ///   - limit: How many at most.
  ///   - before: Only what was deleted before that time.
  /// - Returns: How many, and of instances their UUIDs.
  func move(
    _ database: NovaDatabase, _ context: NovaContext, limit: Int, before: Date?
  ) async throws(NovaError) -> (count: Int, instanceUUIDs: [String]) {
    try await body(database, context, limit, before)
  }

  /// That a row is deleted itself, or belongs to an instance that is.
  private static func isDeleted<Model: NovaModel>(
    _ model: Model.Type, _ instance: Ownership<Model>?, _ before: Date?
  ) -> Condition {
    var own = Model.isMarkedDeleted
    if let before, let time = Model.schema.position(of: .deletedAt) {
      own = own && Column<Model, Date?>(time) < before
    }
    guard let instance else { return own }
    var owner = Instance.deleted > 0
    if let before { owner = owner && Instance.deletedAt < before }
    return own || exists(instance.rows(owner))
  }

  /// That a row is one of those that were found.
  private static func isOne<Model: NovaModel>(of found: [Model.Snapshot]) -> Condition {
    let position = Model.schema.primaryKey[0]
    let keys = found.map { $0.values[position] }
    // All tables have numbers but for that of the domains, which have names.
    return Model.schema.columns[position].type == .int
      ? Column<Model, Int?>(position).in(keys.map { Int(value: $0) })
      : Column<Model, String>(position).in(keys.map { String(value: $0) })
  }
}

extension NovaCall {
  /// Moves rows to the shadow of their table.
  fileprivate func archive<Model: NovaModel>(_ rows: [Model]) async throws {
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

extension ArchivedTable {
  /// How rows of a table belong to an instance.
  struct Ownership<Model: NovaModel>: Sendable {
    /// The instance of a row, if it fulfils the condition.
    let rows: @Sendable (Condition) -> RomeQuery<Int>

    /// By a column with the UUID of the instance.
    static func by<T: ColumnValue>(_ column: Column<Model, T>) -> Ownership where T.Base == String {
      Ownership { condition in
        RomeQuery(Instance.self).readDeleted(.yes).filter(Instance.uuid == column, condition).select(constant(1))
      }
    }
  }

  /// Rows of another table that refer to a row.
  struct Reference<Model: NovaModel>: Sendable {
    private let makeRows: @Sendable () -> RomeQuery<Int>

    /// The rows that refer to the row.
    var rows: RomeQuery<Int> { makeRows() }

    /// Rows with a column that has the value of one of the row's.
    static func has<Other: NovaModel, A: ColumnValue, B: ColumnValue>(
      _ column: Column<Other, A>, _ own: Column<Model, B>
    ) -> Reference where A.Base == B.Base {
      Reference { RomeQuery(Other.self).readDeleted(.yes).filter(column == own).select(constant(1)) }
    }
  }
}

extension ArchivedTable.Ownership<InstanceActionEvent> {
  /// By the action that an event is part of.
  static var byAction: Self {
    Self { condition in
      RomeQuery(InstanceAction.self).join(Instance.self, on: Instance.uuid == InstanceAction.instanceUUID)
        .readDeleted(.yes).filter(InstanceAction.id == InstanceActionEvent.actionID, condition).select(constant(1))
    }
  }
}
