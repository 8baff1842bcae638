// SPDX-License-Identifier: Apache-2.0

/// What happens to the rows that refer to a row which is deleted.
public enum DeleteAction: String, Hashable, Sendable, Codable {
  /// The delete is refused.
  case restrict
  /// They are deleted too.
  case cascade
  /// Their columns become NULL.
  case setNull
}

/// A foreign key: columns whose values must be those of a row of another table, or of the same one.
///
/// As in SQL, a key with a NULL in one of its columns refers to nothing and is not checked.
public struct ForeignKeyDescription: Sendable {
  /// The names of the columns.
  public let columns: [String]
  /// The table that they refer to.
  public let table: String
  /// The columns that they refer to: the primary key, or the columns of a unique index. Empty for the primary key.
  public let targetColumns: [String]
  /// What happens to the rows with this key when the row that they refer to is deleted.
  public let onDelete: DeleteAction

  /// Describes a foreign key.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns.
  ///   - table: The table that they refer to.
  ///   - targetColumns: The columns of a unique index of that table; empty for its primary key.
  ///   - onDelete: What happens to the rows with this key when the row that they refer to is deleted.
  public init(
    _ columns: [String], references table: String, columns targetColumns: [String] = [],
    onDelete: DeleteAction = .restrict
  ) {
    self.columns = columns
    self.table = table
    self.targetColumns = targetColumns
    self.onDelete = onDelete
  }
}
