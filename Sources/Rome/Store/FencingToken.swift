// SPDX-License-Identifier: Apache-2.0

/// The number of a lease. It grows with every lease that a store grants, whatever the lock, and never comes back: of two
/// holders, the one with the greater token came later.
///
/// Give it to other systems with each request: one that remembers the greatest token it has seen, and refuses smaller
/// ones, is safe from a holder that has lost its lease without noticing.
public struct FencingToken: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number.
  public let rawValue: UInt64

  /// Makes a token of its number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Whether the left token is the older one.
  public static func < (left: FencingToken, right: FencingToken) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension FencingToken: CustomStringConvertible {
  /// The number in decimal.
  public var description: String { String(rawValue) }
}
