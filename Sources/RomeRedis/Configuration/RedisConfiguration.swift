// SPDX-License-Identifier: Apache-2.0

public import Logging
internal import Rome

/// How a ``RedisStore`` reaches its server, and what it asks of it.
public struct RedisConfiguration: Sendable {
  /// How the rows that index entries point at are fetched.
  public enum RowFetch: String, Hashable, Sendable {
    /// A script follows the entries on the server: one round trip. It costs the server about 0.7 µs a row more, and wins
    /// wherever a round trip is longer than that of a loopback. The default for TCP.
    case oneRoundTrip
    /// First the entries, then the rows: two round trips, with the least work for the server. The default for a unix socket,
    /// where a round trip is cheaper than what the script copies for 30 rows.
    case twoRoundTrips
  }

  /// What to do about a server that may evict rows when its memory is full.
  public enum EvictionPolicy: String, Hashable, Sendable {
    /// Refuse a server whose `maxmemory-policy` is `allkeys-*`.
    case refuse
    /// Take it: for caches, whose rows may be lost.
    case accept
  }

  /// Where the server listens.
  public var address: RedisAddress
  /// The user to log in as; nil for the default user.
  public var user: String?
  /// The password; nil when the server asks for none.
  public var password: String?
  /// The number of the database.
  public var database = 0
  /// What all keys of the store begin with. Two stores with different namespaces have nothing to do with each other.
  /// Letters, digits, `.`, `_`, `-` and `:`.
  public var namespace = "rome"
  /// The name of the connection, as `CLIENT LIST` shows it; without blanks.
  public var clientName = "rome"

  /// How long a connection may take to be made and to be greeted.
  public var connectTimeout: Duration = .seconds(5)
  /// How long a call may take, the wait for a connection included.
  public var requestTimeout: Duration = .seconds(5)
  /// The shortest and the longest wait between two attempts to connect. It doubles with each attempt, and a random half of
  /// it is left out, so that many clients don't come back at once.
  public var reconnectDelay: ClosedRange<Duration> = .milliseconds(20)...(.seconds(1))
  /// How long ``RedisStore/close()`` waits for calls that are under way.
  public var closeTimeout: Duration = .seconds(5)

  /// How many requests may be under way on the connection; the others wait.
  public var maximumRequestsInFlight = 1024
  /// How many bytes of requests may be under way on the connection; the others wait. One request always may.
  public var maximumBytesInFlight = 8 << 20
  /// How many requests may wait; one more fails with `limitExceeded`.
  public var maximumWaitingRequests = 65_536
  /// The most bytes of the replies to one request.
  public var maximumReplyBytes = 256 << 20
  /// The most bytes of keys and rows in one commit.
  public var maximumCommitBytes = 32 << 20
  /// The most bytes of one row.
  public var maximumRowBytes = 16 << 20
  /// The most entries that a page of a scan has; a scan without a limit comes in several pages.
  public var pageEntries = 1000
  /// About the most bytes of rows in a page of a scan with ``RowFetch/oneRoundTrip``; at least one row comes.
  public var pageBytes = 8 << 20

  /// How the rows that index entries point at are fetched. The default depends on the address that the configuration is made
  /// with.
  public var rowFetch: RowFetch
  /// What to do about a server that evicts keys.
  public var eviction = EvictionPolicy.refuse
  /// How long an applied commit is remembered, so that it can be resolved and is not applied twice.
  public var commitMemory: Duration = .seconds(600)
  /// How many applied commits are remembered at most; each takes about 110 bytes of the server's memory.
  public var rememberedCommits = 1_000_000

  /// Where connections, their failures and their ends are logged; at level `info` or lower, no secrets and no data.
  public var logger: Logger?
  /// Gets what happens on the connection, for metrics. It is called on the thread of the event loop: it must be quick.
  public var onEvent: (@Sendable (RedisEvent) -> Void)?

  /// Makes a configuration with the defaults for everything else.
  public init(
    _ address: RedisAddress = .tcp(host: "127.0.0.1", port: 6379), user: String? = nil, password: String? = nil,
    database: Int = 0, namespace: String = "rome"
  ) {
    self.address = address
    rowFetch = if case .unix = address { .twoRoundTrips } else { .oneRoundTrip }
    self.user = user
    self.password = password
    self.database = database
    self.namespace = namespace
  }

  /// Refuses what can't work.
  ///
  /// - Throws: `StoreError` with the code `refused` that names the setting.
  func validate() throws(StoreError) {
    func require(_ holds: Bool, _ message: String) throws(StoreError) {
      if !holds { throw StoreError(.refused, "the configuration of the Redis store: " + message) }
    }
    try require(!namespace.isEmpty && namespace.utf8.allSatisfy(Self.isNamespaceByte), "the namespace is not allowed")
    try require(!clientName.utf8.contains { $0 <= 0x20 || $0 == 0x7F }, "the client name has blanks")
    try require(database >= 0, "the database is negative")
    try require(user == nil || password != nil, "a user needs a password")
    switch address {
    case .tcp(let host, let port):
      try require(!host.isEmpty && !host.utf8.contains(0), "the host is empty")
      try require(port > 0, "the port is 0")
    case .unix(let path):
      try require(
        !path.isEmpty && path.utf8.count < 104 && !path.utf8.contains(0), "the path of the socket is too long")
    }
    try require(
      connectTimeout > .zero && requestTimeout > .zero && commitMemory > .zero && reconnectDelay.lowerBound > .zero,
      "a time is not positive")
    try require(
      min(maximumRequestsInFlight, maximumBytesInFlight, maximumWaitingRequests, maximumReplyBytes, maximumCommitBytes)
        > 0 && min(maximumRowBytes, pageEntries, pageBytes, rememberedCommits) > 0, "a limit is not positive")
  }

  private static func isNamespaceByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "._-:".utf8.contains(byte)
    }
  }
}

extension RedisConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Where the store is, without the password.
  public var description: String {
    "Redis at \(address), database \(database), namespace \(namespace)" + (user.map { ", user \($0)" } ?? "")
  }

  /// As ``description``.
  public var debugDescription: String { description }

  /// Shows no more than ``description``: a dump must not show the password.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
