// SPDX-License-Identifier: Apache-2.0

internal import Foundation
public import Rome
internal import Synchronization

/// Runs clients of a store in virtual time, where requests and answers are late or lost, commits arrive twice, and clients die
/// and stand still. All of that is drawn from a seed, and the same seed replays it exactly.
///
/// ```swift
/// let run = try await Simulation(seed: 7).run { world in
///   await world.clients(3) { client in
///     let session = RomeSession(client.store)
///     // … work that must survive everything
///   }
///   return try await RomeSession(world.store).query(Account.self).all().map(\.balance)
/// }
/// #expect(run.result.reduce(0, +) == 100, "\(run)")
/// ```
///
/// Nothing in a simulation takes real time: a session that waits before it tries again waits in virtual time, and so do leases
/// that expire. Tasks must stay inside of it: task groups are fine; `Task.detached`, `Task { }` and `Task.sleep` are not, and end
/// in a ``SimulationError``. Wait by ``SimulatedClient/sleep(for:)``. A `LockManager` must be made by the client that uses it: then
/// its tasks are part of the simulation.
public struct Simulation: Sendable {
  /// What all choices are drawn from.
  public let seed: UInt64
  /// What goes wrong.
  public var faults: SimulationFaults
  /// How many steps the simulation may take before it fails: tasks that are run, and events.
  public var maximumSteps = 10_000_000
  private let makeStore: @Sendable (_ now: @escaping @Sendable () -> ContinuousClock.Instant) -> any Store

  /// Makes a simulation.
  ///
  /// - Parameters:
  ///   - seed: What all choices are drawn from.
  ///   - faults: What goes wrong.
  ///   - makeStore: Makes the store that the clients share, empty. No call of it may wait for anything outside of the
  ///     simulation, and its leases should expire by the clock that it is given.
  public init(
    seed: UInt64, faults: SimulationFaults = SimulationFaults(),
    makeStore: @escaping @Sendable (_ now: @escaping @Sendable () -> ContinuousClock.Instant) -> any Store = {
      MemoryStore(now: $0)
    }
  ) {
    self.seed = seed
    self.faults = faults
    self.makeStore = makeStore
  }

  /// Runs the closure in virtual time.
  ///
  /// - Parameter body: Prepares the store, runs the clients, and looks at what they have left.
  /// - Returns: What the closure returned, and the trace of all calls of the clients.
  /// - Throws: What the closure throws; ``SimulationError`` when the simulation can't be replayed or does not end.
  public func run<Result: Sendable>(
    _ body: @escaping @Sendable (SimulatedWorld) async throws -> Result
  ) async throws -> SimulationRun<Result> {
    try await withCheckedThrowingContinuation { continuation in
      // A thread of its own, because the simulation keeps it from the first step to the last.
      Thread.detachNewThread {
        continuation.resume(with: Swift.Result { try self.runOnThisThread(body) })
      }
    }
  }

  private func runOnThisThread<Result: Sendable>(
    _ body: @escaping @Sendable (SimulatedWorld) async throws -> Result
  ) throws -> SimulationRun<Result> {
    let scheduler = Scheduler(seed: seed)
    let epoch = ContinuousClock.now
    let network = SimulatedNetwork(
      scheduler: scheduler, faults: faults, epoch: epoch, base: makeStore { epoch + scheduler.now })
    let outcome = SimulationOutcome<Result>()
    do {
      try scheduler.run(maximumSteps: maximumSteps, until: { outcome.value != nil }) {
        Task(executorPreference: scheduler) {
          await LockClock.$current.withValue(network.clock()) {
            do {
              outcome.value = .success(try await body(SimulatedWorld(network: network)))
            } catch {
              outcome.value = .failure(error)
            }
          }
        }
      }
    } catch {
      throw SimulationError(seed: seed, reason: error)
    }
    guard let value = outcome.value else { throw SimulationError(seed: seed, reason: .stuck) }
    return SimulationRun(seed: seed, result: try value.get(), trace: scheduler.calls)
  }
}

/// A run of a ``Simulation``.
public struct SimulationRun<Result: Sendable>: Sendable {
  /// The seed that replays it.
  public let seed: UInt64
  /// What the closure returned.
  public let result: Result
  /// The calls of the clients in the order in which they began. The same seed gives the same ones, with the same program.
  public let trace: [SimulatedCall]
}

extension SimulationRun: CustomStringConvertible {
  /// The seed and the result.
  public var description: String { "simulation with seed \(seed), \(trace.count) calls: \(result)" }
}

/// Where a simulation leaves its result.
private final class SimulationOutcome<Result: Sendable>: Sendable {
  private let state = Mutex<Swift.Result<Result, any Error>?>(nil)

  var value: Swift.Result<Result, any Error>? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
