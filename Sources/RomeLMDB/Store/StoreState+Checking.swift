// SPDX-License-Identifier: Apache-2.0

import Rome

extension StoreState {
  /// The first check of a commit that does not hold; nil when all do.
  func failedCheck(_ commit: Commit) throws(StoreError) -> Int? {
    // When nothing was committed since the snapshot, what was read from it still is.
    let isUntouched = try commit.snapshot.map { snapshot throws(StoreError) in try snapshot == revision() } ?? false
    for (position, check) in commit.checks.enumerated() {
      if isUntouched, position < commit.snapshotChecks {
        guard case .lease = check else { continue }
      }
      guard try holds(check) else { return position }
    }
    return nil
  }

  private func holds(_ check: Check) throws(StoreError) -> Bool {
    switch check {
    case .row(let address, let version): return try self.version(address) == version
    case .exists(let address): return try version(address) != nil
    case .range(let space, let range, let keys): return try holdsExactly(keys, space, range)
    case .count(let space, let range, let count):
      return try scan(Scan(space, range, fetch: .count)).count == count
    case .lease(let name, let token): return try lock(name).isHeld(token, .now)
    }
  }

  private func holdsExactly(_ expected: [Key], _ space: KeySpace, _ range: KeyRange) throws(StoreError) -> Bool {
    guard let number = try self.space(space) else { return expected.isEmpty }
    var position = 0
    var isEqual = true
    try walk(space, number, range, .forward) { item throws(StoreError) in
      let key =
        space.index == nil
        ? Key(Array(UnsafeRawBufferPointer(rebasing: item.key[4...]))) : try EntryLayout.entry(item).key
      isEqual = position < expected.count && expected[position] == key
      position += 1
      return isEqual
    }
    return isEqual && position == expected.count
  }
}
