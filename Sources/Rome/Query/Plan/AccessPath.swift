// SPDX-License-Identifier: Apache-2.0

/// An index, or the primary key, as a way to the rows of a table. An object, since plans hand it around a lot.
final class IndexReference: Sendable {
  /// The name of the index; nil for the primary key.
  let name: String?
  let space: KeySpace
  /// The positions of the columns of an entry: those of the index.
  let columns: [Int]
  let descending: [Bool]
  let isUnique: Bool

  /// The primary key of a table.
  init(primaryKeyOf schema: EntitySchema) {
    name = nil
    space = schema.rowSpace
    columns = schema.primaryKey
    descending = schema.primaryKey.map { _ in false }
    isUnique = true
  }

  /// An index of a table.
  init(_ index: EntitySchema.Index) {
    name = index.name
    space = index.space
    columns = index.columns
    descending = index.descending
    isUnique = index.isUnique
  }

  /// What explanations call it.
  var title: String { name ?? "primary key" }
}

/// Ranges of an index that hold the wanted rows.
struct IndexAccess {
  let index: IndexReference
  /// The ranges, ascending and disjoint.
  var ranges: [KeyRange]
  /// The number of leading columns that have one value in all ranges.
  let fixedColumns: Int
  /// The number of leading columns that every range fixes, to one value each.
  let pointColumns: Int
  /// The conjuncts that the ranges answer exactly.
  let answered: PositionSet
  /// The number of rows that the ranges hold by the planner's rules, in a table of ``CostModel/tableRows`` rows.
  let estimate: Double

  /// Whether each range is all columns of a primary key: the keys of rows.
  var isKeys: Bool { index.name == nil && pointColumns == index.columns.count }
}

/// How the rows of a source are found.
enum AccessPath {
  /// No row can fulfil the conditions.
  case nothing
  /// The rows with these primary keys, read at once.
  case keys([Key])
  /// The rows that the ranges of an index hold.
  case index(IndexAccess, direction: Scan.Direction)
  /// The same from the entries of the index alone, which hold all the columns that are needed.
  case covering(IndexAccess, direction: Scan.Direction)
  /// The rows that the ranges of any of the indexes hold.
  case union([IndexAccess])
  /// The rows that the ranges of both indexes hold.
  case intersection(IndexAccess, IndexAccess)
}

extension AccessPath {
  /// Whether its rows come from scans of ranges, which a ``RowFilter`` can go with.
  var filtersRows: Bool {
    switch self {
    case .index, .union: true
    case .nothing, .keys, .covering, .intersection: false
    }
  }

  /// What of the conditions on the source can go with the scans, and what is left to be checked of the rows.
  func split(_ conditions: [ExpressionNode], _ source: SourceID) -> (filter: RowFilter?, rest: [ExpressionNode]) {
    filtersRows ? RowFilter.of(conditions, source: source) : (nil, conditions)
  }
}

/// An access path with what the planner thinks of it.
struct PlannedAccess {
  var path: AccessPath
  /// The conjuncts that the path answers exactly, so that the rows need no check.
  var answered: PositionSet
  /// The rows that the path yields by the planner's rules.
  var estimate: Double
  /// What the path costs by the planner's rules.
  var cost: Double
  /// Whether the rows come in the order that was asked for.
  var isOrdered: Bool
  /// Why other indexes are not used: their names and the reasons; empty unless somebody wants an explanation.
  var rejected: [(index: String, reason: Rejection)] = []
}

extension PlannedAccess {
  /// Whether entries of an index are read instead of rows.
  var isCovering: Bool { if case .covering = path { true } else { false } }
}

/// Why an access path is not used.
enum Rejection {
  /// It costs more than the one of the title, or as much and comes behind it.
  case cost(Double, than: String, isMore: Bool)
  /// No condition is on the first column of the index, and nothing else speaks for it.
  case noCondition(column: String)

  /// The reason in words.
  var text: String {
    switch self {
    case .cost(let cost, let title, let isMore):
      "costs \(Int(min(cost, 1e9).rounded())), \(isMore ? "more" : "not less") than \(title)"
    case .noCondition(let column): "no condition on its first column '\(column)'"
    }
  }
}

/// The rules by which the planner compares access paths. There are no statistics: each table is thought to have the same
/// number of rows, and each kind of condition to hold for the same part of them.
enum CostModel {
  static let tableRows = 10_000.0
  /// The part of the rows that have one value of a column.
  static let equality = 0.01
  /// The most that a list of values is thought to select: a table may be far larger than the rules assume, and then reading
  /// it whole costs more than many ranges too many.
  static let manyValues = 0.5
  /// The part of the rows between two bounds.
  static let between = 0.25
  /// The part of the rows beyond one bound.
  static let bound = 0.33
  /// The part of the rows that begin with a text.
  static let prefix = 0.02
  /// The part of the rows for which another condition holds.
  static let condition = 0.5
  /// What an index entry costs, compared with a row.
  static let entry = 0.2
  /// What another round trip costs, in rows.
  static let roundTrip = 150.0
  /// What sorting costs for each row.
  static let sorting = 0.3
  /// The most ranges that lists of values are multiplied to.
  static let maximumRanges = 4096
}
