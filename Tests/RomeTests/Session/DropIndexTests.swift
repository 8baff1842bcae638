// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// Indexes that no entity declares any more.
@Suite struct DropIndexTests {
  private func indexedParts(_ kind: TestStore, _ count: Int) async throws -> any Store {
    let store = try await kind.make()
    let session = RomeSession(Reopened(store))
    session.addAll((0..<count).map { SizedPart(name: "part \($0)", size: $0) })
    try await session.commit()
    return store
  }

  private func entryCount(_ store: any Store, _ index: String = "ix_size") async throws -> Int? {
    try await store.scan([Scan(.index(index, of: "parts"), fetch: .count)]).first?.count
  }

  @Test(arguments: TestStore.all)
  func `a dropped index leaves no entries and no trace in the record`(_ kind: TestStore) async throws {
    let store = try await indexedParts(kind, 25)
    var progress: [Int] = []
    let dropped = try await Reopened(store).dropIndex("ix_size", of: "parts", batchSize: 10) { step in
      progress.append(step.removedEntries)
      #expect(step.totalEntries == 25)
    }
    #expect(dropped == DroppedIndex(table: "parts", index: "ix_size", removedEntries: 25))
    #expect(progress == [10, 20, 25])
    #expect(try await entryCount(store) == 0)
    let records = try await store.catalog.records(in: store)
    let record = try #require(records["parts"])
    #expect(record.indexes.isEmpty && record.dropping == nil)
    try await expectClean(store)
    await expectError(.notFound) { try await Reopened(store).dropIndex("ix_size", of: "parts") }
  }

  @Test(arguments: TestStore.all)
  func `dropping that was stopped goes on where it was, and writers go on meanwhile`(_ kind: TestStore) async throws {
    let store = try await indexedParts(kind, 25)
    let writer = RomeSession(Reopened(store))
    _ = try await writer.find(PlainPart.self, 1)
    // The task is cancelled by its own progress, as by a crash behind the first batch.
    let stopped = Task {
      try await Reopened(store).dropIndex("ix_size", of: "parts", batchSize: 10) { _ in
        withUnsafeCurrentTask { $0?.cancel() }
      }
    }
    await expectError(.cancelled) { _ = try await stopped.value }
    #expect(try await entryCount(store) == 15)

    try await writer.transaction { session in
      session.add(PlainPart(name: "new", size: 99))
      let old = try #require(try await session.find(PlainPart.self, 25))
      old.entityState[2] = 98
      session.delete(try #require(try await session.find(PlainPart.self, 24)))
    }
    #expect(try await entryCount(store) == 15)
    try await expectClean(store)

    let dropped = try await Reopened(store).dropUnusedIndexes(keeping: [PlainPart.self])
    #expect(dropped == [DroppedIndex(table: "parts", index: "ix_size", removedEntries: 15)])
    #expect(try await entryCount(store) == 0)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func `an entity that declares an index is refused while it is dropped, and gets it anew afterwards`(
    _ kind: TestStore
  ) async throws {
    let store = try await indexedParts(kind, 25)
    let writer = RomeSession(Reopened(store))
    let reader = RomeSession(Reopened(store))
    writer.add(SizedPart(name: "late", size: 1))
    try await writer.flush()
    #expect(try await reader.find(SizedPart.size, 1).count == 1)
    try await store.catalog.beginDropping("ix_size", of: "parts", in: store)

    await expectError(.schemaMismatch) { try await writer.commit() }
    do {
      _ = try await RomeSession(Reopened(store)).find(SizedPart.size, 1)
      Issue.record("no error")
    } catch let error as RomeError {
      #expect(error.code == .schemaMismatch && error.index == "ix_size")
      #expect(error.message.contains("being dropped"))
    }
    if !store.capabilities.snapshotReads {
      await expectError(.schemaMismatch) {
        try await reader.transaction { _ = try await $0.query(SizedPart.self).filter(SizedPart.size == 1).count() }
      }
    }

    try await Reopened(store).dropIndex("ix_size", of: "parts")
    let again = Reopened(store)
    #expect(try await RomeSession(again).find(SizedPart.size, 7).count == 1)
    #expect(try await again.buildIndexes() == 1)
    #expect(try await entryCount(store) == 25)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func `an index is not dropped under the feet of its users`(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(SizedPart(name: "part", size: 1))
    session.add(Book(isbn: "1", title: "title"))
    try await session.commit()
    // An entity of this process declares it.
    await expectError(.invalidState) { try await store.dropIndex("ix_size", of: "parts") }
    await expectError(.notFound) { try await store.dropIndex("ix_size", of: "nowhere") }
    // A foreign key finds its rows by it.
    await expectError(.invalidState) { try await Reopened(store).dropIndex("ix_author_id", of: "books") }
    #expect(try await Reopened(store).dropUnusedIndexes(keeping: [Book.self, SizedPart.self]).isEmpty)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func `an index that is half built can be dropped`(_ kind: TestStore) async throws {
    let store = try await storeOfParts(kind, 0..<25)
    _ = try await RomeSession(Reopened(store)).find(SizedPart.self, 1)
    let building = Task {
      try await Reopened(store).buildIndexes(batchSize: 10) { _ in withUnsafeCurrentTask { $0?.cancel() } }
    }
    await expectError(.cancelled) { _ = try await building.value }
    let dropped = try await Reopened(store).dropUnusedIndexes(keeping: [PlainPart.self])
    #expect(dropped.map(\.removedEntries) == [10])
    // What was built is forgotten with it.
    let again = Reopened(store)
    _ = try await RomeSession(again).find(SizedPart.self, 1)
    #expect(try await again.buildIndexes() == 1)
    #expect(try await entryCount(store) == 25)
    try await expectClean(store)
  }
}
