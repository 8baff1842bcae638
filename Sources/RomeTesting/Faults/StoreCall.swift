// SPDX-License-Identifier: Apache-2.0

import Rome

/// One call of a store, as a ``FaultyStore`` sees it before it goes on.
public struct StoreCall: Sendable, Hashable {
  /// What is called.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// `StoreReader/read(_:)`, of the store or of a snapshot.
    case read
    /// `StoreReader/scan(_:)`, of the store or of a snapshot.
    case scan
    /// `Store/snapshot()`.
    case snapshot
    /// `Store/commit(_:)`.
    case commit
    /// `Store/resolve(_:)`.
    case resolve
    /// `Store/reserveIDs(_:count:)`.
    case reserveIDs
    /// `Store/acquireLease(_:)`.
    case acquireLease
    /// `Store/renewLease(_:token:duration:)`.
    case renewLease
    /// `Store/releaseLease(_:token:)`.
    case releaseLease
    /// `Store/withdrawLease(_:claimant:)`.
    case withdrawLease
    /// `Store/inspectLayout(of:from:limit:)`.
    case inspectLayout
    /// `Store/mendLayout(_:)`.
    case mendLayout
  }

  /// What is called.
  public let kind: Kind
  /// Which call of the store it is, counted over all kinds from 1.
  public let number: Int
  /// Which call of its kind it is, counted from 1.
  public let numberOfKind: Int
}

/// What the calls of a store added up to.
public struct StoreCallCounts: Sendable, Hashable {
  /// The calls of each kind, those that failed included.
  public var calls: [StoreCall.Kind: Int] = [:]
  /// The addresses that reads asked for.
  public var addresses = 0
  /// The ranges that scans asked for.
  public var ranges = 0
  /// The entries that scans returned.
  public var entries = 0
  /// The rows that reads and scans returned, missing ones not counted.
  public var rows = 0
  /// The checks that commits carried.
  public var checks = 0
  /// The writes that commits carried.
  public var writes = 0

  /// Nothing was called.
  public init() {}

  /// The calls of one kind.
  public subscript(kind: StoreCall.Kind) -> Int { calls[kind, default: 0] }

  /// The scans that cost two round trips, because the store can't follow index entries to rows by itself.
  public var twofoldScans = 0
  /// All round trips to the store. Making a snapshot is none.
  public var roundTrips: Int {
    calls.reduce(twofoldScans) { $0 + ($1.key == .snapshot ? 0 : $1.value) }
  }
}
