// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import RomeTesting

extension GlanceValue {
  /// A value of any kind.
  static func random(depth: Int, using random: inout SeededGenerator) -> GlanceValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .int(.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
    case 3: return .double(.random(in: -1e9...1e9, using: &random))
    case 4: return .string(text(&random))
    case 5:
      return .date(
        GlanceTime(microseconds: .random(in: -1_000_000_000_000_000...4_000_000_000_000_000, using: &random)))
    case 6:
      return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in .random(depth: depth - 1, using: &random) })
    default:
      let members = (0..<Int.random(in: 0..<4, using: &random)).map { _ in
        (text(&random), GlanceValue.random(depth: depth - 1, using: &random))
      }
      return .object(Dictionary(members, uniquingKeysWith: { $1 }))
    }
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "\"", "\\", "\0", "\u{1F}", "\n", "/", "é", "\u{2028}", "😀", "\u{FFFF}", "_", " ",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<6, using: &random) { text.append(scalars.randomElement(using: &random) ?? "a") }
    return String(text)
  }
}
