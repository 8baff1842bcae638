// SPDX-License-Identifier: Apache-2.0

/// Why a server, a console or a proxy of the tests could not do what it was asked for.
public struct RedisTestError: Error, Sendable, CustomStringConvertible {
  /// The kind of the failure.
  public enum Code: Sendable {
    /// There is no `redis-server` on this machine.
    case notInstalled
    /// The server ended before it answered.
    case endedEarly
    /// The server runs and does not answer, or nothing listens.
    case notAnswering
    /// The server is not running.
    case notRunning
    /// The other side closed or reset the connection.
    case connectionLost
    /// What was waited for did not come in time.
    case timedOut
    /// The other side sent bytes that are no RESP.
    case malformed
    /// The server answered with an error.
    case refused
    /// The operating system refused a call.
    case system
  }

  /// The kind of the failure.
  public let code: Code
  /// What happened, in a sentence; with the server's log when it ended early.
  public let message: String

  /// An error with its kind and a sentence.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The sentence.
  public var description: String { message }
}
