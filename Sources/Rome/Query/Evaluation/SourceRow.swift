// SPDX-License-Identifier: Apache-2.0

/// A row of one source while a query works on it.
class SourceRow {
  fileprivate init() {}

  /// The encoded primary key.
  var key: Key { .first }
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

/// A row that was read whole.
final class WholeRow: SourceRow {
  private let whole: FoundRow

  init(_ whole: FoundRow) {
    self.whole = whole
    super.init()
  }

  override var key: Key { whole.key }
  override subscript(position: Int) -> Value { whole.row[position] }
  override var found: FoundRow? { whole }
}

/// The columns of a row that an index entry holds.
final class CoveredRow: SourceRow {
  private let rowKey: Key
  /// The values by position.
  private let values: [Value]

  init(key: Key, values: [Value]) {
    rowKey = key
    self.values = values
    super.init()
  }

  override var key: Key { rowKey }
  override subscript(position: Int) -> Value { position < values.count ? values[position] : .null }
}
