// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport

/// A store and how it is set up.
public enum StoreSetting: String, CaseIterable, Sendable {
  /// A Redis server that writes its log to the disk before it answers.
  case redisAlways = "redis-always"
  /// A Redis server that writes its log to the disk once in a second.
  case redisEverySecond = "redis-everysec"
  /// A file, by LMDB.
  case lmdb

  /// The store's name in the table.
  var store: String { self == .lmdb ? "LMDB" : "Redis" }

  /// The setting's name in the table.
  var setting: String {
    switch self {
    case .redisAlways: "appendfsync always"
    case .redisEverySecond: "appendfsync everysec"
    case .lmdb: "sync"
    }
  }

  /// Whether what was acknowledged must outlive a crash. Redis with everysec takes back the last moments.
  var isDurable: Bool { self != .redisEverySecond }

  /// How the server is set up; nil when there is none.
  var appendOnly: RedisServer.AppendOnly? {
    switch self {
    case .redisAlways: .always
    case .redisEverySecond: .everySecond
    case .lmdb: nil
    }
  }
}
