// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeLMDB
import StoreTestSupport
import Testing

@Suite struct OpeningTests {
  private func expect(_ code: StoreError.Code, _ work: () throws -> Void) {
    #expect { try work() } throws: { ($0 as? StoreError)?.code == code }
  }

  @Test func `a folder that does not exist is told`() {
    expect(.unavailable) { _ = try LMDBStore(path: TestFolder.url.path + "/nowhere/x.rome") }
  }

  @Test func `a file of something else is told, and stays as it is`() throws {
    let file = TestFile()
    let text = String(repeating: "no database at all. ", count: 1000)
    try text.write(toFile: file.path, atomically: true, encoding: .utf8)
    expect(.unsuitable) { _ = try file.open() }
    #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
  }

  @Test func `a folder in the place of the file is told`() throws {
    let file = TestFile()
    try FileManager.default.createDirectory(atPath: file.path, withIntermediateDirectories: false)
    #expect(throws: StoreError.self) { _ = try file.open() }
  }

  @Test func `a configuration that can't work is refused`() {
    expect(.refused) { _ = try TestFile().open { $0.maximumBytes = 1 } }
    expect(.refused) { _ = try TestFile().open { $0.maximumReaders = 0 } }
  }

  @Test func `more address space than there is becomes less`() async throws {
    let store = try TestFile().open { $0.maximumBytes = 1 << 60 }
    _ = try await store.reserveIDs("s", count: 1)
  }

  @Test func `what was committed is there when the file is opened again`() async throws {
    let file = TestFile()
    let row = RowAddress(table: "t", key: Key([1]))
    let entry = IndexEntry(key: Key([9, 1]), columnsLength: 1)
    var commit = Commit(writes: [.putRow(row, [1, 2, 3]), .putEntry(.index("i", of: "t"), entry)])
    commit.id = .random()
    var store: LMDBStore? = try file.open()
    let outcome = try await store?.commit(commit)
    _ = try await store?.reserveIDs("s", count: 7)
    guard case .committed(let receipt)? = outcome else {
      Issue.record("\(String(describing: outcome))")
      return
    }
    store = nil
    let again = try file.open()
    #expect(try await again.read([row])[0]?.bytes == [1, 2, 3])
    #expect(try await again.scan([Scan(.index("i", of: "t"))])[0].entries == [entry])
    #expect(try await again.reserveIDs("s", count: 1) == 8...8)
    #expect(try await again.resolve(commit.id) == .committed(receipt))
  }

  @Test func `two stores on one file see each other's commits`() async throws {
    let file = TestFile()
    let (one, two) = (try file.open(), try file.open())
    let row = RowAddress(table: "t", key: Key([1]))
    _ = try await one.commit(Commit(writes: [.putRow(row, [1])]))
    #expect(try await two.read([row])[0]?.bytes == [1])
  }

  @Test func `a snapshot outlives its store, and the file is opened again beside it`() async throws {
    let file = TestFile()
    let row = RowAddress(table: "t", key: Key([1]))
    var store: LMDBStore? = try file.open()
    _ = try await store?.commit(Commit(writes: [.putRow(row, [1])]))
    let snapshot = try await store?.snapshot()
    store = nil
    let again = try file.open()
    _ = try await again.commit(Commit(writes: [.putRow(row, [2])]))
    #expect(try await snapshot?.read([row])[0]?.bytes == [1])
    #expect(try await again.read([row])[0]?.bytes == [2])
  }

  @Test func `opening and closing by many tasks loses nothing`() async throws {
    let file = TestFile()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<16 {
        group.addTask {
          for _ in 0..<8 { _ = try await file.open().reserveIDs("s", count: 1) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await file.open().reserveIDs("s", count: 1) == 129...129)
  }
}
