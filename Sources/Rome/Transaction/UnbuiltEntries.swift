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

  /// Asks the store; no round trip when the buffer moves no values within an index that is not built.
  init(_ buffer: WriteBuffer, _ view: CatalogView, in store: any Store) async throws(RomeError) {
    var scans: [Scan] = []
    for space in buffer.uniqueIndexes.keys where !view.isReadable(space) {
      guard let entries = buffer.entries[space] else { continue }
      present[space] = []
      for (key, entry) in entries.all where entry.wasStored {
        scans.append(Scan(space, KeyRange(lower: key, upper: key.next), fetch: .entries))
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
