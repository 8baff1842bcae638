// SPDX-License-Identifier: Apache-2.0

import HTTPService
import RomeGlance
import Testing

@testable import GlanceRegistryKit

@Suite struct GlanceJSONTests {
  private func read(_ text: String) throws -> GlanceValue { try GlanceValue(json: Array(text.utf8)) }
  private func write(_ value: GlanceValue) -> String { String(decoding: value.json, as: UTF8.self) }

  @Test func `a datetime keeps its microseconds, in both directions and at any depth`() throws {
    let text = #"{"a": [{"_type": "datetime", "_value": "2020-01-31T12:00:00.000500"}]}"#
    let value = try read(text)
    #expect(value == ["a": [.date(GlanceTime(microseconds: 1_580_472_000_000_500))]])
    #expect(write(value) == text)
    #expect(
      try read(#"{"_value": "2020-01-31T13:00:00.0005+01:00", "_type": "datetime"}"#)
        == .date(GlanceTime(microseconds: 1_580_472_000_000_500)))
    #expect(write(.date(GlanceTime(microseconds: 0))) == #"{"_type": "datetime", "_value": "1970-01-01T00:00:00"}"#)
  }

  @Test func `another type than datetime stays an object`() throws {
    for text in [#"{"_type": "date", "_value": "2020"}"#, #"{"_type": 1, "_value": 2}"#, #"{"_type": "datetime"}"#] {
      #expect(try read(text).objectValue != nil)
    }
  }

  @Test(arguments: [#"{"_type": "datetime", "_value": "soon"}"#, #"[{"_type": "datetime", "_value": 5}]"#, "{"])
  func `what is no time, and no JSON, is refused`(_ text: String) {
    #expect(throws: HTTPRefusal.self) { try read(text) }
  }

  @Test func `all kinds of values are written as they were read`() throws {
    let text = #"{"a": null, "b": [true, 1, 2.5, "c"], "d": {}}"#
    #expect(write(try read(text)) == text)
  }
}
