// SPDX-License-Identifier: Apache-2.0

import Testing
@testable import RomeNova

@Suite struct PythonPatternTests {
  @Test(arguments: [
    (#"^web-\d+$"#, #"^web-\d+$"#), (#"end\Z"#, #"end\z"#), ("[[a]", #"[\[a]"#), ("[]a]", #"[\]a]"#),
    ("[^]a]", #"[^\]a]"#), ("[a&&b]", #"[a\&\&b]"#), ("a&&b", "a&&b"), ("[a--z]", #"[a\--z]"#), ("a{2,3}", "a{2,3}"),
    ("a{,3}", "a{,3}"), ("a{", #"a\{"#), ("{name}", #"\{name}"#), ("a{,}", #"a\{,}"#), (#"\{2}"#, #"\{2}"#),
    ("(?P<n>a)|b", "(?P<n>a)|b"),
  ])
  func `What differs in Python's syntax is written in Swift's`(_ python: String, _ swift: String) throws {
    #expect(PythonPattern(python).swift == swift)
    _ = try Regex(swift)
  }
}
