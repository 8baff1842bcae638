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
    let row = try Book.schema.decode(RowFormat.encode(values), key: key)
    var writes = [Write.putRow(address(9), Array(row.bytes))]
    for index in Book.schema.indexes { writes.append(.putEntry(index.space, index.entry(for: key, of: row))) }
    try await apply(writes, to: store)
    #expect(try await store.verify().problems.map(\.kind) == [.duplicate])
  }

  @Test(arguments: TestStore.all)
  func aSequenceThatIsBehindTheRowsIsFound(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let values: [Value] = [.int(1_000_000), .null, .string("T"), .int(9), .null]
    let key = KeyEncoder.encode([.int(1_000_000)])
    let row = try Book.schema.decode(RowFormat.encode(values), key: key)
    var writes = [Write.putRow(address(1_000_000), Array(row.bytes))]
    for index in Book.schema.indexes { writes.append(.putEntry(index.space, index.entry(for: key, of: row))) }
    try await apply(writes, to: store)
    let report = try await store.verify()
    #expect(report.problems.map(\.kind) == [.sequenceBehind] && report.problems.first?.name == "id")
    let repair = try await store.repair()
    #expect(repair.repaired.map(\.kind) == [.sequenceBehind] && repair.isClean)
    try await expectClean(store)
    let session = RomeSession(store)
    let book = Book(title: "New", price: 1)
    session.add(book)
    try await session.commit()
  }

  @Test(arguments: TestStore.all, [1, 500])
  func whatCanBeMendedIsMended(_ kind: TestStore, _ batch: Int) async throws {
    let store = try await library(kind)
    try await apply(
      [.deleteEntry(space, entry(3, 3)), .putEntry(space, entry(3, 4)), .deleteRow(address(2))], to: store)
    let repair = try await store.repair(batchSize: batch)
    #expect(repair.repairedCount == 5 && repair.isClean, "\(repair)")
    #expect(repair.verification.problemCount == 5)
    try await expectClean(store)
    #expect(try await RomeSession(store).query(Book.self).filter(Book.price == 3).all().map(\.id) == [3])
  }

  @Test(arguments: TestStore.all)
  func whatIsRightNobodyKnowsIsLeft(_ kind: TestStore) async throws {
    let store = try await library(kind)
    let author = RowAddress(table: "authors", key: KeyEncoder.encode([.int(1)]))
    try await apply([.putRow(address(1), [9, 9, 9]), .deleteRow(author)], to: store)
    let before = try await store.read([address(1), address(2)]).map { $0?.bytes }
    let repair = try await store.repair()
    #expect(Set(repair.remaining.map(\.kind)) == [.corruptRow, .brokenReference, .orphanedEntry])
    #expect(Set(repair.repaired.map(\.kind)) == [.orphanedEntry])
    #expect(try await store.read([address(1), address(2)]).map { $0?.bytes } == before)
  }

  @Test(arguments: TestStore.all)
  func aRowThatLacksItsEntryKeepsAUniqueValueFromAnother(_ kind: TestStore) async throws {
    let store = try await library(kind)
    // Two rows with one ISBN, of which only one has its entry: to add the other one would make a duplicate.
    let values: [Value] = [.int(6), .string("1"), .string("T"), .int(9), .null]
    let key = KeyEncoder.encode([.int(6)])
    let row = try Book.schema.decode(RowFormat.encode(values), key: key)
    var writes = [Write.putRow(address(6), Array(row.bytes))]
    for index in Book.schema.indexes where !index.isUnique {
      writes.append(.putEntry(index.space, index.entry(for: key, of: row)))
    }
    try await apply(writes, to: store)
    let repair = try await store.repair()
    #expect(repair.remaining.map(\.kind) == [.missingEntry] && repair.repairedCount == 0, "\(repair)")
  }

  @Test(arguments: TestStore.all)
  func writersMakeNoFalseAlarm(_ kind: TestStore) async throws {
    let store = try await library(kind)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 1...4 {
        group.addTask {
          for round in 1...20 {
            try await RomeSession(store).transaction { session in
              for book in try await session.query(Book.self).filter(Book.price == writer).all() {
                book.title = "\(round)"
              }
              try await session.query(Book.self).filter(Book.price >= 100).delete()
              session.add(Book(title: "new", price: 100 + writer))
            }
          }
        }
      }
      group.addTask {
        for _ in 0..<10 {
          let report = try await store.verify(batchSize: 2)
          #expect(report.isClean, "\(report)")
        }
      }
      try await group.waitForAll()
    }
    try await expectClean(store)
  }
}
