// SPDX-License-Identifier: Apache-2.0

extension TableRecord {
  /// The record after a process with this schema has used the table; the same record when nothing is new.
  ///
  /// New columns behind the old ones, new indexes and other foreign keys are taken over. Everything else that differs
  /// would make rows unreadable.
  ///
  /// - Parameters:
  ///   - schema: The schema that the process declares.
  ///   - isEmpty: Whether the table has no rows, so that new indexes are complete at once.
  /// - Throws: ``RomeError`` with the code `schemaMismatch` that says what differs.
  func updated(for schema: EntitySchema, isEmpty: Bool) throws(RomeError) -> TableRecord {
    func mismatch(_ message: String, column: String? = nil, index: String? = nil) -> RomeError {
      RomeError(.schemaMismatch, message, entity: table, column: column, index: index)
    }
    var result = self
    guard primaryKey == schema.primaryKey.map({ schema.columns[$0].name }) else {
      throw mismatch("the store has the primary key (\(primaryKey.joined(separator: ", ")))")
    }
    for (position, stored) in columns.enumerated() {
      guard position < schema.columns.count else {
        throw mismatch("the store has a column that the entity does not declare", column: stored.name)
      }
      let declared = schema.columns[position]
      guard declared.name == stored.name else {
        throw mismatch(
          "the store has column '\(stored.name)' where the entity declares '\(declared.name)': new columns go behind the "
            + "old ones, and a column can't be renamed or removed", column: declared.name)
      }
      guard declared.type == stored.type else {
        throw mismatch("the store has the type \(stored.type), the entity \(declared.type)", column: stored.name)
      }
      guard declared.isNullable || !stored.isNullable else {
        throw mismatch("the store may have NULL, the entity has not", column: stored.name)
      }
      result.columns[position].isNullable = declared.isNullable
      if let fill = stored.fill, fill != KeyEncoder.encode([declared.fill]).bytes {
        throw mismatch("old rows were filled with another default", column: stored.name)
      }
    }
    for declared in schema.columns.dropFirst(columns.count) {
      result.columns.append(
        Column(
          name: declared.name, type: declared.type, isNullable: declared.isNullable,
          fill: isEmpty ? nil : KeyEncoder.encode([declared.fill]).bytes))
    }
    for index in schema.indexes {
      if let stored = indexes.first(where: { $0.name == index.name }) {
        guard stored.matches(index.description) else {
          throw mismatch("the store has an index of this name with other columns", index: index.name)
        }
      } else {
        result.indexes.append(Index(index.description, isReadable: isEmpty))
      }
    }
    for foreignKey in schema.foreignKeys.map({ ForeignKey($0.description) }) {
      result.foreignKeys.removeAll { $0.columns == foreignKey.columns && $0.table == foreignKey.table }
      result.foreignKeys.append(foreignKey)
    }
    if Set(result.foreignKeys) == Set(foreignKeys) { result.foreignKeys = foreignKeys }
    return result
  }
}
