// SPDX-License-Identifier: Apache-2.0

/// The combinations of rows that a join plan finds, in batches.
final class TupleReader {
  private let plan: JoinPlan
  private let scope: Scope
  private let reader: any RecordReader
  private let cursor: SourceCursor
  private let filters: [any Evaluable]
  private var joins: [JoinStage] = []
  private let place: Int

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - scope: The scope of the statement.
  ///   - reader: What to read through.
  ///   - batch: How many rows of the first source to ask for at first.
  init(_ plan: JoinPlan, _ scope: Scope, reader: any RecordReader, batch: Int) throws(RomeError) {
    self.plan = plan
    self.scope = scope
    self.reader = reader
    guard let first = plan.steps.first, case .access(let access) = first.strategy else {
      throw RomeError(.invalidQuery, "the query has no source")
    }
    place = first.place
    let (filter, rest) = access.path.split(first.filters, first.source)
    cursor = SourceCursor(access.path, of: first.source, reader: reader, batch: batch, filter: filter)
    filters = try scope.bind(all: rest)
    for step in plan.steps.dropFirst() { joins.append(try JoinStage(step, scope, reader)) }
  }

  /// The next rows of the first source, perhaps none; nil at the end.
  func nextRows() async throws(RomeError) -> [SourceRow]? {
    guard let rows = try await cursor.next() else { return nil }
    if filters.isEmpty { return rows }
    var wanted: [SourceRow] = []
    for row in rows where try isWanted(row) { wanted.append(row) }
    return wanted
  }

  /// The next rows of the first source, perhaps none, of a plan that reads whole rows; nil at the end.
  func nextWholeRows() async throws(RomeError) -> RowBatch? {
    guard let rows = try await cursor.nextWhole() else { return nil }
    if filters.isEmpty { return rows }
    let wanted = RowBatch()
    while let row = rows.next() {
      if try isWanted(WholeRow(row)) { wanted.append(row) }
    }
    return wanted
  }

  private func isWanted(_ row: SourceRow) throws(RomeError) -> Bool {
    scope.frame.slots[scope.firstSlot + place] = row
    return try filters.allHold(in: scope.frame)
  }

  /// The next combinations, perhaps none; nil at the end.
  func next() async throws(RomeError) -> [Tuple]? {
    guard let rows = try await nextRows() else { return nil }
    var tuples: [Tuple] = []
    tuples.reserveCapacity(rows.count)
    let count = scope.sources.count
    for row in rows {
      var tuple = Tuple(count: count)
      tuple[place] = row
      tuples.append(tuple)
    }
    for join in joins where !tuples.isEmpty { tuples = try await join.process(tuples) }
    return tuples
  }
}

extension [any Evaluable] {
  /// Whether all conditions are true.
  func allHold(in frame: Frame) throws(RomeError) -> Bool {
    for condition in self where try condition.truth(in: frame) != true { return false }
    return true
  }
}
