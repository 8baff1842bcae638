// SPDX-License-Identifier: Apache-2.0

/// What a serializable unit of work has read, so that its commit can prove that it would read the same again.
struct ReadSet {
  /// A range that was scanned, and what it held.
  struct ScannedRange: Hashable {
    let space: KeySpace
    let range: KeyRange
    let keys: [Key]
  }

  /// A range whose entries were counted.
  struct CountedRange: Hashable {
    let space: KeySpace
    let range: KeyRange
    let count: Int
  }

  private(set) var rows: [RowAddress: Revision?] = [:]
  private(set) var ranges: Set<ScannedRange> = []
  private(set) var counts: Set<CountedRange> = []

  var isEmpty: Bool { rows.isEmpty && ranges.isEmpty && counts.isEmpty }

  /// Notes a row and the version that was seen; nil when there was none.
  mutating func note(_ address: RowAddress, _ version: Revision?) throws(RomeError) {
    guard let known = rows.updateValue(version, forKey: address) else { return }
    if known != version {
      throw RomeError(.conflict, "a row changed between two reads of the transaction", entity: address.table)
    }
  }

  /// Notes the part of a scan that a page answers.
  mutating func note(_ scan: Scan, _ page: ScanPage) {
    if scan.fetch == .count {
      counts.insert(CountedRange(space: scan.space, range: scan.range, count: page.count))
      return
    }
    var covered = scan.range
    if page.isTruncated, let last = page.entries.last {
      switch scan.direction {
      case .forward: covered.upper = last.key.next
      case .backward: covered.lower = last.key
      }
    }
    let keys = page.entries.map(\.key)
    ranges.insert(
      ScannedRange(space: scan.space, range: covered, keys: scan.direction == .forward ? keys : keys.reversed()))
  }
}
