// SPDX-License-Identifier: Apache-2.0

import Rome
import Testing

@Suite struct ValueDescriptionTests {
  @Test(arguments: [("it's", "'it''s'"), ("'\u{301}", "'''\u{301}'"), ("", "''")])
  func quotesInTextsAreDoubled(_ text: String, _ expected: String) {
    #expect(Value.string(text).description.unicodeScalars.elementsEqual(expected.unicodeScalars))
  }
}
