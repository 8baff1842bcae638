// SPDX-License-Identifier: Apache-2.0

public import Rome
import Synchronization

/// A row that was moved out of the way: of the table `shadow_X`, which has the columns of the table X and neither indexes
/// nor constraints. ``NovaDatabase/archiveDeletedRows(_:maxRows:before:)`` fills it.
///
/// Archived rows keep all their values. Most were soft-deleted before, so a query of them must say that it reads such rows:
///
/// ```swift
/// let archived = session.query(Shadow<Instance>.self, readDeleted: .yes)
/// let count = try await archived.filter(Shadow<Instance>.column(Instance.projectID) == "p1").count()
/// ```
public final class Shadow<Model: NovaModel>: NovaModel {
  /// The columns of the table under the name of its shadow.
  public static var schema: EntitySchema { ShadowSchemas.schema(of: Model.self) }
  /// The name of the class in Nova with that of a shadow.
  public static var modelName: String { "Shadow" + Model.modelName }

  /// The values of the row and what the session knows about it.
  public let entityState: EntityState

  /// Makes a row around a state; sessions call it for the rows that they load.
  public init(entityState: EntityState) { self.entityState = entityState }

  /// A column of the shadow by that of the table.
  ///
  /// - Parameter column: The column of the table.
  /// - Returns: The same column of the shadow.
  public static func column<T: ColumnValue>(_ column: Column<Model, T>) -> Column<Shadow, T> { Column(column.position) }

  /// Makes the shadow of a row.
  convenience init(of row: Model) throws(RomeError) {
    self.init(entityState: EntityState(of: Shadow.self))
    for name in Model.columnNames { try set(try row.value(of: name), of: name) }
  }
}

/// The schemas of shadows: a generic class can't keep a schema itself.
private enum ShadowSchemas {
  private static let schemas = Mutex<[ObjectIdentifier: EntitySchema]>([:])

  static func schema<Model: NovaModel>(of type: Model.Type) -> EntitySchema {
    schemas.withLock { schemas in
      let known = schemas[ObjectIdentifier(type)]
      let schema =
        known
        ?? EntitySchema(
          table: "shadow_" + Model.tableName, columns: Model.schema.columns,
          primaryKey: Model.schema.primaryKey.map { Model.schema.columns[$0].name })
      schemas[ObjectIdentifier(type)] = schema
      return schema
    }
  }
}
