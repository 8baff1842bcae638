// SPDX-License-Identifier: Apache-2.0

extension Relation.Alternative {
  /// Reads `name[:qualifier] [(relation version)] [[architecture …]] [<profile …>…]`. Profiles are for building packages only
  /// and are passed over.
  ///
  /// - Parameter text: The alternative.
  /// - Throws: ``Relation/SyntaxError`` when it is none.
  init(_ text: Substring) throws(Relation.SyntaxError) {
    var scanner = Scanner(text)
    let words = scanner.take { !"([<".contains($0) }.split(separator: ":", omittingEmptySubsequences: false)
    let names = words.map { $0.trimmed }
    guard names.count <= 2, names.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }), let name = names.first else {
      throw scanner.error("names no package")
    }
    self.name = name
    qualifier = names.count == 2 ? names[1] : nil
    if let condition = try scanner.takeGroup("(", ")") {
      (relation, version) = try Self.condition(condition)
    }
    if let list = try scanner.takeGroup("[", "]") {
      architectures = list.split(separator: " ").map(String.init)
    }
    while try scanner.takeGroup("<", ">") != nil {}
    guard scanner.isAtEnd else { throw scanner.error("has something behind its end") }
  }

  /// Reads `>= 1.2`.
  private static func condition(
    _ text: Substring
  )
    throws(Relation.SyntaxError) -> (VersionRelation, DebianVersion)
  {
    let sign = text.prefix { "<>=".contains($0) }
    // The signs '<' and '>' are of old times, when they meant "or equal", too.
    guard let relation = VersionRelation(rawValue: sign == "<" || sign == ">" ? sign + "=" : String(sign)) else {
      throw Relation.SyntaxError(reason: "'(\(text))' does not compare versions")
    }
    let number = text[sign.endIndex...].trimmed
    guard let version = DebianVersion(number) else {
      throw Relation.SyntaxError(reason: "'\(number)' is no version")
    }
    return (relation, version)
  }

  /// Whether the alternative counts on an architecture.
  ///
  /// - Parameter architecture: The architecture.
  public func applies(to architecture: String) -> Bool {
    if architectures.isEmpty { return true }
    func matches(_ name: Substring) -> Bool {
      name == architecture || name == "any" || name == "linux-any" || name == "any-" + architecture
    }
    if architectures.allSatisfy({ $0.hasPrefix("!") }) {
      return !architectures.contains { matches($0.dropFirst()) }
    }
    return architectures.contains { matches($0[...]) }
  }
}

/// Takes an alternative apart from left to right.
private struct Scanner {
  private let text: Substring
  private var rest: Substring

  init(_ text: Substring) {
    self.text = text
    rest = text
  }

  var isAtEnd: Bool { rest.trimmed.isEmpty }

  mutating func take(while belongs: (Character) -> Bool) -> Substring {
    let taken = rest.prefix(while: belongs)
    rest = rest[taken.endIndex...]
    return taken
  }

  /// What stands between two brackets, when the next thing is the first of them.
  mutating func takeGroup(_ open: Character, _ close: Character) throws(Relation.SyntaxError) -> Substring? {
    rest = rest.drop(while: \.isWhitespace)
    guard rest.first == open else { return nil }
    let content = rest.dropFirst().prefix { $0 != close }
    guard content.endIndex < rest.endIndex else { throw error("has a bracket that is not closed") }
    rest = rest[content.endIndex...].dropFirst()
    return content.drop(while: \.isWhitespace)
  }

  func error(_ reason: String) -> Relation.SyntaxError {
    Relation.SyntaxError(reason: "'\(text.trimmed)' \(reason)")
  }
}

extension Substring {
  /// The text without blanks around it.
  fileprivate var trimmed: String {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
