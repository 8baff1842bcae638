// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// A reading transaction, which ends with its last reference. `@unchecked`: the pointer never changes, and LMDB's reading
/// transactions may be used by any thread, but by one at a time, which the lock sees to.
final class ReadTransaction: @unchecked Sendable {
  private let engine: Engine
  private let transaction: OpaquePointer
  private let lock = Mutex<Void>(())

  init(_ engine: Engine) throws(StoreError) {
    self.engine = engine
    transaction = try engine.environment.beginReading()
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
