// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import NovaDatabaseKit

@Suite struct WireTimeTests {
  @Test func `A time has six digits of microseconds`() {
    #expect(WireTime.text(microseconds: 1_456_833_600_123_456) == "2016-03-01T12:00:00.123456")
    #expect(WireTime.text(microseconds: -1) == "1969-12-31T23:59:59.999999")
    #expect(WireTime.microseconds("2016-03-01T12:00:00.123456") == 1_456_833_600_123_456)
  }

  @Test func `A zone is dropped without a conversion`() {
    #expect(WireTime.microseconds("2016-03-01T12:00:00+02:00") == 1_456_833_600_000_000)
    #expect(WireTime.microseconds("2016-03-01 12:00:00Z") == 1_456_833_600_000_000)
  }

  @Test(arguments: ["", "now", "2016-13-01T00:00:00", "2016-02-30", "2016-03-01T25:00:00", "2016-03-01T12:00:00x"])
  func `What is no time is refused`(_ text: String) {
    #expect(WireTime.microseconds(text) == nil)
  }
}
