// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Rome
import RomeLMDB
import RomeRedis

/// Where the data of a scenario are: a server or a file of its own.
final class Site: Sendable {
  /// The server; nil for a file.
  let server: RedisServer?
  /// What the clients connect to, when it is not the server.
  let proxy: ChaosProxy?
  /// The disk that can be filled.
  let disk: SmallDisk?
  private let folder: String

  /// Makes the place.
  ///
  /// - Parameters:
  ///   - setting: The store.
  ///   - fault: What will happen to it.
  /// - Throws: `SmallDisk.Unavailable`, and what the server throws when it can't be started.
  init(_ setting: StoreSetting, for fault: Fault) async throws {
    disk = fault == .diskFull ? try SmallDisk(megabytes: 128) : nil
    folder = try Leftovers.makeFolder()
    if let appendOnly = setting.appendOnly {
      let arguments = disk.map { ["--dir", $0.path] } ?? []
      let server = try RedisServer(RedisServer.Options(appendOnly: appendOnly, extraArguments: arguments))
      try await server.start()
      self.server = server
      proxy = fault == .repliesDropped ? try ChaosProxy(to: server.port) : nil
    } else {
      (server, proxy) = (nil, nil)
    }
  }

  /// Ends the server and removes the files. Nobody may use the file any more.
  func close() async {
    proxy?.close()
    try? await server?.close()
    Leftovers.remove(folder)
  }

  /// The file; nil on a server.
  var file: String? { server == nil ? (disk?.path ?? folder) + "/torture.rome" : nil }

  /// What the clients connect to; nil for a file.
  var clientURL: String? { proxy?.url ?? server?.url }

  /// Opens the store, past any proxy.
  ///
  /// - Throws: `StoreError`.
  func openStore() async throws -> any Store {
    if let file { return try LMDBStore(path: file) }
    return try await RedisStore.connect(to: RedisConfiguration(url: server?.url ?? ""))
  }

  /// Closes what ``openStore()`` has returned.
  static func close(_ store: any Store) async { await (store as? RedisStore)?.close() }
}
