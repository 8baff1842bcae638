// SPDX-License-Identifier: Apache-2.0

extension Problem {
  static let toOneOptional = Problem("toOneOptional", "a @ToOne relationship is optional: it can lead nowhere")
  static let severalLinks = Problem(
    "severalLinks", "write two columns of the connecting class: @ManyToMany(\\BookTag.bookID, \\BookTag.tagID)")

  static func array(_ attribute: String) -> Problem {
    Problem("array", "a @\(attribute) relationship is an array of the entities that it leads to")
  }

  static func keyPath(_ attribute: String) -> Problem {
    Problem(
      "keyPath",
      "write the column of @\(attribute) as a key path with its class and one property, such as \\Book.authorID")
  }

  static func initialValue(_ attribute: String) -> Problem {
    Problem("initialValue", "a @\(attribute) relationship can't have an initial value: it is loaded")
  }

  static func ownKeyPath(_ name: String) -> Problem {
    Problem("ownKeyPath", "the key path of @ToOne starts at this class: \\\(name)")
  }

  static func unknownProperty(_ name: String) -> Problem {
    Problem("unknownProperty", "'\(name)' is no column of this class")
  }
}
