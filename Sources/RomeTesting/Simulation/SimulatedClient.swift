// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

/// A client in a ``Simulation``: a process of its own, with a connection of its own.
public struct SimulatedClient: Sendable {
  /// The number of the client, from 1.
  public let number: Int
  /// How often the client has died before.
  public let life: Int
  /// The store, as the client sees it. It has a catalog of its own, as in another process.
  public let store: any Store
  let network: SimulatedNetwork
  let fate: SimulatedLife

  init(number: Int, life: Int, network: SimulatedNetwork) {
    self.number = number
    self.life = life
    self.network = network
    fate = SimulatedLife()
    store = SimulatedStore(client: number, life: life, network: network, fate: fate)
  }

  /// Whether the client has died. What it does from then on has no effect; it should return.
  public var hasDied: Bool { fate.hasDied }

  /// The virtual time.
  public var now: ContinuousClock.Instant { network.now }

  /// Waits in virtual time.
  ///
  /// - Parameter duration: How long.
  public func sleep(for duration: Duration) async {
    if !hasDied { await network.scheduler.sleep(duration) }
  }
}

/// Whether a client lives, and its task.
final class SimulatedLife: Sendable {
  private let state = Mutex<(hasDied: Bool, task: Task<Void, Never>?)>((false, nil))

  var hasDied: Bool { state.withLock { $0.hasDied } }

  var task: Task<Void, Never>? {
    get { state.withLock { $0.task } }
    set { state.withLock { $0.task = newValue } }
  }

  /// Ends the client.
  func end() {
    let task = state.withLock { state in
      state.hasDied = true
      return state.task
    }
    task?.cancel()
  }
}
