// SPDX-License-Identifier: Apache-2.0

/// A value that Glance's functions take or give: JSON, with points in time.
///
/// The dictionaries of values that the functions take are of this type, because there a key that is absent, one that is
/// null, and one that Glance does not know mean different things.
public enum GlanceValue: Hashable, Sendable {
  /// Nothing.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case int(Int64)
  /// A number that is not whole, or too large for 64 bits.
  case double(Double)
  /// A text.
  case string(String)
  /// A point in time.
  case date(GlanceTime)
  /// Values in order.
  case array([GlanceValue])
  /// Values by name.
  case object([String: GlanceValue])

  /// Whether this is null.
  public var isNull: Bool { self == .null }

  /// The text; nil for anything else.
  public var stringValue: String? { if case .string(let text) = self { text } else { nil } }
  /// The whole number; nil for anything else.
  public var intValue: Int64? { if case .int(let number) = self { number } else { nil } }
  /// The truth value; nil for anything else.
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The point in time; nil for anything else.
  public var timeValue: GlanceTime? { if case .date(let time) = self { time } else { nil } }
  /// The elements; nil for anything but an array.
  public var arrayValue: [GlanceValue]? { if case .array(let elements) = self { elements } else { nil } }
  /// The members; nil for anything but an object.
  public var objectValue: [String: GlanceValue]? { if case .object(let members) = self { members } else { nil } }

  /// A member of an object; nil when there is none, or this is no object.
  public subscript(name: String) -> GlanceValue? { objectValue?[name] }

  /// The text, or null.
  public init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  /// The number, or null.
  public init(_ number: Int64?) { self = number.map { .int($0) } ?? .null }
  /// The number, or null.
  public init(_ number: Int?) { self = number.map { .int(Int64($0)) } ?? .null }
  /// The truth value, or null.
  public init(_ value: Bool?) { self = value.map { .bool($0) } ?? .null }
  /// The point in time, or null.
  public init(_ time: GlanceTime?) { self = time.map { .date($0) } ?? .null }
}

extension GlanceValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .int(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// Null.
  public init(nilLiteral: ()) { self = .null }
  /// An array.
  public init(arrayLiteral elements: GlanceValue...) { self = .array(elements) }
  /// An object; of equal names the last one counts.
  public init(dictionaryLiteral elements: (String, GlanceValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}
