// SPDX-License-Identifier: Apache-2.0

/// Damages bytes as a broken or hostile client would.
public enum Mutation {
  private static let words = [
    "\r\n", "\r\n\r\n", "Content-Length: 5\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n", "HTTP/1.0",
    "GET", "CONNECT", "Upgrade: h2c\r\nConnection: Upgrade\r\n", "null", "[[[[", "}", "\"", "\\u", "1e400",
    "99999999999999999999", "\0", ":", "{\"_type\": \"datetime\", \"_value\": 1}", "{\"$datetime\": \"x\"}",
    "{\"$dict\": [[1]]}", "{\"$\": 0}", "true", "-", "Expect: 100-continue\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  ]

  /// The bytes with some of them changed, cut out, doubled, or words put in.
  ///
  /// - Parameters:
  ///   - original: The bytes.
  ///   - random: Decides.
  public static func damage(
    _ original: [UInt8], using random: inout some RandomNumberGenerator
  ) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...20, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.insert(contentsOf: (words.randomElement(using: &random) ?? "").utf8, at: place)
      case 4: bytes.removeSubrange(place...)
      default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
      }
    }
    return bytes
  }
}
