// SPDX-License-Identifier: Apache-2.0

extension ColumnDescription {
  /// Describes a column whose default is always the same value, which rows that are older than the column read as, too.
  ///
  /// - Parameters:
  ///   - name: The name of the column in the store.
  ///   - type: The Swift type of the property.
  ///   - property: The name of the property, when it is another.
  ///   - role: What the column means beside its value.
  ///   - constant: The value of a new entity that was not given one, and of old rows.
  public init<T: ColumnValue>(
    _ name: String, _ type: T.Type, property: String? = nil, role: ColumnRole = .plain, constant: T
  ) {
    self.init(name, type, property: property, role: role, fill: constant, default: { constant })
  }
}

extension EntitySchema {
  /// Makes the default of a column, for the initialiser that `@Entity` writes.
  ///
  /// - Parameter position: The position of a column of this type that has a default.
  public func defaultValue<T: ColumnValue>(_ position: Int) -> T {
    let stored = columns[position].makeDefault?() ?? columns[position].fill
    guard let value = T(value: stored) else {
      // The default is a value of the column's type; only a type that can't read what it writes comes here.
      preconditionFailure("\(T.self) can't read the default of column '\(columns[position].name)' that it has written")
    }
    return value
  }
}
