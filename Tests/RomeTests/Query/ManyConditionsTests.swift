// SPDX-License-Identifier: Apache-2.0

import Rome
import Testing

@Suite struct ManyConditionsTests {
  private func store() async throws -> MemoryStore {
    let store = MemoryStore()
    let session = RomeSession(store)
    let author = Author(name: "Asimov")
    session.add(author)
    for number in 0..<100 { session.add(Book(title: "Book \(number)", price: number, author: author)) }
    try await session.commit()
    return store
  }

  @Test func `a query may have more conditions than a word has bits`() async throws {
    let session = RomeSession(try await store())
    var query = session.query(Book.self)
    for number in 0..<90 where number != 70 { query = query.filter(Book.price != number) }
    let left = [70] + Array(90..<100)
    #expect(try await query.all().map(\.price).sorted() == left)
    #expect(try await query.count() == left.count)
    #expect(try await query.filter(Book.price < 80).one().price == 70)
  }

  @Test func `so may a join`() async throws {
    let session = RomeSession(try await store())
    var query = session.query(Author.self).join(Author.books)
    for number in 0..<90 { query = query.filter(Book.price != number) }
    #expect(try await query.all().map(\.1.price).sorted() == Array(90..<100))
  }
}
