// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@Suite struct SimulationTests {
  @Test(arguments: SimulatedWorkload.all)
  func `a seed replays every call with its time, its place and its answer`(_ workload: SimulatedWorkload) async throws {
    var traces: Set<[SimulatedCall]> = []
    for seed in 1...10 as ClosedRange<UInt64> {
      let first = try await workload.check(in: Simulation(seed: seed))
      let second = try await workload.check(in: Simulation(seed: seed))
      #expect(first.firstDifference(to: second) == nil, "seed \(seed)")
      #expect(first.result == second.result, "seed \(seed)")
      traces.insert(first.trace)
    }
    // Other seeds run differently.
    #expect(traces.count == 10)
  }

  @Test func `time is virtual`() async throws {
    let run = try await Simulation(seed: 1).run { world in
      let begin = world.now
      await world.clients(2) { await $0.sleep(for: .seconds(86_400)) }
      return begin.duration(to: world.now)
    }
    #expect(run.result == .seconds(86_400))
    #expect(run.trace.isEmpty)
  }

  @Test func `leases expire in virtual time`() async throws {
    let run = try await Simulation(seed: 1, faults: .none).run { world in
      let request = LeaseRequest(name: "lock", claimant: LeaseClaimant(high: 0, low: 1), duration: .seconds(60))
      let other = LeaseRequest(name: "lock", claimant: LeaseClaimant(high: 0, low: 2), duration: .seconds(60))
      let first = try await world.store.acquireLease(request)
      let early = try await world.store.acquireLease(other)
      await world.clients(1) { await $0.sleep(for: .seconds(60)) }
      return [first, early, try await world.store.acquireLease(other)]
    }
    #expect(run.result[0] == .granted(FencingToken(rawValue: 1)))
    #expect(run.result[1] == .busy(ahead: 1, remaining: .seconds(60)))
    #expect(run.result[2] == .granted(FencingToken(rawValue: 2)))
  }

  @Test func `transactions that run again wait in virtual time`() async throws {
    let simulate = {
      try await Simulation(seed: 3, faults: .none).run { world in
        let recorder = HistoryRecorder()
        await world.clients(8) { client in
          let start = recorder.begin()
          let session = RomeSession(client.store)
          _ = try? await session.transaction { session in
            if let counter = try await session.get(SimulatedCounter.self, 1) {
              counter.value += 1
            } else {
              session.add(SimulatedCounter(id: 1, value: 1))
            }
          }
          recorder.end(client: client.number, start, steps: [], .committed)
        }
        return try await RomeSession(world.store).get(SimulatedCounter.self, 1)?.value
      }
    }
    let run = try await simulate()
    #expect(run.result == 8)
    #expect(run.trace.contains { $0.answer.hasPrefix("conflict") })
    let again = try await simulate()
    #expect(again.firstDifference(to: run) == nil)
  }

  @Test func `a client that has died can do nothing more`() async throws {
    var faults = SimulationFaults.none
    faults.crashes = 0.5
    for seed in 1...20 as ClosedRange<UInt64> {
      let run = try await Simulation(seed: seed, faults: faults).run { world in
        await world.clients(1) { client in
          for number in 1...3 as ClosedRange<Int64> {
            guard !client.hasDied else { break }
            _ = try? await client.store.reserveIDs("numbers", count: Int(number))
          }
          guard client.hasDied else { return }
          let before = try? await world.store.reserveIDs("numbers", count: 1)
          let mine = try? await client.store.reserveIDs("numbers", count: 1)
          let after = try? await world.store.reserveIDs("numbers", count: 1)
          #expect(mine == nil)
          // The task is cancelled with the client, so the store below refuses too.
          #expect(before == nil && after == nil)
        }
      }
      #expect(run.trace.map(\.life) == run.trace.map(\.life).sorted(), "seed \(seed)")
      #expect(run.trace.last?.answer.contains("died") == false, "seed \(seed)")
    }
  }

  @Test func `a task that leaves the simulation is an error`() async {
    let error = await Self.error(of: Simulation(seed: 9)) { world in
      await world.clients(1) { client in await Task.detached { await client.sleep(for: .seconds(1)) }.value }
    }
    #expect((error as? SimulationError)?.reason == .strayed)
    #expect((error as? SimulationError)?.description.contains("seed 9") == true)
  }

  @Test func `a simulation that does not end is an error`() async {
    var simulation = Simulation(seed: 9)
    simulation.maximumSteps = 1000
    let error = await Self.error(of: simulation) { world in
      await world.clients(1) { client in
        for _ in 0..<10_000 { await client.sleep(for: .seconds(1)) }
      }
    }
    #expect((error as? SimulationError)?.reason == .tooManySteps(1000))
  }

  @Test func `the error of the closure gets out`() async {
    struct Failure: Error {}
    let error = await Self.error(of: Simulation(seed: 1)) { _ in throw Failure() }
    #expect(error is Failure)
  }

  private static func error(
    of simulation: Simulation, _ body: @escaping @Sendable (SimulatedWorld) async throws -> Void
  ) async -> (any Error)? {
    do {
      _ = try await simulation.run(body)
      return nil
    } catch {
      return error
    }
  }
}

extension SimulationRun {
  /// The first calls in which two traces differ; nil when they are equal.
  func firstDifference(to other: SimulationRun) -> String? {
    if trace == other.trace { return nil }
    let differing = zip(trace, other.trace).first { $0 != $1 }
    return differing.map { "\($0)\n\($1)" } ?? "\(trace.count) and \(other.trace.count) calls"
  }
}

/// A counter that all clients increment.
final class SimulatedCounter: Entity {
  static let schema = EntitySchema(
    table: "counters", columns: [ColumnDescription("id", Int.self), ColumnDescription("value", Int.self)],
    primaryKey: ["id"])

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(id: Int, value: Int) {
    entityState = EntityState(of: SimulatedCounter.self)
    entityState[0] = id
    entityState[1] = value
  }
  var value: Int {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
}
