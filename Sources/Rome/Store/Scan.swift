// SPDX-License-Identifier: Apache-2.0

/// A request for the entries of one range of a key space.
public struct Scan: Hashable, Sendable {
  /// The order in which a scan walks its range.
  public enum Direction: Hashable, Sendable {
    /// From the smallest key up.
    case forward
    /// From the greatest key down.
    case backward
  }

  /// What a scan brings back.
  public enum Fetch: Hashable, Sendable {
    /// Only the number of entries.
    case count
    /// The entries.
    case entries
    /// The entries and the rows that they point at.
    case rows
  }

  /// The key space to scan.
  public var space: KeySpace
  /// The range of keys to scan.
  public var range: KeyRange
  /// The most entries to return; nil for all. A count ignores it. With a filter: the most entries to look at.
  public var limit: Int?
  /// The order in which the entries come.
  public var direction: Direction
  /// What to bring back.
  public var fetch: Fetch

  /// Makes a scan.
  public init(
    _ space: KeySpace, _ range: KeyRange = .all, limit: Int? = nil, direction: Direction = .forward,
    fetch: Fetch = .rows
  ) {
    self.space = space
    self.range = range
    self.limit = limit
    self.direction = direction
    self.fetch = fetch
  }

  /// The scan that goes on behind an entry that this one returned.
  ///
  /// - Parameter entry: The last entry that was seen.
  /// - Returns: The same scan over what is left of its range.
  public func resumed(after entry: IndexEntry) -> Scan {
    var rest = self
    switch direction {
    case .forward: rest.range.lower = entry.key.next
    case .backward: rest.range.upper = entry.key
    }
    return rest
  }
}

/// What a store answers to one ``Scan``.
public struct ScanPage: Sendable {
  /// The entries in the order of the scan; empty for a count.
  public var entries: [IndexEntry]
  /// The rows that the entries point at, one for each, for a scan that fetches rows; else empty. On a store without
  /// snapshots a row may be gone between the two looks: then it is nil.
  public var rows: [StoredRow?]
  /// The number of entries in the range for a count; else the number of `entries`.
  public var count: Int
  /// How many entries were looked at and left out, because the filter of the scan did not accept their rows.
  public var skipped: Int
  /// The last entry that was looked at, when the filter of the scan left it out.
  public var lastSkipped: IndexEntry?
  /// Whether the range may hold more entries than were returned: go on with ``Scan/resumed(after:)``.
  ///
  /// A store may return fewer entries than the limit asks for, to bound its memory; then this is true as well, and at
  /// least one entry is returned.
  public var isTruncated: Bool

  /// Makes a page.
  public init(
    entries: [IndexEntry], rows: [StoredRow?] = [], count: Int? = nil, isTruncated: Bool = false, skipped: Int = 0,
    lastSkipped: IndexEntry? = nil
  ) {
    self.entries = entries
    self.rows = rows
    self.count = count ?? entries.count
    self.isTruncated = isTruncated
    self.skipped = skipped
    self.lastSkipped = lastSkipped
  }

  /// The last entry that was looked at, behind which a truncated page is gone on with.
  public var last: IndexEntry? { lastSkipped ?? entries.last }
}

extension ScanPage {
  /// Hands over the rows with their keys, in the order of the entries. Without snapshots a row may be gone by the time that
  /// its entry is followed: it is left out.
  mutating func takeRows(_ body: (Key, StoredRow) throws(RomeError) -> Void) throws(RomeError) {
    // Taken out, as a reference that is handed over needs not be counted.
    try entries.withUnsafeMutableBufferPointer { entries throws(RomeError) in
      try rows.withUnsafeMutableBufferPointer { rows throws(RomeError) in
        for place in 0..<min(entries.count, rows.count) {
          guard let row = rows[place].take() else { continue }
          try body(entries[place].takeRowKey(), row)
        }
      }
    }
  }
}
