// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONService
import RomeNova

/// An argument as it comes over the wire: JSON, and what the protocol spells with a name that begins with `$`.
indirect enum WireValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case list([WireValue])
  case object([String: WireValue])
  /// A point in time, in microseconds since 1970.
  case time(Int64)
  /// A length of time, in seconds.
  case duration(Double)
  /// An object whose keys are no plain texts.
  case pairs([Pair])
  /// A row of a table: the name of its class and its fields.
  case row(String, [String: WireValue])
  /// Conditions on columns.
  case constraint([String: WireValue])
  /// The condition that a column equals one of the values.
  case equalAny([WireValue])
  /// The condition that a column equals none of the values.
  case notEqual([WireValue])
  /// A quota resource.
  case resource([String: WireValue])

  /// A key and its value.
  struct Pair: Hashable, Sendable {
    let key: WireValue
    let value: WireValue
  }

  /// Reads a value.
  ///
  /// - Throws: `valueError` for a spelling that there is not.
  init(_ json: JSONValue) throws(NovaError) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let number): self = .int(number)
    case .double(let number): self = .double(number)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .list(try Self.list(elements))
    case .object(let members):
      if let tag = members.keys.first(where: { $0.hasPrefix("$") }) {
        self = try Self.tagged(tag, members[tag] ?? .null, members)
      } else {
        self = .object(try Self.members(members))
      }
    }
  }

  private static func tagged(
    _ tag: String, _ body: JSONValue, _ members: [String: JSONValue]
  ) throws(NovaError) -> WireValue {
    switch (tag, body) {
    case ("$datetime", .string(let text)), ("$date", .string(let text)):
      guard let time = WireTime.microseconds(text) else { throw NovaError(.valueError, detail: "no time: \(text)") }
      return .time(time)
    case ("$timedelta", .double(let seconds)): return .duration(seconds)
    case ("$timedelta", .int(let seconds)): return .duration(Double(seconds))
    case ("$uuid", .string(let text)), ("$ip", .string(let text)), ("$bytes", .string(let text)): return .string(text)
    case ("$tuple", .array(let elements)), ("$set", .array(let elements)): return .list(try list(elements))
    case ("$dict", .array(let elements)):
      var pairs: [Pair] = []
      for element in elements {
        guard case .array(let pair) = element, pair.count == 2 else {
          throw NovaError(.valueError, detail: "a $dict holds something that is no pair")
        }
        pairs.append(Pair(key: try WireValue(pair[0]), value: try WireValue(pair[1])))
      }
      return .pairs(pairs)
    case ("$model", .string(let name)): return .row(name, try Self.members(members["fields"]?.objectValue ?? [:]))
    case ("$constraint", .object(let conditions)): return .constraint(try Self.members(conditions))
    case ("$equal_any", .array(let values)): return .equalAny(try list(values))
    case ("$not_equal", .array(let values)): return .notEqual(try list(values))
    case ("$resource", .object(let resource)): return .resource(try Self.members(resource))
    default: throw NovaError(.valueError, detail: "an argument holds the unknown spelling \(tag)")
    }
  }

  private static func list(_ elements: [JSONValue]) throws(NovaError) -> [WireValue] {
    var values: [WireValue] = []
    values.reserveCapacity(elements.count)
    for element in elements { values.append(try WireValue(element)) }
    return values
  }

  private static func members(_ members: [String: JSONValue]) throws(NovaError) -> [String: WireValue] {
    var values: [String: WireValue] = [:]
    for (name, value) in members { values[name] = try WireValue(value) }
    return values
  }
}

extension WireValue {
  /// Whether this is null.
  var isNull: Bool { self == .null }

  /// The members of an object, or the fields of a row, which stands for a dictionary where one is expected.
  var members: [String: WireValue]? {
    switch self {
    case .object(let members), .row(_, let members), .resource(let members): members
    case .pairs(let pairs):
      Dictionary(pairs.compactMap { pair in pair.key.text.map { ($0, pair.value) } }, uniquingKeysWith: { $1 })
    default: nil
    }
  }

  /// The elements of a list; nil for anything else.
  var elements: [WireValue]? { if case .list(let elements) = self { elements } else { nil } }

  /// The text of a text, a number or a truth value, as a database takes it that compares a text with it.
  var text: String? {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .bool(let value): value ? "1" : "0"
    default: nil
    }
  }

  /// The whole number of a number, a truth value, or a text that is one.
  var integer: Int64? {
    switch self {
    case .int(let number): number
    case .bool(let value): value ? 1 : 0
    case .double(let number): Int64(exactly: number)
    case .string(let text): Int64(text)
    default: nil
    }
  }

  /// Whether Python takes the value for true.
  var isTrue: Bool {
    switch self {
    case .null: false
    case .bool(let value): value
    case .int(let number): number != 0
    case .double(let number), .duration(let number): number != 0
    case .string(let text): !text.isEmpty
    case .list(let elements): !elements.isEmpty
    case .object(let members): !members.isEmpty
    case .pairs(let pairs): !pairs.isEmpty
    default: true
    }
  }
}
