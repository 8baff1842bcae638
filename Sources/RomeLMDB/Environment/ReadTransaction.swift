// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// A reading transaction, which ends with its last reference. `@unchecked`: the pointer never changes, and LMDB's reading
/// transactions may be used by any thread, but by one at a time, which the lock sees to.
final class ReadTransaction: @unchecked Sendable {
  private let engine: Engine
  private let transaction: OpaquePointer
  private let lock = Mutex<Void>(())

  /// Takes a transaction over that was begun.
  private init(_ engine: Engine, _ transaction: OpaquePointer) {
    self.engine = engine
    self.transaction = transaction
  }

  /// Begins to read the newest state.
  static func begin(_ engine: Engine) async throws(StoreError) -> ReadTransaction {
    for _ in 0..<GrowthPatience.attempts {
      if let transaction = try engine.environment.beginReading() { return ReadTransaction(engine, transaction) }
      if try engine.environment.adoptGrowth() { continue }
      do {
        try await Task.sleep(for: GrowthPatience.pause)
      } catch {
        throw StoreError(.cancelled, "the task was cancelled while the file grew")
      }
    }
    throw GrowthPatience.error
  }

  deinit { engine.environment.endReading(transaction) }

  /// Reads in the transaction.
  func withState<Result>(
    _ body: (StoreState) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    var result: Swift.Result<Result, StoreError>?
    lock.withLock { _ in
      let state = StoreState(environment: engine.environment, transaction: transaction, isWriting: false)
      result = Swift.Result { () throws(StoreError) in try body(state) }
    }
    guard let result else { throw StoreError(.unavailable, "the read was not run") }
    return try result.get()
  }
}
