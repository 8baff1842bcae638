// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Foundation
public import Rome
internal import RomeLMDB
internal import RomeRedis

/// The option of all examples that says where their data are.
public struct StoreOptions: ParsableArguments {
  /// Where the Redis server is that keeps the data; nil when they are elsewhere.
  @Option(help: ArgumentHelp("Keep the data on a Redis server, such as redis://127.0.0.1:6390.", valueName: "url"))
  public var redis: String?

  /// The file that keeps the data; nil when they are elsewhere.
  @Option(help: ArgumentHelp("Keep the data in a file, by LMDB.", valueName: "path"))
  public var file: String?

  /// Whether the data are in the memory of the process, and end with it.
  @Flag(help: "Keep the data in memory; they end with the process.")
  public var memory = false

  /// The options as they are without arguments.
  public init() {}

  /// The options for a server.
  ///
  /// - Parameters:
  ///   - redis: The URL of the server; nil when the data are elsewhere.
  ///   - file: The file; nil when the data are elsewhere.
  public init(redis: String? = nil, file: String? = nil) {
    self.redis = redis
    self.file = file
    memory = false
  }

  /// Refuses two places at the same time.
  ///
  /// - Throws: A `ValidationError`.
  public func validate() throws {
    if [redis != nil, file != nil, memory].filter({ $0 }).count > 1 {
      throw ValidationError("The data are in one place: --redis, --file or --memory.")
    }
  }

  /// Whether other processes can use the data at the same time.
  public var isShared: Bool { redis != nil || file != nil }

  /// Where the data are, in a word or two.
  public var place: String { redis != nil ? "on Redis" : file != nil ? "in a file" : "in memory" }

  /// Opens the store of an example, and closes it when the work is done or has failed.
  ///
  /// - Parameters:
  ///   - example: The name of the example. Its data on a server are in a namespace of their own, `rome-examples-` and this
  ///     name, unless the URL names another one.
  ///   - erasing: Whether to erase first what an earlier run has left there. A file is removed, so nobody else may have it open.
  ///   - body: The work.
  /// - Returns: What the work returns.
  /// - Throws: ``StoreProblem`` when the server can't be used, and what the work throws.
  public func withStore<Result>(
    of example: String, erasing: Bool, _ body: (any Store) async throws -> Result
  ) async throws -> Result {
    if let file { return try await withFile(file, erasing: erasing, body) }
    guard let redis else { return try await body(MemoryStore()) }
    let configuration = try configuration(of: redis, namespace: "rome-examples-" + example)
    if erasing {
      // A store remembers its tables, so the one that has erased them is not used any further.
      _ = try await withConnection(configuration) { try await $0.eraseNamespace() }
    }
    return try await withConnection(configuration, body)
  }

  private func withFile<Result>(
    _ path: String, erasing: Bool, _ body: (any Store) async throws -> Result
  ) async throws -> Result {
    if erasing {
      for name in [path, path + "-lock"] where FileManager.default.fileExists(atPath: name) {
        try FileManager.default.removeItem(atPath: name)
      }
    }
    let store: LMDBStore
    do {
      store = try LMDBStore(path: path)
    } catch {
      throw StoreProblem(error, file: path)
    }
    return try await body(store)
  }

  private func configuration(of url: String, namespace: String) throws -> RedisConfiguration {
    do {
      var configuration = try RedisConfiguration(url: url)
      let parameters = URLComponents(string: url)?.queryItems ?? []
      if !parameters.contains(where: { $0.name == "namespace" }) { configuration.namespace = namespace }
      return configuration
    } catch {
      throw StoreProblem(error, server: nil)
    }
  }

  private func withConnection<Result>(
    _ configuration: RedisConfiguration, _ body: (RedisStore) async throws -> Result
  ) async throws -> Result {
    let store: RedisStore
    do {
      store = try await RedisStore.connect(to: configuration)
    } catch {
      throw StoreProblem(error, server: "\(configuration.address)")
    }
    do {
      let result = try await body(store)
      await store.close()
      return result
    } catch {
      await store.close()
      throw error
    }
  }
}
