// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome
@testable import TortureKit

/// What the verdict says when something is wrong, which real stores do not show.
struct VerdictTests {
  /// A transaction that appends a value, having seen what was there.
  private func append(
    _ value: Int, to lists: [String], seeing seen: [String: [Int]], at time: Int,
    _ outcome: ClientLine.Outcome? = .committed
  ) -> RecordedTransaction {
    RecordedTransaction(
      client: 1, start: time, value: value, lists: lists, commit: .random(), end: outcome.map { _ in time + 1 },
      outcome: outcome, seen: seen)
  }

  private func contents(_ items: [(String, Int)], _ receipts: [Int: Int], orphans: Int = 0) -> Contents {
    var contents = Contents()
    contents.items = items.map { Contents.Item(list: $0.0, value: $0.1) }
    contents.receipts = receipts
    contents.orphans = orphans
    return contents
  }

  /// Two commits, each seen by the next one.
  private var twoCommits: [RecordedTransaction] {
    [
      append(1, to: ["0.a", "0.b"], seeing: ["0.a": [], "0.b": []], at: 10),
      append(2, to: ["0.a"], seeing: ["0.a": [1]], at: 20),
    ]
  }

  @Test func `two commits that are there are no problem`() {
    let there = contents([("0.a", 1), ("0.a", 2), ("0.b", 1)], [1: 2, 2: 1])
    let verdict = Verdict(twoCommits, there, readAt: 100)
    #expect(verdict.acknowledged == 2)
    #expect([verdict.lost, verdict.torn, verdict.unresolved, verdict.anomalies, verdict.orphans] == [0, 0, 0, 0, 0])
  }

  @Test func `a commit that is gone is lost, and the checker says so too`() {
    let verdict = Verdict(twoCommits, contents([("0.a", 1), ("0.b", 1)], [1: 2]), readAt: 100)
    #expect(verdict.lost == 1)
    #expect(verdict.torn == 0)
    #expect(verdict.anomalies > 0)
    #expect(verdict.explanation?.contains("append 2 to 0.a") ?? false)
  }

  @Test func `what a server takes back that promises no more is lost and no anomaly`() {
    let second = 1_000_000_000
    // The second commit and one that has seen it are gone; a later one has not seen them.
    let commits = [
      append(1, to: ["0.a"], seeing: ["0.a": []], at: 10 * second),
      append(2, to: ["0.a"], seeing: ["0.a": [1]], at: 11 * second),
      append(3, to: ["0.a"], seeing: ["0.a": [1, 2]], at: 12 * second),
      append(4, to: ["0.a"], seeing: ["0.a": [1]], at: 14 * second),
    ]
    let there = contents([("0.a", 1), ("0.a", 4)], [1: 1, 4: 1])
    func verdict(death: Int?) -> Verdict {
      let rollbacks = death.map { [Injector.Window(from: $0 * second, until: $0 * second + 1)] } ?? []
      return Verdict(commits, there, readAt: 100 * second, rollbacks: rollbacks)
    }
    #expect(verdict(death: 13).lost == 2)
    #expect(verdict(death: 13).anomalies == 0)
    #expect(verdict(death: nil).lost == 2)
    #expect(verdict(death: nil).anomalies > 0)
    // They were acknowledged long before this death, so it is no excuse.
    #expect(verdict(death: 30).anomalies > 0)
  }

  @Test func `a commit that is there in part is torn and lost`() {
    let verdict = Verdict(twoCommits, contents([("0.a", 1), ("0.a", 2)], [1: 2, 2: 1]), readAt: 100)
    #expect(verdict.lost == 1)
    #expect(verdict.torn == 1)
  }

  @Test func `items without a receipt and a receipt without items are torn`() {
    let verdict = Verdict([], contents([("first", 0), ("0.a", 7)], [0: 1, 8: 1]), readAt: 100)
    #expect(verdict.torn == 2)
  }

  @Test func `a value that is there twice is torn and an anomaly`() {
    let there = contents([("0.a", 1), ("0.a", 2), ("0.a", 2), ("0.b", 1)], [1: 2, 2: 1])
    let verdict = Verdict(twoCommits, there, readAt: 100)
    #expect(verdict.torn == 1)
    #expect(verdict.anomalies > 0)
  }

  @Test func `a commit under a lock that was lost is an anomaly`() {
    // Both have read the list before the other one has appended to it.
    let commits = [
      append(1, to: ["0.locked"], seeing: ["0.locked": []], at: 10),
      append(2, to: ["0.locked"], seeing: ["0.locked": []], at: 11),
    ]
    let verdict = Verdict(commits, contents([("0.locked", 1), ("0.locked", 2)], [1: 1, 2: 1]), readAt: 100)
    #expect(verdict.lost == 0)
    #expect(verdict.anomalies > 0)
  }

  @Test func `a commit that was refused and is there is an anomaly`() {
    let refused = append(1, to: ["0.a"], seeing: ["0.a": []], at: 10, .aborted)
    let verdict = Verdict([refused], contents([("0.a", 1)], [1: 1]), readAt: 100)
    #expect(verdict.acknowledged == 0)
    #expect(verdict.anomalies > 0)
  }

  @Test func `a commit in doubt may be there or not, and is counted until somebody knows`() {
    var doubted = append(1, to: ["0.a"], seeing: ["0.a": []], at: 10, nil)
    doubted.isDoubted = true
    for there in [contents([("0.a", 1)], [1: 1]), contents([], [:])] {
      let verdict = Verdict([doubted], there, readAt: 100)
      #expect(verdict.unknown == 1)
      #expect(verdict.unresolved == 1)
      #expect(verdict.lost + verdict.torn + verdict.anomalies == 0)
    }
    doubted.outcome = .aborted
    #expect(Verdict([doubted], contents([("0.a", 1)], [1: 1]), readAt: 100).anomalies > 0)
  }

  @Test func `the contents of a store are what was written, and what verify has found`() async throws {
    let store = MemoryStore()
    let session = RomeSession(store)
    for position in 1...2 { session.add(ListItem(list: "0.a", position: position, value: 10 * position)) }
    session.add(Receipt(value: 10, itemCount: 1, name: "ten"))
    try await session.commit()
    let contents = try await Contents(of: store)
    #expect(contents.lists == ["0.a": [10, 20]])
    #expect(contents.receipts == [10: 1])
    #expect(contents.orphans == 0)
    // An entry of an index without a row.
    let columns = KeyEncoder.encode([.int(30)]).bytes
    let entry = IndexEntry(
      key: Key(columns + KeyEncoder.encode([.int(9)]).bytes), columnsLength: columns.count)
    _ = try await store.commit(Commit(writes: [.putEntry(.index("ix_value", of: "torture_items"), entry)]))
    #expect(try await Contents(of: store).orphans == 1)
  }
}
