// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Testing

  @testable import Rome

  /// The original's `tests/compatibility/functions_compatibility.py`.
  @Suite struct FunctionsTests {
    @Test("functions_1: count", arguments: TestStore.all)
    func countOfIDs(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      #expect(try await session.select(Novelist.id.count()).all() == [4])
      #expect(try await session.select(Work.authorID.count()).one() == 4)
      #expect(try await session.select(count()).from(Work.self).one() == 5)
      #expect(try await session.query(Work.self).count() == 5)
    }

    @Test("functions_2: sum", arguments: TestStore.all)
    func sumOfIDs(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let sums: [Int?] = try await session.select(Novelist.id.sum()).all()
      #expect(sums == [10])
    }

    @Test("functions_3: min", arguments: TestStore.all)
    func minOfIDs(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let least: [Int?] = try await session.select(Novelist.id.min()).all()
      #expect(least == [1])
    }

    @Test("functions_4: max", arguments: TestStore.all)
    func maxOfIDs(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let greatest: [Int?] = try await session.select(Novelist.id.max()).all()
      #expect(greatest == [4])
    }

    @Test(arguments: TestStore.all)
    func functionsOfNothing(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let (count, sum, least) = try await session.select(Novelist.id.count(), Novelist.id.sum(), Novelist.id.min())
        .filter(Novelist.name == "nobody").one()
      #expect(count == 0)
      #expect(sum == nil)
      #expect(least == nil)
    }
  }
#endif
