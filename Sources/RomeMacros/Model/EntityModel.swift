// SPDX-License-Identifier: Apache-2.0

/// A class with `@Entity`.
struct EntityModel {
  /// The name of the class.
  let name: String
  let access: AccessLevel
  /// The expression of the table's name.
  let table: String
  /// The columns in the order of the rows.
  let columns: [ColumnModel]
  let relationships: [RelationshipModel]
  /// The expressions of the indexes of several columns.
  let indexes: [String]
  /// The expressions of the foreign keys of several columns.
  let foreignKeys: [String]
  /// The labels of the initialisers that the class has.
  let initializers: [[String]]
}
