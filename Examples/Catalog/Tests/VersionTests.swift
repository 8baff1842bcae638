// SPDX-License-Identifier: Apache-2.0

import CatalogKit
import Foundation
import RomeTesting
import Testing

@Suite struct VersionTests {
  /// Each is older than the one behind it.
  private static let ascending = [
    "0~", "0~1", "0", "0-0.1", "0.1~~", "0.1~~a", "0.1~", "0.1", "0.1-1", "0.1a", "0.1+b1", "0.1.1", "0.9", "0.10",
    "1.0~rc1-1",
    "1.0-1~deb12u1", "1.0-1", "1.0-1+b1", "1.0-1.1", "1.0-2", "1.0-10", "1.0a-1", "1.0.1", "2:0.1", "10:0",
  ]

  @Test func versionsAreOrderedAsDpkgOrdersThem() throws {
    let versions = try Self.ascending.map { try version($0) }
    for (older, newer) in zip(versions, versions.dropFirst()) {
      #expect(older < newer, "\(older) \(newer)")
      #expect(!(newer < older), "\(older) \(newer)")
      #expect(VersionKey(older) < VersionKey(newer), "\(older) \(newer)")
    }
  }

  @Test(arguments: [
    ("1.0", "0:1.0"), ("1.0", "1.0-0"), ("1.00", "1.0"), ("1.0", "1.000-00"), ("1.a", "1.a0"), ("0001", "1"),
    ("00000000000000000000000000000001.2", "1.02"),
  ])
  func differentSpellingsOfOneVersionAreEqual(_ left: String, _ right: String) throws {
    #expect(try version(left) == version(right))
    #expect(try VersionKey(version(left)) == VersionKey(version(right)))
    #expect(try Set([version(left), version(right)]).count == 1)
  }

  @Test(arguments: ["", "1.0-", ":1", "a:1", "-1:1", "1 0", "1:", "1.0_1", "2147483648:1", "1.0-1:1", "-1", "1.0-a b"])
  func whatIsNoVersionIsRefused(_ text: String) {
    #expect(DebianVersion(text) == nil)
  }

  @Test func aVersionKeepsItsParts() throws {
    let version = try version("1:2-3:4-5+b1")
    #expect(version.epoch == 1)
    #expect(String(decoding: version.upstream, as: UTF8.self) == "2-3:4")
    #expect(String(decoding: version.revision, as: UTF8.self) == "5+b1")
    #expect(version.description == "1:2-3:4-5+b1")
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func keysAreOrderedAsVersionsAre(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var equal = 0
    for _ in 0..<5_000 {
      let left = try version(randomVersion(&random))
      let right = try version(randomVersion(&random))
      #expect((left < right) == (VersionKey(left) < VersionKey(right)), "seed \(seed): \(left) \(right)")
      #expect((left == right) == (VersionKey(left) == VersionKey(right)), "seed \(seed): \(left) \(right)")
      if left == right { equal += 1 }
    }
    // The versions are short, so that equal ones are among them.
    #expect(equal > 0)
  }

  @Test func numbersLongerThanAnyIntegerAreCompared() throws {
    let long = String(repeating: "9", count: 300)
    let versions = try ["9", "1" + long, "2" + long, long + long].map { try version($0) }
    for (older, newer) in zip(versions, versions.dropFirst()) {
      #expect(older < newer)
      #expect(VersionKey(older) < VersionKey(newer))
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/dpkg")), arguments: [7] as [UInt64])
  func dpkgAgrees(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var pairs = (0..<400).map { _ in (randomVersion(&random), randomVersion(&random)) }
    for older in Self.ascending {
      for newer in Self.ascending.shuffled(using: &random).prefix(5) { pairs.append((older, newer)) }
    }
    let script = """
      while read -r a b; do
        if dpkg --compare-versions "$a" lt "$b" 2>/dev/null; then echo lt
        elif dpkg --compare-versions "$a" eq "$b" 2>/dev/null; then echo eq
        else echo gt; fi
      done
      """
    let input = pairs.map { "\($0.0) \($0.1)\n" }.joined()
    let answers = try run("/bin/sh", ["-c", script], input: input).split(separator: "\n")
    try #require(answers.count == pairs.count)
    for (pair, answer) in zip(pairs, answers) {
      let (left, right) = (try version(pair.0), try version(pair.1))
      let ours = left < right ? "lt" : left == right ? "eq" : "gt"
      #expect(ours == answer, "seed \(seed): \(pair.0) \(pair.1)")
    }
  }

  private func version(_ text: String) throws -> DebianVersion {
    try #require(DebianVersion(text), "\(text)")
  }

  /// A short version of few characters, so that two of them often begin alike.
  private func randomVersion(_ random: inout SeededGenerator) -> String {
    let epoch = random.chance(0.2) ? "\(Int.random(in: 0...11, using: &random)):" : ""
    let first = random.chance(0.9) ? "\(Int.random(in: 0...10, using: &random))" : "a"
    let upstream = String(decoding: random.bytes(upTo: 3, of: Array("01a.+~".utf8)), as: UTF8.self)
    var revision = String(decoding: random.bytes(upTo: 2, of: Array("01b~.".utf8)), as: UTF8.self)
    if !revision.isEmpty { revision = "-" + revision }
    return epoch + first + upstream + revision
  }
}
