// SPDX-License-Identifier: Apache-2.0

/// A node of a ``PersistentTree``: a leaf with entries, or an inner node with children of one height.
///
/// Sendable although it has variables: a node is changed only while one reference to it exists
/// (`isKnownUniquelyReferenced`), and that one belongs to the writer, which is alone under the lock of its store. A
/// node that any snapshot can reach has a second reference and is copied instead. So no thread ever sees a change.
final class TreeNode<Payload: Sendable>: @unchecked Sendable {
  /// The most entries of a leaf, and the most children of an inner node.
  static var maximumWidth: Int { 64 }
  /// A node with fewer entries or children joins a neighbour that has room.
  static var minimumWidth: Int { 16 }

  /// 0 for a leaf, else one more than the children have.
  let height: Int
  /// The first bytes of each of `keys`; see ``SearchKey/prefix(of:)``.
  var prefixes: ContiguousArray<UInt64> = []
  /// The keys of a leaf. In an inner node one less than it has children: `keys[i]` is greater than every key in
  /// `children[i]` and not greater than any in `children[i + 1]`.
  var keys: ContiguousArray<Key> = []
  /// What belongs to the keys of a leaf.
  var payloads: ContiguousArray<Payload> = []
  /// The children of an inner node.
  var children: ContiguousArray<TreeNode> = []
  /// How many entries each child has below it.
  var counts: ContiguousArray<Int> = []
  /// How many entries are below this node.
  var count = 0

  /// Makes an empty node.
  init(height: Int) {
    self.height = height
  }

  /// A node with the same content; the children are shared.
  func copy() -> TreeNode {
    let copy = TreeNode(height: height)
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
    prefixes.withUnsafeBufferPointer { prefixes in
      keys.withUnsafeBufferPointer { keys in
        var low = 0
        var high = prefixes.count
        while low < high {
          let middle = (low + high) >> 1
          let prefix = prefixes[middle]
          let passed = prefix == key.prefix ? passes(key.compare(keys[middle])) : prefix < key.prefix
          if passed { low = middle + 1 } else { high = middle }
        }
        return low
      }
    }
  }

  /// Whether the key of a leaf at this position is the one looked for.
  func hasKey(_ key: SearchKey, at position: Int) -> Bool {
    position < keys.count && prefixes[position] == key.prefix && key.compare(keys[position]) == 0
  }
}
