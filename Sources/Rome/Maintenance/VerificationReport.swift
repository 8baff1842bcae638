// SPDX-License-Identifier: Apache-2.0

/// What ``Store/verify(batchSize:)`` found.
public struct VerificationReport: Hashable, Sendable {
  /// Something that is not as it must be.
  public struct Problem: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: String, Hashable, Sendable {
      /// The bytes of a row are none of its table.
      case corruptRow
      /// A row is stored under another key than that of its values.
      case wrongKey
      /// A row has no entry in an index.
      case missingEntry
      /// An entry of an index has no row, or its row has other values.
      case orphanedEntry
      /// Two rows have the same values in a unique index.
      case duplicate
      /// A foreign key refers to a row that does not exist.
      case brokenReference
    }

    /// What is wrong.
    public let kind: Kind
    /// The table.
    public let table: String
    /// The index or the column, where the problem is one of them.
    public let name: String?
    /// The encoded primary key of the row, or the key of the entry.
    public let key: Key
  }

  /// How many rows were checked.
  public internal(set) var rowCount = 0
  /// How many index entries were checked.
  public internal(set) var entryCount = 0
  /// How many tables were checked.
  public internal(set) var tableCount = 0
  /// What is wrong; empty when rows, indexes and references agree.
  public internal(set) var problems: [Problem] = []

  /// Whether nothing is wrong.
  public var isClean: Bool { problems.isEmpty }
}

extension VerificationReport: CustomStringConvertible {
  /// The counts and a line for each problem.
  public var description: String {
    let summary = "\(tableCount) tables, \(rowCount) rows, \(entryCount) index entries, \(problems.count) problems"
    return ([summary] + problems.map { "\($0.kind.rawValue): \($0.table)\($0.name.map { "." + $0 } ?? "") \($0.key)" })
      .joined(separator: "\n")
  }
}
