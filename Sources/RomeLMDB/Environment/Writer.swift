// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Foundation
import Rome
import Synchronization

/// The thread that writes. LMDB has one writer at a time, whose transaction stays on its thread, and waits for the disk; so no
/// task of Swift's cooperative threads does.
///
/// What was asked for while the disk was busy is written in one transaction: many commits share one wait for the disk.
final class Writer: Sendable {
  /// A request and who waits for it.
  private struct Request: Sendable {
    /// Does the work, and keeps its result.
    let run: @Sendable (StoreState) throws(StoreError) -> Void
    /// Tells who waits how it ended; nil: well, and it is on the disk.
    let finish: @Sendable (Failure?) -> Void
  }

  /// How a request failed.
  struct Failure: Error {
    /// What failed.
    let error: StoreError
    /// Whether what was written may be on the disk all the same.
    let isInDoubt: Bool
  }

  private struct State {
    var requests: [Request] = []
    var isClosed = false
    var isWaiting = false
  }

  private let state = Mutex(State())
  private let wakeUp = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// How many requests are written in one transaction at most.
  private static let groupSize = 256

  init(_ environment: Environment) {
    // The thread must let go of the file before it says that it has ended.
    let thread = Thread { [self, held = Holder(environment)] in
      loop(held)
      held.environment = nil
      ended.signal()
    }
    thread.name = "rome-lmdb-writer"
    thread.stackSize = 1 << 20
    thread.start()
  }

  /// Runs work in a writing transaction, and returns when it is on the disk.
  ///
  /// - Parameter work: The work. It may run twice: when other work of the same transaction failed.
  func run<Result: Sendable>(
    _ work: @escaping @Sendable (StoreState) throws(StoreError) -> Result
  ) async throws(Failure) -> Result {
    let outcome = await withCheckedContinuation {
      (continuation: CheckedContinuation<Swift.Result<Result, Failure>, Never>) in
      let slot = ResultSlot<Result>()
      let request = Request(
        run: { state throws(StoreError) in slot.set(try work(state)) },
        finish: { failure in
          if let failure {
            continuation.resume(returning: .failure(failure))
          } else if let value = slot.get() {
            continuation.resume(returning: .success(value))
          } else {
            let error = StoreError(.unavailable, "the work was not done")
            continuation.resume(returning: .failure(Failure(error: error, isInDoubt: false)))
          }
        })
      if !add(request) {
        request.finish(Failure(error: StoreError(.closed, "the store was closed"), isInDoubt: false))
      }
    }
    return try outcome.get()
  }

  /// Ends the thread when what was asked for is done, and waits for that.
  func closeAndWait() {
    state.withLock { $0.isClosed = true }
    wakeUp.signal()
    ended.wait()
  }

  private func add(_ request: Request) -> Bool {
    let (isAdded, wakes) = state.withLock { state in
      if state.isClosed { return (false, false) }
      state.requests.append(request)
      let wakes = state.isWaiting
      state.isWaiting = false
      return (true, wakes)
    }
    if wakes { wakeUp.signal() }
    return isAdded
  }

  private func loop(_ held: Holder) {
    while let environment = held.environment {
      let (group, isClosed) = state.withLock { state in
        let group = Array(state.requests.prefix(Self.groupSize))
        state.requests.removeFirst(group.count)
        state.isWaiting = group.isEmpty
        return (group, state.isClosed)
      }
      if !group.isEmpty {
        write(group, environment)
      } else if isClosed {
        return
      } else {
        wakeUp.wait()
      }
    }
  }

  /// Begins to write. Reads that are under way when the file has grown end soon; snapshots may live for long.
  private func begin(_ environment: Environment) throws(StoreError) -> OpaquePointer {
    for _ in 0..<GrowthPatience.attempts {
      if let transaction = try environment.beginWriting() { return transaction }
      if try !environment.adoptGrowth() { Thread.sleep(forTimeInterval: GrowthPatience.seconds) }
    }
    throw GrowthPatience.error
  }

  /// Writes requests in one transaction. When one of them fails, the others are written without it; what is too much together is
  /// written in parts.
  private func write(_ group: [Request], _ environment: Environment) {
    var rest = group[...]
    var size = rest.count
    while !rest.isEmpty {
      let part = rest.prefix(size)
      let transaction: OpaquePointer
      do throws(StoreError) {
        transaction = try begin(environment)
      } catch {
        for request in rest { request.finish(Failure(error: error, isInDoubt: false)) }
        return
      }
      // By then LMDB has committed the transaction or given it up, whatever way is left by.
      defer { environment.endWriting() }
      let state = StoreState(environment: environment, transaction: transaction, isWriting: true)
      var done = 0
      var failure: StoreError?
      for request in part {
        do throws(StoreError) {
          try request.run(state)
          done += 1
        } catch {
          failure = error
          break
        }
      }
      if let failure {
        // What the failed request has written can't be told from what the others have.
        mdb_txn_abort(transaction)
        if done > 0, failure.code == .limitExceeded {
          // It may be the others that leave it no room: they go first, and it alone.
          size = done
          continue
        }
        let failed = rest.remove(at: rest.startIndex + done)
        failed.finish(Failure(error: failure, isInDoubt: false))
        size = rest.count
        continue
      }
      let committed = mdb_txn_commit(transaction)
      // A full disk is found out before the page that makes the transaction count is written.
      let isFull = [ENOSPC, EDQUOT, MDB_MAP_FULL, MDB_TXN_FULL].contains(committed)
      if isFull, part.count > 1 {
        size = part.count / 2
        continue
      }
      let problem: Failure? =
        committed == MDB_SUCCESS
        ? nil : Failure(error: StoreError(lmdb: committed, "writing to the disk"), isInDoubt: !isFull)
      for request in part { request.finish(problem) }
      rest = rest.dropFirst(part.count)
      // On a full disk the others are tried one by one.
      size = isFull ? 1 : rest.count
    }
  }
}

/// The result of work that may run twice.
private final class ResultSlot<Result: Sendable>: Sendable {
  private let result = Mutex<Result?>(nil)
  func set(_ value: Result) { result.withLock { $0 = value } }
  func get() -> Result? { result.withLock { $0 } }
}

/// What the thread holds of the file. `@unchecked`: only the thread uses it once it has begun.
private final class Holder: @unchecked Sendable {
  var environment: Environment?
  init(_ environment: Environment) { self.environment = environment }
}
