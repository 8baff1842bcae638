// SPDX-License-Identifier: Apache-2.0

/// A map ordered by key, for the pending writes of a transaction.
///
/// Most transactions write little: their elements are in a list, in which those behind a new one move. A transaction that writes
/// much, as a bulk load does, gets a tree, so that a change costs the logarithm of what was staged before.
struct SortedBuffer<Element: Sendable> {
  /// The most elements of a list.
  static var maximumList: Int { 2048 }

  /// The keys of the list; empty when there is a tree.
  private var keys: [Key] = []
  /// The elements of the list; empty when there is a tree.
  private(set) var elements: [Element] = []
  private var tree: PersistentTree<Element>?

  var isEmpty: Bool { count == 0 }
  var count: Int { tree?.count ?? keys.count }

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
      let end = max(begin, range.upper.map(lowerBound) ?? keys.count)
      for position in begin..<end { body(keys[position], elements[position]) }
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
    let old = position < keys.count && keys[position] == key ? elements[position] : nil
    switch (old, body(old)) {
    case (nil, let new?):
      keys.insert(key, at: position)
      elements.insert(new, at: position)
      if keys.count > Self.maximumList { growTree() }
    case (_?, let new?): elements[position] = new
    case (_?, nil):
      keys.remove(at: position)
      elements.remove(at: position)
    case (nil, nil): break
    }
    return old
  }

  subscript(key: Key) -> Element? {
    get {
      if let tree { return tree.find(key) }
      let position = lowerBound(key)
      return position < keys.count && keys[position] == key ? elements[position] : nil
    }
    set { update(key) { _ in newValue } }
  }

  /// The first position of the list whose key is not before this one.
  private func lowerBound(_ key: Key) -> Int {
    guard let last = keys.last, !(last < key) else { return keys.count }
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func growTree() {
    var tree = PersistentTree<Element>()
    for (key, element) in zip(keys, elements) { tree.insert(key, element) }
    self.tree = tree
    keys = []
    elements = []
  }
}
