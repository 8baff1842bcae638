// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct SchemaTests {
  /// Entities of a table in several versions of a program; the schema of each is set apart by its type.
  private final class First: Entity {
    static let schema = EntitySchema(
      table: "things", columns: [ColumnDescription("id", Int?.self), ColumnDescription("name", String.self)],
      primaryKey: ["id"])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(_ name: String) {
      entityState = EntityState(of: First.self)
      entityState[1] = name
    }
    static var name: Column<First, String> { Column(1) }
  }

  private final class Second: Entity {
    static let schema = EntitySchema(
      table: "things",
      columns: [
        ColumnDescription("id", Int?.self), ColumnDescription("name", String.self),
        ColumnDescription("size", Int.self, fill: 7), ColumnDescription("note", String?.self),
      ],
      primaryKey: ["id"], indexes: [.index("size"), .unique("name")])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(_ name: String, size: Int) {
      entityState = EntityState(of: Second.self)
      entityState[1] = name
      entityState[2] = size
    }
    static var size: Column<Second, Int> { Column(2) }
    static var name: Column<Second, String> { Column(1) }
  }

  private final class Renamed: Entity {
    static let schema = EntitySchema(
      table: "things", columns: [ColumnDescription("id", Int?.self), ColumnDescription("title", String.self)],
      primaryKey: ["id"])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }

  private final class Retyped: Entity {
    static let schema = EntitySchema(
      table: "things", columns: [ColumnDescription("id", Int?.self), ColumnDescription("name", Int.self)],
      primaryKey: ["id"])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }

  private final class Wrong: Entity {
    static let schema = EntitySchema(
      table: "wrong", columns: [ColumnDescription("id", Int?.self)], primaryKey: ["key"], indexes: [.index("size")])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }

  private func things(_ kind: TestStore, _ names: [String]) async throws -> any Store {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.addAll(names.map { First($0) })
    try await session.commit()
    return store
  }

  @Test(arguments: TestStore.all)
  func newColumnsReadAsTheirFillInOldRows(_ kind: TestStore) async throws {
    let store = try await things(kind, ["a", "b"])
    let session = RomeSession(Reopened(store))
    let old = try #require(try await session.find(Second.self, 1))
    #expect(old.entityState[2] == 7)
    #expect(old.entityState[3] == String?.none)
    old.entityState[3] = String?.some("noted")
    try await session.commit()
    try await expectClean(store)
    await expectError(.schemaMismatch) { _ = try await RomeSession(Reopened(store)).find(First.self, 1) }
  }

  @Test(arguments: TestStore.all)
  func aNewIndexIsKeptAtOnceAndUsedWhenItIsBuilt(_ kind: TestStore) async throws {
    let store = try await things(kind, (0..<25).map { "thing \($0)" })
    let reopened = Reopened(store)
    let session = RomeSession(reopened)
    session.add(Second("new", size: 1))
    try await session.commit()
    // The table is read while the index is incomplete.
    #expect(try await session.find(Second.size, 7).count == 25)
    #expect(try await session.find(Second.size, 1).count == 1)
    try await expectClean(store)
    var progress: [Int] = []
    let built = try await reopened.buildIndexes(batchSize: 10) { progress.append($0.finishedRows) }
    #expect(built == 2)
    #expect(progress == [10, 20, 26, 10, 20, 26])
    #expect(try await reopened.buildIndexes() == 0)
    let after = RomeSession(reopened)
    _ = try await after.find(Second.self, 1)
    let before = after.statistics
    #expect(try await after.find(Second.size, 1).count == 1)
    #expect(after.statistics.since(before).keysRead == 1)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func anOldProcessKeepsAnIndexThatItDoesNotDeclare(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let new = RomeSession(Reopened(store))
    new.add(Book(isbn: "1", title: "warm"))
    try await new.commit()
    // The old program declares neither the unique index on isbn nor the one on price.
    let old = RomeSession(Reopened(store))
    let book = try #require(try await old.find(OldBook.self, 1))
    book.entityState[3] = 77
    try await old.commit()
    try await expectClean(store)
    #expect(try await new.find(Book.price, 77).count == 1)
  }

  private final class OldBook: Entity {
    static let schema = EntitySchema(
      table: "books", columns: Book.schema.columns, primaryKey: ["id"],
      foreignKeys: Book.schema.foreignKeys.map(\.description))
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }

  @Test(arguments: TestStore.all)
  func anIndexThatShallBeUniqueIsNotBuiltOverDuplicates(_ kind: TestStore) async throws {
    let store = try await things(kind, ["a", "a"])
    let reopened = Reopened(store)
    _ = try await RomeSession(reopened).find(Second.self, 1)
    await expectError(.uniqueViolation) { try await reopened.buildIndexes() }
  }

  @Test(arguments: TestStore.all)
  func anIncompatibleEntityIsRefusedWithWhatDiffers(_ kind: TestStore) async throws {
    let store = try await things(kind, ["a"])
    do {
      _ = try await RomeSession(store).find(Renamed.self, 1)
      Issue.record("no error")
    } catch let error as RomeError {
      #expect(error.code == .schemaMismatch)
      #expect(error.entity == "things" && error.column == "title")
      #expect(error.message.contains("'name'") && error.message.contains("'title'"))
    }
    await expectError(.schemaMismatch) { _ = try await RomeSession(store).find(Retyped.self, 1) }
  }

  @Test(arguments: TestStore.all)
  func aSchemaThatIsWrongInItselfIsAnError(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    do {
      _ = try await session.find(Wrong.self, 1)
      Issue.record("no error")
    } catch let error as RomeError {
      #expect(error.code == .invalidSchema)
      #expect(error.entity == "wrong")
      #expect(error.message.contains("'key'"))
    }
    #expect(Wrong.schema.problems.count == 2)
  }
}
