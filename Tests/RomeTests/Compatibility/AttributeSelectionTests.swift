// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Testing

  @testable import Rome

  /// The original's `tests/compatibility/attribute_selection_compatibility.py`.
  @Suite struct AttributeSelectionTests {
    @Test("attribute_selection_1: a model", arguments: TestStore.all)
    func aModel(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let authors = try await session.query(Novelist.self).all()
      #expect(authors.map(\.id) == [1, 2, 3, 4])
      #expect(authors.map(\.name) == ["Asimov", "Brin", "Clarke", "Delany"])
    }

    @Test("attribute_selection_2: the id", arguments: TestStore.all)
    func theID(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let ids: [Int?] = try await session.select(Novelist.id).order(by: Novelist.id).all()
      #expect(ids == [1, 2, 3, 4])
    }

    @Test("attribute_selection_3: a name", arguments: TestStore.all)
    func aName(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let names = try await session.select(Novelist.name).order(by: Novelist.name.descending).all()
      #expect(names == ["Delany", "Clarke", "Brin", "Asimov"])
    }

    @Test("attribute_selection_4: a model, its id and its name", arguments: TestStore.all)
    func aModelAndItsAttributes(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let authors = session.query(Novelist.self)
      let selected = authors.select(Novelist.self, with: Novelist.id, Novelist.name)
      let rows = try await selected.all()
      #expect(rows.count == 4)
      for (author, id, name) in rows {
        #expect(author.id == id)
        #expect(author.name == name)
      }
    }

    @Test("attribute_selection_5: a book and the id of its author", arguments: TestStore.all)
    func aModelAndAForeignKey(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let rows = try await session.query(Work.self).select(Work.self, with: Work.authorID).order(by: Work.id).all()
      #expect(rows.map { $0.1 } == [1, 2, 3, 1, nil])
      #expect(rows.allSatisfy { $0.0.authorID == $0.1 })
    }

    @Test("attribute_selection_6: the product of two models", arguments: TestStore.all)
    func theProductOfTwoModels(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let rows = try await session.select(Work.id, Work.authorID, Novelist.id).all()
      var expected: [[Int?]] = []
      for (book, author) in [(1, 1), (2, 2), (3, 3), (4, 1), (5, nil)] as [(Int, Int?)] {
        for other in 1...4 { expected.append([book, author, other]) }
      }
      #expect(Set(rows.map { [$0.0, $0.1, $0.2] }) == Set(expected))
      #expect(rows.count == expected.count)
      let entities = try await session.query(Work.self).join(Novelist.self, on: Condition(constant(true))).all()
      #expect(Set(entities.map { [$0.0.id, $0.0.authorID, $0.1.id] }) == Set(expected))
    }

    @Test("attribute_selection_7: five selections", arguments: TestStore.all)
    func fiveSelections(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let rows = try await session.select(Work.id, Work.title, Work.authorID, Novelist.id, Novelist.name)
        .filter(Work.authorID == Novelist.id).order(by: Work.id).all()
      #expect(
        rows.map { "\($0.0 ?? 0) \($0.1) \($0.2 ?? 0) \($0.3 ?? 0) \($0.4)" } == [
          "1 Foundation 1 1 Asimov", "2 Startide 2 2 Brin", "3 Rama 3 3 Clarke", "4 Robots 1 1 Asimov",
        ])
    }

    @Test("attribute_selection_8: the ids of authors, sorted", arguments: TestStore.all)
    func aForeignKeySorted(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let ascending: [Int?] = try await session.select(Work.authorID).order(by: Work.authorID).all()
      #expect(ascending == [nil, 1, 1, 2, 3])
      let descending: [Int?] = try await session.select(Work.authorID).order(by: Work.authorID.descending).all()
      #expect(descending == [3, 2, 1, 1, nil])
    }
  }
#endif
