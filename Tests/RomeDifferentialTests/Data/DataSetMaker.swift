// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting

/// Makes random rows and changes.
struct DataSetMaker {
  var random: SeededGenerator
  /// Grows with each value that must be unique.
  private var counter: Int64 = 0
  /// The primary keys that rows may refer to, by table name.
  private var targets: [String: [Value]] = [:]

  init(random: SeededGenerator) {
    self.random = random
  }

  /// Makes a data set.
  mutating func make() -> DataSet {
    var rows: [[[Value]]] = []
    for table in Tables.all {
      let count =
        random.chance(0.08) ? 0 : Int.random(in: random.chance(0.75) ? 1...12 : 13...60, using: &random)
      // Keys with gaps, which rows may refer to before they are there: foreign keys are deferred.
      let numbers = (1...100).shuffled(using: &random).prefix(count).map { Value.int(Int64($0)) }
      if table.primaryKey.count == 1 { targets[table.name] = Array(numbers) }
      rows.append(numbers.map { row(of: table, number: $0) })
    }
    return DataSet(rows: rows, changes: changes(of: rows))
  }

  private mutating func row(of table: TableModel, number: Value) -> [Value] {
    table.columns.indices.map { position in
      if table.primaryKey.count == 1 ? position == 0 : position == 1 { return number }
      return value(of: table, column: position)
    }
  }

  private mutating func value(of table: TableModel, column position: Int) -> Value {
    let column = table.columns[position]
    let isNull = column.isNullable && random.chance(0.3)
    if let key = table.foreignKeys.first(where: { $0.column == position }) {
      return isNull ? .null : targets[key.table]?.randomElement(using: &random) ?? .null
    }
    if isNull { return .null }
    if table.uniqueColumns.contains(position) {
      counter += 1
      return column.kind == .text ? .string("u\(counter)") : .int(counter)
    }
    // The first few values are more frequent than the others.
    let samples = column.kind.samples
    let count = random.chance(0.5) ? min(5, samples.count) : samples.count
    return samples[Int.random(in: 0..<count, using: &random)]
  }

  private mutating func changes(of rows: [[[Value]]]) -> [DataSet.Change] {
    var updates: [DataSet.Change] = []
    var deletions: [DataSet.Change] = []
    for (place, table) in Tables.all.enumerated() {
      for row in rows[place] {
        let key = table.primaryKey.map { row[$0] }
        if random.chance(0.3) {
          for column in table.columns.indices where !table.primaryKey.contains(column) && random.chance(0.4) {
            updates.append(.update(table: place, key: key, column: column, value: value(of: table, column: column)))
          }
        }
        if random.chance(0.15) { deletions.append(.delete(table: place, key: key)) }
      }
    }
    for case .delete(let place, let key) in deletions where key.count == 1 {
      targets[Tables.all[place].name]?.removeAll { $0 == key[0] }
    }
    var insertions: [DataSet.Change] = []
    for (place, table) in Tables.all.enumerated() {
      for number in 0..<Int.random(in: 0...8, using: &random) {
        insertions.append(.insert(table: place, row: row(of: table, number: .int(Int64(101 + number)))))
      }
    }
    return updates + deletions + insertions
  }
}
