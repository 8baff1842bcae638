// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Value {
  /// Compares two values as ascending orders do; negative when this one comes first. NULL comes before all others, texts are
  /// ordered by their bytes in UTF-8, false before true, a number that is none (NaN) behind all numbers.
  ///
  /// - Parameter other: The value to compare with, of the same column.
  /// - Returns: A negative number, zero when neither comes first, or a positive number.
  public func order(to other: Value) -> Int {
    switch (self, other) {
    case (.int(let a), .int(let b)), (.date(let a), .date(let b)): return a < b ? -1 : a > b ? 1 : 0
    case (.double(let a), .double(let b)): return Value.order(a, b)
    case (.int(let a), .double(let b)): return Value.order(Double(a), b)
    case (.double(let a), .int(let b)): return Value.order(a, Double(b))
    case (.bool(let a), .bool(let b)): return a == b ? 0 : a ? 1 : -1
    case (.string(var a), .string(var b)):
      return a.withUTF8 { a in
        b.withUTF8 { b in compareBytes(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b)) }
      }
    case (.bytes(let a), .bytes(let b)), (.json(let a), .json(let b)): return compareBytes(a, b)
    case (.uuid(let a), .uuid(let b)):
      return withUnsafeBytes(of: a.uuid) { a in withUnsafeBytes(of: b.uuid) { b in compareBytes(a, b) } }
    default: return rank - other.rank
    }
  }

  private static func order(_ a: Double, _ b: Double) -> Int {
    if a < b { return -1 }
    if a > b { return 1 }
    if a == b { return 0 }
    return (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0)
  }

  private var rank: Int {
    switch self {
    case .null: 0
    case .bool: 1
    case .int, .double: 2
    case .date: 3
    case .uuid: 4
    case .string: 5
    case .bytes: 6
    case .json: 7
    }
  }
}
