// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Foundation
public import Rome
internal import RomeRedis

/// The option of all examples that says where their data are.
public struct StoreOptions: ParsableArguments {
  /// Where the Redis server is that keeps the data; nil keeps them in the memory of the process.
  @Option(
    help: ArgumentHelp(
      "Keep the data on a Redis server, such as redis://127.0.0.1:6390.",
      discussion: "Without it, they are in memory and end with the process.", valueName: "url"))
  public var redis: String?

  /// The options as they are without arguments.
  public init() {}

  /// The options for a server.
  ///
  /// - Parameter redis: The URL of the server; nil for the memory of the process.
  public init(redis: String?) {
    self.redis = redis
  }

  /// Opens the store of an example, and closes it when the work is done or has failed.
  ///
  /// - Parameters:
  ///   - example: The name of the example. Its data on a server are in a namespace of their own, `rome-examples-` and this
  ///     name, unless the URL names another one.
  ///   - erasing: Whether to erase first what an earlier run has left there.
  ///   - body: The work.
  /// - Returns: What the work returns.
  /// - Throws: ``StoreProblem`` when the server can't be used, and what the work throws.
  public func withStore<Result>(
    of example: String, erasing: Bool, _ body: (any Store) async throws -> Result
  ) async throws -> Result {
    guard let redis else { return try await body(MemoryStore()) }
    let configuration = try configuration(of: redis, namespace: "rome-examples-" + example)
    if erasing {
      // A store remembers its tables, so the one that has erased them is not used any further.
      _ = try await withConnection(configuration) { try await $0.eraseNamespace() }
    }
    return try await withConnection(configuration, body)
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
