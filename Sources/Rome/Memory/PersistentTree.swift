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
    withPlace(of: key) { leaf, position in leaf.payloads[position] }
  }

  /// Calls the closure with the leaf that holds a key, and the key's position in it; nil when there is none.
  ///
  /// The way down counts no references: the tree holds its nodes, and is not changed while it is borrowed.
  @inline(__always)
  func withPlace<Result>(of key: SearchKey, _ body: (TreeNode<Payload>, Int) -> Result) -> Result? {
    root?.withPlace(of: key, body)
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

extension TreeNode {
  /// Calls the closure with the leaf at or below this node that holds a key, and the key's position in it; see
  /// ``PersistentTree/withPlace(of:_:)``.
  @inline(__always)
  func withPlace<Result>(of key: SearchKey, _ body: (TreeNode, Int) -> Result) -> Result? {
    var node = Unmanaged.passUnretained(self)
    while let child = node._withUnsafeGuaranteedRef({ $0.unretainedChild(key) }) { node = child }
    return node._withUnsafeGuaranteedRef { leaf in
      let position = leaf.lowerBound(key)
      return leaf.hasKey(key, at: position) ? body(leaf, position) : nil
    }
  }

  /// The child that the key belongs below, as long as this node holds it; nil for a leaf.
  @inline(__always)
  fileprivate func unretainedChild(_ key: SearchKey) -> Unmanaged<TreeNode>? {
    if isLeaf { return nil }
    let position = childIndex(key)
    return children.withUnsafeBufferPointer { .passUnretained($0[position]) }
  }
}
