// SPDX-License-Identifier: Apache-2.0

extension RomeSession {
  /// Changes the row with a primary key if it has the values that are expected of it (compare and swap).
  ///
  /// - Parameters:
  ///   - type: The entity.
  ///   - key: The values of the columns of the primary key, in their order.
  ///   - values: The new values by the names of columns or properties; nil is NULL.
  ///   - expected: The values that the row must have; nil is NULL.
  /// - Returns: The entity of the row, with its new values.
  /// - Throws: ``RomeError/Code/notFound`` when there is no row with the key and the expected values, else as
  ///   ``RomeQuery/updateOnMatch(values:expected:)``.
  @discardableResult
  public func updateOnMatch<E: Entity>(
    _ type: E.Type, _ key: (any ColumnValue)?..., values: [String: (any ColumnValue)?],
    expected: [String: (any ColumnValue)?]
  ) async throws(RomeError) -> E {
    let schema = E.schema
    guard let keyValues = try schema.keyValues(key) else {
      throw RomeError(.notFound, "no row has NULL in its primary key", entity: schema.table)
    }
    var row = query(type, readDeleted: .yes)
    for (position, value) in zip(schema.primaryKey, keyValues) {
      row.draft.conditions.append(.comparison(.equal, .column(SourceID(schema), position), .literal(value)))
    }
    try await row.updateOnMatch(values: values, expected: expected)
    guard let entity = try await get(type, compositeKeys: [key])[0] else {
      throw RomeError(.notFound, "the row is gone", entity: schema.table)
    }
    return entity
  }
}
