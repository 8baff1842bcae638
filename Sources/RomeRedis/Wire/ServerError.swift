// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// An error that the server replied with.
struct ServerError: Sendable {
  /// The first word, such as `OOM` or `WRONGTYPE`.
  let code: String
  /// What follows the first word.
  let text: String

  init(_ bytes: some Collection<UInt8>) {
    let whole = String(decoding: bytes, as: UTF8.self)
    let parts = whole.split(separator: " ", maxSplits: 1)
    code = parts.first.map(String.init) ?? ""
    text = parts.count > 1 ? String(parts[1]) : ""
  }

  /// Whether the server may take the same request later.
  var isTransient: Bool {
    switch code {
    case "LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN": true
    default: text.hasPrefix("max number of clients")
    }
  }

  /// What the error means to the caller. The server says these before it runs any of a script, so nothing was written.
  var storeError: StoreError {
    switch code {
    case "OOM":
      StoreError(.limitExceeded, "the Redis server is out of memory (maxmemory): it takes no more writes")
    case "READONLY":
      StoreError(.refused, "the Redis server is a read-only replica")
    case "NOAUTH":
      StoreError(.unauthorized, "the Redis server requires a password")
    case "WRONGPASS":
      StoreError(.unauthorized, "the Redis server refused the user or the password")
    case "NOPERM":
      StoreError(.unauthorized, "the Redis user lacks a permission: \(harmlessText)")
    case "ERR" where text.hasPrefix("The user executing the script"):
      StoreError(.unauthorized, "the Redis user lacks a permission that a script needs")
    case "LOADING":
      StoreError(.unavailable, "the Redis server is loading its data")
    case "BUSY":
      StoreError(.unavailable, "the Redis server is busy with a script")
    case "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN":
      StoreError(.unavailable, "the Redis server does not serve at the moment (\(code))")
    case "MISCONF":
      StoreError(.refused, "the Redis server refuses writes because it can't save its data to disk")
    case "NOREPLICAS":
      StoreError(.refused, "the Redis server refuses writes because too few replicas follow it")
    case "WRONGTYPE", Self.foreign:
      StoreError(.corrupt, "a key of the store holds something that Rome did not write there")
    case "MOVED", "ASK", "CROSSSLOT":
      StoreError(.refused, "the server is a part of a Redis Cluster, which is not supported")
    default:
      if isTransient {
        StoreError(.unavailable, "the Redis server has too many clients")
      } else {
        StoreError(.refused, "the Redis server refused the request: \(code) \(harmlessText)")
      }
    }
  }

  /// The code of the errors of our scripts for a key that holds a value of another type.
  static let foreign = "ROMEFOREIGN"
  /// The code of the error of the commit script for a write that failed after the first one.
  static let torn = "ROMETORN"

  /// The text without what it quotes: that may be a key or a value.
  private var harmlessText: String {
    String(text.prefix { $0 != "'" && $0 != "\"" && $0 != "`" }.prefix(160))
  }
}
