// SPDX-License-Identifier: Apache-2.0

/// A schema as it is in one store: with the indexes that the store has, and where its foreign keys lead.
struct TableBinding: Sendable {
  /// Where a foreign key leads.
  enum Target: Sendable {
    /// To primary keys of the table.
    case primaryKey(String)
    /// To the columns of a unique index.
    case index(KeySpace, descending: [Bool])
    /// Nowhere: the table was never used, or has no such unique index.
    case none

    /// The row or entry that the values refer to.
    func target(of values: [Value]) -> WriteBuffer.Target {
      switch self {
      case .primaryKey(let table): return .row(RowAddress(table: table, key: KeyEncoder.encode(values)))
      case .index(let space, let descending):
        var encoder = KeyEncoder()
        for (value, isDescending) in zip(values, descending) { encoder.append(value, descending: isDescending) }
        return .entry(space, encoder.bytes)
      case .none: return .none
      }
    }
  }

  let schema: EntitySchema
  /// All indexes of the table in the store, those that only other processes declare among them.
  let indexes: [EntitySchema.Index]
  /// The names of the indexes that queries may use.
  let readable: Set<String>
  /// The primary key, and the indexes of the schema that queries may use.
  let ways: [IndexReference]
  /// Where the foreign keys of the schema lead, in its order.
  let targets: [Target]
}

/// A foreign key of another table, or of the same one, as the table that it refers to sees it.
struct ReferencingKey: Sendable {
  /// The table that holds the foreign key.
  let binding: TableBinding
  /// The number of the foreign key in the schema of that table.
  let foreignKey: Int
  /// The positions of the columns that it refers to, in the table that is referred to.
  let targetColumns: [Int]
  /// The index that finds the referring rows; nil when they are found by the begin of their primary key.
  let index: EntitySchema.Index?

  /// What happens to the referring rows.
  var onDelete: DeleteAction { binding.schema.foreignKeys[foreignKey].description.onDelete }
  /// The columns that hold the key.
  var columns: [Int] { binding.schema.foreignKeys[foreignKey].columns }

  /// The scan that finds the rows which refer to these values.
  func scan(for values: [Value]) -> Scan {
    if let index { return Scan(index.space, .prefix(index.prefix(values))) }
    return Scan(binding.schema.rowSpace, .prefix(KeyEncoder.encode(values).bytes))
  }
}
