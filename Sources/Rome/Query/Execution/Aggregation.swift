// SPDX-License-Identifier: Apache-2.0

/// An aggregate of a statement: its function, what it is of, and where its result goes in the frame.
struct BoundAggregate {
  let function: AggregateFunction
  let argument: (any Evaluable)?
  let isDistinct: Bool
  let place: Int
}

/// Collects the values of one aggregate over the rows of one group.
struct Accumulator {
  private let function: AggregateFunction
  private var seen: Set<Value>?
  private var count: Int64 = 0
  private var integers: Int64 = 0
  private var doubles = 0.0
  private var hasDoubles = false
  private var extreme = Value.null

  init(_ aggregate: BoundAggregate) {
    function = aggregate.function
    seen = aggregate.isDistinct ? [] : nil
  }

  /// The aggregate with what was added up by itself.
  ///
  /// - Throws: ``RomeError/Code/arithmeticOverflow`` when a sum has left 64 bits.
  init(_ aggregate: BoundAggregate, _ totals: IntegerTotals) throws(RomeError) {
    self.init(aggregate)
    count = totals.count
    switch function {
    case .count: break
    case .sum:
      if totals.hasOverflown { throw Self.overflow }
      integers = totals.number
    case .average: doubles = totals.doubles
    case .min, .max: if count > 0 { extreme = .int(totals.number) }
    }
  }

  private static var overflow: RomeError { RomeError(.arithmeticOverflow, "a sum leaves 64 bits") }

  /// Adds a row; nil is a row that is counted as such.
  mutating func add(_ value: Value?) throws(RomeError) {
    guard let value else {
      count += 1
      return
    }
    if value.isNull { return }
    if seen != nil, seen?.insert(value).inserted == false { return }
    count += 1
    switch function {
    case .count: break
    case .sum: try addNumber(value)
    case .average:
      switch value {
      case .int(let number): doubles += Double(number)
      case .double(let number): doubles += number
      default: break
      }
    case .min: if extreme.isNull || value.order(to: extreme) < 0 { extreme = value }
    case .max: if extreme.isNull || value.order(to: extreme) > 0 { extreme = value }
    }
  }

  private mutating func addNumber(_ value: Value) throws(RomeError) {
    switch value {
    case .int(let number):
      let (sum, overflow) = integers.addingReportingOverflow(number)
      if overflow { throw Self.overflow }
      integers = sum
    case .double(let number):
      hasDoubles = true
      doubles += number
    default: break
    }
  }

  /// The result over what was added.
  var result: Value {
    switch function {
    case .count: .int(count)
    case .sum: count == 0 ? .null : hasDoubles ? .double(doubles) : .int(integers)
    case .average: count == 0 ? .null : .double(doubles / Double(count))
    case .min, .max: extreme
    }
  }
}
