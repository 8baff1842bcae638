// SPDX-License-Identifier: Apache-2.0

/// A unit of work on a store: staged writes, what was read, and reads that see both the store and the staged writes.
final class Transaction: RecordReader {
  let store: any Store
  // As those of the session, the variables are not checked for overlapping accesses at run time: calls do not overlap.
  @exclusivity(unchecked) private(set) var isolation: Isolation
  /// The staged writes.
  @exclusivity(unchecked) var buffer = WriteBuffer()
  /// What a serializable transaction has read.
  @exclusivity(unchecked) private(set) var reads = ReadSet()
  /// Ranges that must not change before the commit whatever the isolation is, such as the rows that refer to a deleted one.
  @exclusivity(unchecked) private(set) var guards = ReadSet()
  @exclusivity(unchecked) private(set) var statistics = ReadStatistics()
  /// The snapshot that the reads come from.
  @exclusivity(unchecked) private var snapshot: (any StoreReader)?
  /// The revision of the snapshot that the reads came from, the oldest where there were several; nil without snapshots.
  @exclusivity(unchecked) private(set) var snapshotRevision: Revision?
  /// Where the transaction stands in line for rows that others change as well; nil where nobody does.
  @exclusivity(unchecked) var turn: RowTurn?

  init(store: any Store, isolation: Isolation) {
    self.store = store
    self.isolation = Self.isolation(isolation, on: store)
  }

  /// The isolation that a store has for the one that is wanted.
  private static func isolation(_ wanted: Isolation, on store: any Store) -> Isolation {
    wanted == .snapshot && !store.capabilities.snapshotReads ? .serializable : wanted
  }

  /// Becomes a new unit of work, which has staged and read nothing.
  func begin(_ isolation: Isolation) {
    self.isolation = Self.isolation(isolation, on: store)
    buffer = WriteBuffer()
    if !reads.isEmpty { reads = ReadSet() }
    if !guards.isEmpty { guards = ReadSet() }
    statistics = ReadStatistics()
    snapshot = nil
    snapshotRevision = nil
    turn = nil
  }

  /// Prepares the reads of one query: opens the snapshot of the transaction, or at ``Isolation/readCommitted`` a new one.
  func beginStatement() async throws(RomeError) {
    guard snapshot == nil || isolation == .readCommitted else { return }
    let snapshot: any StoreReader
    do {
      snapshot = try await store.snapshot()
    } catch {
      throw RomeError(error)
    }
    self.snapshot = snapshot
    if isolation == .readCommitted || snapshotRevision == nil { snapshotRevision = snapshot.revision }
  }

  /// Lets go of the snapshot before a commit: all was read, and a store that keeps a state for nobody can change it in place.
  func endReads() {
    snapshot = nil
  }

  /// Counts a commit.
  func countRoundTrip() {
    statistics.roundTrips += 1
  }

  func read(_ addresses: [RowAddress]) async throws(RomeError) -> [StoredRow?] {
    try await read(addresses, guarding: false)
  }

  /// Reads rows.
  ///
  /// - Parameter guarding: Whether the commit must find them unchanged at every isolation.
  func read(_ addresses: [RowAddress], guarding: Bool) async throws(RomeError) -> [StoredRow?] {
    if buffer.isEmpty, turn == nil {
      let rows = try await readStored(addresses)
      for (address, row) in zip(addresses, rows) { try note(address, row?.version, guarding: guarding) }
      return rows
    }
    var result = [StoredRow?](repeating: nil, count: addresses.count)
    var missing: [Int] = []
    for (position, address) in addresses.enumerated() {
      if let staged = buffer.row(address) {
        result[position] = staged.bytes.map { StoredRow(version: .pending, bytes: $0) }
      } else {
        missing.append(position)
      }
    }
    if missing.isEmpty { return result }
    let wanted = missing.count == addresses.count ? addresses : missing.map { addresses[$0] }
    // Readers of a snapshot wait for nobody: there, only who has lost a row stands in line.
    if let turn, !store.capabilities.snapshotReads, isolation == .serializable, wanted.count == 1,
      turn.concerns(wanted[0]),
      let row = await turn.enter(wanted[0], isFirstRead: reads.isEmpty)
    {
      try note(wanted[0], row.version, guarding: guarding)
      result[missing[0]] = row
      return result
    }
    for (position, row) in zip(missing, try await readStored(wanted)) {
      result[position] = row
      try note(addresses[position], row?.version, guarding: guarding)
    }
    return result
  }

  /// Notes what was read of a row, where the commit must prove it.
  private func note(_ address: RowAddress, _ version: Revision?, guarding: Bool) throws(RomeError) {
    if isolation == .serializable { try reads.note(address, version) }
    if guarding { try guards.note(address, version) }
  }

