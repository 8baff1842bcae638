// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// What the first use of a table says when the entity and the store differ.
@Suite struct SchemaComparisonTests {
  private static let columns = [
    ColumnDescription("id", Int?.self), ColumnDescription("name", String.self), ColumnDescription("size", Int?.self),
  ]

  /// The table as it is in the store, and as an entity declares it that does not fit.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let entity: EntitySchema
    /// What the message must say.
    let words: [String]
    var column: String?
    var index: String?
  }

  private static func table(
    _ columns: [ColumnDescription] = columns, primaryKey: [String] = ["id"],
    indexes: [IndexDescription] = [.unique("name"), .index("size", name: "by_size")]
  ) -> EntitySchema {
    EntitySchema(table: "parts", columns: columns, primaryKey: primaryKey, indexes: indexes)
  }

  static let mismatches = [
    Case(
      testDescription: "another type",
      entity: table([columns[0], ColumnDescription("name", Int.self), columns[2]]), words: ["string", "int"],
      column: "name"),
    Case(
      testDescription: "another name",
      entity: table([columns[0], ColumnDescription("title", String.self), columns[2]], indexes: []),
      words: ["'name'", "'title'"], column: "title"),
    Case(
      testDescription: "columns in another order", entity: table([columns[0], columns[2], columns[1]]),
      words: ["'name'", "'size'"], column: "size"),
    Case(
      testDescription: "a column that is gone", entity: table([columns[0], columns[1]], indexes: []),
      words: ["does not declare"], column: "size"),
    Case(
      testDescription: "NULL that is not allowed any more",
      entity: table([columns[0], columns[1], ColumnDescription("size", Int.self)]), words: ["NULL"], column: "size"),
    Case(
      testDescription: "another primary key", entity: table(primaryKey: ["name"]), words: ["(id)", "(name)"]),
    Case(
      testDescription: "an index over another column",
      entity: table(indexes: [.unique("name"), .index("name", name: "by_size")]), words: ["(size)", "(name)"],
      index: "by_size"),
    Case(
      testDescription: "an index over more columns",
      entity: table(indexes: [.unique("name"), .index("size", "name", name: "by_size")]),
      words: ["(size)", "(size, name)"], index: "by_size"),
    Case(
      testDescription: "an index in another direction",
      entity: table(indexes: [
        .unique("name"), IndexDescription([.init("size", descending: true)], name: "by_size"),
      ]), words: ["(size)", "(size descending)"], index: "by_size"),
    Case(
      testDescription: "an index that became unique",
      entity: table(indexes: [.unique("name"), .unique("size", name: "by_size")]),
      words: ["not unique in the store", "unique in the entity"], index: "by_size"),
    Case(
      testDescription: "an index that is not unique any more",
      entity: table(indexes: [.index("name", name: "uq_name")]),
      words: ["unique in the store", "not unique in the entity"], index: "uq_name"),
    Case(
      testDescription: "a unique index that became a plain one of another name",
      entity: table(indexes: [.index("name")]),
      words: ["'uq_name'", "(name)", "plain"], index: "ix_name"),
  ]

  @Test(arguments: mismatches) func `what does not fit is an error that says what differs`(_ mismatch: Case) throws {
    #expect(mismatch.entity.problems.isEmpty, "\(mismatch.entity.problems)")
    let record = TableRecord(Self.table())
    for isEmpty in [true, false] {
      do {
        _ = try record.updated(for: mismatch.entity, isEmpty: isEmpty)
        Issue.record("no error")
      } catch {
        #expect(error.code == .schemaMismatch)
        #expect(error.entity == "parts" && error.column == mismatch.column && error.index == mismatch.index, "\(error)")
        for word in mismatch.words { #expect(error.message.contains(word), "\(error)") }
      }
    }
  }

  @Test func `another default of a column that old rows were filled with is an error`() throws {
    let grown = Self.columns + [ColumnDescription("weight", Int.self, fill: 7)]
    let record = try TableRecord(Self.table()).updated(for: Self.table(grown), isEmpty: false)
    let other = Self.table(Self.columns + [ColumnDescription("weight", Int.self, fill: 8)])
    #expect {
      _ = try record.updated(for: other, isEmpty: false)
    } throws: { error in
      (error as? RomeError)?.code == .schemaMismatch && (error as? RomeError)?.column == "weight"
    }
  }

  @Test func `an entity may lack an index that the store has`() throws {
    let record = TableRecord(Self.table())
    #expect(try record.updated(for: Self.table(indexes: []), isEmpty: false) == record)
    // A plain index beside the unique one loses nothing.
    let both = Self.table(indexes: [.unique("name"), .index("name")])
    #expect(try record.updated(for: both, isEmpty: false).indexes.map(\.name) == ["uq_name", "by_size", "ix_name"])
  }

  /// Parts that have an owner.
  private final class OwnedPart: PartVersion {
    static let schema = parts([], foreignKeys: [ForeignKeyDescription(["owner"], references: "authors")])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }

  /// Parts that go with their owner.
  private final class BoundPart: PartVersion {
    static let schema = parts(
      [], foreignKeys: [ForeignKeyDescription(["owner"], references: "authors", onDelete: .cascade)])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }

  /// Parts that books own.
  private final class BookPart: PartVersion {
    static let schema = parts([], foreignKeys: [ForeignKeyDescription(["owner"], references: "books")])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
  }

  /// A store with an author who owns a part.
  private func ownedPart(_ kind: TestStore) async throws -> any Store {
    let store = try await kind.make()
    let session = RomeSession(Reopened(store))
    session.add(Author(name: "owner"))
    try await session.commit()
    let part = OwnedPart(name: "owned")
    part.entityState[3] = Int?.some(1)
    session.add(part)
    try await session.commit()
    return store
  }

  private func deleteOwner(_ store: any Store) async throws {
    try await RomeSession(Reopened(store)).transaction { session in
      session.delete(try #require(try await session.find(Author.self, 1)))
    }
  }

  @Test(arguments: TestStore.all)
  func `another action of a foreign key counts from the first use on`(_ kind: TestStore) async throws {
    let store = try await ownedPart(kind)
    await expectError(.restrictViolation) { try await deleteOwner(store) }
    #expect(try await RomeSession(Reopened(store)).find(BoundPart.self, 1) != nil)
    try await deleteOwner(store)
    #expect(try await RomeSession(Reopened(store)).find(BoundPart.self, 1) == nil)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func `a foreign key to another table takes the place of the old one`(_ kind: TestStore) async throws {
    let store = try await ownedPart(kind)
    let session = RomeSession(Reopened(store))
    session.add(Book(title: "first"))
    try await session.commit()
    #expect(try await session.find(BookPart.self, 1) != nil)
    let records = try await store.catalog.records(in: store)
    #expect(records["parts"]?.foreignKeys.map(\.table) == ["books"])
    // Nobody refers to the author any more.
    try await deleteOwner(store)
    try await expectClean(store)
  }
}
