// SPDX-License-Identifier: Apache-2.0

extension PersistentTree {
  /// What is wrong with the tree, for tests; empty when it is as it must be.
  func _checkInvariants() -> [String] {
    var problems: [String] = []
    root?.check(isRoot: true, from: nil, to: nil, &problems)
    return problems
  }
}

extension TreeNode {
  fileprivate func check(isRoot: Bool, from lower: Key?, to upper: Key?, _ problems: inout [String]) {
    func require(_ holds: Bool, _ rule: String) {
      if !holds { problems.append("\(rule), in a node of height \(height) and width \(width)") }
    }
    require(width <= Self.maximumWidth, "too wide")
    require(width > 0, "empty")
    require(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }, "keys out of order")
    require(prefixes.elementsEqual(keys.map { $0.prefix(from: shared) }), "prefixes of other keys")
    if let first = keys.first {
      require(keys.allSatisfy { $0.bytes.starts(with: first.bytes.prefix(shared)) }, "shared bytes that a key lacks")
      require(first.bytes.count >= shared, "more shared bytes than a key has")
    }
    if let lower { require(keys.allSatisfy { lower <= $0 }, "a key before the node's lower bound") }
    if let upper { require(keys.allSatisfy { $0 < upper }, "a key behind the node's upper bound") }
    guard !isLeaf else {
      require(payloads.count == keys.count && count == keys.count, "wrong count")
      require(children.isEmpty && counts.isEmpty, "children in a leaf")
      return
    }
    require(payloads.isEmpty, "payloads in an inner node")
    require(keys.count == children.count - 1, "wrong number of separating keys")
    require(!isRoot || children.count > 1, "a root with one child")
    require(counts.elementsEqual(children.map(\.count)), "wrong counts of children")
    require(count == counts.reduce(0, +), "wrong count")
    require(children.allSatisfy { $0.height == height - 1 }, "children of another height")
    guard keys.count == children.count - 1 else { return }
    for (position, child) in children.enumerated() {
      child.check(
        isRoot: false, from: position == 0 ? lower : keys[position - 1],
        to: position == keys.count ? upper : keys[position], &problems)
    }
  }
}
