// SPDX-License-Identifier: Apache-2.0

/// How many rows or entries the spaces have more or less by a commit.
struct CountChanges {
  /// The spaces that were touched.
  private(set) var spaces: [(number: UInt32, change: Int)] = []
  private var place = 0

  /// Adds what a write has changed.
  mutating func add(_ change: Int, to number: UInt32) {
    // Rows come one after the other, each with its entries: the space is mostly the one that followed the last one before.
    for _ in spaces.indices {
      place = place + 1 < spaces.count ? place + 1 : 0
      if spaces[place].number == number {
        spaces[place].change += change
        return
      }
    }
    place = spaces.count
    spaces.append((number, change))
  }
}
