// SPDX-License-Identifier: Apache-2.0

/// A relationship as its property declares it.
struct RelationshipModel {
  /// The macros of relationships, by their names.
  enum Kind: String {
    case toOne = "ToOne"
    case toMany = "ToMany"
    case manyToMany = "ManyToMany"
  }

  /// A key path such as `\Book.authorID`.
  struct Path {
    /// The class.
    let root: String
    /// The property.
    let property: String
  }

  let kind: Kind
  /// The property in code, with backticks where it has them.
  let property: String
  /// The class that the relationship leads to.
  let target: String
  /// The columns.
  let paths: [Path]
  /// The level that the property declares; nil when it declares none.
  let access: AccessLevel?

  /// The property without backticks.
  var plainName: String { property.filter { $0 != "`" } }
}
