// SPDX-License-Identifier: Apache-2.0

#if Macros
import Foundation
import Rome

enum Shelf: String, ColumnValue, Codable {
  case fiction
  case science
}

@Entity("authors")
final class Author {
  @PrimaryKey var id: Int?
  @Indexed var name: String
  var born: Date = .now
  @Column("mail_address") var mail: String?
  @ToMany(\Book.authorID) var books: [Book]
}

@Entity("books", indexes: .index("title", .descending("price")), .unique("shelf", "slot"))
final class Book {
  @PrimaryKey var id: Int?
  @Unique var isbn: String?
  var title: String
  @Indexed var price: Int = 0
  var shelf: Shelf = .fiction
  var slot: Int?
  var labels: JSON<[String: String]> = [:]
  var address: IPAddress?
  @References(Author.self, onDelete: .cascade) var authorID: Int?
  @ToOne(\Book.authorID) var author: Author?
  @ManyToMany(\BookTag.bookID, \BookTag.tagID) var tags: [Tag]
  @Transient var scratch: Int = 0
}

@Entity("book_tags")
final class BookTag {
  @PrimaryKey @References(Book.self, onDelete: .cascade) var bookID: Int
  @PrimaryKey @References(Tag.self) var tagID: Int
}

@Entity("tags")
final class Tag {
  @PrimaryKey var id: Int?
  @Unique var name: String
  @References(Tag.self, column: "name", onDelete: .setNull) var parentName: String?
  @ToOne(\Tag.parentName) var parent: Tag?
  @ToMany(\Tag.parentName) var children: [Tag]
  @ManyToMany(\BookTag.tagID, \BookTag.bookID) var books: [Book]
}
#endif
