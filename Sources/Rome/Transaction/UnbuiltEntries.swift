// SPDX-License-Identifier: Apache-2.0

/// Which entries of unique indexes that are not built yet a commit will really remove.
///
/// An old row gets its entry in a new index from ``Store/buildIndexes(batchSize:progress:)``. Until then nobody knows whether it has one
/// but the store, and a unique constraint is a check of what exactly the range of its values holds.
struct UnbuiltEntries: Equatable {
  private var present: [KeySpace: Set<Key>] = [:]

  /// For buffers that change no such index.
  static let none = UnbuiltEntries()

  private init() {}

  /// Whether the buffer holds anything that must be asked for.
  static func mayConcern(_ buffer: WriteBuffer, _ view: CatalogView) -> Bool {
    buffer.tables.entries.contains { table in
      table.value.indexes.entries.contains { $0.value.mustBeUnique && !view.isReadable($0.value.space) }
    }
  }

  /// Asks the store; no round trip when the buffer moves no values within an index that is not built.
  init(_ buffer: WriteBuffer, _ view: CatalogView, in store: any Store) async throws(RomeError) {
    var scans: [Scan] = []
    for table in buffer.tables.entries {
      for index in table.value.indexes.entries.map(\.value) where index.mustBeUnique && !view.isReadable(index.space) {
        present[index.space] = []
        index.entries.forEach { key, entry in
          guard entry.wasStored else { return }
          scans.append(Scan(index.space, KeyRange(lower: key, upper: key.next), fetch: .entries))
        }
      }
    }
    if scans.isEmpty { return }
    let wanted = scans
    let pages = try await romeError { () async throws(StoreError) in try await store.scan(wanted) }
    for (scan, page) in zip(scans, pages) { present[scan.space]?.formUnion(page.entries.map(\.key)) }
  }

  /// Those of the entries that the store has.
  func present(_ keys: [Key], in space: KeySpace) -> [Key] {
    guard let stored = present[space] else { return keys }
    return keys.filter(stored.contains)
  }
}
