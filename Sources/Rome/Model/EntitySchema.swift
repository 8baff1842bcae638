// SPDX-License-Identifier: Apache-2.0

/// The description of a table: what `@Entity` makes of a class, or what you write by hand.
public final class EntitySchema: Sendable {
  /// An index with its columns resolved.
  public struct Index: Sendable {
    /// What was declared.
    public let description: IndexDescription
    /// The positions of the columns, the most significant first.
    public let columns: [Int]
    /// Whether the column at the same place is descending.
    public let descending: [Bool]
    /// The key space of the entries.
    public let space: KeySpace

    /// The name of the index.
    public var name: String { description.name }
    /// Whether two rows can't have the same values.
    public var isUnique: Bool { description.isUnique }
  }

  /// A foreign key with its columns resolved.
  public struct ForeignKey: Sendable {
    /// What was declared.
    public let description: ForeignKeyDescription
    /// The positions of the columns.
    public let columns: [Int]
  }

  /// The name of the table.
  public let table: String
  /// The columns in the order in which rows hold them. New columns go behind the others.
  public let columns: [ColumnDescription]
  /// What the bytes of rows are checked and read by.
  let rowShape: RowShape
  /// The positions of the columns of the primary key.
  public let primaryKey: [Int]
  /// Whether the store allocates the primary key of a new row: it is one optional integer.
  public let allocatesPrimaryKey: Bool
  /// The indexes, those that foreign keys need among them.
  public let indexes: [Index]
  /// The foreign keys.
  public let foreignKeys: [ForeignKey]
  /// The key space of the rows.
  public let rowSpace: KeySpace
  /// What is wrong with the description; a session refuses such a table with an error of this text.
  public let problems: [String]

  private let positions: [String: Int]
  /// The positions of the columns whose values are decoded when a row is loaded.
  let failableColumns: [Int]
  /// The positions of the columns whose values are made for new entities.
  let defaultedColumns: [Int]
  /// The positions of the columns that are never NULL.
  let requiredColumns: [Int]
  /// The positions of the columns that get the time of the insertion when they have no value.
  let insertionTimes: [Int]
  /// The positions of the columns that get the time of each change.
  let changeTimes: [Int]

  /// Describes a table.
  ///
  /// - Parameters:
  ///   - table: The name of the table.
  ///   - columns: The columns. New columns go behind the others, because rows hold them in this order.
  ///   - primaryKey: The names of the columns of the primary key. One optional integer is allocated by the store.
  ///   - indexes: The indexes. A foreign key gets one of its own where no index begins with its columns.
  ///   - foreignKeys: The foreign keys.
  public init(
    table: String, columns: [ColumnDescription], primaryKey: [String], indexes: [IndexDescription] = [],
    foreignKeys: [ForeignKeyDescription] = []
  ) {
    var problems: [String] = []
    var positions: [String: Int] = [:]
    for (position, column) in columns.enumerated() {
      if positions.updateValue(position, forKey: column.name) != nil {
        problems.append("column '\(column.name)' is declared twice")
      }
    }
    func resolve(_ names: [String], _ what: String) -> [Int] {
      if names.isEmpty { problems.append("\(what) has no columns") }
      return names.compactMap { name in
        if positions[name] == nil { problems.append("\(what) names the unknown column '\(name)'") }
        return positions[name]
      }
    }
    if table.isEmpty { problems.append("the table has no name") }
    if columns.count > RowFormat.maximumColumns { problems.append("more than \(RowFormat.maximumColumns) columns") }
    let key = resolve(primaryKey, "the primary key")
    let allocates = key.count == 1 && columns[key[0]].type == .int && columns[key[0]].isNullable
    if !allocates {
      for position in key where columns[position].isNullable {
        problems.append("column '\(columns[position].name)' of the primary key is optional")
      }
    }
    var all = indexes
    for foreignKey in foreignKeys {
      let names = foreignKey.columns
      let isServed = all.contains { $0.parts.prefix(names.count).map(\.column) == names } || primaryKey == names
      if !isServed { all.append(IndexDescription(names.map { .init($0) })) }
    }
    var resolved: [Index] = []
    for index in all {
      let columns = resolve(index.parts.map(\.column), "index '\(index.name)'")
      if resolved.contains(where: { $0.name == index.name }) {
        problems.append("index '\(index.name)' is declared twice")
      }
      resolved.append(
        Index(
          description: index, columns: columns, descending: index.parts.map(\.isDescending),
          space: .index(index.name, of: table)))
    }
    for position in Set(resolved.flatMap(\.columns) + key).sorted() where columns[position].type == .json {
      problems.append("column '\(columns[position].name)' is JSON, which can't be indexed")
    }
    self.table = table
    self.columns = columns
    rowShape = RowShape(columns)
    self.primaryKey = key
    allocatesPrimaryKey = allocates
    self.indexes = resolved
    self.foreignKeys = foreignKeys.map {
      ForeignKey(description: $0, columns: resolve($0.columns, "the foreign key to '\($0.table)'"))
    }
    rowSpace = .rows(table)
    self.positions = positions
    failableColumns = columns.indices.filter { columns[$0].canFail }
    defaultedColumns = columns.indices.filter { columns[$0].makeDefault != nil }
    requiredColumns = columns.indices.filter { !columns[$0].isNullable }
    // As oslo.db's models: a row that was never updated has no updated_at, unless its column must have a value.
    insertionTimes = columns.indices.filter {
      columns[$0].role == .createdAt || (columns[$0].role == .updatedAt && !columns[$0].isNullable)
    }
    changeTimes = columns.indices.filter { columns[$0].role == .updatedAt }
    self.problems = problems
  }

  /// The position of a column.
  ///
  /// - Parameter name: The name of the column in the store, or that of the property.
  /// - Returns: The position, or nil when there is no such column.
  public func position(of name: String) -> Int? {
    positions[name] ?? columns.firstIndex { $0.property == name }
  }

  /// The position of the first column with the role; nil when none has it.
  public func position(of role: ColumnRole) -> Int? {
    columns.firstIndex { $0.role == role }
  }
}
