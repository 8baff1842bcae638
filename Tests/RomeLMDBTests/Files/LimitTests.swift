// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeLMDB
import Testing

@Suite struct LimitTests {
  private func row(_ number: UInt8) -> RowAddress { RowAddress(table: "t", key: Key([number])) }

  @Test func `a full file refuses a commit, keeps the rest, and goes on with more room`() async throws {
    let file = TestFile()
    var store: LMDBStore? = try file.open { $0.maximumBytes = 1 << 20 }
    let bytes = [UInt8](repeating: 7, count: 100_000)
    var written = 0
    await #expect { () async throws in
      for number in 0..<100 {
        _ = try await store?.commit(Commit(writes: [.putRow(row(UInt8(number)), bytes)]))
        written += 1
      }
    } throws: { error in
      (error as? StoreError)?.code == .limitExceeded
    }
    #expect((1..<10).contains(written))
    let rows = try await store?.read((0...UInt8(written)).map { row($0) }).map { $0 != nil }
    #expect(rows == Array(repeating: true, count: written) + [false])
    store = nil
    let larger = try file.open()
    _ = try await larger.commit(Commit(writes: (0..<100).map { .putRow(row($0), bytes) }))
    #expect(try await larger.scan([Scan(.rows("t"), fetch: .count)])[0].count == 100)
  }

  @Test func `a commit that fails does no harm to those that are written with it`() async throws {
    let store = try TestFile().open { $0.maximumBytes = 1 << 20 }
    let outcomes = await withTaskGroup(of: Bool.self, returning: [Bool].self) { group in
      for number in 0..<32 {
        let bytes = [UInt8](repeating: 1, count: number % 8 == 0 ? 2 << 20 : 10)
        group.addTask {
          let outcome = try? await store.commit(Commit(writes: [.putRow(self.row(UInt8(number)), bytes)]))
          if case .committed? = outcome { return true }
          return false
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 } == 28)
    #expect(try await store.scan([Scan(.rows("t"), fetch: .count)])[0].count == 28)
  }

  @Test func `long keys keep their order, up to the limit of an entry`() async throws {
    let store = try TestFile().open()
    let space = KeySpace.index("i", of: "t")
    var keys: [Key] = []
    for length in [1, 500, 506, 507, 508, 509, 700, 1015, 1016] {
      for last: UInt8 in [0, 1, 255] { keys.append(Key([UInt8](repeating: 1, count: length - 1) + [last])) }
    }
    keys = Set(keys).sorted()
    _ = try await store.commit(
      Commit(writes: keys.shuffled().map { .putEntry(space, IndexEntry(key: $0, columnsLength: 1)) }))
    #expect(try await store.scan([Scan(space)])[0].entries.map(\.key) == keys)
    #expect(try await store.scan([Scan(space, direction: .backward)])[0].entries.map(\.key) == keys.reversed())
    for lower in keys {
      let range = KeyRange(lower: lower.next, upper: nil)
      #expect(try await store.scan([Scan(space, range)])[0].entries.map(\.key) == keys.filter { $0 > lower })
      let below = KeyRange(lower: .first, upper: lower)
      let scan = Scan(space, below, direction: .backward)
      #expect(try await store.scan([scan])[0].entries.map(\.key) == keys.filter { $0 < lower }.reversed())
    }
    _ = try await store.commit(
      Commit(writes: keys.map { .deleteEntry(space, IndexEntry(key: $0, columnsLength: 1)) }))
    #expect(try await store.scan([Scan(space)])[0].entries.isEmpty)
  }

  @Test func `more snapshots than there is room for are refused, and served again when some are gone`() async throws {
    let store = try TestFile().open { $0.maximumReaders = 4 }
    var snapshots: [any StoreReader] = []
    await #expect { () async throws in
      for _ in 0..<8 { snapshots.append(try await store.snapshot()) }
    } throws: { error in
      (error as? StoreError)?.code == .unavailable
    }
    #expect(snapshots.count == 4)
    snapshots = []
    _ = try await store.snapshot()
  }
}
