// SPDX-License-Identifier: Apache-2.0

extension Problem {
  static let notAClass = Problem("notAClass", "@Entity is for classes: an entity is one object that its session knows")
  static let notFinal = Problem("notFinal", "an entity must be a final class")
  static let generic = Problem("generic", "an entity can't be generic: it is one table")
  static let noTable = Problem("noTable", "@Entity needs the name of the table: @Entity(\"books\")")
  static let noPrimaryKey = Problem(
    "noPrimaryKey", "an entity needs a primary key: write @PrimaryKey before one of its properties")
  static let optionalKey = Problem(
    "optionalKey", "a column of a composite primary key can't be optional")
  static let unknownMixin = Problem(
    "unknownMixin", "write the mixin as .timestamps, .softDelete(.id) or .softDelete(.flag)")
  static let conditionalColumn = Problem(
    "conditionalColumn", "a column can't stand in #if: the rows of a table have the same columns in every build")

  static func unknownColumn(_ name: String) -> Problem {
    Problem("unknownColumn", "there is no column '\(name)' in this class")
  }

  static func propertyForColumn(_ property: String, _ column: String) -> Problem {
    Problem("propertyForColumn", "the column of the property '\(property)' is named '\(column)'")
  }
}
