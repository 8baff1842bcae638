// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Where a program gets its store from, when tests of the program replace the store while it runs.
///
/// A server in test mode is asked to forget everything between two tests. ``renew()`` begins a new store instead of deleting rows:
/// sequences of a store never go back, on purpose, and what is still running against the old store can't write into the new one.
///
/// ```swift
/// let source = try await StoreSource(renewedBy: { _, _ in MemoryStore() })
/// let session = RomeSession(source.store)
/// try await source.renew()
/// let next = RomeSession(source.store)  // sees no rows
/// ```
///
/// Ask for the store anew for each piece of work: a session stays with the store that it was made for.
public final class StoreSource: Sendable {
  /// Makes an empty store, such as a ``MemoryStore``, or one in a namespace of its own on a server.
  ///
  /// It gets the number of the store, 0 for the first one, and the store that is replaced, to clean up after; nil for the first one.
  public typealias Renewal = @Sendable (_ generation: Int, _ replaced: (any Store)?) async throws -> any Store

  private struct State {
    var store: any Store
    var generation = 0
  }

  private let state: Mutex<State>
  private let renewal: Renewal?

  /// Makes a source of one store, which stays.
  ///
  /// - Parameter store: The store.
  public init(_ store: any Store) {
    state = Mutex(State(store: store))
    renewal = nil
  }

  /// Makes a source of stores that ``renew()`` replaces, and the first store.
  ///
  /// - Parameter renewal: Makes an empty store.
  /// - Throws: What `renewal` throws.
  public init(renewedBy renewal: @escaping Renewal) async throws {
    state = Mutex(State(store: try await renewal(0, nil)))
    self.renewal = renewal
  }

  /// The store to work on now.
  public var store: any Store { state.withLock { $0.store } }

  /// Whether the store can be replaced.
  public var isRenewable: Bool { renewal != nil }

  /// Replaces the store by an empty one. Of calls at the same time the last one counts.
  ///
  /// - Throws: ``RomeError/Code/invalidState`` when the source was made of one store, and what making the new store throws; the store
  ///   stays then.
  public func renew() async throws {
    guard let renewal else { throw RomeError(.invalidState, "the store can't be replaced: its source is of one store") }
    let (replaced, generation) = state.withLock { state in
      state.generation += 1
      return (state.store, state.generation)
    }
    let store = try await renewal(generation, replaced)
    // Whichever store comes first.
    state.withLock { if $0.generation == generation { $0.store = store } }
  }
}
