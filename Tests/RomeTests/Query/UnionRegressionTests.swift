// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// Bugs that the differential test has found in unions.
@Suite struct UnionRegressionTests {
  private let books = SourceID(Book.schema)
  private let title = ExpressionNode.column(SourceID(Book.schema), Book.title.position)
  private let price = ExpressionNode.column(SourceID(Book.schema), Book.price.position)

  private func session(_ kind: TestStore) async throws -> RomeSession {
    let session = RomeSession(try await kind.make())
    session.addAll([Book(title: "A", price: 1), Book(title: "B", price: 2)])
    try await session.commit()
    return session
  }

  private func select(_ outputs: ExpressionNode...) -> SelectStatement {
    var statement = SelectStatement(books)
    statement.outputs = outputs.map { .expression($0) }
    return statement
  }

  private func values(_ statement: SelectStatement, _ session: RomeSession) async throws -> [[Value]] {
    let executor = StatementExecutor(statement, try await session.beginQuery(over: statement.schemas))
    var result: [[Value]] = []
    while let rows = try await executor.next(batch: 10) { result += rows.map(\.identity) }
    return result
  }

  @Test(arguments: TestStore.all)
  func equalResultsOfTheFirstStatementAreStillTwoColumns(_ kind: TestStore) async throws {
    let union = SelectStatement(union: [select(price, price), select(price, .literal(.int(7)))], keepsDuplicates: true)
    let rows = try await values(union, session(kind))
    #expect(rows == [[.int(1), .int(1)], [.int(2), .int(2)], [.int(1), .int(7)], [.int(2), .int(7)]])
  }

  @Test(arguments: TestStore.all)
  func aConditionOnAUnionComparesItsColumnsWithLiterals(_ kind: TestStore) async throws {
    var union = SelectStatement(union: [select(title), select(.literal(.string("C")))], keepsDuplicates: false)
    union.conditions = [.comparison(.notEqual, title, .literal(.string("A")))]
    #expect(try await values(union, session(kind)) == [[.string("B")], [.string("C")]])
  }

  @Test(arguments: TestStore.all)
  func aLiteralInAConditionOnAUnionIsNotAColumnOfIt(_ kind: TestStore) async throws {
    let first = select(.literal(.int(2)), price)
    let second = select(.literal(.int(9)), price)
    var union = SelectStatement(union: [first, second], keepsDuplicates: true)
    union.conditions = [.comparison(.equal, price, .literal(.int(2)))]
    #expect(try await values(union, session(kind)) == [[.int(2), .int(2)], [.int(9), .int(2)]])
  }

  @Test(arguments: TestStore.all)
  func aResultOfAUnionMayBeASubquery(_ kind: TestStore) async throws {
    let other = SourceID(Book.schema, alias: "other")
    var cheaper = SelectStatement(other)
    cheaper.outputs = [.expression(.aggregate(.count, nil, distinct: false))]
    cheaper.conditions = [.comparison(.less, .column(other, Book.price.position), price)]
    let count = ExpressionNode.scalar(Subquery(cheaper))
    var union = SelectStatement(union: [select(count), select(.literal(.int(5)))], keepsDuplicates: false)
    union.conditions = [.comparison(.greater, count, .literal(.int(0)))]
    union.order = [OrderKey(count, descending: true)]
    #expect(try await values(union, session(kind)) == [[.int(5)], [.int(1)]])
  }

  @Test(arguments: TestStore.all)
  func aUnionIsOrderedByAnIndependentSubqueryOfItsFirstStatement(_ kind: TestStore) async throws {
    let other = SourceID(Book.schema, alias: "other")
    var highest = SelectStatement(other)
    highest.outputs = [.expression(.aggregate(.max, .column(other, Book.price.position), distinct: false))]
    let maximum = ExpressionNode.scalar(Subquery(highest))
    var union = SelectStatement(union: [select(maximum), select(price)], keepsDuplicates: false)
    union.order = [OrderKey(maximum, descending: false)]
    #expect(try await values(union, session(kind)) == [[.int(1)], [.int(2)]])
  }
}
