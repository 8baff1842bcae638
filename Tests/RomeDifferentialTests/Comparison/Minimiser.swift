// SPDX-License-Identifier: Apache-2.0

import Rome

/// Makes a failing case smaller as long as it fails.
struct Minimiser {
  let mode: Mode
  let store: StoreKind
  private(set) var query: TestQuery
  private(set) var data: DataSet
  private(set) var problem: String

  /// Whether a case fails; a case that SQLite can't answer does not.
  private func problem(_ query: TestQuery, _ data: DataSet) async -> String? {
    guard let environment = try? await Environment(data, on: store) else { return nil }
    let problem = try? await environment.mismatch(query, mode)
    await environment.erase()
    return problem ?? nil
  }

  init(_ query: TestQuery, _ data: DataSet, _ mode: Mode, _ store: StoreKind, problem: String) {
    self.store = store
    self.query = query
    self.data = data
    self.mode = mode
    self.problem = problem
  }

  /// Drops clauses, parts of conditions and rows until nothing more can go.
  mutating func run() async {
    var rounds = 0
    while rounds < 40, await shrinkQuery() { rounds += 1 }
    await shrinkData()
  }

  private mutating func shrinkQuery() async -> Bool {
    for candidate in query.smaller {
      if let found = await problem(candidate, data) {
        query = candidate
        problem = found
        return true
      }
    }
    return false
  }

  private mutating func shrinkData() async {
    for table in data.rows.indices {
      var count = data.rows[table].count
      while count > 0 {
        var start = 0
        while start < data.rows[table].count {
          var candidate = data
          candidate.remove(table: table, start..<min(start + count, candidate.rows[table].count))
          if let found = await problem(query, candidate) {
            data = candidate
            problem = found
          } else {
            start += count
          }
        }
        count /= 2
      }
    }
    guard mode == .pendingChanges else {
      data.changes = []
      return
    }
    for place in data.changes.indices.reversed() {
      var candidate = data
      candidate.changes.remove(at: place)
      if let found = await problem(query, candidate) {
        data = candidate
        problem = found
      }
    }
  }
}

extension DataSet {
  /// Removes rows, the changes of them, and what refers to them.
  fileprivate mutating func remove(table: Int, _ range: Range<Int>) {
    let model = Tables.all[table]
    let keys = Set(rows[table][range].map { row in model.primaryKey.map { row[$0] } })
    rows[table].removeSubrange(range)
    changes.removeAll { change in
      switch change {
      case .update(table, let key, _, _), .delete(table, let key): keys.contains(key)
      default: false
      }
    }
    for (place, other) in Tables.all.enumerated() {
      for key in other.foreignKeys where key.table == model.name {
        for row in rows[place].indices where keys.contains([rows[place][row][key.column]]) {
          rows[place][row][key.column] = .null
        }
      }
    }
  }
}

extension TestQuery {
  /// Queries with one part less. They may be wrong; then SQLite says so, and nobody compares them.
  fileprivate var smaller: [TestQuery] {
    var result: [TestQuery] = []
    func add(_ change: (inout TestQuery) -> Void) {
      var copy = self
      change(&copy)
      result.append(copy)
    }
    if branches.count > 1 {
      for place in branches.indices.dropFirst() { add { $0.branches.remove(at: place) } }
      if branches.count == 2 {
        for branch in branches {
          add {
            $0 = TestQuery(branches: [branch])
          }
        }
      }
      for place in unionConditions.indices { add { $0.unionConditions.remove(at: place) } }
      if unionLimit != nil { add { $0.unionLimit = nil } }
      if unionOffset != nil { add { $0.unionOffset = nil } }
      if !unionOrder.isEmpty, unionLimit == nil, unionOffset == nil {
        add {
          $0.unionOrder = []
          $0.isTotallyOrdered = false
        }
      }
    }
    for place in branches.indices {
      for smaller in branches[place].smaller { add { $0.branches[place] = smaller } }
    }
    let first = branches[0]
    if branches.count == 1, pageSize == nil, !first.order.isEmpty, first.limit == nil, first.offset == nil {
      add {
        $0.branches[0].order = []
        $0.isTotallyOrdered = false
        $0.orderedOutputs = []
      }
    }
    if branches.count == 1, orderedOutputs.isEmpty, pageSize == nil, first.outputs.count > 1 {
      for output in first.outputs.indices { add { $0.branches[0].outputs.remove(at: output) } }
    }
    return result
  }
}

extension TestSelect {
  /// Statements with one part less; the outputs and the order are left alone.
  fileprivate var smaller: [TestSelect] {
    var result: [TestSelect] = []
    func add(_ change: (inout TestSelect) -> Void) {
      var copy = self
      change(&copy)
      result.append(copy)
    }
    func addParts(_ path: WritableKeyPath<TestSelect, [TestExpression]>) {
      for place in self[keyPath: path].indices {
        add { $0[keyPath: path].remove(at: place) }
        for part in self[keyPath: path][place].smaller { add { $0[keyPath: path][place] = part } }
      }
    }
    if limit != nil { add { $0.limit = nil } }
    if offset != nil { add { $0.offset = nil } }
    if isDistinct { add { $0.isDistinct = false } }
    for place in joins.indices.dropFirst() { add { $0.joins.remove(at: place) } }
    for place in joins.indices {
      for condition in joins[place].conditions.indices {
        add { $0.joins[place].conditions.remove(at: condition) }
        for part in joins[place].conditions[condition].smaller { add { $0.joins[place].conditions[condition] = part } }
      }
    }
    addParts(\.conditions)
    addParts(\.groupConditions)
    return result
  }
}

extension TestExpression {
  /// Conditions that are parts of this one.
  fileprivate var smaller: [TestExpression] {
    switch self {
    case .and(let parts), .or(let parts): return parts
    case .not(let part): return [part] + part.smaller.map { .not($0) }
    case .exists(let select): return select.smaller.map { .exists($0) }
    case .inSelect(let part, let select, let isNegated):
      return select.smaller.map { .inSelect(part, $0, isNegated: isNegated) }
    default: return []
    }
  }
}
