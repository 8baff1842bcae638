// SPDX-License-Identifier: Apache-2.0

/// A named, ordered space of keys in a store: the rows of a table, or the entries of one of its indexes.
public struct KeySpace: Hashable, Sendable {
  /// The table that the space belongs to.
  public let table: String
  /// The name of the index, or nil for the rows of the table.
  public let index: String?

  /// The space of the table's rows; its keys are encoded primary keys.
  public static func rows(_ table: String) -> KeySpace {
    KeySpace(table: table, index: nil)
  }

  /// The space of the entries of one index of the table; see ``IndexEntry`` for its keys.
  public static func index(_ name: String, of table: String) -> KeySpace {
    KeySpace(table: table, index: name)
  }
}

extension KeySpace: CustomStringConvertible {
  /// The table, and the index behind a slash.
  public var description: String {
    index.map { "\(table)/\($0)" } ?? table
  }
}
