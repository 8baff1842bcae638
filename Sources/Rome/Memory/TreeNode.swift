// SPDX-License-Identifier: Apache-2.0

/// A node of a ``PersistentTree``: a leaf with entries, or an inner node with children of one height.
///
/// Sendable although it has variables: a node is changed only while one reference to it exists
/// (`isKnownUniquelyReferenced`), and that one belongs to the writer, which is alone under the lock of its store. A
/// node that any snapshot can reach has a second reference and is copied instead. So no thread ever sees a change. For the
/// same reason accesses can't overlap, and are not checked for it at run time: a search makes a dozen of them.
final class TreeNode<Payload: Sendable>: @unchecked Sendable {
  /// The most entries of a leaf, and the most children of an inner node.
  static var maximumWidth: Int { 64 }
  /// A node with fewer entries or children joins a neighbour that has room.
  static var minimumWidth: Int { 16 }

  /// 0 for a leaf, else one more than the children have.
  let height: Int
  /// How many bytes at the begin all of `keys` have in common, or less.
  @exclusivity(unchecked) var shared = 0
  /// The first bytes of each of `keys` behind the shared ones; see ``SearchKey/prefix(of:from:)``.
  @exclusivity(unchecked) var prefixes: ContiguousArray<UInt64> = []
  /// The keys of a leaf. In an inner node one less than it has children: `keys[i]` is greater than every key in
  /// `children[i]` and not greater than any in `children[i + 1]`.
  @exclusivity(unchecked) var keys: ContiguousArray<Key> = []
  /// What belongs to the keys of a leaf.
  @exclusivity(unchecked) var payloads: ContiguousArray<Payload> = []
  /// The children of an inner node.
  @exclusivity(unchecked) var children: ContiguousArray<TreeNode> = []
  /// How many entries each child has below it.
  @exclusivity(unchecked) var counts: ContiguousArray<Int> = []
  /// How many entries are below this node.
  @exclusivity(unchecked) var count = 0

  /// Makes an empty node.
  init(height: Int) {
    self.height = height
  }

  /// A node with the same content; the children are shared.
  func copy() -> TreeNode {
    let copy = TreeNode(height: height)
    copy.shared = shared
    copy.prefixes = prefixes
    copy.keys = keys
    copy.payloads = payloads
    copy.children = children
    copy.counts = counts
    copy.count = count
    return copy
  }

  /// Whether this is a leaf.
  @inline(__always)
  var isLeaf: Bool { height == 0 }

  /// The number of entries of a leaf, or of children of an inner node.
  var width: Int { isLeaf ? keys.count : children.count }

  /// The position of the first key that is not before the one looked for.
  func lowerBound(_ key: SearchKey) -> Int {
    bound(key) { $0 < 0 }
  }

  /// The position of the child that the key belongs below: the number of separating keys that are not behind it.
  func childIndex(_ key: SearchKey) -> Int {
    bound(key) { $0 <= 0 }
  }

  /// The number of keys whose comparison with the one looked for passes the test. Those that pass come first.
  @inline(__always)
  private func bound(_ key: SearchKey, _ passes: (Int) -> Bool) -> Int {
    var searched = key.prefix
    if shared > 0, let first = keys.first {
      let order = first.bytes.withUnsafeBytes {
        compareBytes(
          UnsafeRawBufferPointer(rebasing: $0[..<shared]), UnsafeRawBufferPointer(rebasing: key.bytes.prefix(shared)))
      }
      // What is shared lies before or behind the key looked for, and so do all keys.
      if order != 0 { return order < 0 ? keys.count : 0 }
      searched = SearchKey.prefix(of: key.bytes, from: shared)
    }
    return prefixes.withUnsafeBufferPointer { prefixes in
      keys.withUnsafeBufferPointer { keys in
        var low = 0
        var high = prefixes.count
        while low < high {
          let middle = (low + high) >> 1
          let prefix = prefixes[middle]
          let passed = prefix == searched ? passes(key.compare(keys[middle])) : prefix < searched
          if passed { low = middle + 1 } else { high = middle }
        }
        return low
      }
    }
  }

  /// Whether the key of a leaf at this position is the one looked for.
  func hasKey(_ key: SearchKey, at position: Int) -> Bool {
    position < keys.count && key.compare(keys[position]) == 0
  }

  /// Inserts a key and its prefix.
  func insertKey(_ key: Key, at position: Int) {
    if shared > 0 {
      let common = keys.first.map { key.sharedLength($0) } ?? 0
      if common < shared { share(common) }
    }
    prefixes.place(key.prefix(from: shared), at: position)
    keys.place(key, at: position)
  }

  /// Finds out anew how much the keys have in common, after many of them came or went.
  func shareAgain() {
    guard let first = keys.first, let last = keys.last, keys.count > 1 else { return share(0) }
    share(first.sharedLength(last))
  }

  private func share(_ common: Int) {
    // To look at what is shared costs the fetch of one key, so little of it is not worth it.
    let length = common < 4 ? 0 : common
    guard length != shared || prefixes.count != keys.count else { return }
    shared = length
    prefixes = ContiguousArray(keys.lazy.map { $0.prefix(from: length) })
  }
}

extension ContiguousArray {
  /// Inserts an element. Keys often come in ascending order, and to append is several times as fast as to insert at the end.
  @inline(__always)
  mutating func place(_ element: Element, at position: Int) {
    if position == count { append(element) } else { insert(element, at: position) }
  }
}
