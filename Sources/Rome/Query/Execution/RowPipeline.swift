// SPDX-License-Identifier: Apache-2.0

/// What a statement does with the combinations of rows that fulfil its conditions: grouping, results, order. Bound once;
/// a ``RowCollector`` holds the state of one execution.
struct RowPipeline {
  /// A result of the statement.
  enum Output {
    /// The row in the slot of an entity.
    case row(slot: Int)
    /// The value of an expression.
    case value(any Evaluable)
  }

  let statement: SelectStatement
  let scope: Scope
  let isGrouped: Bool
  let grouping: [any Evaluable]
  let aggregates: [BoundAggregate]
  let groupConditions: [any Evaluable]
  let outputs: [Output]
  let order: [(key: OrderKey, part: any Evaluable)]
  /// Whether rows must be sorted, because they do not come in the order of the statement.
  let needsSort: Bool

  init(_ statement: SelectStatement, _ scope: Scope, needsSort: Bool) throws(RomeError) {
    self.statement = statement
    self.scope = scope
    isGrouped = statement.union == nil && statement.isGrouped
    self.needsSort = needsSort && !statement.order.isEmpty
    grouping = try scope.bind(all: statement.grouping)
    var aggregates: [BoundAggregate] = []
    if isGrouped {
      for node in statement.aggregateNodes where scope.places[node] == nil {
        guard case .aggregate(let function, let argument, let isDistinct) = node else { continue }
        let bound = try argument.map { node throws(RomeError) in try scope.bind(node) }
        let place = scope.frame.reserveValues(1)
        aggregates.append(
          BoundAggregate(function: function, argument: bound, isDistinct: isDistinct, place: place))
        scope.places[node] = place
      }
    }
    self.aggregates = aggregates
    groupConditions = try scope.bind(all: statement.groupConditions)
    var outputs: [Output] = []
    for output in statement.outputs {
      switch output {
      case .expression where statement.union != nil:
        // By its place: two results of a union are two values, also when the first statement computes them the same way.
        let place = outputs.count { if case .value = $0 { true } else { false } }
        outputs.append(.value(PlaceEvaluation(place: scope.firstValue + place)))
      case .entity(let source):
        guard let slot = scope.slot(of: source) else {
          throw RomeError(
            .invalidQuery, "'\(source.name)' is no source of the query: join it", entity: source.schema.table)
        }
        outputs.append(.row(slot: slot))
      case .expression(let node): outputs.append(.value(try scope.bind(node)))
      }
    }
    self.outputs = outputs
    var order: [(key: OrderKey, part: any Evaluable)] = []
    if self.needsSort {
      for key in statement.order { order.append((key, try scope.bind(key.node))) }
    }
    self.order = order
  }

  /// Whether the results are the rows of the only source, in the order in which they come.
  var yieldsRows: Bool {
    guard statement.sources.count == 1, outputs.count == 1, case .row = outputs[0] else { return false }
    return !isGrouped && !needsSort && !statement.isDistinct
  }

  /// The result of the current rows of the frame.
  func makeRow() throws(RomeError) -> ResultRow {
    var row = ResultRow()
    for output in outputs { row.append(try item(output)) }
    return row
  }

  private func item(_ output: Output) throws(RomeError) -> ResultRow.Item {
    switch output {
    case .row(let slot): .row(scope.frame.slots[slot])
    case .value(let expression): .value(try expression.value(in: scope.frame))
    }
  }
}

extension SelectStatement {
  /// The aggregates in the results, the conditions of groups and the order, each once.
  var aggregateNodes: [ExpressionNode] {
    var result: [ExpressionNode] = []
    func visit(_ node: ExpressionNode) {
      if case .aggregate = node {
        if !result.contains(node) { result.append(node) }
      } else {
        node.children.forEach(visit)
      }
    }
    for case .expression(let node) in outputs { visit(node) }
    groupConditions.forEach(visit)
    for key in order { visit(key.node) }
    return result
  }
}

extension ResultRow {
  /// What tells the row from others in DISTINCT and UNION: values, and the keys of rows.
  var identity: [Value] {
    map { item in
      switch item {
      case .row(let row): row.map { .bytes($0.key.bytes) } ?? .null
      case .value(let value): value
      }
    }
  }
}
