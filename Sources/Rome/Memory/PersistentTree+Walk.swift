// SPDX-License-Identifier: Apache-2.0

extension PersistentTree {
  /// Walks the entries of a range, leaf by leaf.
  ///
  /// - Parameters:
  ///   - range: The keys to visit.
  ///   - direction: The order of the leaves.
  ///   - body: What to do with a leaf and the positions of the range in it, which are never none and always ascend; it
  ///     returns false to end the walk.
  func walk(_ range: KeyRange, _ direction: Scan.Direction, _ body: (TreeNode<Payload>, Range<Int>) -> Bool) {
    guard let root, !range.isEmpty else { return }
    range.lower.withSearchKey { lower in
      if let upper = range.upper {
        upper.withSearchKey { upper in _ = root.walk(lower, upper, direction, body) }
      } else {
        _ = root.walk(lower, nil, direction, body)
      }
    }
  }
}

extension TreeNode {
  /// Walks the leaves below the node; a bound is nil where the whole node lies inside of it.
  ///
  /// - Returns: Whether to go on.
  fileprivate func walk(
    _ lower: SearchKey?, _ upper: SearchKey?, _ direction: Scan.Direction, _ body: (TreeNode, Range<Int>) -> Bool
  ) -> Bool {
    if isLeaf {
      let begin = lower.map { lowerBound($0) } ?? 0
      let end = upper.map { lowerBound($0) } ?? keys.count
      return begin < end ? body(self, begin..<end) : true
    }
    let first = lower.map { childIndex($0) } ?? 0
    let last = upper.map { childIndex($0) } ?? children.count - 1
    guard first <= last else { return true }
    for step in 0...(last - first) {
      let position = direction == .forward ? first + step : last - step
      let goesOn = children[position].walk(
        position == first ? lower : nil, position == last ? upper : nil, direction, body)
      if !goesOn { return false }
    }
    return true
  }
}
