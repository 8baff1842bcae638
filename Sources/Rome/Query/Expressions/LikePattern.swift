// SPDX-License-Identifier: Apache-2.0

/// A pattern of SQL's LIKE: `%` stands for any number of characters, `_` for one, and the escape character before one of
/// them for itself. A character is a Unicode code point.
public struct LikePattern: Hashable, Sendable {
  /// What a pattern is made of.
  enum Element: Hashable {
    /// These bytes.
    case text([UInt8])
    /// One character.
    case one
    /// Any number of characters.
    case any
  }

  /// The pattern as it was written.
  let text: String
  /// Whether ASCII letters match in either case.
  let ignoresCase: Bool
  let elements: [Element]

  /// Makes a pattern.
  ///
  /// - Parameters:
  ///   - text: The pattern.
  ///   - escape: The character that takes the meaning from the next one; nil when there is none.
  ///   - ignoresCase: Whether ASCII letters match in either case.
  init(_ text: String, escape: Unicode.Scalar? = nil, ignoresCase: Bool = false) {
    self.text = text
    self.ignoresCase = ignoresCase
    var elements: [Element] = []
    var literal: [UInt8] = []
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if !isEscaped, scalar == escape {
        isEscaped = true
      } else if !isEscaped, scalar == "%" || scalar == "_" {
        if !literal.isEmpty { elements.append(.text(literal)) }
        literal = []
        if scalar == "_" { elements.append(.one) } else if elements.last != .any { elements.append(.any) }
      } else {
        isEscaped = false
        for byte in String(scalar).utf8 { literal.append(ignoresCase ? ASCII.lower(byte) : byte) }
      }
    }
    if !literal.isEmpty { elements.append(.text(literal)) }
    // An escape character with nothing behind it escapes nothing, and such a pattern matches nothing, as in SQLite.
    self.elements = isEscaped ? [.text([0xFF])] : elements
  }

  /// The bytes that every match begins with, and whether every text with them matches.
  var prefix: (bytes: [UInt8], isComplete: Bool)? {
    guard !ignoresCase, case .text(let bytes)? = elements.first else { return nil }
    return (bytes, elements.count == 2 && elements[1] == .any)
  }

  /// Whether the text in UTF-8 matches the pattern as a whole.
  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    var element = 0
    // Where to go on when a literal behind the last % does not match: one character later.
    var retry: (element: Int, position: Int)?
    while true {
      if element == elements.count {
        if position == text.count { return true }
      } else {
        switch elements[element] {
        case .any:
          element += 1
          if element == elements.count { return true }
          retry = (element, position)
          continue
        case .one:
          if position < text.count {
            position = Self.next(position, in: text)
            element += 1
            continue
          }
        case .text(let bytes):
          if hasBytes(bytes, at: position, in: text) {
            position += bytes.count
            element += 1
            continue
          }
        }
      }
      guard let last = retry, last.position < text.count else { return false }
      let later = Self.next(last.position, in: text)
      retry = (last.element, later)
      element = last.element
      position = later
    }
  }

  private func hasBytes(_ bytes: [UInt8], at position: Int, in text: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= text.count - position else { return false }
    for offset in 0..<bytes.count {
      let byte = text[position + offset]
      if (ignoresCase ? ASCII.lower(byte) : byte) != bytes[offset] { return false }
    }
    return true
  }

  private static func next(_ position: Int, in text: UnsafeRawBufferPointer) -> Int {
    var result = position + 1
    while result < text.count, text[result] & 0xC0 == 0x80 { result += 1 }
    return result
  }
}

/// The letters that SQLite's `lower`, `upper` and `LIKE` know.
enum ASCII {
  static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
  }

  static func upper(_ byte: UInt8) -> UInt8 {
    (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
  }
}
