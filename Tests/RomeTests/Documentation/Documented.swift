// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  /// The entities of the articles, and the tests that run their code.
  enum Documented {
    @Entity("authors")
    final class Author {
      @PrimaryKey var id: Int?
      @Indexed var name: String
      @ToMany(\Book.authorID) var books: [Book]
    }

    @Entity("books")
    final class Book {
      @PrimaryKey var id: Int?
      @Unique var isbn: String?
      var title: String
      @Indexed var price: Int
      @References(Author.self) var authorID: Int?
      @ToOne(\Book.authorID) var author: Author?
      @ManyToMany(\BookTag.bookID, \BookTag.tagName) var tags: [Tag]
    }

    @Entity("tags")
    final class Tag {
      @PrimaryKey var name: String
    }

    @Entity("book_tags")
    final class BookTag {
      @PrimaryKey @References(Book.self, onDelete: .cascade) var bookID: Int
      @PrimaryKey @References(Tag.self, onDelete: .cascade) var tagName: String
    }

    /// Three authors, one of them without books, six books, one of them without author, two tags.
    static func library() async throws -> RomeSession {
      let store = MemoryStore()
      let session = RomeSession(store)
      let asimov = Author(name: "Asimov")
      let clarke = Author(name: "Clarke")
      let foundation = Book(isbn: "1", title: "Foundation", price: 12, author: asimov)
      let robot = Book(isbn: "2", title: "I, Robot", price: 8, author: asimov)
      let rama = Book(isbn: "3", title: "Rama", price: 12, author: clarke)
      let odyssey = Book(title: "2001", price: 20, author: clarke)
      session.addAll([
        asimov, clarke, Author(name: "Lem"), foundation, robot, rama, odyssey, Book(title: "Beowulf", price: 5),
        Book(isbn: "4", title: "Gilgamesh", price: 30),
      ])
      let robots = Tag(name: "robots")
      let space = Tag(name: "space")
      try foundation.add(space, to: Book.tags)
      try rama.add(space, to: Book.tags)
      try robot.add(robots, to: Book.tags)
      try await session.commit()
      return RomeSession(store)
    }
  }
#endif
