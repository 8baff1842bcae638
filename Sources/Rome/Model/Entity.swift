// SPDX-License-Identifier: Apache-2.0

/// A class whose instances are rows of a table. `@Entity` writes the conformance; by hand it is a schema, a property for
/// the state, the initialiser that rows are loaded with, and properties that read and write the state:
///
/// ```swift
/// final class Dog: Entity {
///   static let schema = EntitySchema(
///     table: "dogs", columns: [ColumnDescription("id", Int?.self), ColumnDescription("name", String.self)],
///     primaryKey: ["id"], indexes: [.index("name")])
///   static var id: Column<Dog, Int?> { Column(0) }
///   static var name: Column<Dog, String> { Column(1) }
///
///   let entityState: EntityState
///   init(entityState: EntityState) { self.entityState = entityState }
///   init(name: String) {
///     entityState = EntityState(of: Dog.self)
///     self.name = name
///   }
///   var id: Int? { get { entityState[0] } set { entityState[0] = newValue } }
///   var name: String { get { entityState[1] } set { entityState[1] = newValue } }
/// }
/// ```
///
/// An entity belongs to a ``RomeSession`` and is not `Sendable`; a value of it can cross to other tasks as a `Snapshot`.
public protocol Entity: AnyObject, SendableMetatype {
  /// The table of the entity. A stored `static let`.
  static var schema: EntitySchema { get }

  /// The name of the table. The foreign keys of other tables ask for it instead of the schema, so that tables can refer to
  /// each other and to themselves. Without an implementation it is the name in the schema.
  static var tableName: String { get }

  /// The values of the row and what the session knows about it.
  var entityState: EntityState { get }

  /// Makes an entity around a state; sessions call it for the rows that they load.
  init(entityState: EntityState)
}

extension Entity {
  /// The name in the schema.
  public static var tableName: String { schema.table }
}
