// SPDX-License-Identifier: Apache-2.0

/// What reading has cost.
public struct ReadStatistics: Hashable, Sendable {
  /// Requests that went to the store and back, reads and commits.
  public var roundTrips = 0
  /// Entries of indexes, and keys of rows, that the store returned or looked up.
  public var keysRead = 0
  /// Rows whose bytes the store returned.
  public var rowsRead = 0

  /// Nothing was read.
  public init() {}

  /// What was read since an earlier reading of the same counters.
  ///
  /// - Parameter earlier: The counters then.
  /// - Returns: The difference.
  public func since(_ earlier: ReadStatistics) -> ReadStatistics {
    var result = ReadStatistics()
    result.roundTrips = roundTrips - earlier.roundTrips
    result.keysRead = keysRead - earlier.keysRead
    result.rowsRead = rowsRead - earlier.rowsRead
    return result
  }
}
