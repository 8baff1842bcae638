// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RedisTestSupport

@Suite struct RESPScannerTests {
  private let values = [
    "+OK\r\n", "-ERR no\r\n", ":12\r\n", "$-1\r\n", "*-1\r\n", "$0\r\n\r\n", "$5\r\na\r\nb\0\r\n", "*0\r\n",
    "*2\r\n$1\r\na\r\n*2\r\n:1\r\n*1\r\n+x\r\n", "%1\r\n+k\r\n:1\r\n", "|1\r\n+k\r\n:1\r\n*1\r\n_\r\n", "~1\r\n#t\r\n",
    ">2\r\n+message\r\n,1.5\r\n", "!3\r\nE a\r\n", "=5\r\ntxt:a\r\n", "(123\r\n",
  ]

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `values are found however the stream is cut`(pieceLength: Int) throws {
    let stream = values.joined().utf8.map(\.self)
    var scanner = RESPScanner()
    var found: [String] = []
    for start in stride(from: 0, to: stream.count, by: pieceLength) {
      scanner.append(stream[start..<min(start + pieceLength, stream.count)])
      while let value = try scanner.next() { found.append(String(decoding: value, as: UTF8.self)) }
    }
    #expect(found == values)
    #expect(scanner.rest.isEmpty)
  }

  @Test func `replies are read`() throws {
    let expected: [Reply] = [
      .text("OK"), .error("ERR no"), .integer(12), .null, .null, .text(""), .text("a\r\nb\0"), .array([]),
      .array([.text("a"), .array([.integer(1), .array([.text("x")])])]), .array([.text("k"), .integer(1)]),
      .array([.null]), .array([.integer(1)]), .array([.text("message"), .text("1.5")]), .error("E a"), .text("txt:a"),
      .text("123"),
    ]
    for (value, reply) in zip(values, expected) { #expect(try Reply(parsing: Array(value.utf8)) == reply) }
  }

  @Test(arguments: ["x\r\n", "$-2\r\n", "$1x\r\n", "$1\r\nab\r\n", "*999999999999999999999\r\n", "*1\r\nx\r\n"])
  func `garbage is refused`(text: String) {
    var scanner = RESPScanner()
    scanner.append(Array(text.utf8))
    #expect(throws: RedisTestError.self) { _ = try scanner.next() }
  }

  @Test func `deep nesting is refused and overflows nothing`() throws {
    let text = String(repeating: "*1\r\n", count: 100_000) + ":1\r\n"
    var scanner = RESPScanner()
    scanner.append(Array(text.utf8))
    let value = try #require(try scanner.next())
    #expect(value.count == text.utf8.count)
    #expect(throws: RedisTestError.self) { _ = try Reply(parsing: value) }
  }

  @Test func `requests are read, as arrays and inline`() throws {
    var scanner = RESPScanner(allowsInline: true)
    scanner.append(Array("*2\r\n$3\r\nGET\r\n$1\r\na\r\nSET a  1\r\n\r\n".utf8))
    var requests: [[String]] = []
    while let frame = try scanner.next() {
      requests.append(try Request.decode(frame).map { String(decoding: $0, as: UTF8.self) })
    }
    #expect(requests == [["GET", "a"], ["SET", "a", "1"], []])
  }
}
