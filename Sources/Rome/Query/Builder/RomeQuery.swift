// SPDX-License-Identifier: Apache-2.0

/// A query: which rows to read, and what to make of each of them. It is a value; each call makes a new one from it, and
/// nothing is read before a call such as ``all()``.
///
/// ```swift
/// let rows = try await session.query(Book.self)
///   .join(Book.author)
///   .filter(Author.name == "Asimov", Book.price < 20)
///   .order(by: Book.price.descending, Book.title)
///   .limit(10)
///   .all()  // [(Book, Author)]
/// ```
///
/// The order of the calls does not matter, but that joined entities come behind those before them in the results, and that
/// `select` replaces the results so far. What is wrong with a query, such as the name of a column that there is not, is
/// thrown when it is executed.
public struct RomeQuery<Row> {
  /// The session that executes the query; nil for a query that stands inside another one.
  let session: RomeSession?
  /// The query without its Swift types; use ``statement`` to execute it.
  var draft: SelectStatement
  /// How a result is made of the items of a row.
  let make: (RowMaker) throws(RomeError) -> Row
  /// How all results are made at once of rows that are nothing but entities; nil for a query of anything else.
  var makeEntities: ((RomeSession, RowBatch) throws(RomeError) -> [Row])?
  /// The relationships that are loaded with the entities.
  var loaders: [RelationshipLoader] = []
  /// The columns of the entity behind which the rows begin.
  var marker: [Value]?
  /// Whether the commit proves at every isolation that the rows are still the same.
  var isForUpdate = false

  init(_ session: RomeSession?, _ draft: SelectStatement, _ make: @escaping (RowMaker) throws(RomeError) -> Row) {
    self.session = session
    self.draft = draft
    self.make = make
  }

  /// The same query with other results.
  func with<New>(_ draft: SelectStatement, _ make: @escaping (RowMaker) throws(RomeError) -> New) -> RomeQuery<New> {
    var query = RomeQuery<New>(session, draft, make)
    query.loaders = loaders
    query.marker = marker
    query.isForUpdate = isForUpdate
    return query
  }

  /// The same query with its statement changed.
  func changing(_ change: (inout SelectStatement) -> Void) -> RomeQuery<Row> {
    var copy = self
    change(&copy.draft)
    return copy
  }

  /// The same query with its statement changed; what is thrown becomes the problem of the query.
  func attempting(_ change: (inout SelectStatement) throws(RomeError) -> Void) -> RomeQuery<Row> {
    var copy = self
    do {
      try change(&copy.draft)
    } catch {
      copy.draft.note(error)
    }
    return copy
  }
}

extension RomeQuery {
  /// Makes a query of an entity without a session, for use inside another query: in ``exists(_:)``, ``scalar(_:)`` or `in`.
  /// Of several entities it has all combinations of their rows, which `filter` chooses from.
  ///
  /// - Parameter types: The entity.
  public init<each E: Entity>(_ types: repeat (each E).Type) where Row == (repeat each E) {
    var statement = SelectStatement([])
    repeat statement.add(SourceID((each E).schema))
    let projections = RowProjection(repeat Projection<each E>.entity(each types))
    self.init(nil, statement) { maker throws(RomeError) in try projections.make(maker) }
  }
}

extension SelectStatement {
  /// Appends a source whose entities are results.
  fileprivate mutating func add(_ source: SourceID) {
    sources.append(Source(id: source, kind: .inner, conditions: []))
    outputs.append(.entity(source))
  }
}
