// SPDX-License-Identifier: Apache-2.0

/// A test of the bytes of one column, and what it says of a row.
struct ColumnTest {
  /// What is asked of the bytes of a value.
  enum Question {
    /// Nothing: what matters is whether there is a value.
    case always
    /// Whether they are an integer from `low` to `low + span`.
    case integer(low: Int64, span: UInt64)
    /// Whether they are these.
    case short(ShortBytes)
    /// Whether they are ordered like this beside others.
    case bytes(ComparisonOperator, [UInt8])
    /// Whether the value is ordered like this beside another one.
    case value(ColumnType, ComparisonOperator, Value)
    /// Whether they are one of these integers, which are in order.
    case integers([Int64])
    /// Whether the value is one of these.
    case values(ColumnType, Set<Value>)
    /// Whether they are a text that matches.
    case like(LikePattern)
  }

  let column: RowColumn
  let question: Question
  /// Whether the condition holds for a value for which the answer is yes, and for the others.
  private(set) var yes = true
  private(set) var no = false
  /// Whether it holds for NULL.
  private(set) var null = false
  /// Whether the answer is yes for what older rows read as; nil when that is NULL.
  private let fill: Bool?

  private init(_ column: RowColumn, _ question: Question) {
    self.column = column
    self.question = question
    fill = column.fill.isNull ? nil : RowFormat.withBytes(of: column.fill) { question.isAnsweredYes(by: $0) }
  }

  /// The rows for which the condition holds.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - among: Which of them to look at.
  ///   - malformed: Those are added that Rome did not write, as far as was looked.
  func select(from rows: some RowBatch, among: RowSet, malformed: inout RowSet) -> RowSet {
    switch question {
    case .always: select(rows, among, &malformed) { _, _ in true }
    case .integer(let low, let span):
      select(rows, among, &malformed) { UInt64(bitPattern: $0.integer(in: $1) &- low) <= span }
    case .short(let bytes):
      select(rows, among, &malformed) { $1.count == bytes.count && ShortBytes($0.part($1)) == bytes }
    default: select(rows, among, &malformed) { question.isAnsweredYes(by: $0.part($1)) }
    }
  }

  @inline(__always)
  private func select(
    _ rows: some RowBatch, _ among: RowSet, _ malformed: inout RowSet,
    _ passes: (UnsafeRawBufferPointer, Range<Int>) -> Bool
  ) -> RowSet {
    var finder = ColumnFinder(column.position, lengths: column.shape.lengths)
    var result = RowSet()
    let (yes, no, null) = (yes, no, null)
    let missing = fill.map { $0 ? yes : no } ?? null
    among.forEach { place in
      rows.withRow(place) { row in
        switch finder.find(in: row) {
        case .value(let range): result.insert(place, if: passes(row, range) ? yes : no)
        case .null: result.insert(place, if: null)
        case .missing: result.insert(place, if: missing)
        case .malformed: malformed.insert(place)
        }
      }
    }
    return result
  }
}

extension ColumnTest.Question {
  /// Whether the answer is yes for the bytes of a value.
  @inline(never)
  fileprivate func isAnsweredYes(by bytes: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .always: return true
    case .integer(let low, let span): return UInt64(bitPattern: RowFormat.integer(bytes) &- low) <= span
    case .short(let others): return bytes.count == others.count && ShortBytes(bytes) == others
    case .bytes(let comparison, let others):
      if comparison == .equal, bytes.count != others.count { return false }
      return others.withUnsafeBytes { comparison.holds(compareBytes(bytes, $0)) }
    case .value(let type, let comparison, let other): return comparison.holds(type.value(of: bytes).order(to: other))
    case .integers(let numbers): return numbers.holdsSorted(RowFormat.integer(bytes))
    case .values(let type, let values): return values.contains(type.value(of: bytes))
    case .like(let pattern): return pattern.matches(bytes)
    }
  }
}

// MARK: Making tests

extension ColumnTest {
  /// The test that a condition is; nil when it has no such form.
  ///
  /// - Parameters:
  ///   - node: The condition.
  ///   - source: The source whose column it is about.
  ///   - isNegated: Whether its negation is meant. NULL fulfils neither of both, unless it is what was asked for.
  init?(_ node: ExpressionNode, of source: SourceID, isNegated: Bool) {
    switch node {
    case .isNull(let part):
      guard let column = RowColumn(part, of: source) else { return nil }
      self.init(column, .always)
      (yes, no, null) = (isNegated, isNegated, !isNegated)
      return
    case .comparison(let comparison, let left, let right):
      if let column = RowColumn(left, of: source), case .literal(let literal) = right {
        self.init(column, comparison, literal)
      } else if let column = RowColumn(right, of: source), case .literal(let literal) = left {
        self.init(column, comparison.flipped, literal)
      } else {
        return nil
      }
    case .isIn(let part, let list):
      guard let column = RowColumn(part, of: source), !list.values.isEmpty else { return nil }
      self.init(column, list)
      // A list with NULL may hold every value, as far as SQL knows: for what is not in it neither the condition nor its negation holds.
      if list.hasNull {
        (yes, no) = (!isNegated, false)
        return
      }
    case .like(let part, let pattern):
      guard let column = RowColumn(part, of: source), column.shape.type == .string else { return nil }
      self.init(column, .like(pattern))
    default: return nil
    }
    if isNegated { (yes, no) = (no, yes) }
  }

  private init?(_ column: RowColumn, _ comparison: ComparisonOperator, _ literal: Value) {
    guard literal.type == column.shape.type else { return nil }
    let isEquality = comparison == .equal || comparison == .notEqual
    switch literal {
    case .int(let number), .date(let number): self.init(column, comparison, number)
    case .string, .bytes, .json, .uuid:
      let question = RowFormat.withBytes(of: literal) { bytes in
        isEquality && bytes.count <= ShortBytes.maximum
          ? Question.short(ShortBytes(bytes)) : .bytes(isEquality ? .equal : comparison, Array(bytes))
      }
      self.init(column, question)
      if comparison == .notEqual { (yes, no) = (false, true) }
    case .bool(let value) where isEquality:
      // True is the byte 1, and all others are false.
      self.init(column, value == (comparison == .equal) ? .equal : .notEqual, 1)
    case .bool, .double: self.init(column, .value(column.shape.type, comparison, literal))
    case .null: return nil
    }
  }

  /// A comparison with an integer: a range of integers, or all but a range.
  private init(_ column: RowColumn, _ comparison: ComparisonOperator, _ number: Int64) {
    let (range, isInside): (ClosedRange<Int64>, Bool) =
      switch comparison {
      case .equal: (number...number, true)
      case .notEqual: (number...number, false)
      case .lessOrEqual: (.min...number, true)
      case .greater: (.min...number, false)
      case .greaterOrEqual: (number ... .max, true)
      case .less: (number ... .max, false)
      }
    let span = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    self.init(column, .integer(low: range.lowerBound, span: span))
    (yes, no) = (isInside, !isInside)
  }

  private init(_ column: RowColumn, _ list: ValueList) {
    let type = column.shape.type
    let numbers = list.values.compactMap { value -> Int64? in
      switch (type, value) {
      case (.int, .int(let number)), (.date, .date(let number)): number
      default: nil
      }
    }
    self.init(
      column, numbers.count == list.values.count ? .integers(numbers.sorted()) : .values(type, list.values))
  }
}

extension [Int64] {
  /// Whether a number is among those of the array, which are in order.
  fileprivate func holdsSorted(_ number: Int64) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) >> 1
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}
