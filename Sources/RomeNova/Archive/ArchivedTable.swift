// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// A table whose rows can be archived.
struct ArchivedTable: Sendable {
  typealias Work =
    @Sendable (NovaDatabase, NovaContext, Int, Date?) async throws(NovaError) -> (count: Int, instanceUUIDs: [String])

  /// The name of the table.
  let name: String
  private let work: Work

  /// Describes a table.
  ///
  /// - Parameters:
  ///   - model: The table.
  ///   - instance: The instance that a row belongs to: its rows follow a deleted instance, whether they were deleted or not.
  ///   - references: The rows of other tables that refer to a row: it stays as long as there is one.
  init<Model: NovaModel>(
    _ model: Model.Type, of instance: RowOwnership<Model>? = nil, unless references: RowReference<Model>...
  ) {
    name = Model.tableName
    let archiver = TableArchiver(instance, references)
    work = { database, context, limit, before async throws(NovaError) in
      try await archiver.move(database, context, limit: limit, before: before)
    }
  }

  /// Moves rows of the table, the first ones by key.
  ///
  /// - Parameters:
  ///   - limit: How many at most.
  ///   - before: Only what was deleted before that time.
  /// - Returns: How many, and of instances their UUIDs.
  func move(
    _ database: NovaDatabase, _ context: NovaContext, limit: Int, before: Date?
  ) async throws(NovaError) -> (count: Int, instanceUUIDs: [String]) {
    try await work(database, context, limit, before)
  }
}

/// How rows of a table belong to an instance.
struct RowOwnership<Model: NovaModel>: Sendable {
  /// The instance of a row, if it fulfils the condition.
  let rows: @Sendable (Condition) -> RomeQuery<Int>

  /// By a column with the UUID of the instance.
  static func by<T: ColumnValue>(_ column: Column<Model, T>) -> RowOwnership where T.Base == String {
    RowOwnership { condition in
      RomeQuery(Instance.self).readDeleted(.yes).filter(Instance.uuid == column, condition).select(constant(1))
    }
  }
}

extension RowOwnership<InstanceActionEvent> {
  /// By the action that an event is part of.
  static var byAction: Self {
    Self { condition in
      RomeQuery(InstanceAction.self).join(Instance.self, on: Instance.uuid == InstanceAction.instanceUUID)
        .readDeleted(.yes).filter(InstanceAction.id == InstanceActionEvent.actionID, condition).select(constant(1))
    }
  }
}

/// Rows of another table that refer to a row.
struct RowReference<Model: NovaModel>: Sendable {
  private let makeRows: @Sendable () -> RomeQuery<Int>

  /// The rows that refer to the row.
  var rows: RomeQuery<Int> { makeRows() }

  /// Rows with a column that has the value of one of the row's.
  static func has<Other: NovaModel, A: ColumnValue, B: ColumnValue>(
    _ column: Column<Other, A>, _ own: Column<Model, B>
  ) -> RowReference where A.Base == B.Base {
    RowReference { RomeQuery(Other.self).readDeleted(.yes).filter(column == own).select(constant(1)) }
  }
}
