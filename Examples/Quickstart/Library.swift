// SPDX-License-Identifier: Apache-2.0

import Rome

@Entity("authors")
final class Author {
  @PrimaryKey var id: Int?  // allocated by the store
  @Indexed var name: String
  @ToMany(\Book.authorID) var books: [Book]
}

@Entity("books")
final class Book {
  @PrimaryKey var id: Int?
  @Unique var isbn: String?
  var title: String
  @Indexed var price: Int
  @References(Author.self, onDelete: .cascade) var authorID: Int?
  @ToOne(\Book.authorID) var author: Author?
}
