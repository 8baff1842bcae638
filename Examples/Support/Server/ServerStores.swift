// SPDX-License-Identifier: Apache-2.0

internal import Foundation
public import Logging
public import Rome
internal import RomeRedis

/// Makes the stores of a server: one that stays, or in test mode a new one for each reset, which is gone afterwards.
///
/// In test mode it never touches the namespace of the address: each reset begins a namespace of its own beside it, and erases
/// the one before.
public struct ServerStores: Sendable {
  private let base: RedisConfiguration?
  private let testMode: Bool
  private let run = UUID().uuidString.lowercased()

  /// - Parameters:
  ///   - choice: Where the data are.
  ///   - name: The name of the server, by which a Redis server lists its connections.
  ///   - testMode: Whether the stores are for tests.
  ///   - logger: Where the stores write what they do.
  /// - Throws: `StoreError` for an address that is none.
  public init(_ choice: StoreChoice, name: String, testMode: Bool, logger: Logger) throws {
    self.testMode = testMode
    switch choice {
    case .memory: base = nil
    case .redis(let url):
      var configuration = try RedisConfiguration(url: url)
      configuration.clientName = name
      configuration.logger = logger
      base = configuration
    }
  }

  /// The store that stays.
  public func open() async throws -> any Store {
    guard let base else { return MemoryStore() }
    return try await RedisStore.connect(to: base)
  }

  /// A new and empty store for tests.
  ///
  /// - Parameters:
  ///   - generation: The number of the reset, 0 for the store to begin with.
  ///   - replaced: The store that it replaces, which is erased and closed.
  public func renew(generation: Int, replaced: (any Store)?) async throws -> any Store {
    guard var configuration = base else { return MemoryStore() }
    configuration.namespace += "-test-\(run)-\(generation)"
    let store = try await RedisStore.connect(to: configuration)
    if let replaced { await close(replaced) }
    return store
  }

  /// Ends a store. One of test mode is erased; what can't be erased is left behind, nobody looks for it.
  public func close(_ store: any Store) async {
    guard let store = store as? RedisStore else { return }
    if testMode { _ = try? await store.eraseNamespace() }
    await store.close()
  }
}
