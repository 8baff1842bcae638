// SPDX-License-Identifier: Apache-2.0

/// What the memory store remembers of the commits that it was sent.
struct CommitLog: Sendable {
  /// How many applied commits are remembered.
  let capacity: Int
  /// The applied commits; when it is full, the oldest is at `oldest`.
  private var ring: ContiguousArray<(id: CommitID, revision: Revision)> = []
  private var oldest = 0
  /// The positions in the ring by the ids: a hash table with at least two slots for each commit, -1 in those that are empty. Ids are
  /// random numbers as a rule, so little is done to spread them.
  private var slots: ContiguousArray<Int32> = []
  private var hasForgotten = false
  /// Commits that ``CommitResolution/notCommitted`` was said of. They are never dropped: that is the promise. Only a
  /// commit in doubt that was not applied gets here.
  private var refused: Set<CommitID> = []

  /// Makes an empty log.
  init(capacity: Int) {
    self.capacity = max(1, min(capacity, Int(Int32.max)))
  }

  /// The revision that an applied commit made; nil when the log does not know the commit as applied.
  func revision(of id: CommitID) -> Revision? {
    slot(of: id).map { ring[Int(slots[$0])].revision }
  }

  /// Whether the commit must not be applied any more.
  func refuses(_ id: CommitID) -> Bool {
    !refused.isEmpty && refused.contains(id)
  }

  /// Remembers a commit that was applied, and that the log does not know; the oldest is forgotten when the log is full.
  mutating func append(_ id: CommitID, _ revision: Revision) {
    if ring.count < capacity {
      ring.append((id, revision))
      if ring.count * 2 > slots.count { grow() } else { enter(ring.count - 1) }
    } else {
      forget(ring[oldest].id)
      ring[oldest] = (id, revision)
      enter(oldest)
      oldest = oldest + 1 == capacity ? 0 : oldest + 1
      hasForgotten = true
    }
  }

  /// Settles a commit: one that is not known is refused from now on, unless it may be a forgotten one.
  mutating func resolve(_ id: CommitID) -> CommitResolution {
    if let revision = revision(of: id) {
      return .committed(CommitReceipt(id: id, revision: revision, durability: .memory))
    }
    if refused.contains(id) { return .notCommitted }
    if hasForgotten { return .forgotten }
    refused.insert(id)
    return .notCommitted
  }

  // MARK: The hash table

  /// The slot at which the search for an id begins. The number of slots is a power of two.
  private func home(of id: CommitID) -> Int {
    Int(truncatingIfNeeded: ((id.low ^ id.high) &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.count - 1)
  }

  /// The slot after one.
  private func next(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

  /// The slot of an id; nil when the log does not know it.
  private func slot(of id: CommitID) -> Int? {
    if slots.isEmpty { return nil }
    var slot = home(of: id)
    while slots[slot] >= 0 {
      if ring[Int(slots[slot])].id == id { return slot }
      slot = next(slot)
    }
    return nil
  }

  /// Enters a commit of the ring.
  private mutating func enter(_ position: Int) {
    var slot = home(of: ring[position].id)
    while slots[slot] >= 0 { slot = next(slot) }
    slots[slot] = Int32(position)
  }

  /// Doubles the slots, so that never more than half of them are taken.
  private mutating func grow() {
    slots = ContiguousArray(repeating: -1, count: max(16, slots.count * 2))
    for position in ring.indices { enter(position) }
  }

  /// Takes an id out. Those behind it that it was in the way of move up, so that no search ends before them.
  private mutating func forget(_ id: CommitID) {
    guard var empty = slot(of: id) else { return }
    var slot = next(empty)
    while slots[slot] >= 0 {
      let home = home(of: ring[Int(slots[slot])].id)
      // The search for this one passes by the empty slot.
      if (slot - home) & (slots.count - 1) >= (slot - empty) & (slots.count - 1) {
        slots[empty] = slots[slot]
        empty = slot
      }
      slot = next(slot)
    }
    slots[empty] = -1
  }
}
