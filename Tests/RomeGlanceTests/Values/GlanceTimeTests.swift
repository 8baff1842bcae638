// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeGlance
import RomeTesting
import Testing

@Suite struct GlanceTimeTests {
  @Test(
    arguments: [
      ("2020-01-31T12:00:00.000500", "2020-01-31T12:00:00.000500"), ("2020-01-31T12:00:00", "2020-01-31T12:00:00"),
      ("2020-01-31T12:00:00Z", "2020-01-31T12:00:00"), ("2020-01-31 12:00:00+01:30", "2020-01-31T10:30:00"),
      ("2020-01-31T23:30:00-0100", "2020-02-01T00:30:00"), ("20200131T120000.5Z", "2020-01-31T12:00:00.500000"),
      ("2020-01-31", "2020-01-31T00:00:00"), ("2020-02", "2020-02-01T00:00:00"), ("2020", "2020-01-01T00:00:00"),
      ("2020-01-31T12:00", "2020-01-31T12:00:00"), ("2020-01-31T12", "2020-01-31T12:00:00"),
      ("2020-01-31T12:00:00.1234567", "2020-01-31T12:00:00.123456"), ("2020-01-31T12+02", "2020-01-31T10:00:00"),
      ("0001-01-01T00:00:00", "0001-01-01T00:00:00"), ("9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999"),
      ("2000-02-29", "2000-02-29T00:00:00"), ("1969-12-31T23:59:59.999999", "1969-12-31T23:59:59.999999"),
    ])
  func `ISO 8601 is read and printed as Python does`(_ text: String, _ printed: String) throws {
    let time = try #require(GlanceTime(iso8601: text))
    #expect(time.description == printed)
    #expect(GlanceTime(iso8601: time.description) == time)
  }

  @Test(
    arguments: [
      "", "x", "2020-13-01", "2020-02-30", "2019-02-29", "1900-02-29", "2020-00-01", "2020-01-31T24:00:00",
      "2020-01-31T12:60:00", "2020-01-31T12:00:60", "2020-01-31T12:00:00.", "2020-01-31T12:00:00 Z", "2020-01T12:00",
      "2020-01-31T12:00:00+25:00", "2020-0131", "202001", "20-01-31", " 2020-01-31", "2020-01-31T12:", "0000-01-01",
    ])
  func `what is no time is refused`(_ text: String) {
    #expect(GlanceTime(iso8601: text) == nil)
  }

  @Test func `the numbers are those of Foundation`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
      let time = GlanceTime(microseconds: seconds * 1_000_000)
      let parsed = try Date.ISO8601FormatStyle().parse(time.description + "Z")
      // Foundation changes to Julian dates in 1582; Python and Glance don't.
      if seconds > -12_219_292_800 { #expect(Int64(parsed.timeIntervalSince1970) == seconds, "\(time), seed \(seed)") }
    }
  }

  @Test func `a value comes back from JSON as it went in`() throws {
    let value: GlanceValue = [
      "null": nil, "yes": true, "one": 1, "large": 9_223_372_036_854_775_807, "half": 0.5, "text": "é\u{1F47D}",
      "list": [1, "a", [:]], "time": .date(GlanceTime(microseconds: 5)), "other": ["_type": "x", "_value": "y"],
    ]
    let data = try JSONEncoder().encode(value)
    #expect(try JSONDecoder().decode(GlanceValue.self, from: data) == value)
    #expect(String(decoding: data, as: UTF8.self).contains(#""_value":"1970-01-01T00:00:00.000005""#))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(GlanceValue.self, from: Data(#"{"_type":"datetime","_value":"soon"}"#.utf8))
    }
  }

  @Test func `a clock never repeats itself`() {
    let standing = GlanceClock { GlanceTime(microseconds: 7) }
    #expect([standing.now(), standing.now(), standing.now()].map(\.microseconds) == [7, 8, 9])
  }
}
