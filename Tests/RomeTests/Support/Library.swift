// SPDX-License-Identifier: Apache-2.0

import Rome

/// The entities of the session tests, written without the macros.
final class Author: Entity {
  static let schema = EntitySchema(
    table: "authors",
    columns: [
      ColumnDescription("id", Int?.self), ColumnDescription("name", String.self),
      ColumnDescription("mentor_id", Int?.self, property: "mentorID"),
    ],
    primaryKey: ["id"], indexes: [.index("name")],
    foreignKeys: [ForeignKeyDescription(["mentor_id"], references: "authors", onDelete: .setNull)])
  static var id: Column<Author, Int?> { Column(0) }
  static var name: Column<Author, String> { Column(1) }
  static var mentorID: Column<Author, Int?> { Column(2) }
  static var mentor: ToOne<Author, Author> { ToOne("mentor", Author.mentorID) }
  static var books: ToMany<Author, Book> { ToMany("books", Book.authorID) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(id: Int? = nil, name: String) {
    entityState = EntityState(of: Author.self)
    self.id = id
    self.name = name
  }
  var id: Int? {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var name: String {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
  var mentorID: Int? {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
  var books: [Book] { get async throws { try await entityState.load(Author.books) } }
}

final class Book: Entity {
  static let schema = EntitySchema(
    table: "books",
    columns: [
      ColumnDescription("id", Int?.self), ColumnDescription("isbn", String?.self),
      ColumnDescription("title", String.self),
      ColumnDescription("price", Int.self), ColumnDescription("author_id", Int?.self, property: "authorID"),
    ],
    primaryKey: ["id"], indexes: [.unique("isbn"), .index("price")],
    foreignKeys: [ForeignKeyDescription(["author_id"], references: "authors", onDelete: .restrict)])
  static var id: Column<Book, Int?> { Column(0) }
  static var isbn: Column<Book, String?> { Column(1) }
  static var title: Column<Book, String> { Column(2) }
  static var price: Column<Book, Int> { Column(3) }
  static var authorID: Column<Book, Int?> { Column(4) }
  static var author: ToOne<Book, Author> { ToOne("author", Book.authorID) }
  static var reviews: ToMany<Book, Review> { ToMany("reviews", Review.bookID) }
  static var tags: ManyToMany<Book, Tag> { ManyToMany("tags", BookTag.bookID, BookTag.tagID) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(isbn: String? = nil, title: String, price: Int = 10, author: Author? = nil) {
    entityState = EntityState(of: Book.self)
    self.isbn = isbn
    self.title = title
    self.price = price
    if let author { set(Book.author, to: author) }
  }
  var id: Int? {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var isbn: String? {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
  var title: String {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
  var price: Int {
    get { entityState[3] }
    set { entityState[3] = newValue }
  }
  var authorID: Int? {
    get { entityState[4] }
    set { entityState[4] = newValue }
  }
  var author: Author? { get async throws { try await entityState.load(Book.author) } }
  var reviews: [Review] { get async throws { try await entityState.load(Book.reviews) } }
  var tags: [Tag] { get async throws { try await entityState.load(Book.tags) } }
}

/// A row that goes with its book.
final class Review: Entity {
  static let schema = EntitySchema(
    table: "reviews",
    columns: [
      ColumnDescription("id", Int?.self), ColumnDescription("book_id", Int.self, property: "bookID"),
      ColumnDescription("stars", Int.self),
    ],
    primaryKey: ["id"], foreignKeys: [ForeignKeyDescription(["book_id"], references: "books", onDelete: .cascade)])
  static var bookID: Column<Review, Int> { Column(1) }
  static var stars: Column<Review, Int> { Column(2) }
  static var book: ToOne<Review, Book> { ToOne("book", Review.bookID) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(book: Book, stars: Int) {
    entityState = EntityState(of: Review.self)
    self.stars = stars
    set(Review.book, to: book)
  }
  var stars: Int {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
}

/// A natural primary key.
final class Tag: Entity {
  static let schema = EntitySchema(
    table: "tags", columns: [ColumnDescription("name", String.self)], primaryKey: ["name"])
  static var name: Column<Tag, String> { Column(0) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(_ name: String) {
    entityState = EntityState(of: Tag.self)
    self.name = name
  }
  var name: String {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
}

/// A composite primary key.
final class BookTag: Entity {
  static let schema = EntitySchema(
    table: "book_tags",
    columns: [
      ColumnDescription("book_id", Int.self, property: "bookID"),
      ColumnDescription("tag_name", String.self, property: "tagID"),
    ],
    primaryKey: ["book_id", "tag_name"],
    foreignKeys: [
      ForeignKeyDescription(["book_id"], references: "books", onDelete: .cascade),
      ForeignKeyDescription(["tag_name"], references: "tags", onDelete: .cascade),
    ])
  static var bookID: Column<BookTag, Int> { Column(0) }
  static var tagID: Column<BookTag, String> { Column(1) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
}
