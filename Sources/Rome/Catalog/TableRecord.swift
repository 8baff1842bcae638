// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a store remembers of a table: a row of the table ``TableRecord/table``, so that every process can tell whether
/// its entities fit the rows, keep indexes that it does not declare, and find the foreign keys that refer to a row.
struct TableRecord: Codable, Hashable, Sendable {
  struct Column: Codable, Hashable, Sendable {
    var name: String
    var type: ColumnType
    var isNullable: Bool
    /// What the column reads as in rows that are older than it, as an encoded key; nil for a column that the table was
    /// made with.
    var fill: [UInt8]?
  }

  struct Index: Codable, Hashable, Sendable {
    var name: String
    var columns: [String]
    var descending: [Bool]
    var isUnique: Bool
    /// Whether all rows have their entries, so that queries may use it.
    var isReadable: Bool
  }

  struct ForeignKey: Codable, Hashable, Sendable {
    var columns: [String]
    var table: String
    var targetColumns: [String]
    var onDelete: DeleteAction
  }

  var table: String
  var columns: [Column]
  var primaryKey: [String]
  var indexes: [Index]
  var foreignKeys: [ForeignKey]
  /// Indexes that nobody keeps any more, and whose entries are being removed; nil when there are none.
  var dropping: [Index]?

  /// The key space of the records.
  static let space = KeySpace.rows("rome.tables")
  /// The row whose version changes with every record. Writing transactions check it, so that none goes on with an old
  /// idea of the indexes and foreign keys.
  static let epoch = RowAddress(table: "rome.tables", key: Key([0]))

  static func address(of table: String) -> RowAddress {
    RowAddress(table: space.table, key: KeyEncoder.encode([.string(table)]))
  }

  /// The record of a table that is used for the first time.
  init(_ schema: EntitySchema) {
    table = schema.table
    columns = schema.columns.map { Column(name: $0.name, type: $0.type, isNullable: $0.isNullable) }
    primaryKey = schema.primaryKey.map { schema.columns[$0].name }
    indexes = schema.indexes.map { Index($0.description, isReadable: true) }
    foreignKeys = schema.foreignKeys.map { ForeignKey($0.description) }
  }

  /// The column of the primary key that takes most of the bytes of a key.
  func longestColumn(of key: Key) -> String? {
    var decoder = KeyDecoder(key)
    var longest: (column: String?, length: Int) = (nil, 0)
    for column in primaryKey {
      let start = decoder.consumed
      guard (try? decoder.next()) != nil else { return nil }
      let length = decoder.consumed - start
      if length > longest.length { longest = (column, length) }
    }
    return longest.column
  }

  /// The bytes of the record.
  var encoded: [UInt8] {
    get throws(RomeError) {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      guard let data = try? encoder.encode(self) else {
        throw RomeError(.invalidSchema, "the description of the table can't be encoded", entity: table)
      }
      return Array(data)
    }
  }

  /// Reads a record. What is none, or describes what no table can be, is an error, since everything above relies on it.
  static func decode(_ bytes: ArraySlice<UInt8>, key: Key) throws(RomeError) -> TableRecord {
    guard let record = try? JSONDecoder().decode(TableRecord.self, from: Data(bytes)),
      address(of: record.table).key == key,
      record.indexes.allSatisfy({ $0.columns.count == $0.descending.count })
    else {
      throw RomeError(.corruptRow, "not a record of a table", entity: space.table, key: key)
    }
    if let problem = try record.makeSchema().problems.first {
      throw RomeError(.corruptRow, "the record of the table can't be right: " + problem, entity: record.table, key: key)
    }
    return record
  }
}

extension TableRecord.Index {
  init(_ description: IndexDescription, isReadable: Bool) {
    name = description.name
    columns = description.parts.map(\.column)
    descending = description.parts.map(\.isDescending)
    isUnique = description.isUnique
    self.isReadable = isReadable
  }

  var description: IndexDescription {
    IndexDescription(
      zip(columns, descending).map { IndexDescription.Part($0, descending: $1) }, unique: isUnique, name: name)
  }
}

extension TableRecord.ForeignKey {
  init(_ description: ForeignKeyDescription) {
    columns = description.columns
    table = description.table
    targetColumns = description.targetColumns
    onDelete = description.onDelete
  }

  var description: ForeignKeyDescription {
    ForeignKeyDescription(columns, references: table, columns: targetColumns, onDelete: onDelete)
  }
}

extension TableRecord {
  /// A schema of the record, for tables that this process knows no entity of.
  func makeSchema() throws(RomeError) -> EntitySchema {
    var descriptions: [ColumnDescription] = []
    for column in columns {
      var fill = column.isNullable ? Value.null : .zero(of: column.type)
      if let encoded = column.fill {
        var decoder = KeyDecoder(encoded[...])
        guard let value = try? decoder.next(), decoder.isAtEnd,
          value.isNull ? column.isNullable : value.type == column.type
        else {
          throw RomeError(.corruptRow, "not a record of a table", entity: table, column: column.name)
        }
        fill = value
      }
      descriptions.append(
        ColumnDescription(recorded: column.name, type: column.type, isNullable: column.isNullable, fill: fill))
    }
    return EntitySchema(
      table: table, columns: descriptions, primaryKey: primaryKey, indexes: indexes.map(\.description),
      foreignKeys: foreignKeys.map(\.description))
  }
}
