// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Foundation
  import Testing

  @testable import Rome

  /// The original's `test/test_dogs.py` and `test/test_default_values.py`, which asserted nothing.
  @Suite struct TutorialTests {
    private func dogs(_ kind: TestStore) async throws -> RomeSession {
      let session = RomeSession(try await kind.make())
      let collie = Specy(name: "Collie")
      let poodle = Specy(name: "Poodle")
      session.addAll([
        Dog(name: "Lassie", age: 3, specy: collie), Dog(name: "Rex", age: 5, specy: poodle),
        Dog(name: "Bobby", specy: collie),
        Dog(name: "Stray", age: 0),
      ])
      try await session.commit()
      return RomeSession(session.store)
    }

    @Test("test_creation", arguments: TestStore.all)
    func creation(_ kind: TestStore) async throws {
      let session = try await dogs(kind)
      let lassie = try await session.query(Dog.self).filter(Dog.name == "Lassie").one()
      #expect(try await lassie.specy?.name == "Collie")
      #expect(try await session.query(Specy.self).count() == 2)
      let document = try JSONEncoder().encode(lassie.snapshot())
      let decoded = try JSONDecoder().decode(EntitySnapshot<Dog>.self, from: document)
      #expect(decoded == lassie.snapshot())
    }

    @Test("test_selection: two filters one after the other, then a change", arguments: TestStore.all)
    func selection(_ kind: TestStore) async throws {
      let session = try await dogs(kind)
      let named = session.query(Dog.self).filter(Dog.name == "Rex")
      let dog = try #require(try await named.filter(Dog.age == 5).first())
      dog.name = "King"
      try await session.commit()
      let check = RomeSession(session.store)
      #expect(try await check.query(Dog.self).filter(Dog.name == "Rex").all().isEmpty)
      let king = try await check.query(Dog.self).filter(Dog.name == "King").one()
      #expect(king.age == 5)
    }

    @Test("test_join: a sum over a join, by a condition and implied", arguments: TestStore.all)
    func join(_ kind: TestStore) async throws {
      let session = try await dogs(kind)
      let explicit = try await session.query(Dog.self).join(Specy.self, on: Specy.id == Dog.specyID)
        .filter(Specy.name == "Collie").select(Dog.age.sum(), count()).one()
      #expect(explicit.0 == 3)
      #expect(explicit.1 == 2)
      let implied = try await session.select(Dog.name, Specy.name).filter(Specy.id == Dog.specyID)
        .order(by: Dog.name).all()
      #expect(implied.map { "\($0.0) is a \($0.1)" } == ["Bobby is a Collie", "Lassie is a Collie", "Rex is a Poodle"])
    }

    @Test("test_default_values", arguments: TestStore.all)
    func defaultValues(_ kind: TestStore) async throws {
      let session = RomeSession(try await kind.make())
      let dog = Dog(name: "Plain")
      #expect(dog.isGood)
      session.addAll([dog, Dog(name: "Bad", isGood: false)])
      try await session.commit()
      let check = RomeSession(session.store)
      #expect(try await check.query(Dog.self).filter(Dog.isGood == true).all().map(\.name) == ["Plain"])
      #expect(try await check.query(Dog.self).filter(Dog.isGood == false).all().map(\.name) == ["Bad"])
    }
  }

  /// The original's `test/expression/test_expression.py`; here the expressions are those of queries.
  @Suite struct ExpressionsTests {
    private static let morning = Date(timeIntervalSince1970: 1_450_000_000)

    private func names(_ kind: TestStore, _ condition: Condition) async throws -> [String] {
      let session = RomeSession(try await kind.make())
      session.addAll([
        Dog(name: "dog1", age: 1, born: Self.morning),
        Dog(name: "dog2", age: 2, born: Self.morning.addingTimeInterval(0.01)),
        Dog(name: "cat", born: nil),
      ])
      try await session.commit()
      return try await session.query(Dog.self).filter(condition).order(by: Dog.id).all().map(\.name)
    }

    @Test("test_expression_equality", arguments: TestStore.all)
    func equality(_ kind: TestStore) async throws {
      #expect(try await names(kind, Dog.age == 1) == ["dog1"])
      #expect(try await names(kind, Dog.age != 1) == ["dog2"])
      #expect(try await names(kind, Dog.name == "dog1") == ["dog1"])
      #expect(try await names(kind, Dog.name != "dog1") == ["dog2", "cat"])
      #expect(try await names(kind, Dog.age == nil) == ["cat"])
      #expect(try await names(kind, Dog.age != nil) == ["dog1", "dog2"])
    }

    @Test("test_expression_dates: ten milliseconds apart", arguments: TestStore.all)
    func dates(_ kind: TestStore) async throws {
      let between = Self.morning.addingTimeInterval(0.005)
      #expect(try await names(kind, Dog.born < between) == ["dog1"])
      #expect(try await names(kind, Dog.born > between) == ["dog2"])
      #expect(try await names(kind, Dog.born == Self.morning) == ["dog1"])
    }

    @Test("test_expression_contains", arguments: TestStore.all)
    func contains(_ kind: TestStore) async throws {
      #expect(try await names(kind, Dog.age.in([1, 5])) == ["dog1"])
      #expect(try await names(kind, Dog.name.in(["cat", "dog2", "cow"])) == ["dog2", "cat"])
      #expect(try await names(kind, Dog.name.in([String]())) == [])
    }

    @Test("test_expression_regex", arguments: TestStore.all)
    func regularExpressions(_ kind: TestStore) async throws {
      #expect(try await names(kind, Dog.name.matches("^dog.$")) == ["dog1", "dog2"])
      #expect(try await names(kind, Dog.name.matches("^(dog1|cat)$")) == ["dog1", "cat"])
      #expect(try await names(kind, Dog.name.matches("og2")) == ["dog2"])
    }

    @Test("test_expression_and_or", arguments: TestStore.all)
    func andAndOr(_ kind: TestStore) async throws {
      #expect(try await names(kind, (Dog.age == 1 && Dog.name == "dog1") || Dog.name == "cat") == ["dog1", "cat"])
      #expect(try await names(kind, (Dog.age == 1 && Dog.name == "dog2") || Dog.name == "cat") == ["cat"])
      #expect(try await names(kind, (Dog.age == 1 && Dog.name == "dog2") || (Dog.age == 2 && Dog.name == "cat")) == [])
    }
  }
#endif
