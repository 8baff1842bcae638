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
    withUnsafePointer(to: row) { row in
      !test.select(from: PointedRows(UnsafeBufferPointer(start: row, count: 1)), among: RowSet(first: 1)).isEmpty
    }
  }

  /// Which rows are wanted. To ask about many rows costs less for each of them.
  ///
  /// - Parameters:
  ///   - rows: The encoded rows, in the order in which the scan comes upon them.
  ///   - take: Takes the place of a row that is wanted, from the first one up.
  public func select(_ rows: [UnsafeRawBufferPointer], _ take: (Int) -> Void) {
    var first = 0
    while first < rows.count {
      let count = min(RowSet.capacity, rows.count - first)
      let wanted = rows.withUnsafeBufferPointer {
        test.select(
          from: PointedRows(UnsafeBufferPointer(rebasing: $0[first..<(first + count)])), among: RowSet(first: count))
      }
      wanted.forEach { take(first + $0) }
      first += count
    }
  }
}

/// What a ``RowFilter`` asks. One call serves many rows, since a call, and to find out what is asked, may cost more than the look at
/// a row. Each kind of rows has a method of its own, so that the compiler sees where they lie.
protocol RowTest: AnyObject {
  /// Which rows of a leaf are wanted.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - among: Which of them to look at.
  ///   - direction: The order in which to look.
  func select(from rows: MemoryRows, among: RowSet, _ direction: Scan.Direction) -> RowSet

  /// Which rows are wanted, of those that somebody points at.
  func select(from rows: PointedRows, among: RowSet) -> RowSet

  /// Which rows of a page are wanted.
  func select(from rows: PageRows, among: RowSet) -> RowSet
}

/// The test of a filter that somebody else has written, which is asked row by row.
private final class ClosureTest: RowTest {
  private let isWanted: (UnsafeRawBufferPointer) -> Bool

  init(_ isWanted: @escaping (UnsafeRawBufferPointer) -> Bool) {
    self.isWanted = isWanted
  }

  func select(from rows: PointedRows, among: RowSet) -> RowSet { select(rows, among, .forward) }

  func select(from rows: PageRows, among: RowSet) -> RowSet { select(rows, among, .forward) }

  func select(from rows: MemoryRows, among: RowSet, _ direction: Scan.Direction) -> RowSet {
    select(rows, among, direction)
  }

  private func select(_ rows: some RowBatch, _ among: RowSet, _ direction: Scan.Direction) -> RowSet {
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
    var rest = 0..<min(self.entries.count, self.rows.count)
    while !rest.isEmpty {
      let part = rest.prefix(RowSet.capacity)
      rest = rest.dropFirst(RowSet.capacity)
      var found = RowSet()
      for place in part { found.insert(place - part.lowerBound, if: self.rows[place] != nil) }
      let wanted = filter.test.select(from: PageRows(self.rows[part]), among: found)
      wanted.forEach { place in
        entries.append(self.entries[part.lowerBound + place])
        rows.append(self.rows[part.lowerBound + place])
      }
      isLastWanted = wanted.contains(part.count - 1)
    }
    skipped += self.entries.count - entries.count
    if !isLastWanted { lastSkipped = self.entries.last }
    self.entries = entries
    self.rows = rows
    count = entries.count
  }
}
