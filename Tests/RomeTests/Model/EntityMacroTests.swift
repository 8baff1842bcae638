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
        Writer.schema, Novel.schema, NovelTopic.schema, Topic.schema, Pet.schema, Server.schema, Image.schema,
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
      #expect(Novel.title.name == "title")
      #expect(Novel.writerID.name == "writer_id")
      #expect(Writer.mail.name == "mail_address")
      #expect(Writer.schema.position(of: "mail") == Writer.mail.position)
      #expect(Writer.schema.position(of: "mail_address") == Writer.mail.position)
      #expect(Image.default.name == "default")
    }

    @Test func indexesAndForeignKeysAreThoseOfTheAttributes() {
      #expect(
        Novel.schema.indexes.map(\.name) == [
          "uq_isbn", "ix_price", "ix_title_price", "uq_shelf_slot", "ix_writer_id",
        ])
      #expect(Novel.schema.indexes[2].descending == [false, true])
      let key = Novel.schema.foreignKeys[0].description
      #expect(key.columns == ["writer_id"] && key.table == "writers" && key.onDelete == .cascade)
      #expect(NovelTopic.schema.primaryKey == [0, 1])
      #expect(NovelTopic.schema.foreignKeys.map(\.description.table) == ["novels", "topics"])
      let own = Topic.schema.foreignKeys[0].description
      #expect(own.table == "topics" && own.targetColumns == ["name"] && own.onDelete == .setNull)
    }

    @Test func relationshipsNameTheirColumns() {
      #expect(Novel.writer.name == "writer" && Novel.writer.columns == ["writer_id"])
      #expect(Writer.novels.columns == ["writer_id"])
      #expect(Novel.topics.through == NovelTopic.self)
      #expect(Novel.topics.ownerColumns == ["novel_id"] && Novel.topics.targetColumns == ["topic_id"])
      #expect(Topic.parent.columns == ["parent_name"] && Topic.children.columns == ["parent_name"])
    }

    @Test func theInitialiserAssignsToOneRelationships() {
      let writer = Writer(name: "Asimov")
      let novel = Novel(title: "Foundation", writer: writer)
      let related = novel.entityState.related["writer"]
      #expect(related?.entities.first === writer)
      #expect(related?.isAssigned == true)
      #expect(related?.columns == [Novel.writerID.position])
      novel.set(Novel.writer, to: nil)
      #expect(novel.entityState.related["writer"]?.entities.isEmpty == true)
      #expect(Novel(title: "Foundation").entityState.related.isEmpty)
    }

    @Test func settingTheKeyForgetsTheAssignedEntity() {
      let novel = Novel(title: "Foundation", writer: Writer(name: "Asimov"))
      novel.writerID = 3
      #expect(novel.entityState.related.isEmpty)
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
      #expect(Novel(title: "x").shelf == .fiction)
    }

    @Test func oldRowsReadConstantDefaults() throws {
      let columns = Novel.schema.columns
      // A row from before everything behind the title was added.
      let row = try EncodedRow(RowFormat.encode([.int(1), .null, .string("x")])[...], columns: columns)
      #expect(row[Novel.price.position] == .int(0))
      #expect(row[Novel.shelf.position] == .string("fiction"))
      #expect(row[Novel.labels.position] == .json(Array("{}".utf8)))
      #expect(row[Novel.slot.position] == .null)
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
