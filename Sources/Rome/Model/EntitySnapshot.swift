// SPDX-License-Identifier: Apache-2.0

/// The values of an entity, without its session: it can cross to other tasks, be compared, and become JSON.
///
/// ```swift
/// let snapshot = book.snapshot()              // Book.Snapshot
/// print(snapshot.title)                       // the columns are its members
/// let data = try JSONEncoder().encode(snapshot)
/// let copy = Book(try JSONDecoder().decode(Book.Snapshot.self, from: data))
/// ```
///
/// The members are found through the static columns of the entity, so a column needs no code of its own here, and its
/// type no conformance beside ``ColumnValue``.
@dynamicMemberLookup
public struct EntitySnapshot<Owner: Entity>: Sendable {
  /// The values of the columns, in the order of the schema.
  var storedValues: [Value]

  init(storedValues: [Value]) {
    self.storedValues = storedValues
  }

  /// The value of a column. It can be set, too: a snapshot is a value, and what it was taken of doesn't change.
  ///
  /// - Parameter column: The static column of the entity.
  public subscript<T: ColumnValue>(dynamicMember column: KeyPath<Owner.Type, Column<Owner, T>>) -> T {
    get {
      let position = Owner.self[keyPath: column].position
      guard let value = T(value: storedValues[position]) else {
        // As with the property of the entity: only one that was never set comes here.
        preconditionFailure("column '\(Owner.schema.columns[position].name)' of '\(Owner.schema.table)' was not set")
      }
      return value
    }
    set { storedValues[Owner.self[keyPath: column].position] = newValue.value }
  }

  /// The value of a column in its stored form.
  ///
  /// - Parameter column: The column, such as `Book.title`.
  public func value<T>(of column: Column<Owner, T>) -> Value { storedValues[column.position] }

  /// The values of all columns in their stored form, in the order of the schema.
  public var values: [Value] { storedValues }

  /// The values of all columns by their names in the store.
  public func toDictionary() -> [String: Value] {
    var values: [String: Value] = [:]
    for (column, value) in zip(Owner.schema.columns, storedValues) { values[column.name] = value }
    return values
  }
}

extension EntitySnapshot: Hashable {
  /// Whether all columns have the same values.
  public static func == (left: EntitySnapshot, right: EntitySnapshot) -> Bool {
    left.storedValues == right.storedValues
  }

  /// Feeds the values to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(storedValues)
  }
}

extension Entity {
  /// The values of an entity of this class, without its session.
  public typealias Snapshot = EntitySnapshot<Self>

  /// The values as they are now, changes that are not flushed yet among them.
  public func snapshot() -> Snapshot {
    EntitySnapshot(storedValues: Self.schema.columns.indices.map { entityState.value(at: $0) })
  }

  /// Makes a new entity with the values of a snapshot, the primary key among them. It belongs to no session.
  ///
  /// - Parameter snapshot: The values.
  public init(_ snapshot: Snapshot) {
    let state = EntityState(of: Self.self)
    for (position, value) in snapshot.storedValues.enumerated() { state.set(value, at: position) }
    self.init(entityState: state)
  }
}
