// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

/// What clients saw of a store in a ``Simulation``, and what they have left.
public struct SimulationReport: Hashable, Sendable {
  /// The seed that replays it.
  public let seed: UInt64
  /// What the clients saw.
  public let history: HistoryReport
  /// Whether rows and indexes agree after the last call.
  public let verification: VerificationReport

  /// Whether nothing is wrong.
  public var isClean: Bool { history.isClean && verification.isClean }
}

extension SimulationReport: CustomStringConvertible {
  /// The seed, the smallest anomaly, and what does not agree.
  public var description: String {
    "seed \(seed): \(history)" + (verification.isClean ? "" : "\n\(verification)")
  }
}

extension HistoryWorkload {
  /// Runs the workload in a simulation, and checks what the clients saw and what they have left.
  ///
  /// - Parameters:
  ///   - simulation: The simulation. With stale snapshots, no order of real time is asked for.
  ///   - options: How the clients work. Their choices are drawn from the seed of the simulation.
  /// - Returns: What is wrong, and the trace.
  /// - Throws: ``SimulationError``; `RomeError` when the accounts of the bank can't be opened.
  public func check(
    in simulation: Simulation, _ options: Options = .simulated
  ) async throws -> SimulationRun<SimulationReport> {
    var seeded = options
    seeded.seed = simulation.seed
    let options = seeded
    return try await simulation.run { world in
      let recorder = HistoryRecorder()
      let values = HistoryValues()
      let reader = HistoryClient(0, world.store, self, options, recorder, values)
      try await reader.prepare()
      let done = HistoryProgress()
      await world.clients(options.clients) { client in
        var lifeOptions = options
        lifeOptions.seed &+= UInt64(client.life) &* 0x9E37_79B9
        var worker = HistoryClient(client.number, client.store, self, lifeOptions, recorder, values)
        while !client.hasDied, done.takeNext(client.number, options.transactions) { await worker.runTransaction() }
      }
      await reader.readEverything()
      let history = HistoryChecker.check(
        recorder.history, total: self == .bank ? Self.total(options) : nil,
        realTime: simulation.faults.staleSnapshots == 0)
      return SimulationReport(
        seed: simulation.seed, history: history, verification: try await world.store.verify())
    }
  }
}

extension HistoryWorkload.Options {
  /// Few clients with few transactions: a simulation finds more in many seeds than in a long run.
  public static var simulated: HistoryWorkload.Options {
    var options = HistoryWorkload.Options()
    options.clients = 4
    options.transactions = 4
    options.keys = 3
    return options
  }
}

/// How many transactions each client has begun, in all its lives.
final class HistoryProgress: Sendable {
  private let begun = Mutex<[Int: Int]>([:])

  /// Begins another one, unless the client has run enough.
  func takeNext(_ client: Int, _ maximum: Int) -> Bool {
    begun.withLock { begun in
      guard begun[client, default: 0] < maximum else { return false }
      begun[client, default: 0] += 1
      return true
    }
  }
}
