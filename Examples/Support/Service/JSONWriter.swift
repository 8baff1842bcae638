// SPDX-License-Identifier: Apache-2.0

/// Writes values as JSON. Names are in order, so that equal values are equal bytes.
public struct JSONWriter {
  private var bytes: [UInt8] = []

  /// A value as JSON.
  ///
  /// - Parameter value: The value. Numbers that JSON has not (infinity, not a number) become null.
  /// - Returns: The text in UTF-8.
  public static func write(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.append(value)
    return writer.bytes
  }

  private mutating func append(_ value: JSONValue) {
    switch value {
    case .null: append(raw: "null")
    case .bool(let value): append(raw: value ? "true" : "false")
    case .int(let number): bytes.append(contentsOf: String(number).utf8)
    case .double(let number):
      if number.isFinite { bytes.append(contentsOf: number.description.utf8) } else { append(raw: "null") }
    case .string(let text): append(quoting: text)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      var isFirst = true
      for element in elements {
        if !isFirst { append(raw: ", ") }
        isFirst = false
        append(element)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      var isFirst = true
      for name in members.keys.sorted() {
        if !isFirst { append(raw: ", ") }
        isFirst = false
        append(quoting: name)
        append(raw: ": ")
        append(members[name] ?? .null)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func append(raw text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func append(quoting text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      // Between two bytes that are escaped all others are copied at once; most texts have none.
      var start = 0
      for position in utf8.indices where Self.isEscaped(utf8[position]) {
        bytes.append(contentsOf: utf8[start..<position])
        append(escaping: utf8[position])
        start = position + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  private mutating func append(escaping byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      append(raw: "u00")
      let digits = String(byte, radix: 16)
      if digits.utf8.count == 1 { bytes.append(UInt8(ascii: "0")) }
      bytes.append(contentsOf: digits.utf8)
    }
  }
}
