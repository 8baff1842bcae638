// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// The types of expressions that both sides know. SQLite keeps dates and truth values as integers.
enum Kind: CaseIterable {
  case int
  case text
  case double
  case bool
  case date

  var sql: String {
    switch self {
    case .int, .bool, .date: "INTEGER"
    case .text: "TEXT"
    case .double: "REAL"
    }
  }

  /// Values of which there are few, so that rows tie, join and group; with those that are easily got wrong.
  var samples: [Value] {
    switch self {
    case .int: [-2, -1, 0, 1, 2, 3, 7].map { .int($0) }
    case .text:
      [
        "", " ", "a", "A", "ab", "Ab", "abc", "b", "a%", "a_b", "it's", "é", "e\u{301}", "日本", "😀x", "\"q\"", "c\\d",
        "ERROR", "x AND y", "10",
      ].map { .string($0) }
    case .double: [-1.5, -0.0, 0, 0.5, 1, 2.25, 1000].map { .double($0) }
    case .bool: [.bool(false), .bool(true)]
    case .date: [-5, 0, 1_000_000, 86_400_000_000, 1_700_000_000_000_000].map { .date($0) }
    }
  }
}

/// A column of a table of the test.
struct ColumnModel {
  let name: String
  let kind: Kind
  var isNullable = true

  var description: ColumnDescription {
    switch (kind, isNullable) {
    case (.int, true): ColumnDescription(name, Int?.self)
    case (.int, false): ColumnDescription(name, Int.self)
    case (.text, true): ColumnDescription(name, String?.self)
    case (.text, false): ColumnDescription(name, String.self)
    case (.double, true): ColumnDescription(name, Double?.self)
    case (.double, false): ColumnDescription(name, Double.self)
    case (.bool, true): ColumnDescription(name, Bool?.self)
    case (.bool, false): ColumnDescription(name, Bool.self)
    case (.date, true): ColumnDescription(name, Date?.self)
    case (.date, false): ColumnDescription(name, Date.self)
    }
  }
}

/// A foreign key of a table of the test.
struct ForeignKeyModel {
  let column: Int
  let table: String
  let onDelete: DeleteAction

  /// As SQL says it.
  var sql: String {
    let action = onDelete == .cascade ? "CASCADE" : onDelete == .setNull ? "SET NULL" : "RESTRICT"
    return "REFERENCES \(table) (id) ON DELETE \(action) DEFERRABLE INITIALLY DEFERRED"
  }
}

/// A table of the test: what both sides are told of it.
struct TableModel {
  let name: String
  let columns: [ColumnModel]
  let primaryKey: [Int]
  let foreignKeys: [ForeignKeyModel]
  let indexes: [IndexDescription]
  /// Columns whose values are made unique.
  let uniqueColumns: [Int]

  /// The description for Rome.
  ///
  /// - Parameter isIndexed: Whether the table has its indexes and foreign keys.
  func schema(isIndexed: Bool) -> EntitySchema {
    EntitySchema(
      table: name, columns: columns.map(\.description), primaryKey: primaryKey.map { columns[$0].name },
      indexes: isIndexed ? indexes : [],
      foreignKeys: isIndexed
        ? foreignKeys.map {
          ForeignKeyDescription([columns[$0.column].name], references: $0.table, onDelete: $0.onDelete)
        } : [])
  }

  /// The statements that make the table in SQLite.
  var sql: [String] {
    var parts = columns.enumerated().map { position, column in
      var text = "\(column.name) \(column.kind.sql)"
      if !column.isNullable || primaryKey.contains(position) { text += " NOT NULL" }
      for key in foreignKeys where key.column == position { text += " " + key.sql }
      return text
    }
    parts.append("PRIMARY KEY (\(primaryKey.map { columns[$0].name }.joined(separator: ", ")))")
    let unique = indexes.filter(\.isUnique).map { index in
      "CREATE UNIQUE INDEX \(name)_\(index.name) ON \(name) (\(index.parts.map(\.column).joined(separator: ", ")))"
    }
    return ["CREATE TABLE \(name) (\(parts.joined(separator: ", ")))"] + unique
  }

  /// The positions of the columns of a kind.
  func columns(of kind: Kind) -> [Int] {
    columns.indices.filter { columns[$0].kind == kind }
  }
}
