// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeLMDB
import Testing

/// One file, several processes, and several ways to the file.
@Suite(.timeLimit(.minutes(2))) struct SharingTests {
  private let number = RowAddress(table: "numbers", key: Key([1]))

  private func count(_ store: LMDBStore, times: Int) async throws {
    var done = 0
    while done < times {
      let row = try await store.read([number])[0]
      let commit = Commit(
        checks: [.row(number, version: row?.version)], writes: [.putRow(number, [(row?.bytes.first ?? 0) &+ 1])])
      if case .committed = try await store.commit(commit) { done += 1 }
    }
  }

  @Test func `processes that change one row lose no change`() async throws {
    let file = TestFile()
    let store = try file.open()
    let peers = try [Peer("count", file, 60), Peer("count", file, 60)]
    try await count(store, times: 60)
    for peer in peers { #expect(try await peer.hasDone()) }
    #expect(try await store.read([number])[0]?.bytes == [180])
  }

  @Test func `a file that another process has let grow is read and written on`() async throws {
    let file = TestFile()
    let store = try file.open { $0.maximumBytes = 4 << 20 }
    try await count(store, times: 1)
    #expect(try await Peer("fill", file, maximumBytes: 1 << 30, 200).hasDone())
    // Readers and writers find out at the same time; the map is changed once nobody uses it.
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { try await store.scan([Scan(.rows("filling"), fetch: .count)])[0].count }
        group.addTask {
          try await count(store, times: 5)
          return 200
        }
      }
      for try await count in group { #expect(count == 200) }
    }
    #expect(try await store.read([number])[0]?.bytes == [41])
    #expect(try await Peer("fill", file, maximumBytes: 1 << 30, 250).hasDone())
    #expect(try await store.snapshot().read([RowAddress(table: "filling", key: Key([249]))])[0]?.bytes.count == 100_000)
  }

  @Test func `a snapshot from before the file grew goes on, and the newest state is refused until it is gone`()
    async throws
  {
    let file = TestFile()
    let store = try file.open { $0.maximumBytes = 4 << 20 }
    try await count(store, times: 1)
    var snapshot: (any StoreReader)? = try await store.snapshot()
    #expect(try await Peer("fill", file, maximumBytes: 1 << 30, 100).hasDone())
    await #expect { () async throws in
      _ = try await store.read([number])
    } throws: { error in
      (error as? StoreError)?.code == .unavailable
    }
    #expect(try await snapshot?.read([number])[0]?.bytes == [1])
    snapshot = nil
    #expect(try await store.read([number])[0]?.bytes == [1])
    try await count(store, times: 1)
  }

  @Test func `a file with two names is refused, under each of them`() throws {
    let file = TestFile()
    _ = try file.open()
    let link = TestFile()
    try FileManager.default.linkItem(atPath: file.path, toPath: link.path)
    for name in [file, link] {
      #expect { _ = try name.open() } throws: { ($0 as? StoreError)?.code == .unsuitable }
    }
    try FileManager.default.removeItem(atPath: link.path)
    _ = try file.open()
  }

  @Test func `a second name does not open a file beside the first one`() async throws {
    let file = TestFile()
    let store = try file.open()
    let link = TestFile()
    try FileManager.default.linkItem(atPath: file.path, toPath: link.path)
    #expect { _ = try link.open() } throws: { ($0 as? StoreError)?.code == .unsuitable }
    try await count(store, times: 1)
  }

  @Test func `symbolic links lead to one store`() async throws {
    let file = TestFile()
    let store = try file.open()
    let link = TestFile()
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: file.path)
    try await count(store, times: 1)
    #expect(try await link.open().read([number])[0]?.bytes == [1])
  }

  @Test func `a file that was removed while it is open is not mistaken for a new one`() async throws {
    let file = TestFile()
    var store: LMDBStore? = try file.open()
    try await count(#require(store), times: 1)
    try FileManager.default.removeItem(atPath: file.path)
    #expect { _ = try file.open() } throws: { ($0 as? StoreError)?.code == .unavailable }
    store = nil
    #expect(try await file.open().read([number])[0] == nil)
  }
}
