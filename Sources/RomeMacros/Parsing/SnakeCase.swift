// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The name in snake case: `authorID` is `author_id`, `httpURLPath` is `http_url_path`, `hostIDs` is `host_ids`,
  /// `ipV4` is `ip_v4`, `isbn` and `address2` stay as they are.
  var snakeCased: String {
    let characters = Array(self)
    var result = ""
    for (position, character) in characters.enumerated() {
      if character.isUppercase, position > 0, characters[position - 1] != "_",
        !characters[position - 1].isUppercase || startsWord(at: position, in: characters)
      {
        result += "_"
      }
      result += character.lowercased()
    }
    return result
  }

  /// Whether the uppercase letter behind another one starts a word: a lowercase letter follows that is not just the `s` of a
  /// plural.
  private func startsWord(at position: Int, in characters: [Character]) -> Bool {
    guard position + 1 < characters.count, characters[position + 1].isLowercase else { return false }
    let isPlural =
      characters[position + 1] == "s" && (position + 2 == characters.count || !characters[position + 2].isLowercase)
    return !isPlural
  }
}
