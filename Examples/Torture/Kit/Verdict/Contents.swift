// SPDX-License-Identifier: Apache-2.0

import Rome

/// What is in the store when the clients have gone home.
struct Contents: Hashable, Sendable {
  /// A value in a list.
  struct Item: Hashable, Sendable {
    var list: String
    var value: Int
  }

  /// The items, in the order of their lists.
  var items: [Item] = []
  /// How many items each value says that it has.
  var receipts: [Int: Int] = [:]
  /// How many problems `verify()` has found.
  var orphans = 0

  init() {}

  /// Reads everything.
  ///
  /// - Parameter store: The store, which nobody changes.
  /// - Throws: `RomeError`.
  init(of store: any Store) async throws {
    let session = RomeSession(store)
    for try await item in session.query(ListItem.self).order(by: ListItem.list, ListItem.position, ListItem.id).stream()
    {
      items.append(Item(list: item.list, value: item.value))
    }
    for try await receipt in session.query(Receipt.self).stream() { receipts[receipt.value] = receipt.itemCount }
    orphans = try await store.verify().problemCount
  }

  /// The lists and the values in them.
  var lists: [String: [Int]] {
    var lists: [String: [Int]] = [:]
    for item in items { lists[item.list, default: []].append(item.value) }
    return lists
  }
}
