// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@Suite struct ForwardingStoreTests {
  /// A store that implements nothing itself.
  private struct Plain: ForwardingStore {
    let base: any Store
  }

  /// A store that sees the scans.
  private struct Watching: ForwardingStore {
    let base: any Store
    let spaces = Recorder<KeySpace>()

    func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
      for scan in scans { spaces.record(scan.space) }
      return try await base.scan(scans)
    }
  }

  @Test func `every call is handed on with what it says, and so is the answer`() async throws {
    let base = RecordingStore()
    // As sessions see it: by the protocol.
    let store: any Store = Plain(base: base)
    #expect(store.capabilities == base.capabilities)
    #expect(store.catalog === base.catalog)
    #expect(store.revision == base.revision)

    let space = KeySpace.index("i", of: "t")
    let commit = Commit()
    let claimant = LeaseClaimant.random()
    let token = FencingToken(rawValue: 2)
    var expected: [RecordingStore.Call] = []
    func called(_ kind: StoreCall.Kind, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
      expected.append(RecordingStore.Call(kind, text))
      #expect(base.calls.values == expected, sourceLocation: sourceLocation)
    }

    let rows = try await store.read([RowAddress(table: "a", key: .first), RowAddress(table: "b", key: .first)])
    called(.read, #"["a", "b"]"#)
    #expect(rows.map { $0?.version } == [nil, base.row.version])
    let pages = try await store.scan([Scan(space)])
    called(.scan, "[t/i]")
    #expect(pages.map(\.entries) == [[base.entry]])
    #expect(try await store.snapshot() as? RecordingStore === base)
    called(.snapshot, "")
    guard case .conflict(check: 5) = try await store.commit(commit) else {
      Issue.record("another outcome")
      return
    }
    called(.commit, "\(commit.id)")
    #expect(try await store.resolve(commit.id) == .forgotten)
    called(.resolve, "\(commit.id)")
    #expect(try await store.reserveIDs("s", count: 3) == 6...8)
    called(.reserveIDs, "s 3")
    let request = LeaseRequest(name: "l", claimant: claimant, duration: .seconds(1))
    #expect(try await store.acquireLease(request) == .granted(FencingToken(rawValue: 10)))
    called(.acquireLease, "l \(claimant)")
    #expect(try await store.renewLease("l", token: token, duration: .seconds(1)))
    called(.renewLease, "l 2 \(Duration.seconds(1))")
    #expect(try await store.releaseLease("l", token: token))
    called(.releaseLease, "l 2")
    try await store.withdrawLease("l", claimant: claimant)
    called(.withdrawLease, "l \(claimant)")
    let page = try await store.inspectLayout(of: space, from: LayoutPosition(rawValue: "here"), limit: 4)
    #expect(page.next?.rawValue == "further")
    called(.inspectLayout, "t/i here 4")
    #expect(try await store.mendLayout(LayoutProblem(.phantomKey, space: space, key: .first)))
    called(.mendLayout, "phantomKey t/i")

    #expect(expected.map(\.kind) == StoreCall.Kind.allCases, "a kind of call was not tried")
  }

  @Test func `scans with a filter come by the scans of the store itself`() async throws {
    let base = RecordingStore()
    let watching = Watching(base: base)
    let store: any Store = watching
    let space = KeySpace.rows("t")
    let wanted = try await store.scan([Scan(space, fetch: .rows)], where: RowFilter { _ in true })
    #expect(wanted.map(\.entries) == [[base.entry]])
    let unwanted = try await store.scan([Scan(space, fetch: .rows)], where: RowFilter { _ in false })
    #expect(unwanted.map(\.entries) == [[]] && unwanted.map(\.skipped) == [1])
    #expect(watching.spaces.values == [space, space])
    #expect(base.filteredScans.values.isEmpty)
  }

  @Test(arguments: StoreConformance.cases)
  func `a store that only hands on keeps every promise`(conformanceCase: ConformanceCase) async {
    let limited = conformanceCase.requirement == .maximumCommitBytes
    let result = await StoreConformance(makeStore: {
      Plain(base: MemoryStore(limits: MemoryStoreLimits(commitBytes: limited ? 100_000 : nil)))
    }).run(conformanceCase)
    #expect(result == .passed)
  }
}
