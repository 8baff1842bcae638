// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Foundation
  import Testing

  @testable import Rome

  /// What the original got wrong, has its SQL meaning here. Each test names the defect.
  @Suite struct OriginalDefectsTests {
    /// Machines a to e in the states ACTIVE, ERROR, ORSON, `x AND y` and `say "IN"`.
    private func machines(_ kind: TestStore) async throws -> RomeSession {
      let session = RomeSession(try await kind.make())
      let states = ["ACTIVE", "ERROR", "ORSON", "x AND y", "say \"IN\" or 'OR'"]
      for (name, status) in zip(["a", "b", "c", "d", "e"], states) { session.add(Machine(uuid: name, status: status)) }
      session.add(InfoCache(instanceUUID: "b"))
      try await session.commit()
      return RomeSession(session.store)
    }

    private func uuids(_ kind: TestStore, _ condition: Condition) async throws -> [String] {
      try await machines(kind).query(Machine.self).filter(condition).order(by: Machine.uuid).all().map(\.uuid)
    }

    @Test("order_by: desc gave ascending, and only the first direction counted", arguments: TestStore.all)
    func orderHasItsDirection(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let ids: [Int?] = try await session.select(Novelist.id).order(by: Novelist.id.descending).all()
      #expect(ids == [4, 3, 2, 1])
      let works = try await session.query(Work.self).order(by: Work.authorID.descending.nullsLast, Work.title.ascending)
        .all()
      #expect(works.map(\.title) == ["Rama", "Startide", "Foundation", "Robots", "Beowulf"])
    }

    @Test("limit and offset did nothing", arguments: TestStore.all)
    func limitAndOffsetCount(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      #expect(try await session.query(Novelist.self).order(by: Novelist.id).limit(2).all().map(\.id) == [1, 2])
      #expect(try await session.query(Novelist.self).order(by: Novelist.id).offset(3).all().map(\.id) == [4])
      #expect(try await session.query(Novelist.self).limit(0).all().isEmpty)
    }

    @Test("NULL and 0 were the same", arguments: TestStore.all)
    func nullIsNotZero(_ kind: TestStore) async throws {
      let session = RomeSession(try await kind.make())
      session.addAll([Dog(name: "zero", age: 0), Dog(name: "null")])
      try await session.commit()
      #expect(try await session.query(Dog.self).filter(Dog.age == 0).all().map(\.name) == ["zero"])
      #expect(try await session.query(Dog.self).filter(Dog.age == nil).all().map(\.name) == ["null"])
      #expect(try await session.query(Dog.self).filter(Dog.age != 0).all().isEmpty)
      #expect(try await session.query(Dog.self).filter(!(Dog.age == 0)).all().isEmpty)
      let sums: [Int?] = try await session.select(Dog.age.sum()).filter(Dog.name == "null").all()
      #expect(sums == [nil])
    }

    @Test("like was equality, between and a regular expression an error", arguments: TestStore.all)
    func patternsAndRangesWork(_ kind: TestStore) async throws {
      #expect(try await uuids(kind, Machine.status.like("%R%")) == ["b", "c", "e"])
      #expect(try await uuids(kind, Machine.status.like("_R%")) == ["b", "c"])
      #expect(try await uuids(kind, Machine.status.ilike("%error%")) == ["b"])
      #expect(try await uuids(kind, Machine.uuid.between("b", "d")) == ["b", "c", "d"])
      #expect(try await uuids(kind, Machine.status.matches("^(ERROR|ORSON)$")) == ["b", "c"])
    }

    @Test("an inequality on the id or an indexed column was an equality", arguments: TestStore.all)
    func inequalitiesOnIndexedColumns(_ kind: TestStore) async throws {
      #expect(try await uuids(kind, Machine.status != "ERROR") == ["a", "c", "d", "e"])
      #expect(try await uuids(kind, Machine.status > "ERROR") == ["c", "d", "e"])
      let session = try await makeNovelists(kind)
      #expect(
        try await session.query(Novelist.self).filter(Novelist.id > 2).order(by: Novelist.id).all().map(\.id) == [3, 4])
      #expect(try await session.query(Novelist.self).filter(Novelist.id != 2).count() == 3)
    }

    @Test("or_ with an indexed branch lost the other one", arguments: TestStore.all)
    func orKeepsBothBranches(_ kind: TestStore) async throws {
      #expect(try await uuids(kind, Machine.status == "ERROR" || Machine.uuid.like("%e%")) == ["b", "e"])
      let session = RomeSession(try await kind.make())
      session.addAll([Dog(name: "A", age: 1), Dog(name: "B", age: 2), Dog(name: "C", age: 3)])
      try await session.commit()
      let found = try await session.query(Dog.self).filter(Dog.name == "A" || Dog.age == 3).order(by: Dog.id).all()
      #expect(found.map(\.name) == ["A", "C"])
    }

    @Test("values with AND, OR, IN and quotes were taken apart", arguments: TestStore.all)
    func valuesAreNotParsed(_ kind: TestStore) async throws {
      #expect(try await uuids(kind, Machine.status == "ERROR") == ["b"])
      #expect(try await uuids(kind, Machine.status == "ORSON") == ["c"])
      #expect(try await uuids(kind, Machine.status == "x AND y") == ["d"])
      #expect(try await uuids(kind, Machine.status == "say \"IN\" or 'OR'") == ["e"])
      #expect(try await uuids(kind, Machine.status.in(["ORSON", "x AND y"])) == ["c", "d"])
    }

    @Test("an explicit id was overwritten by a later one", arguments: TestStore.all)
    func explicitIDsAreSkipped(_ kind: TestStore) async throws {
      let store = try await kind.make()
      let session = RomeSession(store)
      session.add(BankAccount(id: 1, money: 10))
      session.add(BankAccount(id: 3, money: 30))
      try await session.commit()
      let other = RomeSession(store)
      let added = (0..<3).map { _ in BankAccount(money: 1) }
      other.addAll(added)
      try await other.commit()
      #expect(Set(added.map(\.id)).isDisjoint(with: [1, 3]))
      #expect(try await other.query(BankAccount.self).count() == 5)
      #expect(try await RomeSession(store).get(BankAccount.self, 3)?.money == 30)
    }

    @Test("union kept duplicates, and failed when it was ordered or filtered", arguments: TestStore.all)
    func unionsCompose(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let low = session.query(Novelist.self).filter(Novelist.id <= 3)
      let high = session.query(Novelist.self).filter(Novelist.id >= 2)
      #expect(try await low.union(high).order(by: Novelist.id.descending).all().map(\.id) == [4, 3, 2, 1])
      #expect(try await low.unionAll(high).count() == 6)
      let late = low.union(high).filter(Novelist.name > "B").order(by: Novelist.id)
      #expect(try await late.limit(2).all().map(\.id) == [2, 3])
    }

    @Test("filter changed its receiver", arguments: TestStore.all)
    func filterDoesNotChangeItsReceiver(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let base = session.query(Novelist.self)
      #expect(try await base.filter(Novelist.id == 1).all().count == 1)
      #expect(try await base.filter(by: ["name": "Brin"]).all().map(\.id) == [2])
      #expect(try await base.all().count == 4)
    }

    @Test("an unknown column in filter_by matched everything", arguments: TestStore.all)
    func anUnknownColumnIsAnError(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      await expectError(.unknownColumn) {
        _ = try await session.query(Novelist.self).filter(by: ["nmae": "Brin"]).all()
      }
    }

    @Test("joining a table with itself twice found nothing", arguments: TestStore.all)
    func aTableIsJoinedTwice(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let first = Alias<Work>("first")
      let second = Alias<Work>("second")
      let once = session.query(Novelist.self).join(first, on: first.authorID == Novelist.id)
      let twice = once.join(second, on: second.authorID == Novelist.id)
      let rows = try await twice.filter(first.title == "Foundation", second.title == "Robots").all()
      #expect(rows.map { "\($0.0.name) \($0.1.title) \($0.2.title)" } == ["Asimov Foundation Robots"])
    }

    @Test("any() and has() were no filters", arguments: TestStore.all)
    func anyAndHasAreFilters(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let writers = session.query(Novelist.self).order(by: Novelist.id)
      #expect(try await writers.filter(Novelist.works.any()).all().map(\.id) == [1, 2, 3])
      #expect(try await writers.filter(Novelist.works.any(Work.title.like("Ra%"))).all().map(\.id) == [3])
      #expect(try await writers.filter(Novelist.works.isEmpty).all().map(\.id) == [4])
      let works = session.query(Work.self).order(by: Work.id)
      #expect(try await works.filter(Work.author.has(Novelist.name == "Asimov")).all().map(\.id) == [1, 4])
      #expect(try await works.filter(!Work.author.exists()).all().map(\.id) == [5])
    }

    @Test("an outer join was an inner one; a condition beside its equality was dropped", arguments: TestStore.all)
    func outerJoinsKeepTheirConditions(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let rows = try await session.query(Novelist.self)
        .outerJoin(Work.self, on: Work.authorID == Novelist.id && Work.title == "Robots").order(by: Novelist.id).all()
      #expect(rows.map { $0.1?.title } == ["Robots", nil, nil, nil])
    }

    @Test("an empty table on the other side of an outer join removed all rows", arguments: TestStore.all)
    func outerJoinsWithAnEmptyTable(_ kind: TestStore) async throws {
      let session = RomeSession(try await kind.make())
      session.add(Novelist(name: "A"))
      try await session.commit()
      #expect(try await session.query(Novelist.self).outerJoin(Novelist.works).all().map { $0.1?.id } == [nil])
    }

    @Test("one() gave None, scalars and exists failed, group by was ignored", arguments: TestStore.all)
    func theOtherTerminalsWork(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      #expect(try await session.query(Novelist.self).filter(Novelist.id == 2).one().name == "Brin")
      await expectError(.notFound) { _ = try await session.query(Novelist.self).filter(Novelist.id == 9).one() }
      await expectError(.multipleResults) { _ = try await session.query(Novelist.self).one() }
      #expect(try await session.query(Novelist.self).filter(Novelist.id == 9).oneOrNil() == nil)
      #expect(try await session.query(Novelist.self).filter(Novelist.id == 2).exists())
      let groups = try await session.select(Work.authorID, count()).group(by: Work.authorID).having(count() > 1).all()
      #expect(groups.map { "\($0.0 ?? 0): \($0.1)" } == ["1: 2"])
    }

    @Test(
      "a value such as 'discount' made an aggregate of the filter; distinct gave other rows", arguments: TestStore.all)
    func functionNamesInValuesMeanNothing(_ kind: TestStore) async throws {
      let session = RomeSession(try await kind.make())
      session.addAll([Dog(name: "discount", age: 1), Dog(name: "checksum", age: 1), Dog(name: "checksum", age: 2)])
      try await session.commit()
      #expect(try await session.query(Dog.self).filter(Dog.name == "discount").all().map(\.age) == [1])
      #expect(try await session.select(Dog.name).distinct().order(by: Dog.name).all() == ["checksum", "discount"])
    }

    @Test("subqueries ran at once and could not be correlated", arguments: TestStore.all)
    func subqueriesAreCorrelated(_ kind: TestStore) async throws {
      let session = try await makeNovelists(kind)
      let busy = session.select(Work.authorID).group(by: Work.authorID).having(count() > 1)
      #expect(try await session.query(Novelist.self).filter(Novelist.id.in(busy)).all().map(\.name) == ["Asimov"])
      let titles = session.select(Work.title.min()).filter(Work.authorID == Novelist.id)
      let rows = try await session.query(Novelist.self).select(Novelist.name, scalar(titles)).order(by: Novelist.id)
        .all()
      #expect(rows.map { $0.1 } == ["Foundation", "Startide", "Rama", nil])
    }

    @Test("a unique constraint was not enforced", arguments: TestStore.all)
    func uniqueConstraintsAreEnforced(_ kind: TestStore) async throws {
      let session = RomeSession(try await kind.make())
      session.add(FixedAddress(address: "10.0.0.1"))
      try await session.commit()
      let other = RomeSession(session.store)
      other.add(FixedAddress(address: "10.0.0.1"))
      await expectError(.uniqueViolation) { try await other.commit() }
    }

    @Test("an index kept the entries of old values and of deleted rows", arguments: TestStore.all)
    func indexesFollowTheirRows(_ kind: TestStore) async throws {
      let session = try await machines(kind)
      let broken = try await session.query(Machine.self).filter(Machine.status == "ERROR").one()
      broken.status = "ACTIVE"
      let gone = try await session.query(Machine.self).filter(Machine.status == "ORSON").one()
      session.delete(gone)
      try await session.commit()
      let check = RomeSession(session.store)
      #expect(try await check.query(Machine.self).filter(Machine.status.in(["ERROR", "ORSON"])).count() == 0)
      #expect(try await check.query(Machine.self).filter(Machine.status == "ACTIVE").count() == 2)
      try await expectClean(session.store)
    }
  }
#endif
