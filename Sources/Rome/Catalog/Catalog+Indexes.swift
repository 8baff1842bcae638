// SPDX-License-Identifier: Apache-2.0

extension Catalog {
  /// Makes an index usable by queries, because all rows have their entries.
  func markReadable(_ index: String, of table: String, in store: any Store) async throws(RomeError) {
    try await change(table, in: store) { record, _, commit throws(RomeError) in
      guard let position = record.indexes.firstIndex(where: { $0.name == index }) else {
        throw RomeError(.notFound, "the index is not recorded any more", entity: table, index: index)
      }
      record.indexes[position].isReadable = true
      commit.writes.append(.deleteRow(BuildProgress.address(of: index, table: table)))
    }
  }

  /// Records that an index is being dropped, so that nobody keeps it any more; nothing happens when that is recorded.
  func beginDropping(_ index: String, of table: String, in store: any Store) async throws(RomeError) {
    if current.schemas.contains(where: { $0.table == table && $0.indexes.contains { $0.name == index } }) {
      throw RomeError(
        .invalidState, "an entity that this process uses declares the index", entity: table, index: index)
    }
    try await change(table, in: store) { record, records, commit throws(RomeError) in
      if record.dropping?.contains(where: { $0.name == index }) ?? false { return }
      guard let position = record.indexes.firstIndex(where: { $0.name == index }) else {
        throw RomeError(.notFound, "the table has no such index", entity: table, index: index)
      }
      if let user = record.foreignKey(needing: record.indexes[position], among: records) {
        throw RomeError(.invalidState, "the foreign key \(user) needs the index", entity: table, index: index)
      }
      record.dropping = (record.dropping ?? []) + [record.indexes.remove(at: position)]
      commit.writes.append(.deleteRow(BuildProgress.address(of: index, table: table)))
    }
  }

  /// Forgets a dropped index that has no entries any more.
  func finishDropping(_ index: String, of table: String, in store: any Store) async throws(RomeError) {
    try await change(table, in: store) { record, _, commit in
      let rest = (record.dropping ?? []).filter { $0.name != index }
      record.dropping = rest.isEmpty ? nil : rest
      commit.checks.append(.range(.index(index, of: table), .all, keys: []))
    }
  }
}

extension TableRecord {
  /// The foreign key that can't do without the index, in words; nil when none needs it.
  ///
  /// A foreign key of the table finds its rows through an index that begins with its columns, and one of any table may refer to the
  /// columns of a unique index.
  func foreignKey(needing index: Index, among records: [String: TableRecord]) -> String? {
    let others = indexes.filter { $0.name != index.name }
    for foreignKey in foreignKeys {
      let columns = foreignKey.columns
      let isServed = primaryKey == columns || others.contains { Array($0.columns.prefix(columns.count)) == columns }
      if Array(index.columns.prefix(columns.count)) == columns, !isServed { return foreignKey.text(of: table) }
    }
    guard index.isUnique, !others.contains(where: { $0.isUnique && $0.columns == index.columns }) else { return nil }
    for record in records.values.sorted(by: { $0.table < $1.table }) {
      for foreignKey in record.foreignKeys where foreignKey.table == table && foreignKey.targetColumns == index.columns
      {
        if foreignKey.targetColumns != primaryKey { return foreignKey.text(of: record.table) }
      }
    }
    return nil
  }
}

extension TableRecord.ForeignKey {
  /// The columns that refer, and to what, for messages.
  fileprivate func text(of owner: String) -> String {
    "\(owner)(\(columns.joined(separator: ", "))) to '\(table)'"
  }
}
