// SPDX-License-Identifier: Apache-2.0

/// The aggregates of a statement over all rows of one source that an access path yields, computed on the bytes of the rows
/// where they lie: of a row that Rome wrote nothing is copied.
final class RowAggregation {
  private let source: SourceID
  private let cursor: RangeCursor
  private let state: State

  /// What the filter of the scan adds to.
  private final class State {
    /// For each aggregate the place of its column; nil where the rows are counted. Without ``RowColumn/fill``, so that a look at one
    /// counts no references.
    private let columns: [(position: Int, shape: RowShape.Part)?]
    /// For each aggregate what its column reads as in older rows.
    private let fills: [Value]
    /// Added to for each row, and read behind the last one: that no two accesses overlap is not checked at run time.
    @exclusivity(unchecked) private(set) var accumulators: [Accumulator]
    private(set) var problem: RomeError?

    init(_ columns: [RowColumn?], _ accumulators: [Accumulator]) {
      self.columns = columns.map { column in column.map { ($0.position, $0.shape) } }
      fills = columns.map { $0?.fill ?? .null }
      self.accumulators = accumulators
    }

    /// Adds a row; false when it is none that Rome wrote.
    func add(_ row: RowView) -> Bool {
      do throws(RomeError) {
        for place in columns.indices { guard try add(row, place) else { return false } }
        return true
      } catch {
        problem = problem ?? error
        return true
      }
    }

    @inline(__always)
    private func add(_ row: RowView, _ place: Int) throws(RomeError) -> Bool {
      guard let (position, shape) = columns[place] else {
        try accumulators[place].add(nil)
        return true
      }
      switch row[position] {
      case .null: return true
      case .missing: try accumulators[place].add(fills[place])
      case .bytes(let bytes):
        guard shape.lengths.contains(bytes.count) else { return false }
        if shape.type == .int {
          try accumulators[place].add(integer: RowFormat.integer(bytes))
        } else {
          try accumulators[place].add(shape.type.value(of: bytes))
        }
      case .malformed: return false
      }
      return true
    }
  }

  /// The aggregation of a statement; nil when it has none, or one that needs whole rows.
  ///
  /// - Parameters:
  ///   - statement: The statement.
  ///   - plan: How its rows are found.
  ///   - pipeline: Its aggregates, bound.
  ///   - reader: What to read through.
  init?(_ statement: SelectStatement, _ plan: JoinPlan, _ pipeline: RowPipeline, _ reader: any RecordReader) {
    guard statement.isGrouped, statement.grouping.isEmpty, statement.union == nil, statement.sources.count == 1,
      plan.steps.count == 1, case .access(let access) = plan.steps[0].strategy,
      case .index(let index, let direction) = access.path, statement.looksAtNoRow
    else { return nil }
    let source = plan.steps[0].source
    let (condition, rest) = RowCondition.split(plan.steps[0].filters, of: source)
    guard rest.isEmpty else { return nil }
    var columns: [RowColumn?] = []
    for aggregate in pipeline.aggregates {
      switch aggregate.argument {
      case nil: columns.append(nil)
      case let argument as ColumnEvaluation:
        guard let column = RowColumn(argument.position, of: source) else { return nil }
        columns.append(column)
      default: return nil
      }
    }
    let state = State(columns, pipeline.aggregates.map { Accumulator($0) })
    let truth = condition?.truth
    let taking = RowFilter { raw in
      guard let row = RowView(raw) else { return true }
      switch truth?(row) ?? .yes {
      case .yes: return !state.add(row)
      case .no, .unknown: return false
      case .malformed: return true
      }
    }
    self.source = source
    self.state = state
    cursor = RangeCursor([index], direction, .rows, reader, filter: taking)
  }

  /// The results of the aggregates, in their order.
  ///
  /// - Throws: ``RomeError/Code/corruptRow`` for a row that Rome did not write, ``RomeError/Code/arithmeticOverflow`` for a sum
  ///   that leaves 64 bits, and the failures of reading.
  func run() async throws(RomeError) -> [Accumulator] {
    while var pages = try await cursor.next(batch: SourceCursor.maximumBatch) {
      // Rows that were not added are malformed, and decoding them throws; what it lets through is a mistake too.
      let rows = RowBatch()
      for place in pages.indices { try source.takeRows(of: &pages[place].page, into: rows) }
      if let row = rows.next() {
        throw RomeError(
          .corruptRow, "the bytes of the row are none that Rome wrote", entity: source.schema.table, key: row.key)
      }
      if let problem = state.problem { throw problem }
    }
    if let problem = state.problem { throw problem }
    return state.accumulators
  }
}

extension SelectStatement {
  /// Whether results, conditions of groups and order look at aggregates alone, so that no row stands for its group.
  fileprivate var looksAtNoRow: Bool {
    func looksAtNoRow(_ node: ExpressionNode) -> Bool {
      switch node {
      case .aggregate: true
      case .column: false
      default: node.subquery == nil && node.children.allSatisfy(looksAtNoRow)
      }
    }
    var nodes = groupConditions + order.map(\.node)
    for output in outputs {
      guard case .expression(let node) = output else { return false }
      nodes.append(node)
    }
    return nodes.allSatisfy(looksAtNoRow)
  }
}
