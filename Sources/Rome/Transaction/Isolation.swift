// SPDX-License-Identifier: Apache-2.0

/// What concurrent transactions may notice of each other.
public enum Isolation: Hashable, Sendable {
  /// The outcome is that of some order of the transactions one after the other. The commit proves that every row and
  /// every range that was read is still the same: no lost update, no phantom, no write skew.
  case serializable
  /// All reads see one point in time, and no row that the transaction writes was changed since. Write skew is possible.
  /// A store without snapshots gives ``serializable`` instead.
  case snapshot
  /// Each query sees the newest committed state, and no row that is written was changed since it was read. What a
  /// session does outside ``RomeSession/transaction(isolation:retry:holding:_:)`` is of this kind.
  case readCommitted
}
