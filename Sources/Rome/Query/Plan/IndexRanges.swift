// SPDX-License-Identifier: Apache-2.0

extension IndexAccess {
  /// The ranges of an index that the constraints of its leading columns leave.
  ///
  /// - Parameters:
  ///   - index: The index.
  ///   - constraints: The constraints of columns, by their positions.
  init(_ index: IndexReference, _ constraints: ColumnConstraints) {
    self.index = index
    guard let first = index.columns.first, constraints.constrain(first) else {
      ranges = [.all]
      (fixedColumns, pointColumns, answered, estimate) = (0, 0, PositionSet(), CostModel.tableRows)
      return
    }
    var prefixes: [[UInt8]] = [[]]
    var answered = PositionSet()
    var estimate = CostModel.tableRows
    var fixed = 0
    var points = 0
    var ranges: [KeyRange]?
    for (place, column) in index.columns.enumerated() {
      guard let constraint = constraints[column] else { break }
      let isDescending = index.descending[place]
      if let values = constraint.points {
        guard prefixes.count * values.count <= CostModel.maximumRanges else { break }
        prefixes = prefixes.flatMap { prefix in
          values.map { prefix + Self.bytes(of: $0, descending: isDescending) }
        }
        estimate *= constraint.selectivity
        answered.formUnion(constraint.answered)
        if values.count == 1, fixed == place { fixed += 1 }
        points += 1
      } else if constraint.isRange {
        ranges = prefixes.map { Self.range($0, constraint, descending: isDescending) }
        estimate *= constraint.selectivity
        answered.formUnion(constraint.answered)
        break
      }
    }
    // NULLs never collide, so a unique index has any number of them.
    if points == index.columns.count, index.isUnique,
      !index.columns.contains(where: { constraints[$0]?.points?.contains(.null) == true })
    {
      estimate = min(estimate, Double(prefixes.count))
    }
    self.ranges = ranges ?? prefixes.map { $0.isEmpty ? .all : .prefix($0) }
    self.ranges.removeAll { $0.isEmpty }
    if self.ranges.count > 1 { self.ranges.sort { $0.lower < $1.lower } }
    fixedColumns = fixed
    pointColumns = points
    self.answered = answered
    self.estimate = prefixes.isEmpty ? 0 : estimate
  }

  /// The bytes of a value in an index.
  static func bytes(of value: Value, descending: Bool) -> [UInt8] {
    var encoder = KeyEncoder()
    encoder.append(value, descending: descending)
    return encoder.bytes
  }

  /// The keys with a prefix whose next column lies in the range of a constraint. NULL lies in none.
  private static func range(_ prefix: [UInt8], _ constraint: ColumnConstraint, descending: Bool) -> KeyRange {
    if let text = constraint.prefix {
      var encoder = KeyEncoder()
      encoder.append(.string(String(decoding: text, as: UTF8.self)))
      // Without the byte that ends a text. A prefix is whole characters, so it is UTF-8 and nothing of it was repaired.
      let bytes = encoder.bytes.dropLast()
      return .prefix(prefix + (descending ? bytes.map { ~$0 } : Array(bytes)))
    }
    let null = prefix + bytes(of: .null, descending: descending)
    func edge(_ bound: ColumnConstraint.Bound, behind: Bool) -> Key? {
      let bytes = prefix + bytes(of: bound.value, descending: descending)
      return behind ? KeyRange.successor(ofPrefix: bytes) : Key(bytes)
    }
    if descending {
      let begin = constraint.upper.map { edge($0, behind: !$0.isInclusive) } ?? Key(prefix)
      let end = constraint.lower.map { edge($0, behind: $0.isInclusive) } ?? Key(null)
      return KeyRange(lower: begin ?? Key(prefix), upper: end)
    }
    let begin = constraint.lower.map { edge($0, behind: !$0.isInclusive) } ?? KeyRange.successor(ofPrefix: null)
    let end = constraint.upper.map { edge($0, behind: $0.isInclusive) } ?? KeyRange.successor(ofPrefix: prefix)
    return KeyRange(lower: begin ?? Key(prefix), upper: end)
  }
}

/// What a query wants of the order of a source's rows.
struct OrderRequest {
  /// A column to sort by.
  struct Part {
    let position: Int
    let isDescending: Bool
    let hasNullsFirst: Bool
  }

