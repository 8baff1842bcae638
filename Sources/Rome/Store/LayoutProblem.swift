// SPDX-License-Identifier: Apache-2.0

/// Damage in how a store keeps a key space, which the adapter alone can see: it makes the space up of several parts of what it
/// stores in, and another tool has changed one of them.
public struct LayoutProblem: Hashable, Sendable {
  /// What is wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A row is found by its key and by the entries of indexes, but not by scans of its table.
    case unlistedRow
    /// Scans of a table find a key that has no row.
    case phantomKey
    /// A key of a table or an entry of an index is where scans may miss it.
    case misplacedEntry
    /// A space of an index holds something that is no entry, so that it can't be scanned.
    case foreignEntry
    /// A space of rows holds something that is no row, so that it can't be scanned.
    case foreignRow
    /// The count that the store keeps of a space, and answers with, is not how many rows or entries there are. The key is empty.
    case wrongCount
  }

  /// What is wrong.
  public let kind: Kind
  /// The space that it is in.
  public let space: KeySpace
  /// The key of the row, or the bytes of the entry as the store keeps them.
  public let key: Key

  /// Makes a description of a problem.
  public init(_ kind: Kind, space: KeySpace, key: Key) {
    self.kind = kind
    self.space = space
    self.key = key
  }
}

/// How far ``Store/inspectLayout(of:from:limit:)`` has come: what only the adapter understands.
public struct LayoutPosition: RawRepresentable, Hashable, Sendable {
  /// The position, as the adapter writes it.
  public let rawValue: String

  /// Makes a position of what the adapter has written.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }
}

/// What a store has found in a part of a key space.
public struct LayoutPage: Sendable {
  /// The problems of this part.
  public var problems: [LayoutProblem]
  /// Where to go on; nil when all was looked at.
  public var next: LayoutPosition?

  /// Makes a page.
  public init(problems: [LayoutProblem] = [], next: LayoutPosition? = nil) {
    self.problems = problems
    self.next = next
  }
}

extension Store {
  /// Nothing: the space is one thing, which can't disagree with itself.
  public func inspectLayout(
    of space: KeySpace, from position: LayoutPosition?, limit: Int
  ) async throws(StoreError) -> LayoutPage {
    LayoutPage()
  }

  /// False: such a store reports no problems.
  public func mendLayout(_ problem: LayoutProblem) async throws(StoreError) -> Bool {
    false
  }
}
