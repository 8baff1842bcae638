// SPDX-License-Identifier: Apache-2.0

/// Says of each row that a scan comes upon whether it is wanted, by the bytes of the row where they lie in the store.
///
/// A query hands one to ``StoreReader/scan(_:where:)``, so that a store in the process copies nothing of the rows that the
/// query leaves out. It is asked once for each row of an answer. It may also just look at the rows, as sums do.
public final class RowFilter {
  /// What is asked.
  let test: any RowTest

  /// Makes a filter.
  ///
  /// - Parameter isWanted: Whether a row is wanted, by its encoded bytes, which are valid during the call only.
  public init(_ isWanted: @escaping (UnsafeRawBufferPointer) -> Bool) {
    test = ClosureTest(isWanted)
  }

  /// Makes a filter of a test.
  init(_ test: any RowTest) {
    self.test = test
  }

  /// Whether a row is wanted.
  ///
  /// - Parameter row: The encoded row.
  public func accepts(_ row: UnsafeRawBufferPointer) -> Bool {
    test.accepts(row)
  }
}

/// What a ``RowFilter`` asks.
protocol RowTest: AnyObject {
  /// Whether a row is wanted, by its encoded bytes, which are valid during the call only.
  func accepts(_ row: UnsafeRawBufferPointer) -> Bool

  /// Which rows are wanted. One call serves many rows, since a call, and to find out what is asked, may cost more than the look at a row.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - among: Which of them to look at.
  ///   - direction: The order of the scan.
  func select(from rows: MemoryRows, among: RowSet, _ direction: Scan.Direction) -> RowSet
}

/// The test of a filter that somebody else has written, which is asked row by row.
private final class ClosureTest: RowTest {
  private let isWanted: (UnsafeRawBufferPointer) -> Bool

  init(_ isWanted: @escaping (UnsafeRawBufferPointer) -> Bool) {
    self.isWanted = isWanted
  }

  func accepts(_ row: UnsafeRawBufferPointer) -> Bool { isWanted(row) }

  func select(from rows: MemoryRows, among: RowSet, _ direction: Scan.Direction) -> RowSet {
    var result = RowSet()
    among.forEach(in: direction) { place in result.insert(place, if: rows.withRow(place) { isWanted($0) }) }
    return result
  }
}

extension ScanPage {
  /// Leaves out the entries without a row, and those whose rows the filter does not accept.
  mutating func apply(_ filter: RowFilter) {
    var entries: [IndexEntry] = []
    var rows: [StoredRow?] = []
    var isLastWanted = true
    for (entry, row) in zip(self.entries, self.rows) {
      isLastWanted = row?.bytes.withUnsafeBytes { filter.accepts($0) } ?? false
      if isLastWanted {
        entries.append(entry)
        rows.append(row)
      }
    }
    skipped += self.entries.count - entries.count
    if !isLastWanted { lastSkipped = self.entries.last }
    self.entries = entries
    self.rows = rows
    count = entries.count
  }
}
