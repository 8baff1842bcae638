// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@testable import RomeLMDB

/// The counts that are kept beside the spaces, against a store in memory and against what lies in the file.
@Suite struct RandomCountTests {
  @Test(arguments: 1..<9 as Range<UInt64>)
  func `whatever happens to a file, it counts as a store in memory does`(seed: UInt64) async throws {
    var history = RandomHistory(seed: seed)
    var model = StoreModel()
    let file = TestFile()
    let memory = MemoryStore()
    var open: LMDBStore? = try file.open()
    var (applied, refused) = (0, 0)
    for step in 0..<250 {
      if history.random.chance(0.08) {
        // The file is closed with the last store.
        open = nil
        open = try file.open()
      }
      let store = try #require(open)
      let commit = history.commit(on: model)
      switch Int.random(in: 0..<12, using: &history.random) {
      case 1:
        // All that the transaction has changed is taken back.
        await #expect(throws: StoreError.self) {
          try await store.write { state throws(StoreError) in
            _ = try state.apply(commit, remembered: 10)
            throw StoreError(.refused, "the transaction is given up")
          }
        }
      case 2:
        // The second of two commits of a transaction sees the counts of the first.
        let second = Commit(
          checks: history.spaces.map { .count($0, .all, model.applying(commit).entries($0).count) },
          writes: [history.write()])
        let outcome = try await store.write { state throws(StoreError) in
          let first = try state.apply(commit, remembered: 10)
          return (first, try state.apply(second, remembered: 10))
        }
        #expect(outcome.0.isCommitted == (model.firstFailing(commit.checks) == nil), "seed \(seed), step \(step)")
        for (commit, outcome) in [(commit, outcome.0), (second, outcome.1)] {
          #expect(try await memory.commit(commit).isCommitted == outcome.isCommitted, "seed \(seed), step \(step)")
          if case .committed(let receipt) = outcome { model.apply(commit.writes, revision: receipt.revision) }
        }
      default:
        let outcome = try await store.commit(commit)
        #expect(try await memory.commit(commit).isCommitted == outcome.isCommitted, "seed \(seed), step \(step)")
        if case .committed(let receipt) = outcome {
          applied += 1
          model.apply(commit.writes, revision: receipt.revision)
        } else {
          refused += 1
        }
      }
      let scans = history.spaces.flatMap { space in
        [Scan(space, fetch: .count)] + (0..<3).map { _ in Scan(space, history.range(), fetch: .count) }
      }
      let counts = try await store.scan(scans).map(\.count)
      #expect(try await counts == memory.scan(scans).map(\.count), "seed \(seed), step \(step)")
    }
    let store = try #require(open)
    #expect(applied > 50 && refused > 5, "seed \(seed): \(applied), \(refused)")
    for space in history.spaces {
      #expect(try await store.inspectLayout(of: space, from: nil, limit: 1).problems.isEmpty, "seed \(seed), \(space)")
    }
    let (spaces, counts) = (history.spaces, history.spaces.map { model.entries($0).count })
    let kept = try await store.write { state throws(StoreError) in
      var kept: [Int?] = []
      for space in spaces {
        kept.append(try state.space(space).flatMap { number throws(StoreError) in try state.keptCount(number) })
      }
      return kept
    }
    #expect(kept.map { $0 ?? 0 } == counts, "seed \(seed)")
  }

  @Test func `commits that are written together, some of them in vain, count once each`() async throws {
    let store = try TestFile().open()
    let settled = (0..<8).map { _ in CommitID.random() }
    for id in settled { #expect(try await store.resolve(id) == .notCommitted) }
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<64 as Range<UInt8> {
        let row = RowAddress(table: "t", key: Key([number]))
        let entry = IndexEntry(key: Key([number % 2, number]), columnsLength: 1)
        let writes: [Write] = [.putRow(row, [number]), .putRow(row, [1]), .putEntry(.index("i", of: "t"), entry)]
        // A settled commit fails after its turn has come; the others of its transaction are written anew.
        let id = number < 8 ? settled[Int(number)] : .random()
        group.addTask { _ = try? await store.commit(Commit(id: id, checks: [], writes: writes)) }
      }
    }
    let scans = [
      Scan(.rows("t"), fetch: .count), Scan(.index("i", of: "t"), fetch: .count),
      Scan(.index("i", of: "t"), .prefix([1]), fetch: .count),
    ]
    #expect(try await store.scan(scans).map(\.count) == [56, 56, 28])
    for scan in scans {
      #expect(try await store.inspectLayout(of: scan.space, from: nil, limit: 1).problems.isEmpty)
    }
  }

  @Test func `a snapshot keeps its counts`() async throws {
    let store = try TestFile().open()
    let rows = (0..<9 as Range<UInt8>).map { RowAddress(table: "t", key: Key([$0])) }
    _ = try await store.commit(Commit(writes: rows.map { .putRow($0, []) }))
    let snapshot = try await store.snapshot()
    _ = try await store.commit(Commit(writes: rows.prefix(4).map { .deleteRow($0) }))
    let scan = Scan(.rows("t"), fetch: .count)
    #expect(try await snapshot.scan([scan])[0].count == 9)
    #expect(try await store.scan([scan])[0].count == 5)
  }
}

extension StoreModel {
  /// The model after a commit, if its checks hold.
  fileprivate func applying(_ commit: Commit) -> StoreModel {
    var model = self
    if firstFailing(commit.checks) == nil { model.apply(commit.writes, revision: Revision(rawValue: .max)) }
    return model
  }
}

extension CommitOutcome {
  fileprivate var isCommitted: Bool {
    if case .committed = self { return true }
    return false
  }
}
