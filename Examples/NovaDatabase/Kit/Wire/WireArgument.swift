// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova

/// A type of arguments that can come over the wire.
protocol WireArgument: Sendable {
  /// Reads an argument.
  ///
  /// - Throws: `typeError` or `valueError` when the value is none of this type.
  init(wire: WireValue) throws(NovaError)
}

extension NovaError {
  /// What to answer to an argument of another type.
  static func mistyped(_ expected: String) -> NovaError {
    NovaError(.typeError, detail: "an argument is not \(expected)")
  }
}

extension Optional: WireArgument where Wrapped: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self = wire.isNull ? .none : .some(try Wrapped(wire: wire))
  }
}

extension Array: WireArgument where Element: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    guard let elements = wire.elements else { throw .mistyped("a list") }
    self = []
    for element in elements { append(try Element(wire: element)) }
  }
}

extension Dictionary: WireArgument where Key == String, Value: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    guard let members = wire.members else { throw .mistyped("an object") }
    self = [:]
    for (name, value) in members { self[name] = try Value(wire: value) }
  }
}

extension String: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    // Nothing has the name null, but asking for it is no mistake of the call.
    guard let text = wire.isNull ? "None" : wire.text else { throw .mistyped("a text") }
    self = text
  }
}

extension Int: WireArgument {
  /// No row has this number: what a text that is no number finds.
  static let noRow = Int.min

  init(wire: WireValue) throws(NovaError) {
    switch wire {
    case .null, .string: self = wire.integer.map { Int(clamping: $0) } ?? Self.noRow
    // A row stands for the stored row of its number.
    case .row(_, let fields): self = fields["id"]?.integer.map { Int(clamping: $0) } ?? Self.noRow
    default:
      guard let number = wire.integer else { throw .mistyped("a whole number") }
      self = Int(clamping: number)
    }
  }
}

extension Int64: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    guard let number = wire.integer else { throw .mistyped("a whole number") }
    self = number
  }
}

extension Bool: WireArgument {
  init(wire: WireValue) throws(NovaError) { self = wire.isTrue }
}

extension Date: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    switch wire {
    case .time(let microseconds): self = Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
    case .string(let text):
      guard let microseconds = WireTime.microseconds(text) else {
        throw NovaError(.valueError, detail: "a text is no time: \(text)")
      }
      self = Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
    default: throw .mistyped("a time")
    }
  }
}

extension NovaValues: WireArgument {
  /// Reads columns from an object; members that are no columns are left out, as Nova's models leave them out of the row.
  init(wire: WireValue) throws(NovaError) {
    guard let members = wire.members else { throw .mistyped("an object") }
    self.init()
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let position = Model.schema.position(of: name), Model.schema.columns[position].name == name else {
        continue
      }
      try assign(try value.stored(as: Model.schema.columns[position].type), to: name)
    }
  }
}

extension WireValue {
  /// The value as a column of a type stores it, with the conversions that a database does.
  func stored(as type: ColumnType) throws(NovaError) -> Value {
    if isNull { return .null }
    switch type {
    case .bool: return .bool(isTrue)
    case .int:
      guard let number = integer else { throw NovaError(.dbError, detail: "a value is no whole number") }
      return .int(number)
    case .double:
      if case .double(let number) = self { return .double(number) }
      guard let number = integer else { throw NovaError(.dbError, detail: "a value is no number") }
      return .double(Double(number))
    case .date: return try Date(wire: self).value
    default:
      guard let text else { throw NovaError(.dbError, detail: "a value is no text") }
      return .string(text)
    }
  }
}
