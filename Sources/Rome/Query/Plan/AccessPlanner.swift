// SPDX-License-Identifier: Apache-2.0

/// Chooses how the rows of one source are found.
struct AccessPlanner {
  let source: SourceID
  /// The conjuncts that are about this source alone.
  let conjuncts: [ExpressionNode]
  /// The columns that the query needs of the source; nil for all.
  let needed: Set<Int>?
  /// The order that is wanted; nil when it does not matter.
  let order: OrderRequest?
  /// The number of rows that are enough, when the order holds and nothing is filtered later.
  let limit: Int?
  /// The indexes that may be used.
  let indexes: [EntitySchema.Index]
  /// What each conjunct says about a column. It is asked for with each index, and a list of values is sorted for it.
  private let said: [(position: Int, constraint: ColumnConstraint, isExact: Bool)?]

  init(
    source: SourceID, conjuncts: [ExpressionNode], needed: Set<Int>?, order: OrderRequest?, limit: Int?,
    indexes: [EntitySchema.Index]
  ) {
    self.source = source
    self.conjuncts = conjuncts
    self.needed = needed
    self.order = order
    self.limit = limit
    self.indexes = indexes
    said = conjuncts.map { ColumnConstraint.of($0, source: source) }
  }

  /// The path with the lowest cost; of equals the one declared first.
  func plan() -> PlannedAccess {
    let constraints = constraints(said)
    if constraints.values.contains(where: { $0.points?.isEmpty == true }) {
      return PlannedAccess(
        path: .nothing, answered: Set(conjuncts.indices), estimate: 0, cost: 0, isOrdered: true)
    }
    var best: PlannedAccess?
    var rejected: [(index: String, reason: String)] = []
    func consider(_ candidate: PlannedAccess, _ title: String) {
      guard let current = best else {
        best = candidate
        return
      }
      if candidate.cost < current.cost {
        rejected.append((self.title(current.path), "costs \(Self.text(current.cost)), more than \(title)"))
        best = candidate
      } else {
        rejected.append(
          (title, "costs \(Self.text(candidate.cost)), not less than \(self.title(current.path))"))
      }
    }
    let accesses = accesses(constraints)
    consider(planned(accesses[0], constraints), "primary key")
    for access in accesses.dropFirst() {
      let candidate = planned(access, constraints)
      if access.pointColumns == 0, access.ranges == [.all], !candidate.isOrdered || order == nil {
        if case .covering = candidate.path {
          consider(candidate, access.index.title)
        } else {
          let column = source.schema.columns[access.index.columns[0]].name
          rejected.append((access.index.title, "no condition on its first column '\(column)'"))
        }
      } else {
        consider(candidate, access.index.title)
      }
    }
    if let candidate = intersection(accesses) { consider(candidate, "intersection") }
    if let candidate = union() { consider(candidate, "union") }
    guard var result = best else {
      return PlannedAccess(path: .nothing, answered: [], estimate: 0, cost: 0, isOrdered: false)
    }
    result.rejected = rejected.filter { $0.index != title(result.path) }
    return result
  }

  private static func text(_ cost: Double) -> String { String(Int(min(cost, 1e9).rounded())) }

  private func title(_ path: AccessPath) -> String {
    switch path {
    case .nothing: "nothing"
    case .keys: "primary key"
    case .index(let access, _), .covering(let access, _): access.index.title
    case .union: "union"
    case .intersection: "intersection"
    }
  }

  /// The constraints of columns by what conjuncts say.
  private func constraints(
    _ conjuncts: [(position: Int, constraint: ColumnConstraint, isExact: Bool)?]
  ) -> [Int: ColumnConstraint] {
    var result: [Int: ColumnConstraint] = [:]
    for (place, said) in conjuncts.enumerated() {
      guard let said else { continue }
      var constraint = said.constraint
      if said.isExact { constraint.answered = [place] }
      if var existing = result[said.position] {
        existing.formIntersection(constraint)
        constraint = existing
      }
      result[said.position] = constraint
    }
    return result
  }

  private func accesses(_ constraints: [Int: ColumnConstraint]) -> [IndexAccess] {
    [IndexAccess(IndexReference(primaryKeyOf: source.schema), constraints)]
      + indexes.map { IndexAccess(IndexReference($0), constraints) }
  }

  /// The part of the rows that fulfil the conjuncts that a path does not answer.
  private func selectivity(without answered: Set<Int>) -> Double {
    var result = 1.0
    for place in conjuncts.indices where !answered.contains(place) {
      result *= said[place]?.constraint.selectivity ?? CostModel.condition
    }
    return max(result, 0.0001)
  }

