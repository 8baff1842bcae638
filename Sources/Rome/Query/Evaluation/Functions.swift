// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A computation with two numbers, as SQLite does it.
struct ArithmeticEvaluation: Evaluable {
  let operation: ArithmeticOperator
  let left: any Evaluable
  let right: any Evaluable

  func value(in frame: Frame) throws(RomeError) -> Value {
    switch (try left.value(in: frame), try right.value(in: frame)) {
    case (.int(let a), .int(let b)): return try integer(a, b)
    case (.double(let a), .double(let b)): return floating(a, b)
    case (.int(let a), .double(let b)): return floating(Double(a), b)
    case (.double(let a), .int(let b)): return floating(a, Double(b))
    default: return .null
    }
  }

  private func integer(_ a: Int64, _ b: Int64) throws(RomeError) -> Value {
    let (result, overflow) =
      switch operation {
      case .add: a.addingReportingOverflow(b)
      case .subtract: a.subtractingReportingOverflow(b)
      case .multiply: a.multipliedReportingOverflow(by: b)
      case .divide: a.dividedReportingOverflow(by: b)
      case .remainder: a.remainderReportingOverflow(dividingBy: b)
      }
    if operation == .divide || operation == .remainder, b == 0 { return .null }
    // The smallest integer modulo -1 is 0, although the quotient overflows.
    if operation == .remainder { return .int(overflow ? 0 : result) }
    if overflow { throw RomeError(.arithmeticOverflow, "the result of '\(operation.rawValue)' leaves 64 bits") }
    return .int(result)
  }

  private func floating(_ a: Double, _ b: Double) -> Value {
    switch operation {
    case .add: .double(a + b)
    case .subtract: .double(a - b)
    case .multiply: .double(a * b)
    case .divide: b == 0 ? .null : .double(a / b)
    case .remainder: b == 0 ? .null : .double(a.truncatingRemainder(dividingBy: b))
    }
  }
}

/// A function of values.
struct FunctionEvaluation: Evaluable {
  let function: ScalarFunction
  let arguments: [any Evaluable]

  func value(in frame: Frame) throws(RomeError) -> Value {
    switch function {
    case .coalesce:
      for argument in arguments {
        let value = try argument.value(in: frame)
        if !value.isNull { return value }
      }
      return .null
    case .concat:
      var result = ""
      for argument in arguments {
        guard let text = Self.text(try argument.value(in: frame)) else { return .null }
        result += text
      }
      return .string(result)
    case .lower: return try map(frame, ASCII.lower)
    case .upper: return try map(frame, ASCII.upper)
    case .length:
      switch try arguments.first?.value(in: frame) ?? .null {
      case .string(let text): return .int(Int64(text.unicodeScalars.count))
      case .bytes(let bytes): return .int(Int64(bytes.count))
      default: return .null
      }
    }
  }

  private func map(_ frame: Frame, _ body: (UInt8) -> UInt8) throws(RomeError) -> Value {
    guard case .string(let text) = try arguments.first?.value(in: frame) ?? .null else { return .null }
    return .string(String(decoding: text.utf8.map(body), as: UTF8.self))
  }

  private static func text(_ value: Value) -> String? {
    switch value {
    case .null, .bytes: nil
    case .string(let text): text
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .bool(let truth): truth ? "1" : "0"
    case .date(let date): Timestamp.text(microseconds: date)
    case .uuid(let uuid): uuid.uuidString.lowercased()
    case .json(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }
}
