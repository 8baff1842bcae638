// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeTesting

@testable import Rome

/// Draws values where encodings go wrong: at the ends of their ranges, close to each other, with zeros inside.
struct RandomValues {
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  static let types: [ColumnType] = [.bool, .int, .double, .string, .bytes, .date, .uuid, .json]

  mutating func value(_ type: ColumnType) -> Value {
    switch type {
    case .bool: .bool(random.chance(0.5))
    case .int: .int(integer())
    case .date: .date(integer())
    case .double: .double(double())
    case .string: .string(string())
    case .bytes: .bytes(random.bytes(upTo: 6, of: random.chance(0.5) ? [0x00, 0x01, 0xFE, 0xFF] : nil))
    case .uuid: .uuid(uuid())
    case .json: .json(random.bytes(upTo: 6, of: [0x00, 0x22, 0x7B, 0xFF]))
    }
  }

  /// A value, or NULL at times.
  mutating func nullable(_ type: ColumnType) -> Value {
    random.chance(0.15) ? .null : value(type)
  }

  mutating func type() -> ColumnType {
    Self.types[Int.random(in: 0..<Self.types.count, using: &random)]
  }

  /// An integer beside a power of two of either sign, or any.
  mutating func integer() -> Int64 {
    if random.chance(0.1) { return Int64.random(in: .min ... .max, using: &random) }
    if random.chance(0.05) { return random.chance(0.5) ? .min : .max }
    let power = Int64(1) << Int64.random(in: 0..<63, using: &random)
    let near = power &+ Int64.random(in: -2...2, using: &random)
    return random.chance(0.5) ? near : -near
  }

  mutating func double() -> Double {
    let special: [Double] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNormalMagnitude, 1, -1, 1.0.nextUp, 1.0.nextDown,
    ]
    if random.chance(0.4), let chosen = special.randomElement(using: &random) { return chosen }
    if random.chance(0.3) { return Double(bitPattern: random.next()) }
    return Double(integer())
  }

  mutating func string() -> String {
    let pieces = [
      "", "a", "b", "\u{0}", "\u{1}", "é", "e\u{301}", "ß", "日", "🦊", "\u{FFFF}", "\u{10FFFF}", "Z", "\u{7F}",
    ]
    return (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  mutating func uuid() -> UUID {
    var bytes = (0..<16).map { _ in random.chance(0.5) ? 0 : UInt8.random(in: .min ... .max, using: &random) }
    return bytes.withUnsafeMutableBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }
}

extension Value {
  /// The order of two values of one type as the documentation of ``Value`` and of SQL gives it, written without looking at
  /// any encoding: NULL first, NaN last, texts by their UTF-8. Negative when the left one comes first.
  static func order(_ left: Value, _ right: Value) -> Int {
    func sign<T: Comparable>(_ left: T, _ right: T) -> Int { left < right ? -1 : left > right ? 1 : 0 }
    func bytes(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Int {
      left.elementsEqual(right) ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
    }
    switch (left, right) {
    case (.null, .null): return 0
    case (.null, _): return -1
    case (_, .null): return 1
    case (.bool(let a), .bool(let b)): return sign(a ? 1 : 0, b ? 1 : 0)
    case (.int(let a), .int(let b)), (.date(let a), .date(let b)): return sign(a, b)
    case (.double(let a), .double(let b)):
      if a.isNaN || b.isNaN { return sign(a.isNaN ? 1 : 0, b.isNaN ? 1 : 0) }
      return sign(a, b)
    case (.string(let a), .string(let b)): return bytes(a.utf8, b.utf8)
    case (.bytes(let a), .bytes(let b)), (.json(let a), .json(let b)): return bytes(a, b)
    case (.uuid(let a), .uuid(let b)):
      return withUnsafeBytes(of: a.uuid) { a in withUnsafeBytes(of: b.uuid) { b in bytes(a, b) } }
    default: return 0
    }
  }
}
