// SPDX-License-Identifier: Apache-2.0

/// A map ordered by key, for the pending writes of a transaction.
///
/// Most transactions write little: their elements are in a list, in which those behind a new one move. A transaction that writes
/// much, as a bulk load does, gets a tree, so that a change costs the logarithm of what was staged before.
struct SortedBuffer<Element: Sendable>: Sendable {
  /// The most elements of a list.
  static var maximumList: Int { 2048 }

  /// The elements with their keys, in the order of the keys; empty when there is a tree.
  private(set) var list: [(key: Key, element: Element)] = []
  private var tree: PersistentTree<Element>?

  var isEmpty: Bool { count == 0 }
  var count: Int { tree?.count ?? list.count }

  /// All elements with their keys, in the order of the keys.
  var all: [(key: Key, element: Element)] { all(in: .all) }

  /// The elements whose keys are in the range, in the order of the keys.
  func all(in range: KeyRange) -> [(key: Key, element: Element)] {
    var result: [(key: Key, element: Element)] = []
    forEach(in: range) { result.append(($0, $1)) }
    return result
  }

  /// Calls the closure with the elements whose keys are in the range, in the order of the keys; no list is made of them.
  func forEach(in range: KeyRange = .all, _ body: (Key, Element) -> Void) {
    if let tree {
      tree.walk(range, .forward) { leaf, positions in
        for position in positions { body(leaf.keys[position], leaf.payloads[position]) }
        return true
      }
    } else {
      let begin = lowerBound(range.lower)
      let end = max(begin, range.upper.map(lowerBound) ?? list.count)
      for position in begin..<end { body(list[position].key, list[position].element) }
    }
  }

  /// Changes the element of a key.
  ///
  /// - Parameter body: Gets the element that is there, and returns the one that shall be.
  /// - Returns: The element that was there.
  @discardableResult
  mutating func update(_ key: Key, _ body: (Element?) -> Element?) -> Element? {
    if let old = tree?.find(key) {
      if let new = body(old) { tree?.insert(key, new) } else { tree?.remove(key) }
      return old
    } else if tree != nil {
      if let new = body(nil) { tree?.insert(key, new) }
      return nil
    }
    let position = lowerBound(key)
    guard hasKey(key, at: position) else {
      if let new = body(nil) {
        // To append is several times as fast as to insert at the end.
        if position == list.count { list.append((key, new)) } else { list.insert((key, new), at: position) }
        if list.count > Self.maximumList { growTree() }
      }
      return nil
    }
    let old = list[position].element
    if let new = body(old) { list[position].element = new } else { list.remove(at: position) }
    return old
  }

  subscript(key: Key) -> Element? {
    get {
      if let tree { return tree.find(key) }
      let position = lowerBound(key)
      return hasKey(key, at: position) ? list[position].element : nil
    }
    set { update(key) { _ in newValue } }
  }

  /// Whether the key is the one at the position of the list.
  private func hasKey(_ key: Key, at position: Int) -> Bool {
    position < list.count && list[position].key == key
  }

  /// The first position of the list whose key is not before this one.
  private func lowerBound(_ key: Key) -> Int {
    guard let last = list.last, !(last.key < key) else { return list.count }
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func growTree() {
    var tree = PersistentTree<Element>()
    for (key, element) in list { tree.insert(key, element) }
    self.tree = tree
    list = []
  }
}
