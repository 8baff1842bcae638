// SPDX-License-Identifier: Apache-2.0

import Rome
import Testing

/// What the memory store does beyond the promises of the conformance suite.
@Suite struct MemoryStoreTests {
  private let address = RowAddress(table: "t", key: Key([1]))

  private func apply(_ store: MemoryStore, _ writes: [Write]) async throws -> CommitReceipt {
    guard case .committed(let receipt) = try await store.commit(Commit(writes: writes)) else {
      throw StoreError(.refused, "the commit was not applied")
    }
    return receipt
  }

  @Test func `a store declares its limits`() {
    let store = MemoryStore(limits: MemoryStoreLimits(keyBytes: 10, rowBytes: nil, commitBytes: 30))
    #expect(store.capabilities.maximumKeyBytes == 10)
    #expect(store.capabilities.maximumRowBytes == nil)
    #expect(store.capabilities.maximumCommitBytes == 30)
    #expect(store.capabilities.snapshotReads)
    #expect(store.capabilities.durability == .memory)
  }

  @Test func `keys of deletions are limited too, and no limit takes all`() async throws {
    let long = RowAddress(table: "t", key: Key(Array(repeating: 1, count: 100_000)))
    let error = await #expect(throws: StoreError.self) {
      try await MemoryStore().commit(Commit(writes: [.deleteRow(long)]))
    }
    #expect(error?.code == .limitExceeded)
    let unlimited = MemoryStore(limits: MemoryStoreLimits(keyBytes: nil))
    let receipt = try await apply(unlimited, [.putRow(long, [1])])
    #expect(try await unlimited.read([long])[0]?.version == receipt.revision)
  }

  @Test func `an index entry for the space of a table's rows is refused`() async throws {
    let store = MemoryStore()
    let entry = IndexEntry(key: Key([1]), columnsLength: 0)
    for write in [Write.putEntry(.rows("t"), entry), .deleteEntry(.rows("t"), entry)] {
      let error = await #expect(throws: StoreError.self) { try await store.commit(Commit(writes: [write])) }
      #expect(error?.code == .refused)
    }
    #expect(try await store.scan([Scan(.rows("t"))])[0].entries.isEmpty)
  }

  @Test func `commits beyond those that are remembered are forgotten, oldest first`() async throws {
    let store = MemoryStore(limits: MemoryStoreLimits(rememberedCommits: 3))
    var receipts: [CommitReceipt] = []
    let never = CommitID.random()
    #expect(try await store.resolve(never) == .notCommitted)
    for number in 0..<3 as Range<UInt8> { receipts.append(try await apply(store, [.putRow(address, [number])])) }
    for receipt in receipts { #expect(try await store.resolve(receipt.id) == .committed(receipt)) }
    for number in 3..<8 as Range<UInt8> {
      receipts.append(try await apply(store, [.putRow(address, [number])]))
      for receipt in receipts.suffix(3) { #expect(try await store.resolve(receipt.id) == .committed(receipt)) }
      for receipt in receipts.dropLast(3) { #expect(try await store.resolve(receipt.id) == .forgotten) }
    }
    // An id that was never seen can't be told from a forgotten one; one that was settled before stays settled.
    #expect(try await store.resolve(.random()) == .forgotten)
    #expect(try await store.resolve(never) == .notCommitted)
    let error = await #expect(throws: StoreError.self) { try await store.commit(Commit(id: never)) }
    #expect(error?.code == .refused)
  }

  @Test func `a commit that was forgotten as unknown is not refused`() async throws {
    let store = MemoryStore(limits: MemoryStoreLimits(rememberedCommits: 1))
    _ = try await apply(store, [])
    _ = try await apply(store, [])
    let commit = Commit(writes: [.putRow(address, [1])])
    #expect(try await store.resolve(commit.id) == .forgotten)
    guard case .committed = try await store.commit(commit) else {
      Issue.record("forgotten is no refusal")
      return
    }
  }

  @Test func `a check over a space that nobody touched since the snapshot is passed`() async throws {
    let store = MemoryStore()
    let first = try await apply(store, [.putRow(address, [1])])
    _ = try await apply(store, [.putRow(RowAddress(table: "other", key: Key([1])), [1])])
    // The check is wrong on purpose: a session can't have read it from that snapshot, so that it passes shows that it was
    // not evaluated.
    let wrong = Check.row(address, version: nil)
    guard case .committed = try await store.commit(Commit(checks: [wrong], snapshot: first.revision)) else {
      Issue.record("the check was evaluated")
      return
    }
    for snapshot in [nil, Revision.zero, Revision(rawValue: 1_000_000)] {
      guard case .conflict(check: 0) = try await store.commit(Commit(checks: [wrong], snapshot: snapshot)) else {
        Issue.record("the check was not evaluated for the snapshot \(String(describing: snapshot))")
        continue
      }
    }
  }

  @Test func `a refused commit does not move the revision`() async throws {
    let store = MemoryStore()
    let first = try await apply(store, [.putRow(address, [1])])
    for _ in 0..<5 { _ = try await store.commit(Commit(checks: [.row(address, version: nil)])) }
    let second = try await apply(store, [.putRow(address, [2])])
    #expect(second.revision.rawValue == first.revision.rawValue + 1)
  }

  @Test func `all scans and reads of one call see one state`() async throws {
    let store = MemoryStore()
    let addresses = (0..<10).map { RowAddress(table: "t\($0 % 2)", key: Key([UInt8($0)])) }
    _ = try await apply(store, addresses.map { .putRow($0, [0]) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 1..<500 {
          _ = try await store.commit(Commit(writes: addresses.map { .putRow($0, [UInt8(number & 0xFF)]) }))
        }
      }
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<500 {
            let rows = try await store.read(addresses)
            #expect(Set(rows.map { $0?.version }).count == 1)
            let pages = try await store.scan([Scan(.rows("t0")), Scan(.rows("t1"), direction: .backward)])
            #expect(Set(pages.flatMap { $0.rows.map { $0?.version } }).count == 1)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `a cancelled task neither reads nor reserves, but may settle a commit`() async throws {
    let store = MemoryStore()
    let receipt = try await apply(store, [.putRow(address, [1])])
    let address = self.address
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      await #expect(throws: StoreError.self) { try await store.read([address]) }
      await #expect(throws: StoreError.self) { try await store.scan([Scan(.rows("t"))]) }
      await #expect(throws: StoreError.self) { try await store.reserveIDs("s", count: 1) }
      await #expect(throws: StoreError.self) { try await store.snapshot() }
      return try await store.resolve(receipt.id)
    }
    #expect(try await task.value == .committed(receipt))
    #expect(try await store.reserveIDs("s", count: 1) == 1...1)
  }
}
