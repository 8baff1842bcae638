// SPDX-License-Identifier: Apache-2.0

/// How a result of a query is made of an item of a row.
struct Projection<Result> {
  let make: (ResultRow.Item, RowMaker) throws(RomeError) -> Result
}

/// How a result of several parts is made of the items of a row.
struct RowProjection<each Part> {
  private let parts: (repeat Projection<each Part>)

  init(_ parts: repeat Projection<each Part>) {
    self.parts = (repeat each parts)
  }

  /// The result of the row that the maker is at.
  func make(_ maker: RowMaker) throws(RomeError) -> (repeat each Part) {
    (repeat try maker.result(each parts))
  }
}

extension Projection {
  /// An entity.
  static func entity<E: Entity>(_ type: E.Type) -> Projection<E> {
    Projection<E> { item, maker throws(RomeError) in
      guard let entity = try maker.entity(type, item) else {
        throw RomeError(
          .invalidQuery, "the query has no row of the entity: join it with outerJoin", entity: E.schema.table)
      }
      return entity
    }
  }

  /// An entity, or nil where an outer join found none.
  static func optionalEntity<E: Entity>(_ type: E.Type) -> Projection<E?> {
    Projection<E?> { item, maker throws(RomeError) in try maker.entity(type, item) }
  }

  /// The value of an expression.
  static func expression<X: QueryExpression>(_ expression: X) -> Projection<X.Output> {
    let node = expression.node
    return Projection<X.Output> { item, _ throws(RomeError) in
      guard case .value(let value) = item else {
        throw RomeError(.invalidQuery, "the query yields an entity where a value is expected")
      }
      if let result = X.Output(value: value) { return result }
      if value.isNull {
        throw RomeError(
          .wrongType, "the expression is NULL in a row: make it 'nullable'", entity: node.columnTable,
          column: node.columnName)
      }
      throw RomeError(
        .wrongType, "a value of the expression is none of its Swift type", entity: node.columnTable,
        column: node.columnName)
    }
  }
}

extension ExpressionNode {
  /// The table of the column that the expression is.
  fileprivate var columnTable: String? {
    if case .column(let source, _) = self { source.schema.table } else { nil }
  }

  /// The name of the column that the expression is.
  fileprivate var columnName: String? {
    guard case .column(let source, let position) = self, source.schema.columns.indices.contains(position) else {
      return nil
    }
    return source.schema.columns[position].name
  }
}

/// Makes results of rows, and keeps the entities for those who go on with them.
final class RowMaker {
  let session: RomeSession
  /// The entities of the rows so far, each of them once.
  private(set) var entities: [any Entity] = []
  /// Whether somebody wants the entities.
  private let keepsEntities: Bool
  private var seen: Set<ObjectIdentifier> = []
  private var row = ResultRow()
  private var next = 0

  init(_ session: RomeSession, keepsEntities: Bool) {
    self.session = session
    self.keepsEntities = keepsEntities
  }

  /// Begins with a row.
  func begin(_ row: ResultRow) {
    self.row = row
    next = 0
  }

  /// The next result of the row.
  func result<Result>(_ projection: Projection<Result>) throws(RomeError) -> Result {
    guard next < row.count else {
      throw RomeError(.invalidQuery, "the rows of the query have fewer values than expected")
    }
    next += 1
    return try projection.make(row[next - 1], self)
  }

  /// The entity of an item.
  func entity<E: Entity>(_ type: E.Type, _ item: ResultRow.Item) throws(RomeError) -> E? {
    guard case .row(let row) = item else {
      throw RomeError(
        .invalidQuery, "the query yields a value where an entity is expected", entity: E.schema.table)
    }
    guard let row else { return nil }
    let entity = try session.entity(type, of: row.whole(of: E.schema))
    if keepsEntities, seen.insert(ObjectIdentifier(entity)).inserted { entities.append(entity) }
    return entity
  }
}
