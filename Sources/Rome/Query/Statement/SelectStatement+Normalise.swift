// SPDX-License-Identifier: Apache-2.0

extension SelectStatement {
  /// The statement with everything said that was implied: conditions for soft deletes, the tie breaker of the order.
  ///
  /// - Parameter inherited: What the statement around it reads of soft-deleted rows.
  /// - Throws: ``RomeError/Code/invalidQuery`` and others when the query is wrong in itself.
  func normalised(inherited: ReadDeleted) throws(RomeError) -> SelectStatement {
    if let problem { throw problem }
    if let limit, limit < 0 { throw RomeError(.invalidQuery, "the limit is negative") }
    if let offset, offset < 0 { throw RomeError(.invalidQuery, "the offset is negative") }
    if sources.isEmpty, union == nil {
      throw RomeError(.invalidQuery, "the query has no source: say which with 'from'")
    }
    var result = self
    let deleted = readDeleted ?? inherited
    result.readDeleted = deleted
    for (place, source) in sources.enumerated() {
      if let problem = source.id.schema.problems.first {
        throw RomeError(.invalidSchema, problem, entity: source.id.schema.table)
      }
      if sources[..<place].contains(where: { $0.id == source.id }) {
        throw RomeError(
          .invalidQuery, "'\(source.id.name)' is twice in the query: use an alias", entity: source.id.schema.table)
      }
      guard let condition = source.id.condition(for: deleted, isFirst: place == 0) else { continue }
      if source.kind == .left {
        result.sources[place].conditions.append(condition)
      } else {
        result.conditions.append(condition)
      }
    }
    if canBreakTies {
      if marker != nil || !order.isEmpty { result.appendTieBreaker() }
    } else if marker != nil {
      throw RomeError(.invalidQuery, "only a query of one source can go on behind a marker")
    }
    if let marker {
      guard marker.count == result.order.count else {
        throw RomeError(
          .invalidQuery,
          "a page begins behind \(result.order.count) values, those of its order and the primary key, not \(marker.count)"
        )
      }
      result.conditions.append(.isBehind(result.order, marker))
    }
    return result
  }

  /// Whether the primary key of the only source tells rows apart that are equal in the order.
  private var canBreakTies: Bool { sources.count == 1 && union == nil && !isGrouped && (marker != nil || !isDistinct) }

  /// Appends the columns of the primary key that the order does not have yet, so that no two rows are equal in it: then the
  /// page behind a row goes on where the page before it has ended, whatever access paths the two take.
  private mutating func appendTieBreaker() {
    guard let source = sources.first?.id else { return }
    let isDescending = isReadBackward(source)
    for position in source.schema.primaryKey {
      let node = ExpressionNode.column(source, position)
      if !order.contains(where: { $0.node == node }) { order.append(OrderKey(node, descending: isDescending)) }
    }
  }

  /// Whether the first index that has the columns of the order in a row gives them when it is read backward. Its entries
  /// with equal columns come with descending primary keys then; a tie breaker of that direction needs no sort.
  private func isReadBackward(_ source: SourceID) -> Bool {
    let columns = order.compactMap { key -> Int? in
      if case .column(source, let position) = key.node { position } else { nil }
    }
    guard let first = order.first, columns.count == order.count else { return false }
    func place(in others: [Int]) -> Int? { others.indices.first { others[$0...].starts(with: columns) } }
    if place(in: source.schema.primaryKey) != nil { return first.isDescending }
    for index in source.schema.indexes {
      if let start = place(in: index.columns) { return first.isDescending != index.descending[start] }
    }
    return false
  }
}

extension SourceID {
  /// The condition that leaves the rows that the query shall see; nil when that is all.
  fileprivate func condition(for deleted: ReadDeleted, isFirst: Bool) -> ExpressionNode? {
    guard let position = schema.position(of: .deleted) else { return nil }
    let column = schema.columns[position]
    guard let live = column.liveValue else { return nil }
    let node = ExpressionNode.column(self, position)
    let isLive = ExpressionNode.comparison(.equal, node, .literal(live))
    switch deleted {
    case .no: return column.isNullable ? .or([isLive, .isNull(node)]) : isLive
    case .only where isFirst:
      return column.type == .bool
        ? .comparison(.equal, node, .literal(.bool(true))) : .comparison(.notEqual, node, .literal(live))
    case .only, .yes: return nil
    }
  }
}

extension ColumnDescription {
  /// What a column for soft deletes holds in a row that is not deleted; nil for a type that none can have.
  var liveValue: Value? {
    switch type {
    case .bool: .bool(false)
    case .int: .int(0)
    default: nil
    }
  }
}
