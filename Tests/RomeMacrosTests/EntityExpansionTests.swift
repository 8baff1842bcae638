// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct EntityExpansionTests {
  @Test func aClassGetsItsSchemaStateInitialiserAndColumns() {
    assertExpansion(
      """
      @Entity("authors")
      final class Author {
        @PrimaryKey var id: Int?
        @Indexed var name: String
        var born: Date = .now
      }
      """,
      """
      final class Author {
        @Rome._Column(0) var id: Int?
        @Rome._Column(1) var name: String
        @Rome._Column(2)
        var born: Date = .now

        static var tableName: Swift.String {
          "authors"
        }

        static let schema = Rome.EntitySchema(
          table: tableName,
          columns: [
            .init("id", Int?.self),
            .init("name", String.self),
            .init("born", Date.self, default: {
                .now
              })
          ],
          primaryKey: ["id"],
          indexes: [
            .index("name")
          ])

        let entityState: Rome.EntityState

        init(entityState: Rome.EntityState) {
          self.entityState = entityState
        }

        init(
          id: Int? = nil,
          name: String,
          born: Date = Author.schema.defaultValue(2)
        ) {
          entityState = Rome.EntityState(of: Author.self)
          self.id = id
          self.name = name
          self.born = born
        }

        static var id: Rome.Column<Author, Int?> {
          .init(0)
        }

        static var name: Rome.Column<Author, String> {
          .init(1)
        }

        static var born: Rome.Column<Author, Date> {
          .init(2)
        }
      }

      extension Author: Rome.Entity {
      }
      """)
  }

  @Test func columnsIndexesAndForeignKeysComeFromTheAttributes() {
    assertExpansion(
      """
      @Entity("books", indexes: .index("title", .descending("price")), .unique("title", "place"), foreignKeys: .foreignKey("title", "place", references: "places"))
      public final class Book {
        @PrimaryKey public var id: Int?
        @Unique public var title: String
        public var price: Int = 0
        @Column("place") public var slot: State = .free
        @References(Library.Author.self, column: "uuid", onDelete: .cascade) public var authorID: Int?
      }
      """,
      """
      public final class Book {
        @Rome._Column(0) public var id: Int?
        @Rome._Column(1) public var title: String
        @Rome._Column(2)
        public var price: Int = 0
        @Rome._Column(3) public var slot: State = .free
        @Rome._Column(4) public var authorID: Int?

        public static var tableName: Swift.String {
          "books"
        }

        public static let schema = Rome.EntitySchema(
          table: tableName,
          columns: [
            .init("id", Int?.self),
            .init("title", String.self),
            .init("price", Int.self, constant: 0),
            .init("place", State.self, property: "slot", constant: .free),
            .init("author_id", Int?.self, property: "authorID")
          ],
          primaryKey: ["id"],
          indexes: [
            .unique("title"),
            .index("title", .descending("price")),
            .unique("title", "place")
          ],
          foreignKeys: [
            .init(["author_id"], references: Library.Author.tableName, columns: ["uuid"], onDelete: .cascade),
            .foreignKey("title", "place", references: "places")
          ])

        public let entityState: Rome.EntityState

        public init(entityState: Rome.EntityState) {
          self.entityState = entityState
        }

        public init(
          id: Int? = nil,
          title: String,
          price: Int = 0,
          slot: State = Book.schema.defaultValue(3),
          authorID: Int? = nil
        ) {
          entityState = Rome.EntityState(of: Book.self)
          self.id = id
          self.title = title
          self.price = price
          self.slot = slot
          self.authorID = authorID
        }

        public static var id: Rome.Column<Book, Int?> {
          .init(0)
        }

        public static var title: Rome.Column<Book, String> {
          .init(1)
        }

        public static var price: Rome.Column<Book, Int> {
          .init(2)
        }

        public static var slot: Rome.Column<Book, State> {
          .init(3)
        }

        public static var authorID: Rome.Column<Book, Int?> {
          .init(4)
        }
      }

      extension Book: Rome.Entity {
      }
      """)
  }

  @Test func relationshipsGetAsynchronousGettersAndParameters() {
    assertExpansion(
      """
      @Entity("books")
      final class Book {
        @PrimaryKey var id: Int?
        @References(Author.self) var authorID: Int?
        @ToOne(\\Book.authorID) var author: Author?
        @ToOne(\\Book.id, \\Book.authorID) var pair: Pair?
        @ToMany(\\Review.bookID) var reviews: [Review]
        @ToMany(\\Library.Copy.shelf, \\Library.Copy.slot) var copies: Array<Library.Copy>
        @ManyToMany(\\BookTag.bookID, \\BookTag.tagID) private var tags: [Tag]
      }
      """,
      """
      final class Book {
        @Rome._Column(0) var id: Int?
        @Rome._Column(1) var authorID: Int?
        var author: Author? {
          get async throws(Rome.RomeError) {
            try await entityState.load(Self.author)
          }
        }
        var pair: Pair? {
          get async throws(Rome.RomeError) {
            try await entityState.load(Self.pair)
          }
        }
        var reviews: [Review] {
          get async throws(Rome.RomeError) {
            try await entityState.load(Self.reviews)
          }
        }
        var copies: Array<Library.Copy> {
          get async throws(Rome.RomeError) {
            try await entityState.load(Self.copies)
          }
        }
        private var tags: [Tag] {
          get async throws(Rome.RomeError) {
            try await entityState.load(Self.tags)
          }
        }

        static var tableName: Swift.String {
          "books"
        }

        static let schema = Rome.EntitySchema(
          table: tableName,
          columns: [
            .init("id", Int?.self),
            .init("author_id", Int?.self, property: "authorID")
          ],
          primaryKey: ["id"],
          foreignKeys: [
            .init(["author_id"], references: Author.tableName)
          ])

        let entityState: Rome.EntityState

        init(entityState: Rome.EntityState) {
          self.entityState = entityState
        }

        init(
          id: Int? = nil,
          authorID: Int? = nil,
          author: Author? = nil,
          pair: Pair? = nil
        ) {
          entityState = Rome.EntityState(of: Book.self)
          self.id = id
          self.authorID = authorID
          if let author {
            entityState.assign(Book.author, author)
          }
          if let pair {
            entityState.assign(Book.pair, pair)
          }
        }

        static var id: Rome.Column<Book, Int?> {
          .init(0)
        }

        static var authorID: Rome.Column<Book, Int?> {
          .init(1)
        }

        static var author: Rome.ToOne<Book, Author> {
          .init("author", Book.authorID)
        }

        static var pair: Rome.ToOne<Book, Pair> {
          .init("pair", columns: [Book.id.name, Book.authorID.name])
        }

        static var reviews: Rome.ToMany<Book, Review> {
          .init("reviews", Review.bookID)
        }

        static var copies: Rome.ToMany<Book, Library.Copy> {
          .init("copies", columns: [Library.Copy.shelf.name, Library.Copy.slot.name])
        }

        private static var tags: Rome.ManyToMany<Book, Tag> {
          .init("tags", BookTag.bookID, BookTag.tagID)
        }
      }

      extension Book: Rome.Entity {
      }
      """)
  }

  @Test func mixinsAddColumnsBeforeTheProperties() {
    assertExpansion(
      """
      @Entity("servers", mixins: .timestamps, .softDelete(.id))
      public final class Server {
        @PrimaryKey public var id: Int?
      }
      """,
      """
      public final class Server {
        @Rome._Column(4) public var id: Int?

        public static var tableName: Swift.String {
          "servers"
        }

        public static let schema = Rome.EntitySchema(
          table: tableName,
          columns: [
            .init("created_at", Rome.EntityMixin.Date?.self, property: "createdAt", role: .createdAt),
            .init("updated_at", Rome.EntityMixin.Date?.self, property: "updatedAt", role: .updatedAt),
            .init("deleted", Swift.Int.self, role: .deleted, constant: 0),
            .init("deleted_at", Rome.EntityMixin.Date?.self, property: "deletedAt", role: .deletedAt),
            .init("id", Int?.self)
          ],
          primaryKey: ["id"])

        public let entityState: Rome.EntityState

        public init(entityState: Rome.EntityState) {
          self.entityState = entityState
        }

        public init(
          id: Int? = nil
        ) {
          entityState = Rome.EntityState(of: Server.self)
          self.id = id
        }

        public var createdAt: Rome.EntityMixin.Date? {
          get {
            entityState[0]
          }
          set {
            entityState[0] = newValue
          }
        }

        public static var createdAt: Rome.Column<Server, Rome.EntityMixin.Date?> {
          .init(0)
        }

        public var updatedAt: Rome.EntityMixin.Date? {
          get {
            entityState[1]
          }
          set {
            entityState[1] = newValue
          }
        }

        public static var updatedAt: Rome.Column<Server, Rome.EntityMixin.Date?> {
          .init(1)
        }

        public var deleted: Swift.Int {
          get {
            entityState[2]
          }
          set {
            entityState[2] = newValue
          }
        }

        public static var deleted: Rome.Column<Server, Swift.Int> {
          .init(2)
        }

        public var deletedAt: Rome.EntityMixin.Date? {
          get {
            entityState[3]
          }
          set {
            entityState[3] = newValue
          }
        }

        public static var deletedAt: Rome.Column<Server, Rome.EntityMixin.Date?> {
          .init(3)
        }

        public static var id: Rome.Column<Server, Int?> {
          .init(4)
        }
      }

      extension Server: Rome.Entity {
      }
      """)
  }
}
