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
      throw mismatch(
        "the store has the primary key (\(primaryKey.joined(separator: ", "))), the entity "
          + "(\(schema.primaryKey.map { schema.columns[$0].name }.joined(separator: ", ")))")
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
    for index in schema.indexes.map({ Index($0.description, isReadable: isEmpty) }) {
      if let stored = indexes.first(where: { $0.name == index.name }) {
        if let difference = stored.difference(from: index) { throw mismatch(difference, index: index.name) }
        continue
      }
      if dropping?.contains(where: { $0.name == index.name }) ?? false {
        throw mismatch(
          "the index is being dropped: let dropIndex end first, after which an entity can have it anew",
          index: index.name)
      }
      if !index.isUnique, let stored = lostConstraint(index, schema) {
        throw mismatch(
          "the store has the unique index '\(stored.name)' over \(stored.text), the entity only a plain one over the same "
            + "columns: to give up the constraint, drop that index", index: index.name)
      }
      result.indexes.append(index)
    }
    let declared = schema.foreignKeys.map { ForeignKey($0.description) }
    // What the columns refer to is for the newest entity to say: the action, the columns, and the table.
    result.foreignKeys.removeAll { stored in declared.contains { $0.columns == stored.columns } }
    result.foreignKeys += declared
    if Set(result.foreignKeys) == Set(foreignKeys) { result.foreignKeys = foreignKeys }
    return result
  }

  /// The unique index over the same columns that the entity does not declare any more.
  private func lostConstraint(_ index: Index, _ schema: EntitySchema) -> Index? {
    indexes.first { stored in
      stored.isUnique && Set(stored.columns) == Set(index.columns)
        && !schema.indexes.contains { $0.name == stored.name }
    }
  }
}

extension TableRecord.Index {
  /// What differs between two indexes of one name; nil when nothing does but their states.
  fileprivate func difference(from declared: TableRecord.Index) -> String? {
    if isUnique != declared.isUnique {
      let (here, there) = isUnique ? ("unique", "not unique") : ("not unique", "unique")
      return "the index is \(here) in the store, and \(there) in the entity: give it another name, or drop it first"
    }
    if columns != declared.columns || descending != declared.descending {
      return
        "the store has the index over \(text), the entity over \(declared.text): give it another name, or drop it first"
    }
    return nil
  }

  /// The columns and their directions, for messages.
  fileprivate var text: String {
    "(" + zip(columns, descending).map { $1 ? $0 + " descending" : $0 }.joined(separator: ", ") + ")"
  }
}
