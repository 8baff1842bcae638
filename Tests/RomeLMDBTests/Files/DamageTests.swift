// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeTesting
import Testing

@testable import RomeLMDB

/// Files that somebody else has written to, or that are not there as a whole: errors, never the end of the process.
@Suite struct DamageTests {
  private func address(_ number: Int) -> RowAddress {
    RowAddress(table: "t", key: Key([UInt8(number >> 8), UInt8(number & 255)]))
  }

  /// A closed file with rows of one page, of many pages, and entries.
  private func filled() async throws -> TestFile {
    let file = TestFile()
    let store = try file.open()
    for begin in stride(from: 0, to: 600, by: 60) {
      var writes: [Write] = []
      for number in begin..<begin + 60 {
        let bytes = [UInt8](repeating: UInt8(number & 255), count: number % 20 == 0 ? 20_000 : 200)
        writes.append(.putRow(address(number), bytes))
        let entry = IndexEntry(key: Key([9] + address(number).key.bytes), columnsLength: 1)
        writes.append(.putEntry(.index("i", of: "t"), entry))
      }
      _ = try await store.commit(Commit(writes: writes))
    }
    return file
  }

  /// Reads everything, and writes.
  private func use(_ file: TestFile) async throws {
    let store = try file.open()
    for space in [KeySpace.rows("t"), .index("i", of: "t")] {
      for direction in [Scan.Direction.forward, .backward] {
        var scan = Scan(space, direction: direction)
        while true {
          let page = try await store.scan([scan])[0]
          guard page.isTruncated, let last = page.entries.last else { break }
          scan = scan.resumed(after: last)
        }
      }
    }
    _ = try await store.commit(Commit(writes: (0..<600).map { .putRow(address($0), [1]) }))
  }

  @Test func `a file that was cut anywhere is an error, or what is left of it is read`() async throws {
    let whole = try Data(contentsOf: URL(filePath: try await filled().path))
    var refused = 0
    var lengths = Array(stride(from: 0, through: whole.count, by: max(4096, whole.count / 4096 / 40 * 4096)))
    lengths += [1, 100, 4095, 4097, 8191, 8193, whole.count / 2 + 1000, whole.count - 1]
    for length in lengths {
      let file = TestFile()
      try whole.prefix(length).write(to: URL(filePath: file.path))
      do {
        try await use(file)
      } catch let error as StoreError {
        #expect([.corrupt, .unsuitable].contains(error.code), "\(length) of \(whole.count): \(error)")
        refused += 1
      }
    }
    #expect(refused > lengths.count / 2, "\(refused) of \(lengths.count)")
  }

  @Test func `damaged first pages are an error, or the file is read by the other one`() async throws {
    let whole = try Data(contentsOf: URL(filePath: try await filled().path))
    // Magic, version, size of a page and flags, of both pages that say what the file is.
    for page in [0, 4096] {
      for place in [16, 17, 18, 19, 20, 21] {
        let file = TestFile()
        var bytes = whole
        bytes[page + place] ^= 0x55
        try bytes.write(to: URL(filePath: file.path))
        do {
          try await use(file)
        } catch let error as StoreError {
          #expect([.corrupt, .unsuitable].contains(error.code), "byte \(page + place): \(error)")
        }
      }
    }
  }

  /// Writes bytes in the place of what the store keeps.
  private func damage(_ store: LMDBStore, _ key: [UInt8], _ value: [UInt8]) async throws {
    try await store.write { state throws(StoreError) in try state.meta.put(key, value) }
  }

  private func code(_ work: () async throws -> Void) async -> StoreError.Code? {
    do {
      try await work()
      return nil
    } catch {
      return (error as? StoreError)?.code
    }
  }

