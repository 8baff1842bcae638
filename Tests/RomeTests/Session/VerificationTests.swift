// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// What another tool could break, planted through the store itself.
@Suite struct VerificationTests {
  private func library(_ kind: TestStore) async throws -> any Store {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "A")
    for number in 1...5 { session.add(Book(isbn: "\(number)", title: "T", price: number, author: author)) }
    try await session.commit()
    try await expectClean(store)
    return store
  }

  private func apply(_ writes: [Write], to store: any Store) async throws {
    guard case .committed = try await store.commit(Commit(writes: writes)) else {
      Issue.record("the planted bug was refused")
      return
    }
  }

  private let space = KeySpace.index("ix_price", of: "books")

  private func entry(_ price: Int64, _ id: Int64) -> IndexEntry {
    let columns = KeyEncoder.encode([.int(price)]).bytes
    return IndexEntry(key: Key(columns + KeyEncoder.encode([.int(id)]).bytes), columnsLength: columns.count)
  }

  private func address(_ id: Int64) -> RowAddress {
    RowAddress(table: "books", key: KeyEncoder.encode([.int(id)]))
  }

  @Test(arguments: TestStore.all, [1, 2, 500])
  func missingAndOrphanedEntriesAreFound(_ kind: TestStore, _ batch: Int) async throws {
    let store = try await library(kind)
    try await apply([.deleteEntry(space, entry(3, 3)), .putEntry(space, entry(3, 4))], to: store)
    let report = try await store.verify(batchSize: batch)
    #expect(Set(report.problems.map(\.kind)) == [.missingEntry, .orphanedEntry])
    #expect(report.problems.count == 2)
    #expect(report.rowCount == 6 && report.tableCount == 2)
  }

  @Test(arguments: TestStore.all)
  func aRowThatIsGoneLeavesItsEntriesOrphaned(_ kind: TestStore) async throws {
    let store = try await library(kind)
    try await apply([.deleteRow(address(2))], to: store)
    let report = try await store.verify()
    #expect(report.problems.map(\.kind) == [.orphanedEntry, .orphanedEntry, .orphanedEntry])
  }

  @Test(arguments: TestStore.all)
  func corruptRowsAndBrokenReferencesAreFound(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let author = RowAddress(table: "authors", key: KeyEncoder.encode([.int(1)]))
    try await apply([.putRow(address(1), [9, 9, 9]), .deleteRow(author)], to: store)
    let kinds = try await store.verify().problems.map(\.kind)
    #expect(kinds.filter { $0 == .corruptRow }.count == 1)
    #expect(kinds.filter { $0 == .brokenReference }.count == 4)
    await expectError(.corruptRow) { _ = try await RomeSession(store).find(Book.self, 1) }
  }

  @Test(arguments: TestStore.all)
  func duplicatesAreFound(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let values = Book.schema.columns.indices.map { [Value.int(9), .string("1"), .string("T"), .int(9), .null][$0] }
    let key = KeyEncoder.encode([.int(9)])
    var writes = [Write.putRow(address(9), RowFormat.encode(values))]
    for index in Book.schema.indexes { writes.append(.putEntry(index.space, index.entry(for: key) { values[$0] })) }
    try await apply(writes, to: store)
    #expect(try await store.verify().problems.map(\.kind) == [.duplicate])
  }
}
