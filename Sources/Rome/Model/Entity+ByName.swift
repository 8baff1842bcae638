// SPDX-License-Identifier: Apache-2.0

extension Entity {
  /// The names of the columns in the store, in the order of the schema.
  public static var columnNames: [String] { schema.columns.map(\.name) }

  /// The value of a column.
  ///
  /// - Parameter name: The name of the column in the store, or that of the property.
  /// - Throws: ``RomeError/Code/unknownColumn``.
  public func value(of name: String) throws(RomeError) -> Value {
    entityState.value(at: try Self.position(of: name))
  }

  /// The value of a column.
  ///
  /// - Parameter name: The name of the column in the store, or that of the property.
  public subscript(name: String) -> Value {
    get throws(RomeError) { try value(of: name) }
  }

  /// Sets a column.
  ///
  /// - Parameters:
  ///   - value: A value of the column's type, or nil for NULL. An integer of any width will do where it fits, and a raw
  ///     value where the column is an enum.
  ///   - name: The name of the column in the store, or that of the property.
  /// - Throws: ``RomeError/Code/unknownColumn``, ``RomeError/Code/wrongType``, ``RomeError/Code/notNullViolation``, and
  ///   ``RomeError/Code/invalidState`` when the column is of the primary key and the row is stored already.
  public func set(_ value: (any ColumnValue)?, of name: String) throws(RomeError) {
    try set(value?.value ?? .null, of: name)
  }

  /// Sets a column to a value in its stored form.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - name: The name of the column in the store, or that of the property.
  /// - Throws: ``RomeError/Code/unknownColumn``, ``RomeError/Code/wrongType``, ``RomeError/Code/notNullViolation``, and
  ///   ``RomeError/Code/invalidState`` when the column is of the primary key and the row is stored already.
  public func set(_ value: Value, of name: String) throws(RomeError) {
    try entityState.prepare(value, at: Self.position(of: name)).apply(to: entityState)
  }

  /// Sets several columns, all of them or, when it throws, none.
  ///
  /// - Parameter values: The values by the names of their columns or properties; nil is NULL.
  /// - Throws: ``RomeError/Code/unknownColumn``, ``RomeError/Code/wrongType``, ``RomeError/Code/notNullViolation``, and
  ///   ``RomeError/Code/invalidState`` when a column is of the primary key and the row is stored already, or is named
  ///   twice: by its own name and by its property's.
  public func update(_ values: [String: (any ColumnValue)?]) throws(RomeError) {
    var changes: [PreparedChange] = []
    var positions = PositionSet.empty
    // In the order of their names, so that of several errors it is always the same one that is thrown.
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      let change = try entityState.prepare(value?.value ?? .null, at: Self.position(of: name))
      guard !positions.contains(change.position) else {
        throw RomeError(.invalidState, "the column is named twice", entity: Self.schema.table, column: name)
      }
      positions.insert(change.position)
      changes.append(change)
    }
    for change in changes { change.apply(to: entityState) }
  }

  /// The values of all columns by their names in the store.
  public func toDictionary() -> [String: Value] {
    var values: [String: Value] = [:]
    for (position, column) in Self.schema.columns.enumerated() { values[column.name] = entityState.value(at: position) }
    return values
  }

  private static func position(of name: String) throws(RomeError) -> Int {
    guard let position = schema.position(of: name) else {
      throw RomeError(.unknownColumn, "there is no such column", entity: schema.table, column: name)
    }
    return position
  }
}

/// A new value of a column that is known to be one of its type.
struct PreparedChange {
  /// The position of the column.
  let position: Int
  private let stored: Value
  private let decoded: any ColumnValue

  init(position: Int, stored: Value, decoded: any ColumnValue) {
    self.position = position
    self.stored = stored
    self.decoded = decoded
  }

  /// Sets the column.
  func apply(to state: EntityState) {
    state.set(stored, at: position)
    state.remember(decoded, at: position)
  }
}

extension EntityState {
  /// Checks a new value of a column, without setting it.
  func prepare(_ value: Value, at position: Int) throws(RomeError) -> PreparedChange {
    let column = schema.columns[position]
    func failure(_ code: RomeError.Code, _ message: String) -> RomeError {
      RomeError(code, message, entity: schema.table, column: column.name, key: key)
    }
    if value.isNull, !column.isNullable {
      throw failure(.notNullViolation, "the column can't be NULL")
    }
    guard value.isNull || value.type == column.type, let decoded = column.decode(value) else {
      throw failure(.wrongType, "the value is none of the column's type")
    }
    if status != .transient, status != .pending, schema.primaryKey.contains(position), value != self.value(at: position)
    {
      throw failure(.invalidState, "the primary key of a stored row can't be changed")
    }
    return PreparedChange(position: position, stored: value, decoded: decoded)
  }
}
