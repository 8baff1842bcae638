// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

@Suite(.timeLimit(.minutes(2))) struct LimitTests {
  private let index = KeySpace.index("i", of: "numbers")

  @Test func `a row, a key and a commit may have their greatest size, and no more`() async throws {
    let store = try await RedisStore.connect(
      to: .shared {
        $0.maximumRowBytes = 1000
        $0.maximumCommitBytes = 140_000
      })
    #expect(store.capabilities.maximumRowBytes == 1000 && store.capabilities.maximumCommitBytes == 140_000)
    let key = try #require(store.capabilities.maximumKeyBytes)
    func code(_ writes: Write...) async -> StoreError.Code? {
      await storeError { try await store.commit(Commit(writes: writes)) }?.code
    }
    func row(_ number: Int, _ count: Int) -> Write { .putRow(.number(number), [UInt8](repeating: 9, count: count)) }
    #expect(try await store.commit(Commit(writes: [row(1, 1000)])).receipt != nil)
    #expect(await code(row(2, 1001)) == .limitExceeded)
    // Zeros are the longest on the way, and the length of the columns is the greatest here.
    let longest = Key([UInt8](repeating: 0, count: key))
    let entry = IndexEntry(key: longest, columnsLength: key)
    let address = RowAddress(table: "numbers", key: longest)
    #expect(try await store.commit(Commit(writes: [.putEntry(index, entry), .deleteRow(address)])).failedCheck == nil)
    #expect(try await store.scan([Scan(index, fetch: .entries)])[0].entries == [entry])
    let tooLong = Key(longest.bytes + [0])
    #expect(await code(.deleteRow(RowAddress(table: "numbers", key: tooLong))) == .limitExceeded)
    #expect(await code(.putEntry(index, IndexEntry(key: tooLong, columnsLength: 1))) == .limitExceeded)
    #expect(await code(.deleteEntry(index, IndexEntry(key: tooLong, columnsLength: 1))) == .limitExceeded)
    let rows = (1...139).map { row(1000 + $0, 1000) }
    #expect(try await store.commit(Commit(writes: rows)).receipt != nil)
    #expect(
      await storeError { try await store.commit(Commit(writes: rows + [row(2000, 1000)])) }?.code == .limitExceeded)
    // The spaces of rows are the store's own.
    #expect(await code(.putEntry(.rows("numbers"), IndexEntry(key: Key([1]), columnsLength: 1))) == .refused)
    #expect(try await store.read([.number(2), .number(2000)]).allSatisfy { $0 == nil }, "nothing of them was applied")
    #expect(try await store.scan([Scan(.rows("numbers"), fetch: .count)])[0].count == 140)
    try await store.eraseNamespace()
    await store.close()
  }

  @Test(arguments: [Scan.Direction.forward, .backward])
  func `pages of large rows are cut by their bytes`(direction: Scan.Direction) async throws {
    let log = EventLog()
    let store = try await RedisStore.connect(
      to: .shared {
        $0.pageBytes = 300_000
        // Much less than the rows of a page would be if only entries counted.
        $0.maximumReplyBytes = 600_000
        $0.onEvent = log.record
      })
    // Small ones at both ends, so that the scan expects small ones when the large ones come.
    let sizes =
      [Int](repeating: 10, count: 100) + [Int](repeating: 100_000, count: 40) + [Int](repeating: 10, count: 100)
    for (number, size) in sizes.enumerated() {
      let key = Key([UInt8(number >> 8), UInt8(number & 255)])
      _ = try await store.commit(
        Commit(writes: [
          .putRow(RowAddress(table: "numbers", key: key), [UInt8](repeating: UInt8(number & 255), count: size)),
          .putEntry(index, IndexEntry(key: Key([7] + key.bytes), columnsLength: 1)),
        ]))
    }
    for space in [KeySpace.rows("numbers"), index] {
      log.reset()
      var scan = Scan(space, direction: direction)
      var seen: [Int] = []
      while true {
        let page = try await store.scan([scan])[0]
        let total = page.rows.reduce(0) { $0 + ($1?.bytes.count ?? 0) }
        #expect(total <= 300_000 + 100_000 && !page.entries.isEmpty)
        seen += page.rows.map { $0?.bytes.count ?? -1 }
        guard page.isTruncated, let last = page.entries.last else { break }
        scan = scan.resumed(after: last)
      }
      #expect(seen == sizes, "all rows, each once")
      let pages = log.answered.count
      #expect(pages >= 14 && pages <= 22, "\(pages)")
    }
    #expect(log.disconnections == 0)
    try await store.eraseNamespace()
    await store.close()
  }

  @Test func `one row is a page, however large it is`() async throws {
    let store = try await RedisStore.connect(to: .shared { $0.pageBytes = 1 })
    for number in 1...3 { _ = try await store.commit(.put(.number(number), String(repeating: "x", count: 5000))) }
    let page = try await store.scan([Scan(.rows("numbers"))])[0]
    #expect(page.entries.count == 1 && page.rows[0]?.bytes.count == 5000 && page.isTruncated)
    try await store.eraseNamespace()
    await store.close()
  }

  @Test func `a commit of 50,000 rows and as many checks is one script, and applied whole or not at all`() async throws
  {
    let log = EventLog()
    let server = try await RedisServer.started()
    let store = try await RedisStore.connect(
      to: .fresh(on: server) {
        $0.requestTimeout = .seconds(60)
        $0.onEvent = log.record
      })
    let count = 50_000
    func address(_ number: Int) -> RowAddress {
      RowAddress(table: "many", key: Key([UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)]))
    }
    let space = KeySpace.index("i", of: "many")
    func entry(_ number: Int) -> IndexEntry { IndexEntry(key: Key([1] + address(number).key.bytes), columnsLength: 1) }
    var commit = Commit(
      checks: (0..<count).map { .row(address($0), version: nil) },
      writes: (0..<count).map { .putRow(address($0), [1, 2, 3]) } + (0..<count).map { .putEntry(space, entry($0)) })
    log.reset()
    let receipt = try #require(try await store.commit(commit).receipt)
    #expect(log.answered.map(\.kind) == [.commit])
    let counts = try await store.scan([Scan(.rows("many"), fetch: .count), Scan(space, fetch: .count)])
    #expect(counts.map(\.count) == [count, count])
    // The last check fails: the versions of all others are right.
    commit = Commit(
      checks: (0..<count).map { .row(address($0), version: receipt.revision) } + [
        .row(address(count), version: receipt.revision)
      ],
      writes: (0..<count).map { .deleteRow(address($0)) })
    #expect(try await store.commit(commit).failedCheck == count)
    #expect(try await store.scan([Scan(.rows("many"), fetch: .count)])[0].count == count)
    let keys = (0..<count).map { entry($0).key }
    commit = Commit(
      checks: [.range(space, .all, keys: keys), .count(space, .all, count)],
      writes: (0..<count).flatMap { [Write.deleteRow(address($0)), .deleteEntry(space, entry($0))] })
    #expect(try await store.commit(commit).receipt != nil)
    #expect(try await store.scan([Scan(.rows("many")), Scan(space)]).allSatisfy(\.entries.isEmpty))
    await store.close()
    try await server.close()
  }
}
