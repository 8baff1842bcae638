// SPDX-License-Identifier: Apache-2.0

/// A failure of a store. When a commit throws it, nothing of the commit was applied and nothing will be.
public struct StoreError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The name of the code.
    public let rawValue: String

    /// Makes a code of its name.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The store can't be reached.
    public static let unavailable = Code(rawValue: "unavailable")
    /// The store did not answer in time.
    public static let timedOut = Code(rawValue: "timedOut")
    /// The task was cancelled before the request was sent.
    public static let cancelled = Code(rawValue: "cancelled")
    /// The store was closed.
    public static let closed = Code(rawValue: "closed")
    /// The store refused the request: it is read-only, or the request can't be served.
    public static let refused = Code(rawValue: "refused")
    /// The store does not let this user in, or not do this.
    public static let unauthorized = Code(rawValue: "unauthorized")
    /// The server can't hold the data of Rome: its version is too old, or its settings would lose rows.
    public static let unsuitable = Code(rawValue: "unsuitable")
    /// A key, a row or a commit is larger than the store takes, or its memory or disk is full.
    public static let limitExceeded = Code(rawValue: "limitExceeded")
    /// The store holds something else than Rome wrote there.
    public static let corrupt = Code(rawValue: "corrupt")
    /// A sequence has no numbers left.
    public static let sequenceExhausted = Code(rawValue: "sequenceExhausted")
  }

  /// What kind of failure it is.
  public var code: Code
  /// What happened, in words that carry no secret and no data of rows.
  public var message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension StoreError: CustomStringConvertible {
  /// The code and the message.
  public var description: String {
    "StoreError.\(code.rawValue): \(message)"
  }
}
