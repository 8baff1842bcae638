// SPDX-License-Identifier: Apache-2.0

/// Characters above U+FFFF, which Glance refuses in what it stores, for the sake of databases that can't.
enum FourByteCharacters {
  /// Refuses a text that is an argument of its own.
  static func refuse(in text: String) throws(GlanceError) {
    if contains(text) { throw GlanceError(.invalid, "Param values can't contain 4 byte unicode.") }
  }

  /// Refuses keys and texts, also in objects inside, but not in arrays.
  static func refuse(in values: [String: GlanceValue]) throws(GlanceError) {
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      if contains(name) { throw GlanceError(.invalid, "Property names can't contain 4 byte unicode.") }
      switch value {
      case .object(let members): try refuse(in: members)
      case .string(let text) where contains(text):
        throw GlanceError(.invalid, "\(title(name)) can't contain 4 byte unicode characters.")
      default: break
      }
    }
  }

  private static func contains(_ text: String) -> Bool {
    // The first byte of such a character, and only that, is 0xF0 or more.
    text.utf8.contains { $0 >= 0xF0 }
  }

  /// The name with a capital letter at the begin of each run of letters, as Python's `str.title`.
  private static func title(_ name: String) -> String {
    var isInside = false
    return String(
      name.map { character -> Character in
        defer { isInside = character.isLetter }
        guard character.isLetter else { return character }
        return (isInside ? character.lowercased() : character.uppercased()).first ?? character
      })
  }
}
