// SPDX-License-Identifier: Apache-2.0

import HTTPTestSupport
import JSONService
import RomeTesting
import Testing

@Suite struct JSONTests {
  private func read(_ text: String) throws -> JSONValue { try JSONReader.read(Array(text.utf8)) }
  private func write(_ value: JSONValue) -> String { String(decoding: JSONWriter.write(value), as: UTF8.self) }

  @Test(
    arguments: [
      ("0", .int(0)), ("-0", .int(0)), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1.0", .double(1)), ("1e2", .double(100)),
      ("-2.5E-1", .double(-0.25)), ("true", .bool(true)), ("false", .bool(false)), ("null", .null), ("1", .int(1)),
      (" [ ] ", []), ("{}", [:]), ("\t{\"a\" : [1, {\"b\":null}]}\r\n", ["a": [1, ["b": nil]]]),
      (#"{"a": 1, "a": 2}"#, ["a": 2]),
    ] as [(String, JSONValue)])
  func `numbers and truth values are told apart exactly`(_ text: String, _ value: JSONValue) throws {
    #expect(try read(text) == value)
  }

  @Test(arguments: [
    (#""\u0041\n\"\\\/\b\f\r\t""#, "A\n\"\\/\u{8}\u{C}\r\t"), (#""\ud83d\ude00""#, "😀"), ("\"😀é\"", "😀é"),
    (#""\u0000""#, "\0"), (#""""#, ""), (#""\uFFFF""#, "\u{FFFF}"),
  ])
  func `escapes and surrogate pairs are characters`(_ text: String, _ value: String) throws {
    #expect(try read(text) == .string(value))
  }

  @Test(arguments: [
    "", " ", "[", "]", "{", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "nul", "truex", "01", "1.",
    ".5", "-", "1e", "+1", "NaN", "Infinity", "1e999", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"",
    "\"\\ude00\"", "\"\\ud83d\\u0041\"", "\"a\nb\"", "[] []", "'a'",
  ])
  func `what is no JSON, or no value, is refused`(_ text: String) {
    #expect(throws: JSONReader.Failure.self) { try read(text) }
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0x5C, 0x6E, 0xED, 0xA0, 0x80, 0x22], [0xEF],
    ] {
      #expect(throws: JSONReader.Failure.self) { try JSONReader.read(bytes) }
    }
  }

  @Test func `depth is limited, and the limit is exact`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[{\"a\":", count: depth / 2) + "1" + String(repeating: "}]", count: depth / 2)
    }
    #expect(throws: Never.self) { try read(nested(128)) }
    #expect(throws: JSONReader.Failure.self) { try read(nested(130)) }
    #expect(throws: JSONReader.Failure.self) { try read(String(repeating: "[", count: 1_000_000)) }
  }

  @Test func `names are written in order, and control characters escaped`() {
    #expect(write(["b": 1, "a": "\u{1}\"\\\n\u{7F}"]) == #"{"a": "\u0001\"\\\n\u007f", "b": 1}"#)
    #expect(write(.double(.infinity)) == "null")
  }

  @Test func `what stands between two escapes is written as it is`() {
    #expect(write("\"a\"b") == #""\"a\"b""#)
    #expect(write("a\\") == #""a\\""#)
    #expect(write("é\n😀") == #""é\n😀""#)
  }

  @Test func `what is written is read as it was`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededGenerator(seed: seed)
    print("seed of the random values: \(seed)")
    for _ in 0..<2000 {
      let value = JSONValue.random(depth: 4, using: &random)
      #expect(try JSONReader.read(JSONWriter.write(value)) == value, "seed \(seed)")
    }
  }
}
