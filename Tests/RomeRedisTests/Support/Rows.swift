// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeRedis
import Testing

extension RowAddress {
  /// A row of a table of numbers.
  static func number(_ number: Int) -> RowAddress {
    RowAddress(table: "numbers", key: Key(Array(String(number).utf8)))
  }
}

extension Commit {
  /// Writes one row, whatever is there.
  static func put(_ address: RowAddress, _ text: String) -> Commit {
    Commit(writes: [.putRow(address, Array(text.utf8))])
  }
}

extension CommitOutcome {
  /// The receipt of a commit that was applied.
  var receipt: CommitReceipt? { if case .committed(let receipt) = self { receipt } else { nil } }
  /// The check that refused the commit.
  var failedCheck: Int? { if case .conflict(let check) = self { check } else { nil } }
  /// Why nobody knows what became of the commit.
  var doubt: StoreError? { if case .unknown(let error) = self { error } else { nil } }
}

extension CommitResolution {
  /// The receipt of a commit that was applied.
  var receipt: CommitReceipt? { if case .committed(let receipt) = self { receipt } else { nil } }
}

extension Store {
  /// Asks what became of a commit until the store answers, as it may not at once where requests are given up early.
  func settle(_ id: CommitID) async throws -> CommitResolution? {
    var resolution: CommitResolution?
    try await eventually("the commit is settled") {
      resolution = try? await resolve(id)
      return resolution != nil
    }
    return resolution
  }

  /// The text of a row; nil when there is none.
  func text(_ address: RowAddress) async throws(StoreError) -> String? {
    try await texts([address])[0]
  }

  /// The texts of rows.
  func texts(_ addresses: [RowAddress]) async throws(StoreError) -> [String?] {
    try await read(addresses).map { row in row.map { String(decoding: $0.bytes, as: UTF8.self) } }
  }

  /// Adds one to the number in a row, by reading it and writing it at the version that was read. It goes on until it is
  /// known to be done, and asks what became of a commit in doubt.
  ///
  /// - Returns: The receipt of the one commit that was applied.
  @discardableResult
  func increment(_ address: RowAddress) async throws(StoreError) -> CommitReceipt {
    while true {
      let row = try await read([address])[0]
      let number = row.flatMap { Int(String(decoding: $0.bytes, as: UTF8.self)) } ?? 0
      let commit = Commit(
        checks: [.row(address, version: row?.version)], writes: [.putRow(address, Array(String(number + 1).utf8))])
      switch try await self.commit(commit) {
      case .committed(let receipt): return receipt
      case .conflict: continue
      case .unknown:
        switch try await resolve(commit.id) {
        case .committed(let receipt): return receipt
        case .notCommitted: continue
        case .forgotten: throw StoreError(.corrupt, "the commit was forgotten")
        }
      }
    }
  }
}

/// The error that the closure throws, which must be one of a store.
func storeError<Result>(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Result
) async -> StoreError? {
  do {
    let result = try await body()
    Issue.record("no error but \(result)", sourceLocation: sourceLocation)
    return nil
  } catch {
    guard let error = error as? StoreError else {
      Issue.record(error, sourceLocation: sourceLocation)
      return nil
    }
    return error
  }
}

/// Runs the closure in several tasks at once.
func inParallel(_ tasks: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async throws {
  try await withThrowingTaskGroup { group in
    for number in 0..<tasks { group.addTask { try await work(number) } }
    try await group.waitForAll()
  }
}