  let parts: [Part]
  /// The values behind which the rows begin, one for each part; nil for all rows.
  let marker: [Value]?

  /// The direction in which a scan of the access gives the rows in this order; nil when none does.
  func direction(
    _ access: IndexAccess, _ constraints: ColumnConstraints, _ schema: EntitySchema
  )
    -> Scan.Direction?
  {
    match(access, constraints, schema)?.direction
  }

  /// The access without what lies before the marker; the same access when there is no marker.
  ///
  /// - Returns: The access, and whether it holds just the rows behind the marker, so that they need no check.
  func narrowed(
    _ access: IndexAccess, _ constraints: ColumnConstraints, _ schema: EntitySchema
  )
    -> (access: IndexAccess, isExact: Bool)
  {
    guard let marker, let match = match(access, constraints, schema), access.ranges.count == 1 else {
      return (access, false)
    }
    // A part of the order whose column is fixed is not in the range. Where the marker has another value there, all rows or
    // none are behind it, whatever the other parts are.
    for (place, part) in parts.enumerated() {
      guard let points = constraints[part.position]?.points, points.count == 1 else { continue }
      if points[0] != marker[place] { return (access, false) }
    }
    let walked = Set(match.steps.compactMap { if case .part(let part) = $0 { part } else { nil } }).count
    var bytes: [UInt8] = []
    for (place, step) in match.steps.enumerated() {
      let value: Value
      switch step {
      case .fixed(let point): value = point
      case .part(let part): value = marker[part]
      }
      let isDescending = place < access.index.columns.count && access.index.descending[place]
      bytes += IndexAccess.bytes(of: value, descending: isDescending)
    }
    var result = access
    switch match.direction {
    case .forward:
      guard let begin = KeyRange.successor(ofPrefix: bytes) else { return (access, false) }
      result.ranges[0].lower = max(access.ranges[0].lower, begin)
    case .backward:
      let end = Key(bytes)
      result.ranges[0].upper = access.ranges[0].upper.map { min($0, end) } ?? end
    }
    result.ranges.removeAll { $0.isEmpty }
    return (result, walked == parts.count)
  }

  private enum Step {
    /// The column has this value in the whole range.
    case fixed(Value)
    /// The column is this part of the order.
    case part(Int)
  }

  /// Walks the columns of the entries beside the parts of the order.
  private func match(
    _ access: IndexAccess, _ constraints: ColumnConstraints, _ schema: EntitySchema
  )
    -> (direction: Scan.Direction, steps: [Step])?
  {
    var columns = Array(zip(access.index.columns, access.index.descending))
    if access.index.name != nil { columns += schema.primaryKey.map { ($0, false) } }
    var direction: Scan.Direction?
    var steps: [Step] = []
    var next = 0
    func fixedValue(_ column: Int) -> Value? {
      guard let points = constraints[column]?.points, points.count == 1 else { return nil }
      return points[0]
    }
    // A part whose column has one value in all rows orders nothing.
    func skipFixedParts() {
      while next < parts.count, fixedValue(parts[next].position) != nil { next += 1 }
    }
    for (place, (column, isDescending)) in columns.enumerated() {
      skipFixedParts()
      if next == parts.count { break }
      // All rows that the conditions leave have this value, so the column orders nothing either.
      if let value = fixedValue(column) {
        steps.append(.fixed(value))
        continue
      }
      // A column of the primary key that is in the index, too.
      if let known = parts[..<next].firstIndex(where: { $0.position == column }),
        columns[..<place].contains(where: { $0.0 == column })
      {
        steps.append(.part(known))
        continue
      }
      let part = parts[next]
      guard part.position == column else { return nil }
      let needed: Scan.Direction = part.isDescending == isDescending ? .forward : .backward
      if let direction, direction != needed { return nil }
      let nullsMatter =
        schema.columns[column].isNullable && !schema.primaryKey.contains(column)
        && constraints[column]?.isRange != true
      if nullsMatter, part.hasNullsFirst == part.isDescending { return nil }
      direction = needed
      steps.append(.part(next))
      next += 1
      // Behind the whole primary key nothing is left to sort.
      if access.index.name == nil, place == columns.count - 1 { next = parts.count }
    }
    skipFixedParts()
    guard next == parts.count else { return nil }
    return (direction ?? .forward, steps)
  }
}
