// SPDX-License-Identifier: Apache-2.0

/// How far a verification or a repair is.
public struct VerificationProgress: Hashable, Sendable {
  /// The table that is looked at.
  public let table: String
  /// The index that is looked at; nil for the rows.
  public let index: String?
  /// How many rows and entries were checked, in all tables.
  public let checkedCount: Int
  /// How many problems were found.
  public let problemCount: Int
}
