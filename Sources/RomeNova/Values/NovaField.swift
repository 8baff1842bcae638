// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A value in a place of which the type is not fixed: a field of an error, a property of a row.
public enum NovaField: Hashable, Sendable {
  /// Nothing.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case int(Int64)
  /// A number that is not whole.
  case double(Double)
  /// A text.
  case string(String)
  /// A point in time.
  case date(Date)
  /// Values in order.
  case list([NovaField])
  /// Values by name.
  case object([String: NovaField])

  /// The text, or null.
  public init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  /// The number, or null.
  public init(_ number: Int?) { self = number.map { .int(Int64($0)) } ?? .null }
  /// The texts in order.
  public init(_ texts: [String]) { self = .list(texts.map { .string($0) }) }
}

extension NovaField: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .int(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Null.
  public init(nilLiteral: ()) { self = .null }
  /// A list.
  public init(arrayLiteral elements: NovaField...) { self = .list(elements) }
  /// An object; of equal names the last one counts.
  public init(dictionaryLiteral elements: (String, NovaField)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}

extension NovaField: CustomStringConvertible {
  /// The value as in a text for people.
  public var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .double(let value): String(value)
    case .string(let value): value
    case .date(let value): value.description
    case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }
  }
}
