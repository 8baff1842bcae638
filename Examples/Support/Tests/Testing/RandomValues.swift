// SPDX-License-Identifier: Apache-2.0

public import JSONService

extension JSONValue {
  /// A value of any kind.
  ///
  /// - Parameters:
  ///   - depth: How many arrays and objects may stand in each other.
  ///   - random: Decides.
  public static func random(depth: Int, using random: inout some RandomNumberGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .int(.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
    case 3: return .double(.random(in: -1e9...1e9, using: &random))
    case 4: return .string(text(using: &random))
    case 5:
      return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in .random(depth: depth - 1, using: &random) })
    default:
      let members = (0..<Int.random(in: 0..<4, using: &random)).map { _ in
        (text(using: &random), JSONValue.random(depth: depth - 1, using: &random))
      }
      return .object(Dictionary(members, uniquingKeysWith: { $1 }))
    }
  }

  /// A text with characters that are written in special ways.
  ///
  /// - Parameter random: Decides.
  public static func text(using random: inout some RandomNumberGenerator) -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "\"", "\\", "\0", "\u{1F}", "\n", "/", "é", "\u{2028}", "😀", "\u{FFFF}", "_", " ",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<6, using: &random) { text.append(scalars.randomElement(using: &random) ?? "a") }
    return String(text)
  }
}
