// SPDX-License-Identifier: Apache-2.0

/// An aggregate of integers, or of things that are only counted: plain numbers, so that adding many counts no references.
struct IntegerTotals {
  private let function: AggregateFunction
  /// How many were added.
  private(set) var count: Int64 = 0
  /// Their sum, the smallest or the greatest of them.
  private(set) var number: Int64 = 0
  /// Their sum for a mean, as one of floating-point numbers.
  private(set) var doubles = 0.0
  /// Whether the sum has left 64 bits on the way.
  private(set) var hasOverflown = false

  init(_ function: AggregateFunction) {
    self.function = function
  }

  /// Adds rows to a count.
  mutating func add(rows: Int) { count += Int64(rows) }

  /// Whether the numbers are added up.
  var isSum: Bool { function == .sum }

  /// Adds a number to a sum.
  @inline(__always)
  mutating func addToSum(_ other: Int64) {
    count &+= 1
    let (sum, overflow) = number.addingReportingOverflow(other)
    number = sum
    if overflow { hasOverflown = true }
  }

  /// Adds a number. For a count it is any.
  @inline(__always)
  mutating func add(_ other: Int64) {
    if isSum { return addToSum(other) }
    count &+= 1
    switch function {
    case .count, .sum: break
    case .average: doubles += Double(other)
    case .min: number = count == 1 ? other : min(number, other)
    case .max: number = count == 1 ? other : max(number, other)
    }
  }
}
