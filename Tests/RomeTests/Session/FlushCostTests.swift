// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// What a flush costs does not depend on what was staged before it.
@Suite struct FlushCostTests {
  /// Where the arrays of the staged rows are, without keeping them alive.
  private func storage(_ session: RomeSession) -> UnsafeRawPointer? {
    session.unit.buffer.rows(of: "parts")?.list.withUnsafeBytes { $0.baseAddress }
  }

  @Test func `staging one row more does not copy those that are staged`() async throws {
    let session = RomeSession(MemoryStore())
    session.addAll((0..<400).map { NamedPart(name: "part \($0)", size: $0) })
    try await session.commit()
    try await session.transaction { session in
      // Room for all: an array that grows moves once in a while, which is another matter.
      let parts = try await session.query(NamedPart.self).all()
      for part in parts { part.entityState[2] = 7 }
      try await session.flush()
      let before = storage(session)
      #expect(before != nil)
      for part in parts.prefix(100) {
        part.entityState[2] = 8
        #expect(try await session.query(NamedPart.self).filter(NamedPart.size == 8).count() >= 1)
        #expect(storage(session) == before)
      }
      try await session.savepoint { session in
        parts[200].entityState[2] = 9
        try await session.flush()
        #expect(storage(session) == before)
      }
      // A flush that fails, a savepoint that is taken back.
      await expectError(.conflict) {
        try await session.savepoint { session in
          parts[300].entityState[2] = 10
          try await session.flush()
          throw RomeError(.conflict, "enough")
        }
      }
      #expect(storage(session) == before)
      #expect(try await session.query(NamedPart.self).filter(NamedPart.size == 10).count() == 0)
    }
    try await expectClean(session.store)
  }

  @Test(arguments: TestStore.all)
  func `a failed flush and nested savepoints leave exactly what was staged before`(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    session.addAll((0..<20).map { NamedPart(name: "part \($0)") })
    try await session.commit()
    try await session.transaction { session in
      session.add(NamedPart(name: "first"))
      try await session.savepoint { session in
        session.add(NamedPart(name: "second"))
        await expectError(.notFound) {
          try await session.savepoint { session in
            session.add(NamedPart(name: "third"))
            session.delete(try #require(try await session.find(NamedPart.self, 1)))
            let renamed = try #require(try await session.find(NamedPart.self, 2))
            renamed.entityState[1] = "renamed"
            try await session.savepoint { session in
              session.add(NamedPart(name: "fourth"))
              session.delete(try #require(try await session.find(NamedPart.self, 3)))
            }
            throw RomeError(.notFound, "enough")
          }
        }
        let clash = NamedPart(name: "second")
        session.add(clash)
        await expectError(.uniqueViolation) { try await session.flush() }
        session.delete(clash)
        // The names that were given back can be given again.
        session.add(NamedPart(name: "third"))
        let renamed = try #require(try await session.find(NamedPart.self, 4))
        renamed.entityState[1] = "fourth"
      }
    }
    let names = try await RomeSession(store).query(NamedPart.self).all().map { $0.entityState[1] as String }
    let expected = (0..<20).map { $0 == 3 ? "fourth" : "part \($0)" } + ["first", "second", "third"]
    #expect(names.sorted() == expected.sorted())
    try await expectClean(store)
  }

  @Test func `a transaction whose savepoint was taken back commits nothing`() async throws {
    let store = MemoryStore()
    let session = RomeSession(store)
    session.add(NamedPart(name: "part"))
    try await session.commit()
    await expectError(.notFound) {
      try await session.savepoint { session in
        session.add(NamedPart(name: "gone"))
        try await session.flush()
        throw RomeError(.notFound, "enough")
      }
    }
    #expect(!session.hasChanges)
    let receipt = try await session.commit()
    #expect(receipt == nil)
  }
}
