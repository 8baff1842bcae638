// SPDX-License-Identifier: Apache-2.0

import Rome

/// Clients that hold a lock while they read a row and write it, pause longer than their lease, and have nothing but the
/// check of the lease between them and a lost update.
///
/// Two commits that have seen the same row are an anomaly: the store has let one commit under a lease that was over.
public struct LockWorkload: Hashable, Sendable {
  /// How many clients there are.
  public var clients = 4
  /// How many times each of them takes the lock.
  public var turns = 6
  /// How long a lease lasts.
  public var leaseDuration = Duration.milliseconds(100)
  /// Whether clients take the lock by a `LockManager`, which renews some of the leases, and write in transactions that hold the
  /// lease; otherwise by the calls of the store. They read from snapshots, and prove nothing by that: none of them is stale then.
  public var usesLockManager = false

  /// The defaults.
  public init() {}

  static let lock = "guarded"
  private static let address = RowAddress(table: "guarded", key: Key([1]))

  /// Runs the workload in a simulation, and checks what the clients saw.
  ///
  /// - Parameter simulation: The simulation.
  /// - Returns: What is wrong, and the trace.
  /// - Throws: ``SimulationError``; `RomeError` when the store can't be verified.
  public func check(in simulation: Simulation) async throws -> SimulationRun<SimulationReport> {
    var simulation = simulation
    if usesLockManager { simulation.faults.staleSnapshots = 0 }
    let seed = simulation.seed
    return try await simulation.run { world in
      let recorder = HistoryRecorder()
      let values = HistoryValues()
      let progress = HistoryProgress()
      if usesLockManager { try await Self.prepare(world.store) }
      await world.clients(clients) { client in
        let locks = usesLockManager ? LockManager(client.store) : nil
        while !client.hasDied, progress.takeNext(client.number, turns) {
          if let locks {
            await takeTurn(client, locks, recorder, values)
          } else {
            await takeTurn(client, recorder, values)
          }
        }
      }
      let start = recorder.begin()
      let last =
        usesLockManager
        ? try await Self.read(world.store) : try await world.store.read([Self.address])[0].map(Self.value(of:))
      recorder.end(client: 0, start, steps: [.register(Self.lock, last)], .committed)
      return SimulationReport(
        seed: seed, history: HistoryChecker.check(recorder.history),
        verification: try await world.store.verify())
    }
  }

  private func takeTurn(_ client: SimulatedClient, _ recorder: HistoryRecorder, _ values: HistoryValues) async {
    let claimant = LeaseClaimant(high: UInt64(client.number), low: UInt64(values.next()))
    guard let token = await acquire(claimant, client) else { return }
    let start = recorder.begin()
    guard let row = try? await client.store.read([Self.address]).first else { return }
    let longest = leaseDuration * 2
    await client.sleep(for: client.network.scheduler.draw { $0.duration(in: .zero...longest) })
    let new = values.next()
    let commit = Commit(
      checks: [.lease(Self.lock, token: token)], writes: [.putRow(Self.address, Self.bytes(of: new))])
    let steps: [HistoryStep] = [
      .register(Self.lock, row.map(Self.value(of:))), .write(new, to: Self.lock),
    ]
    recorder.end(client: client.number, start, steps: steps, await outcome(of: commit, client))
    _ = try? await client.store.releaseLease(Self.lock, token: token)
  }

  /// Asks until the lock is granted.
  private func acquire(_ claimant: LeaseClaimant, _ client: SimulatedClient) async -> FencingToken? {
    let request = LeaseRequest(
      name: Self.lock, claimant: claimant, duration: leaseDuration, patience: leaseDuration * 2)
    while !client.hasDied {
      if case .granted(let token) = try? await client.store.acquireLease(request) { return token }
      await client.sleep(for: leaseDuration / 4)
    }
    return nil
  }

  private func outcome(of commit: Commit, _ client: SimulatedClient) async -> HistoryOutcome {
    do throws(StoreError) {
      switch try await client.store.commit(commit) {
      case .committed: return .committed
      case .conflict: return .aborted
      case .unknown: break
      }
    } catch {
      return .aborted
    }
    while !client.hasDied {
      switch try? await client.store.resolve(commit.id) {
      case .committed: return .committed
      case .notCommitted: return .aborted
      case .forgotten: return .unknown
      case nil: await client.sleep(for: .milliseconds(20))
      }
    }
    return .unknown
  }

  private static func bytes(of value: Int) -> [UInt8] { Array("\(value)".utf8) }

  /// What was written; a row that is none counts as a value that nobody has written.
  private static func value(of row: StoredRow) -> Int { Int(String(decoding: row.bytes, as: UTF8.self)) ?? -1 }
}
