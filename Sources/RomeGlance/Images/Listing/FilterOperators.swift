// SPDX-License-Identifier: Apache-2.0

/// The texts of filters: an operator, a colon, and a value.
enum FilterOperators {
  /// Takes a text apart at its first colon; without one it is a value to be equal to. A text that is a time as a whole is not
  /// taken apart at the colons of its hours.
  static func split(_ text: String) -> (name: String, value: String) {
    guard let colon = text.firstIndex(of: ":"), GlanceTime(iso8601: text) == nil else { return ("eq", text) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  /// The values of an `in:` list. They are separated by commas; one in double quotes may hold commas. A backslash keeps the
  /// quote behind it from ending the value, and stays.
  ///
  /// - Throws: `invalidParameterValue` when a quote opens elsewhere than at the begin or behind a comma, closes elsewhere than
  ///   at the end or before a comma, or never closes.
  static func list(_ text: String) throws(GlanceError) -> [String] {
    try checkQuotes(text)
    let characters = Array(text.unicodeScalars)
    var values: [String] = []
    var place = 0
    while place < characters.count {
      if let end = quotedEnd(characters, place) {
        values.append(string(characters[(place + 1)..<end]))
        place = end + 1
        if place < characters.count, characters[place] == "," { place += 1 }
      } else if characters[place] == "," {
        values.append("")
        place += 1
      } else {
        let end = characters[place...].firstIndex(of: ",") ?? characters.count
        values.append(string(characters[place..<end]))
        place = end + 1
      }
    }
    return values
  }

  /// The place of the quote that closes the one at a place; nil when there is none.
  private static func quotedEnd(_ characters: [Unicode.Scalar], _ begin: Int) -> Int? {
    guard characters[begin] == "\"" else { return nil }
    var place = begin + 1
    while place < characters.count {
      switch characters[place] {
      case "\"": return place
      case "\\": place += 2
      default: place += 1
      }
    }
    return nil
  }

  private static func string(_ characters: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: characters)
    return String(text)
  }

  private static func checkQuotes(_ text: String) throws(GlanceError) {
    func problem(_ what: String) -> GlanceError {
      GlanceError(.invalidParameterValue, "Invalid filter value \(text). \(what)")
    }
    let characters = Array(text.unicodeScalars)
    var isOpen = false
    for (place, character) in characters.enumerated() where character == "\"" {
      if place > 0, characters[place - 1] == "\\" { continue }
      if !isOpen, place > 0, characters[place - 1] != "," {
        throw problem("There is no comma before opening quotation mark.")
      }
      if isOpen, place + 1 < characters.count, characters[place + 1] != "," {
        throw problem("There is no comma after closing quotation mark.")
      }
      isOpen.toggle()
    }
    if isOpen { throw problem("The quote is not closed.") }
  }
}
