// SPDX-License-Identifier: Apache-2.0

/// What goes wrong while the clients work.
public enum Fault: String, CaseIterable, Sendable {
  /// The server is killed with -9, and started again on its files.
  case serverKilled = "server-killed"
  /// The server is stopped, and continued.
  case serverStopped = "server-stopped"
  /// All connections are killed by the server.
  case connectionsKilled = "connections-killed"
  /// A proxy ends connections before it passes a request on, in the middle of it, behind it, or in place of the reply.
  case repliesDropped = "replies-dropped"
  /// The server forgets its scripts.
  case scriptsFlushed = "scripts-flushed"
  /// The memory of the server is limited to less than it has, and released.
  case memoryFull = "memory-full"
  /// The disk is filled, and released.
  case diskFull = "disk-full"
  /// A client's process is killed with -9 while it commits, and another one takes its place.
  case clientKilled = "client-killed"
  /// All processes of clients are killed with -9 at the same time.
  case allClientsKilled = "all-clients-killed"
  /// A client's process is stopped while it holds a lock, for longer than its lease lasts, and then goes on to commit.
  case holderPaused = "holder-paused"

  /// The fault in the words of the table.
  var text: String {
    switch self {
    case .serverKilled: "server killed (-9), restarted"
    case .serverStopped: "server stopped, continued"
    case .connectionsKilled: "connections killed"
    case .repliesDropped: "requests and replies dropped"
    case .scriptsFlushed: "scripts flushed"
    case .memoryFull: "memory full, released"
    case .diskFull: "disk full, released"
    case .clientKilled: "client killed (-9) in a commit"
    case .allClientsKilled: "all clients killed (-9)"
    case .holderPaused: "holder paused beyond its lease"
    }
  }

  /// Whether the fault can happen to the store.
  public func befalls(_ setting: StoreSetting) -> Bool {
    switch self {
    case .diskFull, .clientKilled, .allClientsKilled, .holderPaused: true
    default: setting != .lmdb
    }
  }
}
