// SPDX-License-Identifier: Apache-2.0

/// An ordered map from keys to payloads: a B+tree whose copies share what they have in common.
///
/// A copy is one retain and stays as it is, whatever is done to the original: a writer copies the nodes on its path that
/// a copy can see, and changes in place those that nobody else sees.
struct PersistentTree<Payload: Sendable>: Sendable {
  /// The top of the tree; nil when it is empty.
  private(set) var root: TreeNode<Payload>?

  /// Makes an empty tree.
  init() {}

  /// The number of entries.
  var count: Int { root?.count ?? 0 }

  /// The payload of a key.
  @inline(__always)
  func find(_ key: Key) -> Payload? {
    key.withSearchKey { find($0) }
  }

  /// The payload of a key.
  func find(_ key: SearchKey) -> Payload? {
    place(of: key).map { $0.leaf.payloads[$0.position] }
  }

  /// The leaf that holds a key, and the key's position in it.
  func place(of key: SearchKey) -> (leaf: TreeNode<Payload>, position: Int)? {
    guard var node = root else { return nil }
    while !node.isLeaf { node = node.children[node.childIndex(key)] }
    let position = node.lowerBound(key)
    return node.hasKey(key, at: position) ? (node, position) : nil
  }

  /// Inserts an entry.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - payload: What belongs to it.
  ///   - replaces: Whether the payload of a key that is there is replaced.
  mutating func insert(_ key: Key, _ payload: Payload, replaces: Bool = true) {
    key.withSearchKey { search in
      var top = root.take() ?? TreeNode(height: 0)
      if let (separator, next) = TreeNode.insert(key, search, payload, replaces: replaces, into: &top).split {
        let above = TreeNode<Payload>(height: top.height + 1)
        above.insertKey(separator, at: 0)
        above.counts = [top.count, next.count]
        above.count = top.count + next.count
        above.children = [top, next]
        top = above
      }
      root = top
    }
  }

  /// Removes the entry of a key; nothing happens when there is none.
  mutating func remove(_ key: Key) {
    key.withSearchKey { search in
      // Without this look a key that is not there would copy a path for nothing.
      guard find(search) != nil, var top = root.take() else { return }
      TreeNode.remove(search, from: &top)
      while !top.isLeaf, top.children.count == 1 { top = top.children[0] }
      root = top.count == 0 ? nil : top
    }
  }

  /// The number of entries in a range, without walking it.
  func count(in range: KeyRange) -> Int {
    guard root != nil, !range.isEmpty else { return 0 }
    let end = range.upper.map { rank($0) } ?? count
    return range.lower.bytes.isEmpty ? end : end - rank(range.lower)
  }

  /// The number of keys before this one.
  private func rank(_ key: Key) -> Int {
    key.withSearchKey { search in
      guard var node = root else { return 0 }
      var before = 0
      while !node.isLeaf {
        let position = node.childIndex(search)
        for child in 0..<position { before += node.counts[child] }
        node = node.children[position]
      }
      return before + node.lowerBound(search)
    }
  }
}
