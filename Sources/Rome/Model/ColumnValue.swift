// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A Swift type that a column can have.
///
/// Rome brings `Bool`, `Int`, `Int8` to `Int64`, `UInt8` to `UInt32`, `Double`, `Float`, `String`, `[UInt8]`, `Data`, `Date`,
/// `UUID`, ``IPAddress``, ``IPNetwork``, `Optional` of all of them, enums with a raw value (declare the conformance:
/// `enum State: String, ColumnValue`), and ``JSON`` of any `Codable` type. A type of your own conforms by converting to and
/// from ``Value``.
public protocol ColumnValue: Sendable {
  /// The type without `Optional`: what a column of this type is compared with.
  associatedtype Base: ColumnValue = Self

  /// How the values are stored.
  static var columnType: ColumnType { get }
  /// Whether NULL is a value of this type. Only `Optional` says yes.
  static var isNullable: Bool { get }
  /// Whether a well-formed stored value of `columnType` may still be none of this type, as an unknown raw value of an enum.
  /// Such columns are decoded when their row is loaded, so that the error is thrown there.
  static var canFail: Bool { get }

  /// The value as it is stored.
  var value: Value { get }

  /// Makes a value of a stored one.
  ///
  /// - Parameter value: A value of `columnType`, or NULL when the type is nullable.
  /// - Returns: nil when the value is none of this type.
  init?(value: Value)

  /// Makes a value of a column where it lies in its row. By default that is the same as by its ``Value``; a type that is read
  /// often can do without.
  ///
  /// - Parameter column: A column of the type `columnType`, or NULL when the type is nullable.
  /// - Returns: What ``init(value:)`` makes of ``EncodedColumn/value``; nil also when that must be asked.
  static func decoded(from column: EncodedColumn) -> Self?
}

extension ColumnValue {
  /// What ``init(value:)`` makes of the stored value.
  @inlinable public static func decoded(from column: EncodedColumn) -> Self? { Self(value: column.value) }
  /// No.
  public static var isNullable: Bool { false }
  /// Yes, for types that do not say otherwise.
  public static var canFail: Bool { true }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  /// What the wrapped type is compared with.
  public typealias Base = Wrapped.Base
  /// The type of the wrapped values.
  @inlinable public static var columnType: ColumnType { Wrapped.columnType }
  /// Yes.
  @inlinable public static var isNullable: Bool { true }
  /// What the wrapped type says.
  @inlinable public static var canFail: Bool { Wrapped.canFail }

  /// The wrapped value, or NULL.
  @inlinable public var value: Value {
    switch self {
    case .none: .null
    case .some(let wrapped): wrapped.value
    }
  }

  /// nil of NULL; else the wrapped value.
  @inlinable public init?(value: Value) {
    if value.isNull {
      self = .none
    } else if let wrapped = Wrapped(value: value) {
      self = .some(wrapped)
    } else {
      return nil
    }
  }

  /// nil of NULL; else the wrapped value.
  @inlinable public static func decoded(from column: EncodedColumn) -> Self? {
    if column.isNull { return .some(.none) }
    return Wrapped.decoded(from: column).map { .some($0) }
  }
}

extension Bool: ColumnValue {
  /// A truth value.
  @inlinable public static var columnType: ColumnType { .bool }
  /// No.
  @inlinable public static var canFail: Bool { false }
  /// The stored form.
  @inlinable public var value: Value { .bool(self) }
  /// Makes a truth value of a stored one.
  @inlinable public init?(value: Value) {
    guard case .bool(let value) = value else { return nil }
    self = value
  }
  /// Makes a truth value of a column.
  @inlinable public static func decoded(from column: EncodedColumn) -> Bool? { column.bool }
}

extension Double: ColumnValue {
  /// A floating-point number.
  @inlinable public static var columnType: ColumnType { .double }
  /// No.
  @inlinable public static var canFail: Bool { false }
  /// The stored form.
  @inlinable public var value: Value { .double(self) }
  /// Makes a number of a stored one.
  @inlinable public init?(value: Value) {
    guard case .double(let value) = value else { return nil }
    self = value
  }
}

extension Float: ColumnValue {
  /// A floating-point number.
  @inlinable public static var columnType: ColumnType { .double }
  /// No.
  @inlinable public static var canFail: Bool { false }
  /// The stored form.
  @inlinable public var value: Value { .double(Double(self)) }
  /// Makes a number of a stored one, rounded to what `Float` can hold.
  @inlinable public init?(value: Value) {
    guard case .double(let value) = value else { return nil }
    self = Float(value)
  }
}

