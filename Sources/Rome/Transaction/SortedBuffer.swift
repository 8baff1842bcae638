// SPDX-License-Identifier: Apache-2.0

/// A map ordered by key that is cheap to copy, for the pending writes of a transaction.
///
/// New keys mostly come in ascending order (allocated ids), which is an append; others move the elements behind them.
struct SortedBuffer<Element> {
  private(set) var keys: [Key] = []
  private(set) var elements: [Element] = []

  var isEmpty: Bool { keys.isEmpty }
  var count: Int { keys.count }

  /// The first position whose key is not before this one.
  func lowerBound(_ key: Key) -> Int {
    guard let last = keys.last, !(last < key) else { return keys.count }
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The positions of the keys in the range.
  func positions(in range: KeyRange) -> Range<Int> {
    let begin = lowerBound(range.lower)
    let end = range.upper.map(lowerBound) ?? keys.count
    return begin..<max(begin, end)
  }

  /// Changes the element of a key.
  ///
  /// - Parameter body: Gets the element that is there, and returns the one that shall be.
  /// - Returns: The element that was there.
  @discardableResult
  mutating func update(_ key: Key, _ body: (Element?) -> Element?) -> Element? {
    let position = lowerBound(key)
    let old = position < keys.count && keys[position] == key ? elements[position] : nil
    switch (old, body(old)) {
    case (nil, let new?):
      keys.insert(key, at: position)
      elements.insert(new, at: position)
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
      let position = lowerBound(key)
      return position < keys.count && keys[position] == key ? elements[position] : nil
    }
    set { update(key) { _ in newValue } }
  }
}