  @Test func `numbers that can't be are errors`() async throws {
    let claimant = LeaseClaimant(high: 1, low: 1)
    let request = LeaseRequest(name: "l", claimant: claimant, duration: .seconds(9), patience: .zero)
    for bytes in [[UInt8](repeating: 0xFF, count: 8), [1, 2, 3], [0x80, 0, 0, 0, 0, 0, 0, 0]] {
      let store = try TestFile().open()
      try await damage(store, MetaKey.revision, bytes)
      #expect(await code { _ = try await store.commit(Commit(writes: [.putRow(address(1), [1])])) } == .corrupt)
      #expect(await code { _ = try await store.snapshot() } == .corrupt)
      let other = try TestFile().open()
      try await damage(other, MetaKey.token, bytes)
      try await damage(other, MetaKey.lastSpace, bytes)
      try await damage(other, try MetaKey.space(.rows("t")), bytes)
      try await damage(other, try MetaKey.sequence("s"), bytes)
      #expect(await code { _ = try await other.acquireLease(request) } == .corrupt)
      #expect(await code { _ = try await other.commit(Commit(writes: [.putRow(address(1), [1])])) } == .corrupt)
      #expect(
        await code { _ = try await other.commit(Commit(writes: [.putRow(.init(table: "u", key: .first), [1])])) } != nil
      )
      #expect(await code { _ = try await other.read([address(1)]) } == .corrupt)
      #expect(await code { _ = try await other.reserveIDs("s", count: 1) } == .corrupt)
    }
  }

  @Test func `a lock of random bytes is an error or a lock`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the locks: \(seed)")
    var random = SeededGenerator(seed: seed)
    let store = try TestFile().open()
    let request = LeaseRequest(
      name: "l", claimant: LeaseClaimant(high: 1, low: 1), duration: .seconds(9), patience: .zero)
    try await damage(store, MetaKey.boot, BootInstant.bootID)
    var refused = 0
    for _ in 0..<60 {
      let count =
        random.chance(0.8) ? 32 + 24 * Int.random(in: 0...3, using: &random) : Int.random(in: 0..<99, using: &random)
      var bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      // The ends of leases and of places: half of them are times.
      for place in stride(from: 24, to: count, by: 24) where random.chance(0.5) { bytes[place] &= 0x7F }
      try await damage(store, try MetaKey.lock("l"), bytes)
      do {
        _ = try await store.acquireLease(request)
      } catch {
        #expect(error.code == .corrupt, "seed \(seed): \(error)")
        refused += 1
      }
    }
    #expect((1..<60).contains(refused), "seed \(seed)")
  }

  @Test func `the locks of an earlier start of the machine are all gone`() async throws {
    let store = try TestFile().open()
    for number in 0..<700 {
      let request = LeaseRequest(
        name: "lock \(number) \(String(repeating: "x", count: 60))", claimant: LeaseClaimant(high: 1, low: 1),
        duration: .seconds(900), patience: .zero)
      _ = try await store.acquireLease(request)
    }
    try await damage(store, MetaKey.boot, [1])
    let request = LeaseRequest(
      name: "another", claimant: LeaseClaimant(high: 2, low: 2), duration: .seconds(900), patience: .zero)
    _ = try await store.acquireLease(request)
    let names = try await store.write { state throws(StoreError) in
      var names: [[UInt8]] = []
      try state.meta.withCursor { cursor throws(StoreError) in
        var item = try cursor.seek(MetaKey.locks)
        while let lock = item, lock.key.first == MetaKey.locks[0] {
          names.append(Array(lock.key))
          item = try cursor.seek(Array(lock.key) + [0])
        }
      }
      return names
    }
    #expect(names == [Array("Lanother".utf8)])
  }

  @Test func `a name is what its bytes are, before and after the file is closed`() async throws {
    let file = TestFile()
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed)
    var store: LMDBStore? = try file.open()
    _ = try await store?.commit(Commit(writes: [.putRow(RowAddress(table: composed, key: Key([1])), [1])]))
    func counts(_ store: LMDBStore?) async throws -> [Int] {
      try await store?.scan([Scan(.rows(composed), fetch: .count), Scan(.rows(decomposed), fetch: .count)]).map(\.count)
        ?? []
    }
    #expect(try await counts(store) == [1, 0])
    store = nil
    #expect(try await counts(try file.open()) == [1, 0])
  }
}
