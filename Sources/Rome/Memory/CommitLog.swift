// SPDX-License-Identifier: Apache-2.0

/// What the memory store remembers of the commits that it was sent.
struct CommitLog: Sendable {
  /// How many applied commits are remembered.
  let capacity: Int
  private var revisions: [CommitID: Revision] = [:]
  /// The ids of `revisions`; when it is full, the oldest is at `oldest`.
  private var ring: [CommitID] = []
  private var oldest = 0
  private var hasForgotten = false
  /// Commits that ``CommitResolution/notCommitted`` was said of. They are never dropped: that is the promise. Only a
  /// commit in doubt that was not applied gets here.
  private var refused: Set<CommitID> = []

  /// Makes an empty log.
  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  /// The revision that an applied commit made; nil when the log does not know the commit as applied.
  func revision(of id: CommitID) -> Revision? {
    revisions[id]
  }

  /// Whether the commit must not be applied any more.
  func refuses(_ id: CommitID) -> Bool {
    !refused.isEmpty && refused.contains(id)
  }

  /// Remembers a commit that was applied; the oldest is forgotten when the log is full.
  mutating func append(_ id: CommitID, _ revision: Revision) {
    revisions[id] = revision
    if ring.count < capacity {
      ring.append(id)
    } else {
      revisions[ring[oldest]] = nil
      ring[oldest] = id
      oldest = oldest + 1 == capacity ? 0 : oldest + 1
      hasForgotten = true
    }
  }

  /// Settles a commit: one that is not known is refused from now on, unless it may be a forgotten one.
  mutating func resolve(_ id: CommitID) -> CommitResolution {
    if let revision = revisions[id] {
      return .committed(CommitReceipt(id: id, revision: revision, durability: .memory))
    }
    if refused.contains(id) { return .notCommitted }
    if hasForgotten { return .forgotten }
    refused.insert(id)
    return .notCommitted
  }
}
