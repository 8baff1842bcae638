// SPDX-License-Identifier: Apache-2.0

/// A correlated subquery that is no union.
final class CorrelatedSelect {
  private let statement: SelectStatement
  private let scope: Scope
  private let outer: Scope
  private let context: QueryContext
  private let usesIndexes: Bool
  private let pipeline: RowPipeline
  private let planned: [ExpressionNode]
  /// Equalities between the subquery and the statement around: nodes, and bound.
  private let owns: [any Evaluable]
  private let others: [any Evaluable]
  /// Conditions that look at both and are no equalities.
  private let residual: [any Evaluable]
  /// The column by which a batch of outer rows finds its inner rows through an index, and the number of its equality.
  private let lookup: (column: ExpressionNode, equality: Int)?
  private var table: [[Value]: [Tuple]] = [:]
  private var lists: [[Value]: ValueList] = [:]

  init(
    _ statement: SelectStatement, in outer: Scope, _ context: QueryContext, usesIndexes: Bool, readsBatches: Bool
  ) async throws(RomeError) {
    self.statement = statement
    self.outer = outer
    self.context = context
    self.usesIndexes = usesIndexes
    let own = Set(statement.sources.map(\.id))
    for source in statement.sources where source.kind == .left {
      let free = source.conditions.reduce(into: Set<SourceID>()) { $0.formUnion($1.freeSources) }
      if !free.isSubset(of: own) {
        throw RomeError(
          .invalidQuery, "the condition of an outer join inside a subquery looks at the query around it",
          entity: source.id.schema.table)
      }
    }
    scope = Scope(frame: outer.frame, parent: outer, sources: statement.sources.map(\.id))
    try await scope.prepareSubqueries(of: statement, context, usesIndexes: usesIndexes, readsBatches: false)
    let parts = StatementParts(statement)
    planned = parts.planned
    var equalities: [(own: ExpressionNode, other: ExpressionNode)] = []
    var residual: [ExpressionNode] = []
    for condition in parts.late {
      if let equality = Self.equality(condition, own) {
        equalities.append(equality)
      } else {
        residual.append(condition)
      }
    }
    owns = try scope.bind(all: equalities.map(\.own))
    others = try outer.bind(all: equalities.map(\.other))
    self.residual = try scope.bind(all: residual)
    pipeline = try RowPipeline(statement, scope, needsSort: true)
    lookup = readsBatches && usesIndexes ? Self.lookup(equalities.map(\.own), context) : nil
    if lookup == nil { try await fill(planned) }
  }

  /// The condition as an equality between the subquery and what is around it.
  static func equality(
    _ node: ExpressionNode, _ own: Set<SourceID>
  )
    -> (own: ExpressionNode, other: ExpressionNode)?
  {
    guard case .comparison(.equal, let left, let right) = node, !node.hasSubquery else { return nil }
    for (mine, other) in [(left, right), (right, left)] {
      let free = mine.freeSources
      if !free.isEmpty, free.isSubset(of: own), other.freeSources.isDisjoint(with: own) { return (mine, other) }
    }
    return nil
  }

  /// The first equality whose column an index begins with.
  static func lookup(
    _ owns: [ExpressionNode], _ context: QueryContext
  )
    -> (column: ExpressionNode, equality: Int)?
  {
    for (number, node) in owns.enumerated() {
      guard case .column(let source, let position) = node else { continue }
      if context.ways(to: source.schema).contains(where: { $0.columns.first == position }) { return (node, number) }
    }
    return nil
  }

  /// Reads the combinations that the conditions leave, and keeps them by the values of the equalities.
  private func fill(_ conditions: [ExpressionNode]) async throws(RomeError) {
    table = [:]
    lists = [:]
    let plan = try JoinPlanner(
      statement, conditions, context, usesIndexes: usesIndexes, limit: nil, ordered: false
    ).plan()
    let reader = try TupleReader(plan, scope, reader: context.reader, batch: SourceCursor.maximumBatch)
    while let tuples = try await reader.next() {
      for tuple in tuples {
        scope.load(tuple)
        if let key = try values(of: owns) { table[key, default: []].append(tuple) }
      }
    }
  }

  /// Reads what a batch of outer rows needs.
  func prepare(for tuples: [Tuple]) async throws(RomeError) {
    guard let lookup else { return }
    var wanted: Set<Value> = []
    for tuple in tuples {
      outer.load(tuple)
      let value = try others[lookup.equality].value(in: outer.frame)
      if !value.isNull { wanted.insert(value) }
    }
    try await fill(planned + [.isIn(lookup.column, ValueList(wanted))])
  }

  /// The values of expressions for the current rows; nil when one is NULL, which equals nothing.
  private func values(of parts: [any Evaluable]) throws(RomeError) -> [Value]? {
    var result: [Value] = []
    for part in parts {
      let value = try part.value(in: scope.frame)
      if value.isNull { return nil }
      result.append(value)
    }
    return result
  }

  /// Whether there is a result for the current outer rows.
  func hasResult() throws(RomeError) -> Bool {
    if pipeline.isGrouped || statement.limit != nil || statement.offset != nil { return try !rows().isEmpty }
    guard let key = try values(of: others), let tuples = table[key] else { return false }
    if residual.isEmpty { return true }
    for tuple in tuples {
      scope.load(tuple)
      if try residual.allHold(in: scope.frame) { return true }
    }
    return false
  }

  /// The values of the first result column for the current outer rows.
  func list() throws(RomeError) -> ValueList {
    guard residual.isEmpty, let key = try values(of: others) else {
      return ValueList(try rows().map { $0.identity.first ?? .null })
    }
    if dependsOnlyOnKey, let known = lists[key] { return known }
    let list = ValueList(try rows().map { $0.identity.first ?? .null })
    if dependsOnlyOnKey { lists[key] = list }
    return list
  }

  /// Whether rows with the same values of the equalities get the same results.
  private lazy var dependsOnlyOnKey: Bool = {
    let own = Set(statement.sources.map(\.id))
    var nodes = statement.grouping + statement.groupConditions + statement.order.map(\.node)
    for case .expression(let node) in statement.outputs { nodes.append(node) }
    return nodes.allSatisfy { $0.freeSources.isSubset(of: own) && !$0.hasSubquery }
  }()

  /// The results for the current outer rows.
  func rows() throws(RomeError) -> [ResultRow] {
    var collector = RowCollector(pipeline)
    if let key = try values(of: others) {
      for tuple in table[key] ?? [] {
        scope.load(tuple)
        if try residual.allHold(in: scope.frame) { try collector.add(tuple) }
      }
    }
    return try collector.finish()
  }
}
