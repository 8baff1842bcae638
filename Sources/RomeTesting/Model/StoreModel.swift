// SPDX-License-Identifier: Apache-2.0

public import Rome

/// The store protocol written down as plainly as possible: dictionaries, sorted at each look.
///
/// It is what stores are compared with. Drive it beside a store: ask ``firstFailing(_:)`` what a commit must come to, and
/// when the store has applied it, ``apply(_:revision:)`` it with the revision of the receipt. A copy is a snapshot.
public struct StoreModel: Sendable {
  private var rows: [RowAddress: (version: Revision, bytes: [UInt8])] = [:]
  private var entries: [KeySpace: [Key: IndexEntry]] = [:]
  private var sequences: [String: Int64] = [:]

  /// Makes the model of an empty store.
  public init() {}

  /// The addresses of all rows, by table and key.
  public var addresses: [RowAddress] {
    rows.keys.sorted { $0.table == $1.table ? $0.key < $1.key : $0.table < $1.table }
  }

  /// The row at an address.
  public func row(_ address: RowAddress) -> StoredRow? {
    rows[address].map { StoredRow(version: $0.version, bytes: $0.bytes) }
  }

  /// The entries of a space in a range, in ascending order.
  public func entries(_ space: KeySpace, _ range: KeyRange = .all) -> [IndexEntry] {
    let all =
      space.index == nil
      ? rows.keys.filter { $0.table == space.table }.map { IndexEntry(key: $0.key, columnsLength: 0) }
      : Array((entries[space] ?? [:]).values)
    return all.filter { range.contains($0.key) }.sorted { $0.key < $1.key }
  }

  /// The whole answer to a scan.
  public func scan(_ scan: Scan) -> ScanPage {
    let inRange = entries(scan.space, scan.range)
    if scan.fetch == .count { return ScanPage(entries: [], count: inRange.count) }
    let ordered = scan.direction == .forward ? inRange : inRange.reversed()
    let kept = Array(ordered.prefix(max(0, scan.limit ?? .max)))
    let fetched = scan.fetch == .rows ? kept.map { row(RowAddress(table: scan.space.table, key: $0.rowKey)) } : []
    return ScanPage(entries: kept, rows: fetched, isTruncated: kept.count < ordered.count)
  }

  /// The last number of a sequence that was handed out or passed, 0 when there is none.
  public func lastNumber(of sequence: String) -> Int64 {
    sequences[sequence] ?? 0
  }

  /// Whether a check holds. The model has no clock and no locks: a lease is never held.
  public func holds(_ check: Check) -> Bool {
    switch check {
    case .row(let address, let version): rows[address]?.version == version
    case .exists(let address): rows[address] != nil
    case .range(let space, let range, let keys): entries(space, range).map(\.key) == keys
    case .count(let space, let range, let count): entries(space, range).count == count
    case .lease: false
    }
  }

  /// The position of the first check that does not hold; nil when all do.
  public func firstFailing(_ checks: [Check]) -> Int? {
    checks.firstIndex { !holds($0) }
  }

  /// Applies writes.
  ///
  /// - Parameters:
  ///   - writes: The writes, in their order.
  ///   - revision: The version of the rows that they put.
  public mutating func apply(_ writes: [Write], revision: Revision) {
    for write in writes {
      switch write {
      case .putRow(let address, let bytes): rows[address] = (revision, bytes)
      case .deleteRow(let address): rows[address] = nil
      case .putEntry(let space, let entry):
        if entries[space]?[entry.key] == nil { entries[space, default: [:]][entry.key] = entry }
      case .deleteEntry(let space, let entry): entries[space]?[entry.key] = nil
      case .advanceSequence(let sequence, let number): sequences[sequence] = max(lastNumber(of: sequence), number)
      }
    }
  }

  /// Takes note of numbers that a store handed out.
  public mutating func reserved(_ sequence: String, _ numbers: ClosedRange<Int64>) {
    sequences[sequence] = max(lastNumber(of: sequence), numbers.upperBound)
  }
}
