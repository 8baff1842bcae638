// SPDX-License-Identifier: Apache-2.0

/// What conditions say about the columns of a source. They are few, so looking through a list is quicker than hashing.
struct ColumnConstraints {
  private var entries: [(position: Int, constraint: ColumnConstraint)] = []

  /// The constraints that hold when all of the conjuncts do.
  ///
  /// - Parameter conjuncts: What each conjunct says of a column, as ``ColumnConstraint/of(_:source:)`` tells; nil for one that
  ///   says nothing of use.
  init(_ conjuncts: [(position: Int, constraint: ColumnConstraint, isExact: Bool)?]) {
    for (place, said) in conjuncts.enumerated() {
      guard let said else { continue }
      var constraint = said.constraint
      if said.isExact { constraint.answered = PositionSet(place) }
      if let known = entries.firstIndex(where: { $0.position == said.position }) {
        entries[known].constraint.formIntersection(constraint)
      } else {
        entries.append((said.position, constraint))
      }
    }
  }

  /// The constraint of a column; nil when there is none.
  subscript(position: Int) -> ColumnConstraint? {
    for entry in entries where entry.position == position { return entry.constraint }
    return nil
  }

  /// How many columns have constraints.
  var count: Int { entries.count }

  /// Whether a column has a constraint.
  func constrain(_ position: Int) -> Bool { entries.contains { $0.position == position } }

  /// Whether no value of a column fulfils what is said of it, so that no row does.
  var excludeEachOther: Bool { entries.contains { $0.constraint.points?.isEmpty == true } }
}
