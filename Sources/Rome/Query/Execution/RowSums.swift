// SPDX-License-Identifier: Apache-2.0

/// Adds up the rows of a scan that a condition holds for, on their bytes. It accepts those alone that Rome did not write, so that
/// whoever decodes them says what is wrong.
final class RowSums: RowTest {
  /// An aggregate with its column; without one it counts the rows.
  typealias Part = (aggregate: BoundAggregate, column: RowColumn?)

  /// What an aggregate has added up.
  private enum Sum {
    case integers(ColumnTotals)
    case values(RowColumn, Accumulator)
  }

  private let parts: [Part]
  private let condition: RowCondition?
  /// Added to by one thread at a time, and by one call: that no two accesses overlap is not checked at run time.
  @exclusivity(unchecked) private var sums: [Sum]
  private var problem: RomeError?

  /// Begins with no row.
  ///
  /// - Parameters:
  ///   - condition: The rows that are wanted; nil for all.
  ///   - parts: The aggregates.
  init(_ condition: RowCondition?, _ parts: [Part]) {
    self.parts = parts
    self.condition = condition
    sums = parts.map { part in
      if let column = part.column, part.aggregate.isDistinct || !ColumnTotals.serves(part.aggregate.function, column) {
        return .values(column, Accumulator(part.aggregate))
      }
      return .integers(ColumnTotals(part.aggregate.function, part.column))
    }
  }

  /// What was added up, in the order of the aggregates.
  ///
  /// - Throws: ``RomeError/Code/arithmeticOverflow`` for a sum that has left 64 bits.
  func accumulators() throws(RomeError) -> [Accumulator] {
    if let problem { throw problem }
    var result: [Accumulator] = []
    for (part, sum) in zip(parts, sums) {
      switch sum {
      case .integers(let column): result.append(try Accumulator(part.aggregate, column.totals))
      case .values(_, let accumulator): result.append(accumulator)
      }
    }
    return result
  }

  func select(from rows: PointedRows, among: RowSet) -> RowSet { add(rows, among) }

  func select(from rows: PageRows, among: RowSet) -> RowSet { add(rows, among) }

  func select(from rows: MemoryRows, among: RowSet, _ direction: Scan.Direction) -> RowSet { add(rows, among) }

  /// Adds rows.
  ///
  /// - Returns: Those that Rome did not write, as far as was looked.
  private func add(_ rows: some RowBatch, _ among: RowSet) -> RowSet {
    var malformed = RowSet()
    let wanted = condition?.select(from: rows, among: among, malformed: &malformed) ?? among
    for place in sums.indices {
      switch sums[place] {
      case .integers(var column):
        column.add(rows, wanted, &malformed)
        sums[place] = .integers(column)
      case .values(let column, var accumulator):
        // Nobody else has the set of its values then, so that it is not copied.
        sums[place] = .integers(ColumnTotals(.count, nil))
        add(rows, wanted, column, to: &accumulator, &malformed)
        sums[place] = .values(column, accumulator)
      }
    }
    return malformed
  }

  private func add(
    _ rows: some RowBatch, _ wanted: RowSet, _ column: RowColumn, to accumulator: inout Accumulator,
    _ malformed: inout RowSet
  ) {
    var finder = ColumnFinder(column.position, lengths: column.shape.lengths)
    wanted.forEach { place in
      rows.withRow(place) { row in
        do throws(RomeError) {
          switch finder.find(in: row) {
          case .value(let range): try accumulator.add(column.shape.type.value(of: row.part(range)))
          case .missing: try accumulator.add(column.fill)
          case .null: break
          case .malformed: malformed.insert(place)
          }
        } catch {
          problem = problem ?? error
        }
      }
    }
  }
}

/// The totals of a column of integers, or of things that are only counted.
struct ColumnTotals {
  /// The position of the column; nil when rows are counted.
  private let position: Int?
  private let lengths: ClosedRange<Int>
  private let isNumber: Bool
  /// What the column reads as in older rows; nil of NULL. Of what is only counted it is any number.
  private let fill: Int64?
  private(set) var totals: IntegerTotals

  /// Whether an aggregate of the column is one of integers or a count.
  static func serves(_ function: AggregateFunction, _ column: RowColumn) -> Bool {
    function == .count || column.shape.type == .int
  }

  /// Makes the totals.
  ///
  /// - Parameters:
  ///   - function: What is wanted of the column.
  ///   - column: The column; nil when rows are counted.
  init(_ function: AggregateFunction, _ column: RowColumn?) {
    position = column?.position
    lengths = column?.shape.lengths ?? 0...0
    isNumber = column?.shape.type == .int
    fill =
      switch column?.fill {
      case .int(let number): number
      case .null, nil: nil
      default: 0
      }
    totals = IntegerTotals(function)
  }

  /// Adds rows.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - wanted: Which of them to add.
  ///   - malformed: Those are added that Rome did not write, as far as was looked.
  mutating func add(_ rows: some RowBatch, _ wanted: RowSet, _ malformed: inout RowSet) {
    guard let position else { return totals.add(rows: wanted.count) }
    let finder = ColumnFinder(position, lengths: lengths)
    var totals = totals
    // What is added to is asked once, not for each row.
    if totals.isSum {
      forEachNumber(of: rows, wanted, finder, &malformed) { totals.addToSum($0) }
    } else {
      forEachNumber(of: rows, wanted, finder, &malformed) { totals.add($0) }
    }
    self.totals = totals
  }

  @inline(__always)
  private func forEachNumber(
    of rows: some RowBatch, _ wanted: RowSet, _ finder: ColumnFinder, _ malformed: inout RowSet,
    _ body: (Int64) -> Void
  ) {
    var finder = finder
    let (isNumber, fill) = (isNumber, fill)
    wanted.forEach { place in
      rows.withRow(place) { row in
        switch finder.find(in: row) {
        case .value(let range): body(isNumber ? row.integer(in: range) : 0)
        case .missing: if let fill { body(fill) }
        case .null: break
        case .malformed: malformed.insert(place)
        }
      }
    }
  }
}