extension String: ColumnValue {
  /// A text.
  @inlinable public static var columnType: ColumnType { .string }
  /// No.
  @inlinable public static var canFail: Bool { false }
  /// The stored form.
  @inlinable public var value: Value { .string(self) }
  /// Makes a text of a stored one.
  @inlinable public init?(value: Value) {
    guard case .string(let value) = value else { return nil }
    self = value
  }
  /// Makes a text of a column.
  @inlinable public static func decoded(from column: EncodedColumn) -> String? { column.string }
}

extension [UInt8]: ColumnValue {
  /// Bytes.
  @inlinable public static var columnType: ColumnType { .bytes }
  /// No.
  @inlinable public static var canFail: Bool { false }
  /// The stored form.
  @inlinable public var value: Value { .bytes(self) }
  /// Makes bytes of stored ones.
  @inlinable public init?(value: Value) {
    guard case .bytes(let value) = value else { return nil }
    self = value
  }
}

extension Data: ColumnValue {
  /// Bytes.
  @inlinable public static var columnType: ColumnType { .bytes }
  /// No.
  @inlinable public static var canFail: Bool { false }
  /// The stored form.
  @inlinable public var value: Value { .bytes(Array(self)) }
  /// Makes bytes of stored ones.
  @inlinable public init?(value: Value) {
    guard case .bytes(let value) = value else { return nil }
    self.init(value)
  }
}

extension Date: ColumnValue {
  /// A point in time.
  @inlinable public static var columnType: ColumnType { .date }
  /// No.
  @inlinable public static var canFail: Bool { false }
  /// The stored form, in whole microseconds: dates beyond ±292,000 years become the nearest that fits.
  public var value: Value { .date(Timestamp.microseconds(self)) }
  /// Makes a date of a stored one.
  public init?(value: Value) {
    guard case .date(let value) = value else { return nil }
    self = Timestamp.date(value)
  }
  /// Makes a date of a column.
  public static func decoded(from column: EncodedColumn) -> Date? { column.microseconds.map { Timestamp.date($0) } }
}

extension UUID: ColumnValue {
  /// A UUID.
  @inlinable public static var columnType: ColumnType { .uuid }
  /// No.
  @inlinable public static var canFail: Bool { false }
  /// The stored form.
  @inlinable public var value: Value { .uuid(self) }
  /// Makes a UUID of a stored one.
  @inlinable public init?(value: Value) {
    guard case .uuid(let value) = value else { return nil }
    self = value
  }
}

extension ColumnValue where Self: FixedWidthInteger {
  /// A whole number.
  @inlinable public static var columnType: ColumnType { .int }
  /// Whether the type is narrower than the stored 64 bits.
  @inlinable public static var canFail: Bool { bitWidth < 64 }
  /// The stored form.
  @inlinable public var value: Value { .int(Int64(truncatingIfNeeded: self)) }
  /// Makes a number of a stored one; nil when it does not fit.
  @inlinable public init?(value: Value) {
    guard case .int(let value) = value, let exact = Self(exactly: value) else { return nil }
    self = exact
  }
  /// Makes a number of a column; nil when it does not fit.
  @inlinable public static func decoded(from column: EncodedColumn) -> Self? {
    column.integer.flatMap { Self(exactly: $0) }
  }
}

extension Int: ColumnValue {}
extension Int8: ColumnValue {}
extension Int16: ColumnValue {}
extension Int32: ColumnValue {}
extension Int64: ColumnValue {}
extension UInt8: ColumnValue {}
extension UInt16: ColumnValue {}
extension UInt32: ColumnValue {}

extension ColumnValue where Self: RawRepresentable, RawValue: ColumnValue {
  /// The type of the raw values.
  @inlinable public static var columnType: ColumnType { RawValue.columnType }
  /// Yes: a stored raw value may be none of this type.
  @inlinable public static var canFail: Bool { true }
  /// The raw value as it is stored.
  @inlinable public var value: Value { rawValue.value }
  /// Makes a value of a stored raw value; nil when there is none of that raw value.
  @inlinable public init?(value: Value) {
    guard let raw = RawValue(value: value) else { return nil }
    self.init(rawValue: raw)
  }
}
