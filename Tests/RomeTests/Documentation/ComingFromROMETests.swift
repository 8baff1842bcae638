// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  /// The code of *Coming from ROME*.
  @Suite struct ComingFromROMETests {
    @Entity("species")
    final class Species {
      @PrimaryKey var id: Int?
      @Unique var name: String
      @ToMany(\Dog.speciesID) var dogs: [Dog]
    }

    @Entity("dogs")
    final class Dog {
      @PrimaryKey var id: Int?
      @Indexed var name: String
      @References(Species.self) var speciesID: Int?
      @ToOne(\Dog.speciesID) var species: Species?
    }

    @Test func theTutorial() async throws {
      let session = RomeSession(MemoryStore())
      let bulldog = Species(name: "Bulldog")
      session.add(Dog(name: "Bobby", species: bulldog))
      session.add(Dog(name: "Rex", species: bulldog))
      try await session.commit()

      let bobby = try await session.query(Dog.self).filter(Dog.name == "Bobby").one()
      let name = try await bobby.species?.name
      let dogs = try await session.query(Dog.self).join(Dog.species).filter(Species.name == "Bulldog")
        .order(by: Dog.name.descending).all()

      #expect(name == "Bulldog")
      #expect(dogs.map(\.0.name) == ["Rex", "Bobby"])
    }

    @Test func anExplicitIDMovesTheSequence() async throws {
      let session = RomeSession(MemoryStore())
      session.add(Species(id: 1, name: "Bulldog"))
      try await session.commit()
      let other = Species(name: "Poodle")
      session.add(other)
      try await session.commit()
      #expect(other.id != 1)
      #expect(try await RomeSession(session.store).query(Species.self).count() == 2)
    }
  }
#endif
