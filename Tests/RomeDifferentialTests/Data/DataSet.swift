// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting

/// The rows of all tables, and changes of them that a session makes without committing.
struct DataSet {
  /// Rows by table.
  var rows: [[[Value]]]
  /// What is done to them, in this order: updates, deletions, insertions.
  var changes: [Change]

  /// A change of one row.
  enum Change {
    case update(table: Int, key: [Value], column: Int, value: Value)
    case delete(table: Int, key: [Value])
    case insert(table: Int, row: [Value])
  }

  /// A random data set whose rows fulfil all constraints before and after the changes.
  static func random(using random: inout SeededGenerator) -> DataSet {
    var maker = DataSetMaker(random: random)
    defer { random = maker.random }
    return maker.make()
  }
}

extension DataSet: CustomStringConvertible {
  /// The statements that make it in SQLite.
  var description: String {
    var lines: [String] = []
    for (table, rows) in zip(Tables.all, rows) {
      for row in rows { lines.append(insertion(into: table, row)) }
    }
    if !changes.isEmpty { lines.append("-- changed in the session:") }
    for change in changes {
      switch change {
      case .update(let table, let key, let column, let value):
        let model = Tables.all[table]
        lines.append(
          "UPDATE \(model.name) SET \(model.columns[column].name) = \(value.sql) WHERE \(condition(model, key));")
      case .delete(let table, let key):
        lines.append("DELETE FROM \(Tables.all[table].name) WHERE \(condition(Tables.all[table], key));")
      case .insert(let table, let row): lines.append(insertion(into: Tables.all[table], row))
      }
    }
    return lines.joined(separator: "\n")
  }

  private func insertion(into table: TableModel, _ row: [Value]) -> String {
    "INSERT INTO \(table.name) VALUES (\(row.map(\.sql).joined(separator: ", ")));"
  }

  private func condition(_ table: TableModel, _ key: [Value]) -> String {
    zip(table.primaryKey, key).map { "\(table.columns[$0].name) = \($1.sql)" }.joined(separator: " AND ")
  }

  /// All statements that make the data set.
  ///
  /// - Parameter isChanged: Whether to make the changes, too.
  func statements(isChanged: Bool) -> [String] {
    let all = description.split(separator: "\n").map(String.init)
    guard let divider = all.firstIndex(where: { $0.hasPrefix("--") }) else { return all }
    return Array(all[..<divider]) + (isChanged ? Array(all[(divider + 1)...]) : [])
  }
}

extension Value {
  /// The value as a literal of SQLite.
  var sql: String {
    switch self {
    case .bool(let value): value ? "1" : "0"
    case .date(let value), .int(let value): value < 0 ? "(\(value))" : String(value)
    case .double(let value): value.sign == .minus ? "(\(value))" : String(value)
    default: description
    }
  }

  /// The value as SQLite gives it back.
  var normalised: Value {
    switch self {
    case .bool(let value): .int(value ? 1 : 0)
    case .date(let value): .int(value)
    default: self
    }
  }
}
