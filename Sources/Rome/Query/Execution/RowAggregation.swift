// SPDX-License-Identifier: Apache-2.0

/// The aggregates of a statement over all rows of one source that an access path yields, computed on the bytes of the rows
/// where they lie: of a row that Rome wrote nothing is copied.
final class RowAggregation {
  private let source: SourceID
  private let cursor: RangeCursor
  private let sums: RowSums

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
    var parts: [RowSums.Part] = []
    for aggregate in pipeline.aggregates {
      switch aggregate.argument {
      case nil: parts.append((aggregate, nil))
      case let argument as ColumnEvaluation:
        guard let column = RowColumn(argument.position, of: source) else { return nil }
        parts.append((aggregate, column))
      default: return nil
      }
    }
    let sums = RowSums(condition, parts)
    self.source = source
    self.sums = sums
    cursor = RangeCursor([index], direction, .rows, reader, filter: RowFilter(sums))
  }

  /// The results of the aggregates, in their order.
  ///
  /// - Throws: ``RomeError/Code/corruptRow`` for a row that Rome did not write, ``RomeError/Code/arithmeticOverflow`` for a sum
  ///   that leaves 64 bits, and the failures of reading.
  func run() async throws(RomeError) -> [Accumulator] {
    while var pages = try await cursor.next(batch: SourceCursor.maximumBatch) {
      // Rows that were not added are malformed, and decoding them throws; what it lets through is a mistake too.
      for place in pages.indices {
        try pages[place].page.takeRows { key, row throws(RomeError) in
          _ = try source.row(row, key)
          throw RomeError(
            .corruptRow, "the bytes of the row are none that Rome wrote", entity: source.schema.table, key: key)
        }
      }
    }
    return try sums.accumulators()
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
