// SPDX-License-Identifier: Apache-2.0

/// A regular expression of Python in Swift's syntax: callers of Nova write those of Python, or of the database that stock
/// Nova hands them to.
///
/// Most is written alike. What differs: `\Z` is the end of the text; in a class of characters `[`, `&&`, `--` and `~~` have
/// no meaning; and a brace that begins no repetition is itself.
struct PythonPattern {
  /// The same in Swift's syntax.
  let swift: String

  init(_ pattern: String) {
    var result = ""
    var rest = Substring(pattern)
    var isInClass = false
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        let escaped = rest.popFirst()
        result += escaped == "Z" && !isInClass ? "\\z" : "\\" + (escaped.map { String($0) } ?? "")
      case "[" where !isInClass:
        isInClass = true
        result.append(character)
        if rest.first == "^", let negation = rest.popFirst() { result.append(negation) }
        // A bracket in the first place closes nothing.
        if rest.first == "]" {
          rest.removeFirst()
          result += "\\]"
        }
      case "[": result += "\\["
      case "]" where isInClass:
        isInClass = false
        result.append(character)
      case "&", "~":
        result += isInClass ? "\\\(character)" : String(character)
      case "-" where isInClass && rest.first == "-":
        result += "\\-"
      case "{" where !isInClass && !Self.beginsRepetition(rest): result += "\\{"
      default: result.append(character)
      }
    }
    swift = result
  }

  /// Whether the text goes on as `2}`, `2,}`, `,2}` or `1,2}`.
  private static func beginsRepetition(_ rest: Substring) -> Bool {
    guard let end = rest.firstIndex(of: "}") else { return false }
    let bounds = rest[..<end].split(separator: ",", omittingEmptySubsequences: false)
    return bounds.count <= 2 && bounds.contains { !$0.isEmpty }
      && bounds.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
  }
}
