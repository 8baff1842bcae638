// SPDX-License-Identifier: Apache-2.0

/// Values that clients send as values of columns. Each is lenient where stock Glance is, and null is nil everywhere.
extension GlanceValue {
  /// The value of a column of text: numbers and truth values become their texts.
  ///
  /// - Parameter name: The column, for the error.
  /// - Throws: `rpc` for anything else.
  func text(_ name: String) throws(GlanceError) -> String? {
    switch self {
    case .null: nil
    case .string(let text): text
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .bool(let value): value ? "1" : "0"
    case .date, .array, .object: throw GlanceError(.rpc, "'\(name)' must be a string")
    }
  }

  /// The value of a column of text that can't be null.
  func requiredText(_ name: String) throws(GlanceError) -> String {
    guard let text = try text(name) else { throw GlanceError(.rpc, "'\(name)' is required") }
    return text
  }

  /// The value of a column of whole numbers: texts of digits become numbers, fractions are dropped.
  ///
  /// - Throws: `valueError` for a text that is no number, `rpc` for what is no number or does not fit 64 bits.
  func integer(_ name: String) throws(GlanceError) -> Int64? {
    switch self {
    case .null: return nil
    case .int(let number): return number
    case .bool(let value): return value ? 1 : 0
    case .double(let number):
      guard let whole = Int64(exactly: number.rounded(.towardZero)) else {
        throw GlanceError(.rpc, "'\(name)' is out of range")
      }
      return whole
    case .string(let text):
      guard let number = Int64(text.trimmed) else {
        throw GlanceError(.valueError, "invalid literal for int() with base 10: '\(text)'")
      }
      return number
    case .date, .array, .object: throw GlanceError(.rpc, "'\(name)' must be a number")
    }
  }

  /// The number that a client chooses for a row; nil for null.
  ///
  /// - Throws: `valueError` for a text that is no number, `rpc` for what is no number or does not fit 32 bits.
  func rowNumber() throws(GlanceError) -> Int? {
    guard let number = try integer("id") else { return nil }
    guard let id = Int32(exactly: number) else { throw GlanceError(.rpc, "'id' is out of range") }
    return Int(id)
  }

  /// The value of a column of truth values; numbers are true unless they are 0.
  ///
  /// - Throws: `rpc` for anything else.
  func boolean(_ name: String) throws(GlanceError) -> Bool? {
    switch self {
    case .null: nil
    case .bool(let value): value
    case .int(let number): number != 0
    case .double(let number): number != 0
    case .string, .date, .array, .object: throw GlanceError(.rpc, "'\(name)' must be a boolean")
    }
  }

  /// The value of a column of points in time.
  ///
  /// - Throws: `rpc` for anything else, a text that looks like one among it.
  func time(_ name: String) throws(GlanceError) -> GlanceTime? {
    switch self {
    case .null: nil
    case .date(let time): time
    default: throw GlanceError(.rpc, "'\(name)' must be a datetime")
    }
  }
}

extension String {
  /// The text without white space at both ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
