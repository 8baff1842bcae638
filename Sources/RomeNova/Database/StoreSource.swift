// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// The store of a database, which a reset replaces.
final class StoreSource: Sendable {
  typealias Renewal = @Sendable (Int, (any Store)?) async throws -> any Store

  private struct State {
    var store: any Store
    var generation = 0
  }

  private let state: Mutex<State>
  private let renewal: Renewal?

  init(_ store: any Store, renewal: Renewal?) {
    state = Mutex(State(store: store))
    self.renewal = renewal
  }

  var store: any Store { state.withLock { $0.store } }

  func renew() async throws {
    guard let renewal else {
      throw NovaError(.notImplementedError, detail: "the database can't be reset: it was not made for tests")
    }
    let (replaced, generation) = state.withLock { state in
      state.generation += 1
      return (state.store, state.generation)
    }
    let store = try await renewal(generation, replaced)
    // Of resets at the same time the last one counts, whichever store comes first.
    state.withLock { if $0.generation == generation { $0.store = store } }
  }
}
