// SPDX-License-Identifier: Apache-2.0

extension RomeQuery {
  /// The results of this query and of another one, equal ones once. What is called on the union, such as `order`, `limit`
  /// or `count`, is about all of its results; it names them by the entities and columns of the first query.
  ///
  /// - Parameter other: A query with results of the same types.
  public func union(_ other: RomeQuery<Row>) -> RomeQuery<Row> {
    combined(with: other, keepsDuplicates: false)
  }

  /// The results of this query and behind them those of another one, equal ones as often as they come.
  ///
  /// - Parameter other: A query with results of the same types.
  public func unionAll(_ other: RomeQuery<Row>) -> RomeQuery<Row> {
    combined(with: other, keepsDuplicates: true)
  }

  private func combined(
    with other: RomeQuery<Row>, keepsDuplicates: Bool
  )
    -> RomeQuery<Row>
  {
    var query = self
    query.draft = SelectStatement(union: [statement, other.statement], keepsDuplicates: keepsDuplicates)
    query.marker = nil
    query.loaders += other.loaders
    query.isForUpdate = isForUpdate || other.isForUpdate
    return query
  }
}
