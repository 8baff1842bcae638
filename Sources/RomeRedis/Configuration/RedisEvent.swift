// SPDX-License-Identifier: Apache-2.0

public import Rome

/// What happens on the connection of a ``RedisStore``.
public enum RedisEvent: Sendable {
  /// A connection was made and greeted.
  case connected(RedisServerInfo)
  /// An attempt to connect failed; the next one comes after the delay.
  case connectFailed(StoreError, attempt: Int, nextAfter: Duration)
  /// A connection was lost. So many requests were under way on it.
  case disconnected(StoreError, requestsInFlight: Int)
  /// The server had lost the scripts; they were loaded again.
  case scriptsReloaded
  /// A request was answered.
  case answered(RedisRequest)
  /// The store was closed.
  case closed
}

/// What a request has cost.
public struct RedisRequest: Hashable, Sendable {
  /// What was asked.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Rows by their keys.
    case read
    /// Entries of ranges, or the rows that they point at.
    case scan
    /// A commit.
    case commit
    /// What became of a commit.
    case resolve
    /// Numbers of a sequence.
    case reserveIDs
    /// A lease was asked for, renewed or released.
    case lease
    /// Upkeep: an empty request, or the removal of a namespace.
    case upkeep
  }

  /// What was asked.
  public var kind: Kind
  /// The commands of the request; they went to the server together.
  public var commands: Int
  /// The bytes that were sent.
  public var bytesSent: Int
  /// The bytes of the values that came back.
  public var bytesReceived: Int
  /// From the call to the answer.
  public var duration: Duration
}

/// What a server says of itself when a connection is made.
public struct RedisServerInfo: Hashable, Sendable {
  /// The version of Redis that the server is compatible with.
  public var version = ""
  /// `master`, or `slave` for a replica.
  public var role = ""
  /// What the server does when its memory is full.
  public var evictionPolicy = ""
  /// How safe an acknowledged commit is, by the server's settings. A server that does not let its settings be read counts
  /// as one that keeps nothing.
  public var durability = Durability.memory
  /// Whether the server is a node of a Redis Cluster.
  public var isCluster = false
}
