// SPDX-License-Identifier: Apache-2.0

extension RomeSession {
  /// Whether what is staged under the session's view of the tables is right under a newer one, too.
  ///
  /// The tables that are written must have the indexes and foreign keys that they had. A table that began to refer to one
  /// of which rows are deleted, or changed in the columns that it refers to, must be empty up to the commit: what its
  /// foreign key says of those rows was not done. The indexes that were read must not be dropped: they may have lacked
  /// entries already.
  func stagedWritesFit(_ newer: CatalogView) async throws(RomeError) -> Bool {
    if newer.epoch == view.epoch { return true }
    if unit.buffer.isEmpty, unit.reads.isEmpty { return true }
    let spaces = Set(unit.reads.ranges.map(\.space) + unit.reads.counts.map(\.space))
    guard spaces.allSatisfy(newer.isReadable) else { return false }
    for staged in unit.buffer.tables.entries where !staged.value.rows.isEmpty {
      let (table, rows) = (staged.name, staged.value.rows)
      guard newer.records[table] == view.records[table] else { return false }
      for reference in newer.newReferences(to: table, since: view) {
        let isByKey = reference.targetColumns == newer.primaryKey(of: table)
        guard rows.all.contains(where: { $0.element.base != nil && ($0.element.bytes == nil || !isByKey) }) else {
          continue
        }
        let scan = Scan(reference.binding.schema.rowSpace, limit: 1, fetch: .entries)
        guard try await unit.scan([scan], guarding: true).allSatisfy(\.entries.isEmpty) else { return false }
      }
    }
    return true
  }
}

extension CatalogView {
  /// The positions of the columns of a table's primary key, as its record says.
  fileprivate func primaryKey(of table: String) -> [Int] {
    guard let record = records[table] else { return [] }
    return record.primaryKey.compactMap { name in record.columns.firstIndex { $0.name == name } }
  }
}
