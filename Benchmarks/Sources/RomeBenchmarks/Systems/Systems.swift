// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeLMDB
import RomeRedis

/// Makes the systems that are measured.
struct Systems {
  private let options: Options
  private let suffix: String
  private typealias Style = (String, any GRDBStyle)

  /// - Parameter suffix: Behind the names of files and name spaces, so that systems can be made twice.
  init(_ options: Options, suffix: String = "") {
    self.options = options
    self.suffix = suffix
  }

  /// Those that the options ask for.
  func chosen() async throws -> [any BenchmarkSystem] {
    var systems: [any BenchmarkSystem] = []
    if isChosen("memory-raw") { systems.append(RawMemorySystem()) }
    if isChosen("rome-memory") { systems.append(RomeSystem("rome-memory", MemoryStore())) }
    for (name, style) in [("grdb-memory", GRDBStatements()), ("grdb-memory-codable", GRDBCodable())] as [Style]
    where isChosen(name) {
      systems.append(try GRDBSystem(name, path: nil, style: style))
    }
    if isChosen("lmdb-raw") { systems.append(try RawLMDBSystem("lmdb-raw", path: file("raw.mdb"), isSynced: true)) }
    if isChosen("lmdb-raw-nosync") {
      systems.append(try RawLMDBSystem("lmdb-raw-nosync", path: file("nosync.mdb"), isSynced: false))
    }
    if isChosen("rome-lmdb") {
      let path = file("store.rome")
      systems.append(
        RomeSystem(
          // Less than what the store takes by default, a terabyte of addresses: valgrind has no more.
          "rome-lmdb", try LMDBStore(LMDBConfiguration(path: path, maximumBytes: 1 << 34)),
          bytes: {
            try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
          }))
    }
    for (name, style) in [("grdb-wal", GRDBStatements()), ("grdb-wal-codable", GRDBCodable())] as [Style]
    where isChosen(name) {
      systems.append(try GRDBSystem(name, path: file(name + ".sqlite"), style: style))
    }
    if let python = options.python, isChosen("sqlalchemy") {
      systems.append(
        try PythonSystem(
          "sqlalchemy", python: python, script: options.script, place: file("sqlalchemy.sqlite"),
          without: [.updateHot, .updateRandom]))
    }
    if let socket = options.socket { try await addRedis(socket, to: &systems) }
    return systems
  }

  /// What tells how many bytes the Redis server has allocated; nil without a server.
  func serverBytes() throws -> (() throws -> Int)? {
    guard let socket = options.socket else { return nil }
    let client = try RedisClient(socket: socket, database: 0)
    return {
      client.append("INFO", "memory")
      var text = ""
      try client.replies { text = String(decoding: $0.bytes, as: UTF8.self) }
      let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("used_memory:") }
      guard let bytes = line.flatMap({ Int($0.dropFirst("used_memory:".count)) }) else {
        throw BenchmarkFailure("Redis does not tell its memory")
      }
      return bytes
    }
  }

  /// Empties the Redis server, if there is one.
  func emptyServer() throws {
    guard let socket = options.socket else { return }
    let client = try RedisClient(socket: socket, database: 0)
    client.append("FLUSHALL")
    try client.replies { _ in }
  }

  private func addRedis(_ socket: String, to systems: inout [any BenchmarkSystem]) async throws {
    if isChosen("redis-raw") { systems.append(try RawRedisSystem(socket: socket, database: 1)) }
    if isChosen("rome-redis-loop") {
      let store = try await connect(.unix(path: socket), 2)
      systems.append(
        RomeSystem("rome-redis-loop", store, loop: store.taskExecutor, shutDown: { await store.close() }))
    }
    if isChosen("rome-redis-unix") {
      let store = try await connect(.unix(path: socket), 3)
      systems.append(RomeSystem("rome-redis-unix", store, shutDown: { await store.close() }))
    }
    if options.port > 0, isChosen("rome-redis-tcp") {
      let store = try await connect(.tcp(host: "127.0.0.1", port: options.port), 4)
      systems.append(RomeSystem("rome-redis-tcp", store, shutDown: { await store.close() }))
    }
    guard let python = options.python else { return }
    for name in ["rom", "walrus"] where isChosen(name) {
      systems.append(
        try PythonSystem(
          name, python: python, script: options.script, place: socket, losesUpdates: name == "walrus"))
    }
  }

  private func connect(_ address: RedisAddress, _ database: Int) async throws -> RedisStore {
    var configuration = RedisConfiguration(address)
    configuration.database = database
    configuration.namespace = "rome" + suffix
    return try await RedisStore.connect(to: configuration)
  }

  private func isChosen(_ name: String) -> Bool { options.systems.isEmpty || options.systems.contains(name) }

  private func file(_ name: String) -> String { options.directory + "/" + suffix + name }
}
