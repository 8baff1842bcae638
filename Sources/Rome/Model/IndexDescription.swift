// SPDX-License-Identifier: Apache-2.0

/// An index of a table: an ordered key space with an entry for each row.
public struct IndexDescription: Hashable, Sendable {
  /// A column of an index, and its direction.
  public struct Part: Hashable, Sendable {
    /// The name of the column.
    public let column: String
    /// Whether greater values come first.
    public let isDescending: Bool

    /// A part of an index.
    public init(_ column: String, descending: Bool = false) {
      self.column = column
      isDescending = descending
    }
  }

  /// The name of the index, unique within its table.
  public let name: String
  /// The columns, the most significant first.
  public let parts: [Part]
  /// Whether two rows can't have the same values. As in SQL, NULLs are not the same as each other: rows with a NULL in
  /// one of the columns never collide.
  public let isUnique: Bool

  /// Describes an index.
  ///
  /// - Parameters:
  ///   - parts: The columns, the most significant first.
  ///   - unique: Whether two rows can't have the same values.
  ///   - name: The name; without it, the names of the columns joined by underscores, behind `ix_` or `uq_`.
  public init(_ parts: [Part], unique: Bool = false, name: String? = nil) {
    self.parts = parts
    isUnique = unique
    self.name = name ?? (unique ? "uq_" : "ix_") + parts.map(\.column).joined(separator: "_")
  }

  /// Describes an index of columns in ascending order.
  public static func index(_ columns: String..., name: String? = nil) -> IndexDescription {
    IndexDescription(columns.map { Part($0) }, name: name)
  }

  /// Describes a unique index of columns in ascending order.
  public static func unique(_ columns: String..., name: String? = nil) -> IndexDescription {
    IndexDescription(columns.map { Part($0) }, unique: true, name: name)
  }
}
