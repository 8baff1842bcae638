// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Foundation
  import Rome

  enum Shelf: String, ColumnValue, Codable {
    case fiction
    case science
  }

  @Entity("writers")
  final class Writer {
    @PrimaryKey var id: Int?
    @Indexed var name: String
    var born: Date = .now
    @Column("mail_address") var mail: String?
    @ToMany(\Novel.writerID) var novels: [Novel]
  }

  @Entity("novels", indexes: .index("title", .descending("price")), .unique("shelf", "slot"))
  final class Novel {
    @PrimaryKey var id: Int?
    @Unique var isbn: String?
    var title: String
    @Indexed var price: Int = 0
    var shelf: Shelf = .fiction
    var slot: Int?
    var labels: JSON<[String: String]> = [:]
    var address: IPAddress?
    @References(Writer.self, onDelete: .cascade) var writerID: Int?
    @ToOne(\Novel.writerID) var writer: Writer?
    @ManyToMany(\NovelTopic.novelID, \NovelTopic.topicID) var topics: [Topic]
    @Transient var scratch: Int = 0
  }

  @Entity("novel_topics")
  final class NovelTopic {
    @PrimaryKey @References(Novel.self, onDelete: .cascade) var novelID: Int
    @PrimaryKey @References(Topic.self) var topicID: Int
  }

  @Entity("topics")
  final class Topic {
    @PrimaryKey var id: Int?
    @Unique var name: String
    @References(Topic.self, column: "name", onDelete: .setNull) var parentName: String?
    @ToOne(\Topic.parentName) var parent: Topic?
    @ToMany(\Topic.parentName) var children: [Topic]
    @ManyToMany(\NovelTopic.topicID, \NovelTopic.novelID) var novels: [Novel]
  }
#endif
