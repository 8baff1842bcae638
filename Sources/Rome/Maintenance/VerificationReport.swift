// SPDX-License-Identifier: Apache-2.0

/// What ``Store/verify(batchSize:progress:)`` found.
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
      /// The next numbers of a sequence are those of rows that are there already.
      case sequenceBehind
      /// A row is found by its key and by the entries of indexes, but not by scans of its table.
      case unlistedRow
      /// Scans of a table find a key that has no row.
      case phantomKey
      /// A key of a table or an entry of an index is where scans may miss it.
      case misplacedEntry
      /// Something in an index is no entry of it. Until it is mended, nothing else is checked in this index.
      case foreignEntry
      /// Something among the rows of a table is no row. As long as it is there, nothing else is checked in this table.
      case foreignRow
      /// The count that the store keeps of a table or an index is wrong, and with it what queries that only count rows answer.
      case wrongCount

      init(_ kind: LayoutProblem.Kind) {
        switch kind {
        case .unlistedRow: self = .unlistedRow
        case .phantomKey: self = .phantomKey
        case .misplacedEntry: self = .misplacedEntry
        case .foreignEntry: self = .foreignEntry
        case .foreignRow: self = .foreignRow
        case .wrongCount: self = .wrongCount
        }
      }
    }

    /// What is wrong.
    public let kind: Kind
    /// The table.
    public let table: String
    /// The index or the column, where the problem is one of them.
    public let name: String?
    /// The encoded primary key of the row, or the key of the entry; for what is wrong with the layout of the store, the bytes
    /// that it holds there.
    public let key: Key
  }

  /// How many rows were checked.
  public internal(set) var rowCount = 0
  /// How many index entries were checked.
  public internal(set) var entryCount = 0
  /// How many tables were checked.
  public internal(set) var tableCount = 0
  /// How many problems there are.
  public internal(set) var problemCount = 0
  /// The first problems, at most ``maximumProblems``; empty when all agrees.
  public internal(set) var problems: [Problem] = []

  /// How many problems are kept, so that memory does not grow with a store that is broken throughout.
  public static let maximumProblems = 1000

  /// Whether nothing is wrong.
  public var isClean: Bool { problemCount == 0 }

  /// Notes a problem.
  mutating func note(_ problem: Problem) {
    problemCount += 1
    if problems.count < Self.maximumProblems { problems.append(problem) }
  }
}

extension VerificationReport: CustomStringConvertible {
  /// The counts and a line for each problem.
  public var description: String {
    let summary = "\(tableCount) tables, \(rowCount) rows, \(entryCount) index entries, \(problemCount) problems"
    return ([summary] + problems.map(\.description)).joined(separator: "\n")
  }
}

extension VerificationReport.Problem: CustomStringConvertible {
  /// What is wrong, where, and the key.
  public var description: String { "\(kind.rawValue): \(table)\(name.map { "." + $0 } ?? "") \(key)" }
}
