// SPDX-License-Identifier: Apache-2.0

import RomeGlance

/// Writes values as JSON. Names are in order, so that equal values are equal bytes.
struct JSONWriter {
  /// What is written so far, in UTF-8.
  private(set) var bytes: [UInt8] = []

  /// A value as JSON.
  ///
  /// - Parameter value: The value. Numbers that JSON has not (infinity, not a number) become null.
  /// - Returns: The text in UTF-8.
  static func write(_ value: GlanceValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.append(value)
    return writer.bytes
  }

  private mutating func append(_ value: GlanceValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .int(let number): append(String(number))
    case .double(let number): append(number.isFinite ? number.description : "null")
    case .string(let text): append(quoting: text)
    case .date(let time):
      append(#"{"_type": "datetime", "_value": ""#)
      append(time.description)
      append(#""}"#)
    case .array(let elements):
      append("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { append(", ") }
        append(element)
      }
      append("]")
    case .object(let members):
      append("{")
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { append(", ") }
        append(quoting: member.key)
        append(": ")
        append(member.value)
      }
      append("}")
    }
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func append(quoting text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append(#"\""#)
      case UInt8(ascii: "\\"): append(#"\\"#)
      case 0x0A: append(#"\n"#)
      case 0x0D: append(#"\r"#)
      case 0x09: append(#"\t"#)
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        append(#"\u00"# + (digits.count == 1 ? "0" : "") + digits)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
