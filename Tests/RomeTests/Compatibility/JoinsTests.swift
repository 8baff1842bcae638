// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Testing

  @testable import Rome

  /// The original's `tests/compatibility/join_compatibility.py`, of which it ran only the fifth.
  @Suite struct JoinsTests {
    @Test("join_1: by a condition", arguments: TestStore.all)
    func byACondition(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let rows = try await session.query(Work.self).join(Novelist.self, on: Work.authorID == Novelist.id)
        .order(by: Work.id).all()
      #expect(rows.map { $0.0.title } == ["Foundation", "Startide", "Rama", "Robots"])
      #expect(rows.map { $0.1.name } == ["Asimov", "Brin", "Clarke", "Asimov"])
    }

    @Test("join_2: one entity of a join", arguments: TestStore.all)
    func oneEntityOfAJoin(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let authors = try await session.query(Novelist.self).join(Work.self, on: Work.authorID == Novelist.id)
        .select(Novelist.self).distinct().order(by: Novelist.id).all()
      #expect(authors.map(\.name) == ["Asimov", "Brin", "Clarke"])
    }

    @Test("join_3: attributes of both sides", arguments: TestStore.all)
    func attributesOfBothSides(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let rows = try await session.query(Work.self).join(Novelist.self, on: Work.authorID == Novelist.id)
        .select(Novelist.name, Work.title).order(by: Novelist.name, Work.title.descending).all()
      #expect(
        rows.map { "\($0.0): \($0.1)" } == ["Asimov: Robots", "Asimov: Foundation", "Brin: Startide", "Clarke: Rama"])
    }

    @Test("join_4: by a relationship", arguments: TestStore.all)
    func byARelationship(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let there = try await session.query(Work.self).join(Work.author).order(by: Work.id).all()
      #expect(there.map { $0.1.id } == [1, 2, 3, 1])
      let back = try await session.query(Novelist.self).join(Novelist.works).order(by: Novelist.id, Work.id).all()
      #expect(
        back.map { "\($0.0.name): \($0.1.title)" } == [
          "Asimov: Foundation", "Asimov: Robots", "Brin: Startide", "Clarke: Rama",
        ])
    }

    @Test("join_5: by a relationship, with eager loading and two filters", arguments: TestStore.all)
    func withEagerLoadingAndFilters(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let rows = try await session.query(Work.self).join(Work.author).including(Work.author)
        .filter(Novelist.name == "Asimov").filter(Work.title == "Robots").all()
      #expect(rows.count == 1)
      let (work, author) = try #require(rows.first)
      let before = session.statistics
      #expect(try await work.author === author)
      #expect(session.statistics.since(before).roundTrips == 0)
    }

    @Test("join_6: an outer join keeps what has no partner", arguments: TestStore.all)
    func anOuterJoin(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let rows = try await session.query(Work.self).outerJoin(Work.author).order(by: Work.id).all()
      #expect(rows.map { $0.1?.name } == ["Asimov", "Brin", "Clarke", "Asimov", nil])
      let idle = try await session.query(Novelist.self).outerJoin(Novelist.works).filter(Work.id == nil).all()
      #expect(idle.map { $0.0.name } == ["Delany"])
    }
  }
#endif
