// SPDX-License-Identifier: Apache-2.0

#if Macros
import Foundation
import Testing

@testable import Rome

@Entity("pets")
private final class Pet {
  @PrimaryKey var id: Int?
  @Unique var name: String
  var bornAt: Date?
  var legs: Int16 = 4
  var address: IPAddress?
  var kind: Kind = .dog
  var labels: JSON<[String: String]> = [:]
}

@Entity("servers", mixins: .timestamps, .softDelete(.id), indexes: .unique("host", "deleted"))
private final class Server {
  @PrimaryKey var uuid: UUID = UUID()
  var host: String
  @Transient var attempts = 0
  var doubled: Int { attempts * 2 }

  init(named host: String) {
    entityState = EntityState(of: Server.self)
    self.host = host
  }
}

@Entity("images", mixins: .softDelete(.flag))
private final class Image {
  @PrimaryKey var id: Int?
  @CreatedAt var created: Date?
  var `default`: Bool = false
}

@Suite struct EntityMacroTests {
  @Test func theMacroMakesTheSameSchemaAsAHand() {
    let made = Pet.schema
    let written = HandwrittenPet.schema
    #expect(made.problems.isEmpty)
    #expect(made.table == written.table)
    #expect(Pet.tableName == "pets" && HandwrittenPet.tableName == "pets")
    #expect(made.columns.map(\.name) == written.columns.map(\.name))
    #expect(made.columns.map(\.property) == written.columns.map(\.property))
    #expect(made.columns.map(\.type) == written.columns.map(\.type))
    #expect(made.columns.map(\.isNullable) == written.columns.map(\.isNullable))
    #expect(made.columns.map(\.fill) == written.columns.map(\.fill))
    #expect(made.columns.map { $0.makeDefault?() } == written.columns.map { $0.makeDefault?() })
    #expect(made.primaryKey == written.primaryKey)
    #expect(made.indexes.map(\.description) == written.indexes.map(\.description))
  }

  @Test func schemasHaveNoProblems() {
    let schemas = [
      Author.schema, Book.schema, BookTag.schema, Tag.schema, Pet.schema, Server.schema, Image.schema,
    ]
    #expect(schemas.flatMap(\.problems).isEmpty)
  }

  @Test func propertiesReadAndWriteColumns() {
    let pet = Pet(name: "Rex", address: IPAddress("192.0.2.1"))
    #expect(pet.id == nil && pet.name == "Rex" && pet.bornAt == nil && pet.legs == 4 && pet.kind == .dog)
    pet.name = "Waldi"
    pet.labels["zone"] = "a"
    pet.kind = .cat
    #expect(pet.toDictionary()["name"] == .string("Waldi"))
    #expect(pet.toDictionary()["labels"] == .json(Array(#"{"zone":"a"}"#.utf8)))
    #expect(pet.toDictionary()["kind"] == .string("cat"))
    #expect(pet.toDictionary()["address"] == .bytes([4, 192, 0, 2, 1]))
  }

  @Test func staticMembersAreTheColumns() {
    #expect(Book.title.name == "title")
    #expect(Book.authorID.name == "author_id")
    #expect(Author.mail.name == "mail_address")
    #expect(Author.schema.position(of: "mail") == Author.mail.position)
    #expect(Author.schema.position(of: "mail_address") == Author.mail.position)
    #expect(Image.default.name == "default")
  }

  @Test func indexesAndForeignKeysAreThoseOfTheAttributes() {
    #expect(
      Book.schema.indexes.map(\.name) == [
        "uq_isbn", "ix_price", "ix_title_price", "uq_shelf_slot", "ix_author_id",
      ])
    #expect(Book.schema.indexes[2].descending == [false, true])
    let key = Book.schema.foreignKeys[0].description
    #expect(key.columns == ["author_id"] && key.table == "authors" && key.onDelete == .cascade)
    #expect(BookTag.schema.primaryKey == [0, 1])
    #expect(BookTag.schema.foreignKeys.map(\.description.table) == ["books", "tags"])
    let own = Tag.schema.foreignKeys[0].description
    #expect(own.table == "tags" && own.targetColumns == ["name"] && own.onDelete == .setNull)
  }

  @Test func relationshipsNameTheirColumns() {
    #expect(Book.author.name == "author" && Book.author.columns == ["author_id"])
    #expect(Author.books.columns == ["author_id"])
    #expect(Book.tags.through == BookTag.self)
    #expect(Book.tags.ownerColumns == ["book_id"] && Book.tags.targetColumns == ["tag_id"])
    #expect(Tag.parent.columns == ["parent_name"] && Tag.children.columns == ["parent_name"])
  }

  @Test func theInitialiserAssignsToOneRelationships() {
    let author = Author(name: "Asimov")
    let book = Book(title: "Foundation", author: author)
    let related = book.entityState.related["author"]
    #expect(related?.entities.first === author)
    #expect(related?.isAssigned == true)
    #expect(related?.columns == [Book.authorID.position])
    book.assign(Book.author, nil)
    #expect(book.entityState.related["author"]?.entities.isEmpty == true)
    #expect(Book(title: "Foundation").entityState.related.isEmpty)
  }

  @Test func settingTheKeyForgetsTheAssignedEntity() {
    let book = Book(title: "Foundation", author: Author(name: "Asimov"))
    book.authorID = 3
    #expect(book.entityState.related.isEmpty)
  }

  @Test func mixinColumnsComeFirst() {
    #expect(Server.columnNames == ["created_at", "updated_at", "deleted", "deleted_at", "uuid", "host"])
    #expect(Server.schema.columns.map(\.role) == [.createdAt, .updatedAt, .deleted, .deletedAt, .plain, .plain])
    #expect(Server.schema.columns[2].type == .int)
    #expect(Image.columnNames == ["deleted", "deleted_at", "id", "created", "default"])
    #expect(Image.schema.columns[0].type == .bool)
    #expect(Image.schema.position(of: ColumnRole.createdAt) == 3)
  }

  @Test func mixinColumnsAreProperties() {
    let server = Server(host: "a")
    #expect(server.deleted == 0 && server.createdAt == nil)
    server.createdAt = Date(timeIntervalSince1970: 1)
    #expect(server.snapshot().createdAt == Date(timeIntervalSince1970: 1))
    #expect(Image().deleted == false)
    #expect(Server.deletedAt.name == "deleted_at")
  }

  @Test func defaultsAreComputedForEachEntity() {
    #expect(Server(host: "a").uuid != Server(host: "a").uuid)
    #expect(Server(named: "a").uuid != Server(named: "a").uuid)
    #expect(Book(title: "x").shelf == .fiction)
  }

  @Test func oldRowsReadConstantDefaults() throws {
    let columns = Book.schema.columns
    // A row from before everything behind the title was added.
    let row = try EncodedRow(RowFormat.encode([.int(1), .null, .string("x")])[...], columns: columns)
    #expect(row[Book.price.position] == .int(0))
    #expect(row[Book.shelf.position] == .string("fiction"))
    #expect(row[Book.labels.position] == .json(Array("{}".utf8)))
    #expect(row[Book.slot.position] == .null)
  }

  @Test func transientAndComputedPropertiesAreNoColumns() {
    let server = Server(named: "a")
    server.attempts = 2
    #expect(server.doubled == 4)
    #expect(Server.schema.position(of: "attempts") == nil)
    #expect(server.snapshot() == Server(server.snapshot()).snapshot())
  }
}
#endif
