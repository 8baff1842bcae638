// SPDX-License-Identifier: Apache-2.0

/// What a Redis server answers, as the tests look at it. A value of RESP 3 is the nearest one of RESP 2.
public enum Reply: Sendable, Equatable {
  /// A string.
  case bytes([UInt8])
  /// An integer.
  case integer(Int)
  /// An error with its text, which begins with a word such as `ERR`.
  case error(String)
  /// Nothing.
  case null
  /// Several replies.
  case array([Reply])

  /// The text of a string or of an error, or the digits of an integer.
  public var text: String? {
    switch self {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .error(let message): message
    case .integer(let value): String(value)
    case .null, .array: nil
    }
  }

  /// The integer, or the one whose digits the string is.
  public var number: Int? { if case .integer(let value) = self { value } else { text.flatMap { Int($0) } } }

  /// The members of an array.
  public var members: [Reply]? { if case .array(let members) = self { members } else { nil } }

  /// The text of an error.
  public var failure: String? { if case .error(let message) = self { message } else { nil } }

  /// A string as a reply.
  public static func text(_ text: String) -> Reply { .bytes(Array(text.utf8)) }
}

extension Reply {
  /// How deep replies may be nested: deeper ones are refused, so that no server can overflow the stack.
  private static let maximumDepth = 128

  /// Reads one value that is complete, as `RESPScanner` returns them.
  init(parsing bytes: [UInt8]) throws(RedisTestError) {
    var position = 0
    self = try Reply.parse(bytes, &position, depth: 0)
  }

  private static func parse(_ bytes: [UInt8], _ position: inout Int, depth: Int) throws(RedisTestError) -> Reply {
    guard depth <= maximumDepth else { throw RedisTestError(.malformed, "A reply is nested too deep.") }
    let type = bytes[position]
    let line = line(bytes, &position)
    let text = String(decoding: line, as: UTF8.self)
    switch type {
    case UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "("): return .bytes(Array(line))
    case UInt8(ascii: "-"): return .error(text)
    case UInt8(ascii: ":"): return .integer(try number(text))
    case UInt8(ascii: "#"): return .integer(text == "t" ? 1 : 0)
    case UInt8(ascii: "_"): return .null
    case UInt8(ascii: "|"):
      for _ in 0..<(2 * (try number(text))) { _ = try parse(bytes, &position, depth: depth + 1) }
      return try parse(bytes, &position, depth: depth + 1)
    case UInt8(ascii: "$"), UInt8(ascii: "="), UInt8(ascii: "!"):
      let length = try number(text)
      guard length >= 0 else { return .null }
      let content = Array(bytes[position..<(position + length)])
      position += length + 2
      return type == UInt8(ascii: "!") ? .error(String(decoding: content, as: UTF8.self)) : .bytes(content)
    default:
      var count = try number(text)
      guard count >= 0 else { return .null }
      if type == UInt8(ascii: "%") { count *= 2 }
      var members: [Reply] = []
      for _ in 0..<count { members.append(try parse(bytes, &position, depth: depth + 1)) }
      return .array(members)
    }
  }

  private static func line(_ bytes: [UInt8], _ position: inout Int) -> ArraySlice<UInt8> {
    let start = position + 1
    var end = start
    while !(bytes[end] == UInt8(ascii: "\r") && bytes[end + 1] == UInt8(ascii: "\n")) { end += 1 }
    position = end + 2
    return bytes[start..<end]
  }

  private static func number(_ text: String) throws(RedisTestError) -> Int {
    guard let number = Int(text) else { throw RedisTestError(.malformed, "“\(text)” is no integer.") }
    return number
  }
}

/// What clients send.
enum Request {
  /// A request as an array of strings.
  static func encode(_ arguments: [[UInt8]]) -> [UInt8] {
    var bytes = Array("*\(arguments.count)\r\n".utf8)
    for argument in arguments {
      bytes += Array("$\(argument.count)\r\n".utf8) + argument + Array("\r\n".utf8)
    }
    return bytes
  }

  /// The arguments of a request that is complete, as `RESPScanner` returns them; the words of an inline one.
  static func decode(_ bytes: [UInt8]) throws(RedisTestError) -> [[UInt8]] {
    guard bytes.first == UInt8(ascii: "*") else {
      return bytes.split { $0 <= UInt8(ascii: " ") }.map { Array($0) }
    }
    var arguments: [[UInt8]] = []
    for member in try Reply(parsing: bytes).members ?? [] {
      guard case .bytes(let argument) = member else {
        throw RedisTestError(.malformed, "An argument of a request is no string.")
      }
      arguments.append(argument)
    }
    return arguments
  }
}