  private func readStored(_ addresses: [RowAddress]) async throws(RomeError) -> [StoredRow?] {
    let reader = try await currentReader()
    let rows: [StoredRow?]
    do {
      rows = try await reader.read(addresses)
    } catch {
      throw RomeError(error, reading: addresses.map(\.table))
    }
    statistics.roundTrips += 1
    statistics.keysRead += addresses.count
    for row in rows where row != nil { statistics.rowsRead += 1 }
    return rows
  }

  func scan(_ scans: [Scan]) async throws(RomeError) -> [ScanPage] {
    try await scan(scans, guarding: false)
  }

  func scan(_ scans: [Scan], where filter: RowFilter) async throws(RomeError) -> [ScanPage] {
    if isolation != .serializable, !scans.contains(where: buffer.touches) {
      return try await scanStored(scans, where: filter)
    }
    // Staged rows are filtered like the others, and a serializable transaction proves all that it has looked at.
    var pages = try await scan(scans, guarding: false)
    for place in pages.indices { pages[place].apply(filter) }
    return pages
  }

  /// Answers scans with the staged writes merged in.
  ///
  /// - Parameter guarding: Whether the commit must find the ranges unchanged at every isolation.
  func scan(_ scans: [Scan], guarding: Bool) async throws(RomeError) -> [ScanPage] {
    if scans.isEmpty { return [] }
    let isPlain = isolation != .serializable && !guarding
    if isPlain, !scans.contains(where: buffer.touches) { return try await scanStored(scans) }
    let overlays = scans.map { ScanOverlay($0, buffer) }
    let widened = overlays.map(\.storeScan)
    let pages = try await scanStored(widened)
    var result: [ScanPage] = []
    result.reserveCapacity(pages.count)
    for (position, page) in pages.enumerated() {
      let scan = widened[position]
      if isolation == .serializable { try note(scan, page, in: &reads) }
      if guarding { try note(scan, page, in: &guards) }
      let merged = overlays[position].merge(page, buffer)
      if merged.isTruncated, merged.entries.isEmpty, let last = page.entries.last {
        // All that the store returned is deleted by this transaction: the caller needs an entry to go on from.
        result += try await self.scan([scans[position].resumed(after: last)], guarding: guarding)
      } else {
        result.append(merged)
      }
    }
    return result
  }

  private func scanStored(_ scans: [Scan], where filter: RowFilter? = nil) async throws(RomeError) -> [ScanPage] {
    let reader = try await currentReader()
    let pages: [ScanPage]
    do {
      if let filter {
        pages = try await reader.scan(scans, where: filter)
      } else {
        pages = try await reader.scan(scans)
      }
    } catch {
      throw RomeError(error, reading: scans.map(\.space.table))
    }
    statistics.roundTrips +=
      scans.contains { $0.fetch == .rows } && !store.capabilities.scansRowsInOneRoundTrip ? 2 : 1
    // By their places: a copy of a scan or of a page counts five references.
    for (scan, page) in zip(scans.indices, pages.indices) {
      statistics.keysRead += scans[scan].fetch == .count ? 1 : pages[page].entries.count + pages[page].skipped
      statistics.rowsRead += pages[page].rows.count + pages[page].skipped
    }
    return pages
  }

  private func note(_ scan: Scan, _ page: ScanPage, in set: inout ReadSet) throws(RomeError) {
    set.note(scan, page)
    for (entry, row) in zip(page.entries, page.rows) {
      try set.note(RowAddress(table: scan.space.table, key: entry.rowKey), row?.version)
    }
  }

  private func currentReader() async throws(RomeError) -> any StoreReader {
    if let snapshot { return snapshot }
    try await beginStatement()
    return snapshot ?? store
  }
}

extension Revision {
  /// The version of a row that is staged and not committed: no store ever gives it to a row.
  static let pending = Revision.zero
}

/// Runs a call of the store and turns its failure into one of the session. What is called for each row or commit does so by
/// itself, without the closure.
func romeError<Result>(_ body: () async throws(StoreError) -> Result) async throws(RomeError) -> Result {
  do {
    return try await body()
  } catch {
    throw RomeError(error)
  }
}

extension RomeError {
  /// The failure of a store that was asked for rows of the tables; an answer that is too large is told with the table, where it is
  /// one.
  fileprivate init(_ error: StoreError, reading tables: [String]) {
    self.init(error)
    guard code == .limitExceeded, let table = tables.first, tables.allSatisfy({ $0 == table }) else { return }
    entity = table
  }
}
