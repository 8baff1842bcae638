// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A value of a column in the form in which Rome stores, compares and orders it.
///
/// Strings are equal when their UTF-8 bytes are, and ordered by them (SQL's binary collation), not by Unicode's
/// canonical equivalence as Swift's `String` is. NULL equals NULL here; the three-valued logic of SQL is the business
/// of predicates.
public enum Value: Sendable {
  /// SQL's NULL.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case int(Int64)
  /// A floating-point number.
  case double(Double)
  /// A text.
  case string(String)
  /// Bytes.
  case bytes([UInt8])
  /// A point in time, in microseconds since 1970 in UTC.
  case date(Int64)
  /// A UUID.
  case uuid(UUID)
  /// A JSON document in UTF-8, with sorted keys.
  case json([UInt8])

  /// Whether this is NULL.
  @inlinable public var isNull: Bool {
    if case .null = self { true } else { false }
  }
}

extension Value: Hashable {
  /// Whether both are the same value of the same type.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.double(let a), .double(let b)): a == b || (a.isNaN && b.isNaN)
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.bytes(let a), .bytes(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.uuid(let a), .uuid(let b)): a == b
    case (.json(let a), .json(let b)): a == b
    default: false
    }
  }

  /// Feeds the value to the hasher; a string by its UTF-8 bytes.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0 as UInt8)
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value.isNaN ? Double.nan.bitPattern : (value == 0 ? 0 : value.bitPattern))
    case .string(let value):
      var value = value
      value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .bytes(let value), .json(let value): value.withUnsafeBytes { hasher.combine(bytes: $0) }
    case .date(let value): hasher.combine(value)
    case .uuid(let value): hasher.combine(value)
    }
  }
}

extension Value: CustomStringConvertible {
  /// The value as in a SQL text.
  public var description: String {
    switch self {
    case .null: "NULL"
    case .bool(let value): value ? "TRUE" : "FALSE"
    case .int(let value): String(value)
    case .double(let value): String(value)
    // By code points: a quote with a combining character behind it is another character.
    case .string(let value): "'" + value.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    case .bytes(let value): "x'" + Key(value).description + "'"
    case .date(let value): "'" + Timestamp.text(microseconds: value) + "'"
    case .uuid(let value): "'" + value.uuidString.lowercased() + "'"
    case .json(let value): "'" + String(decoding: value, as: UTF8.self) + "'"
    }
  }
}

extension UUID {
  /// The UUID of 128 zero bits.
  static let zero = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}
