// SPDX-License-Identifier: Apache-2.0

internal import Foundation
public import Logging
public import Rome
internal import RomeLMDB
internal import RomeRedis

/// Makes the stores of a server: one that stays, or in test mode a new one for each reset, which is gone afterwards.
///
/// In test mode it never touches the namespace of the address, or the file: each reset begins a namespace or a file of its own beside
/// it, and erases the one before.
public struct ServerStores: Sendable {
  private enum Base {
    case memory
    case file(String)
    case redis(RedisConfiguration)
  }

  private let base: Base
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
    case .memory: base = .memory
    case .file(let path): base = .file(path)
    case .redis(let url):
      var configuration = try RedisConfiguration(url: url)
      configuration.clientName = name
      configuration.logger = logger
      base = .redis(configuration)
    }
  }

  /// The store that stays.
  public func open() async throws -> any Store {
    switch base {
    case .memory: MemoryStore()
    case .file(let path): try LMDBStore(path: path)
    case .redis(let configuration): try await RedisStore.connect(to: configuration)
    }
  }

  /// A new and empty store for tests.
  ///
  /// - Parameters:
  ///   - generation: The number of the reset, 0 for the store to begin with.
  ///   - replaced: The store that it replaces, which is erased and closed.
  public func renew(generation: Int, replaced: (any Store)?) async throws -> any Store {
    let store: any Store
    switch base {
    case .memory: store = MemoryStore()
    case .file(let path): store = try LMDBStore(path: "\(path)-test-\(run)-\(generation)")
    case .redis(var configuration):
      configuration.namespace += "-test-\(run)-\(generation)"
      store = try await RedisStore.connect(to: configuration)
    }
    if let replaced { await close(replaced) }
    return store
  }

  /// Ends a store. One of test mode is erased; what can't be erased is left behind, nobody looks for it.
  public func close(_ store: any Store) async {
    switch store {
    case let store as RedisStore:
      if testMode { _ = try? await store.eraseNamespace() }
      await store.close()
    case let store as LMDBStore where testMode:
      for path in [store.configuration.path, store.configuration.path + "-lock"] {
        try? FileManager.default.removeItem(atPath: path)
      }
    default: break
    }
  }
}
