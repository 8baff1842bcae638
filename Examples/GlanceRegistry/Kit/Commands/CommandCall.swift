// SPDX-License-Identifier: Apache-2.0

import RomeGlance

/// One call of a command: who calls, what on, and with which arguments. Its methods read arguments as Glance's functions
/// take them; each gives the default of the function for an argument that is absent.
struct CommandCall: Sendable {
  /// What the command works on.
  let glance: GlanceDatabase
  /// The caller.
  let context: GlanceContext
  /// The arguments by name. They are those of the command; required ones are there.
  let arguments: [String: GlanceValue]

  /// Any value: null when the argument is absent.
  func value(_ name: String) -> GlanceValue { arguments[name] ?? .null }

  /// A text: nil when the argument is absent or null. Numbers and truth values are taken for their text, as a database
  /// does that compares a text with them.
  ///
  /// - Throws: `rpc` for arrays, objects and points in time.
  func text(_ name: String) throws(GlanceError) -> String? {
    switch value(name) {
    case .null: nil
    case .string(let text): text
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .bool(let value): value ? "1" : "0"
    case .date, .array, .object: throw GlanceError(.rpc, "'\(name)' must be a string")
    }
  }

  /// A text with a default: nil when the argument is null, which is another thing than its absence.
  func text(_ name: String, default value: String) throws(GlanceError) -> String? {
    arguments[name] == nil ? value : try text(name)
  }

  /// A text that is needed.
  ///
  /// - Throws: `rpc` for null, arrays, objects and points in time.
  func requiredText(_ name: String) throws(GlanceError) -> String {
    guard let text = try text(name) else { throw GlanceError(.rpc, "'\(name)' must be a string") }
    return text
  }

  /// The id of an image or a task. Nothing has the id null, but asking for it is no mistake of the call.
  func id(_ name: String) throws(GlanceError) -> String { try text(name) ?? "None" }

  /// A whole number, or its text: nil when the argument is absent or null.
  ///
  /// - Throws: `valueError` for a text that is no number, `rpc` for anything else.
  func integer(_ name: String) throws(GlanceError) -> Int64? {
    switch value(name) {
    case .null: return nil
    case .int(let number): return number
    case .bool(let value): return value ? 1 : 0
    case .double(let number):
      guard let whole = Int64(exactly: number) else { throw GlanceError(.rpc, "'\(name)' must be a whole number") }
      return whole
    case .string(let text):
      guard let number = Int64(text) else {
        throw GlanceError(.valueError, "invalid literal for int() with base 10: '\(text)'")
      }
      return number
    case .date, .array, .object: throw GlanceError(.rpc, "'\(name)' must be a whole number")
    }
  }

  /// A whole number that is needed.
  func requiredInteger(_ name: String) throws(GlanceError) -> Int64 {
    guard let number = try integer(name) else { throw GlanceError(.rpc, "'\(name)' must be a whole number") }
    return number
  }

  /// The number of a row: nil when the argument is absent or null.
  func optionalRow(_ name: String) throws(GlanceError) -> Int? { try integer(name).map { Int(clamping: $0) } }

  /// A number, such as that of a row, that is needed.
  func row(_ name: String) throws(GlanceError) -> Int { Int(clamping: try requiredInteger(name)) }

  /// A limit of a listing: nil when there is none.
  func limit(_ name: String = "limit") throws(GlanceError) -> Int? {
    try integer(name).map { Int(clamping: $0) }
  }

  /// A switch: what Python takes for true is on.
  func flag(_ name: String) -> Bool { value(name).isTrue }

  /// A switch of three positions: nil when the argument is absent or null.
  func optionalFlag(_ name: String) -> Bool? { value(name).isNull ? nil : flag(name) }

  /// Values by name.
  ///
  /// - Throws: `attributeError` for anything but an object, as Python answers it.
  func object(_ name: String) throws(GlanceError) -> [String: GlanceValue] {
    guard let members = value(name).objectValue else {
      throw GlanceError(.attributeError, "'\(name)' must be an object")
    }
    return members
  }

  /// Values by name: none when the argument is absent or null.
  func optionalObject(_ name: String) throws(GlanceError) -> [String: GlanceValue] {
    value(name).isNull ? [:] : try object(name)
  }

  /// Values in order.
  ///
  /// - Throws: `typeError` for anything but an array.
  func array(_ name: String) throws(GlanceError) -> [GlanceValue] {
    guard let elements = value(name).arrayValue else { throw GlanceError(.typeError, "'\(name)' must be an array") }
    return elements
  }

  /// Texts in order: none when the argument is absent or null.
  ///
  /// - Throws: `typeError` for anything but an array, `rpc` for elements that are no texts.
  func texts(_ name: String) throws(GlanceError) -> [String] {
    if value(name).isNull { return [] }
    var texts: [String] = []
    for element in try array(name) {
      guard let text = element.stringValue else {
        throw GlanceError(.rpc, "the elements of '\(name)' must be strings")
      }
      texts.append(text)
    }
    return texts
  }
}
