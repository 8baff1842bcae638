// SPDX-License-Identifier: Apache-2.0

import Rome

/// A small library, committed: what the tests of queries ask for.
enum BuilderFixture {
  /// Three authors (the second is the mentor of the first), five books of which one has no author, tags and reviews.
  static func session(on kind: TestStore) async throws -> RomeSession {
    let store = try await kind.make()
    let session = RomeSession(store)
    let asimov = Author(name: "Asimov")
    let campbell = Author(name: "Campbell")
    let clarke = Author(name: "Clarke")
    asimov.set(Author.mentor, to: campbell)
    let foundation = Book(isbn: "1", title: "Foundation", price: 12, author: asimov)
    let robot = Book(isbn: "2", title: "I, Robot", price: 8, author: asimov)
    let rama = Book(isbn: "3", title: "Rama", price: 12, author: clarke)
    let odyssey = Book(isbn: nil, title: "2001", price: 20, author: clarke)
    let beowulf = Book(isbn: nil, title: "Beowulf", price: 5)
    session.addAll([asimov, campbell, clarke, foundation, robot, rama, odyssey, beowulf])
    let robots = Tag("robots")
    let space = Tag("space")
    session.addAll([robots, space])
    try robot.add(robots, to: Book.tags)
    try foundation.add(space, to: Book.tags)
    try rama.add(space, to: Book.tags)
    session.addAll([Review(book: rama, stars: 5), Review(book: rama, stars: 3)])
    try await session.commit()
    return RomeSession(store)
  }
}
