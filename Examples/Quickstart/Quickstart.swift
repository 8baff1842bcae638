// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ExampleSupport
import Rome

/// Authors and their books: the tour of the library, in a file, in memory or on a Redis server.
@main
struct Quickstart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "The tour of Rome, with authors and their books.")

  @OptionGroup var options: StoreOptions

  func run() async throws {
    var options = options
    if !options.isShared, !options.memory { options.file = "quickstart.rome" }
    if let file = options.file { print("The data are in the file \(file).") }
    try await options.withStore(of: "quickstart", erasing: false) { store in
      let session = RomeSession(store)
      try await clearUp(session)
      try await tour(session)
    }
  }

  /// Shows what the last run has left in the store, and deletes it.
  func clearUp(_ session: RomeSession) async throws {
    let books = try await session.query(Book.self).order(by: Book.title).all()
    if !books.isEmpty { print("Still there from the last run: \(books.map(\.title).joined(separator: ", "))") }
    try await session.transaction { session in
      try await session.query(Author.self).delete()
      try await session.query(Book.self).delete()
    }
  }

  func tour(_ session: RomeSession) async throws {
    chapter("A transaction: new entities go to the store together, or not at all")
    try await session.transaction { session in
      let asimov = Author(name: "Asimov")
      session.add(Book(isbn: "978-0553293357", title: "Foundation", price: 12, author: asimov))
      session.add(Book(isbn: "978-0553294385", title: "I, Robot", price: 9, author: asimov))
      session.add(Book(title: "The Gods Themselves", price: 25, author: asimov))
      session.add(Book(isbn: "978-0441172719", title: "Dune", price: 15, author: Author(name: "Herbert")))
      session.add(Author(name: "Le Guin"))
    }
    print(
      "\(try await session.query(Author.self).count()) authors, \(try await session.query(Book.self).count()) books")

    chapter("A join: which books of Asimov cost less than 20?")
    let affordable = session.query(Book.self)
      .join(Author.self, on: Book.authorID == Author.id)
      .filter(Author.name == "Asimov", Book.price < 20)
      .order(by: Book.price.descending, Book.title)
      .limit(10)
    for (book, author) in try await affordable.all() {
      print("\(author.name): \(book.title), \(book.price)")
    }

    chapter("How is that answered?")
    print(try await affordable.explain())

    chapter("An outer join with aggregates: what has each author written?")
    let shelves = session.query(Author.self)
      .outerJoin(Book.self, on: Book.authorID == Author.id)
      .group(by: Author.id, Author.name)
      .select(Author.name, Book.id.count(), Book.price.average())
      .order(by: Author.name)
    for (name, books, price) in try await shelves.all() {
      print("\(name): \(books) books, \(price.map { "\($0) on average" } ?? "no price")")
    }

    chapter("Relationships are loaded when they are asked for")
    if let dune = try await session.query(Book.self).filter(Book.title == "Dune").first() {
      print("\(dune.title) is by \(try await dune.author?.name ?? "nobody")")
    }

    chapter("An update: only what has changed is written")
    try await session.transaction { session in
      for book in try await session.query(Book.self).filter(Book.price > 20).all() {
        book.price -= 5
        print("\(book.title) costs \(book.price) now")
      }
    }

    chapter("A constraint: two books can't have one ISBN")
    do {
      try await session.transaction { session in
        session.add(Book(isbn: "978-0441172719", title: "Dune, again", price: 1))
      }
    } catch let error as RomeError where error.code == .uniqueViolation {
      print("refused: \(error)")
    }

    chapter("A conflict: somebody else was faster")
    try await meetSomebodyElse(session)

    chapter("Deleting an author takes the books along")
    try await session.transaction { session in
      let deleted = try await session.query(Author.self).filter(Author.name == "Asimov").delete()
      print("deleted: \(deleted) author")
    }
    print("left: \(try await session.query(Book.self).all().map(\.title).joined(separator: ", "))")
  }

  /// Two sessions change one book. The second commit is refused, and what the first has written stays.
  func meetSomebodyElse(_ session: RomeSession) async throws {
    let other = RomeSession(session.store)
    guard let ours = try await session.query(Book.self).filter(Book.title == "Dune").first(),
      let theirs = try await other.query(Book.self).filter(Book.title == "Dune").first()
    else { return }
    theirs.price = 16
    try await other.commit()
    ours.price = 14
    do {
      try await session.commit()
    } catch {
      guard error.isRetryable else { throw error }
      session.rollback()
      try await session.refresh(ours)
      print("refused: \(error.message); \(ours.title) costs \(ours.price)")
    }
  }

  func chapter(_ title: String) {
    print("\n\(title)")
  }
}
