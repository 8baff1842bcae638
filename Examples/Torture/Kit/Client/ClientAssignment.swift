// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeLMDB
import RomeRedis

/// What a process of clients is told on its standard input, as one line of JSON.
public struct ClientAssignment: Codable, Hashable, Sendable {
  /// The server with the data, with the namespace; nil when they are in a file.
  var redis: String?
  /// The file with the data; nil when they are on a server.
  var file: String?
  /// The numbers of the clients, which no other client of the run has.
  var clients: [Int]
  /// What the clients draw their choices from.
  var seed: UInt64
  /// When the run began, by ``MachineClock``: lists are exchanged for new ones as time goes by, for all clients at once.
  var epoch: Int
  /// How likely a transaction is one under a lock.
  var lockShare: Double
  /// How long a lease lasts without being renewed.
  var leaseMilliseconds: Int
  /// How long a lock is held at least.
  var holdMilliseconds: Int

  /// Opens the store.
  ///
  /// - Throws: `StoreError` when it can't be reached.
  func openStore() async throws -> any Store {
    if let file { return try LMDBStore(path: file) }
    return try await RedisStore.connect(to: RedisConfiguration(url: redis ?? ""))
  }

  /// The other side: reads the assignment from the standard input, does what it says, and writes each step to the standard output
  /// as a line of JSON before it takes the next one. It ends with the standard input, so it does not outlive who has started it.
  ///
  /// - Throws: What the store throws when it can't be reached.
  public static func carryOut() async throws {
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    guard let line = readLine() else { return }
    let assignment = try JSONDecoder().decode(ClientAssignment.self, from: Data(line.utf8))
    let shift = Shift()
    Thread.detachNewThread {
      while readLine() != nil {}
      shift.end()
    }
    let store = try await assignment.openStore()
    let locks = LockManager(store)
    let output = LineOutput()
    await withTaskGroup(of: Void.self) { group in
      for number in assignment.clients {
        group.addTask {
          var client = TortureClient(number, assignment, store, locks, output)
          while !shift.hasEnded { await client.transact() }
        }
      }
    }
  }
}
