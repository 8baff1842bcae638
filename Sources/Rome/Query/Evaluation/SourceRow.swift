// SPDX-License-Identifier: Apache-2.0

/// A row of one source while a query works on it.
class SourceRow {
  /// The encoded primary key.
  let key: Key

  fileprivate init(key: Key) {
    self.key = key
  }

  /// The value of a column; NULL where the row does not say it.
  subscript(position: Int) -> Value { .null }
  /// The whole row, for those who need all of it.
  var found: FoundRow? { nil }
}

extension SourceRow {
  /// The whole row, for an entity.
  func whole(of schema: EntitySchema) throws(RomeError) -> FoundRow {
    if let found { return found }
    throw RomeError(
      .invalidQuery, "the query yields a part of a row where an entity is expected", entity: schema.table)
  }
}

/// A row that was read whole. Entities keep the one that they were loaded from.
final class FoundRow: SourceRow {
  /// The version of the row; nil, or ``Revision/pending``, for one that this session has written and not yet committed.
  let version: Revision?
  /// The columns.
  let row: EncodedRow

  init(key: Key, version: Revision?, row: EncodedRow) {
    self.version = version
    self.row = row
    super.init(key: key)
  }

  override subscript(position: Int) -> Value { row[position] }
  override var found: FoundRow? { self }
}

/// The columns of a row that an index entry holds.
final class CoveredRow: SourceRow {
  /// The values by position.
  private let values: [Value]

  init(key: Key, values: [Value]) {
    self.values = values
    super.init(key: key)
  }

  override subscript(position: Int) -> Value { position < values.count ? values[position] : .null }
}
