// SPDX-License-Identifier: Apache-2.0

extension TreeNode {
  /// Makes the reference one to a node that nobody else can see.
  @inline(__always)
  static func makeUnique(_ node: inout TreeNode) {
    if !isKnownUniquelyReferenced(&node) { node = node.copy() }
  }

  /// What an insertion did.
  struct Insertion {
    /// Whether the key is new.
    var isNew: Bool
    /// The node that must follow the changed one, and its smallest key, when there were too many entries for one.
    var split: (separator: Key, node: TreeNode)?
  }

  /// Inserts an entry below a node.
  ///
  /// - Parameters:
  ///   - key: The key of the entry.
  ///   - search: The same key, to search for.
  ///   - payload: What belongs to it.
  ///   - replaces: Whether the payload of an entry that is there is replaced.
  ///   - node: The node, which becomes a copy when others can see it.
  static func insert(
    _ key: Key, _ search: SearchKey, _ payload: Payload, replaces: Bool, into node: inout TreeNode
  ) -> Insertion {
    makeUnique(&node)
    if node.isLeaf {
      let position = node.lowerBound(search)
      if node.hasKey(search, at: position) {
        if replaces { node.payloads[position] = payload }
        return Insertion(isNew: false)
      }
      node.insertKey(key, at: position)
      node.payloads.place(payload, at: position)
      node.count += 1
      return Insertion(isNew: true, split: node.splitWhenTooWide(changed: position))
    }
    let position = node.childIndex(search)
    let below = insert(key, search, payload, replaces: replaces, into: &node.children[position])
    guard below.isNew else { return below }
    node.count += 1
    guard let (separator, next) = below.split else {
      node.counts[position] += 1
      return below
    }
    node.counts[position] = node.children[position].count
    node.insertKey(separator, at: position)
    node.children.insert(next, at: position + 1)
    node.counts.insert(next.count, at: position + 1)
    return Insertion(isNew: true, split: node.splitWhenTooWide(changed: position + 1))
  }

  /// Moves the upper part of a node that is too wide into a new one.
  ///
  /// - Parameter changed: The position of the new entry or child. When it is the last one, keys come in ascending order,
  ///   as ids do: then only that one moves, so that full nodes stay behind.
  private func splitWhenTooWide(changed: Int) -> (separator: Key, node: TreeNode)? {
    let width = self.width
    guard width > Self.maximumWidth else { return nil }
    let middle = changed == width - 1 ? width - 1 : width / 2
    let next = TreeNode(height: height)
    if isLeaf {
      next.keys = ContiguousArray(keys[middle...])
      next.payloads = ContiguousArray(payloads[middle...])
      next.count = width - middle
      count = middle
      prefixes.removeSubrange(middle...)
      keys.removeSubrange(middle...)
      payloads.removeSubrange(middle...)
      shareAgain()
      next.shareAgain()
      return (next.keys[0], next)
    }
    let separator = keys[middle - 1]
    next.keys = ContiguousArray(keys[middle...])
    next.children = ContiguousArray(children[middle...])
    next.counts = ContiguousArray(counts[middle...])
    next.count = next.counts.reduce(0, +)
    count -= next.count
    prefixes.removeSubrange((middle - 1)...)
    keys.removeSubrange((middle - 1)...)
    children.removeSubrange(middle...)
    counts.removeSubrange(middle...)
    shareAgain()
    next.shareAgain()
    return (separator, next)
  }

  /// Removes the entry of a key that is below the node. The node may be left empty.
  static func remove(_ search: SearchKey, from node: inout TreeNode) {
    makeUnique(&node)
    node.count -= 1
    if node.isLeaf {
      let position = node.lowerBound(search)
      node.prefixes.remove(at: position)
      node.keys.remove(at: position)
      node.payloads.remove(at: position)
    } else {
      let position = node.childIndex(search)
      remove(search, from: &node.children[position])
      node.counts[position] -= 1
      node.joinWhenNarrow(position)
    }
  }

  /// Removes a child that is empty, and joins one that has become narrow with a neighbour when both fit into one.
  private func joinWhenNarrow(_ position: Int) {
    let width = children[position].width
    guard width < Self.minimumWidth else { return }
    if width == 0 {
      children.remove(at: position)
      counts.remove(at: position)
      // An inner node with one child has no separating key.
      if !keys.isEmpty { removeSeparator(at: max(0, position - 1)) }
      return
    }
    guard children.count > 1 else { return }
    let left = max(0, position - 1)
    // Some room is left, so that the next insertion does not split it again.
    guard children[left].width + children[left + 1].width <= Self.maximumWidth - Self.minimumWidth / 2 else { return }
    let right = children.remove(at: left + 1)
    Self.makeUnique(&children[left])
    children[left].append(right, separator: keys[left])
    counts[left] += counts.remove(at: left + 1)
    removeSeparator(at: left)
  }

  private func removeSeparator(at position: Int) {
    keys.remove(at: position)
    prefixes.remove(at: position)
  }

  /// Appends what is in the next node of the same height.
  private func append(_ next: TreeNode, separator: Key) {
    if !isLeaf { keys.append(separator) }
    keys.append(contentsOf: next.keys)
    payloads.append(contentsOf: next.payloads)
    children.append(contentsOf: next.children)
    counts.append(contentsOf: next.counts)
    count += next.count
    shareAgain()
  }
}
