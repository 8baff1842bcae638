// SPDX-License-Identifier: Apache-2.0

/// Adds the rows of one more source to combinations.
final class JoinStage {
  private let step: SourceStep
  private let scope: Scope
  private let reader: any RecordReader
  private let conditions: [any Evaluable]
  private let filters: [any Evaluable]
  private let slot: Int
  /// What the index columns, or the keys of the hash table, must equal.
  private let others: [any Evaluable]
  private let owns: [any Evaluable]
  /// What the rows of a hash table must fulfil by themselves, the part that goes with their scans and the other one.
  private let filter: RowFilter?
  private let ownConditions: [any Evaluable]
  private var table: [[Value]: [SourceRow]]?

  init(_ step: SourceStep, _ scope: Scope, _ reader: any RecordReader) throws(RomeError) {
    self.step = step
    self.scope = scope
    self.reader = reader
    slot = scope.firstSlot + step.place
    filters = try scope.bind(all: step.filters)
    switch step.strategy {
    case .lookup(_, let parts):
      conditions = try scope.bind(all: step.joinConditions)
      others = try scope.bind(all: parts)
      (owns, filter, ownConditions) = ([], nil, [])
    case .hash(let access, let equalities):
      func isOwn(_ node: ExpressionNode) -> Bool { !node.hasSubquery && node.freeSources == [step.source] }
      conditions = try scope.bind(all: step.joinConditions.filter { !isOwn($0) })
      others = try scope.bind(all: equalities.map(\.other))
      owns = try scope.bind(all: equalities.map(\.own))
      let (filter, rest) = access.path.split(step.joinConditions.filter(isOwn), step.source)
      self.filter = filter
      ownConditions = try scope.bind(all: rest)
    case .access:
      throw RomeError(.invalidQuery, "only the first source is read by itself", entity: step.source.schema.table)
    }
  }

  /// The combinations with the rows of the source that belong to them; in the order of the combinations.
  func process(_ tuples: [Tuple]) async throws(RomeError) -> [Tuple] {
    switch step.strategy {
    case .lookup(let index, _): return try await lookUp(tuples, index)
    case .access: return []
    case .hash(let access, _):
      let table: [[Value]: [SourceRow]]
      if let existing = self.table {
        table = existing
      } else {
        table = try await load(access)
        self.table = table
      }
      var result: [Tuple] = []
      for tuple in tuples {
        scope.load(tuple)
        let key = try values(of: others)
        try extend(tuple, with: key.flatMap { table[$0] } ?? [], into: &result)
      }
      return result
    }
  }

  /// The values of the expressions; nil when one of them is NULL, which equals nothing.
  private func values(of expressions: [any Evaluable]) throws(RomeError) -> [Value]? {
    var result: [Value] = []
    result.reserveCapacity(expressions.count)
    for expression in expressions {
      let value = try expression.value(in: scope.frame)
      if value.isNull { return nil }
      result.append(value)
    }
    return result
  }

  private func extend(_ tuple: Tuple, with candidates: [SourceRow], into result: inout [Tuple]) throws(RomeError) {
    let frame = scope.frame
    var isMatched = false
    for candidate in candidates {
      frame.slots[slot] = candidate
      guard try conditions.allHold(in: frame) else { continue }
      isMatched = true
      guard try filters.allHold(in: frame) else { continue }
      var extended = tuple
      extended[step.place] = candidate
      result.append(extended)
    }
    if !isMatched, step.kind == .left {
      frame.slots[slot] = nil
      if try filters.allHold(in: frame) { result.append(tuple) }
    }
  }

  private func load(_ access: PlannedAccess) async throws(RomeError) -> [[Value]: [SourceRow]] {
    let cursor = SourceCursor(
      access.path, of: step.source, reader: reader, batch: SourceCursor.maximumBatch, filter: filter)
    var table: [[Value]: [SourceRow]] = [:]
    while let rows = try await cursor.next() {
      for row in rows {
        scope.frame.slots[slot] = row
        guard try ownConditions.allHold(in: scope.frame), let key = try values(of: owns) else { continue }
        table[key, default: []].append(row)
      }
    }
    return table
  }

  private func lookUp(_ tuples: [Tuple], _ index: IndexReference) async throws(RomeError) -> [Tuple] {
    var keys: [Key?] = []
    var places: [Key: Int] = [:]
    var distinct: [Key] = []
    for tuple in tuples {
      scope.load(tuple)
      guard let values = try values(of: others) else {
        keys.append(nil)
        continue
      }
      var encoder = KeyEncoder()
      for (place, value) in values.enumerated() { encoder.append(value, descending: index.descending[place]) }
      let key = encoder.key
      if places[key] == nil {
        places[key] = distinct.count
        distinct.append(key)
      }
      keys.append(key)
    }
    let found = try await rows(with: distinct, index)
    var result: [Tuple] = []
    result.reserveCapacity(tuples.count)
    for (tuple, key) in zip(tuples, keys) {
      scope.load(tuple)
      try extend(tuple, with: key.flatMap { places[$0] }.map { found[$0] } ?? [], into: &result)
    }
    return result
  }

  /// The rows behind each of the prefixes of an index, in one round trip unless the store cuts pages short.
  private func rows(with prefixes: [Key], _ index: IndexReference) async throws(RomeError) -> [[SourceRow]] {
    if index.name == nil, others.count == index.columns.count {
      return try await step.source.rows(with: prefixes, reader).map { $0.map { [WholeRow($0)] } ?? [] }
    }
    return try await step.source.rows(behind: prefixes, of: index, reader)
  }
}

extension SourceID {
  /// The rows behind each of the prefixes of an index, in one round trip unless the store cuts pages short.
  func rows(
    behind prefixes: [Key], of index: IndexReference, _ reader: any RecordReader
  ) async throws(RomeError)
    -> [[SourceRow]]
  {
    var pages = try await reader.scanAll(prefixes.map { Scan(index.space, .prefix($0.bytes)) })
    var result: [[SourceRow]] = []
    result.reserveCapacity(pages.count)
    for place in pages.indices {
      let rows = RowBatch()
      try takeRows(of: &pages[place], into: rows)
      result.append(rows.takeSourceRows())
    }
    return result
  }
}
