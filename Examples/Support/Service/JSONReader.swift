// SPDX-License-Identifier: Apache-2.0

/// Reads JSON into values, exactly: whole numbers of 64 bits stay whole, and truth values are never numbers.
///
/// Foundation's reader is not used because it makes numbers of truth values and floating point of large whole numbers, and
/// because its depth can't be limited.
public struct JSONReader {
  /// What is wrong with a text, and where.
  public struct Failure: Error, Hashable, Sendable {
    /// What is wrong; it quotes nothing of the text.
    public let reason: String
    /// How many bytes stand before the place.
    public let offset: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0
  private let maximumDepth: Int

  private init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  /// Reads a text that is one value.
  ///
  /// - Parameters:
  ///   - text: The text in UTF-8.
  ///   - maximumDepth: How many arrays and objects may stand in each other.
  /// - Returns: The value. Of equal names in an object the last one counts; a number that is not whole, or too large for
  ///   64 bits, is a `Double`.
  /// - Throws: ``Failure`` when it is no JSON, too deep, or holds a number or a text that values can't hold.
  public static func read(_ text: [UInt8], maximumDepth: Int = 128) throws(Failure) -> JSONValue {
    var result: Result<JSONValue, Failure> = .failure(Failure(reason: "no text", offset: 0))
    text.withUnsafeBufferPointer { bytes in
      var reader = JSONReader(bytes, maximumDepth: maximumDepth)
      result = Result { () throws(Failure) in try reader.document() }
    }
    return try result.get()
  }

  private mutating func document() throws(Failure) -> JSONValue {
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw failure("something stands behind the value") }
    return value
  }

  private func failure(_ reason: String) -> Failure { Failure(reason: reason, offset: position) }

  /// The next byte; nil at the end.
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func value() throws(Failure) -> JSONValue {
    skipBlanks()
    guard let byte = next else { throw failure("the text ends where a value is expected") }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("a value is expected")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
    let matches = word.withUTF8Buffer { word in
      bytes.count - position >= word.count && zip(word, bytes[position...]).allSatisfy { $0 == $1 }
    }
    guard matches else { throw failure("a value is expected") }
    position += word.utf8CodeUnitCount
    return value
  }

  private mutating func descend() throws(Failure) {
    depth += 1
    guard depth <= maximumDepth else { throw failure("arrays and objects stand too deep in each other") }
  }

  private mutating func array() throws(Failure) -> JSONValue {
    try descend()
    position += 1
    var elements: [JSONValue] = []
    skipBlanks()
    if !take(UInt8(ascii: "]")) {
      repeat {
        elements.append(try value())
        skipBlanks()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw failure("',' or ']' is expected") }
    }
    depth -= 1
    return .array(elements)
  }

  private mutating func object() throws(Failure) -> JSONValue {
    try descend()
    position += 1
    var members: [String: JSONValue] = [:]
    skipBlanks()
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipBlanks()
        guard next == UInt8(ascii: "\"") else { throw failure("a name is expected") }
        let name = try string()
        skipBlanks()
        guard take(UInt8(ascii: ":")) else { throw failure("':' is expected") }
        members[name] = try value()
        skipBlanks()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw failure("',' or '}' is expected") }
    }
    depth -= 1
    return .object(members)
  }

  // MARK: Numbers

  private mutating func number() throws(Failure) -> JSONValue {
    let start = position
    var isWhole = true
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) {
      isWhole = false
      try digits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let number = Int64(text) { return .int(number) }
    guard let number = Double(text), number.isFinite else { throw failure("a number is too large") }
    return .double(number)
  }

  private mutating func digits() throws(Failure) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw failure("a digit is expected") }
  }

  // MARK: Texts

  private mutating func string() throws(Failure) -> String {
    position += 1
    let start = position
    // Most texts have no escapes, and are a piece of the bytes as they are.
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
    if next == UInt8(ascii: "\"") {
      let text = try decode(bytes[start..<position])
      position += 1
      return text
    }
    var unescaped = Array(bytes[start..<position])
    while true {
      guard let byte = next else { throw failure("the text ends within a string") }
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try decode(unescaped[...])
      case UInt8(ascii: "\\"): try escape(into: &unescaped)
      case 0..<0x20: throw failure("a string holds a control character")
      default: unescaped.append(byte)
      }
    }
  }

  private func decode(_ utf8: some Collection<UInt8>) throws(Failure) -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else { throw failure("a string is no UTF-8") }
    return text
  }

  private mutating func escape(into text: inout [UInt8]) throws(Failure) {
    guard let byte = next else { throw failure("the text ends within a string") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("half a surrogate pair") }
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw failure("an escape that there is not")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("four hexadecimal digits are expected")
      }
      position += 1
      code = code << 4 | UInt32(digit)
    }
    return code
  }
}
