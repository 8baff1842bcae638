// SPDX-License-Identifier: Apache-2.0

import Rome

/// A template of names as Nova's configuration has them, in Python's spelling: `instance-%08x` takes a number, and
/// `server-%(uuid)s` the columns of a row.
struct NameTemplate {
  private let text: String

  init(_ text: String) { self.text = text }

  /// Whether the template takes columns by their names.
  var takesColumns: Bool { text.contains("%(") }

  /// The text with a number in the place of `%d`, `%s`, `%x` and the like, with their widths, such as `%08x`.
  func filled(with number: Int64) -> String { filled { _ in .int(number) } ?? text }

  /// The text with values of columns; nil when it names a column that there is not.
  func filled(with value: (_ column: String) -> Value?) -> String? {
    var unknown = false
    let result = text.replacing(/%(?:\((\w+)\))?([-0]?)(\d*)([sdiuxXo%])/) { match in
      if match.output.4 == "%" { return "%" }
      guard let value = value(match.output.1.map { String($0) } ?? "") else {
        unknown = true
        return ""
      }
      return Self.padded(Self.text(value, match.output.4), to: Int(match.output.3) ?? 0, match.output.2)
    }
    return unknown ? nil : result
  }

  private static func text(_ value: Value, _ conversion: Substring) -> String {
    switch (value, conversion) {
    case (.int(let number), "x"): String(number, radix: 16)
    case (.int(let number), "X"): String(number, radix: 16, uppercase: true)
    case (.int(let number), "o"): String(number, radix: 8)
    case (.int(let number), _): String(number)
    case (.string(let text), _): text
    case (.bool(let value), _): value ? "True" : "False"
    case (.null, _): "None"
    default: "\(value)"
    }
  }

  private static func padded(_ text: String, to width: Int, _ flag: Substring) -> String {
    let missing = width - text.count
    if missing <= 0 { return text }
    return switch flag {
    case "-": text + String(repeating: " ", count: missing)
    case "0": String(repeating: "0", count: missing) + text
    default: String(repeating: " ", count: missing) + text
    }
  }
}
