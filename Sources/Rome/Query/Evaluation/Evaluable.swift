// SPDX-License-Identifier: Apache-2.0

/// An expression that is bound to the slots of a frame and can be evaluated.
protocol Evaluable {
  /// The value for the current rows of the frame.
  func value(in frame: Frame) throws(RomeError) -> Value

  /// The value as a truth value; nil is unknown.
  func truth(in frame: Frame) throws(RomeError) -> Bool?
}

extension Evaluable {
  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    switch try value(in: frame) {
    case .bool(let value): value
    case .null: nil
    case .int(let value): value != 0
    case .double(let value): value != 0
    default: false
    }
  }
}

/// An expression that is naturally a truth value.
protocol EvaluableCondition: Evaluable {}

extension EvaluableCondition {
  func value(in frame: Frame) throws(RomeError) -> Value {
    try truth(in: frame).map { .bool($0) } ?? .null
  }
}

/// A constant.
struct LiteralEvaluation: Evaluable {
  let literal: Value
  func value(in frame: Frame) -> Value { literal }
}

/// A column of the row in a slot; NULL when the slot is empty.
struct ColumnEvaluation: Evaluable {
  let slot: Int
  let position: Int
  func value(in frame: Frame) -> Value { frame.slots[slot]?[position] ?? .null }
}

/// A value that was computed before: an aggregate of the current group, or an output of a union.
struct PlaceEvaluation: Evaluable {
  let place: Int
  func value(in frame: Frame) -> Value { frame.values[place] }
}

/// The result behind the first condition that is true.
struct ChoiceEvaluation: Evaluable {
  let branches: [(condition: any Evaluable, result: any Evaluable)]
  let otherwise: any Evaluable

  func value(in frame: Frame) throws(RomeError) -> Value {
    for branch in branches where try branch.condition.truth(in: frame) == true {
      return try branch.result.value(in: frame)
    }
    return try otherwise.value(in: frame)
  }
}
