// SPDX-License-Identifier: Apache-2.0

/// The state of one execution of a ``RowPipeline``: groups, rows to sort, what was seen and counted.
struct RowCollector {
  private struct Group {
    let representative: Tuple?
    var accumulators: [Accumulator]
  }

  private struct SortedRow {
    let keys: [Value]
    let sequence: Int
    let row: ResultRow
  }

  private let pipeline: RowPipeline
  private var groups: [Group] = []
  private var groupPlaces: [[Value]: Int] = [:]
  private var sorted: [SortedRow] = []
  private var ready: [ResultRow] = []
  private var seen: Set<[Value]> = []
  private var sequence = 0
  private var skipped = 0
  private var emitted = 0

  init(_ pipeline: RowPipeline) {
    self.pipeline = pipeline
  }

  /// Whether no further row can become a result.
  var isFull: Bool {
    guard !pipeline.isGrouped, !pipeline.needsSort, let limit = pipeline.statement.limit else { return false }
    return emitted >= limit
  }

  /// Makes room for the results of as many combinations more, so that it is made once.
  mutating func reserve(_ more: Int) {
    if !pipeline.isGrouped, !pipeline.needsSort { ready.reserveCapacity(ready.count + more) }
  }

  /// Adds a combination of rows that fulfils the conditions of the statement.
  mutating func add(_ tuple: Tuple) throws(RomeError) {
    pipeline.scope.load(tuple)
    if pipeline.isGrouped {
      try addToGroup(tuple)
    } else {
      try emit()
    }
  }

  /// The results that are there so far, when they come in order; they are handed out once.
  mutating func take() -> [ResultRow] {
    defer { ready = [] }
    return ready
  }

  /// Adds a group whose aggregates were computed before, and that no row stands for.
  mutating func addGroup(_ accumulators: [Accumulator]) {
    groups.append(Group(representative: nil, accumulators: accumulators))
  }

  /// Ends the execution.
  ///
  /// - Returns: The results that were not taken yet.
  mutating func finish() throws(RomeError) -> [ResultRow] {
    if pipeline.isGrouped { try finishGroups() }
    if pipeline.needsSort {
      sortRows()
      let offset = pipeline.statement.offset ?? 0
      let rows = sorted.dropFirst(offset)
      ready = (pipeline.statement.limit.map { rows.prefix($0) } ?? rows).map(\.row)
      sorted = []
    }
    return take()
  }

  private mutating func addToGroup(_ tuple: Tuple) throws(RomeError) {
    let frame = pipeline.scope.frame
    var key: [Value] = []
    key.reserveCapacity(pipeline.grouping.count)
    for part in pipeline.grouping { key.append(try part.value(in: frame)) }
    let place: Int
    if let known = groupPlaces[key] {
      place = known
    } else {
      place = groups.count
      groupPlaces[key] = place
      groups.append(Group(representative: tuple, accumulators: pipeline.aggregates.map { Accumulator($0) }))
    }
    for (number, aggregate) in pipeline.aggregates.enumerated() {
      let value = try aggregate.argument.map { part throws(RomeError) in try part.value(in: frame) }
      try groups[place].accumulators[number].add(value)
    }
  }

  private mutating func finishGroups() throws(RomeError) {
    if groups.isEmpty, pipeline.grouping.isEmpty {
      // Without GROUP BY, all rows are one group, even when there are none.
      groups.append(Group(representative: nil, accumulators: pipeline.aggregates.map { Accumulator($0) }))
    }
    let scope = pipeline.scope
    for group in groups {
      if let tuple = group.representative {
        scope.load(tuple)
      } else {
        for place in scope.sources.indices { scope.frame.slots[scope.firstSlot + place] = nil }
      }
      for (aggregate, accumulator) in zip(pipeline.aggregates, group.accumulators) {
        scope.frame.values[aggregate.place] = accumulator.result
      }
      if try pipeline.groupConditions.allHold(in: scope.frame) { try emit() }
    }
    groups = []
  }

  /// Makes a result of the current rows.
  private mutating func emit() throws(RomeError) {
    if isFull { return }
    let row = try pipeline.makeRow()
    if pipeline.statement.isDistinct, !seen.insert(row.identity).inserted { return }
    if pipeline.needsSort {
      var keys: [Value] = []
      keys.reserveCapacity(pipeline.order.count)
      for key in pipeline.order { keys.append(try key.part.value(in: pipeline.scope.frame)) }
      sorted.append(SortedRow(keys: keys, sequence: sequence, row: row))
      sequence += 1
      dropHopelessRows()
    } else if skipped < pipeline.statement.offset ?? 0 {
      skipped += 1
    } else if emitted < pipeline.statement.limit ?? .max {
      emitted += 1
      ready.append(row)
    }
  }

  private mutating func sortRows() {
    let order = pipeline.order
    sorted.sort { left, right in
      for (place, key) in order.enumerated() {
        let result = key.key.compare(left.keys[place], right.keys[place])
        if result != 0 { return result < 0 }
      }
      return left.sequence < right.sequence
    }
  }

  /// Keeps memory to a small multiple of what a limit leaves.
  private mutating func dropHopelessRows() {
    guard let limit = pipeline.statement.limit else { return }
    let (wanted, overflow) = limit.addingReportingOverflow(pipeline.statement.offset ?? 0)
    guard !overflow, wanted < 1 << 40, sorted.count > 2 * wanted + 1024 else { return }
    sortRows()
    sorted.removeLast(sorted.count - wanted)
  }
}
