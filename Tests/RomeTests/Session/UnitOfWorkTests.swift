// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct UnitOfWorkTests {
  @Test(arguments: TestStore.all)
  func addedEntitiesAreCommittedTogetherAndGetTheirKeys(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "Asimov")
    session.addAll([author, Book(title: "Foundation", author: author), Book(title: "Nemesis", author: author)])
    #expect(author.id == nil)
    let receipt = try #require(try await session.commit())
    #expect(author.id == 1)
    #expect(author.entityState.version == receipt.revision)

    let other = RomeSession(store)
    let loaded = try #require(try await other.find(Author.self, 1))
    #expect(loaded.name == "Asimov")
    let books = try await loaded.books
    #expect(Set(books.map(\.title)) == ["Foundation", "Nemesis"])
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aRowIsOneObjectInASession(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let author = Author(name: "Asimov")
    session.add(author)
    try await session.commit()
    let loaded = try await session.find(Author.self, 1)
    #expect(loaded === author)
    #expect(try await session.find(Author.name, "Asimov").first === author)
  }

  @Test(arguments: TestStore.all)
  func onlyChangedColumnsTouchTheirIndexes(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let book = Book(isbn: "1", title: "Foundation", price: 5)
    session.add(book)
    try await session.commit()
    book.title = "Foundation and Empire"
    try await session.flush()
    #expect(session.unit.buffer.rowCount == 1)
    #expect(session.unit.buffer.entryCount == 0)
    book.price = 6
    try await session.flush()
    #expect(
      session.unit.buffer.tables.entries.flatMap { $0.value.indexes.entries.map(\.value.space.description) } == [
        "books/ix_price"
      ])
    try await session.commit()
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func settingTheSameValueWritesNothing(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    let book = Book(title: "Foundation", price: 5)
    session.add(book)
    try await session.commit()
    book.price = 5
    #expect(session.hasChanges)
    #expect(try await session.commit() == nil)
  }

  @Test(arguments: TestStore.all)
  func pendingChangesAreSeenByQueriesOfTheSessionAndByNobodyElse(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let book = Book(isbn: "1", title: "Foundation", price: 5)
    session.add(book)
    #expect(try await session.find(Book.price, 5).count == 1)
    #expect(try await RomeSession(store).find(Book.price, 5).isEmpty)
    try await session.commit()
    book.price = 7
    #expect(try await session.find(Book.price, 5).isEmpty)
    #expect(try await session.find(Book.price, 7).first === book)
    #expect(try await RomeSession(store).find(Book.price, 5).count == 1)
    session.delete(book)
    #expect(try await session.find(Book.price, 7).isEmpty)
    #expect(try await session.find(Book.self, book.id) == nil)
    #expect(try await RomeSession(store).find(Book.price, 5).count == 1)
    try await session.commit()
    #expect(try await RomeSession(store).find(Book.price, 5).isEmpty)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func rollbackGivesEntitiesTheirValuesBack(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    let kept = Book(title: "Foundation", price: 5)
    let deleted = Book(title: "Nemesis", price: 6)
    session.addAll([kept, deleted])
    try await session.commit()
    let added = Author(name: "Asimov")
    session.add(added)
    kept.price = 50
    session.delete(deleted)
    try await session.flush()
    kept.price = 500
    session.rollback()
    #expect(kept.price == 5)
    #expect(added.id == nil && added.entityState.status == .transient && added.entityState.session == nil)
    #expect(deleted.entityState.status == .persistent)
    #expect(!session.hasChanges)
    #expect(try await session.commit() == nil)
    #expect(try await session.find(Book.self, deleted.id) === deleted)
    session.add(added)
    try await session.commit()
    #expect(added.id != nil)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aStaleWriteIsAConflict(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let first = RomeSession(store)
    let mine = Book(title: "Foundation", price: 5)
    first.add(mine)
    try await first.commit()
    let second = RomeSession(store)
    let theirs = try #require(try await second.find(Book.self, mine.id))
    theirs.price = 6
    try await second.commit()
    mine.price = 7
    await expectError(.conflict) { try await first.commit() }
    first.rollback()
    try await first.refresh(mine)
    #expect(mine.price == 6)
    mine.price = 7
    try await first.commit()
    try await second.refresh(theirs)
    #expect(theirs.price == 7)
  }

  @Test(arguments: TestStore.all)
  func anUpdateOfADeletedRowIsAConflict(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let first = RomeSession(store)
    let mine = Book(title: "Foundation")
    first.add(mine)
    try await first.commit()
    let second = RomeSession(store)
    second.delete(try #require(try await second.find(Book.self, mine.id)))
    try await second.commit()
    mine.price = 7
    await expectError(.conflict) { try await first.commit() }
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func explicitKeysMoveTheSequence(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(Author(id: 3, name: "three"))
    try await session.commit()
    let automatic = (0..<40).map { Author(name: "\($0)") }
    session.addAll(automatic)
    try await session.commit()
    #expect(!automatic.contains { $0.id == 3 })
    session.add(Author(id: 1000, name: "thousand"))
    try await session.commit()
    let more = (0..<2000).map { Author(name: "more \($0)") }
    session.addAll(more)
    try await session.commit()
    #expect(more.allSatisfy { ($0.id ?? 0) > 1000 })
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aKeyThatIsTakenIsADuplicate(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(Tag("a"))
    try await session.commit()
    let other = RomeSession(store)
    other.add(Tag("a"))
    await expectError(.duplicatePrimaryKey) { try await other.commit() }
    other.rollback()
    other.addAll([Tag("b"), Tag("b")])
    await expectError(.duplicatePrimaryKey) { try await other.commit() }
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func aColumnWithoutAValueIsNamed(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    let tag = Tag(entityState: EntityState(of: Tag.self))
    session.add(tag)
    do {
      try await session.commit()
      Issue.record("no error")
    } catch {
      #expect(error.code == .notNullViolation)
      #expect(error.entity == "tags")
      #expect(error.column == "name")
    }
  }

  @Test(arguments: TestStore.all)
  func aPrimaryKeyStaysAsItIs(_ kind: TestStore) async throws {
    let session = RomeSession(try await kind.make())
    let author = Author(name: "Asimov")
    session.add(author)
    try await session.commit()
    author.id = 77
    await expectError(.invalidState) { try await session.commit() }
  }

  @Test(arguments: TestStore.all)
  func wrongUsesOfASessionAreErrorsOfTheFlush(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let first = RomeSession(store)
    let second = RomeSession(store)
    let author = Author(name: "Asimov")
    first.add(author)
    second.add(author)
    await expectError(.invalidState) { try await second.commit() }
    second.rollback()
    try await first.commit()
    second.delete(author)
    await expectError(.invalidState) { try await second.commit() }
    second.rollback()
    #expect(try await second.commit() == nil)
  }

  @Test(arguments: TestStore.all)
  func detachedEntitiesAreAttachedWithTheirChanges(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let first = RomeSession(store)
    let author = Author(name: "Asimov")
    first.add(author)
    try await first.commit()
    first.expunge(author)
    #expect(author.entityState.status == .detached)
    author.name = "Isaac Asimov"
    await expectError(.invalidState) { _ = try await author.books }
    let second = RomeSession(store)
    second.add(author)
    try await second.commit()
    #expect(try await RomeSession(store).find(Author.self, author.id)?.name == "Isaac Asimov")
  }

  @Test(arguments: TestStore.all)
  func entitiesThatNobodyUsesAreFreedButNotTheirChanges(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.addAll([1, 2, 3].map { (id: Int) in Author(id: id, name: "\(id)") })
    try await session.commit()
    session.expireAll()
    #expect(session.identity.entities.isEmpty)
    try await session.find(Author.self, 2)?.name = "changed"
    #expect(session.identity.entities.count == 1)
    try await session.commit()
    #expect(try await RomeSession(store).find(Author.self, 2)?.name == "changed")
  }

  @Test(arguments: TestStore.all)
  func anAbandonedSessionIsFreedWithItsChanges(_ kind: TestStore) async throws {
    let store = try await kind.make()
    weak var session: RomeSession?
    weak var changed: Book?
    do {
      let abandoned = RomeSession(store)
      session = abandoned
      let book = Book(title: "A")
      changed = book
      abandoned.addAll([book, Author(name: "A")])
      try await abandoned.commit()
      book.price = 3
      try await abandoned.flush()
      book.price = 4
    }
    #expect(session == nil)
    #expect(changed == nil)
  }

  @Test(arguments: TestStore.all)
  func anEntityKeepsItsSessionForLoading(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.add(Book(title: "A", author: Author(name: "A")))
    try await session.commit()
    let book = try #require(try await RomeSession(store).find(Book.self, 1))
    #expect(try await book.author?.name == "A")
  }
}
