// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import Testing

@testable import RomeLMDB

/// Files of the first format, which has no counts, and builds that know no other.
@Suite struct FormatTests {
  private let contents: [(space: KeySpace, keys: [Key])] = [
    (.rows("a"), (0..<250 as Range<UInt8>).map { Key([$0]) }),
    (.index("i", of: "a"), (0..<250 as Range<UInt8>).map { Key([$0 % 5, $0]) }),
    // Several values of one key of LMDB.
    (.index("j", of: "a"), (0..<99 as Range<UInt8>).map { Key([UInt8](repeating: 7, count: 600) + [$0]) }),
    (.rows("gone"), []),
    (.rows("b"), [Key([1])]),
  ]

  private func filled() throws -> TestFile {
    let file = TestFile()
    try RawFile.write(file) { raw throws(StoreError) in try raw.writeFirstFormat(contents, revision: 41) }
    return file
  }

  private func format(_ file: TestFile) throws -> String? {
    try RawFile.meta(file, Array("format".utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  private func expectCounts(
    _ store: LMDBStore, _ added: Int = 0, location: SourceLocation = #_sourceLocation
  )
    async throws
  {
    let scans =
      contents.map { Scan($0.space, fetch: .count) } + [
        Scan(.index("i", of: "a"), .prefix([2]), fetch: .count),
        Scan(.rows("a"), KeyRange(lower: Key([0]), upper: nil), fetch: .count),
      ]
    let counts = try await store.scan(scans).map(\.count)
    #expect(counts == [250, 250, 99, 0, 1 + added, 50, 250], sourceLocation: location)
    for (space, _) in contents {
      let page = try await store.inspectLayout(of: space, from: nil, limit: 1)
      #expect(page.problems.isEmpty, sourceLocation: location)
    }
  }

  private func keepsCounts(_ store: LMDBStore) async throws -> Bool {
    try await store.write { state throws(StoreError) in try state.keepsCounts() }
  }

  @Test func `a file of the first format is read as it is, and gets its counts with the first commit`() async throws {
    let file = try filled()
    var store: LMDBStore? = try file.open()
    try await expectCounts(#require(store))
    #expect(try await store?.read([RowAddress(table: "a", key: Key([7]))])[0]?.bytes == [1, 2, 3])
    // Neither a refused commit nor anything else than a commit changes the format.
    let refused = Commit(checks: [.exists(RowAddress(table: "a", key: Key([255])))])
    guard case .conflict? = try await store?.commit(refused) else {
      Issue.record("the commit was applied")
      return
    }
    #expect(try await store?.reserveIDs("s", count: 1) == 1...1)
    #expect(try await !keepsCounts(#require(store)))
    store = nil
    #expect(try format(file) == "rome 1")

    store = try file.open()
    // The check is of the space before the commit, in the transaction that counts.
    let commit = Commit(
      checks: [.count(.rows("b"), .all, 1)], writes: [.putRow(RowAddress(table: "b", key: Key([2])), [])])
    guard case .committed(let receipt)? = try await store?.commit(commit) else {
      Issue.record("the commit was refused")
      return
    }
    #expect(receipt.revision == Revision(rawValue: 42))
    try await expectCounts(#require(store), 1)
    #expect(try await keepsCounts(#require(store)))
    store = nil
    // Builds that know the first format only compare the whole name.
    #expect(try format(file) == "rome 2")
    store = try file.open()
    try await expectCounts(#require(store), 1)
  }

  @Test func `a new file is of the second format`() async throws {
    let file = TestFile()
    _ = try file.open()
    #expect(try format(file) == "rome 2")
  }

  @Test func `a file of a format to come is refused, and stays as it is`() throws {
    let file = try filled()
    try RawFile.write(file) { raw throws(StoreError) in try raw.meta.put(MetaKey.format, Array("rome 3".utf8)) }
    let before = try Data(contentsOf: URL(filePath: file.path))
    #expect { _ = try file.open() } throws: { ($0 as? StoreError)?.code == .unsuitable }
    #expect(try Data(contentsOf: URL(filePath: file.path)) == before)
  }

  @Test func `what an older build adds that had the file open before is counted`() async throws {
    let store = try filled().open()
    _ = try await store.commit(Commit(writes: [.putRow(RowAddress(table: "b", key: Key([2])), [])]))
    for added in [2, 3] {
      // Such a build puts its rows, and the revision alone.
      try await store.write { state throws(StoreError) in
        guard let space = try state.space(.rows("b")) else { return }
        let revision = try state.revision().rawValue + 1
        try state.rows.put(EntryLayout.key(space, Key([9, UInt8(added)])), revision.bytes)
        try state.meta.put(MetaKey.revision, revision.bytes)
      }
      #expect(try await !keepsCounts(store))
      try await expectCounts(store, added)
    }
    _ = try await store.commit(Commit(writes: [.deleteRow(RowAddress(table: "b", key: Key([9, 2])))]))
    #expect(try await keepsCounts(store))
    try await expectCounts(store, 2)
  }

  @Test func `a space that an older build has emptied has the count 0`() async throws {
    let store = try TestFile().open()
    let row = RowAddress(table: "t", key: Key([1]))
    _ = try await store.commit(Commit(writes: [.putRow(row, [])]))
    try await store.write { state throws(StoreError) in
      guard let space = try state.space(.rows("t")) else { return }
      try state.rows.delete(EntryLayout.key(space, row.key))
      try state.meta.put(MetaKey.revision, UInt64(2).bytes)
    }
    _ = try await store.commit(Commit(writes: [.advanceSequence("s", past: 1)]))
    #expect(try await keepsCounts(store))
    #expect(try await store.scan([Scan(.rows("t"), fetch: .count)])[0].count == 0)
  }
}
