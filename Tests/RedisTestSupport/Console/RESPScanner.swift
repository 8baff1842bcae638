// SPDX-License-Identifier: Apache-2.0

/// Finds where the values of a RESP stream begin and end, however the stream is cut into pieces.
///
/// It goes over each byte once: where it is in a value that has come in part is kept. RESP 2 and 3 are known, but for
/// RESP 3's streamed strings and aggregates, which no server sends.
struct RESPScanner {
  /// Whether a line without a type is a value, as it is in what clients send.
  private let allowsInline: Bool
  private var bytes: [UInt8] = []
  /// Where the value begins that is being scanned; everything before has been returned.
  private var start = 0
  /// Where the next part of the value begins.
  private var position = 0
  /// How far the end of a line has been looked for.
  private var searched = 0
  /// How many values are to come until the one at `start` is complete.
  private var outstanding = 1

  init(allowsInline: Bool = false) {
    self.allowsInline = allowsInline
  }

  mutating func append(_ piece: some Collection<UInt8>) {
    if start > 0 && start * 2 >= bytes.count {
      bytes.removeFirst(start)
      position -= start
      searched -= start
      start = 0
    }
    bytes.append(contentsOf: piece)
  }

  /// What has come and has not been returned.
  var rest: ArraySlice<UInt8> { bytes[start...] }

  /// The next complete value with all of its bytes, or nil when more must come first.
  mutating func next() throws(RedisTestError) -> [UInt8]? {
    while outstanding > 0 {
      guard try scanPart() else { return nil }
    }
    defer {
      start = position
      outstanding = 1
    }
    return Array(bytes[start..<position])
  }

  /// Goes over one line, and the string that it announces. False when they are not here yet.
  private mutating func scanPart() throws(RedisTestError) -> Bool {
    guard let end = endOfLine() else { return false }
    switch bytes[position] {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "#"),
      UInt8(ascii: ","), UInt8(ascii: "("):
      move(to: end, completing: 1)
    case UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "="):
      let length = try count(before: end)
      guard length >= 0 else {
        move(to: end, completing: 1)
        return true
      }
      guard bytes.count - end >= length + 2 else { return false }
      guard bytes[end + length] == UInt8(ascii: "\r"), bytes[end + length + 1] == UInt8(ascii: "\n") else {
        throw RedisTestError(.malformed, "A string of RESP does not end where it says.")
      }
      move(to: end + length + 2, completing: 1)
    case UInt8(ascii: "*"), UInt8(ascii: "~"), UInt8(ascii: ">"):
      let members = max(0, try count(before: end))
      move(to: end, completing: 1 - members)
    case UInt8(ascii: "%"):
      let pairs = max(0, try count(before: end))
      move(to: end, completing: 1 - 2 * pairs)
    case UInt8(ascii: "|"):
      // Attributes come before the value that they belong to and are none themselves.
      let pairs = max(0, try count(before: end))
      move(to: end, completing: -2 * pairs)
    default:
      guard allowsInline, position == start else {
        throw RedisTestError(.malformed, "A value of RESP begins with the byte \(bytes[position]).")
      }
      move(to: end, completing: 1)
    }
    return true
  }

  private mutating func move(to end: Int, completing values: Int) {
    position = end
    searched = end
    outstanding -= values
  }

  /// The index behind the line at `position`.
  private mutating func endOfLine() -> Int? {
    var index = max(searched, position + 1)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\n") && bytes[index - 1] == UInt8(ascii: "\r") { return index + 1 }
      index += 1
    }
    searched = index
    return nil
  }

  private func count(before end: Int) throws(RedisTestError) -> Int {
    let digits = String(decoding: bytes[(position + 1)..<(end - 2)], as: UTF8.self)
    guard let count = Int(digits), (-1...1 << 40).contains(count) else {
      throw RedisTestError(.malformed, "A length of RESP is “\(digits)”.")
    }
    return count
  }
}
