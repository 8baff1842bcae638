// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

@Suite struct LikePatternTests {
  private func matches(_ text: String, _ pattern: LikePattern) -> Bool {
    var text = text
    return text.withUTF8 { pattern.matches(UnsafeRawBufferPointer($0)) }
  }

  @Test(arguments: [
    ("abc", "abc", true), ("abc", "ABC", false), ("abc", "ab", false), ("abc", "abcd", false), ("abc", "a%", true),
    ("abc", "%c", true), ("abc", "%b%", true), ("abc", "_b_", true), ("abc", "__", false), ("", "%", true),
    ("", "", true), ("", "_", false), ("abab", "%ab", true), ("aab", "%ab", true), ("a%c", "a%c", true),
    ("äöü", "_ö_", true), ("äöü", "___", true), ("日本語", "日%語", true), ("mississippi", "m%iss%ip%i", true),
    ("mississippi", "m%iss%iss%iss%", false),
  ])
  func aPatternMatchesTheWholeText(_ text: String, _ pattern: String, _ expected: Bool) {
    #expect(matches(text, LikePattern(pattern)) == expected)
  }

  @Test func onlyASCIILettersMatchInEitherCase() {
    #expect(matches("ABC", LikePattern("a_C", ignoresCase: true)))
    #expect(!matches("Ä", LikePattern("ä", ignoresCase: true)))
  }

  @Test func theEscapeCharacterTakesTheMeaningOfTheNext() {
    #expect(matches("100%", LikePattern("100!%", escape: "!")))
    #expect(!matches("1000", LikePattern("100!%", escape: "!")))
    #expect(matches("a_b", LikePattern("a!_b", escape: "!")))
    #expect(!matches("axb", LikePattern("a!_b", escape: "!")))
    #expect(matches("!", LikePattern("!!", escape: "!")))
    #expect(!matches("a", LikePattern("a!", escape: "!")), "an escape character at the end matches nothing")
  }

  @Test func thePrefixIsWhatAllMatchesBeginWith() {
    #expect(LikePattern("ab%").prefix?.bytes == Array("ab".utf8))
    #expect(LikePattern("ab%").prefix?.isComplete == true)
    #expect(LikePattern("ab%c").prefix?.isComplete == false)
    #expect(LikePattern("%ab").prefix == nil)
    #expect(LikePattern("ab%", ignoresCase: true).prefix == nil)
  }

  /// The definition of LIKE, letter by letter.
  private func isMatch(_ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if first == "%" { return (text.startIndex...text.endIndex).contains { isMatch(text[$0...], rest) } }
    guard let letter = text.first, first == "_" || first == letter else { return false }
    return isMatch(text.dropFirst(), rest)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func randomPatternsMatchAsTheDefinitionSays(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let text = String(
        (0..<Int.random(in: 0...8, using: &random)).map { _ in "abä".randomElement(using: &random) ?? "a" })
      let pattern = String(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in "abä%_%".randomElement(using: &random) ?? "%" })
      let expected = isMatch(ArraySlice(text.unicodeScalars), ArraySlice(pattern.unicodeScalars))
      #expect(matches(text, LikePattern(pattern)) == expected, "'\(text)' LIKE '\(pattern)', seed \(seed)")
    }
  }
}
