// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  /// The code of *Schemas*.
  @Suite struct SchemasTests {
    @Entity("items")
    final class Item {
      @PrimaryKey var id: Int?
      var name: String
    }

    @Entity("items")
    final class RenamedItem {
      @PrimaryKey var id: Int?
      var title: String
    }

    @Entity("items")
    final class GrownItem {
      @PrimaryKey var id: Int?
      @Indexed var name: String
      var size: Int = 7
      var note: String?
    }

    private func store() async throws -> any Store {
      let store = MemoryStore()
      let session = RomeSession(store)
      session.addAll((1...25).map { Item(name: "item \($0)") })
      try await session.commit()
      return store
    }

    private func readRenamedItems(_ store: any Store) async throws {
      do {
        _ = try await RomeSession(store).query(RenamedItem.self).first()
      } catch  where error.code == .schemaMismatch {
        print(error)
      }
    }

    @Test func renamedColumnsAreRefused() async throws {
      let store = try await store()
      try await readRenamedItems(store)
      await expectError(.schemaMismatch) { _ = try await RomeSession(store).query(RenamedItem.self).first() }
    }

    @Test func indexesThatNobodyNeeds() async throws {
      let base = try await store()
      _ = try await RomeSession(Reopened(base)).get(GrownItem.self, 1)
      try await Reopened(base).buildIndexes()
      let store = Reopened(base)
      let dropped = try await store.dropUnusedIndexes(keeping: [Item.self]) { progress in
        print("\(progress.table).\(progress.index): \(progress.removedEntries) of \(progress.totalEntries)")
      }
      #expect(dropped.map(\.index) == ["ix_name"] && dropped.map(\.removedEntries) == [25])
    }

    @Test func newColumnsAndIndexes() async throws {
      let store = Reopened(try await store())
      let session = RomeSession(store)
      let old = try #require(try await session.get(GrownItem.self, 1))
      #expect(old.size == 7 && old.note == nil)
      let query = session.query(GrownItem.self).filter(GrownItem.name == "item 9")
      #expect(try await query.explain().hasFullScan)

      let built = try await store.buildIndexes { progress in
        print("\(progress.table).\(progress.index): \(progress.finishedRows) of \(progress.totalRows)")
      }

      #expect(built == 1)
      let after = RomeSession(store).query(GrownItem.self).filter(GrownItem.name == "item 9")
      #expect(try await !after.explain().hasFullScan)

      let report = try await store.verify()
      print(report)
      for problem in report.problems { print(problem.kind, problem.table, problem.name ?? "") }

      #expect(report.isClean && report.rowCount == 25 && report.entryCount == 25)

      let repair = try await store.repair()
      print(repair)

      #expect(repair.isClean && repair.repairedCount == 0)
    }
  }
#endif
