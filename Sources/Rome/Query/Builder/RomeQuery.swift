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
public struct RomeQuery<each Output> {
  /// The session that executes the query; nil for a query that stands inside another one.
  let session: RomeSession?
  /// The query without its Swift types; use ``statement`` to execute it.
  var draft: SelectStatement
  /// How the results are made of the items of a row.
  let projections: (repeat Projection<each Output>)
  /// The relationships that are loaded with the entities.
  var loaders: [RelationshipLoader] = []
  /// The columns of the entity behind which the rows begin.
  var marker: [Value]?
  /// Whether the commit proves at every isolation that the rows are still the same.
  var isForUpdate = false

  init(
    _ session: RomeSession?, _ draft: SelectStatement, _ projections: repeat Projection<each Output>
  ) {
    self.session = session
    self.draft = draft
    self.projections = (repeat each projections)
  }

  /// The same query with other results.
  func with<each New>(
    _ draft: SelectStatement, _ projections: repeat Projection<each New>
  )
    -> RomeQuery<repeat each New>
  {
    var query = RomeQuery<repeat each New>(session, draft, repeat each projections)
    query.loaders = loaders
    query.marker = marker
    query.isForUpdate = isForUpdate
    return query
  }

  /// The same query with its statement changed.
  func changing(_ change: (inout SelectStatement) -> Void) -> RomeQuery<repeat each Output> {
    var copy = self
    change(&copy.draft)
    return copy
  }

  /// The same query with its statement changed; what is thrown becomes the problem of the query.
  func attempting(_ change: (inout SelectStatement) throws(RomeError) -> Void) -> RomeQuery<repeat each Output> {
    var copy = self
    do {
      try change(&copy.draft)
    } catch {
      copy.draft.note(error)
    }
    return copy
  }
}

extension RomeQuery where repeat each Output: Entity {
  /// Makes a query of an entity without a session, for use inside another query: in ``exists(_:)``, ``scalar(_:)`` or `in`.
  /// Of several entities it has all combinations of their rows, which `filter` chooses from.
  ///
  /// - Parameter types: The entity.
  public init(_ types: repeat (each Output).Type) {
    var statement = SelectStatement([])
    repeat statement.add(SourceID((each Output).schema))
    self.init(nil, statement, repeat Projection<each Output>.entity(each types))
  }
}

extension SelectStatement {
  /// Appends a source whose entities are results.
  fileprivate mutating func add(_ source: SourceID) {
    sources.append(Source(id: source, kind: .inner, conditions: []))
    outputs.append(.entity(source))
  }
}