  private func planned(_ access: IndexAccess, _ constraints: [Int: ColumnConstraint]) -> PlannedAccess {
    let direction = order.flatMap { $0.direction(access, constraints, source.schema) }
    let isOrdered = order == nil || direction != nil || access.estimate == 0
    let (access, isBehindMarker) = order?.narrowed(access, constraints, source.schema) ?? (access, false)
    let answered = isBehindMarker ? access.answered.union(markerConjuncts) : access.answered
    let isWhole = answered.count == conjuncts.count
    var read = access.estimate
    let selectivity = isWhole ? 1 : selectivity(without: answered)
    if let limit, isOrdered { read = min(read, Double(limit) / selectivity) }
    let yield = read * selectivity
    if access.isKeys, access.ranges.count > 1 || direction == nil || order == nil {
      let keys = access.ranges.map(\.lower)
      let isSorted = direction != nil || order == nil || keys.count == 1
      return PlannedAccess(
        path: .keys(direction == .backward ? keys.reversed() : keys), answered: access.answered,
        estimate: Double(keys.count),
        cost: Double(keys.count) + (isSorted ? 0 : Double(keys.count) * CostModel.sorting),
        isOrdered: isSorted)
    }
    var cost = read
    let isCovering = isCovering(access.index)
    if isCovering { cost *= CostModel.entry }
    if !isOrdered { cost += yield * CostModel.sorting }
    let path: AccessPath =
      isCovering
      ? .covering(access, direction: direction ?? .forward) : .index(access, direction: direction ?? .forward)
    return PlannedAccess(
      path: path, answered: answered, estimate: yield, cost: cost, isOrdered: isOrdered)
  }

  /// The conjuncts that leave only the rows behind the marker.
  private var markerConjuncts: [Int] {
    conjuncts.indices.filter { if case .isBehind = conjuncts[$0] { true } else { false } }
  }

  /// Whether the entries of the index hold all columns that the query needs.
  private func isCovering(_ index: IndexReference) -> Bool {
    guard let needed, index.name != nil else { return false }
    return needed.isSubset(of: index.columns + source.schema.primaryKey)
  }

  /// Two indexes whose ranges are both wide, so that reading the entries of both and the rows in both is less.
  private func intersection(_ accesses: [IndexAccess]) -> PlannedAccess? {
    let candidates = accesses.filter { $0.index.name != nil && $0.ranges != [.all] && !$0.ranges.isEmpty }
    guard candidates.count > 1 else { return nil }
    var best: PlannedAccess?
    for (place, first) in candidates.enumerated() {
      for second in candidates[(place + 1)...] {
        let columns = Set(first.index.columns.prefix(first.pointColumns + 1))
        guard columns.isDisjoint(with: second.index.columns.prefix(second.pointColumns + 1)) else { continue }
        let answered = first.answered.union(second.answered)
        let rows = first.estimate * second.estimate / CostModel.tableRows
        var cost = CostModel.roundTrip + (first.estimate + second.estimate) * CostModel.entry + rows
        let yield = rows * selectivity(without: answered)
        if order != nil { cost += yield * CostModel.sorting }
        if cost < best?.cost ?? .infinity {
          best = PlannedAccess(
            path: .intersection(first, second), answered: answered, estimate: yield, cost: cost,
            isOrdered: order == nil)
        }
      }
    }
    return best
  }

  /// A disjunction whose branches all have an index.
  private func union() -> PlannedAccess? {
    var best: PlannedAccess?
    for (place, node) in conjuncts.enumerated() {
      guard case .or(let parts) = node else { continue }
      var branches: [IndexAccess] = []
      var isWhole = true
      for part in parts {
        let conditions = part.conjuncts
        let constraints = constraints(conditions.map { ColumnConstraint.of($0, source: source) })
        if constraints.values.contains(where: { $0.points?.isEmpty == true }) { continue }
        let access = accesses(constraints).filter { $0.ranges != [.all] }.min { $0.estimate < $1.estimate }
        guard let access else {
          branches = []
          break
        }
        if access.answered.count < conditions.count { isWhole = false }
        branches.append(access)
      }
      if branches.isEmpty { continue }
      let answered: Set<Int> = isWhole ? [place] : []
      let read = branches.reduce(0) { $0 + $1.estimate }
      let yield = read * selectivity(without: [place])
      var cost = read
      if order != nil { cost += yield * CostModel.sorting }
      if cost < best?.cost ?? .infinity {
        best = PlannedAccess(
          path: .union(branches), answered: answered, estimate: yield, cost: cost, isOrdered: order == nil)
      }
    }
    return best
  }
}
