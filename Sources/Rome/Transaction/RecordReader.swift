// SPDX-License-Identifier: Apache-2.0

/// What the query engine reads through: the store, with the pending writes of the session merged over it.
protocol RecordReader: AnyObject {
  /// What was read so far.
  var statistics: ReadStatistics { get }

  /// Reads rows by their keys in one round trip.
  func read(_ addresses: [RowAddress]) async throws(RomeError) -> [StoredRow?]

  /// Answers scans in one round trip. A page may hold fewer entries than its limit when it says that it is truncated.
  func scan(_ scans: [Scan]) async throws(RomeError) -> [ScanPage]
}
