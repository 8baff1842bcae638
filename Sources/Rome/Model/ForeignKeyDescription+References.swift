// SPDX-License-Identifier: Apache-2.0

extension ForeignKeyDescription {
  /// Describes a foreign key of several columns, for the `foreignKeys:` of `@Entity`. The table is given by name, because a
  /// class can't be named in the attributes of the classes that it needs itself.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns.
  ///   - table: The name of the table that they refer to.
  ///   - targetColumns: The columns of a unique index of that table; empty for its primary key.
  ///   - onDelete: What happens to the rows with this key when the row that they refer to is deleted.
  public static func foreignKey(
    _ columns: String..., references table: String, columns targetColumns: [String] = [],
    onDelete: DeleteAction = .restrict
  ) -> ForeignKeyDescription {
    ForeignKeyDescription(columns, references: table, columns: targetColumns, onDelete: onDelete)
  }
}
