// SPDX-License-Identifier: Apache-2.0

public import Rome

/// The inside of a running ``Simulation``.
public struct SimulatedWorld: Sendable {
  let network: SimulatedNetwork

  /// The store itself, where nothing goes wrong: to prepare it, and to look at what the clients have left.
  public var store: any Store { network.base }

  /// The virtual time, by which leases expire.
  public var now: ContinuousClock.Instant { network.now }

  /// Runs clients until all have ended and all requests that are on their way have arrived.
  ///
  /// - Parameters:
  ///   - count: How many clients.
  ///   - body: What each of them does. When a client dies, all its calls fail from then on and its task is cancelled; once its
  ///     closure has returned, the closure is called again as another client with the same number and the next life.
  public func clients(_ count: Int, _ body: @escaping @Sendable (SimulatedClient) async -> Void) async {
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<max(0, count) {
        group.addTask(executorPreference: network.scheduler) {
          var life = 0
          while true {
            let client = SimulatedClient(number: number + 1, life: life, network: network)
            let task = Task(executorPreference: network.scheduler) {
              await LockClock.$current.withValue(network.clock(of: client.fate)) { await body(client) }
            }
            client.fate.task = task
            await task.value
            if !client.hasDied || network.scheduler.isOver { break }
            life += 1
            let downtime = network.scheduler.draw { $0.duration(in: .zero ... .milliseconds(50)) }
            await network.scheduler.sleep(downtime)
          }
        }
      }
    }
    await network.settle()
  }
}
