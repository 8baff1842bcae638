// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting

/// A store that notes every call with what it says, and answers each in a way that no other store does.
final class RecordingStore: Store {
  /// A call: what is called, and what it says.
  struct Call: Equatable {
    let kind: StoreCall.Kind
    let text: String

    init(_ kind: StoreCall.Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  let calls = Recorder<Call>()
  /// How often scans with a filter were asked of this store.
  let filteredScans = Recorder<Int>()

  let catalog = Catalog()
  let revision: Revision? = Revision(rawValue: 9)
  let capabilities = StoreCapabilities(
    snapshotReads: true, durability: .synchronous, scansRowsInOneRoundTrip: false, maximumCommitBytes: 7)
  let entry = IndexEntry(key: Key([1, 2]), columnsLength: 1)
  let row = StoredRow(version: Revision(rawValue: 3), bytes: [4])

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    calls.record(Call(.read, "\(addresses.map(\.table))"))
    return [nil, row]
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    calls.record(Call(.scan, "\(scans.map(\.space))"))
    return [ScanPage(entries: [entry], rows: [row])]
  }

  func scan(_ scans: [Scan], where filter: RowFilter) async throws(StoreError) -> [ScanPage] {
    filteredScans.record(scans.count)
    return []
  }

  func snapshot() async throws(StoreError) -> any StoreReader {
    calls.record(Call(.snapshot, ""))
    return self
  }

  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    calls.record(Call(.commit, "\(commit.id)"))
    return .conflict(check: 5)
  }

  func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution {
    calls.record(Call(.resolve, "\(id)"))
    return .forgotten
  }

  func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    calls.record(Call(.reserveIDs, "\(sequence) \(count)"))
    return 6...8
  }

  func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    calls.record(Call(.acquireLease, "\(request.name) \(request.claimant)"))
    return .granted(FencingToken(rawValue: 10))
  }

  func renewLease(_ name: String, token: FencingToken, duration: Duration) async throws(StoreError) -> Bool {
    calls.record(Call(.renewLease, "\(name) \(token) \(duration)"))
    return true
  }

  func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    calls.record(Call(.releaseLease, "\(name) \(token)"))
    return true
  }

  func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    calls.record(Call(.withdrawLease, "\(name) \(claimant)"))
  }

  func inspectLayout(
    of space: KeySpace, from position: LayoutPosition?, limit: Int
  ) async throws(StoreError) -> LayoutPage {
    calls.record(Call(.inspectLayout, "\(space) \(position?.rawValue ?? "") \(limit)"))
    return LayoutPage(next: LayoutPosition(rawValue: "further"))
  }

  func mendLayout(_ problem: LayoutProblem) async throws(StoreError) -> Bool {
    calls.record(Call(.mendLayout, "\(problem.kind) \(problem.space)"))
    return true
  }
}
