// SPDX-License-Identifier: Apache-2.0

/// A comparison of two expressions.
struct ComparisonEvaluation: EvaluableCondition {
  let comparison: ComparisonOperator
  let left: any Evaluable
  let right: any Evaluable

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    let left = try left.value(in: frame)
    if left.isNull { return nil }
    let right = try right.value(in: frame)
    if right.isNull { return nil }
    return comparison.holds(left.order(to: right))
  }
}

/// A comparison of a column of texts or bytes with a constant, on the bytes of the row: no text is made.
struct BytesComparisonEvaluation: EvaluableCondition {
  let comparison: ComparisonOperator
  let slot: Int
  let position: Int
  let literal: Value
  let bytes: [UInt8]

  func truth(in frame: Frame) -> Bool? {
    guard let source = frame.slots[slot] else { return nil }
    guard let row = source.found?.row, position < row.columnCount else {
      let value = source[position]
      return value.isNull ? nil : comparison.holds(value.order(to: literal))
    }
    return row.withColumn(position) { raw in
      guard let raw else { return nil }
      return bytes.withUnsafeBytes { bytes in
        if raw.count != bytes.count, comparison == .equal { return false }
        return comparison.holds(compareBytes(raw, bytes))
      }
    }
  }
}

/// A conjunction in SQL's logic.
struct AndEvaluation: EvaluableCondition {
  let parts: [any Evaluable]

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    var isUnknown = false
    for part in parts {
      switch try part.truth(in: frame) {
      case false: return false
      case nil: isUnknown = true
      default: break
      }
    }
    return isUnknown ? nil : true
  }
}

/// A disjunction in SQL's logic.
struct OrEvaluation: EvaluableCondition {
  let parts: [any Evaluable]

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    var isUnknown = false
    for part in parts {
      switch try part.truth(in: frame) {
      case true: return true
      case nil: isUnknown = true
      default: break
      }
    }
    return isUnknown ? nil : false
  }
}

/// A negation in SQL's logic.
struct NotEvaluation: EvaluableCondition {
  let part: any Evaluable
  func truth(in frame: Frame) throws(RomeError) -> Bool? { try part.truth(in: frame).map { !$0 } }
}

/// IS NULL.
struct NullEvaluation: EvaluableCondition {
  let part: any Evaluable
  func truth(in frame: Frame) throws(RomeError) -> Bool? { try part.value(in: frame).isNull }
}

/// IN with a list of values.
struct ListEvaluation: EvaluableCondition {
  let part: any Evaluable
  let list: ValueList

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    if list.values.isEmpty, !list.hasNull { return false }
    let value = try part.value(in: frame)
    if value.isNull { return nil }
    if list.values.contains(value) { return true }
    return list.hasNull ? nil : false
  }
}

/// LIKE.
struct LikeEvaluation: EvaluableCondition {
  let part: any Evaluable
  let pattern: LikePattern

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    if let column = part as? ColumnEvaluation, let row = frame.slots[column.slot]?.found?.row,
      column.position < row.columnCount
    {
      return row.withColumn(column.position) { raw in raw.map { pattern.matches($0) } }
    }
    guard case .string(var text) = try part.value(in: frame) else { return nil }
    return text.withUTF8 { pattern.matches(UnsafeRawBufferPointer($0)) }
  }
}

/// A search for a regular expression, which is compiled once for each execution.
struct RegexEvaluation: EvaluableCondition {
  let part: any Evaluable
  let regex: Regex<AnyRegexOutput>

  init(_ part: any Evaluable, pattern: String) throws(RomeError) {
    self.part = part
    do {
      regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
    } catch {
      throw RomeError(.invalidQuery, "a regular expression of the query is malformed")
    }
  }

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    guard case .string(let text) = try part.value(in: frame) else { return nil }
    do {
      return try regex.firstMatch(in: text) != nil
    } catch {
      throw RomeError(.invalidQuery, "a regular expression of the query could not be evaluated")
    }
  }
}

/// Whether the row comes behind a marker.
struct MarkerEvaluation: EvaluableCondition {
  let keys: [(key: OrderKey, part: any Evaluable)]
  let marker: [Value]

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    for (place, key) in keys.enumerated() {
      let order = key.key.compare(try key.part.value(in: frame), marker[place])
      if order != 0 { return order > 0 }
    }
    return false
  }
}
