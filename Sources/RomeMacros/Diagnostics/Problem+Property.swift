// SPDX-License-Identifier: Apache-2.0

extension Problem {
  static let severalProperties = Problem("severalProperties", "declare one property a line")
  static let notAName = Problem("notAName", "a column needs a name of its own: tuples can't be columns")
  static let noType = Problem("noType", "write the type of the column: a macro can't infer it")
  static let implicitlyUnwrapped = Problem("implicitlyUnwrapped", "a column can't be implicitly unwrapped: write '?'")
  static let constant = Problem(
    "constant", "a column or relationship must be a 'var'; mark it @Transient if it is no column")
  static let observed = Problem(
    "observed", "a column can't have observers: it is stored in the row; mark it @Transient if it is no column")
  static let transientNeedsValue = Problem("transientNeedsValue", "a @Transient property needs an initial value")
  static let columnName = Problem("columnName", "write the name of the column as a string literal that is not empty")
  static let referenceTarget = Problem("referenceTarget", "write the entity that it refers to as Author.self")
  static let setNull = Problem("setNull", "onDelete: .setNull needs an optional column")

  static func modifier(_ name: String) -> Problem {
    Problem("modifier", "a column can't be '\(name)'; mark it @Transient if it is no column")
  }

  static func notStored(_ attribute: String) -> Problem {
    Problem("notStored", "@\(attribute) is for stored properties of the class")
  }

  static func foreignAttribute(_ attribute: String) -> Problem {
    Problem(
      "foreignAttribute",
      "a column can't have @\(attribute): property wrappers and other macros would take the place of the column; mark it "
        + "@Transient if it is no column")
  }

  static func contradiction(_ first: String, _ second: String) -> Problem {
    Problem("contradiction", "@\(first) and @\(second) contradict each other")
  }

  static func redundant(_ first: String, _ second: String) -> Problem {
    Problem("redundant", "@\(first) is superfluous: @\(second) has an index already")
  }

  static func reserved(_ name: String) -> Problem {
    Problem(
      "reserved", "'\(name)' is a member of every entity: choose another name, and keep the column's with @Column")
  }

  static func duplicateColumn(_ name: String) -> Problem {
    Problem("duplicateColumn", "there are two columns named '\(name)'")
  }

  static func json(_ attribute: String) -> Problem {
    Problem("json", "a JSON column can't have @\(attribute): JSON has no order")
  }

  static func roleType(_ attribute: String, _ expected: String) -> Problem {
    Problem("roleType", "a column with @\(attribute) is of type \(expected)")
  }
}
