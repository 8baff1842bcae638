// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ExampleSupport
import Rome

/// The tutorial of the original ROME, step by step: create, query, delete, join, functions.
@main
struct Dogs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "The tutorial of the original ROME, step by step.")

  @OptionGroup var options: StoreOptions

  func run() async throws {
    try await options.withStore(of: "dogs", erasing: true) { store in
      let session = RomeSession(store)
      try await create(session)
      try await query(session)
      try await delete(session)
      try await join(session)
      try await functions(session)
    }
  }

  /// Entities are made like any object, and are rows of the store after the commit.
  func create(_ session: RomeSession) async throws {
    print("Create")
    let dogs = [
      Dog(name: "Bobby", species: "Griffon"), Dog(name: "Rintintin", species: "Berger allemand"),
      Dog(name: "Snoopy", species: "Beagle"),
    ]
    session.addAll(dogs)
    try await session.commit()
    for dog in dogs { print("  \(dog): the store gave it the id \(dog.id ?? 0)") }
  }

  /// `Query(Dog).all()`, `.count()` and `.filter().filter_by().first()` of the original.
  func query(_ session: RomeSession) async throws {
    print("Query")
    for dog in try await session.query(Dog.self).order(by: Dog.id).all() { print("  \(dog)") }
    print("  There are \(try await session.query(Dog.self).count()) dogs in the store")
    let bobby = try await session.query(Dog.self)
      .filter(Dog.name == "Bobby")
      .filter(by: ["species": "Griffon"])
      .first()
    print("  The Griffon that is called Bobby: \(bobby.map(\.description) ?? "none")")
  }

  /// A deleted row is gone with the commit, from all indexes, too.
  func delete(_ session: RomeSession) async throws {
    print("Delete")
    let rintintins = session.query(Dog.self).filter(Dog.name == "Rintintin")
    print("  There is \(try await rintintins.count()) Rintintin")
    if let dog = try await rintintins.first() { session.delete(dog) }
    try await session.commit()
    print("  There is \(try await rintintins.count()) Rintintin")
  }

  /// Two ways to write one join, as in the original: a condition of the join, or a condition of the query.
  func join(_ session: RomeSession) async throws {
    print("Join")
    session.addAll(["Griffon", "Berger allemand", "Beagle"].map { Specy(name: $0) })
    try await session.commit()
    let joined = session.query(Dog.self).join(Specy.self, on: Specy.name == Dog.species).order(by: Dog.name)
    for (dog, specy) in try await joined.all() { print("  \(dog.name) is of species \(specy.id ?? 0), \(specy.name)") }
    let names = session.select(Dog.name, Specy.name).filter(Specy.name == Dog.species).order(by: Dog.name)
    for (dog, specy) in try await names.all() { print("  \(dog) is a \(specy)") }
  }

  /// The original knew `count` and `sum`, and repeated them beside every dog. Here they are aggregates as in SQL.
  func functions(_ session: RomeSession) async throws {
    print("Functions")
    let (sum, number) = try await session.select(Dog.id.sum(), Dog.id.count()).one()
    print("  The ids of \(number) dogs add up to \(sum ?? 0)")
    let species = session.select(Dog.species, count(), Dog.name.min()).group(by: Dog.species).order(by: Dog.species)
    for (name, number, first) in try await species.all() {
      print("  \(name): \(number), the first by name is \(first ?? "nobody")")
    }
  }
}
