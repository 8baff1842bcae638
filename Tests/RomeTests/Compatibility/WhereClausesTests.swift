// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Testing

  @testable import Rome

  /// The original's `tests/compatibility/where_clauses_compatibility.py`.
  @Suite struct WhereClausesTests {
    private func ids(_ kind: TestStore, _ condition: Condition) async throws -> [Int?] {
      try await makeNovelists(kind).query(Novelist.self).filter(condition).order(by: Novelist.id).all().map(\.id)
    }

    @Test("where_1: the id is", arguments: TestStore.all)
    func theIDIs(_ kind: TestStore) async throws {
      #expect(try await ids(kind, Novelist.id == 1) == [1])
    }

    @Test("where_2: the id is not", arguments: TestStore.all)
    func theIDIsNot(_ kind: TestStore) async throws {
      #expect(try await ids(kind, Novelist.id != 1) == [2, 3, 4])
    }

    @Test("where_3: the id is greater", arguments: TestStore.all)
    func theIDIsGreater(_ kind: TestStore) async throws {
      #expect(try await ids(kind, Novelist.id > 1) == [2, 3, 4])
    }

    @Test("where_4: the id is less", arguments: TestStore.all)
    func theIDIsLess(_ kind: TestStore) async throws {
      #expect(try await ids(kind, Novelist.id < 3) == [1, 2])
    }

    @Test("where_5: the name is", arguments: TestStore.all)
    func theNameIs(_ kind: TestStore) async throws {
      #expect(try await ids(kind, Novelist.name == "Brin") == [2])
    }

    @Test("where_6: the name is not", arguments: TestStore.all)
    func theNameIsNot(_ kind: TestStore) async throws {
      #expect(try await ids(kind, Novelist.name != "Brin") == [1, 3, 4])
    }
  }
#endif
