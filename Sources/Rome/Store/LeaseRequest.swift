// SPDX-License-Identifier: Apache-2.0

/// Who asks for a lease: one attempt to get one lock, from the first ask to the last.
public struct LeaseClaimant: Hashable, Sendable, CustomStringConvertible {
  /// The upper 64 bits.
  public let high: UInt64
  /// The lower 64 bits.
  public let low: UInt64

  /// Makes a claimant of its two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Makes a new claimant of 128 random bits.
  public static func random() -> LeaseClaimant {
    LeaseClaimant(high: .random(in: .min ... .max), low: .random(in: .min ... .max))
  }

  /// The claimant as 32 hexadecimal digits.
  public var description: String {
    hexadecimal(high, low)
  }
}

/// A request for the lease of a lock.
public struct LeaseRequest: Hashable, Sendable {
  /// The name of the lock; not empty.
  public var name: String
  /// Who asks. To ask again with the same claimant is idempotent: it keeps its place in the queue, or gets the lease that
  /// it already holds, renewed.
  public var claimant: LeaseClaimant
  /// How long the lease lasts from when it is granted, by the clock of the store, unless it is renewed; more than zero.
  public var duration: Duration
  /// How long the claimant keeps its place in the queue without asking again. Zero: it takes no place, and gives up one
  /// that it has.
  public var patience: Duration

  /// Makes a request.
  ///
  /// - Parameters:
  ///   - name: The name of the lock; not empty.
  ///   - claimant: Who asks.
  ///   - duration: How long the lease lasts once it is granted; more than zero.
  ///   - patience: How long a place in the queue is kept without being asked for again; zero takes none.
  public init(name: String, claimant: LeaseClaimant, duration: Duration, patience: Duration = .zero) {
    self.name = name
    self.claimant = claimant
    self.duration = duration
    self.patience = patience
  }
}

/// What a store says to a ``LeaseRequest``.
public enum LeaseAnswer: Hashable, Sendable {
  /// The claimant holds the lock, for the duration of the request from now on.
  case granted(FencingToken)
  /// The lock goes to others first.
  ///
  /// `ahead` says how many are to have it before the claimant, the present holder among them; at least 1. `remaining` is
  /// how long the present lease lasts if it is not renewed; zero when nobody holds the lock and only the queue is ahead.
  case busy(ahead: Int, remaining: Duration)
}
