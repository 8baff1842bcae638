// SPDX-License-Identifier: Apache-2.0

public import Rome

/// New values of some columns of a row: what Nova's functions call `values`.
///
/// ```swift
/// let values = NovaValues<Service> {
///   $0.host = "compute1"
///   $0.binary = "nova-compute"
/// }
/// ```
///
/// A column that is not assigned keeps its value, which is another thing than nil. In a new row both are its default.
@dynamicMemberLookup
public struct NovaValues<Model: NovaModel>: Hashable, Sendable {
  /// The assigned values in their stored form by the names of the columns.
  public private(set) var assigned: [String: Value] = [:]

  /// Makes a set of values.
  ///
  /// - Parameter assign: Assigns columns.
  public init(_ assign: (inout NovaValues) -> Void = { _ in }) {
    assign(&self)
  }

  /// The value of a column. One that is not assigned reads as what it is in a new row.
  public subscript<T: ColumnValue>(dynamicMember column: KeyPath<Model.Type, Column<Model, T>>) -> T {
    get {
      let description = Model.schema.columns[Model.self[keyPath: column].position]
      if let value = assigned[description.name], let result = T(value: value) { return result }
      guard let result = T(value: description.makeDefault?() ?? description.fill) else {
        preconditionFailure("\(T.self) can't read the default of column '\(description.name)'")
      }
      return result
    }
    set { assigned[Model.schema.columns[Model.self[keyPath: column].position].name] = newValue.value }
  }

  /// Whether the column is assigned.
  public func assigns<T>(_ column: Column<Model, T>) -> Bool { assigned[column.name] != nil }

  /// The value of a column; nil when it is not assigned.
  public func value<T>(of column: Column<Model, T>) -> T? { assigned[column.name].flatMap { T(value: $0) } }

  /// Takes the assignment of a column back.
  public mutating func remove<T>(_ column: Column<Model, T>) { assigned[column.name] = nil }

  /// Assigns a column by its name.
  ///
  /// - Parameters:
  ///   - value: The value in its stored form.
  ///   - name: The name of the column in the store.
  /// - Throws: ``NovaError/Code/dbError`` when there is no such column, or the value is none of its type.
  public mutating func assign(_ value: Value, to name: String) throws(NovaError) {
    guard let position = Model.schema.position(of: name) else {
      throw NovaError(.dbError, detail: "'\(Model.tableName)' has no column '\(name)'")
    }
    let column = Model.schema.columns[position]
    // A null is refused by the store, if at all: the row may be given a value before it is written.
    guard value.isNull || (value.type == column.type && column.decode(value) != nil) else {
      throw NovaError(.dbError, detail: "a value is not of the column's type (\(Model.tableName).\(name))")
    }
    assigned[column.name] = value
  }

  /// Whether no column is assigned.
  public var isEmpty: Bool { assigned.isEmpty }

  /// Sets the assigned columns of an entity; of a new one those that are nil keep their defaults.
  func apply(to entity: Model, isNew: Bool = false) throws(RomeError) {
    for (name, value) in assigned.sorted(by: { $0.key < $1.key }) where !(isNew && value.isNull) {
      try entity.set(value, of: name)
    }
  }
}
